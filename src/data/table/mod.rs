//! Every row of a file in typed columns, each with its reasons to be left out.
//!
//! Which rows count is decided by the [`Choices`] each time, so that a toggle needs no second reading of the file.

mod accounts;
mod attributes;
mod customers;
mod events;
mod histories;
mod id_like;
mod marks;
mod overlaps;
mod spend;

use super::columns::{Blocks, Lines, TextColumn, Units};
use super::plan::{Plan, TextRoles};
use super::rows::Rows;
use super::source_file::SourceFile;
use super::{Choices, Dataset, History, ImportError, Ledger, Names, Reason, ReasonSet, TableKind};
pub use spend::{Channel, Spend};

use accounts::Accounts;
use attributes::AttributeColumn;
use customers::Customers;

/// Every row of a file in typed columns, each with its reasons to be left out.
#[derive(Clone, Debug)]
pub struct Table {
    files: Vec<SourceFile>,
    n_rows: usize,
    kind: TableKind,
    headers: Vec<String>,
    given_up: Vec<String>,
    roles: TextRoles,
    texts: Vec<TextColumn>,
    /// Customers' numbers in byte order of their ids.
    customers_in_order: Vec<u32>,
    days: Option<Blocks<i32>>,
    seconds: Option<Blocks<u32>>,
    amounts: Option<Units>,
    recency_days: Option<Blocks<i32>>,
    n_orders: Option<Blocks<u32>>,
    attributes: Vec<AttributeColumn>,
    reasons: Blocks<u16>,
    accounts: Accounts,
    lines: Lines,
}

impl Table {
    /// What the rows of `files` come to, once all are read.
    pub(super) fn new(mut files: Vec<SourceFile>, rows: Rows) -> Self {
        let n_rows = rows.len();
        let Rows {
            plan,
            texts,
            mut reasons,
            ..
        } = rows;
        let keep = |is_kept: bool| is_kept.then_some(());
        let mut unfit = Vec::new();
        let amounts =
            keep(plan.has_money()).map(|()| rows.amounts.into_units(|row| unfit.push(row)));
        marks::unreadable(&mut reasons, &unfit);
        mark_rows(&mut reasons, &plan, &texts, &rows.hashes);
        // Rows of which a text was not kept cannot be held against each other.
        let is_whole = !texts.iter().any(TextColumn::is_given_up);
        if files.len() > 1 && plan.table == TableKind::Orders && is_whole {
            let keys = overlaps::Keys {
                texts: &texts,
                days: &rows.days,
                seconds: rows.seconds.as_ref(),
                units: amounts.as_ref().map(|amounts| &amounts.units),
            };
            overlaps::mark(&mut reasons, &keys, &mut files);
        }
        let accounts = Accounts::new(&reasons, amounts.as_ref());
        let customers_in_order = plan
            .roles
            .customer
            .map_or_else(Vec::new, |column| texts[column].names().in_byte_order());
        let attributes = plan.texts.iter().zip(&texts).enumerate();
        let attributes = attributes
            .filter(|(_, ((_, is_attribute), column))| *is_attribute && !column.is_given_up())
            .map(|(place, ((header, _), column))| {
                AttributeColumn::new(header.clone(), place, column, rows.decimal_mark)
            })
            .collect();
        let given_up = plan.texts.iter().zip(&texts);
        let given_up = given_up
            .filter(|(_, column)| column.is_given_up())
            .map(|((header, _), _)| header.clone())
            .collect();
        Self {
            files,
            n_rows,
            kind: plan.table,
            headers: plan.headers,
            given_up,
            roles: plan.roles,
            customers_in_order,
            days: keep(plan.has_date).map(|()| rows.days),
            seconds: rows.seconds,
            amounts,
            recency_days: keep(plan.has_recency).map(|()| rows.recency_days),
            n_orders: keep(plan.has_orders).map(|()| rows.n_orders),
            attributes,
            texts,
            reasons,
            accounts,
            lines: rows.lines,
        }
    }

    /// The customers of the rows that count under `choices`.
    ///
    /// # Errors
    /// [`ImportError::NoUsableRows`] where no row counts.
    pub fn dataset(&self, choices: Choices) -> Result<Dataset, ImportError> {
        let active = self.effective(choices).active();
        let customers = Customers::new(self, active);
        if customers.names.is_empty() {
            return Err(self.nothing_to_use(choices));
        }
        let history = match self.kind {
            TableKind::Customers => History::Summaries(self.summaries(&customers)),
            _ => History::Orders(self.orders(&customers)),
        };
        let attributes = self.attributes.iter();
        Ok(Dataset {
            attributes: attributes
                .map(|column| column.by_customer(self, &customers))
                .collect(),
            customers: customers.names,
            history,
            has_money: self.amounts.is_some(),
        })
    }

    /// The account of all rows under `choices`.
    pub fn ledger(&self, choices: Choices) -> Ledger {
        let choices = self.effective(choices);
        let files = self.files.iter().map(SourceFile::account).collect();
        let place_of = |row: usize| (self.file_of(row) as u32, self.lines.of(row));
        self.accounts.ledger(files, choices, place_of)
    }

    /// The place of the file that a row is of.
    fn file_of(&self, row: usize) -> usize {
        let later = self.files.partition_point(|file| file.first_row <= row);
        later.saturating_sub(1)
    }

    /// What one row of the file is.
    pub const fn kind(&self) -> TableKind {
        self.kind
    }

    /// Rows of the file, its header not counted.
    pub const fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// The columns of the file.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Columns that were not kept because their texts are too many: free texts in a very large file.
    pub fn given_up(&self) -> &[String] {
        &self.given_up
    }

    /// In a table of customers nobody can be counted twice, whatever the choices are.
    pub(super) fn effective(&self, choices: Choices) -> Choices {
        match self.kind {
            TableKind::Customers => choices.set(Reason::Duplicate, true),
            _ => choices,
        }
    }

    pub(super) fn files(&self) -> &[SourceFile] {
        &self.files
    }

    pub(super) fn reasons_of(&self, row: usize) -> ReasonSet {
        ReasonSet::from_bits(self.reasons.get(row))
    }

    fn nothing_to_use(&self, choices: Choices) -> ImportError {
        let ledger = self.ledger(choices);
        let left_out = ledger
            .buckets
            .iter()
            .filter_map(|bucket| Some((bucket.n_rows, bucket.reason?)));
        // Of equally frequent reasons the one of highest precedence.
        let mostly = left_out.rev().max_by_key(|&(n_rows, _)| n_rows);
        ImportError::NoUsableRows {
            n_rows: ledger.n_rows,
            mostly: mostly.map_or(Reason::Blank, |(_, reason)| reason),
        }
    }

    fn customer_names(&self) -> Option<&Names> {
        self.roles.customer.map(|column| self.texts[column].names())
    }
}

/// Notes the reasons that only the whole file shows.
fn mark_rows(reasons: &mut Blocks<u16>, plan: &Plan, texts: &[TextColumn], hashes: &Blocks<u64>) {
    match plan.table {
        TableKind::Customers => {
            if let Some(column) = plan.roles.customer {
                marks::repeated_customers(reasons, &texts[column], hashes);
            }
        }
        _ => {
            if let Some(column) = plan.roles.order {
                marks::cancelled_orders(reasons, &texts[column]);
            }
            if let Some(column) = plan.roles.status {
                marks::cancelled_status(reasons, &texts[column], &plan.texts[column].0);
            }
            marks::duplicates(reasons, hashes);
        }
    }
}
