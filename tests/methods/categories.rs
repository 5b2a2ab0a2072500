//! Categories as numbers: held against scikit-learn, in any order of rows, with every method.

use gyeol::analysis::clusters::{Coding, FoundCategory, Method, Params};
use gyeol::analysis::{AnalysisError, Missing, Rule};
use gyeol::data::{AttributeValues, Dataset};
use proptest::prelude::*;

use super::{numbers, params, run, table, texts};

const N: usize = 24;

/// A made-up customer: region, age band, channel, spending.
fn customer(n: usize) -> (&'static str, &'static str, &'static str, f64) {
    let regions = [
        "Seoul", "Busan", "Jeju", "Seoul", "Daegu", "Seoul", "Busan", "Seoul",
    ];
    let ages = [
        "20대", "30대", "50대", "20대", "40대", "30대", "50대", "20대",
    ];
    let channels = ["web", "shop", "web", "app", "web", "shop", "web", "web"];
    (
        regions[(n * 5 + n / 8) % 8],
        ages[(n * 3 + n / 8) % 8],
        channels[(n * 7 + n / 5) % 8],
        ((n * n * 7) % 31) as f64,
    )
}

/// The made-up customers, whose texts were first met in another order.
fn shop(met: &[usize]) -> Dataset {
    let column = |name: &str, of: fn(usize) -> &'static str| {
        let dictionary: Vec<&str> = met.iter().map(|&n| of(n)).collect();
        let mut attribute = texts(name, &dictionary);
        if let AttributeValues::Texts { texts, codes } = &mut attribute.values {
            let code = |n| Some(texts.intern(of(n).as_bytes()));
            *codes = (0..N).map(code).collect();
        }
        attribute
    };
    let spent: Vec<f64> = (0..N).map(|n| customer(n).3).collect();
    let attributes = vec![
        numbers("spent", &spent),
        column("region", |n| customer(n).0),
        column("age", |n| customer(n).1),
        column("channel", |n| customer(n).2),
    ];
    table(attributes, N)
}

fn as_they_are() -> Vec<usize> {
    (0..N).collect()
}

fn asked(method: Method) -> Params {
    let categories = [
        ("region", Coding::OneHot),
        ("age", Coding::Ordinal),
        ("channel", Coding::Frequency),
    ];
    let categories = categories.map(|(name, coding)| (name.to_owned(), coding));
    Params {
        restarts: 10,
        categories: categories.into(),
        ..params(method, &["spent"])
    }
}

/// scikit-learn 1.9.1: `StandardScaler` of spending, `OrdinalEncoder` of ages and shares of channels, beside
/// `OneHotEncoder` of regions over the root of two; `KMeans(n_init=500, tol=0)`.
#[test]
fn clusters_of_categories_are_those_of_scikit_learn() {
    for (k, inertia, sizes, silhouette) in [
        (3, 37.92117900235028, vec![6, 6, 12], 0.30513638914986024),
        (4, 29.49284760076491, vec![3, 5, 6, 10], 0.29213413037919417),
    ] {
        let asked = Params {
            k,
            ..asked(Method::KMeans)
        };
        let report = run(&shop(&as_they_are()), asked).unwrap().report;
        assert!(
            (report.inertia - inertia).abs() < 1e-9,
            "{}",
            report.inertia
        );
        assert!((report.silhouette.unwrap() - silhouette).abs() < 1e-9);
        let mut found: Vec<u64> = report.segments.iter().map(|own| own.n_customers).collect();
        found.sort_unstable();
        assert_eq!(found, sizes);
        let expected = [
            "spent",
            "age",
            "channel",
            "region: Seoul",
            "region: Busan",
            "region: Daegu",
            "region: Jeju",
        ];
        assert_eq!(report.params.features, expected);
        assert!(report.redundant.is_empty());
    }
}

