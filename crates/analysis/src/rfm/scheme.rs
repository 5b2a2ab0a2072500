//! Values to scores, by each convention: where groups begin, and who is past it.
//!
//! Every convention is a list of bounds for each measure; a score counts the bounds that a customer is past. Each
//! measure is put in order once, and all conventions take their bounds from that. Conventions that split equal values
//! take customers in the order of their ids, so that no order of rows shows.
//! Sources: Hughes (1994) for nested groups; SQL:2003 for `NTILE`; the documentation of pandas for `qcut` and `rank`.

use super::{Convention, CutPoints};
use crate::snapshot::{Snapshot, units_to_f64};
use crate::stats;

/// One measure of everyone who is present, in the order of their numbers.
#[derive(Clone)]
pub(super) struct Measured {
    /// In whole units.
    raw: Vec<f64>,
    /// The same, rising.
    sorted: Vec<f64>,
    /// A unit of the measure in those: 100 for money with two decimal places.
    one: f64,
}

/// What is scored.
pub(super) struct Values {
    pub(super) recency: Measured,
    pub(super) frequency: Measured,
    /// `None` where there is nothing to score.
    pub(super) monetary: Option<Measured>,
}

/// Where the next group begins: with larger values, and with equal ones from a place on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bound {
    value: f64,
    from: usize,
}

/// How customers are scored.
pub(super) struct Scheme {
    recency: FewerIsBetter,
    /// One list for all, or one for each recency score.
    frequency: Vec<Vec<Bound>>,
    /// One list for all, or one for each pair of scores.
    monetary: Vec<Vec<Bound>>,
    groups: u8,
    /// The cut points that everybody is held against; empty for measures that have none.
    pub(super) cuts: CutPoints,
}

/// How customers are scored by days of which fewer are better.
pub(super) struct FewerIsBetter {
    bounds: Vec<Bound>,
    /// The score of who is past no bound; `None` where the convention counts from the longest.
    turned_from: Option<u8>,
}

impl FewerIsBetter {
    /// The bounds that `convention` draws for `measured`; a person's `own` cut points go before them.
    pub(super) fn new(
        measured: &Measured,
        convention: Convention,
        own: &[f64],
        groups: u8,
    ) -> Self {
        if convention == Convention::Ntile && own.is_empty() {
            return Self {
                bounds: measured.reversed().bounds(convention, &[], groups),
                turned_from: None,
            };
        }
        let bounds = measured.bounds(convention, own, groups);
        let highest = match convention {
            Convention::PandasQcut => bounds.len() as u8 + 1,
            _ => groups,
        };
        Self {
            bounds,
            turned_from: Some(highest),
        }
    }

    /// The score of a customer, by place among the values.
    pub(super) fn score(&self, measured: &Measured, place: usize) -> u8 {
        match self.turned_from {
            Some(highest) => highest + 1 - measured.group(place, &self.bounds),
            None => group_of(0.0 - measured.value(place), place, &self.bounds),
        }
    }
}

/// The group of a value among `bounds`, from 1; of equal values `place` decides.
fn group_of(value: f64, place: usize, bounds: &[Bound]) -> u8 {
    let is_past =
        |bound: &&Bound| value > bound.value || (value >= bound.value && place >= bound.from);
    bounds.iter().filter(is_past).count() as u8 + 1
}

impl Measured {
    pub(super) fn new(raw: Vec<f64>, one: f64) -> Self {
        let sorted = counted(&raw).unwrap_or_else(|| {
            let mut sorted = raw.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            sorted
        });
        Self { raw, sorted, one }
    }

    /// How many customers there are.
    pub(super) const fn len(&self) -> usize {
        self.raw.len()
    }

    fn value(&self, place: usize) -> f64 {
        self.raw[place] / self.one
    }

    /// Quantiles are taken in whole units and divided once, as the values themselves are: equal stays equal.
    fn quantiles(&self, parts: usize) -> Vec<f64> {
        let cuts = stats::sorted_cut_points(&self.sorted, parts);
        cuts.into_iter().map(|cut| cut / self.one).collect()
    }

