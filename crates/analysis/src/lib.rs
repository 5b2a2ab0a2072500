//! Dataset and parameters to results. Pure and deterministic: the as-of date and seeds are parameters.
//!
//! Every analysis is one module with the same three names: `Params` (plain, checked by [`Params::check`]), `run`,
//! and `Output`. An output has two halves: a `report` of bounded size, which is what pictures, tables, the page and
//! `<analysis>.json` get, and what belongs to single customers, which stays beside the dataset for lists and exports.
//!
//! To add an analysis: its module, a variant of [`Request`] and [`Report`], a line in [`run`].

pub mod advice;
mod behaviour;
pub mod beside;
mod cleaning;
pub mod cluster_counts;
pub mod clusters;
pub mod cohorts;
pub mod compare;
pub mod customers;
pub mod explain;
mod habits;
pub mod lifecycle;
pub mod lifetime;
mod lone_orders;
mod measures;
pub mod movement;
mod named;
pub mod one_customer;
pub mod prediction;
pub mod profile;
mod ready_names;
pub mod rfm;
pub mod rhythm;
pub mod rules;
mod scaling;
mod segmentation;
mod snapshot;
pub mod stability;
mod stats;
mod tails;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod treatment;
pub mod value;

use serde::{Deserialize, Serialize};

use gyeol_data::{AttributeValues, Dataset, Day, Role};

pub use cleaning::{Cleaned, Cleaning, Missing, Outliers};
pub use lone_orders::{LoneOrders, lone_orders};
pub use measures::Measure;
pub use named::NamedMeasure;
pub use ready_names::ReadyName;
pub use scaling::{Scale, Scaling};
pub use segmentation::{
    Label, Level, Segment, SegmentName, Segmentation, SegmentationId, Standing,
};

/// A job that can be watched and stopped.
pub trait Monitor {
    /// Says that `done` of `total` steps are done.
    ///
    /// # Errors
    /// [`AnalysisError::Cancelled`] where the person has stopped it.
    fn checkpoint(&mut self, done: u64, total: u64) -> Result<(), AnalysisError>;
}

/// Watches nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Monitor for Unwatched {
    fn checkpoint(&mut self, _done: u64, _total: u64) -> Result<(), AnalysisError> {
        Ok(())
    }
}

/// Parameters of an analysis.
pub trait Params: Sized {
    /// Whether the parameters make sense, before any data is looked at.
    ///
    /// # Errors
    /// The first field that breaks a rule.
    fn check(&self) -> Result<(), AnalysisError>;

    /// The parameters as a type that says they were checked.
    ///
    /// # Errors
    /// As [`Params::check`].
    fn checked(self) -> Result<Checked<Self>, AnalysisError> {
        self.check()?;
        Ok(Checked(self))
    }
}

/// Parameters that passed [`Params::check`].
#[derive(Clone, Debug)]
pub struct Checked<P>(P);

impl<P> std::ops::Deref for Checked<P> {
    type Target = P;
    fn deref(&self) -> &P {
        &self.0
    }
}

/// A rule that a parameter breaks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// Outside the closed range.
    Between(f64, f64),
    /// Cut points must rise, and be one fewer than the groups.
    RisingCutPoints {
        /// How many are needed.
        need: usize,
    },
    /// At least one is needed.
    NotEmpty,
    /// It would leave one group of all.
    LeavesOne,
    /// A column of texts has too many different ones.
    FewTexts {
        /// The most.
        most: usize,
        /// How many there are.
        found: usize,
    },
    /// There is no such column, or it holds no numbers.
    NumericColumn,
    /// The column holds numbers where texts are needed.
    TextColumn,
    /// There is no such measure or column.
    KnownMeasure,
    /// Two things have one name.
    OwnName,
    /// The name is that of those in no other segment.
    OtherThanOthers,
    /// It has no name.
    HasName,
    /// At least one number must be above nothing.
    SomeAboveNothing {
        /// The largest that each may be.
        most: u8,
    },
    /// Nobody has a value.
    SomeValues,
    /// The column has a role: it is the customers' id, or something else that is read in another way.
    NoRole(Role),
    /// A test of a number that is none, of a range that ends before it starts, or of a share that is none.
    SoundTest,
    /// It is no number.
    Number,
    /// There is no such cohort.
    KnownCohort,
    /// No category of products is called so.
    KnownCategory,
    /// Nothing says what products cost or bring.
    KnownMargin,
    /// There is no such column of texts.
    ColumnOfTexts,
    /// No word stands with so many customers and not with nearly all.
    SharedWords {
        /// The fewest customers of a word.
        least: usize,
    },
}

