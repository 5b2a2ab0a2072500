//! The ledger as JSON: rows and money of the buckets add up to the file, to the last digit.

use serde::Serialize;

use super::{File, json_file};
use crate::data::{Ledger, Money, PassedRows};

#[derive(Serialize)]
struct Account<'a> {
    files: [Source<'a>; 1],
    buckets: Vec<Bucket<'a>>,
    totals: Totals,
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    rows: u64,
    /// Rows that were mended before they were read; left out where there are none.
    #[serde(skip_serializing_if = "is_zero")]
    mended: u64,
    /// What stands beside the table and is in no bucket; left out where nothing does.
    #[serde(skip_serializing_if = "is_none")]
    lines_above: &'a PassedRows,
    #[serde(skip_serializing_if = "is_none")]
    further_header_rows: &'a PassedRows,
    #[serde(skip_serializing_if = "is_none")]
    rows_below: &'a PassedRows,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

const fn is_none(passed: &PassedRows) -> bool {
    passed.n_rows == 0
}

#[derive(Serialize)]
struct Bucket<'a> {
    kind: &'a str,
    rows: u64,
    money: Money,
    first_lines: &'a [u64],
}

#[derive(Serialize)]
struct Totals {
    rows: u64,
    money: Money,
}

/// `ledger.json`.
pub fn file(ledger: &Ledger) -> File {
    let buckets = ledger.buckets.iter().map(|bucket| Bucket {
        kind: bucket.kind(),
        rows: bucket.n_rows,
        money: bucket.money,
        first_lines: &bucket.first_lines,
    });
    let account = Account {
        files: [Source {
            name: &ledger.file_name,
            rows: ledger.n_rows,
            mended: ledger.n_mended,
            lines_above: &ledger.beside.above,
            further_header_rows: &ledger.beside.header,
            rows_below: &ledger.beside.below,
        }],
        buckets: buckets.collect(),
        totals: Totals {
            rows: ledger.n_rows,
            money: ledger.money,
        },
    };
    json_file("ledger.json", &account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Beside, Bucket, Choices};

    #[test]
    fn money_is_written_exactly() {
        let money = Money::new(1_234_567_890_123_456_789_012, 2);
        let ledger = Ledger {
            file_name: "주문 \"1\".csv".to_owned(),
            n_rows: 2,
            n_mended: 0,
            beside: Beside::default(),
            money,
            buckets: vec![Bucket {
                reason: None,
                n_rows: 2,
                money,
                first_lines: vec![2, 3],
                n_rows_with_reason: 0,
                n_rows_counted: 0,
            }],
            choices: Choices::default(),
        };
        let text = String::from_utf8(file(&ledger).bytes).unwrap();
        assert_eq!(text.matches("12345678901234567890.12").count(), 2);
        assert!(text.contains(r#""name": "주문 \"1\".csv""#));
        assert!(text.contains(r#""kind": "used""#));
    }
}
