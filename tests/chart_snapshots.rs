//! Every chart on small fixed reports: pictures as SVG snapshots, and labels that never touch at any width.

use gyeol::analysis::cluster_counts::Preferred;
use gyeol::analysis::clusters::{
    Dendrogram, Found, Gap, Leaf, Merge, Parallel, PcaMap, Projection, Quality, SilhouetteBasis,
    Strength,
};
use gyeol::analysis::one_customer::{Cause, History, Order, Past, Return, Span};
use gyeol::analysis::profile::{Counted, Medians, SegmentProfile, Trait};
use gyeol::analysis::rfm::{CutPoints, GridCell, Histogram, MapCheck, Point};
use gyeol::analysis::{
    Cleaned, Label, Level, ReadyName, SegmentName, SegmentationId, Standing, cluster_counts,
    clusters, cohorts, lifetime, movement, prediction, rfm,
};
use gyeol::charts::{
    Anchor, Chart, EstimatedWidth, GridMeasure, LifetimePicture, Look, Measure, Shape, TextWidth,
    Theme,
};
use gyeol::data::{Day, Money};
use gyeol::text::{Language, Words};

fn as_of() -> Day {
    Day::from_civil(2011, 12, 10).expect("a date")
}

fn profile(label: Label, n_customers: u64, revenue: i128, medians: (f64, f64)) -> SegmentProfile {
    let z = (medians.1 - 3.0) / 2.0;
    SegmentProfile {
        label,
        n_customers,
        customer_share: n_customers as f64 / 200.0,
        counted: Counted::Orders,
        n_orders: n_customers * 3,
        revenue: Money::new(revenue, 0),
        revenue_share: revenue as f64 / 100_000.0,
        average_order_value: Some(revenue as f64 / (n_customers as f64 * 3.0)),
        medians: Some(Medians {
            recency_days: medians.0,
            frequency: medians.1,
            monetary: revenue as f64 / n_customers as f64,
        }),
        traits: vec![Trait {
            feature: "frequency".to_owned(),
            mean: medians.1,
            overall_mean: 3.0,
            z,
        }],
    }
}

fn rfm_segments() -> Vec<SegmentProfile> {
    let mut segments: Vec<SegmentProfile> = [
        (SegmentName::Champions, 40, 52_000, (9.0, 9.0)),
        (SegmentName::LoyalCustomers, 36, 24_000, (31.0, 5.0)),
        (SegmentName::PotentialLoyalists, 30, 9_000, (18.0, 2.0)),
        (SegmentName::CantLoseThem, 14, 9_500, (190.0, 8.0)),
        (SegmentName::Hibernating, 80, 5_500, (240.0, 1.0)),
    ]
    .into_iter()
    .map(|(name, n, revenue, medians)| profile(Label::Known(name), n, revenue, medians))
    .collect();
    segments.push(SegmentProfile {
        label: Label::Known(SegmentName::Others),
        n_customers: 0,
        customer_share: 0.0,
        counted: Counted::Orders,
        n_orders: 0,
        revenue: Money::ZERO,
        revenue_share: 0.0,
        average_order_value: None,
        medians: None,
        traits: Vec::new(),
    });
    segments
}

fn histogram(edges: &[f64], counts: &[u64], is_logarithmic: bool) -> Histogram {
    Histogram {
        edges: edges.to_vec(),
        counts: counts.to_vec(),
        is_logarithmic,
    }
}

fn grid() -> Vec<GridCell> {
    let cell = |r, f, n_customers, revenue, segment| GridCell {
        r,
        f,
        n_customers,
        revenue: Money::new(revenue, 0),
        segment,
    };
    vec![
        cell(1, 1, 46, 2_500, Some(4)),
        cell(1, 2, 34, 3_000, Some(4)),
        cell(1, 3, 14, 9_500, Some(3)),
        cell(2, 1, 4, 400, Some(2)),
        cell(2, 2, 30, 14_000, Some(1)),
        cell(2, 3, 6, 10_000, Some(1)),
        cell(3, 1, 26, 8_600, Some(2)),
        cell(3, 2, 0, 0, None),
        cell(3, 3, 40, 52_000, Some(0)),
    ]
}

