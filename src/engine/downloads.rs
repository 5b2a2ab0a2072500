//! The files that can be taken away: each computes what it needs and is missing, with the settings it is given.

use super::{Engine, Held};
use crate::analysis::movement::{Kept, Known};
use crate::analysis::rfm::Changes;
use crate::analysis::{
    AnalysisError, AnalysisId, Monitor, Report, Request, SegmentationId, compare, freeze,
};
use crate::data::{Choices, History, TableKind, unmatched};
use crate::export::customers::CustomerTable;
use crate::export::unmatched::Missing;
use crate::export::{self, ExportError, File, Seen, Settings, What};

impl Engine {
    /// Makes a file. Of the analyses only those in `wanted` are used; one that is not possible leaves its columns
    /// empty. [`What::LeftOut`] needs the source once more and is made by [`Engine::left_out`]; [`What::Columns`] needs a
    /// survey to be kept before.
    ///
    /// # Errors
    /// Nothing was imported, or the report that is asked for is not possible.
    pub fn export(
        &mut self,
        what: What,
        settings: &Settings,
        wanted: &[AnalysisId],
        monitor: &mut dyn Monitor,
    ) -> Result<File, ExportError> {
        if what == What::Project {
            let mut settings = settings.clone();
            if let Some(held) = &mut self.held {
                settings.seen = Some(held.seen());
                // What is held against the project before goes on being held against it.
                settings.movement = settings.movement_used();
                settings.kept = held.kept(&settings, wanted, monitor)?;
            }
            return Ok(export::project::file(&settings));
        }
        let held = self.held.as_mut().ok_or(ExportError::NothingImported)?;
        let wanted = &with_chosen(wanted, &what, settings);
        match what {
            What::Customers { filter } => {
                held.run_all(settings, wanted, monitor)?;
                let table = held.customer_table(settings, wanted);
                table.file(&filter).ok_or(ExportError::NotComputed)
            }
            What::Contacts { filter, purpose } => {
                held.run_all(settings, wanted, monitor)?;
                let table = held.customer_table(settings, wanted);
                if !table.has_addresses() {
                    return Err(ExportError::NoAddresses);
                }
                let file = table.contact_list(&filter, purpose, settings.customers.contact);
                file.ok_or(ExportError::NotComputed)
            }
            What::Segments => {
                held.run_all(settings, wanted, monitor)?;
                Ok(held.segments_file(wanted))
            }
            What::Ledger => Ok(export::ledger::file(
                &held.ledger,
                &held.joined,
                &held.spend,
            )),
            What::Report { analysis } => {
                held.run_all(settings, &[analysis], monitor)?;
                let ran = held.ran.get(&analysis).ok_or(ExportError::NotComputed)?;
                Ok(export::report::file(&ran.finished.report))
            }
            What::Unmatched { table, missing } => held.unmatched_file(table, missing),
            What::Columns => {
                let report = held.columns(&settings.columns);
                let report = report.ok_or(ExportError::NotComputed)?;
                Ok(export::columns::file(&report))
            }
            What::Cohorts => {
                held.run_all(settings, &[AnalysisId::Cohorts], monitor)?;
                held.cohorts_file(settings, monitor)
            }
            What::History { customer } => held.history_file(&customer, settings, monitor),
            What::Comparison => held.comparison_file(settings, monitor),
            What::LeftOut { .. } | What::Project => Err(ExportError::NotComputed),
        }
    }
}

/// What is wanted, with the segmentations that a person chose and those of the segments that are asked for, each once.
fn with_chosen(wanted: &[AnalysisId], what: &What, settings: &Settings) -> Vec<AnalysisId> {
    let mut chosen = settings.customers.segmentations.clone();
    if let What::Customers { filter } | What::Contacts { filter, .. } = what {
        chosen.extend(
            filter
                .segments
                .iter()
                .map(|(segmentation, _)| *segmentation),
        );
        chosen.extend(filter.moved.as_ref().map(|_| SegmentationId::Movement));
    }
    let is_wanted = |id: &AnalysisId| {
        let mut chosen = chosen.iter();
        wanted.contains(id) || chosen.any(|segmentation| segmentation.analysis() == *id)
    };
    AnalysisId::ALL.into_iter().filter(is_wanted).collect()
}

impl Held {
    /// Runs the analyses that have not run with these settings; one that is not possible is no error.
    pub(super) fn run_all(
        &mut self,
        settings: &Settings,
        wanted: &[AnalysisId],
        monitor: &mut dyn Monitor,
    ) -> Result<(), ExportError> {
        if self.treat(&settings.columns).is_err() {
            self.ran.clear();
            return Ok(());
        }
        let as_of = self.as_of(settings.as_of);
        for &id in wanted {
            let result = self.run(settings.request(id), as_of, monitor);
            if matches!(result, Err(AnalysisError::Cancelled)) {
                return Err(ExportError::NotComputed);
            }
        }
        Ok(())
    }

    /// All cohorts: those of the report, or once more with those that it has no room for.
    fn cohorts_file(
        &mut self,
        settings: &Settings,
        monitor: &mut dyn Monitor,
    ) -> Result<File, ExportError> {
        let ran = self.ran.get(&AnalysisId::Cohorts);
        match ran.map(|ran| &ran.finished.report) {
            Some(Report::Cohorts(report)) if report.n_left_out == 0 => {
                return Ok(export::cohorts::file(report));
            }
            None => return Err(ExportError::NotComputed),
            Some(_) => {}
        }
        let request = settings.request(AnalysisId::Cohorts);
        let as_of = self.as_of(settings.as_of);
        self.prepare(&request, as_of);
        let Request::Cohorts(params, of) = request else {
            return Err(ExportError::NotComputed);
        };
        let whole = self.cohorts((params, of.map(|of| *of)), true, as_of, monitor);
        match whole.map(|whole| whole.report) {
            Ok(Report::Cohorts(report)) => Ok(export::cohorts::file(&report)),
            _ => Err(ExportError::NotComputed),
        }
    }

