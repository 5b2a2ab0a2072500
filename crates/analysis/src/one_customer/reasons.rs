//! Why one customer is in its segment: its own numbers against what put it there. Facts; the sentences are in `text`.

use serde::{Deserialize, Serialize};

use super::borders::Moment;
use crate::beside::Beside;
use crate::clusters::{self, Closeness};
use crate::lifecycle::Thresholds;
use crate::measures::{Measures, Values, mean_gap};
use crate::rfm::Convention;
use crate::rules::Condition;
use crate::{Finished, Report, rfm, rhythm, rules, value};
use gyeol_data::{Dataset, Day};

/// Why a customer is in its segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// Its scores.
    Rfm {
        /// What frequency counts, and how values at a cut point are taken.
        convention: Convention,
        /// Recency, frequency and, where there is money, monetary.
        scores: Vec<Scored>,
    },
    /// Its last order and its orders against the thresholds.
    Lifecycle {
        /// Days since the last order.
        recency_days: i32,
        /// Orders.
        n_orders: u32,
        /// The thresholds.
        thresholds: Thresholds,
        /// The pause that it came back from, in days, where it was won back.
        back_after: Option<i32>,
    },
    /// Its last order against its own pauses.
    Rhythm {
        /// Days since the last order.
        recency_days: i32,
        /// The mean of its days between orders; `None` with a single order day.
        usual_days: Option<f64>,
        /// One over the other.
        lateness: Option<f64>,
        /// The borders.
        params: rhythm::Params,
    },
    /// Its value against the lowest one of its class and of the next.
    Value {
        /// The measure or column.
        by: String,
        /// Its value.
        value: Option<f64>,
        /// The lowest value of its class.
        lowest: Option<f64>,
        /// The lowest value of the class above.
        above: Option<f64>,
    },
    /// What it meets of the first rule that matches.
    Rules {
        /// Of what is joined by any, only what it meets; `None` where no rule matches.
        when: Option<Condition>,
        /// What is tested, each once, with its values.
        values: Vec<(String, Own)>,
    },
    /// How near it is to its cluster; `None` for who is in none, and where no feature is a number.
    Clusters(Option<Closeness>),
    /// The segmentation tells nothing of single customers.
    Untold,
}

/// A measure with its score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// `recency`, `frequency` or `monetary`.
    pub measure: String,
    /// Its value: days, orders (or rows), money.
    pub value: f64,
    /// Its score.
    pub score: u8,
    /// The cut point below; `None` at the end, or where the convention has none.
    pub above: Option<f64>,
    /// The cut point above.
    pub to: Option<f64>,
}

/// A value of one customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Own {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// None.
    Missing,
}

/// Why `customer` is where `finished` put it.
pub(super) fn reason(
    dataset: &Dataset,
    ran: &[&Finished],
    finished: &Finished,
    customer: usize,
    as_of: Day,
) -> Reason {
    let found = match &finished.report {
        Report::Rfm(report) => scores(dataset, report, finished, customer, as_of),
        Report::Lifecycle(report) => lifecycle(dataset, report.thresholds, customer, as_of),
        Report::Rhythm(report) => rhythm(dataset, &report.params, customer, as_of),
        Report::Value(report) => value(dataset, report, customer, as_of),
        Report::Rules(report) => met(dataset, ran, report, customer, as_of),
        Report::Clusters(report) => finished.segmentation.as_ref().map(|made| {
            let silhouettes = finished.silhouettes.as_deref();
            let made = (&**report, made, silhouettes);
            Reason::Clusters(clusters::closeness(dataset, made, customer, as_of))
        }),
        _ => None,
    };
    found.unwrap_or(Reason::Untold)
}