fn histograms() -> [Histogram; 3] {
    [
        histogram(
            &[0.0, 50.0, 100.0, 150.0, 200.0, 250.0, 300.0],
            &[70, 30, 24, 26, 30, 20],
            false,
        ),
        histogram(
            &[1.0, 2.0, 3.0, 5.0, 7.0, 10.0],
            &[80, 36, 40, 24, 20],
            true,
        ),
        histogram(
            &[10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0],
            &[10, 20, 30, 40, 50, 30, 20],
            true,
        ),
    ]
}

fn rfm_report() -> rfm::Report {
    let point = |place: u16| Point {
        recency_days: f64::from(place * 23 % 290),
        frequency: f64::from(place % 9 + 1),
        monetary: 12.0 * f64::from(place * place + 1),
        segment: place % 5,
    };
    rfm::Report {
        params: rfm::Params {
            groups: 3,
            ..rfm::Params::default()
        },
        as_of: as_of(),
        n_customers: 200,
        n_set_aside: 0,
        n_orders: 600,
        revenue: Money::new(100_000, 0),
        has_money: true,
        cuts: CutPoints {
            recency_days: vec![30.0, 141.5],
            frequency: vec![1.0, 4.0],
            monetary: vec![120.5, 640.0],
        },
        map_check: MapCheck::default(),
        score_counts: [vec![66, 64, 70], vec![80, 66, 54], vec![66, 67, 67]],
        grid: grid(),
        segments: rfm_segments(),
        histograms: histograms(),
        points: (0..30).map(point).collect(),
        top_fifth_revenue_share: 0.746,
        n_with_revenue: 200,
        sensitivity: rfm::Sensitivity::default(),
        fourth: None,
        lone: None,
    }
}

fn rfm_report_with_a_fourth() -> rfm::Report {
    let fourth = rfm::FourthReport {
        of: rfm::Fourth::Interpurchase,
        cuts: vec![12.5, 47.3],
        score_counts: vec![40, 60, 50],
        n_scored: 150,
        n_without: 50,
        median_days: Some(29.5),
        histogram: histogram(&[0.0, 20.0, 40.0, 60.0, 80.0], &[60, 50, 30, 10], false),
    };
    rfm::Report {
        fourth: Some(fourth),
        ..rfm_report()
    }
}

fn quality(k: usize) -> Quality {
    let size = k as f64;
    Quality {
        k,
        inertia: 1_600.0 / size,
        silhouette: Some(0.55 - (size - 4.0).abs() * 0.06),
        silhouette_basis: SilhouetteBasis::Exact,
        calinski_harabasz: Some(900.0 - (size - 4.0).abs() * 120.0),
        davies_bouldin: Some(0.8 + (size - 5.0).abs() * 0.1),
        bic: None,
        n_smallest: 40 - k as u64,
    }
}

fn clusters_map() -> PcaMap {
    let point = |place: u16| {
        let angle = f64::from(place) * 0.9;
        (
            angle.cos() * f64::from(place % 7),
            angle.sin() * 2.0,
            place % 3,
        )
    };
    PcaMap {
        by: Projection::Pca,
        explained: [0.712, 0.205],
        loadings: vec![[-0.5, 0.8], [0.6, 0.3], [0.6, 0.4]],
        points: (0..40).map(point).collect(),
    }
}

fn clusters_parallel() -> Parallel {
    let around = |median: f64| [median - 0.4, median, median + 0.6];
    let line = |place: u16| {
        let shift = f64::from(place % 5) * 0.3 - 0.6;
        let z = f64::from(place % 3) - 1.0;
        (place % 3, vec![z + shift, 0.5 - z, 6.0 * shift])
    };
    Parallel {
        quartiles: vec![
            [-1.1, 1.9, 1.7].map(around).to_vec(),
            [-0.3, 0.2, 0.4].map(around).to_vec(),
            [0.9, -0.8, -0.9].map(around).to_vec(),
        ],
        lines: (0..15).map(line).collect(),
    }
}

