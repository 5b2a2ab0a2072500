//! What cohorts, their measures and their periods are called, and why there are none.
//!
//! Sentences about what they show: `cohort_findings`.

use super::numbers::AmountUnit;
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::cohorts::{By, Cell, CohortProblem, Label, Measure, Report, Unit, iso_week};

phrases! {
    cohort_by: "코호트 기준", "Cohorts by";
    cohort_by_acquisition: "첫 주문 시기", "First order";
    cohort_unit: "기간 단위", "Period";
    cohort_measure: "지표", "Measure";
    cohort_activity: "재구매 인정 기준", "Counts as back";
    cohort_in_period: "해당 기간에 주문", "Order in the period";
    cohort_in_or_after: "해당 기간 이후 한 번이라도 주문", "Order in it or later";
    cohort_head: "코호트", "Cohort";
    cohort_mean: "전체 평균", "Mean of all";
    cohort_missing: "값 없음", "No value";
    cohort_others: "기타", "Others";
    cohort_map: "코호트 히트맵", "Cohort by cohort";
    cohort_curves: "코호트별 추이", "Curves";
    cohort_compare: "두 코호트 비교", "Compare two cohorts";
    cohort_first: "첫 번째 코호트", "First cohort";
    cohort_second: "두 번째 코호트", "Second cohort";
    cohort_largest: "자동 (고객이 가장 많은 코호트)", "Automatic (largest)";
    cohort_period: "비교 시점 (첫 주문한 기간은 0)", "Period compared (that of the first order is 0)";
    cohort_not_compared: "두 코호트 모두 끝난 기간이 없거나 비교할 고객이 너무 적습니다. 다른 코호트를 고르거나 기간 단위를 줄이세요.",
        "There is no period that both have completed, or too few customers to compare. Choose other cohorts or a shorter period.";
    cohort_running: "진행 중", "Not over yet";
    cohort_download: "표 저장 (CSV)", "Save the table (CSV)";
    cohort_how: "고객마다 첫 주문이 있는 기간을 0으로 놓고 그다음 기간을 1, 2, 3…으로 셉니다. 끝난 기간만 집계하고, 진행 중인 칸은 빗금으로 비워 둡니다. 색은 그림에 나온 값의 최소부터 최대까지 나눈 것이고, 모든 고객이 주문하는 첫 기간은 칠하지 않습니다. 전체 평균은 고객 수로 가중한 평균입니다. 비율의 차이는 뉴컴(1998) 신뢰구간과 연속성 보정 카이제곱 검정, 평균의 차이는 웰치 t 검정으로 확인합니다. 평균 주문 금액은 한 고객의 주문이 서로 비슷하다는 점을 감안해 고객 단위로 검정합니다. 여러 칸을 골라 가며 비교하면 우연히 차이가 나는 칸도 나옵니다. 열의 값과 세그먼트는 현재 기준입니다. 지금 챔피언인 고객의 재구매율이 높은 것은 당연합니다. ‘첫 주문의 …’은 첫 주문 당시의 값이고, 한 번에 여러 상품을 샀다면 금액이 가장 큰 행의 값입니다.",
        "Periods count from that of each customer's first order, which is 0. Only periods that are over count; the rest is left blank and hatched. Shades run from the lowest to the highest value in the picture; the first period, in which everybody ordered, has none. The mean weighs every customer alike, so that large cohorts count for more. Differences of shares have Newcombe's (1998) interval and χ² with continuity correction, those of means Welch's t; for the average order value customers are the units, since the orders of one customer are alike. Who compares many cells will find some that differ by chance. Columns and segments are as they stand today: who is a champion now has come back by definition. What is “of the first order” is as it was then; of several products bought at once, that of the row with the most money.";
}

