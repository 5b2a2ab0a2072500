//! What is said of one customer, held against the analyses themselves on other days and after other orders.

use super::*;
use crate::rules::{Comparison, Condition, SegmentRule, Test};
use crate::{
    ReadyName, Report, Request, SegmentName, Unwatched, clusters, lifecycle, movement, rfm, rhythm,
    rules, run as analyse, testing, value,
};
use proptest::prelude::*;

type Rows = Vec<(String, i32, i64)>;

const AS_OF: i32 = 400;

fn dataset_of(rows: &Rows) -> Dataset {
    let borrowed: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, day, cents)| (id.as_str(), *day, *cents))
        .collect();
    testing::orders(&borrowed)
}

fn finished(dataset: &Dataset, request: Request, day: i32) -> Finished {
    analyse(dataset, request, Day::from_number(day), &mut Unwatched).unwrap()
}

/// The request that makes the same segments on another day.
fn held(finished: &Finished) -> Request {
    match &finished.report {
        Report::Rfm(report) => Request::Rfm(report.params.clone()),
        Report::Lifecycle(report) => Request::Lifecycle(lifecycle::Params::from(report.thresholds)),
        Report::Rhythm(report) => Request::Rhythm(report.params.clone()),
        _ => panic!("another analysis"),
    }
}

/// What the analysis itself calls the segment of a customer, by the borders that are held.
fn label_on(rows: &Rows, request: &Request, customer: &str, day: i32) -> Option<Label> {
    let until: Rows = rows.iter().filter(|row| row.1 <= day).cloned().collect();
    let dataset = dataset_of(&until);
    let made = finished(&dataset, request.clone(), day).segmentation?;
    let number = dataset.customers.find(customer.as_bytes())?;
    Some(made.segment_of(number as usize)?.label.clone())
}

fn card(dataset: &Dataset, ran: &[&Finished], customer: usize, day: i32) -> Card {
    run(dataset, ran, customer, Day::from_number(day), &[]).unwrap()
}

fn placed(card: &Card, of: SegmentationId) -> &Placed {
    card.places.iter().find(|placed| placed.of == of).unwrap()
}

fn rows() -> impl Strategy<Value = Rows> {
    let row = (0..9_u32, 1..AS_OF, 1..9_000_i64);
    prop::collection::vec(row, 9..40).prop_map(|rows| {
        let own = |(id, day, cents)| (format!("c{id:02}"), day, cents);
        rows.into_iter().map(own).collect()
    })
}

