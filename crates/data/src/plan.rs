//! What is to be done with each cell of a row: the mapping, resolved against the columns of the file.

use super::values::{Moment, counted, decimal, moment};
use super::{
    DateNumbers, DateOrder, Day, DecimalMark, ImportError, Mapping, Preview, Role, TableKind,
};

/// What a cell becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellPlan {
    /// An id in the text column with this number.
    Id(usize),
    /// A text in the text column with this number.
    Text(usize),
    /// The row's day.
    Date,
    /// A number.
    Number(Quantity),
}

impl CellPlan {
    /// Whether a cell of a further file is read as this one, in whatever text column.
    fn is_alike(self, other: Self) -> bool {
        match (self, other) {
            (Self::Id(_), Self::Id(_)) | (Self::Text(_), Self::Text(_)) => true,
            _ => self == other,
        }
    }
}

/// The numbers of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Amount,
    Pieces,
    Price,
    RecencyDays,
    Orders,
}

impl Quantity {
    /// How many there are.
    pub(super) const COUNT: usize = 5;
}

/// Where the texts of a role are: places among the text columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TextRoles {
    pub(super) customer: Option<usize>,
    pub(super) order: Option<usize>,
    pub(super) product: Option<usize>,
    pub(super) category: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) unit_cost: Option<usize>,
    pub(super) margin: Option<usize>,
    pub(super) tags: Option<usize>,
}

/// What is to be done with each cell.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) table: TableKind,
    /// By column of the file, then by column that it lacks and files before it have.
    pub(super) cells: Vec<CellPlan>,
    /// Columns of the file.
    pub(super) n_columns: usize,
    /// By column of the first file.
    pub(super) headers: Vec<String>,
    /// Cells that a row must have: trailing columns without a name may be missing.
    pub(super) n_required: usize,
    /// By text column: its header, and whether nobody gave it a role.
    pub(super) texts: Vec<(String, bool)>,
    pub(super) roles: TextRoles,
    pub(super) has_amount: bool,
    pub(super) has_pieces: bool,
    pub(super) has_price: bool,
    pub(super) has_recency: bool,
    pub(super) has_orders: bool,
    pub(super) has_date: bool,
    pub(super) date_order: Option<DateOrder>,
    /// The same, where it is that of all files: how dates of columns without a role are read that do not show it.
    pub(super) common_order: Option<DateOrder>,
    pub(super) decimal_mark: DecimalMark,
    pub(super) date_numbers: Option<DateNumbers>,
}

/// How the numbers and dates of a file are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellForms {
    date_order: Option<DateOrder>,
    pub(super) decimal_mark: DecimalMark,
    date_numbers: Option<DateNumbers>,
}

impl CellForms {
    /// The moment that a trimmed cell of a column of dates says.
    pub(super) fn moment(&self, cell: &[u8]) -> Option<Moment> {
        let counted_by = |form| counted(decimal(cell, self.decimal_mark)?, form);
        moment(cell, self.date_order).or_else(|| counted_by(self.date_numbers?))
    }

    /// The day that a trimmed cell of a column without a role says: numbers are none.
    pub(super) fn day(&self, cell: &[u8]) -> Option<Day> {
        Some(moment(cell, self.date_order)?.day)
    }
}

impl Plan {
    /// How numbers and dates are written.
    pub(super) const fn forms(&self) -> CellForms {
        CellForms {
            date_order: self.date_order,
            decimal_mark: self.decimal_mark,
            date_numbers: self.date_numbers,
        }
    }

