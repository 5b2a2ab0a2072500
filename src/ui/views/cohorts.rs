//! Cohorts: by what and over which periods, the map and the curves, and two of them held against each other.

use std::sync::Arc;

use super::choice::{parted, place_of, select};
use super::pictures::picture;
use super::slices;
use crate::analysis::SegmentationId;
use crate::analysis::cohorts::{Activity, By, MOST_PERIOD, Measure, Params, Report, Unit};
use crate::charts::{OwnedChart, n_hidden_cohorts};
use crate::export::What;
use crate::protocol::Imported;
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{
    ChartFigure, DownloadButton, Explained, NumberField, UndoButton, ViewSection,
};

/// The view of the cohorts.
#[component]
pub fn Cohorts() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.cohorts.state());
    let problem = slices::problem(workspace, |session| &session.cohorts);
    let report = workspace.read(|session| session.cohorts.value().cloned().map(Arc::new));
    let is_there = Memo::new(move |_| report.with(Option::is_some));
    // Its marks are of no segment: a selection elsewhere leaves them as they are.
    let id = SegmentationId::Rfm;
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.cohort_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Cohorts state finding problem>
                {settings(workspace, words)}
                <Show when=move || is_there.get()>
                    <div class="block">
                        <h3>{words.cohort_map()}</h3>
                        {move || report.with(|report| remark(words, report.as_ref()?))}
                        <ChartFigure chart=picture(report, OwnedChart::CohortMap) segmentation=id />
                        <div class="actions"><DownloadButton what=What::Cohorts key="cohorts" name=words.cohort_download() /></div>
                    </div>
                    <div class="block">
                        <h3>{words.cohort_curves()}</h3>
                        <ChartFigure chart=picture(report, OwnedChart::CohortCurves) segmentation=id />
                    </div>
                    {difference(workspace, words, report)}
                </Show>
                <Explained text=words.cohort_how() />
            </ViewSection>
        }
        .into_any()
    }
}

fn remark(words: Words, report: &Report) -> Option<AnyView> {
    let text = words.cohort_remark(report, n_hidden_cohorts(report))?;
    Some(view! { <p class="remark" data-testid="cohort-remark">{text}</p> }.into_any())
}

fn settings(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.cohorts.clone());
    let change = move |change: &dyn Fn(&mut Params)| {
        workspace.change_settings(|settings| {
            change(&mut settings.cohorts);
            // Cohorts that were compared may not be there any more.
            (settings.cohorts.first, settings.cohorts.second) = (None, None);
        });
    };
    let set_unit = move |place: usize| change(&|params| params.unit = Unit::ALL[place]);
    let set_measure = move |place: usize| change(&|params| params.measure = Measure::ALL[place]);
    const ACTIVITIES: [Activity; 2] = [Activity::InPeriod, Activity::InOrAfter];
    let set_activity = move |place: usize| change(&|params| params.activity = ACTIVITIES[place]);
    let unit = move || params.with(|params| place_of(&Unit::ALL, &params.unit));
    let measure = move || params.with(|params| place_of(&Measure::ALL, &params.measure));
    let activity = move || params.with(|params| place_of(&ACTIVITIES, &params.activity));
    let units = Unit::ALL.map(|unit| words.cohort_unit_of(unit));
    let measures = Measure::ALL.map(|measure| words.cohort_measure_of(measure));
    let activities = [words.cohort_in_period(), words.cohort_in_or_after()];
    view! {
        <div class="block choices-line">
            {by(workspace, words)}
            {select("cohort-unit", words.cohort_unit(), &units, set_unit, unit)}
            {select("cohort-measure", words.cohort_measure(), &measures, set_measure, measure)}
            {select("cohort-activity", words.cohort_activity(), &activities, set_activity, activity)}
            <UndoButton />
        </div>
    }
    .into_any()
}

