//! Who is learnt from and who is tested on: two days, one after the other, or one day and customers drawn at random.
//!
//! By time the test's days come after everything that was learnt from: features of the first cut and what came until the
//! second, then features of the second cut and what came until the end.

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::design::{self, Encoding, Outcome};
use super::params::NAIVE;
use super::{Note, Params, Problem, Refusal, Split, Target, Window};
use crate::measures::Measures;
use crate::{AnalysisError, lone_orders, stats};
use gyeol_data::{Dataset, Day, History, places_in_order};

/// Fewest customers to learn from or to test on.
pub(super) const FEWEST: usize = 20;
/// Fewest of the rarer class to learn from or to test on.
const FEWEST_OF_CLASS: usize = 5;

/// Customers with what is known and what came.
pub(super) struct Rows {
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) y: Vec<f64>,
}

impl Rows {
    pub(super) fn of(&self, places: &[usize]) -> Self {
        let gather = |column: &Vec<f64>| places.iter().map(|&place| column[place]).collect();
        Self {
            columns: self.columns.iter().map(gather).collect(),
            y: gather(&self.y),
        }
    }
}

/// What a model learns from and what it is tested on. Under cross-validation both are all customers, and those tested
/// have no columns of their own.
pub(super) struct Material {
    pub(super) encoding: Encoding,
    pub(super) features: Vec<String>,
    pub(super) available: Vec<String>,
    pub(super) is_classes: bool,
    /// What counts as yes and what as no, where a column says it.
    pub(super) sides: Option<[String; 2]>,
    pub(super) windows: Option<(Window, Window)>,
    pub(super) train: Rows,
    pub(super) test: Rows,
    /// Recency and frequency alone, of those learnt from and of those tested.
    pub(super) naive: Option<[Vec<Vec<f64>>; 2]>,
    pub(super) notes: Vec<Note>,
}