fn clusters_report() -> clusters::Report {
    let cluster = |number, suggestion| Label::Cluster {
        number,
        suggestion,
        standing: None,
    };
    let segments = vec![
        profile(
            cluster(1, Some(SegmentName::Champions)),
            40,
            52_000,
            (9.0, 9.0),
        ),
        profile(cluster(2, None), 60, 38_000, (60.0, 4.0)),
        profile(
            cluster(3, Some(SegmentName::Hibernating)),
            100,
            10_000,
            (240.0, 1.0),
        ),
    ];
    clusters::Report {
        silhouettes: Vec::new(),
        params: clusters::Params {
            k: 3,
            features: clusters::usual(&["recency", "frequency", "monetary"].map(str::to_owned)),
            ..clusters::Params::default()
        },
        as_of: as_of(),
        n_customers: 200,
        n_unclustered: 0,
        cleaned: Cleaned::default(),
        inertia: 533.3,
        silhouette: Some(0.49),
        quality: quality(3),
        segments,
        centres_z: vec![
            vec![-1.1, 1.9, 1.7],
            vec![-0.3, 0.2, 0.4],
            vec![0.9, -0.8, -0.9],
        ],
        parallel: clusters_parallel(),
        map: clusters_map(),
        n_joined: 0,
        found: Found::KMeans,
        categories: Vec::new(),
        words: None,
        available_features: vec!["recency".to_owned(), "frequency".to_owned()],
        rule: None,
        redundant: Vec::new(),
    }
}

fn tree_report() -> clusters::Report {
    let leaf = |(n_customers, segment)| Leaf {
        n_customers,
        segment,
    };
    let merge = |(first, second, height, n_customers)| Merge {
        first,
        second,
        height,
        n_customers,
    };
    let tree = Dendrogram {
        n_sampled: None,
        leaves: [(25, 0), (15, 0), (60, 1), (40, 2), (35, 2), (25, 2)]
            .map(leaf)
            .to_vec(),
        merges: [
            (0, 1, 1.2, 40),
            (3, 4, 1.4, 75),
            (7, 5, 2.0, 100),
            (6, 2, 5.5, 100),
            (9, 8, 9.0, 200),
        ]
        .map(merge)
        .to_vec(),
    };
    clusters::Report {
        found: Found::Hierarchical(tree),
        ..clusters_report()
    }
}

fn gap(k: usize) -> Gap {
    let from_peak = k as f64 - 4.0;
    Gap {
        k,
        gap: 0.6 - 0.03 * from_peak * from_peak,
        error: 0.04,
        fall: 0.0,
    }
}

fn strength(k: usize) -> Strength {
    let strength = 1.8 / k as f64;
    Strength { k, strength }
}

/// As for mixtures, which have a likelihood, before the gap is known.
fn with_likelihoods(mut report: cluster_counts::Report) -> cluster_counts::Report {
    for row in &mut report.rows {
        row.bic = Some(9_000.0 + 120.0 * (row.k as f64 - 5.0).powi(2));
    }
    report.preferred.bic = Some(5);
    report.preferred.gap = None;
    report.gaps.clear();
    report
}

fn counts_report() -> cluster_counts::Report {
    cluster_counts::Report {
        rows: (2..=8).map(quality).collect(),
        preferred: Preferred {
            knee: Some(4),
            silhouette: 4,
            calinski_harabasz: 4,
            davies_bouldin: 5,
            gap: Some(3),
            strength: Some(2),
            ..Preferred::default()
        },
        restarts: 10,
        gaps: (1..=8).map(gap).collect(),
        strengths: (2..=8).map(strength).collect(),
        verdict: Some(cluster_counts::Verdict::Disagree),
        ..cluster_counts::Report::default()
    }
}

fn coefficients() -> Vec<prediction::Coefficient> {
    let of = |(feature, estimate, error): (&str, f64, f64)| prediction::Coefficient {
        term: Some(prediction::Term {
            feature: feature.to_owned(),
            part: prediction::Part::Number,
        }),
        estimate,
        odds: None,
        spread: 2.0,
        standardised: estimate * 2.0,
        certainty: Some(prediction::Certainty {
            error,
            statistic: estimate / error,
            p: 0.01,
            interval: (estimate - 2.0 * error, estimate + 2.0 * error),
        }),
    };
    [
        ("recency", -0.45, 0.1),
        ("frequency", 0.3, 0.1),
        ("days_between_orders", 0.05, 0.2),
    ]
    .map(of)
    .to_vec()
}

