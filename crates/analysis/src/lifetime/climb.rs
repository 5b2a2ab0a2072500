//! The highest point of a likelihood: BFGS on the logarithms of the parameters, from several fixed starts.
//!
//! Likelihoods are of up to four positive parameters; one that a model does not have has no slope and stays where it
//! is. Standard errors come from differences of the gradient (the observed information).

use super::super::AnalysisError;

/// Up to four positive parameters, or their slopes.
pub(super) type Point = [f64; 4];

/// The log-likelihood at a point, and its slopes.
pub(super) type Likelihood<'a> = &'a mut dyn FnMut(&Point) -> Result<(f64, Point), AnalysisError>;

/// Where the climb ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peak {
    pub(super) at: Point,
    pub(super) log_likelihood: f64,
    pub(super) is_converged: bool,
    /// The largest slope, per customer, by the logarithm of a parameter that is not at its bound.
    pub(super) slope: f64,
}

/// Slope per customer below which a point is a peak.
const FLAT: f64 = 1e-8;

/// The same where no step leads higher any more: the sums have no more digits.
const NEARLY_FLAT: f64 = 1e-5;

/// A step that gains less per customer is level.
const LEVEL: f64 = 1e-9;

/// So many level steps, or one that cannot be made any more, end a climb along a ridge.
const N_LEVEL: usize = 5;

/// The slope below which a ridge hardly rises.
const LEVEL_SLOPE: f64 = 1e-3;

/// Logarithms of parameters stay within this distance of 0. One at its bound has no end (customers who are all alike, say,
/// or of whom nobody drops out): the model has reached that limit, where a further step changes the parameter alone.
const BOUND: f64 = 14.0;

/// The highest of the peaks that the climbs from `starts` reach; of equal ones the first.
pub(super) fn highest(
    likelihood: Likelihood<'_>,
    starts: &[Point],
    n_customers: f64,
) -> Result<Option<Peak>, AnalysisError> {
    let mut best: Option<Peak> = None;
    for start in starts {
        let peak = climb(likelihood, start, n_customers)?;
        let is_higher = best.is_none_or(|best| {
            (peak.is_converged, peak.log_likelihood) > (best.is_converged, best.log_likelihood)
        });
        if is_higher && peak.log_likelihood.is_finite() {
            best = Some(peak);
        }
    }
    Ok(best)
}

fn climb(
    likelihood: Likelihood<'_>,
    start: &Point,
    n_customers: f64,
) -> Result<Peak, AnalysisError> {
    let mut cost = |logs: &Point| -> Result<(f64, Point), AnalysisError> {
        let at = logs.map(libm::exp);
        let (value, slopes) = likelihood(&at)?;
        let slopes = std::array::from_fn(|i| -slopes[i] * at[i] / n_customers);
        Ok((-value / n_customers, within(logs, slopes)))
    };
    let mut logs = start.map(libm::log);
    let (mut value, mut slopes) = cost(&logs)?;
    let mut inverse = identity();
    let mut is_converged = false;
    let mut n_level = 0;
    for _ in 0..200 {
        if steepest(&slopes) < FLAT || n_level >= N_LEVEL || !value.is_finite() {
            is_converged = value.is_finite() && n_level < N_LEVEL;
            break;
        }
        let way = downhill(&mut inverse, &slopes);
        let longest = steepest(&way);
        let mut step = if longest > 2.0 { 2.0 / longest } else { 1.0 };
        let fall = dot(&way, &slopes);
        let next = loop {
            let there = std::array::from_fn(|i| (logs[i] + step * way[i]).clamp(-BOUND, BOUND));
            let (height, slopes) = cost(&there)?;
            if height <= value + 1e-4 * step * fall {
                break Some((there, height, slopes));
            }
            step *= 0.5;
            if step < 1e-9 {
                break None;
            }
        };
        let Some((there, height, new_slopes)) = next else {
            is_converged = steepest(&slopes) < NEARLY_FLAT;
            n_level = N_LEVEL;
            break;
        };
        n_level = if value - height < LEVEL {
            n_level + 1
        } else {
            0
        };
        let moved = std::array::from_fn(|i| there[i] - logs[i]);
        let turned = std::array::from_fn(|i| new_slopes[i] - slopes[i]);
        update(&mut inverse, &moved, &turned);
        (logs, value, slopes) = (there, height, new_slopes);
    }
    // On a ridge that hardly rises any more the parameters go on and the model stays the same.
    is_converged |= value.is_finite() && n_level >= N_LEVEL && steepest(&slopes) < LEVEL_SLOPE;
    Ok(Peak {
        at: logs.map(libm::exp),
        log_likelihood: -value * n_customers,
        is_converged,
        slope: steepest(&slopes),
    })
}

/// The way that leads down by what is known of the curvature; by the slopes alone, and from the start again, where it
/// would lead up.
fn downhill(inverse: &mut Square, slopes: &Point) -> Point {
    let way = times(inverse, slopes).map(|one| -one);
    if dot(&way, slopes) < 0.0 {
        return way;
    }
    *inverse = identity();
    slopes.map(|one| -one)
}

