//! Who is within a distance of whom: a tree of boxes over points (k-d tree), for any number of features.
//!
//! Boxes that lie wholly inside or outside are never looked into. Points can be taken out, so that a search that goes
//! on from what it finds meets nobody twice. Source: Bentley (1975).

/// The most points in a box that is not halved.
const LEAF: usize = 16;

/// Boxes over points.
pub(super) struct Boxes {
    n_features: usize,
    /// Numbers of the points, each box a run of them.
    order: Vec<u32>,
    /// Coordinates in that order, point by point.
    points: Vec<f64>,
    is_out: Vec<bool>,
    boxes: Vec<Box>,
    /// Lowest and highest coordinate of each box: `boxes × features`.
    bounds: Vec<(f64, f64)>,
}

/// A run of points; the halves of a box follow each other.
struct Box {
    start: usize,
    end: usize,
    /// The number of the first half, where there are two.
    halves: Option<usize>,
    /// Points that were not taken out.
    n_left: usize,
}

impl Boxes {
    /// The boxes over the points of `columns` with these numbers.
    pub(super) fn new(columns: &[Vec<f64>], mut order: Vec<u32>) -> Self {
        let mut made = Self {
            n_features: columns.len(),
            points: Vec::with_capacity(order.len() * columns.len()),
            is_out: vec![false; order.len()],
            boxes: Vec::new(),
            bounds: Vec::new(),
            order: Vec::new(),
        };
        made.open(columns, &order, 0, order.len());
        let mut next = 0;
        while next < made.boxes.len() {
            made.halve(columns, &mut order, next);
            next += 1;
        }
        for &point in &order {
            let coordinates = columns.iter().map(|column| column[point as usize]);
            made.points.extend(coordinates);
        }
        made.order = order;
        made
    }

