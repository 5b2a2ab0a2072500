//! The first rows of the file, with what each column's values are and which of them do not read.

use crate::data::{Column, ColumnKind, Mapping, Preview, Role};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// More columns are not drawn; all can still be chosen.
const MOST_COLUMNS: usize = 60;

/// A table that scrolls sideways within itself.
#[component]
pub fn PreviewTable(
    /// What the head of the file shows.
    preview: Preview,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let mapping = workspace.read(|session| session.mapping.clone());
    let Preview {
        columns,
        rows,
        n_rows_seen,
        ..
    } = preview;
    let heads = columns.iter().take(MOST_COLUMNS);
    let heads = heads
        .map(|column| head(words, mapping, column, n_rows_seen))
        .collect_view();
    let kinds: Vec<ColumnKind> = columns.iter().map(|column| column.kind).collect();
    let body = rows
        .into_iter()
        .map(|cells| row(cells, &kinds))
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=words.first_rows()>
            <table class="preview">
                <caption class="visually-hidden">{words.first_rows()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn head(words: Words, mapping: Memo<Mapping>, column: &Column, n_rows: u64) -> AnyView {
    let header = column.header.clone();
    let role = Memo::new(move |_| mapping.with(|mapping| role_of(mapping, &header)));
    let is_text = move || role.get().is_some_and(Role::is_text);
    let role_name = move || role.get().map(|role| words.role(role));
    let is_number = column.kind == ColumnKind::Number;
    let failures = column.failures.iter().take(3);
    let failures = failures.map(|(line, value)| words.failed_value(*line, value));
    let failures = failures.collect::<Vec<_>>().join(", ");
    // As an id `C1001` is as good as `1001`.
    let failures = move || {
        let failures = failures.clone();
        (!failures.is_empty() && !is_text()).then(|| {
            view! { <span class="failures">{words.does_not_read()} ": " {failures}</span> }
        })
    };
    let column_facts = column.clone();
    let facts = move || reading(words, &column_facts, n_rows, is_text());
    view! {
        <th scope="col" class:is-number=is_number>
            <span class="column-role">{role_name}</span>
            <span class="column-name">{column.header.clone()}</span>
            <span class="column-facts">{words.column_kind(column.kind)} " · " {facts}</span>
            {failures}
        </th>
    }
    .into_any()
}

fn role_of(mapping: &Mapping, header: &str) -> Option<Role> {
    let roles = Role::of(mapping.table).iter().copied();
    roles
        .into_iter()
        .find(|role| mapping.roles.get(role).is_some_and(|own| own == header))
}

/// How much of the column reads as its kind (of text how much is filled), and how many rows have nothing in it.
fn reading(words: Words, column: &Column, n_rows: u64, is_text: bool) -> String {
    let share = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
    let read = match column.kind {
        ColumnKind::Number if !is_text => words.parses(share(column.n_numbers, column.n_filled)),
        ColumnKind::Date if !is_text => words.parses(share(column.n_dates, column.n_filled)),
        _ => words.filled(share(column.n_filled, n_rows)),
    };
    match words.empty_cells(n_rows.saturating_sub(column.n_filled)) {
        Some(empty) => format!("{read} · {empty}"),
        None => read,
    }
}

fn row(cells: Vec<String>, kinds: &[ColumnKind]) -> AnyView {
    let cells = cells
        .into_iter()
        .take(MOST_COLUMNS)
        .enumerate()
        .map(|(place, cell)| {
            let is_number = kinds.get(place) == Some(&ColumnKind::Number);
            view! { <td class:is-number=is_number>{cell}</td> }
        });
    view! { <tr>{cells.collect_view()}</tr> }.into_any()
}
