//! An element before it is in the document: its name and what was said about it, in order.

use super::{AnyView, Value};

/// Where a value of an element goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// An attribute.
    Attribute,
    /// One class, on or off.
    Class,
    /// One property of its style.
    Style,
    /// A property of the element as JavaScript has it: `value`, `checked`.
    Property,
}

/// A value and where it goes.
pub(super) struct Attribute {
    pub(super) place: Place,
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// What is called with an event.
pub(super) type Hear = Box<dyn FnMut(web_sys::Event)>;

/// What is called with the element once it is there.
pub(super) type Keep = Box<dyn FnOnce(&web_sys::Element)>;

/// What is called with an event of this name.
pub(super) struct Listener {
    pub(super) name: &'static str,
    pub(super) hear: Hear,
}

/// A description of an element.
#[derive(Default)]
pub struct Element {
    pub(super) tag: &'static str,
    pub(super) attributes: Vec<Attribute>,
    pub(super) properties: Vec<Attribute>,
    pub(super) listeners: Vec<Listener>,
    pub(super) children: Vec<AnyView>,
    pub(super) keep: Option<Keep>,
}

impl Element {
    /// Sets a value.
    pub(super) fn set(&mut self, place: Place, name: &'static str, value: Value) {
        let list = match place {
            Place::Property => &mut self.properties,
            _ => &mut self.attributes,
        };
        list.push(Attribute { place, name, value });
    }
}
