//! The columns: what stands in them, found while the source is read once more, and what is done about them.

use super::{Engine, Held};
use crate::analysis::AnalysisError;
use crate::analysis::treatment::{self, ColumnsReport, Treatments};
use crate::data::{Survey, Surveyor};

impl Engine {
    /// Treats the customers' columns before the next analyses, in place of what was done before.
    ///
    /// # Errors
    /// A treatment that breaks a rule; what was done before is kept.
    pub fn treat(&mut self, treatments: &Treatments) -> Result<(), AnalysisError> {
        match &mut self.held {
            Some(held) => held.treat(treatments),
            None => Ok(()),
        }
    }

    /// The reading of the imported files, in pieces of any size one after the other, that finds what stands in their
    /// columns; `None` where that is known, or before anything was imported.
    pub fn surveyor(&self) -> Option<Surveyor<'_>> {
        let held = self.held.as_ref().filter(|held| held.survey.is_none())?;
        Some(Surveyor::new(&held.table, self.decoders))
    }

    /// Keeps what a [`Engine::surveyor`] found.
    pub fn keep_survey(&mut self, survey: Survey) {
        if let Some(held) = &mut self.held {
            held.survey = Some(survey);
        }
    }

    /// What the columns hold and what `treatments` do about it; `None` before there is a survey.
    pub fn columns(&mut self, treatments: &Treatments) -> Option<ColumnsReport> {
        self.held.as_mut()?.columns(treatments)
    }
}

impl Held {
    pub(super) fn treat(&mut self, treatments: &Treatments) -> Result<(), AnalysisError> {
        if self.treatments != *treatments {
            self.done = treatment::apply(&mut self.dataset, treatments)?;
            self.treatments.clone_from(treatments);
            self.forget_past();
            self.ran.clear();
        }
        Ok(())
    }

    /// One that breaks a rule has done nothing: the analyses say what is wrong with it.
    pub(super) fn columns(&mut self, treatments: &Treatments) -> Option<ColumnsReport> {
        let survey = self.survey.clone()?;
        let is_sound = self.treat(treatments).is_ok();
        let n_customers = self.dataset.n_customers();
        let is_aside = |customer: &usize| is_sound && self.dataset.is_set_aside(*customer);
        let nothing = Default::default();
        let done = if is_sound { &self.done } else { &nothing };
        Some(ColumnsReport {
            survey,
            customer_columns: treatment::describe(&self.dataset, treatments, done),
            n_customers: n_customers as u64,
            n_set_aside: (0..n_customers).filter(is_aside).count() as u64,
        })
    }

    /// Whether there is nobody left to look at.
    pub(super) fn is_empty(&self) -> bool {
        let is_aside = &self.dataset.treated.set_aside;
        !is_aside.is_empty() && !is_aside.contains(&false)
    }
}
