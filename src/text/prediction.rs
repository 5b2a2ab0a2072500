//! Predictions in words: what is asked, what was found on the customers tested, who and how many.

use super::Words;
use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use crate::analysis::prediction::{Measured, Model, Report, Split, Standing, Target};

phrases! {
    prediction_target: "예측 대상", "Predict";
    prediction_column: "예측할 열", "Column to predict";
    prediction_days: "예측 기간(일)", "Days ahead";
    prediction_model: "모형", "Model";
    prediction_split: "검증 방법", "Tested on";
    prediction_train_share: "학습에 쓸 비율(%)", "Learnt from (%)";
    prediction_n_folds: "교차 검증 묶음 수", "Folds";
    prediction_threshold: "연락 기준 확률(%)", "Threshold (%)";
    prediction_hit_value: "반응 1건의 가치", "Value of a hit";
    prediction_contact_cost: "연락 1건의 비용", "Cost of a contact";
    prediction_money_hint: "가치와 비용을 모두 넣으면 기준 확률이 비용 ÷ 가치로 정해집니다. 0이면 쓰지 않습니다.", "With both, the threshold is cost over value; 0 leaves them out.";
    prediction_features: "예측에 쓸 값", "Predicted from";
    prediction_who: "누가, 몇 명이나", "Who, and how many";
    prediction_see_top: "예측 상위 10% 목록 보기", "List of the top tenth";
    prediction_use_naive: "최근성·빈도만으로 예측하기", "Use recency and frequency alone";
    prediction_metrics: "검증 결과: 이 모형과 더 단순한 방법", "Tested against simpler guesses";
    prediction_measure: "지표", "Measure";
    prediction_of_model: "이 모형", "Model";
    prediction_of_naive: "최근성·빈도", "Simple";
    prediction_of_guess: "평균값", "Mean";
    prediction_heads_hint: "최근성·빈도: 같은 회귀를 최근성과 빈도만으로 한 것. 평균값: 모두에게 학습 고객의 평균을 예측한 것.",
        "Simple: a regression on recency and frequency alone. Mean: the mean of those learnt from, for everybody.";
    prediction_classes_hint: "AUC: 실제 ‘예’인 고객과 ‘아니요’인 고객을 한 명씩 뽑았을 때 ‘예’인 고객의 예측이 더 높은 비율(0.5면 찍기, 1이면 완벽). 로그 손실·브라이어 점수: 예측 확률이 실제와 어긋난 정도로 낮을수록 좋습니다. 확신했다가 틀리면 로그 손실이 크게 늘어납니다. 정밀도: ‘예’로 예측한 고객 가운데 실제 ‘예’의 비율. 재현율: 실제 ‘예’인 고객 가운데 ‘예’로 예측한 비율. F1: 정밀도와 재현율을 합친 값.",
        "AUC: of one customer who did and one who did not, how often the first was predicted higher (0.5 is guessing, 1 is always). Log-loss and Brier score: how far the probabilities were from what came; lower is better, and a mistake made with confidence costs log-loss most. Precision: of those predicted to, the share who did. Recall: of those who did, the share predicted to. F1: both in one number.";
    prediction_numbers_hint: "평균 절대 오차: 예측이 보통 얼마나 빗나갔는지. 평균 제곱근 오차: 크게 빗나간 고객을 더 무겁게 센 것. R²: 고객 사이의 차이를 설명한 비율로, 0이면 평균값과 같고 0보다 작으면 그보다 못합니다.",
        "Mean absolute error: how far a prediction usually was off. Root mean squared error: the same, with large misses counting more. R²: the share of the differences between customers that is explained; 0 is the mean, below 0 is worse.";
    prediction_of_folds: "교차 검증 평균", "Cross-validated mean";
    prediction_confusion: "기준 확률에서 맞고 틀린 고객 수", "Right and wrong at the threshold";
    prediction_was_yes: "실제 ‘예’", "Did";
    prediction_was_no: "실제 ‘아니요’", "Did not";
    prediction_said: "예측", "Prediction";
    prediction_said_yes: "‘예’로 예측", "Predicted to";
    prediction_said_no: "‘아니요’로 예측", "Predicted not to";
    prediction_coefficients: "회귀 계수와 95% 신뢰구간", "Coefficients with 95% intervals";
    prediction_importance: "어떤 값이 예측을 좌우하나", "What the trees split by";
    prediction_term: "값", "Value";
    prediction_standardised: "표준편차당", "Per std. dev.";
    prediction_estimate: "계수(1 단위당)", "Coefficient (per 1)";
    prediction_error: "표준 오차(1 단위당)", "Std. error (per 1)";
    prediction_statistic: "z 또는 t", "z or t";
    prediction_p: "p값", "p";
    prediction_interval: "95% 신뢰구간", "95% interval";
    prediction_odds: "오즈 배수", "Odds times";
    prediction_reading: "해석", "Reading";
    prediction_odds_hint: "오즈: ‘예’인 고객 수 ÷ ‘아니요’인 고객 수(확률 20%면 1:4, 곧 0.25). 오즈 배수 2는 그 값이 고객 사이의 보통 차이(표준편차)만큼 클 때 이 비가 두 배가 된다는 뜻이고, 0.5는 절반이 된다는 뜻입니다.",
        "Odds: how many do for each one who does not (20% is 1 to 4, or 0.25). Odds times 2 means that they double where the value is larger by a usual difference between customers (a standard deviation); times 0.5 that they halve.";
    prediction_slopes_hint: "표준편차당: 그 값이 고객 사이의 보통 차이(표준편차)만큼 클 때 예측이 달라지는 양.",
        "Per std. dev.: by how much the prediction changes where the value is larger by a usual difference between customers (a standard deviation).";
    prediction_share_of_error: "오차를 줄인 비율", "Share of the error taken away";
    prediction_notes: "알아 둘 점", "Worth knowing";
    prediction_tenths: "예측 십분위별 고객", "Customers by tenth of the prediction";
    prediction_tenth: "십분위", "Tenth";
    prediction_predicted: "예측 평균", "predicted (mean)";
    prediction_observed: "실제 평균", "came (mean)";
    prediction_lift: "리프트", "Lift";
    prediction_gain: "누적 비율", "Share so far";
    prediction_gain_base: "예측이 높은 순서로 본 고객의 비율", "share of customers, highest predictions first";
    prediction_gain_side: "실제 결과의 누적 비율 (대각선은 무작위)", "share of what came (diagonal: guessing)";
    prediction_how: "어느 날까지의 기록만으로 그 뒤를 예측하도록 학습하고, 학습에 쓰지 않은 이후 기간(또는 다른 고객)에서 검증합니다. 검증한 바로 그 모형으로 지금 고객을 예측합니다. 교차 검증에서는 고객을 여러 묶음으로 나누어 나머지 묶음으로 학습한 모형이 각 묶음을 예측하고, 마지막에 전체로 학습한 모형이 지금 고객을 예측합니다. 어느 쪽이 나은지는 같은 고객의 손실(로그 손실 또는 제곱 오차) 차이가 우연을 넘는지로 판단합니다. AUC의 구간은 DeLong 등(1988)을 따릅니다.",
        "A model learns from what was known on one day and is tested on later days (or other customers) that it has not seen. The model that was tested is the one that scores. Under cross-validation each part of the customers is predicted by a model that learnt from the other parts, and a model that learnt from all scores. One is better than another where the difference of the losses, customer by customer, is beyond chance. The interval of AUC is that of DeLong and others (1988).";
}

