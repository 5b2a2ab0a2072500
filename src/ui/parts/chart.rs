//! A chart on the page: canvas, caption, table twin, hover, keyboard walk and the two downloads.
//!
//! The picture is drawn again, when its turn comes, after its report, size, language, theme, selection or pixel ratio
//! has changed. What is pointed at lies above the canvas as an element of its own, so that nothing is redrawn under the pointer.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::ev;
use leptos::html::{Canvas as CanvasElement, Div};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, ResizeObserver};

use super::chart_tools::ChartTools;
use crate::analysis::SegmentationId;
use crate::charts::{Direction, Look, Mark, OwnedChart, Scene};
use crate::session::Event;
use crate::ui::Workspace;
use crate::ui::canvas::{Canvas, CanvasWidth};
use crate::ui::dom::prelude::*;
use crate::ui::turns::{self, Presence};

/// A chart with everything that belongs to it.
#[component]
pub fn ChartFigure(
    /// What is drawn; nothing before there is a report.
    #[prop(into)]
    chart: Signal<Option<OwnedChart>>,
    /// Whose segments its marks are.
    #[prop(into)]
    segmentation: Signal<SegmentationId>,
) -> impl IntoView {
    let figure = Figure::new(chart, segmentation);
    let (canvas, stage) = (NodeRef::<CanvasElement>::new(), NodeRef::<Div>::new());
    follow_width(stage, figure.width);
    let (presence, waits) = (Presence::of_this(), Rc::new(Cell::new(false)));
    Effect::new(move || {
        let Some(canvas) = canvas.get() else {
            return;
        };
        if figure.can_be_drawn() && !waits.replace(true) {
            let (presence, waits) = (presence.clone(), Rc::clone(&waits));
            turns::soon(move || {
                waits.set(false);
                if presence.holds() {
                    figure.draw(&canvas);
                }
            });
        }
    });
    let name = move || chart.with(|chart| chart.as_ref().map(|chart| chart.chart().name()));
    let label = move || {
        format!(
            "{}. {}",
            figure.title(),
            figure.workspace.words().chart_hint()
        )
    };
    view! {
        <figure class="chart" data-chart=name>
            <figcaption>{move || figure.title()}</figcaption>
            <div class="chart-stage" node_ref=stage>
                <canvas
                    node_ref=canvas
                    tabindex="0"
                    role="application"
                    aria-label=label
                    on:pointermove=move |event| figure.point_at(&event)
                    on:pointerleave=move |_| figure.active.set(None)
                    on:blur=move |_| figure.active.set(None)
                    on:click=move |event| figure.choose_at(&event)
                    on:keydown=move |event| figure.walk(&event)
                ></canvas>
                <Pointed figure />
            </div>
            <p class="visually-hidden" aria-live="polite">{move || figure.spoken()}</p>
            <ChartTools chart scene=figure.scene look=figure.look />
        </figure>
    }
    .into_any()
}

/// The ring around what is pointed at, and its numbers.
#[component]
fn Pointed(figure: Figure) -> impl IntoView {
    let bounds = move || {
        figure
            .active_mark()
            .map_or((0.0, 0.0, 0.0, 0.0), |mark| mark.bounds)
    };
    let pixels = |value: f64| format!("{value:.1}px");
    let is_hidden = move || figure.active.with(Option::is_none);
    let is_below = move || bounds().1 < 72.0;
    let tip_top = move || match is_below() {
        true => bounds().1 + bounds().3 + 8.0,
        false => bounds().1 - 8.0,
    };
    let tip_middle = move || {
        let width = figure.width.get();
        (bounds().0 + bounds().2 / 2.0)
            .clamp(128.0_f64.min(width / 2.0), (width - 128.0).max(width / 2.0))
    };
    view! {
        <div
            class="chart-ring"
            hidden=is_hidden
            style:left=move || pixels(bounds().0 - 2.0)
            style:top=move || pixels(bounds().1 - 2.0)
            style:width=move || pixels(bounds().2 + 4.0)
            style:height=move || pixels(bounds().3 + 4.0)
        ></div>
        <div
            class="chart-tip"
            class:is-below=is_below
            aria-hidden="true"
            hidden=is_hidden
            style:left=move || pixels(tip_middle())
            style:top=move || pixels(tip_top())
        >
            {move || figure.active_mark().map(|mark| mark.text)}
        </div>
    }
    .into_any()
}

/// The state of one figure.
#[derive(Clone, Copy)]
struct Figure {
    workspace: Workspace,
    chart: Signal<Option<OwnedChart>>,
    segmentation: Signal<SegmentationId>,
    scene: RwSignal<Option<Arc<Scene>>>,
    look: Signal<Look>,
    width: RwSignal<f64>,
    active: RwSignal<Option<usize>>,
    has_walked: RwSignal<bool>,
}

impl Figure {
    fn new(chart: Signal<Option<OwnedChart>>, segmentation: Signal<SegmentationId>) -> Self {
        let workspace = Workspace::expect();
        let width = RwSignal::new(0.0_f64);
        let pixel_ratio = RwSignal::new(window().device_pixel_ratio());
        let listener = window_event_listener(ev::resize, move |_| {
            pixel_ratio.set(window().device_pixel_ratio());
        });
        on_cleanup(move || listener.remove());
        let selected = workspace.read(|session| session.selected);
        let as_of = workspace.read(|session| session.rfm.value().map(|report| report.as_of));
        let look = Signal::derive(move || {
            let own = selected.get().filter(|(id, _)| *id == segmentation.get());
            let width = width.get().floor() as u32;
            let from_report = chart.with(|chart| chart.as_ref().and_then(OwnedChart::as_of));
            Look {
                theme: workspace.theme.get(),
                width,
                height: chart.with(|chart| {
                    chart
                        .as_ref()
                        .map_or(0, |chart| chart.chart().height(width))
                }),
                pixel_ratio: pixel_ratio.get(),
                words: workspace.words(),
                as_of: from_report.or_else(|| as_of.get()),
                selected: own.map(|(_, place)| place),
            }
        });
        Self {
            workspace,
            chart,
            segmentation,
            scene: RwSignal::new(None),
            look,
            width,
            active: RwSignal::new(None),
            has_walked: RwSignal::new(false),
        }
    }

