//! Whether customers come back, and what they bring: groups of customers over the periods since their first order.
//!
//! A cell counts only customers for whom its period is over; what falls into the running period is kept apart, so that
//! cells and running periods add up to the money of all orders. The mean row weighs every customer alike.
//! Formulas, sources and limits: `docs/methods/cohorts.md`.

mod difference;
mod estimate;
mod groups;
mod params;
mod tally;
#[cfg(test)]
mod tests;
mod unit;

use serde::{Deserialize, Serialize};

use super::{AnalysisError, Checked, LoneOrders, Monitor, Segmentation, lone_orders};
use difference::Source;
use groups::Groups;
use gyeol_data::{AttributeValues, Dataset, Day, History, Money, Orders};
use tally::{Span, Sums, Tally};

pub use difference::{Difference, Side, Test};
pub use params::{Activity, By, Measure, Params};
use unit::Periods;
pub use unit::Unit;
pub use unit::iso_week;

/// The most groups by a column.
pub const MOST_COHORTS: usize = 400;

/// The latest period in which two cohorts can be compared.
pub const MOST_PERIOD: usize = 10_000;

/// The most cells that are computed: by day four years in which somebody new comes every day.
const MOST_CELLS: u64 = 1_000_000;

/// The most cells of a report: four hundred periods in which somebody new comes in each.
const HELD_CELLS: usize = 80_200;

/// Of more periods, most of which are the silence before orders that stand alone, no cohorts are made.
const MANY_PERIODS: usize = 400;

/// What groups are made of besides the dataset.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The segmentation, for [`By::Segmentation`].
    pub segmentation: Option<&'a Segmentation>,
    /// The column of the first orders, for [`By::FirstOrder`] (`Table::first_values`).
    pub first: Option<&'a AttributeValues>,
    /// Whether all cohorts are wanted, however many, as a file holds them.
    pub is_whole: bool,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Whether the file has money.
    pub has_money: bool,
    /// Customers in all cohorts.
    pub n_customers: u64,
    /// Orders after the as-of date, which count nowhere.
    pub n_later_orders: u64,
    /// Orders that stand alone before the as-of date: the periods before them look complete and empty.
    pub lone: Option<LoneOrders>,
    /// The most complete periods of any cohort.
    pub n_periods: usize,
    /// The cohorts: earliest first, texts in byte order, numbers rising, segments in their order.
    pub cohorts: Vec<Cohort>,
    /// Cohorts that there is no room for: the earliest by first order, else the last ones.
    pub n_left_out: usize,
    /// All cohorts together by period, also those left out: the sums of their cells, and the mean that weighs every
    /// customer alike.
    pub mean: Vec<Cell>,
    /// How many cohorts each of these is the mean of.
    pub n_cohorts: Vec<u64>,
    /// The two cohorts that are compared; `None` where they have no complete period to compare.
    pub difference: Option<Difference>,
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// Its name in settings and tables, the same in every language.
    pub key: String,
    /// What it is called.
    pub label: Label,
    /// Its customers.
    pub n_customers: u64,
    /// By period since the first order, from 0, as far as the period is over for anybody.
    pub cells: Vec<Cell>,
    /// What its customers did in the period that is not over.
    pub running: Running,
}

/// What a cohort is called. Words are in `text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Who came in the period that starts on this day.
    Period(Day),
    /// A value of a column of texts.
    Text(String),
    /// A band of a column of numbers.
    Band {
        /// Larger than this; `None` for the lowest band.
        above: Option<f64>,
        /// Up to this; `None` for the highest band.
        until: Option<f64>,
    },
    /// A segment.
    Segment(super::Label),
    /// All rarer texts together.
    Others,
    /// Who has no value.
    Missing,
}

/// A cohort in one period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Customers for whom the period is over.
    pub n_customers: u64,
    /// Those of them who ordered in it.
    pub n_active: u64,
    /// Those of them who ordered in it or later.
    pub n_active_or_later: u64,
    /// Their orders in it.
    pub n_orders: u64,
    /// The money of these orders.
    pub revenue: Money,
    /// Money of the same customers from their first order to the end of the period.
    pub cumulative_revenue: Money,
    /// The measure that is shown; `None` where it is not defined (no order: no average).
    pub value: Option<f64>,
}

/// What a cohort did in the period that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Running {
    /// Customers who ordered.
    pub n_active: u64,
    /// Their orders.
    pub n_orders: u64,
    /// The money of these orders.
    pub revenue: Money,
}

/// Why there are no cohorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CohortProblem {
    /// A table of customers, without single orders.
    NoOrders,
    /// All orders on one day.
    OneDay,
    /// Nobody ordered twice.
    NobodyCameBack,
    /// All customers in one cohort.
    OneCohort(By),
    /// No period after the first is over.
    TooShort(Unit),
    /// More groups than can be shown.
    TooMany {
        /// How many.
        found: u64,
        /// The most.
        most: u64,
    },
    /// A measure of money for a file without any.
    NoMoney,
    /// More cells, cohorts by periods, than can be computed at once.
    TooManyCells {
        /// How many.
        found: u64,
        /// The most.
        most: u64,
    },
}

