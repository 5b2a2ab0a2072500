//! Classes of value: by which measure, by which shares, and how concentrated it is.

use super::{Shown, segments_view, settings};
use crate::analysis::SegmentationId;
use crate::analysis::value::{Grouping, Params};
use crate::session::View;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::NumberField;
use crate::ui::views::slices;

/// The view of the classes of value.
#[component]
pub fn Value() -> impl IntoView {
    let workspace = Workspace::expect();
    move || {
        let words = workspace.words();
        let shown = Shown {
            view: View::Value,
            segmentation: SegmentationId::Value,
            caption: words.value_caption(),
            how: words.value_how(),
            finding: workspace
                .read(move |session| Some(words.value_finding(session.value.value()?))),
            problem: slices::problem(workspace, |session| &session.value),
        };
        segments_view(workspace, shown, fields(workspace, words))
    }
}

fn fields(workspace: Workspace, words: Words) -> AnyView {
    let params = workspace.read(|session| session.settings.value.clone());
    let concentration = workspace.read(move |session| {
        let report = session.value.value()?;
        Some(words.value_concentration(report.gini))
    });
    let n_shares = Memo::new(move |_| params.with(|params| params.grouping.usual_shares().len()));
    let is_held = Memo::new(move |_| params.with(|params| params.held.is_some()));
    let held = move || {
        let told = words.value_held();
        is_held
            .get()
            .then(|| view! { <p class="remark" data-testid="value-held">{told}</p> })
    };
    let fields = view! {
        <p class="hint">{move || concentration.get()}</p>
        {held}
        {grouping(workspace, words, params)}
        {by(workspace, words, params)}
        {move || (0..n_shares.get()).map(|place| share(workspace, words, params, place)).collect_view()}
    };
    settings(words, fields.into_any())
}

fn grouping(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    let choose = move |key: String| {
        if let Some(grouping) = Grouping::from_key(&key) {
            workspace.change_settings(|settings| {
                settings.value.grouping = grouping;
                settings.value.shares.clear();
            });
        }
    };
    let option = |grouping: Grouping| {
        let is_chosen = move || params.with(|params| params.grouping == grouping);
        view! {
            <option value=grouping.key() prop:selected=is_chosen>
                {words.value_grouping_of(grouping)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="grouping">{words.value_grouping()}</label>
            <select
                id="grouping"
                data-testid="grouping"
                on:change=move |event| choose(event_target_value(&event))
            >
                {Grouping::ALL.map(option)}
            </select>
        </div>
    }
    .into_any()
}

fn by(workspace: Workspace, words: Words, params: Memo<Params>) -> AnyView {
    // Without a report it is what the file was read to hold, so that there is a way out.
    let available = workspace.read(|session| match (session.value.value(), &session.imported) {
        (Some(report), _) => report.available.clone(),
        (None, Some(imported)) => {
            let history = imported.has_history.then(|| "frequency".to_owned());
            let own = [session.settings.value.by.clone()]
                .into_iter()
                .chain(history);
            own.chain(imported.numeric_columns.iter().cloned())
                .collect()
        }
        (None, None) => Vec::new(),
    });
    let problem = slices::field_problem(workspace, |session| &session.value, "by");
    let option = move |name: String| {
        let (own, label) = (name.clone(), words.feature(&name));
        let is_chosen = move || params.with(|params| params.by == own);
        view! { <option value=name prop:selected=is_chosen>{label}</option> }
    };
    let choose = move |name: String| workspace.change_settings(|settings| settings.value.by = name);
    view! {
        <div class="field">
            <label for="by">{words.value_by()}</label>
            <select id="by" data-testid="by" on:change=move |event| choose(event_target_value(&event))>
                {move || available.get().into_iter().map(option).collect_view()}
            </select>
            <p class="field-problem" role="alert">{move || problem.get()}</p>
        </div>
    }
    .into_any()
}

/// One share, in percent.
fn share(workspace: Workspace, words: Words, params: Memo<Params>, place: usize) -> AnyView {
    const FIELDS: [&str; 2] = ["share-1", "share-2"];
    let shares = move |params: &Params| match params.shares.is_empty() {
        true => params.grouping.usual_shares().to_vec(),
        false => params.shares.clone(),
    };
    let value = Signal::derive(move || {
        let share = params.with(|params| shares(params).get(place).copied());
        (share.unwrap_or(0.0) * 100.0 + 0.5) as u64
    });
    let commit = Callback::new(move |percent: u64| {
        let mut shares = params.with_untracked(shares);
        if let Some(share) = shares.get_mut(place) {
            *share = percent as f64 / 100.0;
        }
        workspace.change_settings(|settings| settings.value.shares = shares);
    });
    let problem = slices::field_problem(workspace, |session| &session.value, "shares");
    let field = FIELDS.get(place).copied().unwrap_or("share");
    let label = words.value_share_field(place, params.with_untracked(|p| shares(p).len()));
    view! { <NumberField field label hint="" value bounds=(1, 99) problem on_commit=commit /> }
        .into_any()
}
