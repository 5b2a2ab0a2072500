//! The question that the file cannot answer: is `03/04/2011` the third of April or the fourth of March?

use crate::data::{DateOrder, Role};
use crate::session::Session;
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// Two answers with a date of the file in them; shown only where the mapped dates can be read both ways.
#[component]
pub fn DateOrderQuestion() -> impl IntoView {
    let workspace = Workspace::expect();
    let example = workspace.read(ambiguous_date);
    let order = workspace.read(|session| session.mapping.date_order);
    let choose = move |order| workspace.change_mapping(|mapping| mapping.date_order = Some(order));
    let option = move |words: Words, own: DateOrder, numbers| {
        let key = own.key();
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="date-order"
                    data-testid=format!("date-order-{key}")
                    prop:checked=move || order.get() == Some(own)
                    on:change=move |_| choose(own)
                />
                {words.date_order_answer(own, numbers)}
            </label>
        }
    };
    move || {
        let example = example.get()?;
        let words = workspace.words_now();
        let numbers = example.as_deref().and_then(three_numbers);
        // Between points the month never comes first.
        let has_points = example.as_deref().is_some_and(|cell| cell.contains('.'));
        let can_be = |order: &DateOrder| {
            let is_read = !has_points || *order != DateOrder::MonthDay;
            is_read && numbers.is_none_or(|numbers| is_date(numbers, *order))
        };
        let orders = DateOrder::ALL.into_iter().filter(can_be);
        let options = orders
            .map(|order| option(words, order, numbers))
            .collect_view();
        Some(view! {
            <fieldset class="choice is-question" data-testid="date-order">
                <legend>{words.date_order_question(example.as_deref())}</legend>
                {options}
            </fieldset>
        })
    }
}

/// Whether the mapped dates are ambiguous, and if so one that shows it, where the first rows have one.
fn ambiguous_date(session: &Session) -> Option<Option<String>> {
    let preview = session.preview.as_ref()?;
    let place = [Role::Date, Role::LastDate].into_iter().find_map(|role| {
        let header = session.mapping.roles.get(&role)?;
        let place = preview.columns.iter().position(|c| &c.header == header)?;
        (Role::of(session.mapping.table).contains(&role)
            && preview.columns[place].has_ambiguous_dates)
            .then_some(place)
    })?;
    let cells = preview.rows.iter().filter_map(|row| row.get(place));
    let telling = cells.clone().find(|cell| {
        let readings = |numbers: [u32; 3]| {
            let orders = DateOrder::ALL.into_iter();
            orders.filter(|&order| is_date(numbers, order)).count()
        };
        three_numbers(cell).is_some_and(|numbers| numbers[0] != numbers[1] && readings(numbers) > 1)
    });
    Some(telling.or_else(|| cells.clone().next()).cloned())
}

/// The numbers of a date, in the order in which they are written.
fn three_numbers(cell: &str) -> Option<[u32; 3]> {
    let mut numbers = cell
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let mut number = || numbers.next()?.parse().ok();
    Some([number()?, number()?, number()?])
}

/// Whether the numbers can be a date in this order.
fn is_date(numbers: [u32; 3], order: DateOrder) -> bool {
    let [first, second, third] = numbers;
    let (year, month, day) = match order {
        DateOrder::DayMonth => (third, second, first),
        DateOrder::MonthDay => (third, first, second),
        DateOrder::YearMonth => (first, second, third),
    };
    let is_year = !(100..=1000).contains(&year);
    is_year && (1..=12).contains(&month) && (1..=31).contains(&day)
}
