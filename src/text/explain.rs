//! A segmentation explained in words: each leaf of the tree is a rule with how many it covers and how often it is right.

use super::Words;
use super::phrases::phrases;
use crate::analysis::Label;
use crate::analysis::explain::{Leaf, Report};

phrases! {
    explain_of: "설명할 구분", "Explain";
    explain_depth: "이어지는 조건 수", "Tests in a row";
    explain_caption: "규칙으로 본 세그먼트", "The segments as rules";
    explain_rule: "규칙", "Rule";
    explain_covers: "고객", "Customers";
    explain_right: "맞는 비율", "Right";
    explain_take: "내 규칙으로 쓰기", "Use as my rules";
    explain_replaces: "지금의 내 규칙을 바꿉니다. 되돌릴 수 있습니다.", "Replaces your rules; you can undo it.";
    explain_how: "분류 나무(Breiman 외 1984)가 지니 불순도를 가장 줄이는 조건을 차례로 고릅니다. 맞는 비율은 규칙에 드는 고객 가운데 정말 그 세그먼트인 비율, 일치도는 모든 고객 가운데 규칙이 맞힌 비율입니다.",
        "A classification tree (Breiman et al. 1984) picks the tests that lower the Gini impurity most. Right is the share of a rule's customers who really are in the segment; fidelity the share of all customers whom the rules place right.";
}

impl Words {
    /// The sentence that opens the explanation.
    pub fn explain_finding(self, report: &Report) -> String {
        let n = report.leaves.len() as u64;
        let (n_rules, rules) = (self.count(n), self.counted(n, "", "rule", "rules"));
        let (fidelity, baseline) = (self.share(report.fidelity), self.share(report.baseline));
        self.either(
            format!("규칙 {n_rules}개로 고객의 {fidelity}가 자기 세그먼트에 들어갑니다. 가장 큰 세그먼트 하나로만 답하면 {baseline}입니다."),
            format!("{rules} {} {fidelity} of the customers in their own segment; naming the largest one for all would be right for {baseline}.", Self::verb(n, "places", "place")),
        )
    }

    /// How far the rules can be relied on; `None` where they can.
    pub fn explain_caveat(self, report: &Report) -> Option<&'static str> {
        let gain = (report.fidelity - report.baseline) / (1.0 - report.baseline).max(1e-9);
        (report.fidelity < 0.999 && gain < 0.5).then(|| {
            self.pick(
                "이 규칙으로는 세그먼트를 절반도 설명하지 못합니다. 조건 수를 늘리거나 다른 구분을 쓰세요.",
                "The rules explain less than half of the segments. Allow more tests, or use another segmentation.",
            )
        })
    }

    /// Of each segment the share that its rules hold and place right; none where no rule is about it.
    pub fn explain_coverage(self, report: &Report) -> String {
        let of = |(label, share): &(Label, f64)| {
            let share = if *share > 0.0 {
                self.share(*share)
            } else {
                self.pick("규칙 없음", "no rule").to_owned()
            };
            format!("{} {share}", self.label(label))
        };
        let all: Vec<String> = report.coverage.iter().map(of).collect();
        let all = all.join(" · ");
        self.either(
            format!("세그먼트마다 자기 규칙에 바르게 든 고객: {all}"),
            format!("Of each segment, held by its own rules: {all}"),
        )
    }

    /// How often a leaf is right.
    pub fn explain_precision(self, leaf: &Leaf) -> String {
        self.share(leaf.n_right as f64 / leaf.n_customers.max(1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::SegmentName;
    use crate::data::Day;
    use crate::text::Language;

    #[test]
    fn coverage_is_said_of_every_segment_also_of_those_without_a_rule() {
        let report = Report {
            params: crate::analysis::explain::Params::default(),
            as_of: Day::from_number(0),
            n_customers: 20,
            n_grown: 20,
            fidelity: 0.9,
            baseline: 0.5,
            leaves: Vec::new(),
            coverage: vec![
                (Label::Known(SegmentName::Champions), 0.95),
                (Label::Known(SegmentName::Lost), 0.0),
            ],
        };
        let said = |language| Words::new(language).explain_coverage(&report);
        assert!(said(Language::En).ends_with("Champions 95.0% · Lost no rule"));
        assert!(said(Language::Ko).ends_with("챔피언 95.0% · 이탈 고객 규칙 없음"));
    }
}
