//! Whom the list holds: letters of the id, segments, scores.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::analysis::customers::Filter;
use crate::analysis::{Label, SegmentationId};
use crate::session::{Event, Session};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A segment by its segmentation and place.
type SegmentKey = (SegmentationId, u16);

/// The measures that scores are of, in their order.
const MEASURES: [&str; 3] = ["recency", "frequency", "monetary"];

/// A field for letters of the id; segments and scores behind a line that counts what was chosen.
#[component]
pub fn ListFilter() -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let filter = workspace.read(|session| session.filter.clone());
    let search = move |event| {
        let text = event_target_value(&event);
        change(workspace, |filter| filter.search = text);
    };
    let clear = move |_| {
        // Who agreed is no search of the moment.
        change(workspace, |filter| {
            *filter = Filter {
                agreed: filter.agreed,
                ..Filter::default()
            };
        });
        // The button goes; the keyboard stays nearby.
        let field = document().get_element_by_id("list-search");
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    };
    let is_filtered =
        move || filter.with(|filter| filter.whether_agreed_or_not() != Filter::default());
    view! {
        <div class="list-filter">
            <div class="field inline">
                <label for="list-search">{words.list_search()}</label>
                <input
                    id="list-search"
                    type="search"
                    data-testid="list-search"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || filter.with(|filter| filter.search.clone())
                    on:input=search
                />
                <Show when=is_filtered>
                    <button type="button" class="quiet" data-testid="list-clear" on:click=clear>
                        {words.list_clear()}
                    </button>
                </Show>
            </div>
            <details data-testid="list-filter">
                <summary>{move || filter.with(|filter| words.list_filter(filter))}</summary>
                {SegmentationId::ALL.map(|id| segments(workspace, words, id))}
                {scores(workspace, words)}
            </details>
        </div>
    }
    .into_any()
}

/// What a segment is called.
pub(super) fn label_of(session: &Session, (segmentation, place): SegmentKey) -> Option<Label> {
    let labels = labels(session, segmentation);
    labels.into_iter().nth(usize::from(place))
}

fn labels(session: &Session, segmentation: SegmentationId) -> Vec<Label> {
    let segments = session.segments_of(segmentation).iter();
    segments.map(|segment| segment.label.clone()).collect()
}

fn change(workspace: Workspace, edit: impl FnOnce(&mut Filter)) {
    let mut filter = workspace
        .session
        .with_untracked(|session| session.filter.clone());
    edit(&mut filter);
    workspace.send(Event::FilterChanged(filter));
}

/// A fold with a box for each segment, that of RFM open; nothing where there are none.
fn segments(workspace: Workspace, words: Words, segmentation: SegmentationId) -> AnyView {
    let legend = words.segmentation(segmentation);
    let labels = workspace.read(move |session| labels(session, segmentation));
    let box_of = move |(place, label): (usize, &Label)| {
        let key = (segmentation, place as u16);
        let is_in = workspace.read(move |session| session.filter.segments.contains(&key));
        let toggle = move |event| {
            let is_wanted = event_target_checked(&event);
            change(workspace, |filter| {
                filter.segments.retain(|own| *own != key);
                if is_wanted {
                    filter.segments.push(key);
                }
            });
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    value=format!("{}/{place}", segmentation.key())
                    prop:checked=move || is_in.get()
                    on:change=toggle
                />
                {words.label(label)}
            </label>
        }
    };
    let n_ticked = workspace.read(move |session| {
        let ticked = session.filter.segments.iter();
        ticked.filter(|(of, _)| *of == segmentation).count()
    });
    let is_first = segmentation == SegmentationId::Rfm;
    let boxes = move || {
        labels.with(|labels| {
            let n = labels.len();
            (n > 0).then(|| {
                view! {
                    <details data-testid=format!("list-filter-{}", segmentation.key()) open=is_first>
                        <summary>{move || words.ticked_of(legend, n_ticked.get(), n)}</summary>
                        <fieldset class="checks">
                            <legend class="visually-hidden">{legend}</legend>
                            {labels.iter().enumerate().map(box_of).collect_view()}
                        </fieldset>
                    </details>
                }
            })
        })
    };
    boxes.into_any()
}

/// Lowest and highest score of each measure.
fn scores(workspace: Workspace, words: Words) -> AnyView {
    let shape = workspace.read(|session| {
        let report = session.rfm.value()?;
        Some((report.params.groups, report.has_money))
    });
    let end = move |place: usize, is_high: bool, groups: u8| {
        let range = workspace.read(move |session| session.filter.scores[place]);
        let set = move |event| {
            let Ok(score) = event_target_value(&event).parse() else {
                return;
            };
            change(workspace, |filter| {
                let (low, high) = filter.scores[place].unwrap_or((1, groups));
                let range = match is_high {
                    true => (low.min(score), score),
                    false => (score, high.max(score)),
                };
                filter.scores[place] = (range != (1, groups)).then_some(range);
            });
        };
        let option = |score: u8| {
            let is_chosen = move || {
                let (low, high) = range.get().unwrap_or((1, groups));
                score == if is_high { high } else { low }
            };
            view! { <option value=score.to_string() prop:selected=is_chosen>{score.to_string()}</option> }
        };
        let name = words.list_score_end(MEASURES[place], is_high);
        let testid = format!(
            "score-{}-{}",
            MEASURES[place],
            if is_high { "to" } else { "from" }
        );
        view! {
            <select aria-label=name data-testid=testid on:change=set>
                {(1..=groups).map(option).collect_view()}
            </select>
        }
    };
    let fields = move || {
        let (groups, has_money) = shape.get()?;
        let n_measures = if has_money { 3 } else { 2 };
        let field = |place: usize| {
            view! {
                <span class="score-range">
                    {words.measure(MEASURES[place])}
                    {end(place, false, groups)}
                    "–"
                    {end(place, true, groups)}
                </span>
            }
        };
        Some(view! {
            <fieldset class="checks">
                <legend>{words.list_scores()}</legend>
                {(0..n_measures).map(field).collect_view()}
            </fieldset>
        })
    };
    fields.into_any()
}
