//! Measures of what rows say beside the orders, as rules see them: discounts, returns, hours and categories.

use gyeol::analysis::rules::{self, Range};
use gyeol::analysis::{Report, Request, Unwatched};
use gyeol::data::Choices;
use gyeol::engine::Engine;
use gyeol::protocol::FileNumber;

use super::several::look;

/// Customer 7 has an order of two rows in the evening at a discount, one at night, and one without a time of day that
/// was given back by half; 8 has one in the morning. What 8 bought back in a returned order counts for returns alone.
const ORDERS: &str = "customer,order,date,amount,category,status,discount\n\
    7,1,2024-01-03 19:00:00,30,Food,paid,0\n7,1,2024-01-03 19:00:00,10,Kitchen,paid,2.5\n\
    7,2,2024-01-09 03:30:00,20,Food,paid,0\n7,3,2024-02-01 00:00:00,40,Garden,paid,\n\
    7,3,2024-02-02 00:00:00,-20,Garden,returned,\n8,4,2024-01-05 09:00:00,60,Food,paid,0\n\
    8,5,2024-01-06 09:00:00,20,Food,returned,5\n";

fn reversed() -> String {
    let mut lines: Vec<&str> = ORDERS.lines().collect();
    lines[1..].reverse();
    lines.join("\n") + "\n"
}

/// What rules can test, with its lowest and highest value.
pub(crate) fn ranges(text: &str, as_of: Option<&str>) -> Vec<(String, f64, f64)> {
    let mut engine = Engine::default();
    let number = FileNumber(1);
    let text = text.as_bytes();
    engine
        .open(number, "orders.csv", text.len() as u64, None, text)
        .unwrap();
    let guess = look("orders.csv", text).guess;
    let mut importer = engine.importer(number, &guess).unwrap();
    importer.feed(text).unwrap();
    engine
        .import(importer, Vec::new(), Choices::default())
        .unwrap();
    let request = Request::Rules(rules::Params::default(), Vec::new());
    let as_of = as_of.map(|day| day.parse().unwrap());
    let Ok(Report::Rules(report)) = engine.analyze(request, as_of, &mut Unwatched) else {
        panic!("rules")
    };
    let choices = report.choices.into_iter();
    let ranges = choices.filter_map(|choice| match choice.range {
        Range::Numbers(low, high) => Some((choice.name, low, high)),
        Range::Texts(..) => None,
    });
    ranges.collect()
}

pub(crate) fn range(all: &[(String, f64, f64)], name: &str) -> Option<(f64, f64)> {
    let found = all.iter().find(|(own, ..)| own == name);
    found.map(|&(_, low, high)| (low, high))
}

#[test]
fn habits_are_those_of_the_rows_in_whatever_order_they_stand() {
    for text in [ORDERS.to_owned(), reversed()] {
        let all = ranges(&text, None);
        let third = 1.0 / 3.0;
        for (name, expected) in [
            ("discount_share", (0.0, third)),
            // 20 of 100, and 20 of 80.
            ("return_share", (0.2, 0.25)),
            ("evening_share", (0.0, 0.5)),
            ("night_share", (0.0, 0.5)),
            ("category_count", (1.0, 3.0)),
            // Food 50, Kitchen 10, Garden 40 of 100.
            ("top_category_share", (0.5, 1.0)),
        ] {
            assert_eq!(range(&all, name), Some(expected), "{name}");
        }
        let (low, high) = range(&all, "category_concentration").unwrap();
        assert!(
            (low - 0.42).abs() < 1e-12 && (high - 1.0).abs() < 1e-12,
            "{low} {high}"
        );
    }
}

#[test]
fn a_past_day_knows_no_later_habit() {
    let all = ranges(ORDERS, Some("2024-01-05"));
    // Nothing had been given back, and nothing been ordered at night.
    assert_eq!(range(&all, "return_share"), Some((0.0, 0.0)));
    assert_eq!(range(&all, "night_share"), Some((0.0, 0.0)));
    assert_eq!(range(&all, "discount_share"), Some((0.0, 1.0)));
    assert_eq!(range(&all, "category_count"), Some((1.0, 2.0)));
}

#[test]
fn habits_that_the_file_says_nothing_of_are_no_measures() {
    let plain = "customer,date,amount,discounted price\n1,2024-01-03,5,4\n2,2024-01-04,5,5\n";
    let all = ranges(plain, None);
    for name in [
        "discount_share",
        "return_share",
        "evening_share",
        "category_count",
    ] {
        assert_eq!(range(&all, name), None, "{name}");
    }
    assert!(range(&all, "weekend_share").is_some());
}
