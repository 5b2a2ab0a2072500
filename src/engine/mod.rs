//! The engine without a browser: files, their table and dataset, what was computed of them, and the files made of
//! that. The page's worker and the headless run are both thin shells around it, so that both write the same bytes.
//!
//! It never reads a file: a source feeds bytes to [`Importer`] and [`LeftOut`]. It keeps the old table until a
//! new one is complete, and forgets results when the rows that count change.

mod columns;
mod downloads;
mod left_out;
mod one_customer;
pub mod stretches;

pub use left_out::LeftOut;

use std::collections::BTreeMap;

use crate::analysis::clusters::MOST_TEXTS;
use crate::analysis::cohorts::{self, By};
use crate::analysis::compare::{self, Comparison};
use crate::analysis::customers::{self, Known, Page, Query};
use crate::analysis::rfm::Changes;
use crate::analysis::rfm::Scores;
use crate::analysis::treatment::{self, Done, Treatments};
use crate::analysis::{
    self, AnalysisError, AnalysisId, AskedHabits, Finished, Monitor, Report, Request, Rule,
    Segmentation, SegmentationId,
};
use crate::data::habits::RowTexts;
use crate::data::{
    AttributeValues, Choices, Dataset, Day, Decoders, Dialect, History, ImportError, Importer,
    Joined, Ledger, Mapping, PastColumns, Preview, Spend, Survey, Table, TableKind, goes_on, join,
    preview, preview_with,
};
use crate::export::Settings;
use crate::protocol::{FileNumber, Imported};

/// How much of a file's head is looked at before its columns are known.
pub const HEAD_BYTES: u64 = 1 << 20;

/// The engine's state.
pub struct Engine {
    decoders: Decoders,
    opened: BTreeMap<FileNumber, Preview>,
    held: Option<Held>,
}

/// The engine of a native run.
#[cfg(not(target_arch = "wasm32"))]
impl Default for Engine {
    fn default() -> Self {
        Self::new(crate::decode::decoder)
    }
}

/// A table that was read, and what was computed of it.
struct Held {
    choices: Choices,
    table: Table,
    /// Tables of customers that are joined to it.
    sides: Vec<Table>,
    dataset: Dataset,
    ledger: Ledger,
    joined: Vec<Joined>,
    spend: Vec<Spend>,
    /// What was done about the dataset's columns, and what it came to.
    treatments: Treatments,
    done: BTreeMap<usize, Done>,
    /// What the columns said earlier, while no analysis looks at it.
    past: Option<PastColumns>,
    /// What stands in the table's columns, once that was asked for.
    survey: Option<Survey>,
    ran: BTreeMap<AnalysisId, Ran>,
}

struct Ran {
    request: Request,
    as_of: Day,
    finished: Finished,
}

impl Engine {
    /// An engine that has read nothing and reads every encoding with `decoders`.
    pub const fn new(decoders: Decoders) -> Self {
        Self {
            decoders,
            opened: BTreeMap::new(),
            held: None,
        }
    }

    /// Looks at the head of a file: its first [`HEAD_BYTES`] bytes, or all of it.
    ///
    /// # Errors
    /// As [`preview()`].
    pub fn open(
        &mut self,
        file: FileNumber,
        file_name: &str,
        n_bytes: u64,
        dialect: Option<Dialect>,
        head: &[u8],
    ) -> Result<Preview, ImportError> {
        let preview = match dialect {
            Some(dialect) => preview_with(file_name, n_bytes, head, dialect, self.decoders)?,
            None => preview(file_name, n_bytes, head, self.decoders)?,
        };
        self.opened.insert(file, preview.clone());
        Ok(preview)
    }

    /// Starts to read a file that was opened. Its bytes are to be fed to the importer.
    ///
    /// # Errors
    /// It is not open, or as [`Importer::new`].
    pub fn importer(&self, file: FileNumber, mapping: &Mapping) -> Result<Importer, ImportError> {
        let preview = self.preview_of(file)?;
        mapping.check_leading(preview)?;
        Importer::new(preview, mapping, self.decoders)
    }

