//! What the first orders of customers say, as the cohorts by first product, category or channel take it.

use gyeol::analysis::cohorts::{self, By, Label};
use gyeol::analysis::{Report, Request, Unwatched};
use gyeol::data::{AttributeValues, Choices, Table};
use gyeol::engine::Engine;
use gyeol::protocol::FileNumber;

use super::several::{look, read};

/// Customer 7 first bought tea and cups at once, 8 without a coupon, 9 only once.
const ORDERS: &str = "customer,order,date,product,amount,category,coupon\n\
    7,1,2024-01-03,Tea,5,Food,NEW\n7,1,2024-01-03,Cup,7.50,Kitchen,NEW\n7,2,2024-02-09,Pan,90,Kitchen,\n\
    8,3,2024-01-09,Tea,4,Food,\n8,4,2024-03-09,Cup,8,Kitchen,NEW\n9,5,2024-02-10,Bowl,5,,SPRING\n\
    9,5,2024-02-10,Ash,5,,SPRING\n7,6,2024-04-02,Tea,5,Food,\n";

fn reversed() -> String {
    let mut lines: Vec<&str> = ORDERS.lines().collect();
    lines[1..].reverse();
    lines.join("\n") + "\n"
}

fn firsts(table: &Table, column: &str) -> Vec<Option<String>> {
    match table.first_values(column, Choices::default()).unwrap() {
        AttributeValues::Texts { texts, codes } => {
            let text = |code: Option<u32>| code.map(|code| texts.get(code).into_owned());
            codes.into_iter().map(text).collect()
        }
        _ => panic!("texts"),
    }
}

#[test]
fn the_first_order_says_what_was_bought_first_and_not_the_latest_row() {
    for text in [ORDERS.to_owned(), reversed()] {
        let table = read(&[("orders.csv", text.as_bytes())], 64).unwrap();
        assert_eq!(table.first_columns(), ["product", "category", "coupon"]);
        let named = |names: [&str; 3]| -> Vec<Option<String>> {
            let name = |name: &str| (!name.is_empty()).then(|| name.to_owned());
            names.into_iter().map(name).collect()
        };
        // Of several rows the one with the most money; of equal ones the first in byte order.
        assert_eq!(firsts(&table, "product"), named(["Cup", "Tea", "Ash"]));
        assert_eq!(firsts(&table, "category"), named(["Kitchen", "Food", ""]));
        // Who first bought without a coupon has none, whatever came later.
        assert_eq!(firsts(&table, "coupon"), named(["NEW", "", "SPRING"]));
        assert!(table.first_values("customer", Choices::default()).is_none());
    }
}

#[test]
fn a_table_of_customers_has_no_first_orders() {
    let text =
        "customer,recency,orders,amount,city\n1,5,2,10,Seoul\n2,7,3,20,Busan\n3,9,1,5,Seoul\n";
    let table = read(&[("customers.csv", text.as_bytes())], 64).unwrap();
    assert_eq!(table.first_columns(), [""; 0]);
}

#[test]
fn cohorts_by_first_category_are_of_the_first_order() {
    let mut engine = Engine::default();
    let number = FileNumber(1);
    let (text, size) = (ORDERS.as_bytes(), ORDERS.len() as u64);
    engine.open(number, "orders.csv", size, None, text).unwrap();
    let guess = look("orders.csv", text).guess;
    let mut importer = engine.importer(number, &guess).unwrap();
    importer.feed(text).unwrap();
    let imported = engine.import(importer, Vec::new(), Choices::default());
    assert_eq!(
        imported.unwrap().first_columns,
        ["product", "category", "coupon"]
    );
    let params = cohorts::Params {
        by: By::FirstOrder,
        column: "category".to_owned(),
        ..cohorts::Params::default()
    };
    let ask = |engine: &mut Engine, column: &str| {
        let column = column.to_owned();
        let params = cohorts::Params {
            column,
            ..params.clone()
        };
        engine.analyze(Request::Cohorts(params, None), None, &mut Unwatched)
    };
    let Ok(Report::Cohorts(report)) = ask(&mut engine, "category") else {
        panic!("cohorts")
    };
    let found = report
        .cohorts
        .iter()
        .map(|own| (own.label.clone(), own.n_customers));
    let text = |text: &str| Label::Text(text.to_owned());
    let expected = [(text("Food"), 1), (text("Kitchen"), 1), (Label::Missing, 1)];
    assert_eq!(found.collect::<Vec<_>>(), expected);
    assert!(ask(&mut engine, "nothing of the kind").is_err());
}
