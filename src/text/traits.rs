//! How a segment differs from all customers, in words: measure, direction and strength.
//!
//! Strength follows the size of z: below 0.2 it is no difference, below 0.5 slight, from 1.2 strong (after Cohen, 1988).

use super::josa::{Josa, with_josa};
use super::{Language, Words};
use crate::analysis::profile::{Counted, Trait};
use crate::analysis::{NamedMeasure, beside};

impl Words {
    /// How a segment differs in one measure: `구매 횟수가 평균보다 훨씬 많음`, `far more orders than average`.
    pub fn trait_sentence(self, own: &Trait, counted: Counted) -> String {
        match self.language {
            Language::Ko => self.korean_trait(own, counted, KoreanForm::Noun),
            Language::En => self.english_trait(own, counted),
        }
    }

    /// The Korean words before a noun: `구매 횟수가 평균보다 훨씬 많은`.
    pub(super) fn trait_before_noun(self, own: &Trait, counted: Counted) -> String {
        self.korean_trait(own, counted, KoreanForm::BeforeNoun)
    }

    /// A feature's name: `recency`, `frequency` and `monetary` in words, a column as [`Words::column_name`] has it.
    pub fn feature(self, feature: &str) -> String {
        match feature {
            "recency" => self.pick("마지막 구매", "last order").to_owned(),
            "frequency" => self.pick("구매 횟수", "orders").to_owned(),
            "monetary" => self.pick("구매 금액", "spending").to_owned(),
            "tenure" => self
                .pick("첫 구매 뒤 날수", "days since first order")
                .to_owned(),
            "average_order_value" => self.pick("주문당 금액", "money per order").to_owned(),
            "days_between_orders" => self.pick("구매 간격", "days between orders").to_owned(),
            "lateness" => self.pick("구매 간격 대비 경과", "lateness").to_owned(),
            "order_trend" => self.pick("주문 추세", "trend of orders").to_owned(),
            "spend_trend" => self.pick("구매 금액 추세", "trend of spending").to_owned(),
            "gap_spread" => self
                .pick("구매 간격의 변동", "spread of days between orders")
                .to_owned(),
            "weekend_share" => self
                .pick("주말 주문 비율", "share of weekend orders")
                .to_owned(),
            "rows_per_order" => self.pick("주문당 행 수", "rows per order").to_owned(),
            "largest_order_share" => self
                .pick("가장 큰 주문의 비율", "share of the largest order")
                .to_owned(),
            other => match self.habit_name(other) {
                "" => match (NamedMeasure::of(other), beside::segmentation_of(other)) {
                    (Some(named), _) => self.named_measure(named),
                    (None, Some(id)) => self.segment_of(id).to_owned(),
                    (None, None) => self.column_name(other),
                },
                habit => habit.to_owned(),
            },
        }
    }

