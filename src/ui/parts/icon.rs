//! Small line drawings, in the colour of the text around them.

use crate::ui::dom::prelude::*;

/// A drawing of 20 × 20 that says nothing to a screen reader: a label stands beside it.
#[component]
pub fn Icon(
    /// Which one: a view's key, or `shield`, `close`, `undo`, `save`, `file`, `time`, `play`, `pause`, `check`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=path_of(name)/>
        </svg>
    }
}

fn path_of(name: &str) -> &'static str {
    match name {
        "overview" => "M3 16V9h4v7M8 16V4h4v12M13 16v-5h4v5M2 16h16",
        "rfm" => "M3 3h14v14H3zM3 7.7h14M3 12.3h14M7.7 3v14M12.3 3v14",
        "clusters" => {
            "M6 6.5a2 2 0 1 0 .01 0M14 5a1.5 1.5 0 1 0 .01 0M13.5 11.5a2.5 2.5 0 1 0 .01 0M5 13.5a1.2 1.2 0 1 0 .01 0"
        }
        "lifecycle" => "M10 3a7 7 0 1 0 7 7M10 6v4l3 2M13.5 3.5h3.5V7",
        "value" => "M4 16V5M4 16h13M7 16v-8M10.5 16v-5M14 16v-2.5",
        "rhythm" => "M2 10h3.5l2-5l3.5 10l2.5-5H18",
        "lifetime" => "M3 16h14M3 13c4 0 5-8 14-9M13 4h4v4",
        "rules" => "M4 5h7M4 10h12M4 15h5M14 3v4M11.5 13v4",
        "compare" => "M8 5a5 5 0 1 0 0 10a5 5 0 1 0 0-10M12 5a5 5 0 1 0 0 10a5 5 0 1 0 0-10",
        "advice" => "M10 2.5a5 5 0 0 0-3 9v2.5h6v-2.5a5 5 0 0 0-3-9M7.5 17h5",
        "prediction" => "M3 16l4-5l3 2l3-5M13 8l2-3M3 3v14h14M15.5 12.5l1.5-2",
        "explain" => "M10 3v4M10 7H5v4M10 7h5v4M3 11h4v4H3zM13 11h4v4h-4z",
        "movement" => "M3 6h10l-3-3M13 6l-3 3M17 14H7l3-3M7 14l3 3",
        "cohorts" => "M3 4h14M3 8h11M3 12h8M3 16h4",
        "customers" => "M10 4a3 3 0 1 0 .01 0M4 17c0-4 2.5-5.5 6-5.5s6 1.5 6 5.5",
        "data" => "M3 5h14M3 10h14M3 15h9",
        "shield" => {
            "M10 2.5l6 2.2v4.6c0 4-2.4 6.6-6 8.2c-3.6-1.6-6-4.2-6-8.2V4.7zM7.2 10l2 2l3.6-4"
        }
        "close" => "M5 5l10 10M15 5L5 15",
        "undo" => "M7 4L3.5 7.5L7 11M4 7.5h7a4.5 4.5 0 0 1 0 9H8",
        "save" => "M10 3v9M6 8.5l4 4l4-4M3.5 16.5h13",
        "file" => "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5",
        "time" => "M10 3a7 7 0 1 1-6.3 4M3 3v4.5h4.5M10 6v4l3 2",
        "play" => "M6 4l10 6l-10 6z",
        "pause" => "M7 4v12M13 4v12",
        "check" => "M4 10.5l4 4l8-9",
        _ => "",
    }
}
