//! The report of an analysis as JSON, named after the analysis, and that of a comparison.

use super::{File, json_file};
use crate::analysis::compare::Comparison;
use crate::analysis::{AnalysisId, Report};

/// `compare.json`: the cross table, how far the two agree, and who differs.
pub fn comparison(comparison: &Comparison) -> File {
    json_file("compare.json", comparison)
}

/// `<analysis>.json`.
pub fn file(report: &Report) -> File {
    let name = |id: AnalysisId| format!("{}.json", id.key());
    match report {
        Report::Rfm(report) => json_file(&name(AnalysisId::Rfm), report),
        Report::Clusters(report) => json_file(&name(AnalysisId::Clusters), report),
        Report::ClusterCounts(report) => json_file(&name(AnalysisId::ClusterCounts), report),
        Report::Lifecycle(report) => json_file(&name(AnalysisId::Lifecycle), report),
        Report::Value(report) => json_file(&name(AnalysisId::Value), report),
        Report::Rhythm(report) => json_file(&name(AnalysisId::Rhythm), report),
        Report::Stability(report) => json_file(&name(AnalysisId::Stability), report),
        Report::Prediction(report) => json_file(&name(AnalysisId::Prediction), report),
        Report::Advice(report) => json_file(&name(AnalysisId::Advice), report),
        Report::Explain(report) => json_file(&name(AnalysisId::Explain), report),
        Report::Movement(report) => json_file(&name(AnalysisId::Movement), report),
        Report::Lifetime(report) => json_file(&name(AnalysisId::Lifetime), report),
        Report::Rules(report) => json_file(&name(AnalysisId::Rules), report),
        Report::Cohorts(report) => json_file(&name(AnalysisId::Cohorts), report),
    }
}