/// The cohorts of `dataset` on `as_of`; `beside` is needed for [`By::Segmentation`] and [`By::FirstOrder`] alone.
///
/// # Errors
/// [`AnalysisError::Cohorts`], [`AnalysisError::NothingUntil`], [`AnalysisError::LoneOrders`] where these make most of
/// the periods, or an unknown column or cohort.
pub fn run(
    dataset: &Dataset,
    beside: Beside<'_>,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Report, AnalysisError> {
    let problem = |problem| Err(AnalysisError::Cohorts(problem));
    let History::Orders(orders) = &dataset.history else {
        return problem(CohortProblem::NoOrders);
    };
    if params.measure.is_money() && !dataset.has_money {
        return problem(CohortProblem::NoMoney);
    }
    let n_later_orders = refuse_what_shows_nothing(dataset, orders, as_of)?;
    let all_days = dataset.period().unwrap_or((as_of, as_of));
    let periods = Periods::between(params.unit, all_days);
    let groups = Groups::of(dataset, orders, params, beside, (&periods, as_of))?;
    // Nothing is known of the days after the last order: they are over for nobody.
    let running = params.unit.period_of(as_of.min(dataset.default_as_of()));
    let n_periods = usize::try_from(running - groups.earliest()).unwrap_or(0);
    let span = Span {
        periods: &periods,
        as_of,
        running,
    };
    let lone = lone_orders(dataset, as_of);
    if let Some(lone) = lone.filter(|lone| is_mostly_silence(lone, params.unit, n_periods)) {
        return Err(AnalysisError::LoneOrders(lone));
    }
    let tally = Tally::of(orders, &groups, span, monitor)?;
    let mut cohorts = cohorts_of(&tally, &groups, params, orders.scale);
    if cohorts.len() < 2 {
        return problem(CohortProblem::OneCohort(params.by));
    }
    if n_periods < 2 {
        return problem(CohortProblem::TooShort(params.unit));
    }
    let source = Source {
        orders,
        groups: &groups,
        span,
    };
    let mut report = Report {
        params: (**params).clone(),
        as_of,
        has_money: dataset.has_money,
        n_customers: cohorts.iter().map(|(_, own)| own.n_customers).sum(),
        n_later_orders,
        lone,
        n_periods,
        mean: mean_of(&cohorts, n_periods, params),
        n_cohorts: (0..n_periods).map(|at| n_with(&cohorts, at)).collect(),
        n_left_out: 0,
        cohorts: Vec::new(),
        difference: None,
    };
    if !beside.is_whole {
        report.n_left_out = leave_out(&mut cohorts, params.by);
    }
    report.difference = difference::of(source, &cohorts, params)?;
    report.cohorts = cohorts.into_iter().map(|(_, cohort)| cohort).collect();
    Ok(report)
}

fn is_mostly_silence(lone: &LoneOrders, unit: Unit, n_periods: usize) -> bool {
    let silent = unit.period_of(lone.first) - unit.period_of(lone.others_until);
    n_periods > MANY_PERIODS && silent as usize > n_periods / 2
}

fn n_with(cohorts: &[(usize, Cohort)], period: usize) -> u64 {
    let with = cohorts.iter().filter(|(_, own)| own.cells.len() > period);
    with.count() as u64
}

/// Keeps as many cohorts as there is room for, at least two: the latest by first order, else the first. How many are gone.
fn leave_out(cohorts: &mut Vec<(usize, Cohort)>, by: By) -> usize {
    let is_by_time = by == By::Acquisition;
    let n_cells = |place: &usize| {
        let place = if is_by_time {
            cohorts.len() - 1 - place
        } else {
            *place
        };
        cohorts[place].1.cells.len()
    };
    let mut room = HELD_CELLS;
    let has_room = |place: &usize| {
        let left = room.checked_sub(n_cells(place));
        room = left.unwrap_or(0);
        left.is_some()
    };
    let n_held = (0..cohorts.len()).take_while(has_room).count();
    let n_gone = cohorts.len() - n_held.max(2).min(cohorts.len());
    match is_by_time {
        true => drop(cohorts.drain(..n_gone)),
        false => cohorts.truncate(cohorts.len() - n_gone),
    }
    n_gone
}

