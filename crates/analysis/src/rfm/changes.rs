//! The smallest change that would move a customer to another segment: days without an order, or further orders.
//!
//! The cut points stay those of today. Days pass with nothing else happening; further orders come on the as-of date,
//! each for what an order of this customer was worth on average. Only where everybody is held against the same cut
//! points: elsewhere a customer's score hangs on the others. Source: counterfactual explanations, Wachter et al. (2017).

use serde::{Deserialize, Serialize};

use super::segment_map::triple_place;
use super::{Convention, CutPoints};
use crate::{Label, Report, Segmentation};
use gyeol_data::Standing;

/// The most further orders that are looked at.
const MOST_ORDERS: u32 = 50;

/// What would move a customer, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The first day, counted from the as-of date, on which it is in another segment if it does not order.
    pub without_orders: Option<(u32, Label)>,
    /// The fewest further orders on the as-of date that put it into another segment; up to 50 are looked at.
    pub with_orders: Option<(u32, Label)>,
}

/// What is known of all customers, to ask it of single ones.
#[derive(Clone, Debug)]
pub struct Changes {
    convention: Convention,
    cuts: CutPoints,
    groups: u8,
    labels: Vec<Label>,
    /// Place in `labels` of each triple of scores.
    table: Vec<u16>,
    /// The days with which recency scores begin, rising.
    first_days: Vec<f64>,
}

impl Changes {
    /// Of a finished RFM analysis; `None` of any other, where customers have no cut points in common, and where
    /// the scores are not of all orders and what was paid.
    pub fn of(report: &Report) -> Option<Self> {
        let Report::Rfm(report) = report else {
            return None;
        };
        let params = &report.params;
        let map = params.map.as_ref()?;
        let convention = params.convention;
        let labels = map.labels();
        let first_day = |&cut: &f64| convention.most_below(cut) + 1.0;
        let is_of_standing = convention.has_cut_points() && params.is_plain();
        is_of_standing.then(|| Self {
            convention,
            first_days: report.cuts.recency_days.iter().map(first_day).collect(),
            cuts: report.cuts.clone(),
            groups: params.groups,
            table: map.table(params.groups, &labels),
            labels,
        })
    }

    /// The place of the segment of who stands like this among the segments of RFM.
    pub(crate) fn place_of(&self, standing: &Standing) -> u16 {
        let recency = f64::from(standing.recency_days);
        let frequency = f64::from(self.convention.frequency(standing));
        self.place(recency, frequency, standing.amount.to_f64())
    }

    /// What the segment at a place is called.
    pub(crate) fn label_at(&self, place: u16) -> Option<&Label> {
        self.labels.get(usize::from(place))
    }

    /// What would move a customer who stands like this.
    pub fn of_customer(&self, standing: &Standing) -> Change {
        let recency = f64::from(standing.recency_days);
        let frequency = f64::from(self.convention.frequency(standing));
        let money = standing.amount.to_f64();
        let own = self.place(recency, frequency, money);
        let moved = |place: u16| {
            let label = self.labels.get(usize::from(place));
            label.filter(|_| place != own).cloned()
        };
        let days = self.first_days.iter().filter(|&&day| day > recency);
        let mut passing = days.filter_map(|&day| {
            let label = moved(self.place(day, frequency, money))?;
            Some(((day - recency) as u32, label))
        });
        let of_order = money / f64::from(standing.n_orders.max(1));
        // Where rows are counted, an order is as many as the customer's usually have.
        let counted = frequency / f64::from(standing.n_orders.max(1));
        let mut ordering = (1..=MOST_ORDERS).filter_map(|n| {
            let more = f64::from(n);
            let (frequency, money) = (frequency + more * counted, money + more * of_order);
            Some((n, moved(self.place(0.0, frequency, money))?))
        });
        Change {
            without_orders: passing.next(),
            with_orders: ordering.next(),
        }
    }

