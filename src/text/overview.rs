//! The words of the overview: its finding, the key numbers and what to look at next.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::profile::{Counted, Medians, SegmentProfile};
use crate::analysis::rfm::Report;
use crate::analysis::{Label, SegmentName};

phrases! {
    overview_key_numbers: "한눈에", "At a glance";
    overview_customers: "고객", "Customers";
    overview_orders: "주문", "Orders";
    overview_revenue: "매출", "Revenue";
    overview_order_value: "주문당 평균 금액", "Average order value";
    overview_per_customer: "고객당 평균 금액", "Average per customer";
    overview_period: "기간", "Period";
    overview_segments: "세그먼트", "Segments";
    overview_segments_caption: "RFM 세그먼트별 수치", "RFM segments in numbers";
    overview_next: "다음에 할 일", "What to do next";
    overview_next_hint: "세 가지 목표마다 걸린 매출이 가장 큰 세그먼트입니다.", "For each of three aims, the segment with the most revenue at stake.";
    overview_how: "고객은 쓰인 행이 하나라도 있는 고객입니다. 주문은 서로 다른 주문 번호이며, 번호가 없으면 고객이 주문한 날입니다. 매출은 쓰인 행의 금액을 정확히 더한 값이고, 주문당 평균 금액은 매출을 주문 수로 나눈 값입니다. 제외한 행과 그 이유는 데이터 화면의 ‘행 처리 내역’에 있습니다.",
        "Customers have at least one row that counts. Orders are distinct order ids, or days on which a customer bought where there is no id. Revenue is the exact sum of the rows that count; the average order value is revenue over orders. Rows left out, and why, are in the row ledger of the data view.";
    overview_no_money: "파일에 금액이 없어 최근성과 빈도만 보여 줍니다.", "The file has no amounts, so recency and frequency are all there is to show.";
}

/// What a shop wants with a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// They buy and shall go on.
    Keep,
    /// They are drifting away.
    WinBack,
    /// They have begun and could buy more.
    Grow,
}

impl Aim {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::WinBack, Self::Keep, Self::Grow];

    /// What a shop wants with the customers of this name; `None` where it is not worth an effort of its own.
    pub const fn of(name: SegmentName) -> Option<Self> {
        match name {
            SegmentName::Champions | SegmentName::LoyalCustomers => Some(Self::Keep),
            SegmentName::AtRisk | SegmentName::CantLoseThem | SegmentName::AboutToSleep => {
                Some(Self::WinBack)
            }
            SegmentName::PotentialLoyalists
            | SegmentName::NewCustomers
            | SegmentName::Promising
            | SegmentName::NeedAttention => Some(Self::Grow),
            _ => None,
        }
    }

    /// The place in a report of the segment with the most revenue (customers, where there is none) for this aim.
    pub fn largest(self, report: &Report) -> Option<usize> {
        let serves =
            |label: &Label| matches!(label, Label::Known(name) if Self::of(*name) == Some(self));
        let segments = report.segments.iter().enumerate();
        segments
            .filter(|(_, segment)| serves(&segment.label) && segment.n_customers > 0)
            .max_by_key(|(place, segment)| {
                (
                    segment.revenue,
                    segment.n_customers,
                    std::cmp::Reverse(*place),
                )
            })
            .map(|(place, _)| place)
    }
}

impl Words {
    /// The sentence that opens the overview.
    pub fn overview_finding(self, report: &Report) -> String {
        let share = self.share(report.top_fifth_revenue_share);
        let customers = self.customers(report.n_customers);
        let counted = report.params.convention.counted();
        let orders = self.orders_or_rows(counted, report.n_orders);
        let have_all = report.n_with_revenue == report.n_customers;
        match (self.language, report.has_money) {
            (Language::Ko, true) if have_all => {
                format!("구매액 상위 20% 고객이 매출의 {share}를 만듭니다.")
            }
            (Language::En, true) if have_all => {
                format!("The top 20% of customers bring in {share} of revenue.")
            }
            (Language::Ko, true) => {
                format!("금액이 있는 고객 가운데 상위 20%가 매출의 {share}를 만듭니다.")
            }
            (Language::En, true) => {
                format!("The top 20% of customers with any revenue bring in {share} of it.")
            }
            (Language::Ko, false) if counted == Counted::Rows => {
                format!("고객 {customers}의 기록이 {orders} 있습니다.")
            }
            (Language::En, false) if counted == Counted::Rows => {
                format!("{customers} in {orders}.")
            }
            (Language::Ko, false) => format!("고객 {customers}이 {orders}을 주문했습니다."),
            (Language::En, false) => format!("{customers} placed {orders}."),
        }
    }

