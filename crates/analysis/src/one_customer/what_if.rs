//! The smallest change that would move one customer to another segment: days without an order, further orders, money.
//!
//! It is found by asking the borders of the as-of date of the changed customer, so that what is said is what they say.
//! RFM has its own way, where an order brings what this customer's orders have brought on average ([`rfm::Changes`]).

use serde::{Deserialize, Serialize};

use super::borders::{Borders, Moment};
use super::past::MOST_DAYS;
use crate::measures::Measure;
use crate::{Label, rfm, value};
use gyeol_data::Money;

/// The most further orders that are looked at.
const MOST_ORDERS: u32 = 50;

/// What would move a customer, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// The first day, counted from the as-of date, on which it is in another segment if it does not order.
    pub without_orders: Option<(u32, Label)>,
    /// The fewest further orders on the as-of date that put it into another segment; up to 50 are looked at.
    pub with_orders: Option<(u32, Label)>,
    /// The least further money that puts it into a higher class.
    pub with_money: Option<(Money, Label)>,
}

impl From<rfm::Change> for WhatIf {
    fn from(change: rfm::Change) -> Self {
        Self {
            without_orders: change.without_orders,
            with_orders: change.with_orders,
            with_money: None,
        }
    }
}

impl Borders {
    /// What would move the customer who stands like this.
    pub(super) fn what_if(&self, now: &Moment<'_>) -> WhatIf {
        match self {
            Self::Rfm(changes) => changes.of_customer(&now.standing).into(),
            // Without single orders there is no rhythm, and no pause to come back from.
            _ if now.days.is_empty() => WhatIf::default(),
            Self::Lifecycle(_) | Self::Rhythm(_) => WhatIf {
                without_orders: self.without_orders(now),
                with_orders: self.with_orders(now),
                with_money: None,
            },
            Self::Value(_, Measure::Frequency) => WhatIf {
                with_orders: self.with_orders(now),
                ..WhatIf::default()
            },
            Self::Value(lowest, _) => WhatIf {
                with_money: self.with_money(lowest, now),
                ..WhatIf::default()
            },
        }
    }

    /// Stages and groups of rhythm that days alone have ended never come back without an order: the first day on which
    /// the customer is elsewhere is found by halves.
    fn without_orders(&self, now: &Moment<'_>) -> Option<(u32, Label)> {
        let own = self.place(now);
        let place_after = |days: i32| self.place(&now.aged(days));
        let (mut same, mut other) = (0, MOST_DAYS - now.standing.recency_days);
        if other <= 0 || place_after(other) == own {
            return None;
        }
        while other - same > 1 {
            let days = same + (other - same) / 2;
            match place_after(days) == own {
                true => same = days,
                false => other = days,
            }
        }
        Some((other as u32, self.label(place_after(other))?))
    }

    fn with_orders(&self, now: &Moment<'_>) -> Option<(u32, Label)> {
        let own = self.place(now);
        let mut then = now.clone();
        for n in 1..=MOST_ORDERS {
            then = then.after_an_order();
            let place = self.place(&then);
            if place != own {
                return Some((n, self.label(place)?));
            }
        }
        None
    }

    /// Classes are cut at numbers, money is whole units: the least is looked for around the border.
    fn with_money(&self, lowest: &value::Lowest, now: &Moment<'_>) -> Option<(Money, Label)> {
        let amount = now.standing.amount;
        let own = self.place(now);
        let class = |units: i128| lowest.class_of(Some(Money::new(units, amount.scale()).to_f64()));
        let above = lowest.values.iter().take(usize::from(own)).rev();
        let is_unvalued = usize::from(own) >= lowest.values.len();
        let mut least = match above.flatten().next() {
            // Whatever is above nothing is in the last class.
            _ if is_unvalued => 1,
            Some(border) => (border * 10_f64.powi(i32::from(amount.scale()))).round() as i128,
            None => return None,
        };
        while least > 1 && class(least - 1) != own && least - 1 > amount.units() {
            least -= 1;
        }
        let mut after = least..=least + 2;
        let least = after.find(|&units| class(units) != own)?;
        let more = Money::new(least - amount.units(), amount.scale());
        (!more.is_negative() && !more.is_zero()).then_some((more, self.label(class(least))?))
    }
}
