//! Several files as one table: their rows, their overlaps, and tables of customers beside them.

use gyeol::analysis::Unwatched;
use gyeol::data::{
    AttributeValues, Choices, Dataset, ImportError, Importer, Kind, LeftOutRows, Mapping, Part,
    Placed, Preview, Reason, Said, Table, TableKind, placed, preview,
};
use gyeol::decode::decoder;
use gyeol::engine::Engine;
use gyeol::export::unmatched::Missing;
use gyeol::export::{Settings, What};
use gyeol::protocol::{FileNumber, Imported};
use proptest::prelude::*;

const JANUARY: &str = "customer,order,date,amount,region\n\
    7,1,2024-01-03,10.50,Seoul\n8,2,2024-01-09,20,Busan\n8,2,2024-01-09,20,Busan\n9,3,2024-01-31,5,\n";
/// The same columns in another order, other quotes, and the last day of January once more.
const FEBRUARY: &str = "\"order\",\"region\",\"customer\",\"date\",\"amount\"\n\
    \"3\",\"\",\"9\",\"2024/01/31\",\"5.00\"\n\"4\",\"Seoul\",\"7\",\"2024/02/11\",\"30\"\n";

pub(crate) fn look(name: &str, text: &[u8]) -> Preview {
    preview(name, text.len() as u64, text, decoder).unwrap()
}

pub(crate) fn read(files: &[(&str, &[u8])], piece: usize) -> Result<Table, ImportError> {
    let (name, text) = files[0];
    let first = look(name, text);
    let mut importer = Importer::new(&first, &first.guess, decoder)?;
    for (place, (name, text)) in files.iter().enumerate() {
        if place > 0 {
            let preview = look(name, text);
            let part = Part::of(&first, &preview);
            importer.go_on(
                &preview,
                &part.mapping(&first.guess, &preview, &Said::default()),
            )?;
        }
        for bytes in text.chunks(piece) {
            importer.feed(bytes)?;
        }
    }
    importer.finish()
}

fn months() -> Table {
    read(
        &[
            ("01.csv", JANUARY.as_bytes()),
            ("02.csv", FEBRUARY.as_bytes()),
        ],
        7,
    )
    .unwrap()
}

fn counts(table: &Table, choices: Choices) -> Vec<(&'static str, u64)> {
    let ledger = table.ledger(choices);
    let all: u64 = ledger.buckets.iter().map(|bucket| bucket.n_rows).sum();
    assert_eq!(all, ledger.n_rows);
    let of_files: u64 = ledger.files.iter().map(|file| file.n_rows).sum();
    assert_eq!(of_files, ledger.n_rows);
    let filled = ledger.buckets.iter().filter(|bucket| bucket.n_rows > 0);
    filled
        .map(|bucket| (bucket.kind(), bucket.n_rows))
        .collect()
}

#[test]
fn a_row_that_an_earlier_file_says_too_counts_once_until_told_otherwise() {
    let table = months();
    assert_eq!(
        counts(&table, Choices::default()),
        [("used", 5), ("overlap", 1)]
    );
    let both = Choices::default().set(Reason::Overlap, false);
    assert_eq!(counts(&table, both), [("used", 6)]);
    let ledger = table.ledger(Choices::default());
    let files: Vec<_> = ledger
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.n_rows, file.n_overlapping))
        .collect();
    assert_eq!(files, [("01.csv", 4, 0), ("02.csv", 2, 1)]);
    let overlap = ledger
        .buckets
        .iter()
        .find(|b| b.kind() == "overlap")
        .unwrap();
    assert_eq!(overlap.first_lines, [2]);
    assert_eq!(overlap.first_files, [1]);
    assert_eq!(overlap.money.to_string(), "5");
}

#[test]
fn repeated_rows_of_one_file_are_no_overlap_and_equal_rows_of_two_are_no_duplicate() {
    let table = months();
    let ledger = table.ledger(Choices::default());
    let duplicate = ledger
        .buckets
        .iter()
        .find(|b| b.kind() == "duplicate")
        .unwrap();
    assert_eq!(duplicate.n_rows_with_reason, 1);
}

