//! The words of the inspector: the selected segment, and why its customers are in it.
//!
//! Rules of scores become ranges in the unit of each measure, by the cut points that were used.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::Label;
use crate::analysis::profile::{Counted, Trait};
use crate::analysis::rfm::{Convention, Report, RuleName, SegmentRule};

phrases! {
    inspector: "선택한 세그먼트", "Selected segment";
    inspector_hint: "그림이나 표에서 세그먼트를 고르면 누구인지, 왜 여기에 속하는지, 무엇을 하면 좋은지 보여 줍니다.",
        "Select a segment in a picture or a table to see who they are, why they are in it and what to do next.";
    inspector_why: "왜 여기에 속하나요?", "Why are they in it?";
    inspector_next: "무엇을 하면 좋을까요?", "What to do next";
    inspector_take: "목록 내려받기", "Download the list";
    inspector_see: "고객 보기", "See the customers";
    inspector_close: "닫기", "Close";
    inspector_others: "어떤 규칙에도 맞지 않는 고객입니다.", "No rule matches them.";
    inspector_unclustered: "고른 값 가운데 빈 것이 있는 고객입니다.", "A chosen feature is missing.";
    inspector_all_scores: "어떤 점수든", "any score";
    inspector_median_recency: "최근성 중앙값", "Median recency";
    inspector_median_monetary: "금액 중앙값", "Median monetary";
    inspector_or: "또는", "or";
    inspector_no_traits: "전체 고객과 뚜렷하게 다른 점이 없습니다.", "They do not clearly differ from all customers.";
}

