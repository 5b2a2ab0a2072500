//! What cohorts show, in sentences: who comes back, which cohorts stand out, how two of them differ.

use super::Words;
use super::josa::{Josa, with_josa};
use crate::analysis::cohorts::{Activity, Cell, Cohort, Difference, Measure, Report, Test};

/// The period in which cohorts are told apart: the first that says who came back.
const NEXT: usize = 1;

/// Customers from which on a cohort is named as the highest or lowest.
const LARGE: u64 = 30;

/// A mean of fewer cohorts is not told in the headline.
const ENOUGH: usize = 3;

/// The most periods in the table of a picture, which is a column each.
pub(crate) const MOST_COHORT_PERIODS: usize = 400;

impl Words {
    /// The sentence that opens the view: how many come back in the next period, and how many in the last that is known,
    /// each with how many cohorts have it.
    pub fn cohort_finding(self, report: &Report) -> String {
        let Some(next) = report.mean.get(NEXT) else {
            return self.no_picture().to_owned();
        };
        let (unit, measure) = (report.params.unit, report.params.measure);
        let at = |period: usize, cell: &Cell| {
            let value = self.cohort_value(measure, cell.value);
            let (n, when) = (n_behind(report, period), self.cohort_when(unit, period));
            (when, value, self.cohorts(n))
        };
        let (when, value, n) = at(NEXT, next);
        // What a single cohort has done says little of all.
        let enough = |(period, _): &(usize, &Cell)| n_behind(report, *period) >= ENOUGH;
        let mut later = report.mean.iter().enumerate().skip(NEXT + 1);
        let last = later.rfind(enough);
        let last = last.map(|(period, cell)| at(period, cell));
        match (measure, report.params.activity) {
            (Measure::Retention, Activity::InPeriod) => {
                let later = last.map_or_else(String::new, |(when, value, n)| {
                    self.either(
                        format!(", {when}에는 {value} ({n})"),
                        format!(" and {value} in {when} ({n})"),
                    )
                });
                self.either(
                    format!("{when}에 다시 주문한 고객은 {value} ({n}){later}"),
                    format!("{value} of customers order again in {when} ({n}){later}"),
                )
            }
            (Measure::Retention, Activity::InOrAfter) => self.either(
                format!("{when} 이후 한 번이라도 다시 주문한 고객은 {value} ({n})"),
                format!("{value} of customers order again in {when} or later ({n})"),
            ),
            _ => {
                let name = self.cohort_measure_of(measure);
                let later = last.map_or_else(String::new, |(when, value, n)| {
                    self.either(
                        format!(", {when} {value} ({n})"),
                        format!(", {value} in {when} ({n})"),
                    )
                });
                self.either(
                    format!("{name} 평균: {when} {value} ({n}){later}"),
                    format!("Mean of {}: {value} in {when} ({n}){later}", lower(name)),
                )
            }
        }
    }

    fn cohorts(self, n: usize) -> String {
        let count = self.counted(n as u64, "개", "cohort", "cohorts");
        self.either(format!("코호트 {count}"), count)
    }

    /// Which cohorts have most and least in the next period.
    pub(crate) fn cohort_map_finding(self, report: &Report) -> String {
        let value = |own: &Cohort| own.cells.get(NEXT).and_then(|cell| cell.value);
        // A handful of customers is all or nothing: only where there are no others they are named.
        let large = report.cohorts.iter().filter(|own| own.n_customers >= LARGE);
        let has_large = large.count() > 1;
        let known = report.cohorts.iter();
        let known = known.filter(|own| !has_large || own.n_customers >= LARGE);
        let known = known.filter_map(|own| Some((own, value(own)?)));
        let mut ends: Option<[(&Cohort, f64); 2]> = None;
        for one in known {
            let [low, high] = ends.get_or_insert([one, one]);
            if one.1 < low.1 {
                *low = one;
            }
            if one.1 > high.1 {
                *high = one;
            }
        }
        let Some([low, high]) = ends else {
            return self.no_picture().to_owned();
        };
        let (unit, measure) = (report.params.unit, report.params.measure);
        let (name, when) = (
            self.cohort_measure_of(measure),
            self.cohort_when(unit, NEXT),
        );
        let said = |(own, value): (&Cohort, f64)| {
            let label = self.cohort_label(unit, &own.label);
            format!("{label} ({})", self.cohort_value(measure, Some(value)))
        };
        let (low, high) = (said(low), said(high));
        if low == high {
            return self.either(
                format!("{when}의 {name}: {high}"),
                format!("{name} in {when}: {high}"),
            );
        }
        self.either(
            format!("{when}의 {name}: 최고 {high}, 최저 {low}"),
            format!("{name} in {when}: highest for {high}, lowest for {low}"),
        )
    }