    fn open(&mut self, columns: &[Vec<f64>], order: &[u32], start: usize, end: usize) {
        for column in columns {
            let values = order[start..end]
                .iter()
                .map(|&point| column[point as usize]);
            self.bounds.push(
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                }),
            );
        }
        self.boxes.push(Box {
            start,
            end,
            halves: None,
            n_left: end - start,
        });
    }

    /// Halves a box across its longest side.
    fn halve(&mut self, columns: &[Vec<f64>], order: &mut [u32], number: usize) {
        let (start, end) = (self.boxes[number].start, self.boxes[number].end);
        if end - start <= LEAF {
            return;
        }
        let sides = self.bounds_of(number).iter().map(|(low, high)| high - low);
        let longest = sides.enumerate().fold((0, 0.0), |longest, (side, length)| {
            if length > longest.1 {
                (side, length)
            } else {
                longest
            }
        });
        let column = &columns[longest.0];
        let middle = (end - start) / 2;
        order[start..end].select_nth_unstable_by(middle, |one, other| {
            column[*one as usize].total_cmp(&column[*other as usize])
        });
        self.boxes[number].halves = Some(self.boxes.len());
        self.open(columns, order, start, start + middle);
        self.open(columns, order, start + middle, end);
    }

    fn bounds_of(&self, number: usize) -> &[(f64, f64)] {
        &self.bounds[number * self.n_features..][..self.n_features]
    }

    /// Squared distances from `place` to the nearest and the farthest that a box can hold.
    fn reach(&self, number: usize, place: &[f64]) -> (f64, f64) {
        let sides = self.bounds_of(number).iter().zip(place);
        sides.fold((0.0, 0.0), |(near, far), (&(low, high), &value)| {
            let beside = (low - value).max(value - high).max(0.0);
            let across = (value - low).max(high - value);
            (near + beside * beside, far + across * across)
        })
    }

    /// The squared distance from `place` to the point at a place of the order.
    fn square(&self, at: usize, place: &[f64]) -> f64 {
        let point = &self.points[at * self.n_features..][..self.n_features];
        let pairs = point.iter().zip(place);
        pairs.map(|(a, b)| (a - b) * (a - b)).sum()
    }

    /// Whether at least `n` points are no farther from `place` than the root of `square`.
    pub(super) fn has_within(&self, place: &[f64], square: f64, n: usize) -> bool {
        let mut found = 0;
        let mut waiting = vec![0];
        while let Some(number) = waiting.pop() {
            let (near, far) = self.reach(number, place);
            if near > square {
                continue;
            }
            let one = &self.boxes[number];
            if far <= square {
                found += one.end - one.start;
            } else if let Some(half) = one.halves {
                waiting.extend([half, half + 1]);
            } else {
                let points = one.start..one.end;
                found += points
                    .filter(|&at| self.square(at, place) <= square)
                    .count();
            }
            if found >= n {
                return true;
            }
        }
        false
    }

    /// Takes out who is no farther from `place` than the root of `square`, and adds their numbers to `taken`.
    pub(super) fn take_within(&mut self, place: &[f64], square: f64, taken: &mut Vec<u32>) {
        if !self.boxes.is_empty() {
            self.take_from(0, place, square, taken);
        }
    }

    fn take_from(&mut self, number: usize, place: &[f64], square: f64, taken: &mut Vec<u32>) {
        let one = &self.boxes[number];
        if one.n_left == 0 || self.reach(number, place).0 > square {
            return;
        }
        if let Some(half) = one.halves {
            self.take_from(half, place, square, taken);
            self.take_from(half + 1, place, square, taken);
            self.boxes[number].n_left = self.boxes[half].n_left + self.boxes[half + 1].n_left;
            return;
        }
        for at in one.start..one.end {
            if !self.is_out[at] && self.square(at, place) <= square {
                self.is_out[at] = true;
                self.boxes[number].n_left -= 1;
                taken.push(self.order[at]);
            }
        }
    }

    /// The nearest point no farther from `place` than the root of `square`, whether taken out or not; of equally
    /// near ones that with the lowest number.
    pub(super) fn nearest_within(&self, place: &[f64], square: f64) -> Option<u32> {
        let mut best: Option<(f64, u32)> = None;
        let mut waiting = vec![0];
        while let Some(number) = waiting.pop() {
            let least = best.map_or(square, |best| best.0);
            let Some(one) = self.boxes.get(number) else {
                continue;
            };
            if self.reach(number, place).0 > least {
                continue;
            }
            if let Some(half) = one.halves {
                waiting.extend([half, half + 1]);
                continue;
            }
            for at in one.start..one.end {
                let candidate = (self.square(at, place), self.order[at]);
                let is_better = match best {
                    None => candidate.0 <= square,
                    Some(best) => {
                        let order = candidate.0.total_cmp(&best.0);
                        order.then(candidate.1.cmp(&best.1)).is_lt()
                    }
                };
                if is_better {
                    best = Some(candidate);
                }
            }
        }
        best.map(|best| best.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn searches_find_what_a_look_at_everybody_finds(
            points in prop::collection::vec((-20..20_i32, -20..20_i32), 1..200),
            radius in 0..12_i32,
        ) {
            let columns: [Vec<f64>; 2] = [
                points.iter().map(|point| f64::from(point.0)).collect(),
                points.iter().map(|point| f64::from(point.1)).collect(),
            ];
            let square = f64::from(radius * radius);
            let mut boxes = Boxes::new(&columns, (0..points.len() as u32).collect());
            let place = [columns[0][0], columns[1][0]];
            let distance = |point: usize| {
                (columns[0][point] - place[0]).powi(2) + (columns[1][point] - place[1]).powi(2)
            };
            let expected: Vec<u32> =
                (0..points.len()).filter(|&point| distance(point) <= square).map(|point| point as u32).collect();
            prop_assert!(boxes.has_within(&place, square, expected.len()));
            prop_assert!(!boxes.has_within(&place, square, expected.len() + 1));
            prop_assert_eq!(boxes.nearest_within(&place, square), (0..points.len()).find(|&point| distance(point) <= 0.0).map(|point| point as u32));
            let mut taken = Vec::new();
            boxes.take_within(&place, square, &mut taken);
            taken.sort_unstable();
            prop_assert_eq!(&taken, &expected);
            boxes.take_within(&place, square, &mut taken);
            prop_assert_eq!(taken.len(), expected.len());
        }
    }
}
