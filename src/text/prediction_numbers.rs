//! The numbers of a prediction in words: measures of the test, coefficients, tenths, points of its pictures.

use super::josa::{Josa, with_josa};
use super::{Language, Words};
use crate::analysis::prediction::{Coefficient, Measured, Part, Report, Tenth, Term, Weight};

/// The name of a tenth, in both languages.
pub(super) const fn tenth_name(number: u8) -> (&'static str, &'static str) {
    match number {
        1 => ("예측 상위 10%", "Predicted top 10%"),
        2 => ("예측 10–20%", "Predicted 10–20%"),
        3 => ("예측 20–30%", "Predicted 20–30%"),
        4 => ("예측 30–40%", "Predicted 30–40%"),
        5 => ("예측 40–50%", "Predicted 40–50%"),
        6 => ("예측 50–60%", "Predicted 50–60%"),
        7 => ("예측 60–70%", "Predicted 60–70%"),
        8 => ("예측 70–80%", "Predicted 70–80%"),
        9 => ("예측 80–90%", "Predicted 80–90%"),
        _ => ("예측 하위 10%", "Predicted last 10%"),
    }
}

/// What makes its customers its customers.
pub(super) const fn tenth_character(number: u8) -> (&'static str, &'static str) {
    match number {
        1 => ("예측값이 가장 높은", "with the highest predictions"),
        2..=5 => ("예측값이 높은 편인", "with predictions above the middle"),
        6..=9 => ("예측값이 낮은 편인", "with predictions below the middle"),
        _ => ("예측값이 가장 낮은", "with the lowest predictions"),
    }
}

/// One concrete next step.
pub(super) const fn tenth_next_step(number: u8) -> (&'static str, &'static str) {
    match number {
        1..=5 => (
            "검증에서 평균값 예측보다 나을 때만 이 순서로 연락하고, 일부는 연락하지 않고 남겨 비교하세요.",
            "Contact in this order only where the test beats guessing, and hold some back to compare.",
        ),
        _ => (
            "연락 비용을 아껴야 한다면 이 고객부터 줄이세요.",
            "Where contacts cost money, save them here first.",
        ),
    }
}

impl Words {
    /// A probability, or an amount of the target.
    pub(super) fn prediction_amount(self, report: &Report, value: f64) -> String {
        if report.is_classes {
            return self.share(value);
        }
        // As many decimals for all of a column.
        let decimals = if report.base.abs() < 1000.0 { 2 } else { 0 };
        self.fixed(value, decimals)
    }

    /// What a standard deviation more adds: to the logarithm of the odds, or to the target.
    pub fn prediction_scaled(self, report: &Report, value: f64) -> String {
        match report.is_classes {
            true => self.fixed(value, 3),
            false => self.prediction_amount(report, value),
        }
    }

    /// The measures of the test: what each is called and how it is written.
    pub fn prediction_rows(
        self,
        report: &Report,
        measured: &Measured,
    ) -> Vec<(&'static str, String)> {
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        let share = |share: Option<f64>| or_none(share.map(|share| self.share(share)));
        let plain = |number: Option<f64>| or_none(number.map(|number| self.fixed(number, 3)));
        match measured {
            Measured::Classes(own) => vec![
                ("AUC", plain(own.auc)),
                (
                    self.pick("로그 손실", "Log-loss"),
                    plain(Some(own.log_loss)),
                ),
                (
                    self.pick("브라이어 점수", "Brier score"),
                    plain(Some(own.brier)),
                ),
                (self.pick("정확도", "Accuracy"), self.share(own.accuracy)),
                (self.pick("정밀도", "Precision"), share(own.precision)),
                (self.pick("재현율", "Recall"), share(own.recall)),
                ("F1", plain(own.f1)),
            ],
            Measured::Numbers(own) => vec![
                (
                    self.pick("평균 절대 오차", "Mean absolute error"),
                    self.prediction_amount(report, own.mae),
                ),
                (
                    self.pick("평균 제곱근 오차", "Root mean squared error"),
                    self.prediction_amount(report, own.rmse),
                ),
                ("R²", plain(own.r_squared)),
            ],
        }
    }

    /// The mean of the leading measure over the folds, with its spread.
    pub fn prediction_folds(self, report: &Report) -> String {
        let leading = |measured: &Measured| match measured {
            Measured::Classes(own) => own.auc,
            Measured::Numbers(own) => Some(own.rmse),
        };
        let values: Vec<f64> = report.cross_validated.iter().filter_map(leading).collect();
        let n = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / n;
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let name = if report.is_classes {
            "AUC"
        } else {
            self.pick("평균 제곱근 오차", "Root mean squared error")
        };
        let [mean, low, high] =
            [mean, low.min(mean), high.max(mean)].map(|value| match report.is_classes {
                true => self.fixed(value, 3),
                false => self.prediction_amount(report, value),
            });
        let folds = self.prediction_of_folds();
        match self.language {
            Language::Ko => format!("{folds}: {name} {mean} ({low}–{high})."),
            Language::En => format!("{folds}: {name} {mean} (from {low} to {high})."),
        }
    }

    /// How sure the area under the curve is, and how far it is from that of recency and frequency alone.
    pub fn prediction_areas(self, report: &Report) -> Option<String> {
        let Measured::Classes(own) = &report.model else {
            return None;
        };
        let number = |value: f64| self.fixed(value, 3);
        let (low, high) = own.auc_interval?;
        let [low, high] = [low, high].map(number);
        let interval = self.either(
            format!("AUC의 95% 신뢰구간: {low}–{high}."),
            format!("95% interval of the AUC: {low}–{high}."),
        );
        let Some((mean, (low, high))) = report.over_naive.and_then(|over| over.area) else {
            return Some(interval);
        };
        let [mean, low, high] = [mean, low, high].map(number);
        Some(self.either(
            format!("{interval} 최근성·빈도만 쓴 것과의 차이: {mean}(95% 신뢰구간 {low} – {high})."),
            format!("{interval} Less that of recency and frequency alone: {mean} (95% interval {low} – {high})."),
        ))
    }