#[test]
fn a_row_with_an_unreadable_value_that_two_files_have_is_in_one_bucket_once() {
    let bad = "9,3,2024-01-31,soon,\n";
    let january = format!("{JANUARY}{bad}{bad}");
    let again = format!(
        "customer,order,date,amount,region\n{bad}9,3,2024-01-31,later,\n7,4,2024-02-11,30,Seoul\n"
    );
    let table = |second: &str| {
        let files: [(&str, &[u8]); 2] = [
            ("01.csv", january.as_bytes()),
            ("02.csv", second.as_bytes()),
        ];
        read(&files, 7).unwrap()
    };
    assert_eq!(
        counts(&table(&again), Choices::default()),
        [("used", 5), ("overlap", 1), ("unreadable", 3)]
    );
    // The same text says something else where the columns stand in another order.
    let other = format!("order,customer,date,amount,region\n{bad}4,7,2024-02-11,30,Seoul\n");
    assert_eq!(
        counts(&table(&other), Choices::default()),
        [("used", 5), ("unreadable", 3)]
    );
}

#[test]
fn a_row_without_the_pieces_that_its_amount_comes_from_counts_once_too() {
    let head = "customer,order,date,quantity,price\n";
    let (good, bad) = ("7,1,2024-01-03,2,10.50\n", "8,2,2024-01-09,,20\n");
    let first = format!("{head}{good}{bad}9,3,2024-01-10,1,5.25\n");
    let second = format!("{head}{bad}7,4,2024-02-11,3,4.10\n");
    let files: [(&str, &[u8]); 2] = [("01.csv", first.as_bytes()), ("02.csv", second.as_bytes())];
    assert_eq!(
        counts(&read(&files, 7).unwrap(), Choices::default()),
        [("used", 3), ("overlap", 1), ("no_positive_amount", 1)]
    );
}

#[test]
fn of_one_file_nothing_is_said_of_overlaps() {
    let table = read(&[("01.csv", JANUARY.as_bytes())], 100).unwrap();
    let ledger = table.ledger(Choices::default());
    assert!(
        ledger
            .buckets
            .iter()
            .all(|bucket| bucket.kind() != "overlap")
    );
    assert!(
        ledger
            .buckets
            .iter()
            .all(|bucket| bucket.first_files.is_empty())
    );
}

#[test]
fn columns_stand_where_their_names_are_whatever_their_order() {
    let dataset = months().dataset(Choices::default()).unwrap();
    let whole = "customer,order,date,amount,region\n\
        7,1,2024-01-03,10.50,Seoul\n8,2,2024-01-09,20,Busan\n8,2,2024-01-09,20,Busan\n\
        9,3,2024-01-31,5,\n7,4,2024-02-11,30,Seoul\n";
    let single = read(&[("all.csv", whole.as_bytes())], 100).unwrap();
    let single = single.dataset(Choices::default()).unwrap();
    assert_eq!(format!("{dataset:?}"), format!("{single:?}"));
}

#[test]
fn a_third_file_is_read_by_the_columns_of_the_first() {
    let march = JANUARY.replace("2024-01", "2024-03");
    let files: [(&str, &[u8]); 3] = [
        ("01.csv", JANUARY.as_bytes()),
        ("02.csv", FEBRUARY.as_bytes()),
        ("03.csv", march.as_bytes()),
    ];
    let table = read(&files, 9).unwrap();
    assert_eq!(
        counts(&table, Choices::default()),
        [("used", 9), ("overlap", 1)]
    );
}

#[test]
fn files_of_two_encodings_are_one_table() {
    let korean = |rows: &str| format!("고객,주문일,금액,지역\n{rows}");
    let first = korean("김,2024-01-01,100,서울\n이,2024-01-02,200,부산\n");
    let second = korean("김,2024-02-01,300,서울\n박,2024-02-02,400,대구\n");
    let (second, _, _) = encoding_rs::EUC_KR.encode(&second);
    let table = read(&[("1.csv", first.as_bytes()), ("2.csv", &second)], 5).unwrap();
    let dataset = table.dataset(Choices::default()).unwrap();
    assert_eq!(dataset.n_customers(), 3);
    let region = &dataset.attributes[0].values;
    let AttributeValues::Texts { texts, .. } = region else {
        panic!("{region:?}");
    };
    assert_eq!(texts.len(), 3);
}

/// A further file of orders as January's, without the region.
const SHORT: &str = "date,customer,order,amount\n2024-03-01,7,31,8\n2024-03-02,9,32,4.50\n2024-03-02,9,32,4.50\n2024-03-03,,33,1\n";

