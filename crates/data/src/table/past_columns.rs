//! Rows to what the columns said on earlier days: as `attributes` makes them of all rows, day by day.
//!
//! Within a day nothing depends on the order of the rows: of texts the latest moment counts, and at one moment the same
//! rule as there. Rows without a day are known on all days. Invariant: on the last day of a file whose rows have days
//! each column says what [`Table::dataset`] says of it, to the bit.

use super::super::columns::{NO_CODE, NO_DAY, NO_UNITS};
use super::super::past_columns::{PastColumn, PastColumns, Redone, Said, Steps};
use super::super::{Choices, Day, Names, TableKind};
use super::Table;
use super::attributes::AttributeColumn;
use super::customers::Customers;

/// A row of a customer: the number of the customer, day, second of the day, and place.
type Row = (u32, i32, u32, u32);

impl Table {
    /// What the columns said of the customers of [`Table::dataset`] on earlier days, by place among its attributes.
    pub fn past_columns(&self, choices: Choices) -> PastColumns {
        if self.kind != TableKind::Orders || self.attributes.is_empty() {
            return PastColumns::new(Vec::new());
        }
        let customers = Customers::new(self, self.effective(choices).active());
        let rows = self.dated_rows(&|row| customers.of_row[row]);
        let columns = self.attributes.iter().map(|column| {
            // Who says no says so in a row that does not count, too.
            let others = column.has_refusals().then(|| {
                let owner = self.owners(&customers);
                self.dated_rows(&|row| match customers.of_row[row] {
                    NO_CODE => owner(row),
                    customer => customer,
                })
            });
            let of_column = others.as_deref().unwrap_or(&rows);
            self.past_column(column, of_column, &rows, customers.names.len())
        });
        PastColumns::new(columns.collect())
    }

    /// The rows of customers, each customer's in their order in time.
    fn dated_rows(&self, customer_of: &dyn Fn(usize) -> u32) -> Vec<Row> {
        let rows = (0..self.n_rows).filter_map(|row| {
            let customer = customer_of(row);
            let day = self.days.as_ref().map_or(NO_DAY, |days| days.get(row));
            let second = self.seconds.as_ref().map_or(0, |column| column.get(row));
            (customer != NO_CODE).then_some((customer, day, second, row as u32))
        });
        let mut rows: Vec<Row> = rows.collect();
        rows.sort_unstable();
        rows
    }

    /// `rows` are those of the column, `counted` those that say from when on somebody is a customer.
    fn past_column(
        &self,
        column: &AttributeColumn,
        rows: &[Row],
        counted: &[Row],
        n_customers: usize,
    ) -> Option<PastColumn> {
        let mut firsts = vec![Day::from_number(i32::MAX); n_customers];
        for &(customer, day, ..) in counted.iter().rev() {
            firsts[customer as usize] = Day::from_number(day);
        }
        let firsts = firsts.into_iter();
        let said = match column.numbers() {
            Some((_, numbers)) => {
                let by_code: Vec<i64> = numbers.units.iter().collect();
                let one = 10_f64.powi(i32::from(numbers.scale));
                let steps = self.past_means(column.place(), rows, &by_code, one, n_customers);
                (!steps.never_change(firsts)).then_some(Said::Numbers(steps))
            }
            None => {
                let mut texts = Names::default();
                let steps = self.past_texts(column, rows, &mut texts, n_customers);
                (!steps.never_change(firsts)).then_some(Said::Texts(texts, steps))
            }
        };
        said.map(|said| PastColumn {
            said,
            redone: Redone::default(),
        })
    }

    fn past_means(
        &self,
        place: usize,
        rows: &[Row],
        by_code: &[i64],
        one: f64,
        n_customers: usize,
    ) -> Steps<f64> {
        let codes = self.texts[place].codes();
        let mut steps = Steps::default();
        each_customer(rows, n_customers, &mut |own| {
            steps.begin();
            let (mut sum, mut n_values) = (0_i128, 0_u32);
            for of_day in own.chunk_by(|one, other| one.1 == other.1) {
                for &(.., row) in of_day {
                    let code = codes.get(row as usize) as usize;
                    let units = by_code.get(code).copied().unwrap_or(NO_UNITS);
                    if units != NO_UNITS {
                        sum += i128::from(units);
                        n_values += 1;
                    }
                }
                if n_values > 0 {
                    let mean = sum as f64 / (f64::from(n_values) * one);
                    steps.push(Day::from_number(of_day[0].1), mean);
                }
            }
        });
        steps
    }

    fn past_texts(
        &self,
        column: &AttributeColumn,
        rows: &[Row],
        texts: &mut Names,
        n_customers: usize,
    ) -> Steps<u32> {
        let own_texts = &self.texts[column.place()];
        let mut steps = Steps::default();
        each_customer(rows, n_customers, &mut |own| {
            steps.begin();
            for of_day in own.chunk_by(|one, other| one.1 == other.1) {
                let mut best: Option<(u32, u32)> = None;
                for &(_, _, second, row) in of_day {
                    let code = own_texts.codes().get(row as usize);
                    if code == NO_CODE {
                        continue;
                    }
                    let is_better = best.is_none_or(|(at, known)| {
                        second > at
                            || second == at
                                && code != known
                                && column.is_first(own_texts.names(), code, known)
                    });
                    if is_better {
                        best = Some((second, code));
                    }
                }
                if let Some((_, code)) = best {
                    let code = texts.intern(own_texts.names().bytes_of(code));
                    steps.push(Day::from_number(of_day[0].1), code);
                }
            }
        });
        steps
    }
}

/// Calls `visit` with the rows of each customer, in the order of their numbers; with none where there are none.
fn each_customer(rows: &[Row], n_customers: usize, visit: &mut dyn FnMut(&[Row])) {
    let mut rest = rows;
    for customer in 0..n_customers as u32 {
        let n_own = rest.partition_point(|row| row.0 == customer);
        let (own, after) = rest.split_at(n_own);
        rest = after;
        visit(own);
    }
}
