//! Linear and logistic regression with standard errors, on standardised columns.
//!
//! Normal equations by the sweep operator (Goodnight 1979), which passes over a column that the ones before it give
//! already; the logistic model by Newton's method (iteratively reweighted least squares, McCullagh & Nelder 1989).
//! Where classes are separated there is no largest likelihood: the slopes are then held by a ridge, and said to be.

/// A regression of one number on columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Fit {
    /// Where all columns are nothing.
    pub(super) intercept: f64,
    /// One for each column; 0 for one that was passed over.
    pub(super) slopes: Vec<f64>,
    /// Standard errors of the intercept and of each slope; `None` under a ridge or without degrees of freedom.
    pub(super) errors: Option<Vec<f64>>,
    /// By column whether the ones before it give it already, or it is the same for all.
    pub(super) aliased: Vec<bool>,
    /// Residual sum of squares, or -2 times the logarithm of the likelihood.
    pub(super) deviance: f64,
    /// The same with the intercept alone.
    pub(super) null_deviance: f64,
    /// Estimated numbers.
    pub(super) rank: usize,
    /// Whether a ridge holds the slopes, since the classes are separated.
    pub(super) is_ridge: bool,
    /// Whether not even the ridge made it settle: all slopes are 0 and the mean is what it predicts.
    pub(super) is_unsettled: bool,
}

/// Smallest share of a column's own square that the ones before it must leave.
const ALIASED: f64 = 1e-9;
/// Weight of the ridge on standardised slopes.
const RIDGE: f64 = 1.0;
/// Steps of Newton's method before separation is taken to be the reason that it does not settle.
const MOST_STEPS: usize = 30;
/// A standard error of a standardised slope that only separation gives.
const UNBOUND: f64 = 50.0;

impl Fit {
    /// The linear predictor of a row.
    pub(super) fn at(&self, columns: &[Vec<f64>], row: usize) -> f64 {
        let parts = self.slopes.iter().zip(columns);
        self.intercept
            + parts
                .map(|(slope, column)| slope * column[row])
                .sum::<f64>()
    }
}

/// The probability of a linear predictor.
pub(super) fn logistic(predictor: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-predictor))
}

/// Columns with mean 0 and deviation 1 after a column of ones.
struct Standardised {
    columns: Vec<Vec<f64>>,
    centres: Vec<f64>,
    spreads: Vec<f64>,
}

impl Standardised {
    fn new(columns: &[Vec<f64>], n: usize) -> Self {
        let mut all = Self {
            columns: vec![vec![1.0; n]],
            centres: vec![0.0],
            spreads: vec![1.0],
        };
        for column in columns {
            let (centre, spread) = crate::stats::moments(column.iter().copied());
            let is_flat = spread <= 1e-12 * centre.abs().max(1e-300);
            let unit = if is_flat { 1.0 } else { spread };
            let scaled = |&value: &f64| {
                if is_flat {
                    0.0
                } else {
                    (value - centre) / unit
                }
            };
            all.columns.push(column.iter().map(scaled).collect());
            all.centres.push(centre);
            all.spreads.push(unit);
        }
        all
    }

    /// `X' W X`.
    fn gram(&self, weight: &dyn Fn(usize) -> f64) -> Vec<Vec<f64>> {
        let n = self.columns[0].len();
        let weights: Vec<f64> = (0..n).map(weight).collect();
        let mut gram = vec![vec![0.0; self.columns.len()]; self.columns.len()];
        for (i, one) in self.columns.iter().enumerate() {
            let weighted: Vec<f64> = one.iter().zip(&weights).map(|(x, w)| x * w).collect();
            for (j, other) in self.columns[..=i].iter().enumerate() {
                let sum: f64 = weighted.iter().zip(other).map(|(x, y)| x * y).sum();
                gram[i][j] = sum;
                gram[j][i] = sum;
            }
        }
        gram
    }

    /// `X' y`.
    fn against(&self, y: &[f64]) -> Vec<f64> {
        let product = |column: &Vec<f64>| column.iter().zip(y).map(|(x, y)| x * y).sum();
        self.columns.iter().map(product).collect()
    }

    fn predictor(&self, numbers: &[f64], row: usize) -> f64 {
        let parts = self.columns.iter().zip(numbers);
        parts.map(|(column, number)| number * column[row]).sum()
    }