    /// How far apart the cohorts are in the last period that two of them have.
    pub(crate) fn cohort_curves_finding(self, report: &Report) -> String {
        let (unit, measure) = (report.params.unit, report.params.measure);
        let values_in = |period: usize| {
            let cells = report.cohorts.iter();
            cells.filter_map(move |own| own.cells.get(period)?.value)
        };
        let mut periods = (NEXT..report.n_periods).rev();
        let last = periods.find(|&period| values_in(period).count() > 1);
        let last = last.unwrap_or(NEXT);
        if values_in(last).next().is_none() {
            return self.no_picture().to_owned();
        }
        let values = values_in(last);
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let (name, when) = (
            self.cohort_measure_of(measure),
            self.cohort_when(unit, last),
        );
        let [low, high] = [low, high].map(|end| self.cohort_value(measure, Some(end)));
        let n = self.cohorts(n_cohorts(report, last));
        self.either(
            format!("{when}의 {name}: {low} ~ {high} ({n})"),
            format!("{name} in {when}: {low} to {high} ({n})"),
        )
    }

    /// Orders that stand alone, orders that count nowhere, and what the pictures and their table leave out; `None` where
    /// there is nothing of the kind.
    pub fn cohort_remark(self, report: &Report, n_hidden: usize) -> Option<String> {
        let later = (report.n_later_orders > 0).then(|| {
            let orders = self.orders(report.n_later_orders);
            let day = self.day(report.as_of);
            self.either(
                format!("기준일({day}) 이후 주문 {orders}은 집계하지 않았습니다."),
                format!("{orders} after the as-of date ({day}): not counted."),
            )
        });
        let hidden = (n_hidden > 0).then(|| {
            let n_shown = report.cohorts.len() + report.n_left_out - n_hidden;
            let hidden = self.cohorts(n_hidden);
            self.either(
                format!("그림에는 코호트 {n_shown}개만 표시했습니다. 나머지 {hidden}는 저장한 표에서 볼 수 있습니다."),
                format!(
                    "The pictures show {}; the other {n_hidden} {} in the saved table.",
                    self.cohorts(n_shown),
                    Self::verb(n_hidden as u64, "is", "are")
                ),
            )
        });
        let lone = report.lone.map(|lone| self.lone_orders(lone));
        let all = lone.into_iter().chain(later).chain(hidden);
        let all: Vec<String> = all.chain(self.cohort_periods(report)).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    /// How many periods the table under the pictures has, where it has not all.
    fn cohort_periods(self, report: &Report) -> Option<String> {
        let (n_shown, n) = (MOST_COHORT_PERIODS, report.n_periods);
        (n > n_shown).then(|| {
            self.either(
                format!("그림 아래 표에는 기간 {n}개 중 처음 {n_shown}개만 있고, 저장한 표에는 모두 있습니다."),
                format!("The table under the pictures has the first {n_shown} of {n} periods; the saved table has all."),
            )
        })
    }

    /// How two cohorts differ.
    pub fn cohort_difference(self, report: &Report, difference: &Difference) -> String {
        let unit = report.params.unit;
        let side = |place: usize| {
            let side = &difference.sides[place];
            let cohort = report.cohorts.get(difference.places[place]);
            let label = cohort.map(|own| self.cohort_label(unit, &own.label));
            let label = label.unwrap_or_default();
            let value = self.compared(report, side.value);
            let [low, high] = side.interval.map(|end| self.compared(report, end));
            let n = self.customers(side.n);
            format!("{label} {value} ({n}; {low} – {high})")
        };
        let (one, other) = (side(0), side(1));
        let gap = |value: f64| {
            let text = self.compared(report, value);
            match text.strip_suffix('%') {
                Some(number) => self.either(format!("{number}%p"), format!("{number} points")),
                None => text,
            }
        };
        let (estimate, [low, high]) = (gap(difference.estimate), difference.interval.map(gap));
        let test = self.cohort_test(difference);
        let notes = self.cohort_difference_notes(report, difference);
        let when = self.cohort_when(unit, difference.period);
        self.either(
            format!("{when}: {one}, {other}. 차이 {estimate} (95% 신뢰구간 {low} – {high}), {test}{notes}"),
            format!("In {when}: {one}, {other}. Difference {estimate} (95% interval {low} – {high}), {test}{notes}"),
        )
    }

    /// A value that is compared: customers as shares, money as what a customer brings.
    fn compared(self, report: &Report, value: f64) -> String {
        match report.params.measure {
            Measure::Orders => self.decimal(value, 2),
            Measure::Customers => self.share(value),
            measure => self.cohort_value(measure, Some(value)),
        }
    }

    fn cohort_test(self, difference: &Difference) -> String {
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
                "우연으로 보기 어려운 차이입니다.",
                "Chance alone would seldom give as much.",
            ),
            false => self.pick("우연일 수 있는 차이입니다.", "This may be chance."),
        };
        format!("{test}, {p}. {verdict}")
    }

    /// What has to be known to read a difference: few customers, times made equal, another period than was asked for.
    fn cohort_difference_notes(self, report: &Report, difference: &Difference) -> String {
        let unit = report.params.unit;
        let mut notes = String::new();
        if difference.is_rough {
            notes.push_str(self.pick(
                " 고객이 적어 검정 결과는 어림값입니다.",
                " With so few, the test is rough.",
            ));
        }
        if let Some(until) = difference.followed_until {
            let from = self.cohort_when(unit, difference.period);
            let span = match until > difference.period {
                true => {
                    let until = self.cohort_when(unit, until);
                    self.either(
                        format!("{from}부터 {until}까지"),
                        format!("from {from} to {until}"),
                    )
                }
                false => self.either(from.clone(), format!("in {from}")),
            };
            notes.push_str(&self.either(
                format!(" 먼저 유입된 코호트일수록 재구매할 시간이 길었으므로, 추적 기간을 맞추려고 {span}의 주문만 셌습니다. 그래서 위 표와 값이 다를 수 있습니다."),
                format!(" An older cohort has had more time to come back in: to follow both equally long, only orders {span} count here, so that the values may differ from those above."),
            ));
        }
        let asked = report.params.period.unwrap_or(NEXT);
        if difference.period != asked {
            let asked = self.cohort_when(unit, asked);
            notes.push_str(&self.either(
                format!(" {} 아직 두 코호트 모두 끝나지 않아, 둘 다 끝난 가장 나중 시점을 비교했습니다.", with_josa(&asked, Josa::Topic)),
                format!(" Not both have completed {asked}; this is the latest that both have."),
            ));
        }
        notes
    }
}

