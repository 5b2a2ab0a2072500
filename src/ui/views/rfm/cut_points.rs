//! The three distributions, each above its own cut points, which can be edited.
//!
//! Cut points come from the settings where a person has set them, else from the report; an edit is applied when the
//! field is left or Enter is pressed, and only while no point falls below the one before it.

use std::sync::Arc;

use web_sys::{Event, HtmlInputElement};

use crate::analysis::SegmentationId;
use crate::analysis::rfm::{CutPoints, Report};
use crate::charts::{Measure as Drawn, OwnedChart};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, UndoButton};
use crate::ui::views::pictures::picture;

/// One of the three measures: its key, how it is drawn, its points.
#[derive(Clone, Copy)]
struct Measure {
    key: &'static str,
    drawn: Drawn,
    points: fn(&mut CutPoints) -> &mut Vec<f64>,
}

const MEASURES: [Measure; 3] = [
    Measure {
        key: "recency",
        drawn: Drawn::Recency,
        points: |cuts| &mut cuts.recency_days,
    },
    Measure {
        key: "frequency",
        drawn: Drawn::Frequency,
        points: |cuts| &mut cuts.frequency,
    },
    Measure {
        key: "monetary",
        drawn: Drawn::Monetary,
        points: |cuts| &mut cuts.monetary,
    },
];

impl Measure {
    /// The lower score beside the cut point at `place`: few days are a high score.
    fn score_below(self, place: usize, n_points: usize) -> usize {
        match self.key {
            "recency" => n_points - place,
            _ => place + 1,
        }
    }
}

/// Distributions with editable cut points.
#[component]
pub fn CutPointEditor(
    /// The RFM report.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let own = workspace.read(|session| session.settings.rfm.cuts.clone());
    let used = Memo::new(move |_| {
        report.with(|report| {
            report
                .as_ref()
                .map(|report| report.cuts.clone())
                .unwrap_or_default()
        })
    });
    let has_none = workspace.read(|session| !session.settings.rfm.convention.has_cut_points());
    let has_money =
        workspace.read(|session| session.imported.as_ref().is_none_or(|file| file.has_money));
    let has_fourth = Memo::new(move |_| {
        report.with(|report| {
            report
                .as_ref()
                .is_some_and(|report| report.fourth.is_some())
        })
    });
    let reset = move |_| workspace.change_settings(|settings| settings.rfm.cuts = None);
    let columns = move || {
        let n_measures = if has_money.get() { 3 } else { 2 };
        let shown = MEASURES.into_iter().take(n_measures);
        shown
            .map(|measure| view! { <MeasureCuts measure report own used /> })
            .collect_view()
    };
    view! {
        <section class="block" aria-labelledby="rfm-cut-points">
            <h3 id="rfm-cut-points">{words.rfm_cut_points()}</h3>
            <p class="hint">{words.rfm_cut_points_hint()}</p>
            {move || has_none.get().then(|| view! { <p class="hint">{words.rfm_cut_points_none()}</p> })}
            <div class="cut-points">{columns} {move || has_fourth.get().then(|| fourth(report))}</div>
            <Show when=move || own.with(Option::is_some)>
                <p class="actions">
                    <span>{words.rfm_cut_points_own()}</span>
                    <button type="button" class="button" on:click=reset>{words.rfm_cut_points_reset()}</button>
                    <UndoButton />
                </p>
            </Show>
        </section>
    }
    .into_any()
}

/// The distribution of what is scored beside the three; its cut points are the convention's.
fn fourth(report: Memo<Option<Arc<Report>>>) -> AnyView {
    let chart = picture(report, |report| {
        OwnedChart::Distribution(report, Drawn::Fourth)
    });
    view! {
        <div class="cut-points-of">
            <ChartFigure chart segmentation=SegmentationId::Rfm />
        </div>
    }
    .into_any()
}

/// One distribution and its cut points.
#[component]
fn MeasureCuts(
    /// Which measure.
    measure: Measure,
    /// The RFM report.
    report: Memo<Option<Arc<Report>>>,
    /// What a person has set; an empty list takes quantiles.
    own: Memo<Option<CutPoints>>,
    /// What the report was made with.
    used: Memo<CutPoints>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let points = Memo::new(move |_| {
        let own = (measure.points)(&mut own.get().unwrap_or_default()).clone();
        if own.is_empty() {
            (measure.points)(&mut used.get()).clone()
        } else {
            own
        }
    });
    let counted = workspace.read(|session| session.settings.rfm.convention.counted());
    let n_points = Memo::new(move |_| points.with(Vec::len));
    let problem = RwSignal::new(None::<&'static str>);
    let commit = move |place: usize, value: f64| match changed(points, place, value) {
        Ok(changed) => {
            problem.set(None);
            workspace.change_settings(|settings| {
                *(measure.points)(settings.rfm.cuts.get_or_insert_default()) = changed;
            });
        }
        Err(problem_in) => problem.set(Some(problem_in(words))),
    };
    let chart = picture(report, move |report| {
        OwnedChart::Distribution(report, measure.drawn)
    });
    let problem_id = format!("cuts-{}-problem", measure.key);
    let described_by = problem_id.clone();
    let field = move |place: usize| {
        let score = measure.score_below(place, n_points.get_untracked());
        let name =
            words.rfm_cut_point_between(measure.key, counted.get_untracked(), (score, score + 1));
        let shown = move || points.with(|points| points.get(place).map(|point| plain(*point)));
        input(name, described_by.clone(), shown, move |value| {
            commit(place, value);
        })
    };
    view! {
        <div class="cut-points-of">
            <ChartFigure chart segmentation=SegmentationId::Rfm />
            <div class="cut-point-row" role="group" aria-label=words.measure(measure.key)>
                <span class="unit">{move || words.rfm_cut_points_in(measure.key, counted.get())}</span>
                {move || (0..n_points.get()).map(field.clone()).collect_view()}
            </div>
            <p class="field-problem" id=problem_id role="alert">{move || problem.get()}</p>
        </div>
    }
    .into_any()
}

fn input(
    name: String,
    described_by: String,
    shown: impl Fn() -> Option<String> + Copy + Send + 'static,
    commit: impl Fn(f64) + 'static,
) -> AnyView {
    let width = move || width_of(&shown().unwrap_or_default());
    view! {
        <input
            type="number"
            step="any"
            class="cut-point"
            aria-label=name.clone()
            title=name
            aria-describedby=described_by
            prop:value=shown
            style:min-width=width
            on:change=move |event| commit(number_in(&event))
        />
    }
    .into_any()
}

/// Says what is wrong.
type Problem = fn(Words) -> &'static str;

/// The points with another at `place`.
fn changed(points: Memo<Vec<f64>>, place: usize, value: f64) -> Result<Vec<f64>, Problem> {
    if !value.is_finite() {
        return Err(Words::rfm_cut_points_number);
    }
    let mut changed = points.get_untracked();
    changed[place] = value;
    let is_rising = changed.is_sorted();
    is_rising
        .then_some(changed)
        .ok_or(Words::rfm_cut_points_must_rise as Problem)
}

/// What the browser reads in a number field; not a number where it reads none.
fn number_in(event: &Event) -> f64 {
    event_target::<HtmlInputElement>(event).value_as_number()
}

/// What a field needs for a number: figures are one wide, and as much is left beside them.
fn width_of(number: &str) -> String {
    format!("{}ch", number.chars().count() + 2)
}

/// A cut point as it is shown in its field: quantiles may have many digits that say nothing.
fn plain(point: f64) -> String {
    ((point * 1e4).round() / 1e4).to_string()
}
