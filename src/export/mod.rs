//! Results to bytes. [`File`] is the only type that may leave the page, and a person's press is what makes one.
//!
//! Files do not depend on the language of the interface: names stand in both, numbers are plain, dates are ISO.

pub mod cohorts;
pub mod columns;
pub mod contact_list;
pub mod customers;
pub mod history;
pub mod ledger;
pub mod project;
pub mod report;
pub mod segments;
pub mod settings;
mod table;
pub mod unmatched;

use serde::{Deserialize, Serialize, Serializer};

use crate::data::Day;

pub use contact_list::Purpose;
pub use settings::{FurtherFile, Seen, Settings};

/// The media type of tables.
pub const CSV: &str = "text/csv;charset=utf-8";

/// What opens a table, so that spreadsheets take it for UTF-8.
pub(crate) const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// The media type of settings and reports.
pub const JSON: &str = "application/json";

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its bytes.
    #[serde(serialize_with = "in_one_piece")]
    pub bytes: Vec<u8>,
}

impl File {
    /// The same file with a day in its name: `customers-2025-03-31.csv`.
    #[must_use]
    pub fn of_day(self, day: Day) -> Self {
        let name = match self.name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}-{day}.{extension}"),
            None => format!("{}-{day}", self.name),
        };
        Self { name, ..self }
    }

    /// The same file, named after the file that it was made from: `orders-customers.csv`.
    #[must_use]
    pub fn named_after(self, source: &str) -> Self {
        Self {
            name: name_after(source, &self.name),
            ..self
        }
    }
}

/// The most letters of a source's name that go into another name.
const MOST_STEM_LETTERS: usize = 60;

/// The name of something made from the file `source`: letters and digits of any script stay, all else becomes `-`.
pub fn name_after(source: &str, name: &str) -> String {
    let stem = source
        .rsplit_once('.')
        .map_or(source, |(stem, extension)| match stem.is_empty() {
            true => extension,
            false => stem,
        });
    let is_kept = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let letters = stem.chars().take(MOST_STEM_LETTERS);
    let letters: String = letters
        .map(|letter| if is_kept(&letter) { letter } else { ' ' })
        .collect();
    let mut words: Vec<&str> = letters.split_whitespace().collect();
    words.push(name);
    words.join("-")
}

/// What several files of one table are called together: the first name and how many more, in letters that every system
/// takes. The same in whatever order they come.
pub fn name_of_set(names: &[&str]) -> String {
    let (Some(first), Some(last)) = (names.iter().min(), names.iter().max()) else {
        return String::new();
    };
    let stem = |name: &'_ str| name.rfind('.').map_or(name.len(), |place| place);
    let (one, other) = (&first[..stem(first)], &last[..stem(last)]);
    if one == other {
        return (*first).to_owned();
    }
    format!("{one} and {} more{}", names.len() - 1, &first[one.len()..])
}

/// Bytes as bytes: as a list of numbers each of them would be a call.
fn in_one_piece<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

/// What can be taken away from the engine. Pictures are made by the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Customers with scores and labels.
    Customers {
        /// Only these.
        filter: crate::analysis::customers::Filter,
    },
    /// All segments of all segmentations.
    Segments,
    /// The ledger.
    Ledger,
    /// The rows of one bucket, or of all reasons.
    LeftOut {
        /// One reason only.
        reason: Option<crate::data::Reason>,
    },
    /// Customers, products or channels that a table and the orders do not have in common.
    Unmatched {
        /// The place of the table among those that are joined; for channels, among those of spend.
        table: u16,
        /// On which side they are missing.
        missing: unmatched::Missing,
    },
    /// The report of one analysis.
    Report {
        /// Which one.
        analysis: crate::analysis::AnalysisId,
    },
    /// What stands in the columns, and what is done about them.
    Columns,
    /// The settings.
    Project,
    /// The cells of the cohorts.
    Cohorts,
    /// Customers who can be reached, for a tool that writes to them.
    Contacts {
        /// Only these.
        filter: crate::analysis::customers::Filter,
        /// What the list is for.
        purpose: Purpose,
    },
    /// Orders and spans of one customer.
    History {
        /// Its id.
        customer: String,
    },
    /// Two segmentations side by side.
    Comparison,
}

