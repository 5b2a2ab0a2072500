//! The sign of a segment beside its name: the colour and form that pictures give it.

use crate::analysis::Label;
use crate::charts::theme::{Marker, segment_sign};
use crate::ui::dom::prelude::*;

/// A small coloured form. It says nothing that the name beside it does not say.
#[component]
pub fn Swatch<'a>(
    /// What the segment is called.
    label: &'a Label,
    /// Its place in the segmentation.
    place: u16,
) -> impl IntoView + use<> {
    let (colour, marker) = segment_sign(label, place);
    let form = match marker {
        Marker::Circle => "circle",
        Marker::Square => "square",
        Marker::Triangle => "triangle",
        Marker::Diamond => "diamond",
        Marker::Cross => "cross",
        Marker::Wedge => "wedge",
    };
    view! { <span class=format!("swatch segment-{colour} is-{form}") aria-hidden="true"></span> }
        .into_any()
}