#[test]
fn orders_that_lack_columns_are_added_and_have_nothing_there() {
    let files: [(&str, &[u8]); 3] = [
        ("01.csv", JANUARY.as_bytes()),
        ("03.csv", SHORT.as_bytes()),
        ("04.csv", FEBRUARY.as_bytes()),
    ];
    let table = read(&files, 5).unwrap();
    assert_eq!(
        counts(&table, Choices::default()),
        [("used", 8), ("overlap", 1), ("no_customer", 1)]
    );
    let filled = "customer,order,date,amount,region\n\
        7,31,2024-03-01,8,\n9,32,2024-03-02,4.50,\n9,32,2024-03-02,4.50,\n,33,2024-03-03,1,\n";
    let files: [(&str, &[u8]); 3] = [files[0], ("03.csv", filled.as_bytes()), files[2]];
    let whole = read(&files, 5).unwrap();
    let dataset = |table: &Table| format!("{:?}", table.dataset(Choices::default()).unwrap());
    assert_eq!(dataset(&table), dataset(&whole));
}

#[test]
fn a_row_is_known_again_in_a_file_that_lacks_a_column() {
    let first = "customer,order,date,amount,memo\n7,1,2024-01-03,10,gift\n8,2,2024-03-04,5,door\n8,3,2024-03-05,5,\n";
    let second =
        "customer,order,date,amount\n8,2,2024-03-04,5\n8,3,2024-03-05,5\n9,4,2024-04-04,6\n";
    for (first, second) in [(first, second), (second, first)] {
        let files: [(&str, &[u8]); 2] = [("1.csv", first.as_bytes()), ("2.csv", second.as_bytes())];
        let placed_first = match first.contains("memo") {
            true => files,
            false => [files[1], files[0]],
        };
        let table = read(&placed_first, 100).unwrap();
        assert_eq!(
            counts(&table, Choices::default()),
            [("used", 4), ("overlap", 2)]
        );
    }
}

#[test]
fn rows_left_out_of_a_file_that_lacks_columns_have_empty_cells_there() {
    let files: [(&str, &[u8]); 2] = [("01.csv", JANUARY.as_bytes()), ("03.csv", SHORT.as_bytes())];
    let table = read(&files, 100).unwrap();
    let mut rows = LeftOutRows::new(&table, Choices::default(), None, decoder);
    let mut out = Vec::new();
    for text in [JANUARY, SHORT] {
        rows.feed(text.as_bytes(), &mut out).unwrap();
        rows.end_file(&mut out).unwrap();
    }
    rows.finish().unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(out, "03.csv,5,no_customer,,33,2024-03-03,1,\r\n");
}

#[test]
fn the_pieces_of_a_file_that_has_amounts_alone_are_unknown() {
    let first = "customer,date,quantity,amount\n7,2024-01-03,2,10\n8,2024-01-04,-1,5\n";
    let second = "customer,date,amount\n7,2024-02-03,12\n9,2024-02-04,6\n";
    let files: [(&str, &[u8]); 2] = [("1.csv", first.as_bytes()), ("2.csv", second.as_bytes())];
    let table = read(&files, 100).unwrap();
    assert_eq!(
        counts(&table, Choices::default()),
        [("used", 3), ("returned", 1)]
    );
}

#[test]
fn orders_go_together_whichever_of_them_lacks_columns() {
    let part = |first: &str, second: &str| {
        let (a, b) = (
            look("a.csv", first.as_bytes()),
            look("b.csv", second.as_bytes()),
        );
        let placed = placed(&[(&a, None), (&b, None)]);
        let part = |one: &Placed| (one.place, one.part);
        placed.iter().map(part).collect::<Vec<_>>()
    };
    let (leading, appended) = (Part::Leading, Part::Appended);
    assert_eq!(part(JANUARY, SHORT), [(0, leading), (1, appended)]);
    assert_eq!(part(SHORT, JANUARY), [(1, leading), (0, appended)]);
    // Customers, dates and amounts without the orders' ids may be payments or refunds of the same orders.
    let payments = "date,customer,amount\n2024-03-01,7,8\n2024-03-02,9,4.50\n2024-03-02,9,4.50\n";
    assert_ne!(part(JANUARY, payments)[1].1, appended);
    // Without what was paid, or with a column of its own, it is none of these orders.
    let unpaid =
        "date,customer,region\n2024-03-01,7,Seoul\n2024-03-02,9,Busan\n2024-03-03,9,Busan\n";
    let other = "date,customer,amount,city\n2024-03-01,7,8,Seoul\n2024-03-02,9,4,Busan\n2024-03-03,9,4,Busan\n";
    for second in [unpaid, other] {
        assert_ne!(part(JANUARY, second)[1].1, appended, "{second}");
    }
}

