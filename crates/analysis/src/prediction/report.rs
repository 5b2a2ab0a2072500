//! What page, picture and JSON get of a prediction, and the facts of why there is none.

use serde::{Deserialize, Serialize};

use super::{Coefficient, Goodness, Measured, Params, Tenth, Term};
use crate::profile::SegmentProfile;
use crate::{AnalysisError, LoneOrders};
use gyeol_data::{Day, places_in_order};

/// Why there is no prediction, and whether other days ahead would give one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub problem: Problem,
    /// Days ahead for which there are enough days and customers, the nearest to those asked for.
    pub days: Option<u32>,
}

impl From<Problem> for AnalysisError {
    fn from(problem: Problem) -> Self {
        Self::Prediction(Refusal {
            problem,
            days: None,
        })
    }
}

/// Why there is no prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// All orders are of one day: nothing comes after it.
    OneDay,
    /// On the as-of date the first day's orders alone are known.
    FirstDay,
    /// Nobody has a second order.
    OneOrderEach,
    /// The target is the same for everybody who is learnt from or tested on.
    OneClass,
    /// The column has more than two texts.
    ManyClasses,
    /// The target is among the features.
    TargetIsFeature,
    /// The orders do not reach back far enough.
    ShortHistory {
        /// Days that are needed.
        need: u32,
        /// Days that there are.
        found: u32,
    },
    /// Too few customers to learn from or to test on.
    FewCustomers {
        /// The fewest that would do.
        need: usize,
        /// How many there are.
        found: usize,
    },
    /// Too few customers in the rarer of two classes.
    FewOfAClass {
        /// The fewest that would do.
        need: usize,
        /// How many there are.
        found: usize,
    },
}

/// What is worth saying about a prediction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// The feature names customers and was left out.
    NamesThings(String),
    /// The column may have been filled after the cut.
    MayKnowLater(String),
    /// The column alone nearly gives the target: it may be a consequence of it.
    NearlyTheTarget(Term),
    /// The other columns give this one, or it is the same for all: it was passed over.
    Aliased(Term),
    /// The classes are separated: a ridge holds the slopes, which have no standard errors.
    Separated,
    /// The logistic regression did not settle even under a ridge: it guesses the mean.
    Unsettled,
    /// A column knows no later day: the customers were split at random.
    SplitAtRandom,
    /// A few orders stand alone before the as-of date: what recency says counts from there.
    LoneOrders(LoneOrders),
}

/// From which day to which something was learnt or tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Features are of this day.
    pub cut: Day,
    /// The target is until this day, itself included.
    pub end: Day,
}

/// How much better the model is than something simpler, by the mean loss of a customer tested.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advantage {
    /// Loss of the simpler one less that of the model.
    pub mean: f64,
    /// Ends of the 95 % interval of the mean.
    pub interval: (f64, f64),
    /// The mean as a share of the simpler one's loss.
    pub share: f64,
    /// Area under the curve of the model less that of the simpler one, with the ends of its 95 % interval; `None` for
    /// numbers.
    pub area: Option<(f64, (f64, f64))>,
}

/// What may be said of a model against a simpler one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Beyond chance the smaller loss.
    Better,
    /// Chance may explain the difference, or the measures disagree.
    Alike,
    /// Beyond chance the larger loss.
    Worse,
}

impl Advantage {
    /// What the interval of the paired losses shows.
    pub fn standing(&self) -> Standing {
        match self.interval {
            (low, _) if low > 0.0 => Standing::Better,
            (_, high) if high < 0.0 => Standing::Worse,
            _ => Standing::Alike,
        }
    }
}

