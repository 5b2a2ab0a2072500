//! What may really come: sums of orders and money as customers would make them, drawn again and again.
//!
//! Each draw takes a mean sum as unsure as the parameters leave it (log-normal, `interval.rs`) and adds by how much
//! drawn customers miss their own expectation: alive or not, a rate of their gamma distribution, a chance to stop or a
//! time of leaving (the posterior distributions of Fader, Hardie & Lee 2005; of Fader & Hardie 2005 for Pareto/NBD),
//! money by Gamma-Gamma (Fader & Hardie 2013). Invariant: a constant seed and an order of customers that is not the
//! file's.

use std::cmp::Ordering;

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::super::AnalysisError;
use super::super::tails::NORMAL_95;
use super::interval::Factors;
use super::model::{Fit, Model};
use super::spend::SpendFit;
use super::steps::Steps;
use super::summary::{Customer, Seen};
use gyeol_data::places_in_order;

/// How often all is drawn.
pub(super) const N_DRAWS: usize = 1_000;

/// Of more customers so many are drawn at random each time, and their deviation is scaled up.
const MOST_CUSTOMERS: usize = 500;

/// Draws left out at either end.
const N_OUT: usize = N_DRAWS / 40;

/// More orders than that are of a rate without an end.
const MOST_ORDERS: u32 = 10_000;

/// Rejected draws of a gamma distribution in a row; one in twenty is rejected.
const MOST_TRIES: usize = 1_000;

/// From the lowest to the highest of 95 % of the draws.
pub(super) type Interval = (f64, f64);

/// A customer with what is expected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prospect {
    pub(super) seen: Seen,
    pub(super) mean_spend: f64,
    pub(super) p_alive: f64,
    /// Within the horizon.
    pub(super) orders: f64,
    /// Of these orders; `None` where it is not known.
    pub(super) money: Option<f64>,
}

