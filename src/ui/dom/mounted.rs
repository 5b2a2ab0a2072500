//! Views as nodes of the document, and how a new view is laid over them.
//!
//! Invariant: everything mounted has at least one node (a comment stands for nothing), so that what replaces it knows
//! its place. An element is kept where the new one has the same name, attributes and listeners by name.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{RenderEffect, document};
use web_sys::Node;

use super::AnyView;
use super::element::Element;
use super::set::{MountedAttribute, MountedListener, same_names, set_all};

/// Elements of this name and within it are drawings.
const SVG: [&str; 2] = ["svg", "path"];
const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// A view that has nodes.
pub(super) enum Mounted {
    Nothing(Node),
    Text(Node, Cow<'static, str>),
    Element(Box<MountedElement>),
    /// The views and the comment behind them.
    Many(Vec<Mounted>, Node),
    Live(Live),
}

/// An element with what was last set on it.
pub(super) struct MountedElement {
    tag: &'static str,
    node: web_sys::Element,
    attributes: Vec<MountedAttribute>,
    properties: Vec<MountedAttribute>,
    listeners: Vec<MountedListener>,
    children: Vec<Mounted>,
}

/// What a closure said last, and the effect that runs it again.
pub(super) struct Live {
    content: Content,
    _effect: RenderEffect<()>,
}

/// What a closure said last, which its effect knows too.
///
/// An effect's closure outlives it until its task is woken once more. What is mounted must not: an effect in it could
/// still run, on signals that are gone. So it ends with this, however long the closure is there.
#[derive(Default)]
struct Content(Rc<RefCell<Option<Mounted>>>);

impl Drop for Content {
    fn drop(&mut self) {
        drop(self.0.take());
    }
}

/// Makes the nodes of a view; they are in no document yet.
pub(super) fn build(view: AnyView) -> Mounted {
    match view {
        AnyView::Nothing => Mounted::Nothing(comment()),
        AnyView::Text(text) => Mounted::Text(document().create_text_node(&text).into(), text),
        AnyView::Element(element) => Mounted::Element(Box::new(MountedElement::build(*element))),
        AnyView::Many(views) => Mounted::Many(views.into_iter().map(build).collect(), comment()),
        AnyView::Live(compute) => Mounted::Live(Live::follow(compute, Content::default())),
    }
}

fn comment() -> Node {
    document().create_comment("").into()
}

/// Runs `run` now and whenever a signal in it changes, until the effect is dropped.
pub(super) fn follow(mut run: Box<dyn FnMut()>) -> RenderEffect<()> {
    RenderEffect::new(move |_| run())
}

impl Mounted {
    /// Puts the nodes into `parent`, in front of `next` or at the end.
    pub(super) fn insert(&self, parent: &Node, next: Option<&Node>) {
        // The document refuses only nodes that would contain themselves.
        let put = |node: &Node| drop(parent.insert_before(node, next));
        match self {
            Self::Nothing(node) | Self::Text(node, _) => put(node),
            Self::Element(own) => put(&own.node),
            Self::Many(views, end) => {
                views.iter().for_each(|view| view.insert(parent, next));
                put(end);
            }
            Self::Live(own) => own
                .content
                .0
                .borrow()
                .iter()
                .for_each(|view| view.insert(parent, next)),
        }
    }

    /// Lays `view` over these nodes; what cannot be kept is replaced.
    fn rebuild(self, view: AnyView) -> Self {
        match (self, view) {
            (Self::Nothing(node), AnyView::Nothing) => Self::Nothing(node),
            (Self::Text(node, before), AnyView::Text(text)) => {
                if before != text {
                    node.set_node_value(Some(&text));
                }
                Self::Text(node, text)
            }
            (Self::Element(mut own), AnyView::Element(element)) if own.is_like(&element) => {
                own.rebuild(*element);
                Self::Element(own)
            }
            (Self::Many(mut mounted, end), AnyView::Many(views)) => {
                rebuild_all(&mut mounted, views, end.parent_node().as_ref(), Some(&end));
                Self::Many(mounted, end)
            }
            (Self::Live(own), AnyView::Live(compute)) => {
                let Live {
                    content,
                    _effect: before,
                } = own;
                drop(before);
                Self::Live(Live::follow(compute, content))
            }
            (old, view) => old.replaced_by(build(view)),
        }
    }

