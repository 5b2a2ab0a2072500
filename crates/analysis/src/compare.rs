//! Two segmentations of the same customers side by side.

use serde::{Deserialize, Serialize};

use super::{Label, Segmentation, SegmentationId};
use gyeol_data::places_in_order;

/// Which two segmentations are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// In the rows.
    pub first: SegmentationId,
    /// In the columns.
    pub second: SegmentationId,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            first: SegmentationId::Rfm,
            second: SegmentationId::Clusters,
        }
    }
}

/// A cross table and how far two segmentations agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Which two.
    pub of: Params,
    /// Segments of the first.
    pub rows: Vec<Label>,
    /// Segments of the second.
    pub columns: Vec<Label>,
    /// Customers, `rows × columns`, row by row.
    pub counts: Vec<u64>,
    /// Adjusted Rand index (Hubert & Arabie 1985), 1 for equal, about 0 for unrelated.
    pub adjusted_rand: f64,
    /// Variation of information (Meilă 2007) in nats: 0 for equal, at most the logarithm of the customers.
    pub variation_of_information: f64,
    /// Who is seen differently: the cells outside the fullest of their row, most customers first.
    pub differ: Vec<Differing>,
}

/// Customers of one segment of the first who are not where most of it is in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differing {
    /// The place of their segment in the first.
    pub row: usize,
    /// The place of their segment in the second.
    pub column: usize,
    /// How many they are.
    pub n_customers: u64,
}

impl Comparison {
    /// The counts of one row.
    pub fn row(&self, row: usize) -> &[u64] {
        let width = self.columns.len();
        self.counts
            .get(row * width..(row + 1) * width)
            .unwrap_or_default()
    }
}

/// Compares two segmentations over the customers that both hold.
pub fn run(first: &Segmentation, second: &Segmentation) -> Comparison {
    let labels = |segmentation: &Segmentation| {
        let segments = segmentation.segments.iter();
        segments.map(|segment| segment.label.clone()).collect()
    };
    let (n_rows, n_columns) = (first.segments.len(), second.segments.len());
    let mut counts = vec![0; n_rows * n_columns];
    for (&row, &column) in first.assignment.iter().zip(&second.assignment) {
        let (row, column) = (usize::from(row), usize::from(column));
        if row < n_rows && column < n_columns {
            counts[row * n_columns + column] += 1;
        }
    }
    Comparison {
        of: Params {
            first: first.id,
            second: second.id,
        },
        rows: labels(first),
        columns: labels(second),
        adjusted_rand: adjusted_rand(&counts, n_columns),
        variation_of_information: variation_of_information(&counts, n_columns),
        differ: differing(&counts, n_columns),
        counts,
    }
}

/// The cells outside the fullest of their row (of equal ones the first), most customers first.
fn differing(counts: &[u64], n_columns: usize) -> Vec<Differing> {
    let mut cells = Vec::new();
    for (row, counts) in counts.chunks(n_columns.max(1)).enumerate() {
        let fullest = (0..counts.len()).max_by_key(|&column| (counts[column], usize::MAX - column));
        let others =
            (0..counts.len()).filter(|column| Some(*column) != fullest && counts[*column] > 0);
        cells.extend(others.map(|column| Differing {
            row,
            column,
            n_customers: counts[column],
        }));
    }
    // They stand by row and column already, and equal ones stay so.
    let most_first = |a: usize, b: usize| cells[b].n_customers.cmp(&cells[a].n_customers);
    let order = places_in_order(cells.len(), &most_first);
    order.into_iter().map(|place| cells[place]).collect()
}

/// What knowing one segment leaves open of the other, both ways: `H(A|B) + H(B|A)`.
fn variation_of_information(counts: &[u64], n_columns: usize) -> f64 {
    let all = counts.iter().sum::<u64>() as f64;
    let rows: Vec<u64> = (counts.chunks(n_columns.max(1)))
        .map(|row| row.iter().sum())
        .collect();
    let column = |column: usize| counts.iter().skip(column).step_by(n_columns).sum::<u64>();
    let columns: Vec<u64> = (0..n_columns).map(column).collect();
    let mut sum = 0.0;
    for (place, &both) in counts.iter().enumerate().filter(|(_, both)| **both > 0) {
        let both = both as f64;
        let (row, column) = (rows[place / n_columns], columns[place % n_columns]);
        let open = libm::log(both / row as f64) + libm::log(both / column as f64);
        sum -= both / all * open;
    }
    sum
}

