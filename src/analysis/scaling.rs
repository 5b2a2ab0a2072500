//! Scaling of features before distances are measured.

use serde::{Deserialize, Serialize};

/// How a feature is scaled. Standard deviations are of the population (`ddof` 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scaling {
    /// As it is.
    None,
    /// Less the mean, over the standard deviation.
    Z,
    /// To 0 through 1.
    MinMax,
    /// Less the median, over the interquartile range.
    Robust,
    /// `ln(1 + x)`; negative values mirrored.
    Log1p,
    /// `ln(1 + x)`, then z.
    #[default]
    Log1pZ,
}