fn prediction_report() -> prediction::Report {
    let tenth = |(predicted, observed, gain): (f64, f64, f64)| prediction::Tenth {
        n: 40,
        predicted,
        observed,
        lift: Some(observed / 0.3),
        gain: Some(gain),
    };
    let numbers = prediction::Measured::Numbers(prediction::NumberMetrics {
        mae: 0.2,
        rmse: 0.3,
        r_squared: Some(0.4),
    });
    let advantage = prediction::Advantage {
        mean: 0.1,
        interval: (0.05, 0.15),
        share: 0.2,
        area: None,
    };
    prediction::Report {
        params: prediction::Params::default(),
        as_of: as_of(),
        is_classes: true,
        positive: None,
        negative: None,
        learnt: None,
        tested: None,
        n_train: 400,
        n_test: 200,
        base: 0.3,
        test_mean: 0.3,
        threshold: 0.5,
        model: numbers.clone(),
        guess: numbers,
        naive: None,
        cross_validated: Vec::new(),
        over_guess: advantage,
        over_naive: None,
        naive_over_guess: None,
        profit: None,
        tenths: [
            (0.72, 0.75, 0.5),
            (0.45, 0.375, 0.75),
            (0.2, 0.225, 0.9),
            (0.11, 0.1, 0.967),
            (0.04, 0.05, 1.0),
        ]
        .map(tenth)
        .to_vec(),
        coefficients: coefficients(),
        goodness: None,
        importance: Vec::new(),
        notes: Vec::new(),
        n_scored: 400,
        expected: 120.0,
        segments: Vec::new(),
        features: Vec::new(),
        available: Vec::new(),
    }
}

fn look(chart: &Chart<'_>, width: u32, language: Language, theme: Theme) -> Look {
    Look {
        theme,
        width,
        height: chart.height(width),
        pixel_ratio: 1.0,
        words: Words::new(language),
        as_of: Some(as_of()),
        selected: None,
    }
}

/// The second cohort has not seen its second period to the end.
fn cohorts_report() -> cohorts::Report {
    let cell = |n_customers: u64, n_active: u64, revenue: i128| cohorts::Cell {
        n_customers,
        n_active,
        n_active_or_later: n_active,
        n_orders: n_active + 1,
        revenue: Money::new(revenue, 0),
        cumulative_revenue: Money::new(revenue, 0),
        value: Some(n_active as f64 / n_customers as f64),
    };
    let cohort = |day: i32, cells: Vec<cohorts::Cell>| cohorts::Cohort {
        key: format!("{}", Day::from_number(day)),
        label: cohorts::Label::Period(Day::from_number(day)),
        n_customers: cells[0].n_customers,
        cells,
        running: cohorts::Running {
            n_active: 1,
            n_orders: 1,
            revenue: Money::new(5, 0),
        },
    };
    let first = vec![cell(10, 10, 100), cell(10, 2, 20), cell(10, 1, 10)];
    let second = vec![cell(100, 100, 900), cell(100, 30, 300)];
    let mean = vec![cell(110, 110, 1000), cell(110, 32, 320), cell(10, 1, 10)];
    cohorts::Report {
        params: cohorts::Params::default(),
        as_of: Day::from_number(19_700),
        has_money: true,
        n_customers: 110,
        n_later_orders: 0,
        lone: None,
        n_periods: 3,
        cohorts: vec![cohort(19_600, first), cohort(19_631, second)],
        n_left_out: 0,
        mean,
        n_cohorts: vec![2, 2, 1],
        difference: None,
    }
}

fn totals(n_customers: u64, n_orders: u64, revenue: i128) -> movement::Totals {
    movement::Totals {
        n_customers,
        n_orders,
        revenue: Money::new(revenue, 0),
    }
}

