//! Columns of categories (region, age band, channel) as numbers: a column for each level, places in order, or shares.
//!
//! Levels and their counts are those of the customers who are there on the day. A column for each level has 1 or 0
//! times 1/sqrt(2), so that two different levels are one apart, as in simple matching (Gower 1971) and as two ends of
//! a number from 0 to 1. Invariant: levels are told apart by their bytes, so that the order of rows never shows.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::Params;
use super::features::{FEW_TEXTS, MOST_TEXTS};
use crate::cleaning;
use crate::{AnalysisError, Outliers, Rule};
use gyeol_data::{ColumnOn, Dataset, Day, Names, places_in_order};

/// The most columns of categories.
pub const MOST_CATEGORIES: usize = 5;
/// The most levels that have a column each; of more the rarest are one level together.
pub const MOST_LEVELS: usize = 20;
/// The most different levels of a column, where none has to be told in its place.
const MOST_DIFFERENT: usize = 1000;
/// The most levels that are told of a cluster.
const MOST_TOLD: usize = 3;
/// What the rarest levels are called together.
pub const TOGETHER: &str = "…";

/// How a column of categories counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coding {
    /// A column for each level: any two levels are equally far apart.
    OneHot,
    /// The place of the level in its order: by the first number in its text, then by its bytes.
    Ordinal,
    /// The share of customers who have the level.
    Frequency,
}

impl Coding {
    /// All, in the order of the page.
    pub const ALL: [Self; 3] = [Self::OneHot, Self::Ordinal, Self::Frequency];

    /// The most levels that are told one by one.
    const fn most_told(self) -> usize {
        match self {
            Self::Ordinal => MOST_TEXTS,
            Self::OneHot | Self::Frequency => MOST_LEVELS,
        }
    }

    /// The most different levels that so many customers may have: one for two of them is the most.
    fn most_different(self, n_with_value: u64) -> usize {
        let most = match self {
            Self::Ordinal => MOST_TEXTS,
            Self::OneHot | Self::Frequency => MOST_DIFFERENT,
        };
        most.min((n_with_value as usize / 2).max(FEW_TEXTS))
    }
}

/// A column of categories that counts, and what it says of each cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundCategory {
    /// The header.
    pub column: String,
    /// How it counts.
    pub coding: Coding,
    /// Customers with a value.
    pub n_with_value: u64,
    /// Different levels that they have.
    pub n_levels: u64,
    /// How many of these are the last of `levels` together; 0 where each stands alone.
    pub n_together: u64,
    /// The levels: in their order where that counts, or the most frequent first.
    pub levels: Vec<Level>,
    /// The levels of each cluster, at most three: those whose share is farthest above that of all, farthest first.
    pub clusters: Vec<Vec<ClusterLevel>>,
}

/// A level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its text; [`TOGETHER`] of the rarest ones together.
    pub level: String,
    /// Customers who have it.
    pub n_customers: u64,
}

/// A level of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterLevel {
    /// Its place among the levels.
    pub level: usize,
    /// The share of the cluster's customers who have it, 0 to 1.
    pub share: f64,
    /// The share of all clustered customers who have it.
    pub share_of_all: f64,
}

/// A column of categories, with the place of each of its texts among the levels that are told.
#[derive(Clone)]
pub(super) struct Category {
    found: FoundCategory,
    as_of: Day,
    /// By number of the text; nothing where nobody has it.
    places: Vec<Option<usize>>,
}

/// Categories as columns: those that are scaled like numbers, then those of single levels.
#[derive(Default)]
pub(super) struct Coded {
    pub(super) categories: Vec<Category>,
    pub(super) names: Vec<String>,
    /// Values by customer; nothing where there is none and none was filled in.
    pub(super) columns: Vec<Vec<Option<f64>>>,
    /// Customers' gaps that were filled.
    pub(super) n_filled: u64,
}

impl Coded {
    /// The categories of `params` with the customers in `present`.
    ///
    /// # Errors
    /// There is no such column of texts, nobody has a value, or there are too many levels.
    pub(super) fn of(
        dataset: &Dataset,
        as_of: Day,
        present: &[u32],
        params: &Params,
    ) -> Result<Self, AnalysisError> {
        let mut coded = Self::default();
        if params.words.are_alone() {
            return Ok(coded);
        }
        for is_of_levels in [false, true] {
            for (column, &coding) in &params.categories {
                if is_of_levels == matches!(coding, Coding::OneHot) {
                    coded.add((dataset, as_of), present, params, (column, coding))?;
                }
            }
        }
        Ok(coded)
    }

