//! Which method makes the clusters, with the settings that only it has.

use super::search::search;
use crate::analysis::clusters::{Linkage, Method, Params};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DecimalField, NumberField};
use crate::ui::views::choice::{place_of, select};
use crate::ui::views::slices;

/// The choice of a method, when to use it, and its own fields.
pub(super) fn method(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let method = Memo::new(move |_| params.with(|params| params.method));
    let names = Method::ALL.map(|method| words.method(method));
    let choose = move |place: usize| choose(workspace, Method::ALL[place]);
    let select = select(
        "method",
        words.clusters_method(),
        &names,
        choose,
        move || place_of(&Method::ALL, &method.get()),
    );
    view! {
        {select}
        <p class="hint">{move || words.method_use(method.get())}</p>
        {move || own(workspace, words, params, method.get())}
    }
    .into_any()
}

/// Texts stay features only where the method takes them or they count as categories; where none is left, the usual ones come back.
fn choose(workspace: Workspace, method: Method) {
    let texts = workspace.session.with_untracked(|session| {
        let file = session.imported.as_ref();
        file.map(|file| file.text_columns.clone())
            .unwrap_or_default()
    });
    workspace.change_settings(|settings| {
        let params = &mut settings.clusters;
        params.method = method;
        if !method.takes_texts() {
            let categories = &params.categories;
            let is_left =
                |feature: &String| !texts.contains(feature) || categories.contains_key(feature);
            params.features.retain(is_left);
        }
        if params.features.is_empty() {
            params.features = Params::default().features;
        }
    });
}

/// The fields that only some methods have.
fn own(workspace: Workspace, words: Words, params: Memo<Params>, method: Method) -> AnyView {
    let is_dense = matches!(method, Method::Dbscan | Method::Optics);
    let is = move |own: Method| method == own;
    view! {
        {is(Method::Hierarchical).then(|| linkage(workspace, words, params))}
        {is(Method::Dbscan).then(|| eps(workspace, words, params))}
        {is_dense.then(|| min_points(workspace, words, params))}
        {is(Method::Optics).then(|| xi(workspace, words, params))}
        {is(Method::Genetic).then(|| search(workspace, words, params))}
    }
    .into_any()
}

fn linkage(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let names = Linkage::ALL.map(|linkage| words.linkage(linkage));
    let choose = move |place: usize| {
        workspace.change_settings(|settings| settings.clusters.linkage = Linkage::ALL[place]);
    };
    select(
        "linkage",
        words.clusters_linkage(),
        &names,
        choose,
        move || params.with(|params| place_of(&Linkage::ALL, &params.linkage)),
    )
}

fn eps(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let problem = slices::field_problem(workspace, |session| &session.clusters, "eps");
    let commit = Callback::new(move |eps| {
        workspace.change_settings(|settings| settings.clusters.eps = eps);
    });
    view! {
        <DecimalField
            field="eps"
            label=words.clusters_eps()
            hint=words.clusters_eps_hint()
            value=Signal::derive(move || params.with(|params| params.eps))
            bounds=(0.0, 1e6)
            problem=problem
            on_commit=commit
        />
    }
    .into_any()
}

fn xi(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let problem = slices::field_problem(workspace, |session| &session.clusters, "xi");
    let commit = Callback::new(move |xi| {
        workspace.change_settings(|settings| settings.clusters.xi = xi);
    });
    view! {
        <DecimalField
            field="xi"
            label=words.clusters_xi()
            hint=words.clusters_xi_hint()
            value=Signal::derive(move || params.with(|params| params.xi))
            bounds=(0.001, 0.999)
            problem=problem
            on_commit=commit
        />
    }
    .into_any()
}

fn min_points(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let problem = slices::field_problem(workspace, |session| &session.clusters, "min_points");
    let commit = Callback::new(move |n| {
        workspace.change_settings(|settings| settings.clusters.min_points = n as usize);
    });
    view! {
        <NumberField
            field="min_points"
            label=words.clusters_min_points()
            hint=words.clusters_min_points_hint()
            value=Signal::derive(move || params.with(|params| params.min_points as u64))
            bounds=(1, 1000)
            problem=problem
            on_commit=commit
        />
    }
    .into_any()
}

/// The fewest customers of a cluster, for every method.
pub(super) fn min_size(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let problem = slices::field_problem(workspace, |session| &session.clusters, "min_size");
    let commit = Callback::new(move |n| {
        workspace.change_settings(|settings| settings.clusters.min_size = n as usize);
    });
    view! {
        <NumberField
            field="min_size"
            label=words.clusters_min_size()
            hint=words.clusters_min_size_hint()
            value=Signal::derive(move || params.with(|params| params.min_size as u64))
            bounds=(1, 1_000_000)
            problem=problem
            on_commit=commit
        />
    }
    .into_any()
}
