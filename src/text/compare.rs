//! The words of the comparison: how far two segmentations agree, in plain words, and who differs.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::compare::{Comparison, Differing};

phrases! {
    compare_table: "교차표", "Cross table";
    compare_rows: "행", "Rows";
    compare_columns: "열", "Columns";
    compare_caption: "각 칸은 고객 수이고, 색은 행 안의 비율입니다. 수를 누르면 그 고객을 봅니다.", "Cells are customers; the shade is the share within the row. Press a number to see who they are.";
    compare_total: "합계", "Total";
    compare_differ: "누가 다르게 나뉘나요?", "Who is seen differently?";
    compare_differ_hint: "행마다 고객이 가장 많이 모인 칸 밖에 있는, 가장 큰 무리들입니다.", "The largest groups outside the fullest cell of their row.";
    compare_nobody_differs: "행마다 고객이 모두 한 칸에 있습니다.", "Every row lies within one cell.";
    compare_not_computed: "두 구분이 모두 계산되어야 비교할 수 있습니다. 두 화면에 문제가 없는지 살펴보세요.",
        "Both segmentations must be computed to be compared. See whether one of the two views has a problem.";
    compare_how: "수정 랜드 지수(Hubert와 Arabie 1985)는 두 고객이 두 구분에서 함께 묶이는지를 모든 쌍에 대해 세고, 우연히 일치할 몫을 뺍니다. 1은 완전한 일치, 0은 우연한 수준입니다. 정보 변이(Meilă 2007)는 한쪽을 알 때 다른 쪽에 남는 불확실성으로, 같으면 0입니다.",
        "The adjusted Rand index (Hubert and Arabie 1985) counts over all pairs whether two customers are together in both segmentations, less what chance would give. 1 is full agreement, 0 what chance gives. The variation of information (Meilă 2007) is what knowing one leaves open of the other; it is 0 where they are the same.";
}

impl Words {
    /// The sentence that opens the comparison.
    pub fn compare_finding(self, comparison: &Comparison) -> String {
        let index = self.decimal(comparison.adjusted_rand, 2);
        let variation = self.decimal(comparison.variation_of_information, 2);
        let reading = self.adjusted_rand_means(comparison.adjusted_rand);
        match self.language {
            Language::Ko => {
                format!("{reading} 수정 랜드 지수는 {index}, 정보 변이는 {variation}입니다.")
            }
            Language::En => format!(
                "{reading} The adjusted Rand index is {index}, the variation of information {variation}."
            ),
        }
    }

    /// An adjusted Rand index in plain words.
    pub fn adjusted_rand_means(self, index: f64) -> &'static str {
        if index >= 0.9 {
            self.pick(
                "두 구분은 거의 같습니다.",
                "The two segmentations are nearly the same.",
            )
        } else if index >= 0.6 {
            self.pick(
                "두 구분은 대체로 일치합니다.",
                "The two segmentations largely agree.",
            )
        } else if index >= 0.3 {
            self.pick(
                "두 구분은 일부만 일치합니다.",
                "The two segmentations agree in part.",
            )
        } else if index >= 0.1 {
            self.pick(
                "두 구분은 조금만 일치합니다.",
                "The two segmentations agree a little.",
            )
        } else {
            self.pick(
                "두 구분은 서로 거의 관계가 없습니다.",
                "The two segmentations have little to do with each other.",
            )
        }
    }

    /// A cell of the cross table, which leads to its customers.
    pub fn compare_link(self, comparison: &Comparison, (row, column): (usize, usize)) -> String {
        let (first, second) = (
            self.label(&comparison.rows[row]),
            self.label(&comparison.columns[column]),
        );
        // The number as it stands there is a word of its own in it.
        let n = comparison.row(row)[column];
        self.either(
            format!("‘{first}’이면서 ‘{second}’인 고객 수: {}", self.count(n)),
            format!("{first} and {second}: {}", self.customers(n)),
        )
    }

    /// A group of customers that the two segmentations see differently.
    pub fn compare_exception(self, comparison: &Comparison, one: &Differing) -> String {
        let (segment, cluster) = (
            self.label(&comparison.rows[one.row]),
            self.label(&comparison.columns[one.column]),
        );
        let customers = self.customers(one.n_customers);
        let total: u64 = comparison.row(one.row).iter().sum();
        let share = self.share(one.n_customers as f64 / total.max(1) as f64);
        match self.language {
            Language::Ko => {
                format!("‘{segment}’ 가운데 {customers}({share})은 ‘{cluster}’에 있습니다.")
            }
            Language::En => format!("{customers} of {segment} ({share}) are in {cluster}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Label, SegmentName};

    #[test]
    fn who_differs_is_said_with_the_share_of_the_row() {
        let rows = [SegmentName::Champions, SegmentName::Lost].map(Label::Known);
        let comparison = Comparison {
            of: crate::analysis::compare::Params::default(),
            columns: rows.to_vec(),
            rows: rows.to_vec(),
            counts: vec![10, 2, 3, 9],
            adjusted_rand: 0.5,
            variation_of_information: 1.0,
            differ: Vec::new(),
        };
        let one = Differing {
            row: 1,
            column: 0,
            n_customers: 3,
        };
        let said = |language| Words::new(language).compare_exception(&comparison, &one);
        assert_eq!(
            said(Language::En),
            "3 customers of Lost (25.0%) are in Champions."
        );
        assert!(said(Language::Ko).contains("3명(25.0%)"));
        let cell = |language| Words::new(language).compare_link(&comparison, (0, 1));
        assert_eq!(cell(Language::En), "Champions and Lost: 2 customers");
        assert!(cell(Language::Ko).ends_with("고객 수: 2"));
    }

    #[test]
    fn a_higher_index_reads_as_more_agreement() {
        let words = Words::new(Language::En);
        let readings = [0.95, 0.7, 0.4, 0.2, -0.1].map(|index| words.adjusted_rand_means(index));
        for pair in readings.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }
}
