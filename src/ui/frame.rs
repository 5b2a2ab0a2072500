//! The workspace: rail, file bar, the view that the address names, and the place of the inspector.

use super::inspector::Inspector;
use super::parts::{FileBar, Rail, WorkBar};
use super::{Workspace, views};
use crate::session::View;
use crate::ui::dom::prelude::*;

/// What is shown once there are results.
#[component]
pub fn Frame() -> impl IntoView {
    let workspace = Workspace::expect();
    let has_selection = workspace.read(|session| session.selected.is_some());
    view! {
        <div class="frame" class:is-inspecting=has_selection>
            <Rail/>
            <div class="frame-main">
                <FileBar/>
                {move || view_of(workspace.view.get())}
                <WorkBar/>
            </div>
            <Inspector/>
        </div>
    }
    .into_any()
}

fn view_of(view: View) -> AnyView {
    match view {
        View::Overview => view! { <views::Overview/> }.into_any(),
        View::Rfm => view! { <views::Rfm/> }.into_any(),
        View::Clusters => view! { <views::Clusters/> }.into_any(),
        View::Lifecycle => view! { <views::Lifecycle/> }.into_any(),
        View::Value => view! { <views::Value/> }.into_any(),
        View::Rhythm => view! { <views::Rhythm/> }.into_any(),
        View::Lifetime => view! { <views::Lifetime/> }.into_any(),
        View::Rules => view! { <views::Rules/> }.into_any(),
        View::Compare => view! { <views::Compare/> }.into_any(),
        View::Advice => view! { <views::Advice/> }.into_any(),
        View::Stability => view! { <views::Stability/> }.into_any(),
        View::Prediction => view! { <views::Prediction/> }.into_any(),
        View::Movement => view! { <views::Movement/> }.into_any(),
        View::Explain => view! { <views::Explain/> }.into_any(),
        View::Customers => view! { <views::Customers/> }.into_any(),
        View::Data => view! { <views::Data/> }.into_any(),
        View::Columns => view! { <views::Columns/> }.into_any(),
        View::Cohorts => view! { <views::Cohorts/> }.into_any(),
    }
}
