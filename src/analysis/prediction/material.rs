//! Who is learnt from and who is tested on: two days, one after the other, or one day and customers drawn at random.
//!
//! By time the test's days come after everything that was learnt from: features of the first cut and what came until the
//! second, then features of the second cut and what came until the end.

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::design::{self, Encoding, Outcome};
use super::{Model, Note, Params, Problem, Split, Steps, Target, Term, Window, model};
use crate::analysis::measures::Measures;
use crate::analysis::{AnalysisError, stats};
use crate::data::{Dataset, Day, History};

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

/// What a model learns from and what it is tested on.
pub(super) struct Material {
    pub(super) encoding: Encoding,
    pub(super) features: Vec<String>,
    pub(super) available: Vec<String>,
    pub(super) is_classes: bool,
    pub(super) positive: Option<String>,
    pub(super) windows: Option<(Window, Window)>,
    pub(super) train: Rows,
    pub(super) test: Rows,
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
    let mut notes = Vec::new();
    if params.target == Target::Column {
        if params.split == Split::Time {
            notes.push(Note::SplitAtRandom);
        }
        let measures = Measures::new(dataset, as_of);
        let outcome = design::of_column(&measures, &params.column)?;
        return at_random(dataset, params, &measures, outcome, None, notes);
    }
    if !matches!(dataset.history, History::Orders(_)) {
        return Err(AnalysisError::NoHistory);
    }
    let (first, last) = dataset.period().ok_or(AnalysisError::NoHistory)?;
    let end = as_of.min(last);
    let days = params.days as i32;
    let n_windows = if params.split == Split::Time { 2 } else { 1 };
    let found = end.days_since(first).max(0);
    if found < n_windows * days {
        return Err(AnalysisError::Prediction(Problem::ShortHistory {
            need: (n_windows * days) as u32,
            found: found as u32,
        }));
    }
    let late = Window {
        cut: end.plus(-days),
        end,
    };
    let late_measures = Measures::new(dataset, late.cut);
    let outcome = design::after(dataset, &late_measures, late.end, params.target);
    if params.split == Split::Random {
        return at_random(
            dataset,
            params,
            &late_measures,
            outcome,
            Some((late, late)),
            notes,
        );
    }
    let early = Window {
        cut: late.cut.plus(-days),
        end: late.cut,
    };
    let measures = Measures::new(dataset, early.cut);
    let features = design::features(dataset, &measures, params, &mut notes)?;
    let encoding = Encoding::learn(&measures, &features)?;
    let learnt = design::after(dataset, &measures, early.end, params.target);
    Ok(Material {
        available: design::available(&measures, params),
        is_classes: outcome.is_classes,
        positive: None,
        windows: Some((early, late)),
        train: known(encoding.columns(&measures), &learnt),
        test: known(encoding.columns(&late_measures), &outcome),
        features,
        encoding,
        notes,
    })
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

/// The customers of one day, some to learn from and the others to test on, with the same shares of both classes.
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
    let parts = parts(outcome.is_classes, &all.y, params.seed, &|rank, n| {
        usize::from((rank as f64 + 0.5) >= params.train_share * n as f64)
    });
    let places =
        |part: usize| -> Vec<usize> { (0..parts.len()).filter(|&at| parts[at] == part).collect() };
    Ok(Material {
        available: design::available(measures, params),
        is_classes: outcome.is_classes,
        positive: outcome.positive,
        windows,
        train: all.of(&places(0)),
        test: all.of(&places(1)),
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
                return Err(AnalysisError::Prediction(Problem::FewCustomers {
                    need,
                    found,
                }));
            }
            let (_, spread) = stats::moments(rows.y.iter().copied());
            if spread <= 0.0 {
                return Err(AnalysisError::Prediction(Problem::OneClass));
            }
            let n_hits = rows.y.iter().filter(|y| **y > 0.5).count();
            let (need, found) = (FEWEST_OF_CLASS, n_hits.min(n - n_hits));
            if self.is_classes && found < need {
                return Err(AnalysisError::Prediction(Problem::FewOfAClass {
                    need,
                    found,
                }));
            }
        }
        Ok(())
    }

    /// What recency and frequency alone predict for those tested, by the same kind of regression.
    pub(super) fn naive(
        &self,
        dataset: &Dataset,
        params: &Params,
        steps: &mut Steps<'_>,
    ) -> Result<Option<Vec<f64>>, AnalysisError> {
        let Some((early, late)) = self.windows else {
            return Ok(None);
        };
        if params.split == Split::Random {
            return self.naive_among(params, steps);
        }
        let names = ["recency".to_owned(), "frequency".to_owned()];
        let before = Measures::new(dataset, early.cut);
        let encoding = Encoding::learn(&before, &names)?;
        let train = encoding.columns(&before);
        let y = &self.train.y;
        let learnt = model::learn(Model::Regression, params, self.is_classes, &train, y, steps)?;
        let test = encoding.columns(&Measures::new(dataset, late.cut));
        Ok(Some(learnt.predict(&test, self.test.y.len())))
    }

    /// The same where both are of one day: from the columns that are there.
    fn naive_among(
        &self,
        params: &Params,
        steps: &mut Steps<'_>,
    ) -> Result<Option<Vec<f64>>, AnalysisError> {
        let is_naive = |term: &Term| matches!(&term.feature[..], "recency" | "frequency");
        let terms = self.encoding.terms.iter().enumerate();
        let own: Vec<usize> = terms
            .filter(|(_, term)| is_naive(term))
            .map(|(at, _)| at)
            .collect();
        if own.is_empty() {
            return Ok(None);
        }
        let pick = |rows: &Rows| {
            own.iter()
                .map(|&at| rows.columns[at].clone())
                .collect::<Vec<_>>()
        };
        let (train, test) = (pick(&self.train), pick(&self.test));
        let learnt = model::learn(
            Model::Regression,
            params,
            self.is_classes,
            &train,
            &self.train.y,
            steps,
        )?;
        Ok(Some(learnt.predict(&test, self.test.y.len())))
    }
}
