//! What one press sets: the features of the clusters that are advised, and a first rule where rules are.
//!
//! Features are recency, frequency and money as far as they are known, then columns of numbers in the order of the file,
//! then measures of how customers buy. Only what nine in ten customers have, and what differs between them, since who
//! lacks a feature is in no cluster; never more than the number of customers allows. Invariant: the order of rows never
//! matters. Table and sources: `docs/methods/advice.md`.

use super::{CUSTOMERS_PER_FEATURE, Goal};
use crate::clusters::MOST_TEXTS;
use crate::measures::{Measure, Measures, Values};
use crate::rules::{Comparison, Condition, Test};
use gyeol_data::{AttributeValues, Dataset};

/// The three that clusters are usually made of.
const USUAL: [Measure; 3] = [Measure::Recency, Measure::Frequency, Measure::Monetary];
/// Measures of how customers buy, in the order in which they are taken. Those of rows beside the orders (discounts,
/// hours, categories) are left to the person, since counting them takes time; the trend of spending says nearly the same
/// as that of orders.
const BEHAVIOUR: [Measure; 5] = [
    Measure::OrderTrend,
    Measure::WeekendShare,
    Measure::RowsPerOrder,
    Measure::GapSpread,
    Measure::LargestOrderShare,
];
/// Beside the usual three.
const MOST_FURTHER: usize = 3;
/// The share of customers who must have a feature.
const LEAST_KNOWN: f64 = 0.9;
/// The share of customers that the first rule takes for the best.
const BEST: f64 = 0.2;
/// So many of the best must have a text that they are described by.
const FEWEST_WITH_TEXT: usize = 5;

/// What a file has for clusters.
#[derive(Clone, Debug, Default)]
pub(super) struct Usable {
    /// Recency, frequency and money, those that are known.
    pub(super) usual: Vec<String>,
    /// Columns of numbers that nearly all have.
    pub(super) columns: Vec<String>,
    /// Measures of how customers buy that nearly all have.
    pub(super) behaviour: Vec<String>,
    /// Columns of numbers and days, whoever has them.
    pub(super) n_numeric: u64,
    /// Columns of texts that say who and where customers are: none that only names them.
    pub(super) describing: Vec<String>,
}

impl Usable {
    pub(super) fn of(dataset: &Dataset, measures: &Measures<'_>) -> Self {
        let is_usable = |name: &str| {
            let values = measures.numbers(name);
            values.is_some_and(|values| tells_customers_apart(&values))
        };
        let keys = |of: &[Measure]| -> Vec<String> {
            let keys = of.iter().map(|measure| measure.key());
            keys.filter(|key| is_usable(key))
                .map(str::to_owned)
                .collect()
        };
        let is_number = |values: &AttributeValues| !matches!(values, AttributeValues::Texts { .. });
        let columns = dataset.analysed().zip(dataset.naming());
        let (numbers, texts): (Vec<_>, Vec<_>) =
            columns.partition(|((_, values), _)| is_number(values));
        let n_numeric = numbers.len() as u64;
        let names = numbers.into_iter().map(|((name, _), _)| name);
        let columns = names.filter(|name| Measure::from_key(name).is_none() && is_usable(name));
        let describing = texts.into_iter().filter(|(_, is_naming)| !is_naming);
        Self {
            usual: keys(&USUAL),
            columns: columns.map(str::to_owned).collect(),
            behaviour: keys(&BEHAVIOUR),
            n_numeric,
            describing: describing.map(|((name, _), _)| name.to_owned()).collect(),
        }
    }

    /// How many features `n_customers` are enough for, one at least.
    pub(super) fn features(&self, n_customers: u64) -> Vec<String> {
        let most = (n_customers / CUSTOMERS_PER_FEATURE).max(1) as usize;
        let n_further = if self.usual.is_empty() {
            2 * MOST_FURTHER
        } else {
            MOST_FURTHER
        };
        let further = self.columns.iter().chain(&self.behaviour).take(n_further);
        self.usual
            .iter()
            .chain(further)
            .take(most)
            .cloned()
            .collect()
    }
}

