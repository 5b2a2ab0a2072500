//! An element before it is in the document: its name and what was said about it, in order.

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::NodeRef;
use leptos::tachys::html::node_ref::NodeRefContainer;
use wasm_bindgen::JsCast;

use super::{AnyView, IntoValue, IntoView, Value};

/// Where a value of an element goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
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
    pub(super) name: Cow<'static, str>,
    pub(super) hear: Hear,
}

/// A description of an element.
pub struct Element {
    pub(super) tag: &'static str,
    pub(super) attributes: Vec<Attribute>,
    pub(super) properties: Vec<Attribute>,
    pub(super) listeners: Vec<Listener>,
    pub(super) children: Vec<AnyView>,
    pub(super) keep: Option<Keep>,
}

impl Element {
    /// An element with this name and nothing else.
    pub fn new(tag: &'static str) -> Box<Self> {
        Box::new(Self {
            tag,
            attributes: Vec::new(),
            properties: Vec::new(),
            listeners: Vec::new(),
            children: Vec::new(),
            keep: None,
        })
    }

    /// Sets a value.
    pub fn set(&mut self, place: Place, name: &'static str, value: Value) {
        let list = match place {
            Place::Property => &mut self.properties,
            _ => &mut self.attributes,
        };
        list.push(Attribute { place, name, value });
    }

    /// Sets an attribute to a text that never changes.
    pub fn fixed(&mut self, name: &'static str, text: &'static str) {
        self.set(Place::Attribute, name, text.into_value());
    }

    /// Calls `hear` with each event of this kind.
    pub fn on<E>(&mut self, event: &E, mut hear: impl FnMut(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.listen(
            event.name(),
            Box::new(move |event| hear(event.unchecked_into())),
        );
    }

    fn listen(&mut self, name: Cow<'static, str>, hear: Hear) {
        self.listeners.push(Listener { name, hear });
    }

    /// Lets `place` know the element once it is there.
    pub fn keep<E: ElementType>(&mut self, place: NodeRef<E>)
    where
        NodeRef<E>: NodeRefContainer<E>,
    {
        self.keep = Some(Box::new(move |element| place.load(element)));
    }

    /// Adds a view to what is in the element.
    pub fn child(&mut self, child: AnyView) {
        self.children.push(child);
    }
}

impl IntoView for Box<Element> {
    fn into_any(self) -> AnyView {
        AnyView::Element(self)
    }
}
