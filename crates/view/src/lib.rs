//! The notation of elements: `view!` and `#[component]` with Leptos' grammar, over `crate::ui::dom`.
//!
//! Leptos' own `view!` makes a type of each element with its attributes and children, and the compiler makes code for
//! each type. This one makes a text of all that is fixed (`dom::slots` reads it) and calls for the expressions alone.
//! Invariant: what it writes names nothing but `crate::ui::dom`, `leptos` and what stands in the view itself.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use rstml::node::{
    Infallible, KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName,
};
use rstml::{Parser, ParserConfig};
use syn::{Expr, ExprLit, Ident, Lit};

/// Elements, components and Rust expressions in braces, as one `AnyView`.
///
/// Of an element: `name="text"` or `name=expression` is an attribute, `class:name=` a class, `style:name=` a style,
/// `prop:name=` a property, `on:name=` a listener, and `node_ref=` keeps the element. A closure is followed.
#[proc_macro]
pub fn view(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let nodes = Parser::new(ParserConfig::new()).parse_simple(input);
    let view = nodes.and_then(|nodes| together(&nodes));
    view.unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A function with documented and optional parameters that is called by its name in a view.
#[proc_macro_attribute]
pub fn component(
    _: proc_macro::TokenStream,
    function: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    let function = TokenStream::from(function);
    // Leptos names the parameters; what the function returns is ours, so nothing is to be made of it.
    quote! { #[::leptos::component(transparent)] #function }.into()
}

/// One view of some nodes.
fn together(nodes: &[Node]) -> syn::Result<TokenStream> {
    match nodes {
        [Node::Element(own)] if is_component(own.name()) => component_call(own),
        [Node::Block(NodeBlock::ValidBlock(block))] => Ok(quote! {
            crate::ui::dom::IntoView::into_any({ #[allow(unused_braces)] #block })
        }),
        nodes => {
            let mut view = Written::default();
            nodes.iter().try_for_each(|node| view.node(node))?;
            Ok(view.finished())
        }
    }
}

/// Between the parts of the text; the same as in `dom::slots`.
const MARK: char = '\u{1}';

/// A view as it is written: what is fixed as a text, what is not as calls, in the same order.
#[derive(Default)]
struct Written {
    parts: Vec<String>,
    calls: TokenStream,
}

impl Written {
    fn node(&mut self, node: &Node) -> syn::Result<()> {
        match node {
            Node::Element(own) if is_component(own.name()) => {
                let call = component_call(own)?;
                self.slot("{", &format_ident!("view"), &call);
            }
            Node::Element(own) => self.element(own)?,
            Node::Block(NodeBlock::ValidBlock(block)) => {
                let value = quote!({ #[allow(unused_braces)] #block });
                self.slot("{", &format_ident!("view"), &value);
            }
            Node::Text(text) => self.parts.push(format!("\"{}", text.value.value())),
            other => return Err(unknown(other)),
        }
        Ok(())
    }

    fn element(&mut self, own: &NodeElement<Infallible>) -> syn::Result<()> {
        self.parts.push(format!("<{}", own.name()));
        for attribute in own.attributes() {
            self.attribute(keyed(attribute)?)?;
        }
        for child in own.children() {
            self.node(child)?;
        }
        self.parts.push(">".to_owned());
        Ok(())
    }

    fn attribute(&mut self, attribute: &KeyedAttribute) -> syn::Result<()> {
        let key = attribute.key.to_string();
        let value = attribute.value();
        if let Some(Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        })) = value
        {
            self.parts.push(format!("={key}={}", text.value()));
            return Ok(());
        }
        let value = value.map_or_else(|| quote!(true), ToTokens::to_token_stream);
        let (kind, name) = key.split_once(':').unwrap_or(("", &key));
        let letter = match kind {
            "" if name == "node_ref" => "k",
            "on" => "o",
            "" => "a",
            "class" => "c",
            "style" => "s",
            "prop" => "p",
            _ => return Err(unknown(&attribute.key)),
        };
        let part = format!("{letter}{name}");
        match letter {
            "k" => self.slot(&part, &format_ident!("keep"), &value),
            "o" => {
                let event = format_ident!("{name}");
                let both = quote!(&::leptos::ev::#event, #value);
                self.slot(&part, &format_ident!("on"), &both);
            }
            _ => self.slot(&part, &format_ident!("value"), &value),
        }
        Ok(())
    }

    /// A place in the text for what `call` is given.
    fn slot(&mut self, part: &str, call: &Ident, given: &TokenStream) {
        let slots = slots();
        self.parts.push(part.to_owned());
        self.calls.extend(quote! { #slots.#call(#given); });
    }

    fn finished(self) -> TokenStream {
        let (slots, calls) = (slots(), self.calls);
        let text = self.parts.join(&MARK.to_string());
        quote! {{
            let mut #slots = crate::ui::dom::Slots::new();
            #calls
            #slots.fill(#text)
        }}
    }
}

/// A name that no expression of a view can mean.
fn slots() -> Ident {
    Ident::new("slots", Span::mixed_site())
}

/// Elements are written small, components as the functions they are.
fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else {
        return false;
    };
    let last = path.path.segments.last().map(|part| part.ident.to_string());
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
}

fn component_call(own: &NodeElement<Infallible>) -> syn::Result<TokenStream> {
    let name = own.name();
    let mut parameters = TokenStream::new();
    for attribute in own.attributes() {
        let attribute = keyed(attribute)?;
        let key = &attribute.key;
        let value = attribute.value();
        let value = value.map_or_else(|| key.to_token_stream(), ToTokens::to_token_stream);
        parameters.extend(quote! { .#key(#value) });
    }
    if !own.children().is_empty() {
        let children = together(own.children())?;
        parameters.extend(quote! {
            .children(crate::ui::dom::ToChildren::to_children(move || #children))
        });
    }
    Ok(quote! {
        crate::ui::dom::component(
            &#name,
            ::leptos::component::component_props_builder(&#name) #parameters .build(),
        )
    })
}

fn keyed(attribute: &NodeAttribute) -> syn::Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => Err(unknown(block)),
    }
}

fn unknown(part: &impl ToTokens) -> syn::Error {
    syn::Error::new_spanned(part, "`view!` does not know this")
}
