//! A person's own rules in words: every rule reads back as a sentence, and what is odd about it is said.

use super::Words;
use super::phrases::phrases;
use crate::analysis::beside;
use crate::analysis::rules::{Comparison, Condition, Oddity, Report, RuleFacts};
use crate::analysis::{Label, ReadyName, SegmentName, SegmentationId};

phrases! {
    rules_share_hint: "0에서 1까지 (50%는 0.5)", "from 0 to 1 (50% is 0.5)";
    rules_caption: "규칙별 고객", "Customers by rule";
    rules_editor: "규칙 고치기", "Edit the rules";
    rules_how: "고객은 맞는 규칙 가운데 첫 번째 세그먼트에 들어갑니다. 값이 비어 있으면 ‘비어 있음’과 ‘아님’ 말고는 어떤 조건에도 맞지 않습니다.",
        "A customer is in the segment of the first rule that matches. A missing value matches no condition but “is missing” and “not”.";
    rules_none: "아직 규칙이 없습니다. 규칙을 추가해 세그먼트를 만드세요.", "There is no rule yet. Add one to make a segment.";
    rules_add: "규칙 추가", "Add a rule";
    rules_new_name: "새 세그먼트", "New segment";
    rules_name: "이름", "Name";
    rules_up: "위로", "Up";
    rules_down: "아래로", "Down";
    rules_remove: "삭제", "Remove";
    rules_all_of: "모두 맞으면", "All of these";
    rules_any_of: "하나라도 맞으면", "Any of these";
    rules_join: "조건을 잇는 방식", "How conditions are joined";
    rules_not: "아님", "not";
    rules_add_test: "조건 추가", "Add a condition";
    rules_add_group: "묶음 추가", "Add a group";
    rules_measure: "값", "Value";
    rules_comparison: "비교", "Comparison";
    rules_number: "수", "Number";
    rules_second_number: "상한", "Upper number";
    rules_share: "비율 (%)", "Share (%)";
    rules_text: "텍스트", "Text";
    rules_texts: "고른 값", "Chosen values";
    rules_no_value: "값을 하나 이상 고르세요. 고르기 전에는 아무에게도 맞지 않습니다.", "Choose at least one value. Until then nobody matches.";
    rules_overlaps: "겹치는 규칙", "Rules that overlap";
    rules_empty_all: "조건이 없으면 모든 고객에게 맞습니다.", "Without a condition it matches everyone.";
    rules_empty_any: "조건이 없으면 아무에게도 맞지 않습니다.", "Without a condition it matches nobody.";
}

impl Words {
    /// The sentence that opens the rules.
    pub fn rules_finding(self, report: &Report) -> String {
        let n_rules = report.rules.len() as u64;
        if n_rules == 0 {
            return self.rules_none().to_owned();
        }
        let (rules, all) = (self.count(n_rules), report.n_customers);
        let taken = self.customers(all - report.n_others);
        let share = self.share((all - report.n_others) as f64 / all.max(1) as f64);
        let others = self.customers(report.n_others);
        self.either(
            format!("규칙 {rules}개에 {taken}({share})이 들어갑니다. 어느 규칙에도 맞지 않는 고객은 {others}입니다."),
            format!("Rules: {rules}. They hold {taken} ({share}); no rule matches {others}."),
        )
    }

    /// A rule as a sentence: `고객 가운데 지난 날수 30 이하 그리고 지역 ‘서울’`.
    pub fn rule_sentence(self, when: &Condition) -> String {
        match when {
            Condition::All(parts) if parts.is_empty() => {
                self.pick("모든 고객", "All customers").to_owned()
            }
            _ => {
                let condition = self.condition(when, false);
                self.either(
                    format!("고객: {condition}"),
                    format!("Customers with {condition}"),
                )
            }
        }
    }

    /// A text that a rule tests: of segments what they are called, else as it is.
    pub fn rule_text(self, measure: &str, text: &str) -> String {
        let Some(id) = beside::segmentation_of(measure) else {
            return text.to_owned();
        };
        let known = SegmentName::from_key(text).map(Label::Known);
        let ready = || ReadyName::from_key(text);
        match known.or_else(|| ready().map(Label::Ready)) {
            Some(label) => self.label(&label),
            None if id == SegmentationId::Clusters => {
                format!("{} {text}", self.segment_of(id))
            }
            None => text.to_owned(),
        }
    }

