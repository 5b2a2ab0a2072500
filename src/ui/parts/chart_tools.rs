//! Below a chart: its table twin and the downloads as PNG (twice the size) and SVG.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlCanvasElement};

use super::chart::paint;
use crate::charts::{Look, OwnedChart, Scene, Twin};
use crate::export::{File, name_after};
use crate::session::Session;
use crate::ui::canvas::CanvasWidth;
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, download, save};

/// Device pixels per CSS pixel of a saved PNG.
const PNG_RATIO: f64 = 2.0;

/// Some browsers encode a picture only when they have nothing else to do. After so long it is encoded at once.
const LONGEST_WAIT: Duration = Duration::from_millis(300);

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
        give_png(canvas, name);
    }
}

/// Gives the picture on `canvas` as a file, once, by whichever way is the first to have encoded it.
fn give_png(canvas: HtmlCanvasElement, name: String) {
    let is_given = Rc::new(Cell::new(false));
    let (own, own_name) = (Rc::clone(&is_given), name.clone());
    // A browser that cannot encode calls back with null, or refuses.
    let encoded = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>()
            && !own.replace(true)
        {
            save(&blob, &own_name);
        }
    });
    let _ = canvas.to_blob(encoded.unchecked_ref());
    let at_once = move || {
        if !is_given.replace(true)
            && let Some(bytes) = png_bytes(&canvas)
        {
            let mime = "image/png".to_owned();
            download(&File { name, mime, bytes });
        }
    };
    set_timeout(at_once, LONGEST_WAIT);
}

/// The picture on `canvas`, encoded now.
fn png_bytes(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let address = canvas.to_data_url().ok()?;
    let (_, letters) = address.split_once("base64,")?;
    // Each letter of what is decoded is a byte.
    let binary = window().atob(letters).ok()?;
    binary
        .chars()
        .map(|letter| u8::try_from(letter).ok())
        .collect()
}

fn new_canvas() -> Option<HtmlCanvasElement> {
    document().create_element("canvas").ok()?.dyn_into().ok()
}