    /// These customers alone.
    fn of(&self, places: &[usize]) -> Self {
        let raw = places.iter().map(|&place| self.raw[place]);
        Self::new(raw.collect(), self.one)
    }

    /// From the longest away.
    fn reversed(&self) -> Self {
        let reversed =
            |values: &[f64]| values.iter().map(|value| 0.0 - value).collect::<Vec<f64>>();
        let mut sorted = reversed(&self.sorted);
        sorted.reverse();
        Self {
            raw: reversed(&self.raw),
            sorted,
            one: self.one,
        }
    }

    /// The bounds of `convention`, or those of a person's `own` cut points.
    fn bounds(&self, convention: Convention, own: &[f64], groups: u8) -> Vec<Bound> {
        let parts = usize::from(groups);
        if let (true, Some(starts)) = (own.is_empty(), self.starts(convention, parts)) {
            let starts = starts.into_iter().filter(|&rank| rank < self.raw.len());
            return starts.map(|rank| self.at_rank(rank)).collect();
        }
        let mut cuts = self.cuts(convention, own, parts);
        if convention == Convention::PandasQcut
            && let (Some(lowest), Some(highest)) = (self.sorted.first(), self.sorted.last())
        {
            cuts.dedup_by(|one, other| one.total_cmp(other).is_eq());
            cuts.retain(|&cut| lowest / self.one < cut && cut < highest / self.one);
        }
        // Equal values are past the cut points of the R package, and below all others.
        let from = match convention {
            Convention::RRfm => 0,
            _ => usize::MAX,
        };
        cuts.into_iter()
            .map(|value| Bound { value, from })
            .collect()
    }

    /// A person's own cut points, or quantiles.
    pub(super) fn cuts(&self, convention: Convention, own: &[f64], parts: usize) -> Vec<f64> {
        if !own.is_empty() {
            return own.to_vec();
        }
        let plus = match convention {
            Convention::RRfm => 1.0,
            _ => 0.0,
        };
        let quantiles = self.quantiles(parts).into_iter();
        quantiles.map(|cut| cut + plus).collect()
    }

    /// The ranks, from 0, that each group but the first begins with; `None` where groups are made by value.
    fn starts(&self, convention: Convention, parts: usize) -> Option<Vec<usize>> {
        let n_values = self.raw.len();
        let start = |part: usize| match convention {
            Convention::Ntile => {
                let (size, longer) = (n_values / parts, n_values % parts);
                Some(part * size + part.min(longer))
            }
            // The quantile of the ranks belongs to the group below it.
            Convention::PandasRankFirst => Some(n_values.saturating_sub(1) * part / parts + 1),
            _ => None,
        };
        (1..parts).map(start).collect()
    }

    /// The customer of a rank: of equal ones those who stand before come first.
    fn at_rank(&self, rank: usize) -> Bound {
        let value = self.sorted[rank];
        let n_below = self.sorted.partition_point(|&other| other < value);
        let is_equal = |other: &f64| other.total_cmp(&value).is_eq();
        let equal = self.raw.iter().enumerate();
        let mut equal = equal.filter(|(_, other)| is_equal(other));
        let from = if rank == n_below {
            0
        } else {
            equal.nth(rank - n_below).map_or(0, |(place, _)| place)
        };
        Bound {
            value: value / self.one,
            from,
        }
    }

    /// The group of a customer among `bounds`, from 1.
    fn group(&self, place: usize, bounds: &[Bound]) -> u8 {
        group_of(self.value(place), place, bounds)
    }

    /// The scores of everyone by `convention`, more being better.
    pub(super) fn scores(&self, convention: Convention, groups: u8) -> Vec<u8> {
        let bounds = self.bounds(convention, &[], groups);
        let places = 0..self.raw.len();
        places.map(|place| self.group(place, &bounds)).collect()
    }
}

