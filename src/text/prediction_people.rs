//! Who and how many will do what is predicted, and of whom and of which days that was learnt.

use super::Words;
use super::josa::{Josa, with_josa};
use crate::analysis::prediction::{Report, Split, Target};

impl Words {
    /// How far the prediction reaches, and how good it is; in plain words where it cannot be relied on.
    pub fn prediction_people(self, report: &Report) -> Option<String> {
        if !report.is_better() {
            let share = self.share(report.test_mean);
            return report.is_classes.then(|| {
                let did = self.prediction_did(report);
                self.either(
                    format!("검증 고객 가운데 {did} 고객은 {share}였지만, 누가 그럴지는 이 모형으로 가릴 수 없습니다."),
                    format!("Of those tested {share} did; which customers will, this model cannot tell."),
                )
            });
        }
        let accuracy = self.prediction_accuracy(report);
        Some(match self.reached(report) {
            Some(reached) => format!("{reached} {accuracy}"),
            None => accuracy,
        })
    }

    /// How many will, or how much; `None` where it would only be the mean of a number.
    pub(super) fn prediction_how_many(self, report: &Report) -> Option<String> {
        let all = self.customers(report.n_scored);
        let days = self.days(f64::from(report.params.days));
        let n = report.expected.max(0.0).round() as u64;
        let how_many = match (report.params.target, &report.positive) {
            (Target::Spend, _) => {
                let money = self.amount(report.expected);
                self.either(
                    format!(
                        "고객 {all}이 {days} 안에 모두 합쳐 약 {} 쓸 것으로 예측됩니다.",
                        with_josa(&money, Josa::Object)
                    ),
                    format!("{all} will spend about {money} within {days}, all together."),
                )
            }
            (Target::BuysAgain, _) => self.either(
                format!(
                    "고객 {all} 가운데 약 {}명이 {days} 안에 다시 구매할 것으로 예측됩니다.",
                    self.count(n)
                ),
                format!(
                    "About {} of {all} will order again within {days}.",
                    self.count(n)
                ),
            ),
            (Target::Column, Some(value)) => self.either(
                format!(
                    "고객 {all} 가운데 약 {}명이 {} 예측됩니다.",
                    self.count(n),
                    with_josa(&format!("‘{value}’"), Josa::By)
                ),
                format!(
                    "About {} of {all} {} expected to be “{value}”.",
                    self.count(n),
                    Self::verb(n, "is", "are")
                ),
            ),
            (Target::Column, None) => return None,
        };
        Some(how_many)
    }

    fn reached(self, report: &Report) -> Option<String> {
        let (share, gain) = report.reach()?;
        let [share, gain] = [share, gain].map(|own| format!("{}%", self.decimal(own * 100.0, 0)));
        let did = self.prediction_did(report);
        Some(match report.is_classes {
            true => self.either(
                format!("예측 상위 {share}에 연락하면 {did} 고객의 {gain}에 닿습니다(검증 고객 기준)."),
                format!("The top {share} of the prediction reach {gain} of those who {did} (among the customers tested)."),
            ),
            false => self.either(
                format!("예측 상위 {share}의 고객이 전체 금액의 {gain}를 씁니다(검증 고객 기준)."),
                format!("The top {share} of the prediction spend {gain} of it (among the customers tested)."),
            ),
        })
    }