impl Prospect {
    pub(super) fn new(customer: &Customer, p_alive: f64, orders: f64, money: Option<f64>) -> Self {
        Self {
            seen: customer.seen,
            mean_spend: customer.mean_spend,
            p_alive,
            orders,
            money,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let key = |one: &Self| [one.seen.x, one.seen.last, one.seen.length, one.mean_spend];
        let (own, other) = (key(self), key(other));
        let pairs = own.iter().zip(&other);
        let mut orders = pairs.map(|(own, other)| own.total_cmp(other));
        orders
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

/// The model that the future is drawn from.
pub(super) struct Future<'a> {
    pub(super) fit: &'a Fit,
    pub(super) spend: Option<&'a SpendFit>,
    /// In days.
    pub(super) horizon: f64,
}

impl Future<'_> {
    /// Prediction intervals (95 %) of the sums of orders and of undiscounted money; each `None` where its factor is, or
    /// nothing is expected. A part of `steps`.
    pub(super) fn intervals(
        &self,
        prospects: &[Prospect],
        factors: Factors,
        steps: &mut Steps<'_>,
    ) -> Result<[Option<Interval>; 2], AnalysisError> {
        let factors = [factors.orders, factors.money];
        if prospects.is_empty() || factors == [None; 2] {
            steps.advance();
            return Ok([None; 2]);
        }
        let places = places_in_order(prospects.len(), &|a, b| prospects[a].compare(&prospects[b]));
        let money = |place: &usize| prospects[*place].money.unwrap_or(0.0);
        let sums = [
            places.iter().map(|&place| prospects[place].orders).sum(),
            places.iter().map(money).sum::<f64>(),
        ];
        let mut dice = Dice(Xoshiro256Plus::seed_from_u64(20_050_275));
        let mut draws = [const { Vec::new() }; 2];
        for draw in 0..N_DRAWS {
            steps.within(draw as u64, N_DRAWS as u64)?;
            let missed = self.missed(prospects, &places, &mut dice);
            let z = dice.normal();
            for ((draws, missed), (sum, factor)) in
                draws.iter_mut().zip(missed).zip(sums.iter().zip(factors))
            {
                let unsure = libm::log(factor.unwrap_or(1.0)) / NORMAL_95;
                draws.push(f64::max(sum * libm::exp(z * unsure) + missed, 0.0));
            }
        }
        steps.advance();
        let [orders, money] = draws.map(within);
        let told = |interval: Interval, place: usize| {
            factors[place].and((sums[place] > 0.0).then_some(interval))
        };
        Ok([told(orders, 0), told(money, 1)])
    }

    /// By how much the drawn orders and money of all differ from what was expected.
    fn missed(&self, prospects: &[Prospect], places: &[usize], dice: &mut Dice) -> [f64; 2] {
        let n = places.len();
        let n_drawn = n.min(MOST_CUSTOMERS);
        let mut missed = [0.0; 2];
        for place in 0..n_drawn {
            let place = match n > n_drawn {
                true => dice.below(n),
                false => place,
            };
            let prospect = &prospects[places[place]];
            let orders = f64::from(self.orders(prospect, dice));
            missed[0] += orders - prospect.orders;
            if let (Some(spend), Some(money)) = (self.spend, prospect.money) {
                missed[1] += dice.money(spend, prospect, orders) - money;
            }
        }
        // Independent customers: a sum of n varies as much as n / m sums of m, side by side.
        let scale = libm::sqrt(n as f64 / n_drawn as f64);
        missed.map(|one| one * scale)
    }

    fn orders(&self, prospect: &Prospect, dice: &mut Dice) -> u32 {
        if dice.uniform() >= prospect.p_alive {
            return 0;
        }
        let seen = &prospect.seen;
        let [r, alpha, third, fourth] = self.fit.at;
        let rate = dice.gamma(r + seen.x) / (alpha + seen.length);
        let (until, stops) = match self.fit.model {
            Model::ParetoNbd => {
                let leaving = dice.gamma(third) / (fourth + seen.length);
                (f64::min(self.horizon, dice.pause() / leaving), 0.0)
            }
            model => {
                let survived = super::counting::survived(seen.x, model == Model::MbgNbd);
                let (stop, go) = (dice.gamma(third), dice.gamma(fourth + survived));
                let both = stop + go;
                (self.horizon, if both > 0.0 { stop / both } else { 0.0 })
            }
        };
        let (mut n, mut left) = (0, rate * until);
        loop {
            left -= dice.pause();
            // Also where it is no number.
            if !(left > 0.0 && n < MOST_ORDERS) {
                return n;
            }
            n += 1;
            if stops > 0.0 && dice.uniform() < stops {
                return n;
            }
        }
    }
}

/// What is between the draws that are left out.
fn within(mut draws: Vec<f64>) -> Interval {
    draws.sort_unstable_by(f64::total_cmp);
    (draws[N_OUT], draws[N_DRAWS - 1 - N_OUT])
}

struct Dice(Xoshiro256Plus);

impl Dice {
    /// Above 0 and below 1.
    fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.uniform() * n as f64) as usize
    }

    /// Exponential with mean 1.
    fn pause(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// Box & Muller 1958.
    fn normal(&mut self) -> f64 {
        let turn = std::f64::consts::TAU * self.uniform();
        libm::sqrt(2.0 * self.pause()) * libm::cos(turn)
    }

    /// Marsaglia & Tsang 2000; below a shape of 1 by a power of a uniform number.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let power = libm::exp(-self.pause() / shape);
            return self.large_gamma(shape + 1.0) * power;
        }
        self.large_gamma(shape)
    }

    fn large_gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        for _ in 0..MOST_TRIES {
            let z = self.normal();
            let root = 1.0 + c * z;
            let v = root * root * root;
            if v > 0.0 && -self.pause() < 0.5 * z * z + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
        d
    }

    /// Money of so many orders of a customer.
    fn money(&mut self, spend: &SpendFit, prospect: &Prospect, orders: f64) -> f64 {
        if orders < 0.5 {
            return 0.0;
        }
        let [p, q, gamma] = spend.at;
        let x = prospect.seen.x;
        let rate = self.gamma(p * x + q) / (gamma + x * prospect.mean_spend);
        self.gamma(p * orders) / rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::interval;
    use crate::lifetime::summary::Summaries;
    use crate::{Unwatched, testing};
    use gyeol_data::Day;

    fn dice(seed: u64) -> Dice {
        Dice(Xoshiro256Plus::seed_from_u64(seed))
    }

    #[test]
    fn gamma_numbers_have_the_mean_and_the_variance_of_their_shape() {
        for shape in [0.3, 1.0, 4.5] {
            let mut dice = dice(3);
            let n = 40_000;
            let all: Vec<f64> = (0..n).map(|_| dice.gamma(shape)).collect();
            let mean = all.iter().sum::<f64>() / f64::from(n);
            let squares = all.iter().map(|one| (one - mean).powi(2)).sum::<f64>();
            let variance = squares / f64::from(n);
            // Five standard errors of the mean; of the variance, whose kurtosis is 3 + 6 / shape.
            let error = 5.0 * (shape / f64::from(n)).sqrt();
            assert!((mean - shape).abs() < error, "{shape} {mean}");
            let error = 5.0 * shape * ((2.0 + 6.0 / shape) / f64::from(n)).sqrt();
            assert!((variance - shape).abs() < error, "{shape} {variance}");
        }
    }

    /// Orders of a customer of BG/NBD with `r = 1`, `alpha = 20`, `a = 1`, `b = 4`, from day 0 to day 259.
    fn days(dice: &mut Dice) -> Vec<i32> {
        // Of Beta(1, 4) the distribution function is 1 - (1 - p)^4; the sampler under test takes no part.
        let rate = dice.pause() / 20.0;
        let stops = 1.0 - libm::pow(dice.uniform(), 0.25);
        let (mut time, mut days) = (0.0, vec![0]);
        loop {
            time += dice.pause() / rate;
            if time >= 260.0 {
                return days;
            }
            days.push(time as i32);
            if dice.uniform() < stops {
                return days;
            }
        }
    }

    /// Whether the orders of the last 60 days lie between the two ends, by the model fitted to the 200 days before.
    fn is_within(seed: u64) -> bool {
        let mut dice = dice(seed);
        let names: Vec<String> = (0..600).map(|number| format!("{number:03}")).collect();
        let rows = names.iter().flat_map(|name| {
            let days = days(&mut dice).into_iter();
            days.map(move |day| (name.as_str(), day, 100))
        });
        let rows: Vec<(&str, i32, i64)> = rows.collect();
        let now = Summaries::new(&testing::orders(&rows), Day::from_number(199), 60).unwrap();
        let fit = Fit::new(Model::BgNbd, &now.alike(), &mut || Ok(())).unwrap();
        let (fit, horizon) = (fit.unwrap(), 60.0);
        let prospect = |one: &Customer| {
            let orders = fit.expected(&one.seen, horizon);
            Prospect::new(one, fit.p_alive(&one.seen), orders, None)
        };
        let prospects: Vec<Prospect> = now.customers.iter().map(prospect).collect();
        let own = |place: usize| prospects[place].orders;
        let monitor = &mut Unwatched;
        let steps = &mut Steps::new(monitor, 2);
        let factors = interval::factors(&now, (&fit, None), &own, horizon, steps).unwrap();
        let future = Future {
            fit: &fit,
            spend: None,
            horizon,
        };
        let [orders, _] = future.intervals(&prospects, factors, steps).unwrap();
        let (low, high) = orders.unwrap();
        let mean: f64 = prospects.iter().map(|one| one.orders).sum();
        assert!(low < mean && mean < high, "{low} {mean} {high}");
        let actual: u32 = now.customers.iter().map(|one| one.n_after).sum();
        (low..=high).contains(&f64::from(actual))
    }

    #[test]
    fn the_intervals_of_simulated_shops_hold_the_truth_about_as_often_as_they_say() {
        const N: u64 = 100;
        let n_within = (0..N).filter(|&seed| is_within(seed)).count();
        // With a chance of 0.95 each, fewer than 88 or all of 100 are within in less than one per cent of cases.
        assert!((88..100).contains(&n_within), "{n_within} of {N}");
    }
}
