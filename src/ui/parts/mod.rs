//! Parts that several views share. They take what they show as signals and know nothing of a single view.

mod chart;
mod chart_tools;

pub use chart::ChartFigure;
