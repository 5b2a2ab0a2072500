//! Two years of a shop: who comes, how often, for what.
//!
//! Customers of five kinds order at exponential intervals of their own length until they drop out; the shop grows,
//! autumn and December are busy, and some customers like one category more than others.

use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::catalogue::N_PRODUCTS;
use crate::data::{Day, places_in_order};

/// One order line of the file.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) order: u32,
    pub(super) day: Day,
    pub(super) minute: u32,
    pub(super) customer: Customer,
    pub(super) product: usize,
    /// Negative for a return.
    pub(super) quantity: i64,
    pub(super) discount_percent: u32,
    pub(super) state: State,
    pub(super) channel: usize,
    pub(super) campaign: Option<usize>,
    pub(super) is_undated: bool,
    pub(super) is_price_asked: bool,
}

/// What became of an order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Paid,
    Cancelled,
    Returned,
}

/// Who ordered; all numbers are places in the catalogue.
#[derive(Clone)]
pub(super) struct Customer {
    /// `None` for a guest.
    pub(super) id: Option<u32>,
    pub(super) region: Option<usize>,
    pub(super) age_band: Option<usize>,
    pub(super) gender: usize,
    pub(super) consents: bool,
    favourite_category: usize,
    usual_channel: usize,
}

/// A kind of customer.
struct Kind {
    share: f64,
    mean_days_between: f64,
    mean_days_active: f64,
    generosity: f64,
}

const KINDS: [Kind; 5] = [
    Kind {
        share: 0.08,
        mean_days_between: 22.0,
        mean_days_active: 900.0,
        generosity: 1.6,
    },
    Kind {
        share: 0.17,
        mean_days_between: 42.0,
        mean_days_active: 600.0,
        generosity: 1.2,
    },
    Kind {
        share: 0.25,
        mean_days_between: 60.0,
        mean_days_active: 260.0,
        generosity: 1.0,
    },
    Kind {
        share: 0.15,
        mean_days_between: 26.0,
        mean_days_active: 110.0,
        generosity: 1.1,
    },
    Kind {
        share: 0.35,
        mean_days_between: 400.0,
        mean_days_active: 30.0,
        generosity: 0.9,
    },
];

const N_CUSTOMERS: u32 = 4_600;
const N_DAYS: f64 = 730.0;
const FIRST_ORDER: u32 = 20_241_001;

/// The shop with its dice.
pub(super) struct Shop {
    dice: Dice,
    first_day: Day,
}

impl Shop {
    /// Opens the shop on 1 October 2024.
    pub(super) fn open() -> Self {
        let first_day = Day::from_civil(2024, 10, 1).unwrap_or(Day::from_number(20_000));
        Self {
            dice: Dice(Xoshiro256Plus::seed_from_u64(20_241_001)),
            first_day,
        }
    }

    /// All order lines in the order of the file.
    pub(super) fn lines(mut self) -> Vec<Line> {
        let mut visits = Vec::new();
        for id in 1..=N_CUSTOMERS {
            self.visits_of(id, &mut visits);
        }
        let moment = |place: usize| {
            let visit: &Visit = &visits[place];
            (visit.day, visit.minute, visit.customer.id)
        };
        let order = places_in_order(visits.len(), &|a, b| moment(a).cmp(&moment(b)));
        let mut lines = Vec::new();
        for (number, place) in order.into_iter().enumerate() {
            self.fill_basket(FIRST_ORDER + number as u32, &visits[place], &mut lines);
        }
        add_oddities(&mut lines);
        lines
    }

    fn visits_of(&mut self, id: u32, visits: &mut Vec<Visit>) {
        let kind = &KINDS[self.dice.kind()];
        let customer = self.customer(id);
        // The square root makes later first visits more frequent: the shop grows.
        let u = self.dice.uniform();
        let mut day = f64::midpoint(u, u.sqrt()) * N_DAYS;
        let last = (day + self.dice.exponential(kind.mean_days_active)).min(N_DAYS);
        let pace = kind.mean_days_between * (0.6 + 0.8 * self.dice.uniform());
        while day < last {
            let date = self.first_day.plus(day as i32);
            let is_guest = self.dice.uniform() < 0.05;
            let customer = Customer {
                id: customer.id.filter(|_| !is_guest),
                ..customer.clone()
            };
            visits.push(Visit {
                day: date,
                minute: self.dice.minute(),
                customer,
                generosity: kind.generosity,
            });
            day += 1.0 + self.dice.exponential(pace) / season(date);
        }
    }

    fn customer(&mut self, id: u32) -> Customer {
        let dice = &mut self.dice;
        Customer {
            id: Some(id),
            region: (dice.uniform() > 0.03).then(|| dice.skewed(8)),
            age_band: (dice.uniform() > 0.12).then(|| dice.middling(6)),
            gender: if dice.uniform() < 0.08 {
                2
            } else {
                usize::from(dice.uniform() > 0.68)
            },
            consents: dice.uniform() < 0.62,
            favourite_category: dice.skewed(5),
            usual_channel: dice.skewed(5),
        }
    }

