//! Below a chart: its table twin and the downloads as PNG (twice the size) and SVG.

use std::sync::Arc;

use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement};

use super::chart::paint;
use crate::charts::{Look, OwnedChart, Scene, Twin};
use crate::export::File;
use crate::ui::Workspace;
use crate::ui::canvas::CanvasWidth;
use crate::ui::download;

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
        scene.with(|scene| scene.as_ref().map(|scene| scene.twin.clone()).unwrap_or_default())
    });
    let title = move || scene.with(|scene| scene.as_ref().map(|scene| scene.title.clone()));
    let save = move |saved: fn(&OwnedChart, &Look)| {
        chart.with_untracked(|chart| {
            if let Some(chart) = chart {
                saved(chart, &look.get_untracked());
            }
        });
    };
    view! {
        <div class="chart-tools">
            <details class="chart-table">
                <summary>{move || workspace.words().as_table()}</summary>
                <div class="chart-table-scroll" tabindex="0" role="region" aria-label=title>
                    {move || table(&twin.get())}
                </div>
            </details>
            <div class="chart-downloads">
                <button type="button" data-testid="download-chart-png" on:click=move |_| save(save_png)>
                    {move || workspace.words().save_png()}
                </button>
                <button type="button" data-testid="download-chart-svg" on:click=move |_| save(save_svg)>
                    {move || workspace.words().save_svg()}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn table(twin: &Twin) -> impl IntoView + use<> {
    let head = twin.head.iter().map(|cell| view! { <th scope="col">{cell.clone()}</th> }.into_any());
    let head = head.collect::<Vec<_>>();
    let rows = twin.rows.iter().map(|row| {
        let mut cells = row.iter().cloned();
        let first = view! { <th scope="row">{cells.next()}</th> };
        let rest = cells.map(|cell| view! { <td>{cell}</td> }.into_any()).collect::<Vec<_>>();
        view! { <tr>{first}{rest}</tr> }.into_any()
    });
    let rows = rows.collect::<Vec<_>>();
    view! { <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
}

fn save_svg(chart: &OwnedChart, look: &Look) {
    let Some(ruler) = new_canvas().and_then(|canvas| CanvasWidth::new(&canvas)) else {
        return;
    };
    let picture = chart.chart().picture(look, &ruler);
    download::save(&File {
        name: format!("gyeol-{}.svg", chart.chart().name()),
        mime: "image/svg+xml".to_owned(),
        bytes: picture.svg().into_bytes(),
    });
}

fn save_png(chart: &OwnedChart, look: &Look) {
    let Some(canvas) = new_canvas() else {
        return;
    };
    let Some(ruler) = CanvasWidth::new(&canvas) else {
        return;
    };
    let picture = chart.chart().picture(look, &ruler);
    let name = format!("gyeol-{}.png", chart.chart().name());
    if paint(&picture, &canvas, PNG_RATIO) {
        let give = move |blob: JsValue| leptos::task::spawn_local(save_blob(name, blob));
        let give = Closure::once_into_js(give);
        // A browser that cannot encode calls back with null, or refuses: then there is no file to give.
        let _ = canvas.to_blob(give.unchecked_ref());
    }
}

async fn save_blob(name: String, blob: JsValue) {
    let Ok(blob) = blob.dyn_into::<Blob>() else {
        return;
    };
    if let Ok(buffer) = JsFuture::from(blob.array_buffer()).await {
        download::save(&File {
            name,
            mime: "image/png".to_owned(),
            bytes: Uint8Array::new(&buffer).to_vec(),
        });
    }
}

fn new_canvas() -> Option<HtmlCanvasElement> {
    document().create_element("canvas").ok()?.dyn_into().ok()
}
