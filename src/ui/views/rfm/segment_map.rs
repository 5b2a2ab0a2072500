//! The editor of the segment map: an ordered list of rules, the first that matches names the customer.
//!
//! Every change is the whole map sent as settings; what the engine finds in it stands above the rules. The rules, of
//! many fields each, are built when a person first opens the map.

use std::sync::Arc;

use super::map_findings::MapFindings;
use super::map_rule::MapRule;
use crate::analysis::rfm::{Report, RuleName, SegmentMap, SegmentRule};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::UndoButton;

/// The rules with buttons to add and to go back to the well-known map.
#[component]
pub fn SegmentMapEditor(
    /// The RFM report; its map is shown while a person has none of their own.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let own = workspace.read(|session| session.settings.rfm.map.clone());
    let groups = workspace.read(|session| session.settings.rfm.groups);
    let known = move || SegmentMap::well_known(groups.get());
    let map = Memo::new(move |_| own.get().unwrap_or_else(known));
    let n_rules = Memo::new(move |_| map.with(|map| map.0.len()));
    let was_opened = RwSignal::new(false);
    let has_own = move || own.with(Option::is_some);
    let add = move |_| {
        let mut map = map.get_untracked();
        let best = (groups.get_untracked(), groups.get_untracked());
        let name = RuleName::Own(words.rfm_map_new_name().to_owned());
        map.0.push(SegmentRule {
            name,
            r: best,
            f: best,
            m: best,
        });
        workspace.change_settings(|settings| settings.rfm.map = Some(map));
    };
    let rule = move |place| view! { <MapRule place map groups /> };
    let reset = move |_| workspace.change_settings(|settings| settings.rfm.map = None);
    view! {
        <details class="segment-map" on:toggle=move |_| was_opened.set(true)>
            <summary>{words.rfm_map()}</summary>
            <p class="hint">{words.rfm_map_hint()}</p>
            <MapFindings report />
            <div class="table-scroll" role="group" tabindex="0" aria-label=words.rfm_map()>
                <table>
                    {head(words)}
                    <tbody>
                        <Show when=move || was_opened.get()>
                            {move || (0..n_rules.get()).map(rule).collect_view()}
                        </Show>
                    </tbody>
                </table>
            </div>
            <p class="actions">
                <button type="button" class="button" on:click=add>{words.rfm_map_add()}</button>
                <Show when=has_own>
                    <span>{words.rfm_map_own()}</span>
                    <button type="button" class="button" on:click=reset>{words.rfm_map_reset()}</button>
                    <UndoButton />
                </Show>
            </p>
        </details>
    }
    .into_any()
}

fn head(words: Words) -> AnyView {
    view! {
        <thead>
            <tr>
                <th scope="col">{words.rfm_map_order()}</th>
                <th scope="col">{words.rfm_map_name()}</th>
                <th scope="col">{"R"}</th>
                <th scope="col">{"F"}</th>
                <th scope="col">{"M"}</th>
                <td></td>
            </tr>
        </thead>
    }
    .into_any()
}