    fn title(self) -> String {
        let title = |scene: &Option<Arc<Scene>>| scene.as_ref().map(|scene| scene.title.clone());
        self.scene.with(title).unwrap_or_default()
    }

    /// Whether there is something to draw, and room for it. Follows everything that the picture shows.
    fn can_be_drawn(self) -> bool {
        let has_room = self.look.with(|look| look.width > 0);
        self.chart.with(Option::is_some) && has_room
    }

    /// Computes the scene and paints it.
    fn draw(self, canvas: &HtmlCanvasElement) {
        let look = self.look.get_untracked();
        let Some(ruler) = CanvasWidth::new(canvas) else {
            return;
        };
        let scene = self.chart.with_untracked(|chart| {
            chart
                .as_ref()
                .map(|chart| chart.chart().scene(&look, &ruler))
        });
        let Some(scene) = scene else {
            return;
        };
        paint(&scene, canvas, look.pixel_ratio);
        let n_marks = scene.marks.len();
        if self
            .active
            .get_untracked()
            .is_some_and(|place| place >= n_marks)
        {
            self.active.set(None);
        }
        self.scene.set(Some(Arc::new(scene)));
    }

    fn active_mark(self) -> Option<Mark> {
        let place = self.active.get()?;
        self.scene
            .with(|scene| scene.as_ref()?.marks.get(place).cloned())
    }

    /// What the live region says: only what the keyboard reached, since a pointer's reader can see it.
    fn spoken(self) -> String {
        match self.has_walked.get() {
            true => self.active_mark().map(|mark| mark.text).unwrap_or_default(),
            false => String::new(),
        }
    }

    fn point_at(self, event: &web_sys::PointerEvent) {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let place = self
            .scene
            .with_untracked(|scene| scene.as_ref()?.mark_at(x, y));
        self.has_walked.set(false);
        if self.active.get_untracked() != place {
            self.active.set(place);
        }
    }

    fn choose_at(self, event: &web_sys::MouseEvent) {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let place = self
            .scene
            .with_untracked(|scene| scene.as_ref()?.mark_at(x, y));
        if let Some(place) = place {
            self.choose(place);
        }
    }

    /// Selects the segment of a mark, or nothing where it is the selected one.
    fn choose(self, place: usize) {
        let mark = self
            .scene
            .with_untracked(|scene| scene.as_ref()?.marks.get(place)?.segment);
        if let Some(segment) = mark {
            let id = self.segmentation.get_untracked();
            let is_selected = self
                .look
                .with_untracked(|look| look.selected == Some(segment));
            let chosen = (!is_selected).then_some((id, segment));
            self.workspace.send(Event::SegmentSelected(chosen));
        }
    }

    fn walk(self, event: &web_sys::KeyboardEvent) {
        let from = self.active.get_untracked();
        let to = self.scene.with_untracked(|scene| {
            let scene = scene.as_ref()?;
            let last = scene.marks.len().checked_sub(1)?;
            match event.key().as_str() {
                "ArrowLeft" => Some(scene.mark_towards(from, Direction::Left)),
                "ArrowRight" => Some(scene.mark_towards(from, Direction::Right)),
                "ArrowUp" => Some(scene.mark_towards(from, Direction::Up)),
                "ArrowDown" => Some(scene.mark_towards(from, Direction::Down)),
                "Home" => Some(Some(0)),
                "End" => Some(Some(last)),
                "Escape" if from.is_some() => Some(None),
                _ => None,
            }
        });
        match (to, from) {
            (Some(to), _) => {
                event.prevent_default();
                self.has_walked.set(true);
                self.active.set(to);
            }
            (None, Some(place)) if matches!(event.key().as_str(), "Enter" | " ") => {
                event.prevent_default();
                self.choose(place);
            }
            _ => {}
        }
    }
}

/// Sizes the canvas to device pixels and paints on it.
pub(super) fn paint(scene: &Scene, canvas: &HtmlCanvasElement, pixel_ratio: f64) -> bool {
    let device = |pixels: u32| (f64::from(pixels) * pixel_ratio).round() as u32;
    canvas.set_width(device(scene.width));
    canvas.set_height(device(scene.height));
    let style = web_sys::HtmlElement::style(canvas);
    let _ = style.set_property("width", &format!("{}px", scene.width));
    let _ = style.set_property("height", &format!("{}px", scene.height));
    Canvas::new(canvas.clone()).is_some_and(|backend| scene.paint(backend, pixel_ratio).is_ok())
}

/// Keeps `width` equal to the width of an element.
fn follow_width(element: NodeRef<Div>, width: RwSignal<f64>) {
    let kept = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move || {
        let Some(element) = element.get() else {
            return;
        };
        let observed = element.clone();
        let read = Closure::<dyn FnMut()>::new(move || {
            let now = f64::from(observed.client_width());
            if (width.get_untracked() - now).abs() >= 1.0 {
                width.set(now);
            }
        });
        if let Ok(observer) = ResizeObserver::new(read.as_ref().unchecked_ref()) {
            observer.observe(&element);
            kept.set_value(Some((observer, read)));
        }
    });
    on_cleanup(move || {
        kept.try_update_value(|kept| {
            if let Some((observer, _)) = kept.take() {
                observer.disconnect();
            }
        });
    });
}
