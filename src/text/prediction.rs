//! Predictions in words: what was found on the customers tested, how far it can be relied on, and why there is none.

use super::Words;
use super::phrases::phrases;
use crate::analysis::prediction::{
    Advantage, Measured, Model, Note, Problem, Report, Split, Target,
};

phrases! {
    prediction_target: "예측할 것", "Predict";
    prediction_column: "예측할 열", "Column to predict";
    prediction_days: "예측 기간(일)", "Days ahead";
    prediction_model: "모형", "Model";
    prediction_split: "시험 방법", "Tested on";
    prediction_threshold: "연락 기준 확률(%)", "Threshold (%)";
    prediction_hit_value: "성공 한 건의 가치", "Value of a hit";
    prediction_contact_cost: "연락 한 건의 비용", "Cost of a contact";
    prediction_money_hint: "둘 다 넣으면 기준 확률은 비용 ÷ 가치입니다. 0은 쓰지 않음.", "With both, the threshold is cost over value; 0 leaves them out.";
    prediction_features: "예측에 쓸 값", "Predicted from";
    prediction_metrics: "시험 결과: 모형과 단순한 추측", "Tested against simpler guesses";
    prediction_measure: "지표", "Measure";
    prediction_of_model: "이 모형", "This model";
    prediction_of_naive: "최근성·빈도만", "Recency and frequency alone";
    prediction_of_guess: "평균으로 추측", "Guessing the mean";
    prediction_of_folds: "교차 검증 평균", "Cross-validated mean";
    prediction_confusion: "기준 확률에서 맞고 틀린 수", "Right and wrong at the threshold";
    prediction_was_yes: "실제로 그랬음", "Did";
    prediction_was_no: "그러지 않음", "Did not";
    prediction_said: "예측", "Prediction";
    prediction_said_yes: "그럴 것으로 예측", "Predicted to";
    prediction_said_no: "아닐 것으로 예측", "Predicted not to";
    prediction_coefficients: "계수(95% 구간)", "Coefficients with 95% intervals";
    prediction_importance: "무엇이 예측을 좌우하나", "What the trees split by";
    prediction_term: "값", "Value";
    prediction_estimate: "계수", "Coefficient";
    prediction_error: "표준 오차", "Standard error";
    prediction_statistic: "z 또는 t", "z or t";
    prediction_p: "p", "p";
    prediction_interval: "95% 구간", "95% interval";
    prediction_reading: "뜻", "Reading";
    prediction_share_of_error: "줄인 오차의 비율", "Share of the error taken away";
    prediction_notes: "알아 둘 점", "Worth knowing";
    prediction_tenths: "예측 십분위별 고객", "Customers by tenth of the prediction";
    prediction_tenth: "십분위", "Tenth";
    prediction_predicted: "예측값 평균", "predicted (mean)";
    prediction_observed: "실제 평균", "came (mean)";
    prediction_lift: "리프트", "Lift";
    prediction_gain: "누적 몫", "Share so far";
    prediction_gain_base: "예측이 높은 순서로 본 고객의 비율", "share of customers, highest predictions first";
    prediction_gain_side: "실제 결과의 누적 몫 (대각선은 추측)", "share of what came (diagonal: guessing)";
    prediction_how: "어느 날까지 알던 값만으로 그 뒤를 배우고, 배울 때 쓰지 않은 더 나중의 기간(또는 다른 고객)에서 시험합니다. 시험한 바로 그 모형으로 지금 고객을 예측합니다. 나은지 여부는 고객별 손실(로그 손실 또는 제곱 오차)의 차이가 우연을 넘는지로 판단합니다.",
        "A model learns from what was known on one day and is tested on later days (or other customers) that it has not seen. The model that was tested is the one that scores. It is better where the difference of the losses, customer by customer, is beyond chance.";
}

