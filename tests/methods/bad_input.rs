//! Data and parameters that cannot be grouped, or hardly: of every method a sentence of its own or a right answer, never a
//! panic, and never a number that is none.

use gyeol::analysis::clusters::{self, DensityProblem, Found, Method, Output, Params};
use gyeol::analysis::{AnalysisError, Missing, Params as _, Rule, Unwatched, stability};
use gyeol::data::{Attribute, AttributeValues, Dataset, Day};
use gyeol::text::{Language, Words};

use super::{crowds, numbers, params, plane, run, table, texts};

/// What is to come of a case.
enum Expected {
    /// Clusters, whichever.
    Clusters,
    /// Clusters, or of the methods by density that there are none.
    ClustersOrDensity,
    /// This error.
    Error(fn(&AnalysisError) -> bool),
}

/// Customers and parameters that are odd, with what is to come of it for a method.
struct Case {
    name: &'static str,
    dataset: Dataset,
    features: &'static [&'static str],
    change: fn(&mut Params),
    expected: fn(Method) -> Expected,
}

fn is_no_number_column(error: &AnalysisError) -> bool {
    matches!(error, AnalysisError::Column { field, rule: Rule::NumericColumn, .. } if field == "features")
}

fn is_without_values(error: &AnalysisError) -> bool {
    matches!(error, AnalysisError::Column { field, rule: Rule::SomeValues, .. } if field == "features")
}

fn is_too_many_texts(error: &AnalysisError) -> bool {
    matches!(
        error,
        AnalysisError::Column {
            rule: Rule::FewTexts { .. },
            ..
        }
    )
}

fn is_density(error: &AnalysisError) -> bool {
    matches!(error, AnalysisError::Density(_))
}

const fn is_by_density(method: Method) -> bool {
    matches!(method, Method::Dbscan | Method::Optics)
}

fn missing(name: &str, n_customers: usize) -> Attribute {
    Attribute {
        name: name.into(),
        values: AttributeValues::Numbers(vec![None; n_customers]),
    }
}

/// `n` values that go round through `n_distinct`.
fn turning(n: usize, n_distinct: usize) -> Vec<f64> {
    (0..n).map(|place| (place % n_distinct) as f64).collect()
}

