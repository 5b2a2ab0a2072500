//! The list of customers for a tool that writes to them: a mail tool or an ad platform. One row per address, nobody who
//! cannot be reached, and no column that such a tool does not ask for.
//!
//! Heads are the plain names by which such tools know their columns, whatever the file calls them; texts are the file's,
//! neither hashed nor mended, and guarded like all others.

use serde::{Deserialize, Serialize};

use super::File;
use super::customers::{CustomerTable, MOVED, name_of};
use super::table::{Cell, Table};
use crate::analysis::customers::{Filter, reachable};
use crate::analysis::movement::Moves;
use crate::analysis::{Label, Segmentation, SegmentationId};
use crate::data::{AttributeValues, Contact, Contacts};
use crate::text::Language;

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Customer, address, name and segment.
    Mail,
    /// E-mail, phone and name alone.
    Ads,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Ads];

    /// Its name in names of files and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Ads => "ads",
        }
    }

    /// The purpose with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// What a list tells of a customer besides how to reach it.
enum Told<'a> {
    Segment(&'a Segmentation),
    Move(&'a Moves),
}

impl Told<'_> {
    /// The label, or those on both dates.
    fn labels_of(&self, customer: usize) -> Vec<Option<&Label>> {
        match self {
            Self::Segment(own) => vec![own.segment_of(customer).map(|segment| &segment.label)],
            Self::Move(moves) => {
                let (then, now) = moves.of(customer);
                vec![then, now]
            }
        }
    }
}

/// A column of the file under another head, by place.
type Column = (&'static str, usize);

impl CustomerTable<'_> {
    /// Whether anything in the file says how customers are reached.
    pub fn has_addresses(&self) -> bool {
        Contacts::of(self.dataset).address(Contact::Email).is_some()
    }

    /// The list of those whom `filter` lets through and who can be reached. `None` where nothing in the file says how,
    /// or where [`CustomerTable::file`] has none.
    pub fn contact_list(&self, filter: &Filter, purpose: Purpose, by: Contact) -> Option<File> {
        let stem = self.stem(filter)?;
        let contacts = Contacts::of(self.dataset);
        let of = (self.dataset, &contacts);
        let found = reachable(of, &self.known(), filter, self.as_of, by)?;
        let columns = columns(&contacts, purpose, by);
        let is_mail = purpose == Purpose::Mail;
        let told = is_mail.then(|| self.told_for(filter)).flatten();
        let heads = is_mail.then_some("customer").into_iter();
        let heads = heads.chain(columns.iter().map(|(head, _)| *head));
        let further: &[&str] = match &told {
            None => &[],
            Some(Told::Segment(_)) => &["segment", "segment_ko"],
            Some(Told::Move(_)) => &MOVED,
        };
        let mut table = Table::new(heads.chain(further.iter().copied()));
        for &number in &found.customers {
            let customer = number as usize;
            let id = self.dataset.customers.get(number);
            let texts = columns
                .iter()
                .map(|&(head, place)| (head, self.text(place, customer)));
            let labels = told.as_ref().map(|told| told.labels_of(customer));
            let both =
                |label| [Language::En, Language::Ko].map(|language| name_of(label, language));
            let names = labels.into_iter().flatten().flat_map(both);
            let id = is_mail.then(|| id.into_owned());
            let id = id.map(|id| ("customer", id));
            let names = names.map(|name| ("segment", name));
            let cells: Vec<(&str, String)> = id.into_iter().chain(texts).chain(names).collect();
            table.row(cells.iter().map(|(head, text)| cell(head, text)));
        }
        Some(table.file(&format!("{stem}-{}.csv", purpose.key())))
    }

    /// What is told of each customer: of a list of moves both ends, else its segment.
    fn told_for(&self, filter: &Filter) -> Option<Told<'_>> {
        let moves = self.moves.filter(|_| filter.moved.is_some());
        let segment = || self.segments_for(filter).map(Told::Segment);
        moves.map(Told::Move).or_else(segment)
    }

    /// The segmentation whose names are told: that of the list, else RFM, else the first that there is.
    fn segments_for(&self, filter: &Filter) -> Option<&Segmentation> {
        let all = || self.segmentations.iter().copied();
        let of = |id: SegmentationId| all().find(|one| one.id == id);
        let own = filter.segments.first().and_then(|&(id, _)| of(id));
        own.or_else(|| of(SegmentationId::Rfm))
            .or_else(|| all().next())
    }

    fn text(&self, place: usize, customer: usize) -> String {
        match self.dataset.attributes.get(place).map(|one| &one.values) {
            Some(AttributeValues::Texts { texts, codes }) => {
                let code = codes.get(customer).copied().flatten();
                code.map_or_else(String::new, |code| texts.get(code).trim().to_owned())
            }
            _ => String::new(),
        }
    }
}

/// The country code's plus belongs to a phone number, and digits and what stands between them are no formula.
fn cell<'a>(head: &str, text: &'a str) -> Cell<'a> {
    let is_number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-(). /".contains(&byte));
    if head == Contact::Phone.key() && is_number {
        Cell::Plain(text.to_owned())
    } else {
        Cell::Text(text)
    }
}

fn columns(contacts: &Contacts, purpose: Purpose, by: Contact) -> Vec<Column> {
    let address = match purpose {
        Purpose::Mail => contacts.address(by).map(|(by, place)| (by.key(), place)),
        Purpose::Ads => None,
    };
    let both = [
        (Contact::Email.key(), contacts.email),
        (Contact::Phone.key(), contacts.phone),
    ];
    let both = (both.into_iter()).filter(|_| purpose == Purpose::Ads);
    let both = both.filter_map(|(head, place)| Some((head, place?)));
    let heads = match contacts.names.len() {
        0 | 1 => ["name", ""],
        _ => ["first_name", "last_name"],
    };
    let names = heads.into_iter().zip(contacts.names.iter().copied());
    address.into_iter().chain(both).chain(names).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_written_as_they_are_and_nothing_else_that_could_be_a_formula() {
        let is_plain = |head: &str, text: &str| matches!(cell(head, text), Cell::Plain(_));
        assert!(is_plain("phone", "+82 10-1111-2222"));
        assert!(!is_plain("phone", "=1+1"));
        assert!(!is_plain("phone", "+82 10 @home"));
        assert!(!is_plain("name", "+82 10-1111-2222"));
    }
}
