//! Cohorts in words: what they are called, whether customers come back, and how two of them differ.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::cohorts::{
    Activity, By, Cell, CohortProblem, Difference, Label, Measure, Report, Test, Unit, iso_week,
};

phrases! {
    cohort_by: "코호트 기준", "Cohorts by";
    cohort_by_acquisition: "첫 주문 시기", "First order";
    cohort_unit: "기간 단위", "Period";
    cohort_measure: "볼 값", "Measure";
    cohort_activity: "고객이 남은 기준", "Counts as back";
    cohort_in_period: "그 기간에 주문", "Order in the period";
    cohort_in_or_after: "그 기간이나 뒤에 주문", "Order in it or later";
    cohort_head: "코호트", "Cohort";
    cohort_mean: "전체 평균", "Mean of all";
    cohort_missing: "값 없음", "No value";
    cohort_map: "코호트별 표", "Cohort by cohort";
    cohort_curves: "코호트별 곡선", "Curves";
    cohort_compare: "두 코호트 비교", "Compare two cohorts";
    cohort_first: "첫째 코호트", "First cohort";
    cohort_second: "둘째 코호트", "Second cohort";
    cohort_largest: "자동 (가장 큰 코호트)", "Automatic (largest)";
    cohort_period: "비교할 기간 (첫 주문 기간이 0)", "Period compared (that of the first order is 0)";
    cohort_not_compared: "두 코호트 가운데 하나가 이 기간을 아직 다 보내지 않았거나 비교할 값이 모자랍니다. 더 이른 기간이나 다른 코호트를 고르세요.",
        "One of the two has not completed this period, or has too few values. Choose an earlier period or other cohorts.";
    cohort_running: "아직 끝나지 않은 기간", "Not over yet";
    cohort_lowest: "가장 낮음", "Lowest";
    cohort_highest: "가장 높음", "Highest";
    cohort_n_cohorts: "코호트 수", "Cohorts";
    cohort_period_head: "기간", "Period";
    cohort_axis: "첫 주문 뒤 기간", "Periods since the first order";
    cohort_download: "표 저장 (CSV)", "Save the table (CSV)";
    cohort_how: "고객마다 첫 주문이 있는 기간을 0으로 두고 뒤 기간을 셉니다. 다 끝난 기간만 셈에 넣고, 끝나지 않은 칸은 빗금으로 비워 둡니다. 평균은 고객 한 사람을 똑같이 봅니다(큰 코호트가 더 무겁습니다). 비율의 차이는 뉴컴(1998) 구간과 연속성 보정 카이제곱, 평균의 차이는 웰치의 t로 봅니다. 여러 칸을 골라 보며 비교하면 우연히 다른 칸도 나옵니다. 열의 값과 세그먼트는 지금의 것입니다. 지금 챔피언인 고객은 당연히 다시 온 고객입니다.",
        "Periods count from that of each customer's first order, which is 0. Only periods that are over count; the rest is left blank and hatched. The mean weighs every customer alike, so that large cohorts count for more. Differences of shares have Newcombe's (1998) interval and χ² with continuity correction, those of means Welch's t. Who compares many cells will find some that differ by chance. Columns and segments are as they stand today: who is a champion now has come back by definition.";
}