/// How many cohorts are behind the mean of a period.
fn n_behind(report: &Report, period: usize) -> usize {
    report.n_cohorts.get(period).map_or(0, |&n| n as usize)
}

/// How many of the cohorts of the report have a period.
fn n_cohorts(report: &Report, period: usize) -> usize {
    let cohorts = report.cohorts.iter();
    cohorts.filter(|own| own.cells.len() > period).count()
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cohorts::Params;
    use crate::analysis::{LoneOrders, testing};
    use crate::text::Language;

    const KO: Words = Words::new(Language::Ko);
    const EN: Words = Words::new(Language::En);

    /// Of January one in two comes back in February, of February nobody in March; April is running.
    const ROWS: [(&str, &str, i64); 6] = [
        ("a", "2020-01-05", 1000),
        ("b", "2020-01-05", 2000),
        ("b", "2020-02-05", 1500),
        ("c", "2020-02-05", 3000),
        ("a", "2020-03-05", 500),
        ("c", "2020-04-05", 100),
    ];

    fn report(n_rows: usize, params: Params) -> Report {
        testing::cohorts_of(&ROWS[..n_rows], params)
    }

    #[test]
    fn the_finding_names_the_period_and_counts_the_cohorts_behind_each_number() {
        let report = report(6, Params::default());
        assert_eq!(
            EN.cohort_finding(&report),
            "33.3% of customers order again in the month after the first order (2 cohorts)"
        );
        assert_eq!(
            KO.cohort_finding(&report),
            "첫 주문 다음 달에 다시 주문한 고객은 33.3% (코호트 2개)"
        );
    }

    #[test]
    fn the_last_period_in_the_headline_is_one_that_three_cohorts_have() {
        let days: Vec<[String; 2]> = (1..=5)
            .map(|month| [month, month + 2].map(|month| format!("2020-{month:02}-05")))
            .collect();
        let rows = ["a", "b", "c", "d", "e"].into_iter().zip(&days);
        let rows: Vec<_> = rows
            .flat_map(|(id, days)| days.iter().map(move |day| (id, day.as_str(), 1000)))
            .collect();
        let report = testing::cohorts_of(&rows, Params::default());
        assert_eq!(
            KO.cohort_finding(&report),
            "첫 주문 다음 달에 다시 주문한 고객은 0.0% (코호트 5개), 첫 주문 3개월 뒤에는 0.0% (코호트 3개)"
        );
    }

    #[test]
    fn what_is_left_out_and_what_stands_alone_are_said_beside_the_pictures() {
        let mut report = report(6, Params::default());
        assert_eq!(EN.cohort_remark(&report, 0), None);
        (report.n_left_out, report.n_periods) = (200, 546);
        let said = |words: Words, report: &Report| words.cohort_remark(report, 200).unwrap();
        assert_eq!(
            said(EN, &report),
            "The pictures show 2 cohorts; the other 200 are in the saved table. The table under the pictures has the first 400 of 546 periods; the saved table has all."
        );
        assert!(said(KO, &report).ends_with(
            "그림 아래 표에는 기간 546개 중 처음 400개만 있고, 저장한 표에는 모두 있습니다."
        ));
        report.lone = Some(LoneOrders {
            n_orders: 1,
            first: "2099-01-01".parse().unwrap(),
            others_until: "2020-04-05".parse().unwrap(),
        });
        assert!(said(EN, &report).starts_with("1 order stands alone on 1 Jan 2099"));
        // The mean is of all cohorts, also of those that the report does not hold.
        report.n_cohorts[NEXT] = 202;
        assert!(EN.cohort_finding(&report).ends_with("(202 cohorts)"));
    }

    #[test]
    fn a_number_is_not_said_twice_where_there_is_one_period() {
        let report = report(5, Params::default());
        assert_eq!(report.mean.len(), 2);
        assert_eq!(
            EN.cohort_finding(&report),
            "50.0% of customers order again in the month after the first order (1 cohort)"
        );
        let revenue = Params {
            measure: Measure::Revenue,
            ..Params::default()
        };
        let report = self::report(5, revenue);
        assert_eq!(
            KO.cohort_finding(&report),
            "매출 평균: 첫 주문 다음 달 15 (코호트 1개)"
        );
    }

    #[test]
    fn each_of_the_three_sentences_of_the_view_is_another() {
        let report = report(6, Params::default());
        for words in [KO, EN] {
            let said = [
                words.cohort_finding(&report),
                words.cohort_map_finding(&report),
                words.cohort_curves_finding(&report),
            ];
            assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2]);
        }
        assert_eq!(
            EN.cohort_map_finding(&report),
            "Retention in the month after the first order: highest for Jan 2020 (50.0%), lowest for Feb 2020 (0.0%)"
        );
        assert_eq!(
            KO.cohort_curves_finding(&report),
            "첫 주문 다음 달의 재구매율: 0.0% ~ 50.0% (코호트 2개)"
        );
    }

    #[test]
    fn a_difference_says_when_another_period_was_compared_and_how_long_both_were_followed() {
        let params = Params {
            period: Some(2),
            activity: Activity::InOrAfter,
            ..Params::default()
        };
        let report = report(6, params);
        let difference = report.difference.unwrap();
        let said = EN.cohort_difference(&report, &difference);
        assert!(
            said.starts_with("In the month after the first order: Jan 2020 50.0% (2 customers;"),
            "{said}"
        );
        assert!(said.contains("Difference 50.0 points"), "{said}");
        assert!(
            said.contains("only orders in the month after the first order count here"),
            "{said}"
        );
        assert!(said.ends_with("Not both have completed month 2 after the first order; this is the latest that both have."), "{said}");
        let said = KO.cohort_difference(&report, &difference);
        assert!(
            said.contains("차이 50.0%p") && said.contains("첫 주문 2개월 뒤는 아직"),
            "{said}"
        );
    }
}