/// Of orders of a category or of margins the values are not those of the orders: only what is plain is told.
fn scores(
    dataset: &Dataset,
    report: &rfm::Report,
    finished: &Finished,
    customer: usize,
    as_of: Day,
) -> Option<Reason> {
    let (r, f, m) = finished.scores.as_ref()?.of(customer)?;
    let standing = dataset.standing(customer, as_of)?;
    let convention = report.params.convention;
    let values = [
        ("recency", f64::from(standing.recency_days), r),
        ("frequency", f64::from(convention.frequency(&standing)), f),
        ("monetary", standing.amount.to_f64(), m),
    ];
    let scored = values.into_iter().map(|(measure, value, score)| {
        let (above, to) = report.bounds(measure, (score, score));
        Scored {
            measure: measure.to_owned(),
            value,
            score,
            above,
            to,
        }
    });
    let n_measures = if report.has_money { 3 } else { 2 };
    report.params.is_plain().then(|| Reason::Rfm {
        convention,
        scores: scored.take(n_measures).collect(),
    })
}

fn lifecycle(
    dataset: &Dataset,
    thresholds: Thresholds,
    customer: usize,
    as_of: Day,
) -> Option<Reason> {
    let now = Moment::of(dataset, customer, as_of)?;
    let is_here = i64::from(now.standing.recency_days) <= i64::from(thresholds.active_days);
    let back_after = thresholds.back_after(&now.days, as_of);
    Some(Reason::Lifecycle {
        recency_days: now.standing.recency_days,
        n_orders: now.standing.n_orders,
        thresholds,
        back_after: back_after.filter(|_| is_here),
    })
}

fn rhythm(
    dataset: &Dataset,
    params: &rhythm::Params,
    customer: usize,
    as_of: Day,
) -> Option<Reason> {
    let now = Moment::of(dataset, customer, as_of)?;
    Some(Reason::Rhythm {
        recency_days: now.standing.recency_days,
        usual_days: mean_gap(&now.days),
        lateness: now.lateness(),
        params: params.clone(),
    })
}

fn value(dataset: &Dataset, report: &value::Report, customer: usize, as_of: Day) -> Option<Reason> {
    let measures = Measures::new(dataset, as_of);
    let place = measures.present.binary_search(&(customer as u32)).ok()?;
    let value = measures.numbers(&report.params.by)?.get(place).copied()?;
    let class = usize::from(value::Lowest::of(report).class_of(value));
    let better = report.lowest.iter().take(class).rev();
    let lowest = report.lowest.get(class).copied().flatten();
    // By classes that are held somebody may lie below the lowest of all, and is in the last one.
    let is_above = |lowest: &f64| value.is_some_and(|value| value >= *lowest);
    Some(Reason::Value {
        by: report.params.by.clone(),
        value,
        lowest: lowest.filter(is_above),
        above: better.flatten().next().copied(),
    })
}

/// What a customer meets of the first rule that matches it.
fn met(
    dataset: &Dataset,
    ran: &[&Finished],
    report: &rules::Report,
    customer: usize,
    as_of: Day,
) -> Option<Reason> {
    let mut beside = Beside::default();
    for finished in ran {
        beside.add(finished.scores.as_ref(), finished.segmentation.as_ref());
    }
    let measures = Measures::new(dataset, as_of).with(&beside);
    let place = measures.present.binary_search(&(customer as u32)).ok()?;
    let mut rules = report.params.rules.iter();
    let when = rules.find_map(|rule| rule.when.met(&measures, place));
    let mut values: Vec<(String, Own)> = Vec::new();
    if let Some(when) = &when {
        when.each_test(&mut |test| {
            let is_told = values.iter().any(|(measure, _)| *measure == test.measure);
            if !is_told {
                values.push((test.measure.clone(), own(&measures, &test.measure, place)));
            }
        });
    }
    Some(Reason::Rules { when, values })
}

fn own(measures: &Measures<'_>, measure: &str, place: usize) -> Own {
    match measures.values(measure) {
        Some(Values::Numbers(numbers)) => {
            let number = numbers.get(place).copied().flatten();
            number.map_or(Own::Missing, Own::Number)
        }
        Some(Values::Texts { texts, codes }) => {
            let code = codes.get(place).copied().flatten();
            code.map_or(Own::Missing, |code| Own::Text(texts.get(code).into_owned()))
        }
        None => Own::Missing,
    }
}