#[test]
fn a_file_with_other_columns_is_refused() {
    let other = b"customer,order,date,amount,city\n7,1,2024-01-03,10.50,Seoul\n";
    let first = look("a.csv", JANUARY.as_bytes());
    let mut importer = Importer::new(&first, &first.guess, decoder).unwrap();
    importer.feed(JANUARY.as_bytes()).unwrap();
    let preview = look("b.csv", other);
    let refused = importer.go_on(&preview, &preview.guess);
    assert_eq!(refused, Err(ImportError::OtherColumns { n_expected: 5 }));
    assert_eq!(importer.finish().unwrap().n_rows(), 4);
}

#[test]
fn rows_left_out_are_listed_with_their_file_in_the_order_of_the_first_files_columns() {
    let table = months();
    let mut rows = LeftOutRows::new(&table, Choices::default(), None, decoder);
    let mut out = Vec::new();
    rows.start(&mut out);
    for text in [JANUARY, FEBRUARY] {
        rows.feed(text.as_bytes(), &mut out).unwrap();
        rows.end_file(&mut out).unwrap();
    }
    rows.finish().unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "file,line,reason,customer,order,date,amount,region\r\n\
         02.csv,2,overlap,9,3,2024/01/31,5.00,\r\n"
    );
}

#[test]
fn files_are_read_by_name_with_orders_first() {
    let orders = |name: &str| look(name, JANUARY.as_bytes());
    let customers = look(
        "a.csv",
        b"customer,region,age\n7,Seoul,31\n8,Busan,42\n9,Jeju,53\n",
    );
    assert_eq!(customers.guess.table, TableKind::Customers);
    let (b, c) = (orders("b.csv"), orders("c.csv"));
    assert_eq!(
        order(&[(&c, None), (&customers, None), (&b, None)]),
        [2, 1, 0]
    );
    let led_by_customers = [(&customers, None), (&b, Some(None)), (&c, Some(None))];
    assert_eq!(order(&led_by_customers), [0, 1, 2]);
    assert_eq!(Part::of(&b, &customers), Part::Joined);
    assert_eq!(Part::of(&b, &c), Part::Appended);
    assert_eq!(Part::of(&customers, &b), Part::Stranger);
}

#[test]
fn a_joined_table_keeps_only_the_column_of_its_customers_as_a_role() {
    let orders = look("orders.csv", JANUARY.as_bytes());
    let customers = look(
        "customers.csv",
        b"customer,region,orders\n7,Seoul,3\n8,Busan,4\n9,Jeju,5\n",
    );
    let mapping: Mapping = Part::Joined.mapping(&orders.guess, &customers, &Said::default());
    let roles: Vec<_> = mapping.roles.values().map(String::as_str).collect();
    assert_eq!(roles, ["customer"]);
}

fn order(files: &[(&Preview, Option<Kind>)]) -> Vec<usize> {
    placed(files).iter().map(|one| one.place).collect()
}

#[test]
fn what_is_said_of_a_file_goes_before_what_it_looks_like() {
    let orders = look("b.csv", JANUARY.as_bytes());
    let other = look(
        "a.csv",
        b"who,day,paid\n7,2024-01-03,1\n8,2024-01-03,2\n8,2024-01-04,2\n",
    );
    let part = |kind: Option<Kind>| {
        let placed = placed(&[(&orders, Some(Some(TableKind::Orders))), (&other, kind)]);
        let other = placed.iter().find(|one| one.place == 1).copied();
        other.map(|Placed { kind, part, .. }| (kind, part)).unwrap()
    };
    let (orders_kind, spend) = (Some(TableKind::Orders), Some(TableKind::Spend));
    assert_eq!(part(Some(spend)), (spend, Part::Spend));
    assert_eq!(part(Some(None)), (None, Part::Unused));
    assert_eq!(part(Some(orders_kind)), (orders_kind, Part::Leading));
    let roles = other.roles_as(TableKind::Spend);
    let roles: Vec<_> = roles.values().map(String::as_str).collect();
    assert_eq!(roles, ["day", "paid"]);
}