impl Words {
    /// How long a period is.
    pub const fn cohort_unit_of(self, unit: Unit) -> &'static str {
        match unit {
            Unit::Day => self.pick("일", "Day"),
            Unit::Week => self.pick("주 (월요일부터)", "Week (from Monday)"),
            Unit::Month => self.pick("월", "Month"),
            Unit::Quarter => self.pick("분기", "Quarter"),
        }
    }

    /// What is measured.
    pub const fn cohort_measure_of(self, measure: Measure) -> &'static str {
        match measure {
            Measure::Retention => self.pick("재구매율 (%)", "Retention (%)"),
            Measure::Churn => self.pick("이탈률 (%)", "Churn (%)"),
            Measure::Customers => self.pick("주문한 고객 수", "Active customers"),
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

    /// What a cell says of itself.
    pub(crate) fn cohort_cell(
        self,
        report: &Report,
        name: &str,
        period: usize,
        cell: &Cell,
    ) -> String {
        let value = self.cohort_value(report.params.measure, cell.value);
        let customers = self.customers(cell.n_customers);
        let orders = self.orders(cell.n_orders);
        let active = self.count(cell.n_active);
        let mut text = self.either(
            format!(
                "{name}, 기간 {period}: {value} ({customers} 가운데 {active}명 주문, {orders})"
            ),
            format!("{name}, period {period}: {value} ({active} of {customers} ordered, {orders})"),
        );
        if report.has_money {
            let revenue = self.money_full(cell.revenue);
            text.push_str(&format!(", {} {revenue}", self.head_revenue()));
        }
        text
    }

    /// The sentence that opens the view: how many come back in the next period, and how many in the last that is known.
    pub fn cohort_finding(self, report: &Report) -> String {
        let Some(next) = report.mean.get(1) else {
            return self.no_picture().to_owned();
        };
        let last = report.mean.len() - 1;
        let measure = report.params.measure;
        let value = |cell: &Cell| self.cohort_value(measure, cell.value);
        let (at_next, at_last) = (
            value(next),
            report.mean.last().map_or_else(String::new, value),
        );
        let name = self.cohort_measure_of(measure);
        let n_cohorts = self.count(report.cohorts.len() as u64);
        let back = self.share(match report.params.activity {
            Activity::InPeriod => next.n_active as f64 / next.n_customers.max(1) as f64,
            Activity::InOrAfter => next.n_active_or_later as f64 / next.n_customers.max(1) as f64,
        });
        match (measure, report.params.activity) {
            (Measure::Retention, Activity::InPeriod) => self.either(
                format!("다음 기간에 다시 주문한 고객은 {back}, {last}번째 뒤 기간에는 {at_last}입니다 (코호트 {n_cohorts}개)"),
                format!("{back} of customers order again in the next period and {at_last} in period {last} ({n_cohorts} cohorts)"),
            ),
            (Measure::Retention, Activity::InOrAfter) => self.either(
                format!("다음 기간이나 그 뒤에 다시 주문한 고객은 {back}입니다 (코호트 {n_cohorts}개)"),
                format!("{back} of customers order again in the next period or later ({n_cohorts} cohorts)"),
            ),
            _ => self.either(
                format!("{name}: 기간 1에 평균 {at_next}, 기간 {last}에 {at_last} (코호트 {n_cohorts}개)"),
                format!("{name}: {at_next} in period 1 on average, {at_last} in period {last} ({n_cohorts} cohorts)"),
            ),
        }
    }

    /// How much the cohorts differ in the next period.
    pub(crate) fn cohort_curves_finding(self, report: &Report) -> String {
        let measure = report.params.measure;
        let next = report
            .cohorts
            .iter()
            .filter_map(|own| own.cells.get(1)?.value);
        let (low, high) = next.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let name = self.cohort_measure_of(measure);
        let range = [low, high].map(|end| self.cohort_value(measure, Some(end)));
        let [low, high] = range;
        self.either(
            format!("{name}: 기간 1에 코호트마다 {low}에서 {high}까지"),
            format!("{name}: from {low} to {high} in period 1, cohort by cohort"),
        )
    }

    /// Orders that count nowhere, and cohorts that the pictures leave out; `None` where there are none.
    pub fn cohort_remark(self, report: &Report, n_hidden: usize) -> Option<String> {
        let later = (report.n_later_orders > 0).then(|| {
            let orders = self.orders(report.n_later_orders);
            let day = self.day(report.as_of);
            self.either(
                format!("기준일({day}) 뒤의 주문 {orders}은 세지 않았습니다."),
                format!("{orders} after the as-of date ({day}) do not count."),
            )
        });
        let hidden = (n_hidden > 0).then(|| {
            let n = self.count(n_hidden as u64);
            self.either(
                format!("그림에는 코호트 24개까지만 있고, 나머지 {n}개는 저장한 표에 있습니다."),
                format!(
                    "The pictures show 24 cohorts at most; the other {n} are in the saved table."
                ),
            )
        });
        let both: Vec<String> = later.into_iter().chain(hidden).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    /// How two cohorts differ.
    pub fn cohort_difference(self, report: &Report, difference: &Difference) -> String {
        let measure = report.params.measure;
        let shown = match measure {
            // Customers are compared as shares, money as what a customer brings.
            Measure::Customers => Measure::Retention,
            measure => measure,
        };
        let value = |value: f64| match shown {
            Measure::Orders => self.decimal(value, 2),
            _ => self.cohort_value(shown, Some(value)),
        };
        let range = |[low, high]: [f64; 2]| format!("{} – {}", value(low), value(high));
        let side = |place: usize| {
            let side = &difference.sides[place];
            let cohort = report.cohorts.get(difference.places[place]);
            let label = cohort.map(|own| self.cohort_label(report.params.unit, &own.label));
            let label = label.unwrap_or_default();
            let (mean, n) = (value(side.value), self.count(side.n));
            format!("{label} {mean} (n = {n}; {})", range(side.interval))
        };
        let (one, other) = (side(0), side(1));
        let (estimate, interval) = (value(difference.estimate), range(difference.interval));
        let test = match difference.test {
            Test::Shares => format!("χ² = {}", self.decimal(difference.statistic, 3)),
            Test::Means { df } => format!(
                "t = {}, df = {}",
                self.decimal(difference.statistic, 3),
                self.decimal(df, 1)
            ),
        };
        let p = match self.p_value(difference.p_value) {
            low if low.starts_with('<') => format!("p\u{a0}{low}"),
            p => format!("p\u{a0}=\u{a0}{p}"),
        };
        let verdict = match difference.p_value < 0.05 {
            true => self.pick(
                "우연만으로는 보기 드문 차이입니다.",
                "Chance alone would seldom give as much.",
            ),
            false => self.pick("우연일 수 있는 차이입니다.", "This may be chance."),
        };
        let rough = match difference.is_rough {
            true => self.pick(
                " 수가 적어 검정은 어림입니다.",
                " With so few, the test is rough.",
            ),
            false => "",
        };
        let period = difference.period;
        self.either(
            format!("기간 {period}: {one}, {other}. 차이 {estimate} (95% 구간 {interval}), {test}, {p}. {verdict}{rough}"),
            format!("Period {period}: {one}, {other}. Difference {estimate} (95% interval {interval}), {test}, {p}. {verdict}{rough}"),
        )
    }

    /// Why there are no cohorts, and what to do.
    pub(super) fn cohort_problem(self, problem: CohortProblem) -> String {
        match problem {
            CohortProblem::TooMany { found, most } => self.either(
                format!("코호트나 기간이 {}개나 되어 보여 줄 수 없습니다({most}개까지). 더 긴 기간 단위나 값이 적은 열을 고르고, 먼 앞날의 날짜가 있으면 기준일을 앞당기세요.", self.count(found)),
                format!("There would be {} cohorts or periods; at most {most} can be shown. Choose a longer period or a column with fewer values; where there are dates far in the future, set an earlier as-of date.", self.count(found)),
            ),
            CohortProblem::TooShort(unit) => {
                let unit = self.cohort_unit_of(unit);
                self.either(
                    format!("첫 주문 뒤로 다 지난 기간이 아직 없습니다(단위: {unit}). 더 짧은 기간 단위를 고르거나 더 긴 기간의 주문을 여세요."),
                    format!("No period after the first order is over yet (period: {unit}). Choose a shorter period, or open orders of a longer time."),
                )
            }
            other => self.plain_cohort_problem(other).to_owned(),
        }
    }

    const fn plain_cohort_problem(self, problem: CohortProblem) -> &'static str {
        match problem {
            CohortProblem::NoOrders => self.pick(
                "코호트에는 날짜가 있는 주문이 하나하나 필요합니다. 고객 표 대신 주문 파일을 여세요.",
                "Cohorts need single orders with dates. Open a file of orders instead of a table of customers.",
            ),
            CohortProblem::OneDay => self.pick(
                "주문이 모두 같은 날에 있어 다시 왔는지 알 수 없습니다. 더 긴 기간의 주문을 여세요.",
                "All orders are on one day, so nobody can have come back. Open orders of a longer time.",
            ),
            CohortProblem::NobodyCameBack => self.pick(
                "모든 고객이 한 번만 주문했습니다. 고객 번호 열이 주문 번호를 가리키지 않는지 확인하거나 더 긴 기간의 주문을 여세요.",
                "Every customer ordered once. See whether the customer column really names customers and not orders, or open orders of a longer time.",
            ),
            CohortProblem::OneCohort(By::Acquisition) => self.pick(
                "모든 고객의 첫 주문이 한 기간에 있어 코호트가 하나뿐입니다. 더 짧은 기간 단위를 고르세요.",
                "All first orders are in one period, so there is one cohort only. Choose a shorter period.",
            ),
            CohortProblem::OneCohort(_) => self.pick(
                "모든 고객이 한 코호트에 듭니다. 다른 열이나 구분을 고르세요.",
                "All customers are in one cohort. Choose another column or segmentation.",
            ),
            _ => self.pick(
                "이 파일에는 금액이 없습니다. 재구매율처럼 금액이 아닌 값을 고르거나 금액 열을 지정하세요.",
                "This file has no money. Choose a measure without it, such as retention, or name a column of amounts.",
            ),
        }
    }
}
