//! Trees on small shops, and their leaves held against the same leaves as rules.

use super::*;
use crate::{Params as _, Unwatched, rules, testing};
use proptest::prelude::*;

fn segmentation(n_segments: u16, assignment: &[u16]) -> Segmentation {
    let segment = |place: u16| crate::Segment {
        label: Label::Own(format!("s{place}")),
    };
    Segmentation {
        id: SegmentationId::Clusters,
        segments: (0..n_segments).map(segment).collect(),
        assignment: assignment.to_vec(),
        membership: None,
        predicted: None,
    }
}

fn run_on(dataset: &Dataset, segmentation: &Segmentation, depth: usize) -> Report {
    let params = Params {
        depth,
        ..Params::default()
    };
    let params = params.checked().unwrap();
    run(
        dataset,
        segmentation,
        &params,
        Day::from_number(0),
        &mut Unwatched,
    )
    .unwrap()
}

/// A hundred customers with an age of 0 to 99.
fn ages() -> Dataset {
    testing::numbers(&[("age", (0..100).map(|age| Some(f64::from(age))).collect())])
}

#[test]
fn a_segmentation_made_by_a_border_is_explained_by_it() {
    let assignment: Vec<u16> = (0..100).map(|age| u16::from(age > 37)).collect();
    let report = run_on(&ages(), &segmentation(2, &assignment), 3);
    assert!((report.fidelity - 1.0).abs() < 1e-12);
    assert!((report.baseline - 0.62).abs() < 1e-12);
    let shown: Vec<_> = (report.leaves.iter())
        .map(|leaf| serde_json::to_string(&leaf.when).unwrap())
        .collect();
    let expected = [
        r#"{"all":[{"is":{"measure":"age","value":{"at-most":37.0}}}]}"#,
        r#"{"all":[{"is":{"measure":"age","value":{"more-than":37.0}}}]}"#,
    ];
    assert_eq!(shown, expected);
}

#[test]
fn who_is_not_in_the_segmentation_is_not_explained() {
    let absent = Segmentation::ABSENT;
    let assignment: Vec<u16> = (0..100)
        .map(|age| if age < 50 { absent } else { 0 })
        .collect();
    let report = run_on(&ages(), &segmentation(1, &assignment), 3);
    assert_eq!((report.n_customers, report.leaves.len()), (50, 1));
    let nobody = segmentation(1, &[absent; 100]);
    let params = Params::default().checked().unwrap();
    let error = run(
        &ages(),
        &nobody,
        &params,
        Day::from_number(0),
        &mut Unwatched,
    );
    let expected = AnalysisError::TooFewCustomers { need: 1, found: 0 };
    assert_eq!(error.map(|_| ()), Err(expected));
}

#[test]
fn the_depth_has_bounds() {
    for depth in [0, 6] {
        let params = Params {
            depth,
            ..Params::default()
        };
        assert!(params.check().is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn leaves_taken_as_rules_put_everyone_where_the_tree_does(
        rows in prop::collection::vec((prop::option::of(0..40_i32), 0..30_i32, 0..4_u16), 20..120),
        depth in 1_usize..5,
    ) {
        let dataset = testing::numbers(&[
            ("a", rows.iter().map(|row| row.0.map(f64::from)).collect()),
            ("b", rows.iter().map(|row| Some(f64::from(row.1) / 4.0)).collect()),
        ]);
        let assignment: Vec<u16> = rows.iter().map(|row| row.2).collect();
        let segmentation = segmentation(4, &assignment);
        let report = run_on(&dataset, &segmentation, depth);
        let named = report.rules(|label| format!("{label:?}"));
        let params = rules::Params { rules: named.clone() }.checked().unwrap();
        let output = rules::run(&dataset, &params, Day::from_number(0), &mut Unwatched).unwrap();
        prop_assert_eq!(output.report.n_others, 0, "the leaves leave nobody out");
        let mut n_right = 0;
        for (customer, &place) in output.segmentation.assignment.iter().enumerate() {
            let name = &named[usize::from(place)].name;
            n_right += usize::from(*name == format!("{:?}", segmentation.segments[usize::from(assignment[customer])].label));
        }
        let fidelity = n_right as f64 / rows.len() as f64;
        prop_assert!((fidelity - report.fidelity).abs() < 1e-12);
        prop_assert!(report.fidelity >= report.baseline - 1e-12);
        let covered: u64 = report.leaves.iter().map(|leaf| leaf.n_customers).sum();
        prop_assert_eq!(covered, rows.len() as u64);
    }
}