/// Four segments, two of which nobody leaves for another; money with those who moved.
fn movement_report() -> movement::Report {
    let names = [
        SegmentName::Champions,
        SegmentName::LoyalCustomers,
        SegmentName::CantLoseThem,
        SegmentName::Hibernating,
    ];
    let labels = names.map(Label::Known);
    let moved =
        |from: usize, to: usize| Label::Moved(Box::new((labels[from].clone(), labels[to].clone())));
    let counts = vec![30, 8, 2, 0, 4, 20, 6, 6, 1, 0, 12, 9, 0, 3, 0, 60];
    let money = |counts: &[u64]| {
        counts
            .iter()
            .map(|n| Money::new(i128::from(n * 70), 0))
            .collect()
    };
    let known: u64 = counts.iter().sum();
    movement::Report {
        params: movement::Params::default(),
        earlier: as_of().plus(-30),
        cut: as_of().plus(-30),
        as_of: as_of(),
        known_until: as_of().plus(-1),
        agreement: 1.0,
        differences: Vec::new(),
        lacking: None,
        revenue: money(&counts),
        worth: money(&counts),
        without_orders: counts.clone(),
        entered: vec![2, 1, 0, 24],
        entered_revenue: money(&[2, 1, 0, 24]),
        n_left: 0,
        n_known: known,
        n_moved: 39,
        causes: movement::Causes {
            time: 25,
            bought: 14,
            ..movement::Causes::default()
        },
        n_held: 7,
        segments: vec![
            profile(moved(2, 3), 9, 630, (200.0, 4.0)),
            profile(moved(0, 1), 8, 560, (40.0, 6.0)),
        ],
        drift: Vec::new(),
        share_psi: 0.04,
        share_psi_parts: vec![0.01; 4],
        then: totals(known, known, 0),
        now: totals(known + 27, known + 60, 4_200),
        foresight: movement::Foresight {
            realised: Vec::new(),
            segments: None,
            rate: None,
            bg_nbd: None,
            no_bg_nbd: None,
        },
        counts,
        labels: labels.to_vec(),
        lone: None,
    }
}

/// A trial of four weeks after eight.
fn lifetime_holdout() -> lifetime::Holdout {
    use lifetime::{ByFrequency, Score, Tracked};
    let tracked = |week: i32| Tracked {
        day: Day::from_number(19_600 + 7 * week),
        actual: (week * week / 2) as u64,
        expected: f64::from(week * week) * 0.55,
    };
    let held = |(n_repeat_orders, actual, predicted): (u32, f64, f64)| ByFrequency {
        n_repeat_orders,
        n_customers: 40,
        actual,
        predicted,
    };
    let score = |(model, predicted): (Option<lifetime::Model>, f64)| Score {
        model,
        is_converged: true,
        is_at_limit: false,
        predicted,
        mae: 0.8,
        rmse: 1.6,
        bias: -0.1,
        top_decile_share: 0.5,
    };
    let scores = [(Some(lifetime::Model::BgNbd), 66.4), (None, 90.0)];
    let rows = [(0, 0.1, 0.12), (1, 0.4, 0.35), (7, 2.5, 2.2)];
    lifetime::Holdout {
        cut: Day::from_number(19_656),
        days: 28,
        n_customers: 110,
        actual: 72,
        scores: scores.map(score).to_vec(),
        by_frequency: rows.map(held).to_vec(),
        tracking: (0..=12).map(tracked).collect(),
        prediction: Some((52.0, 84.0)),
    }
}

/// Fifty order days have no room in half of the time.
fn lifetime_matrix() -> lifetime::Matrix {
    let outlook = |(p_alive, expected_orders): (f64, f64)| {
        Some(lifetime::Outlook {
            p_alive,
            expected_orders,
        })
    };
    let recent = [(0.9, 1.5), (0.95, 3.25), (0.99, 48.0)];
    lifetime::Matrix {
        length_days: 84,
        repeat_orders: vec![1, 2, 50],
        days_since: vec![0, 42],
        cells: vec![
            recent.map(outlook).to_vec(),
            vec![outlook((0.6, 0.9)), outlook((0.4, 1.1)), None],
        ],
    }
}

fn lifetime_report() -> lifetime::Report {
    let tier = |(n_customers, clv, lowest): (u64, f64, f64)| lifetime::Tier {
        n_customers,
        clv: Some(clv),
        expected_orders: clv / 30.0,
        mean_p_alive: 0.4,
        lowest,
    };
    let tiers = [
        (6, 1600.0, 180.0),
        (16, 1200.0, 55.0),
        (33, 600.0, 12.5),
        (55, 200.0, 0.5),
    ];
    let calibrated = [60, 25, 10, 5, 3, 2, 1, 4];
    let calibrated = (0..)
        .zip(calibrated)
        .map(|(n, actual)| lifetime::Calibrated {
            n_repeat_orders: n,
            actual,
            expected: actual as f64 * 1.1 - 1.0,
        });
    lifetime::Report {
        params: lifetime::Params::default(),
        as_of: Day::from_number(19_700),
        end: Day::from_number(19_699),
        model: lifetime::Model::BgNbd,
        models: Vec::new(),
        spend: None,
        checks: Vec::new(),
        holdout: Some(lifetime_holdout()),
        n_customers: 110,
        n_repeat: 50,
        n_overdue: 70,
        mean_p_alive: 0.4,
        mean_p_alive_of_repeat: 0.3,
        expected_orders: 120.0,
        expected_orders_of_new: 1.2,
        expected_spend: Some(4000.0),
        clv: Some(3600.0),
        orders_interval: Some((100.0, 144.0)),
        clv_interval: None,
        orders_prediction: Some((91.0, 158.0)),
        spend_prediction: None,
        tiers: tiers.map(tier).to_vec(),
        calibration: calibrated.collect(),
        matrix: lifetime_matrix(),
        spread: rfm::Histogram {
            edges: vec![0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0],
            counts: vec![5, 20, 15, 15, 20, 13, 11, 6, 5],
            is_logarithmic: true,
        },
        segments: Vec::new(),
    }
}

