//! Cells as people write them: numbers, dates, ids, and the many ways of writing nothing.
//!
//! Everything here is a function of the cell's bytes and the mapping alone; what cannot be read is `None`, never a
//! guess.

mod date;
mod number;
mod text;

pub(super) use date::{Moment, Written, counted, form_of, moment, the_one, written};
pub(super) use number::{Decimal, decimal, exact_decimal, short_decimal};
pub(super) use text::{customer_id, id, is_absent, is_missing, trimmed};
