//! Text as it is found in the wild: the table comes out as its author meant it, however the bytes are cut.

use gyeol::data::{
    Beside, Choices, Delimiter, Dialect, Encoding, Escape, ImportError, LeftOutRows, PassedRows,
    PlainTable, QuoteMark, Reason, Repairs, Role, preview_of_any_table, preview_with,
};
use gyeol::decode::decoder;
use proptest::prelude::*;

use crate::{assert_reconciles, buckets, dataset, look_at, story, table, table_in_pieces};

/// A file as it is read, in pieces of `n_bytes`.
fn plain(bytes: &[u8], n_bytes: usize) -> Result<(String, Repairs), ImportError> {
    let preview = preview_of_any_table("x.csv", bytes.len() as u64, bytes, decoder)?;
    let mut table = PlainTable::new(&preview, preview.guess.dialect, decoder);
    let mut out = Vec::new();
    for piece in bytes.chunks(n_bytes.max(1)) {
        table.feed(piece, &mut out)?;
    }
    let repairs = table.finish(&mut out)?;
    Ok((String::from_utf8(out).unwrap(), repairs))
}

fn check(text: &str, expected: &[&[&str]]) -> Repairs {
    let (found, repairs) = plain(text.as_bytes(), 7).unwrap();
    let row = |row: &&[&str]| {
        let cells = row
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    assert_eq!(
        found,
        expected.iter().map(row).collect::<String>(),
        "{text}"
    );
    repairs
}

#[test]
fn what_is_above_and_below_a_table_is_no_part_of_it() {
    let text = "Sales report\nprinted 2024-03-01\n\nid,day,amount\n1,2024-01-01,5\n2,2024-01-02,6\n\nSource: the shop\n";
    let repairs = check(
        text,
        &[
            &["id", "day", "amount"],
            &["1", "2024-01-01", "5"],
            &["2", "2024-01-02", "6"],
        ],
    );
    assert_eq!((repairs.n_rows, repairs.n_below), (2, 1));
    assert_eq!(
        look_at(text.as_bytes()).unwrap().guess.dialect.first_line,
        4
    );
}

#[test]
fn several_rows_of_names_are_joined() {
    check(
        "name,weight,height\n,(kg),(cm)\nann,60,170\nbob,70,180\n",
        &[
            &["name", "weight (kg)", "height (cm)"],
            &["ann", "60", "170"],
            &["bob", "70", "180"],
        ],
    );
}

#[test]
fn quotes_delimiters_and_line_ends_of_any_kind_are_read() {
    for text in [
        "a;b;c\r'x; y';1;2024-01-01\r'z';2;2024-01-02\r",
        "a, b, c\n\"x; y\", 1, 2024-01-01\nz, 2, 2024-01-02\n",
        "a\tb\tc\r\nx; y\t1\t2024-01-01\nz\t2\t2024-01-02\r",
        "a^b^c\nx; y^1^2024-01-01\nz^2^2024-01-02",
        "a b c\n\"x; y\" 1 2024-01-01\nz 2 2024-01-02\n",
        "sep=;\na;b;c\n\"x; y\";1;2024-01-01\nz;2;2024-01-02\n",
    ] {
        check(
            text,
            &[
                &["a", "b", "c"],
                &["x; y", "1", "2024-01-01"],
                &["z", "2", "2024-01-02"],
            ],
        );
    }
}

#[test]
fn stray_quotes_cost_no_row_but_their_own() {
    let rows: String = (0..50)
        .map(|n| format!("c{n},2024-01-{:02},5\n", 1 + n % 28))
        .collect();
    let text = format!("customer,date,amount\nann,2024-01-01,5\n\"bob,2024-01-02,6\n{rows}");
    let table = table(text.as_bytes()).unwrap();
    assert_eq!(table.n_rows(), 52);
    assert_eq!(table.ledger(Choices::default()).files[0].n_mended, 1);
    let dataset = dataset(text.as_bytes()).unwrap();
    assert!(dataset.customers.find(b"\"bob").is_some());
}

#[test]
fn a_row_with_another_delimiter_is_a_row_of_the_table() {
    let text = "customer,date,amount\nann,2024-01-01,5\nbob;2024-01-02;6\ncy,2024-01-03,7\n";
    let ledger = table(text.as_bytes()).unwrap().ledger(Choices::default());
    assert_eq!(buckets(&ledger), [("used", 3, "18".to_owned())]);
}

#[test]
fn a_header_of_too_many_or_too_few_delimiters_is_made_to_fit() {
    for header in ["customer,date,,amount", "customer,date,amount,"] {
        let text = format!("{header}\nann,2024-01-01,5\nbob,2024-01-02,6\ncy,2024-01-03,7\n");
        let ledger = table(text.as_bytes()).unwrap().ledger(Choices::default());
        assert_eq!(buckets(&ledger), [("used", 3, "18".to_owned())], "{header}");
    }
}

#[test]
fn blank_rows_by_the_ten_thousand_are_counted_and_cost_nothing() {
    let text = "customer,date,amount\nann,2024-01-01,5\n".to_owned() + &",,\n".repeat(30_000);
    let table = table(text.as_bytes()).unwrap();
    let ledger = table.ledger(Choices::default());
    assert_reconciles(&ledger);
    assert_eq!(
        buckets(&ledger),
        [
            ("used", 1, "5".to_owned()),
            ("blank", 30_000, "0".to_owned())
        ]
    );
    let (_, repairs) = plain(text.as_bytes(), 1 << 20).unwrap();
    assert_eq!(repairs.n_rows, 30_001);
}

/// The rows that a look, the import and the plain table find, and what stands beside them.
fn seen(text: &str) -> (u64, u64, u64, Beside) {
    let preview = look_at(text.as_bytes()).unwrap();
    let ledger = table(text.as_bytes()).unwrap().ledger(Choices::default());
    let (_, repairs) = plain(text.as_bytes(), 11).unwrap();
    assert_reconciles(&ledger);
    assert_eq!(repairs.n_below, ledger.files[0].beside.below.n_rows);
    (
        preview.n_rows_seen,
        ledger.n_rows,
        repairs.n_rows,
        ledger.files[0].beside.clone(),
    )
}

fn passed(lines: &[u64]) -> PassedRows {
    PassedRows {
        n_rows: lines.len() as u64,
        first_lines: lines.to_vec(),
    }
}

#[test]
fn rows_that_are_in_no_bucket_are_told_with_their_lines() {
    let rows: String = (0..30)
        .map(|n| format!("K{n},2024-01-{:02},{n}.5\n", 1 + n % 28))
        .collect();
    let header = "customer,date,amount\n";
    for (above, below, n_rows, lines) in [
        ("", "", 30, [&[][..], &[], &[]]),
        ("Report\n\nof 2024\n", "", 30, [&[1, 3][..], &[], &[]]),
        (
            "",
            "\nSource: the shop\n,,\nSeen by: nobody\n",
            30,
            [&[][..], &[], &[33, 34, 35]],
        ),
        ("", "K3,,\nK4\n", 32, [&[][..], &[], &[]]),
        ("", ",,\n,,\n", 32, [&[][..], &[], &[]]),
    ] {
        let found = seen(&format!("{above}{header}{rows}{below}"));
        let [above, header, below] = lines.map(passed);
        let beside = Beside {
            above,
            header,
            below,
        };
        assert_eq!(found, (n_rows, n_rows, n_rows, beside));
    }
    let found = seen(&format!("{header}{header}{rows}"));
    assert_eq!(found.3.header, passed(&[2]));
    assert_eq!(found.1, 30);
    let found = seen(&format!("{header}kim,unclear,pending\n{rows}"));
    assert_eq!((found.1, found.3), (31, Beside::default()));
}

#[test]
fn rows_that_stand_in_quotes_as_a_whole_are_rows() {
    let rows: Vec<String> = (0..30)
        .map(|n| format!("C{},2024-01-{},\"1,{:03}\"", n % 7, 13 + n % 15, n * 30))
        .collect();
    let sound = format!("customer,date,amount\n{}\n", rows.join("\n"));
    let in_quotes = |line: &str| format!("\"{}\"", line.replace('"', "\"\""));
    let whole = |every: usize| {
        let rows = rows.iter().enumerate();
        let rows = rows.map(|(place, row)| match place % every {
            0 => in_quotes(row),
            _ => row.clone(),
        });
        rows.collect::<Vec<_>>().join("\r\n")
    };
    let of = |text: &str| {
        let bytes = text.as_bytes();
        table_in_pieces(bytes, &look_at(bytes).unwrap().guess, 11).unwrap()
    };
    let expected = of(&sound).dataset(Choices::default()).unwrap();
    for (header, every, n_mended) in [
        ("\"customer,date,amount\"", 1, 0),
        ("customer,date,amount", 1, 0),
        ("customer,date,amount", 3, 10),
    ] {
        let text = format!("{header}\n{}\n", whole(every));
        let table = of(&text);
        let found = table.dataset(Choices::default()).unwrap();
        assert_eq!(story(&found), story(&expected), "{text}");
        let ledger = table.ledger(Choices::default());
        assert_eq!(ledger.money, of(&sound).ledger(Choices::default()).money);
        assert_eq!(ledger.files[0].n_mended, n_mended);
        assert_reconciles(&ledger);
        let preview = look_at(text.as_bytes()).unwrap();
        let is_said = preview.guess.dialect.quote == QuoteMark::Row;
        assert_eq!(is_said, n_mended == 0, "{text}");
    }
}

#[test]
fn a_person_can_say_how_a_file_is_cut() {
    let text = b"x\n'a;1';2024-01-01;5\n'b';2024-01-02;6\n";
    let dialect = Dialect {
        delimiter: Delimiter::Semicolon,
        quote: QuoteMark::Single,
        first_line: 2,
        has_header: false,
        ..Dialect::default()
    };
    let preview = preview_with("x.csv", text.len() as u64, text, dialect, decoder).unwrap();
    assert_eq!(preview.rows[0], ["a;1", "2024-01-01", "5"]);
    assert_eq!(preview.n_rows_seen, 2);
}

#[test]
fn dates_that_are_numbers_are_read() {
    for (first, second) in [
        ("45292", "45293.5"),
        ("1704067200", "1704196800"),
        ("1704067200000", "1704196800000"),
    ] {
        let text = format!("customer,order_date,amount\nann,{first},5\nbob,{second},6\n");
        let dataset = dataset(text.as_bytes()).unwrap();
        let (first, last) = dataset.period().unwrap();
        assert_eq!(
            (first.to_string(), last.to_string()),
            ("2024-01-01".to_owned(), "2024-01-02".to_owned())
        );
    }
    let amounts = b"customer,date,amount\nann,2024-01-01,45292\nbob,2024-01-02,45293\n";
    assert_eq!(look_at(amounts).unwrap().guess.date_numbers, None);
}

/// A table of 200 sound rows with `delimiter`, and `rows` below them.
fn shop(delimiter: &str, header: &[&str], rows: &str) -> String {
    let row = |n: usize| {
        let cells = [
            format!("K{n}"),
            format!("2024-01-{:02}", 1 + n % 28),
            format!("{n},50"),
        ];
        let more = (3..header.len()).map(|_| "x".to_owned());
        cells
            .into_iter()
            .chain(more)
            .collect::<Vec<_>>()
            .join(delimiter)
    };
    let sound: Vec<String> = (0..200).map(row).collect();
    format!("{}\n{}\n{rows}", header.join(delimiter), sound.join("\n"))
}

/// The rows of the plain table below the 200 sound ones, and what was found on the way.
fn below_the_sound(text: &str) -> (Vec<String>, Repairs) {
    let (found, repairs) = plain(text.as_bytes(), 1 << 20).unwrap();
    let rows = found.lines().skip(201).map(|row| row.replace('"', ""));
    (rows.collect(), repairs)
}

#[test]
fn a_mended_row_is_not_cut_again_by_another_delimiter() {
    let header = ["Name", "Datum", "Betrag", "Ort"];
    for (delimiter, row, expected) in [
        (";", "Kunde \"A\"; 5,20,3", "Kunde A, 5,20,3,,"),
        ("||", "Kunde A|| 5,20,3", "Kunde A, 5,20,3,,"),
    ] {
        let (rows, repairs) = below_the_sound(&shop(delimiter, &header, row));
        assert_eq!(rows, [expected], "{delimiter}");
        assert_eq!((repairs.n_mended, repairs.n_ragged), (0, 1), "{delimiter}");
    }
    let (rows, _) = below_the_sound(&shop(";", &header[..3], "Kunde \"A\";5,20"));
    assert_eq!(rows, ["Kunde A,5,20,"]);
}

#[test]
fn a_row_of_an_odd_file_with_another_delimiter_is_a_row_of_the_table() {
    let header = ["Name", "Datum", "Betrag", "Ort"];
    let (rows, repairs) = below_the_sound(&shop("||", &header, "Ann;2024-03-01;7,50;x"));
    assert_eq!(rows, ["Ann,2024-03-01,7,50,x"]);
    assert_eq!((repairs.n_mended, repairs.n_ragged), (1, 0));
}

#[test]
fn rows_that_differ_in_their_bytes_are_no_duplicates() {
    let header = ["customer", "date", "amount", "a", "b"];
    let row = "K1||2024-03-01||5||p";
    for (other, n_duplicates) in [("||q,r", 0), (",q||r", 1)] {
        let text = shop("||", &header, &format!("{row},q||r\n{row}{other}\n"));
        let choices = Choices::default().set(Reason::Duplicate, true);
        let ledger = table(text.as_bytes()).unwrap().ledger(choices);
        let bucket = ledger
            .buckets
            .iter()
            .find(|bucket| bucket.kind() == "duplicate");
        assert_eq!(bucket.unwrap().n_rows, n_duplicates, "{other}");
    }
}

#[test]
fn a_row_counts_as_mended_once_and_only_if_it_fits() {
    let header = ["customer", "date", "amount"];
    for (header, row, n_mended) in [
        (header, "Ann;2024-03-01;\"7,50", 1),
        (header, "Ann \"A\";2024-03-01", 0),
        (header, "Ann;2024-03-01;7,50;\"B", 0),
        (["customer", "\"date", "amount"], "Ann;2024-03-01;7,50", 0),
    ] {
        let text = shop(";", &header, row);
        let preview = look_at(text.as_bytes()).unwrap();
        let ledger = table(text.as_bytes()).unwrap().ledger(Choices::default());
        let (_, repairs) = below_the_sound(&text);
        let found = (preview.n_mended, ledger.files[0].n_mended, repairs.n_mended);
        assert_eq!(found, (n_mended, n_mended, n_mended), "{row}");
    }
}

#[test]
fn a_row_that_is_too_wide_leaves_no_other_row_out() {
    let rows: String = (0..200)
        .map(|n| format!("K{n},2024-01-02,1.50\n"))
        .collect();
    for wide in [",too much".to_owned(), ",".repeat(3_000) + "x"] {
        let text = format!("{rows}K200,2024-01-02,1.50{wide}\n");
        let preview = look_at(text.as_bytes()).unwrap();
        assert_eq!(preview.columns.len(), 3);
        let mut mapping = preview.guess;
        mapping.roles = [(Role::Customer, 1), (Role::Date, 2), (Role::Amount, 3)]
            .map(|(role, place)| (role, format!("column {place}")))
            .into();
        let table = table_in_pieces(text.as_bytes(), &mapping, 1 << 20).unwrap();
        let ledger = table.ledger(Choices::default());
        assert_eq!(buckets(&ledger).last().unwrap().0, "ragged");
        assert_eq!(ledger.buckets[0].n_rows, 200);
    }
}

#[test]
fn a_table_of_too_many_columns_is_refused_wherever_they_show() {
    let wide = ",1".repeat(2_500);
    let text = format!("a,b\n1{wide}\n2{wide}\n3{wide}\n");
    let error = look_at(text.as_bytes()).unwrap_err();
    assert!(matches!(
        error,
        ImportError::TooManyColumns { found: 2_501, .. }
    ));
}

fn messy() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "a",
        "b c",
        "1",
        "2.5",
        "2024-01-01",
        ",",
        ",",
        ",",
        ";",
        ", ",
        "\t",
        "|",
        " ",
        "  ",
        "\"",
        "\"\"",
        "'",
        "\\\"",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "가",
        "x,1,2\n",
        "\"q, r\",1,2\n",
        ",,\n",
        "note\n",
    ]);
    prop::collection::vec(token, 0..80).prop_map(|tokens| tokens.concat())
}