/// Every chart with the name of its snapshot.
/// The day with this number, of which the as-of date is the 700th.
fn day_of_past(number: i32) -> Day {
    as_of().plus(number - 700)
}

/// Spans that follow each other until the as-of date.
fn spans_of(starts: &[(i32, Label, u16, Cause)]) -> Vec<Span> {
    let end = |place: usize| starts.get(place + 1).map_or(700, |next| next.0 - 1);
    let span = |(number, (from, label, place, cause)): (usize, &(i32, Label, u16, Cause))| Span {
        from: day_of_past(*from),
        until: day_of_past(end(number)),
        place: *place,
        label: label.clone(),
        cause: *cause,
    };
    starts.iter().enumerate().map(span).collect()
}

/// A customer with seven orders, something given back, and two segmentations over time.
fn customer_past() -> Past {
    let day = day_of_past;
    let order = |(number, units, n_lines)| Order {
        day: day(number),
        name: (n_lines > 1).then(|| format!("A{number}")),
        amount: Money::new(units, 2),
        n_lines,
    };
    let known = Label::Known;
    let rfm = [
        (0, known(SegmentName::NewCustomers), 3, Cause::First),
        (
            40,
            known(SegmentName::PotentialLoyalists),
            2,
            Cause::Ordered,
        ),
        (160, known(SegmentName::AboutToSleep), 6, Cause::TimePassed),
        (380, known(SegmentName::LoyalCustomers), 1, Cause::Ordered),
        (640, known(SegmentName::Champions), 0, Cause::Ordered),
    ];
    let stages = [
        (0, Label::Ready(ReadyName::New), 2, Cause::First),
        (40, Label::Ready(ReadyName::Active), 1, Cause::Ordered),
        (150, Label::Ready(ReadyName::Slipping), 4, Cause::TimePassed),
        (380, Label::Ready(ReadyName::WonBack), 3, Cause::Ordered),
        (520, Label::Ready(ReadyName::Loyal), 0, Cause::Ordered),
    ];
    let history = |of, spans| History { of, spans };
    let orders = [
        (0, 2_500, 1),
        (40, 4_150, 3),
        (60, 1_200, 1),
        (380, 9_900, 4),
        (381, 700, 1),
        (520, 5_000, 2),
        (640, 12_345, 2),
    ];
    Past {
        customer: "C-0042".to_owned(),
        as_of: as_of(),
        has_money: true,
        n_earlier: 0,
        orders: orders.map(order).to_vec(),
        returns: vec![Return {
            day: day(395),
            amount: Money::new(2_400, 2),
        }],
        histories: vec![
            history(SegmentationId::Rfm, spans_of(&rfm)),
            history(SegmentationId::Lifecycle, spans_of(&stages)),
        ],
    }
}

