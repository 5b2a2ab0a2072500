//! What no prediction can be made of: why it is refused, and whether other days would do.

use super::tests::{dataset, run_on, shop};
use super::*;
use crate::{Params as _, Rule, Unwatched, testing};
use gyeol_data::{Attribute, AttributeValues, Names};

fn refused(dataset: &Dataset, params: Params) -> Refusal {
    match run_on(dataset, params) {
        Err(AnalysisError::Prediction(refusal)) => refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("not refused"),
    }
}

fn with_column(values: AttributeValues) -> Dataset {
    let mut dataset = dataset(&shop());
    dataset.attributes.push(Attribute {
        name: "answer".into(),
        values,
    });
    dataset
}

fn of_column() -> Params {
    Params {
        target: Target::Column,
        column: "answer".into(),
        ..Params::default()
    }
}

fn texts(of: &dyn Fn(usize) -> String) -> AttributeValues {
    let mut texts = Names::default();
    let codes = (0..104)
        .map(|at| Some(texts.intern(of(at).as_bytes())))
        .collect();
    AttributeValues::Texts { texts, codes }
}

#[test]
fn a_history_too_short_is_refused_with_days_that_do() {
    let shop = dataset(&shop());
    for (split, asked, need) in [(Split::Time, 500, 1_000), (Split::Random, 900, 900)] {
        let params = Params {
            days: asked,
            split,
            ..Params::default()
        };
        let refusal = refused(&shop, params.clone());
        assert!(
            matches!(refusal.problem, Problem::ShortHistory { need: own, found } if own == need && found < 810)
        );
        let days = refusal.days.unwrap();
        assert!(days < asked);
        run_on(&shop, Params { days, ..params }).unwrap();
    }
}

#[test]
fn too_few_customers_are_refused_without_days_where_none_would_do() {
    let few: Vec<_> = shop()
        .into_iter()
        .filter(|row| row.0.as_str() < "012")
        .collect();
    let params = Params {
        days: 60,
        ..Params::default()
    };
    let problem = Problem::FewCustomers {
        need: 20,
        found: 12,
    };
    let refusal = Refusal {
        problem,
        days: None,
    };
    assert_eq!(refused(&dataset(&few), params), refusal);
}

#[test]
fn customers_who_all_do_the_same_are_refused_with_days_in_which_they_differ() {
    let steady = |every: &dyn Fn(i32) -> i32| {
        let orders = |customer: i32| {
            let every = every(customer);
            (0..800 / every).map(move |at| (format!("{customer:02}"), at * every, 100))
        };
        dataset(&(0..60).flat_map(orders).collect::<Vec<_>>())
    };
    let params = Params {
        days: 90,
        ..Params::default()
    };
    let alike = Refusal {
        problem: Problem::OneClass,
        days: None,
    };
    assert_eq!(refused(&steady(&|_| 10), params.clone()), alike);
    // Some every ten days, some every forty: within ninety days all of them order, within fewer not all.
    let mixed = steady(&|customer| if customer % 2 == 0 { 10 } else { 40 });
    let refusal = refused(&mixed, params.clone());
    assert_eq!(refusal.problem, Problem::OneClass);
    let days = refusal.days.unwrap();
    run_on(&mixed, Params { days, ..params }).unwrap();
}

#[test]
fn customers_with_one_order_each_are_refused_for_every_test() {
    let rows: Vec<_> = (0..60)
        .map(|customer| (format!("{customer:02}"), customer * 10, 100))
        .collect();
    for split in Split::ALL {
        for target in [Target::BuysAgain, Target::Spend] {
            let params = Params {
                split,
                target,
                ..Params::default()
            };
            let refusal = refused(&dataset(&rows), params);
            assert_eq!(refusal.problem, Problem::OneOrderEach);
            assert_eq!(refusal.days, None);
        }
    }
}

#[test]
fn orders_that_are_all_of_one_day_are_refused() {
    let rows: Vec<_> = (0..120)
        .map(|at| (format!("{:02}", at % 60), 100, 100 + i64::from(at)))
        .collect();
    let refusal = refused(&dataset(&rows), Params::default());
    assert_eq!(refusal.problem, Problem::OneDay);
}

#[test]
fn a_column_that_cannot_be_a_target_is_refused() {
    for (values, problem) in [
        (
            AttributeValues::Numbers(vec![Some(3.0); 104]),
            Problem::OneClass,
        ),
        (texts(&|_| "yes".into()), Problem::OneClass),
        (
            texts(&|at| format!("kind {}", at % 3)),
            Problem::ManyClasses,
        ),
        (
            texts(&|at| if at < 2 { "yes" } else { "no" }.into()),
            Problem::FewOfAClass { need: 5, found: 1 },
        ),
    ] {
        let refusal = refused(&with_column(values), of_column());
        assert_eq!(refusal.problem, problem);
        // Days have nothing to do with a column.
        assert_eq!(refusal.days, None);
    }
    let answer = texts(&|at| if at % 3 == 0 { "yes" } else { "no" }.into());
    let params = Params {
        features: vec!["recency".into(), "answer".into()],
        ..of_column()
    };
    let refusal = refused(&with_column(answer), params);
    assert_eq!(refusal.problem, Problem::TargetIsFeature);
}

#[test]
fn a_date_before_the_first_order_and_one_on_the_first_day_are_not_taken_for_orders_of_one_day() {
    let shop = dataset(&shop());
    let (first, _) = shop.period().unwrap();
    let on = |day: Day| {
        let params = Params::default().checked().unwrap();
        run(&shop, &params, day, &mut Unwatched).map(|_| ())
    };
    let as_of = first.plus(-3);
    assert_eq!(on(as_of), Err(AnalysisError::NothingUntil { as_of }));
    assert_eq!(on(first), Err(Problem::FirstDay.into()));
}

#[test]
fn parameters_that_cannot_be_are_said() {
    let shop = dataset(&shop());
    let unknown = Params {
        target: Target::Column,
        column: "nothing".into(),
        ..Params::default()
    };
    let refused = run_on(&shop, unknown).map(|_| ());
    assert_eq!(
        refused,
        Err(AnalysisError::of_column(
            "column",
            "nothing",
            Rule::KnownMeasure
        ))
    );
    let unknown = Params {
        features: vec!["recency".into(), "nowhere".into()],
        ..Params::default()
    };
    let refused = run_on(&shop, unknown).map(|_| ());
    assert_eq!(
        refused,
        Err(AnalysisError::of_column(
            "features",
            "nowhere",
            Rule::KnownMeasure
        ))
    );
    for params in [
        Params {
            folds: 1,
            ..Params::default()
        },
        Params {
            target: Target::Column,
            ..Params::default()
        },
    ] {
        assert!(params.check().is_err());
    }
}

#[test]
fn an_order_that_stands_alone_is_named_where_no_other_days_would_do() {
    let shop = testing::with_order(dataset(&shop()), 30_000);
    for (split, target) in [
        (Split::Time, Target::BuysAgain),
        (Split::Random, Target::Spend),
    ] {
        let params = Params {
            split,
            target,
            ..Params::default()
        };
        match run_on(&shop, params.clone()) {
            Err(AnalysisError::LoneOrders(lone)) => {
                assert_eq!((lone.n_orders, lone.first.number()), (1, 30_000));
                let day = lone.others_until.plus(1);
                run(&shop, &params.checked().unwrap(), day, &mut Unwatched).unwrap();
            }
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("not refused"),
        }
    }
}
