//! Single customers with what is known of them: pages of a list, and the rows of the exported table.
//!
//! Who had not ordered by the as-of date is on no page. A page makes only its own rows: a long list costs one pass
//! for the keys, and no more than the page is put in order.

mod filter;
mod reach;
mod reachable;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use self::filter::Filter;
pub use self::reach::Reach;
use self::reach::Reached;
pub use self::reachable::{Reachable, ReachableCounts, reachable};
use super::lifetime::Forecasts;
use super::movement::Moves;
use super::rfm::{Change, Changes, Convention, FourthScore, Scores};
use super::{Label, Segmentation, SegmentationId, snapshot};
use gyeol_data::{Contact, Dataset, Day, Money};

/// Which customers, in which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Only these.
    pub filter: Filter,
    /// Sorted by this.
    pub sort: Sort,
    /// Whether the largest come first.
    pub descending: bool,
    /// How many to skip.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
    /// By what those in the saved list are to be reached, where that is counted.
    pub reached_by: Option<Contact>,
}

/// What a list is sorted by; ties by customer id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// The id, in byte order.
    #[default]
    Customer,
    /// Days since the last order.
    Recency,
    /// Orders.
    Frequency,
    /// Money.
    Monetary,
    /// How probable it is that the customer will still order.
    PAlive,
    /// Discounted money to come.
    Clv,
    /// The weighted score of RFM.
    Score,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// What was asked.
    pub query: Query,
    /// How many match in all.
    pub n_matching: u64,
    /// How many there are without the filter.
    pub n_customers: u64,
    /// Of these, customers whom a treatment of columns sets aside.
    pub n_set_aside: u64,
    /// How those who match can be reached, and who of them agreed to it.
    pub reach: Box<Reach>,
    /// The rows of this page.
    pub rows: Vec<Row>,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The id.
    pub customer: String,
    /// Days since the last order; `None` where the file does not say.
    pub recency_days: Option<i32>,
    /// Orders; rows where the scores are those of the `r-rfm` convention.
    pub frequency: Option<u32>,
    /// Money; `None` where the file has none.
    pub monetary: Option<Money>,
    /// R, F and M scores, where RFM has run.
    pub scores: Option<(u8, u8, u8)>,
    /// Their mean by a person's own weights, where there are any.
    pub weighted: Option<f64>,
    /// The label in each segmentation that has run, in the order of [`SegmentationId::ALL`].
    pub labels: Vec<Option<Label>>,
    /// How probable its cluster is, where the method tells.
    pub probability: Option<f32>,
    /// How probable it is that the customer will still order, where lifetime values were computed.
    pub p_alive: Option<f64>,
    /// Discounted money to come within the horizon, where there is any.
    pub clv: Option<f64>,
    /// How well it fits into its cluster, -1 to 1, where that was measured.
    pub silhouette: Option<f32>,
    /// The smallest changes that would move it to another RFM segment.
    pub change: Option<Change>,
    /// The segments on both dates of a movement, where one has run: by one rule, which need not be that of the labels.
    pub moved: [Option<Label>; 2],
    /// The score beside R, F and M, where something further is scored.
    pub fourth: Option<FourthScore>,
}

/// What has been computed of single customers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// R, F and M scores.
    pub scores: Option<&'a Scores>,
    /// What would move customers to another RFM segment.
    pub changes: Option<&'a Changes>,
    /// How well customers fit into their clusters, by customer number.
    pub silhouettes: Option<&'a [f32]>,
    /// What is to come of customers.
    pub forecasts: Option<&'a Forecasts>,
    /// Where customers were and are.
    pub moves: Option<&'a Moves>,
    /// The segmentations that have run.
    pub segmentations: &'a [&'a Segmentation],
}

impl Known<'_> {
    /// How well a customer fits into its cluster, where it was measured.
    pub fn silhouette_of(&self, customer: usize) -> Option<f32> {
        let value = *self.silhouettes?.get(customer)?;
        value.is_finite().then_some(value)
    }
}

/// The customers that `query` asks for.
///
/// Missing values come last in either direction, ties by id.
pub fn page(dataset: &Dataset, known: &Known<'_>, query: &Query, as_of: Day) -> Page {
    let scores = known.scores;
    let among = query.filter.whether_agreed_or_not();
    let is_wanted = among.test(dataset, scores, known.segmentations, known.moves, None);
    let mut reached = Reached::new(dataset, query.filter.agreed);
    let mut n_customers = 0;
    let mut n_set_aside = 0;
    let mut matching: Vec<u32> = Vec::new();
    for customer in 0..dataset.n_customers() {
        if snapshot::is_present(dataset, customer, as_of) {
            n_customers += 1;
            n_set_aside += u64::from(dataset.is_set_aside(customer));
            if is_wanted(customer) && reached.takes(customer) {
                matching.push(customer as u32);
            }
        }
    }
    let of = (dataset, &reached.contacts);
    reached.reach.reachable = (query.reached_by)
        .and_then(|by| reachable::of(of, &matching, as_of, by))
        .map(|found| found.counts);
    let n_matching = matching.len() as u64;
    let places = on_page(query, matching.len());
    let convention = scores.map_or(Convention::default(), |scores| scores.convention);
    let order = (convention, known);
    let rows = sorted(dataset, matching, query, as_of, order, places)
        .into_iter()
        .filter_map(|customer| row(dataset, known, customer as usize, as_of))
        .collect();
    Page {
        query: query.clone(),
        n_matching,
        n_customers,
        n_set_aside,
        reach: Box::new(reached.reach),
        rows,
    }
}

