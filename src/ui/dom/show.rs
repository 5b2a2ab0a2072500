//! A part of a view that is there only under a condition.

use gyeol_view::component;

use super::{AnyView, ChildrenFn, IntoView};
use crate::ui::signals::Memo;

/// Its children while the condition holds; they are made anew only when the condition itself changes.
#[component]
pub fn Show<W>(
    /// The condition.
    when: W,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView
where
    W: Fn() -> bool + Send + Sync + 'static,
{
    shown(Memo::new(move |_| when()), children)
}

fn shown(is_shown: Memo<bool>, children: ChildrenFn) -> AnyView {
    (move || is_shown.get().then(|| children())).into_any()
}
