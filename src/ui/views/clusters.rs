//! Clusters: where customers fall into groups by themselves, how many groups are good, and what they are made from.

mod categories;
mod counts;
mod hold;
mod method;
mod search;
mod settings;
mod words;

use std::sync::Arc;

use self::counts::Counts;
use self::settings::ClusterSettings;
use super::choice::{place_of, select_unless};
use super::pictures::picture;
use super::slices;
use crate::analysis::SegmentationId;
use crate::analysis::cluster_counts::{Report as Counted, Verdict};
use crate::analysis::clusters::{ClusterSilhouette, Projection, Report};
use crate::analysis::profile::SegmentProfile;
use crate::charts::OwnedChart;
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{ChartFigure, Explained, SegmentTable, ViewSection};

/// The clusters view.
#[component]
pub fn Clusters() -> impl IntoView {
    let workspace = Workspace::expect();
    let report = slices::clusters_report(workspace);
    let problem = slices::problem(workspace, |session| &session.clusters);
    let state = workspace.read(|session| session.clusters.state());
    let is_there = Memo::new(move |_| report.with(Option::is_some));
    let is_held = workspace.read(|session| session.settings.clusters.held.is_some());
    let has_tree = Memo::new(move |_| {
        report
            .with(|report| report.as_ref()?.tree().map(|_| ()))
            .is_some()
    });
    let verdict = workspace.read(|session| {
        let counts = session.cluster_counts.value()?;
        (counts.verdict == Some(Verdict::NoNaturalGroups)).then(|| counts.clone())
    });
    let segments = Signal::derive(move || {
        report.with(|report| {
            report
                .as_ref()
                .map(|report| report.segments.clone())
                .unwrap_or_default()
        })
    });
    move || {
        let words = workspace.words();
        let finding =
            Signal::derive(move || report.with(|report| words.clusters_finding(report.as_ref()?)));
        view! {
            <ViewSection view=View::Clusters state finding problem>
                {move || no_groups(words, verdict)}
                <section class="block beside" aria-labelledby="clusters-map">
                    <div>
                        <h3 id="clusters-map">{words.clusters_map()}</h3>
                        <Show when=move || is_there.get()>
                            <ChartFigure
                                chart=picture(report, OwnedChart::ClusterMap)
                                segmentation=SegmentationId::Clusters
                            />
                            {move || below_map(workspace, words, report)}
                        </Show>
                        {drawn_by(workspace, words)}
                        {hold::kept(workspace, words)}
                    </div>
                    <ClusterSettings />
                </section>
                <Show when=move || has_tree.get()>
                    {tree(words, report)}
                </Show>
                <Show when=move || is_there.get()>
                    {in_numbers(words, report, segments)}
                    <Show when=move || !is_held.get()>
                        <Counts />
                    </Show>
                </Show>
            </ViewSection>
        }
        .into_any()
    }
}

/// That there may be no groups stands above what is made of the customers all the same.
fn no_groups(words: Words, verdict: Memo<Option<Counted>>) -> Option<AnyView> {
    verdict.with(|counts| {
        let text = words.clusters_agreement(counts.as_ref()?);
        Some(
            view! { <p class="remark" role="status" data-testid="no-groups">{text}</p> }.into_any(),
        )
    })
}

/// The choice of what the map is drawn by. Clusters that are held are drawn along components, which every day of a slider
/// has time for.
fn drawn_by(workspace: Workspace, words: Words) -> AnyView {
    let is_held = workspace.read(|session| session.settings.clusters.held.is_some());
    let by = workspace.read(|session| match &session.settings.clusters {
        clusters if clusters.held.is_some() => Projection::Pca,
        clusters => clusters.map,
    });
    let names = Projection::ALL.map(|by| words.projection(by));
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.clusters.map = Projection::ALL[place]);
    };
    let place = move || place_of(&Projection::ALL, &by.get());
    let called = ("map", words.clusters_map_by());
    let select = select_unless(move || is_held.get(), called, &names, choose, place);
    let held = move || is_held.get().then(|| words.clusters_map_held());
    view! {
        {select}
        <p class="hint">{held}</p>
        <Explained text=words.clusters_map_how() />
    }
    .into_any()
}

