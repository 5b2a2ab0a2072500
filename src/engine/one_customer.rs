//! The card of one customer, and the history that can be taken away.

use super::{Engine, Held};
use crate::analysis::one_customer::{self, Card};
use crate::analysis::{AnalysisId, Finished, Monitor};
use crate::export::{self, ExportError, File, Settings};

/// What gives a history: those whose borders hold on any day.
const TOLD_OVER_TIME: [AnalysisId; 2] = [AnalysisId::Rfm, AnalysisId::Lifecycle];

impl Engine {
    /// The card of the customer with this id by what has run by these settings; `None` before anything was imported,
    /// and for who is no customer on their date.
    pub fn one_customer(&self, id: &str, settings: &Settings) -> Option<Card> {
        let held = self.held.as_ref()?;
        let as_of = held.as_of(settings.as_of);
        let (customer, names) = held.customer_of(id)?;
        let ran = held.ran_by(settings).into_iter();
        let ran: Vec<&Finished> = ran.map(|ran| &ran.finished).collect();
        one_customer::run(&held.dataset, &ran, customer, as_of, &names)
    }
}

impl Held {
    /// The number of the customer with this id, and the ids of its orders.
    fn customer_of(&self, id: &str) -> Option<(usize, Vec<Option<String>>)> {
        let customer = self.dataset.customers.find(id.as_bytes())? as usize;
        Some((customer, self.table.order_names(customer, self.choices)))
    }

    /// All orders of a customer and its segments over time.
    ///
    /// # Errors
    /// [`ExportError::NoSuchCustomer`], or it was stopped.
    pub(super) fn history_file(
        &mut self,
        id: &str,
        settings: &Settings,
        monitor: &mut dyn Monitor,
    ) -> Result<File, ExportError> {
        self.run_all(settings, &TOLD_OVER_TIME, monitor)?;
        let as_of = self.as_of(settings.as_of);
        let ran = TOLD_OVER_TIME.iter().filter_map(|id| self.ran.get(id));
        let ran: Vec<&Finished> = ran.map(|ran| &ran.finished).collect();
        let (customer, names) = self.customer_of(id).ok_or(ExportError::NoSuchCustomer)?;
        let past = one_customer::past(&self.dataset, &ran, customer, as_of, &names);
        let past = past.ok_or(ExportError::NoSuchCustomer)?;
        Ok(export::history::file(&past))
    }
}
