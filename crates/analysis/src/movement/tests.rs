//! Tests of the moves on small datasets.

use super::*;
use crate::{
    Finished, ReadyName, Report as Any, Request, Unwatched, clusters, lifecycle, lifetime, rfm,
    rules, testing, value,
};
use gyeol_data::habits::{Dated, Habits, LEFT_OUT};
use proptest::prelude::*;

fn moved(
    dataset: &Dataset,
    of: SegmentationId,
    earlier: Option<i32>,
    as_of: i32,
) -> Result<Finished, AnalysisError> {
    let request = match of {
        SegmentationId::Lifecycle => Request::Lifecycle(lifecycle::Params {
            active_days: Some(20),
            lapsed_days: Some(60),
            loyal_orders: Some(3),
        }),
        SegmentationId::Value => Request::Value(value::Params::default()),
        _ => Request::Rfm(rfm::Params::default()),
    };
    let params = Params {
        of,
        earlier: earlier.map(Day::from_number),
        ..Params::default()
    };
    run_on(dataset, params, request, as_of)
}

pub(super) fn run_on(
    dataset: &Dataset,
    params: Params,
    request: Request,
    as_of: i32,
) -> Result<Finished, AnalysisError> {
    let request = Request::Movement(params, Box::new(request));
    crate::run(dataset, request, Day::from_number(as_of), &mut Unwatched)
}