#[test]
fn every_method_takes_categories_and_says_which_levels_stand_out() {
    let regions: Vec<&str> = (0..60).map(|n| ["Seoul", "Busan"][n % 2]).collect();
    let dataset = table(vec![texts("region", &regions)], 60);
    for method in Method::ALL {
        for (named, coding) in [(true, Coding::OneHot), (false, Coding::Ordinal)] {
            let features: &[&str] = if named { &["region"] } else { &[] };
            let mut asked = Params {
                k: 2,
                categories: [("region".to_owned(), coding)].into(),
                ..params(method, features)
            };
            asked.search.k = false;
            let output = run(&dataset, asked).unwrap();
            let labels = &output.segmentation.assignment;
            assert!((2..60).all(|n| labels[n] == labels[n % 2]), "{method:?}");
            assert_ne!(labels[0], labels[1], "{method:?}");
            let found: &FoundCategory = &output.report.categories[0];
            assert_eq!((found.n_with_value, found.n_levels), (60, 2));
            let told = &found.clusters[usize::from(labels[0])];
            assert_eq!(told.len(), 1, "{method:?}");
            assert_eq!(found.levels[told[0].level].level, "Seoul");
            let shares = (told[0].share, told[0].share_of_all);
            assert!((shares.0 - 1.0).abs() + (shares.1 - 0.5).abs() < 1e-12);
            assert!(output.report.redundant.is_empty(), "{method:?}");
        }
    }
}

#[test]
fn a_weight_by_the_name_of_a_column_is_one_of_all_its_levels() {
    let regions: Vec<&str> = (0..40)
        .map(|n| ["Seoul", "Busan", "Jeju", "Daegu"][n % 4])
        .collect();
    let dataset = table(vec![texts("region", &regions)], 40);
    let inertia = |weight: f64| {
        let asked = Params {
            k: 3,
            categories: [("region".to_owned(), Coding::OneHot)].into(),
            weights: [("region".to_owned(), weight)].into(),
            ..params(Method::KMeans, &[])
        };
        run(&dataset, asked).unwrap().report.inertia
    };
    // Two levels of ten share a cluster: each is half a unit from its middle.
    assert!((inertia(1.0) - 5.0).abs() < 1e-9);
    assert!((inertia(3.0) - 45.0).abs() < 1e-9);
}

#[test]
fn a_gap_is_left_out_or_filled_and_wrong_columns_name_the_field() {
    let regions: Vec<&str> = (0..40).map(|n| ["Seoul", "Busan", ""][n % 3]).collect();
    let values: Vec<f64> = (0..40).map(f64::from).collect();
    let dataset = table(vec![numbers("x", &values), texts("region", &regions)], 40);
    let asked = |column: &str, coding| Params {
        categories: [(column.to_owned(), coding)].into(),
        ..params(Method::KMeans, &["x"])
    };
    for coding in Coding::ALL {
        let report = run(&dataset, asked("region", coding)).unwrap().report;
        assert_eq!((report.n_unclustered, report.cleaned.n_filled), (13, 0));
        let filled = Params {
            missing: Missing::Zero,
            ..asked("region", coding)
        };
        let report = run(&dataset, filled).unwrap().report;
        assert_eq!((report.n_unclustered, report.cleaned.n_filled), (0, 13));
        for column in ["x", "nowhere"] {
            let error = run(&dataset, asked(column, coding)).unwrap_err();
            let field = "categories".into();
            let rule = Rule::ColumnOfTexts;
            let column = column.to_owned();
            let expected = AnalysisError::Column {
                field,
                column,
                rule,
            };
            assert_eq!(error, expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_order_in_which_texts_are_met_never_shows(
        met in Just(as_they_are()).prop_shuffle(),
        method in 0..Method::ALL.len(),
    ) {
        let asked = Params { eps: 1.5, ..asked(Method::ALL[method]) };
        let one = run(&shop(&as_they_are()), asked.clone()).unwrap();
        let other = run(&shop(&met), asked).unwrap();
        prop_assert_eq!(one.segmentation.assignment, other.segmentation.assignment);
        prop_assert_eq!(one.report, other.report);
    }
}