impl What {
    /// Whether what is in it is as of a day.
    pub const fn has_day(&self) -> bool {
        matches!(
            self,
            Self::Customers { .. }
                | Self::Contacts { .. }
                | Self::Segments
                | Self::Report { .. }
                | Self::Cohorts
                | Self::History { .. }
                | Self::Comparison
        )
    }

    /// The list of all customers.
    pub fn all_customers() -> Self {
        let filter = crate::analysis::customers::Filter::default();
        Self::Customers { filter }
    }
}

/// Why a file cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ExportError {
    /// No file has been imported yet.
    #[error("nothing imported")]
    NothingImported,
    /// The source file had to be read again and could not be.
    #[error(transparent)]
    Source(#[from] crate::data::ImportError),
    /// What was asked has not been computed.
    #[error("not computed")]
    NotComputed,
    /// A list for a tool that writes to customers, of a file that has no addresses.
    #[error("no addresses")]
    NoAddresses,
    /// Nobody with this id had ordered by the as-of date.
    #[error("no such customer")]
    NoSuchCustomer,
}

/// Indented JSON that ends in a line break. The content comes without its type, so that the code that writes JSON is
/// there once and not once for each report.
fn json_file(name: &str, content: &dyn erased_serde::Serialize) -> File {
    // Fails for maps whose keys are no texts, and ours are.
    let mut bytes = serde_json::to_vec_pretty(content).unwrap_or_default();
    bytes.push(b'\n');
    File {
        name: name.to_owned(),
        mime: JSON.to_owned(),
        bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_files_have_one_name_in_whatever_order_they_come() {
        for (names, expected) in [
            (&["orders.csv"][..], "orders.csv"),
            (
                &[
                    "orders-2024-02.csv",
                    "orders-2024-03.csv",
                    "orders-2024-01.csv",
                ],
                "orders-2024-01 and 2 more.csv",
            ),
            (
                &["orders-2024-12.csv", "orders-2024-11.csv"],
                "orders-2024-11 and 1 more.csv",
            ),
            (
                &["orders-2024-12.csv", "orders-2025-01.csv"],
                "orders-2024-12 and 1 more.csv",
            ),
            (&["주문 1월.csv", "주문 2월.csv"], "주문 1월 and 1 more.csv"),
            (&["feb.csv", "jan.csv", "mar.csv"], "feb and 2 more.csv"),
            (&["orders", "orders_b"], "orders and 1 more"),
        ] {
            assert_eq!(name_of_set(names), expected);
        }
        let name = name_after("2024-01_주문 and 2 more.csv", "customers.csv");
        assert_eq!(name, "2024-01_주문-and-2-more-customers.csv");
    }

    #[test]
    fn a_file_is_named_after_its_source_in_letters_that_every_system_takes() {
        for (source, expected) in [
            ("orders.csv", "orders-customers.csv"),
            ("주문 내역 (2024년).csv", "주문-내역-2024년-customers.csv"),
            ("shop.2024.tsv", "shop-2024-customers.csv"),
            (
                "../../etc/pass<w>d\u{202e}.csv",
                "etc-pass-w-d-customers.csv",
            ),
            ("=cmd|' /C.csv", "cmd-C-customers.csv"),
            ("no_extension", "no_extension-customers.csv"),
            (".csv", "csv-customers.csv"),
            ("???.csv", "customers.csv"),
            ("", "customers.csv"),
        ] {
            assert_eq!(name_after(source, "customers.csv"), expected, "{source}");
        }
        let long = "가".repeat(500);
        let name = name_after(&long, "customers.csv");
        assert_eq!(name.chars().count(), 60 + "-customers.csv".len());
    }
}