    /// Intercept, slopes and their errors in the units of the columns; `covariance` is that of `numbers`.
    fn back(&self, numbers: &[f64], covariance: Option<&[Vec<f64>]>) -> Fit {
        let slope = |at: usize| numbers[at] / self.spreads[at];
        let n_numbers = numbers.len();
        let shift: Vec<f64> = (0..n_numbers)
            .map(|at| {
                if at == 0 {
                    1.0
                } else {
                    -self.centres[at] / self.spreads[at]
                }
            })
            .collect();
        let errors = covariance.map(|covariance| {
            let rows = shift.iter().zip(covariance);
            let of_row = |row: &Vec<f64>| shift.iter().zip(row).map(|(t, c)| t * c).sum::<f64>();
            let first: f64 = rows.map(|(t, row)| t * of_row(row)).sum();
            let others =
                (1..n_numbers).map(|at| covariance[at][at].max(0.0).sqrt() / self.spreads[at]);
            std::iter::once(first.max(0.0).sqrt())
                .chain(others)
                .collect()
        });
        Fit {
            intercept: shift
                .iter()
                .zip(numbers)
                .map(|(t, number)| t * number)
                .sum(),
            slopes: (1..n_numbers).map(slope).collect(),
            errors,
            ..Fit::default()
        }
    }
}

/// The inverse by sweeping one pivot after the other; pivots of which too little is left are passed over and said.
fn inverse(mut matrix: Vec<Vec<f64>>) -> (Vec<Vec<f64>>, Vec<bool>) {
    let n = matrix.len();
    let whole: Vec<f64> = (0..n).map(|at| matrix[at][at]).collect();
    let mut skipped = vec![false; n];
    for k in 0..n {
        let pivot = matrix[k][k];
        if pivot <= ALIASED * whole[k] || pivot <= 0.0 {
            skipped[k] = true;
            continue;
        }
        let row: Vec<f64> = matrix[k].iter().map(|value| value / pivot).collect();
        for (_, other) in matrix.iter_mut().enumerate().filter(|(i, _)| *i != k) {
            let by = other[k];
            for (value, own) in other.iter_mut().zip(&row) {
                *value -= by * own;
            }
            other[k] = -by / pivot;
        }
        matrix[k] = row;
        matrix[k][k] = 1.0 / pivot;
    }
    for at in (0..n).filter(|&at| skipped[at]) {
        matrix[at].fill(0.0);
        for row in &mut matrix {
            row[at] = 0.0;
        }
    }
    (matrix, skipped)
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    let product = |row: &Vec<f64>| row.iter().zip(vector).map(|(a, b)| a * b).sum();
    matrix.iter().map(product).collect()
}

/// Ordinary least squares of `y` on `columns`.
pub(super) fn linear(columns: &[Vec<f64>], y: &[f64]) -> Fit {
    let standardised = Standardised::new(columns, y.len());
    let (inverted, skipped) = inverse(standardised.gram(&|_| 1.0));
    let (mean, _) = crate::stats::moments(y.iter().copied());
    let centred: Vec<f64> = y.iter().map(|value| value - mean).collect();
    let mut numbers = times(&inverted, &standardised.against(&centred));
    let residual = |row: usize| centred[row] - standardised.predictor(&numbers, row);
    let deviance: f64 = (0..y.len()).map(|row| residual(row) * residual(row)).sum();
    let rank = skipped.iter().filter(|skipped| !**skipped).count();
    let freedom = y.len().saturating_sub(rank) as f64;
    let scale = deviance / freedom;
    let covariance: Vec<Vec<f64>> = (inverted.iter())
        .map(|row| row.iter().map(|value| value * scale).collect())
        .collect();
    numbers[0] += mean;
    Fit {
        aliased: skipped[1..].to_vec(),
        deviance,
        null_deviance: centred.iter().map(|value| value * value).sum(),
        rank,
        ..standardised.back(&numbers, (freedom > 0.0).then_some(&covariance[..]))
    }
}

/// Logistic regression of `y`, 0 or 1, on `columns`.
pub(super) fn logit(columns: &[Vec<f64>], y: &[f64]) -> Fit {
    logit_within(MOST_STEPS, columns, y)
}