impl Values {
    /// Days, orders (or rows) and money of everyone in `snapshot`.
    pub(super) fn of(snapshot: &Snapshot, has_money: bool) -> Self {
        let units = snapshot.units.iter().map(|&units| units_to_f64(units));
        let one = 10_f64.powi(i32::from(snapshot.scale));
        Self {
            recency: Measured::new(snapshot.recency(), 1.0),
            frequency: Measured::new(snapshot.frequencies(), 1.0),
            monetary: has_money.then(|| Measured::new(units.collect(), one)),
        }
    }

    /// The same with the other count of the same customers' orders or rows.
    pub(super) fn counted_otherwise(&self, snapshot: &Snapshot) -> Self {
        let otherwise = snapshot.frequency_otherwise.iter();
        Self {
            recency: self.recency.clone(),
            frequency: Measured::new(otherwise.map(|&n| f64::from(n)).collect(), 1.0),
            monetary: self.monetary.clone(),
        }
    }
}

impl Scheme {
    /// The bounds that `convention` draws for `values`; `own` cut points go before them.
    pub(super) fn new(
        convention: Convention,
        values: &Values,
        own: &CutPoints,
        groups: u8,
    ) -> Self {
        let own_days = &own.recency_days;
        let recency = FewerIsBetter::new(&values.recency, convention, own_days, groups);
        let mut scheme = Self {
            recency,
            frequency: Vec::new(),
            monetary: Vec::new(),
            groups,
            cuts: cuts(convention, values, own, groups),
        };
        let within = convention == Convention::Nested;
        let side = usize::from(groups);
        let r = |place: usize| usize::from(scheme.recency_score(values, place)) - 1;
        scheme.frequency = match within && own.frequency.is_empty() {
            true => nested(&values.frequency, side, groups, &r),
            false => vec![values.frequency.bounds(convention, &own.frequency, groups)],
        };
        let pair = |place: usize| {
            let (r, f) = scheme.first_scores(values, place);
            usize::from(r - 1) * side + usize::from(f - 1)
        };
        scheme.monetary = match &values.monetary {
            None => vec![Vec::new()],
            Some(money) if within && own.monetary.is_empty() => {
                nested(money, side * side, groups, &pair)
            }
            Some(money) => vec![money.bounds(convention, &own.monetary, groups)],
        };
        scheme
    }

    /// Recency, frequency and monetary scores of a customer, by place among the values.
    pub(super) fn scores(&self, values: &Values, place: usize) -> (u8, u8, u8) {
        let (r, f) = self.first_scores(values, place);
        let pair = usize::from(r - 1) * usize::from(self.groups) + usize::from(f - 1);
        let bounds = self.monetary.get(pair).or(self.monetary.first());
        let money = values.monetary.as_ref().zip(bounds);
        let m = money.map_or(1, |(money, bounds)| money.group(place, bounds));
        (r, f, m)
    }

    fn first_scores(&self, values: &Values, place: usize) -> (u8, u8) {
        let r = self.recency_score(values, place);
        let own = self.frequency.get(usize::from(r - 1));
        let bounds = own.or(self.frequency.first());
        let f = bounds.map_or(1, |bounds| values.frequency.group(place, bounds));
        (r, f)
    }

    fn recency_score(&self, values: &Values, place: usize) -> u8 {
        self.recency.score(&values.recency, place)
    }
}

/// Whole numbers from 0 that hardly go beyond how many they are (days, orders), in order by counting: several times as
/// quick as by comparing. `None` of others.
fn counted(values: &[f64]) -> Option<Vec<f64>> {
    let most = 2 * values.len();
    let mut counts: Vec<u32> = Vec::new();
    for &value in values {
        let place = value as usize;
        let is_whole = (place as f64).total_cmp(&value).is_eq();
        if !is_whole || place > most {
            return None;
        }
        if place >= counts.len() {
            counts.resize(place + 1, 0);
        }
        counts[place] += 1;
    }
    let mut sorted = Vec::with_capacity(values.len());
    for (value, &n) in counts.iter().enumerate() {
        sorted.resize(sorted.len() + n as usize, value as f64);
    }
    Some(sorted)
}

