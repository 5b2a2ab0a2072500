//! One row per customer, ordered by id: values, scores, labels, and those further columns of the file that were chosen.
//!
//! RFM segments and clusters have their columns always, the other segmentations two where they were asked for: the
//! name in English under the segmentation's key, and in Korean; a prediction has what is predicted before them.
//! Where moves between two dates were asked for, the segments on both dates have columns of their own: they are by one
//! rule, which need not be that of `rfm_segment`, and the file of one move is named after it.
//! No further column is written unasked: it may hold a name or an address. A column of the file whose header is one
//! of the fixed heads gets a number, `r (2)`, whatever else is chosen.

use serde::{Deserialize, Serialize};

use super::File;
use super::contact_list::Purpose;
use super::table::{Cell, Table};
use crate::analysis::customers::{Filter, Known, Row};
use crate::analysis::lifetime::Forecasts;
use crate::analysis::movement::{Move, Moves};
use crate::analysis::rfm::{Change, Changes, Fourth, Scores};
use crate::analysis::{Label, SegmentName, Segmentation, SegmentationId, customers};
use crate::data::{Attribute, AttributeValues, Contact, Contacts, Dataset, Day};
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

/// After the fixed heads, where R, F and M scores have weights of their own: their weighted mean.
const WEIGHTED: &str = "rfm_score";
/// After these, where something is scored beside the three: its days, and their score.
const TENURE: [&str; 2] = ["tenure_days", "t"];
const INTERPURCHASE: [&str; 2] = ["interpurchase_days", "i"];
/// After these, where the clusters come with probabilities.
const PROBABILITY: &str = "cluster_probability";
/// Where clusters were computed: how well each customer fits, -1 to 1.
const SILHOUETTE: &str = "cluster_silhouette";
/// What would move a customer to another RFM segment: days without an order and further orders on the as-of date, with
/// the segment after each.
const CHANGE: [&str; 6] = [
    "rfm_days_until_change",
    "rfm_without_orders",
    "rfm_without_orders_ko",
    "rfm_orders_until_change",
    "rfm_with_orders",
    "rfm_with_orders_ko",
];

/// Where a treatment of columns sets somebody aside: which, and why. In English, as all fixed heads and keys are.
const SET_ASIDE: &str = "set_aside";
/// Before the tenths of a prediction: a probability, or an amount.
const PREDICTED: &str = "predicted";
/// After the names of the segmentations, where moves were asked for: the segments on both dates, by one rule.
pub(super) const MOVED: [&str; 4] = [
    "movement_then",
    "movement_then_ko",
    "movement_now",
    "movement_now_ko",
];
/// After the names of the segmentations, where lifetime values were computed: time in days, money as in the file; orders
/// and money are those of the `horizon_days` that follow, which are the same for all.
const FORECAST: [&str; 8] = [
    "p_alive",
    "expected_orders",
    "expected_spend",
    "clv",
    "next_order_date",
    "is_overdue",
    "usual_pause_days",
    "horizon_days",
];

/// The fixed heads that a person can leave out one by one; what comes with a choice of its own (segmentations, what would
/// change them) is left out by that choice.
pub const OPTIONAL: [&str; 27] = {
    let mut heads = [SET_ASIDE; 27];
    let mut place = 0;
    while place < 11 {
        heads[place] = HEAD[place + 1];
        place += 1;
    }
    (heads[11], heads[12], heads[13]) = (WEIGHTED, PROBABILITY, SILHOUETTE);
    place = 0;
    while place < FORECAST.len() {
        heads[place + 14] = FORECAST[place];
        place += 1;
    }
    [heads[22], heads[23]] = TENURE;
    [heads[24], heads[25]] = INTERPURCHASE;
    heads
};

/// What a person decided about the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// Headers of the further columns that are written; those that the file does not have are passed over.
    pub columns: Vec<String>,
    /// Segmentations that are written besides RFM segments and clusters.
    pub segmentations: Vec<SegmentationId>,
    /// Whether it says what would move each customer to another RFM segment.
    pub changes: bool,
    /// Fixed heads that are not written; the customer always is, and what is no such head is passed over.
    pub without: Vec<String>,
    /// What the list is for; without one it holds all columns and everybody.
    pub purpose: Option<Purpose>,
    /// By what customers are reached in a list for something.
    pub contact: Contact,
}

