//! What tests of several sentences start from.

use crate::analysis::prediction;
use crate::analysis::rfm::{CutPoints, Histogram, MapCheck, Params, Report, Sensitivity};
use crate::data::{Day, Money};

/// A report with money and nobody in it.
pub(super) fn report() -> Report {
    let histogram = Histogram {
        edges: Vec::new(),
        counts: Vec::new(),
        is_logarithmic: false,
    };
    Report {
        params: Params::default(),
        as_of: Day::from_number(0),
        n_customers: 0,
        n_set_aside: 0,
        n_orders: 0,
        revenue: Money::ZERO,
        has_money: true,
        cuts: CutPoints::default(),
        map_check: MapCheck::default(),
        score_counts: Default::default(),
        grid: Vec::new(),
        segments: Vec::new(),
        histograms: [histogram.clone(), histogram.clone(), histogram],
        points: Vec::new(),
        top_fifth_revenue_share: 0.0,
        n_with_revenue: 0,
        sensitivity: Sensitivity::default(),
        fourth: None,
        lone: None,
    }
}

/// A prediction of numbers that was learnt from nobody.
pub(super) fn prediction() -> prediction::Report {
    let measured = prediction::Measured::Numbers(prediction::NumberMetrics {
        mae: 1.0,
        rmse: 1.0,
        r_squared: None,
    });
    prediction::Report {
        params: prediction::Params::default(),
        as_of: Day::from_number(0),
        is_classes: false,
        positive: None,
        negative: None,
        learnt: None,
        tested: None,
        n_train: 0,
        n_test: 0,
        base: 0.0,
        test_mean: 0.0,
        threshold: 0.5,
        model: measured.clone(),
        guess: measured,
        naive: None,
        cross_validated: Vec::new(),
        over_guess: prediction::Advantage {
            mean: 0.0,
            interval: (0.0, 0.0),
            share: 0.0,
            area: None,
        },
        over_naive: None,
        naive_over_guess: None,
        profit: None,
        tenths: Vec::new(),
        coefficients: Vec::new(),
        goodness: None,
        importance: Vec::new(),
        notes: Vec::new(),
        n_scored: 0,
        expected: 0.0,
        segments: Vec::new(),
        features: Vec::new(),
        available: Vec::new(),
    }
}