fn logit_within(most_steps: usize, columns: &[Vec<f64>], y: &[f64]) -> Fit {
    let standardised = Standardised::new(columns, y.len());
    let (_, skipped) = inverse(standardised.gram(&|_| 1.0));
    let mean = y.iter().sum::<f64>() / y.len().max(1) as f64;
    let null_deviance = -2.0 * y.len() as f64 * (xlogx(mean) + xlogx(1.0 - mean));
    let solve = |ridge: f64| newton(&standardised, y, &skipped, ridge, most_steps);
    let free = solve(0.0);
    let is_separated = free.as_ref().is_none_or(|(_, covariance, deviance)| {
        let is_unbound = |at: usize| covariance[at][at] > UNBOUND * UNBOUND;
        *deviance < 1e-6 * null_deviance || (1..skipped.len()).any(is_unbound)
    });
    let (solved, is_ridge) = match free.filter(|_| !is_separated) {
        Some(free) => (Some(free), false),
        None => (solve(RIDGE), true),
    };
    let is_unsettled = solved.is_none();
    let mut flat = vec![0.0; skipped.len()];
    flat[0] = libm::log(mean / (1.0 - mean));
    let (numbers, covariance, deviance) = solved.unwrap_or((flat, Vec::new(), null_deviance));
    Fit {
        aliased: skipped[1..].to_vec(),
        deviance,
        null_deviance,
        rank: skipped.iter().filter(|skipped| !**skipped).count(),
        is_ridge: is_ridge && !is_unsettled,
        is_unsettled,
        ..standardised.back(&numbers, (!is_ridge).then_some(&covariance[..]))
    }
}

fn xlogx(x: f64) -> f64 {
    if x > 0.0 { x * libm::log(x) } else { 0.0 }
}

/// The logarithm of `1 + e^x`, without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// Numbers, their covariance and the deviance; `None` where it does not settle.
type Solved = (Vec<f64>, Vec<Vec<f64>>, f64);

fn newton(
    x: &Standardised,
    y: &[f64],
    skipped: &[bool],
    ridge: f64,
    most_steps: usize,
) -> Option<Solved> {
    let penalty = |numbers: &[f64]| ridge * numbers[1..].iter().map(|b| b * b).sum::<f64>();
    let deviance = |numbers: &[f64]| {
        let of = |row: usize| {
            let predictor = x.predictor(numbers, row);
            softplus(predictor) - y[row] * predictor
        };
        2.0 * (0..y.len()).map(of).sum::<f64>()
    };
    let mut numbers = vec![0.0; skipped.len()];
    let mut before = deviance(&numbers);
    for _ in 0..most_steps {
        let fitted: Vec<f64> = (0..y.len())
            .map(|row| logistic(x.predictor(&numbers, row)))
            .collect();
        let mut gram = x.gram(&|row| fitted[row] * (1.0 - fitted[row]));
        let left: Vec<f64> = y.iter().zip(&fitted).map(|(y, p)| y - p).collect();
        let mut slope = x.against(&left);
        for at in 0..skipped.len() {
            if skipped[at] {
                gram[at].fill(0.0);
                gram.iter_mut().for_each(|row| row[at] = 0.0);
                slope[at] = 0.0;
            } else if at > 0 {
                gram[at][at] += ridge;
                slope[at] -= ridge * numbers[at];
            }
        }
        let (covariance, unsolved) = inverse(gram);
        if unsolved != skipped {
            return None;
        }
        let step = times(&covariance, &slope);
        let mut share = 1.0;
        let (next, after) = loop {
            let moved = numbers.iter().zip(&step).map(|(b, step)| b + share * step);
            let next: Vec<f64> = moved.collect();
            let after = deviance(&next) + penalty(&next);
            if after <= before + 1e-9 || share < 1e-3 {
                break (next, after);
            }
            share /= 2.0;
        };
        let has_settled = (before - after).abs() <= 1e-10 * (after.abs() + 0.1);
        (numbers, before) = (next, after);
        if has_settled {
            let own = deviance(&numbers);
            return Some((numbers, covariance, own));
        }
    }
    None
}

#[cfg(test)]
#[path = "regression_tests.rs"]
mod tests;
