//! Tests of the moves on small datasets.

use super::*;
use crate::analysis::{
    Finished, Report as Any, Request, Unwatched, lifecycle, rfm, testing, value,
};
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
        cuts: Cuts::Frozen,
    };
    let request = Request::Movement(params, Box::new(request));
    crate::analysis::run(dataset, request, Day::from_number(as_of), &mut Unwatched)
}

fn report(finished: Finished) -> Report {
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
    assert_eq!(
        (report.n_known, report.n_moved, report.n_moved_by_time),
        (2, 2, 1)
    );
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
    for of in [SegmentationId::Clusters, SegmentationId::Movement] {
        assert_eq!(refused(of, None, 60), AnalysisError::NotOverTime { of });
    }
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
            let again = report(moved(&testing::orders(&turned), of, Some(earlier), 200).unwrap());
            prop_assert_eq!(again, full);
        }
    }
}