    /// How long ago the typical customer of a segment last ordered.
    pub fn last_order(self, medians: Option<&Medians>) -> Option<String> {
        let days = self.days(medians?.recency_days);
        Some(self.either(
            format!("마지막 구매는 보통 {days} 전"),
            format!("last order typically {days} ago"),
        ))
    }

    /// Revenue per order, `None` without orders or money.
    pub fn overview_average(self, report: &Report, n: u64) -> Option<String> {
        (report.has_money && n > 0).then(|| self.amount(report.revenue.to_f64() / n as f64))
    }

    /// What some orders more would bring, as plain arithmetic: one in ten of the segment orders once at its average
    /// order value. `None` without money or orders, and of fewer than ten customers.
    pub fn overview_won_back(self, profile: &SegmentProfile) -> Option<String> {
        let amount = self.amount(won_back(profile)?);
        Some(self.either(
            format!("가정: 열 명 가운데 한 명이 평소 주문당 금액으로 한 번 더 주문하면 약 {amount}입니다."),
            format!("If one in ten order once more at their usual order value, that is about {amount}."),
        ))
    }

    /// An aim as a heading.
    pub const fn aim(self, aim: Aim) -> &'static str {
        match aim {
            Aim::Keep => self.pick("지키기", "Keep"),
            Aim::WinBack => self.pick("되찾기", "Win back"),
            Aim::Grow => self.pick("키우기", "Grow"),
        }
    }
}

/// A tenth of the customers times the money per order.
fn won_back(profile: &SegmentProfile) -> Option<f64> {
    let value = profile.average_order_value.filter(|value| *value > 0.0)?;
    let is_known = profile.counted == Counted::Orders && profile.n_customers >= 10;
    is_known.then(|| profile.n_customers as f64 / 10.0 * value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Money;

    fn profile(n_customers: u64, counted: Counted, value: Option<f64>) -> SegmentProfile {
        SegmentProfile {
            label: Label::Known(SegmentName::AtRisk),
            n_customers,
            customer_share: 0.1,
            counted,
            n_orders: 2 * n_customers,
            revenue: Money::new(0, 0),
            revenue_share: 0.1,
            average_order_value: value,
            medians: None,
            traits: Vec::new(),
        }
    }

    #[test]
    fn one_order_of_one_in_ten_is_a_tenth_of_the_customers_times_an_order() {
        let known = profile(150, Counted::Orders, Some(40.0));
        assert_eq!(won_back(&known), Some(600.0));
        let said = Words::new(Language::En).overview_won_back(&known).unwrap();
        assert!(
            said.starts_with("If one in ten") && said.contains("600"),
            "{said}"
        );
        let said = Words::new(Language::Ko).overview_won_back(&known).unwrap();
        assert!(said.starts_with("가정") && said.contains("600"), "{said}");
    }

    #[test]
    fn without_an_order_value_or_ten_customers_nothing_is_said_of_winning_back() {
        for silent in [
            profile(9, Counted::Orders, Some(40.0)),
            profile(150, Counted::Orders, None),
            profile(150, Counted::Orders, Some(0.0)),
            profile(150, Counted::Rows, Some(40.0)),
        ] {
            assert_eq!(Words::new(Language::En).overview_won_back(&silent), None);
        }
    }

    #[test]
    fn every_name_but_the_given_up_has_an_aim() {
        for (name, aim) in [
            (SegmentName::Champions, Some(Aim::Keep)),
            (SegmentName::CantLoseThem, Some(Aim::WinBack)),
            (SegmentName::NewCustomers, Some(Aim::Grow)),
            (SegmentName::Lost, None),
            (SegmentName::Others, None),
        ] {
            assert_eq!(Aim::of(name), aim);
        }
    }
}
