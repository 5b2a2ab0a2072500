//! Bytes to [`Dataset`]: what a file says, row by row, with nothing lost on the way.
//!
//! [`preview()`] looks at the head of a file and guesses; a person corrects the guess into a [`Mapping`];
//! an [`Importer`] is then fed the whole file in pieces of any size and ends in a [`Table`] that keeps every row.
//! [`Table::dataset`] applies the [`Choices`] on which rows count, and [`Table::ledger`] accounts for all of them.
//!
//! Invariants: no words for users; no clock; no row is dropped without a [`Reason`]; nothing depends on row order.

mod addresses;
mod again;
mod cancelled;
mod check;
mod columns;
mod columns_seen;
mod contacts;
mod csv_rows;
mod curly;
mod currency;
mod dataset;
mod date_orders;
mod day;
mod decoder;
mod dialect;
mod drawn;
mod encoding;
mod error;
mod fit;
mod formula;
mod frame;
mod guess;
pub mod habits;
mod header_words;
mod import;
mod joined;
mod ledger;
mod left_out;
mod lenient;
mod mapping;
mod money;
mod names;
mod naming;
mod order;
mod order_totals;
mod other_form;
mod packed_problem;
mod padding;
mod parcel;
mod past_columns;
mod plain_table;
mod plan;
mod preview;
mod reader;
mod row_hash;
mod rows;
mod source_file;
mod stretch;
mod survey;
mod table;
mod tail;
mod to_come;
mod together;
mod tokenise;
mod values;
mod workbook_problem;

pub use addresses::{Addresses, Contact};
pub use contacts::{Agreed, Consent, Contacts};
pub use csv_rows::{CsvCell, CsvForm};
pub use currency::Currency;
pub use dataset::{
    Attribute, AttributeValues, Dataset, DaysByCustomer, History, Orders, Returns, SetAside,
    Standing, Summaries, Treated,
};
pub use day::Day;
pub use decoder::{Decoder, Decoders};
pub use error::{BinaryKind, ImportError};
pub use import::Importer;
pub use joined::{Joined, MarginFrom, ProductFacts};
pub use joined::{join, unmatched};
pub use ledger::{
    Beside, Bucket, Choices, FileAccount, Ledger, PassedRows, Reason, ReasonSet, Returned,
};
pub use left_out::LeftOutRows;
pub use mapping::{
    DateNumbers, DateOrder, DecimalMark, Delimiter, Dialect, Encoding, Escape, Mapping, QuoteMark,
    Role, TableKind,
};
pub use money::Money;
pub use names::Names;
pub use order::places_in_order;
pub use other_form::OtherForm;
pub use other_form::is_excel_xml;
pub use packed_problem::PackedProblem;
pub use past_columns::{ColumnOn, PastColumn, PastColumns, Redone, Said as PastSaid, Steps};
pub use plain_table::{PlainTable, Repairs};
pub use preview::{
    BetterCustomer, Column, ColumnKind, PREVIEW_BYTES, Preview, preview, preview_of_any_table,
    preview_with,
};
pub use stretch::{Known, Stretch, StretchImporter};
pub use survey::{ColumnType, Distinct, Far, Oddity, Quartiles, Survey, SurveyedColumn, Surveyor};
pub use table::{Channel, Rate, Spend, SpendTotals, Table};
pub use to_come::ToCome;
pub use together::{Kind, Part, Placed, Roles, Said, goes_on, placed};
pub use workbook_problem::WorkbookProblem;