    fn fill_basket(&mut self, order: u32, visit: &Visit, lines: &mut Vec<Line>) {
        let dice = &mut self.dice;
        let n_lines = 1 + dice.below(3).min(dice.below(4)) as usize;
        let campaign = campaign_of(visit.day).filter(|_| dice.uniform() < 0.35);
        let state = if dice.uniform() < 0.015 {
            State::Cancelled
        } else {
            State::Paid
        };
        let channel = if dice.uniform() < 0.7 {
            visit.customer.usual_channel
        } else {
            dice.skewed(5)
        };
        let has_coupon = campaign.is_some() || dice.uniform() < 0.08;
        let discount_percent = if has_coupon {
            [5, 10, 15, 20][dice.below(4) as usize]
        } else {
            0
        };
        for _ in 0..n_lines {
            let product = dice.product(visit.customer.favourite_category);
            let quantity = 1 + (dice.exponential(visit.generosity * 0.7) as i64).min(11);
            lines.push(Line {
                order,
                day: visit.day,
                minute: visit.minute,
                customer: visit.customer.clone(),
                product,
                quantity,
                discount_percent,
                state,
                channel,
                campaign,
                is_undated: false,
                is_price_asked: false,
            });
        }
        if state == State::Paid && self.dice.uniform() < 0.04 {
            self.bring_back(lines);
        }
    }

    /// The last line comes back some days later, as shop systems write it: the same order, a negative quantity.
    fn bring_back(&mut self, lines: &mut Vec<Line>) {
        let Some(bought) = lines.last().cloned() else {
            return;
        };
        let day = bought.day.plus(2 + self.dice.below(9) as i32);
        let n_back = 1 + self.dice.below(bought.quantity as u64) as i64;
        lines.push(Line {
            day,
            quantity: -n_back,
            state: State::Returned,
            ..bought
        });
    }
}

/// One coming to the shop.
struct Visit {
    day: Day,
    minute: u32,
    customer: Customer,
    generosity: f64,
}

/// What happens to every file sooner or later: a date that was not written, a price on request, a line twice.
fn add_oddities(lines: &mut Vec<Line>) {
    for place in [401, 5_003, 11_777, 20_011] {
        lines[place].is_undated = true;
    }
    for place in [1_913, 9_091, 25_003] {
        lines[place].is_price_asked = true;
    }
    for place in [3_001, 14_009, 22_222] {
        lines.insert(place + 1, lines[place].clone());
    }
}

/// How busy a month is beside the average.
fn season(day: Day) -> f64 {
    match day.civil().1 {
        9 | 12 => 1.5,
        10 | 11 => 1.2,
        1 | 7 => 0.8,
        _ => 1.0,
    }
}

fn campaign_of(day: Day) -> Option<usize> {
    match day.civil().1 {
        3 | 4 => Some(0),
        7 => Some(1),
        9 => Some(2),
        12 => Some(3),
        _ => None,
    }
}

/// All chance in the shop.
struct Dice(Xoshiro256Plus);

impl Dice {
    /// At least 0, below 1.
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        (self.uniform() * end as f64) as u64
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        -libm::log(1.0 - self.uniform()) * mean
    }

    /// A place below `end`, the first ones more often.
    fn skewed(&mut self, end: usize) -> usize {
        let u = self.uniform();
        (u * u * end as f64) as usize
    }

    /// A place below `end`, the middle ones more often.
    fn middling(&mut self, end: usize) -> usize {
        let mean = (self.uniform() + self.uniform()) / 2.0;
        (mean * end as f64) as usize
    }

    fn kind(&mut self) -> usize {
        let mut u = self.uniform();
        let place = KINDS.iter().position(|kind| {
            u -= kind.share;
            u < 0.0
        });
        place.unwrap_or(KINDS.len() - 1)
    }

    /// Of the favourite category in two cases of three. Categories are neighbours on the shelf.
    fn product(&mut self, favourite_category: usize) -> usize {
        const SHELVES: [(usize, usize); 5] = [(0, 5), (5, 5), (10, 4), (14, 3), (17, 3)];
        if self.uniform() < 0.66 {
            let (first, n) = SHELVES[favourite_category];
            return first + self.below(n as u64) as usize;
        }
        self.below(N_PRODUCTS as u64) as usize
    }

    /// A minute of the day, mostly by day and in the evening.
    fn minute(&mut self) -> u32 {
        7 * 60 + (((self.uniform() + self.uniform()) / 2.0) * 16.9 * 60.0) as u32
    }
}
