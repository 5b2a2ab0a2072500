//! What holds for any bytes and any order of the rows.

use gyeol::data::{Choices, Reason, preview};
use proptest::prelude::*;

use gyeol::decode::decoder;

use crate::{assert_reconciles, dataset, look_at, story, table_in_pieces};

fn cell(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(values)
}

fn row() -> impl Strategy<Value = String> {
    (
        cell(&["ann", "bob", "17850.0", "", " 회원1 ", "\"a, b\""]),
        cell(&["1", "2", "3", "C4", ""]),
        cell(&[
            "2024-01-01",
            "2024-01-02 10:00",
            "2024. 1. 2. 오후 3:05",
            "",
            "?",
        ]),
        cell(&["1", "2.50", "-3", "\"1,000\"", "", "x", "0"]),
        cell(&["1", "0.25", "7.125", ""]),
        cell(&["Seoul", "Busan", "", "5", "6.5"]),
    )
        .prop_map(|(customer, order, date, quantity, price, city)| {
            format!("{customer},{order},{date},{quantity},{price},{city}\n")
        })
}

fn rows() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(row(), 1..40)
}

/// A cell without a quote, a delimiter or a line end: as people write it in one of the columns, or anything.
fn plain_cell() -> impl Strategy<Value = String> {
    let usual = cell(&[
        "ann",
        "17850.0",
        "12.0",
        "",
        " 회원1 ",
        "NULL",
        "-",
        "C4",
        "2024-01-02 10:00",
        "2024. 1. 2.",
        "?",
        "2.50",
        "-3",
        "1.",
        "0",
        "Seoul",
        "WOODEN PICTURE FRAME",
        "United Kingdom",
    ]);
    prop_oneof![
        usual.prop_map(str::to_owned),
        "[0-9]{1,9}",
        "[0-9.-]{1,9}",
        "[a-c0-9 .]{0,18}",
    ]
}

const HEADER: &str = "customer,order,date,quantity,price,city\n\
    zoe,9,2024-02-01 09:00,1,1,Jeju\n";

fn file(rows: &[String]) -> Vec<u8> {
    (HEADER.to_owned() + &rows.concat()).into_bytes()
}

proptest! {
    #[test]
    fn the_order_of_the_rows_never_shows(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let (one, other) = (file(&rows), file(&shuffled));
        let mapping = look_at(&one).unwrap().guess;
        let read = |bytes: &[u8]| table_in_pieces(bytes, &mapping, 1 << 20).unwrap();
        let (one, other) = (read(&one), read(&other));
        // Guests without an order are called after their lines, which are an order of the rows.
        for reason in Reason::ALL.into_iter().filter(|&reason| reason != Reason::NoCustomer) {
            let choices = Choices::default().set(reason, false);
            let stories = [&one, &other].map(|table| table.dataset(choices).map(|data| story(&data)));
            prop_assert_eq!(&stories[0], &stories[1]);
        }
    }

    #[test]
    fn the_ledger_sums_to_the_file(rows in rows(), left_out in any::<[bool; 8]>()) {
        let bytes = file(&rows);
        let mapping = look_at(&bytes).unwrap().guess;
        let table = table_in_pieces(&bytes, &mapping, 1 << 20).unwrap();
        let choices = Reason::ALL
            .into_iter()
            .zip(left_out)
            .fold(Choices::default(), |choices, (reason, left_out)| choices.set(reason, left_out));
        let ledger = table.ledger(choices);
        assert_reconciles(&ledger);
        prop_assert_eq!(ledger.n_rows, rows.len() as u64 + 1);
    }

    #[test]
    fn cuts_change_nothing(rows in rows(), n_bytes in 1_usize..200) {
        let bytes = file(&rows);
        let mapping = look_at(&bytes).unwrap().guess;
        let read = |n_bytes| {
            let table = table_in_pieces(&bytes, &mapping, n_bytes).unwrap();
            let dataset = table.dataset(Choices::default()).map(|data| story(&data));
            (table.ledger(Choices::default()), dataset)
        };
        prop_assert_eq!(read(n_bytes), read(1 << 20));
    }

    /// Cells in quotes go another way than cells as they stand.
    #[test]
    fn quotes_around_every_cell_change_nothing(
        rows in prop::collection::vec(prop::collection::vec(plain_cell(), 6), 1..60),
        n_bytes in 1_usize..400,
    ) {
        let line = |cells: &Vec<String>| cells.join(",") + "\n";
        let quoted_line = |cells: &Vec<String>| format!("\"{}\"\n", cells.join("\",\""));
        let plain = file(&rows.iter().map(line).collect::<Vec<_>>());
        let quoted = file(&rows.iter().map(quoted_line).collect::<Vec<_>>());
        let mapping = look_at(HEADER.as_bytes()).unwrap().guess;
        let read = |bytes: &[u8], n_bytes| {
            let table = table_in_pieces(bytes, &mapping, n_bytes).unwrap();
            let choices = Choices::default().set(Reason::NoCustomer, false);
            (table.ledger(choices), table.dataset(choices).map(|data| story(&data)))
        };
        prop_assert_eq!(read(&plain, n_bytes), read(&quoted, 1 << 20));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = dataset(&bytes);
        let _ = preview("x", 1 << 40, &bytes, decoder);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-c0-9,;\\t|\"\\n\\r./:\\- 가나원₩()+eC]{0,300}") {
        let _ = dataset(text.as_bytes());
        let _ = dataset(("customer,date,amount\n".to_owned() + &text).as_bytes());
    }
}
