//! Regressions that others have published, through the same door that the page uses.
//!
//! Cross-validation learns from all customers, as the published tables do. Data: `mtcars`, Henderson & Velleman (1981),
//! Biometrics 37, 391-411, as printed in the help of R; each car is a customer.

#![allow(clippy::unwrap_used)] // A test may stop where its own fixture is broken.

use gyeol::analysis::prediction::{self, Coefficient, Measured, Report, Split, Target};
use gyeol::analysis::{Params, Unwatched};
use gyeol::data::{Attribute, AttributeValues, Dataset, Day, History, Names, Summaries, Treated};

const MPG: [f64; 32] = [
    21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
    14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4,
];
const WT: [f64; 32] = [
    2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25,
    5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17,
    2.77, 3.57, 2.78,
];
const HP: [f64; 32] = [
    110.0, 110.0, 93.0, 110.0, 175.0, 105.0, 245.0, 62.0, 95.0, 123.0, 123.0, 180.0, 180.0, 180.0,
    205.0, 215.0, 230.0, 66.0, 52.0, 65.0, 97.0, 150.0, 150.0, 245.0, 175.0, 66.0, 91.0, 113.0,
    264.0, 175.0, 335.0, 109.0,
];
const AM: [f64; 32] = [
    1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0,
    1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
];

fn cars() -> Dataset {
    let mut customers = Names::default();
    for car in 0..32 {
        customers.intern(format!("car {car:02}").as_bytes());
    }
    let column = |(name, values): (&str, &[f64; 32])| Attribute {
        name: name.into(),
        values: AttributeValues::Numbers(values.iter().copied().map(Some).collect()),
    };
    Dataset {
        customers,
        history: History::Summaries(Summaries::default()),
        attributes: [("mpg", &MPG), ("wt", &WT), ("hp", &HP), ("am", &AM)]
            .map(column)
            .to_vec(),
        has_money: false,
        treated: Treated::default(),
    }
}

fn fitted(dataset: &Dataset, column: &str, features: &[&str]) -> Report {
    let params = prediction::Params {
        target: Target::Column,
        column: column.into(),
        features: features.iter().map(|&feature| feature.into()).collect(),
        split: Split::Folds,
        ..prediction::Params::default()
    };
    let params = params.checked().unwrap();
    let as_of = Day::from_number(0);
    let output = prediction::run(dataset, &params, as_of, &mut Unwatched).unwrap();
    output.report
}

fn near(found: f64, published: f64, within: f64) {
    assert!(
        (found - published).abs() <= within,
        "{found}, not {published}"
    );
}

/// Estimates and standard errors, the intercept first.
fn held_against(found: &[Coefficient], published: &[(f64, f64)], within: (f64, f64)) {
    assert_eq!(found.len(), published.len());
    for (own, (estimate, error)) in found.iter().zip(published) {
        near(own.estimate, *estimate, within.0);
        near(own.certainty.unwrap().error, *error, within.1);
    }
}

#[test]
fn miles_by_weight_are_as_published() {
    let report = fitted(&cars(), "mpg", &["wt"]);
    let published = [(37.285_126_2, 1.877_627_3), (-5.344_471_6, 0.559_101_0)];
    held_against(&report.coefficients, &published, (1e-7, 1e-6));
    near(
        report.goodness.unwrap().r_squared.unwrap(),
        0.752_832_79,
        1e-8,
    );
    let slope = report.coefficients[1].certainty.unwrap();
    near(slope.statistic, -9.559_044, 1e-6);
    near(slope.p, 1.294e-10, 1e-13);
    // `confint` of R: the same with t of 30 degrees of freedom.
    near(slope.interval.0, -6.486_308, 1e-6);
    near(slope.interval.1, -4.202_635, 1e-6);
    assert_eq!((report.n_train, report.n_test), (32, 32));
}

#[test]
fn miles_by_weight_and_power_are_as_published() {
    let report = fitted(&cars(), "mpg", &["wt", "hp"]);
    let published = [
        (37.227_27, 1.598_79),
        (-3.877_83, 0.632_73),
        (-0.031_77, 0.009_03),
    ];
    held_against(&report.coefficients, &published, (6e-6, 6e-6));
    near(report.goodness.unwrap().r_squared.unwrap(), 0.826_8, 5e-5);
    near(report.coefficients[1].certainty.unwrap().p, 1.12e-6, 5e-9);
    near(report.coefficients[2].certainty.unwrap().p, 0.001_45, 5e-6);
}

#[test]
fn the_gearbox_by_weight_is_as_published() {
    let report = fitted(&cars(), "am", &["wt"]);
    // R prints the errors at the weights before its last step; those at the maximum lie within 4e-4.
    let published = [(12.040_369_7, 4.509_706_1), (-4.023_969_9, 1.436_415_8)];
    held_against(&report.coefficients, &published, (1e-6, 5e-4));
    let goodness = report.goodness.unwrap();
    near(goodness.deviance, 19.176_085, 1e-6);
    near(goodness.null_deviance, 43.229_733, 1e-6);
    near(goodness.aic.unwrap(), 23.176_085, 1e-6);
    let Measured::Classes(tested) = &report.model else {
        panic!("numbers");
    };
    // Not the published confusion, which is of the cars learnt from: here each is predicted from the others.
    let own = tested.confusion;
    let n = own.hits + own.false_alarms + own.missed + own.quiet_right;
    assert_eq!((n, report.n_test), (32, 32));
    assert!(tested.auc.unwrap() > 0.8);
}