    /// What those did who count as yes, before a noun in Korean and after “who” in English.
    const fn prediction_did(self, report: &Report) -> &'static str {
        match report.params.target {
            Target::Column => self.pick("실제 ‘예’인", "did"),
            _ => self.pick("실제로 다시 구매한", "ordered again"),
        }
    }

    /// What was learnt from and tested on.
    pub fn prediction_basis(self, report: &Report) -> String {
        let (train, test) = (
            self.customers(report.n_train),
            self.customers(report.n_test),
        );
        let who = match report.params.split {
            Split::Folds => self.either(
                format!(
                    "{train}을 {}묶음으로 나누어 나머지로 학습하고 그 묶음으로 검증했습니다.",
                    report.params.folds
                ),
                format!(
                    "{train} in {} parts, each predicted from the others.",
                    report.params.folds
                ),
            ),
            _ => self.either(
                format!("{train}으로 학습하고 {test}으로 검증했습니다."),
                format!("Learnt from {train}, tested on {test}."),
            ),
        };
        let mean = self.prediction_amount(report, report.test_mean);
        let did = self.prediction_did(report);
        let came = match report.is_classes {
            true => self.either(
                format!("검증 고객 가운데 {did} 고객은 {mean}입니다."),
                format!("Of those tested {mean} {did}."),
            ),
            false => self.either(
                format!("검증 고객의 실제 평균은 {mean}입니다."),
                format!("The mean of those tested is {mean}."),
            ),
        };
        let positive = match &report.positive {
            Some(value) => self.either(
                format!(" ‘{value}’인 고객을 ‘예’로 봅니다."),
                format!(" Yes is “{value}”."),
            ),
            None => String::new(),
        };
        format!("{who} {came}{}{positive}", self.prediction_windows(report))
    }

    fn prediction_windows(self, report: &Report) -> String {
        let (Some(learnt), Some(tested)) = (report.learnt, report.tested) else {
            return String::new();
        };
        let [a, b, c, d] =
            [learnt.cut, learnt.end, tested.cut, tested.end].map(|day| self.day(day));
        if learnt == tested {
            return self.either(
                format!(" 모두 {a}까지의 기록으로 예측, {b}까지의 구매로 확인."),
                format!(" For all: known on {a}, seen until {b}."),
            );
        }
        self.either(
            format!(" 학습: {a}까지의 기록으로 학습, {b}까지의 구매로 확인. 검증: {c}까지의 기록으로 예측, {d}까지의 구매로 확인."),
            format!(" Learnt: known on {a}, seen until {b}. Tested: known on {c}, seen until {d}."),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::prediction::{Advantage, Tenth};
    use crate::text::Language;

    fn over(mean: f64, low: f64) -> Advantage {
        Advantage {
            mean,
            interval: (low, 2.0 * mean - low),
            share: mean,
            area: None,
        }
    }

    #[test]
    fn who_and_how_many_is_said_in_plain_words() {
        let mut report = crate::text::testing::prediction();
        report.is_classes = true;
        report.over_guess = over(0.2, 0.1);
        report.n_scored = 1_234;
        report.expected = 320.4;
        report.n_test = 1_000;
        report.tenths = (1..=10)
            .map(|place| Tenth {
                n: 100,
                predicted: 0.5,
                observed: 0.5,
                lift: None,
                gain: Some(f64::min(1.0, 0.257 * f64::from(place))),
            })
            .collect();
        let said = |language, report: &Report| {
            let words = Words::new(language);
            words.prediction_people(report).unwrap()
        };
        assert_eq!(
            said(Language::En, &report),
            "The top 30% of the prediction reach 77% of those who ordered again (among the customers \
             tested). Better than guessing the mean by 20.0% of its loss."
        );
        assert_eq!(
            said(Language::Ko, &report),
            "예측 상위 30%에 연락하면 실제로 다시 구매한 고객의 77%에 닿습니다(검증 고객 기준). 평균값으로 \
             예측한 것보다 오차가 20.0% 작습니다."
        );
        let finding = |language| Words::new(language).prediction_finding(&report);
        assert_eq!(
            finding(Language::En),
            "About 320 of 1,234 customers will order again within 90 days. Which ones, is told better than by guessing."
        );
        assert_eq!(
            finding(Language::Ko),
            "고객 1,234명 가운데 약 320명이 90일 안에 다시 구매할 것으로 예측됩니다. 누가 그럴지는 무작위 추측보다 잘 가려냅니다."
        );
        report.over_guess = over(0.2, -0.1);
        report.test_mean = 0.342;
        assert!(said(Language::En, &report).starts_with("Of those tested 34.2% did; which"));
    }

    #[test]
    fn what_was_learnt_from_is_said_once_where_it_is_also_tested_on() {
        let mut report = crate::text::testing::prediction();
        let window = |cut: i32| crate::analysis::prediction::Window {
            cut: crate::data::Day::from_number(cut),
            end: crate::data::Day::from_number(cut + 90),
        };
        (report.learnt, report.tested) = (Some(window(0)), Some(window(90)));
        let basis = |report: &Report, language| Words::new(language).prediction_basis(report);
        assert!(basis(&report, Language::En).contains("Tested: known on"));
        let korean = basis(&report, Language::Ko);
        assert!(korean.contains("까지의 기록으로 학습, ") && korean.contains("까지의 구매로 확인"));
        report.tested = report.learnt;
        report.params.split = Split::Folds;
        let english = basis(&report, Language::En);
        assert!(english.contains("in 5 parts") && english.contains("For all: known on"));
    }
}