impl Words {
    /// What is predicted.
    pub const fn prediction_target_of(self, target: Target) -> &'static str {
        match target {
            Target::BuysAgain => {
                self.pick("기간 안에 다시 사는지", "Who orders again within the days")
            }
            Target::Spend => self.pick("기간 안에 쓰는 금액", "Spending within the days"),
            Target::Column => self.pick("파일의 열 하나", "A column of the file"),
        }
    }

    /// What predicts.
    pub const fn prediction_model_of(self, model: Model) -> &'static str {
        match model {
            Model::Regression => self.pick(
                "회귀(로지스틱 또는 선형)",
                "Regression (logistic or linear)",
            ),
            Model::Tree => self.pick("나무 하나", "One shallow tree"),
            Model::Forest => self.pick("작은 숲", "A small forest"),
        }
    }

    /// Whom it is tested on.
    pub const fn prediction_split_of(self, split: Split) -> &'static str {
        match split {
            Split::Time => self.pick("더 나중의 기간", "Later days"),
            Split::Random => self.pick("무작위로 고른 다른 고객", "Other customers, at random"),
        }
    }

    /// The sentence that opens the view.
    pub fn prediction_finding(self, report: &Report) -> String {
        let share = self.share(report.over_guess.share.max(0.0));
        if !report.is_better() && report.over_guess.mean > 0.0 {
            return self.either(
                format!("믿고 쓸 만큼 예측되지 않습니다. 오차가 평균으로 추측하는 것보다 {share} 작지만 우연일 수 있습니다."),
                format!("Cannot be relied on: {share} less loss than guessing the mean, which may be chance."),
            );
        }
        if !report.is_better() {
            return self
                .pick(
                    "예측할 수 없습니다. 이 모형은 시험에서 평균으로 추측하는 것보다 낫지 않습니다.",
                    "Cannot be predicted: on those tested the model is no better than guessing the mean.",
                )
                .to_owned();
        }
        let naive = report
            .over_naive
            .map(|over| self.over_naive(over))
            .unwrap_or_default();
        let area = match &report.model {
            Measured::Classes(classes) => classes.auc.map(|auc| self.decimal(auc, 2)),
            Measured::Numbers(_) => None,
        };
        let area = area.map_or_else(String::new, |auc| {
            self.either(
                format!(" 구분력(AUC) {auc}."),
                format!(" It tells them apart with an AUC of {auc}."),
            )
        });
        self.either(
            format!("평균으로 추측하는 것보다 오차가 {share} 작습니다.{area}{naive}"),
            format!("Better than guessing the mean by {share} of its loss.{area}{naive}"),
        )
    }

    fn over_naive(self, over: Advantage) -> String {
        let text = if over.interval.0 > 0.0 {
            self.pick(
                " 최근성·빈도만 쓴 것보다도 낫습니다.",
                " It also beats recency and frequency alone.",
            )
        } else {
            self.pick(
                " 다만 최근성·빈도만 쓴 것보다 확실히 낫지는 않습니다.",
                " But it is not clearly better than recency and frequency alone.",
            )
        };
        text.to_owned()
    }

    /// What was learnt from and tested on.
    pub fn prediction_basis(self, report: &Report) -> String {
        let (train, test) = (
            self.customers(report.n_train),
            self.customers(report.n_test),
        );
        let mean = self.prediction_amount(report, report.test_mean);
        let positive = match &report.positive {
            Some(value) => self.either(
                format!(" ‘{value}’인 고객을 ‘예’로 봅니다."),
                format!(" Yes is “{value}”."),
            ),
            None => String::new(),
        };
        let days = match (report.learnt, report.tested) {
            (Some(learnt), Some(tested)) => {
                let [a, b, c, d] =
                    [learnt.cut, learnt.end, tested.cut, tested.end].map(|day| self.day(day));
                self.either(
                    format!(" 학습: {a}까지 알고 {b}까지 본 것. 시험: {c}까지 알고 {d}까지 본 것."),
                    format!(" Learnt: known on {a}, seen until {b}. Tested: known on {c}, seen until {d}."),
                )
            }
            _ => String::new(),
        };
        self.either(
            format!("{train}으로 배우고 {test}으로 시험했습니다. 시험 고객의 실제 평균은 {mean}입니다.{days}{positive}"),
            format!("Learnt from {train}, tested on {test}, of whom the mean is {mean}.{days}{positive}"),
        )
    }

    /// What contacting brings, where money was given.
    pub fn prediction_profit(self, report: &Report) -> Option<String> {
        let profit = report.profit?;
        let [chosen, all] = [profit.chosen, profit.all].map(|money| self.amount(money));
        let (n, threshold) = (
            self.customers(profit.n_chosen),
            self.share(report.threshold),
        );
        Some(self.either(
            format!("확률 {threshold}부터 {n}에게 연락하면 {chosen}, 모두에게 연락하면 {all}이 남습니다(시험 고객 기준)."),
            format!("Contacting {n} from a probability of {threshold} on leaves {chosen}; contacting all leaves {all} (among those tested)."),
        ))
    }

    /// Something worth knowing.
    pub fn prediction_note(self, note: &Note) -> String {
        match note {
            Note::NamesThings(name) => self.either(
                format!("‘{name}’ 열은 고객마다 다른 이름표라 예측에 쓰지 않았습니다."),
                format!("“{name}” only names customers and was left out."),
            ),
            Note::MayKnowLater(name) => {
                let name = self.feature(name);
                self.either(
                    format!("‘{name}’에는 예측하려는 때보다 나중에 안 것이 섞였을 수 있습니다. 그러면 시험 결과가 실제보다 좋아 보입니다."),
                    format!("“{name}” may hold what was known only later; the test would then look better than it is."),
                )
            }
            Note::NearlyTheTarget(term) => {
                let term = self.prediction_term_of(Some(term));
                self.either(
                    format!("‘{term}’만으로 거의 완벽하게 맞습니다. 결과에서 나온 값(누수)이 아닌지 확인하고 빼세요."),
                    format!("“{term}” alone nearly gives the answer. Check whether it is a consequence of it (leakage), and leave it out."),
                )
            }
            Note::Aliased(term) => {
                let term = self.prediction_term_of(Some(term));
                self.either(
                    format!("다른 값으로 그대로 정해지거나 모두 같아서 뺐습니다: ‘{term}’."),
                    format!("“{term}” is given by the others, or the same for all, and was passed over."),
                )
            }
            Note::Separated => self
                .pick(
                    "두 쪽이 완전히 갈려 계수가 끝없이 커집니다. 능형(릿지, 표준화 계수에 1)으로 붙잡았고 표준 오차는 없습니다.",
                    "The classes are separated, so that coefficients would grow without end. A ridge (1 on standardised ones) holds them; there are no standard errors.",
                )
                .to_owned(),
            Note::SplitAtRandom => self
                .pick(
                    "열에는 나중의 기간이 없어 고객을 무작위로 나누어 시험했습니다.",
                    "A column has no later days: the customers were split at random.",
                )
                .to_owned(),
        }
    }

    /// Why there is no prediction.
    pub(super) fn prediction_problem(self, problem: Problem) -> String {
        match problem {
            Problem::OneClass => self.pick(
                "예측할 값이 모두 같아 배울 것이 없습니다. 기간을 바꾸거나 다른 것을 예측하세요.",
                "What is to be predicted is the same for everybody. Change the days, or predict something else.",
            ).to_owned(),
            Problem::ManyClasses => self.pick(
                "예측할 열에 글이 세 가지 이상 있습니다. 두 가지이거나 숫자인 열을 고르세요.",
                "The column to predict has more than two texts. Choose one with two, or with numbers.",
            ).to_owned(),
            Problem::TargetIsFeature => self.pick(
                "예측할 열을 예측에도 쓰고 있습니다. 쓸 값에서 빼세요.",
                "The column to predict is among what it is predicted from. Leave it out there.",
            ).to_owned(),
            Problem::ShortHistory { need, found } => self.either(
                format!("주문 기록이 {found}일뿐이라 시험할 기간이 없습니다. 이 설정에는 {need}일이 필요합니다. 예측 기간을 줄이거나 무작위로 시험하세요."),
                format!("The orders span {found} days; these settings need {need} to keep days for a test. Look fewer days ahead, or test on other customers at random."),
            ),
            Problem::FewCustomers { need, found } => self.either(
                format!("배우거나 시험할 고객이 {found}명뿐입니다. 적어도 {need}명이 필요합니다. 예측 기간을 줄이거나 더 긴 파일을 여세요."),
                format!("Only {} to learn from or to test on; at least {need} are needed. Look fewer days ahead, or open a longer file.", self.customers(found as u64)),
            ),
            Problem::FewOfAClass { need, found } => self.either(
                format!("두 쪽 가운데 적은 쪽이 {found}명뿐입니다. 적어도 {need}명이 필요합니다. 예측 기간을 늘리세요."),
                format!("The rarer outcome has only {}; at least {need} are needed. Look more days ahead.", self.customers(found as u64)),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn what_chance_explains_is_not_called_better() {
        let mut report = crate::text::testing::prediction();
        let words = Words::new(Language::En);
        let mut finding = |mean: f64, low: f64| {
            report.over_guess.mean = mean;
            report.over_guess.interval.0 = low;
            report.over_guess.share = mean;
            words.prediction_finding(&report)
        };
        assert!(finding(0.2, 0.1).starts_with("Better than guessing the mean by 20.0%"));
        assert!(finding(0.2, -0.1).contains("may be chance"));
        assert!(finding(-0.2, -0.3).contains("no better than guessing"));
    }

    #[test]
    fn every_problem_is_a_sentence_in_both_languages() {
        for problem in [
            Problem::OneClass,
            Problem::ManyClasses,
            Problem::TargetIsFeature,
            Problem::ShortHistory {
                need: 180,
                found: 90,
            },
            Problem::FewCustomers { need: 20, found: 3 },
            Problem::FewOfAClass { need: 5, found: 1 },
        ] {
            let [ko, en] =
                [Language::Ko, Language::En].map(|one| Words::new(one).prediction_problem(problem));
            assert!(ko.ends_with('.') && en.ends_with('.') && ko != en);
        }
    }
}
