//! The models of orders behind one face: fitted, then asked.
//!
//! Time is divided by the mean of the customers' own lengths before the fit, so that the starts suit days and weeks.

use serde::{Deserialize, Serialize};

use super::super::AnalysisError;
use super::climb::{self, Point, Square};
use super::pareto::Nodes;
use super::summary::Seen;
use super::together::Together;
use super::{counting, pareto, special};

/// A model of when customers order and when they stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// Fader, Hardie & Lee 2005.
    BgNbd,
    /// Batislam, Denizel & Filiztekin 2007.
    MbgNbd,
    /// Schmittlein, Morrison & Colombo 1987.
    ParetoNbd,
}

impl Model {
    /// All, the usual one first.
    pub const ALL: [Self; 3] = [Self::BgNbd, Self::MbgNbd, Self::ParetoNbd];

    /// The name used in settings, files and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::BgNbd => "bg-nbd",
            Self::MbgNbd => "mbg-nbd",
            Self::ParetoNbd => "pareto-nbd",
        }
    }

    /// What its four parameters are called in the papers.
    pub const fn parameters(self) -> [&'static str; 4] {
        match self {
            Self::BgNbd | Self::MbgNbd => ["r", "alpha", "a", "b"],
            Self::ParetoNbd => ["r", "alpha", "s", "beta"],
        }
    }
}

/// A wanted model as settings have it: its key, or `auto`. Nothing at all stands for `auto` too.
pub(super) mod choice {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Model;

    #[derive(Clone, Copy, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Choice {
        Auto,
        BgNbd,
        MbgNbd,
        ParetoNbd,
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // As serde asks for it.
    pub(in super::super) fn serialize<S: Serializer>(
        model: &Option<Model>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let choice = match model {
            None => Choice::Auto,
            Some(Model::BgNbd) => Choice::BgNbd,
            Some(Model::MbgNbd) => Choice::MbgNbd,
            Some(Model::ParetoNbd) => Choice::ParetoNbd,
        };
        choice.serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Model>, D::Error> {
        // A message has no word for what is left out; a file may hold `null`.
        let choice = match deserializer.is_human_readable() {
            true => Option::<Choice>::deserialize(deserializer)?.unwrap_or(Choice::Auto),
            false => Choice::deserialize(deserializer)?,
        };
        Ok(match choice {
            Choice::Auto => None,
            Choice::BgNbd => Some(Model::BgNbd),
            Choice::MbgNbd => Some(Model::MbgNbd),
            Choice::ParetoNbd => Some(Model::ParetoNbd),
        })
    }
}

/// What the data leave open where a fit has run to a limit of its parameters. Neither where no parameter can be blamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How often customers order and how they differ in it: the first two parameters.
    pub rates: bool,
    /// Whether and how they stop: the last two.
    pub stopping: bool,
}

/// A fitted model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub(super) model: Model,
    /// As [`Model::parameters`]; alpha and beta in the unit of time that was given.
    pub(super) at: Point,
    /// `None` at a limit, and where the data do not tell.
    pub(super) covariance: Option<Square>,
    pub(super) log_likelihood: f64,
    pub(super) is_converged: bool,
    /// The largest slope where the climb ended, per customer, by the logarithm of a parameter.
    pub(super) slope: f64,
    /// `None` where the data tell all parameters.
    pub(super) limit: Option<Limit>,
    nodes: Nodes,
}