/// What contacting costs and brings among those tested.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profit {
    /// Contacting those from the threshold on.
    pub chosen: f64,
    /// How many these are.
    pub n_chosen: u64,
    /// Contacting all.
    pub all: f64,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date: all customers are scored on it.
    pub as_of: Day,
    /// Whether the target is one of two; else it is a number.
    pub is_classes: bool,
    /// What counts as yes, where a column of two is predicted.
    pub positive: Option<String>,
    /// The other one of the two.
    pub negative: Option<String>,
    /// What was learnt from; `None` where a column is predicted.
    pub learnt: Option<Window>,
    /// What was tested on.
    pub tested: Option<Window>,
    /// Customers learnt from.
    pub n_train: u64,
    /// Customers tested on.
    pub n_test: u64,
    /// Mean of the target among those learnt from: what guessing says.
    pub base: f64,
    /// Mean of the target among those tested.
    pub test_mean: f64,
    /// From which probability somebody counts as predicted to.
    pub threshold: f64,
    /// The model, on those tested.
    pub model: Measured,
    /// Guessing the mean, on those tested.
    pub guess: Measured,
    /// The same kind of regression on recency and frequency alone, where there is a history and the model is another.
    pub naive: Option<Measured>,
    /// The model, cross-validated among those learnt from.
    pub cross_validated: Vec<Measured>,
    /// Against guessing.
    pub over_guess: Advantage,
    /// Against recency and frequency.
    pub over_naive: Option<Advantage>,
    /// Recency and frequency against guessing.
    pub naive_over_guess: Option<Advantage>,
    /// What contacting brings, where money was given.
    pub profit: Option<Profit>,
    /// Those tested, the highest predictions first.
    pub tenths: Vec<Tenth>,
    /// Of a regression.
    pub coefficients: Vec<Coefficient>,
    /// Of a regression.
    pub goodness: Option<Goodness>,
    /// Of trees.
    pub importance: Vec<(Term, f64)>,
    /// What is worth saying.
    pub notes: Vec<Note>,
    /// Customers of the as-of date, all of whom are predicted.
    pub n_scored: u64,
    /// Sum of their predictions: how many will, or how much comes.
    pub expected: f64,
    /// All customers of the as-of date by tenths of their prediction.
    pub segments: Vec<SegmentProfile>,
    /// Features that were used.
    pub features: Vec<String>,
    /// What could be one.
    pub available: Vec<String>,
}

/// How much a column counts in a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight<'a> {
    /// The column.
    pub term: &'a Term,
    /// What one standard deviation more of it adds, or its share of the error that trees take away.
    pub estimate: f64,
    /// Ends of the 95 % interval; the estimate itself without one, from 0 for trees.
    pub interval: (f64, f64),
}

/// The most columns that are drawn.
const MOST_WEIGHTS: usize = 20;

impl Report {
    /// The columns that count most, strongest first, at most twenty.
    pub fn weights(&self) -> Vec<Weight<'_>> {
        let of_trees = self.importance.iter().map(|(term, share)| Weight {
            term,
            estimate: *share,
            interval: (0.0, *share),
        });
        let of_regression = self.coefficients.iter().filter_map(|own| {
            let estimate = own.standardised;
            let interval = own.certainty.map_or((estimate, estimate), |sure| {
                let reach = (sure.interval.1 - own.estimate) * own.spread;
                (estimate - reach, estimate + reach)
            });
            Some(Weight {
                term: own.term.as_ref()?,
                estimate,
                interval,
            })
        });
        let all: Vec<Weight<'_>> = of_trees.chain(of_regression).collect();
        let strength = |at: usize| all[at].estimate.abs();
        let order = places_in_order(all.len(), &|a, b| strength(b).total_cmp(&strength(a)));
        let strongest = order.into_iter().take(MOST_WEIGHTS);
        strongest.map(|at| all[at]).collect()
    }

    /// Whether the model is better than guessing, beyond what chance of the customers tested explains.
    pub fn is_better(&self) -> bool {
        self.over_guess.standing() == Standing::Better
    }

    /// Against recency and frequency alone: better only where no measure of the test says otherwise.
    pub fn against_naive(&self) -> Option<Standing> {
        let standing = self.over_naive?.standing();
        let is_worse_somewhere = self
            .naive
            .as_ref()
            .is_some_and(|naive| self.is_behind(naive));
        Some(match standing {
            Standing::Better if is_worse_somewhere => Standing::Alike,
            standing => standing,
        })
    }

    fn is_behind(&self, naive: &Measured) -> bool {
        match (&self.model, naive) {
            (Measured::Classes(own), Measured::Classes(other)) => {
                own.auc < other.auc || own.recall < other.recall || own.f1 < other.f1
            }
            (Measured::Numbers(own), Measured::Numbers(other)) => own.mae > other.mae,
            _ => false,
        }
    }

    /// Whether recency and frequency alone beat guessing, and the model does not beat them.
    pub fn suggests_naive(&self) -> bool {
        let beats_guessing = |over: Advantage| over.standing() == Standing::Better;
        let is_needless = !self.is_better() || self.against_naive() != Some(Standing::Better);
        is_needless && self.naive_over_guess.is_some_and(beats_guessing)
    }

    /// The share of those tested in the highest tenths, three where nothing is tied, and the share of what came that
    /// they hold. `None` where nothing came.
    pub fn reach(&self) -> Option<(f64, f64)> {
        let mut n = 0;
        self.tenths.iter().find_map(|tenth| {
            n += tenth.n;
            let share = n as f64 / self.n_test.max(1) as f64;
            (share >= 0.29).then_some((share, tenth.gain?))
        })
    }
}
