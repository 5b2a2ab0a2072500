//! The segments of any segmentation in numbers. A press on a row selects the segment everywhere.

use super::Swatch;
use crate::analysis::SegmentationId;
use crate::analysis::profile::{Counted, SegmentProfile};
use crate::session::Event;
use crate::text::{AmountUnit, Words};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// What a file has; columns without numbers are not shown.
#[derive(Clone, Copy, PartialEq)]
struct Shown {
    money: bool,
    history: bool,
    counted: Counted,
}

impl Shown {
    /// Name, customers and their share; orders and two medians; revenue, share, order value and a median.
    const fn n_columns(self) -> usize {
        3 + if self.history { 3 } else { 0 } + if self.money { 4 } else { 0 }
    }
}

/// The unit of each column of money.
#[derive(Clone, Copy)]
struct Units {
    revenue: AmountUnit,
    order_value: AmountUnit,
    median: AmountUnit,
}

impl Units {
    fn of(words: Words, segments: &[SegmentProfile]) -> Self {
        let medians = segments.iter().filter_map(|own| own.medians);
        Self {
            revenue: words.unit_of(segments.iter().map(|own| own.revenue.to_f64())),
            order_value: words.unit_of(segments.iter().filter_map(|own| own.average_order_value)),
            median: words.unit_of(medians.map(|own| own.monetary)),
        }
    }
}

/// A table with one group of rows for each segment: its numbers, and who is in it.
#[component]
pub fn SegmentTable(
    /// Whose segments.
    segmentation: SegmentationId,
    /// What the table is called.
    caption: &'static str,
    /// The segments, in their order.
    #[prop(into)]
    segments: Signal<Vec<SegmentProfile>>,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let words = workspace.words_now();
    let selected = workspace.read(|session| session.selected);
    let shown = shown_of(workspace, segments);
    let row = move |place: usize, profile: &SegmentProfile, shown: Shown, units: Units| {
        let id = (segmentation, place as u16);
        let is_selected = Memo::new(move |_| selected.get() == Some(id));
        let toggle = move |_| {
            let next = (!is_selected.get_untracked()).then_some(id);
            workspace.send(Event::SegmentSelected(next));
        };
        view! {
            <tbody
                class:is-selected=is_selected
                class:is-empty=profile.n_customers == 0
                on:click=toggle
            >
                <tr>
                    {name_cell(words, place, profile, is_selected)}
                    {number_cells(words, profile, shown, units)}
                </tr>
                <tr>
                    <td class="who" colspan=shown.n_columns().to_string()>
                        <span>{words.who(profile)}</span>
                    </td>
                </tr>
            </tbody>
        }
        .into_any()
    };
    view! {
        <p class="hint">{words.inspector_hint()}</p>
        <div class="table-scroll" role="group" tabindex="0" aria-label=caption>
            <table class="segment-table">
                <caption>{caption}</caption>
                {move || head(words, segmentation, shown.get())}
                {move || {
                    let shown = shown.get();
                    segments
                        .with(|segments| {
                            let units = Units::of(words, segments);
                            let rows = segments.iter().enumerate();
                            rows.map(|(place, profile)| row(place, profile, shown, units)).collect_view()
                        })
                }}
            </table>
        </div>
    }
    .into_any()
}

/// What the file has, and what the segments count.
fn shown_of(workspace: Workspace, segments: Signal<Vec<SegmentProfile>>) -> Memo<Shown> {
    let (money, history) = (
        workspace.read(|session| session.imported.as_ref().is_none_or(|file| file.has_money)),
        workspace.read(|session| {
            session
                .imported
                .as_ref()
                .is_none_or(|file| file.has_history)
        }),
    );
    let counted = move || segments.with(|segments| segments.first().map(|one| one.counted));
    Memo::new(move |_| Shown {
        money: money.get(),
        history: history.get(),
        counted: counted().unwrap_or_default(),
    })
}

fn head(words: Words, segmentation: SegmentationId, shown: Shown) -> AnyView {
    let name = words.segment_of(segmentation);
    let mut names = vec![words.column_customers(), words.column_customer_share()];
    if shown.history {
        names.push(words.column_counted(shown.counted));
    }
    if shown.money {
        names.extend([
            words.column_revenue(),
            words.column_revenue_share(),
            words.column_per_counted(shown.counted),
        ]);
    }
    let mut medians = Vec::new();
    if shown.history {
        medians.extend([
            words.column_recency(),
            words.column_frequency(shown.counted),
        ]);
    }
    if shown.money {
        medians.push(words.column_monetary());
    }
    let n_medians = medians.len();
    let cell = |name| view! { <th scope="col" class="number">{name}</th> };
    let first = |name| view! { <th scope="col" class="number" rowspan="2">{name}</th> };
    view! {
        <thead>
            <tr>
                <th scope="col" rowspan="2">{name}</th>
                {names.into_iter().map(first).collect_view()}
                {(n_medians > 0)
                    .then(|| {
                        view! {
                            <th scope="colgroup" class="group" colspan=n_medians.to_string()>
                                {words.column_medians()}
                            </th>
                        }
                    })}
            </tr>
            <tr>{medians.into_iter().map(cell).collect_view()}</tr>
        </thead>
    }
    .into_any()
}

fn name_cell(
    words: Words,
    place: usize,
    profile: &SegmentProfile,
    is_selected: Memo<bool>,
) -> AnyView {
    let is_pressed = move || if is_selected.get() { "true" } else { "false" };
    view! {
        <th scope="row">
            <button type="button" class="segment-name" aria-pressed=is_pressed>
                <Swatch label=&profile.label place=place as u16 />
                {words.label(&profile.label)}
            </button>
        </th>
    }
    .into_any()
}

fn number_cells(words: Words, profile: &SegmentProfile, shown: Shown, units: Units) -> AnyView {
    let nothing = || "–".to_owned();
    let amount = |amount: Option<f64>, unit: AmountUnit| match amount {
        Some(amount) => (
            words.amount_in(unit, amount),
            Some(words.decimal(amount, 2)),
        ),
        None => (nothing(), None),
    };
    let medians = profile.medians;
    let mut cells = vec![
        (words.count(profile.n_customers), None),
        (words.share(profile.customer_share), None),
    ];
    if shown.history {
        cells.push((words.count(profile.n_orders), None));
    }
    if shown.money {
        cells.push((
            words.amount_in(units.revenue, profile.revenue.to_f64()),
            Some(words.money_full(profile.revenue)),
        ));
        cells.push((words.share(profile.revenue_share), None));
        cells.push(amount(profile.average_order_value, units.order_value));
    }
    if shown.history {
        cells.push((
            medians.map_or_else(nothing, |own| words.number(own.recency_days)),
            None,
        ));
        cells.push((
            medians.map_or_else(nothing, |own| words.number(own.frequency)),
            None,
        ));
    }
    if shown.money {
        cells.push(amount(medians.map(|own| own.monetary), units.median));
    }
    let cell = |(text, full): (String, Option<String>)| {
        view! { <td class="number" title=full>{text}</td> }
    };
    cells.into_iter().map(cell).collect_view().into_any()
}