fn own_lifecycle() -> Request {
    Request::Lifecycle(lifecycle::Params {
        active_days: Some(40),
        lapsed_days: Some(90),
        loyal_orders: Some(4),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn spans_follow_each_other_and_are_what_the_analysis_says_on_their_first_and_last_days(rows in rows()) {
        let dataset = dataset_of(&rows);
        let ran = [Request::Rfm(rfm::Params::default()), own_lifecycle()]
            .map(|request| finished(&dataset, request, AS_OF));
        let ran: Vec<&Finished> = ran.iter().collect();
        let card = card(&dataset, &ran, 0, AS_OF);
        prop_assert_eq!(card.past.histories.len(), 2);
        for (history, finished) in card.past.histories.iter().zip(&ran) {
            let request = held(finished);
            let first = card.past.orders[0].day;
            prop_assert_eq!((history.spans[0].from, history.spans[0].cause), (first, Cause::First));
            prop_assert_eq!(history.spans.last().unwrap().until.number(), AS_OF);
            for pair in history.spans.windows(2) {
                prop_assert_eq!(pair[0].until.plus(1), pair[1].from);
                prop_assert!(pair[0].label != pair[1].label);
                let has_ordered = card.past.orders.iter().any(|order| order.day == pair[1].from);
                prop_assert_eq!(pair[1].cause == Cause::Ordered, has_ordered);
            }
            for span in history.spans.iter().rev().take(4) {
                for day in [span.from, span.until] {
                    let said = label_on(&rows, &request, &card.past.customer, day.number());
                    prop_assert_eq!(said.as_ref(), Some(&span.label), "{}", day);
                }
            }
        }
    }

    #[test]
    fn what_is_said_to_move_a_customer_moves_it_and_less_does_not(rows in rows()) {
        let dataset = dataset_of(&rows);
        for request in [own_lifecycle(), Request::Rhythm(rhythm::Params::default())] {
            let ran = finished(&dataset, request, AS_OF);
            let of = ran.segmentation.as_ref().unwrap().id;
            let request = held(&ran);
            for customer in 0..dataset.n_customers().min(3) {
                let card = card(&dataset, &[&ran], customer, AS_OF);
                let id = card.past.customer.clone();
                let own = Some(placed(&card, of).label.clone());
                let change = placed(&card, of).change.clone().unwrap();
                if let Some((days, label)) = change.without_orders {
                    let on = |day: i32| label_on(&rows, &request, &id, day);
                    prop_assert_eq!(on(AS_OF + days as i32), Some(label));
                    prop_assert_eq!(on(AS_OF + days as i32 - 1), own.clone());
                }
                let with = |n: u32| {
                    let more = (0..n).map(|_| (id.clone(), AS_OF, 100));
                    let rows: Rows = rows.iter().cloned().chain(more).collect();
                    label_on(&rows, &request, &id, AS_OF)
                };
                match change.with_orders {
                    Some((n, label)) => {
                        prop_assert_eq!(with(n), Some(label));
                        prop_assert_eq!(with(n - 1), own);
                    }
                    None => prop_assert_eq!(with(3), own),
                }
            }
        }
    }

    #[test]
    fn the_day_that_is_told_is_the_first_one_of_all_that_come(rows in rows()) {
        let dataset = dataset_of(&rows);
        for request in [own_lifecycle(), Request::Rhythm(rhythm::Params::default())] {
            let ran = finished(&dataset, request, AS_OF);
            let borders = Borders::of(&ran.report).unwrap();
            for customer in 0..dataset.n_customers() {
                let now = Moment::of(&dataset, customer, Day::from_number(AS_OF)).unwrap();
                let own = borders.place(&now);
                let mut later = 1..10_000;
                let first = later.find(|&days| borders.place(&now.aged(days)) != own);
                let told = borders.what_if(&now).without_orders.map(|(days, _)| days as i32);
                prop_assert_eq!(told, first);
            }
        }
    }

    #[test]
    fn the_money_that_is_said_to_be_missing_is_just_enough_for_the_class_above(rows in rows()) {
        let dataset = dataset_of(&rows);
        let as_of = Day::from_number(AS_OF);
        let ran = finished(&dataset, Request::Value(value::Params::default()), AS_OF);
        let Report::Value(report) = &ran.report else { panic!("another analysis") };
        let frozen = movement::Frozen::Value(value::Lowest::of(report));
        let movement::Frozen::Value(lowest) = frozen else { panic!("another rule") };
        let mut n_told = 0;
        for customer in 0..dataset.n_customers() {
            let card = card(&dataset, &[&ran], customer, AS_OF);
            let id = card.past.customer.clone();
            let with = |cents: i64| {
                let mut rows = rows.clone();
                rows.push((id.clone(), AS_OF, cents));
                let made = lowest.segmentation(&dataset_of(&rows), as_of).unwrap();
                made.segment_of(customer).unwrap().label.clone()
            };
            let placed = placed(&card, SegmentationId::Value);
            if let Some((more, label)) = placed.change.clone().unwrap().with_money {
                n_told += 1;
                prop_assert_eq!(with(more.units() as i64), label);
                prop_assert_eq!(&with(more.units() as i64 - 1), &placed.label);
            } else {
                prop_assert_eq!(&placed.label, &Label::Ready(ReadyName::ClassA));
            }
        }
        prop_assert!(n_told < dataset.n_customers());
    }
}

#[test]
fn each_change_of_segment_has_its_day_and_its_cause() {
    let mut dataset = testing::orders(&[("a", 0, 500), ("a", 10, 500), ("a", 200, 500)]);
    if let gyeol_data::History::Orders(orders) = &mut dataset.history {
        orders.returns.starts = vec![0, 1];
        orders.returns.days = vec![Day::from_number(12)];
        orders.returns.amounts = vec![800];
    }
    let ran = finished(&dataset, own_lifecycle(), 260);
    let card = card(&dataset, &[&ran], 0, 260);
    let spans = &card.past.histories[0].spans;
    let told: Vec<_> = spans
        .iter()
        .map(|span| (span.from.number(), span.label.clone(), span.cause))
        .collect();
    let ready = Label::Ready;
    let expected = [
        (0, ready(ReadyName::New), Cause::First),
        (10, ready(ReadyName::Active), Cause::Ordered),
        // 40 days after the order of day 10 it is still active, 90 days after it not yet lapsed.
        (51, ready(ReadyName::Slipping), Cause::TimePassed),
        (101, ready(ReadyName::Lapsed), Cause::TimePassed),
        (200, ready(ReadyName::WonBack), Cause::Ordered),
        (241, ready(ReadyName::Slipping), Cause::TimePassed),
    ];
    assert_eq!(told, expected);
    assert_eq!(card.amount.unwrap().to_string(), "7");
    assert_eq!(card.past.returns[0].amount.to_string(), "8");
    assert_eq!(card.past.current(SegmentationId::Lifecycle), spans.last());
    let reason = &placed(&card, SegmentationId::Lifecycle).reason;
    assert!(matches!(
        reason,
        Reason::Lifecycle {
            recency_days: 60,
            n_orders: 3,
            back_after: None,
            ..
        }
    ));
}

#[test]
fn money_that_is_given_back_can_change_a_segment_and_says_so() {
    let mut rows = vec![("a", 0, 9_000), ("a", 1, 9_000)];
    let others = ["b", "c", "d", "e", "f", "g", "h", "i"];
    rows.extend(others.iter().zip(1..).map(|(id, n)| (*id, 2, 100 * n)));
    let mut dataset = testing::orders(&rows);
    if let gyeol_data::History::Orders(orders) = &mut dataset.history {
        orders.returns.starts = vec![0; 10];
        orders.returns.starts[1..].fill(1);
        orders.returns.days = vec![Day::from_number(5)];
        orders.returns.amounts = vec![17_950];
    }
    let rule = |name, m| rfm::SegmentRule {
        name: rfm::RuleName::Known(name),
        r: (1, 5),
        f: (1, 5),
        m,
    };
    let map = rfm::SegmentMap(vec![
        rule(SegmentName::Champions, (4, 5)),
        rule(SegmentName::Lost, (1, 3)),
    ]);
    let params = rfm::Params {
        map: Some(map),
        ..rfm::Params::default()
    };
    let ran = finished(&dataset, Request::Rfm(params), 9);
    let card = card(&dataset, &[&ran], 0, 9);
    let last = card.past.current(SegmentationId::Rfm).unwrap();
    assert_eq!((last.from.number(), last.cause), (5, Cause::Returned));
    assert_eq!(last.label, Label::Known(SegmentName::Lost));
}

#[test]
fn scores_stand_between_the_cut_points_that_gave_them() {
    let ids: Vec<String> = (0..20).map(|n| format!("c{n:02}")).collect();
    let rows: Vec<_> = ids
        .iter()
        .zip(0..)
        .map(|(id, n)| (id.as_str(), n * 5, 100 + 37 * i64::from(n)))
        .collect();
    let dataset = testing::orders(&rows);
    let ran = finished(&dataset, Request::Rfm(rfm::Params::default()), 101);
    for customer in [0, 7, 19] {
        let card = card(&dataset, &[&ran], customer, 101);
        let Reason::Rfm { scores, .. } = &placed(&card, SegmentationId::Rfm).reason else {
            panic!("another reason");
        };
        assert_eq!(scores.len(), 3);
        for scored in scores {
            assert!(
                scored.above.is_none_or(|cut| cut < scored.value),
                "{scored:?}"
            );
            assert!(
                scored.to.is_none_or(|cut| scored.value <= cut),
                "{scored:?}"
            );
        }
        assert!(scores[0].above.is_some() || scores[0].to.is_some());
    }
}

/// Days are asked by halves: one by one it would take minutes for somebody with very many orders who can go nowhere.
#[test]
fn who_is_long_overdue_with_very_many_orders_is_told_at_once() {
    let mut rows: Rows = (0..100_000)
        .map(|order| ("a".to_owned(), order / 50, 100))
        .collect();
    rows.push(("b".to_owned(), 0, 100));
    let dataset = dataset_of(&rows);
    let ran = finished(&dataset, Request::Rhythm(rhythm::Params::default()), 9_000);
    let borders = Borders::of(&ran.report).unwrap();
    let now = Moment::of(&dataset, 0, Day::from_number(9_000)).unwrap();
    assert_eq!(borders.what_if(&now).without_orders, None);
}

#[test]
fn who_is_below_all_classes_that_are_held_is_not_said_to_be_above_one() {
    let held = value::Lowest {
        grouping: value::Grouping::Abc,
        by: "monetary".to_owned(),
        values: vec![Some(50.0), None, Some(10.0)],
    };
    let dataset = testing::orders(&[("a", 0, 300), ("b", 0, 1_200), ("c", 0, 9_000)]);
    let params = value::Params {
        held: Some(held),
        ..value::Params::default()
    };
    let ran = finished(&dataset, Request::Value(params), 9);
    let told = |customer| {
        let card = card(&dataset, &[&ran], customer, 9);
        let Reason::Value { lowest, above, .. } = card.places[0].reason else {
            panic!("another reason");
        };
        (lowest, above)
    };
    assert_eq!(
        told(0),
        (None, Some(50.0)),
        "the last class has no lower border"
    );
    assert_eq!(told(1), (Some(10.0), Some(50.0)));
    assert_eq!(told(2), (Some(50.0), None));
}

#[test]
fn of_the_first_rule_that_matches_only_what_is_met_is_told_with_its_values() {
    let is = |measure: &str, value| {
        Condition::Is(Test {
            measure: measure.into(),
            value,
        })
    };
    let seldom = || is("frequency", Comparison::AtMost(1.0));
    let often = || is("frequency", Comparison::AtLeast(2.0));
    let rich = || is("monetary", Comparison::AtLeast(50.0));
    let rule = |name: &str, when| SegmentRule {
        name: name.into(),
        when,
    };
    let params = rules::Params {
        rules: vec![
            rule("nobody", Condition::All(vec![seldom(), often()])),
            rule(
                "some",
                Condition::All(vec![Condition::Any(vec![seldom(), often()]), rich()]),
            ),
            rule("all", Condition::All(Vec::new())),
        ],
    };
    let dataset = testing::orders(&[("a", 0, 3_000), ("a", 5, 3_000), ("b", 3, 100)]);
    let ran = finished(&dataset, Request::Rules(params, Vec::new()), 9);
    let of = |customer| card(&dataset, &[&ran], customer, 9).places.remove(0).reason;
    let when = Condition::All(vec![Condition::Any(vec![often()]), rich()]);
    let values = vec![
        ("frequency".to_owned(), Own::Number(2.0)),
        ("monetary".to_owned(), Own::Number(60.0)),
    ];
    assert_eq!(
        of(0),
        Reason::Rules {
            when: Some(when),
            values
        }
    );
    let everybody = Condition::All(Vec::new());
    assert_eq!(
        of(1),
        Reason::Rules {
            when: Some(everybody),
            values: Vec::new()
        }
    );
}

#[test]
fn a_table_of_customers_has_reasons_without_a_past_and_a_card_survives_the_wire() {
    let dataset =
        testing::numbers(&[("age", vec![Some(20.0), Some(21.0), Some(60.0), Some(61.0)])]);
    let params = clusters::Params {
        k: 2,
        ..clusters::Params::default()
    };
    let ran = finished(&dataset, Request::Clusters(params), 0);
    let card = card(&dataset, &[&ran], 3, 0);
    assert!(card.past.orders.is_empty() && card.past.histories.is_empty());
    let Reason::Clusters(Some(closeness)) = &card.places[0].reason else {
        panic!("another reason");
    };
    assert!((closeness.features[0].value - 61.0).abs() < 1e-12);
    let bytes = postcard::to_allocvec(&card).unwrap();
    assert_eq!(postcard::from_bytes::<Card>(&bytes).unwrap(), card);
}

#[test]
fn who_is_no_customer_yet_has_no_card_and_a_long_past_is_cut() {
    let dataset = testing::orders(&[("a", 10, 1)]);
    assert!(run(&dataset, &[], 0, Day::from_number(9), &[]).is_none());
    let often: Rows = (0..350).map(|day| ("a".to_owned(), day, 1)).collect();
    let dataset = dataset_of(&often);
    let names: Vec<_> = (0..350).map(|number| Some(format!("n{number}"))).collect();
    let day = Day::from_number(AS_OF);
    let card = run(&dataset, &[], 0, day, &names).unwrap();
    assert_eq!((card.past.orders.len(), card.past.n_earlier), (300, 50));
    assert_eq!(card.past.orders[0].name.as_deref(), Some("n50"));
    let whole = past(&dataset, &[], 0, day, &names).unwrap();
    assert_eq!((whole.orders.len(), whole.n_earlier), (350, 0));
}