/// Why an analysis has no result. Facts only: `text` has the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum AnalysisError {
    /// A parameter breaks a rule.
    #[error("{field}: {rule:?}")]
    Param {
        /// The field, as in settings: `k`, `features`.
        field: String,
        /// The rule.
        rule: Rule,
    },
    /// A column or measure breaks a rule.
    #[error("{field}, {column}: {rule:?}")]
    Column {
        /// The field that names it, as in settings.
        field: String,
        /// The header of the column, or the key of the measure.
        column: String,
        /// The rule.
        rule: Rule,
    },
    /// Too few customers have a value in every feature, although there are enough.
    #[error("{found} customers have every feature, at least {need} needed, {n_without} lack one")]
    LackValues {
        /// The fewest that would do.
        need: usize,
        /// How many have them all.
        found: usize,
        /// How many lack one.
        n_without: usize,
    },
    /// Too few customers for what was asked.
    #[error("{found} customers, at least {need} needed")]
    TooFewCustomers {
        /// The fewest that would do.
        need: usize,
        /// How many there are.
        found: usize,
    },
    /// Fewer distinct customers than clusters: they are equal in all features.
    #[error("{found} distinct points, at least {need} needed")]
    TooFewDistinct {
        /// The fewest that would do.
        need: usize,
        /// How many there are.
        found: usize,
    },
    /// No customer had ordered by the as-of date.
    #[error("no order until {as_of}")]
    NothingUntil {
        /// The as-of date.
        as_of: Day,
    },
    /// The orders make no cohorts.
    #[error("{0:?}")]
    Cohorts(cohorts::CohortProblem),
    /// How close customers lie gives no clusters.
    #[error("{0:?}")]
    Density(clusters::DensityProblem),
    /// Why nothing can be predicted.
    #[error("{0:?}")]
    Prediction(prediction::Refusal),
    /// No lifetime can be fitted.
    #[error("{0:?}")]
    Lifetime(lifetime::Problem),
    /// The file lacks what the analysis needs: dates, orders.
    #[error("no recency and frequency in the file")]
    NoHistory,
    /// What is done about the columns sets all customers aside.
    #[error("all customers are set aside")]
    AllSetAside,
    /// A segmentation that has no cut points to keep for another date.
    #[error("{of:?} cannot be held against an earlier date")]
    NotOverTime {
        /// Which one.
        of: SegmentationId,
    },
    /// A project kept no rule of a segmentation.
    #[error("nothing was kept of {of:?}")]
    NotKept {
        /// Which one.
        of: SegmentationId,
    },
    /// No project with cut points is open.
    #[error("no project kept anything")]
    NothingKept,
    /// Columns, or measures that come of columns, that the file does not have.
    #[error("the file lacks {columns:?}")]
    LacksColumns {
        /// The segmentation whose kept rule needs them; `None` where they were chosen by hand.
        of: Option<SegmentationId>,
        /// Headers of columns, and keys of measures.
        columns: Vec<String>,
    },
    /// Of what a project knew the file has less than half.
    #[error("{0:?}")]
    LacksPast(movement::Lacking),
    /// The earlier date is after the as-of date.
    #[error("{earlier} is after {as_of}")]
    EarlierIsLater {
        /// The earlier date.
        earlier: Day,
        /// The as-of date.
        as_of: Day,
    },
    /// Nobody had ordered on the earlier date.
    #[error("no order until {earlier}, the first is of {first}")]
    NobodyKnown {
        /// The earlier date.
        earlier: Day,
        /// The day of the first order.
        first: Day,
    },
    /// Nothing can be said up to the last day, before which a few orders stand alone.
    #[error("{0:?}")]
    LoneOrders(LoneOrders),
    /// Stopped by the person.
    #[error("cancelled")]
    Cancelled,
}

