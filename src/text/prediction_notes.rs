//! What is worth knowing about a prediction, and why there is none, with the way out.

use super::Words;
use crate::analysis::prediction::{Note, Problem, Refusal};

impl Words {
    /// Something worth knowing.
    pub fn prediction_note(self, note: &Note) -> String {
        match note {
            Note::LoneOrders(lone) => self.lone_orders(*lone),
            Note::NamesThings(name) => self.either(
                format!("‘{name}’ 열은 고객마다 다른 식별 값이라 예측에 쓰지 않았습니다."),
                format!("“{name}” only names customers and was left out."),
            ),
            Note::MayKnowLater(name) => {
                let name = self.feature(name);
                self.either(
                    format!("‘{name}’에는 예측 시점보다 나중에 알게 된 내용이 들어 있을 수 있습니다. 그러면 검증 결과가 실제보다 좋아 보입니다."),
                    format!("“{name}” may hold what was known only later; the test would then look better than it is."),
                )
            }
            Note::NearlyTheTarget(term) => {
                let term = self.prediction_term_of(Some(term));
                self.either(
                    format!("‘{term}’만으로 거의 완벽하게 맞습니다. 결과가 나온 뒤에 생긴 값(정보 누수)이 아닌지 확인하고, 그렇다면 빼세요."),
                    format!("“{term}” alone nearly gives the answer. Check whether it is a consequence of it (leakage), and leave it out."),
                )
            }
            Note::Aliased(term) => {
                let term = self.prediction_term_of(Some(term));
                self.either(
                    format!("다른 값에서 그대로 나오거나 모든 고객이 같아서 뺐습니다: ‘{term}’."),
                    format!("“{term}” is given by the others, or the same for all, and was passed over."),
                )
            }
            Note::Separated => self
                .pick(
                    "‘예’와 ‘아니요’가 어떤 값으로 완전히 갈려 계수가 수렴하지 않고 끝없이 커집니다. 릿지(표준화 계수에 1)로 붙잡았고 표준 오차는 없습니다. 결과를 그대로 담은 값이 있으면 빼고, 없으면 의사결정나무와 비교하세요.",
                    "The values part the classes completely, so that coefficients do not converge but grow without end. A ridge (1 on standardised ones) holds them; there are no standard errors. Leave out a value that holds the answer; if there is none, compare with a tree.",
                )
                .to_owned(),
            Note::Unsettled => self
                .pick(
                    "계산이 수렴하지 않아 모두에게 평균값을 예측했습니다. 예측에 쓸 값을 줄이거나 의사결정나무를 고르세요.",
                    "The regression did not settle, so that everybody is given the mean. Choose fewer values, or a tree.",
                )
                .to_owned(),
            Note::SplitAtRandom => self
                .pick(
                    "열에는 이후 기간이 없어 고객을 무작위로 나누어 검증했습니다.",
                    "A column has no later days: the customers were split at random.",
                )
                .to_owned(),
        }
    }

    /// Why there is no prediction, and what to do.
    pub(super) fn prediction_problem(self, refusal: Refusal) -> String {
        let why = self.prediction_why(refusal.problem);
        let Some(days) = refusal.days else {
            return format!("{why} {}", self.prediction_instead(refusal.problem));
        };
        let days = self.days(f64::from(days));
        match refusal.problem {
            Problem::ShortHistory { .. } => self.either(
                format!("{why} 예측 기간을 줄이세요. {days}이면 됩니다."),
                format!("{why} Look fewer days ahead: {days} would do."),
            ),
            _ => self.either(
                format!("{why} 예측 기간을 {days}로 하면 됩니다."),
                format!("{why} Looking {days} ahead would do."),
            ),
        }
    }

