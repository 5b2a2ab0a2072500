//! The list of customers: all of them, or those of the selected segment, sorted as a person likes.

mod list;
mod row;
mod scroll;

use self::list::CustomerList;
use crate::analysis::{Label, SegmentationId};
use crate::export::What;
use crate::session::{Event, Session, Slot, View};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;
use crate::ui::parts::{DownloadButton, ListColumns, ViewSection};

/// A segment by its segmentation and place.
type SegmentKey = (SegmentationId, u16);

/// The view with the list of customers.
#[component]
pub fn Customers() -> impl IntoView {
    let workspace = Workspace::expect();
    let state = workspace.read(|session| session.page.state());
    let has_failed = workspace.read(|session| matches!(session.page, Slot::Failed(())));
    let n_matching = workspace.read(|session| session.page.value().map(|page| page.n_matching));
    let selected = workspace.read(|session| session.selected);
    let label = workspace.read(|session| label_of(session, session.selected?));
    let what = Signal::derive(move || What::Customers {
        segment: selected.get(),
    });
    move || {
        let words = workspace.words();
        let finding = Signal::derive(move || {
            let name = label.get().map(|label| words.label(&label));
            n_matching
                .get()
                .map(|n| words.customers_finding(n, name.as_deref()))
        });
        let problem = Signal::derive(move || {
            has_failed
                .get()
                .then(|| words.customers_not_listed().to_owned())
        });
        view! {
            <ViewSection view=View::Customers state finding problem>
                <div class="block list-tools">
                    {filter(workspace, words)}
                    <DownloadButton what key="customers" name=words.customers_take() />
                    <ListColumns />
                </div>
                <CustomerList />
            </ViewSection>
        }
        .into_any()
    }
}

/// What a segment is called.
fn label_of(session: &Session, (segmentation, place): SegmentKey) -> Option<Label> {
    let labels = labels(session, segmentation);
    labels.into_iter().nth(usize::from(place))
}

fn labels(session: &Session, segmentation: SegmentationId) -> Vec<Label> {
    let segments = session.segments_of(segmentation).iter();
    segments.map(|segment| segment.label.clone()).collect()
}

/// Who is listed: it is the segment that is selected everywhere.
fn filter(workspace: Workspace, words: Words) -> AnyView {
    let options = workspace.read(|session| SegmentationId::ALL.map(|id| labels(session, id)));
    let selected = workspace.read(|session| session.selected);
    let choose = move |value: String| {
        let parsed = value.split_once('/').and_then(|(key, place)| {
            let segmentation = SegmentationId::ALL.into_iter().find(|id| id.key() == key)?;
            Some((segmentation, place.parse().ok()?))
        });
        workspace.send(Event::SegmentSelected(parsed));
    };
    let group = move |segmentation: SegmentationId, labels: Vec<Label>| {
        let option = move |(place, label): (usize, &Label)| {
            let key = (segmentation, place as u16);
            view! {
                <option
                    value=format!("{}/{place}", segmentation.key())
                    prop:selected=move || selected.get() == Some(key)
                >
                    {words.label(label)}
                </option>
            }
        };
        let name = words.segmentation(segmentation);
        (!labels.is_empty()).then(|| {
            view! {
                <optgroup label=name>{labels.iter().enumerate().map(option).collect_view()}</optgroup>
            }
        })
    };
    view! {
        <div class="field inline">
            <label for="customers-of">{words.customers_show()}</label>
            <select id="customers-of" on:change=move |event| choose(event_target_value(&event))>
                <option value="" prop:selected=move || selected.get().is_none()>
                    {words.customers_all()}
                </option>
                {move || {
                    let groups = SegmentationId::ALL.into_iter().zip(options.get());
                    groups.map(|(id, labels)| group(id, labels)).collect_view()
                }}
            </select>
        </div>
    }
    .into_any()
}
