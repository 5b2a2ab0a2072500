//! The heat map, with what its colour shows and how scores are made beside it.

use std::sync::Arc;

use super::scores::ScoreSettings;
use crate::analysis::SegmentationId;
use crate::analysis::rfm::Report;
use crate::charts::{GridMeasure, OwnedChart};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::ChartFigure;

/// Recency × frequency with the settings of the scores.
#[component]
pub fn Grid(
    /// The RFM report.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let words = Workspace::expect().words_now();
    let measure = RwSignal::new(GridMeasure::default());
    let has_money = Workspace::expect()
        .read(|session| session.imported.as_ref().is_none_or(|file| file.has_money));
    let chart = Signal::derive(move || {
        report
            .get()
            .map(|report| OwnedChart::RfmGrid(report, measure.get()))
    });
    let choice = move |option: GridMeasure| {
        view! {
            <label>
                <input
                    type="radio"
                    name="grid-measure"
                    prop:checked=move || measure.get() == option
                    on:change=move |_| measure.set(option)
                />
                <span>{name(words, option)}</span>
            </label>
        }
    };
    let options = [
        GridMeasure::Customers,
        GridMeasure::Revenue,
        GridMeasure::MeanRevenue,
    ];
    view! {
        <section class="block beside" aria-labelledby="rfm-grid">
            <div>
                <h3 id="rfm-grid">{words.rfm_grid()}</h3>
                <Show when=move || has_money.get()>
                    <fieldset class="choices">
                        <legend>{words.rfm_measure()}</legend>
                        {options.map(choice)}
                    </fieldset>
                </Show>
                <ChartFigure chart segmentation=SegmentationId::Rfm />
                <p class="hint">{move || report.with(|report| words.rfm_empty_scores(report.as_ref()?))}</p>
            </div>
            <ScoreSettings />
        </section>
    }
    .into_any()
}

fn name(words: Words, measure: GridMeasure) -> &'static str {
    match measure {
        GridMeasure::Customers => words.rfm_measure_customers(),
        GridMeasure::Revenue => words.rfm_measure_revenue(),
        GridMeasure::MeanRevenue => words.rfm_measure_mean(),
    }
}