/// The slopes, without those that lead over a bound.
fn within(logs: &Point, slopes: Point) -> Point {
    std::array::from_fn(|i| {
        let leads_out = logs[i].abs() >= BOUND && slopes[i] * logs[i] < 0.0;
        if leads_out { 0.0 } else { slopes[i] }
    })
}

/// So near to [`BOUND`] a parameter is at it.
const NEAR: f64 = 0.5;

/// From so far from 0 on (a thousand times as large or as small as usual) a logarithm is on its way to the bound.
const FAR: f64 = 6.9;

/// A standard error of so many times its parameter says that the parameter may be anything.
const VAGUE: f64 = 10.0;

/// Which of the first `n` parameters the data leave open, where they do not tell them all: one is at its bound, a standard
/// error tells nothing, or there are none. All `false` where no single one can be blamed. `None` where they tell all.
pub(super) fn left_open(at: &Point, covariance: Option<&Square>, n: usize) -> Option<[bool; 4]> {
    let errors = covariance.map(standard_errors);
    let far = |place: usize| libm::log(at[place]).abs();
    let is_vague = |place: usize| errors.is_some_and(|own| own[place] > VAGUE * at[place]);
    let is_open = |place: usize| far(place) > BOUND - NEAR || is_vague(place);
    let is_any = errors.is_none() || (0..n).any(is_open);
    let is_away = |place: usize| place < n && (far(place) > FAR || is_vague(place));
    is_any.then(|| std::array::from_fn(is_away))
}

/// Whether a climb that ended at `peak` has found what it looked for: a level place, or the limit that a parameter runs to.
pub(super) fn is_settled(peak: &Peak, is_at_limit: bool) -> bool {
    peak.is_converged && (is_at_limit || peak.slope < NEARLY_FLAT)
}

/// The covariance of the first `n` parameters; `None` where the point is no peak or the data do not tell.
pub(super) fn covariance(
    likelihood: Likelihood<'_>,
    at: &Point,
    n: usize,
) -> Result<Option<Square>, AnalysisError> {
    let mut information = [[0.0; 4]; 4];
    for row in 0..n {
        let width = at[row] * 1e-4;
        let (mut above, mut below) = (*at, *at);
        above[row] += width;
        below[row] -= width;
        let (above, below) = (likelihood(&above)?.1, likelihood(&below)?.1);
        for column in 0..n {
            information[row][column] = -(above[column] - below[column]) / (2.0 * width);
        }
    }
    let covariance = inverse_of(&information, n);
    Ok(covariance.filter(|covariance| {
        let mut variances = (0..n).map(|place| covariance[place][place]);
        variances.all(|variance| variance.is_finite() && variance >= 0.0)
    }))
}

/// A covariance in other units, each parameter `units` times as large.
pub(super) fn in_units(covariance: &Square, units: &Point) -> Square {
    std::array::from_fn(|i| std::array::from_fn(|j| covariance[i][j] * units[i] * units[j]))
}

/// The roots of the variances.
pub(super) fn standard_errors(covariance: &Square) -> Point {
    std::array::from_fn(|i| libm::sqrt(covariance[i][i]))
}

/// Four parameters by four.
pub(super) type Square = [[f64; 4]; 4];

fn identity() -> Square {
    std::array::from_fn(|i| std::array::from_fn(|j| f64::from(u8::from(i == j))))
}

fn dot(a: &Point, b: &Point) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn times(square: &Square, point: &Point) -> Point {
    std::array::from_fn(|i| dot(&square[i], point))
}

fn steepest(slopes: &Point) -> f64 {
    slopes
        .iter()
        .fold(0.0, |most, one| f64::max(most, one.abs()))
}

/// The step of Broyden, Fletcher, Goldfarb and Shanno for the inverse of the second derivatives.
fn update(inverse: &mut Square, moved: &Point, turned: &Point) {
    let along = dot(moved, turned);
    if along <= 1e-14 {
        return;
    }
    let bent = times(inverse, turned);
    let factor = (1.0 + dot(turned, &bent) / along) / along;
    for i in 0..4 {
        for j in 0..4 {
            let cross = bent[i] * moved[j] + moved[i] * bent[j];
            inverse[i][j] += factor * moved[i] * moved[j] - cross / along;
        }
    }
}

/// Gauss and Jordan, with the largest pivot.
fn inverse_of(square: &Square, n: usize) -> Option<Square> {
    let (mut left, mut right) = (*square, identity());
    for column in 0..n {
        let pivot = (column..n).fold(column, |best, row| {
            match left[row][column].abs() > left[best][column].abs() {
                true => row,
                false => best,
            }
        });
        left.swap(column, pivot);
        right.swap(column, pivot);
        let value = left[column][column];
        if value.abs() < 1e-300 {
            return None;
        }
        for j in 0..n {
            left[column][j] /= value;
            right[column][j] /= value;
        }
        for row in (0..n).filter(|&row| row != column) {
            let factor = left[row][column];
            for j in 0..n {
                left[row][j] -= factor * left[column][j];
                right[row][j] -= factor * right[column][j];
            }
        }
    }
    Some(right)
}
