//! What is held against which earlier date, by which cut points; and a project's date as one press.

use crate::analysis::SegmentationId;
use crate::analysis::movement::Cuts;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::UndoButton;
use crate::ui::views::choice::{place_of, select};

const CUTS: [Cuts; 3] = [Cuts::Frozen, Cuts::Fresh, Cuts::Kept];

/// The controls of the view.
pub(super) fn choices(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.movement.clone());
    // Moves of moves are refused.
    let mut ids = SegmentationId::ALL.to_vec();
    ids.retain(|id| *id != SegmentationId::Movement);
    let ids = StoredValue::new(ids);
    let names: Vec<&str> =
        ids.with_value(|ids| ids.iter().map(|id| words.segmentation(*id)).collect());
    let choose = move |place: usize| {
        if let Some(id) = ids.with_value(|ids| ids.get(place).copied()) {
            workspace.change_settings(|settings| settings.movement.of = id);
        }
    };
    let of = move || {
        let of = params.with(|params| params.of);
        ids.with_value(|ids| place_of(ids, &of))
    };
    let set_cuts = move |place: usize| {
        workspace.change_settings(|settings| settings.movement.cuts = CUTS[place]);
    };
    let cuts = move || params.with(|params| place_of(&CUTS, &params.cuts));
    let has_kept = Memo::new(move |_| params.with(|params| params.kept.is_some()));
    let cut_names = [
        words.movement_frozen(),
        words.movement_fresh(),
        words.movement_kept(),
    ];
    view! {
        <div class="block choices-line">
            {select("movement-of", words.movement_of(), &names, choose, of)}
            {earlier(workspace, words)}
            {move || {
                let names = &cut_names[..if has_kept.get() { 3 } else { 2 }];
                select("movement-cuts", words.movement_cuts(), names, set_cuts, cuts)
            }}
            <UndoButton />
        </div>
        {since_project(workspace, words)}
    }
    .into_any()
}

/// The earlier date; an emptied field is the usual one.
fn earlier(workspace: Workspace, words: Words) -> AnyView {
    let own = workspace.read(|session| session.settings.movement.earlier);
    let used = workspace.read(|session| session.movement.value().map(|report| report.earlier));
    let set = move |day| workspace.change_settings(|settings| settings.movement.earlier = day);
    let changed = move |event| {
        let text = event_target_value(&event);
        match text.parse() {
            Ok(day) => set(Some(day)),
            Err(_) if text.is_empty() => set(None),
            Err(_) => {}
        }
    };
    let shown = move || own.get().or_else(|| used.get()).map(|day| day.to_string());
    let is_own = move || own.get().is_some();
    view! {
        <div class="field">
            <label for="movement-earlier">{words.movement_earlier()}</label>
            <input
                id="movement-earlier"
                type="date"
                data-testid="movement-earlier"
                prop:value=shown
                on:change=changed
            />
            <Show when=is_own>
                <button type="button" class="quiet" on:click=move |_| set(None)>
                    {words.movement_usual()}
                </button>
            </Show>
        </div>
    }
    .into_any()
}

/// Where the project that was opened kept cut points of an earlier day than the file's last: one press compares them.
fn since_project(workspace: Workspace, words: Words) -> AnyView {
    let since = workspace.read(|session| {
        let kept = session.settings.kept.as_ref()?;
        let imported = session.imported.as_ref()?;
        (imported.default_as_of > kept.as_of).then_some(kept.as_of)
    });
    let compare = move |_| {
        workspace.change_settings(|settings| {
            let Some(kept) = settings.kept.clone() else {
                return;
            };
            // A project may have been saved with a date of its own, which would be both dates.
            settings.as_of = settings.as_of.filter(|day| *day > kept.as_of);
            settings.movement.earlier = None;
            settings.movement.cuts = Cuts::Kept;
            settings.movement.kept = Some(kept);
        });
    };
    let offer = move || {
        let day = since.get()?;
        Some(view! {
            <div class="block">
                <p class="actions">
                    <button type="button" class="button" data-testid="movement-since" on:click=compare>
                        {words.movement_since(day)}
                    </button>
                </p>
                <p class="hint">{words.movement_since_hint()}</p>
            </div>
        })
    };
    offer.into_any()
}