fn ids(n: usize) -> Dataset {
    let ids: Vec<String> = (0..n).map(|place| format!("C{place:05}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    table(vec![texts("id", &ids)], n)
}

fn of_numbers() -> Vec<Case> {
    let (x, y): (Vec<f64>, Vec<f64>) = crowds().into_iter().unzip();
    let twice: Vec<f64> = x.iter().map(|x| 2.0 * x).collect();
    let n = x.len();
    let with = |other: Attribute| table(vec![numbers("x", &x), other], n);
    vec![
        Case {
            name: "two distinct points",
            dataset: table(vec![numbers("x", &turning(40, 2))], 40),
            features: &["x"],
            change: |params| params.k = 2,
            expected: |_| Expected::ClustersOrDensity,
        },
        Case {
            name: "k above the number of distinct points",
            dataset: table(vec![numbers("x", &turning(40, 3))], 40),
            features: &["x"],
            change: |params| params.k = 5,
            expected: |method| match method {
                Method::Dbscan | Method::Optics | Method::Genetic => Expected::ClustersOrDensity,
                _ => Expected::Error(|error| {
                    *error == AnalysisError::TooFewDistinct { need: 5, found: 3 }
                }),
            },
        },
        Case {
            name: "a constant column beside another",
            dataset: with(numbers("same", &vec![7.0; n])),
            features: &["x", "same"],
            change: |_| (),
            expected: |_| Expected::Clusters,
        },
        Case {
            name: "a singular covariance",
            dataset: with(numbers("twice", &twice)),
            features: &["x", "twice"],
            change: |_| (),
            expected: |_| Expected::Clusters,
        },
        Case {
            name: "more neighbours asked for than there are customers",
            dataset: with(numbers("y", &y)),
            features: &["x", "y"],
            change: |params| params.min_points = 1_000,
            expected: |method| match is_by_density(method) {
                true => Expected::Error(is_density),
                false => Expected::Clusters,
            },
        },
        Case {
            name: "a number that counts the customers",
            dataset: table(vec![numbers("no", &turning(60, 60))], 60),
            features: &["no"],
            change: |_| (),
            expected: |_| Expected::ClustersOrDensity,
        },
    ]
}

fn without_values() -> Vec<Case> {
    let beside = || table(vec![numbers("x", &turning(40, 9)), missing("none", 40)], 40);
    vec![
        Case {
            name: "all missing",
            dataset: table(vec![missing("none", 40)], 40),
            features: &["none"],
            change: |_| (),
            expected: |_| Expected::Error(is_without_values),
        },
        Case {
            name: "all missing beside a column, to be filled",
            dataset: beside(),
            features: &["x", "none"],
            change: |params| params.missing = Missing::Median,
            expected: |_| Expected::Error(is_without_values),
        },
        Case {
            name: "everybody’s own id",
            dataset: ids(150),
            features: &["id"],
            change: |_| (),
            expected: |method| match method.takes_texts() {
                true => Expected::Error(is_too_many_texts),
                false => Expected::Error(is_no_number_column),
            },
        },
        Case {
            name: "everybody’s own id among few",
            dataset: ids(60),
            features: &["id"],
            change: |_| (),
            expected: |method| match method.takes_texts() {
                true => Expected::Error(is_too_many_texts),
                false => Expected::Error(is_no_number_column),
            },
        },
    ]
}

/// Everybody is in one segment, equal customers in the same, and all numbers are numbers.
fn check_sound(context: &str, output: &Output) {
    let (report, segmentation) = (&output.report, &output.segmentation);
    let n_segments = report.segments.len();
    let labels = &segmentation.assignment;
    assert!(
        labels.iter().all(|&label| usize::from(label) < n_segments),
        "{context}"
    );
    let n_customers: u64 = report.segments.iter().map(|own| own.n_customers).sum();
    assert_eq!(n_customers, labels.len() as u64, "{context}");
    let quality = &report.quality;
    let parallel = &report.parallel;
    let points = report.map.points.iter().flat_map(|&(x, y, _)| [x, y]);
    let measures = [
        quality.inertia,
        quality.silhouette.unwrap_or_default(),
        quality.calinski_harabasz.unwrap_or_default(),
        quality.davies_bouldin.unwrap_or_default(),
        quality.bic.unwrap_or_default(),
    ];
    let all = measures
        .into_iter()
        .chain(points)
        .chain(report.map.explained)
        .chain(report.centres_z.iter().flatten().copied())
        .chain(parallel.quartiles.iter().flatten().flatten().copied())
        .chain(
            parallel
                .lines
                .iter()
                .flat_map(|(_, values)| values.iter().copied()),
        )
        .chain(report.silhouettes.iter().map(|own| own.mean));
    for (place, value) in all.enumerate() {
        assert!(value.is_finite(), "{context}: number {place} is {value}");
    }
}

#[test]
fn whatever_is_odd_gets_a_sentence_or_sound_clusters_from_every_method() {
    for case in of_numbers().into_iter().chain(without_values()) {
        for method in Method::ALL {
            let context = format!("{} by {method:?}", case.name);
            let mut asked = params(method, case.features);
            (case.change)(&mut asked);
            let found = run(&case.dataset, asked);
            if let Err(error) = &found {
                for language in [Language::Ko, Language::En] {
                    let sentence = Words::new(language).analysis_error(error);
                    assert!(
                        sentence.ends_with('.') && !sentence.contains("NaN"),
                        "{context}"
                    );
                }
            }
            match ((case.expected)(method), found) {
                (Expected::Error(is_it), Err(error)) => {
                    assert!(is_it(&error), "{context}: {error}");
                }
                (Expected::Clusters | Expected::ClustersOrDensity, Ok(output)) => {
                    check_sound(&context, &output);
                }
                (Expected::ClustersOrDensity, Err(error)) => {
                    assert!(
                        is_by_density(method) && is_density(&error),
                        "{context}: {error}"
                    );
                }
                (_, found) => panic!("{context}: {:?}", found.map(|output| output.report)),
            }
        }
    }
}

#[test]
fn customers_who_cannot_be_grouped_are_a_sentence_for_every_method() {
    let constant = table(vec![numbers("x", &[7.0; 40])], 40);
    let one = table(vec![numbers("x", &[7.0])], 1);
    for method in Method::ALL {
        let few = run(&one, params(method, &["x"])).unwrap_err();
        assert!(
            matches!(few, AnalysisError::TooFewCustomers { found: 1, .. }),
            "{method:?}"
        );
        let equal = run(&constant, params(method, &["x"])).unwrap_err();
        assert!(
            matches!(equal, AnalysisError::TooFewDistinct { found: 1, .. }),
            "{method:?}"
        );
        for language in [Language::Ko, Language::En] {
            assert!(!Words::new(language).analysis_error(&equal).is_empty());
        }
    }
}

#[test]
fn two_distinct_points_are_two_segments() {
    let values: Vec<f64> = (0..40).map(|n| f64::from(n % 2)).collect();
    let dataset = table(vec![numbers("x", &values), numbers("y", &[1.0; 40])], 40);
    for method in [
        Method::KMeans,
        Method::Hierarchical,
        Method::GaussianMixture,
        Method::Dbscan,
        Method::KMedoids,
        Method::Consensus,
    ] {
        let params = Params {
            k: 2,
            ..params(method, &["x", "y"])
        };
        let report = run(&dataset, params).unwrap().report;
        let sizes: Vec<u64> = report
            .segments
            .iter()
            .map(|segment| segment.n_customers)
            .collect();
        assert_eq!(sizes, [20, 20], "{method:?}");
        if let Found::GaussianMixture(found) = report.found {
            assert_eq!(found.n_regularised, 2);
        }
    }
}

#[test]
fn a_reach_that_leaves_one_group_or_none_says_so() {
    for (eps, expected) in [
        (1e-9, DensityProblem::OnlyNoise),
        (1e5, DensityProblem::OneCluster),
    ] {
        let params = Params {
            eps,
            ..params(Method::Dbscan, &["x", "y"])
        };
        let error = run(&plane(&crowds()), params).unwrap_err();
        assert_eq!(error, AnalysisError::Density(expected));
        assert!(
            Words::new(Language::En)
                .analysis_error(&error)
                .contains("each")
        );
    }
}

#[test]
fn one_crowd_and_strangers_are_a_result_without_the_measures_that_need_two_clusters() {
    let mut points: Vec<(f64, f64)> = (0..40_i32)
        .map(|n| (f64::from(n % 8) * 0.1, f64::from(n / 8) * 0.1))
        .collect();
    points.extend([(60.0, 60.0), (-60.0, 60.0), (-60.0, -60.0)]);
    let dataset = plane(&points);
    let method = Method::Dbscan;
    let params = Params {
        eps: 0.3,
        ..params(method, &["x", "y"])
    };
    let output = run(&dataset, params.clone()).unwrap();
    check_sound(&format!("{method:?}"), &output);
    let report = &output.report;
    let quality = &report.quality;
    let compared = [
        report.silhouette,
        quality.silhouette,
        quality.calinski_harabasz,
        quality.davies_bouldin,
    ];
    assert_eq!((quality.k, compared), (1, [None; 4]), "{method:?}");
    assert!(report.silhouettes.is_empty());
    assert!(output.silhouettes.iter().all(|own| own.is_nan()));
    assert_eq!(report.segments.len(), 2);
    assert!(report.n_noise() > 0 && report.segments[1].n_customers == report.n_noise());
    assert_eq!(
        serde_json::to_value(report).unwrap()["silhouette"],
        serde_json::Value::Null
    );
    let words = Words::new(Language::En);
    assert_eq!(words.clusters_silhouette_of(quality), "needs two clusters");
    assert!(
        words
            .clusters_finding(report)
            .unwrap()
            .contains("one cluster")
    );
    assert!(
        words
            .clusters_found(report)
            .iter()
            .any(|text| text.contains("There is one cluster"))
    );
    let asked = stability::Params {
        clusters: params,
        settings: stability::Settings::default(),
    };
    let as_of = Day::from_number(0);
    let error = stability::run(&dataset, &asked.checked().unwrap(), as_of, &mut Unwatched);
    let expected = AnalysisError::Density(DensityProblem::NeedsTwo);
    assert_eq!(error.unwrap_err(), expected, "{method:?}");
}

#[test]
fn clusters_too_small_for_a_project_are_told() {
    for (n_dear, is_told) in [(4, true), (5, false)] {
        let spent: Vec<f64> = (0..12)
            .map(|n| if n < n_dear { 900.0 } else { 1.0 })
            .collect();
        let dataset = table(vec![numbers("spent", &spent)], spent.len());
        let asked = Params {
            k: 2,
            ..params(Method::KMeans, &["spent"])
        };
        let said = Words::new(Language::En).clusters_found(&run(&dataset, asked).unwrap().report);
        let mut said = said.iter();
        let is_said = said.any(|text| text.contains("a saved project does not keep"));
        assert_eq!(is_said, is_told, "{n_dear}");
    }
}

#[test]
fn ten_thousand_different_texts_group_nobody() {
    let names: Vec<String> = (0..10_000).map(|n| format!("t{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let dataset = table(vec![texts("note", &names)], names.len());
    let error = run(&dataset, params(Method::KMedoids, &["note"])).unwrap_err();
    let expected = Rule::FewTexts {
        most: clusters::MOST_TEXTS,
        found: 10_000,
    };
    assert!(matches!(&error, AnalysisError::Column { rule, .. } if *rule == expected));
    let said = Words::new(Language::En).analysis_error(&error);
    assert!(said.contains("“note” has 10,000"), "{said}");
}
