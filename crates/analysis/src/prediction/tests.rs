//! The whole of a prediction: what may be known, what is found, what is refused.

use super::*;
use crate::{Params as _, Unwatched, testing};
use gyeol_data::{Attribute, AttributeValues, Names};
use proptest::prelude::*;

/// A hundred customers who order every 10, 20 … 80 days over 800 days; the last two eighths stop half way.
pub(super) fn shop() -> Vec<(String, i32, i64)> {
    let mut rows = Vec::new();
    for customer in 0..104_i32 {
        let every = 10 * (1 + customer % 8);
        let until = if customer % 8 >= 5 {
            300 + customer
        } else {
            800
        };
        let mut day = customer % 13;
        while day <= until {
            rows.push((
                format!("{customer:03}"),
                day,
                1_000 + i64::from(customer % 7) * 350,
            ));
            day += every + (customer * 7 + day * 3) % 5;
        }
    }
    rows
}

pub(super) fn dataset(rows: &[(String, i32, i64)]) -> Dataset {
    let rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, day, cents)| (&id[..], *day, *cents))
        .collect();
    testing::orders(&rows)
}

pub(super) fn run_on(dataset: &Dataset, params: Params) -> Result<Output, AnalysisError> {
    run(
        dataset,
        &params.checked()?,
        dataset.default_as_of(),
        &mut Unwatched,
    )
}

pub(super) fn classes(measured: &Measured) -> &ClassMetrics {
    match measured {
        Measured::Classes(classes) => classes,
        Measured::Numbers(_) => panic!("numbers"),
    }
}

#[test]
fn who_still_buys_is_found_by_every_model_better_than_by_guessing() {
    let dataset = dataset(&shop());
    for model in Model::ALL {
        for split in Split::ALL {
            let params = Params {
                model,
                split,
                days: 60,
                ..Params::default()
            };
            let output = run_on(&dataset, params).unwrap();
            let report = output.report;
            assert!(
                report.is_better(),
                "{model:?} {split:?}: {:?}",
                report.over_guess
            );
            assert!(
                classes(&report.model).auc.unwrap() > 0.9,
                "{model:?} {split:?}"
            );
            assert_eq!(report.cross_validated.len(), 5);
            assert_eq!(
                report.tenths.iter().map(|tenth| tenth.n).sum::<u64>(),
                report.n_test
            );
            let counted: u64 = report
                .segments
                .iter()
                .map(|segment| segment.n_customers)
                .sum();
            assert_eq!(counted, 104);
            let of = |customer: usize| output.segmentation.predicted_of(customer).unwrap();
            assert!(
                of(0) > 0.5 && of(7) < 0.5,
                "{model:?} {split:?}: {} {}",
                of(0),
                of(7)
            );
        }
    }
}

#[test]
fn spend_is_predicted_in_money_and_tested_against_the_mean() {
    let params = Params {
        target: Target::Spend,
        days: 120,
        ..Params::default()
    };
    let report = run_on(&dataset(&shop()), params).unwrap().report;
    let (Measured::Numbers(model), Measured::Numbers(guess)) = (&report.model, &report.guess)
    else {
        panic!("classes");
    };
    assert!(model.rmse < guess.rmse && model.r_squared.unwrap() > 0.5);
    assert!(report.is_better() && report.coefficients.len() > 2);
}

#[test]
fn chance_is_not_taken_for_a_prediction() {
    // Whether somebody has the flag depends on nothing that is known.
    let mut dataset = dataset(&shop());
    let flags =
        (0..104_u64).map(|at| Some(((at + 5).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63) as f64));
    dataset.attributes.push(Attribute {
        name: "flag".into(),
        values: AttributeValues::Numbers(flags.collect()),
    });
    for model in Model::ALL {
        let params = Params {
            target: Target::Column,
            column: "flag".into(),
            model,
            ..Params::default()
        };
        let report = run_on(&dataset, params).unwrap().report;
        assert!(!report.is_better(), "{model:?}: {:?}", report.over_guess);
        assert!(report.notes.contains(&Note::SplitAtRandom));
        assert_eq!(report.positive.as_deref(), Some("1"));
    }
}

