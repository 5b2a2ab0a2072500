//! The records equal those of the `csv` crate, wherever the bytes are cut.

use proptest::prelude::*;

use super::*;
use crate::Delimiter;

type Rows = Vec<Vec<Vec<u8>>>;

fn rows_with(tokeniser: &mut Tokeniser, pieces: &[&[u8]]) -> Result<(Rows, Vec<u64>), ImportError> {
    let (mut rows, mut lines) = (Rows::new(), Vec::new());
    let mut sink = |record: Record<'_>| {
        rows.push(record.cells().map(|cell| cell.into_owned()).collect());
        lines.push(record.line());
        Ok(())
    };
    for piece in pieces {
        tokeniser.feed(piece, &mut sink)?;
    }
    tokeniser.finish(&mut sink)?;
    Ok((rows, lines))
}

fn rows(bytes: &[u8], dialect: Dialect) -> Result<Rows, ImportError> {
    rows_with(&mut Tokeniser::new(dialect), &[bytes]).map(|(rows, _)| rows)
}

fn rows_of_oracle(bytes: &[u8], dialect: Dialect) -> Rows {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter.byte().unwrap())
        .quoting(dialect.quoted)
        .from_reader(bytes);
    let records = reader.byte_records().map(Result::unwrap);
    records
        .map(|record| record.iter().map(<[u8]>::to_vec).collect())
        .collect()
}

fn texts(rows: &Rows) -> Vec<Vec<String>> {
    let text = |cell: &Vec<u8>| String::from_utf8_lossy(cell).into_owned();
    rows.iter()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

fn check(text: &str, expected: &[&[&str]]) {
    let found = texts(&rows(text.as_bytes(), Dialect::default()).unwrap());
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn records_end_at_any_line_end() {
    for text in ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d", "a,b\n\n\r\nc,d"] {
        check(text, &[&["a", "b"], &["c", "d"]]);
    }
    check("", &[]);
    check("\n\r\n", &[]);
    check("\u{feff}a,b", &[&["a", "b"]]);
    check(",\n\"\"\n", &[&["", ""], &[""]]);
}

#[test]
fn quotes_enclose_delimiters_line_ends_and_quotes() {
    check("\"a,\nb\",\"c \"\"d\"\"\"\n", &[&["a,\nb", "c \"d\""]]);
    check(
        "a \"b, c\" d,e\n1,2\n",
        &[&["a \"b", " c\" d", "e"], &["1", "2"]],
    );
    check(
        "12\" vinyl,3\n\"x\",4\n",
        &[&["12\" vinyl", "3"], &["x", "4"]],
    );
}

#[test]
fn lines_are_counted_as_a_text_editor_does() {
    let text = "a\r\n\r\n\"x\ny\r\nz\"\nb \" c\n\nd\re";
    let mut tokeniser = Tokeniser::new(Dialect::default());
    let (_, lines) = rows_with(&mut tokeniser, &[text.as_bytes()]).unwrap();
    assert_eq!(lines, [1, 3, 6, 8, 9]);
}

#[test]
fn an_open_quote_at_the_end_is_an_error() {
    for text in ["a,b\n\"c,d\n", "a,b\nx\"y,\"c\n"] {
        assert_eq!(
            rows(text.as_bytes(), Dialect::default()),
            Err(ImportError::EndlessRecord {
                line: 2,
                limit: RECORD_LIMIT,
                open_quote: true
            }),
            "{text:?}"
        );
    }
}

#[test]
fn a_record_that_does_not_end_is_an_error_in_bounded_memory() {
    for (start, open_quote) in [("\"", true), ("", false), ("x\"", false)] {
        let mut tokeniser = Tokeniser::new(Dialect::default());
        tokeniser.limit = 1 << 20;
        let mut sink = |_: Record<'_>| Ok(());
        let mut result = tokeniser.feed(start.as_bytes(), &mut sink);
        let piece = [b'x'; 1 << 16];
        for _ in 0..64 {
            result = result.and_then(|()| tokeniser.feed(&piece, &mut sink));
        }
        let expected = ImportError::EndlessRecord {
            line: 1,
            limit: 1 << 20,
            open_quote,
        };
        assert_eq!(result, Err(expected));
        assert!(tokeniser.buffer.capacity() <= 4 << 20);
    }
}

fn messy_csv() -> impl Strategy<Value = Vec<u8>> {
    let token = prop::sample::select(vec![
        "a",
        "bc",
        "\"",
        "\"\"",
        ",",
        ",",
        "\n",
        "\r\n",
        "\r",
        "\"x,y\"",
        " ",
        "한글",
        ";",
        "\0",
        "a longer run of plain bytes that fills most of a block of sixty-four",
    ]);
    prop::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat().into_bytes())
}

fn dialects() -> impl Strategy<Value = Dialect> {
    let delimiter = prop::sample::select(Delimiter::ALL[..8].to_vec());
    (delimiter, any::<bool>()).prop_map(|(delimiter, quoted)| Dialect {
        delimiter,
        quoted,
        ..Dialect::default()
    })
}

proptest! {
    #[test]
    fn records_equal_those_of_the_csv_crate(bytes in messy_csv(), dialect in dialects()) {
        match rows(&bytes, dialect) {
            Ok(found) => prop_assert_eq!(texts(&found), texts(&rows_of_oracle(&bytes, dialect))),
            Err(error) => {
                let is_open_quote = matches!(error, ImportError::EndlessRecord { open_quote: true, .. });
                prop_assert!(is_open_quote);
            }
        }
    }

    #[test]
    fn cuts_change_nothing(bytes in messy_csv(), dialect in dialects(), at in any::<prop::sample::Index>()) {
        let whole = rows_with(&mut Tokeniser::new(dialect), &[&bytes]);
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        prop_assert_eq!(&rows_with(&mut Tokeniser::new(dialect), &single), &whole);
        let (head, tail) = bytes.split_at(at.index(bytes.len() + 1));
        prop_assert_eq!(&rows_with(&mut Tokeniser::new(dialect), &[head, tail]), &whole);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), dialect in dialects()) {
        let _ = rows(&bytes, dialect);
    }
}
