//! Measures that bear the name of something in the file: shares of a category, of a channel, and first orders.

use std::collections::BTreeMap;

use gyeol::analysis::rules::{self, Comparison, Condition, Range, SegmentRule, Test};
use gyeol::analysis::{AnalysisError, Report, Request, Rule, Unwatched, clusters, rfm};
use gyeol::data::{Choices, Importer};
use gyeol::decode::decoder;
use gyeol::engine::Engine;
use gyeol::protocol::FileNumber;

use super::several::look;

/// Customer `a` buys food on the web, then for the kitchen in a shop; `b` food in a shop; `c` one order of two channels.
/// The region is of customers and not of orders, no two notes are the same, and consent is no habit.
const ORDERS: &str = "customer,order,date,amount,category,channel,region,note,coupon,marketing consent\n\
    a,1,2024-01-03,30,Food,web,north,n1,NEW,Y\na,1,2024-01-03,10,Kitchen,web,north,n2,,Y\n\
    a,2,2024-02-09,20,Kitchen,shop,north,n3,,N\na,3,2024-03-01,40,Food,shop,north,n4,,N\n\
    b,4,2024-01-05,60,Food,shop,south,n5,,Y\nb,5,2024-01-06,40,Food,shop,south,n6,,Y\n\
    c,6,2024-01-07,50,Garden,web,south,n7,,Y\nc,6,2024-01-07,50,Food,shop,south,n8,,Y\n";

pub(crate) fn engine_of(text: &str) -> Engine {
    let mut engine = Engine::default();
    let number = FileNumber(1);
    let (text, size) = (text.as_bytes(), text.len() as u64);
    engine.open(number, "orders.csv", size, None, text).unwrap();
    let guess = look("orders.csv", text).guess;
    let mut importer = engine.importer(number, &guess).unwrap();
    importer.feed(text).unwrap();
    let imported = engine.import(importer, Vec::new(), Choices::default());
    imported.unwrap();
    engine
}

/// The file without the rows after a day, and with its rows the other way round.
pub(crate) fn until(text: &str, day: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let mut kept = lines.iter().enumerate();
    let kept = kept.by_ref().filter(|(place, line)| {
        let own = line.split(',').nth(2).unwrap();
        *place == 0 || &own[..10] <= day
    });
    let kept: Vec<&str> = kept.map(|(_, line)| *line).collect();
    kept.join("\n") + "\n"
}

pub(crate) fn rule(name: &str, measure: &str, value: Comparison) -> SegmentRule {
    let when = Condition::Is(Test {
        measure: measure.to_owned(),
        value,
    });
    SegmentRule {
        name: name.to_owned(),
        when,
    }
}

/// How many customers each of the tests matches on a day.
pub(crate) fn matching(
    engine: &mut Engine,
    tests: &[(&str, Comparison)],
    as_of: &str,
) -> Result<Vec<u64>, AnalysisError> {
    let rules = tests
        .iter()
        .enumerate()
        .map(|(place, (measure, value))| rule(&place.to_string(), measure, value.clone()));
    let request = Request::Rules(
        rules::Params {
            rules: rules.collect(),
        },
        Vec::new(),
    );
    match engine.analyze(request, Some(as_of.parse().unwrap()), &mut Unwatched)? {
        Report::Rules(report) => Ok(report.rules.iter().map(|own| own.n_matching).collect()),
        _ => panic!("rules"),
    }
}

fn one_of(text: &str) -> Comparison {
    Comparison::OneOf(vec![text.to_owned()])
}

#[test]
fn shares_of_a_category_and_of_a_channel_and_first_orders_can_be_tested() {
    for text in [ORDERS.to_owned(), until(ORDERS, "2024-12-31")] {
        let mut engine = engine_of(&text);
        let n = |engine: &mut Engine, measure: &str, value: Comparison| {
            matching(engine, &[(measure, value)], "2024-04-01").unwrap()[0]
        };
        for (measure, low, high, expected) in [
            // 70 of 100, all, 50 of 100.
            ("category_share:Food", 0.7, 0.7, 1),
            ("category_share:Food", 1.0, 1.0, 1),
            ("category_share:Food", 0.5, 0.5, 1),
            ("category_share:Garden", 0.0, 0.0, 2),
            // One of three orders; none; an order of two channels is one of each.
            ("order_share:channel=web", 0.33, 0.34, 1),
            ("order_share:channel=web", 0.0, 0.0, 1),
            ("order_share:channel=web", 0.5, 0.5, 1),
        ] {
            let found = n(&mut engine, measure, Comparison::Between(low, high));
            assert_eq!(found, expected, "{measure} {low}");
        }
        for (measure, text, expected) in [
            // Of rows of one moment the one with most money, and of equal ones the first in byte order.
            ("first:category", "Food", 3),
            ("first:channel", "web", 1),
            ("first:channel", "shop", 2),
            ("first:coupon", "NEW", 1),
        ] {
            assert_eq!(n(&mut engine, measure, one_of(text)), expected, "{measure}");
        }
    }
}