fn with_every_chart(mut check: impl FnMut(&str, &Chart<'_>)) {
    let (rfm, clusters, counts) = (rfm_report(), clusters_report(), counts_report());
    let likely = with_likelihoods(counts_report());
    let (tree, prediction, cohorts) = (tree_report(), prediction_report(), cohorts_report());
    let (worth, fourth) = (lifetime_report(), rfm_report_with_a_fourth());
    let (movement, past) = (movement_report(), customer_past());
    for (name, chart) in [
        (
            "grid-customers",
            Chart::RfmGrid(&rfm, GridMeasure::Customers),
        ),
        ("grid-revenue", Chart::RfmGrid(&rfm, GridMeasure::Revenue)),
        ("grid-mean", Chart::RfmGrid(&rfm, GridMeasure::MeanRevenue)),
        ("bars", Chart::SegmentBars(&rfm.segments)),
        ("recency", Chart::Distribution(&rfm, Measure::Recency)),
        ("frequency", Chart::Distribution(&rfm, Measure::Frequency)),
        ("monetary", Chart::Distribution(&rfm, Measure::Monetary)),
        ("fourth", Chart::Distribution(&fourth, Measure::Fourth)),
        ("scatter", Chart::RfmScatter(&rfm)),
        ("map", Chart::ClusterMap(&clusters)),
        ("traits", Chart::ClusterTraits(&clusters)),
        ("tree", Chart::ClusterTree(&tree)),
        ("counts", Chart::ClusterCounts(&counts)),
        ("likely", Chart::ClusterCounts(&likely)),
        ("gain", Chart::PredictionGain(&prediction)),
        ("calibration", Chart::PredictionCalibration(&prediction)),
        ("weights", Chart::PredictionWeights(&prediction)),
        ("cohort-map", Chart::CohortMap(&cohorts)),
        ("cohort-curves", Chart::CohortCurves(&cohorts)),
        (
            "lifetime-calibration",
            Chart::Lifetime(&worth, LifetimePicture::Calibration),
        ),
        (
            "lifetime-trial",
            Chart::Lifetime(&worth, LifetimePicture::Trial),
        ),
        (
            "lifetime-tracking",
            Chart::Lifetime(&worth, LifetimePicture::Tracking),
        ),
        (
            "lifetime-orders",
            Chart::Lifetime(&worth, LifetimePicture::Orders),
        ),
        (
            "lifetime-alive",
            Chart::Lifetime(&worth, LifetimePicture::Alive),
        ),
        (
            "lifetime-spread",
            Chart::Lifetime(&worth, LifetimePicture::Spread),
        ),
        ("moves", Chart::Moves(&movement)),
        ("parallel", Chart::ClusterParallel(&clusters)),
        ("customer-history", Chart::CustomerHistory(&past)),
    ] {
        check(name, &chart);
    }
}

#[test]
fn every_chart_looks_as_it_did() {
    with_every_chart(|name, chart| {
        let svg = chart.svg(&look(chart, 720, Language::En, Theme::Light));
        assert!(svg.len() <= 20 * 1024, "{name}: {} bytes", svg.len());
        insta::assert_snapshot!(name, svg);
    });
}

#[test]
fn narrow_dark_korean_charts_look_as_they_did() {
    let (rfm, movement) = (rfm_report(), movement_report());
    let clusters = clusters_report();
    for (name, chart) in [
        ("grid-narrow", Chart::RfmGrid(&rfm, GridMeasure::Customers)),
        ("bars-narrow", Chart::SegmentBars(&rfm.segments)),
        ("moves-narrow", Chart::Moves(&movement)),
        ("parallel-narrow", Chart::ClusterParallel(&clusters)),
    ] {
        let narrow = Look {
            selected: Some(0),
            ..look(&chart, 320, Language::Ko, Theme::Dark)
        };
        insta::assert_snapshot!(name, chart.svg(&narrow));
    }
}

/// Left, top, right, bottom of a label, as tall as its capitals.
fn extent(label: &gyeol::charts::Label) -> (f64, f64, f64, f64) {
    let width = EstimatedWidth.width(&label.text, label.size, label.is_bold);
    let left = match label.anchor {
        Anchor::Start => label.at.0,
        Anchor::Middle => label.at.0 - width / 2.0,
        Anchor::End => label.at.0 - width,
    };
    let half = label.size * 0.4;
    (left, label.at.1 - half, left + width, label.at.1 + half)
}

#[test]
fn labels_never_touch_each_other_nor_leave_the_picture() {
    for width in [320, 400, 560, 720, 1100] {
        for language in [Language::Ko, Language::En] {
            with_every_chart(|name, chart| check_labels(name, chart, width, language));
        }
    }
}

fn check_labels(name: &str, chart: &Chart<'_>, width: u32, language: Language) {
    let look = look(chart, width, language, Theme::Light);
    let picture = chart.picture(&look, &EstimatedWidth);
    let labels = picture.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(label) => Some(label),
        _ => None,
    });
    let labels: Vec<_> = labels.collect();
    for (place, label) in labels.iter().enumerate() {
        let (left, top, right, bottom) = extent(label);
        let inside = left >= 0.0 && right <= f64::from(picture.width) && top >= 0.0;
        assert!(
            inside && bottom <= f64::from(picture.height),
            "{name} {width} {language:?}: {} leaves",
            label.text
        );
        for other in &labels[..place] {
            let (l, t, r, b) = extent(other);
            let touch = left < r && l < right && top < b && t < bottom;
            assert!(
                !touch,
                "{name} {width} {language:?}: {} on {}",
                label.text, other.text
            );
        }
    }
}

