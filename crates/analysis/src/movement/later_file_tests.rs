//! Tests of a later file held against what a project kept: what it lacks, what has drifted, and the usual date.

use super::tests::{kinds, report, run_on, two_clusters};
use super::*;
use crate::{Report as Any, Request, Unwatched, clusters, rfm, rules, testing, value};
use gyeol_data::{Attribute, AttributeValues};

const DAY: i32 = 101;

/// What a project of day 101 keeps of `request`.
fn kept_of(dataset: &Dataset, request: &Request) -> Kept {
    let day = Day::from_number(DAY);
    let own = crate::run(dataset, request.clone(), day, &mut Unwatched).unwrap();
    Kept {
        as_of: day,
        known_until: day,
        rules: vec![crate::freeze(dataset, request, &own, day).unwrap()],
        choices: None,
        known: Some(Known::until(dataset, day)),
    }
}

fn against(kept: Kept, dataset: &Dataset, request: Request) -> Result<Report, AnalysisError> {
    let params = Params {
        of: kept.rules[0].id(),
        cuts: Cuts::Kept,
        kept: Some(kept),
        ..Params::default()
    };
    run_on(dataset, params, request, 250).map(report)
}

/// `dataset` with a column of numbers: a customer's number times `factor`.
fn with_column(mut dataset: Dataset, name: &str, factor: f64) -> Dataset {
    let all = 0..dataset.n_customers();
    let values = all.map(|customer| Some(customer as f64 * factor)).collect();
    dataset.attributes.push(Attribute {
        name: name.to_owned(),
        values: AttributeValues::Numbers(values),
    });
    dataset
}

fn on_age() -> Request {
    Request::Clusters(clusters::Params {
        k: 2,
        features: vec!["recency".into(), "age".into()],
        ..clusters::Params::default()
    })
}

fn rule_on(measure: &str) -> Request {
    let when = rules::Condition::Is(rules::Test {
        measure: measure.into(),
        value: rules::Comparison::AtLeast(10.0),
    });
    let name = "high".into();
    let rules = vec![rules::SegmentRule { name, when }];
    Request::Rules(rules::Params { rules }, Vec::new())
}

#[test]
fn a_file_without_a_column_that_the_rule_looks_at_is_told_which() {
    let then = with_column(kinds(100), "age", 1.0);
    let by_age = Request::Value(value::Params {
        by: "age".into(),
        ..value::Params::default()
    });
    for request in [on_age(), by_age, rule_on("age")] {
        let kept = kept_of(&then, &request);
        let of = Some(kept.rules[0].id());
        let columns = vec!["age".to_owned()];
        let found = against(kept.clone(), &kinds(200), request.clone());
        assert_eq!(found, Err(AnalysisError::LacksColumns { of, columns }));
        let there = with_column(kinds(200), "age", 1.0);
        assert!(against(kept, &there, request).is_ok());
    }
    let mut without_money = kinds(200);
    without_money.has_money = false;
    let request = Request::Rfm(rfm::Params::default());
    let found = against(kept_of(&kinds(100), &request), &without_money, request);
    let expected = AnalysisError::LacksColumns {
        of: Some(SegmentationId::Rfm),
        columns: vec!["monetary".to_owned()],
    };
    assert_eq!(found, Err(expected));
}

/// The orders of [`kinds`] after day 100, with those of the first `n` customers before.
fn later_orders(n: usize) -> Dataset {
    let (all, early) = (kinds(400), kinds(100));
    let History::Orders(orders) = &all.history else {
        return all;
    };
    let mut rows = Vec::new();
    let ids: Vec<String> = (0..all.n_customers() as u32)
        .map(|customer| all.customers.get(customer).into_owned())
        .collect();
    for (customer, id) in ids.iter().enumerate() {
        let place = early.customers.find(id.as_bytes());
        let has_past = place.is_some_and(|place| (place as usize) < n);
        for at in orders.starts[customer]..orders.starts[customer + 1] {
            let (day, units) = (orders.days[at as usize], orders.amounts[at as usize]);
            if has_past || day.number() > DAY {
                rows.push((id.as_str(), day.number(), units));
            }
        }
    }
    testing::orders(&rows)
}