/// What is known of one customer (by number); `None` for who was no customer yet.
pub fn row(dataset: &Dataset, known: &Known<'_>, customer: usize, as_of: Day) -> Option<Row> {
    let (scores, segmentations) = (known.scores, known.segmentations);
    let forecast = known.forecasts.and_then(|forecasts| forecasts.of(customer));
    let moves = known.moves;
    if !snapshot::is_present(dataset, customer, as_of) {
        return None;
    }
    let standing = dataset.standing(customer, as_of);
    let convention = scores.map_or(Convention::default(), |scores| scores.convention);
    let (then, now) = moves.map(|moves| moves.of(customer)).unwrap_or_default();
    let label = |id: SegmentationId| {
        let segmentation = segmentations.iter().find(|one| one.id == id)?;
        Some(segmentation.segment_of(customer)?.label.clone())
    };
    Some(Row {
        customer: dataset.customers.get(customer as u32).into_owned(),
        recency_days: standing.map(|standing| standing.recency_days),
        frequency: standing.map(|standing| convention.frequency(&standing)),
        monetary: standing
            .filter(|_| dataset.has_money)
            .map(|standing| standing.amount),
        scores: scores.and_then(|scores| scores.of(customer)),
        weighted: scores.and_then(|scores| scores.weighted(customer)),
        labels: SegmentationId::ALL.map(label).to_vec(),
        probability: segmentations
            .iter()
            .find_map(|one| one.membership_of(customer)),
        p_alive: forecast.map(|one| one.p_alive),
        clv: forecast.and_then(|one| one.clv),
        silhouette: known.silhouette_of(customer),
        change: (known.changes.zip(standing))
            .filter(|_| scores.is_some_and(|scores| scores.of(customer).is_some()))
            .map(|(changes, standing)| changes.of_customer(&standing)),
        moved: [then.cloned(), now.cloned()],
        fourth: scores.and_then(|scores| scores.fourth_of(customer)),
    })
}

/// Places of the page among `n_matching` sorted customers.
fn on_page(query: &Query, n_matching: usize) -> std::ops::Range<usize> {
    let limit = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(n_matching);
    limit(query.offset)..limit(query.offset.saturating_add(query.limit))
}

