//! The value of an attribute, class, style or property.

use std::borrow::Cow;

use leptos::prelude::{Get, RwSignal};

use crate::ui::signals::Memo;

/// What an attribute is set to.
pub enum Value {
    /// It is not there; a property is null.
    Absent,
    /// It is there without a text, or not there; a class is on or off.
    Flag(bool),
    /// Its text.
    Text(Cow<'static, str>),
    /// What the closure says, now and whenever a signal in it changes.
    Live(Box<dyn Fn() -> Value>),
}

impl Value {
    /// The value as it is now.
    pub(super) fn settled(self) -> Self {
        match self {
            Self::Live(compute) => compute().settled(),
            fixed => fixed,
        }
    }
}

/// Live values differ from all others.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Flag(own), Self::Flag(other)) => own == other,
            (Self::Text(own), Self::Text(other)) => own == other,
            _ => false,
        }
    }
}

/// What can be the value of an attribute.
pub trait IntoValue {
    /// The value without its type.
    fn into_value(self) -> Value;
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Flag(self)
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(self.into())
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, T::into_value)
    }
}

impl<F: Fn() -> T + 'static, T: IntoValue> IntoValue for F {
    fn into_value(self) -> Value {
        Value::Live(Box::new(move || self().into_value()))
    }
}

impl<T: IntoValue + Clone + Send + Sync + 'static> IntoValue for Memo<T> {
    fn into_value(self) -> Value {
        Value::Live(Box::new(move || self.get().into_value()))
    }
}

impl<T: IntoValue + Clone + Send + Sync + 'static> IntoValue for RwSignal<T> {
    fn into_value(self) -> Value {
        Value::Live(Box::new(move || self.get().into_value()))
    }
}