    /// What is known of rows beside the orders, and scores; nothing for other names.
    fn habit_name(self, feature: &str) -> &'static str {
        match feature {
            "discount_share" => self.pick("할인 주문 비율", "share of discounted orders"),
            "return_share" => self.pick("반품 금액 비율", "share of money returned"),
            "evening_share" => self.pick("저녁 주문 비율", "share of evening orders"),
            "night_share" => self.pick("밤 주문 비율", "share of night orders"),
            "category_count" => self.pick("구매한 카테고리 수", "categories bought"),
            "category_concentration" => self.pick("카테고리 집중도", "concentration on categories"),
            "top_category_share" => self.pick("주 카테고리 비율", "share of the top category"),
            "r_score" => self.pick("최근성 점수", "recency score"),
            "f_score" => self.pick("빈도 점수", "frequency score"),
            "m_score" => self.pick("금액 점수", "monetary score"),
            _ => "",
        }
    }

    /// A measure that bears the name of something in the file.
    fn named_measure(self, named: NamedMeasure<'_>) -> String {
        match named {
            NamedMeasure::CategoryShare(name) => self.either(
                format!("카테고리 ‘{name}’ 비율"),
                format!("share of category ‘{name}’"),
            ),
            NamedMeasure::First(header) => {
                let column = self.column_name(header);
                self.either(format!("첫 구매의 {column}"), format!("first {column}"))
            }
            NamedMeasure::OrderShare(of) => {
                let (header, text) = of.split_once('=').unwrap_or((of, ""));
                let column = self.column_name(header);
                self.either(
                    format!("{column} ‘{text}’ 주문 비율"),
                    format!("share of orders with {column} ‘{text}’"),
                )
            }
        }
    }

    /// A feature of a segment whose frequency counts what `counted` says.
    fn counted_feature(self, feature: &str, counted: Counted) -> String {
        match (feature, counted) {
            ("frequency", Counted::Rows) => self.pick("행 수", "rows").to_owned(),
            _ => self.feature(feature),
        }
    }

    /// A feature as a measure: what its numbers count.
    pub fn feature_measure(self, feature: &str) -> String {
        match feature {
            "recency" => self.pick("지난 날수", "days since last order").to_owned(),
            other => self.feature(other),
        }
    }

    fn korean_trait(self, own: &Trait, counted: Counted, form: KoreanForm) -> String {
        let subject = with_josa(&self.counted_feature(&own.feature, counted), Josa::Subject);
        let strength = match Strength::of(own.z) {
            Strength::None => {
                let like = form.pick("비슷함", "비슷한");
                return format!("{subject} 평균과 {like}");
            }
            Strength::Slight => "조금 ",
            Strength::Clear => "",
            Strength::Strong => "훨씬 ",
        };
        let direction = match (own.feature.as_str(), own.z > 0.0) {
            ("recency", true) => form.pick("오래됨", "오래된"),
            ("recency", false) => form.pick("최근임", "최근인"),
            ("frequency" | "monetary", true) => form.pick("많음", "많은"),
            ("frequency" | "monetary", false) => form.pick("적음", "적은"),
            (_, true) => form.pick("높음", "높은"),
            (_, false) => form.pick("낮음", "낮은"),
        };
        format!("{subject} 평균보다 {strength}{direction}")
    }

    fn english_trait(self, own: &Trait, counted: Counted) -> String {
        let feature = self.counted_feature(&own.feature, counted);
        let strength = match Strength::of(own.z) {
            Strength::None => return format!("{feature} about average"),
            Strength::Slight => "slightly ",
            Strength::Clear => "",
            Strength::Strong => "far ",
        };
        match (own.feature.as_str(), own.z > 0.0) {
            ("recency", true) => format!("last order {strength}longer ago than average"),
            ("recency", false) => format!("last order {strength}more recent than average"),
            ("frequency", true) => format!("{strength}more {feature} than average"),
            ("frequency", false) => format!("{strength}fewer {feature} than average"),
            ("monetary", true) => format!("{strength}higher spending than average"),
            ("monetary", false) => format!("{strength}lower spending than average"),
            (column, true) => format!("{column} {strength}higher than average"),
            (column, false) => format!("{column} {strength}lower than average"),
        }
    }
}

#[derive(Clone, Copy)]
enum KoreanForm {
    Noun,
    BeforeNoun,
}

impl KoreanForm {
    const fn pick<'a>(self, noun: &'a str, before_noun: &'a str) -> &'a str {
        match self {
            Self::Noun => noun,
            Self::BeforeNoun => before_noun,
        }
    }
}

/// How far from the average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strength {
    None,
    Slight,
    Clear,
    Strong,
}

impl Strength {
    fn of(z: f64) -> Self {
        match z.abs() {
            size if size < 0.2 || size.is_nan() => Self::None,
            size if size < 0.5 => Self::Slight,
            size if size < 1.2 => Self::Clear,
            _ => Self::Strong,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_say_direction_and_strength() {
        for (feature, z, ko, en) in [
            (
                "recency",
                -1.5,
                "마지막 구매가 평균보다 훨씬 최근임",
                "last order far more recent than average",
            ),
            (
                "frequency",
                -0.3,
                "구매 횟수가 평균보다 조금 적음",
                "slightly fewer orders than average",
            ),
            (
                "나이",
                0.8,
                "나이가 평균보다 높음",
                "나이 higher than average",
            ),
            (
                "monetary",
                0.0,
                "구매 금액이 평균과 비슷함",
                "spending about average",
            ),
        ] {
            let own = Trait {
                feature: feature.to_owned(),
                mean: 0.0,
                overall_mean: 0.0,
                z,
            };
            let said = |language| Words::new(language).trait_sentence(&own, Counted::Orders);
            assert_eq!(said(Language::Ko), ko);
            assert_eq!(said(Language::En), en);
        }
    }

    #[test]
    fn where_rows_are_counted_traits_speak_of_rows() {
        let own = Trait {
            feature: "frequency".to_owned(),
            mean: 0.0,
            overall_mean: 0.0,
            z: 2.0,
        };
        let said = |language| Words::new(language).trait_sentence(&own, Counted::Rows);
        assert_eq!(said(Language::Ko), "행 수가 평균보다 훨씬 많음");
        assert_eq!(said(Language::En), "far more rows than average");
    }

    #[test]
    fn measures_with_names_of_the_file_are_told_in_words() {
        for (name, ko, en) in [
            (
                "category_share:주방",
                "카테고리 ‘주방’ 비율",
                "share of category ‘주방’",
            ),
            ("first:Channel", "첫 구매의 Channel", "first Channel"),
            (
                "order_share:Device=app",
                "Device ‘app’ 주문 비율",
                "share of orders with Device ‘app’",
            ),
        ] {
            assert_eq!(Words::new(Language::Ko).feature_measure(name), ko);
            assert_eq!(Words::new(Language::En).feature_measure(name), en);
        }
    }
}
