//! The pictures of the lifetime value in words: captions, what each mark says, and the sentence that opens each.

use super::Words;
use super::phrases::phrases;
use crate::analysis::lifetime::{
    ByFrequency, Calibrated, Holdout, Matrix, Outlook, Report, Tracked,
};

phrases! {
    lifetime_seen: "실제", "actual";
    lifetime_modelled: "모형", "model";
    lifetime_customers_axis: "고객 (명)", "customers";
    lifetime_orders_axis: "고객당 주문 (건, 시험 기간)", "orders of a customer (trial)";
    lifetime_repeat_axis: "재주문 횟수", "repeat orders";
    lifetime_repeat_before_axis: "시험 전 재주문 횟수", "repeat orders before the trial";
    lifetime_sum_axis: "누적 재주문 (건)", "repeat orders so far";
    lifetime_weeks_axis: "첫 주문부터 지난 주", "weeks since the first order";
    lifetime_day: "날짜", "Day";
    lifetime_since: "마지막 주문 뒤 일수", "Days since the last order";
    lifetime_since_axis: "열: 재주문 횟수 · 행: 마지막 주문 뒤 일수", "columns: repeat orders · rows: days since the last order";
    lifetime_no_room: "있을 수 없음", "cannot be";
    lifetime_clv_axis: "고객의 예상 가치", "expected value of a customer";
    lifetime_expected_axis: "고객의 예상 주문 (건)", "expected orders of a customer";
    lifetime_spread: "예상 가치의 분포", "How the expected value is spread";
    lifetime_calibration: "재주문 횟수별 고객: 모형과 실제", "Customers by repeat orders: model and actual";
    lifetime_trial_picture: "시험 기간의 주문: 모형과 실제", "Orders in the trial: model and actual";
    lifetime_tracking: "쌓인 재주문: 모형과 실제", "Repeat orders so far: model and actual";
    lifetime_matrix_orders: "주문 횟수와 침묵별 예상 주문", "Expected orders by frequency and silence";
    lifetime_matrix_alive: "주문 횟수와 침묵별 활동 확률", "P(alive) by frequency and silence";
}

impl Words {
    /// `1 repeat order`, `7+ repeat orders`.
    fn lifetime_repeats(self, name: &str) -> String {
        let noun = if name == "1" { "order" } else { "orders" };
        self.either(format!("재주문 {name}회"), format!("{name} repeat {noun}"))
    }

    /// The name of a row by repeat orders; the last one has so many or more.
    pub fn lifetime_repeat_row(self, n: u32, is_last: bool) -> String {
        format!("{n}{}", if is_last { "+" } else { "" })
    }

    pub(crate) fn lifetime_calibrated(self, name: &str, row: &Calibrated) -> String {
        let (actual, expected) = (self.customers(row.actual), self.fixed(row.expected, 1));
        let name = self.lifetime_repeats(name);
        self.either(
            format!("{name}: {actual}, 모형 {expected}명"),
            format!("{name}: {actual}, model {expected}"),
        )
    }

    /// The sentence over customers by repeat orders.
    pub fn lifetime_calibration_finding(self, report: &Report) -> String {
        let none = report.calibration.first();
        let (actual, expected) = none.map_or((0, 0.0), |row| (row.actual, row.expected));
        let model = self.lifetime_model_of(Some(report.model));
        let (actual, expected) = (self.customers(actual), self.count((expected + 0.5) as u64));
        self.either(
            format!("재주문이 없는 고객은 {actual}이고, {model} 모형으로는 {expected}명입니다."),
            format!("Without a repeat order are {actual}; {model} expects {expected}."),
        )
    }

    pub(crate) fn lifetime_held(self, name: &str, row: &ByFrequency) -> String {
        let customers = self.customers(row.n_customers);
        let (actual, predicted) = (self.fixed(row.actual, 2), self.fixed(row.predicted, 2));
        let name = self.lifetime_repeats(name);
        self.either(
            format!("{name} ({customers}): 고객당 {actual}건, 모형 {predicted}건"),
            format!("{name} ({customers}): {actual} orders each, model {predicted}"),
        )
    }

    /// The sentence over the orders of the trial.
    pub fn lifetime_trial_finding(self, report: &Report, holdout: &Holdout) -> String {
        let predicted = holdout
            .score(Some(report.model))
            .map_or(0.0, |own| own.predicted);
        let model = self.lifetime_model_of(Some(report.model));
        let days = self.days(f64::from(holdout.days));
        let (actual, predicted) = (
            self.count(holdout.actual),
            self.count((predicted + 0.5) as u64),
        );
        let said = self.either(
            format!(
                "그때까지 알던 고객이 마지막 {days} 동안 한 주문 {actual}건을 {model} 모형은 {predicted}건으로 예측했습니다."
            ),
            format!("Of the {actual} orders in the last {days} of customers known by then, {model} forecast {predicted}."),
        );
        match self.lifetime_trial_prediction(holdout) {
            Some(within) => format!("{said} {within}"),
            None => said,
        }
    }

    pub(crate) fn lifetime_tracked(self, point: &Tracked) -> String {
        let (day, actual) = (self.day(point.day), self.count(point.actual));
        let expected = self.fixed(point.expected, 1);
        self.either(
            format!("{day}까지: 재주문 {actual}건, 모형 {expected}건"),
            format!("until {day}: {actual} repeat orders, model {expected}"),
        )
    }

