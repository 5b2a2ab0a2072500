//! What a file lacks that a project's cut points need, and why a project kept none, in words: each says what to do.

use super::Words;
use crate::analysis::SegmentationId;
use crate::analysis::movement::{Known, Lacking};

impl Words {
    /// That columns are not in the file: those of a rule that a project kept, or those that a person chose.
    pub(super) fn lacks_columns(self, of: Option<SegmentationId>, columns: &[String]) -> String {
        let names: Vec<String> = columns.iter().map(|name| self.feature(name)).collect();
        let names = names.join(", ");
        match of.map(|of| self.segmentation(of)) {
            Some(of) => self.either(
                format!("프로젝트에 저장된 기준({of})이 보는 값이 이 파일에 없습니다: {names}. 그 열이 있는 파일을 함께 열거나, 열 지정에서 해당하는 열을 지정하세요. 다른 기준이나 다른 구분을 골라도 됩니다."),
                format!("The cut points that the project kept ({of}) look at what this file does not have: {names}. Open the file that has it together with this one, or name its column in the columns; or choose other cut points or another segmentation."),
            ),
            None => self.either(
                format!("나누는 데 쓸 값: 이 파일에 그런 숫자 열이 없습니다: {names}. 다른 값을 고르거나, 그 열이 있는 파일을 함께 여세요."),
                format!("Features: the file has no such column of numbers: {names}. Choose others, or open the file that has it together with this one."),
            ),
        }
    }

    /// That nothing can be said of moves, since the file has less than half of what the project knew.
    pub(super) fn lacks_most_of_past(self, lacking: &Lacking) -> String {
        let found = self.lacking_counts(lacking);
        self.either(
            format!("{found} 그때까지의 주문 파일을 이 파일과 함께 여세요. 이 파일만 살펴보려면 프로젝트에 저장된 기준 대신 다른 기준을 고르세요."),
            format!("{found} Open the file of the earlier orders together with this one. To look at this file alone choose other cut points than the project’s."),
        )
    }

    /// That some of what the project knew is missing, so that moves are of the others.
    pub fn lacks_some_of_past(self, lacking: &Lacking) -> String {
        let found = self.lacking_counts(lacking);
        self.either(
            format!("{found} 빠진 고객은 어느 칸에도 없고, 주문이 빠진 고객은 실제보다 드물게 산 것처럼 보입니다. 그때까지의 주문 파일을 함께 열면 모두 셀 수 있습니다."),
            format!("{found} Who is missing is in no cell, and who lacks orders seems to buy less than they do. Open the file of the earlier orders together with this one to count them all."),
        )
    }

    fn lacking_counts(self, lacking: &Lacking) -> String {
        let until = self.day(lacking.until);
        let Known {
            n_customers,
            n_orders,
        } = lacking.found;
        let (found, orders) = (self.count(n_customers), self.count(n_orders));
        match lacking.then {
            Some(then) => {
                let (all, all_orders) = (self.count(then.n_customers), self.count(then.n_orders));
                self.either(
                    format!("프로젝트를 만들 때 {until}까지 고객 {all}명의 주문 {all_orders}건이 있었는데, 이 파일에는 {found}명의 {orders}건만 있습니다."),
                    format!(
                        "When the project was saved there {} {} of {} until {until}; of these the file has {} of {found}.",
                        Self::verb(then.n_orders, "was", "were"),
                        self.orders(then.n_orders),
                        self.customers(then.n_customers),
                        self.orders(n_orders)
                    ),
                )
            }
            None => self.either(
                format!("이 파일에는 프로젝트가 알던 {until}까지의 주문이 없습니다."),
                format!("The file has none of the orders until {until} that the project knew."),
            ),
        }
    }

