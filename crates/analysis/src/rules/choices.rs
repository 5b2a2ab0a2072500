//! What rules can test: the measures and columns of a file, with the range of their numbers or their commonest texts.

use serde::{Deserialize, Serialize};

use crate::measures::{Measures, Values};
use crate::{NamedMeasure, beside};
use gyeol_data::{Names, places_in_order};

/// A measure or column that rules can test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The name of the measure, or the header of the column.
    pub name: String,
    /// What values it has.
    pub range: Range,
    /// Whether they are parts of a whole, 0 to 1.
    pub is_share: bool,
}

/// The values of a measure or column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    /// Numbers, from the lowest to the highest.
    Numbers(f64, f64),
    /// Texts: the commonest with their customers, most customers first, and how many there are in all.
    Texts(Vec<(String, u64)>, u64),
}

/// The most texts that are listed.
const MOST_TEXTS: usize = 50;

/// All that rules can test and that anybody has.
pub(super) fn of(measures: &Measures<'_>) -> Vec<Choice> {
    let names = measures.names().into_iter();
    let choices = names.filter_map(|name| {
        // Shares are from nothing to all: to go through everybody for each of many would be in vain.
        let is_share = measures.is_share(&name);
        let range = match NamedMeasure::of(&name) {
            Some(_) if is_share => Range::Numbers(0.0, 1.0),
            _ => match measures.values(&name)? {
                Values::Numbers(numbers) => of_numbers(&numbers)?,
                Values::Texts { texts, codes } => of_texts(texts, &codes),
            },
        };
        Some(Choice {
            name: name.into_owned(),
            range,
            is_share,
        })
    });
    let mut choices: Vec<Choice> = choices.collect();
    // What segments there are is known once a rule tests them.
    let known = |name: &String| choices.iter().any(|choice| choice.name == *name);
    let further = beside::TESTED.map(beside::name_of).into_iter();
    let further: Vec<String> = further
        .filter(|name| measures.has_orders() && !known(name))
        .collect();
    let further = further.into_iter().map(|name| Choice {
        name,
        range: Range::Texts(Vec::new(), 0),
        is_share: false,
    });
    // What only names customers stays last.
    let naming = measures.naming();
    let is_usual = |choice: &&Choice| !naming.contains(&choice.name.as_str());
    let n_usual = choices.iter().take_while(is_usual).count();
    choices.splice(n_usual..n_usual, further.collect::<Vec<_>>());
    choices
}

fn of_numbers(numbers: &[Option<f64>]) -> Option<Range> {
    let known = || numbers.iter().flatten().copied();
    let lowest = known().min_by(f64::total_cmp)?;
    Some(Range::Numbers(lowest, known().max_by(f64::total_cmp)?))
}

fn of_texts(texts: &Names, codes: &[Option<u32>]) -> Range {
    let mut counts = vec![0_u64; texts.len()];
    for &code in codes.iter().flatten() {
        counts[code as usize] += 1;
    }
    let compare = |a: usize, b: usize| {
        let by_text = || texts.bytes_of(a as u32).cmp(texts.bytes_of(b as u32));
        counts[b].cmp(&counts[a]).then_with(by_text)
    };
    let order = places_in_order(counts.len(), &compare).into_iter();
    let used = order.take_while(|&code| counts[code] > 0);
    let listed = used.take(MOST_TEXTS);
    let listed = listed.map(|code| (texts.get(code as u32).into_owned(), counts[code]));
    let n_texts = counts.iter().filter(|&&n| n > 0).count() as u64;
    Range::Texts(listed.collect(), n_texts)
}