impl AnalysisError {
    /// The field breaks the rule.
    fn param(field: &str, rule: Rule) -> Self {
        Self::Param {
            field: field.into(),
            rule,
        }
    }

    /// The column or measure that the field names breaks the rule.
    fn of_column(field: &str, column: &str, rule: Rule) -> Self {
        Self::Column {
            field: field.into(),
            column: column.into(),
            rule,
        }
    }

    /// # Errors
    /// The field breaks the rule, unless `is_right`.
    fn unless(is_right: bool, field: &str, rule: Rule) -> Result<(), Self> {
        if is_right {
            Ok(())
        } else {
            Err(Self::param(field, rule))
        }
    }
}

/// What can be asked of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Recency, frequency, monetary.
    Rfm(rfm::Params),
    /// One clustering.
    Clusters(clusters::Params),
    /// The quality of clusterings with 2 to 10 clusters.
    ClusterCounts(cluster_counts::Params),
    /// Stages of the customers' life.
    Lifecycle(lifecycle::Params),
    /// Classes by value.
    Value(value::Params),
    /// Lateness against the own rhythm.
    Rhythm(rhythm::Params),
    /// A person's own rules, and the requests that make the scores and segments that they test.
    Rules(rules::Params, Vec<Request>),
    /// A segmentation explained by a tree, and the request that makes the segmentation.
    Explain(explain::Params, Box<Request>),
    /// Which segmentation fits goal and file.
    Advice(advice::Params),
    /// How sure the clusters are.
    Stability(stability::Params),
    /// Who will buy again, and what else comes.
    Prediction(prediction::Params),
    /// A segmentation on two dates, and the request that makes the segmentation.
    Movement(movement::Params, Box<Request>),
    /// What customers will be worth.
    Lifetime(lifetime::Params),
    /// Cohorts, and the request that makes the segmentation whose segments they are.
    Cohorts(cohorts::Params, Option<Box<Request>>),
}

/// The analyses that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnalysisId {
    /// See [`rfm`].
    Rfm,
    /// See [`clusters`].
    Clusters,
    /// See [`cluster_counts`].
    ClusterCounts,
    /// See [`lifecycle`].
    Lifecycle,
    /// See [`value`].
    Value,
    /// See [`rhythm`].
    Rhythm,
    /// See [`rules`].
    Rules,
    /// See [`explain`].
    Explain,
    /// See [`advice`].
    Advice,
    /// See [`stability`].
    Stability,
    /// See [`prediction`].
    Prediction,
    /// See [`movement`].
    Movement,
    /// See [`lifetime`].
    Lifetime,
    /// See [`cohorts`].
    Cohorts,
}

impl AnalysisId {
    /// All, in the order of views and files.
    pub const ALL: [Self; 14] = [
        Self::Rfm,
        Self::Clusters,
        Self::ClusterCounts,
        Self::Lifecycle,
        Self::Value,
        Self::Rhythm,
        Self::Rules,
        Self::Explain,
        Self::Advice,
        Self::Stability,
        Self::Prediction,
        Self::Movement,
        Self::Lifetime,
        Self::Cohorts,
    ];

    /// The name used in files and settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rfm => "rfm",
            Self::Clusters => "clusters",
            Self::ClusterCounts => "cluster_counts",
            Self::Lifecycle => "lifecycle",
            Self::Value => "value",
            Self::Rhythm => "rhythm",
            Self::Rules => "rules",
            Self::Explain => "explain",
            Self::Advice => "advice",
            Self::Stability => "stability",
            Self::Prediction => "prediction",
            Self::Movement => "movement",
            Self::Lifetime => "lifetime",
            Self::Cohorts => "cohorts",
        }
    }

    /// The analysis with this [`AnalysisId::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.key() == key)
    }
}