    /// Resolves `mapping` against the columns that `preview` found.
    pub(super) fn new(preview: &Preview, mapping: &Mapping) -> Result<Self, ImportError> {
        mapping.check(preview)?;
        // What a column shows itself goes before what another one shows.
        let date_order = shown_order(preview, mapping).or(mapping.date_order);
        let headers: Vec<String> = preview
            .columns
            .iter()
            .map(|column| column.header.clone())
            .collect();
        let mut plan = Self {
            table: mapping.table,
            cells: Vec::with_capacity(headers.len()),
            n_columns: headers.len(),
            n_required: n_required(&headers, mapping.dialect.has_header),
            headers,
            texts: Vec::new(),
            roles: TextRoles::default(),
            has_amount: false,
            has_pieces: false,
            has_price: false,
            has_recency: false,
            has_orders: false,
            has_date: false,
            date_order,
            common_order: date_order,
            decimal_mark: mapping.decimal_mark,
            date_numbers: mapping
                .date_numbers
                .or_else(|| date_numbers(preview, mapping)),
        };
        for (place, role) in roles_by_column(preview, mapping).into_iter().enumerate() {
            let cell = plan.cell_of(place, role);
            plan.cells.push(cell);
        }
        Ok(plan)
    }

    /// The plan of a further file with the same columns, in whatever order, or without some that orders can do without;
    /// by column of the table where it stands there, or `None` where all stand in the same order. Columns that it lacks
    /// stand behind its own.
    ///
    /// # Errors
    /// As [`Plan::new`]; [`ImportError::OtherColumns`] where its columns or their roles are others.
    pub(super) fn of_further(
        &self,
        preview: &Preview,
        mapping: &Mapping,
    ) -> Result<(Self, Option<Vec<usize>>), ImportError> {
        let plan = Self::new(preview, mapping)?;
        let (cells, places) = self.cells_in(&plan).ok_or(ImportError::OtherColumns {
            n_expected: self.headers.len() as u64,
        })?;
        let common = self.common_order;
        let plan = Self {
            cells,
            n_columns: plan.n_columns,
            n_required: plan.n_required,
            date_order: plan.date_order,
            common_order: common.filter(|order| plan.date_order == Some(*order)),
            decimal_mark: plan.decimal_mark,
            date_numbers: plan.date_numbers,
            ..self.clone()
        };
        let is_whole = plan.n_columns == places.len();
        let is_in_order = is_whole && places.iter().enumerate().all(|(own, &there)| own == there);
        Ok((plan, (!is_in_order).then_some(places)))
    }

    /// What becomes of the cells of a further file by its own plan, and by column of the table where it stands there;
    /// `None` where it has other columns, or the same with other roles.
    fn cells_in(&self, further: &Self) -> Option<(Vec<CellPlan>, Vec<usize>)> {
        let is_known = |header: &String| self.headers.contains(header);
        if further.table != self.table || !further.headers.iter().all(is_known) {
            return None;
        }
        let mut cells = further.cells.clone();
        let mut places = Vec::with_capacity(self.headers.len());
        for (&cell, header) in self.cells.iter().zip(&self.headers) {
            let place = further.headers.iter().position(|own| own == header);
            match place {
                Some(place) if cell.is_alike(cells[place]) => cells[place] = cell,
                None if self.can_lack(cell) => cells.push(cell),
                _ => return None,
            }
            places.push(place.unwrap_or(cells.len() - 1));
        }
        Some((cells, places))
    }

    /// Whether a file of orders can do without a column: not without customer, date and what was paid.
    fn can_lack(&self, cell: CellPlan) -> bool {
        let is_needed = match cell {
            CellPlan::Id(column) | CellPlan::Text(column) => self.key() == Some(column),
            CellPlan::Number(Quantity::Pieces | Quantity::Price) => !self.has_amount,
            CellPlan::Number(_) | CellPlan::Date => true,
        };
        self.table == TableKind::Orders && !is_needed
    }

    /// The text column without which a row is of nobody, or of nothing.
    pub(super) const fn key(&self) -> Option<usize> {
        match self.table {
            TableKind::Products => self.roles.product,
            _ => self.roles.customer,
        }
    }

    /// The header of a text column; nothing where there is no such column.
    pub(super) fn text_header(&self, column: Option<usize>) -> String {
        let text = column.and_then(|column| self.texts.get(column));
        text.map_or_else(String::new, |(header, _)| header.clone())
    }

    /// Whether the file has money. A price without a number of pieces is that of one piece.
    pub(super) const fn has_money(&self) -> bool {
        self.has_amount || self.has_price
    }