    /// Goes on with a further file that was opened.
    ///
    /// # Errors
    /// It is not open, or as [`Importer::go_on`].
    pub fn go_on(
        &self,
        importer: &mut Importer,
        file: FileNumber,
        mapping: &Mapping,
    ) -> Result<(), ImportError> {
        importer.go_on(self.preview_of(file)?, mapping)
    }

    fn preview_of(&self, file: FileNumber) -> Result<&Preview, ImportError> {
        let preview = self.opened.get(&file);
        preview.ok_or(ImportError::Unreadable { after: 0 })
    }

    /// The files of each table: those that are read one after the other. The table of the first file comes first.
    pub fn tables<'a>(
        &self,
        files: &'a [(FileNumber, Mapping)],
    ) -> Vec<Vec<&'a (FileNumber, Mapping)>> {
        let seen = |one: &'a (FileNumber, Mapping)| Some((self.opened.get(&one.0)?, &one.1));
        let mut tables: Vec<Vec<&(FileNumber, Mapping)>> = Vec::new();
        for file in files {
            let is_more = |table: &&mut Vec<&'a (FileNumber, Mapping)>| {
                let first = table.first().and_then(|first| seen(first));
                first
                    .zip(seen(file))
                    .is_some_and(|(first, file)| goes_on(first, file))
            };
            match tables.iter_mut().find(is_more) {
                Some(table) => table.push(file),
                None => tables.push(vec![file]),
            }
        }
        tables
    }

    /// Forgets the heads of all files but these.
    pub fn keep_open(&mut self, files: &[FileNumber]) {
        self.opened.retain(|file, _| files.contains(file));
    }

    /// Starts to read a table that is to be joined to another by its customers.
    ///
    /// # Errors
    /// As [`Engine::importer`].
    pub fn importer_of_joined(
        &self,
        file: FileNumber,
        mapping: &Mapping,
    ) -> Result<Importer, ImportError> {
        let preview = self.preview_of(file)?;
        mapping.check_beside(preview)?;
        Importer::new(preview, &mapping.clone().of_joined(), self.decoders)
    }

    /// Ends the reading; the table replaces the one before. `sides` are joined to it.
    ///
    /// # Errors
    /// As [`Importer::finish`] and [`Table::dataset`]; the table before is kept.
    pub fn import(
        &mut self,
        importer: Importer,
        sides: Vec<Table>,
        choices: Choices,
    ) -> Result<Imported, ImportError> {
        let table = importer.finish()?;
        let (dataset, joined) = dataset_of(&table, &sides, choices)?;
        let spend = spend_of(&table, &sides, choices);
        let held = Held {
            choices,
            dataset,
            joined,
            spend,
            ledger: table.ledger(choices),
            table,
            sides,
            treatments: Treatments::new(),
            done: BTreeMap::new(),
            past: None,
            survey: None,
            ran: BTreeMap::new(),
        };
        Ok(self.held.insert(held).summary())
    }

    /// Counts other rows of the same table.
    ///
    /// # Errors
    /// [`ImportError::NoUsableRows`]; the choices before are kept.
    pub fn choose(&mut self, choices: Choices) -> Result<Imported, ImportError> {
        let held = self
            .held
            .as_mut()
            .ok_or(ImportError::Unreadable { after: 0 })?;
        (held.dataset, held.joined) = dataset_of(&held.table, &held.sides, choices)?;
        held.spend = spend_of(&held.table, &held.sides, choices);
        held.ledger = held.table.ledger(choices);
        held.choices = choices;
        // The new dataset is as the file says.
        held.treatments.clear();
        held.done.clear();
        held.forget_past();
        held.ran.clear();
        Ok(held.summary())
    }

    /// Runs an analysis, unless the same one has run already. `as_of` `None` is the day after the last order.
    ///
    /// # Errors
    /// As the analysis; [`AnalysisError::NoHistory`] before anything was imported.
    pub fn analyze(
        &mut self,
        request: Request,
        as_of: Option<Day>,
        monitor: &mut dyn Monitor,
    ) -> Result<Report, AnalysisError> {
        let held = self.held.as_mut().ok_or(AnalysisError::NoHistory)?;
        let as_of = held.as_of(as_of);
        Ok(held.run(request, as_of, monitor)?.report.clone())
    }

    /// A page of the list of customers with the labels of what has run by these settings; `None` before anything was
    /// imported.
    pub fn list(&self, query: &Query, settings: &Settings) -> Option<Page> {
        let held = self.held.as_ref()?;
        let as_of = held.as_of(settings.as_of);
        let ran = held.ran_by(settings);
        let ran = || ran.iter();
        let segmentations: Vec<&Segmentation> = ran()
            .filter_map(|ran| ran.finished.segmentation.as_ref())
            .collect();
        let changes = ran().find_map(|ran| Changes::of(&ran.finished.report));
        let known = Known {
            scores: ran().find_map(|ran| ran.finished.scores.as_ref()),
            changes: changes.as_ref(),
            silhouettes: ran().find_map(|ran| ran.finished.silhouettes.as_deref()),
            forecasts: ran().find_map(|ran| ran.finished.forecasts.as_ref()),
            moves: ran().find_map(|ran| ran.finished.moves.as_ref()),
            segmentations: &segmentations,
        };
        Some(customers::page(&held.dataset, &known, query, as_of))
    }

    /// The customers that were read; `None` before anything was imported.
    pub fn dataset(&self) -> Option<&Dataset> {
        self.held.as_ref().map(|held| &held.dataset)
    }

    /// Two segmentations side by side; `None` where one has not been computed, or both are of different days.
    pub fn compare(&self, first: SegmentationId, second: SegmentationId) -> Option<Comparison> {
        self.held.as_ref()?.compare(first, second)
    }
}

