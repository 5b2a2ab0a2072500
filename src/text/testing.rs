//! What tests of several sentences start from.

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
        sensitivity: Sensitivity::default(),
    }
}