impl Words {
    /// What is predicted.
    pub const fn prediction_target_of(self, target: Target) -> &'static str {
        match target {
            Target::BuysAgain => self.pick(
                "기간 안에 다시 구매하는지",
                "Who orders again within the days",
            ),
            Target::Spend => self.pick("기간 안에 쓰는 금액", "Spending within the days"),
            Target::Column => self.pick(
                "파일의 열(캠페인 반응 등)",
                "A column (response to a campaign …)",
            ),
        }
    }

    /// What predicts.
    pub const fn prediction_model_of(self, model: Model) -> &'static str {
        match model {
            Model::Regression => self.pick(
                "회귀(로지스틱 또는 선형)",
                "Regression (logistic or linear)",
            ),
            Model::Tree => self.pick("의사결정나무 하나", "One shallow tree"),
            Model::Forest => self.pick("작은 랜덤 포레스트", "A small forest"),
        }
    }

    /// Whom it is tested on.
    pub const fn prediction_split_of(self, split: Split) -> &'static str {
        match split {
            Split::Time => self.pick("이후 기간", "Later days"),
            Split::Random => self.pick("무작위로 나눈 다른 고객", "Other customers, at random"),
            Split::Folds => self.pick("모든 고객(교차 검증)", "All customers, cross-validated"),
        }
    }

    /// The sentence that opens the view.
    pub fn prediction_finding(self, report: &Report) -> String {
        let share = self.share(report.over_guess.share.max(0.0));
        if !report.is_better() && report.suggests_naive() {
            let simple = report.naive_over_guess.map_or(0.0, |over| over.share);
            let simple = self.share(simple);
            return self.either(
                format!("이 모형은 믿고 쓸 수 없지만 최근성과 빈도만으로는 예측됩니다. 그 오차가 평균값으로 예측한 것보다 {simple} 작습니다."),
                format!("This model cannot be relied on, but recency and frequency alone can: {simple} less loss than guessing the mean."),
            );
        }
        if !report.is_better() && report.over_guess.mean > 0.0 {
            return self.either(
                format!("믿고 쓸 만큼 예측되지 않습니다. 오차가 평균값으로 예측한 것보다 {share} 작지만 우연일 수 있습니다."),
                format!("Cannot be relied on: {share} less loss than guessing the mean, which may be chance."),
            );
        }
        if !report.is_better() {
            return self
                .pick(
                    "예측할 수 없습니다. 검증해 보니 이 모형이 평균값으로 예측한 것보다 낫지 않습니다.",
                    "Cannot be predicted: on those tested the model is no better than guessing the mean.",
                )
                .to_owned();
        }
        let naive = report
            .against_naive()
            .map_or("", |own| self.against_naive(own));
        let Some(how_many) = self.prediction_how_many(report) else {
            return format!("{}{naive}", self.prediction_accuracy(report));
        };
        let better = match report.params.target {
            Target::Spend => self.pick(
                "누가 많이 쓸지는 평균값보다 잘 맞힙니다.",
                "Who spends how much, is told better than by the mean.",
            ),
            _ => self.pick(
                "누가 그럴지는 무작위 추측보다 잘 가려냅니다.",
                "Which ones, is told better than by guessing.",
            ),
        };
        format!("{how_many} {better}{naive}")
    }

    /// How much better than the mean the model is, and how well it tells yes from no.
    pub(super) fn prediction_accuracy(self, report: &Report) -> String {
        let share = self.share(report.over_guess.share.max(0.0));
        let area = self.area(&report.model);
        self.either(
            format!("평균값으로 예측한 것보다 오차가 {share} 작습니다.{area}"),
            format!("Better than guessing the mean by {share} of its loss.{area}"),
        )
    }

    fn area(self, model: &Measured) -> String {
        let Measured::Classes(own) = model else {
            return String::new();
        };
        let Some(area) = own.auc else {
            return String::new();
        };
        let area = self.fixed(area, 2);
        let interval = own.auc_interval.map_or_else(String::new, |(low, high)| {
            let [low, high] = [low, high].map(|end| self.fixed(end, 2));
            self.either(
                format!("(95% 신뢰구간 {low}–{high})"),
                format!(" (95% interval {low}–{high})"),
            )
        });
        self.either(
            format!(" 구분력(AUC)은 {area}{interval}입니다."),
            format!(" It tells them apart with an AUC of {area}{interval}."),
        )
    }

    const fn against_naive(self, standing: Standing) -> &'static str {
        match standing {
            Standing::Better => self.pick(
                " 최근성·빈도만 쓴 것보다도 낫습니다.",
                " It also beats recency and frequency alone.",
            ),
            Standing::Alike => self.pick(
                " 최근성·빈도만 쓴 것과 비슷한 수준입니다.",
                " It is about as good as recency and frequency alone.",
            ),
            Standing::Worse => self.pick(
                " 다만 최근성·빈도만 쓴 것이 더 낫습니다.",
                " But recency and frequency alone are better.",
            ),
        }
    }

    /// What contacting brings, where money was given.
    pub fn prediction_profit(self, report: &Report) -> Option<String> {
        let profit = report.profit?;
        let [chosen, all] = [profit.chosen, profit.all].map(|money| self.amount(money));
        let (n, threshold) = (
            self.customers(profit.n_chosen),
            self.share(report.threshold),
        );
        let compared = self.either(
            format!("확률이 {threshold} 이상인 {n}에게만 연락하면 {chosen}, 모두에게 연락하면 {all}이 남습니다(검증 고객 기준)."),
            format!("Contacting {n} from a probability of {threshold} on leaves {chosen}; contacting all leaves {all} (among those tested)."),
        );
        let is_less = profit.chosen < profit.all;
        let less = self.pick(
            " 이 검증에서는 모두에게 연락하는 쪽이 더 많이 남았습니다.",
            " In this test contacting everybody earned more.",
        );
        let counted = self.pick(
            " 연락이 없어도 샀을 고객까지, 산 고객을 모두 셉니다.",
            " All who bought are counted, also those who would have bought without being contacted.",
        );
        let counted = match report.params.target {
            Target::Column => "",
            Target::BuysAgain | Target::Spend => counted,
        };
        Some(format!(
            "{compared}{}{counted}",
            if is_less { less } else { "" }
        ))
    }

    /// What turns yes and no of a column around.
    pub fn prediction_turn(self, negative: &str) -> String {
        self.either(
            format!(
                "{} ‘예’로 보기",
                with_josa(&format!("‘{negative}’"), Josa::Object)
            ),
            format!("Count “{negative}” as yes"),
        )
    }

    /// The way out of a refusal: other days ahead.
    pub fn prediction_use_days(self, days: u32) -> String {
        let days = self.days(f64::from(days));
        self.either(
            format!("예측 기간을 {days}로 바꾸기"),
            format!("Look {days} ahead"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::prediction::{Advantage, ClassMetrics, Confusion};
    use crate::text::Language;

    fn over(mean: f64, low: f64) -> Advantage {
        Advantage {
            mean,
            interval: (low, 2.0 * mean - low),
            share: mean,
            area: None,
        }
    }

    fn classes(auc: f64, f1: f64) -> Measured {
        Measured::Classes(ClassMetrics {
            confusion: Confusion::default(),
            accuracy: 0.8,
            precision: Some(0.5),
            recall: Some(0.5),
            f1: Some(f1),
            auc: Some(auc),
            auc_interval: Some((auc - 0.04, auc + 0.04)),
            log_loss: 0.4,
            brier: 0.2,
        })
    }

    #[test]
    fn a_threshold_that_earns_less_than_contacting_everybody_is_said_to() {
        let mut report = crate::text::testing::prediction();
        let mut said = |language, chosen| {
            report.profit = Some(crate::analysis::prediction::Profit {
                chosen,
                n_chosen: 3,
                all: 50.0,
            });
            Words::new(language).prediction_profit(&report).unwrap()
        };
        assert!(
            said(Language::En, 40.0).contains("In this test contacting everybody earned more.")
        );
        assert!(said(Language::Ko, 40.0).contains("모두에게 연락하는 쪽이 더 많이"));
        let more = said(Language::En, 60.0);
        assert!(!more.contains("everybody earned more"), "{more}");
        assert!(more.contains("also those who would have bought"), "{more}");
    }

    #[test]
    fn what_chance_explains_is_not_called_better() {
        let mut report = crate::text::testing::prediction();
        let words = Words::new(Language::En);
        let mut finding = |mean: f64, low: f64| {
            report.over_guess = over(mean, low);
            words.prediction_finding(&report)
        };
        assert!(finding(0.2, 0.1).ends_with("told better than by guessing."));
        assert!(finding(0.2, -0.1).contains("may be chance"));
        assert!(finding(-0.2, -0.3).contains("no better than guessing"));
    }

    #[test]
    fn only_what_the_paired_interval_shows_is_claimed_against_the_simple_model() {
        let mut report = crate::text::testing::prediction();
        report.over_guess = over(0.2, 0.1);
        report.model = classes(0.78, 0.6);
        let [en, ko] = [Language::En, Language::Ko].map(Words::new);
        for (mean, low, auc, f1, said, korean) in [
            (0.1, 0.05, 0.7, 0.5, "also beats recency", "보다도 낫습니다"),
            (0.1, -0.05, 0.7, 0.5, "about as good as", "비슷한 수준"),
            (0.1, 0.05, 0.79, 0.5, "about as good as", "비슷한 수준"),
            (0.1, 0.05, 0.7, 0.61, "about as good as", "비슷한 수준"),
            (
                -0.1,
                -0.15,
                0.7,
                0.5,
                "alone are better",
                "쓴 것이 더 낫습니다",
            ),
        ] {
            report.over_naive = Some(over(mean, low));
            report.naive = Some(classes(auc, f1));
            let finding = en.prediction_finding(&report);
            assert!(finding.contains(said), "{finding}");
            let people = en.prediction_people(&report).unwrap();
            let area = "AUC of 0.78 (95% interval 0.74–0.82)";
            assert!(people.contains(area), "{people}");
            let finding = ko.prediction_finding(&report);
            assert!(finding.contains(korean), "{finding}");
            let areas = |report: &Report| en.prediction_areas(report).unwrap();
            assert_eq!(areas(&report), "95% interval of the AUC: 0.740–0.820.");
            let over = report.over_naive.as_mut().unwrap();
            over.area = Some((-0.003, (-0.0071, 0.0013)));
            assert!(areas(&report).ends_with("alone: −0.003 (95% interval −0.007 – 0.001)."));
        }
    }

    #[test]
    fn where_the_simple_model_alone_is_good_that_is_said() {
        let mut report = crate::text::testing::prediction();
        report.over_guess = over(-0.2, -0.3);
        report.over_naive = Some(over(-0.3, -0.4));
        let finding = |report: &Report| Words::new(Language::En).prediction_finding(report);
        assert!(finding(&report).contains("no better than guessing"));
        report.naive_over_guess = Some(over(0.1, 0.05));
        assert!(finding(&report).contains("recency and frequency alone can: 10.0% less loss"));
    }
}
