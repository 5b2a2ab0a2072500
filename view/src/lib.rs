//! The notation of elements: `view!` and `#[component]` with Leptos' grammar, over `crate::ui::dom`.
//!
//! Leptos' own `view!` makes a type of each element with its attributes and children, and the compiler makes code for
//! each type; this one makes calls of a few functions. It knows no element and no attribute: their names are texts.
//! Invariant: what it writes names nothing but `crate::ui::dom`, `leptos` and what stands in the view itself.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
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
    let parser = Parser::new(ParserConfig::new());
    let views = parser
        .parse_simple(input)
        .and_then(|nodes| together(&nodes));
    views.unwrap_or_else(syn::Error::into_compile_error).into()
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

type Written = syn::Result<TokenStream>;

fn together(nodes: &[Node]) -> Written {
    if let [node] = nodes {
        return one(node);
    }
    let views = nodes.iter().map(one).collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! { crate::ui::dom::AnyView::Many(::std::vec![#(#views),*]) })
}

fn one(node: &Node) -> Written {
    match node {
        Node::Element(own) if is_component(own.name()) => component_call(own),
        Node::Element(own) => element(own),
        Node::Block(NodeBlock::ValidBlock(block)) => Ok(quote! {
            crate::ui::dom::IntoView::into_any({ #[allow(unused_braces)] #block })
        }),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote! { crate::ui::dom::IntoView::into_any(#text) })
        }
        Node::Fragment(fragment) => together(fragment.children()),
        other => Err(unknown(other)),
    }
}

/// Elements are written small, components as the functions they are.
fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else {
        return false;
    };
    let last = path.path.segments.last().map(|part| part.ident.to_string());
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
}

fn component_call(own: &NodeElement<Infallible>) -> Written {
    let name = own.name();
    let mut parameters = TokenStream::new();
    for attribute in own.attributes() {
        let attribute = keyed(attribute)?;
        let key = &attribute.key;
        let value = attribute
            .value()
            .map_or_else(|| quote!(#key), |value| quote!(#value));
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

fn element(own: &NodeElement<Infallible>) -> Written {
    let tag = own.name().to_string();
    let element = Ident::new("element", Span::mixed_site());
    let mut steps = TokenStream::new();
    for attribute in own.attributes() {
        let step = attribute_step(keyed(attribute)?)?;
        steps.extend(quote! { #element.#step; });
    }
    for child in own.children() {
        let child = one(child)?;
        steps.extend(quote! { #element.child(#child); });
    }
    Ok(quote! {{
        let mut #element = crate::ui::dom::Element::new(#tag);
        #steps
        crate::ui::dom::IntoView::into_any(#element)
    }})
}

/// The method that an attribute becomes, with its arguments.
fn attribute_step(attribute: &KeyedAttribute) -> Written {
    let key = attribute.key.to_string();
    let value = attribute.value();
    if let Some(Expr::Lit(ExprLit {
        lit: Lit::Str(text),
        ..
    })) = value
    {
        return Ok(quote! { fixed(#key, #text) });
    }
    let value = value.map_or_else(|| quote!(true), |value| quote!(#value));
    let (kind, name) = key.split_once(':').unwrap_or(("", &key));
    let place = match kind {
        "" if name == "node_ref" => return Ok(quote! { keep(#value) }),
        "on" => {
            let event = format_ident!("{name}");
            return Ok(quote! { on(&::leptos::ev::#event, #value) });
        }
        "" => quote!(Attribute),
        "class" => quote!(Class),
        "style" => quote!(Style),
        "prop" => quote!(Property),
        _ => return Err(unknown(&attribute.key)),
    };
    Ok(quote! {
        set(
            crate::ui::dom::Place::#place,
            #name,
            crate::ui::dom::IntoValue::into_value(#value),
        )
    })
}

fn keyed(attribute: &NodeAttribute) -> syn::Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => Err(unknown(block)),
    }
}

fn unknown(part: &impl quote::ToTokens) -> syn::Error {
    syn::Error::new_spanned(part, "`view!` does not know this")
}
