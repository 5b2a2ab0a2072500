//! What is to come of each customer, and customers by it.
//!
//! The discounted value adds up the expected money of months of 365/12 days, each discounted from its end.

use super::super::rfm::Histogram;
use super::super::{AnalysisError, ReadyName, Segment, Segmentation, SegmentationId};
use super::model::Fit;
use super::spend::SpendFit;
use super::steps::Steps;
use super::summary::Summaries;
use super::{Params, Tier};
use gyeol_data::{Day, places_in_order};

/// What is to come of a customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// How probable it is that the customer will still order.
    pub p_alive: f64,
    /// Order days within the horizon.
    pub expected_orders: f64,
    /// Money of them; `None` without a model of money.
    pub expected_spend: Option<f64>,
    /// The same, discounted.
    pub clv: Option<f64>,
    /// How many days there usually are between two orders of the customer: one over the mean rate.
    pub usual_pause_days: f64,
    /// The last order day and the customer's usual pause after it.
    pub next_order: Day,
    /// Whether that day lies before the as-of date.
    pub is_overdue: bool,
}

/// What is to come of all customers.
#[derive(Clone, Debug)]
pub struct Forecasts {
    /// How many days are looked ahead.
    pub horizon_days: u32,
    /// By customer of the dataset; `None` for who had not ordered.
    by_customer: Vec<Option<Forecast>>,
}

/// Days of a step of discounting: a twelfth of a year.
const STEP: f64 = 365.0 / 12.0;

/// The shares of the customers at which tiers end.
const TIERS: [(f64, ReadyName); 4] = [
    (0.05, ReadyName::WorthMost),
    (0.2, ReadyName::WorthMuch),
    (0.5, ReadyName::WorthSome),
    (1.0, ReadyName::WorthLittle),
];

impl Forecasts {
    pub(super) fn new(
        n_customers: usize,
        now: &Summaries,
        (fit, spend): (&Fit, Option<&SpendFit>),
        (params, end, as_of): (&Params, Day, Day),
        steps: &mut Steps<'_>,
    ) -> Result<Self, AnalysisError> {
        let horizon = f64::from(params.horizon_days);
        let mut all = vec![None; n_customers];
        for (place, customer) in now.customers.iter().enumerate() {
            steps.pass(place, now.customers.len())?;
            let seen = &customer.seen;
            let p_alive = fit.p_alive(seen);
            let per_order = spend.map(|spend| spend.expected(seen.x, customer.mean_spend));
            let per_order = per_order.filter(|money| money.is_finite());
            let orders = |days: f64| p_alive * fit.expected_alive(seen, days);
            let expected_orders = orders(horizon);
            // Far beyond any calendar is as good as never.
            let pause = fit.pause(seen).min(36_500.0);
            let last = end.number() - (seen.length - seen.last) as i32;
            let next_order = Day::from_number(last + libm::ceil(pause) as i32);
            all[customer.number as usize] = Some(Forecast {
                p_alive,
                expected_orders,
                expected_spend: per_order.map(|money| money * expected_orders),
                clv: per_order
                    .map(|money| money * discounted(&orders, horizon, params.discount_rate)),
                usual_pause_days: pause,
                next_order,
                is_overdue: next_order < as_of,
            });
        }
        steps.advance();
        Ok(Self {
            horizon_days: params.horizon_days,
            by_customer: all,
        })
    }

    /// What is to come of a customer of the dataset.
    pub fn of(&self, customer: usize) -> Option<&Forecast> {
        self.by_customer.get(customer)?.as_ref()
    }

    /// All that there are.
    pub(super) fn all(&self) -> impl Iterator<Item = &Forecast> {
        self.by_customer.iter().flatten()
    }

    /// Customers by what they will be worth, by expected orders without money; equal ones together.
    pub(super) fn tiers(&self) -> Segmentation {
        let has_money = self.has_money();
        let worth = |customer: usize| self.of(customer).map_or(-1.0, |one| one.worth(has_money));
        let worths: Vec<f64> = (0..self.by_customer.len()).map(worth).collect();
        let places = places_in_order(worths.len(), &|a, b| worths[b].total_cmp(&worths[a]));
        let n_present = self.all().count() as f64;
        let mut assignment = vec![Segmentation::ABSENT; self.by_customer.len()];
        let (mut before, mut tier) = (f64::INFINITY, 0);
        for (rank, &customer) in places.iter().enumerate() {
            if self.by_customer[customer].is_none() {
                continue;
            }
            if worths[customer] < before {
                let above = rank as f64 / n_present;
                tier = TIERS.iter().filter(|(end, _)| above >= *end).count();
                before = worths[customer];
            }
            assignment[customer] = tier as u16;
        }
        Segmentation {
            id: SegmentationId::Lifetime,
            segments: Segment::ready(&TIERS.map(|tier| tier.1)),
            assignment,
            membership: None,
            predicted: None,
        }
    }
}

impl Forecast {
    /// What customers are ranked by: their value, or their orders where the file has no money.
    fn worth(&self, has_money: bool) -> f64 {
        match has_money {
            true => self.clv.unwrap_or(0.0),
            false => self.expected_orders,
        }
    }
}

impl Forecasts {
    fn has_money(&self) -> bool {
        self.all().any(|one| one.clv.is_some())
    }

    /// How the worth of customers is spread.
    pub(super) fn spread(&self) -> Histogram {
        let has_money = self.has_money();
        let worths: Vec<f64> = self.all().map(|one| one.worth(has_money)).collect();
        Histogram::of(&worths, false)
    }

    /// What is to come of each tier.
    pub(super) fn by_tier(&self, tiers: &Segmentation) -> Vec<Tier> {
        let has_money = self.has_money();
        let mut all = vec![Tier::default(); tiers.segments.len()];
        for (customer, &place) in tiers.assignment.iter().enumerate() {
            let (Some(tier), Some(one)) = (all.get_mut(usize::from(place)), self.of(customer))
            else {
                continue;
            };
            let worth = one.worth(has_money);
            tier.lowest = match tier.n_customers {
                0 => worth,
                _ => tier.lowest.min(worth),
            };
            tier.n_customers += 1;
            tier.expected_orders += one.expected_orders;
            tier.mean_p_alive += one.p_alive;
            if has_money {
                *tier.clv.get_or_insert(0.0) += one.clv.unwrap_or(0.0);
            }
        }
        for tier in &mut all {
            tier.mean_p_alive /= tier.n_customers.max(1) as f64;
        }
        all
    }
}

/// Expected orders by months, the last one shorter, each worth as much less as it is late.
pub(super) fn discounted(orders: &dyn Fn(f64) -> f64, horizon: f64, yearly_rate: f64) -> f64 {
    let (mut sum, mut until, mut before) = (0.0, 0.0, 0.0);
    while until < horizon {
        until = f64::min(until + STEP, horizon);
        let ordered = orders(until);
        sum += (ordered - before) * libm::pow(1.0 + yearly_rate, -until / 365.0);
        before = ordered;
    }
    sum
}