/// What the table is made of. What has not been computed leaves its columns empty.
pub struct CustomerTable<'a> {
    /// The customers.
    pub dataset: &'a Dataset,
    /// The as-of date; who had not ordered by then has no row.
    pub as_of: Day,
    /// R, F and M scores.
    pub scores: Option<&'a Scores>,
    /// How well each customer fits into its cluster, by customer number.
    pub silhouettes: Option<&'a [f32]>,
    /// What would move customers to another RFM segment, where that was asked for.
    pub changes: Option<Changes>,
    /// What is to come of each customer.
    pub forecasts: Option<&'a Forecasts>,
    /// Where customers were and are.
    pub moves: Option<&'a Moves>,
    /// What was computed, in the order of [`SegmentationId::ALL`].
    pub segmentations: Vec<&'a Segmentation>,
    /// Headers of the further columns that are written.
    pub columns: &'a [String],
    /// Fixed heads that are not written.
    pub without: &'a [String],
}

impl CustomerTable<'_> {
    /// The table of the customers that `filter` lets through; `None` where it names a segment that is not there, or asks
    /// for who agreed where no column says it.
    pub fn file(&self, filter: &Filter) -> Option<File> {
        let name = format!("{}.csv", self.stem(filter)?);
        let agreed = match filter.agreed {
            true => Some(Contacts::of(self.dataset).agreed(self.dataset)?),
            false => None,
        };
        let (scores, agreed) = (self.scores, agreed.as_ref());
        let is_wanted = filter.test(
            self.dataset,
            scores,
            &self.segmentations,
            self.moves,
            agreed,
        );
        Some(self.write(&name, &is_wanted))
    }

    /// What a file of these customers is called; `None` where it names a segment or a move that is not there.
    pub(super) fn stem(&self, filter: &Filter) -> Option<String> {
        let labels: Option<Vec<&Label>> = (filter.segments.iter())
            .map(|&(id, place)| self.label_of(id, place))
            .collect();
        if filter.moved.is_some() && self.moves.is_none() {
            return None;
        }
        let among = filter.whether_agreed_or_not();
        let name = match (&labels?[..], among.only_segment()) {
            ([label], Some((id, _))) => format!("customers-{}-{}", id.key(), slug(label)),
            _ if among.only_move().is_some() => {
                let slug = among.only_move().map(slug_of_move);
                format!("customers-movement-{}", slug.unwrap_or_default())
            }
            _ if among == Filter::default() => "customers".to_owned(),
            _ => "customers-selection".to_owned(),
        };
        let agreed = if filter.agreed { "-agreed" } else { "" };
        Some(format!("{name}{agreed}"))
    }

    fn label_of(&self, id: SegmentationId, place: u16) -> Option<&Label> {
        let segmentation = self.segmentations.iter().find(|one| one.id == id)?;
        let segment = segmentation.segments.get(usize::from(place))?;
        Some(&segment.label)
    }

    /// All heads that are fixed, whether they are written or not.
    fn heads(&self) -> Vec<String> {
        let mut heads: Vec<String> = HEAD.map(str::to_owned).to_vec();
        if self.has_weights() {
            heads.push(WEIGHTED.to_owned());
        }
        if let Some(fourth) = self.fourth() {
            heads.extend(heads_of(fourth).map(str::to_owned));
        }
        if self.has_membership() {
            heads.push(PROBABILITY.to_owned());
        }
        if self.silhouettes.is_some() {
            heads.push(SILHOUETTE.to_owned());
        }
        if self.changes.is_some() {
            heads.extend(CHANGE.map(str::to_owned));
        }
        if self.prediction().is_some() {
            heads.push(PREDICTED.to_owned());
        }
        for id in self.further() {
            heads.extend([id.key().to_owned(), format!("{}_ko", id.key())]);
        }
        if self.moves.is_some() {
            heads.extend(MOVED.map(str::to_owned));
        }
        if self.forecasts.is_some() {
            heads.extend(FORECAST.map(str::to_owned));
        }
        if self.has_set_aside() {
            heads.push(SET_ASIDE.to_owned());
        }
        heads
    }

    fn write(&self, name: &str, is_wanted: &dyn Fn(usize) -> bool) -> File {
        let mut heads = self.heads();
        let is_left_out = |head: &String| *head != HEAD[0] && self.without.contains(head);
        let is_written: Vec<bool> = heads.iter().map(|head| !is_left_out(head)).collect();
        let names = unique_names(&heads, &self.dataset.attributes);
        let names = names.into_iter().zip(&self.dataset.attributes);
        let chosen = names.filter(|(_, attribute)| self.is_chosen(attribute));
        heads.extend(chosen.map(|(name, _)| name));
        let written = is_written.iter().copied().chain(std::iter::repeat(true));
        let written = heads
            .iter()
            .zip(written)
            .filter(|(_, is_written)| *is_written);
        let mut table = Table::new(written.map(|(head, _)| head.as_str()));
        for customer in (0..self.dataset.n_customers()).filter(|&customer| is_wanted(customer)) {
            self.write_row(&mut table, customer, &is_written);
        }
        table.file(name)
    }

    fn has_weights(&self) -> bool {
        self.scores.is_some_and(Scores::has_weights)
    }

    /// What is scored beside R, F and M.
    fn fourth(&self) -> Option<Fourth> {
        Some(self.scores?.fourth.as_ref()?.of)
    }

    /// The cells of [`WEIGHTED`] and of [`heads_of`] a fourth score, as far as there are such columns.
    fn beside_the_three(&self, row: &Row) -> Vec<Cell<'static>> {
        let weighted = Cell::number(row.weighted.map(four_decimals));
        let weighted = self.has_weights().then_some(weighted);
        let known = row.fourth.and_then(|fourth| fourth.known);
        let days = Cell::number(known.map(|(days, _)| four_decimals(days)));
        let fourth = [days, Cell::number(known.map(|(_, score)| score))];
        let fourth = self.fourth().map(|_| fourth);
        weighted
            .into_iter()
            .chain(fourth.into_iter().flatten())
            .collect()
    }

    fn has_membership(&self) -> bool {
        self.clusters().is_some_and(|one| one.membership.is_some())
    }

    fn has_set_aside(&self) -> bool {
        !self.dataset.treated.reasons.is_empty()
    }

    /// Why no analysis looked at a customer: `age: missing; income: outlier`, or nothing.
    fn set_aside(&self, customer: usize) -> String {
        let reasons = self.dataset.set_aside_by(customer);
        let reasons: Vec<String> = reasons
            .map(|(column, is_missing)| {
                let why = if is_missing { "missing" } else { "outlier" };
                format!("{column}: {why}")
            })
            .collect();
        reasons.join("; ")
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known {
            scores: self.scores,
            changes: self.changes.as_ref(),
            silhouettes: self.silhouettes,
            forecasts: None,
            moves: self.moves,
            segmentations: &self.segmentations,
        }
    }

    /// How sure a customer's cluster is, with four decimals: its probability and its silhouette, as far as there are
    /// such columns.
    fn of_cluster(&self, customer: usize) -> Vec<Cell<'static>> {
        let share = self
            .clusters()
            .and_then(|clusters| clusters.membership_of(customer));
        let silhouette = self.known().silhouette_of(customer);
        let rounded = |value: f32| (f64::from(value) * 1e4).round() / 1e4;
        let cell = move |value: Option<f32>| Cell::number(value.map(rounded));
        let share = self.has_membership().then(|| cell(share));
        let silhouette = self.silhouettes.is_some().then(|| cell(silhouette));
        share.into_iter().chain(silhouette).collect()
    }

    fn prediction(&self) -> Option<&Segmentation> {
        let mut all = self.segmentations.iter().copied();
        all.find(|one| one.predicted.is_some())
    }

    fn clusters(&self) -> Option<&Segmentation> {
        let mut all = self.segmentations.iter().copied();
        all.find(|one| one.id == SegmentationId::Clusters)
    }

    /// The segmentations that have columns only where they were asked for.
    fn further(&self) -> impl Iterator<Item = SegmentationId> {
        let usual = [SegmentationId::Rfm, SegmentationId::Clusters];
        let ids = self.segmentations.iter().map(|one| one.id);
        ids.filter(move |id| !usual.contains(id))
    }

    fn is_chosen(&self, attribute: &Attribute) -> bool {
        self.columns.contains(&attribute.name)
    }

    fn write_row(&self, table: &mut Table, customer: usize, is_written: &[bool]) {
        let row = customers::row(self.dataset, &self.known(), customer, self.as_of);
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
        let further = self.further_names(&row);
        let further = further.iter().map(|name| Cell::Text(name));
        let aside = self.has_set_aside().then(|| self.set_aside(customer));
        let aside = aside.iter().map(|reasons| Cell::Text(reasons));
        let predicted = self.prediction().map(|one| predicted(one, customer));
        let forecast = self.forecast(customer);
        let change = (self.changes.is_some()).then(|| moves(row.change.as_ref()));
        let change = change.iter().flatten().flat_map(|(count, names)| {
            let names = names.iter().map(|name| Cell::Text(name));
            std::iter::once(Cell::number(*count)).chain(names)
        });
        let cells = (cells.into_iter())
            .chain(self.beside_the_three(&row))
            .chain(self.of_cluster(customer))
            .chain(change)
            .chain(predicted)
            .chain(further)
            .chain(aside)
            .chain(forecast)
            .chain(attributes);
        let written = is_written.iter().copied().chain(std::iter::repeat(true));
        let written = cells.zip(written).filter(|(_, is_written)| *is_written);
        table.row(written.map(|(cell, _)| cell));
    }

    /// The segments of a row in the further segmentations and on both dates of a movement, each in both languages.
    fn further_names(&self, row: &Row) -> Vec<String> {
        let label = |id: SegmentationId| row.labels.get(id as usize).and_then(Option::as_ref);
        let moved = self.moves.iter().flat_map(|_| &row.moved);
        let labels = self.further().map(label);
        labels
            .chain(moved.map(Option::as_ref))
            .flat_map(|label| [Language::En, Language::Ko].map(|one| name_of(label, one)))
            .collect()
    }

    /// The cells of [`FORECAST`], six digits of each number; none where no lifetime values were computed.
    fn forecast(&self, customer: usize) -> Vec<Cell<'static>> {
        let Some(forecasts) = self.forecasts else {
            return Vec::new();
        };
        let one = forecasts.of(customer);
        let number =
            |value: Option<f64>| Cell::number(value.map(|value| (value * 1e6).round() / 1e6));
        vec![
            number(one.map(|one| one.p_alive)),
            number(one.map(|one| one.expected_orders)),
            number(one.and_then(|one| one.expected_spend)),
            number(one.and_then(|one| one.clv)),
            Cell::number(one.map(|one| one.next_order)),
            Cell::number(one.map(|one| one.is_overdue)),
            number(one.map(|one| one.usual_pause_days)),
            Cell::number(one.map(|_| forecasts.horizon_days)),
        ]
    }
}