    /// What the picture of what counts shows.
    pub(crate) const fn prediction_weights_caption(self, report: &Report) -> &'static str {
        match (report.coefficients.is_empty(), report.is_classes) {
            (true, _) => self.prediction_share_of_error(),
            (false, true) => self.pick(
                "표준편차 하나에 대한 로그 오즈",
                "log odds for a standard deviation",
            ),
            (false, false) => self.pick(
                "표준편차 하나에 대한 변화",
                "change for a standard deviation",
            ),
        }
    }

    /// The title of the picture of what counts.
    pub fn prediction_weights_finding(self, report: &Report) -> String {
        let weights = report.weights();
        let Some(first) = weights.first() else {
            return self.no_picture().to_owned();
        };
        let term = self.prediction_term_of(Some(first.term));
        self.either(
            format!("예측을 가장 크게 좌우하는 값: {term}"),
            format!("What counts most in the prediction: {term}"),
        )
    }

    /// How much a column counts.
    pub(crate) fn prediction_weight(self, own: &Weight<'_>) -> String {
        let [estimate, low, high] =
            [own.estimate, own.interval.0, own.interval.1].map(|value| self.decimal(value, 2));
        format!("{estimate} ({low} – {high})")
    }

    /// A column of a model.
    pub fn prediction_term_of(self, term: Option<&Term>) -> String {
        let Some(term) = term else {
            return self.pick("절편", "Intercept").to_owned();
        };
        let feature = self.feature(&term.feature);
        match &term.part {
            Part::Number => feature,
            Part::Missing => format!("{feature}: {}", self.pick("값 없음", "not known")),
            Part::Level(level) => format!("{feature}: {level}"),
            Part::OtherLevels => format!("{feature}: {}", self.pick("그 밖", "others")),
        }
    }

    /// What a coefficient says, without its number.
    pub const fn prediction_meaning(self, own: &Coefficient) -> &'static str {
        let is_sure = match own.certainty {
            Some(sure) => sure.interval.0 * sure.interval.1 > 0.0,
            None => false,
        };
        match (own.term.is_some(), is_sure, own.estimate > 0.0) {
            (false, ..) => "",
            (true, false, _) => self.pick("방향이 확실하지 않음", "direction not sure"),
            (true, true, true) => self.pick("클수록 예측이 높음", "more of it, higher predictions"),
            (true, true, false) => self.pick("클수록 예측이 낮음", "more of it, lower predictions"),
        }
    }

    /// Column heads of the tenths.
    pub fn prediction_tenth_heads(self) -> [&'static str; 6] {
        [
            self.prediction_tenth(),
            self.column_customers(),
            self.prediction_predicted(),
            self.prediction_observed(),
            self.prediction_lift(),
            self.prediction_gain(),
        ]
    }

    /// A tenth of those tested, as a row.
    pub fn prediction_tenth_row(self, report: &Report, place: usize, tenth: &Tenth) -> Vec<String> {
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        vec![
            self.count(place as u64 + 1),
            self.count(tenth.n),
            self.prediction_amount(report, tenth.predicted),
            self.prediction_amount(report, tenth.observed),
            or_none(tenth.lift.map(|lift| self.fixed(lift, 2))),
            or_none(tenth.gain.map(|gain| self.share(gain))),
        ]
    }

    /// What a point of the gain says.
    pub(crate) fn prediction_gain_mark(self, share: f64, gain: f64) -> String {
        let (share, gain) = (self.share(share), self.share(gain));
        self.either(
            format!("예측 상위 {share}의 고객이 실제 결과의 {gain}"),
            format!("the {share} predicted highest hold {gain} of what came"),
        )
    }

    /// What a point of the calibration says.
    pub(crate) fn prediction_calibration_mark(self, report: &Report, tenth: &Tenth) -> String {
        let [predicted, observed] =
            [tenth.predicted, tenth.observed].map(|value| self.prediction_amount(report, value));
        self.either(
            format!("예측 {predicted}, 실제 {observed}"),
            format!("predicted {predicted}, came {observed}"),
        )
    }

    /// The title of the gain.
    pub fn prediction_gain_finding(self, report: &Report) -> String {
        let (share, gain) = report.reach().unwrap_or((1.0, 1.0));
        let (share, gain) = (self.share(share), self.share(gain));
        self.either(
            format!("예측이 가장 높은 {share}의 고객이 실제 결과의 {gain}를 차지했습니다."),
            format!("The {share} of customers predicted highest hold {gain} of what came."),
        )
    }

    /// The title of the calibration.
    pub fn prediction_calibration_finding(self, report: &Report) -> String {
        let (mut n, mut predicted) = (0.0, 0.0);
        for tenth in &report.tenths {
            n += tenth.n as f64;
            predicted += tenth.n as f64 * tenth.predicted;
        }
        let predicted = self.prediction_amount(report, predicted / f64::max(n, 1.0));
        let came = self.prediction_amount(report, report.test_mean);
        self.either(
            format!(
                "평균 {} 예측했고 실제 평균은 {came}입니다.",
                with_josa(&predicted, Josa::By)
            ),
            format!("On average {predicted} was predicted and {came} came."),
        )
    }
}
