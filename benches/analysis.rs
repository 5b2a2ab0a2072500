//! How long analyses take on made-up customers: constant seed, no file.
//!
//! `cargo bench --bench analysis`. Silhouettes are measured through a clustering with one start, which they dominate.

#![allow(clippy::unwrap_used)] // Criterion has no other way to stop.
#![allow(clippy::print_stdout)] // A bench may say what it found.
#![allow(missing_docs)] // The macros of criterion make undocumented items.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use gyeol::analysis::clusters::{Linkage, Method};
use gyeol::analysis::customers::{self, Query, Sort};
use gyeol::analysis::{
    Checked, Params, Request, SegmentationId, Unwatched, cluster_counts, clusters, cohorts,
    lifetime, movement, prediction, rfm, run,
};
use gyeol::data::{Dataset, Day, History, Names, Orders};
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

const LAST_DAY: i32 = 730;

/// Customers with `n_orders` orders each on average, most of them with few.
fn shop(n_customers: usize, n_orders: u64) -> Dataset {
    let mut random = Xoshiro256Plus::seed_from_u64(7);
    let mut below = |n: u64| random.next_u64() % n;
    let (mut customers, mut orders) = (
        Names::default(),
        Orders {
            scale: 2,
            ..Orders::default()
        },
    );
    for customer in 0..n_customers {
        customers.intern(format!("{customer:08}").as_bytes());
        orders.starts.push(orders.days.len() as u32);
        let n = 1 + below(n_orders) * below(4) * 2 / 3;
        let mut days: Vec<i32> = (0..n).map(|_| below(LAST_DAY as u64) as i32).collect();
        days.sort_unstable();
        let mut running = 0_i128;
        for (n_lines, day) in (1..).zip(days) {
            let cents = 100 + (below(200) * below(200)) as i64;
            running += i128::from(cents);
            orders.days.push(Day::from_number(day));
            orders.amounts.push(cents);
            orders.n_lines.push(1);
            orders.running_amounts.push(running);
            orders.running_lines.push(n_lines);
        }
    }
    orders.starts.push(orders.days.len() as u32);
    Dataset {
        customers,
        history: History::Orders(orders),
        attributes: Vec::new(),
        has_money: true,
        treated: gyeol::data::Treated::default(),
    }
}

fn clustering(restarts: usize) -> Checked<clusters::Params> {
    clusters::Params {
        restarts,
        ..clusters::Params::default()
    }
    .checked()
    .unwrap()
}

fn rfm_and_lists(criterion: &mut Criterion) {
    let shop = shop(100_000, 10);
    let params = rfm::Params::default().checked().unwrap();
    let as_of = Day::from_number(LAST_DAY - 30);
    criterion.bench_function("Rfm-100k-customers", |bencher| {
        bencher.iter(|| rfm::run(black_box(&shop), &params, as_of, &mut Unwatched).unwrap());
    });
    let query = Query {
        filter: Default::default(),
        sort: Sort::Monetary,
        descending: true,
        offset: 500,
        limit: 50,
        reached_by: None,
    };
    criterion.bench_function("Customers-100k-sorted-page", |bencher| {
        bencher.iter(|| customers::page(black_box(&shop), &Default::default(), &query, as_of));
    });
}

/// Each method at the sizes that it is held to. DBSCAN's reach leaves several clusters on these customers.
fn methods(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("methods");
    group.sample_size(10);
    let as_of = Day::from_number(LAST_DAY);
    for (id, n_customers, method) in [
        ("Hierarchical-5k-customers", 5_000, Method::Hierarchical),
        ("Hierarchical-100k-customers", 100_000, Method::Hierarchical),
        (
            "GaussianMixture-100k-customers",
            100_000,
            Method::GaussianMixture,
        ),
        ("Dbscan-100k-customers", 100_000, Method::Dbscan),
        ("Optics-10k-customers", 10_000, Method::Optics),
        ("Optics-100k-customers", 100_000, Method::Optics),
        ("KMedoids-100k-customers", 100_000, Method::KMedoids),
        ("Genetic-10k-customers", 10_000, Method::Genetic),
    ] {
        let shop = shop(n_customers, 10);
        let params = clusters::Params {
            method,
            linkage: Linkage::Average,
            eps: 0.3,
            ..clusters::Params::default()
        };
        let params = params.checked().unwrap();
        if let Err(error) = clusters::run(&shop, &params, as_of, &mut Unwatched) {
            // It is timed all the same: all of it has run.
            println!("{id}: {error}");
        }
        group.bench_function(id, |bencher| {
            bencher
                .iter(|| clusters::run(black_box(&shop), &params, as_of, &mut Unwatched).is_ok());
        });
    }
    group.finish();
}

fn clusters_and_quality(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("clusters");
    group.sample_size(10);
    let as_of = Day::from_number(LAST_DAY);
    for (id, n_customers, restarts) in [
        ("Silhouette-6k", 6_000, 1),
        ("Silhouette-20k", 20_000, 1),
        ("KMeans-10k-customers-3-features", 10_000, 10),
        ("KMeans-100k-customers-3-features", 100_000, 10),
    ] {
        let (shop, params) = (shop(n_customers, 10), clustering(restarts));
        group.bench_function(id, |bencher| {
            bencher
                .iter(|| clusters::run(black_box(&shop), &params, as_of, &mut Unwatched).unwrap());
        });
    }
    for n_thousand in [10, 100] {
        let shop = shop(n_thousand * 1_000, 10);
        let params = cluster_counts::Params::default().checked().unwrap();
        let id = format!("ClusterCounts-{n_thousand}k-customers");
        group.bench_function(id, |bencher| {
            bencher.iter(|| {
                cluster_counts::run(black_box(&shop), &params, as_of, &mut Unwatched).unwrap()
            });
        });
    }
    group.finish();
}

