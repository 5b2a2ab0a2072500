//! Attributes, properties and listeners as they are set on an element of the document.
//!
//! Invariant: a value is written only where it differs from the one written last.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::RenderEffect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::Value;
use super::element::{Attribute, Hear, Listener, Place};
use super::mounted::follow;

/// Whether the new attributes differ in values only.
pub(super) fn same_names(mounted: &[MountedAttribute], attributes: &[Attribute]) -> bool {
    let mounted = mounted.iter().map(|own| (own.place, own.name));
    mounted.eq(attributes.iter().map(|own| (own.place, own.name)))
}

/// Sets attributes whose values are known where they were set before.
pub(super) fn set_all(
    node: &web_sys::Element,
    mounted: &mut Vec<MountedAttribute>,
    attributes: Vec<Attribute>,
) {
    let mut before = std::mem::take(mounted).into_iter();
    let mut has_new_class = false;
    for attribute in attributes {
        let known = before
            .next()
            .map_or(Value::Absent, MountedAttribute::let_go);
        // A new text of `class` takes the single classes with it.
        let known = match attribute.place {
            Place::Class if has_new_class => Value::Absent,
            _ => known,
        };
        has_new_class |= attribute.name == "class" && known != attribute.value;
        mounted.push(MountedAttribute::set(node, attribute, known));
    }
}

/// What an attribute was last set to, and the effect that sets it again.
pub(super) struct MountedAttribute {
    place: Place,
    name: &'static str,
    value: Rc<RefCell<Value>>,
    effect: Option<RenderEffect<()>>,
}

impl MountedAttribute {
    fn set(node: &web_sys::Element, attribute: Attribute, before: Value) -> Self {
        let Attribute { place, name, value } = attribute;
        let own = Rc::new(RefCell::new(before));
        let (node, known) = (node.clone(), Rc::clone(&own));
        let put_new = move |value: Value| {
            if *known.borrow() != value {
                put(&node, place, name, &value);
                known.replace(value);
            }
        };
        let effect = match value {
            Value::Live(compute) => Some(follow(Box::new(move || put_new(compute().settled())))),
            fixed => {
                put_new(fixed);
                None
            }
        };
        Self {
            place,
            name,
            value: own,
            effect,
        }
    }

    /// The value as it was last set; it is followed no more.
    fn let_go(self) -> Value {
        drop(self.effect);
        self.value.replace(Value::Absent)
    }
}

fn put(node: &web_sys::Element, place: Place, name: &str, value: &Value) {
    let text = match value {
        Value::Text(text) => Some(text.as_ref()),
        Value::Flag(true) => Some(""),
        _ => None,
    };
    // Names are valid, and a browser that does not know a style or property leaves it.
    match (place, text) {
        (Place::Attribute, Some(text)) => drop(node.set_attribute(name, text)),
        (Place::Attribute, None) => drop(node.remove_attribute(name)),
        (Place::Class, text) => drop(node.class_list().toggle_with_force(name, text.is_some())),
        (Place::Style, text) => {
            let style = node.unchecked_ref::<web_sys::HtmlElement>().style();
            drop(style.set_property(name, text.unwrap_or_default()));
        }
        (Place::Property, _) => drop(js_sys::Reflect::set(node, &name.into(), &as_js(value))),
    }
}

fn as_js(value: &Value) -> JsValue {
    match value {
        Value::Text(text) => text.as_ref().into(),
        Value::Flag(flag) => (*flag).into(),
        _ => JsValue::NULL,
    }
}

/// A listener, until it is dropped.
pub(super) struct MountedListener {
    node: web_sys::Element,
    pub(super) name: &'static str,
    pub(super) hear: Rc<RefCell<Hear>>,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl MountedListener {
    /// Lets the element call it.
    pub(super) fn add(node: &web_sys::Element, listener: Listener) -> Self {
        let hear = Rc::new(RefCell::new(listener.hear));
        let own = Rc::clone(&hear);
        let closure = Closure::new(move |event| (own.borrow_mut())(event));
        let function = closure.as_ref().unchecked_ref();
        // Elements take listeners of every name.
        let _ = node.add_event_listener_with_callback(listener.name, function);
        Self {
            node: node.clone(),
            name: listener.name,
            hear,
            closure,
        }
    }
}

impl Drop for MountedListener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .node
            .remove_event_listener_with_callback(self.name, function);
    }
}