    /// That no project with cut points is open, and when one has any.
    pub(super) const fn nothing_kept(self) -> &'static str {
        self.pick(
            "열려 있는 프로젝트에 저장된 기준이 없습니다. 프로젝트는 주문 파일로 만든 것만 기준을 저장합니다(고객 표에는 견줄 날짜가 없고, 고객 표의 군집은 군집 화면의 ‘이 군집을 다른 날짜와 파일에도 쓰기’로 다음 파일에 씁니다). 그런 프로젝트를 이 파일과 함께 열거나, 다른 기준을 고르세요.",
            "No project with cut points is open. A project keeps them of files of orders; a table of customers has no dates that could be compared, and its clusters are used for the next table by “Keep these clusters for other days and files” in the view of clusters. Open such a project with this file, or choose other cut points.",
        )
    }

    /// Why a project kept nothing of a segmentation.
    pub(super) const fn kept_nothing_of(self, of: SegmentationId) -> &'static str {
        match of {
            SegmentationId::Clusters => self.pick(
                "프로젝트에 군집의 기준이 남아 있지 않습니다. 저장하기 전에 군집을 계산했어야 합니다. 고객이 아주 적은 군집, k-메도이드, DBSCAN, 와드가 아닌 계층적 군집은 고객 개개인의 값으로 나누므로 프로젝트에 저장하지 않으며(낱말이나 범주를 변수로 쓴 군집도 저장하지 않습니다), 한 파일의 두 날짜 사이에서만 비교할 수 있습니다. 다른 구분이나 다른 기준을 고르세요.",
                "The project kept no cut points of clusters. They had to be computed before it was saved. Clusters of very few customers, k-medoids, DBSCAN and hierarchical clusters by another linkage than Ward’s go by the values of single customers, which no project holds (nor clusters with words or categories as features): they can be compared between two dates of one file alone. Choose another segmentation, or other cut points.",
            ),
            SegmentationId::Rfm => self.pick(
                "프로젝트에 RFM의 기준이 남아 있지 않습니다. 순위로 점수를 매기는 방식에는 저장할 경계값이 없습니다. 다른 구분이나 다른 기준을 고르세요.",
                "The project kept no cut points of RFM: where scores go by rank there are none. Choose another segmentation, or other cut points.",
            ),
            SegmentationId::Rules => self.pick(
                "프로젝트에 규칙이 남아 있지 않습니다. 점수나 다른 구분의 세그먼트를 묻는 규칙은 저장하지 않습니다. 다른 구분이나 다른 기준을 고르세요.",
                "The project kept no rules: those that ask for scores or for segments of another segmentation are not kept. Choose another segmentation, or other cut points.",
            ),
            _ => self.pick(
                "프로젝트에 이 구분의 기준이 남아 있지 않습니다. 프로젝트는 RFM, 군집, 생애 단계, 가치 등급, 구매 리듬, 규칙의 기준만 저장합니다. 다른 구분이나 다른 기준을 고르세요.",
                "The project kept no cut points of this segmentation: it keeps those of RFM, clusters, lifecycle, value, rhythm and rules. Choose another one, or other cut points.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::AnalysisError;
    use crate::data::Day;
    use crate::text::Language;

    fn both(error: &AnalysisError) -> [String; 2] {
        [Language::Ko, Language::En].map(|language| Words::new(language).analysis_error(error))
    }

    #[test]
    fn columns_that_a_kept_rule_needs_are_named_and_so_is_the_way_out() {
        let [ko, en] = both(&AnalysisError::LacksColumns {
            of: Some(SegmentationId::Clusters),
            columns: vec!["monetary".into(), "age".into()],
        });
        assert!(
            en.contains("spending, age.") && en.contains("Open the file that has it"),
            "{en}"
        );
        assert!(
            ko.contains("구매 금액, age.") && ko.contains("함께 열거나"),
            "{ko}"
        );
    }

    #[test]
    fn what_is_missing_of_the_past_is_counted_and_the_earlier_file_asked_for() {
        let known = |n_customers, n_orders| Known {
            n_customers,
            n_orders,
        };
        let lacking = Lacking {
            then: Some(known(1_200, 5_000)),
            found: known(1, 2),
            until: Day::from_number(20_000),
        };
        let [ko, en] = both(&AnalysisError::LacksPast(lacking));
        assert!(
            en.contains("5,000 orders of 1,200 customers") && en.contains("2 orders of 1."),
            "{en}"
        );
        assert!(en.contains("together with this one"), "{en}");
        assert!(
            ko.contains("1,200명의 주문 5,000건") && ko.contains("함께 여세요"),
            "{ko}"
        );
        let [_, en] = both(&AnalysisError::LacksPast(Lacking {
            then: None,
            ..lacking
        }));
        assert!(en.contains("none of the orders until"), "{en}");
    }

    #[test]
    fn only_clusters_are_told_of_methods_of_clustering() {
        for of in SegmentationId::ALL {
            let [ko, en] = both(&AnalysisError::NotKept { of });
            let is_of_clusters = of == SegmentationId::Clusters;
            assert_eq!(en.contains("DBSCAN"), is_of_clusters, "{en}");
            assert_eq!(ko.contains("DBSCAN"), is_of_clusters, "{ko}");
        }
        let [_, en] = both(&AnalysisError::NothingKept);
        assert!(
            en.contains("a table of customers has no dates") && !en.contains("k-medoids"),
            "{en}"
        );
    }
}
