//! Rows as pieces of bytes and back, column by column.

use super::super::columns::{Blocks, DecimalColumn, FewNumbers, Lines, Narrow, TextColumn};
use super::super::parcel::{Packer, Unpacker};
use super::Rows;

impl Rows {
    pub(in super::super) fn pack(self, packer: &mut Packer<'_>) {
        // Every field by name, so that none is forgotten here.
        let Self {
            plan: _,
            texts,
            days,
            seconds,
            amounts,
            pieces,
            prices,
            recency_days,
            n_orders,
            reasons,
            hashes,
            lines,
            n_rows,
            n_mended,
            salt: _,
            decimal_mark: _,
            previous_date: _,
            previous_moment: _,
            batch: _,
            numbers: _,
        } = self;
        packer.numbers(&[n_rows as u64, n_mended]);
        for texts in texts {
            texts.pack(packer);
        }
        packer.numbers(&[u8::from(seconds.is_some())]);
        seconds.unwrap_or_default().pack(packer);
        days.pack(packer);
        amounts.pack(packer);
        // Whether there are these, the plan says.
        if let Some(pieces) = pieces {
            pieces.pack(packer);
        }
        if let Some(prices) = prices {
            prices.pack(packer);
        }
        recency_days.pack(packer);
        n_orders.pack(packer);
        reasons.pack(packer);
        hashes.pack(packer);
        lines.pack(packer);
    }

    /// Rows of the same file as `empty`.
    pub(in super::super) fn unpack(empty: &Self, unpacker: &mut Unpacker<'_>) -> Option<Self> {
        let mut rows = empty.of_same_file();
        let [n_rows, n_mended] = unpacker.fixed()?;
        (rows.n_rows, rows.n_mended) = (n_rows as usize, n_mended);
        for texts in &mut rows.texts {
            *texts = TextColumn::unpack(texts, unpacker)?;
        }
        let [has_seconds] = unpacker.fixed::<u8, 1>()?;
        let seconds = Narrow::unpack(unpacker)?;
        rows.seconds = (has_seconds > 0).then_some(seconds);
        rows.days = Narrow::unpack(unpacker)?;
        rows.amounts = DecimalColumn::unpack(unpacker)?;
        if rows.pieces.is_some() {
            rows.pieces = Some(FewNumbers::unpack(unpacker)?);
        }
        if rows.prices.is_some() {
            rows.prices = Some(Blocks::unpack(unpacker)?);
        }
        rows.recency_days = Narrow::unpack(unpacker)?;
        rows.n_orders = Narrow::unpack(unpacker)?;
        rows.reasons = Blocks::unpack(unpacker)?;
        rows.hashes = Blocks::unpack(unpacker)?;
        rows.lines = Lines::unpack(unpacker)?;
        Some(rows)
    }
}