#[test]
fn new_orders_alone_are_refused_and_so_are_a_few_of_the_earlier_ones() {
    let then = kinds(100);
    let request = Request::Rfm(rfm::Params::default());
    let mut kept = kept_of(&then, &request);
    let known = Known::until(&then, Day::from_number(DAY));
    let lacking = |found| Lacking {
        then: Some(known),
        found,
        until: Day::from_number(DAY),
    };
    let found = against(kept.clone(), &later_orders(0), request.clone());
    let expected = AnalysisError::LacksPast(lacking(Known::default()));
    assert_eq!(found, Err(expected));
    let one = later_orders(1);
    let of_one = Known::until(&one, Day::from_number(DAY));
    assert_eq!(of_one.n_customers, 1);
    let found = against(kept.clone(), &one, request.clone());
    assert_eq!(found, Err(AnalysisError::LacksPast(lacking(of_one))));
    // Three quarters are told of, and all are not.
    let n = known.n_customers as usize;
    let some = against(kept.clone(), &later_orders(n * 3 / 4), request.clone()).unwrap();
    assert_eq!(some.lacking.unwrap().found.n_customers, some.n_known);
    let all = against(kept.clone(), &later_orders(n), request.clone()).unwrap();
    assert_eq!((all.lacking, all.n_known), (None, known.n_customers));
    // An older project does not say how many there were.
    kept.known = None;
    assert!(against(kept.clone(), &one, request.clone()).is_ok());
    let found = against(kept, &later_orders(0), request);
    assert!(matches!(
        found,
        Err(AnalysisError::LacksPast(Lacking { then: None, .. }))
    ));
}

#[test]
fn drift_is_of_what_the_segmentation_looks_at() {
    let measures = |request: Request| {
        let of = match &request {
            Request::Rules(..) => SegmentationId::Rules,
            Request::Value(_) => SegmentationId::Value,
            Request::Clusters(_) => SegmentationId::Clusters,
            _ => SegmentationId::Rfm,
        };
        [Cuts::Frozen, Cuts::Fresh].map(|cuts| {
            let params = Params {
                of,
                cuts,
                earlier: Some(Day::from_number(DAY)),
                ..Params::default()
            };
            let dataset = with_column(kinds(400), "age", 1.0);
            let told = report(run_on(&dataset, params, request.clone(), 250).unwrap());
            let drift = told.drift.into_iter();
            drift.map(|one| one.measure).collect::<Vec<String>>()
        })
    };
    let usual = ["recency", "frequency", "monetary"];
    for (request, expected) in [
        (Request::Rfm(rfm::Params::default()), &usual[..]),
        (two_clusters(), &usual[..]),
        (on_age(), &["recency", "age"][..]),
        (rule_on("tenure"), &["tenure"][..]),
        (Request::Value(value::Params::default()), &["monetary"][..]),
    ] {
        for found in measures(request) {
            assert_eq!(found, expected);
        }
    }
    // Members go by features, too; and words of nothing are no numbers.
    let dense = Request::Clusters(clusters::Params {
        method: clusters::Method::KMedoids,
        k: 2,
        features: vec!["frequency".into()],
        ..clusters::Params::default()
    });
    assert_eq!(measures(dense)[0], ["frequency"]);
    let none = Request::Rules(rules::Params::default(), Vec::new());
    assert_eq!(measures(none)[0], usual);
}

#[test]
fn the_date_of_an_open_project_is_the_usual_one_where_the_file_goes_on_after_it() {
    let request = Request::Rfm(rfm::Params::default());
    let kept = kept_of(&kinds(100), &request);
    let earlier = |dataset: &Dataset, as_of: i32| {
        let params = Params {
            since: Some(kept.without_rules()),
            ..Params::default()
        };
        let done = run_on(dataset, params, request.clone(), as_of).unwrap();
        match done.report {
            Any::Movement(report) => report.earlier.number(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(earlier(&kinds(400), 250), DAY);
    // The same file, a day before, and a file with a single earlier customer: the project's date says nothing there.
    assert_ne!(earlier(&kinds(100), 250), DAY);
    assert_ne!(earlier(&kinds(400), 90), DAY);
    assert_ne!(earlier(&later_orders(1), 250), DAY);
}