impl Held {
    fn as_of(&self, asked: Option<Day>) -> Day {
        asked.unwrap_or_else(|| self.dataset.default_as_of())
    }

    /// What has run by these settings: what others gave answers another question.
    fn ran_by(&self, settings: &Settings) -> Vec<&Ran> {
        let as_of = self.as_of(settings.as_of);
        let is_by =
            |ran: &&Ran| ran.as_of == as_of && ran.request == settings.request(ran.request.id());
        let are_treated = self.treatments == settings.columns;
        let ran = self.ran.values().filter(|_| are_treated);
        ran.filter(is_by).collect()
    }

    fn run(
        &mut self,
        request: Request,
        as_of: Day,
        monitor: &mut dyn Monitor,
    ) -> Result<&Finished, AnalysisError> {
        if self.is_empty() {
            return Err(AnalysisError::AllSetAside);
        }
        let id = request.id();
        let has_run = self
            .ran
            .get(&id)
            .is_some_and(|ran| ran.request == request && ran.as_of == as_of);
        if !has_run {
            self.ran.remove(&id);
            self.prepare(&request, as_of);
            let finished = self.finish(request.clone(), as_of, monitor);
            let finished = finished.map_err(|error| self.by_role(error))?;
            self.ran.insert(
                id,
                Ran {
                    request,
                    as_of,
                    finished,
                },
            );
        }
        // It was put there above, or was there before.
        let ran = self.ran.get(&id).ok_or(AnalysisError::NoHistory)?;
        Ok(&ran.finished)
    }

    /// The same error; of a column that is not among those of customers since it has a role, with that role.
    fn by_role(&self, error: AnalysisError) -> AnalysisError {
        let role_of = |column: &String| self.table.role_named(column);
        let (field, column) = match &error {
            AnalysisError::LacksColumns { of: None, columns } => {
                let own = columns.iter().find(|column| role_of(column).is_some());
                ("features", own)
            }
            AnalysisError::Column {
                field,
                column,
                rule: Rule::KnownMeasure | Rule::NumericColumn | Rule::ColumnOfTexts,
            } => (&field[..], Some(column)),
            _ => return error,
        };
        let Some((column, role)) = column.and_then(|own| Some((own, role_of(own)?))) else {
            return error;
        };
        AnalysisError::Column {
            field: field.to_owned(),
            column: column.clone(),
            rule: Rule::NoRole(role),
        }
    }

    /// What the table holds beside the dataset is made for what `request` looks at.
    pub(super) fn prepare(&mut self, request: &Request, as_of: Day) {
        self.look_at_habits(request.habits());
        self.look_at_texts(request.words_of());
        self.look_at_past(request.looks_back(), as_of);
    }

