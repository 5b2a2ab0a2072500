//! What can be asked of cohorts: by what, over which periods, which measure, which two are compared.
//!
//! The names are those of settings and project files. Whether a column, a segmentation or a cohort is there is seen in
//! the run alone.

use serde::{Deserialize, Serialize};

use super::{MOST_PERIOD, Unit};
use crate::{AnalysisError, Rule, SegmentationId};

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// What customers are grouped by.
    pub by: By,
    /// The column, for [`By::Column`] and [`By::FirstOrder`].
    pub column: String,
    /// The segmentation, for [`By::Segmentation`].
    pub of: SegmentationId,
    /// How long a period is.
    pub unit: Unit,
    /// What is shown.
    pub measure: Measure,
    /// When a customer counts as retained.
    pub activity: Activity,
    /// The first of the two cohorts that are compared, by its key; without one, the largest.
    pub first: Option<String>,
    /// The second one; without one, the largest other one.
    pub second: Option<String>,
    /// The period in which the two are compared, counted from 0; without one, 1. Where it is not over for both, the
    /// latest before it that is.
    pub period: Option<usize>,
}

/// What customers are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The period of the first order.
    #[default]
    Acquisition,
    /// A column of the file.
    Column,
    /// The segments of a segmentation.
    Segmentation,
    /// What the rows of the first order say in a column of texts: the first product, the first channel.
    FirstOrder,
}

/// What is measured in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share of the customers who ordered.
    #[default]
    Retention,
    /// Share of them who did not.
    Churn,
    /// Customers who ordered.
    Customers,
    /// Orders.
    Orders,
    /// Money.
    Revenue,
    /// Money per customer from the first order on: the curve of lifetime value.
    CumulativeRevenue,
    /// Money per order.
    AverageOrderValue,
}

impl Measure {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Retention,
        Self::Churn,
        Self::Customers,
        Self::Orders,
        Self::Revenue,
        Self::CumulativeRevenue,
        Self::AverageOrderValue,
    ];

    /// The name used in settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Churn => "churn",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Revenue => "revenue",
            Self::CumulativeRevenue => "cumulative_revenue",
            Self::AverageOrderValue => "average_order_value",
        }
    }

    /// Whether it is an amount of money.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Revenue | Self::CumulativeRevenue | Self::AverageOrderValue
        )
    }

    /// Whether it says how many customers ordered: all of them did in the period of their first order.
    pub const fn is_of_customers(self) -> bool {
        matches!(self, Self::Retention | Self::Churn | Self::Customers)
    }

    /// Whether it is a share, 0 to 1.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Retention | Self::Churn)
    }
}

/// When a customer counts as retained in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// With an order in it.
    #[default]
    InPeriod,
    /// With an order in it or later (rolling retention).
    InOrAfter,
}

impl crate::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let is_right = self.period.is_none_or(|period| period <= MOST_PERIOD);
        AnalysisError::unless(is_right, "period", Rule::Between(0.0, MOST_PERIOD as f64))
    }
}