pub(super) fn report(finished: Finished) -> Report {
    match finished.report {
        Any::Movement(report) => *report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn time_moves_who_does_not_buy_and_orders_hold_who_does() {
    let dataset = testing::orders(&[
        ("gone", 90, 100),
        ("held", 90, 100),
        ("held", 130, 700),
        ("new", 135, 50),
    ]);
    let finished = moved(&dataset, SegmentationId::Lifecycle, Some(100), 140).unwrap();
    let segmentation = finished.segmentation.clone().unwrap();
    let report = report(finished);
    let place = |name| {
        let mut all = report.labels.iter();
        all.position(|label| *label == Label::Ready(name)).unwrap()
    };
    let (new, active, slipping) = (
        place(ReadyName::New),
        place(ReadyName::Active),
        place(ReadyName::Slipping),
    );
    let n = report.n();
    assert_eq!(report.counts[new * n + slipping], 1);
    assert_eq!(report.counts[new * n + active], 1);
    assert_eq!(report.revenue[new * n + active].to_string(), "7");
    assert_eq!(report.without_orders[new * n + slipping], 2);
    assert_eq!(report.entered[new], 1);
    assert_eq!((report.n_known, report.n_moved), (2, 2));
    assert_eq!(report.causes, causes(1, 1, 0, 0));
    let labels: Vec<_> = (0..3)
        .map(|at| segmentation.segment_of(at).unwrap().label.clone())
        .collect();
    let to = |name| Label::Moved(Box::new((Label::Ready(ReadyName::New), Label::Ready(name))));
    assert_eq!(
        labels,
        [
            to(ReadyName::Slipping),
            to(ReadyName::Active),
            Label::Ready(ReadyName::NewSince)
        ]
    );
    let realised = &report.foresight.realised[0];
    assert_eq!(
        (realised.n_customers, realised.n_buyers, realised.n_orders),
        (2, 1, 1)
    );
}

#[test]
fn an_order_that_keeps_a_stage_holds_its_customer() {
    let rows: Vec<_> = [60, 70, 80, 120].map(|day| ("a", day, 1)).to_vec();
    let report = report(
        moved(
            &testing::orders(&rows),
            SegmentationId::Lifecycle,
            Some(90),
            130,
        )
        .unwrap(),
    );
    assert_eq!((report.n_moved, report.n_held), (0, 1));
}

const fn causes(time: u64, bought: u64, returned: u64, borders: u64) -> Causes {
    Causes {
        time,
        bought,
        returned,
        borders,
        untold: 0,
    }
}

/// Movement of classes of value from day 100 to day 140.
fn value_moved(dataset: &Dataset, cuts: Cuts) -> Report {
    let params = Params {
        of: SegmentationId::Value,
        earlier: Some(Day::from_number(100)),
        cuts,
        ..Params::default()
    };
    let request = Request::Value(value::Params::default());
    report(run_on(dataset, params, request, 140).unwrap())
}

/// One who spends most, one who spends much, and many who spend little.
const SPENDERS: [(&str, i32, i64); 6] = [
    ("a", 10, 70_000),
    ("b", 11, 12_000),
    ("c", 12, 9_000),
    ("d", 13, 4_000),
    ("e", 14, 3_000),
    ("f", 15, 2_000),
];

#[test]
fn a_refund_moves_whom_it_moves_and_time_nobody_who_does_not_age() {
    // Classes of value know no time: what moves is money that goes back, as a return or as an order below nothing.
    let mut dataset = testing::orders(&SPENDERS);
    if let History::Orders(orders) = &mut dataset.history {
        orders.returns.starts = vec![0, 1, 1, 1, 1, 1, 1];
        orders.returns.days = vec![Day::from_number(120)];
        orders.returns.amounts = vec![69_000];
    }
    let told = value_moved(&dataset, Cuts::Frozen);
    assert_eq!((told.n_moved, told.causes), (1, causes(0, 0, 1, 0)));
    let mut rows = SPENDERS.to_vec();
    rows.push(("a", 120, -69_000));
    let told = value_moved(&testing::orders(&rows), Cuts::Frozen);
    assert_eq!((told.n_moved, told.causes), (1, causes(0, 0, 1, 0)));
    assert_eq!(
        told.revenue.iter().filter(|money| !money.is_zero()).count(),
        1
    );
}

#[test]
fn a_rule_on_the_share_given_back_does_not_look_past_the_cut_for_refunds() {
    // What `a` gives back on day 120 is of an order that is left out: only habits know of it.
    let mut dataset = testing::orders(&SPENDERS);
    if let History::Orders(orders) = &mut dataset.history {
        orders.habits = Some(Box::new(Habits {
            is_counted: true,
            has_returns: true,
            returned: Dated {
                starts: vec![0, 1, 1, 1, 1, 1, 1],
                days: vec![Day::from_number(120)],
                of: vec![LEFT_OUT],
                units: vec![210_000],
            },
            ..Habits::default()
        }));
    }
    let request = Request::Rules(
        rules::Params {
            rules: vec![rules::SegmentRule {
                name: "gives back".into(),
                when: rules::Condition::Is(rules::Test {
                    measure: "return_share".into(),
                    value: rules::Comparison::AtLeast(0.5),
                }),
            }],
        },
        Vec::new(),
    );
    let params = Params {
        of: SegmentationId::Rules,
        earlier: Some(Day::from_number(100)),
        ..Params::default()
    };
    let told = report(run_on(&dataset, params, request, 140).unwrap());
    assert_eq!((told.n_moved, told.causes), (1, causes(0, 0, 1, 0)));
    assert_eq!(told.size_before(0), 0, "nothing was given back by then");
}

#[test]
fn who_bought_and_gave_back_more_was_moved_by_the_refund() {
    let mut rows = SPENDERS.to_vec();
    rows.extend([("a", 119, 100), ("a", 120, -69_000), ("f", 119, 100_000)]);
    let told = value_moved(&testing::orders(&rows), Cuts::Frozen);
    assert_eq!((told.n_moved, told.causes), (2, causes(0, 1, 1, 0)));
}

#[test]
fn fresh_cut_points_that_move_are_told_from_what_customers_did() {
    // `f` buys so much that the others fall into lower classes without a doing of their own.
    let mut rows = SPENDERS.to_vec();
    rows.push(("f", 120, 900_000));
    let dataset = testing::orders(&rows);
    let frozen = value_moved(&dataset, Cuts::Frozen);
    assert_eq!((frozen.n_moved, frozen.causes), (1, causes(0, 1, 0, 0)));
    let fresh = value_moved(&dataset, Cuts::Fresh);
    assert_eq!(fresh.causes.bought, 1);
    assert!(fresh.causes.borders > 0);
    assert_eq!(fresh.n_moved, fresh.causes.borders + 1);
}

#[test]
fn nothing_is_told_of_causes_where_there_are_no_borders_to_keep() {
    let request = Request::Clusters(clusters::Params {
        method: clusters::Method::Consensus,
        k: 2,
        ..clusters::Params::default()
    });
    let params = Params {
        of: SegmentationId::Clusters,
        earlier: Some(Day::from_number(100)),
        cuts: Cuts::Fresh,
        ..Params::default()
    };
    let told = report(run_on(&kinds(200), params, request, 150).unwrap());
    assert!(told.n_moved > 0);
    assert_eq!((told.causes.untold, told.n_held), (told.n_moved, 0));
}

#[test]
fn bg_nbd_is_fitted_to_the_days_before_the_cut_alone_or_it_is_said_why_not() {
    let dataset = testing::regulars();
    let run = |dataset: &Dataset| {
        let told = moved(dataset, SegmentationId::Lifecycle, Some(100), 181);
        report(told.unwrap()).foresight
    };
    let told = run(&dataset);
    assert_eq!(told.no_bg_nbd, None);
    let (model, rate) = (told.bg_nbd.unwrap(), told.rate.unwrap());
    assert!(model.gini > 0.5 && model.gini <= 1.0 && rate.gini <= 1.0);
    let last = dataset.period().unwrap().1;
    let days = (Day::from_number(101), last.number() - 100);
    let past = until(&dataset, Day::from_number(100));
    let model = lifetime::Model::BgNbd;
    let expected = lifetime::orders_to_come(&past, model, days, &mut Unwatched).unwrap();
    let days = (Day::from_number(100), days.1);
    let whole = lifetime::orders_to_come(&dataset, model, days, &mut Unwatched).unwrap();
    let sum: f64 = told
        .realised
        .iter()
        .map(|own| own.expected_by_bg_nbd.unwrap() * own.n_customers as f64)
        .sum();
    assert!((sum - expected.iter().sum::<f64>()).abs() < 1e-9);
    // The orders after the cut are not seen: with them the expectation is the same.
    assert_eq!(expected, whole);
    let few = run(&testing::orders(&[
        ("a", 1, 1),
        ("b", 50, 1),
        ("b", 170, 1),
    ]));
    assert_eq!(few.no_bg_nbd, Some(lifetime::Problem::OneOrderEach));
    assert!(few.bg_nbd.is_none() && few.rate.is_some());
    assert_eq!(few.realised[0].expected_by_bg_nbd, None);
}

#[test]
fn what_cannot_be_is_said() {
    let dataset = testing::orders(&[("a", 5, 1), ("b", 50, 1)]);
    let day = Day::from_number;
    let refused = |of, earlier, as_of| moved(&dataset, of, earlier, as_of).map(|_| ()).unwrap_err();
    let rfm = SegmentationId::Rfm;
    let expected = AnalysisError::NobodyKnown {
        earlier: day(4),
        first: day(5),
    };
    assert_eq!(refused(rfm, Some(4), 60), expected);
    let expected = AnalysisError::EarlierIsLater {
        earlier: day(61),
        as_of: day(60),
    };
    assert_eq!(refused(rfm, Some(61), 60), expected);
    let of = SegmentationId::Movement;
    assert_eq!(refused(of, None, 60), AnalysisError::NotOverTime { of });
    for method in [clusters::Method::Optics, clusters::Method::Consensus] {
        let of = SegmentationId::Clusters;
        let request = Request::Clusters(clusters::Params {
            method,
            ..clusters::Params::default()
        });
        let params = Params {
            of,
            ..Params::default()
        };
        let error = run_on(&dataset, params, request, 60).unwrap_err();
        assert_eq!(error, AnalysisError::NotOverTime { of });
    }
    let params = Params {
        cuts: Cuts::Kept,
        ..Params::default()
    };
    let request = Request::Rfm(rfm::Params::default());
    let error = run_on(&dataset, params, request, 60).unwrap_err();
    assert_eq!(error, AnalysisError::NothingKept);
    assert_eq!(
        refused(rfm, None, 5),
        AnalysisError::NobodyKnown {
            earlier: day(4),
            first: day(5)
        }
    );
    let table = testing::numbers(&[("age", vec![Some(1.0)])]);
    assert_eq!(
        moved(&table, rfm, None, 9).map(|_| ()).unwrap_err(),
        AnalysisError::NoHistory
    );
}

#[test]
fn nothing_is_told_of_days_after_the_end_of_the_file() {
    let rows = [
        ("a", 1, 1),
        ("a", 50, 1),
        ("b", 70, 1),
        ("b", 90, 1),
        ("a", 95, 1),
    ];
    let dataset = testing::orders(&rows);
    // The file ends on day 95. Of the 60 days after day 80 only 15 are known.
    let report = report(moved(&dataset, SegmentationId::Rfm, Some(80), 140).unwrap());
    assert_eq!(report.known_until, Day::from_number(95));
    let orders: u64 = report
        .foresight
        .realised
        .iter()
        .map(|own| own.n_orders)
        .sum();
    assert_eq!(orders, 2);
    // So it is learnt from the 15 days before, in which `b` came: nobody but `a` was there at their start.
    let expected = report
        .foresight
        .realised
        .iter()
        .filter_map(|own| own.expected);
    assert!(expected.sum::<f64>() <= 0.0);
    let day = Day::from_number;
    let params = Params {
        earlier: Some(day(100)),
        ..Params::default()
    };
    let dates = dates(&dataset, &params, day(140)).unwrap();
    assert_eq!((dates.known_until, dates.before()), (day(95), None));
}

/// Customers of two kinds, some of whom change theirs after day 100.
fn two_kinds() -> Vec<(String, i32, i64)> {
    let mut rows = Vec::new();
    for customer in 0..30 {
        let is_dear = customer % 3 == 0;
        for order in 0..=(customer % 5) {
            let day = 20 + order * 15 + customer % 7;
            rows.push((
                format!("{customer:02}"),
                day,
                if is_dear { 9_000 } else { 300 },
            ));
        }
        if customer % 4 == 0 {
            rows.push((format!("{customer:02}"), 110 + customer, 40_000));
        }
    }
    rows
}

pub(super) fn kinds(until: i32) -> Dataset {
    let rows = two_kinds();
    let rows = rows.iter().filter(|row| row.1 <= until);
    let rows: Vec<_> = rows
        .map(|(id, day, cents)| (id.as_str(), *day, *cents))
        .collect();
    testing::orders(&rows)
}

pub(super) fn two_distributions() -> Request {
    Request::Clusters(clusters::Params {
        k: 2,
        method: clusters::Method::GaussianMixture,
        ..clusters::Params::default()
    })
}

pub(super) fn two_clusters() -> Request {
    Request::Clusters(clusters::Params {
        k: 2,
        ..clusters::Params::default()
    })
}

#[test]
fn frozen_clusters_move_customers_and_not_borders() {
    let params = |earlier| Params {
        of: SegmentationId::Clusters,
        earlier: Some(Day::from_number(earlier)),
        ..Params::default()
    };
    for request in [two_clusters(), two_distributions()] {
        let run = |earlier, as_of| {
            report(run_on(&kinds(200), params(earlier), request.clone(), as_of).unwrap())
        };
        assert_eq!(run(150, 150).n_moved, 0);
        let moved = run(100, 150);
        assert_eq!(moved.n(), 2, "clusters of one fit");
        assert!(moved.n_moved > 0);
        let then = run_on(&kinds(100), params(100), request.clone(), 100).unwrap();
        assert_eq!(report(then).size_before(0), moved.size_before(0));
    }
}

#[test]
fn clusters_of_single_customers_are_held_between_two_dates_and_never_kept() {
    let (then, as_of) = (kinds(100), Day::from_number(100));
    for (method, linkage) in [
        (clusters::Method::KMedoids, clusters::Linkage::Ward),
        (clusters::Method::Dbscan, clusters::Linkage::Ward),
        (clusters::Method::Hierarchical, clusters::Linkage::Average),
        (clusters::Method::Hierarchical, clusters::Linkage::Single),
        (clusters::Method::Hierarchical, clusters::Linkage::Complete),
    ] {
        let request = Request::Clusters(clusters::Params {
            method,
            linkage,
            k: 2,
            eps: 1.0,
            min_points: 3,
            ..clusters::Params::default()
        });
        let own = crate::run(&then, request.clone(), as_of, &mut Unwatched).unwrap();
        assert_eq!(
            crate::freeze(&then, &request, &own, as_of),
            None,
            "{method:?}"
        );
        let params = |cuts| Params {
            of: SegmentationId::Clusters,
            earlier: Some(as_of),
            cuts,
            ..Params::default()
        };
        let later = kinds(200);
        let finished = run_on(&later, params(Cuts::Frozen), request.clone(), 150).unwrap();
        let moves = finished.moves.clone().unwrap();
        let told = report(finished);
        assert!(told.n_moved > 0 && told.agreement > 0.9, "{method:?}");
        assert_eq!(told.causes.untold, 0);
        let segmentation = own.segmentation.unwrap();
        let n_same = (0..then.n_customers()).filter(|&customer| {
            let id = then.customers.get(customer as u32).into_owned();
            let there = later.customers.find(id.as_bytes()).unwrap();
            let expected = segmentation.segment_of(customer).map(|one| &one.label);
            moves.of(there as usize).0 == expected
        });
        let share = n_same.count() as f64 / told.n_known as f64;
        assert!((share - told.agreement).abs() < 1e-12, "{method:?}");
        let fresh = run_on(&later, params(Cuts::Fresh), request, 150).unwrap();
        assert_eq!(report(fresh).causes.untold, 0, "{method:?}");
    }
}

#[test]
fn what_a_project_kept_cuts_a_later_file_as_it_cut_the_earlier_one() {
    // The project knew the orders until day 100 and was as of the day after.
    let then = kinds(100);
    let day = Day::from_number;
    let known_until = then.period().unwrap().1;
    for request in [
        Request::Rfm(rfm::Params::default()),
        Request::Lifecycle(lifecycle::Params::default()),
        Request::Value(value::Params::default()),
        two_clusters(),
        two_distributions(),
    ] {
        let own = crate::run(&then, request.clone(), day(101), &mut Unwatched).unwrap();
        let rule = crate::freeze(&then, &request, &own, day(101)).unwrap();
        let params = Params {
            of: rule.id(),
            cuts: Cuts::Kept,
            kept: Some(Kept {
                as_of: day(101),
                known_until,
                rules: vec![rule],
                choices: None,
                known: None,
            }),
            ..Params::default()
        };
        let later = kinds(200);
        let asked = Request::Rfm(rfm::Params {
            groups: 2,
            ..rfm::Params::default()
        });
        let finished = run_on(&later, params, asked, 150).unwrap();
        let moves = finished.moves.clone().unwrap();
        let report = report(finished);
        assert_eq!((report.earlier, report.cut), (day(101), known_until));
        let segmentation = own.segmentation.unwrap();
        for customer in 0..then.n_customers() {
            let expected = segmentation.segment_of(customer).map(|one| &one.label);
            let id = then.customers.get(customer as u32).into_owned();
            let mut all = 0..later.n_customers() as u32;
            let there = all.find(|&own| later.customers.get(own) == *id).unwrap();
            assert_eq!(
                moves.of(there as usize).0,
                expected,
                "{:?} {id}",
                request.id()
            );
        }
    }
}

#[test]
fn lists_of_moves_are_as_long_as_the_matrix_says() {
    let params = Params {
        earlier: Some(Day::from_number(100)),
        ..Params::default()
    };
    let request = Request::Rfm(rfm::Params::default());
    let dataset = kinds(200);
    let finished = run_on(&dataset, params, request, 150).unwrap();
    let moves = finished.moves.clone().unwrap();
    let report = report(finished);
    let n = report.n();
    let size = |one: Move| {
        (0..dataset.n_customers())
            .filter(|&own| moves.test(&one)(own))
            .count()
    };
    for (place, label) in report.labels.iter().enumerate() {
        let label = || label.clone();
        assert_eq!(size(Move::Left(label())) as u64, report.n_gone(place));
        assert_eq!(size(Move::Entered(label())) as u64, report.n_come(place));
        assert_eq!(size(Move::New(label())) as u64, report.entered[place]);
        for (to, other) in report.labels.iter().enumerate() {
            let one = Move::Between(label(), other.clone());
            assert_eq!(size(one) as u64, report.counts[place * n + to]);
        }
    }
    let unknown = Move::Left(Label::Own("nobody's".into()));
    assert!(!report.knows(&unknown));
    assert_eq!(size(unknown), 0);
    let (from, to, _) = report.weightiest_move().unwrap();
    let most = report.worth[from * n + to];
    let moved = (0..n * n).filter(|at| at / n != at % n);
    assert!(moved.into_iter().all(|at| report.worth[at] <= most) && from != to);
}

#[test]
fn recency_alone_is_told_from_customers_who_buy_otherwise() {
    let rows: Vec<_> = (0..60).map(|n| (format!("{n:02}"), n, 100_i64)).collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|(id, day, cents)| (id.as_str(), *day, *cents))
        .collect();
    let dataset = testing::orders(&rows);
    let run = |earlier| report(moved(&dataset, SegmentationId::Rfm, Some(earlier), 160).unwrap());
    let later = run(60);
    assert!(later.is_only_recency() && later.verdict() == Verdict::Broken);
    assert!(!run(160).is_only_recency(), "nothing has drifted");
}

#[test]
fn the_usual_earlier_date_is_a_month_before_or_a_quarter_of_a_short_history() {
    for (last, as_of, expected) in [(400, 401, 371), (20, 21, 16)] {
        let dataset = testing::orders(&[("a", 1, 1), ("a", last, 1)]);
        let report = report(moved(&dataset, SegmentationId::Rfm, None, as_of).unwrap());
        assert_eq!(report.earlier, Day::from_number(expected));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn identity_is_a_diagonal_rows_are_sizes_and_nothing_later_touches_the_earlier_labels(
        orders in prop::collection::vec((0..15_u8, 0..200_i32, 1..9_i64), 2..60),
        turn in 0..60_usize,
    ) {
        let ids: Vec<String> = orders.iter().map(|(id, _, _)| format!("{id}")).collect();
        let rows: Vec<_> = ids.iter().zip(&orders).map(|(id, &(_, day, cents))| (id.as_str(), day, cents)).collect();
        let first = rows.iter().map(|row| row.1).min().unwrap();
        let earlier = first.max(120);
        let dataset = testing::orders(&rows);
        let kept: Vec<_> = rows.iter().filter(|row| row.1 <= earlier).copied().collect();
        let past = testing::orders(&kept);
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        for of in [SegmentationId::Rfm, SegmentationId::Lifecycle, SegmentationId::Value] {
            let same = report(moved(&dataset, of, Some(200), 200).unwrap());
            prop_assert_eq!((same.n_moved, same.n_known), (0, dataset.n_customers() as u64));
            prop_assert!(same.share_psi.abs() < 1e-12);
            let full = report(moved(&dataset, of, Some(earlier), 200).unwrap());
            let alone = report(moved(&past, of, Some(earlier), earlier).unwrap());
            for (place, label) in full.labels.iter().enumerate() {
                let other = alone.labels.iter().position(|own| own == label);
                let size = other.map_or(0, |other| alone.size_before(other));
                prop_assert_eq!(full.size_before(place), size);
            }
            prop_assert_eq!(full.n_known, past.n_customers() as u64);
            let money = |rows: &[(&str, i32, i64)]| rows.iter().map(|row| i128::from(row.2)).sum::<i128>();
            prop_assert_eq!((full.then.n_customers, full.then.n_orders), (full.n_known, kept.len() as u64));
            prop_assert_eq!((full.then.revenue.units(), full.now.revenue.units()), (money(&kept), money(&rows)));
            prop_assert_eq!(full.now.n_customers, dataset.n_customers() as u64);
            let sum: f64 = full.share_psi_parts.iter().sum();
            prop_assert!(sum.total_cmp(&full.share_psi).is_eq() && full.share_psi_parts.len() == full.n());
            prop_assert!(full.share_psi_parts.iter().all(|part| *part >= 0.0));
            let own = full.causes;
            prop_assert_eq!(own.time + own.bought + own.returned + own.borders, full.n_moved);
            // Without refunds and with the cut points of then there are two causes.
            prop_assert_eq!((own.returned, own.borders, own.untold), (0, 0, 0));
            let again = report(moved(&testing::orders(&turned), of, Some(earlier), 200).unwrap());
            prop_assert_eq!(again, full);
        }
    }
}

#[test]
fn an_order_that_stands_alone_is_in_the_report_until_the_date_leaves_it_out() {
    let shop = testing::with_order(testing::regulars(), 30_000);
    let at = |as_of: i32| report(moved(&shop, SegmentationId::Rfm, None, as_of).unwrap());
    let lone = at(30_001).lone.unwrap();
    assert_eq!((lone.n_orders, lone.others_until.number()), (1, 177));
    // Both dates lie in the silence before it.
    assert!(at(30_001).earlier > lone.others_until);
    assert_eq!(at(178).lone, None);
}

#[test]
fn what_is_kept_of_rfm_asks_for_no_fourth_score() {
    let dataset = kinds(100);
    let request = Request::Rfm(rfm::Params {
        fourth: Some(rfm::Fourth::Tenure),
        ..rfm::Params::default()
    });
    let day = Day::from_number(101);
    let own = crate::run(&dataset, request.clone(), day, &mut Unwatched).unwrap();
    let kept = crate::freeze(&dataset, &request, &own, day).unwrap();
    let Frozen::Rfm(kept) = kept else {
        panic!("{kept:?}");
    };
    assert_eq!(kept.fourth, None);
    assert!(kept.cuts.is_some());
}