/// What a prediction learns from and is tested on.
///
/// # Errors
/// No dates; a history too short; an unknown column or feature; a target that cannot be one.
pub(super) fn material(
    dataset: &Dataset,
    params: &Params,
    as_of: Day,
) -> Result<Material, AnalysisError> {
    let lone = lone_orders(dataset, as_of).map(Note::LoneOrders);
    let mut notes: Vec<Note> = lone.into_iter().collect();
    if params.target == Target::Column {
        if params.split == Split::Time {
            notes.push(Note::SplitAtRandom);
        }
        let measures = Measures::new(dataset, as_of);
        let outcome = design::of_column(&measures, &params.column, &params.positive)?;
        return at_random(dataset, params, &measures, outcome, None, notes);
    }
    if !matches!(dataset.history, History::Orders(_)) {
        return Err(AnalysisError::NoHistory);
    }
    let (first, last) = dataset.period().ok_or(AnalysisError::NoHistory)?;
    if as_of < first {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    let end = as_of.min(last);
    if end == first && last > first {
        return Err(Problem::FirstDay.into());
    }
    let (early, late) = windows(params, first, end)?;
    let is_repeat = |customer: usize| {
        let standing = dataset.standing(customer, end);
        standing.is_some_and(|own| own.n_orders > 1)
    };
    if !(0..dataset.n_customers()).any(is_repeat) {
        return Err(Problem::OneOrderEach.into());
    }
    let late_measures = Measures::new(dataset, late.cut);
    let outcome = design::after(dataset, &late_measures, late.end, params.target);
    if params.split != Split::Time {
        let both = Some((late, late));
        return at_random(dataset, params, &late_measures, outcome, both, notes);
    }
    let measures = Measures::new(dataset, early.cut);
    let features = design::features(dataset, &measures, params, &mut notes)?;
    let encoding = Encoding::learn(&measures, &features)?;
    let learnt = design::after(dataset, &measures, early.end, params.target);
    let simple = Encoding::learn(&measures, &NAIVE.map(str::to_owned))?;
    let naive = || [simple.columns(&measures), simple.columns(&late_measures)];
    Ok(Material {
        available: design::available(&measures, params),
        is_classes: outcome.is_classes,
        sides: None,
        windows: Some((early, late)),
        train: known(encoding.columns(&measures), &learnt),
        test: known(encoding.columns(&late_measures), &outcome),
        naive: (!params.is_naive(&features)).then(naive),
        features,
        encoding,
        notes,
    })
}

/// What is learnt from and what is tested on; only by time the first lies before the second.
fn windows(params: &Params, first: Day, end: Day) -> Result<(Window, Window), AnalysisError> {
    let days = params.days as i32;
    let n_windows = if params.split == Split::Time { 2 } else { 1 };
    let found = end.days_since(first).max(0);
    if found == 0 {
        return Err(Problem::OneDay.into());
    }
    if found < n_windows * days {
        let (need, found) = ((n_windows * days) as u32, found as u32);
        return Err(Problem::ShortHistory { need, found }.into());
    }
    let before = |end: Day| Window {
        cut: end.plus(-days),
        end,
    };
    let late = before(end);
    Ok((before(late.cut), late))
}

/// Days ahead that are usual.
const USUAL_DAYS: [u32; 10] = [7, 14, 30, 45, 60, 90, 120, 180, 270, 365];

/// The refusal with the usual days ahead nearest to those asked for that would not be refused, where days may help; or
/// the orders that stand alone, where these are why.
pub(super) fn with_days(
    error: AnalysisError,
    dataset: &Dataset,
    params: &Params,
    as_of: Day,
) -> AnalysisError {
    let AnalysisError::Prediction(Refusal { problem, .. }) = error else {
        return error;
    };
    let is_of_days = matches!(
        problem,
        Problem::OneClass
            | Problem::ShortHistory { .. }
            | Problem::FewCustomers { .. }
            | Problem::FewOfAClass { .. }
    );
    if !is_of_days || params.target == Target::Column {
        return error;
    }
    // Nothing comes in the silence before orders that stand alone, however many days ahead.
    if let Some(lone) = lone_orders(dataset, as_of) {
        return AnalysisError::LoneOrders(lone);
    }
    let times = |days: u32| f64::from(days.max(params.days)) / f64::from(days.min(params.days));
    let order = places_in_order(USUAL_DAYS.len(), &|a, b| {
        times(USUAL_DAYS[a]).total_cmp(&times(USUAL_DAYS[b]))
    });
    let would_do = |days: &u32| {
        let params = Params {
            days: *days,
            features: vec![NAIVE[0].to_owned()],
            ..params.clone()
        };
        material(dataset, &params, as_of).is_ok_and(|own| own.check().is_ok())
    };
    let days = order.into_iter().map(|at| USUAL_DAYS[at]).find(would_do);
    AnalysisError::Prediction(Refusal { problem, days })
}

/// The customers whose target is known.
fn known(columns: Vec<Vec<f64>>, outcome: &Outcome) -> Rows {
    let places: Vec<usize> = (0..outcome.values.len())
        .filter(|&at| outcome.values[at].is_some())
        .collect();
    let y = outcome
        .values
        .iter()
        .map(|value| value.unwrap_or(0.0))
        .collect();
    Rows { columns, y }.of(&places)
}

/// The customers of one day, some to learn from and the others to test on, with the same shares of both classes; or all
/// of them for both, where they are cross-validated.
fn at_random(
    dataset: &Dataset,
    params: &Params,
    measures: &Measures<'_>,
    outcome: Outcome,
    windows: Option<(Window, Window)>,
    mut notes: Vec<Note>,
) -> Result<Material, AnalysisError> {
    let features = design::features(dataset, measures, params, &mut notes)?;
    let encoding = Encoding::learn(measures, &features)?;
    let all = known(encoding.columns(measures), &outcome);
    // What a column says was there before or after what recency tells: nobody knows.
    let simple = match windows.is_some() && !params.is_naive(&features) {
        true => {
            let simple = Encoding::learn(measures, &NAIVE.map(str::to_owned))?;
            Some(known(simple.columns(measures), &outcome))
        }
        false => None,
    };
    let parts = parts(outcome.is_classes, &all.y, params.seed, &|rank, n| {
        usize::from((rank as f64 + 0.5) >= params.train_share * n as f64)
    });
    let places =
        |part: usize| -> Vec<usize> { (0..parts.len()).filter(|&at| parts[at] == part).collect() };
    let (inside, outside) = (places(0), places(1));
    let is_whole = params.split == Split::Folds;
    let naive = simple.map(|simple| match is_whole {
        true => [simple.columns, Vec::new()],
        false => [simple.of(&inside).columns, simple.of(&outside).columns],
    });
    let (train, test) = match is_whole {
        true => {
            let (columns, y) = (Vec::new(), all.y.clone());
            (all, Rows { columns, y })
        }
        false => (all.of(&inside), all.of(&outside)),
    };
    Ok(Material {
        available: design::available(measures, params),
        is_classes: outcome.is_classes,
        sides: outcome.sides,
        windows,
        train,
        test,
        naive,
        features,
        encoding,
        notes,
    })
}

/// A part for each row, drawn apart for each class: `part` of its rank among the shuffled `n` of its class.
pub(super) fn parts(
    is_classes: bool,
    y: &[f64],
    seed: u64,
    part: &dyn Fn(usize, usize) -> usize,
) -> Vec<usize> {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let mut parts = vec![0; y.len()];
    for is_high in [false, true] {
        let is_own = |at: &usize| (is_classes && y[*at] > 0.5) == is_high;
        let mut own: Vec<usize> = (0..y.len()).filter(is_own).collect();
        // Fisher & Yates.
        for left in (1..own.len()).rev() {
            let drawn = ((u128::from(random.next_u64()) * (left as u128 + 1)) >> 64) as usize;
            own.swap(left, drawn);
        }
        let n = own.len();
        for (rank, at) in own.into_iter().enumerate() {
            parts[at] = part(rank, n);
        }
    }
    parts
}

impl Material {
    /// Whether there are enough of everything.
    pub(super) fn check(&self) -> Result<(), AnalysisError> {
        for rows in [&self.train, &self.test] {
            let n = rows.y.len();
            let (need, found) = (FEWEST, n);
            if found < need {
                return Err(Problem::FewCustomers { need, found }.into());
            }
            let (_, spread) = stats::moments(rows.y.iter().copied());
            if spread <= 0.0 {
                return Err(Problem::OneClass.into());
            }
            let n_hits = rows.y.iter().filter(|y| **y > 0.5).count();
            let (need, found) = (FEWEST_OF_CLASS, n_hits.min(n - n_hits));
            if self.is_classes && found < need {
                return Err(Problem::FewOfAClass { need, found }.into());
            }
        }
        Ok(())
    }
}