#[test]
fn what_says_the_same_of_all_orders_and_what_never_repeats_is_not_offered() {
    let mut engine = engine_of(ORDERS);
    let request = Request::Rules(rules::Params::default(), Vec::new());
    let Ok(Report::Rules(report)) = engine.analyze(request, None, &mut Unwatched) else {
        panic!("rules")
    };
    let named = report
        .choices
        .iter()
        .filter(|choice| choice.name.contains(':'));
    let named = named.filter(|choice| !choice.name.starts_with("segment:"));
    let named: BTreeMap<&str, &Range> = named
        .map(|choice| (choice.name.as_str(), &choice.range))
        .collect();
    let names: Vec<&str> = named.keys().copied().collect();
    assert_eq!(
        names,
        [
            "category_share:Food",
            "category_share:Garden",
            "category_share:Kitchen",
            "first:category",
            "first:channel",
            "first:coupon",
            "order_share:channel=shop",
            "order_share:channel=web",
        ]
    );
    assert_eq!(*named["category_share:Food"], Range::Numbers(0.0, 1.0));
    let lacking = matching(
        &mut engine,
        &[("category_share:Toys", Comparison::Known)],
        "2024-04-01",
    );
    let refused = AnalysisError::Column {
        field: "rules".to_owned(),
        column: "category_share:Toys".to_owned(),
        rule: Rule::KnownMeasure,
    };
    assert_eq!(lacking.unwrap_err(), refused);
}

#[test]
fn a_past_day_knows_the_shares_and_first_orders_of_then() {
    let days = ["2024-01-03", "2024-01-05", "2024-01-07", "2024-02-09"];
    let halves = |name| (name, Comparison::AtLeast(0.5));
    let tests = [
        halves("category_share:Food"),
        halves("category_share:Kitchen"),
        halves("order_share:channel=web"),
        halves("order_share:channel=shop"),
        ("first:channel", one_of("web")),
        ("first:category", one_of("Food")),
    ];
    let mut whole = engine_of(ORDERS);
    let mut seen = Vec::new();
    for day in days {
        let now = matching(&mut whole, &tests, day).unwrap();
        // A file that ends then has fewer columns that differ between orders: only what it knows can be asked of it.
        let mut then = engine_of(&until(ORDERS, day));
        for (test, n) in tests.iter().zip(&now) {
            if let Ok(found) = matching(&mut then, std::slice::from_ref(test), day) {
                assert_eq!(found[0], *n, "{} on {day}", test.0);
            }
        }
        seen.push(now);
    }
    // Food is 30 of 40 until January, and less than half of 60 from February on.
    assert_eq!(seen[0], [1, 0, 1, 0, 1, 1]);
    assert_eq!(seen[2][0], 3);
    assert_eq!(seen[3][..2], [3, 1]);
}

#[test]
fn clusters_are_made_of_the_shares_that_are_named() {
    let mut engine = engine_of(ORDERS);
    let params = clusters::Params {
        k: 2,
        features: vec![
            "category_share:Food".into(),
            "order_share:channel=web".into(),
        ],
        ..clusters::Params::default()
    };
    let Ok(Report::Clusters(report)) =
        engine.analyze(Request::Clusters(params), None, &mut Unwatched)
    else {
        panic!("clusters")
    };
    assert_eq!((report.n_customers, report.n_unclustered), (3, 0));
    let offered = |name: &str| report.available_features.iter().any(|own| own == name);
    assert!(offered("order_share:channel=web") && !offered("first:channel"));
}

#[test]
fn orders_of_one_category_are_found_however_short_its_name_is() {
    let mut engine = engine_of(ORDERS);
    let params = rfm::Params {
        category: Some("Food".into()),
        ..rfm::Params::default()
    };
    let report = match engine.analyze(Request::Rfm(params), None, &mut Unwatched) {
        Ok(Report::Rfm(report)) => report,
        other => panic!("{other:?}"),
    };
    assert_eq!(report.n_customers, 3);
}

#[test]
fn a_category_is_one_whether_the_orders_or_the_products_name_it() {
    let orders = "customer,order,date,product,amount,category\n\
        a,1,2024-01-03,Tea,30,Food\na,2,2024-01-09,Rice,10,\nb,3,2024-01-05,Cup,60,Kitchen\n";
    let products = "product,category\nTea,Food\nRice,Food\nCup,Kitchen\n";
    let text = products.as_bytes();
    let preview = look("products.csv", text);
    let mapping = preview.guess.clone().of_joined();
    let mut importer = Importer::new(&preview, &mapping, decoder).unwrap();
    importer.feed(text).unwrap();
    let side = importer.finish().unwrap();
    let mut engine = Engine::default();
    let number = FileNumber(1);
    let (text, size) = (orders.as_bytes(), orders.len() as u64);
    engine.open(number, "orders.csv", size, None, text).unwrap();
    let mut importer = engine
        .importer(number, &look("orders.csv", text).guess)
        .unwrap();
    importer.feed(text).unwrap();
    let imported = engine
        .import(importer, vec![side], Choices::default())
        .unwrap();
    assert_eq!(imported.categories, ["Food", "Kitchen"]);
    let counts = |low: f64| ("category_count", Comparison::AtLeast(low));
    let found = matching(&mut engine, &[counts(1.0), counts(2.0)], "2024-02-01");
    assert_eq!(found.unwrap(), [2, 0]);
}

#[test]
fn columns_that_only_name_customers_are_offered_last() {
    let mut text = "customer,date,amount,email,city,memo\n".to_owned();
    for customer in 0..30 {
        let city = ["Seoul", "Busan"][customer % 2];
        text += &format!(
            "{customer},2024-01-{:02},5,c{customer}@shop.kr,{city},m{customer}\n",
            customer % 9 + 1
        );
    }
    let mut engine = engine_of(&text);
    let request = Request::Rules(rules::Params::default(), Vec::new());
    let Ok(Report::Rules(report)) = engine.analyze(request, None, &mut Unwatched) else {
        panic!("rules")
    };
    let names: Vec<&str> = report.choices.iter().map(|own| own.name.as_str()).collect();
    let place = |name: &str| names.iter().position(|own| *own == name).unwrap();
    assert_eq!(names[names.len() - 2..], ["email", "memo"]);
    assert!(place("city") < place("segment:rfm") && place("segment:rfm") < place("email"));
}