impl Fit {
    /// Fits `model` to customers and how many are alike; `None` without a peak that is a number.
    pub(super) fn new(
        model: Model,
        alike: &[(Seen, f64)],
        monitor: &mut dyn FnMut() -> Result<(), AnalysisError>,
    ) -> Result<Option<Self>, AnalysisError> {
        let n: f64 = alike.iter().map(|one| one.1).sum();
        let unit = alike
            .iter()
            .map(|(seen, weight)| seen.length * weight)
            .sum::<f64>()
            / n;
        if unit.is_nan() || unit <= 0.0 {
            return Ok(None);
        }
        let nodes = special::nodes();
        let scaled: Vec<(Seen, f64)> = alike
            .iter()
            .map(|(seen, weight)| (seen.over(unit), *weight))
            .collect();
        let mut together = match model {
            Model::ParetoNbd => None,
            _ => Some(Together::new(&scaled, model == Model::MbgNbd)),
        };
        let mut all = |at: &Point| {
            monitor()?;
            Ok(match &mut together {
                Some(together) => together.likelihood(at),
                None => pareto::likelihood_of_all(at, &scaled, &nodes),
            })
        };
        let starts: &[Point] = match model {
            Model::ParetoNbd => &[[0.5, 0.3, 0.6, 0.4], [1.0, 1.0, 1.0, 1.0]],
            _ => &[
                [0.3, 0.15, 0.8, 2.5],
                [1.0, 1.0, 1.0, 1.0],
                [2.0, 0.5, 0.1, 2.0],
            ],
        };
        let Some(peak) = climb::highest(&mut all, starts, n)? else {
            return Ok(None);
        };
        let covariance = climb::covariance(&mut all, &peak.at, 4)?;
        let open = climb::left_open(&peak.at, covariance.as_ref(), 4);
        let covariance = covariance.filter(|_| open.is_none());
        let n_repeat: f64 = alike.iter().map(|(seen, weight)| seen.x * weight).sum();
        let units = match model {
            Model::ParetoNbd => [1.0, unit, 1.0, unit],
            _ => [1.0, unit, 1.0, 1.0],
        };
        Ok(Some(Self {
            model,
            at: std::array::from_fn(|i| peak.at[i] * units[i]),
            covariance: covariance.map(|covariance| climb::in_units(&covariance, &units)),
            log_likelihood: peak.log_likelihood - n_repeat * libm::log(unit),
            is_converged: climb::is_settled(&peak, open.is_some()),
            slope: peak.slope,
            limit: open.map(|[r, alpha, a, b]| Limit {
                rates: r || alpha,
                stopping: a || b,
            }),
            nodes,
        }))
    }

    /// How probable it is that a customer will still order.
    pub(super) fn p_alive(&self, seen: &Seen) -> f64 {
        match self.model {
            Model::ParetoNbd => pareto::p_alive(&self.at, seen, &self.nodes),
            model => counting::p_alive(&self.at, seen, model == Model::MbgNbd),
        }
    }

    /// Orders of a customer who will still order, within `horizon`.
    pub(super) fn expected_alive(&self, seen: &Seen, horizon: f64) -> f64 {
        match self.model {
            Model::ParetoNbd => pareto::expected_alive(&self.at, seen, horizon),
            model => counting::expected_alive(&self.at, seen, horizon, model == Model::MbgNbd),
        }
    }

    /// Orders of a customer within `horizon`.
    pub(super) fn expected(&self, seen: &Seen, horizon: f64) -> f64 {
        self.p_alive(seen) * self.expected_alive(seen, horizon)
    }

    /// Repeat orders of a new customer within `horizon`.
    pub(super) fn expected_new(&self, horizon: f64) -> f64 {
        let new = Seen {
            x: 0.0,
            last: 0.0,
            length: 0.0,
        };
        match self.model {
            Model::ParetoNbd => pareto::expected_alive(&self.at, &new, horizon),
            model => counting::expected_new(&self.at, horizon, model == Model::MbgNbd),
        }
    }

    /// How probable it is that a new customer makes 0, 1 … `n - 1` repeat orders within `length`.
    pub(super) fn chances(&self, length: f64, n: usize) -> Vec<f64> {
        match self.model {
            Model::ParetoNbd => pareto::chances(&self.at, length, n, &self.nodes),
            model => counting::chances(&self.at, length, model == Model::MbgNbd, n),
        }
    }

    /// The usual pause of a customer who will still order: one over the mean rate.
    pub(super) fn pause(&self, seen: &Seen) -> f64 {
        (self.at[1] + seen.length) / (self.at[0] + seen.x)
    }
}

impl Seen {
    fn over(self, unit: f64) -> Self {
        Self {
            x: self.x,
            last: self.last / unit,
            length: self.length / unit,
        }
    }
}