    /// What an analysis of another's segmentation needs is run first, unless it has run already; what that looked at is
    /// not what this one looks at.
    fn finish(
        &mut self,
        request: Request,
        as_of: Day,
        monitor: &mut dyn Monitor,
    ) -> Result<Finished, AnalysisError> {
        let looks_back = request.looks_back();
        match request {
            Request::Explain(params, of) => {
                let id = of.id();
                self.run(*of, as_of, monitor)?;
                self.look_at_past(looks_back, as_of);
                // It was put there by the line above.
                let of = self.ran.get(&id).ok_or(AnalysisError::NoHistory)?;
                analysis::explain(&self.dataset, &of.finished, params, as_of, monitor)
            }
            Request::Cohorts(params, of) => {
                self.cohorts((params, of.map(|of| *of)), false, as_of, monitor)
            }
            Request::Rules(params, of) => {
                let ids: Vec<AnalysisId> = of.iter().map(Request::id).collect();
                for request in of {
                    let found = self.run(request, as_of, monitor).map(|_| ());
                    analysis::unless_cancelled(found)?;
                }
                self.look_at_past(looks_back, as_of);
                let of = ids.iter().filter_map(|id| self.ran.get(id));
                let of: Vec<&Finished> = of.map(|ran| &ran.finished).collect();
                analysis::rules(&self.dataset, &of, params, as_of, monitor)
            }
            request => analysis::run(&self.dataset, request, as_of, monitor),
        }
    }

    /// Cohorts; all of them, where a file is to hold them.
    fn cohorts(
        &mut self,
        (params, of): (cohorts::Params, Option<Request>),
        is_whole: bool,
        as_of: Day,
        monitor: &mut dyn Monitor,
    ) -> Result<Finished, AnalysisError> {
        let id = of.as_ref().map(Request::id);
        let looks_back = of.as_ref().is_some_and(Request::looks_back);
        if let Some(of) = of {
            self.run(of, as_of, monitor)?;
        }
        self.look_at_past(looks_back, as_of);
        let of = id.and_then(|id| self.ran.get(&id));
        let of = of.map(|of| &of.finished);
        let is_of_first = params.by == By::FirstOrder;
        let first = is_of_first.then(|| self.table.first_values(&params.column, self.choices));
        let first = first.flatten();
        let beside = (of, first.as_ref(), is_whole);
        analysis::cohorts(&self.dataset, beside, params, as_of, monitor)
    }

    /// Scores need nothing but the orders, and are what a person waits for first: habits are made for who asks for them.
    fn look_at_habits(&mut self, asked: AskedHabits) {
        let History::Orders(orders) = &mut self.dataset.history else {
            return;
        };
        let known = orders.habits.as_ref();
        let habits = match asked {
            AskedHabits::Counted if !known.is_some_and(|own| own.is_counted) => {
                self.table.habits(&self.sides, self.choices)
            }
            AskedHabits::Known if known.is_none() => {
                self.table.habits_known(&self.sides, self.choices)
            }
            _ => return,
        };
        orders.habits = Some(Box::new(habits));
    }

    /// The texts of one column at a time are held, made for who asks for their words.
    fn look_at_texts(&mut self, column: Option<&str>) {
        let (Some(column), History::Orders(orders)) = (column, &mut self.dataset.history) else {
            return;
        };
        let is_held = |held: &RowTexts| held.header == column;
        if !orders.row_texts.as_deref().is_some_and(is_held) {
            let texts = self.table.row_texts(column, self.choices);
            orders.row_texts = texts.map(Box::new);
        }
    }

    /// What the columns said earlier is made for who asks about a day before the last order, and seen by nobody else.
    fn look_at_past(&mut self, looks_back: bool, as_of: Day) {
        let is_past = self.dataset.period().is_some_and(|(_, last)| as_of < last);
        let History::Orders(orders) = &mut self.dataset.history else {
            return;
        };
        let is_seen = orders.past_columns.is_some();
        match is_past || looks_back {
            true if !is_seen => {
                let known = self.past.take();
                let make = || self.table.past_columns(self.choices);
                orders.past_columns = Some(known.unwrap_or_else(make));
                treatment::treat_past(&mut self.dataset);
            }
            false if is_seen => self.past = orders.past_columns.take(),
            _ => {}
        }
    }