    fn add(
        &mut self,
        (dataset, as_of): (&Dataset, Day),
        present: &[u32],
        params: &Params,
        (column, coding): (&str, Coding),
    ) -> Result<(), AnalysisError> {
        let source = texts_of(dataset, column, as_of);
        let wrong = |rule| AnalysisError::of_column("categories", column, rule);
        let (texts, codes) = source.ok_or_else(|| wrong(Rule::ColumnOfTexts))?;
        let counted = Counted::of(texts, &codes, present, coding).map_err(wrong)?;
        let of = |value: &dyn Fn(u32) -> f64| {
            let own = |&customer: &u32| Some(value(codes[customer as usize]?));
            present.iter().map(own).collect::<Vec<Option<f64>>>()
        };
        let category = counted.category(texts, column, coding, as_of);
        let mut columns = match coding {
            Coding::Ordinal => vec![of(&|code| counted.places[code as usize] as f64 + 1.0)],
            Coding::Frequency => vec![of(&|code| counted.share(code))],
            Coding::OneHot => {
                let levels = 0..category.found.levels.len();
                let is = |level: usize, code: u32| category.places[code as usize] == Some(level);
                let own = levels.map(|level| of(&|code| f64::from(is(level, code))));
                own.collect()
            }
        };
        let (_, cleaned) = cleaning::clean(&mut columns, params.missing, Outliers::Keep);
        self.n_filled += cleaned.n_filled / columns.len().max(1) as u64;
        self.columns.append(&mut columns);
        match coding {
            Coding::OneHot => {
                let levels = category.found.levels.iter();
                let names = levels.map(|own| format!("{column}: {}", own.level));
                self.names.extend(names);
            }
            Coding::Ordinal | Coding::Frequency => self.names.push(column.to_owned()),
        }
        self.categories.push(category);
        Ok(())
    }
}

/// The texts of a column, and each customer's on a day.
fn texts_of<'a>(
    dataset: &'a Dataset,
    column: &str,
    as_of: Day,
) -> Option<(&'a Names, Cow<'a, [Option<u32>]>)> {
    match dataset.column_on(column, as_of)? {
        ColumnOn::Texts(texts, codes) => Some((texts, codes)),
        ColumnOn::Numbers(_) => None,
    }
}

/// The levels that customers have, in the order that counts.
struct Counted {
    /// Numbers of the texts that somebody has, in order.
    order: Vec<usize>,
    /// By number of the text, its place in that order.
    places: Vec<usize>,
    /// By number of the text, who has it.
    n_customers: Vec<u64>,
    n_with_value: u64,
}

impl Counted {
    fn of(
        texts: &Names,
        codes: &[Option<u32>],
        present: &[u32],
        coding: Coding,
    ) -> Result<Self, Rule> {
        let mut n_customers = vec![0; texts.len()];
        let own = present.iter().filter_map(|&one| codes[one as usize]);
        own.for_each(|code| n_customers[code as usize] += 1);
        let used: Vec<usize> = (0..texts.len())
            .filter(|&code| n_customers[code] > 0)
            .collect();
        let n_with_value = n_customers.iter().sum();
        let (most, found) = (coding.most_different(n_with_value), used.len());
        match found {
            0 => return Err(Rule::ColumnOfTexts),
            _ if found > most => return Err(Rule::FewTexts { most, found }),
            _ => {}
        }
        let bytes = |code: usize| texts.bytes_of(code as u32);
        let order = places_in_order(found, &|one, other| {
            let (one, other) = (used[one], used[other]);
            let first = match coding {
                Coding::Ordinal => by_first_number(bytes(one), bytes(other)),
                Coding::OneHot | Coding::Frequency => n_customers[other].cmp(&n_customers[one]),
            };
            first.then_with(|| bytes(one).cmp(bytes(other)))
        });
        let order: Vec<usize> = order.into_iter().map(|place| used[place]).collect();
        let mut places = vec![0; texts.len()];
        for (place, &code) in order.iter().enumerate() {
            places[code] = place;
        }
        Ok(Self {
            order,
            places,
            n_customers,
            n_with_value,
        })
    }

    /// The share of customers with a value who have a text.
    fn share(&self, code: u32) -> f64 {
        self.n_customers[code as usize] as f64 / self.n_with_value as f64
    }

    fn category(&self, texts: &Names, column: &str, coding: Coding, as_of: Day) -> Category {
        let most = coding.most_told();
        let n_levels = self.order.len();
        let n_alone = if n_levels > most { most - 1 } else { n_levels };
        let (alone, together) = self.order.split_at(n_alone);
        let mut places = vec![None; texts.len()];
        for (place, &code) in self.order.iter().enumerate() {
            places[code] = Some(place.min(n_alone));
        }
        let level = |&code: &usize| Level {
            level: texts.get(code as u32).into_owned(),
            n_customers: self.n_customers[code],
        };
        let rest = (!together.is_empty()).then(|| Level {
            level: TOGETHER.to_owned(),
            n_customers: together.iter().map(|&code| self.n_customers[code]).sum(),
        });
        let found = FoundCategory {
            column: column.to_owned(),
            coding,
            n_with_value: self.n_with_value,
            n_levels: n_levels as u64,
            n_together: together.len() as u64,
            levels: alone.iter().map(level).chain(rest).collect(),
            clusters: Vec::new(),
        };
        Category {
            found,
            as_of,
            places,
        }
    }
}

