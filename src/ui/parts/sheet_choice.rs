//! Which sheet of a workbook is read.

use crate::ui::dom::prelude::*;

use crate::session::Event;
use crate::ui::Workspace;
use crate::workbook::{Sheet, Sheets};

/// A select with all sheets, the likely one first; nothing for a file that is no workbook.
#[component]
pub fn SheetChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let sheets = workspace.read(|session| session.sheets().cloned());
    let choose = move |event| workspace.send(Event::SheetChosen(event_target_value(&event)));
    move || {
        let words = workspace.words();
        let Sheets { sheets, chosen } = sheets.get()?;
        let note = sheets
            .get(chosen)
            .and_then(|sheet| words.emptied_cells(sheet));
        let option = |(place, sheet): (usize, &Sheet)| {
            let name = words.sheet_name(sheet);
            view! { <option value=sheet.name.clone() prop:selected=place == chosen>{name}</option> }
        };
        let options = sheets.iter().enumerate().map(option).collect_view();
        let choice = view! {
            <label class="sheet">
                {words.sheet_label()}
                <select data-testid="sheet" on:change=choose>{options}</select>
                {note}
            </label>
        };
        Some(choice.into_any())
    }
}