/// Whether nearly all have a value, and not the same one.
fn tells_customers_apart(values: &[Option<f64>]) -> bool {
    let mut known = values.iter().flatten();
    let n_known = known.clone().count() as f64;
    let Some(first) = known.next() else {
        return false;
    };
    let differs = known.any(|value| value.total_cmp(first).is_ne());
    differs && n_known >= LEAST_KNOWN * values.len() as f64
}

/// A rule to start from: for a goal that looks for others like the best, the text that sets the best customers apart most;
/// else who is best. `None` where nothing is known that ranks customers.
pub(super) fn first_rule(
    measures: &Measures<'_>,
    usable: &Usable,
    goal: Goal,
) -> Option<Condition> {
    let ranked_by = [Measure::Monetary, Measure::Frequency].map(Measure::key);
    let ranked_by = ranked_by
        .into_iter()
        .filter(|key| usable.usual.iter().any(|own| own == key));
    let by = ranked_by
        .chain(usable.columns.iter().map(String::as_str))
        .next()?;
    let best = Condition::Is(Test {
        measure: by.to_owned(),
        value: Comparison::Highest(BEST),
    });
    let described = || {
        let mut counts = Vec::new();
        let is_best = best.matches(measures, &mut counts).ok()?;
        describing(usable, measures, &is_best)
    };
    let first = match goal {
        Goal::Awareness => described(),
        _ => None,
    };
    Some(Condition::All(vec![first.map_or(best, Condition::Is)]))
}