/// What customers are grouped by: when their first order was, what it was, a column of the file, or a segmentation.
fn by(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.cohorts.clone());
    let columns = workspace.read(|session| columns(session.imported.as_ref()));
    let choose = move |event| {
        let value = event_target_value(&event);
        workspace.change_settings(|settings| {
            let params = &mut settings.cohorts;
            (params.first, params.second) = (None, None);
            params.by = By::Acquisition;
            for (prefix, by) in [("column:", By::Column), ("first:", By::FirstOrder)] {
                if let Some(column) = value.strip_prefix(prefix) {
                    (params.by, params.column) = (by, column.to_owned());
                }
            }
            let mut all = SegmentationId::ALL.into_iter();
            let key = value.strip_prefix("segmentation:");
            if let Some(id) = all.find(|id| Some(id.key()) == key) {
                (params.by, params.of) = (By::Segmentation, id);
            }
        });
    };
    let option = move |value: String, name: String, is_chosen: Memo<bool>| {
        view! { <option value=value prop:selected=move || is_chosen.get()>{name}</option> }
    };
    let of_column = move |(by, column, is_naming): (By, String, bool)| {
        let (own, (prefix, name)) = (
            column.clone(),
            match by {
                By::FirstOrder => ("first", words.cohort_by_first(&column)),
                _ => ("column", words.column_name(&column)),
            },
        );
        let is_chosen =
            Memo::new(move |_| params.with(|params| params.by == by && params.column == own));
        let option = option(format!("{prefix}:{column}"), name, is_chosen);
        (option.into_any(), is_naming)
    };
    let of_segmentation = move |id: SegmentationId| {
        let is_chosen = Memo::new(move |_| {
            params.with(|params| params.by == By::Segmentation && params.of == id)
        });
        let name = words.segmentation(id).to_owned();
        option(format!("segmentation:{}", id.key()), name, is_chosen)
    };
    let is_first = Memo::new(move |_| params.with(|params| params.by == By::Acquisition));
    let first = words.cohort_by_acquisition().to_owned();
    let segmentations = SegmentationId::ALL.into_iter();
    view! {
        <div class="field">
            <label for="cohort-by">{words.cohort_by()}</label>
            <select id="cohort-by" data-testid="cohort-by" on:change=choose>
                {option("acquisition".to_owned(), first, is_first)}
                {segmentations.map(of_segmentation).collect_view()}
                {move || parted(words, columns.get().into_iter().map(of_column).collect())}
            </select>
        </div>
    }
    .into_any()
}

/// The columns of first orders, and those of customers; whether they only name somebody.
fn columns(imported: Option<&Imported>) -> Vec<(By, String, bool)> {
    let Some(imported) = imported else {
        return Vec::new();
    };
    let firsts = imported
        .first_columns
        .iter()
        .map(|name| (By::FirstOrder, name));
    let columns = imported.columns.iter().map(|name| (By::Column, name));
    let all = firsts.chain(columns);
    let is_naming = |name: &String| imported.naming_columns.contains(name);
    all.map(|(by, name)| (by, name.clone(), is_naming(name)))
        .collect()
}

/// Two cohorts in one period, with an interval and a test.
fn difference(workspace: Workspace, words: Words, report: Memo<Option<Arc<Report>>>) -> AnyView {
    let period = workspace.read(|session| session.settings.cohorts.period.unwrap_or(1) as u64);
    let set_period = Callback::new(move |period: u64| {
        workspace.change_settings(|settings| settings.cohorts.period = Some(period as usize));
    });
    let problem = slices::field_problem(workspace, |session| &session.cohorts, "period");
    let said = move || {
        report.with(|report| {
            let report = report.as_ref()?;
            let difference = report.difference.as_ref();
            Some(difference.map_or_else(
                || words.cohort_not_compared().to_owned(),
                |difference| words.cohort_difference(report, difference),
            ))
        })
    };
    view! {
        <section class="block" aria-label=words.cohort_compare()>
            <h3>{words.cohort_compare()}</h3>
            <div class="choices-line">
                {cohort(workspace, words, report, true)}
                {cohort(workspace, words, report, false)}
                <NumberField
                    field="period"
                    label=words.cohort_period()
                    hint=""
                    value=period
                    bounds=(0, MOST_PERIOD as u64)
                    problem
                    on_commit=set_period
                />
            </div>
            <p data-testid="cohort-difference">{said}</p>
        </section>
    }
    .into_any()
}

/// The choice of one of the two; the first option leaves it to the sizes.
fn cohort(
    workspace: Workspace,
    words: Words,
    report: Memo<Option<Arc<Report>>>,
    is_first: bool,
) -> AnyView {
    let chosen = workspace.read(move |session| match is_first {
        true => session.settings.cohorts.first.clone(),
        false => session.settings.cohorts.second.clone(),
    });
    let choose = move |event| {
        let key = Some(event_target_value(&event)).filter(|key| !key.is_empty());
        workspace.change_settings(|settings| match is_first {
            true => settings.cohorts.first = key,
            false => settings.cohorts.second = key,
        });
    };
    let options = move || {
        report.with(|report| {
            let report = report.as_ref()?;
            let option = |own: &crate::analysis::cohorts::Cohort| {
                let (key, name) = (
                    own.key.clone(),
                    words.cohort_label(report.params.unit, &own.label),
                );
                let is_chosen = chosen.with(|chosen| chosen.as_ref() == Some(&key));
                view! { <option value=key prop:selected=is_chosen>{name}</option> }
            };
            Some(report.cohorts.iter().map(option).collect_view())
        })
    };
    let (id, label) = match is_first {
        true => ("cohort-first", words.cohort_first()),
        false => ("cohort-second", words.cohort_second()),
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id data-testid=id on:change=choose>
                <option value="">{words.cohort_largest()}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