/// Agreement on pairs of customers, less what chance would give; 1 where there is nothing to disagree on.
pub(super) fn adjusted_rand(counts: &[u64], n_columns: usize) -> f64 {
    let pairs = |n: u64| n as f64 * (n as f64 - 1.0) / 2.0;
    let rows = counts
        .chunks(n_columns.max(1))
        .map(|row| row.iter().sum::<u64>());
    let columns =
        (0..n_columns).map(|column| counts.iter().skip(column).step_by(n_columns).sum::<u64>());
    let together: f64 = counts.iter().copied().map(pairs).sum();
    let (in_rows, in_columns) = (
        rows.map(pairs).sum::<f64>(),
        columns.map(pairs).sum::<f64>(),
    );
    let all = pairs(counts.iter().sum());
    let by_chance = if all > 0.0 {
        in_rows * in_columns / all
    } else {
        0.0
    };
    let most = f64::midpoint(in_rows, in_columns);
    if (most - by_chance).abs() > 0.0 {
        (together - by_chance) / (most - by_chance)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Segment, SegmentationId};

    fn segmentation(id: SegmentationId, n_segments: usize, assignment: &[u16]) -> Segmentation {
        let segment = |place: usize| Segment {
            label: Label::Own(place.to_string()),
        };
        let segments = (0..n_segments).map(segment).collect();
        Segmentation {
            id,
            segments,
            assignment: assignment.to_vec(),
            membership: None,
            predicted: None,
        }
    }

    #[test]
    fn the_index_is_that_of_the_textbook() {
        let absent = Segmentation::ABSENT;
        for (one, other, expected) in [
            (&[0, 0, 1, 1][..], &[1, 1, 0, 0][..], 1.0),
            (&[0, 0, 1, 1], &[0, 0, 1, 2], 4.0 / 7.0),
            (&[0, 0, 1, 1], &[0, 1, 0, 1], -0.5),
            (&[0, 0, 0], &[0, 0, 0], 1.0),
            (&[0, 0, 1, 1, absent], &[1, 1, 0, 0, 1], 1.0),
            (&[], &[], 1.0),
        ] {
            let first = segmentation(SegmentationId::Rfm, 3, one);
            let second = segmentation(SegmentationId::Clusters, 3, other);
            let found = run(&first, &second).adjusted_rand;
            assert!(
                (found - expected).abs() < 1e-12,
                "{one:?} {other:?}: {found}"
            );
        }
    }

    #[test]
    fn the_variation_of_information_is_what_either_leaves_open() {
        let variation = |one: &[u16], other: &[u16]| {
            let first = segmentation(SegmentationId::Rfm, 3, one);
            let second = segmentation(SegmentationId::Clusters, 3, other);
            run(&first, &second).variation_of_information
        };
        assert!(variation(&[0, 0, 1, 1], &[1, 1, 0, 0]).abs() < 1e-12);
        // Independent halves: each leaves one bit open, twice.
        let bits = variation(&[0, 0, 1, 1], &[0, 1, 0, 1]) / std::f64::consts::LN_2;
        assert!((bits - 2.0).abs() < 1e-12);
        assert!(variation(&[], &[]).abs() < 1e-12);
    }

    #[test]
    fn who_differs_lies_outside_the_fullest_cell_of_a_row() {
        let differ = |counts: &[u64]| -> Vec<(usize, usize, u64)> {
            let found = differing(counts, 2).into_iter();
            found
                .map(|one| (one.row, one.column, one.n_customers))
                .collect()
        };
        assert_eq!(differ(&[10, 2, 3, 30]), [(1, 0, 3), (0, 1, 2)]);
        assert_eq!(
            differ(&[4, 4, 0, 0]),
            [(0, 1, 4)],
            "of equal ones the first"
        );
        assert!(differ(&[10, 0, 0, 30]).is_empty());
        assert!(differ(&[]).is_empty());
    }

    #[test]
    fn the_table_counts_who_is_in_both() {
        let first = segmentation(SegmentationId::Rfm, 2, &[0, 1, 1, Segmentation::ABSENT]);
        let second = segmentation(SegmentationId::Clusters, 3, &[2, 0, 0, 1]);
        let table = run(&first, &second);
        assert_eq!(table.counts, [0, 0, 1, 2, 0, 0]);
        assert_eq!((table.rows.len(), table.columns.len()), (2, 3));
    }
}