#[test]
fn tables_of_one_kind_are_one_where_their_columns_are_and_told_apart_where_not() {
    let orders = look("orders.csv", JANUARY.as_bytes());
    let people = |name: &str| look(name, b"customer,city\n7,Seoul\n8,Busan\n9,Jeju\n");
    let survey = look("survey.csv", b"customer,likes us\n7,yes\n8,no\n9,yes\n");
    let (first, second) = (people("p-1.csv"), people("p-2.csv"));
    let files = [
        (&second, None),
        (&survey, None),
        (&orders, None),
        (&first, None),
    ];
    let placed = placed(&files);
    let seen: Vec<_> = placed
        .iter()
        .map(|one| (one.place, one.part, one.more_of, one.rival))
        .collect();
    assert_eq!(
        seen,
        [
            (2, Part::Leading, None, None),
            (3, Part::Joined, None, None),
            (0, Part::Joined, Some(3), None),
            (1, Part::Joined, None, Some(3)),
        ]
    );
}

fn overlaps(files: &[(&str, &str)]) -> Vec<u64> {
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let table = read(&files, 64).unwrap();
    let ledger = table.ledger(Choices::default());
    let overlaps: Vec<u64> = ledger.files.iter().map(|file| file.n_overlapping).collect();
    let all: u64 = ledger.buckets.iter().map(|bucket| bucket.n_rows).sum();
    assert_eq!(all, ledger.n_rows);
    overlaps
}

#[test]
fn two_at_five_are_not_one_at_ten() {
    let head = "customer,date,product,quantity,price\n";
    let january =
        format!("{head}7,2024-01-03,tea,2,5\n8,2024-01-03,tea,1,0\n9,2024-01-03,tea,0,4\n");
    let same = format!("{head}7,2024-01-03,tea,2.0,5.00\n8,2024-01-03,tea,1,0\n");
    let other =
        format!("{head}7,2024-01-03,tea,1,10\n8,2024-01-03,tea,2,0\n9,2024-01-03,tea,0,5\n");
    assert_eq!(overlaps(&[("1.csv", &january), ("2.csv", &same)]), [0, 2]);
    assert_eq!(overlaps(&[("1.csv", &january), ("2.csv", &other)]), [0, 0]);
}

#[test]
fn rows_with_another_price_beside_the_amount_differ() {
    let head = "customer,date,amount,quantity,price\n";
    let january = format!("{head}7,2024-01-03,10,2,5\n8,2024-01-03,10,2,6\n");
    let other = format!("{head}7,2024-01-03,10,2,5.50\n8,2024-01-03,10,2,6.00\n");
    assert_eq!(overlaps(&[("1.csv", &january), ("2.csv", &other)]), [0, 1]);
}

#[test]
fn it_is_told_which_earlier_file_has_the_rows() {
    let head = "customer,order,date,amount\n";
    let row = |n: u32| format!("7,{n},2024-01-03,{n}\n");
    let file = |rows: &[u32]| format!("{head}{}", rows.iter().map(|&n| row(n)).collect::<String>());
    let texts = [file(&[1, 2, 3]), file(&[3, 4]), file(&[2, 3, 4, 4, 5])];
    let files = ["1.csv", "2.csv", "3.csv"].into_iter().zip(&texts);
    let files: Vec<_> = files.map(|(name, text)| (name, text.as_bytes())).collect();
    let ledger = read(&files, 10).unwrap().ledger(Choices::default());
    let with = |place: usize| ledger.files[place].overlaps.clone();
    assert_eq!([with(0), with(1)], [vec![], vec![(0, 1)]]);
    assert_eq!(with(2), [(0, 2), (1, 1)]);
    for file in &ledger.files {
        let all: u64 = file.overlaps.iter().map(|(_, n_rows)| n_rows).sum();
        assert_eq!(all, file.n_overlapping);
    }
}