/// The text of a column that is more frequent among the best than among all by the largest share.
fn describing(usable: &Usable, measures: &Measures<'_>, is_best: &[bool]) -> Option<Test> {
    let n_best = is_best.iter().filter(|&&is| is).count();
    let mut found: Option<(f64, Test)> = None;
    for name in &usable.describing {
        let Some(Values::Texts { texts, codes }) = measures.values(name) else {
            continue;
        };
        if !(2..=MOST_TEXTS).contains(&texts.len()) {
            continue;
        }
        // How many have each text, of all and of the best.
        let mut counts = vec![(0_usize, 0_usize); texts.len()];
        for (code, &is_best) in codes.iter().zip(is_best) {
            if let Some((n_all, n_both)) = code.and_then(|code| counts.get_mut(code as usize)) {
                *n_all += 1;
                *n_both += usize::from(is_best);
            }
        }
        for code in texts.in_byte_order() {
            let (n_all, n_both) = counts[code as usize];
            let share = n_both as f64 / n_best.max(1) as f64;
            let more = share - n_all as f64 / codes.len().max(1) as f64;
            let is_more = found.as_ref().is_none_or(|(most, _)| more > *most);
            if n_both >= FEWEST_WITH_TEXT && more > 0.0 && is_more {
                let value = Comparison::OneOf(vec![texts.get(code).into_owned()]);
                let measure = name.clone();
                found = Some((more, Test { measure, value }));
            }
        }
    }
    found.map(|(_, test)| test)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use gyeol_data::Day;

    /// `n` customers with two orders each, one on a weekend of every other customer; each spends more than the one before.
    fn shop(n: i32) -> Dataset {
        let ids: Vec<String> = (0..n).map(|customer| format!("{customer:04}")).collect();
        let rows = ids.iter().zip(0..).flat_map(|(id, customer)| {
            let first = (id.as_str(), customer % 2, 100 + i64::from(customer));
            [first, (id.as_str(), 100 + customer % 3, 100)]
        });
        testing::orders(&rows.collect::<Vec<_>>())
    }

    fn usable(dataset: &Dataset, day: i32) -> Usable {
        Usable::of(dataset, &Measures::new(dataset, Day::from_number(day)))
    }

    #[test]
    fn an_order_file_alone_has_features_beside_the_usual_three() {
        let dataset = shop(420);
        let found = usable(&dataset, 300);
        assert!(found.columns.is_empty());
        // Everybody has two orders: frequency tells nobody apart.
        assert_eq!(found.usual, ["recency", "monetary"]);
        assert_eq!(
            found.behaviour,
            ["weekend_share", "largest_order_share"],
            "what varies and nearly all have"
        );
        assert_eq!(found.features(420).len(), 4);
        assert_eq!(
            found.features(210),
            ["recency", "monetary", "weekend_share"]
        );
        assert_eq!(found.features(5), ["recency"]);
    }

    #[test]
    fn columns_come_before_measures_and_what_few_have_is_no_feature() {
        let mut dataset = shop(100);
        let column = |name: &str, has: fn(usize) -> bool| gyeol_data::Attribute {
            name: name.to_owned(),
            values: AttributeValues::Numbers(
                (0..100)
                    .map(|place| has(place).then_some(place as f64))
                    .collect(),
            ),
        };
        dataset.attributes.push(column("rare", |place| place < 80));
        dataset.attributes.push(column("age", |place| place > 5));
        let found = usable(&dataset, 300);
        assert_eq!(found.columns, ["age"]);
        assert_eq!(found.features(1_000)[2], "age");
    }

    #[test]
    fn the_first_rule_describes_the_best_by_what_sets_them_apart() {
        let mut dataset = shop(100);
        // The last customers spend most; of them nearly all are of the north.
        let region: Vec<&str> = (0..100)
            .map(|place| match place {
                78.. => "north",
                _ if place % 5 == 0 => "north",
                _ => "south",
            })
            .collect();
        dataset.attributes.push(testing::texts("region", &region));
        let measures = Measures::new(&dataset, Day::from_number(200));
        let found = Usable::of(&dataset, &measures);
        let rule = |goal| first_rule(&measures, &found, goal).unwrap();
        let is = |measure: &str, value| {
            let measure = measure.to_owned();
            Condition::All(vec![Condition::Is(Test { measure, value })])
        };
        let north = Comparison::OneOf(vec!["north".to_owned()]);
        assert_eq!(rule(Goal::Awareness), is("region", north));
        let best = Comparison::Highest(BEST);
        assert_eq!(rule(Goal::Reactivation), is("monetary", best));
    }

    #[test]
    fn who_is_who_describes_nobody() {
        let mut dataset = shop(100);
        // Family names: the best fifth share one, and only names say so.
        let family: Vec<&str> = (0..100)
            .map(|place| match place {
                80.. => "Kim",
                _ if place % 2 == 0 => "Lee",
                _ => "Park",
            })
            .collect();
        let mails: Vec<String> = (0..100).map(|place| format!("c{place}@x.kr")).collect();
        let mails: Vec<&str> = mails.iter().map(String::as_str).collect();
        dataset
            .attributes
            .push(testing::texts("last name", &family));
        dataset.attributes.push(testing::texts("email", &mails));
        let measures = Measures::new(&dataset, Day::from_number(200));
        let found = Usable::of(&dataset, &measures);
        assert_eq!(found.describing, [""; 0]);
        let best = Test {
            measure: "monetary".to_owned(),
            value: Comparison::Highest(BEST),
        };
        let best = Condition::All(vec![Condition::Is(best)]);
        assert_eq!(first_rule(&measures, &found, Goal::Awareness), Some(best));
        let region: Vec<&str> = family.iter().map(|_| "north").collect();
        dataset.attributes.push(testing::texts("region", &region));
        let measures = Measures::new(&dataset, Day::from_number(200));
        assert_eq!(Usable::of(&dataset, &measures).describing, ["region"]);
    }

    #[test]
    fn where_nothing_ranks_customers_there_is_no_first_rule() {
        let dataset = testing::numbers(&[("age", vec![Some(1.0); 30])]);
        let measures = Measures::new(&dataset, Day::from_number(0));
        let found = Usable::of(&dataset, &measures);
        assert!(found.features(30).is_empty());
        assert_eq!(first_rule(&measures, &found, Goal::Revenue), None);
    }
}
