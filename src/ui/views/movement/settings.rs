//! What is held against which earlier date, and by which cut points.

use crate::analysis::SegmentationId;
use crate::analysis::movement::Cuts;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The controls of the view.
pub(super) fn choices(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.movement.clone());
    let choose = move |event| {
        let key = event_target_value(&event);
        let mut all = SegmentationId::ALL.into_iter();
        if let Some(id) = all.find(|id| id.key() == key) {
            workspace.change_settings(|settings| settings.movement.of = id);
        }
    };
    let option = move |id: SegmentationId| {
        let is_chosen = move || params.with(|params| params.of == id);
        view! {
            <option value=id.key() prop:selected=is_chosen>{words.segmentation(id)}</option>
        }
    };
    let of = SegmentationId::ALL.into_iter();
    let of = of.filter(|id| *id != SegmentationId::Movement);
    view! {
        <div class="block list-tools">
            <div class="field inline">
                <label for="movement-of">{words.movement_of()}</label>
                <select id="movement-of" data-testid="movement-of" on:change=choose>
                    {of.map(option).collect_view()}
                </select>
            </div>
            {earlier(workspace, words)}
            {cuts(workspace, words)}
        </div>
    }
    .into_any()
}

/// The earlier date; an emptied field is the usual one.
fn earlier(workspace: Workspace, words: Words) -> AnyView {
    let own = workspace.read(|session| session.settings.movement.earlier);
    let used = workspace.read(|session| session.movement.value().map(|report| report.earlier));
    let changed = move |event| {
        let text = event_target_value(&event);
        match text.parse() {
            Ok(day) => workspace.change_settings(|settings| settings.movement.earlier = Some(day)),
            Err(_) if text.is_empty() => {
                workspace.change_settings(|settings| settings.movement.earlier = None);
            }
            Err(_) => {}
        }
    };
    let shown = move || own.get().or_else(|| used.get()).map(|day| day.to_string());
    let reset = move |_| workspace.change_settings(|settings| settings.movement.earlier = None);
    let is_own = move || own.get().is_some();
    view! {
        <div class="field inline">
            <label for="movement-earlier">{words.movement_earlier()}</label>
            <input
                id="movement-earlier"
                type="date"
                data-testid="movement-earlier"
                prop:value=shown
                on:change=changed
            />
            <Show when=is_own>
                <button type="button" class="link-button" on:click=reset>
                    {words.movement_usual()}
                </button>
            </Show>
        </div>
    }
    .into_any()
}

fn cuts(workspace: Workspace, words: Words) -> AnyView {
    let is_fresh = workspace.read(|session| session.settings.movement.cuts == Cuts::Fresh);
    let changed = move |event| {
        let cuts = match event_target_value(&event).as_str() {
            "fresh" => Cuts::Fresh,
            _ => Cuts::Frozen,
        };
        workspace.change_settings(|settings| settings.movement.cuts = cuts);
    };
    view! {
        <div class="field inline">
            <label for="movement-cuts">{words.movement_cuts()}</label>
            <select id="movement-cuts" data-testid="movement-cuts" on:change=changed>
                <option value="frozen" prop:selected=move || !is_fresh.get()>
                    {words.movement_frozen()}
                </option>
                <option value="fresh" prop:selected=move || is_fresh.get()>
                    {words.movement_fresh()}
                </option>
            </select>
        </div>
    }
    .into_any()
}
