//! Which customers are looked at together: those who came in the same period, with the same value of a column or of
//! their first order, or in the same segment.
//!
//! Numbers of a column make up to four bands between its quartiles (type 7), texts of first orders that are many the most
//! frequent ones and the rest together. Only customers who are looked at decide what there is: not those set aside, nor
//! who had not ordered yet. Who has no value is a group of its own, the last one, so that nobody is lost.

use super::unit::{Periods, Unit};
use super::{Beside, By, CohortProblem, Label, MOST_CELLS, MOST_COHORTS, Params};
use crate::{AnalysisError, Rule, Segmentation, stats};
use gyeol_data::{AttributeValues, ColumnOn, Dataset, Day, Names, Orders, places_in_order};

/// In place of a group: no order yet, or set aside.
pub(super) const NOBODY: u32 = u32::MAX;

/// The most texts of first orders with a group of their own: as many as a picture shows, with the rest and the missing.
const MOST_FIRST: usize = 20;

/// Who is in which group.
pub(super) struct Groups {
    /// By customer, a place in `entries` or [`NOBODY`].
    pub(super) of_customer: Vec<u32>,
    /// By customer, the number of the period of the first order.
    pub(super) first_periods: Vec<i32>,
    /// The groups in order; some may be empty.
    pub(super) entries: Vec<Label>,
}

impl Groups {
    /// # Errors
    /// The column is unknown, there are too many groups, or nobody has ordered by `as_of`.
    pub(super) fn of(
        dataset: &Dataset,
        orders: &Orders,
        params: &Params,
        beside: Beside<'_>,
        (periods, as_of): (&Periods, Day),
    ) -> Result<Self, AnalysisError> {
        let first_periods = first_periods(dataset, orders, periods, as_of);
        let mut came = first_periods.iter().flatten();
        let earliest = *came.next().ok_or(AnalysisError::NothingUntil { as_of })?;
        let (low, high) = came.fold((earliest, earliest), |(low, high), &period| {
            (low.min(period), high.max(period))
        });
        let is_looked_at: &dyn Fn(usize) -> bool =
            &|customer| first_periods.get(customer).is_some_and(Option::is_some);
        let (group_of, entries) = match params.by {
            By::Acquisition => by_acquisition(&first_periods, params.unit, (low, high))?,
            By::Column => by_column(dataset, &params.column, as_of, is_looked_at)?,
            By::FirstOrder => match beside.first.ok_or_else(unknown_column)? {
                AttributeValues::Texts { texts, codes } => {
                    by_texts(texts, codes, is_looked_at, Some(MOST_FIRST))?
                }
                _ => return Err(unknown_column()),
            },
            By::Segmentation => by_segment(beside.segmentation.ok_or(AnalysisError::NoHistory)?),
        };
        let missing = entries.len() as u32;
        let mut groups = Self {
            of_customer: vec![NOBODY; first_periods.len()],
            first_periods: vec![0; first_periods.len()],
            entries,
        };
        let mut has_missing = false;
        for (customer, period) in first_periods.into_iter().enumerate() {
            let Some(period) = period else { continue };
            let group = group_of.get(customer).copied().flatten();
            has_missing |= group.is_none();
            groups.of_customer[customer] = group.unwrap_or(missing);
            groups.first_periods[customer] = period;
        }
        if has_missing {
            groups.entries.push(Label::Missing);
        }
        Ok(groups)
    }

    /// The earliest first period of anybody in a group.
    pub(super) fn earliest(&self) -> i32 {
        let members = self.of_customer.iter().zip(&self.first_periods);
        let members = members.filter(|(group, _)| **group != NOBODY);
        members.map(|(_, &first)| first).min().unwrap_or(0)
    }
}

fn at_most(found: usize) -> Result<(), AnalysisError> {
    if found > MOST_COHORTS {
        return Err(AnalysisError::Cohorts(CohortProblem::TooMany {
            found: found as u64,
            most: MOST_COHORTS as u64,
        }));
    }
    Ok(())
}

/// The period of each customer's first order; `None` for who had none by `as_of` or is set aside.
fn first_periods(
    dataset: &Dataset,
    orders: &Orders,
    periods: &Periods,
    as_of: Day,
) -> Vec<Option<i32>> {
    let first = |customer: usize| {
        let (start, end) = (orders.starts[customer], orders.starts[customer + 1]);
        let day = (start < end).then(|| orders.days[start as usize])?;
        (day <= as_of && !dataset.is_set_aside(customer)).then(|| periods.of(day))
    };
    (0..dataset.n_customers()).map(first).collect()
}

type Grouping = (Vec<Option<u32>>, Vec<Label>);

