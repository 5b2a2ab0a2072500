//! The files that were read as one table: what was read of each, what overlaps, what was mended.

use crate::data::{FileAccount, Ledger};
use crate::text::Words;
use crate::ui::dom::prelude::*;

/// What was read of each of several files, with what overlaps and what was mended in it.
pub(super) fn files(words: Words, ledger: &Ledger) -> AnyView {
    let files = &ledger.files;
    let has_several = files.len() > 1;
    let file = |file: &FileAccount| {
        let name = has_several.then(|| view! { <dt>{file.name.clone()}</dt> });
        let account = has_several.then(|| view! { <dd>{words.file_account(file, files)}</dd> });
        let mended = (file.n_mended > 0).then(|| words.rows_mended(file.n_mended));
        let beside = words.rows_beside(&file.beside);
        let notes = [mended, beside].into_iter().flatten();
        let notes = notes.map(|said| note(has_several, said)).collect_view();
        view! { {name} {account} {notes} }.into_any()
    };
    let all = files.iter().map(file).collect_view();
    let split = words.split_orders(ledger.n_split_orders);
    let split = split.map(|said| note(false, said));
    if has_several {
        view! { <dl class="file-accounts" data-testid="files">{all}</dl> {split} }.into_any()
    } else {
        all
    }
}

fn note(has_several: bool, said: String) -> AnyView {
    if has_several {
        view! { <dd class="fine">{said}</dd> }.into_any()
    } else {
        view! { <p class="fine">{said}</p> }.into_any()
    }
}