#[test]
fn either_of_two_can_be_the_one_that_counts_as_yes() {
    let mut dataset = dataset(&shop());
    let mut texts = Names::default();
    let codes = (0..104)
        .map(|at| Some(texts.intern(if at % 4 == 0 { b"O" } else { b"X" })))
        .collect();
    let numbers = (0..104).map(|at| Some(if at % 4 == 0 { -1.0 } else { 2.5 }));
    for (name, values) in [
        ("response", AttributeValues::Texts { texts, codes }),
        ("code", AttributeValues::Numbers(numbers.collect())),
    ] {
        dataset.attributes.push(Attribute {
            name: name.into(),
            values,
        });
    }
    for (column, [usual, other]) in [("response", ["X", "O"]), ("code", ["2.5", "-1"])] {
        let of = |positive: &str| {
            let params = Params {
                target: Target::Column,
                column: column.into(),
                positive: positive.into(),
                features: vec!["recency".into()],
                ..Params::default()
            };
            run_on(&dataset, params).unwrap().report
        };
        // What is neither of the two changes nothing, as after another column was chosen.
        for positive in ["", usual, "neither"] {
            let report = of(positive);
            assert_eq!(report.positive.as_deref(), Some(usual));
            assert_eq!(report.negative.as_deref(), Some(other));
            assert!((report.base - 0.75).abs() < 0.02);
        }
        let report = of(other);
        assert_eq!(report.positive.as_deref(), Some(other));
        assert_eq!(report.negative.as_deref(), Some(usual));
        assert!((report.base - 0.25).abs() < 0.02);
    }
}

#[test]
fn leaks_and_names_are_found() {
    let mut dataset = dataset(&shop());
    let answer: Vec<Option<f64>> = (0..104)
        .map(|at| Some(f64::from(u8::from(at % 3 == 0))))
        .collect();
    let copy = answer
        .iter()
        .map(|value| value.map(|value| value * 10.0 + 1.0))
        .collect();
    let mut texts = Names::default();
    let codes = (0..104)
        .map(|at| Some(texts.intern(format!("name {at}").as_bytes())))
        .collect();
    for (name, values) in [
        ("answer", AttributeValues::Numbers(answer)),
        ("copy", AttributeValues::Numbers(copy)),
        ("name", AttributeValues::Texts { texts, codes }),
    ] {
        dataset.attributes.push(Attribute {
            name: name.into(),
            values,
        });
    }
    let params = Params {
        target: Target::Column,
        column: "answer".into(),
        features: ["copy", "name", "frequency"].map(str::to_owned).to_vec(),
        ..Params::default()
    };
    let report = run_on(&dataset, params.clone()).unwrap().report;
    let copy = Term {
        feature: "copy".into(),
        part: Part::Number,
    };
    assert!(report.notes.contains(&Note::NearlyTheTarget(copy)));
    assert!(report.notes.contains(&Note::NamesThings("name".into())));
    assert!(report.notes.contains(&Note::Separated));
    assert_eq!(report.features, ["copy", "frequency"]);
    let own = Params {
        features: vec!["answer".into()],
        ..params
    };
    let refused = run_on(&dataset, own).map(|_| ());
    assert_eq!(refused, Err(Problem::TargetIsFeature.into()));
    let later = Params {
        features: vec!["copy".into(), "recency".into()],
        ..Params::default()
    };
    let report = run_on(&dataset, Params { days: 60, ..later })
        .unwrap()
        .report;
    assert!(report.notes.contains(&Note::MayKnowLater("copy".into())));
}

#[test]
fn a_column_that_only_those_have_who_did_is_found_though_few_have_it() {
    let mut dataset = dataset(&shop());
    let visit = (0..104).map(|at| Some(f64::from(u8::from(at % 3 == 0))));
    let order = (0..104).map(|at| Some(f64::from(u8::from(at % 3 == 0 && at < 96))));
    let other = (0..104).map(|at| Some(f64::from(u8::from(at % 2 == 0))));
    for (name, values) in [
        ("visit", visit.collect()),
        ("order", order.collect()),
        ("other", Vec::from_iter(other)),
    ] {
        dataset.attributes.push(Attribute {
            name: name.into(),
            values: AttributeValues::Numbers(values),
        });
    }
    let params = Params {
        target: Target::Column,
        column: "visit".into(),
        features: vec!["order".into(), "other".into()],
        train_share: 0.8,
        ..Params::default()
    };
    let report = run_on(&dataset, params);
    let notes = report.unwrap().report.notes;
    let near = |feature: &str| {
        Note::NearlyTheTarget(Term {
            feature: feature.into(),
            part: Part::Number,
        })
    };
    assert!(notes.contains(&near("order")) && !notes.contains(&near("other")));
}

#[test]
fn a_contact_is_worth_it_from_its_share_of_a_hit_on() {
    let params = Params {
        days: 60,
        hit_value: 20.0,
        contact_cost: 5.0,
        ..Params::default()
    };
    let report = run_on(&dataset(&shop()), params).unwrap().report;
    assert!((report.threshold - 0.25).abs() < 1e-12);
    let profit = report.profit.unwrap();
    let confusion = classes(&report.model).confusion;
    assert_eq!(profit.n_chosen, confusion.hits + confusion.false_alarms);
    assert!(profit.chosen > profit.all);
}