/// Texts by their first numbers; those without one come last.
fn by_first_number(one: &[u8], other: &[u8]) -> Ordering {
    match (first_number(one), first_number(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// The first number of a text: what is before its point, and the digits after it. Commas before three digits part
/// thousands; a sign is none of it.
fn first_number(text: &[u8]) -> Option<(u128, &[u8])> {
    let start = text.iter().position(u8::is_ascii_digit)?;
    let mut rest = &text[start..];
    let mut whole: u128 = 0;
    let n_digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    loop {
        match rest {
            [digit @ b'0'..=b'9', after @ ..] => {
                whole = whole
                    .saturating_mul(10)
                    .saturating_add(u128::from(digit - b'0'));
                rest = after;
            }
            [b',', after @ ..] if n_digits(after) == 3 => rest = after,
            [b'.', after @ ..] => return Some((whole, &after[..n_digits(after)])),
            _ => return Some((whole, &[])),
        }
    }
}

impl Category {
    /// By how many columns of single levels it counts; 0 where it is scaled like a number.
    pub(super) const fn n_level_columns(&self) -> usize {
        match self.found.coding {
            Coding::OneHot => self.found.levels.len(),
            Coding::Ordinal | Coding::Frequency => 0,
        }
    }

    /// The header.
    pub(super) fn column(&self) -> &str {
        &self.found.column
    }

    /// What it says of the clusters of `customers`; a label of `k` and above is none.
    pub(super) fn told(
        &self,
        dataset: &Dataset,
        customers: &[u32],
        labels: &[u16],
        k: usize,
    ) -> FoundCategory {
        let mut found = self.found.clone();
        let Some((_, codes)) = texts_of(dataset, &found.column, self.as_of) else {
            return found;
        };
        let n_levels = found.levels.len();
        // The last is of all.
        let mut counts = vec![vec![0_u64; n_levels]; k + 1];
        let mut sizes = vec![0_u64; k + 1];
        for (&customer, &label) in customers.iter().zip(labels) {
            let own = codes[customer as usize].and_then(|code| self.places[code as usize]);
            let cluster = Some(usize::from(label)).filter(|&label| label < k);
            for of in cluster.into_iter().chain([k]) {
                sizes[of] += 1;
                own.iter().for_each(|&level| counts[of][level] += 1);
            }
        }
        let share = |of: usize, level: usize| counts[of][level] as f64 / sizes[of].max(1) as f64;
        let told = |cluster: usize| {
            let above = |level: usize| share(cluster, level) - share(k, level);
            let order = places_in_order(n_levels, &|one, other| {
                above(other).total_cmp(&above(one)).then(one.cmp(&other))
            });
            let order = order.into_iter().filter(|&level| above(level) > 0.0);
            let told = order.take(MOST_TOLD).map(|level| ClusterLevel {
                level,
                share: share(cluster, level),
                share_of_all: share(k, level),
            });
            told.collect()
        };
        found.clusters = (0..k).map(told).collect();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Missing, testing};

    const REGIONS: [&str; 7] = ["Jeju", "Seoul", "Busan", "", "Seoul", "Jeju", "Seoul"];

    fn coded(cells: &[&str], coding: Coding, missing: Missing) -> Result<Coded, AnalysisError> {
        let mut dataset = testing::numbers(&[("spent", vec![Some(1.0); cells.len()])]);
        dataset.attributes.push(testing::texts("region", cells));
        let present: Vec<u32> = (0..cells.len() as u32).collect();
        let params = Params {
            categories: [("region".to_owned(), coding)].into(),
            missing,
            ..Params::default()
        };
        Coded::of(&dataset, Day::from_number(0), &present, &params)
    }

    fn levels(coded: &Coded) -> Vec<(&str, u64)> {
        let levels = coded.categories[0].found.levels.iter();
        let levels = levels.map(|own| (own.level.as_str(), own.n_customers));
        levels.collect()
    }

    #[test]
    fn each_level_is_a_column_and_gaps_are_what_is_done_with_gaps() {
        let own = coded(&REGIONS, Coding::OneHot, Missing::LeaveOut).unwrap();
        assert_eq!(
            own.names,
            ["region: Seoul", "region: Jeju", "region: Busan"]
        );
        assert_eq!(levels(&own), [("Seoul", 3), ("Jeju", 2), ("Busan", 1)]);
        let (one, zero) = (Some(1.0), Some(0.0));
        assert_eq!(own.columns[0], [zero, one, zero, None, one, zero, one]);
        assert_eq!(own.columns[1], [one, zero, zero, None, zero, one, zero]);
        assert_eq!(own.columns[2], [zero, zero, one, None, zero, zero, zero]);
        // No level has more than half of those with a value: the median of each column is none, or half.
        let own = coded(&REGIONS, Coding::OneHot, Missing::Median).unwrap();
        let filled = own.columns.iter().map(|column| column[3]);
        assert_eq!(filled.collect::<Vec<_>>(), [Some(0.5), zero, zero]);
        assert_eq!(own.n_filled, 1);
        let own = coded(&REGIONS, Coding::OneHot, Missing::Zero).unwrap();
        assert!(own.columns.iter().all(|column| column[3] == zero));
    }

    #[test]
    fn shares_are_of_those_with_a_value_and_places_count_from_one() {
        let own = coded(&REGIONS, Coding::Frequency, Missing::LeaveOut).unwrap();
        let (jeju, seoul, busan) = (Some(2.0 / 6.0), Some(0.5), Some(1.0 / 6.0));
        let expected = [jeju, seoul, busan, None, seoul, jeju, seoul];
        assert_eq!((own.names[0].as_str(), own.names.len()), ("region", 1));
        assert_eq!(own.columns, [expected.to_vec()]);
        let own = coded(&REGIONS, Coding::Ordinal, Missing::Zero).unwrap();
        assert_eq!(levels(&own), [("Busan", 1), ("Jeju", 2), ("Seoul", 3)]);
        let expected = [2.0, 3.0, 1.0, 0.0, 3.0, 2.0, 3.0].map(Some);
        assert_eq!(own.columns, [expected.to_vec()]);
    }

    #[test]
    fn order_is_by_the_first_number_then_by_bytes() {
        let check = |cells: &[&str], expected: &[&str]| {
            let own = coded(cells, Coding::Ordinal, Missing::LeaveOut).unwrap();
            let levels = levels(&own).into_iter().map(|(level, _)| level);
            assert_eq!(levels.collect::<Vec<_>>(), expected);
        };
        check(
            &["100대", "기타", "30대", "20대"],
            &["20대", "30대", "100대", "기타"],
        );
        check(&["65+", "25-34", "18-24"], &["18-24", "25-34", "65+"]);
        check(
            &["1,000~5,000원", "500원", "12,000원"],
            &["500원", "1,000~5,000원", "12,000원"],
        );
        check(
            &["v2.10", "v2.5", "v2", "v10"],
            &["v2", "v2.10", "v2.5", "v10"],
        );
        check(&["S", "M", "L"], &["L", "M", "S"]);
    }

    #[test]
    fn the_rarest_of_many_levels_are_one_together() {
        let names: Vec<String> = (0..MOST_LEVELS + 5).map(|n| format!("r{n:02}")).collect();
        let mut cells: Vec<&str> = names.iter().map(String::as_str).collect();
        cells.extend(cells.clone());
        cells.push("r07");
        let own = coded(&cells, Coding::OneHot, Missing::LeaveOut).unwrap();
        let found = &own.categories[0].found;
        assert_eq!((found.n_levels, found.n_together), (25, 6));
        assert_eq!((own.columns.len(), own.names.len()), (20, 20));
        let levels = levels(&own);
        assert_eq!((levels[0], levels[1]), (("r07", 3), ("r00", 2)));
        assert_eq!(levels[19], (TOGETHER, 12));
        let n_columns = (0..cells.len()).map(|customer| {
            let own = own.columns.iter().filter_map(|column| column[customer]);
            own.sum::<f64>()
        });
        assert!(n_columns.into_iter().all(|sum| sum.total_cmp(&1.0).is_eq()));
    }

    #[test]
    fn ids_and_columns_that_are_none_are_refused() {
        let ids: Vec<String> = (0..60).map(|n| format!("id{n}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let wrong = |rule| AnalysisError::of_column("categories", "region", rule);
        for coding in Coding::ALL {
            let (most, found) = (30, 60);
            let error = coded(&ids, coding, Missing::LeaveOut).err();
            assert_eq!(error, Some(wrong(Rule::FewTexts { most, found })));
            let error = coded(&["", ""], coding, Missing::Zero).err();
            assert_eq!(error, Some(wrong(Rule::ColumnOfTexts)));
        }
        let many: Vec<String> = (0..2400).map(|n| format!("m{}", n % 1200)).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let error = coded(&many, Coding::OneHot, Missing::LeaveOut).err();
        let (most, found) = (1000, 1200);
        assert_eq!(error, Some(wrong(Rule::FewTexts { most, found })));
        let error = coded(&many, Coding::Ordinal, Missing::LeaveOut).err();
        assert_eq!(error, Some(wrong(Rule::FewTexts { most: 100, found })));
    }
}