/// What a question asks of what rows say beside the orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedHabits {
    /// Nothing.
    Nothing,
    /// Which measures there are.
    Known,
    /// Their values, too.
    Counted,
}

impl Request {
    /// What it asks of what rows say beside the orders. Scores usually need nothing but the orders.
    pub fn habits(&self) -> AskedHabits {
        match self {
            Self::Rfm(params) if params.is_plain() => AskedHabits::Nothing,
            Self::Lifetime(_) => AskedHabits::Nothing,
            // Those take all measures that there are.
            Self::Rfm(_) | Self::Rules(..) | Self::Explain(..) | Self::Prediction(_) => {
                AskedHabits::Counted
            }
            _ if self.names_a_habit() => AskedHabits::Counted,
            _ => AskedHabits::Known,
        }
    }

    /// What is run before it and stays beside it.
    pub fn needed(&self) -> &[Self] {
        match self {
            Self::Explain(_, of) | Self::Cohorts(_, Some(of)) => std::slice::from_ref(of),
            Self::Rules(_, of) => of,
            _ => &[],
        }
    }

    /// Whether it looks at days before the as-of date, too.
    pub fn looks_back(&self) -> bool {
        match self {
            Self::Prediction(_) | Self::Movement(..) => true,
            Self::Explain(_, of) | Self::Cohorts(_, Some(of)) => of.looks_back(),
            Self::Rules(_, of) => of.iter().any(Self::looks_back),
            _ => false,
        }
    }

    /// The column whose words are asked for.
    pub fn words_of(&self) -> Option<&str> {
        let params = match self {
            Self::Clusters(params) => params,
            Self::ClusterCounts(params) => &params.clusters,
            Self::Stability(params) => &params.clusters,
            Self::Movement(_, of) | Self::Explain(_, of) | Self::Cohorts(_, Some(of)) => {
                return of.words_of();
            }
            Self::Rules(_, of) => return of.iter().find_map(Self::words_of),
            _ => return None,
        };
        Some(params.words.column.as_str()).filter(|column| !column.is_empty())
    }

    /// Whether a measure of habits is named anywhere in what is asked.
    fn names_a_habit(&self) -> bool {
        let asked = serde_json::to_string(self).unwrap_or_default();
        let names = |measure: &Measure| asked.contains(&format!("\"{}\"", measure.key()));
        Measure::ALL.iter().filter(|own| own.is_habit()).any(names) || named::is_in(&asked)
    }

    /// Which analysis is asked for.
    pub const fn id(&self) -> AnalysisId {
        match self {
            Self::Rfm(_) => AnalysisId::Rfm,
            Self::Clusters(_) => AnalysisId::Clusters,
            Self::ClusterCounts(_) => AnalysisId::ClusterCounts,
            Self::Lifecycle(_) => AnalysisId::Lifecycle,
            Self::Value(_) => AnalysisId::Value,
            Self::Rhythm(_) => AnalysisId::Rhythm,
            Self::Rules(..) => AnalysisId::Rules,
            Self::Explain(..) => AnalysisId::Explain,
            Self::Advice(_) => AnalysisId::Advice,
            Self::Stability(_) => AnalysisId::Stability,
            Self::Prediction(_) => AnalysisId::Prediction,
            Self::Movement(..) => AnalysisId::Movement,
            Self::Lifetime(_) => AnalysisId::Lifetime,
            Self::Cohorts(..) => AnalysisId::Cohorts,
        }
    }
}

