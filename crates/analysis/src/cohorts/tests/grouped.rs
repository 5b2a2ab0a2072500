//! Which groups there are, and that nobody is lost between them.

use super::*;
use gyeol_data::{Attribute, AttributeValues, Names};

#[test]
fn columns_make_cohorts_and_nobody_is_lost() {
    let mut shop = shop();
    let mut texts = Names::default();
    let (south, north) = (texts.intern(b"south"), texts.intern(b"north"));
    let codes = vec![Some(south), Some(north), Some(south), None, Some(north)];
    let numbers = [20.0, 30.0, 40.0, 50.0, 60.0].map(Some).to_vec();
    for (name, values) in [
        ("region", AttributeValues::Texts { texts, codes }),
        ("age", AttributeValues::Numbers(numbers)),
    ] {
        let name = name.to_owned();
        shop.attributes.push(Attribute { name, values });
    }
    let by = |column: &str| Params {
        by: By::Column,
        column: column.into(),
        ..Params::default()
    };
    let as_of = shop.default_as_of();
    let report = run_on(&shop, by("region"), as_of).unwrap();
    let sizes = report
        .cohorts
        .iter()
        .map(|own| (own.key.as_str(), own.n_customers));
    assert_eq!(
        sizes.collect::<Vec<_>>(),
        [("north", 2), ("south", 2), ("", 1)]
    );
    // Of the north only the one who came in January has had a second month after the first.
    assert_eq!(report.cohorts[0].cells[2].n_customers, 1);
    let report = run_on(&shop, by("age"), as_of).unwrap();
    let sizes: Vec<u64> = report.cohorts.iter().map(|own| own.n_customers).collect();
    assert_eq!(sizes, [2, 1, 1, 1]);
    assert!(run_on(&shop, by("shoe size"), as_of).is_err());
}

#[test]
fn only_customers_who_are_looked_at_decide_what_groups_there_are() {
    let mut rows: Vec<(String, i32, i64)> = (0..500)
        .map(|customer| {
            (
                format!("{customer:03}"),
                day("2020-01-05") + customer % 60,
                100,
            )
        })
        .collect();
    rows.push(("000".into(), day("2020-04-02"), 100));
    // Their first orders are after the as-of date.
    rows.extend((500..504).map(|customer| (customer.to_string(), day("2021-01-01"), 100)));
    let rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, d, c)| (id.as_str(), *d, *c))
        .collect();
    let mut shop = testing::orders(&rows);
    let mut texts = Names::default();
    let name = |customer: usize| match customer {
        0..4 | 500.. => format!("own {customer}"),
        _ => format!("of {}", customer % 2),
    };
    let codes = (0..504).map(|own| Some(texts.intern(name(own).as_bytes())));
    let codes = codes.collect();
    let ages = (0..504).map(|own| Some(if own < 500 { f64::from(own % 4) } else { 1e6 }));
    for (name, values) in [
        ("code", AttributeValues::Texts { texts, codes }),
        ("age", AttributeValues::Numbers(ages.collect())),
    ] {
        let name = name.to_owned();
        shop.attributes.push(Attribute { name, values });
    }
    shop.treated.set_aside = (0..504)
        .map(|customer| (1..4).contains(&customer))
        .collect();
    let by = |column: &str| Params {
        by: By::Column,
        column: column.into(),
        ..Params::default()
    };
    let as_of = Day::from_number(day("2020-06-01"));
    let report = run_on(&shop, by("code"), as_of).unwrap();
    let keys: Vec<&str> = report.cohorts.iter().map(|own| own.key.as_str()).collect();
    assert_eq!(keys, ["of 0", "of 1", "own 0"]);
    // The quartiles of 0 to 3, and no band for the million of who is no customer yet.
    let report = run_on(&shop, by("age"), as_of).unwrap();
    assert_eq!(report.cohorts.len(), 4);
    let highest = report.cohorts.last().unwrap();
    assert!(
        matches!(&highest.label, Label::Band { above: Some(above), until: None } if *above < 3.0)
    );
}

#[test]
fn four_hundred_texts_may_be_exceeded_by_who_is_not_looked_at() {
    let rows: Vec<(String, i32, i64)> = (0..600)
        .map(|own| (format!("{own:03}"), own, 100))
        .collect();
    let mut rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, d, c)| (id.as_str(), *d, *c))
        .collect();
    rows.push(("000", 250, 100));
    let mut shop = testing::orders(&rows);
    let mut texts = Names::default();
    let codes = (0..600).map(|own: u32| Some(texts.intern(own.to_string().as_bytes())));
    let codes = codes.collect();
    shop.attributes.push(Attribute {
        name: "code".to_owned(),
        values: AttributeValues::Texts { texts, codes },
    });
    let params = Params {
        by: By::Column,
        column: "code".into(),
        ..Params::default()
    };
    let report = run_on(&shop, params.clone(), Day::from_number(300)).unwrap();
    assert_eq!(report.cohorts.len(), 301);
    let problem = CohortProblem::TooMany {
        found: 600,
        most: 400,
    };
    let refused = run_on(&shop, params, shop.default_as_of());
    assert_eq!(refused, Err(AnalysisError::Cohorts(problem)));
}

#[test]
fn of_many_first_products_the_most_frequent_are_cohorts_and_the_rest_one() {
    let rows: Vec<(String, i32, i64)> =
        (0..90).map(|own| (format!("{own:02}"), own, 100)).collect();
    let mut rows: Vec<(&str, i32, i64)> = rows
        .iter()
        .map(|(id, d, c)| (id.as_str(), *d, *c))
        .collect();
    rows.push(("00", 95, 100));
    let shop = testing::orders(&rows);
    let mut texts = Names::default();
    // Twenty products with two customers each, then thirty with one, and twenty customers without any.
    let product = |own: u32| match own {
        0..40 => Some(format!("often {:02}", own / 2)),
        40..70 => Some(format!("rare {own}")),
        _ => None,
    };
    let codes = (0..90).map(|own| product(own).map(|name| texts.intern(name.as_bytes())));
    let codes = codes.collect();
    let values = AttributeValues::Texts { texts, codes };
    let params = Params {
        by: By::FirstOrder,
        column: "product".into(),
        ..Params::default()
    };
    let beside = Beside {
        first: Some(&values),
        ..Beside::default()
    };
    let checked = params.clone().checked().unwrap();
    let report = run(
        &shop,
        beside,
        &checked,
        shop.default_as_of(),
        &mut Unwatched,
    )
    .unwrap();
    let sizes = report.cohorts.iter().map(|own| own.n_customers);
    assert_eq!(sizes.sum::<u64>(), 90);
    assert_eq!(report.cohorts.len(), 22);
    assert_eq!(report.cohorts[19].key, "often 19");
    assert_eq!(
        (&report.cohorts[20].label, report.cohorts[20].n_customers),
        (&Label::Others, 30)
    );
    assert_eq!(
        (&report.cohorts[21].label, report.cohorts[21].n_customers),
        (&Label::Missing, 20)
    );
    // Without the engine, nobody says what the first orders were.
    assert!(run_on(&shop, params, shop.default_as_of()).is_err());
}