    /// The moment that a trimmed cell counts, where cells of dates are numbers.
    pub(super) fn counted(&self, cell: &[u8]) -> Option<Moment> {
        let form = self.date_numbers?;
        counted(decimal(cell, self.decimal_mark)?, form)
    }

    fn cell_of(&mut self, place: usize, role: Option<Role>) -> CellPlan {
        let number = |quantity: Quantity, has: &mut bool| {
            *has = true;
            CellPlan::Number(quantity)
        };
        match role {
            Some(Role::Date | Role::LastDate) => {
                self.has_date = true;
                CellPlan::Date
            }
            Some(Role::Amount) => number(Quantity::Amount, &mut self.has_amount),
            Some(Role::Quantity) => number(Quantity::Pieces, &mut self.has_pieces),
            Some(Role::Price) => number(Quantity::Price, &mut self.has_price),
            Some(Role::RecencyDays) => number(Quantity::RecencyDays, &mut self.has_recency),
            Some(Role::Orders) => number(Quantity::Orders, &mut self.has_orders),
            Some(Role::Customer) => CellPlan::Id(self.text_of(place, |roles| &mut roles.customer)),
            Some(Role::Order) => CellPlan::Id(self.text_of(place, |roles| &mut roles.order)),
            Some(Role::Product) => {
                let column = self.text_of(place, |roles| &mut roles.product);
                match self.table {
                    TableKind::Products => CellPlan::Id(column),
                    _ => CellPlan::Text(column),
                }
            }
            Some(Role::UnitCost) => {
                CellPlan::Text(self.text_of(place, |roles| &mut roles.unit_cost))
            }
            Some(Role::Margin) => CellPlan::Text(self.text_of(place, |roles| &mut roles.margin)),
            Some(Role::Tags) => CellPlan::Text(self.text_of(place, |roles| &mut roles.tags)),
            Some(Role::Category) => {
                CellPlan::Text(self.text_of(place, |roles| &mut roles.category))
            }
            Some(Role::Status) => CellPlan::Text(self.text_of(place, |roles| &mut roles.status)),
            None => {
                self.texts.push((self.headers[place].clone(), true));
                CellPlan::Text(self.texts.len() - 1)
            }
        }
    }

    fn text_of(
        &mut self,
        place: usize,
        role: impl Fn(&mut TextRoles) -> &mut Option<usize>,
    ) -> usize {
        let column = self.texts.len();
        self.texts.push((self.headers[place].clone(), false));
        *role(&mut self.roles) = Some(column);
        column
    }
}

/// What the numbers in a column of dates count, as the preview saw it.
fn date_numbers(preview: &Preview, mapping: &Mapping) -> Option<DateNumbers> {
    let roles = mapping.roles.iter().filter(|(role, _)| role.is_date());
    let mut columns = roles.filter_map(|(_, header)| {
        let column = preview
            .columns
            .iter()
            .find(|column| &column.header == header);
        column?.date_numbers
    });
    columns.next()
}

/// The order in which the dates of the column with the role are written, where they show it.
fn shown_order(preview: &Preview, mapping: &Mapping) -> Option<DateOrder> {
    let mut roles = [Role::Date, Role::LastDate].into_iter();
    let header = roles.find_map(|role| mapping.roles.get(&role))?;
    let column = preview
        .columns
        .iter()
        .find(|column| &column.header == header);
    column?.date_order
}

/// By column of the file; the mapping has been checked.
fn roles_by_column(preview: &Preview, mapping: &Mapping) -> Vec<Option<Role>> {
    let role_of = |header: &String| {
        let roles = Role::of(mapping.table).iter();
        roles
            .copied()
            .find(|role| mapping.roles.get(role) == Some(header))
    };
    let headers = preview.columns.iter().map(|column| &column.header);
    headers.map(role_of).collect()
}

fn n_required(headers: &[String], has_header: bool) -> usize {
    let is_unnamed = |(place, header): &(usize, &String)| {
        has_header && **header == format!("column {}", place + 1)
    };
    let n_unnamed = headers
        .iter()
        .enumerate()
        .rev()
        .take_while(is_unnamed)
        .count();
    headers.len() - n_unnamed
}