impl Words {
    /// The name of the median of what frequency counts.
    pub const fn inspector_median_frequency(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.pick("주문 수 중앙값", "Median orders"),
            Counted::Rows => self.pick("행 수 중앙값", "Median rows"),
        }
    }

    /// Why the customers of a segment are in it: one line for each measure of each rule with its name.
    pub fn why_in_segment(self, report: &Report, label: &Label) -> Vec<Vec<String>> {
        let rules = report.params.map.iter().flat_map(|map| &map.0);
        rules
            .filter(|rule| names(rule, label))
            .map(|rule| self.rule_in_units(report, rule))
            .collect()
    }

    fn rule_in_units(self, report: &Report, rule: &SegmentRule) -> Vec<String> {
        let measures = [
            ("recency", rule.r),
            ("frequency", rule.f),
            ("monetary", rule.m),
        ];
        let with_money = measures
            .into_iter()
            .take(if report.has_money { 3 } else { 2 });
        with_money
            .map(|(measure, scores)| self.scores_in_units(report, measure, scores))
            .collect()
    }

    /// A range of scores of one measure, with the values that it stands for.
    fn scores_in_units(self, report: &Report, measure: &str, (low, high): (u8, u8)) -> String {
        let name = self.measure(measure);
        let groups = report.params.groups;
        if low <= 1 && high >= groups {
            return format!("{name}: {}", self.inspector_all_scores());
        }
        let (above, to) = report.bounds(measure, (low, high));
        let range = self.value_range(report.params.convention, measure, above, to);
        let scores = if low == high {
            low.to_string()
        } else {
            format!("{low}–{high}")
        };
        let has_cuts = above.is_some() || to.is_some();
        match (self.language, has_cuts) {
            (Language::Ko, true) => format!("{name} {scores}점: {range}"),
            (Language::En, true) => format!("{name} {scores}: {range}"),
            (Language::Ko, false) => format!("{name} {scores}점"),
            (Language::En, false) => format!("{name} {scores}"),
        }
    }

    /// The values between two cut points, in the unit of the measure.
    pub(super) fn value_range(
        self,
        convention: Convention,
        measure: &str,
        above: Option<f64>,
        to: Option<f64>,
    ) -> String {
        if measure != "monetary" {
            return self.whole_range(convention, measure, above, to);
        }
        let is_upper_open = convention == Convention::RRfm;
        let lower = above.map(|bound| (self.amount(bound), is_upper_open));
        let lower = lower.map(|(bound, is_in)| match (self.language, is_in) {
            (Language::Ko, true) => format!("{bound} 이상"),
            (Language::Ko, false) => format!("{bound} 초과"),
            (Language::En, true) => format!("at least {bound}"),
            (Language::En, false) => format!("more than {bound}"),
        });
        let upper = to.map(|bound| (self.amount(bound), is_upper_open));
        let upper = upper.map(|(bound, is_out)| match (self.language, is_out) {
            (Language::Ko, true) => format!("{bound} 미만"),
            (Language::Ko, false) => format!("{bound} 이하"),
            (Language::En, true) => format!("less than {bound}"),
            (Language::En, false) => format!("at most {bound}"),
        });
        let both: Vec<String> = lower.into_iter().chain(upper).collect();
        both.join(", ")
    }

    /// A range of days, orders or rows: they are counted, so that a cut point of 2.6 orders begins at 3 of them.
    fn whole_range(
        self,
        convention: Convention,
        measure: &str,
        above: Option<f64>,
        to: Option<f64>,
    ) -> String {
        let whole = |value: f64| value.max(0.0) as u64;
        let least = above.map(|cut| whole(convention.most_below(cut) + 1.0));
        let most = to.map(|cut| whole(convention.most_below(cut)));
        // Nobody has fewer orders than one; days may be none.
        let is_one_only = measure == "frequency" && least.is_none() && most == Some(1);
        let least = if is_one_only { most } else { least };
        let unit = self.measure_unit(measure, convention.counted());
        let range = self.counts_between(unit, least, most);
        let cuts = [above, to].into_iter().flatten();
        let broken = cuts.filter(|cut| cut.fract() != 0.0);
        let cuts: Vec<String> = broken.map(|cut| self.number(cut)).collect();
        match (cuts.is_empty(), self.language) {
            (true, _) => range,
            (false, Language::Ko) => format!("{range} (경계값 {})", cuts.join(", ")),
            (false, Language::En) => format!("{range} (cut at {})", cuts.join(", ")),
        }
    }

    fn counts_between(self, unit: &str, least: Option<u64>, most: Option<u64>) -> String {
        let count = |count: u64| self.count(count);
        match (self.language, least, most) {
            (_, Some(least), Some(most)) if least > most => {
                self.pick("해당하는 값 없음", "no value at all").to_owned()
            }
            (Language::Ko, Some(least), Some(most)) if least == most => {
                format!("{}{unit}", count(least))
            }
            (Language::Ko, Some(least), Some(most)) => {
                format!("{}–{}{unit}", count(least), count(most))
            }
            (Language::Ko, Some(least), None) => format!("{}{unit} 이상", count(least)),
            (Language::Ko, None, Some(most)) => format!("{}{unit} 이하", count(most)),
            (Language::En, Some(1), Some(1)) => format!("1 {}", unit.trim_end_matches('s')),
            (Language::En, Some(least), Some(most)) if least == most => {
                format!("{} {unit}", count(least))
            }
            (Language::En, Some(least), Some(most)) => {
                format!("{} to {} {unit}", count(least), count(most))
            }
            (Language::En, Some(least), None) => format!("{} or more {unit}", count(least)),
            (Language::En, None, Some(most)) => format!("{} or fewer {unit}", count(most)),
            (_, None, None) => self.inspector_all_scores().to_owned(),
        }
    }

    /// How a cluster differs in one measure, with the numbers behind it.
    pub fn trait_with_numbers(self, own: &Trait) -> String {
        let sentence = self.trait_sentence(own, Counted::Orders);
        let words = match own.feature == "monetary" {
            true => self,
            false => self.bare(),
        };
        let (mean, overall) = (words.amount(own.mean), words.amount(own.overall_mean));
        let z = self.decimal(own.z, 1);
        match self.language {
            Language::Ko => format!("{sentence} (평균 {mean}, 전체 {overall}, z {z})"),
            Language::En => format!("{sentence} (mean {mean}, all {overall}, z {z})"),
        }
    }
}

