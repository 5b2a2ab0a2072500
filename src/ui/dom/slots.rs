//! What `view!` writes: a text of all that is fixed in a view, with slots for what is not, and the slots' contents.
//!
//! The parts of the text stand between marks and open with a letter: `<div` and `>` for an element, `=name=text` for an
//! attribute, `"text` for a text, `{` for a view, and `a`, `c`, `s`, `p`, `o`, `k` for the attribute, class, style,
//! property, listener and keeper of a name, each with the next slot. A text costs a fraction of the calls it stands for.

use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::NodeRef;
use leptos::tachys::html::node_ref::NodeRefContainer;
use wasm_bindgen::JsCast;

use super::element::{Element, Hear, Keep, Listener, Place};
use super::{AnyView, IntoValue, IntoView, Value};

/// Between the parts of the text; the same as in `gyeol-view`.
const MARK: char = '\u{1}';

/// What goes into a slot.
enum Slot {
    View(AnyView),
    Value(Value),
    Hear(Hear),
    Keep(Keep),
}

/// The contents of a view's slots in their order.
pub struct Slots(Vec<Slot>);

impl Slots {
    /// No contents.
    #[allow(clippy::new_without_default, reason = "only `view!` makes one")]
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// A view between the others.
    pub fn view(&mut self, view: impl IntoView) {
        self.0.push(Slot::View(view.into_any()));
    }

    /// The value of an attribute, class, style or property.
    pub fn value(&mut self, value: impl IntoValue) {
        self.0.push(Slot::Value(value.into_value()));
    }

    /// What is called with each event of this kind.
    pub fn on<E>(&mut self, _event: &E, mut hear: impl FnMut(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        let hear = Box::new(move |event: web_sys::Event| hear(event.unchecked_into()));
        self.0.push(Slot::Hear(hear));
    }

    /// Who knows the element once it is there.
    pub fn keep<E: ElementType>(&mut self, place: NodeRef<E>)
    where
        NodeRef<E>: NodeRefContainer<E>,
    {
        let keep = Box::new(move |element: &web_sys::Element| place.load(element));
        self.0.push(Slot::Keep(keep));
    }

    /// The view that `text` describes.
    pub fn fill(self, text: &'static str) -> AnyView {
        let mut slots = self.0.into_iter();
        let mut outer = Vec::new();
        let mut own = Element::default();
        for part in text.split(MARK) {
            let (kind, text) = part.split_at(1);
            match kind {
                "<" => {
                    outer.push(std::mem::take(&mut own));
                    own.tag = text;
                }
                ">" => {
                    let inner = std::mem::replace(&mut own, outer.pop().unwrap_or_default());
                    own.children.push(AnyView::Element(Box::new(inner)));
                }
                "\"" => own.children.push(text.into_any()),
                "=" => {
                    let (name, text) = text.split_once('=').unwrap_or((text, ""));
                    own.set(Place::Attribute, name, text.into_value());
                }
                kind => own.take(kind, text, slots.next()),
            }
        }
        match own.children.len() {
            1 => own.children.pop().into_any(),
            _ => AnyView::Many(own.children),
        }
    }
}

impl Element {
    fn take(&mut self, kind: &str, name: &'static str, slot: Option<Slot>) {
        match slot {
            Some(Slot::View(view)) => self.children.push(view),
            Some(Slot::Value(value)) => self.set(place(kind), name, value),
            Some(Slot::Hear(hear)) => self.listeners.push(Listener { name, hear }),
            Some(Slot::Keep(keep)) => self.keep = Some(keep),
            None => {}
        }
    }
}

fn place(kind: &str) -> Place {
    match kind {
        "c" => Place::Class,
        "s" => Place::Style,
        "p" => Place::Property,
        _ => Place::Attribute,
    }
}