/// What a page, picture or file needs of a result: bounded in size, ordered, without single customers' rows
/// (but for the drawn sample of scatter plots).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// See [`rfm`].
    Rfm(Box<rfm::Report>),
    /// See [`clusters`].
    Clusters(Box<clusters::Report>),
    /// See [`cluster_counts`].
    ClusterCounts(Box<cluster_counts::Report>),
    /// See [`lifecycle`].
    Lifecycle(Box<lifecycle::Report>),
    /// See [`value`].
    Value(Box<value::Report>),
    /// See [`rhythm`].
    Rhythm(Box<rhythm::Report>),
    /// See [`rules`].
    Rules(Box<rules::Report>),
    /// See [`explain`].
    Explain(Box<explain::Report>),
    /// See [`advice`].
    Advice(Box<advice::Report>),
    /// See [`stability`].
    Stability(Box<stability::Report>),
    /// See [`prediction`].
    Prediction(Box<prediction::Report>),
    /// See [`movement`].
    Movement(Box<movement::Report>),
    /// See [`lifetime`].
    Lifetime(Box<lifetime::Report>),
    /// See [`cohorts`].
    Cohorts(Box<cohorts::Report>),
}

/// A finished request: its report, and the segmentation where the method makes one.
#[derive(Clone, Debug)]
pub struct Finished {
    /// For page, picture and JSON.
    pub report: Report,
    /// For everything that takes any segmentation.
    pub segmentation: Option<Segmentation>,
    /// Scores of single customers, where the method gives any.
    pub scores: Option<rfm::Scores>,
    /// What is to come of single customers, where the method tells.
    pub forecasts: Option<lifetime::Forecasts>,
    /// How well single customers fit into their clusters, by customer number; not a number where it was not measured.
    pub silhouettes: Option<Vec<f32>>,
    /// The distributions of a mixture, where the method has any.
    pub mixture: Vec<clusters::Distribution>,
    /// Where single customers were and are, where the method tells.
    pub moves: Option<movement::Moves>,
}

impl Finished {
    /// A report of an analysis that makes no segments.
    const fn alone(report: Report) -> Self {
        Self {
            report,
            segmentation: None,
            scores: None,
            forecasts: None,
            silhouettes: None,
            mixture: Vec::new(),
            moves: None,
        }
    }

    /// A report and its segmentation, without scores.
    const fn of(report: Report, segmentation: Segmentation) -> Self {
        Self {
            report,
            segmentation: Some(segmentation),
            scores: None,
            forecasts: None,
            silhouettes: None,
            mixture: Vec::new(),
            moves: None,
        }
    }
}

impl Report {
    /// The segments, where the method makes any, and which segmentation they are of.
    pub fn segments(&self) -> Option<(SegmentationId, &[profile::SegmentProfile])> {
        Some(match self {
            Self::Rfm(report) => (SegmentationId::Rfm, &report.segments),
            Self::Clusters(report) => (SegmentationId::Clusters, &report.segments),
            Self::ClusterCounts(_)
            | Self::Explain(_)
            | Self::Advice(_)
            | Self::Stability(_)
            | Self::Cohorts(_) => return None,
            Self::Lifecycle(report) => (SegmentationId::Lifecycle, &report.segments),
            Self::Value(report) => (SegmentationId::Value, &report.segments),
            Self::Rhythm(report) => (SegmentationId::Rhythm, &report.segments),
            Self::Rules(report) => (SegmentationId::Rules, &report.segments),
            Self::Prediction(report) => (SegmentationId::Prediction, &report.segments),
            Self::Movement(report) => (SegmentationId::Movement, &report.segments),
            Self::Lifetime(report) => (SegmentationId::Lifetime, &report.segments),
        })
    }
}

/// Explains what has been computed.
///
/// # Errors
/// What the analysis says; [`AnalysisError::NoHistory`] where it is no segmentation.
pub fn explain(
    dataset: &Dataset,
    of: &Finished,
    params: explain::Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    let segmentation = of.segmentation.as_ref().ok_or(AnalysisError::NoHistory)?;
    let report = explain::run(dataset, segmentation, &params.checked()?, as_of, monitor)?;
    Ok(Finished::alone(Report::Explain(Box::new(report))))
}