    /// What is done about the columns has changed, or which rows count.
    pub(super) fn forget_past(&mut self) {
        self.past = None;
        if let History::Orders(orders) = &mut self.dataset.history {
            orders.past_columns = None;
        }
    }

    fn scores(&self) -> Option<&Scores> {
        let ran = self.ran.get(&AnalysisId::Rfm)?;
        ran.finished.scores.as_ref()
    }

    fn segmentation(&self, id: SegmentationId) -> Option<&Segmentation> {
        let segmentations = self.ran.values().map(|ran| &ran.finished.segmentation);
        segmentations.flatten().find(|one| one.id == id)
    }

    /// As [`Engine::compare`].
    fn compare(&self, first: SegmentationId, second: SegmentationId) -> Option<Comparison> {
        let day_of = |id: SegmentationId| self.ran.get(&id.analysis()).map(|ran| ran.as_of);
        if day_of(first) != day_of(second) {
            return None;
        }
        let first = self.segmentation(first)?;
        Some(compare::run(first, self.segmentation(second)?))
    }

    fn summary(&self) -> Imported {
        let dataset = &self.dataset;
        let default_as_of = dataset.default_as_of();
        let numeric = |values: &AttributeValues| !matches!(values, AttributeValues::Texts { .. });
        let has_few_texts = |values: &AttributeValues| match values {
            AttributeValues::Texts { texts, .. } => (2..=MOST_TEXTS).contains(&texts.len()),
            _ => false,
        };
        let naming = dataset.naming();
        let names = |is_wanted: &dyn Fn(usize, &AttributeValues) -> bool| -> Vec<String> {
            let columns = dataset.attributes.iter().enumerate();
            let wanted = columns.filter(|(place, column)| is_wanted(*place, &column.values));
            wanted.map(|(_, column)| column.name.clone()).collect()
        };
        let mut text_columns = names(&|place, values| has_few_texts(values) && !naming[place]);
        text_columns.extend(names(&|place, values| {
            has_few_texts(values) && naming[place]
        }));
        Imported {
            ledger: self.ledger.clone(),
            joined: self.joined.clone(),
            spend: self.spend.clone(),
            n_customers: dataset.n_customers() as u64,
            n_emptied: dataset.n_emptied(),
            n_orders: n_orders(&dataset.history),
            period: dataset.period(),
            default_as_of,
            latest_days: dataset.latest_days(),
            has_money: dataset.has_money,
            has_history: (0..dataset.n_customers())
                .any(|customer| dataset.standing(customer, default_as_of).is_some()),
            columns: names(&|_, _| true),
            numeric_columns: names(&|_, values| numeric(values)),
            text_columns,
            first_columns: self.table.first_columns(),
            naming_columns: names(&|place, _| naming[place]),
            categories: self.table.category_names(&self.sides),
            has_margins: (self.joined.iter().filter_map(|one| one.products.as_ref()))
                .any(|products| products.margin_from.is_some()),
        }
    }
}

/// The customers under `choices`, with what the tables beside say of them.
fn dataset_of(
    table: &Table,
    sides: &[Table],
    choices: Choices,
) -> Result<(Dataset, Vec<Joined>), ImportError> {
    let mut dataset = table.dataset(choices)?;
    let joined = sides.iter().filter(|side| side.kind() != TableKind::Spend);
    let joined = joined.map(|side| join(&mut dataset, table, choices, side));
    let joined = joined.collect();
    Ok((dataset, joined))
}

/// What was spent, beside the orders that count under `choices`.
fn spend_of(table: &Table, sides: &[Table], choices: Choices) -> Vec<Spend> {
    let spend = sides.iter().filter(|side| side.kind() == TableKind::Spend);
    spend.map(|side| table.spend(side, choices)).collect()
}

fn n_orders(history: &History) -> Option<u64> {
    match history {
        History::Orders(orders) => Some(orders.days.len() as u64),
        History::Summaries(sums) if sums.n_orders.is_empty() => None,
        History::Summaries(sums) => {
            Some(sums.n_orders.iter().flatten().map(|&n| u64::from(n)).sum())
        }
    }
}