    fn replaced_by(self, new: Self) -> Self {
        let first = self.first_node();
        if let Some((first, parent)) = first.and_then(|first| Some((first.parent_node()?, first))) {
            new.insert(&first, Some(&parent));
        }
        self.remove();
        new
    }

    fn first_node(&self) -> Option<Node> {
        match self {
            Self::Nothing(node) | Self::Text(node, _) => Some(node.clone()),
            Self::Element(own) => Some(own.node.clone().into()),
            Self::Many(views, end) => match views.first() {
                Some(view) => view.first_node(),
                None => Some(end.clone()),
            },
            Self::Live(own) => own.content.0.borrow().as_ref()?.first_node(),
        }
    }

    /// Takes the nodes out of the document; before that nothing listens to them any more.
    fn remove(self) {
        match self {
            Self::Nothing(node) | Self::Text(node, _) => take_out(&node),
            Self::Element(own) => {
                let node = own.node.clone();
                drop(own);
                take_out(&node);
            }
            Self::Many(views, end) => {
                views.into_iter().for_each(Self::remove);
                take_out(&end);
            }
            Self::Live(Live {
                content,
                _effect: effect,
            }) => {
                drop(effect);
                content.0.take().into_iter().for_each(Self::remove);
            }
        }
    }
}

fn take_out(node: &Node) {
    if let Some(parent) = node.parent_node() {
        // It is a child of its parent.
        let _ = parent.remove_child(node);
    }
}

/// Lays views over mounted ones one by one; more of them go in front of `next`, fewer leave the last ones out.
fn rebuild_all(
    mounted: &mut Vec<Mounted>,
    views: Vec<AnyView>,
    parent: Option<&Node>,
    next: Option<&Node>,
) {
    let mut before = std::mem::take(mounted).into_iter();
    for view in views {
        mounted.push(match before.next() {
            Some(own) => own.rebuild(view),
            None => {
                let new = build(view);
                parent
                    .into_iter()
                    .for_each(|parent| new.insert(parent, next));
                new
            }
        });
    }
    before.for_each(Mounted::remove);
}

impl Live {
    /// Follows `compute`, whose first view is laid over `content`.
    fn follow(compute: Box<dyn Fn() -> AnyView>, content: Content) -> Self {
        let own = Rc::clone(&content.0);
        let _effect = follow(Box::new(move || {
            let view = compute();
            let before = own.take();
            own.replace(Some(match before {
                Some(before) => before.rebuild(view),
                None => build(view),
            }));
        }));
        Self { content, _effect }
    }
}

impl MountedElement {
    fn build(mut element: Element) -> Self {
        let node = create(element.tag);
        let listeners = std::mem::take(&mut element.listeners).into_iter();
        let listeners = listeners.map(|listener| MountedListener::add(&node, listener));
        let mut own = Self {
            tag: element.tag,
            listeners: listeners.collect(),
            node,
            attributes: Vec::new(),
            properties: Vec::new(),
            children: Vec::new(),
        };
        own.fill(element);
        own
    }

    /// Whether the new element differs in values only.
    fn is_like(&self, element: &Element) -> bool {
        let listeners = self.listeners.iter().map(|own| own.name);
        self.tag == element.tag
            && listeners.eq(element.listeners.iter().map(|own| own.name))
            && same_names(&self.attributes, &element.attributes)
            && same_names(&self.properties, &element.properties)
    }

    fn rebuild(&mut self, mut element: Element) {
        let listeners = std::mem::take(&mut element.listeners);
        for (own, listener) in self.listeners.iter().zip(listeners) {
            *own.hear.borrow_mut() = listener.hear;
        }
        self.fill(element);
    }

    /// Attributes, children, then properties: a select's value needs its options.
    fn fill(&mut self, element: Element) {
        set_all(&self.node, &mut self.attributes, element.attributes);
        rebuild_all(&mut self.children, element.children, Some(&self.node), None);
        set_all(&self.node, &mut self.properties, element.properties);
        element.keep.into_iter().for_each(|keep| keep(&self.node));
    }
}

fn create(tag: &str) -> web_sys::Element {
    let created = match SVG.contains(&tag) {
        true => document().create_element_ns(Some(SVG_NAMESPACE), tag),
        false => document().create_element(tag),
    };
    created.expect("the names of elements in this program are valid")
}
