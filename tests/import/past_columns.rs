//! Columns of an order file on earlier days: each says what a file that ends then would say.

use gyeol::analysis::cohorts::{self, By};
use gyeol::analysis::rules::{self, Comparison, Condition, SegmentRule, Test};
use gyeol::analysis::treatment::{Gaps, Treatment};
use gyeol::analysis::{Outliers, Report, Request, SegmentationId, Unwatched, movement, prediction};
use gyeol::engine::Engine;
use proptest::prelude::*;

use super::named_measures::{engine_of, matching, rule, until};

/// `a` moves and pays more pieces with time, `b` refuses advertising in a cancelled order, `c` says its region late.
const ORDERS: &str = "customer,order,date,amount,region,weight,status,marketing consent\n\
    a,1,2024-01-03,30,north,1.5,paid,Y\na,2,2024-02-09 09:00:00,20,south,3,paid,Y\n\
    a,2,2024-02-09 10:00:00,20,east,,paid,Y\na,3,2024-03-01,40,south,9,paid,Y\n\
    b,4,2024-01-05,60,south,2,paid,Y\nb,5,2024-02-01,40,south,2,cancelled,N\nb,6,2024-03-03,40,south,2,paid,Y\n\
    c,7,2024-01-07,50,,4,paid,\nc,8,2024-02-20,50,west,4,paid,Y\n";

const DAYS: [&str; 6] = [
    "2024-01-03",
    "2024-01-31",
    "2024-02-09",
    "2024-02-20",
    "2024-03-01",
    "2024-03-03",
];

fn is_one_of(text: &str) -> Comparison {
    Comparison::OneOf(vec![text.to_owned()])
}

#[test]
fn a_past_day_sees_the_texts_and_means_of_then() {
    let region = |text: &str| ("region", is_one_of(text));
    let weight = |low: f64, high: f64| ("weight", Comparison::Between(low, high));
    let tests = [
        region("north"),
        region("south"),
        region("east"),
        region("west"),
        ("region", Comparison::Missing),
        weight(1.5, 1.5),
        weight(2.25, 2.25),
        weight(4.5, 4.5),
        ("marketing consent", is_one_of("N")),
    ];
    let mut whole = engine_of(ORDERS);
    let mut seen = Vec::new();
    for day in DAYS {
        let now = matching(&mut whole, &tests, day).unwrap();
        let mut then = engine_of(&until(ORDERS, day));
        for (test, n) in tests.iter().zip(&now) {
            // Of a file that knows no region or no refusal yet nothing can be asked about it.
            if let Ok(found) = matching(&mut then, std::slice::from_ref(test), day) {
                assert_eq!(found[0], *n, "{test:?} on {day}");
            }
        }
        seen.push(now);
    }
    // North for a alone; then south for b and nothing for c; the later of two rows of a day.
    assert_eq!(seen[0][..5], [1, 0, 0, 0, 0]);
    assert_eq!(seen[1][..5], [1, 1, 0, 0, 1]);
    assert_eq!(seen[2][..5], [0, 1, 1, 0, 1]);
    assert_eq!(seen[5][..5], [0, 2, 0, 1, 0]);
    assert_eq!([seen[1][5], seen[2][6], seen[5][7]], [1; 3]);
    // A refusal in a cancelled order is heard, until a later answer.
    let refusing: Vec<u64> = seen.iter().map(|n| n[8]).collect();
    assert_eq!(refusing, [0, 0, 1, 1, 1, 0]);
}

#[test]
fn what_was_asked_about_the_past_changes_nothing_now() {
    let tests = [
        ("region", is_one_of("south")),
        ("weight", Comparison::AtLeast(4.0)),
    ];
    let ask = |engine: &mut Engine, day: &str| matching(engine, &tests, day).unwrap();
    let (mut fresh, mut used) = (engine_of(ORDERS), engine_of(ORDERS));
    let then = ask(&mut used, "2024-01-31");
    let now = ask(&mut used, "2024-04-01");
    assert_eq!(now, ask(&mut fresh, "2024-04-01"));
    assert_ne!(now, then);
    assert_eq!(then, ask(&mut used, "2024-01-31"));
}

