//! One row per customer, ordered by id: values, scores, labels, and those further columns of the file that were chosen.
//!
//! No further column is written unasked: it may hold a name or an address. A column of the file whose header is one
//! of the fixed heads gets a number, `r (2)`, whatever else is chosen.

use serde::{Deserialize, Serialize};

use super::File;
use super::table::{Cell, Table};
use crate::analysis::customers::Filter;
use crate::analysis::rfm::Scores;
use crate::analysis::{Label, SegmentName, Segmentation, SegmentationId, customers};
use crate::data::{Attribute, AttributeValues, Dataset, Day};
use crate::text::{Language, Words};

const HEAD: [&str; 12] = [
    "customer",
    "recency_days",
    "frequency",
    "monetary",
    "r",
    "f",
    "m",
    "rfm_segment",
    "cluster",
    "rfm_segment_ko",
    "cluster_name",
    "cluster_name_ko",
];

/// After the fixed heads, where the clusters come with probabilities.
const PROBABILITY: &str = "cluster_probability";

/// What a person decided about the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// Headers of the further columns that are written; those that the file does not have are passed over.
    pub columns: Vec<String>,
}

/// What the table is made of. What has not been computed leaves its columns empty.
#[derive(Clone, Copy)]
pub struct CustomerTable<'a> {
    /// The customers.
    pub dataset: &'a Dataset,
    /// The as-of date; who had not ordered by then has no row.
    pub as_of: Day,
    /// R, F and M scores.
    pub scores: Option<&'a Scores>,
    /// Named RFM segments.
    pub rfm: Option<&'a Segmentation>,
    /// Clusters.
    pub clusters: Option<&'a Segmentation>,
    /// Headers of the further columns that are written.
    pub columns: &'a [String],
}

impl CustomerTable<'_> {
    /// The table of the customers that `filter` lets through; `None` where it names a segment that is not there.
    pub fn file(&self, filter: &Filter) -> Option<File> {
        let labels: Option<Vec<&Label>> = (filter.segments.iter())
            .map(|&(id, place)| self.label_of(id, place))
            .collect();
        let name = match (&labels?[..], filter.only_segment()) {
            ([label], Some((id, _))) => format!("customers-{}-{}.csv", id.key(), slug(label)),
            _ if *filter == Filter::default() => "customers.csv".to_owned(),
            _ => "customers-selection.csv".to_owned(),
        };
        let segmentations = self.segmentations();
        let is_wanted = filter.test(self.dataset, self.scores, &segmentations);
        Some(self.write(&name, &is_wanted))
    }

    fn segmentations(&self) -> Vec<&Segmentation> {
        self.rfm.into_iter().chain(self.clusters).collect()
    }

    fn label_of(&self, id: SegmentationId, place: u16) -> Option<&Label> {
        let segmentations = self.segmentations();
        let segmentation = segmentations.into_iter().find(|one| one.id == id)?;
        let segment = segmentation.segments.get(usize::from(place))?;
        Some(&segment.label)
    }

    fn write(&self, name: &str, is_wanted: &dyn Fn(usize) -> bool) -> File {
        let names = unique_names(&self.dataset.attributes);
        let names = names.iter().zip(&self.dataset.attributes);
        let chosen = names.filter(|(_, attribute)| self.is_chosen(attribute));
        let mut table = Table::new(
            HEAD.into_iter()
                .chain(self.has_membership().then_some(PROBABILITY))
                .chain(chosen.map(|(name, _)| name.as_str())),
        );
        for customer in (0..self.dataset.n_customers()).filter(|&customer| is_wanted(customer)) {
            self.write_row(&mut table, customer);
        }
        table.file(name)
    }

    fn has_membership(&self) -> bool {
        self.clusters.is_some_and(|one| one.membership.is_some())
    }

    /// The probability of a customer's cluster with four decimals, or an empty cell.
    fn probability(&self, customer: usize) -> Cell<'static> {
        let share = self
            .clusters
            .and_then(|clusters| clusters.membership_of(customer));
        Cell::number(share.map(|share| (f64::from(share) * 1e4).round() / 1e4))
    }

    fn is_chosen(&self, attribute: &Attribute) -> bool {
        self.columns.contains(&attribute.name)
    }

    fn write_row(&self, table: &mut Table, customer: usize) {
        let segmentations = self.segmentations();
        let row = customers::row(
            self.dataset,
            self.scores,
            &segmentations,
            customer,
            self.as_of,
        );
        let Some(row) = row else {
            return;
        };
        let label = |id: SegmentationId| row.labels.get(id as usize).cloned().flatten();
        let (rfm, cluster) = (label(SegmentationId::Rfm), label(SegmentationId::Clusters));
        let names = [
            (&rfm, Language::En),
            (&rfm, Language::Ko),
            (&cluster, Language::En),
            (&cluster, Language::Ko),
        ]
        .map(|(label, language)| name_of(label.as_ref(), language));
        let score = |pick: fn(&(u8, u8, u8)) -> u8| Cell::number(row.scores.as_ref().map(pick));
        let attributes = self.dataset.attributes.iter();
        let texts: Vec<_> = attributes
            .filter(|one| self.is_chosen(one))
            .map(|one| value_of(&one.values, customer, self.as_of))
            .collect();
        let cells = [
            Cell::Text(&row.customer),
            Cell::number(row.recency_days),
            Cell::number(row.frequency),
            Cell::number(row.monetary),
            score(|scores| scores.0),
            score(|scores| scores.1),
            score(|scores| scores.2),
            Cell::Text(&names[0]),
            Cell::number(cluster.as_ref().and_then(cluster_number)),
            Cell::Text(&names[1]),
            Cell::Text(&names[2]),
            Cell::Text(&names[3]),
        ];
        let attributes = texts.iter().map(|value| match value {
            Value::Number(number) => Cell::number(*number),
            Value::Text(text) => Cell::Text(text),
        });
        let probability = self.has_membership().then(|| self.probability(customer));
        table.row(cells.into_iter().chain(probability).chain(attributes));
    }
}

