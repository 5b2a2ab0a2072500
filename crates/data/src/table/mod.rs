//! Every row of a file in typed columns, each with its reasons to be left out.
//!
//! Which rows count is decided by the [`Choices`] each time, so that a toggle needs no second reading of the file.

mod accounts;
mod attributes;
mod customers;
mod events;
mod first_values;
mod habits;
mod histories;
mod id_like;
mod known;
mod margins;
mod marks;
#[cfg(test)]
mod memory;
mod order_keys;
mod order_parts;
mod order_totals;
mod overlaps;
mod past_columns;
mod product_values;
mod products;
mod returns;
mod spend;

use super::columns::{Blocks, FewNumbers, Lines, Narrow, TextColumn, Units};
use super::guess::Headers;
use super::plan::{CellPlan, Plan, TextRoles};
use super::rows::Rows;
use super::source_file::SourceFile;
use super::{
    Attribute, Choices, Dataset, DecimalMark, History, ImportError, Ledger, Names, Orders, Reason,
    ReasonSet, Role, TableKind, Treated,
};
pub(super) use known::KnownColumn;
pub use spend::{Channel, Rate, Spend, SpendTotals};

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
    /// By column what its cells became.
    cells: Vec<CellPlan>,
    given_up: Vec<String>,
    roles: TextRoles,
    texts: Vec<TextColumn>,
    /// Customers' numbers in byte order of their ids.
    customers_in_order: Vec<u32>,
    days: Option<Narrow<i32>>,
    seconds: Option<Narrow<u32>>,
    amounts: Option<Units>,
    pieces: Option<FewNumbers>,
    /// Whether an amount is the price of one piece, since nothing says how many.
    is_price_of_one: bool,
    decimal_mark: DecimalMark,
    product_header: String,
    category_header: String,
    margin_header: String,
    recency_days: Option<Narrow<i32>>,
    n_orders: Option<Narrow<u32>>,
    attributes: Vec<AttributeColumn>,
    reasons: Blocks<u16>,
    accounts: Accounts,
    lines: Lines,
}

impl Table {
    /// What the rows of `files` come to, once all are read.
    pub(super) fn new(mut files: Vec<SourceFile>, mut rows: Rows) -> Self {
        let n_rows = rows.len();
        rows.texts
            .iter_mut()
            .for_each(TextColumn::forget_neighbours);
        let mut reasons = std::mem::take(&mut rows.reasons);
        let mut unfit = Vec::new();
        let amounts = std::mem::take(&mut rows.amounts);
        let has_money = rows.plan.has_money().then_some(());
        let amounts = has_money.map(|()| amounts.into_units(|row| unfit.push(row)));
        marks::unreadable(&mut reasons, &unfit);
        mark_rows(&mut reasons, &rows.plan, &rows.texts, &rows.hashes);
        let n_split_orders = mark_overlaps(&mut reasons, &rows, amounts.as_ref(), &mut files);
        let n_further_lines = order_totals::mark(&mut reasons, &rows, amounts.as_ref());
        rows.hashes = Blocks::default();
        let accounts = Accounts::new(&reasons, amounts.as_ref());
        let accounts = accounts.with_orders(n_split_orders, n_further_lines);
        let Rows { plan, texts, .. } = rows;
        let keep = |is_kept: bool| is_kept.then_some(());
        let customers_in_order = plan
            .roles
            .customer
            .map_or_else(Vec::new, |column| texts[column].names().in_byte_order());
        let attributes = attribute_columns(&plan, &texts, rows.decimal_mark);
        let given_up = plan.texts.iter().zip(&texts);
        let given_up = given_up
            .filter(|(_, column)| column.is_given_up())
            .map(|((header, _), _)| header.clone())
            .collect();
        Self {
            n_rows,
            kind: plan.table,
            is_price_of_one: plan.has_price && !plan.has_amount && !plan.has_pieces,
            decimal_mark: rows.decimal_mark,
            product_header: plan.text_header(plan.roles.product),
            category_header: plan.text_header(plan.roles.category),
            margin_header: plan.text_header(plan.roles.margin),
            cells: in_table_order(plan.cells, &files),
            headers: plan.headers,
            files,
            given_up,
            roles: plan.roles,
            customers_in_order,
            days: keep(plan.has_date).map(|()| rows.days),
            seconds: rows.seconds,
            amounts,
            pieces: rows.pieces,
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
            _ => History::Orders(Orders {
                returns: self.returns(&customers, choices),
                ..self.orders(&customers)
            }),
        };
        Ok(Dataset {
            attributes: self.attributes_of(&customers),
            customers: customers.names,
            history,
            has_money: self.amounts.is_some(),
            treated: Treated::default(),
        })
    }

