//! One column while the files are read once more.

use super::super::plan::CellForms;
use super::super::table::KnownColumn;
use super::super::values::{decimal, id, is_absent, is_missing, trimmed};
use super::super::{Role, Table, TableKind};
use super::oddities::{self, Oddity};
use super::values::{Sorted, Values};
use super::{ColumnType, Distinct, SurveyedColumn};

/// Up to so many different texts are categories that can be named.
const MOST_CATEGORIES: u64 = 50;
/// How many of them are.
const N_EXAMPLES: usize = 3;

/// What has been seen of a column.
#[derive(Debug)]
pub(super) struct Scan {
    known: KnownColumn,
    n_missing: u64,
    /// Of the missing, those that say so in words.
    n_words: u64,
    /// Cells that were read and could mean that there is nothing.
    n_perhaps_missing: u64,
    /// Cells with blanks around what they say.
    n_blanks: u64,
    /// Cells with control characters other than line breaks and tabs.
    n_unseen: u64,
    n_unread: u64,
    n_read: u64,
    values: Values,
}

impl Scan {
    pub(super) fn new(known: KnownColumn) -> Self {
        Self {
            known,
            n_missing: 0,
            n_words: 0,
            n_perhaps_missing: 0,
            n_blanks: 0,
            n_unseen: 0,
            n_unread: 0,
            n_read: 0,
            values: Values::default(),
        }
    }

    /// Takes the content of a row's cell.
    pub(super) fn take(&mut self, cell: &[u8], forms: &CellForms) {
        let text = trimmed(cell);
        self.n_blanks += u64::from(text.len() < cell.len() && !text.is_empty());
        let is_unseen = |byte: &u8| byte.is_ascii_control() && !b"\t\n\r".contains(byte);
        self.n_unseen += u64::from(text.iter().any(is_unseen));
        if self.is_nothing(text) {
            self.n_missing += 1;
            self.n_words += u64::from(!text.is_empty());
            return;
        }
        let has_role = self.known.role.is_some();
        let value = match self.known.kind {
            ColumnType::Id | ColumnType::Text => {
                self.n_perhaps_missing += u64::from(is_missing(text));
                self.n_read += 1;
                return;
            }
            ColumnType::Date if has_role => forms.moment(text).map(|moment| moment.day.number()),
            ColumnType::Date => forms.day(text).map(super::super::Day::number),
            ColumnType::Number | ColumnType::Money => {
                return self.take_number(text, forms);
            }
        };
        self.note(value.map(f64::from));
    }

    fn take_number(&mut self, text: &[u8], forms: &CellForms) {
        let number = decimal(text, forms.decimal_mark);
        self.note(number.map(|number| {
            // Exact powers, so that the quotient is the nearest number to what the cell says.
            number.units as f64 / 10_f64.powi(i32::from(number.scale))
        }));
    }

    fn note(&mut self, value: Option<f64>) {
        match value {
            Some(value) => {
                self.n_read += 1;
                self.values.add(value);
            }
            None => self.n_unread += 1,
        }
    }

    /// As the importer reads such a column.
    fn is_nothing(&self, text: &[u8]) -> bool {
        match self.known.role {
            Some(Role::Customer | Role::Order) => is_missing(id(text)),
            Some(Role::Product | Role::Category | Role::Status) | None => is_absent(text),
            Some(_) => is_missing(text),
        }
    }

    pub(super) fn finish(mut self, header: String, table: &Table) -> SurveyedColumn {
        let values = std::mem::take(&mut self.values).sorted();
        let has_range = self.known.kind.has_range();
        let texts = self.known.texts.as_ref();
        let distinct = match texts {
            _ if has_range => values.distinct(),
            Some(texts) => Distinct::Exactly(texts.n_distinct),
            None => Distinct::Unknown,
        };
        let n_most_frequent = match texts {
            _ if has_range => values.n_most_frequent(),
            Some(texts) => texts.examples.first().map(|&(_, n_rows)| n_rows),
            None => None,
        };
        let is_category = self.known.kind == ColumnType::Text
            && matches!(distinct, Distinct::Exactly(n) if n <= MOST_CATEGORIES);
        let mut examples = texts.map_or_else(Vec::new, |texts| texts.examples.clone());
        examples.truncate(if is_category { N_EXAMPLES } else { 0 });
        let is_number = has_range && self.known.kind != ColumnType::Date;
        SurveyedColumn {
            oddities: self.oddities(&values, distinct, table),
            header,
            role: self.known.role,
            kind: self.known.kind,
            n_missing: self.n_missing,
            n_unread: self.n_unread,
            n_read: self.n_read,
            distinct,
            n_most_frequent,
            examples,
            range: values.quartiles(),
            far: is_number.then(|| values.far()).flatten(),
            bars: values.bars(),
        }
    }

    fn oddities(&self, values: &Sorted, distinct: Distinct, table: &Table) -> Vec<Oddity> {
        let mut found = Vec::new();
        let mut note = |n: u64, oddity: fn(u64) -> Oddity| {
            if n > 0 {
                found.push(oddity(n));
            }
        };
        note(u64::from(self.n_read == 0), |_| Oddity::NoValue);
        let is_one = distinct == Distinct::Exactly(1) && self.n_read > 1;
        note(u64::from(is_one && self.n_unread == 0), |_| {
            Oddity::OneValue
        });
        note(self.n_words, Oddity::MissingWords);
        note(self.n_perhaps_missing, Oddity::PerhapsMissing);
        note(self.n_blanks, Oddity::Blanks);
        note(self.n_unseen, Oddity::Unseen);
        note(self.n_unread, Oddity::OtherKind);
        if let Some(texts) = &self.known.texts {
            let is_text = self.known.kind == ColumnType::Text;
            let n_other = texts
                .n_numbers
                .min(self.n_read - texts.n_numbers.min(self.n_read));
            let is_mixed = is_text && n_other * 10 >= self.n_read;
            note(
                if is_mixed { texts.n_numbers } else { 0 },
                Oddity::NumbersAmongTexts,
            );
            note(
                if is_text { texts.n_spellings } else { 0 },
                Oddity::Spellings,
            );
            let is_customer = self.known.role == Some(Role::Customer);
            let is_of_customers = table.kind() == TableKind::Customers && is_customer;
            let n_repeated = self.n_read.saturating_sub(texts.n_distinct);
            note(
                if is_of_customers { n_repeated } else { 0 },
                Oddity::RepeatedIds,
            );
        }
        if self.known.role == Some(Role::Amount) {
            note(table.n_order_totals(), Oddity::OrderTotals);
        }
        match self.known.kind {
            ColumnType::Date => found.extend(oddities::of_days(values)),
            ColumnType::Number | ColumnType::Money => found.extend(oddities::of_numbers(values)),
            ColumnType::Id | ColumnType::Text => {}
        }
        found
    }
}
