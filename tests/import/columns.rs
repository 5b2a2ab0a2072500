//! What stands in the columns: every cell in one count, and what looks odd.

use std::fmt::Write;

use gyeol::data::{
    Choices, ColumnType, DateOrder, Day, Distinct, ImportError, Mapping, Oddity, Role, Survey,
    SurveyedColumn, Surveyor, TableKind,
};
use gyeol::decode::decoder;
use proptest::prelude::*;

use crate::{dataset, look_at, table_as};

fn survey_as(bytes: &[u8], mapping: &Mapping, piece: usize) -> Result<Survey, ImportError> {
    let table = table_as(bytes, mapping)?;
    let mut surveyor = Surveyor::new(&table, decoder);
    for bytes in bytes.chunks(piece.max(1)) {
        surveyor.feed(bytes)?;
    }
    surveyor.end_file()?;
    surveyor.finish()
}

fn survey(text: &str) -> Survey {
    let mapping = look_at(text.as_bytes()).unwrap().guess;
    survey_as(text.as_bytes(), &mapping, 1 << 16).unwrap()
}

fn column<'a>(survey: &'a Survey, header: &str) -> &'a SurveyedColumn {
    let mut columns = survey.columns.iter();
    columns.find(|column| column.header == header).unwrap()
}

fn keys(survey: &Survey, header: &str) -> Vec<&'static str> {
    let oddities = column(survey, header).oddities.iter();
    oddities.map(Oddity::key).collect()
}

/// 60 rows of 20 orders with three lines each; `cells` writes further columns by row.
fn orders(heads: &str, cells: impl Fn(usize) -> String) -> String {
    let mut text = format!("customer,order,date,amount{heads}\n");
    for row in 0..60 {
        let (customer, order, day) = (row / 3 % 7, row / 3, 1 + row % 28);
        let amount = 1_000 + row * 10;
        let further = cells(row);
        writeln!(
            text,
            "C{customer},{order},2024-03-{day:02},{amount}{further}"
        )
        .unwrap();
    }
    text
}

#[test]
fn columns_are_told_by_role_and_kind_with_their_range() {
    let text = orders(",age,phone,city,joined", |row| {
        let city = ["Seoul", "Busan", ""][row % 3];
        let phone = 1_012_345_678 + row * 7_919_331;
        format!(
            ",{},0{phone},{city},2020-01-{:02}",
            20 + row % 40,
            1 + row % 20
        )
    });
    let survey = survey(&text);
    assert_eq!((survey.n_rows, survey.n_blank), (60, 0));
    let kinds = survey
        .columns
        .iter()
        .map(|column| (column.role, column.kind));
    let kinds: Vec<_> = kinds.collect();
    let expected = [
        (Some(Role::Customer), ColumnType::Id),
        (Some(Role::Order), ColumnType::Id),
        (Some(Role::Date), ColumnType::Date),
        (Some(Role::Amount), ColumnType::Money),
        (None, ColumnType::Number),
        (None, ColumnType::Id),
        (None, ColumnType::Text),
        (None, ColumnType::Date),
    ];
    assert_eq!(kinds, expected);
    let age = column(&survey, "age");
    let points = age.range.unwrap().points;
    assert_eq!(
        (points[0], points[4], age.distinct),
        (20.0, 59.0, Distinct::Exactly(40))
    );
    let city = column(&survey, "city");
    assert_eq!((city.n_missing, city.n_read), (20, 40));
    let examples = [("Busan".to_owned(), 20), ("Seoul".to_owned(), 20)];
    assert_eq!(city.examples, examples);
    assert_eq!(city.n_most_frequent, Some(20));
    assert!(
        column(&survey, "phone").examples.is_empty(),
        "no id is shown"
    );
    let odd = survey
        .columns
        .iter()
        .filter(|column| !column.oddities.is_empty());
    assert_eq!(odd.count(), 0);
}

#[test]
fn words_for_nothing_blanks_and_other_kinds_are_counted() {
    let text = orders(",age,grade", |row| {
        let age = match row % 12 {
            0 => "N/A".to_owned(),
            1 => " 31 ".to_owned(),
            2 => "old".to_owned(),
            _ => (30 + row % 9).to_string(),
        };
        let grade = ["gold", "Gold", "없음", "silver"][row % 4];
        format!(",{age},{grade}")
    });
    let survey = survey(&text);
    let age = column(&survey, "age");
    assert_eq!((age.n_missing, age.n_unread, age.n_read), (5, 5, 50));
    let expected = [
        Oddity::MissingWords(5),
        Oddity::Blanks(5),
        Oddity::OtherKind(5),
    ];
    assert_eq!(age.oddities, expected);
    let grade = column(&survey, "grade");
    assert_eq!(
        grade.oddities,
        [Oddity::PerhapsMissing(15), Oddity::Spellings(1)]
    );
}

