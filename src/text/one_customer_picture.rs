//! The picture of one customer in words: its sentence, its marks and the rows of its table.

use super::{Language, Words};
use crate::analysis::one_customer::{Cause, History, Order, Past, Return, Span};
use crate::data::Money;

impl Words {
    /// The sentence that the picture of a customer says.
    pub fn customer_finding(self, past: &Past) -> String {
        let id = &past.customer;
        let history = past.histories.first();
        let Some((history, span)) = history.and_then(|one| Some((one, one.spans.last()?))) else {
            let n = self.orders(past.orders.len() as u64);
            return self.either(format!("{id}: 주문 {n}입니다."), format!("{id}: {n}."));
        };
        let (kind, name) = (self.segment_of(history.of), self.label(&span.label));
        let (since, n) = (self.day(span.from), history.spans.len() as u64 - 1);
        let times = self.count(n);
        match (self.language, n) {
            (Language::Ko, 0) => format!("{id}: {since}부터 줄곧 ‘{name}’입니다({kind})."),
            (Language::Ko, _) => {
                format!(
                    "{id}: {since}부터 ‘{name}’입니다({kind}). 그때까지 {times}번 바뀌었습니다."
                )
            }
            (Language::En, 0) => format!("{id} has been “{name}” since {since} ({kind})."),
            (Language::En, 1) => {
                format!("{id} has been “{name}” since {since} ({kind}), after 1 change.")
            }
            (Language::En, _) => {
                format!("{id} has been “{name}” since {since} ({kind}), after {times} changes.")
            }
        }
    }

    /// An order in the picture and its table.
    pub fn customer_order_details(self, order: &Order, has_money: bool) -> String {
        let name = order
            .name
            .as_ref()
            .map(|name| self.either(format!("주문 번호 {name}"), format!("order {name}")));
        let money = has_money.then(|| self.money_full(order.amount));
        let rows = Some(self.rows(u64::from(order.n_lines)));
        let parts: Vec<String> = [money, rows, name].into_iter().flatten().collect();
        parts.join(", ")
    }

    /// Money that was given back, in the picture and its table.
    pub fn customer_return_details(self, back: &Return) -> String {
        let less = Money::new(-back.amount.units(), back.amount.scale());
        self.money_full(less)
    }

    /// Why a span began, with how long it is.
    pub fn customer_span_details(self, span: &Span) -> String {
        let n_days = span.until.days_since(span.from) + 1;
        let days = self.days(f64::from(n_days));
        format!("{days}, {}", self.customer_cause(span.cause))
    }

    /// A span in the picture: `RFM segment “Champions”: 4 Mar 2011 – 10 Dec 2011 (282 days, it ordered)`.
    pub fn customer_span(self, history: &History, span: &Span) -> String {
        let (kind, name) = (self.segment_of(history.of), self.label(&span.label));
        let (range, details) = (
            self.day_range(span.from, span.until),
            self.customer_span_details(span),
        );
        self.either(
            format!("{kind} ‘{name}’: {range} ({details})"),
            format!("{kind} “{name}”: {range} ({details})"),
        )
    }

    /// Why a segment changed.
    pub const fn customer_cause(self, cause: Cause) -> &'static str {
        match cause {
            Cause::First => self.pick("첫 주문", "first order"),
            Cause::Ordered => self.pick("주문해서", "it ordered"),
            Cause::Returned => self.pick("환불받아서", "money was given back"),
            Cause::TimePassed => self.pick("시간이 지나서", "time passed"),
        }
    }
}
