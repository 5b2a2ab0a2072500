//! What is done about missing values and outliers of customers' columns: every choice in sight, answered at once.

use std::sync::Arc;

use web_sys::HtmlInputElement;

use crate::analysis::Outliers;
use crate::analysis::treatment::{ColumnsReport, CustomerColumn, Gaps, Treatment, Treatments};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

const GAPS: [Gaps; 4] = [Gaps::Leave, Gaps::LeaveOut, Gaps::Typical, Gaps::Value];
const OUTLIERS: [Outliers; 3] = [Outliers::Keep, Outliers::Winsorise, Outliers::LeaveOut];

/// A group of fields for each column that belongs to customers.
pub(super) fn treatments(
    workspace: Workspace,
    words: Words,
    report: Memo<Option<Arc<ColumnsReport>>>,
) -> AnyView {
    let chosen = workspace.read(|session| session.settings.columns.clone());
    let groups = move || {
        let chosen = chosen.get();
        report.with(|report| Some(groups(workspace, words, report.as_ref()?, &chosen)))
    };
    view! {
        <section class="block" aria-labelledby="columns-of-customers">
            <h3 id="columns-of-customers">{words.columns_of_customers()}</h3>
            {groups}
        </section>
    }
    .into_any()
}

fn groups(
    workspace: Workspace,
    words: Words,
    report: &ColumnsReport,
    chosen: &Treatments,
) -> AnyView {
    let columns = &report.customer_columns;
    if columns.is_empty() {
        return view! { <p class="hint">{words.columns_no_further()}</p> }.into_any();
    }
    let group = |(place, column): (usize, &CustomerColumn)| {
        let treatment = chosen.get(&column.name).cloned().unwrap_or_default();
        Group {
            workspace,
            words,
            place,
            column,
            treatment,
        }
        .view()
    };
    view! {
        <p class="hint">{words.columns_of_customers_hint()}</p>
        <div class="treatments">{columns.iter().enumerate().map(group).collect_view()}</div>
    }
    .into_any()
}

/// The fields of one column.
struct Group<'a> {
    workspace: Workspace,
    words: Words,
    place: usize,
    column: &'a CustomerColumn,
    treatment: Treatment,
}

impl Group<'_> {
    fn view(&self) -> AnyView {
        let Self { words, column, .. } = self;
        view! {
            <fieldset
                class="treatment"
                data-testid="treatment"
                data-column=column.name.clone()
                data-missing=column.n_missing.to_string()
                data-known=column.n_known.to_string()
            >
                <legend>{words.column_name(&column.name)}</legend>
                <p class="hint">{words.customer_column(column)}</p>
                <div class="fields">{self.missing()} {self.outliers()}</div>
                <p class="done" role="status">{words.treatment_done(column.done)}</p>
            </fieldset>
        }
        .into_any()
    }

    fn missing(&self) -> AnyView {
        let words = self.words;
        let is_numeric = self.column.is_numeric;
        let names = GAPS.map(|gaps| words.gaps(gaps, is_numeric));
        let chosen = GAPS.iter().position(|gaps| *gaps == self.treatment.missing);
        let choose = self.change(|treatment, text| {
            let gaps = text.parse().ok().and_then(|place: usize| GAPS.get(place));
            treatment.missing = gaps.copied().unwrap_or_default();
        });
        let select = self.select("missing", words.treatment_missing(), &names, chosen, choose);
        let value = (self.treatment.missing == Gaps::Value).then(|| {
            let change = self.change(|treatment, text| treatment.value = text);
            let kind = if is_numeric { "number" } else { "text" };
            let value = self.treatment.value.clone();
            self.input("value", words.treatment_value(), kind, None, value, change)
        });
        view! {
            {select}
            {value}
        }
        .into_any()
    }

    fn outliers(&self) -> Option<AnyView> {
        let words = self.words;
        let Treatment {
            outliers,
            low,
            high,
            ..
        } = self.treatment;
        if !self.column.is_numeric {
            return None;
        }
        let names = OUTLIERS.map(|outliers| words.column_outliers(outliers));
        let chosen = OUTLIERS.iter().position(|one| *one == outliers);
        let choose = self.change(|treatment, text| {
            let outliers = text.parse().ok();
            let outliers = outliers.and_then(|place: usize| OUTLIERS.get(place));
            treatment.outliers = outliers.copied().unwrap_or_default();
        });
        let select = self.select(
            "outliers",
            words.treatment_outliers(),
            &names,
            chosen,
            choose,
        );
        let bounds = (outliers == Outliers::Winsorise).then(|| {
            let lower = self.change(|treatment, text| {
                treatment.low = text.parse().unwrap_or(treatment.low);
            });
            let upper = self.change(|treatment, text| {
                treatment.high = text.parse().unwrap_or(treatment.high);
            });
            let (low, high) = (low.to_string(), high.to_string());
            let number = |field, label, bounds, value, change| {
                self.input(field, label, "number", Some(bounds), value, change)
            };
            view! {
                {number("low", words.treatment_low(), ("0", "49"), low, lower)}
                {number("high", words.treatment_high(), ("51", "100"), high, upper)}
            }
        });
        Some(
            view! {
                {select}
                {bounds}
            }
            .into_any(),
        )
    }

    /// What a field that holds a new text does. What is left as it is has no entry.
    fn change(&self, edit: fn(&mut Treatment, String)) -> Box<dyn Fn(String)> {
        let (workspace, name) = (self.workspace, self.column.name.clone());
        Box::new(move |text| {
            workspace.change_settings(|settings| {
                let mut treatment = settings.columns.remove(&name).unwrap_or_default();
                edit(&mut treatment, text);
                if treatment != Treatment::default() {
                    settings.columns.insert(name.clone(), treatment);
                }
            });
        })
    }

    fn select(
        &self,
        field: &'static str,
        label: &'static str,
        names: &[&'static str],
        chosen: Option<usize>,
        choose: Box<dyn Fn(String)>,
    ) -> AnyView {
        let id = format!("{field}-{}", self.place);
        let option = |(place, name): (usize, &&'static str)| {
            view! {
                <option value=place.to_string() prop:selected=chosen == Some(place)>{*name}</option>
            }
        };
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <select id=id data-testid=field on:change=move |event| choose(event_target_value(&event))>
                    {names.iter().enumerate().map(option).collect_view()}
                </select>
            </div>
        }
        .into_any()
    }

    /// A field that goes back to what it held where the browser finds that it holds none of its values.
    fn input(
        &self,
        field: &'static str,
        label: &'static str,
        kind: &'static str,
        bounds: Option<(&'static str, &'static str)>,
        value: String,
        change: Box<dyn Fn(String)>,
    ) -> AnyView {
        let id = format!("{field}-{}", self.place);
        let before = value.clone();
        let changed = move |event: leptos::ev::Event| {
            let input: HtmlInputElement = event_target(&event);
            if input.check_validity() && (bounds.is_none() || !input.value().is_empty()) {
                change(input.value());
            } else {
                input.set_value(&before);
            }
        };
        let step = if bounds.is_some() { "1" } else { "any" };
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input
                    type=kind
                    step=step
                    min=bounds.map(|bounds| bounds.0)
                    max=bounds.map(|bounds| bounds.1)
                    id=id
                    data-testid=field
                    prop:value=value
                    on:change=changed
                />
            </div>
        }
        .into_any()
    }
}
