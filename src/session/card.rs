//! The card of one customer: which one is open, and when it is asked for again.
//!
//! It is asked for while the list of customers is shown, after what it tells of; an answer about another customer is
//! passed over.

use super::jobs::Task;
use super::{Session, Slot, View};
use crate::analysis::AnalysisId;
use crate::analysis::one_customer::Card;

/// What a card tells of beside what has been computed already: each is one pass over the customers.
pub(super) const TOLD: [AnalysisId; 4] = [
    AnalysisId::Rfm,
    AnalysisId::Lifecycle,
    AnalysisId::Value,
    AnalysisId::Rhythm,
];

impl Session {
    /// The card of another customer, or none.
    pub(super) fn open_customer(&mut self, customer: Option<String>) {
        if self.customer != customer {
            self.close_card();
            self.customer = customer;
        }
        if self.customer.is_some() && self.kept.is_some() {
            for id in TOLD {
                self.need(id);
            }
        }
        self.need_card();
    }

    /// No card is open.
    pub(super) fn close_card(&mut self) {
        (self.customer, self.card) = (None, Slot::Idle);
        self.asked.card = None;
        let is_of_card = |task: &Task| matches!(task, Task::OneCustomer(_));
        self.jobs.waiting.retain(|job| !is_of_card(&job.task));
    }

    /// Asks for the card again where it is on the screen and of an older state.
    pub(super) fn need_card(&mut self) {
        let Some(customer) = self.customer.clone() else {
            return;
        };
        if self.view != View::Customers || self.kept.is_none() {
            return;
        }
        let wanted = Some((customer.clone(), self.asked.state, self.settings.as_of));
        if self.asked.card != wanted {
            self.asked.card = wanted;
            self.card.start();
            self.ask(Task::OneCustomer(customer));
        }
    }

    pub(super) fn take_card(&mut self, id: &str, card: Option<Box<Card>>) {
        if self.customer.as_deref() == Some(id) {
            self.card.finish(card.map(|card| *card).ok_or(()));
        }
    }

    /// It will not be made, and can be asked for again.
    pub(super) fn abandon_card(&mut self) {
        self.asked.card = None;
        self.card.stop();
    }
}
