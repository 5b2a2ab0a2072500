//! How much hangs on the way of scoring: who would be in another segment by another one.

use std::sync::Arc;

use crate::analysis::rfm::{Report, Sensitivity};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::Explained;

/// A row for each way of scoring that is not in use.
#[component]
pub fn Sensitive(report: Memo<Option<Arc<Report>>>) -> impl IntoView {
    let words = Workspace::expect().words_now();
    let finding =
        move || report.with(|report| words.rfm_sensitivity_finding(&report.as_ref()?.sensitivity));
    view! {
        <section class="block" aria-labelledby="rfm-sensitivity" data-testid="rfm-sensitivity">
            <h3 id="rfm-sensitivity">{words.rfm_sensitivity()}</h3>
            <p class="answer">{finding}</p>
            {move || report.with(|report| Some(table(words, &report.as_ref()?.sensitivity)))}
            <Explained text=words.rfm_sensitivity_how() />
        </section>
    }
    .into_any()
}

fn table(words: Words, sensitivity: &Sensitivity) -> AnyView {
    let n_used = sensitivity.n_used.max(1) as f64;
    let rows = sensitivity.moves.iter().map(|moved| {
        view! {
            <tr>
                <th scope="row">{words.convention(moved.convention)}</th>
                <td class="number">{words.count(moved.n_moved)}</td>
                <td class="number">{words.share(moved.n_moved as f64 / n_used)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=words.rfm_sensitivity()>
            <table>
                <caption>{words.rfm_sensitivity_caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.rfm_sensitivity_way()}</th>
                        <th scope="col" class="number">{words.rfm_sensitivity_moved()}</th>
                        <th scope="col" class="number">{words.rfm_sensitivity_share()}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