fn by_acquisition(
    first_periods: &[Option<i32>],
    unit: Unit,
    (low, high): (i32, i32),
) -> Result<Grouping, AnalysisError> {
    // Empty periods among them are left out of the report, and bounded here.
    let (found, most) = (u64::from(high.abs_diff(low)) + 1, MOST_CELLS);
    if found > most {
        let problem = CohortProblem::TooManyCells { found, most };
        return Err(AnalysisError::Cohorts(problem));
    }
    let groups = first_periods.iter();
    let groups = groups.map(|period| period.map(|period| (period - low) as u32));
    let label = |period| Label::Period(unit.first_day(period));
    Ok((groups.collect(), (low..=high).map(label).collect()))
}

fn by_segment(of: &Segmentation) -> Grouping {
    let n_segments = of.segments.len();
    let groups = (0..of.assignment.len()).map(|customer| {
        let place = of.place_of(customer);
        (place < n_segments).then_some(place as u32)
    });
    let labels = of.segments.iter();
    let labels = labels.map(|segment| Label::Segment(segment.label.clone()));
    (groups.collect(), labels.collect())
}

fn by_column(
    dataset: &Dataset,
    column: &str,
    as_of: Day,
    is_looked_at: &dyn Fn(usize) -> bool,
) -> Result<Grouping, AnalysisError> {
    match dataset
        .column_on(column, as_of)
        .ok_or_else(unknown_column)?
    {
        ColumnOn::Texts(texts, codes) => by_texts(texts, &codes, is_looked_at, None),
        ColumnOn::Numbers(numbers) => Ok(by_numbers(&numbers, is_looked_at)),
    }
}

fn unknown_column() -> AnalysisError {
    AnalysisError::param("column", Rule::KnownMeasure)
}

/// The texts that customers who are looked at have, in byte order; with `most`, those of the most customers (and of
/// equally frequent ones the first in byte order), the rest together.
fn by_texts(
    texts: &Names,
    codes: &[Option<u32>],
    is_looked_at: &dyn Fn(usize) -> bool,
    most: Option<usize>,
) -> Result<Grouping, AnalysisError> {
    let mut n_customers = vec![0_u64; texts.len()];
    let known = codes.iter().enumerate();
    for (_, code) in known.filter(|(customer, code)| code.is_some() && is_looked_at(*customer)) {
        n_customers[code.unwrap_or(0) as usize] += 1;
    }
    let mut kept = texts.in_byte_order();
    kept.retain(|&code| n_customers[code as usize] > 0);
    let mut has_others = false;
    match most {
        Some(most) if kept.len() > most + 1 => {
            let n_of = |place: usize| n_customers[kept[place] as usize];
            let by_size =
                places_in_order(kept.len(), &|a, b| n_of(b).cmp(&n_of(a)).then(a.cmp(&b)));
            let mut is_kept = vec![false; kept.len()];
            by_size[..most]
                .iter()
                .for_each(|&place| is_kept[place] = true);
            let mut is_kept = is_kept.into_iter();
            kept.retain(|_| is_kept.next() == Some(true));
            has_others = true;
        }
        _ => at_most(kept.len())?,
    }
    let others = has_others.then_some(kept.len() as u32);
    let mut group_of_code = vec![others; texts.len()];
    for (place, &code) in kept.iter().enumerate() {
        group_of_code[code as usize] = Some(place as u32);
    }
    let groups = codes.iter().map(|code| group_of_code[(*code)? as usize]);
    let text = |&code: &u32| Label::Text(texts.get(code).into_owned());
    let labels = kept.iter().map(text).chain(others.map(|_| Label::Others));
    Ok((groups.collect(), labels.collect()))
}

/// Up to four bands between the quartiles of who is looked at, each with its upper end.
fn by_numbers(numbers: &[Option<f64>], is_looked_at: &dyn Fn(usize) -> bool) -> Grouping {
    let known = numbers.iter().enumerate();
    let known = known.filter(|(customer, _)| is_looked_at(*customer));
    let mut known: Vec<f64> = known.filter_map(|(_, value)| *value).collect();
    let highest = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut cuts = stats::cut_points(&mut known, 4);
    cuts.dedup();
    cuts.retain(|cut| *cut < highest);
    let band = |value: f64| cuts.partition_point(|cut| *cut < value) as u32;
    let groups = numbers.iter().map(|value| value.map(band)).collect();
    let end = |place: usize| cuts.get(place).copied();
    let label = |place: usize| Label::Band {
        above: place.checked_sub(1).and_then(end),
        until: end(place),
    };
    let n_bands = if known.is_empty() { 0 } else { cuts.len() + 1 };
    (groups, (0..n_bands).map(label).collect())
}
