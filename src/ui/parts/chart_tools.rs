//! Below a chart: its table twin and the downloads as PNG (twice the size) and SVG.

use std::sync::Arc;

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlCanvasElement};

use super::chart::paint;
use crate::charts::{Look, OwnedChart, Scene, Twin};
use crate::export::name_after;
use crate::session::Session;
use crate::ui::canvas::CanvasWidth;
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, save};

/// Device pixels per CSS pixel of a saved PNG.
const PNG_RATIO: f64 = 2.0;

/// The twin and the two buttons.
#[component]
pub(super) fn ChartTools(
    /// The chart.
    chart: Signal<Option<OwnedChart>>,
    /// Its picture.
    scene: RwSignal<Option<Arc<Scene>>>,
    /// How it looks on the page.
    look: Signal<Look>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let twin = Memo::new(move |_| {
        scene.with(|scene| {
            scene
                .as_ref()
                .map(|scene| scene.twin.clone())
                .unwrap_or_default()
        })
    });
    let title = move || scene.with(|scene| scene.as_ref().map(|scene| scene.title.clone()));
    let source = workspace.read(Session::name_of_files);
    let save_by = move |saved: fn(&OwnedChart, &Look, &str)| {
        chart.with_untracked(|chart| {
            if let Some(chart) = chart {
                let source = source.get_untracked().unwrap_or_default();
                saved(chart, &look.get_untracked(), &source);
            }
        });
    };
    view! {
        <div class="chart-tools">
            <details class="chart-table">
                <summary>{move || workspace.words().as_table()}</summary>
                <div class="chart-table-scroll" tabindex="0" role="group" aria-label=title>
                    {move || table(&twin.get())}
                </div>
            </details>
            <div class="chart-downloads">
                <button type="button" data-testid="download-chart-png" on:click=move |_| save_by(save_png)>
                    {move || workspace.words().save_png()}
                </button>
                <button type="button" data-testid="download-chart-svg" on:click=move |_| save_by(save_svg)>
                    {move || workspace.words().save_svg()}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn table(twin: &Twin) -> impl IntoView + use<> {
    let head = twin
        .head
        .iter()
        .map(|cell| view! { <th scope="col">{cell.clone()}</th> }.into_any());
    let head = head.collect::<Vec<_>>();
    let rows = twin.rows.iter().map(|row| {
        let mut cells = row.iter().cloned();
        let first = view! { <th scope="row">{cells.next()}</th> };
        let rest = cells
            .map(|cell| view! { <td>{cell}</td> }.into_any())
            .collect::<Vec<_>>();
        view! { <tr>{first}{rest}</tr> }.into_any()
    });
    let rows = rows.collect::<Vec<_>>();
    view! { <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
}

fn save_svg(chart: &OwnedChart, look: &Look, source: &str) {
    let Some(ruler) = new_canvas().and_then(|canvas| CanvasWidth::new(&canvas)) else {
        return;
    };
    let svg = chart.chart().picture(look, &ruler).svg();
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let parts = Array::of1(&JsValue::from_str(&svg));
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        let name = format!("{}.svg", chart.chart().name());
        save(&blob, &name_after(source, &name));
    }
}

fn save_png(chart: &OwnedChart, look: &Look, source: &str) {
    let Some(canvas) = new_canvas() else {
        return;
    };
    let Some(ruler) = CanvasWidth::new(&canvas) else {
        return;
    };
    let picture = chart.chart().picture(look, &ruler);
    let name = name_after(source, &format!("{}.png", chart.chart().name()));
    if paint(&picture, &canvas, PNG_RATIO) {
        // A browser that cannot encode calls back with null, or refuses: then there is no file to give.
        let encoded = Closure::once_into_js(move |blob: JsValue| {
            if let Ok(blob) = blob.dyn_into::<Blob>() {
                save(&blob, &name);
            }
        });
        let _ = canvas.to_blob(encoded.unchecked_ref());
    }
}

fn new_canvas() -> Option<HtmlCanvasElement> {
    document().create_element("canvas").ok()?.dyn_into().ok()
}
