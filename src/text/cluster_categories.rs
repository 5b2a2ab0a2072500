//! The words of categories among the features of clusters: how they can count, what was found, each cluster's levels.

use super::Words;
use super::phrases::phrases;
use crate::analysis::clusters::{ClusterLevel, Coding, FoundCategory, TOGETHER};

phrases! {
    clusters_categories: "범주 열을 숫자로", "Columns of categories as numbers";
    clusters_categories_hint: "지역, 연령대, 가입 경로처럼 가짓수가 적은 글 열을 변수로 쓰는 법을 고릅니다.",
        "Choose how columns with few different texts, such as regions, age bands or channels, count as features.";
    clusters_category_none: "숫자로 바꾸지 않음", "Not as numbers";
    clusters_levels: "어떤 범주가 두드러지나요?", "Which categories stand out?";
    clusters_levels_caption: "군집마다 두드러진 범주와 그 범주에 드는 고객의 비율", "Categories that stand out in each cluster, with the share of customers who have them";
    clusters_levels_of: "범주", "Categories";
    clusters_levels_how: "‘값마다 한 열’은 값이 다른 두 고객을 늘 1만큼 떨어뜨립니다. ‘순서’는 글에 처음 나오는 수의 크기대로, 수가 없으면 글자 순서대로 매긴 자리이고, ‘비율’은 같은 값을 가진 고객의 비율입니다. 뒤의 둘은 숫자 열처럼 크기를 맞춥니다. 두드러진 범주는 군집에서의 비율이 전체보다 가장 높은 것부터 세 개까지입니다.",
        "One column for each value keeps two customers with different values one apart, whatever the values. The order is by the first number in the text, and by its letters where there is none; the share is that of customers with the same value. These two are scaled like numbers. Categories stand out where their share in the cluster lies farthest above that of all customers, three at most.";
}

impl Words {
    /// How a column of categories counts.
    pub const fn coding(self, coding: Coding) -> &'static str {
        match coding {
            Coding::OneHot => {
                self.pick("값마다 한 열 (원-핫)", "A column for each value (one-hot)")
            }
            Coding::Ordinal => self.pick("순서", "Order"),
            Coding::Frequency => self.pick("고객 비율", "Share of customers"),
        }
    }

    /// What of a column was used: its levels, those that are one together, or their order.
    pub fn clusters_category_found(self, found: &FoundCategory) -> String {
        let column = self.column_name(&found.column);
        let (coding, n) = (self.coding(found.coding), self.count(found.n_levels));
        let customers = self.customers(found.n_with_value);
        let said = self.either(
            format!("{column}: {coding}. 값이 있는 고객은 {customers}, 범주는 {n}가지입니다."),
            format!("{column}: {coding}. {customers} with a value have {n} different ones."),
        );
        let levels = || {
            let levels = found.levels.iter().map(|own| own.level.as_str());
            levels.collect::<Vec<_>>().join(" < ")
        };
        match (found.coding, found.n_together) {
            (Coding::Ordinal, _) => self.either(
                format!("{said} 순서는 {}입니다.", levels()),
                format!("{said} Their order is {}.", levels()),
            ),
            (Coding::OneHot, n_together) if n_together > 0 => {
                let n_together = self.count(n_together);
                self.either(
                    format!("{said} 드문 {n_together}가지는 하나({TOGETHER})로 묶었습니다."),
                    format!("{said} The {n_together} rarest are one together ({TOGETHER})."),
                )
            }
            _ => said,
        }
    }

    /// The levels of a cluster in a column, each with its share.
    pub fn clusters_levels_told(self, found: &FoundCategory, own: &[ClusterLevel]) -> String {
        let told = own.iter().filter_map(|one| {
            let level = &found.levels.get(one.level)?.level;
            Some(self.with_shares(level, one.share, one.share_of_all))
        });
        let told = told.collect::<Vec<_>>().join(", ");
        let column = self.column_name(&found.column);
        match told.is_empty() {
            true => format!(
                "{column}: {}",
                self.pick("두드러진 범주 없음", "none stands out")
            ),
            false => format!("{column}: {told}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::clusters::Level;
    use crate::text::Language;

    fn found(coding: Coding) -> FoundCategory {
        let level = |level: &str, n_customers| Level {
            level: level.into(),
            n_customers,
        };
        FoundCategory {
            column: "region".into(),
            coding,
            n_with_value: 100,
            n_levels: 25,
            n_together: 6,
            levels: vec![level("Seoul", 60), level(TOGETHER, 40)],
            clusters: Vec::new(),
        }
    }

    #[test]
    fn categories_are_told_with_their_levels_and_shares() {
        let (en, ko) = (Words::new(Language::En), Words::new(Language::Ko));
        assert_eq!(
            en.clusters_category_found(&found(Coding::OneHot)),
            "region: A column for each value (one-hot). 100 customers with a value have 25 different ones. The 6 rarest are one together (…)."
        );
        assert_eq!(
            ko.clusters_category_found(&found(Coding::Ordinal)),
            "region: 순서. 값이 있는 고객은 100명, 범주는 25가지입니다. 순서는 Seoul < …입니다."
        );
        let own = ClusterLevel {
            level: 0,
            share: 0.62,
            share_of_all: 0.38,
        };
        assert_eq!(
            en.clusters_levels_told(&found(Coding::OneHot), &[own]),
            "region: Seoul 62.0% (all 38.0%)"
        );
        assert_eq!(
            ko.clusters_levels_told(&found(Coding::Frequency), &[]),
            "region: 두드러진 범주 없음"
        );
    }
}