/// Traits, the numbers of each cluster, and how well its customers fit.
fn in_numbers(
    words: Words,
    report: Memo<Option<Arc<Report>>>,
    segments: Signal<Vec<SegmentProfile>>,
) -> AnyView {
    view! {
        <section class="block" aria-labelledby="clusters-in-numbers">
            <h3 id="clusters-in-numbers">{words.clusters_traits()}</h3>
            <ChartFigure
                chart=picture(report, OwnedChart::ClusterTraits)
                segmentation=SegmentationId::Clusters
            />
            <h3 id="clusters-parallel">{words.clusters_parallel()}</h3>
            <ChartFigure
                chart=picture(report, OwnedChart::ClusterParallel)
                segmentation=SegmentationId::Clusters
            />
            <Explained text=words.clusters_parallel_how() />
            <SegmentTable
                segmentation=SegmentationId::Clusters
                caption=words.clusters_caption()
                segments
            />
            {move || categories::told(words, report)}
            {move || words::told(words, report)}
            {move || fits(words, report)}
        </section>
    }
    .into_any()
}

/// How hierarchical clusters were joined.
fn tree(words: Words, report: Memo<Option<Arc<Report>>>) -> AnyView {
    view! {
        <section class="block" aria-labelledby="clusters-tree">
            <h3 id="clusters-tree">{words.clusters_tree()}</h3>
            <ChartFigure
                chart=picture(report, OwnedChart::ClusterTree)
                segmentation=SegmentationId::Clusters
            />
            <Explained text=words.clusters_tree_how() />
        </section>
    }
    .into_any()
}

/// How well the customers of each cluster fit into it.
fn fits(words: Words, report: Memo<Option<Arc<Report>>>) -> Option<AnyView> {
    let report = report
        .get()
        .filter(|report| !report.silhouettes.is_empty())?;
    let rows = report.segments.iter().zip(&report.silhouettes);
    let row = |(profile, fit): (&SegmentProfile, &ClusterSilhouette)| {
        let n_measured = fit.n_measured.max(1) as f64;
        let between = words.share(fit.n_between as f64 / n_measured);
        view! {
            <tr>
                <th scope="row">{words.label(&profile.label)}</th>
                <td class="number">{words.clusters_criterion(Some(fit.mean))}</td>
                <td class="number">{words.count(fit.n_between)} " (" {between} ")"</td>
                <td class="number">{words.count(fit.n_nearer_elsewhere)}</td>
            </tr>
        }
    };
    let finding = words.clusters_fit_finding(&report);
    let rows = rows.map(row).collect_view();
    Some(
        view! {
            <h3 id="clusters-fit">{words.clusters_fit()}</h3>
            <p class="answer">{finding}</p>
            <div class="table-scroll" role="group" tabindex="0" aria-labelledby="clusters-fit" data-testid="clusters-fit">
                <table>
                    <caption>{words.clusters_fit_caption()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.segment_of(SegmentationId::Clusters)}</th>
                            <th scope="col" class="number">{words.clusters_silhouette()}</th>
                            <th scope="col" class="number">{words.clusters_between()}</th>
                            <th scope="col" class="number">{words.clusters_nearer_elsewhere()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Explained text=words.clusters_fit_how() />
        }
        .into_any(),
    )
}

fn below_map(
    workspace: Workspace,
    words: Words,
    report: Memo<Option<Arc<Report>>>,
) -> Option<AnyView> {
    report.with(|report| {
        let report = report.as_ref()?;
        let quality = &report.quality;
        // Of clusters that are held no fit is measured.
        let is_fit = report.params.held.is_none();
        let silhouette = is_fit.then(|| words.clusters_silhouette_of(quality));
        let explained = match report.map.by {
            Projection::Pca => words.clusters_explained(report.map.explained),
            Projection::TSne => words.clusters_neighbours(report.map.points.len() as u64),
        };
        Some(
            view! {
                <p class="hint">{explained}</p>
                <dl class="measures">
                    {silhouette.map(|silhouette| view! {
                        <div><dt>{words.clusters_silhouette()}</dt><dd data-testid="silhouette">{silhouette}</dd></div>
                    })}
                    <div><dt>{words.clusters_inertia()}</dt><dd>{words.number(quality.inertia)}</dd></div>
                </dl>
                {words
                    .clusters_found(report)
                    .into_iter()
                    .map(|text| view! { <p class="hint method-finding">{text}</p> })
                    .collect_view()}
                {search::take(workspace, words, &report.found)}
                {words
                    .clusters_redundant(&report.redundant)
                    .map(|text| view! { <p class="remark" role="status" data-testid="redundant">{text}</p> })}
                {words
                    .clusters_left_out(report.n_unclustered, report.cleaned)
                    .map(|text| view! { <p class="remark" role="status">{text}</p> })}
            }
            .into_any(),
        )
    })
}