/// The heads of all further columns: none is that of another column, in whatever case.
fn unique_names(attributes: &[Attribute]) -> Vec<String> {
    let mut taken: Vec<String> = HEAD.map(str::to_owned).to_vec();
    taken.push(PROBABILITY.to_owned());
    let names = attributes.iter().map(|attribute| {
        let mut name = attribute.name.clone();
        let mut number = 1;
        while taken.contains(&name.to_lowercase()) {
            number += 1;
            name = format!("{} ({number})", attribute.name);
        }
        taken.push(name.to_lowercase());
        name
    });
    names.collect()
}

enum Value {
    Number(Option<f64>),
    Text(String),
}

fn value_of(values: &AttributeValues, customer: usize, as_of: Day) -> Value {
    match values {
        AttributeValues::Numbers(numbers) => {
            Value::Number(numbers.get(customer).copied().flatten())
        }
        AttributeValues::Days(days) => {
            Value::Number(days.days_since(customer, as_of).map(f64::from))
        }
        AttributeValues::Texts { texts, codes } => {
            let code = codes.get(customer).copied().flatten();
            Value::Text(code.map_or_else(String::new, |code| texts.get(code).into_owned()))
        }
    }
}

fn name_of(label: Option<&Label>, language: Language) -> String {
    label.map_or_else(String::new, |label| Words::new(language).label(label))
}

/// The number of a cluster; `None` for who is in none.
pub(super) const fn cluster_number(label: &Label) -> Option<u16> {
    match label {
        Label::Cluster { number, .. } => Some(*number),
        Label::Known(_) | Label::Own(_) => None,
    }
}

/// The label as a part of a file name: letters and digits of any script, all else `-`.
fn slug(label: &Label) -> String {
    let name = match label {
        Label::Cluster { number, .. } => number.to_string(),
        Label::Known(SegmentName::CantLoseThem) => "cant-lose-them".to_owned(),
        other => Words::new(Language::En).label(other),
    };
    let name = name.to_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}