/// What a finished request was made with, for another date; `None` where there is nothing that could be kept.
pub fn freeze(
    dataset: &Dataset,
    request: &Request,
    of: &Finished,
    as_of: Day,
) -> Option<movement::Frozen> {
    let segmentation = of.segmentation.as_ref()?;
    let made = (&of.report, segmentation, &*of.mixture);
    movement::freeze(dataset, request, made, as_of)
}

/// What `request` makes groups by on `as_of`, for another date of the same dataset; `None` where there is nothing that
/// could be gone by.
fn held_of(
    dataset: &Dataset,
    request: &Request,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Option<movement::Held>, AnalysisError> {
    if !movement::can_hold(request) {
        return Ok(None);
    }
    let finished = run(dataset, request.clone(), as_of, monitor)?;
    movement::Held::of(dataset, request, &finished, as_of, monitor)
}

/// Holds the segmentation that `request` makes on `as_of` against an earlier date.
///
/// # Errors
/// What either analysis says; [`AnalysisError::NotOverTime`] where the segmentation has no cut points to keep.
fn movement(
    dataset: &Dataset,
    request: &Request,
    params: movement::Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    use movement::{Cuts, Held, Taken};
    let params = params.checked()?;
    let dates = movement::dates(dataset, &params, as_of)?;
    let past = movement::until(dataset, dates.cut);
    let refused = || AnalysisError::NotOverTime { of: params.of };
    let is_fresh = params.cuts == Cuts::Fresh;
    let lacking = movement::lacking(&past, &params, dates.cut)?;
    let held = match params.kept_rule().filter(|_| params.cuts == Cuts::Kept) {
        Some(rule) => {
            rule.check(dataset, as_of)?;
            Some(Held::Frozen(rule.clone()))
        }
        None => held_of(&past, request, dates.earlier, monitor)?,
    };
    if held.is_none() && !is_fresh {
        return Err(refused());
    }
    let alone = held.as_ref().map(Held::request);
    let mut at = |dataset: &Dataset, day: Day, is_fresh: bool| {
        let request = match alone.as_ref().filter(|_| !is_fresh) {
            Some(Err(alone)) => return alone.run(dataset, day, monitor),
            Some(Ok(request)) => request,
            None => request,
        };
        let finished = run(dataset, request.clone(), day, monitor)?;
        finished.segmentation.ok_or_else(refused)
    };
    let (tells, cuts_both) = (held.is_some(), held.as_ref().filter(|_| !is_fresh));
    let mut as_of_old_cuts = |dataset: Option<&Dataset>| {
        let dataset = dataset.filter(|_| tells);
        dataset.map(|dataset| at(dataset, as_of, false)).transpose()
    };
    let old_cuts = as_of_old_cuts(Some(dataset).filter(|_| is_fresh))?;
    let unreturned = movement::without_refunds_after(dataset, dates.cut);
    let unreturned = as_of_old_cuts(unreturned.as_ref())?;
    let taken = Taken {
        earlier: at(&past, dates.earlier, is_fresh)?,
        now: at(dataset, as_of, is_fresh)?,
        still: at(&past, as_of, false)?,
        old_cuts,
        unreturned,
        tells,
        agreement: cuts_both.map_or(1.0, Held::agreement),
        differences: movement::differences(&params, request),
        lacking,
        uses: movement::uses(held.as_ref(), request),
        before: match dates
            .before()
            .map(|day| at(&movement::until(&past, day), day, is_fresh))
        {
            Some(Err(AnalysisError::Cancelled)) => return Err(AnalysisError::Cancelled),
            other => other.and_then(Result::ok),
        },
    };
    let (report, segmentation, moves) =
        movement::run((dataset, &past), &taken, &params, dates, monitor)?;
    Ok(Finished {
        moves: Some(moves),
        ..Finished::of(Report::Movement(Box::new(report)), segmentation)
    })
}

/// RFM, with the scores that stay.
fn rfm(
    dataset: &Dataset,
    params: &rfm::Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    let output = rfm::run(dataset, &params.clone().checked()?, as_of, monitor)?;
    Ok(Finished {
        scores: Some(output.scores),
        ..Finished::of(Report::Rfm(Box::new(output.report)), output.segmentation)
    })
}

/// Lifetime value, with the forecasts that stay.
fn lifetime(
    dataset: &Dataset,
    params: &lifetime::Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    let output = lifetime::run(dataset, &params.clone().checked()?, as_of, monitor)?;
    let report = Report::Lifetime(Box::new(output.report));
    Ok(Finished {
        forecasts: Some(output.forecasts),
        ..Finished::of(report, output.segmentation)
    })
}

/// Cohorts; those by segment are of what has been computed, those by first order of a column of them. However many, where
/// all are wanted.
///
/// # Errors
/// What the analysis says; [`AnalysisError::NoHistory`] where a segmentation is needed and is none.
pub fn cohorts(
    dataset: &Dataset,
    (of, first, is_whole): (Option<&Finished>, Option<&AttributeValues>, bool),
    params: cohorts::Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    let beside = cohorts::Beside {
        segmentation: of.and_then(|of| of.segmentation.as_ref()),
        first,
        is_whole,
    };
    let report = cohorts::run(dataset, beside, &params.checked()?, as_of, monitor)?;
    Ok(Finished::alone(Report::Cohorts(Box::new(report))))
}

/// What an analysis found whose result one can do without: nothing where it is not possible.
///
/// # Errors
/// It was stopped.
pub fn unless_cancelled<T>(found: Result<T, AnalysisError>) -> Result<Option<T>, AnalysisError> {
    match found {
        Err(AnalysisError::Cancelled) => Err(AnalysisError::Cancelled),
        found => Ok(found.ok()),
    }
}

/// Rules, over what other analyses have found.
///
/// # Errors
/// What the analysis says.
pub fn rules(
    dataset: &Dataset,
    of: &[&Finished],
    params: rules::Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    let mut beside = beside::Beside::default();
    for found in of {
        beside.add(found.scores.as_ref(), found.segmentation.as_ref());
    }
    let output = rules::run_beside(dataset, &beside, &params.checked()?, as_of, monitor)?;
    let report = Report::Rules(Box::new(output.report));
    Ok(Finished::of(report, output.segmentation))
}

/// Rules, with what they test made before.
fn rules_of(
    dataset: &Dataset,
    of: Vec<Request>,
    params: rules::Params,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    let mut found = Vec::new();
    for request in of {
        found.extend(unless_cancelled(run(dataset, request, as_of, monitor))?);
    }
    let found: Vec<&Finished> = found.iter().collect();
    rules(dataset, &found, params, as_of, monitor)
}

/// Runs any request.
///
/// # Errors
/// What the analysis says.
pub fn run(
    dataset: &Dataset,
    request: Request,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Finished, AnalysisError> {
    match request {
        Request::Rfm(params) => rfm(dataset, &params, as_of, monitor),
        Request::Clusters(params) => {
            let output = clusters::run(dataset, &params.checked()?, as_of, monitor)?;
            let report = Report::Clusters(Box::new(output.report));
            Ok(Finished {
                silhouettes: Some(output.silhouettes),
                mixture: output.mixture,
                ..Finished::of(report, output.segmentation)
            })
        }
        Request::ClusterCounts(params) => {
            let report = cluster_counts::run(dataset, &params.checked()?, as_of, monitor)?;
            Ok(Finished::alone(Report::ClusterCounts(Box::new(report))))
        }
        Request::Lifecycle(params) => {
            let output = lifecycle::run(dataset, &params.checked()?, as_of, monitor)?;
            let report = Report::Lifecycle(Box::new(output.report));
            Ok(Finished::of(report, output.segmentation))
        }
        Request::Value(params) => {
            let output = value::run(dataset, &params.checked()?, as_of, monitor)?;
            let report = Report::Value(Box::new(output.report));
            Ok(Finished::of(report, output.segmentation))
        }
        Request::Rhythm(params) => {
            let output = rhythm::run(dataset, &params.checked()?, as_of, monitor)?;
            let report = Report::Rhythm(Box::new(output.report));
            Ok(Finished::of(report, output.segmentation))
        }
        Request::Rules(params, of) => rules_of(dataset, of, params, as_of, monitor),
        Request::Advice(params) => {
            let report = advice::run(dataset, &params.checked()?, as_of, monitor)?;
            Ok(Finished::alone(Report::Advice(Box::new(report))))
        }
        Request::Stability(params) => {
            let report = stability::run(dataset, &params.checked()?, as_of, monitor)?;
            Ok(Finished::alone(Report::Stability(Box::new(report))))
        }
        Request::Prediction(params) => {
            let output = prediction::run(dataset, &params.checked()?, as_of, monitor)?;
            let report = Report::Prediction(Box::new(output.report));
            Ok(Finished::of(report, output.segmentation))
        }
        Request::Lifetime(params) => lifetime(dataset, &params, as_of, monitor),
        Request::Explain(params, of) => {
            let of = run(dataset, *of, as_of, monitor)?;
            explain(dataset, &of, params, as_of, monitor)
        }
        Request::Movement(params, of) => movement(dataset, &of, params, as_of, monitor),
        Request::Cohorts(params, of) => {
            let of = of.map(|of| run(dataset, *of, as_of, monitor)).transpose()?;
            cohorts(dataset, (of.as_ref(), None, false), params, as_of, monitor)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_and_report_survives_the_wire_and_has_plain_json() {
        let dataset =
            testing::orders(&[("a", 1, 100), ("b", 2, 5000), ("c", 3, 90_000), ("c", 5, 1)]);
        let two = clusters::Params {
            k: 2,
            ..clusters::Params::default()
        };
        for request in [
            Request::Rfm(rfm::Params {
                map: Some(rfm::SegmentMap::well_known(5)),
                ..rfm::Params::default()
            }),
            Request::ClusterCounts(cluster_counts::Params {
                clusters: two.clone(),
            }),
            Request::Clusters(two.clone()),
            Request::Lifecycle(lifecycle::Params::default()),
            Request::Value(value::Params::default()),
            Request::Rhythm(rhythm::Params::default()),
            Request::Rules(
                rules::Params::default(),
                vec![Request::Rfm(rfm::Params::default())],
            ),
            Request::Advice(advice::Params::default()),
            Request::Stability(stability::Params {
                clusters: two,
                settings: stability::Settings { resamples: 10 },
            }),
            Request::Explain(
                explain::Params::default(),
                Box::new(Request::Rhythm(rhythm::Params::default())),
            ),
            Request::Movement(
                movement::Params::default(),
                Box::new(Request::Rfm(rfm::Params::default())),
            ),
            Request::Cohorts(
                cohorts::Params {
                    unit: cohorts::Unit::Day,
                    by: cohorts::By::Segmentation,
                    of: SegmentationId::Rhythm,
                    ..cohorts::Params::default()
                },
                Some(Box::new(Request::Rhythm(rhythm::Params::default()))),
            ),
        ] {
            crosses(&dataset, request, Day::from_number(6));
        }
        // Too few for a lifetime value.
        let request = Request::Lifetime(lifetime::Params {
            model: Some(lifetime::Model::BgNbd),
            ..lifetime::Params::default()
        });
        crosses(&testing::regulars(), request, Day::from_number(181));
    }

    fn crosses(dataset: &Dataset, request: Request, day: Day) {
        let wire = postcard::to_allocvec(&request).unwrap();
        assert_eq!(postcard::from_bytes::<Request>(&wire).unwrap(), request);
        let report = run(dataset, request, day, &mut Unwatched).unwrap().report;
        let wire = postcard::to_allocvec(&report).unwrap();
        assert_eq!(postcard::from_bytes::<Report>(&wire).unwrap(), report);
        assert!(serde_json::to_string(&report).is_ok());
    }
}