fn dialects() -> impl Strategy<Value = Dialect> {
    (
        prop::sample::select(Delimiter::ALL.to_vec()),
        any::<[bool; 2]>(),
        prop::sample::select(vec![
            QuoteMark::Double,
            QuoteMark::Single,
            QuoteMark::Curly,
            QuoteMark::Row,
        ]),
        prop::sample::select(vec![Escape::Doubled, Escape::Backslash, Escape::None]),
        1_u64..4,
    )
        .prop_map(
            |(delimiter, [quoted, has_header], quote, escape, first_line)| Dialect {
                encoding: Encoding::Utf8,
                delimiter,
                quoted,
                quote,
                escape,
                first_line,
                has_header,
                header_rows: 1,
            },
        )
}

proptest! {
    #[test]
    fn cuts_change_nothing_in_messy_text(text in messy(), n_bytes in 1_usize..40) {
        let whole = plain(text.as_bytes(), 1 << 20);
        prop_assert_eq!(plain(text.as_bytes(), n_bytes), whole);
    }

    #[test]
    fn cuts_change_nothing_in_any_dialect(text in messy(), dialect in dialects(), n_bytes in 1_usize..40) {
        let bytes = text.as_bytes();
        let Ok(preview) = preview_with("x", bytes.len() as u64, bytes, dialect, decoder) else {
            return Ok(());
        };
        let read = |n_bytes: usize| {
            let mut table = PlainTable::new(&preview, dialect, decoder);
            let mut out = Vec::new();
            for piece in bytes.chunks(n_bytes) {
                table.feed(piece, &mut out)?;
            }
            table.finish(&mut out).map(|repairs| (out, repairs))
        };
        prop_assert_eq!(read(n_bytes), read(1 << 20));
    }

    #[test]
    fn no_row_of_messy_text_is_lost(text in messy()) {
        let text = format!("customer,date,amount\nann,2024-01-01,5\n{text}");
        let Ok(preview) = look_at(text.as_bytes()) else {
            return Ok(());
        };
        let mapping = &preview.guess;
        if let Ok(table) = table_in_pieces(text.as_bytes(), mapping, 1 << 20) {
            let ledger = table.ledger(Choices::default());
            assert_reconciles(&ledger);
            let (_, repairs) = plain(text.as_bytes(), 1 << 20).unwrap();
            prop_assert_eq!(repairs.n_rows, ledger.n_rows);
            prop_assert_eq!(preview.n_rows_seen, ledger.n_rows);
            prop_assert_eq!((preview.n_mended, repairs.n_mended), (ledger.files[0].n_mended, ledger.files[0].n_mended));
            let is_quoted = text.contains(['"', '\'', '\\']);
            if !is_quoted {
                // Each line that has a byte is a row of the file.
                let n_lines = text.split(['\n', '\r']).filter(|line| !line.is_empty()).count();
                let Beside { above, header, below } = ledger.files[0].beside.clone();
                let n_beside = above.n_rows + header.n_rows + below.n_rows;
                let n_named = u64::from(mapping.dialect.has_header);
                prop_assert_eq!(ledger.n_rows + n_beside + n_named, n_lines as u64);
            }
        }
    }

    #[test]
    fn all_rows_left_out_of_messy_text_are_given_back(text in messy()) {
        let text = format!("customer,date,amount\nann,2024-01-01,5\n{text}");
        let Ok(preview) = look_at(text.as_bytes()) else {
            return Ok(());
        };
        if let Ok(table) = table_in_pieces(text.as_bytes(), &preview.guess, 1 << 20) {
            let ledger = table.ledger(Choices::default());
            for bucket in ledger.buckets.iter().filter(|bucket| bucket.reason.is_some()) {
                let mut out = Vec::new();
                let mut rows = LeftOutRows::new(&table, Choices::default(), bucket.reason, decoder);
                for piece in text.as_bytes().chunks(5) {
                    rows.feed(piece, &mut out).unwrap();
                }
                rows.end_file(&mut out).unwrap();
                let mut reader = csv::ReaderBuilder::new();
                let mut reader = reader.has_headers(false).flexible(true).from_reader(&out[..]);
                prop_assert_eq!(reader.records().count() as u64, bucket.n_rows);
            }
        }
    }

    #[test]
    fn no_bytes_stop_a_look_at_a_table(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = plain(&bytes, 64);
    }
}