/// Eight features, some with names of the file's own, and twenty clusters that many have to be told apart of.
fn many_clusters() -> clusters::Report {
    let features = [
        "recency",
        "frequency",
        "monetary",
        "average_order_value",
        "Annual income before tax (k$)",
        "최근 12개월 앱 방문 횟수",
        "a_header_without_any_blank_in_it",
        "tenure",
    ];
    let label = |number: u16| Label::Cluster {
        number,
        suggestion: None,
        standing: Some(Standing {
            recent: Some(Level::Middle),
            value: Some(Level::Middle),
        }),
    };
    let z = |cluster: u16, feature: u16| f64::from(cluster * 7 % 20) / 5.0 - f64::from(feature % 3);
    let around = |median: f64| [median - 0.4, median, median + 0.6];
    let of_cluster = |cluster: u16| {
        (0..8)
            .map(|feature| z(cluster, feature))
            .collect::<Vec<f64>>()
    };
    let quartiles = |cluster: u16| of_cluster(cluster).into_iter().map(around).collect();
    let mut report = clusters_report();
    report.params.k = 20;
    report.params.features = features.map(str::to_owned).to_vec();
    report.segments = (1..=20)
        .map(|number| profile(label(number), 10, 5_000, (60.0, 4.0)))
        .collect();
    report.centres_z = (0..20).map(of_cluster).collect();
    report.parallel = Parallel {
        quartiles: (0..20).map(quartiles).collect(),
        lines: (0..20)
            .map(|cluster| (cluster, of_cluster(cluster)))
            .collect(),
    };
    report
}

#[test]
fn eight_axes_and_twenty_clusters_stay_apart_and_keep_their_room() {
    let report = many_clusters();
    let chart = Chart::ClusterParallel(&report);
    for width in [320, 400, 720, 983, 984, 1100, 1600] {
        for language in [Language::Ko, Language::En] {
            check_labels("parallel", &chart, width, language);
            check_labels("map", &Chart::ClusterMap(&report), width, language);
            let scene = chart.scene(
                &look(&chart, width, language, Theme::Light),
                &EstimatedWidth,
            );
            let lines = scene.shapes.iter().filter_map(|shape| match shape {
                Shape::Fill((_, _, 1.0, height), _) => Some(*height),
                _ => None,
            });
            let room = lines.fold(0.0, f64::max);
            assert!(room >= 220.0, "{width} {language:?}: {room}");
        }
    }
}

#[test]
fn every_mark_lies_in_the_picture_and_says_something() {
    with_every_chart(|name, chart| {
        let look = look(chart, 720, Language::Ko, Theme::Light);
        let scene = chart.scene(&look, &EstimatedWidth);
        assert!(!scene.marks.is_empty(), "{name}");
        for mark in &scene.marks {
            let (left, top, width, height) = mark.bounds;
            assert!(!mark.text.is_empty(), "{name}");
            assert!(left >= -1.0 && left + width <= 721.0, "{name}: {mark:?}");
            assert!(
                top >= -12.0 && top + height <= f64::from(look.height) + 12.0,
                "{name}: {mark:?}"
            );
        }
        let columns = scene.twin.head.len();
        assert!(!scene.twin.rows.is_empty(), "{name}");
        assert!(
            scene.twin.rows.iter().all(|row| row.len() == columns),
            "{name}"
        );
    });
}

#[test]
fn nothing_to_show_is_a_sentence() {
    let chart = Chart::SegmentBars(&[]);
    let scene = chart.scene(
        &look(&chart, 320, Language::En, Theme::Light),
        &EstimatedWidth,
    );
    assert!(scene.title.starts_with("There are no customers to show"));
    assert!(scene.marks.is_empty());
}
