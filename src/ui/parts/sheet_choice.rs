//! Which sheet of a workbook is read.

use crate::ui::dom::prelude::*;

use crate::session::Event;
use crate::text::Words;
use crate::ui::Workspace;
use crate::workbook::{Sheet, Sheets};

/// A select with all sheets, the likely one first, where one of them alone is read, and buttons that add one of those
/// that are not read; nothing for a file that is no workbook.
#[component]
pub fn SheetChoice() -> impl IntoView {
    let workspace = Workspace::expect();
    let sheets = workspace.read(|session| session.sheets().cloned());
    let left = workspace.read(|session| {
        let (left, is_alone) = session.sheets_left()?;
        let left: Vec<Sheet> = left.into_iter().cloned().collect();
        Some((left, is_alone, session.is_adding()))
    });
    let choose = move |event| workspace.send(Event::SheetChosen(event_target_value(&event)));
    move || {
        let words = workspace.words();
        let Sheets { sheets, chosen, .. } = sheets.get()?;
        let (left, is_alone, is_adding) = left.get()?;
        let left = (!is_adding && !left.is_empty()).then(|| sheets_left(workspace, words, &left));
        let option = |(place, sheet): (usize, &Sheet)| {
            let name = words.sheet_name(sheet);
            view! { <option value=sheet.name.clone() prop:selected=place == chosen>{name}</option> }
        };
        let options = sheets.iter().enumerate().map(option).collect_view();
        let choice = is_alone.then(|| {
            view! {
                <label class="sheet">
                    {words.sheet_label()}
                    <select data-testid="sheet" on:change=choose>{options}</select>
                </label>
            }
        });
        Some(view! { {choice} {left} }.into_any())
    }
}

/// What is not read, and how it is added.
fn sheets_left(workspace: Workspace, words: Words, left: &[Sheet]) -> AnyView {
    let button = |sheet: &Sheet| {
        let name = sheet.name.clone();
        let add = move |_| workspace.send(Event::SheetAdded(name.clone()));
        view! {
            <button type="button" class="quiet" data-testid="add-sheet" data-sheet=sheet.name.clone() on:click=add>
                {words.add_sheet(sheet)}
            </button>
        }
    };
    let buttons = left.iter().map(button).collect_view();
    view! {
        <div class="choice" role="group" aria-label=words.sheets_left() data-testid="sheets-left">
            <span class="hint">{words.sheets_left()}</span>
            {buttons}
        </div>
    }
    .into_any()
}