    /// What stands at the line where the days end that the model was fitted to.
    pub(crate) fn lifetime_fitted_until(self, holdout: &Holdout) -> String {
        let day = self.day(holdout.cut);
        self.either(format!("{day}까지 맞춤"), format!("fitted until {day}"))
    }

    /// The sentence over the sums.
    pub fn lifetime_tracking_finding(self, holdout: &Holdout) -> String {
        let Some(last) = holdout.tracking.last() else {
            return String::new();
        };
        let (day, actual) = (self.day(last.day), self.count(last.actual));
        let cut = self.day(holdout.cut);
        let expected = self.count((last.expected + 0.5) as u64);
        let off = last.expected / (last.actual.max(1) as f64) - 1.0;
        let size = self.share(off.abs());
        let (ko, en) = match off < 0.0 {
            true => ("적습니다", "fewer"),
            false => ("많습니다", "more"),
        };
        self.either(
            format!("{cut}까지 알던 고객의 재주문은 {day}까지 {actual}건이고, 모형은 {expected}건으로 {size} {ko}."),
            format!("Customers known by {cut} made {actual} repeat orders until {day}; the model expects {expected}, {size} {en}."),
        )
    }

    /// A number in a cell of a matrix.
    pub(crate) fn lifetime_outlook(self, cell: &Outlook, is_alive: bool) -> String {
        match is_alive {
            true => self.share(cell.p_alive),
            false => self.fixed(cell.expected_orders, 2),
        }
    }

    pub(crate) fn lifetime_cell(self, x: u32, since: u32, cell: &Outlook) -> String {
        let since = self.days(f64::from(since));
        let alive = self.share(cell.p_alive);
        let orders = self.fixed(cell.expected_orders, 2);
        let repeats = self.lifetime_repeats(&x.to_string());
        self.either(
            format!("{repeats}, 마지막 주문 {since} 전: 활동 확률 {alive}, 예상 주문 {orders}건"),
            format!("{repeats}, the last {since} ago: P(alive) {alive}, expected orders {orders}"),
        )
    }

    /// The sentence over a matrix: the rarest and the most frequent buyers after as long a silence.
    pub fn lifetime_matrix_finding(self, matrix: &Matrix, is_alive: bool) -> String {
        let row = matrix.cells.len() / 2;
        let known = matrix.cells.get(row).map(|cells| {
            let known = cells.iter().zip(&matrix.repeat_orders);
            known.filter_map(|(cell, &x)| Some((x, cell.as_ref()?)))
        });
        let ends = known.and_then(|mut known| {
            let first = known.next()?;
            Some((first, known.next_back().unwrap_or(first)))
        });
        let (Some((few, many)), Some(&since)) = (ends, matrix.days_since.get(row)) else {
            return self.no_picture().to_owned();
        };
        let since = self.days(f64::from(since));
        let of = |(x, cell): (u32, &Outlook)| {
            let repeats = self.lifetime_repeats(&x.to_string());
            (repeats, self.lifetime_outlook(cell, is_alive))
        };
        let ((few, low), (many, high)) = (of(few), of(many));
        let (ko, en) = match is_alive {
            true => ("활동 확률은", "the probability of still ordering is"),
            false => ("예상 주문은", "the expected orders are"),
        };
        self.either(
            format!(
                "{since} 동안 주문이 없을 때 {ko} {few} 고객이 {low}, {many} 고객이 {high}입니다."
            ),
            format!("After {since} without an order {en} {low} with {few} and {high} with {many}."),
        )
    }

    /// The caption of the spread: money, or orders where there is none.
    pub(crate) const fn lifetime_spread_axis(self, has_money: bool) -> &'static str {
        match has_money {
            true => self.lifetime_clv_axis(),
            false => self.lifetime_expected_axis(),
        }
    }

    /// The least of a tier, at its line.
    pub(crate) fn lifetime_tier_from(self, percent: &str, least: &str) -> String {
        self.either(
            format!("상위 {percent} ≥ {least}"),
            format!("top {percent} ≥ {least}"),
        )
    }

    /// The sentence over the spread.
    pub fn lifetime_spread_finding(self, report: &Report) -> String {
        let of = |tier: &crate::analysis::lifetime::Tier| match report.clv {
            Some(_) => tier.clv.unwrap_or(0.0),
            None => tier.expected_orders,
        };
        let all: f64 = report.tiers.iter().map(of).sum();
        let top: f64 = report.tiers.iter().take(2).map(of).sum();
        let n_top: u64 = report
            .tiers
            .iter()
            .take(2)
            .map(|tier| tier.n_customers)
            .sum();
        let share = self.share(if all > 0.0 { top / all } else { 0.0 });
        let customers = self.customers(n_top);
        match report.clv {
            Some(_) => self.either(
                format!("예상 가치 상위 20%인 {customers}이 전체의 {share}입니다."),
                format!("The top 20%, {customers}, hold {share} of the expected value."),
            ),
            None => self.either(
                format!("예상 주문 상위 20%인 {customers}이 전체의 {share}입니다."),
                format!("The top 20%, {customers}, hold {share} of the expected orders."),
            ),
        }
    }
}
