//! The columns: what stands in each, what is worth a look, and what is done about missing values and outliers.

mod treatments;

use std::sync::Arc;

use self::treatments::treatments;
use crate::analysis::treatment::ColumnsReport;
use crate::data::SurveyedColumn;
use crate::export::What;
use crate::session::{Slot, View};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DownloadButton, Explained, ViewSection};

/// The columns view.
#[component]
pub fn Columns() -> impl IntoView {
    let workspace = Workspace::expect();
    let report = workspace.read(|session| session.columns.value().cloned().map(Arc::new));
    let state = workspace.read(|session| session.columns.state());
    let error = workspace.read(|session| match &session.columns {
        Slot::Failed(error) => Some(error.clone()),
        _ => None,
    });
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.columns_finding(report.as_ref()?)))
        });
        let problem = Signal::derive(move || Some(words.import_error(error.get().as_ref()?)));
        let table = move || report.with(|report| Some(table(words, report.as_ref()?)));
        view! {
            <ViewSection view=View::Columns state finding problem>
                <section class="block" aria-labelledby="columns-of-rows">
                    <h3 id="columns-of-rows">{words.columns_of_rows()}</h3>
                    {table}
                    <p class="actions">
                        <DownloadButton what=What::Columns key="columns" name=words.download_columns() />
                    </p>
                    <Explained text=words.columns_how() />
                </section>
                {treatments(workspace, words, report)}
            </ViewSection>
        }
        .into_any()
    }
}

fn table(words: Words, report: &ColumnsReport) -> AnyView {
    let survey = &report.survey;
    let row = |column| row(words, survey.n_rows, column);
    let rows = survey.columns.iter().map(row).collect_view();
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=words.columns_of_rows()>
            <table class="survey" data-testid="survey" data-rows=survey.n_rows.to_string()>
                <caption>{words.columns_caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.columns_head()}</th>
                        <th scope="col">{words.columns_type()}</th>
                        <th scope="col" class="number">{words.columns_missing()}</th>
                        <th scope="col" class="number">{words.columns_distinct()}</th>
                        <th scope="col">{words.columns_range()}</th>
                        <th scope="col">{words.columns_findings()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(words: Words, n_rows: u64, column: &SurveyedColumn) -> AnyView {
    let role = column
        .role
        .map_or(words.kept_as_attribute(), |role| words.role(role));
    let mut findings: Vec<AnyView> = Vec::new();
    for oddity in &column.oddities {
        let name = words.oddity_name(oddity);
        findings.push(finding(name, oddity.key(), words.oddity(oddity)));
    }
    if let Some(far) = words.columns_far(column) {
        findings.push(finding(words.columns_far_name(), "outliers", far));
    }
    let findings = match findings.is_empty() {
        true => view! { <span class="hint">{words.columns_nothing_odd()}</span> }.into_any(),
        false => view! { <ul class="odd">{findings}</ul> }.into_any(),
    };
    view! {
        <tr
            data-column=column.header.clone()
            data-type=column.kind.key()
            data-missing=column.n_missing.to_string()
            data-unread=column.n_unread.to_string()
            data-read=column.n_read.to_string()
        >
            <th scope="row">
                <strong>{column.header.clone()}</strong>
                <span class="hint">{role}</span>
            </th>
            <td>{words.column_type(column.kind)}</td>
            <td class="number">{words.columns_part(column.n_missing, n_rows)}</td>
            <td class="number">{words.columns_n_distinct(column.distinct)}</td>
            <td>
                {bars(&column.bars)}
                <span class="hint">{words.columns_range_of(column)}</span>
            </td>
            <td>{findings}</td>
        </tr>
    }
    .into_any()
}

/// A short name and a sentence.
fn finding(name: &'static str, key: &'static str, sentence: String) -> AnyView {
    view! {
        <li data-finding=key>
            <span class="chip">{name}</span>
            <span>{sentence}</span>
        </li>
    }
    .into_any()
}

/// A drawing of how many values lie where, for the eye alone: the numbers stand beside it.
fn bars(bars: &[u64]) -> Option<AnyView> {
    let most = bars.iter().copied().max().filter(|&most| most > 0)?;
    let mut path = String::new();
    for (place, &n) in bars.iter().enumerate().filter(|&(_, &n)| n > 0) {
        // At least a line, so that no value goes unseen.
        let height = (n * 20 / most).max(1);
        path.push_str(&format!("M{} 20v-{height}h3v{height}z", place * 4));
    }
    Some(
        view! {
            <svg class="bars" viewBox="0 0 96 20" aria-hidden="true" focusable="false">
                <path d=path/>
            </svg>
        }
        .into_any(),
    )
}