/// Regression, with its test, its parts and the scores of all; nothing of the history before the first cut is left out.
fn predictions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("prediction");
    group.sample_size(10);
    let (shop, as_of) = (shop(100_000, 10), Day::from_number(LAST_DAY));
    for (id, model) in [
        ("Regression-100k-customers", prediction::Model::Regression),
        ("Forest-100k-customers", prediction::Model::Forest),
    ] {
        let params = prediction::Params {
            model,
            ..prediction::Params::default()
        };
        let params = params.checked().unwrap();
        group.bench_function(id, |bencher| {
            bencher.iter(|| {
                prediction::run(black_box(&shop), &params, as_of, &mut Unwatched).unwrap()
            });
        });
    }
    group.finish();
}

/// A million orders over two years, by month with the difference of two cohorts; held to 100 ms.
fn cohorts_of_many_orders(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("cohorts");
    group.sample_size(20);
    let shop = shop(185_000, 10);
    let n_orders = match &shop.history {
        History::Orders(orders) => orders.days.len(),
        History::Summaries(_) => 0,
    };
    println!("{n_orders} orders");
    let as_of = Day::from_number(LAST_DAY);
    for (id, unit, measure) in [
        (
            "Cohorts-1M-orders-months",
            cohorts::Unit::Month,
            cohorts::Measure::Retention,
        ),
        (
            "Cohorts-1M-orders-weeks",
            cohorts::Unit::Week,
            cohorts::Measure::Retention,
        ),
        (
            "Cohorts-1M-orders-value",
            cohorts::Unit::Month,
            cohorts::Measure::AverageOrderValue,
        ),
    ] {
        let params = cohorts::Params {
            unit,
            measure,
            ..cohorts::Params::default()
        };
        let params = params.checked().unwrap();
        group.bench_function(id, |bencher| {
            bencher.iter(|| {
                let beside = cohorts::Beside::default();
                cohorts::run(black_box(&shop), beside, &params, as_of, &mut Unwatched).unwrap()
            });
        });
    }
    group.finish();
}

/// The CDNOW sample that the page ships, without its money.
fn cdnow() -> Dataset {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/samples/cdnow.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        (record[0].to_owned(), record[1].parse().unwrap())
    });
    let mut rows: Vec<(String, Day)> = rows.collect();
    rows.sort_unstable();
    let (mut customers, mut orders) = (Names::default(), Orders::default());
    for (id, day) in rows {
        if customers.find(id.as_bytes()).is_none() {
            customers.intern(id.as_bytes());
            orders.starts.push(orders.days.len() as u32);
        }
        orders.days.push(day);
        orders.amounts.push(0);
        orders.n_lines.push(1);
        orders.running_amounts.push(0);
        orders.running_lines.push(1);
    }
    orders.starts.push(orders.days.len() as u32);
    Dataset {
        customers,
        history: History::Orders(orders),
        attributes: Vec::new(),
        has_money: false,
        treated: gyeol::data::Treated::default(),
    }
}

/// One fit with its standard errors, and all that the view needs: three models, the trial, forecasts and pictures.
fn lifetimes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lifetime");
    group.sample_size(10);
    for (id, shop, as_of) in [
        ("CDNOW", cdnow(), "1998-06-30".parse().unwrap()),
        (
            "100k-customers",
            shop(100_000, 10),
            Day::from_number(LAST_DAY),
        ),
    ] {
        for model in lifetime::Model::ALL {
            group.bench_function(format!("Fit-{}-{id}", model.key()), |bencher| {
                bencher.iter(|| {
                    lifetime::fit(black_box(&shop), model, as_of, &mut Unwatched).unwrap()
                });
            });
        }
        let params = lifetime::Params::default().checked().unwrap();
        group.bench_function(format!("Lifetime-{id}"), |bencher| {
            bencher
                .iter(|| lifetime::run(black_box(&shop), &params, as_of, &mut Unwatched).is_ok());
        });
    }
    group.finish();
}

/// Two dates of one segmentation, with the period before them, drift and foresight.
fn movements(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("movement");
    group.sample_size(10);
    let (shop, as_of) = (shop(100_000, 10), Day::from_number(LAST_DAY));
    for (id, of, request) in [
        (
            "MovementOfRfm-100k-customers",
            SegmentationId::Rfm,
            Request::Rfm(rfm::Params::default()),
        ),
        (
            "MovementOfClusters-100k-customers",
            SegmentationId::Clusters,
            Request::Clusters(clusters::Params {
                restarts: 1,
                ..clusters::Params::default()
            }),
        ),
    ] {
        let params = movement::Params {
            of,
            ..movement::Params::default()
        };
        let request = Request::Movement(params, Box::new(request));
        group.bench_function(id, |bencher| {
            bencher.iter(|| run(black_box(&shop), request.clone(), as_of, &mut Unwatched).unwrap());
        });
    }
    group.finish();
}

criterion_group!(
    benches,
    rfm_and_lists,
    clusters_and_quality,
    methods,
    predictions,
    cohorts_of_many_orders,
    lifetimes,
    movements
);
criterion_main!(benches);