#[test]
fn characters_that_nobody_sees_are_counted_and_line_breaks_are_none_of_them() {
    let text = orders(",note", |row| match row {
        3 | 4 => format!(",a\u{0}{row}"),
        5 => ",\"two\nlines\"".to_owned(),
        _ => format!(",text {row}"),
    });
    assert_eq!(column(&survey(&text), "note").oddities, [Oddity::Unseen(2)]);
}

#[test]
fn numbers_and_days_that_stand_for_nothing_are_named() {
    let text = orders(",age,born,code,plan", |row| {
        let age = if row % 10 == 0 { 999 } else { 20 + row };
        let born = match row {
            5 => "1900-01-01".to_owned(),
            6 => "2098-05-05".to_owned(),
            _ => format!("1990-{:02}-11", 1 + row % 12),
        };
        let code = if row % 2 == 0 { "7" } else { "seven" };
        format!(",{age},{born},{code},basic")
    });
    let survey = survey(&text);
    let sentinel = Oddity::Sentinel {
        value: 999.0,
        n_rows: 6,
    };
    assert_eq!(column(&survey, "age").oddities, [sentinel]);
    assert_eq!(column(&survey, "age").far.unwrap().n_above, 6);
    assert_eq!(keys(&survey, "born"), ["placeholder", "far_days"]);
    let far = Oddity::FarDays {
        n_early: 1,
        n_late: 1,
    };
    assert_eq!(column(&survey, "born").oddities[1], far);
    assert_eq!(
        column(&survey, "code").oddities,
        [Oddity::NumbersAmongTexts(30)]
    );
    assert_eq!(keys(&survey, "plan"), ["one_value"]);
}

#[test]
fn an_orders_total_on_each_of_its_lines_is_noticed() {
    let with_amount = |amount: fn(usize) -> usize| {
        let mut text = "customer,order,date,amount,product\n".to_owned();
        for row in 0..60 {
            let (order, amount) = (row / 3, amount(row));
            writeln!(text, "C{},{order},2024-03-01,{amount},P{row}", order % 7).unwrap();
        }
        survey(&text)
    };
    let totals = with_amount(|row| 5_000 + row / 3 * 70);
    assert_eq!(
        column(&totals, "amount").oddities,
        [Oddity::OrderTotals(20)]
    );
    let lines = with_amount(|row| 5_000 + row * 70);
    assert!(keys(&lines, "amount").is_empty());
    let flat = with_amount(|_| 5_000);
    assert_eq!(keys(&flat, "amount"), ["one_value"]);
}

#[test]
fn customers_with_several_rows_in_their_own_table_are_counted() {
    let text = "customer,recency,orders,total\n1,3,2,10\n2,4,1,20\n2,4,1,21\n3,9,4,5\n";
    let mapping = look_at(text.as_bytes())
        .unwrap()
        .guess_as(TableKind::Customers);
    let survey = survey_as(text.as_bytes(), &mapping, 7).unwrap();
    assert_eq!(
        column(&survey, "customer").oddities,
        [Oddity::RepeatedIds(1)]
    );
}

#[test]
fn a_price_and_a_quantity_have_ranges_though_the_table_keeps_their_product() {
    let mut text = "customer,date,quantity,price\n".to_owned();
    for row in 0..40 {
        writeln!(
            text,
            "C{},2024-01-{:02},{},{}.50",
            row % 9,
            1 + row % 28,
            1 + row % 4,
            row
        )
        .unwrap();
    }
    let survey = survey(&text);
    let price = column(&survey, "price");
    assert_eq!(price.kind, ColumnType::Money);
    let points = format!("{:?}", price.range.unwrap().points);
    assert_eq!(points, "[0.5, 10.25, 20.0, 29.75, 39.5]");
    assert_eq!(column(&survey, "quantity").distinct, Distinct::Exactly(4));
}

#[test]
fn another_file_than_the_one_that_was_imported_is_refused() {
    let text = orders("", |_| String::new());
    let mapping = look_at(text.as_bytes()).unwrap().guess;
    let table = table_as(text.as_bytes(), &mapping).unwrap();
    for other in [text[..text.len() - 40].to_owned(), text.repeat(2)] {
        let mut surveyor = Surveyor::new(&table, decoder);
        let fed = surveyor.feed(other.as_bytes());
        let ended = fed.and_then(|()| surveyor.end_file());
        assert!(matches!(ended, Err(ImportError::Unreadable { .. })));
    }
    assert!(Surveyor::new(&table, decoder).finish().is_err());
}