impl Words {
    /// How long a period is.
    pub const fn cohort_unit_of(self, unit: Unit) -> &'static str {
        match unit {
            Unit::Day => self.pick("일", "Day"),
            Unit::Week => self.pick("주 (월요일 시작)", "Week (from Monday)"),
            Unit::Month => self.pick("월", "Month"),
            Unit::Quarter => self.pick("분기", "Quarter"),
        }
    }

    /// What is measured.
    pub const fn cohort_measure_of(self, measure: Measure) -> &'static str {
        match measure {
            Measure::Retention => self.pick("재구매율", "Retention"),
            Measure::Churn => self.pick("이탈률", "Churn"),
            Measure::Customers => self.pick("주문 고객 수", "Active customers"),
            Measure::Orders => self.pick("주문 수", "Orders"),
            Measure::Revenue => self.pick("매출", "Revenue"),
            Measure::CumulativeRevenue => {
                self.pick("고객당 누적 매출", "Cumulative revenue per customer")
            }
            Measure::AverageOrderValue => self.pick("평균 주문 금액", "Average order value"),
        }
    }

    /// What a cohort is called.
    pub fn cohort_label(self, unit: Unit, label: &Label) -> String {
        match label {
            Label::Text(text) => text.clone(),
            Label::Segment(label) => self.label(label),
            Label::Missing => self.cohort_missing().to_owned(),
            Label::Others => self.cohort_others().to_owned(),
            Label::Band { above, until } => {
                let [above, until] = [above, until].map(|end| end.map(|end| self.number(end)));
                match (above, until) {
                    (Some(above), Some(until)) => format!("> {above} – {until}"),
                    (Some(above), None) => format!("> {above}"),
                    (None, Some(until)) => format!("≤ {until}"),
                    (None, None) => self.pick("모두", "All").to_owned(),
                }
            }
            Label::Period(first) => {
                let (year, month, _) = first.civil();
                let quarter = month.div_ceil(3);
                let (week_year, week) = iso_week(*first);
                match (unit, self.language) {
                    (Unit::Day, _) => self.day(*first),
                    (Unit::Week, Language::Ko) => format!("{week_year}년 {week}주"),
                    (Unit::Week, Language::En) => format!("{week_year} week {week}"),
                    (Unit::Month, _) => self.month(*first),
                    (Unit::Quarter, Language::Ko) => format!("{year}년 {quarter}분기"),
                    (Unit::Quarter, Language::En) => format!("Q{quarter} {year}"),
                }
            }
        }
    }

    /// A value of a measure; a dash where there is none.
    pub fn cohort_value(self, measure: Measure, value: Option<f64>) -> String {
        match value {
            None => "–".to_owned(),
            Some(value) if measure.is_share() => self.share(value),
            Some(value) if measure.is_money() => self.amount(value),
            Some(value) => self.decimal(value, 1),
        }
    }

    /// A value in a table of many: amounts in the unit that all of them share.
    pub(crate) fn cohort_value_in(
        self,
        unit: AmountUnit,
        measure: Measure,
        value: Option<f64>,
    ) -> String {
        match value {
            Some(value) if measure.is_money() => self.amount_in(unit, value),
            value => self.cohort_value(measure, value),
        }
    }

    /// What the columns of a table by first order are called, for a choice.
    pub fn cohort_by_first(self, column: &str) -> String {
        let column = self.column_name(column);
        self.either(
            format!("첫 주문의 {column}"),
            format!("{column} of the first order"),
        )
    }

    /// The periods as an axis: how many there have been since the first order, and how many of them are shown.
    pub(crate) fn cohort_axis(self, unit: Unit, n_shown: usize, n_periods: usize) -> String {
        let name = match unit {
            Unit::Day => self.pick("첫 주문 후 경과일", "Days since the first order"),
            Unit::Week => self.pick("첫 주문 후 경과 주", "Weeks since the first order"),
            Unit::Month => self.pick("첫 주문 후 경과 개월", "Months since the first order"),
            Unit::Quarter => self.pick("첫 주문 후 경과 분기", "Quarters since the first order"),
        };
        match n_shown < n_periods {
            true => self.either(
                format!("{name} ({n_periods}개 중 {n_shown}개 표시)"),
                format!("{name} ({n_shown} of {n_periods} shown)"),
            ),
            false => name.to_owned(),
        }
    }

    /// When a period is: `첫 주문 다음 달`, `the month after the first order`. Korean takes 에 after it, English `in`
    /// before it.
    pub(crate) fn cohort_when(self, unit: Unit, period: usize) -> String {
        let (name, counter) = match unit {
            Unit::Day => (self.pick("날", "day"), "일"),
            Unit::Week => (self.pick("주", "week"), "주"),
            Unit::Month => (self.pick("달", "month"), "개월"),
            Unit::Quarter => (self.pick("분기", "quarter"), "분기"),
        };
        match period {
            0 => self.either(
                format!("첫 주문한 {name}"),
                format!("the {name} of the first order"),
            ),
            1 => self.either(
                format!("첫 주문 다음 {name}"),
                format!("the {name} after the first order"),
            ),
            n => self.either(
                format!("첫 주문 {n}{counter} 뒤"),
                format!("{name} {n} after the first order"),
            ),
        }
    }

    /// What a cell says of itself.
    pub(crate) fn cohort_cell(
        self,
        report: &Report,
        name: &str,
        period: usize,
        cell: &Cell,
    ) -> String {
        let value = self.cohort_value(report.params.measure, cell.value);
        let when = self.cohort_when(report.params.unit, period);
        let customers = self.customers(cell.n_customers);
        let orders = self.orders(cell.n_orders);
        let active = self.count(cell.n_active);
        let mut text = self.either(
            format!("{name}, {when}: {value} ({customers} 중 {active}명이 {orders} 주문)"),
            format!("{name}, {when}: {value} ({active} of {customers} ordered, {orders})"),
        );
        if report.has_money {
            let revenue = self.money_full(cell.revenue);
            text.push_str(&format!(", {} {revenue}", self.head_revenue()));
        }
        text
    }

    /// Why there are no cohorts, and what to do.
    pub(super) fn cohort_problem(self, problem: CohortProblem) -> String {
        match problem {
            CohortProblem::TooMany { found, most } => self.either(
                format!("코호트가 {}개여서 표시할 수 없습니다(최대 {most}개). 값의 종류가 적은 열을 고르세요.", self.count(found)),
                format!("There would be {} cohorts; at most {most} can be shown. Choose a column with fewer values.", self.count(found)),
            ),
            CohortProblem::TooManyCells { found, most } => {
                let [found, most] = [found, most].map(|n| self.count(n));
                self.either(
                    format!("코호트와 기간을 곱한 칸이 {found}개여서 한 번에 계산할 수 없습니다(최대 {most}개). 기간 단위를 늘리거나 값의 종류가 적은 열을 고르세요."),
                    format!("There would be {found} cells, cohorts by periods; at most {most} can be computed at once. Choose a longer period, or a column with fewer values."),
                )
            }
            CohortProblem::TooShort(unit) => {
                let unit = self.cohort_unit_of(unit);
                self.either(
                    format!("첫 주문 이후 끝난 기간이 아직 없습니다(단위: {unit}). 기간 단위를 줄이거나 더 긴 기간의 주문 파일을 여세요."),
                    format!("No period after the first order is over yet (period: {unit}). Choose a shorter period, or open orders of a longer time."),
                )
            }
            other => self.plain_cohort_problem(other).to_owned(),
        }
    }

    const fn plain_cohort_problem(self, problem: CohortProblem) -> &'static str {
        match problem {
            CohortProblem::NoOrders => self.pick(
                "코호트 분석에는 주문별 날짜가 필요합니다. 고객 표 대신 주문 파일을 여세요.",
                "Cohorts need single orders with dates. Open a file of orders instead of a table of customers.",
            ),
            CohortProblem::OneDay => self.pick(
                "주문이 모두 같은 날짜라 재구매를 알 수 없습니다. 더 긴 기간의 주문 파일을 여세요.",
                "All orders are on one day, so nobody can have come back. Open orders of a longer time.",
            ),
            CohortProblem::NobodyCameBack => self.pick(
                "모든 고객이 한 번씩만 주문했습니다. 고객 열에 주문 번호가 지정되지 않았는지 확인하거나 더 긴 기간의 주문 파일을 여세요.",
                "Every customer ordered once. See whether the customer column really names customers and not orders, or open orders of a longer time.",
            ),
            CohortProblem::OneCohort(By::Acquisition) => self.pick(
                "모든 고객의 첫 주문이 같은 기간에 있어 코호트가 하나뿐입니다. 기간 단위를 줄이거나, 열을 기준으로 나누거나, 더 긴 기간의 주문 파일을 여세요.",
                "All first orders are in one period, so there is one cohort only. Choose a shorter period, make cohorts by a column, or open orders of a longer time.",
            ),
            CohortProblem::OneCohort(_) => self.pick(
                "모든 고객이 한 코호트에 속합니다. 다른 열이나 세그먼트를 고르세요.",
                "All customers are in one cohort. Choose another column or segmentation.",
            ),
            _ => self.pick(
                "이 파일에는 금액이 없습니다. 재구매율처럼 금액이 필요 없는 지표를 고르거나 금액 열을 지정하세요.",
                "This file has no money. Choose a measure without it, such as retention, or name a column of amounts.",
            ),
        }
    }
}
