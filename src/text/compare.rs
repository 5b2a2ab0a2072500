//! The words of the comparison: how far two segmentations agree, in plain words, and who differs.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::compare::Comparison;
use crate::data::places_in_order;

phrases! {
    compare_table: "교차표", "Cross table";
    compare_rows: "행", "Rows";
    compare_columns: "열", "Columns";
    compare_caption: "각 칸은 고객 수이고, 색은 행 안의 비율입니다.", "Cells are customers; the shade is the share within the row.";
    compare_total: "합계", "Total";
    compare_differ: "누가 다르게 나뉘나요?", "Who is seen differently?";
    compare_differ_hint: "행마다 고객이 가장 많이 모인 칸 밖에 있는, 가장 큰 무리들입니다.", "The largest groups outside the fullest cell of their row.";
    compare_nobody_differs: "행마다 고객이 모두 한 칸에 있습니다.", "Every row lies within one cell.";
    compare_not_computed: "두 구분이 모두 계산되어야 비교할 수 있습니다. 두 화면에 문제가 없는지 살펴보세요.",
        "Both segmentations must be computed to be compared. See whether one of the two views has a problem.";
    compare_how: "수정 랜드 지수(Hubert와 Arabie 1985)는 두 고객이 두 구분에서 함께 묶이는지를 모든 쌍에 대해 세고, 우연히 일치할 몫을 뺍니다. 1은 완전한 일치, 0은 우연한 수준입니다. 정보 변이(Meilă 2007)는 한쪽을 알 때 다른 쪽에 남는 불확실성으로, 같으면 0입니다.",
        "The adjusted Rand index (Hubert and Arabie 1985) counts over all pairs whether two customers are together in both segmentations, less what chance would give. 1 is full agreement, 0 what chance gives. The variation of information (Meilă 2007) is what knowing one leaves open of the other; it is 0 where they are the same.";
}

impl Comparison {
    /// The counts of one row.
    pub fn row(&self, row: usize) -> &[u64] {
        let width = self.columns.len();
        self.counts
            .get(row * width..(row + 1) * width)
            .unwrap_or_default()
    }

    /// The cells outside the fullest of their row, largest first: row, column, customers. At most `n`.
    pub fn largest_exceptions(&self, n: usize) -> Vec<(usize, usize, u64)> {
        let mut cells = Vec::new();
        for row in 0..self.rows.len() {
            let counts = self.row(row);
            let fullest =
                (0..counts.len()).max_by_key(|column| (counts[*column], usize::MAX - column));
            let others =
                (0..counts.len()).filter(|column| Some(*column) != fullest && counts[*column] > 0);
            cells.extend(others.map(|column| (row, column, counts[column])));
        }
        // They stand by row and column already, and equal ones stay so.
        let order = places_in_order(cells.len(), &|a, b| cells[b].2.cmp(&cells[a].2));
        order
            .into_iter()
            .take(n)
            .map(|place| cells[place])
            .collect()
    }
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

    /// A group of customers that the two segmentations see differently.
    pub fn compare_exception(
        self,
        comparison: &Comparison,
        (row, column, n): (usize, usize, u64),
    ) -> String {
        let (segment, cluster) = (
            self.label(&comparison.rows[row]),
            self.label(&comparison.columns[column]),
        );
        let customers = self.customers(n);
        let total: u64 = comparison.row(row).iter().sum();
        let share = self.share(n as f64 / total.max(1) as f64);
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

    fn comparison(counts: [u64; 4]) -> Comparison {
        let rows = [SegmentName::Champions, SegmentName::Lost]
            .map(Label::Known)
            .to_vec();
        let cluster = |number| Label::Cluster {
            number,
            suggestion: None,
            standing: None,
        };
        Comparison {
            of: crate::analysis::compare::Params::default(),
            rows,
            columns: vec![cluster(1), cluster(2)],
            counts: counts.to_vec(),
            adjusted_rand: 0.5,
            variation_of_information: 1.0,
        }
    }

    #[test]
    fn exceptions_are_what_lies_outside_the_fullest_cell_of_a_row() {
        assert_eq!(
            comparison([10, 2, 3, 30]).largest_exceptions(5),
            [(1, 0, 3), (0, 1, 2)]
        );
        assert!(comparison([10, 0, 0, 30]).largest_exceptions(5).is_empty());
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