#[test]
fn a_report_survives_the_wire_and_has_plain_json() {
    let dataset = dataset(&shop());
    for target in [Target::BuysAgain, Target::Spend] {
        let params = Params {
            target,
            days: 60,
            ..Params::default()
        };
        let report = run_on(&dataset, params).unwrap().report;
        let report = crate::Report::Prediction(Box::new(report));
        let wire = postcard::to_allocvec(&report).unwrap();
        let back: crate::Report = postcard::from_bytes(&wire).unwrap();
        assert_eq!(back, report);
        let json = serde_json::to_string(&report).unwrap();
        assert!(!json.contains("NaN") && !json.contains("inf"));
    }
}

/// Stops after some steps.
struct Stop(u64);

impl Monitor for Stop {
    fn checkpoint(&mut self, _done: u64, _total: u64) -> Result<(), AnalysisError> {
        self.0 = self.0.checked_sub(1).ok_or(AnalysisError::Cancelled)?;
        Ok(())
    }
}

#[test]
fn a_forest_can_be_stopped_between_any_two_trees() {
    let dataset = dataset(&shop());
    for steps in [0, 1, 5, 90] {
        let params = Params {
            model: Model::Forest,
            days: 60,
            ..Params::default()
        };
        let params = params.checked().unwrap();
        let as_of = dataset.default_as_of();
        let stopped = run(&dataset, &params, as_of, &mut Stop(steps)).map(|_| ());
        assert_eq!(stopped, Err(AnalysisError::Cancelled));
    }
}

#[test]
fn a_coefficient_of_nothing_has_an_interval_to_draw() {
    let params = Params {
        target: Target::Spend,
        days: 120,
        ..Params::default()
    };
    let mut report = run_on(&dataset(&shop()), params).unwrap().report;
    let own = report
        .coefficients
        .iter_mut()
        .find(|own| own.term.is_some());
    let own = own.unwrap();
    let (reach, spread) = (own.certainty.unwrap().interval.1 - own.estimate, own.spread);
    (own.estimate, own.standardised) = (0.0, 0.0);
    own.certainty.as_mut().unwrap().interval = (-reach, reach);
    let weights = report.weights();
    let weight = weights.iter().find(|weight| weight.estimate.abs() < 1e-300);
    let (low, high) = weight.unwrap().interval;
    assert!((low + reach * spread).abs() < 1e-12 && (high - reach * spread).abs() < 1e-12);
    assert!(low < 0.0 && high > 0.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_feature_looks_past_the_cut(
        rows in prop::collection::vec((0..40_u32, 0..400_i32, 1..9_000_i64), 30..200),
        cut in 50..350_i32,
    ) {
        let rows: Vec<(String, i32, i64)> = rows.into_iter().map(|(id, day, cents)| (format!("{id:02}"), day, cents)).collect();
        let until: Vec<_> = rows.iter().filter(|row| row.1 <= cut).cloned().collect();
        prop_assume!(!until.is_empty());
        let columns = |rows: &[(String, i32, i64)]| {
            let dataset = dataset(rows);
            let measures = Measures::new(&dataset, Day::from_number(cut));
            let features = design::features(&dataset, &measures, &Params::default(), &mut Vec::new()).unwrap();
            let encoding = Encoding::learn(&measures, &features).unwrap();
            (encoding.terms.clone(), encoding.columns(&measures))
        };
        prop_assert_eq!(columns(&rows), columns(&until));
        let changed: Vec<_> = rows
            .iter()
            .map(|(id, day, cents)| match *day > cut {
                true => (id.clone(), cut + 1 + (day * 7) % 90, cents * 3 + 1),
                false => (id.clone(), *day, *cents),
            })
            .collect();
        prop_assert_eq!(columns(&changed), columns(&until));
    }

    #[test]
    fn the_order_of_rows_does_not_show_and_a_run_can_be_repeated(turn in 1..500_usize, which in 0..3_usize) {
        let rows = shop();
        let mut turned = rows.clone();
        let n = turned.len();
        turned.rotate_left(turn % n);
        let params = Params { model: Model::ALL[which], days: 60, trees: 10, ..Params::default() };
        let one = run_on(&dataset(&rows), params.clone()).unwrap();
        let other = run_on(&dataset(&turned), params).unwrap();
        prop_assert_eq!(one.report, other.report);
        prop_assert_eq!(one.segmentation.assignment, other.segmentation.assignment);
    }
}
