//! That a few orders stand alone far after all others, in words: which, and what to do.

use super::Words;
use crate::analysis::LoneOrders;

impl Words {
    /// The sentence with what to do, wherever the last day of the file counts.
    pub fn lone_orders(self, lone: LoneOrders) -> String {
        let (orders, first) = (self.orders(lone.n_orders), self.day(lone.first));
        let (until, day) = (
            self.day(lone.others_until),
            self.day(lone.others_until.plus(1)),
        );
        let (from, whose, rows) = match lone.n_orders {
            1 => (
                self.either(format!("{first}에"), format!("stands alone on {first}")),
                "its date is",
                self.pick("그 행", "that row"),
            ),
            _ => (
                self.either(
                    format!("{first}부터"),
                    format!("stand alone from {first} on"),
                ),
                "their dates are",
                self.pick("그 행들", "those rows"),
            ),
        };
        self.either(
            format!(
                "주문 {orders}만 {from} 따로 떨어져 있고, 나머지 주문은 {until}에 끝납니다. 날짜를 잘못 적은 것이라면 기준일을 앞당기거나({day}), 파일에서 {rows}을 고치거나 빼세요."
            ),
            format!(
                "{orders} {from}, long after all others, which end on {until}. If {whose} mistyped, set the as-of date to {day}, or mend {rows} or leave {} out of the file.",
                if lone.n_orders == 1 { "it" } else { "them" }
            ),
        )
    }

    /// What was found, and before it that a few orders stand alone, so that the last day may be wrong.
    pub(super) fn after_lone(self, lone: Option<LoneOrders>, finding: String) -> String {
        match lone {
            Some(lone) => format!("{} {finding}", self.lone_orders(lone)),
            None => finding,
        }
    }

    /// The same in a few words, as a reason for care.
    pub(super) fn lone_orders_caution(self, lone: LoneOrders) -> String {
        let (orders, first) = (self.orders(lone.n_orders), self.day(lone.first));
        self.either(
            format!("주문 {orders}만 다른 주문보다 훨씬 뒤({first})에 있음"),
            format!("{orders} long after all others ({first})"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn the_sentence_names_the_day_that_would_do_and_the_rows_to_look_at() {
        let lone = |n_orders: u64| LoneOrders {
            n_orders,
            first: "2099-01-01".parse().unwrap(),
            others_until: "2026-06-30".parse().unwrap(),
        };
        let said = |language, n| Words::new(language).lone_orders(lone(n));
        assert_eq!(
            said(Language::En, 1),
            "1 order stands alone on 1 Jan 2099, long after all others, which end on 30 Jun 2026. If its date is mistyped, set the as-of date to 1 Jul 2026, or mend that row or leave it out of the file."
        );
        assert_eq!(
            said(Language::En, 3),
            "3 orders stand alone from 1 Jan 2099 on, long after all others, which end on 30 Jun 2026. If their dates are mistyped, set the as-of date to 1 Jul 2026, or mend those rows or leave them out of the file."
        );
        let korean = said(Language::Ko, 1);
        assert_eq!(
            korean,
            "주문 1건만 2099. 1. 1.에 따로 떨어져 있고, 나머지 주문은 2026. 6. 30.에 끝납니다. 날짜를 잘못 적은 것이라면 기준일을 앞당기거나(2026. 7. 1.), 파일에서 그 행을 고치거나 빼세요."
        );
        assert!(said(Language::Ko, 3).contains("부터 따로"));
    }
}
