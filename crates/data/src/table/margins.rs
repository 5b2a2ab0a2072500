//! What products bring beyond their cost: from costs, rates or margins of a table of products.
//!
//! Invariant: a margin is an exact multiple of its scale, or not known; nothing is rounded.

use super::super::DecimalMark;
use super::super::columns::{DecimalColumn, FewNumbers, NO_CODE, NO_UNITS, TextColumn, Units};
use super::super::guess::{Headers, Measure};
use super::super::joined::MarginFrom;
use super::super::values::{Decimal, decimal, trimmed};
use super::Table;

/// What a product brings beyond its cost.
pub(super) struct Margins {
    from: MarginFrom,
    /// By row of the table of products; [`NO_UNITS`] where it does not say.
    units: Vec<i64>,
    scale: u8,
    /// The distinct numbers of pieces by their code.
    pieces: Option<Units>,
    /// Decimal places of a margin.
    pub(super) margin_scale: u8,
    /// Decimal places of the orders' amounts.
    pub(super) amount_scale: u8,
}

impl Margins {
    /// `None` where the table says no cost or margin, or the orders no number of pieces to hold it against.
    pub(super) fn new(orders: &Table, side: &Table) -> Option<Self> {
        let amount_scale = orders.amounts.as_ref()?.scale;
        let has_pieces = orders.pieces.is_some() || orders.is_price_of_one;
        let cost = side.roles.unit_cost.filter(|_| has_pieces);
        let cost = cost.map(|place| (MarginFrom::Cost, place, false));
        let margin = side.roles.margin.and_then(|place| {
            let is_rate = is_rate(&side.margin_header, &side.texts[place], side.decimal_mark);
            let from = if is_rate {
                MarginFrom::Rate
            } else {
                MarginFrom::Margin
            };
            (is_rate || has_pieces).then_some((from, place, is_rate))
        });
        let (from, place, is_rate) = cost.or(margin)?;
        let column = &side.texts[place];
        let numbers = numbers(column, side.decimal_mark, is_rate);
        let units = column.codes().iter();
        let units = units.map(|code| match code {
            NO_CODE => NO_UNITS,
            code => numbers.units.get(code as usize),
        });
        let pieces = orders.pieces.as_ref().map(FewNumbers::units);
        let scale = numbers.scale;
        let of_piece = pieces.as_ref().map_or(0, |pieces| pieces.scale) + scale;
        Some(Self {
            from,
            units: units.collect(),
            scale,
            pieces,
            margin_scale: match from {
                MarginFrom::Rate => amount_scale + scale,
                MarginFrom::Cost | MarginFrom::Margin => amount_scale.max(of_piece),
            },
            amount_scale,
        })
    }

    pub(super) const fn from(&self) -> MarginFrom {
        self.from
    }

    /// The margin of a row of the orders, of so much money, with the product of this row of the table.
    pub(super) fn of(
        &self,
        orders: &Table,
        row: usize,
        amount: i128,
        product: u32,
    ) -> Option<i128> {
        let units = *self.units.get(product as usize)?;
        if units == NO_UNITS {
            return None;
        }
        if self.from == MarginFrom::Rate {
            return amount.checked_mul(i128::from(units));
        }
        let (pieces, pieces_scale) = match (&orders.pieces, &self.pieces) {
            (Some(column), Some(pieces)) => {
                let code = column.codes().get(row);
                let units = (code != NO_CODE).then(|| pieces.units.get(code as usize));
                (units.filter(|&units| units != NO_UNITS)?, pieces.scale)
            }
            _ => (1, 0),
        };
        let of_pieces = i128::from(units).checked_mul(i128::from(pieces))?;
        let of_pieces = lifted(of_pieces, self.margin_scale - self.scale - pieces_scale)?;
        match self.from {
            MarginFrom::Cost => {
                let amount = lifted(amount, self.margin_scale - self.amount_scale)?;
                amount.checked_sub(of_pieces)
            }
            MarginFrom::Margin | MarginFrom::Rate => Some(of_pieces),
        }
    }
}

fn lifted(units: i128, n_places: u8) -> Option<i128> {
    units.checked_mul(10_i128.checked_pow(u32::from(n_places))?)
}

/// Whether a column of margins holds parts of the price rather than money: its name or a percent sign says so, or
/// nothing is above one.
fn is_rate(header: &str, column: &TextColumn, mark: DecimalMark) -> bool {
    if matches!(Headers::read().measure(header), Measure::Rate(_)) {
        return true;
    }
    let (mut has_fraction, mut is_small) = (false, true);
    for code in 0..column.names().len() as u32 {
        let text = column.names().bytes_of(code);
        if text.ends_with(b"%") {
            return true;
        }
        if let Some(Decimal { units, scale }) = decimal(text, mark).map(Decimal::shortest) {
            has_fraction |= scale > 0;
            is_small &= i128::from(units).abs() <= 10_i128.pow(u32::from(scale));
        }
    }
    has_fraction && is_small
}

/// The numbers of the distinct texts. Of rates those in percent become parts of one: where a percent sign stands, or
/// else all of them where any is above one.
fn numbers(column: &TextColumn, mark: DecimalMark, is_rate: bool) -> Units {
    let texts = (0..column.names().len() as u32).map(|code| column.names().bytes_of(code));
    let read = |text: &[u8]| match text.strip_suffix(b"%") {
        Some(number) if is_rate => (decimal(trimmed(number), mark), true),
        _ => (decimal(text, mark), false),
    };
    let is_above_one = |number: Decimal| {
        let one = 10_i128.pow(u32::from(number.scale));
        i128::from(number.units).abs() > one
    };
    let plain = texts.clone().map(read).filter(|&(_, has_sign)| !has_sign);
    let are_percent = is_rate && plain.filter_map(|(number, _)| number).any(is_above_one);
    let mut numbers = DecimalColumn::default();
    for (number, has_sign) in texts.map(read) {
        let number = number.map(Decimal::shortest);
        numbers.push(match number {
            Some(Decimal { units, scale }) if has_sign || are_percent => (scale <= 16).then_some({
                let scale = scale + 2;
                Decimal { units, scale }
            }),
            other => other,
        });
    }
    numbers.into_units(|_| ())
}
