//! The history of one customer: a row for each order, each return that is taken off, and each span in a segment.
//!
//! Money of returns is below nothing, so that the column adds up to what the customer has spent. A span has its first and
//! last day, its segment, and why it began; an order has its day.

use super::File;
use super::table::{Cell, Table};
use crate::analysis::one_customer::{Past, Span};
use crate::data::{Day, Money};
use crate::text::{Language, Words};

const HEAD: [&str; 10] = [
    "customer",
    "kind",
    "from",
    "until",
    "order",
    "rows",
    "money",
    "segment",
    "segment_ko",
    "because",
];

/// What a row is about, before the span.
struct Line<'a> {
    kind: &'a str,
    day: Day,
    order: Option<&'a str>,
    n_lines: Option<u32>,
    money: Option<Money>,
}

/// The table; without money its column is empty.
pub fn file(past: &Past) -> File {
    let mut table = Table::new(HEAD);
    let money = |amount: Money| past.has_money.then_some(amount);
    for order in &past.orders {
        let line = Line {
            kind: "order",
            day: order.day,
            order: order.name.as_deref(),
            n_lines: Some(order.n_lines),
            money: money(order.amount),
        };
        write(&mut table, past, &line, None);
    }
    for back in &past.returns {
        let amount = Money::new(-back.amount.units(), back.amount.scale());
        let line = Line {
            kind: "return",
            day: back.day,
            order: None,
            n_lines: None,
            money: money(amount),
        };
        write(&mut table, past, &line, None);
    }
    for history in &past.histories {
        for span in &history.spans {
            let line = Line {
                kind: history.of.key(),
                day: span.from,
                order: None,
                n_lines: None,
                money: None,
            };
            write(&mut table, past, &line, Some(span));
        }
    }
    table.file("customer_history.csv")
}

fn write(table: &mut Table, past: &Past, line: &Line<'_>, span: Option<&Span>) {
    let name = |language| span.map(|span| Words::new(language).label(&span.label));
    let names = [Language::En, Language::Ko].map(name);
    let text = |name: &'_ Option<String>| name.clone().unwrap_or_default();
    let names = [text(&names[0]), text(&names[1])];
    table.row([
        Cell::Text(&past.customer),
        Cell::Text(line.kind),
        Cell::number(Some(line.day)),
        Cell::number(span.map(|span| span.until)),
        Cell::Text(line.order.unwrap_or_default()),
        Cell::number(line.n_lines),
        Cell::number(line.money),
        Cell::Text(&names[0]),
        Cell::Text(&names[1]),
        Cell::Text(span.map_or("", |span| span.cause.key())),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::one_customer::{Cause, History, Order, Return};
    use crate::analysis::{Label, SegmentName, SegmentationId};

    #[test]
    fn orders_returns_and_spans_are_rows_and_ids_are_guarded() {
        let day = |number| Day::from_number(number);
        let past = Past {
            customer: "=1+1".to_owned(),
            as_of: day(40),
            has_money: true,
            n_earlier: 0,
            orders: vec![Order {
                day: day(0),
                name: Some("@no 7".to_owned()),
                amount: Money::new(1250, 2),
                n_lines: 3,
            }],
            returns: vec![Return {
                day: day(9),
                amount: Money::new(250, 2),
            }],
            histories: vec![History {
                of: SegmentationId::Rfm,
                spans: vec![Span {
                    from: day(0),
                    until: day(40),
                    place: 0,
                    label: Label::Known(SegmentName::Champions),
                    cause: Cause::First,
                }],
            }],
        };
        let text = String::from_utf8(file(&past).bytes).unwrap();
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines[0], HEAD.join(","));
        let rows = [
            "'=1+1,order,1970-01-01,,'@no 7,3,12.5,,,",
            "'=1+1,return,1970-01-10,,,,-2.5,,,",
            "'=1+1,rfm,1970-01-01,1970-02-10,,,,Champions,챔피언,first_order",
        ];
        assert_eq!(lines[1..], rows);
    }
}
