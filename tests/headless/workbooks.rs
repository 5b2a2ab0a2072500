//! What is said of workbooks.

use crate::made::{rows, sheet, workbook};
use crate::tools::*;

/// Orders of which the sums are formulas; so many have been saved with their values.
fn orders(n_with_value: usize) -> Vec<u8> {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let head = rows(&[&["customer", "date", "amount"]]);
    let row = |n: usize| {
        let value = match n < n_with_value {
            true => format!("<v>{n}5</v>"),
            false => String::new(),
        };
        let own = ["a", "b", "c", "d"][n % 4];
        let sum = format!("<c><f>A{n}*2</f>{value}</c>");
        format!(
            "<row>{}<c s=\"1\"><v>{}</v></c>{sum}</row>",
            text(own),
            45_000 + n
        )
    };
    let body: String = (1..9).map(row).collect();
    workbook(&[sheet("Orders", &format!("{head}{body}"))], false)
}

#[test]
fn formulas_that_were_saved_without_their_values_are_counted() {
    let said = |name: &str, n_with_value: usize, words: &[&str]| {
        let book = orders(n_with_value);
        let files: [(&str, &[u8]); 1] = [("orders.xlsx", &book)];
        headless_with_notes(name, &files, words).unwrap().1
    };
    let words = ["orders.xlsx", "--only", "rfm", "--out", "OUT"];
    assert_eq!(said("formulas", 9, &words), [""; 0]);
    assert_eq!(
        said("formulas", 8, &words),
        [
            "orders.xlsx: Read as empty: 1 formula that was saved without its value. Opened and saved in Excel, the workbook holds the values of its formulas."
        ]
    );
    let words = ["--table", "orders.xlsx", "--out", "OUT"];
    let notes = said("formulas", 6, &words);
    assert!(
        notes[0].contains("3 formulas that were saved without their values"),
        "{notes:?}"
    );
}
