//! Computed values and effects, each as one type of Leptos' reactive graph whatever they compute.
//!
//! Leptos makes code for each type of value that a memo holds; here the value is held without its type, and only
//! taking it out knows the type. Invariant: a [`Memo<T>`] holds a `T` and nothing else.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{Get, GetUntracked};

/// A value computed from signals when it is asked for, and again only when one of them has changed.
pub struct Memo<T> {
    held: leptos::prelude::Memo<Held>,
    holds: PhantomData<fn() -> T>,
}

/// The same, where what a component takes need not be remembered, or never changes.
pub type Signal<T> = Memo<T>;

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T: Send + Sync + 'static> Memo<T> {
    /// Its readers hear of a new value only when it differs; `compute` is given the value before.
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::holding(Box::new(move |before| {
            Held::new(compute(before.map(Held::value)), |own, other| {
                own.downcast_ref::<T>() == other.downcast_ref()
            })
        }))
    }

    /// Its readers hear of each new value.
    pub fn derive(compute: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::holding(Box::new(move |_| Held::new(compute(), |_, _| false)))
    }

    fn holding(compute: Compute) -> Self {
        Self {
            held: leptos::prelude::Memo::new(compute),
            holds: PhantomData,
        }
    }

    /// Looks at the value.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.held.get().value())
    }

    /// Looks at the value without following it.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.held.get_untracked().value())
    }

    /// Follows the value without looking at it.
    pub fn track(self) {
        drop(self.held.get());
    }

    /// The value.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value without following it.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

/// A value that never changes.
impl<T: Clone + Send + Sync + 'static> From<T> for Memo<T> {
    fn from(value: T) -> Self {
        Self::derive(move || value.clone())
    }
}

/// What a memo runs, given what it held before.
type Compute = Box<dyn Fn(Option<&Held>) -> Held + Send + Sync>;

/// A value without its type, with how it is compared.
#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    is_equal: fn(&dyn Any, &dyn Any) -> bool,
}

impl Held {
    fn new<T: Send + Sync + 'static>(value: T, is_equal: fn(&dyn Any, &dyn Any) -> bool) -> Self {
        Self {
            value: Arc::new(value),
            is_equal,
        }
    }

    fn value<T: 'static>(&self) -> &T {
        let value = self.value.downcast_ref();
        value.expect("a memo of `T` holds a `T`")
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.is_equal)(&*self.value, &*other.value)
    }
}

/// Something done outside of the page's elements, now and whenever a signal that it reads changes.
pub struct Effect;

impl Effect {
    /// Does it for as long as the surrounding component is there.
    #[allow(
        clippy::new_ret_no_self,
        reason = "Leptos keeps it; the name is Leptos' own"
    )]
    pub fn new(run: impl FnMut() + 'static) {
        let run: Box<dyn FnMut()> = Box::new(run);
        leptos::prelude::Effect::new(run);
    }
}