fn names(rule: &SegmentRule, label: &Label) -> bool {
    match (&rule.name, label) {
        (RuleName::Known(rule_name), Label::Known(name)) => rule_name == name,
        (RuleName::Own(rule_name), Label::Own(name)) => rule_name == name,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::SegmentName;
    use crate::analysis::rfm::{CutPoints, Params, SegmentMap};
    use crate::text::testing;

    fn report(convention: Convention, r: (u8, u8), f: (u8, u8), m: (u8, u8)) -> Report {
        let name = RuleName::Known(SegmentName::Champions);
        let map = SegmentMap(vec![SegmentRule { name, r, f, m }]);
        let cuts = CutPoints {
            recency_days: vec![10.0, 20.0, 30.0, 40.0],
            frequency: vec![1.0, 2.0, 3.0, 4.0],
            monetary: vec![100.0, 200.0, 300.0, 400.0],
        };
        Report {
            params: Params {
                convention,
                map: Some(map),
                ..Params::default()
            },
            cuts,
            ..testing::report()
        }
    }

    fn why(report: &Report) -> Vec<Vec<String>> {
        Words::new(Language::En).why_in_segment(report, &Label::Known(SegmentName::Champions))
    }

    #[test]
    fn high_recency_scores_mean_few_days() {
        assert_eq!(
            why(&report(Convention::Gyeol, (4, 5), (1, 2), (3, 3))),
            [[
                "Recency 4–5: 20 or fewer days",
                "Frequency 1–2: 2 or fewer orders",
                "Monetary 3: more than 200, at most 300",
            ]]
        );
    }

    #[test]
    fn the_r_convention_has_open_upper_ends() {
        assert_eq!(
            why(&report(Convention::RRfm, (2, 3), (5, 5), (1, 5))),
            [[
                "Recency 2–3: 20 to 39 days",
                "Frequency 5: 4 or more rows",
                "Monetary: any score",
            ]]
        );
    }

    #[test]
    fn broken_cut_points_are_worded_as_whole_counts_with_the_number_beside_them() {
        let check = |convention, f, language, expected: &str| {
            let mut report = report(convention, (1, 5), f, (1, 5));
            report.cuts.frequency = vec![1.0, 2.6, 2.8, 4.2];
            let label = Label::Known(SegmentName::Champions);
            let lines = Words::new(language).why_in_segment(&report, &label);
            assert_eq!(lines[0][1], expected);
        };
        let (gyeol, r) = (Convention::Gyeol, Convention::RRfm);
        let (ko, en) = (Language::Ko, Language::En);
        check(
            gyeol,
            (3, 5),
            en,
            "Frequency 3–5: 3 or more orders (cut at 2.6)",
        );
        check(gyeol, (3, 5), ko, "빈도 3–5점: 3건 이상 (경계값 2.6)");
        check(
            gyeol,
            (1, 2),
            en,
            "Frequency 1–2: 2 or fewer orders (cut at 2.6)",
        );
        check(gyeol, (2, 2), en, "Frequency 2: 2 orders (cut at 2.6)");
        check(gyeol, (4, 4), ko, "빈도 4점: 3–4건 (경계값 2.8, 4.2)");
        check(gyeol, (1, 1), en, "Frequency 1: 1 order");
        check(
            r,
            (3, 4),
            en,
            "Frequency 3–4: 3 to 4 rows (cut at 2.6, 4.2)",
        );
        check(
            gyeol,
            (3, 3),
            en,
            "Frequency 3: no value at all (cut at 2.6, 2.8)",
        );
    }

    #[test]
    fn a_segment_without_a_rule_has_no_reason() {
        let report = report(Convention::Gyeol, (1, 5), (1, 5), (1, 5));
        let label = Label::Known(SegmentName::Others);
        assert!(
            Words::new(Language::Ko)
                .why_in_segment(&report, &label)
                .is_empty()
        );
    }
}
