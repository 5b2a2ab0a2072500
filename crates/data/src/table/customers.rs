//! Who the customers of the rows that count are, in byte order of their ids.
//!
//! A row without a customer that counts all the same belongs to a guest of its own order, or of its own row.

use hashbrown::HashMap;

use foldhash::fast::FixedState;

use super::super::columns::NO_CODE;
use super::super::{Names, ReasonSet};
use super::Table;

/// The customers and whose each row is.
pub(super) struct Customers {
    /// Ids in byte order.
    pub(super) names: Names,
    /// By row the customer's number, or [`NO_CODE`] where the row does not count.
    pub(super) of_row: Vec<u32>,
    /// By code of an id the customer's number, or [`NO_CODE`] where no row of it counts.
    pub(super) of_code: Vec<u32>,
}

impl Customers {
    pub(super) fn new(table: &Table, active: ReasonSet) -> Self {
        match table.roles.customer {
            Some(column) => Self::by_id(table, column, active),
            None => Self::by_row(table, active),
        }
    }

    /// Rows are their own customers; leading zeros make byte order the order of the rows.
    fn by_row(table: &Table, active: ReasonSet) -> Self {
        let width = table.n_rows.to_string().len();
        let mut names = Names::default();
        let mut of_row = Vec::with_capacity(table.n_rows);
        for (row, reasons) in table.reasons.iter().enumerate() {
            of_row.push(if reasons & active.bits() == 0 {
                names.intern(format!("{:0width$}", row + 1).as_bytes())
            } else {
                NO_CODE
            });
        }
        Self {
            names,
            of_row,
            of_code: Vec::new(),
        }
    }

    fn by_id(table: &Table, column: usize, active: ReasonSet) -> Self {
        let ids = table.texts[column].names();
        let mut guests = Guests::default();
        let mut is_present = vec![false; ids.len()];
        let mut of_row = Vec::with_capacity(table.n_rows);
        let codes = table.texts[column].codes();
        for (codes, reasons) in codes.blocks().zip(table.reasons.blocks()) {
            for (&code, &reasons) in codes.iter().zip(reasons) {
                of_row.push(if reasons & active.bits() != 0 {
                    NO_CODE
                } else if code == NO_CODE {
                    ids.len() as u32 + guests.of_row(table, of_row.len())
                } else {
                    is_present[code as usize] = true;
                    code
                });
            }
        }
        let (names, mut ranks) = ranked(table, &is_present, &guests.names);
        for code in of_row.iter_mut().filter(|code| **code != NO_CODE) {
            *code = ranks[*code as usize];
        }
        ranks.truncate(ids.len());
        Self {
            names,
            of_row,
            of_code: ranks,
        }
    }
}

/// The names in byte order, and the place of each provisional number among them.
fn ranked(table: &Table, is_present: &[bool], guests: &Names) -> (Names, Vec<u32>) {
    let mut names = Names::default();
    let mut ranks = vec![NO_CODE; is_present.len() + guests.len()];
    let Some(ids) = table.customer_names() else {
        return (names, ranks);
    };
    let known = table.customers_in_order.iter().copied();
    let mut known = known
        .filter(|&code| is_present[code as usize])
        .map(|code| (ids.bytes_of(code), code as usize))
        .peekable();
    for guest in guests.in_byte_order() {
        let text = guests.bytes_of(guest);
        while let Some((id, code)) = known.next_if(|&(id, _)| id <= text) {
            ranks[code] = names.intern(id);
        }
        ranks[is_present.len() + guest as usize] = names.intern(text);
    }
    for (id, code) in known {
        ranks[code] = names.intern(id);
    }
    (names, ranks)
}

/// Customers without an id.
#[derive(Default)]
struct Guests {
    names: Names,
    of_order: HashMap<u32, u32, FixedState>,
}

impl Guests {
    fn of_row(&mut self, table: &Table, row: usize) -> u32 {
        let orders = table.roles.order.map(|column| &table.texts[column]);
        let order = orders.map_or(NO_CODE, |orders| orders.codes().get(row));
        match orders {
            Some(orders) if order != NO_CODE => {
                let Self { names, of_order } = self;
                *of_order.entry(order).or_insert_with(|| {
                    let id = [b"guest:", orders.names().bytes_of(order)].concat();
                    names.intern(&id)
                })
            }
            _ => self
                .names
                .intern(format!("guest:line {}", table.lines.of(row)).as_bytes()),
        }
    }
}
