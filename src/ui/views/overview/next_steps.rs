//! Three things to do next, each for the segment where most is at stake.

use std::sync::Arc;

use crate::analysis::SegmentationId;
use crate::analysis::advice::Limit;
use crate::analysis::rfm::Report;
use crate::session::{Event, Session};
use crate::text::Aim;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::Swatch;

/// One step for each aim: win back, keep, grow. A press selects the segment.
#[component]
pub fn NextSteps(
    /// The RFM report.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let step = move |aim: Aim, report: &Report| {
        let place = aim.largest(report)?;
        let profile = &report.segments[place];
        let id = (SegmentationId::Rfm, place as u16);
        let select = move |_| workspace.send(Event::SegmentSelected(Some(id)));
        let won_back = words
            .overview_won_back(profile)
            .filter(|_| aim == Aim::WinBack)
            .map(|text| view! { <p class="stake" data-testid="won-back">{text}</p> });
        let revenue_share = report.has_money.then_some(profile.revenue_share);
        Some(view! {
            <li>
                <h4>{words.aim(aim)}</h4>
                <button type="button" class="segment-name" on:click=select>
                    <Swatch label=&profile.label place=place as u16 />
                    {words.label(&profile.label)}
                </button>
                <p class="stake">{words.shares_of(profile.customer_share, revenue_share)}</p>
                <p class="stake">{words.last_order(profile.medians.as_ref())}</p>
                {won_back}
                <p>{words.what_to_do(&profile.label, profile, false)}</p>
            </li>
        })
    };
    // Who cannot be said to have gone cannot be won back.
    let is_short = workspace.read(Session::has_short_history);
    let steps = move || {
        report.with(|report| {
            let report = report.as_ref()?;
            let aims = Aim::ALL.into_iter();
            let steps: Vec<_> = aims
                .filter(|aim| *aim != Aim::WinBack || !is_short.get())
                .filter_map(|aim| step(aim, report))
                .collect();
            Some(steps)
        })
    };
    view! {
        <section aria-labelledby="next-steps">
            <h3 id="next-steps">{words.overview_next()}</h3>
            <p class="hint">{words.overview_next_hint()}</p>
            <Show when=move || is_short.get()>
                <p class="hint" data-testid="short-history">{words.advice_limit(Limit::ShortHistory)}</p>
            </Show>
            <ul class="next-steps">{steps}</ul>
        </section>
    }
    .into_any()
}