fn cell() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        " ",
        "-",
        "N/A",
        "none",
        "없음",
        "7",
        "-1",
        "999",
        "1e3",
        "2024-01-01",
        "1900-01-01",
        "x",
        " y ",
        "\"a, b\"",
        "\"\"\"\"",
        "0007",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_cell_is_in_one_count_and_neither_order_nor_pieces_show(
        rows in prop::collection::vec((cell(), cell(), cell(), cell(), cell()), 1..60),
        piece in 1..200_usize,
    ) {
        let text = |rows: &mut dyn Iterator<Item = &(&str, &str, &str, &str, &str)>| {
            let mut text = "customer,date,amount,one,two\nC,2024-01-01,5,1,z\n".to_owned();
            for (a, b, c, d, e) in rows {
                writeln!(text, "{a},{b},{c},{d},{e}").unwrap();
            }
            text
        };
        let (forth, back) = (text(&mut rows.iter()), text(&mut rows.iter().rev()));
        let mapping = look_at(forth.as_bytes()).unwrap().guess;
        prop_assume!(mapping.check(&look_at(forth.as_bytes()).unwrap()).is_ok());
        prop_assume!(look_at(back.as_bytes()).unwrap().guess == mapping);
        let found = survey_as(forth.as_bytes(), &mapping, piece).unwrap();
        let table = table_as(forth.as_bytes(), &mapping).unwrap();
        prop_assert_eq!(found.n_rows + found.n_blank, table.n_rows() as u64);
        for column in &found.columns {
            let n_cells = column.n_missing + column.n_unread + column.n_read;
            prop_assert_eq!(n_cells, found.n_rows, "{}", &column.header);
            let n_in_bars: u64 = column.bars.iter().sum();
            prop_assert!(column.range.is_none() || n_in_bars == column.n_read);
        }
        prop_assert_eq!(survey_as(back.as_bytes(), &mapping, 1 << 16).unwrap(), found);
    }
}

#[test]
fn a_date_that_each_customer_has_one_of_says_how_long_ago_it_was() {
    let text = "customer,date,amount,joined,shipped,born\n\
        ann,2024-03-01,5,2024-01-01,2024-03-02,12/05/1990\n\
        ann,2024-03-09,5,2024-01-01,2024-03-11,\n\
        bob,2024-03-05,5,2024. 2. 20.,2024-03-06,01/02/1980\n\
        cid,2024-03-05,5,,2024-03-06,02/01/1980\n";
    let dataset = dataset(text.as_bytes()).unwrap();
    let names: Vec<&str> = dataset
        .attributes
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    // A day of delivery differs between orders of one customer; days and months of birth could be either.
    assert_eq!(names, ["joined", "shipped", "born", "days since joined"]);
    let as_of = |text: &str| text.parse::<gyeol::data::Day>().unwrap();
    let days = &dataset.attributes[3].values;
    let numbers = days.numbers(as_of("2024-03-10")).unwrap();
    assert_eq!(*numbers, [Some(69.0), Some(19.0), None]);
    let before = days.numbers(as_of("2024-01-31")).unwrap();
    assert_eq!(*before, [Some(30.0), None, None], "nobody knew of it then");
}

#[test]
fn days_and_months_of_a_birthday_stand_as_those_of_the_orders_where_they_can() {
    let text = |day: &str, born: &str| {
        format!(
            "customer,date,amount,born\nann,{day},5,03/04/1990\nbob,04/03/2024,5,{born}\ncid,05/03/2024,5,\n"
        )
    };
    let born = |text: &str, mapping: &Mapping| {
        let dataset = table_as(text.as_bytes(), mapping).unwrap();
        let dataset = dataset.dataset(Choices::default()).unwrap();
        let mut attributes = dataset.attributes.into_iter();
        let days = attributes.find(|one| one.name == "days since born")?.values;
        let as_of = "2025-01-01".parse().unwrap();
        days.numbers(as_of).map(|numbers| numbers.to_vec())
    };
    let guessed = |text: &str| look_at(text.as_bytes()).unwrap().guess;
    let since = |day: &str| {
        let days = |text: &str| f64::from(text.parse::<Day>().unwrap().number());
        Some(days("2025-01-01") - days(day))
    };
    // The dates of the orders show days before months.
    let shown = text("25/03/2024", "01/02/1980");
    let expected = vec![since("1990-04-03"), since("1980-02-01"), None];
    assert_eq!(born(&shown, &guessed(&shown)), Some(expected));
    // A person says it of the orders; the birthdays follow.
    let asked = text("03/03/2024", "01/02/1980");
    let mapping = Mapping {
        date_order: Some(DateOrder::MonthDay),
        ..guessed(&asked)
    };
    let expected = vec![since("1990-03-04"), since("1980-01-02"), None];
    assert_eq!(born(&asked, &mapping), Some(expected));
    // What a column shows itself goes before what the orders show.
    let other = text("25/03/2024", "01/25/1980");
    let expected = vec![since("1990-03-04"), since("1980-01-25"), None];
    assert_eq!(born(&other, &guessed(&other)), Some(expected));
    // Neither shows it: texts they stay.
    let neither = shown.replace("25/03/2024", "2024-03-25");
    let neither = neither.replace("04/03/2024", "2024-03-04");
    let neither = neither.replace("05/03/2024", "2024-03-05");
    assert_eq!(born(&neither, &guessed(&neither)), None);
}