/// The customers at `places` of the sorted list; the rest is left unsorted.
fn sorted(
    dataset: &Dataset,
    matching: Vec<u32>,
    query: &Query,
    as_of: Day,
    (convention, known): (Convention, &Known<'_>),
    places: std::ops::Range<usize>,
) -> Vec<u32> {
    let key = |customer: u32| {
        let standing = dataset.standing(customer as usize, as_of)?;
        let forecasts = known.forecasts;
        let forecast = forecasts.and_then(|forecasts| forecasts.of(customer as usize));
        Some(match query.sort {
            Sort::Customer => i128::from(customer),
            Sort::Recency => i128::from(standing.recency_days),
            Sort::Frequency => i128::from(convention.frequency(&standing)),
            Sort::Monetary => standing.amount.units(),
            Sort::PAlive => rank(forecast?.p_alive),
            Sort::Clv => rank(forecast?.clv?),
            Sort::Score => i128::from(known.scores?.weighted_sum(customer as usize)?),
        })
    };
    if query.sort == Sort::Customer {
        let at = |place: usize| {
            matching[if query.descending {
                matching.len() - 1 - place
            } else {
                place
            }]
        };
        return places.map(at).collect();
    }
    let mut keyed: Vec<_> = matching
        .into_iter()
        .map(|customer| (key(customer), customer))
        .collect();
    let order = |left: &Keyed, right: &Keyed| by_key(*left, *right, query.descending);
    let (start, end) = (places.start, places.end);
    if end < keyed.len() {
        keyed.select_nth_unstable_by(end, order);
        keyed.truncate(end);
    }
    if 0 < start && start < keyed.len() {
        keyed.select_nth_unstable_by(start, order);
    }
    let mut keyed = keyed.split_off(start.min(keyed.len()));
    keyed.sort_unstable_by(order);
    keyed.into_iter().map(|(_, customer)| customer).collect()
}

/// A whole number that is larger where `value` is, for values of nothing and more.
fn rank(value: f64) -> i128 {
    i128::from(value.max(0.0).to_bits())
}

/// What a customer is sorted by, and its number.
type Keyed = (Option<i128>, u32);

fn by_key(left: Keyed, right: Keyed, descending: bool) -> Ordering {
    let by_value = match (left.0, right.0) {
        (Some(left), Some(right)) if descending => right.cmp(&left),
        (Some(left), Some(right)) => left.cmp(&right),
        (left, right) => left.is_none().cmp(&right.is_none()),
    };
    by_value.then(left.1.cmp(&right.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn shop() -> Dataset {
        testing::orders(&[
            ("a", 1, 100),
            ("a", 2, 100),
            ("b", 5, 300),
            ("c", 4, 300),
            ("d", 9, 50),
        ])
    }

    fn ids(query: &Query) -> (u64, String) {
        let page = page(&shop(), &Known::default(), query, Day::from_number(6));
        let ids: Vec<String> = page.rows.into_iter().map(|row| row.customer).collect();
        (page.n_matching, ids.concat())
    }

    #[test]
    fn pages_are_sorted_with_ties_by_id_and_leave_out_who_was_not_there_yet() {
        for (sort, descending, expected) in [
            (Sort::Customer, false, "abc"),
            (Sort::Customer, true, "cba"),
            (Sort::Recency, false, "bca"),
            (Sort::Frequency, true, "abc"),
            (Sort::Monetary, true, "bca"),
            (Sort::Monetary, false, "abc"),
        ] {
            let query = Query {
                filter: Filter::default(),
                sort,
                descending,
                offset: 0,
                limit: 9,
                reached_by: None,
            };
            assert_eq!(ids(&query), (3, expected.into()), "{sort:?} {descending}");
        }
    }

    #[test]
    fn pages_put_together_are_the_whole_list() {
        for sort in [
            Sort::Customer,
            Sort::Recency,
            Sort::Frequency,
            Sort::Monetary,
        ] {
            let query = |offset, limit| Query {
                filter: Filter::default(),
                sort,
                descending: true,
                offset,
                limit,
                reached_by: None,
            };
            let (_, whole) = ids(&query(0, u64::MAX));
            let parts: Vec<String> = (0..4).map(|offset| ids(&query(offset, 1)).1).collect();
            assert_eq!(parts.concat(), whole, "{sort:?}");
            assert_eq!(ids(&query(7, 2)), (3, String::new()));
        }
    }

    #[test]
    fn a_segment_narrows_the_list_and_labels_stand_in_order() {
        let label = |text: &str| Label::Own(text.into());
        let clusters = Segmentation {
            id: SegmentationId::Clusters,
            segments: ["x", "y"]
                .map(|text| crate::Segment { label: label(text) })
                .to_vec(),
            assignment: vec![0, 1, 1, Segmentation::ABSENT],
            membership: None,
            predicted: None,
        };
        let query = Query {
            filter: Filter::of((SegmentationId::Clusters, 1)),
            sort: Sort::Customer,
            descending: false,
            offset: 0,
            limit: 9,
            reached_by: None,
        };
        let silhouettes = [f32::NAN, 0.5, f32::NAN, f32::NAN];
        let known = Known {
            silhouettes: Some(&silhouettes),
            segmentations: &[&clusters],
            ..Known::default()
        };
        let page = page(&shop(), &known, &query, Day::from_number(6));
        let fits: Vec<_> = page.rows.iter().map(|row| row.silhouette).collect();
        assert_eq!(fits, [Some(0.5), None]);
        let found: Vec<_> = page
            .rows
            .iter()
            .map(|row| (row.customer.as_str(), row.labels[..2].to_vec()))
            .collect();
        assert_eq!(
            found,
            [
                ("b", vec![None, Some(label("y"))]),
                ("c", vec![None, Some(label("y"))])
            ]
        );
    }

    #[test]
    fn a_list_is_sorted_by_what_is_to_come_where_that_was_computed() {
        use crate::{Params as _, Unwatched, lifetime};
        let (dataset, day) = (testing::regulars(), Day::from_number(181));
        let params = lifetime::Params {
            model: Some(lifetime::Model::BgNbd),
            ..lifetime::Params::default()
        };
        let found = lifetime::run(&dataset, &params.checked().unwrap(), day, &mut Unwatched);
        let forecasts = found.unwrap().forecasts;
        let rows = |sort, forecasts| {
            let query = Query {
                filter: Filter::default(),
                sort,
                descending: true,
                offset: 0,
                limit: 99,
                reached_by: None,
            };
            let known = Known {
                forecasts,
                ..Known::default()
            };
            page(&dataset, &known, &query, day).rows
        };
        let by_worth = rows(Sort::Clv, Some(&forecasts));
        assert_eq!(by_worth.len(), 15);
        assert!(by_worth.windows(2).all(|pair| pair[0].clv >= pair[1].clv));
        assert!(by_worth[0].clv > by_worth[14].clv);
        let alive = rows(Sort::PAlive, Some(&forecasts));
        assert!(
            alive
                .windows(2)
                .all(|pair| pair[0].p_alive >= pair[1].p_alive)
        );
        assert_eq!(alive[14].customer, "03");
        let without = rows(Sort::Clv, None);
        assert!(without.iter().all(|row| row.clv.is_none()));
        assert_eq!(without[0].customer, "00");
    }
}