/// How many orders are after the as-of date.
fn refuse_what_shows_nothing(
    dataset: &Dataset,
    orders: &Orders,
    as_of: Day,
) -> Result<u64, AnalysisError> {
    let (mut has_repeat, mut n_later) = (false, 0_u64);
    let (mut earliest, mut latest) = (None, None);
    for customer in 0..dataset.n_customers() {
        if dataset.is_set_aside(customer) {
            continue;
        }
        let own = orders.starts[customer] as usize..orders.starts[customer + 1] as usize;
        let days = &orders.days[own];
        let n_until = days.partition_point(|&day| day <= as_of);
        n_later += (days.len() - n_until) as u64;
        has_repeat |= n_until > 1;
        if n_until > 0 {
            earliest = Some(earliest.map_or(days[0], |day: Day| day.min(days[0])));
            latest = latest.max(Some(days[n_until - 1]));
        }
    }
    if earliest.is_none() {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    if earliest == latest {
        return Err(AnalysisError::Cohorts(CohortProblem::OneDay));
    }
    if !has_repeat {
        return Err(AnalysisError::Cohorts(CohortProblem::NobodyCameBack));
    }
    Ok(n_later)
}

/// The groups that have customers, each with its place among the groups.
fn cohorts_of(tally: &Tally, groups: &Groups, params: &Params, scale: u8) -> Vec<(usize, Cohort)> {
    let entries = groups.entries.iter().enumerate();
    let entries = entries.filter(|(place, _)| tally.n_members[*place] > 0);
    let cohort = |(place, label): (usize, &Label)| {
        let row = tally.row(place).iter();
        let row = row.take_while(|sums| sums.n_customers > 0);
        let running = tally.running[place];
        let cohort = Cohort {
            key: key_of(label, place, params.unit),
            label: label.clone(),
            n_customers: tally.n_members[place],
            cells: row.map(|sums| cell_of(sums, params, scale)).collect(),
            running: Running {
                n_active: running.n_active,
                n_orders: running.n_orders,
                revenue: Money::new(running.units, scale),
            },
        };
        (place, cohort)
    };
    entries.map(cohort).collect()
}

/// The key of [`Label::Others`].
const OTHERS: &str = "…";

fn key_of(label: &Label, place: usize, unit: Unit) -> String {
    match label {
        Label::Period(first) => unit.name(*first),
        Label::Text(text) => text.clone(),
        Label::Band { .. } | Label::Segment(_) => (place + 1).to_string(),
        Label::Others => OTHERS.to_owned(),
        Label::Missing => String::new(),
    }
}

fn cell_of(sums: &Sums, params: &Params, scale: u8) -> Cell {
    let mut cell = Cell {
        n_customers: sums.n_customers.unsigned_abs(),
        n_active: sums.n_active.unsigned_abs(),
        n_active_or_later: sums.n_active_or_later.unsigned_abs(),
        n_orders: sums.n_orders.unsigned_abs(),
        revenue: Money::new(sums.units, scale),
        cumulative_revenue: Money::new(sums.cumulative_units, scale),
        value: None,
    };
    cell.value = value_of(&cell, params);
    cell
}

/// The measure of a cell.
fn value_of(cell: &Cell, params: &Params) -> Option<f64> {
    let n_active = match params.activity {
        Activity::InPeriod => cell.n_active,
        Activity::InOrAfter => cell.n_active_or_later,
    };
    let (above, below) = match params.measure {
        Measure::Retention => (n_active as f64, cell.n_customers),
        Measure::Churn => ((cell.n_customers - n_active) as f64, cell.n_customers),
        Measure::Customers => (n_active as f64, 1),
        Measure::Orders => (cell.n_orders as f64, 1),
        Measure::Revenue => (cell.revenue.to_f64(), 1),
        Measure::CumulativeRevenue => (cell.cumulative_revenue.to_f64(), cell.n_customers),
        Measure::AverageOrderValue => (cell.revenue.to_f64(), cell.n_orders),
    };
    (below > 0).then(|| above / below as f64)
}

/// The sums of all cohorts by period. Shares and averages of sums weigh every customer (or order) alike; counts and
/// sums become their mean over the cohorts that have the period.
fn mean_of(cohorts: &[(usize, Cohort)], n_periods: usize, params: &Params) -> Vec<Cell> {
    let mean = |period: usize| {
        let cells = cohorts.iter().filter_map(|(_, own)| own.cells.get(period));
        let sum = |count: fn(&Cell) -> u64| cells.clone().map(count).sum();
        let money = |amount: fn(&Cell) -> Money| cells.clone().map(amount).sum();
        let mut all = Cell {
            n_customers: sum(|cell| cell.n_customers),
            n_active: sum(|cell| cell.n_active),
            n_active_or_later: sum(|cell| cell.n_active_or_later),
            n_orders: sum(|cell| cell.n_orders),
            revenue: money(|cell| cell.revenue),
            cumulative_revenue: money(|cell| cell.cumulative_revenue),
            value: None,
        };
        let n_cohorts = match params.measure {
            Measure::Customers | Measure::Orders | Measure::Revenue => cells.clone().count(),
            _ => 1,
        };
        all.value = value_of(&all, params).map(|value| value / n_cohorts.max(1) as f64);
        all
    };
    (0..n_periods).map(mean).collect()
}