    /// The further columns, and behind them how long ago it is what those of dates say.
    fn attributes_of(&self, customers: &Customers) -> Vec<Attribute> {
        let columns = self.attributes.iter();
        let mut attributes: Vec<Attribute> = columns
            .map(|column| column.by_customer(self, customers))
            .collect();
        let columns = self.attributes.iter();
        attributes.extend(columns.filter_map(|column| column.day_by_customer(self, customers)));
        attributes
    }

    /// The account of all rows under `choices`.
    pub fn ledger(&self, choices: Choices) -> Ledger {
        let choices = self.effective(choices);
        let files = self.files.iter().map(SourceFile::account).collect();
        let place_of = |row: usize| (self.file_of(row) as u32, self.lines.of(row));
        let returns = self.returned(choices);
        self.accounts.ledger(files, choices, returns, place_of)
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

    /// The role of the column of this name; `None` where it has none, or there is no such column.
    pub fn role_named(&self, header: &str) -> Option<Role> {
        let place = self.headers.iter().position(|own| own == header)?;
        self.role_of(*self.cells.get(place)?)
    }

    /// The columns of the file.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Columns that were not kept because their texts are too many: free texts in a very large file.
    pub fn given_up(&self) -> &[String] {
        &self.given_up
    }

    /// In a table of customers or products none can be counted twice, whatever the choices are.
    pub(super) fn effective(&self, choices: Choices) -> Choices {
        match self.kind {
            TableKind::Customers | TableKind::Products => choices.set(Reason::Duplicate, true),
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

/// The columns of text that say something of customers.
fn attribute_columns(plan: &Plan, texts: &[TextColumn], mark: DecimalMark) -> Vec<AttributeColumn> {
    let names = Headers::read();
    let attributes = plan.texts.iter().zip(texts).enumerate();
    attributes
        .filter(|(_, ((_, is_attribute), column))| *is_attribute && !column.is_given_up())
        .map(|(place, ((header, _), column))| {
            AttributeColumn::new(&names, header.clone(), place, column, plan, mark)
        })
        .collect()
}

/// Notes the rows that an earlier file has, and counts orders of which several files have rows that differ.
fn mark_overlaps(
    reasons: &mut Blocks<u16>,
    rows: &Rows,
    amounts: Option<&Units>,
    files: &mut [SourceFile],
) -> u64 {
    if files.len() < 2 || rows.plan.table != TableKind::Orders {
        return 0;
    }
    let keys = overlaps::Keys::new(rows, amounts.map(|amounts| &amounts.units));
    overlaps::mark(reasons, keys, files);
    rows.plan.roles.order.map_or(0, |column| {
        overlaps::n_split_orders(reasons, &rows.texts[column], files)
    })
}

/// The plan is that of the last file, whose columns may stand in another order.
fn in_table_order(cells: Vec<CellPlan>, files: &[SourceFile]) -> Vec<CellPlan> {
    match files.last().and_then(|file| file.places.as_ref()) {
        Some(places) => places.iter().map(|&place| cells[place]).collect(),
        None => cells,
    }
}

/// Notes the reasons that only the whole file shows.
fn mark_rows(reasons: &mut Blocks<u16>, plan: &Plan, texts: &[TextColumn], hashes: &Blocks<u64>) {
    match plan.table {
        TableKind::Customers | TableKind::Products => {
            if let Some(column) = plan.key() {
                marks::repeated_keys(reasons, &texts[column], hashes);
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
