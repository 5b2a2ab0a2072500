//! Real files, counted independently with Python's `csv` and `decimal`. Data that may not be shipped is read from the
//! folder that `GYEOL_CORPORA` names; without it the test says that it was skipped.

use std::path::PathBuf;

use gyeol::data::{AttributeValues, Choices, Encoding, History, PlainTable, Reason, Role};
use gyeol::decode::decoder;

use crate::{assert_reconciles, buckets, dataset, look_at, n_orders, standing, table, table_as};

/// A file of the corpora, or `None` with a word about the test that needs it.
fn corpus(test: &str, path: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("GYEOL_CORPORA") else {
        println!("skipped: {test} (GYEOL_CORPORA is not set)");
        return None;
    };
    Some(std::fs::read(PathBuf::from(folder).join(path)).unwrap())
}

fn owned(expected: &[(&'static str, u64, &str)]) -> Vec<(&'static str, u64, String)> {
    let owned = expected.iter();
    owned
        .map(|&(kind, n_rows, money)| (kind, n_rows, money.to_owned()))
        .collect()
}

#[test]
fn online_retail_reconciles() {
    let path = "online_retail/online_retail_2010-12_2011-02.csv";
    let Some(bytes) = corpus("online_retail_reconciles", path) else {
        return;
    };
    let table = table(&bytes).unwrap();
    let ledger = table.ledger(Choices::default());
    assert_reconciles(&ledger);
    assert_eq!(
        buckets(&ledger),
        owned(&[
            ("used", 59_681, "1433877.21"),
            ("no_customer", 33_643, "328169.58"),
            ("returned", 1_723, "-119429.36"),
            ("no_positive_amount", 7, "0"),
        ])
    );
    assert_eq!(
        (ledger.n_rows, ledger.money.to_string()),
        (95_054, "1642617.43".to_owned())
    );
    let duplicates = ledger.buckets.last().unwrap();
    assert_eq!(duplicates.reason, Some(Reason::Duplicate));
    assert_eq!(duplicates.n_rows_with_reason, 867);

    let dataset = table.dataset(Choices::default()).unwrap();
    assert_eq!((dataset.n_customers(), n_orders(&dataset)), (1_539, 3_040));
    assert_eq!(dataset.default_as_of().to_string(), "2011-02-19");
    for (id, last_day, n_orders, money, n_lines) in [
        ("12346", "2011-01-18", 1, "77183.6", 1),
        ("15288", "2010-12-09", 1, "165.65", 26),
        ("18283", "2011-01-23", 2, "215", 102),
    ] {
        let expected = (last_day.to_owned(), n_orders, n_lines, money.to_owned());
        assert_eq!(standing(&dataset, id), expected, "{id}");
    }
}

#[test]
fn rfm_data_orders_reconcile() {
    let bytes = include_bytes!("../fixtures/rfm_data_orders.csv");
    let ledger = table(bytes).unwrap().ledger(Choices::default());
    assert_eq!(buckets(&ledger), owned(&[("used", 4_906, "464158")]));
    let dataset = dataset(bytes).unwrap();
    assert_eq!((dataset.n_customers(), n_orders(&dataset)), (995, 4_895));
    let expected = ("2006-06-09".to_owned(), 6, 6, "472".to_owned());
    assert_eq!(standing(&dataset, "Abbey O'Reilly"), expected);
}

#[test]
fn cdnow_reconciles() {
    let Some(bytes) = corpus("cdnow_reconciles", "cdnow/CDNOW_sample.txt") else {
        return;
    };
    // The original has fixed columns; blanks become commas, as in the sample data of the page.
    let text = String::from_utf8(bytes).unwrap();
    let row = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(",") + "\n";
    let csv: String = text.lines().map(row).collect();
    let mut mapping = look_at(csv.as_bytes()).unwrap().guess;
    mapping.roles.insert(Role::Customer, "column 2".to_owned());
    let table = table_as(csv.as_bytes(), &mapping).unwrap();
    let ledger = table.ledger(Choices::default());
    assert_eq!(
        buckets(&ledger),
        owned(&[("used", 6_911, "244091.94"), ("no_positive_amount", 8, "0")])
    );
    let dataset = table.dataset(Choices::default()).unwrap();
    assert_eq!((dataset.n_customers(), n_orders(&dataset)), (2_349, 6_688));
    let all = Choices::default().set(Reason::NoPositiveAmount, false);
    let dataset = table.dataset(all).unwrap();
    assert_eq!((dataset.n_customers(), n_orders(&dataset)), (2_357, 6_696));
}

#[test]
fn hillstrom_is_a_table_of_customers() {
    let path = "hillstrom/marketing_data.csv";
    let Some(bytes) = corpus("hillstrom_is_a_table_of_customers", path) else {
        return;
    };
    let table = table(&bytes).unwrap();
    let ledger = table.ledger(Choices::default());
    assert_eq!(buckets(&ledger), owned(&[("used", 64_000, "67258.13")]));
    let dataset = table.dataset(Choices::default()).unwrap();
    assert_eq!(dataset.customers.get(0), "00001");
    let History::Summaries(sums) = &dataset.history else {
        panic!("sums expected");
    };
    assert_eq!(sums.recency_days.iter().flatten().sum::<i32>(), 368_879);
    let attribute = |name: &str| {
        let found = dataset.attributes.iter().find(|column| column.name == name);
        &found.unwrap().values
    };
    let AttributeValues::Numbers(history) = attribute("history") else {
        panic!("numbers expected");
    };
    let sum: f64 = history.iter().flatten().sum();
    assert!((sum - 15_493_481.97).abs() < 0.001, "{sum}");
    let AttributeValues::Texts { texts, codes } = attribute("zip_code") else {
        panic!("texts expected");
    };
    let rural = texts.find(b"Rural");
    assert_eq!(codes.iter().filter(|&&code| code == rural).count(), 9_563);
}

/// The file as it is read, every cell as text.
fn plain(bytes: &[u8]) -> String {
    let preview = look_at(bytes).unwrap();
    let mut written = Vec::new();
    let mut table = PlainTable::new(&preview, preview.guess.dialect, decoder);
    for piece in bytes.chunks(4_097) {
        table.feed(piece, &mut written).unwrap();
    }
    table.finish(&mut written).unwrap();
    String::from_utf8(written).unwrap()
}

#[test]
fn korean_files_read_the_same_in_every_encoding() {
    let test = "korean_files_read_the_same_in_every_encoding";
    let Some(utf_8) = corpus(test, "korean/lexicon.utf8.csv") else {
        return;
    };
    let cp949 = corpus(test, "korean/lexicon.cp949.csv").unwrap();
    assert_eq!(table(&utf_8).unwrap().n_rows(), 14_854);
    assert_eq!(
        look_at(&cp949).unwrap().guess.dialect.encoding,
        Encoding::Cp949
    );
    assert!(plain(&cp949) == plain(&utf_8));
    let text = String::from_utf8(utf_8.clone()).unwrap();
    let units = || text.trim_start_matches('\u{feff}').encode_utf16();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(units())
        .flat_map(u16::to_be_bytes)
        .collect();
    for (bytes, expected) in [(little, Encoding::Utf16Le), (big, Encoding::Utf16Be)] {
        assert_eq!(look_at(&bytes).unwrap().guess.dialect.encoding, expected);
        assert!(plain(&bytes) == plain(&utf_8), "{expected:?}");
    }
    let districts = corpus(test, "korean/districts.csv").unwrap();
    assert_eq!(
        look_at(&districts).unwrap().guess.dialect.encoding,
        Encoding::Cp949
    );
    assert_eq!(plain(&districts).lines().count(), 1_651);
}

/// The files of csv-spectrum (BSD-2), written out here: small, and each a trap.
#[test]
fn the_traps_of_csv_spectrum_are_read() {
    for (file, expected) in [
        (
            "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n",
            "\"1\",\"ha \n\"\"ha\"\" \nha\"\n\"3\",\"4\"\n",
        ),
        (
            "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n",
            "\"1\",\"\",\"\"\n\"2\",\"3\",\"4\"\n",
        ),
        (
            "a,b,c\n1,2,3\n4,5,ʤ",
            "\"1\",\"2\",\"3\"\n\"4\",\"5\",\"ʤ\"\n",
        ),
        (
            "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
            "\"1\",\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
        ),
        (
            "first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123\n",
            "\"John\",\"Doe\",\"120 any st.\",\"Anytown, WW\",\"08123\"\n",
        ),
    ] {
        let preview = look_at(file.as_bytes()).unwrap();
        let mut written = Vec::new();
        let mut table = PlainTable::new(&preview, preview.guess.dialect, decoder);
        table.feed(file.as_bytes(), &mut written).unwrap();
        table.finish(&mut written).unwrap();
        let text = String::from_utf8(written).unwrap();
        let (_, rows) = text.split_once('\n').unwrap();
        assert_eq!(rows, expected, "{file}");
    }
}
