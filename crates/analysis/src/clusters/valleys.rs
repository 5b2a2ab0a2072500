//! Valleys of a line of reaches: where it falls steeply and rises steeply again, by a share `xi`.
//!
//! Inner valleys come before those around them. Sources: Ankerst et al. (1999), figure 19; Schubert & Gertz (2018) for
//! ends that are not reached from within; both as scikit-learn reads them.

/// Points in order of reach.
#[derive(Debug)]
pub(super) struct Order {
    /// Their numbers.
    pub(super) points: Vec<usize>,
    /// How far each is from those before; the first of a new part is out of reach.
    pub(super) reach: Vec<f64>,
    /// From whom each is reached.
    pub(super) from: Vec<Option<usize>>,
}

/// A run of places in the order, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Valley {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A steep fall, with the highest reach since.
#[derive(Clone, Copy)]
struct Fall {
    start: usize,
    end: usize,
    highest_since: f64,
}

/// How a line goes on from one place to the next.
#[derive(Clone, Copy)]
enum Way {
    Down,
    Up,
}

/// The line of reaches, out of reach at its end.
struct Line {
    reach: Vec<f64>,
    /// What is left of a reach that falls steeply.
    left: f64,
}

impl Line {
    fn is_steep(&self, place: usize, way: Way) -> bool {
        let ratio = self.reach[place] / self.reach[place + 1];
        match way {
            Way::Down => ratio >= 1.0 / self.left,
            Way::Up => ratio <= self.left,
        }
    }

    fn goes(&self, place: usize, way: Way) -> bool {
        let ratio = self.reach[place] / self.reach[place + 1];
        match way {
            Way::Down => ratio > 1.0,
            Way::Up => ratio < 1.0,
        }
    }

    /// The last steep place of a part that goes one way from `start`, with at most `most_flat` that are not steep.
    fn end_of_part(&self, start: usize, way: Way, most_flat: usize) -> usize {
        let other = match way {
            Way::Down => Way::Up,
            Way::Up => Way::Down,
        };
        let (mut end, mut n_flat) = (start, 0);
        for place in start..self.reach.len() - 1 {
            if self.is_steep(place, way) {
                (end, n_flat) = (place, 0);
            } else if self.goes(place, other) {
                break;
            } else {
                n_flat += 1;
                if n_flat > most_flat {
                    break;
                }
            }
        }
        end
    }

    fn highest(&self, start: usize, end: usize) -> f64 {
        self.reach[start..=end].iter().copied().fold(0.0, f64::max)
    }

    /// Forgets falls that something higher has come after.
    fn forget(&self, falls: &mut Vec<Fall>, highest: f64) {
        falls.retain(|fall| highest.is_finite() && highest <= self.reach[fall.start] * self.left);
        for fall in falls {
            fall.highest_since = fall.highest_since.max(highest);
        }
    }

    /// The valley between a fall and a rise, where there is one.
    fn between(&self, fall: Fall, rise: Valley) -> Option<Valley> {
        let (mut start, mut end) = (fall.start, rise.end);
        let (before, after) = (self.reach[start], self.reach[end + 1]);
        if after * self.left < fall.highest_since {
            return None;
        }
        // The higher side is cut to the height of the lower.
        if before * self.left >= after {
            while start < fall.end && self.reach[start + 1] > after {
                start += 1;
            }
        } else if after * self.left >= before {
            while end > rise.start && self.reach[end - 1] > before {
                end -= 1;
            }
        }
        Some(Valley { start, end })
    }
}

/// All valleys, inner ones first.
pub(super) fn valleys(order: &Order, xi: f64, min_points: usize) -> Vec<Valley> {
    let n = order.reach.len();
    let mut reach = order.reach.clone();
    reach.push(f64::INFINITY);
    let line = Line {
        reach,
        left: 1.0 - xi,
    };
    let mut falls: Vec<Fall> = Vec::new();
    let mut found = Vec::new();
    let (mut next, mut highest) = (0, 0.0_f64);
    for place in 0..n {
        let (is_fall, is_rise) = (
            line.is_steep(place, Way::Down),
            line.is_steep(place, Way::Up),
        );
        if place < next || !(is_fall || is_rise) {
            continue;
        }
        highest = highest.max(line.highest(next, place));
        line.forget(&mut falls, highest);
        let way = if is_fall { Way::Down } else { Way::Up };
        let end = line.end_of_part(place, way, min_points);
        (next, highest) = (end + 1, line.reach[end + 1]);
        if is_fall {
            falls.push(Fall {
                start: place,
                end,
                highest_since: 0.0,
            });
            continue;
        }
        let rise = Valley { start: place, end };
        let ends = falls.iter().rev().filter_map(|&fall| {
            let valley = reached(order, line.between(fall, rise)?)?;
            let is_valley = valley.start <= fall.end && valley.end >= rise.start;
            is_valley.then_some(valley)
        });
        found.extend(ends.filter(|valley| valley.end + 1 - valley.start >= min_points));
    }
    found
}

/// The valley without an end that is not reached from within it; `None` where nothing is left.
fn reached(order: &Order, Valley { start, mut end }: Valley) -> Option<Valley> {
    while start < end {
        let is_higher = order.reach[start] > order.reach[end];
        let members = &order.points[start..end];
        if is_higher || order.from[end].is_some_and(|from| members.contains(&from)) {
            return Some(Valley { start, end });
        }
        end -= 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(reach: &[f64]) -> Vec<Valley> {
        let points: Vec<usize> = (0..reach.len()).collect();
        let order = Order {
            from: points.iter().map(|point| point.checked_sub(1)).collect(),
            reach: reach.to_vec(),
            points,
        };
        valleys(&order, 0.05, 3)
    }

    #[test]
    fn a_fall_and_a_rise_hold_a_valley_and_inner_ones_come_first() {
        let far = f64::INFINITY;
        let one = [far, 1.0, 1.0, 1.0, 9.0, 1.0, 1.0, 1.0];
        let inner = [Valley { start: 0, end: 3 }, Valley { start: 4, end: 7 }];
        assert_eq!(found(&one)[..2], inner);
        assert!(found(&[far, 1.0, 1.0]).iter().all(|valley| valley.end <= 2));
        assert!(found(&[]).is_empty());
    }
}