    /// The place of the segment of who has these values.
    fn place(&self, recency: f64, frequency: f64, money: f64) -> u16 {
        let group = |value: f64, cuts: &[f64]| {
            let is_past = |cut: &&f64| match self.convention {
                Convention::RRfm => **cut <= value,
                _ => **cut < value,
            };
            cuts.iter().filter(is_past).count() as u8 + 1
        };
        let r = self.groups + 1 - group(recency, &self.cuts.recency_days);
        let f = group(frequency, &self.cuts.frequency);
        let m = group(money, &self.cuts.monetary);
        let place = self.table.get(triple_place((r, f, m), self.groups));
        place.copied().unwrap_or(Segmentation::ABSENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rfm::{self, Params};
    use crate::{Params as _, Request, Unwatched, run, testing};
    use gyeol_data::Day;
    use proptest::prelude::*;

    type Rows = Vec<(String, i32, i64)>;

    /// The labels of all customers, by id.
    fn labels(rows: &Rows, params: &Params, as_of: i32) -> (Report, Vec<(String, Option<Label>)>) {
        let borrowed: Vec<(&str, i32, i64)> = rows
            .iter()
            .map(|(id, day, cents)| (id.as_str(), *day, *cents))
            .collect();
        let dataset = testing::orders(&borrowed);
        let request = Request::Rfm(params.clone());
        let finished = run(&dataset, request, Day::from_number(as_of), &mut Unwatched).unwrap();
        let segmentation = finished.segmentation.unwrap();
        let of = |customer: usize| {
            let label = segmentation
                .segment_of(customer)
                .map(|segment| segment.label.clone());
            (dataset.customers.get(customer as u32).into_owned(), label)
        };
        let all = (0..dataset.n_customers()).map(of).collect();
        (finished.report, all)
    }

    fn used(report: &Report) -> Params {
        let Report::Rfm(report) = report else {
            return Params::default();
        };
        report.params.clone()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn what_is_said_to_move_a_customer_moves_it_and_less_does_not(
            rows in prop::collection::vec((0..12_u32, 1..400_i32, 1..9_000_i64), 12..40),
            is_r in any::<bool>(),
        ) {
            let rows: Rows = rows
                .into_iter()
                .map(|(id, day, cents)| (format!("c{id:02}"), day, cents))
                .collect();
            let convention = if is_r { Convention::RRfm } else { Convention::Gyeol };
            let params = Params { convention, ..Params::default() };
            prop_assert!(params.check().is_ok());
            let as_of = 400;
            let (report, before) = labels(&rows, &params, as_of);
            let (changes, kept) = (Changes::of(&report).unwrap(), used(&report));
            let borrowed: Vec<(&str, i32, i64)> =
                rows.iter().map(|(id, day, cents)| (id.as_str(), *day, *cents)).collect();
            let dataset = testing::orders(&borrowed);
            for (customer, (id, own)) in before.iter().enumerate().take(4) {
                let standing = dataset.standing(customer, Day::from_number(as_of)).unwrap();
                let change = changes.of_customer(&standing);
                if let Some((days, label)) = change.without_orders {
                    let at = |day: i32| labels(&rows, &kept, day).1[customer].1.clone();
                    prop_assert_eq!(at(as_of + days as i32), Some(label));
                    prop_assert_eq!(&at(as_of + days as i32 - 1), own);
                }
                if let Some((n, label)) = change.with_orders {
                    // The mean order is of whole cents here, or the money would not be the same to the last digit.
                    let mean = (standing.amount.to_f64() * 100.0 / f64::from(standing.n_orders)) as i64;
                    let with = |n: u32| {
                        let more = (0..n).map(|_| (id.clone(), as_of, mean));
                        let rows: Rows = rows.iter().cloned().chain(more).collect();
                        labels(&rows, &kept, as_of).1[customer].1.clone()
                    };
                    prop_assert_eq!(with(n), Some(label));
                    if n > 1 {
                        prop_assert_eq!(&with(n - 1), own);
                    }
                }
            }
        }
    }

    #[test]
    fn a_champion_is_told_how_long_it_stays_and_who_is_lost_what_brings_it_back() {
        let ids: Vec<String> = (1..=10).map(|n| format!("c{n:02}")).collect();
        let row = |(id, n): (&String, i32)| (id.clone(), n * 10, 100);
        let rows: Rows = ids.iter().zip(1..).map(row).collect();
        let mut more = rows.clone();
        more.extend([rows[9].clone(), rows[9].clone()]);
        let (report, _) = labels(&more, &rfm::Params::default(), 101);
        let changes = Changes::of(&report).unwrap();
        let borrowed: Vec<(&str, i32, i64)> = more
            .iter()
            .map(|(id, day, cents)| (id.as_str(), *day, *cents))
            .collect();
        let dataset = testing::orders(&borrowed);
        let of = |customer| {
            let standing = dataset.standing(customer, Day::from_number(101)).unwrap();
            changes.of_customer(&standing)
        };
        let label = |name| Label::Known(name);
        // Days since: 1, 11, 21 …; the first cut point is 11 + 0.8 · 10 = 19 days.
        let champion = of(9);
        let (days, then) = champion.without_orders.unwrap();
        assert_eq!(
            (days, then),
            (19, label(crate::SegmentName::LoyalCustomers))
        );
        assert_eq!(champion.with_orders, None, "there is nothing above it");
        let lost = of(0);
        assert_eq!(lost.without_orders, None, "there is nothing below it");
        assert_eq!(lost.with_orders.unwrap().0, 1);
    }

    #[test]
    fn where_scores_hang_on_the_others_nothing_is_said() {
        let rows: Rows = (0..9).map(|n| (format!("c{n}"), n, 100)).collect();
        for convention in Convention::ALL {
            let params = Params {
                convention,
                ..Params::default()
            };
            let (report, _) = labels(&rows, &params, 10);
            assert_eq!(Changes::of(&report).is_some(), convention.has_cut_points());
        }
    }
}