const fn heads_of(fourth: Fourth) -> [&'static str; 2] {
    match fourth {
        Fourth::Tenure => TENURE,
        Fourth::Interpurchase => INTERPURCHASE,
    }
}

/// The heads of all further columns: none is that of another column, in whatever case.
fn unique_names(heads: &[String], attributes: &[Attribute]) -> Vec<String> {
    let mut taken = heads.to_vec();
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

/// The cells of [`CHANGE`].
fn moves(change: Option<&Change>) -> [(Option<u32>, [String; 2]); 2] {
    let of = |moved: Option<&(u32, Label)>| {
        let name = |language| name_of(moved.map(|(_, label)| label), language);
        let names = [Language::En, Language::Ko].map(name);
        (moved.map(|(count, _)| *count), names)
    };
    [
        of(change.and_then(|change| change.without_orders.as_ref())),
        of(change.and_then(|change| change.with_orders.as_ref())),
    ]
}

/// What is predicted of a customer with four decimals, or an empty cell.
fn predicted(prediction: &Segmentation, customer: usize) -> Cell<'static> {
    let predicted = prediction.predicted_of(customer);
    Cell::number(predicted.map(four_decimals))
}

fn four_decimals(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
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

pub(super) fn name_of(label: Option<&Label>, language: Language) -> String {
    label.map_or_else(String::new, |label| Words::new(language).label(label))
}

/// The number of a cluster; `None` for who is in none.
pub(super) const fn cluster_number(label: &Label) -> Option<u16> {
    match label {
        Label::Cluster { number, .. } => Some(*number),
        Label::Known(_) | Label::Ready(_) | Label::Own(_) | Label::Moved(_) => None,
    }
}

/// A move as a part of a file name.
fn slug_of_move(one: &Move) -> String {
    match one {
        Move::Between(from, to) if from == to => format!("stayed-{}", slug(from)),
        Move::Between(from, to) => format!("{}-to-{}", slug(from), slug(to)),
        Move::New(to) => format!("new-in-{}", slug(to)),
        Move::Left(from) => format!("left-{}", slug(from)),
        Move::Entered(to) => format!("entered-{}", slug(to)),
    }
}

/// The label as a part of a file name: letters and digits of any script, all else `-`.
fn slug(label: &Label) -> String {
    let name = match label {
        Label::Cluster { number, .. } => number.to_string(),
        Label::Known(SegmentName::CantLoseThem) => "cant-lose-them".to_owned(),
        Label::Moved(own) => format!("{}-to-{}", slug(&own.0), slug(&own.1)),
        other => Words::new(Language::En).label(other),
    };
    let name = name.to_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}
