//! How many clusters: the criteria for every number from 2 to 10, the picks of each, and a press to use one.

use std::sync::Arc;

use crate::analysis::SegmentationId;
use crate::analysis::cluster_counts::Report;
use crate::analysis::clusters::{Method, Quality};
use crate::charts::OwnedChart;
use crate::session::View;
use crate::text::Words;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained};
use crate::ui::views::pictures::picture;
use crate::ui::views::slices;
use crate::ui::{Workspace, route};

/// The picture and the table of criteria.
#[component]
pub fn Counts() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let report = workspace.read(|session| session.cluster_counts.value().cloned().map(Arc::new));
    let problem = slices::problem(workspace, |session| &session.cluster_counts);
    let method = workspace.read(|session| session.settings.clusters.method);
    let has_rows = move |report: &Option<Arc<Report>>| {
        report
            .as_ref()
            .is_some_and(|report| !report.rows.is_empty())
    };
    let is_there = Memo::new(move |_| report.with(has_rows));
    let waits = move || report.with(Option::is_none) && problem.with(Option::is_none);
    let agreement = move || {
        report.with(|report| {
            let report = report.as_ref()?;
            if report.rows.is_empty() {
                return Some(words.clusters_counts_found().to_owned());
            }
            let agreement = words.clusters_agreement(report);
            let restarts = match method.get() {
                Method::KMeans | Method::GaussianMixture => {
                    words.clusters_counts_restarts(report.restarts)
                }
                _ => String::new(),
            };
            Some(format!("{agreement} {restarts}"))
        })
    };
    let rules = move || {
        let text = report.with(|report| words.clusters_gap_rules(report.as_ref()?));
        text.map(|text| view! { <p class="hint" data-testid="gap-rules">{text}</p> })
    };
    view! {
        <section class="block" aria-labelledby="clusters-counts">
            <h3 id="clusters-counts">{words.clusters_how_many()}</h3>
            <p class="answer">{agreement}</p>
            <Show when=waits>
                <p class="waiting">{words.view_waiting()}</p>
            </Show>
            {move || problem.get().map(|text| view! { <p class="problem" role="alert">{text}</p> })}
            <Show when=move || is_there.get()>
                <ChartFigure chart=picture(report, OwnedChart::ClusterCounts) segmentation=SegmentationId::Clusters />
                {move || report.with(|report| Some(table(workspace, words, report.as_ref()?)))}
            </Show>
            {rules}
            <p>
                <a href=route::hash_of(View::Stability) data-testid="see-stability">{words.stability_link()}</a>
            </p>
            <Explained text=words.clusters_how() />
        </section>
    }
    .into_any()
}

fn table(workspace: Workspace, words: Words, report: &Report) -> AnyView {
    let k = workspace.read(|session| session.settings.clusters.k);
    let heads = [
        words.clusters_inertia(),
        words.clusters_silhouette(),
        words.clusters_calinski(),
        words.clusters_davies(),
        words.clusters_smallest(),
    ];
    let has_bic = report.preferred.bic.is_some();
    let has_gap = report.preferred.gap.is_some();
    let has_strength = report.preferred.strength.is_some();
    let head = |name| view! { <th scope="col" class="number">{name}</th> };
    let rows = report.rows.iter();
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=words.clusters_how_many()>
            <table class="counts-table">
                <caption>{words.clusters_counts_caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.clusters_k()}</th>
                        {has_bic.then(|| head(words.clusters_bic()))}
                        {heads.map(head)}
                        {has_gap.then(|| head(words.clusters_gap()))}
                        {has_strength.then(|| head(words.clusters_strength()))}
                    </tr>
                </thead>
                <tbody>
                    {rows.map(|quality| row(workspace, words, quality, report, k)).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(
    workspace: Workspace,
    words: Words,
    quality: &Quality,
    report: &Report,
    k_in_use: Memo<usize>,
) -> AnyView {
    let (k, preferred) = (quality.k, report.preferred);
    let gap = report.gaps.iter().find(|one| one.k == k);
    let strength = report.strengths.iter().find(|one| one.k == k);
    let has_strength = preferred.strength.is_some();
    let is_used = move || k_in_use.get() == k;
    let is_pressed = move || if is_used() { "true" } else { "false" };
    let use_it = move |_| workspace.change_settings(|settings| settings.clusters.k = k);
    let basis = words.clusters_silhouette_basis(quality.silhouette_basis);
    let cell = move |text: String, is_best: bool, title: Option<String>| {
        let mark = is_best.then(|| {
            view! { <span class="best" role="img" aria-label=words.clusters_best()>{"●"}</span> }
        });
        view! { <td class="number" title=title>{mark} {text}</td> }
    };
    view! {
        <tr class:is-selected=is_used on:click=use_it>
            <th scope="row">
                <button type="button" class="segment-name" aria-pressed=is_pressed title=words.clusters_use_k(k)>
                    {k}
                </button>
            </th>
            {quality.bic.map(|bic| cell(words.number(bic), preferred.bic == Some(k), None))}
            {cell(words.number(quality.inertia), preferred.knee == Some(k), None)}
            {cell(words.clusters_criterion(quality.silhouette), preferred.silhouette == k, Some(basis))}
            {cell(words.clusters_dispersion(quality.calinski_harabasz), preferred.calinski_harabasz == k, None)}
            {cell(words.clusters_criterion(quality.davies_bouldin), preferred.davies_bouldin == k, None)}
            {cell(words.count(quality.n_smallest), false, None)}
            {gap.map(|one| cell(words.gap_and_error(one), preferred.gap == Some(k), None))}
            {has_strength.then(|| {
                let text = strength.map(|one| words.clusters_criterion(Some(one.strength)));
                cell(text.unwrap_or_default(), preferred.strength == Some(k), None)
            })}
        </tr>
    }
    .into_any()
}
