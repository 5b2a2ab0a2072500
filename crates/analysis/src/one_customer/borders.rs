//! What a segmentation is cut by, asked of one customer on any day: the same functions as the analyses ask of all.
//!
//! Only borders that do not hang on who else is there: those of the as-of date, held.

use std::borrow::Cow;

use crate::measures::Measure;
use crate::rfm::{Changes, Convention};
use crate::{Label, ReadyName, Report, SegmentationId, lifecycle, measures, rhythm, value};
use gyeol_data::{Dataset, Day, History, Standing};

/// Where a customer stands on a day.
#[derive(Clone, Debug)]
pub(super) struct Moment<'a> {
    pub(super) day: Day,
    pub(super) standing: Standing,
    /// The days of its orders until then, rising; none where the file has no single orders.
    pub(super) days: Cow<'a, [Day]>,
}

impl<'a> Moment<'a> {
    /// `None` before the first order, or where the file does not say.
    pub(super) fn of(dataset: &'a Dataset, customer: usize, day: Day) -> Option<Self> {
        let standing = dataset.standing(customer, day)?;
        let days = match &dataset.history {
            History::Orders(orders) => {
                let start = orders.starts[customer] as usize;
                &orders.days[start..start + standing.n_orders as usize]
            }
            History::Summaries(_) => &[],
        };
        Some(Self {
            day,
            standing,
            days: Cow::Borrowed(days),
        })
    }

    /// So many days later, with nothing else happening.
    pub(super) fn aged(&self, days: i32) -> Self {
        Self {
            day: self.day.plus(days),
            standing: Standing {
                recency_days: self.standing.recency_days + days,
                ..self.standing
            },
            days: self.days.clone(),
        }
    }

    /// With one more order on the day. Its money is not added: no border that is asked of this looks at it.
    pub(super) fn after_an_order(&self) -> Self {
        let mut days = self.days.clone().into_owned();
        days.push(self.day);
        Self {
            day: self.day,
            standing: Standing {
                recency_days: 0,
                n_orders: self.standing.n_orders + 1,
                ..self.standing
            },
            days: Cow::Owned(days),
        }
    }

    /// Days since the last order over the mean of the days between orders.
    pub(super) fn lateness(&self) -> Option<f64> {
        let gap = measures::mean_gap(&self.days)?;
        Some(f64::from(self.standing.recency_days) / gap)
    }

    /// A value by which classes are cut; `None` of measures that are not told by orders and money alone.
    pub(super) fn value(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::Monetary => Some(self.standing.amount.to_f64()),
            Measure::Frequency => Some(f64::from(Convention::Gyeol.frequency(&self.standing))),
            _ => None,
        }
    }
}

/// What a segmentation is cut by.
pub(super) enum Borders {
    Rfm(Changes),
    Lifecycle(lifecycle::Thresholds),
    Rhythm(rhythm::Params),
    Value(value::Lowest, Measure),
}

impl Borders {
    /// Those of a finished analysis; `None` where a segment hangs on the others, or on more than orders and money.
    pub(super) fn of(report: &Report) -> Option<Self> {
        match report {
            Report::Rfm(_) => Changes::of(report).map(Self::Rfm),
            Report::Lifecycle(report) => Some(Self::Lifecycle(report.thresholds)),
            Report::Rhythm(report) => Some(Self::Rhythm(report.params.clone())),
            Report::Value(report) => {
                let by = Measure::from_key(&report.params.by)?;
                let is_told = matches!(by, Measure::Monetary | Measure::Frequency);
                is_told.then(|| Self::Value(value::Lowest::of(report), by))
            }
            _ => None,
        }
    }

    pub(super) const fn id(&self) -> SegmentationId {
        match self {
            Self::Rfm(_) => SegmentationId::Rfm,
            Self::Lifecycle(_) => SegmentationId::Lifecycle,
            Self::Rhythm(_) => SegmentationId::Rhythm,
            Self::Value(..) => SegmentationId::Value,
        }
    }

    /// The place of the segment at a moment.
    pub(super) fn place(&self, moment: &Moment<'_>) -> u16 {
        match self {
            Self::Rfm(changes) => changes.place_of(&moment.standing),
            Self::Lifecycle(thresholds) => {
                let stage = thresholds.stage_of(&moment.standing, &moment.days, moment.day);
                let mut stages = lifecycle::STAGES.iter();
                stages.position(|&one| one == stage).unwrap_or_default() as u16
            }
            Self::Rhythm(params) => rhythm::group(params, moment.lateness()),
            Self::Value(lowest, by) => lowest.class_of(moment.value(*by)),
        }
    }

    /// What the segment at a place is called.
    pub(super) fn label(&self, place: u16) -> Option<Label> {
        let ready = |names: &[ReadyName]| names.get(usize::from(place)).copied().map(Label::Ready);
        match self {
            Self::Rfm(changes) => changes.label_at(place).cloned(),
            Self::Lifecycle(_) => ready(&lifecycle::STAGES),
            Self::Rhythm(_) => ready(&rhythm::GROUPS),
            Self::Value(lowest, _) => ready(&lowest.names()),
        }
    }
}