    fn prediction_why(self, problem: Problem) -> String {
        let plain = match problem {
            Problem::OneDay => self.pick(
                "모든 주문이 같은 날이라 그 뒤의 구매를 볼 수 없습니다.",
                "All orders are of one day, so that nothing comes after it.",
            ),
            Problem::FirstDay => self.pick(
                "기준일까지는 파일의 첫날 주문만 있어 그 뒤의 구매를 볼 수 없습니다.",
                "Until the as-of date there are only the orders of the file’s first day, so that nothing comes after them.",
            ),
            Problem::OneOrderEach => self.pick(
                "모든 고객의 주문이 한 건뿐이라 재구매를 학습할 수 없습니다.",
                "Every customer has one order, so that nothing can be learnt about the next.",
            ),
            Problem::OneClass => self.pick(
                "예측할 값이 모든 고객에게 같아 학습할 것이 없습니다.",
                "What is to be predicted is the same for everybody.",
            ),
            Problem::ManyClasses => self.pick(
                "예측할 열에 서로 다른 글이 세 가지 이상 있습니다.",
                "The column to predict has more than two texts.",
            ),
            Problem::TargetIsFeature => self.pick(
                "예측할 열이 예측에 쓸 값에도 들어 있습니다.",
                "The column to predict is among what it is predicted from.",
            ),
            Problem::ShortHistory { need, found } => {
                return self.either(
                    format!("주문 기록이 {found}일치뿐이라 검증할 기간이 없습니다. 이 설정에는 {need}일이 필요합니다."),
                    format!("The orders span {found} days; these settings need {need} to keep days for a test."),
                );
            }
            Problem::FewCustomers { need, found } => {
                let customers = self.customers(found as u64);
                return self.either(
                    format!("학습하거나 검증할 고객이 {customers}뿐입니다. 적어도 {need}명이 필요합니다."),
                    format!("Only {customers} to learn from or to test on; at least {need} are needed."),
                );
            }
            Problem::FewOfAClass { need, found } => {
                let customers = self.customers(found as u64);
                return self.either(
                    format!("‘예’와 ‘아니요’ 가운데 적은 쪽이 {customers}뿐입니다. 적어도 {need}명이 필요합니다."),
                    format!("The rarer outcome has only {customers}; at least {need} are needed."),
                );
            }
        };
        plain.to_owned()
    }

    /// What to do where no other days would help.
    const fn prediction_instead(self, problem: Problem) -> &'static str {
        match problem {
            Problem::OneDay | Problem::OneOrderEach => self.pick(
                "더 긴 기간의 주문이 든 파일을 열거나, 파일의 다른 열을 예측하세요.",
                "Open a file with orders of a longer time, or predict a column.",
            ),
            Problem::FirstDay => {
                self.pick("기준일을 더 뒤로 옮기세요.", "Choose a later as-of date.")
            }
            Problem::OneClass => self.pick(
                "다른 것을 예측하거나 더 긴 기간의 파일을 여세요.",
                "Predict something else, or open a file of a longer time.",
            ),
            Problem::ManyClasses => self.pick(
                "두 가지 값만 있거나 숫자인 열을 고르세요.",
                "Choose one with two, or with numbers.",
            ),
            Problem::TargetIsFeature => {
                self.pick("예측에 쓸 값에서 빼세요.", "Leave it out there.")
            }
            Problem::ShortHistory { .. } => self.pick(
                "더 긴 기간의 파일을 열거나, 검증 방법으로 교차 검증을 고르세요.",
                "Open a file of a longer time, or test by cross-validation.",
            ),
            Problem::FewCustomers { .. } | Problem::FewOfAClass { .. } => self.pick(
                "고객이 더 많거나 기간이 더 긴 파일을 여세요.",
                "Open a file with more customers, or of a longer time.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    const PROBLEMS: [Problem; 9] = [
        Problem::OneDay,
        Problem::FirstDay,
        Problem::OneOrderEach,
        Problem::OneClass,
        Problem::ManyClasses,
        Problem::TargetIsFeature,
        Problem::ShortHistory {
            need: 180,
            found: 90,
        },
        Problem::FewCustomers { need: 20, found: 3 },
        Problem::FewOfAClass { need: 5, found: 1 },
    ];

    #[test]
    fn every_problem_is_told_with_what_to_do_in_both_languages() {
        for problem in PROBLEMS {
            for days in [None, Some(30)] {
                let refusal = Refusal { problem, days };
                let [ko, en] = [Language::Ko, Language::En]
                    .map(|one| Words::new(one).prediction_problem(refusal));
                assert!(ko.ends_with('.') && en.ends_with('.') && ko != en);
                assert!(en.matches(". ").count() >= 1, "{en}");
                if days.is_some() {
                    assert!(ko.contains("30일") && en.contains("30 days"), "{en}");
                }
            }
        }
    }

    #[test]
    fn a_regression_that_does_not_converge_is_told_with_what_to_do() {
        for (note, korean, english) in [
            (
                Note::Separated,
                "수렴하지 않고",
                "Leave out a value that holds the answer",
            ),
            (
                Note::Unsettled,
                "수렴하지 않아",
                "Choose fewer values, or a tree",
            ),
        ] {
            let [ko, en] =
                [Language::Ko, Language::En].map(|one| Words::new(one).prediction_note(&note));
            assert!(ko.contains(korean) && en.contains(english), "{ko} {en}");
        }
    }
}