#[test]
fn orders_that_several_files_tell_differently_are_counted_and_no_row_is_lost() {
    let head = "customer,order,date,amount,status\n";
    let first =
        format!("{head}7,A1,2024-01-03,10,paid\n7,A2,2024-01-04,20,paid\n8,A3,2024-01-05,5,paid\n");
    let second = format!(
        "{head}7,A1,2024-01-03,10,cancelled\n7,A2,2024-01-04,20,paid\n9,A4,2024-02-01,1,paid\n"
    );
    let files: [(&str, &[u8]); 2] = [("1.csv", first.as_bytes()), ("2.csv", second.as_bytes())];
    let table = read(&files, 9).unwrap();
    assert_eq!(table.ledger(Choices::default()).n_split_orders, 1);
    assert_eq!(
        counts(&table, Choices::default()),
        [("used", 4), ("overlap", 1), ("returned", 1)]
    );
    let once = read(&files[..1], 9).unwrap();
    assert_eq!(once.ledger(Choices::default()).n_split_orders, 0);
}

fn seen(dataset: &Dataset) -> String {
    format!("{:?} {:?}", dataset.history, dataset.attributes)
}

pub(crate) fn side_of(first: &Preview, name: &str, text: &str, part: Part) -> Table {
    let preview = look(name, text.as_bytes());
    assert_eq!(Part::of(first, &preview), part);
    let mapping = part.mapping(&first.guess, &preview, &Said::default());
    let mut importer = Importer::new(&preview, &mapping.of_joined(), decoder).unwrap();
    importer.feed(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

/// An engine that has read the orders with the table beside them.
pub(crate) fn with_side(orders: &str, side: Table) -> (Engine, Imported) {
    let mut engine = Engine::default();
    let number = FileNumber(1);
    engine
        .open(
            number,
            "orders.csv",
            orders.len() as u64,
            None,
            orders.as_bytes(),
        )
        .unwrap();
    let guess = look("orders.csv", orders.as_bytes()).guess;
    let mut importer = engine.importer(number, &guess).unwrap();
    importer.feed(orders.as_bytes()).unwrap();
    let imported = engine
        .import(importer, vec![side], Choices::default())
        .unwrap();
    (engine, imported)
}

/// The names in a list of what one side lacks.
pub(crate) fn list(engine: &mut Engine, missing: Missing) -> Vec<String> {
    let what = What::Unmatched { table: 0, missing };
    let file = engine
        .export(what, &Settings::default(), &[], &mut Unwatched)
        .unwrap();
    assert_eq!(file.name, format!("{}.csv", missing.key()));
    let text = String::from_utf8(file.bytes).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

const CHANNELS: &str = "customer,date,amount,channel\n\
    7,2024-01-03,10.50,Naver\n8,2024-01-09,20,naver\n9,2024-01-31,5,Mail\n9,2024-03-31,500,Mail\n8,2024-01-10,1,\n\
    5,2024-01-12,40,Flyer\n5,2024-01-13,-40,Radio\n";

#[test]
fn spend_is_set_beside_the_orders_that_name_its_channels() {
    let cost = "day,campaign channel,cost,clicks\n\
        2024-01-01,NAVER,100,7\n2024-01-31,naver,50.5,3\n2024-01-15,Kakao,30,1\n2024-01-16,mail,0,1\n,mail,9,1\n";
    let first = look("orders.csv", CHANNELS.as_bytes());
    let side = side_of(&first, "cost.csv", cost, Part::Spend);
    assert_eq!(
        counts(&side, Choices::default()),
        [("used", 4), ("no_date", 1)]
    );
    let (mut engine, imported) = with_side(CHANNELS, side);
    let spend = &imported.spend[0];
    let channels: Vec<String> = spend
        .channels
        .iter()
        .map(|one| {
            let totals = &one.totals;
            let revenue = totals
                .revenue
                .map_or("none".to_owned(), |money| money.to_string());
            format!("{} {} {} {revenue}", one.name, totals.cost, totals.sums[0])
        })
        .collect();
    assert_eq!(
        channels,
        ["NAVER 150.5 10 30.5", "Kakao 30 1 none", "mail 0 1 5"]
    );
    assert_eq!(spend.matched_by.as_deref(), Some("channel"));
    // Radio stands only in a row that was given back.
    assert_eq!((spend.n_without_orders, spend.n_without_cost), (1, 1));
    assert_eq!(list(&mut engine, Missing::ChannelOrders), ["Kakao"]);
    assert_eq!(list(&mut engine, Missing::ChannelCost), ["Flyer"]);
}

#[test]
fn sums_of_spend_are_added_up_by_month_and_rates_are_made_anew_from_them() {
    let cost = "date,channel,cost,impressions,clicks,CTR(%),Avg. CPC,ROAS,rank,score\n\
        2024-01-01,Naver,100,1000,10,1.0,10,3,1,7\n2024-01-31,Naver,50,3000,90,3.0,0.55,2,2,8\n\
        2024-02-15,Mail,30,0,0,0,0,1,3,9\n2024-03-31,Mail,1,5,1,20,1,0,4,9\n";
    let first = look("orders.csv", CHANNELS.as_bytes());
    let (_, imported) = with_side(CHANNELS, side_of(&first, "cost.csv", cost, Part::Spend));
    let spend = &imported.spend[0];
    assert_eq!(spend.columns, ["impressions", "clicks"]);
    let rates: Vec<&str> = spend.rates.iter().map(|rate| rate.name.as_str()).collect();
    assert_eq!(rates, ["CTR(%)", "Avg. CPC"]);
    assert_eq!(spend.passed_columns, ["rank", "score", "ROAS"]);
    let months: Vec<_> = spend
        .months
        .iter()
        .map(|(first, totals)| {
            let rates: Vec<_> = spend.rates.iter().map(|rate| rate.of(totals)).collect();
            let revenue = totals.revenue.map(|money| money.to_string());
            (first.to_string(), totals.cost.to_string(), rates, revenue)
        })
        .collect();
    let month = |first: &str, cost: &str, rates: [Option<f64>; 2], revenue: Option<&str>| {
        (
            first.to_owned(),
            cost.to_owned(),
            rates.to_vec(),
            revenue.map(str::to_owned),
        )
    };
    assert_eq!(
        months,
        [
            month("2024-01-01", "150", [Some(0.025), Some(1.5)], Some("76.5")),
            month("2024-02-01", "30", [None, None], None),
            month("2024-03-01", "1", [Some(0.2), Some(1.0)], Some("500")),
        ]
    );
    let by_month: i128 = spend
        .months
        .iter()
        .map(|(_, totals)| totals.cost.units())
        .sum();
    assert_eq!(by_month, spend.cost.units());
}

proptest! {
    /// However a file is cut into files at the ends of rows, and however often parts of it come again, it is the file.
    #[test]
    fn files_that_were_cut_from_one_come_to_the_whole(
        rows in proptest::collection::vec((0_u8..6, 0_u8..9, 1_u8..4), 2..40),
        cut in 1_usize..39,
        again in 0_usize..10,
    ) {
        let row = |&(customer, day, amount): &(u8, u8, u8)| {
            format!("C{customer},2024-01-{:02},{amount}\n", day + 1)
        };
        let text = |rows: &[(u8, u8, u8)]| {
            let rows: String = rows.iter().map(row).collect();
            format!("customer,date,amount\n{rows}").into_bytes()
        };
        let cut = cut.min(rows.len() - 1);
        let overlap = cut.saturating_sub(again);
        let whole = read(&[("w.csv", &text(&rows))], 1 << 20).unwrap();
        // Rows that the first part has as often as the whole are overlaps; the others are told apart by their number.
        let parts = [("a.csv", &text(&rows[..cut])[..]), ("b.csv", &text(&rows[cut..])[..])];
        let both = Choices::default().set(Reason::Overlap, false);
        let parts = read(&parts, 11).unwrap();
        prop_assert_eq!(
            seen(&parts.dataset(both).unwrap()),
            seen(&whole.dataset(both).unwrap())
        );
        let numbered = |rows: &[(u8, u8, u8)], first: usize| {
            let rows = rows.iter().enumerate();
            let rows: String = rows
                .map(|(place, row)| {
                    format!("C{},{},2024-01-{:02},{}\n", row.0, first + place, row.1 + 1, row.2)
                })
                .collect();
            format!("customer,order,date,amount\n{rows}").into_bytes()
        };
        let whole = read(&[("w.csv", &numbered(&rows, 0))], 1 << 20).unwrap();
        let parts = [
            ("a.csv", &numbered(&rows[..cut], 0)[..]),
            ("b.csv", &numbered(&rows[overlap..], overlap)[..]),
        ];
        let parts = read(&parts, 13).unwrap();
        prop_assert_eq!(
            seen(&parts.dataset(Choices::default()).unwrap()),
            seen(&whole.dataset(Choices::default()).unwrap())
        );
    }
}
