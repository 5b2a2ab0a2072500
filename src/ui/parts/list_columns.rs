//! Which further columns of the file and which further segmentations go into the list of customers: none unless a
//! person says so.

use crate::analysis::SegmentationId;
use crate::export::customers::OPTIONAL;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A box for each column without a role; nothing where the file has none.
#[component]
pub fn ListColumns() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let columns = workspace.read(|session| {
        let imported = session.imported.as_ref();
        imported.map_or_else(Vec::new, |imported| imported.columns.clone())
    });
    let chosen = workspace.read(|session| session.settings.customers.columns.clone());
    let summary = move || {
        let n_columns = columns.with(Vec::len);
        let is_chosen = |column: &&String| chosen.with(|chosen| chosen.contains(column));
        let n_chosen = columns.with(|columns| columns.iter().filter(is_chosen).count());
        words.list_columns(n_chosen as u64, n_columns as u64)
    };
    let boxes = move || {
        let columns = columns.get().into_iter();
        columns
            .map(|column| box_of(workspace, words, chosen, column))
            .collect_view()
    };
    // A list for a tool has its own columns.
    let has_choice = workspace.read(|session| session.purpose().is_none());
    let is_there = move || has_choice.get() && columns.with(|columns| !columns.is_empty());
    view! {
        <Show when=move || has_choice.get()>
            {further(workspace, words)}
            {fixed(workspace, words)}
        </Show>
        <Show when=is_there>
            <details class="list-columns" data-testid="list-columns">
                <summary>{summary}</summary>
                <p class="hint">{words.list_columns_hint()}</p>
                <fieldset class="checks">
                    <legend class="visually-hidden">{words.list_columns_legend()}</legend>
                    {boxes}
                </fieldset>
            </details>
        </Show>
    }
    .into_any()
}

/// The fold of what is in the list only where it is chosen.
fn further(workspace: Workspace, words: Words) -> AnyView {
    let n_further = workspace.read(|session| {
        let chosen = &session.settings.customers;
        let is_chosen = |id: &&SegmentationId| chosen.segmentations.contains(id);
        FURTHER.iter().filter(is_chosen).count() + usize::from(chosen.changes)
    });
    let summary = move || {
        words.ticked_of(
            words.list_segmentations(),
            n_further.get(),
            FURTHER.len() + 1,
        )
    };
    view! {
        <details class="list-columns" data-testid="list-segmentations">
            <summary>{summary}</summary>
            <fieldset class="checks">
                <legend class="visually-hidden">{words.list_segmentations()}</legend>
                {FURTHER.map(|id| box_of_segmentation(workspace, words, id))}
                {box_of_changes(workspace, words)}
            </fieldset>
        </details>
    }
    .into_any()
}

/// The fold of what is in the list unless it is taken off.
fn fixed(workspace: Workspace, words: Words) -> AnyView {
    let without = workspace.read(|session| session.settings.customers.without.clone());
    let summary = move || {
        let is_written =
            |head: &&&str| without.with(|without| !without.iter().any(|one| one == *head));
        let n_written = OPTIONAL.iter().filter(is_written).count();
        words.ticked_of(words.list_fixed(), n_written, OPTIONAL.len())
    };
    view! {
        <details class="list-columns" data-testid="list-fixed">
            <summary>{summary}</summary>
            <p class="hint">{words.list_fixed_hint()}</p>
            <fieldset class="checks">
                <legend class="visually-hidden">{words.list_fixed_legend()}</legend>
                {OPTIONAL.map(|head| box_of_fixed(workspace, without, head))}
            </fieldset>
        </details>
    }
    .into_any()
}

/// The segmentations that are in the list only where they are chosen.
const FURTHER: [SegmentationId; 7] = [
    SegmentationId::Lifecycle,
    SegmentationId::Value,
    SegmentationId::Rhythm,
    SegmentationId::Rules,
    SegmentationId::Prediction,
    SegmentationId::Movement,
    SegmentationId::Lifetime,
];

/// Whether the list says what would move a customer to another RFM segment.
fn box_of_changes(workspace: Workspace, words: Words) -> AnyView {
    let is_chosen = workspace.read(|session| session.settings.customers.changes);
    let changed = move |event| {
        let is_wanted = event_target_checked(&event);
        workspace.change_settings(|settings| settings.customers.changes = is_wanted);
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                value="changes"
                prop:checked=is_chosen
                on:change=changed
            />
            {words.list_changes()}
        </label>
    }
    .into_any()
}

fn box_of_segmentation(workspace: Workspace, words: Words, id: SegmentationId) -> AnyView {
    let is_chosen =
        workspace.read(move |session| session.settings.customers.segmentations.contains(&id));
    let changed = move |event| {
        let is_wanted = event_target_checked(&event);
        workspace.change_settings(|settings| {
            let chosen = &mut settings.customers.segmentations;
            chosen.retain(|other| *other != id);
            if is_wanted {
                chosen.push(id);
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                value=id.key()
                prop:checked=is_chosen
                on:change=changed
            />
            {words.segmentation(id)}
        </label>
    }
    .into_any()
}

/// A column that is written unless it is taken off.
fn box_of_fixed(workspace: Workspace, without: Memo<Vec<String>>, head: &'static str) -> AnyView {
    let changed = move |event| {
        let is_wanted = event_target_checked(&event);
        workspace.change_settings(|settings| {
            let without = &mut settings.customers.without;
            without.retain(|one| one != head);
            if !is_wanted {
                without.push(head.to_owned());
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                value=head
                prop:checked=move || without.with(|without| !without.iter().any(|one| one == head))
                on:change=changed
            />
            {head}
        </label>
    }
    .into_any()
}

fn box_of(
    workspace: Workspace,
    words: Words,
    chosen: Memo<Vec<String>>,
    column: String,
) -> AnyView {
    let (own, value) = (column.clone(), column.clone());
    let name = words.column_name(&column);
    let changed = move |event| {
        let is_wanted = event_target_checked(&event);
        workspace.change_settings(|settings| {
            let columns = &mut settings.customers.columns;
            columns.retain(|chosen| *chosen != column);
            if is_wanted {
                columns.push(column.clone());
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                value=value
                prop:checked=move || chosen.with(|chosen| chosen.contains(&own))
                on:change=changed
            />
            {name}
        </label>
    }
    .into_any()
}