    fn comparison_file(
        &mut self,
        settings: &Settings,
        monitor: &mut dyn Monitor,
    ) -> Result<File, ExportError> {
        let compare::Params { first, second } = settings.compare;
        self.run_all(settings, &[first.analysis(), second.analysis()], monitor)?;
        let compared = self.compare(first, second);
        let compared = compared.ok_or(ExportError::NotComputed)?;
        Ok(export::report::comparison(&compared))
    }

    fn seen(&self) -> Seen {
        let n_customers = self.dataset.n_customers() as u64;
        Seen::new(&self.ledger, n_customers, self.dataset.period())
    }

    /// What segmentations were cut by; nothing without single orders. Clusters are kept only where they are wanted, since
    /// they can take long.
    fn kept(
        &mut self,
        settings: &Settings,
        wanted: &[AnalysisId],
        monitor: &mut dyn Monitor,
    ) -> Result<Option<Kept>, ExportError> {
        let History::Orders(_) = self.dataset.history else {
            return Ok(None);
        };
        let Some((_, last)) = self.dataset.period() else {
            return Ok(None);
        };
        let is_wanted = |id: &AnalysisId| *id != AnalysisId::Clusters || wanted.contains(id);
        let ids = [
            AnalysisId::Rfm,
            AnalysisId::Clusters,
            AnalysisId::Lifecycle,
            AnalysisId::Value,
            AnalysisId::Rhythm,
            AnalysisId::Rules,
        ];
        let ids: Vec<AnalysisId> = ids.into_iter().filter(is_wanted).collect();
        self.run_all(settings, &ids, monitor)?;
        let as_of = self.as_of(settings.as_of);
        let of_day = |id: &AnalysisId| self.ran.get(id).filter(|ran| ran.as_of == as_of);
        let rules = ids.iter().filter_map(of_day);
        let rules = rules.filter_map(|ran| {
            let rule = freeze(&self.dataset, &ran.request, &ran.finished, as_of)?;
            rule.may_be_kept(&ran.finished.report).then_some(rule)
        });
        Ok(Some(Kept {
            as_of,
            known_until: last.min(as_of),
            rules: rules.collect(),
            choices: Some(settings.choices),
            known: Some(Known::until(&self.dataset, last.min(as_of))),
        }))
    }

    fn customer_table<'a>(
        &'a self,
        settings: &'a Settings,
        wanted: &[AnalysisId],
    ) -> CustomerTable<'a> {
        let ran = AnalysisId::ALL.into_iter().filter(|id| wanted.contains(id));
        let ran = ran.filter_map(|id| self.ran.get(&id));
        CustomerTable {
            dataset: &self.dataset,
            as_of: self.as_of(settings.as_of),
            scores: self.scores().filter(|_| wanted.contains(&AnalysisId::Rfm)),
            silhouettes: (ran.clone()).find_map(|ran| ran.finished.silhouettes.as_deref()),
            changes: (ran.clone())
                .filter(|_| settings.customers.changes)
                .find_map(|ran| Changes::of(&ran.finished.report)),
            forecasts: ran.clone().find_map(|ran| ran.finished.forecasts.as_ref()),
            moves: ran.clone().find_map(|ran| ran.finished.moves.as_ref()),
            segmentations: ran
                .filter_map(|ran| ran.finished.segmentation.as_ref())
                .collect(),
            columns: &settings.customers.columns,
            without: &settings.customers.without,
        }
    }

    fn unmatched_file(&self, table: u16, missing: Missing) -> Result<File, ExportError> {
        let is_spend = matches!(missing, Missing::ChannelOrders | Missing::ChannelCost);
        let mut sides = self.sides.iter();
        let mut sides = sides
            .by_ref()
            .filter(|side| (side.kind() == TableKind::Spend) == is_spend);
        let side = sides.nth(usize::from(table));
        let side = side.ok_or(ExportError::NotComputed)?;
        if is_spend {
            let are_channels = missing == Missing::ChannelOrders;
            let names = self.table.spend_unmatched(side, self.choices, are_channels);
            return Ok(export::unmatched::file(
                missing,
                names.into_iter().map(Into::into),
            ));
        }
        if side.kind() == TableKind::Products {
            let are_ordered = missing == Missing::ProductRow;
            let names = self
                .table
                .products_unmatched(side, self.choices, are_ordered);
            return Ok(export::unmatched::file(
                missing,
                names.into_iter().map(Into::into),
            ));
        }
        let theirs = side.dataset(Choices::default())?.customers;
        let ours = &self.dataset.customers;
        let (own, other) = match missing {
            Missing::Row => (ours, &theirs),
            _ => (&theirs, ours),
        };
        let ids = unmatched(own, other).into_iter().map(|id| own.get(id));
        Ok(export::unmatched::file(missing, ids))
    }

    fn segments_file(&self, wanted: &[AnalysisId]) -> File {
        let reports = wanted.iter().filter_map(|id| self.ran.get(id));
        let profiles = reports.filter_map(|ran| ran.finished.report.segments());
        export::segments::file(profiles, self.dataset.has_money)
    }
}