/// The same rows as Markdown, `psql` and `mysql` draw them. A drawn line below the names is one of the rows that name
/// the columns.
#[test]
fn tables_that_are_drawn_with_signs_are_read_as_what_they_draw() {
    let markdown = "# Orders\n\nAll of January:\n\n\
        | customer | date       | amount |\n|:---------|:----------:|-------:|\n\
        | kim      | 2024-01-05 | 1,200  |\n| lee \\| co | 2024-01-06 |        |\n\nThat is all.\n";
    let psql = " customer  |    date    | amount \n-----------+------------+--------\n \
        kim       | 2024-01-05 |  1,200\n lee \\| co | 2024-01-06 |       \n(2 rows)\n\n";
    let mysql = "+-----------+------------+--------+\n| customer  | date       | amount |\n\
        +-----------+------------+--------+\n| kim       | 2024-01-05 | 1,200  |\n\
        | lee \\| co | 2024-01-06 |        |\n+-----------+------------+--------+\n2 rows in set (0.01 sec)\n";
    let names = ["customer", "date", "amount"];
    let rows = [
        ["kim", "2024-01-05", "1,200"],
        ["lee | co", "2024-01-06", ""],
    ];
    for (text, n_above, n_below) in [(markdown, 2, 1), (psql, 0, 1), (mysql, 1, 2)] {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let repairs = check(&text, &[&names, &rows[0], &rows[1]]);
            let mapping = look_at(text.as_bytes()).unwrap().guess;
            let beside = table_in_pieces(text.as_bytes(), &mapping, 5)
                .unwrap()
                .ledger(Choices::default());
            let beside = &beside.files[0].beside;
            let found = [&beside.above, &beside.header, &beside.below].map(|rows| rows.n_rows);
            assert_eq!(found, [n_above, 1, n_below], "{text}");
            assert_eq!((repairs.n_mended, repairs.n_ragged), (0, 0), "{text}");
        }
    }
}