#[test]
fn what_is_done_about_a_column_is_done_on_earlier_days_too() {
    let mut engine = engine_of(ORDERS);
    // Until late in February nobody says a region for c; now nobody lacks one, so that nothing fills it.
    let treatments = [
        (
            "weight".to_owned(),
            Treatment {
                outliers: Outliers::Winsorise,
                low: 49,
                high: 51,
                ..Treatment::default()
            },
        ),
        (
            "marketing consent".to_owned(),
            Treatment {
                missing: Gaps::Value,
                value: "unknown".to_owned(),
                ..Treatment::default()
            },
        ),
    ];
    engine.treat(&treatments.into()).unwrap();
    let tests = [
        // 4.5, 2 and 4 now: drawn in to the percentiles of these, also where it was 1.5, 2 and 4.
        ("weight", Comparison::Between(3.95, 4.02)),
        ("region", Comparison::Missing),
    ];
    assert_eq!(matching(&mut engine, &tests, "2024-01-31").unwrap(), [3, 1]);
    engine.treat(&Default::default()).unwrap();
    assert_eq!(matching(&mut engine, &tests, "2024-01-31").unwrap(), [1, 1]);
}

#[test]
fn cohorts_of_a_column_are_those_of_the_day() {
    let mut engine = engine_of(ORDERS);
    let mut sizes = |day: &str| -> Vec<(String, u64)> {
        let params = cohorts::Params {
            by: By::Column,
            column: "region".to_owned(),
            unit: cohorts::Unit::Day,
            ..cohorts::Params::default()
        };
        let day = Some(day.parse().unwrap());
        let report = match engine.analyze(Request::Cohorts(params, None), day, &mut Unwatched) {
            Ok(Report::Cohorts(report)) => report,
            other => panic!("{other:?}"),
        };
        let cohorts = report.cohorts.iter();
        cohorts
            .map(|own| (format!("{:?}", own.label), own.n_customers))
            .collect()
    };
    let said = |all: &[(&str, u64)]| -> Vec<(String, u64)> {
        let all = all.iter();
        all.map(|(name, n)| ((*name).to_owned(), *n)).collect()
    };
    assert_eq!(
        sizes("2024-02-10"),
        said(&[
            ("Text(\"east\")", 1),
            ("Text(\"south\")", 1),
            ("Missing", 1)
        ])
    );
    assert_eq!(
        sizes("2024-03-03"),
        said(&[("Text(\"south\")", 2), ("Text(\"west\")", 1)])
    );
}

#[test]
fn who_has_moved_by_a_column_was_elsewhere_then_and_did_so_by_an_order() {
    let mut engine = engine_of(ORDERS);
    let rules = rules::Params {
        rules: vec![rule("south", "region", is_one_of("south"))],
    };
    let params = movement::Params {
        of: SegmentationId::Rules,
        earlier: Some("2024-01-31".parse().unwrap()),
        ..movement::Params::default()
    };
    let request = Request::Movement(params, Box::new(Request::Rules(rules, Vec::new())));
    let Ok(Report::Movement(report)) = engine.analyze(request, None, &mut Unwatched) else {
        panic!("movement")
    };
    // b stays in the south, a comes there, c stays among the others; without an order nobody would have moved.
    assert_eq!((report.n_known, report.n_moved), (3, 1));
    let n = report.n();
    let n_still: u64 = (0..n)
        .map(|place| report.without_orders[place * n + place])
        .sum();
    assert_eq!(n_still, 3);
}

