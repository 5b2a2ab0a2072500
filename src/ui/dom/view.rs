//! What can stand in the page, as one type.

use std::borrow::Cow;
use std::rc::Rc;

use leptos::component::{ComponentConstructor, component_view};
use leptos::prelude::untrack;

use super::Element;

/// A view without its type.
pub enum AnyView {
    /// Nothing that can be seen.
    Nothing,
    /// A text.
    Text(Cow<'static, str>),
    /// An element.
    Element(Box<Element>),
    /// Views one after the other.
    Many(Vec<AnyView>),
    /// What the closure says, now and whenever a signal in it changes.
    Live(Box<dyn Fn() -> AnyView>),
}

/// What stands between the tags of a component; made once.
pub type Children = Box<dyn FnOnce() -> AnyView>;

/// What stands between the tags of a component that may make it again.
pub type ChildrenFn = Rc<dyn Fn() -> AnyView>;

/// The children of a component from the closure that `view!` writes.
pub trait ToChildren<F> {
    /// The closure without its type.
    fn to_children(closure: F) -> Self;
}

impl<F: FnOnce() -> AnyView + 'static> ToChildren<F> for Children {
    fn to_children(closure: F) -> Self {
        Box::new(closure)
    }
}

impl<F: Fn() -> AnyView + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(closure: F) -> Self {
        Rc::new(closure)
    }
}

/// The view of a component. Signals that it reads outside of closures are not followed.
pub fn component<P, V: IntoView>(own: impl ComponentConstructor<P, V>, props: P) -> AnyView {
    untrack(|| component_view(own, props).into_any())
}

/// What can stand in the page.
pub trait IntoView: Sized {
    /// The view without its type.
    fn into_any(self) -> AnyView;
}

impl IntoView for AnyView {
    fn into_any(self) -> AnyView {
        self
    }
}

impl IntoView for () {
    fn into_any(self) -> AnyView {
        AnyView::Nothing
    }
}

impl IntoView for &'static str {
    fn into_any(self) -> AnyView {
        AnyView::Text(self.into())
    }
}

impl IntoView for String {
    fn into_any(self) -> AnyView {
        AnyView::Text(self.into())
    }
}

impl IntoView for u8 {
    fn into_any(self) -> AnyView {
        self.to_string().into_any()
    }
}

impl IntoView for usize {
    fn into_any(self) -> AnyView {
        self.to_string().into_any()
    }
}

impl<T: IntoView> IntoView for Option<T> {
    fn into_any(self) -> AnyView {
        self.map_or(AnyView::Nothing, T::into_any)
    }
}

impl<T: IntoView> IntoView for Vec<T> {
    fn into_any(self) -> AnyView {
        self.collect_view()
    }
}

impl<T: IntoView, const N: usize> IntoView for [T; N] {
    fn into_any(self) -> AnyView {
        self.collect_view()
    }
}

impl<F: Fn() -> T + 'static, T: IntoView> IntoView for F {
    fn into_any(self) -> AnyView {
        AnyView::Live(Box::new(move || self().into_any()))
    }
}

/// The views that an iterator gives, one after the other.
pub trait CollectView {
    /// All of them as one view.
    fn collect_view(self) -> AnyView;
}

impl<I: IntoIterator<Item = T>, T: IntoView> CollectView for I {
    fn collect_view(self) -> AnyView {
        AnyView::Many(self.into_iter().map(T::into_any).collect())
    }
}