    fn condition(self, when: &Condition, is_inner: bool) -> String {
        let joined = |parts: &[Condition], word: &str, empty: &str| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| self.condition(part, true))
                .collect();
            match parts.len() {
                0 => empty.to_owned(),
                1 => parts.concat(),
                _ if is_inner => format!("({})", parts.join(word)),
                _ => parts.join(word),
            }
        };
        match when {
            Condition::All(parts) => joined(
                parts,
                self.pick(" 그리고 ", " and "),
                self.pick("모두", "anything"),
            ),
            Condition::Any(parts) => joined(
                parts,
                self.pick(" 또는 ", " or "),
                self.pick("해당 없음", "nothing"),
            ),
            Condition::Not(part) => {
                let inner = self.condition(part, true);
                self.either(
                    format!("[{inner}]에 해당하지 않음"),
                    format!("not [{inner}]"),
                )
            }
            Condition::Is(test) => {
                let name = self.feature_measure(&test.measure);
                let mut value = test.value.clone();
                if let Comparison::OneOf(texts) | Comparison::NoneOf(texts) = &mut value {
                    for text in texts.iter_mut() {
                        *text = self.rule_text(&test.measure, text);
                    }
                }
                format!("{name} {}", self.comparison(&value))
            }
        }
    }

    fn comparison(self, value: &Comparison) -> String {
        let name = self.comparison_name(value);
        let number = |number: &f64| self.decimal(*number, 6);
        let quoted = |texts: &[String]| {
            let quoted: Vec<String> = texts.iter().map(|text| format!("‘{text}’")).collect();
            quoted.join(", ")
        };
        match value {
            Comparison::AtLeast(bound)
            | Comparison::AtMost(bound)
            | Comparison::MoreThan(bound)
            | Comparison::LessThan(bound) => {
                let bound = number(bound);
                self.either(format!("{bound} {name}"), format!("{name} {bound}"))
            }
            Comparison::Between(low, high) => {
                let (low, high) = (number(low), number(high));
                self.either(format!("{low}~{high}"), format!("from {low} to {high}"))
            }
            Comparison::Highest(share) => {
                let share = self.share(*share);
                self.either(
                    format!("상위 {share}"),
                    format!("among the highest {share}"),
                )
            }
            Comparison::Lowest(share) => {
                let share = self.share(*share);
                self.either(format!("하위 {share}"), format!("among the lowest {share}"))
            }
            Comparison::OneOf(texts) | Comparison::NoneOf(texts) if texts.is_empty() => {
                self.pick("(고른 값 없음)", "(no value chosen)").to_owned()
            }
            Comparison::OneOf(texts) => quoted(texts),
            Comparison::NoneOf(texts) => {
                let texts = quoted(texts);
                self.either(format!("{texts} 아님"), format!("other than {texts}"))
            }
            Comparison::Contains(part) => {
                self.either(format!("‘{part}’ 포함"), format!("containing ‘{part}’"))
            }
            Comparison::Known | Comparison::Missing => name.to_owned(),
        }
    }

    /// What a rule does, in one line; of revenue nothing where the file has no money.
    pub fn rule_counts(self, facts: &RuleFacts, n_customers: u64, has_money: bool) -> String {
        let matching = self.customers(facts.n_matching);
        let share = self.share(facts.n_matching as f64 / n_customers.max(1) as f64);
        let revenue = self.money(facts.revenue_matching);
        let revenue = match has_money {
            true => self.either(format!(", 매출 {revenue}"), format!(", revenue {revenue}")),
            false => String::new(),
        };
        let taken = self.customers(facts.n_taken);
        if facts.n_taken == facts.n_matching {
            return self.either(
                format!("{matching}({share}){revenue}"),
                format!("{matching} ({share}){revenue}"),
            );
        }
        self.either(
            format!("{matching}({share}){revenue}. 앞 규칙을 빼면 {taken}이 남습니다."),
            format!(
                "Matches {matching} ({share}){revenue}; {taken} {} left by earlier rules.",
                Self::verb(facts.n_taken, "is", "are")
            ),
        )
    }

    /// What is odd about a rule, and what to do.
    pub const fn rule_oddity(self, oddity: Oddity) -> &'static str {
        match oddity {
            Oddity::Nobody => self.pick(
                "아무에게도 맞지 않습니다. 서로 어긋나는 조건이 없는지 보세요.",
                "It matches nobody. See whether its conditions contradict each other.",
            ),
            Oddity::Everybody => self.pick(
                "모든 고객에게 맞아 다음 규칙은 쓰이지 않습니다. 조건을 더하거나 맨 뒤로 옮기세요.",
                "It matches everybody, so that no later rule is used. Add a condition or move it to the end.",
            ),
            Oddity::NobodyLeft => self.pick(
                "앞 규칙이 모두 가져가 남는 고객이 없습니다. 위로 옮기거나 조건을 바꾸세요.",
                "Earlier rules leave nobody for it. Move it up or change its conditions.",
            ),
        }
    }

    /// Two rules that match the same customers.
    pub fn rule_overlap(self, first: &str, second: &str, n_customers: u64) -> String {
        let customers = self.customers(n_customers);
        self.either(
            format!("‘{first}’, ‘{second}’: {customers}. 앞에 있는 ‘{first}’에 들어갑니다."),
            format!(
                "“{first}” and “{second}”: {customers}, who are in “{first}”, the first of the two."
            ),
        )
    }

    /// What an editing step does to which rule, for its button: `2번째 규칙: 위로`.
    pub fn rule_action(self, number: usize, action: &str) -> String {
        self.either(
            format!("규칙 {number}: {action}"),
            format!("Rule {number}: {action}"),
        )
    }

    /// A comparison by its place among those that are offered: of numbers, or of texts.
    pub const fn comparison_name(self, value: &Comparison) -> &'static str {
        match value {
            Comparison::AtLeast(_) => self.pick("이상", "at least"),
            Comparison::AtMost(_) => self.pick("이하", "at most"),
            Comparison::MoreThan(_) => self.pick("초과", "more than"),
            Comparison::LessThan(_) => self.pick("미만", "less than"),
            Comparison::Between(..) => self.pick("사이", "between"),
            Comparison::Highest(_) => self.pick("상위 비율", "among the highest"),
            Comparison::Lowest(_) => self.pick("하위 비율", "among the lowest"),
            Comparison::OneOf(_) => self.pick("이 가운데 하나", "one of"),
            Comparison::NoneOf(_) => self.pick("이것들이 아님", "none of"),
            Comparison::Contains(_) => self.pick("글자가 들어 있음", "contains"),
            Comparison::Known => self.pick("값이 있음", "is known"),
            Comparison::Missing => self.pick("비어 있음", "is missing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::Test;
    use crate::text::Language;

    fn is(measure: &str, value: Comparison) -> Condition {
        Condition::Is(Test {
            measure: measure.into(),
            value,
        })
    }

    #[test]
    fn revenue_is_told_only_where_there_is_money() {
        let facts = RuleFacts {
            n_matching: 4,
            revenue_matching: crate::data::Money::new(90, 0),
            n_taken: 4,
            n_by_test: Vec::new(),
            oddity: None,
        };
        let words = Words::new(Language::En);
        assert_eq!(words.rule_counts(&facts, 8, false), "4 customers (50.0%)");
        let said = words.rule_counts(&facts, 8, true);
        assert!(
            said.starts_with("4 customers (50.0%), revenue 90"),
            "{said}"
        );
    }

    #[test]
    fn a_rule_reads_back_as_a_sentence() {
        let recent = || is("recency", Comparison::AtMost(30.0));
        let city = || {
            is(
                "지역",
                Comparison::OneOf(vec!["서울".into(), "부산".into()]),
            )
        };
        let rich = || is("monetary", Comparison::Highest(0.2));
        let either = Condition::Any(vec![city(), Condition::Not(Box::new(rich()))]);
        let nested = Condition::All(vec![recent(), either]);
        let (ko, en) = (Words::new(Language::Ko), Words::new(Language::En));
        for (when, korean, english) in [
            (
                recent(),
                "고객: 지난 날수 30 이하",
                "Customers with days since last order at most 30",
            ),
            (
                nested,
                "고객: 지난 날수 30 이하 그리고 (지역 ‘서울’, ‘부산’ 또는 [구매 금액 상위 20.0%]에 해당하지 않음)",
                "Customers with days since last order at most 30 and (지역 ‘서울’, ‘부산’ or not [spending among the highest 20.0%])",
            ),
            (Condition::All(vec![]), "모든 고객", "All customers"),
        ] {
            assert_eq!(ko.rule_sentence(&when), korean);
            assert_eq!(en.rule_sentence(&when), english);
        }
    }
}
