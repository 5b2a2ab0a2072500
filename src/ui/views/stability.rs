//! How sure the clusters are: one row for each, with what became of it when customers were drawn anew.

use crate::analysis::stability::{Passport, Report};
use crate::session::View;
use crate::text::Words;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{Explained, NumberField, Swatch, ViewSection};
use crate::ui::views::slices;
use crate::ui::{Workspace, route};

/// The view of the stability.
#[component]
pub fn Stability() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.stability.state());
    let problem = slices::problem(workspace, |session| &session.stability);
    let report = workspace.read(|session| session.stability.value().cloned());
    let resamples = workspace.read(|session| session.settings.stability.resamples);
    let field_problem = slices::field_problem(workspace, |session| &session.stability, "resamples");
    let set = Callback::new(move |resamples: u64| {
        workspace.change_settings(|settings| settings.stability.resamples = resamples);
    });
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            report.with(|report| Some(words.stability_finding(report.as_ref()?)))
        });
        view! {
            <ViewSection view=View::Stability state finding problem>
                <div class="block list-tools">
                    <p><a href=route::hash_of(View::Clusters)>{words.stability_back()}</a></p>
                    <NumberField
                        field="resamples"
                        label=words.stability_resamples()
                        hint=""
                        value=resamples
                        bounds=(10, 1_000)
                        problem=field_problem
                        on_commit=set
                    />
                </div>
                {move || report.with(|report| Some(content(words, report.as_ref()?)))}
                <Explained text=words.stability_how() />
            </ViewSection>
        }
        .into_any()
    }
}

fn content(words: Words, report: &Report) -> AnyView {
    let head = |text: &'static str| view! { <th scope="col" class="number">{text}</th> };
    let heads = [
        words.column_customers(),
        words.stability_jaccard(),
        words.stability_recovered(),
        words.stability_dissolved(),
        words.stability_halves(),
    ];
    let row = |(place, passport): (usize, &Passport)| row(words, report, place, passport);
    view! {
        <section class="block" aria-label=words.stability_caption()>
            <p class="hint">{words.stability_basis(report)}</p>
            <div class="table-scroll" role="group" tabindex="0" aria-label=words.stability_caption()>
                <table>
                    <caption>{words.stability_caption()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words.segment_of(crate::analysis::SegmentationId::Clusters)}</th>
                            {heads.map(head)}
                            <th scope="col">{words.stability_reading()}</th>
                            <th scope="col">{words.stability_nearest()}</th>
                        </tr>
                    </thead>
                    <tbody>{report.clusters.iter().enumerate().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(words: Words, report: &Report, place: usize, passport: &Passport) -> AnyView {
    let nearest = passport.nearest.and_then(|(other, apart)| {
        let other = report.clusters.get(usize::from(other))?;
        Some(format!(
            "{} ({})",
            words.label(&other.label),
            words.number(apart)
        ))
    });
    let halves = passport.split_half.map(|agreed| words.decimal(agreed, 3));
    view! {
        <tr>
            <th scope="row">
                <Swatch label=&passport.label place=place as u16 />
                {words.label(&passport.label)}
            </th>
            <td class="number">{words.count(passport.n_customers)}</td>
            <td class="number">{words.decimal(passport.jaccard, 3)}</td>
            <td class="number">{words.count(passport.n_recovered)}</td>
            <td class="number">{words.count(passport.n_dissolved)}</td>
            <td class="number">{halves}</td>
            <td>{words.stability_reading_of(passport.reading)}</td>
            <td>{nearest}</td>
        </tr>
    }
    .into_any()
}
