//! One pass over the orders: what each group's customers did in each period since their first order.
//!
//! A period counts for a customer only once it is over. What holds from the first period to a customer's last complete
//! one is noted at both ends and added up at the end, so that the pass is linear in orders and customers. Money is whole.

use super::groups::{Groups, NOBODY};
use super::unit::Periods;
use super::{CohortProblem, MOST_CELLS};
use crate::{AnalysisError, Monitor};
use gyeol_data::{Day, Orders};

/// Sums of one group in one period since the first order. Counts are signed while they are noted at both ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Customers for whom the period is over.
    pub(super) n_customers: i64,
    /// Those of them who ordered in it.
    pub(super) n_active: i64,
    /// Those of them who ordered in it or later.
    pub(super) n_active_or_later: i64,
    pub(super) n_orders: i64,
    /// Money of the period.
    pub(super) units: i128,
    /// Money of the same customers from their first order to the end of the period.
    pub(super) cumulative_units: i128,
}

/// What a group did in the period that is not over yet.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunningSums {
    pub(super) n_active: u64,
    pub(super) n_orders: u64,
    pub(super) units: i128,
}

/// All sums.
pub(super) struct Tally {
    /// Where each group's sums start, and where the last ones end.
    starts: Vec<usize>,
    /// Of each group one more place than periods that are over for anybody of it.
    sums: Vec<Sums>,
    pub(super) running: Vec<RunningSums>,
    pub(super) n_members: Vec<u64>,
}

/// The clock of a tally.
#[derive(Clone, Copy)]
pub(super) struct Span<'a> {
    /// The periods of all days.
    pub(super) periods: &'a Periods,
    /// Orders after it do not count.
    pub(super) as_of: Day,
    /// The number of the period that is not over.
    pub(super) running: i32,
}

impl Span<'_> {
    /// How many periods are over for who first ordered in the period `first`.
    pub(super) fn n_complete(&self, first: i32) -> usize {
        usize::try_from(self.running - first).unwrap_or(0)
    }
}

/// Customers between two looks at the monitor.
const BLOCK: usize = 50_000;

impl Tally {
    /// Counts everybody who is in a group.
    ///
    /// # Errors
    /// [`CohortProblem::TooManyCells`]; or stopped.
    pub(super) fn of(
        orders: &Orders,
        groups: &Groups,
        span: Span<'_>,
        monitor: &mut dyn Monitor,
    ) -> Result<Self, AnalysisError> {
        let n_groups = groups.entries.len();
        let starts = starts(groups, span)?;
        let mut tally = Self {
            sums: vec![Sums::default(); starts[n_groups]],
            starts,
            running: vec![RunningSums::default(); n_groups],
            n_members: vec![0; n_groups],
        };
        let n_customers = groups.of_customer.len();
        for start in (0..n_customers).step_by(BLOCK) {
            monitor.checkpoint(start as u64, n_customers as u64)?;
            for customer in start..(start + BLOCK).min(n_customers) {
                tally.add(orders, groups, span, customer);
            }
        }
        tally.add_up();
        Ok(tally)
    }

    /// The sums of a group by period.
    pub(super) fn row(&self, group: usize) -> &[Sums] {
        &self.sums[self.starts[group]..self.starts[group + 1] - 1]
    }

    fn add(&mut self, orders: &Orders, groups: &Groups, span: Span<'_>, customer: usize) {
        let group = groups.of_customer[customer];
        if group == NOBODY {
            return;
        }
        let (group, first) = (group as usize, groups.first_periods[customer]);
        let n_complete = span.n_complete(first);
        let row = &mut self.sums[self.starts[group]..self.starts[group + 1]];
        let running = &mut self.running[group];
        self.n_members[group] += 1;
        let (mut last, mut total) = (usize::MAX, 0_i128);
        for order in orders.starts[customer] as usize..orders.starts[customer + 1] as usize {
            let day = orders.days[order];
            if day > span.as_of {
                break;
            }
            let period = (span.periods.of(day) - first) as usize;
            let units = i128::from(orders.amounts[order]);
            let is_new = period != last;
            last = period;
            if period < n_complete {
                let sums = &mut row[period];
                sums.n_active += i64::from(is_new);
                sums.n_orders += 1;
                sums.units += units;
                sums.cumulative_units += units;
                total += units;
            } else {
                running.n_active += u64::from(is_new);
                running.n_orders += 1;
                running.units += units;
            }
        }
        let returns = orders.returns.of(customer);
        for (day, units) in returns.take_while(|&(day, _)| day <= span.as_of) {
            // An order's day is that of its last line, so that a return can lie before it.
            let period = (span.periods.of(day) - first).max(0) as usize;
            let units = i128::from(units);
            if period < n_complete {
                row[period].units -= units;
                row[period].cumulative_units -= units;
                total -= units;
            } else {
                running.units -= units;
            }
        }
        if n_complete > 0 {
            row[0].n_customers += 1;
            row[n_complete].n_customers -= 1;
            row[n_complete].cumulative_units -= total;
            row[0].n_active_or_later += 1;
            row[last.min(n_complete - 1) + 1].n_active_or_later -= 1;
        }
    }

    /// What was noted at both ends becomes what holds in each period.
    fn add_up(&mut self) {
        for ends in self.starts.windows(2) {
            let row = &mut self.sums[ends[0]..ends[1]];
            for period in 1..row.len() {
                let before = row[period - 1];
                row[period].n_customers += before.n_customers;
                row[period].n_active_or_later += before.n_active_or_later;
                row[period].cumulative_units += before.cumulative_units;
            }
        }
    }
}

/// Where the sums of each group start: who came first has the most periods.
fn starts(groups: &Groups, span: Span<'_>) -> Result<Vec<usize>, AnalysisError> {
    let mut n_complete = vec![0; groups.entries.len()];
    let members = groups.of_customer.iter().zip(&groups.first_periods);
    for (&group, &first) in members.filter(|(group, _)| **group != NOBODY) {
        let most = &mut n_complete[group as usize];
        *most = span.n_complete(first).max(*most);
    }
    let found: u64 = n_complete.iter().map(|&n| n as u64).sum();
    if found > MOST_CELLS {
        let most = MOST_CELLS;
        return Err(AnalysisError::Cohorts(CohortProblem::TooManyCells {
            found,
            most,
        }));
    }
    let mut starts = vec![0];
    let mut end = 0;
    starts.extend(n_complete.into_iter().map(|n| {
        end += n + 1;
        end
    }));
    Ok(starts)
}