/// Customers with an order every few days; `told` says what stands in the column on a day.
fn shop(told: &dyn Fn(usize, usize) -> String) -> String {
    let mut text = "customer,date,amount,mood,weight\n".to_owned();
    for customer in 0..60 {
        for day in (customer % 9..360).step_by(7 + customer % 40) {
            let date = 19_723 + day as i32;
            let date = gyeol::data::Day::from_number(date);
            let mood = told(customer, day);
            let weight = mood.len();
            text += &format!(
                "c{customer:02},{date},{},{mood},{weight}\n",
                5 + customer % 3
            );
        }
    }
    text
}

fn predicted(text: &str, days: u32) -> prediction::Report {
    let params = prediction::Params {
        features: vec!["recency".into(), "mood".into(), "weight".into()],
        days,
        ..prediction::Params::default()
    };
    let mut engine = engine_of(text);
    let found = engine.analyze(Request::Prediction(params), None, &mut Unwatched);
    match found {
        Ok(Report::Prediction(report)) => *report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_prediction_is_learnt_and_tested_on_what_the_columns_said_at_the_cut() {
    let plain =
        |customer: usize, day: usize| ["fair", "foul"][(customer / 7 + day / 100) % 2].to_owned();
    let calm = predicted(&shop(&plain), 14);
    let cut = calm.tested.unwrap().cut.number() - 19_723;
    // After the cut of the test the column says who orders then, and means nothing before.
    let leaking = predicted(
        &shop(&|customer, day| match day as i32 > cut {
            true => "ordered again".to_owned(),
            false => plain(customer, day),
        }),
        14,
    );
    assert_eq!(leaking.learnt, calm.learnt);
    assert_eq!(leaking.model, calm.model);
    assert_eq!(leaking.over_guess, calm.over_guess);
    assert_eq!(leaking.coefficients, calm.coefficients);
    assert_eq!(leaking.tenths, calm.tenths);
    // Nothing of it may know what came later, so that nothing is said about that.
    assert!(!format!("{:?}", calm.notes).contains("MayKnowLater"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_column_on_any_day_says_what_a_file_that_ends_then_says(
        rows in prop::collection::vec((0..4_u8, 1..28_u8, prop::option::of(0..3_u8), prop::option::of(-9..9_i8)), 4..30),
        day in 1..28_u8,
    ) {
        let mut text = "customer,order,date,amount,mood,size\n".to_owned();
        // Somebody is there from the first day on, and each column says something.
        text += "z,0,2024-01-01,5,m0,1.5\n";
        for (place, (customer, day, mood, size)) in rows.iter().enumerate() {
            let mood = mood.map_or_else(String::new, |mood| format!("m{mood}"));
            let size = size.map_or_else(String::new, |size| format!("{size}.5"));
            text += &format!("c{customer},{},2024-01-{day:02},5,{mood},{size}\n", place + 1);
        }
        let day = format!("2024-01-{day:02}");
        let is = |measure: &str, value: Comparison| Condition::Is(Test { measure: measure.to_owned(), value });
        let conditions = (0..3).map(|mood| is("mood", is_one_of(&format!("m{mood}"))));
        let conditions = conditions.chain((-9..9).map(|low| is("size", Comparison::MoreThan(f64::from(low) / 2.0))));
        let rules: Vec<SegmentRule> = conditions
            .enumerate()
            .map(|(place, when)| SegmentRule { name: place.to_string(), when })
            .collect();
        let counts = |text: &str| -> Vec<(u64, String)> {
            let request = Request::Rules(rules::Params { rules: rules.clone() }, Vec::new());
            let as_of = Some(day.parse().unwrap());
            match engine_of(text).analyze(request, as_of, &mut Unwatched) {
                Ok(Report::Rules(report)) => report.rules.iter()
                    .map(|own| (own.n_matching, own.revenue_matching.to_string())).collect(),
                other => panic!("{other:?}"),
            }
        };
        prop_assert_eq!(counts(&text), counts(&until(&text, &day)));
    }
}