/// The cut points that everybody is held against: a person's own, or those of conventions that have them.
fn cuts(convention: Convention, values: &Values, own: &CutPoints, groups: u8) -> CutPoints {
    let parts = usize::from(groups);
    let has_all = convention.has_cut_points();
    let of = |measured: &Measured, own: &[f64], has_cuts: bool| match has_cuts || !own.is_empty() {
        true => measured.cuts(convention, own, parts),
        false => Vec::new(),
    };
    let has_first = has_all || convention == Convention::Nested;
    let money = values.monetary.as_ref();
    CutPoints {
        recency_days: of(&values.recency, &own.recency_days, has_first),
        frequency: of(&values.frequency, &own.frequency, has_all),
        monetary: money.map_or_else(Vec::new, |money| of(money, &own.monetary, has_all)),
    }
}

/// Bounds by quantiles within each of `n_within` groups that customers are in.
fn nested(
    measured: &Measured,
    n_within: usize,
    groups: u8,
    group_of: &dyn Fn(usize) -> usize,
) -> Vec<Vec<Bound>> {
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); n_within];
    for place in 0..measured.raw.len() {
        places[group_of(place)].push(place);
    }
    let bounds = |places: Vec<usize>| measured.of(&places).bounds(Convention::Gyeol, &[], groups);
    places.into_iter().map(bounds).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(recency: &[f64], frequency: &[f64], money: &[f64]) -> Values {
        let measured = |values: &[f64]| Measured::new(values.to_vec(), 1.0);
        Values {
            recency: measured(recency),
            frequency: measured(frequency),
            monetary: Some(measured(money)),
        }
    }

    fn scores(convention: Convention, values: &Values, groups: u8) -> Vec<(u8, u8, u8)> {
        let scheme = Scheme::new(convention, values, &CutPoints::default(), groups);
        let places = 0..values.recency.raw.len();
        places.map(|place| scheme.scores(values, place)).collect()
    }

    fn frequency_scores(convention: Convention, frequency: &[f64], groups: u8) -> Vec<u8> {
        let values = values(frequency, frequency, frequency);
        let scores = scores(convention, &values, groups);
        scores.into_iter().map(|(_, f, _)| f).collect()
    }

    #[test]
    fn each_convention_scores_as_its_documentation_says() {
        // NTILE(4) over ten rows: 3, 3, 2, 2.
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        let ntile = frequency_scores(Convention::Ntile, &ten, 4);
        assert_eq!(ntile, [1, 1, 1, 2, 2, 2, 3, 3, 4, 4]);
        // qcut([1, 1, 1, 1, 2, 3], 3, duplicates="drop"): edges 1, 1.33, 3; codes 0, 0, 0, 0, 1, 1.
        let many = [1.0, 1.0, 1.0, 1.0, 2.0, 3.0];
        let dropped = frequency_scores(Convention::PandasQcut, &many, 3);
        assert_eq!(dropped, [1, 1, 1, 1, 2, 2]);
        // rank(method="first") then qcut: equal values apart.
        let first = frequency_scores(Convention::PandasRankFirst, &many, 3);
        assert_eq!(first, [1, 1, 2, 2, 3, 3]);
        // Fewer values than groups fill the first ones.
        assert_eq!(frequency_scores(Convention::Ntile, &[5.0, 4.0], 5), [2, 1]);
    }

    #[test]
    fn recency_counts_from_the_longest_away_or_turns_the_scores_round() {
        let days = [3.0, 1.0, 2.0, 2.0, 9.0];
        let of = |convention| {
            let scores = scores(convention, &values(&days, &days, &days), 2);
            scores.into_iter().map(|(r, ..)| r).collect::<Vec<u8>>()
        };
        // Days from the longest away: 9, 3, 2 of the first id | 2 of the second, 1.
        assert_eq!(of(Convention::Ntile), [1, 2, 1, 2, 1]);
        // Days rising: 1, 2, 2 | 3, 9.
        assert_eq!(of(Convention::PandasRankFirst), [1, 2, 2, 2, 1]);
        assert_eq!(of(Convention::Gyeol), [1, 2, 2, 2, 1]);
    }

    #[test]
    fn nested_groups_have_a_high_and_a_low_of_their_own() {
        let recency = [1.0, 1.0, 1.0, 1.0, 50.0, 50.0, 50.0, 50.0];
        let frequency = [1.0, 1.0, 2.0, 2.0, 10.0, 10.0, 20.0, 20.0];
        let money = [1.0, 2.0, 3.0, 4.0, 50.0, 60.0, 70.0, 80.0];
        let found = scores(Convention::Nested, &values(&recency, &frequency, &money), 2);
        let within = [(1, 1), (1, 2), (2, 1), (2, 2)];
        let expected = [2, 1]
            .into_iter()
            .flat_map(|r| within.map(|(f, m)| (r, f, m)));
        assert_eq!(found, expected.collect::<Vec<_>>());
    }

    #[test]
    fn own_cut_points_go_before_the_convention() {
        let values = values(&[1.0, 2.0, 3.0], &[1.0, 1.0, 1.0], &[5.0, 6.0, 7.0]);
        let own = CutPoints {
            frequency: vec![1.0],
            ..CutPoints::default()
        };
        for convention in Convention::ALL {
            let scheme = Scheme::new(convention, &values, &own, 2);
            let f = [0, 1, 2].map(|place| scheme.scores(&values, place).1);
            // The R package's groups begin with their lowest value; pandas drops an edge that nobody is beyond.
            let expected = match convention {
                Convention::RRfm => [2; 3],
                _ => [1; 3],
            };
            assert_eq!(f, expected, "{convention:?}");
            let kept = match convention {
                Convention::PandasQcut => &own.frequency,
                _ => &scheme.cuts.frequency,
            };
            assert_eq!(kept, &own.frequency);
        }
    }

    proptest! {
        #[test]
        fn what_is_counted_stands_as_what_is_compared(
            values in prop::collection::vec(prop_oneof![0..9_i32, 0..90_i32, -3..3_i32], 1..40),
            part in prop::sample::select(vec![1.0, 1.0, 2.0]),
        ) {
            let values: Vec<f64> = values.into_iter().map(|value| f64::from(value) / part).collect();
            let mut compared = values.clone();
            compared.sort_unstable_by(f64::total_cmp);
            prop_assert_eq!(Measured::new(values, 1.0).sorted, compared);
        }

        #[test]
        fn groups_by_rank_are_of_equal_size_and_scores_follow_the_values(
            frequency in prop::collection::vec(0..6_i32, 1..60),
            groups in 2..9_u8,
        ) {
            let frequency: Vec<f64> = frequency.into_iter().map(f64::from).collect();
            for convention in Convention::ALL {
                let scores = frequency_scores(convention, &frequency, groups);
                for (place, score) in scores.iter().enumerate() {
                    prop_assert!((1..=groups).contains(score));
                    for other in 0..scores.len() {
                        let is_larger = frequency[place] > frequency[other];
                        let is_within = convention == Convention::Nested;
                        prop_assert!(is_within || !is_larger || *score >= scores[other]);
                        let is_equal = frequency[place].total_cmp(&frequency[other]).is_eq();
                        if is_equal && !convention.splits_equal() {
                            prop_assert_eq!(*score, scores[other]);
                        }
                    }
                }
                if convention.splits_equal() {
                    let size = |group: u8| scores.iter().filter(|&&score| score == group).count();
                    let sizes: Vec<usize> = (1..=groups).map(size).collect();
                    let (least, most) = (sizes.iter().min(), sizes.iter().max());
                    prop_assert!(most.unwrap() - least.unwrap() <= 1, "{:?}", sizes);
                }
            }
        }
    }
}
