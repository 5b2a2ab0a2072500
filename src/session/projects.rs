//! Project files: their settings for the files that are open, or for those that are still to come.

use super::source::Kept;
use super::{Further, Notice, Session, Stage};
use crate::data::{Day, Part, Preview, Reason, Role};
use crate::export::project::ProjectError;
use crate::export::{Seen, Settings};
use crate::protocol::Imported;

/// Files that begin only after the end of those that a project was saved with: what was before is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The day of their first order, as far as is known.
    pub first: Day,
    /// Days of the first and last order when the project was saved.
    pub then: (Day, Day),
    /// Whether all rows were looked at; otherwise only those at the beginning of the files.
    pub is_whole: bool,
}

/// Whether more than half of the days before lie before the first one now: a file of the last twelve months that is
/// saved each month lacks a twelfth of them, next month's file alone all or nearly all.
fn lacks_most(then: (Day, Day), first: Day) -> bool {
    let n_days = then.1.number() - then.0.number() + 1;
    (first.number() - then.0.number()) * 2 > n_days
}

impl Session {
    /// Whether the files on the screen, or those of the results, lack most of what the project was saved with.
    pub fn gap(&self) -> Option<Gap> {
        let (seen, first, is_whole) = match self.stage {
            Stage::Mapping => {
                let mut previews = self.previews_of_table();
                let is_whole = previews.all(|preview| preview.is_whole_file);
                (self.draft.seen, self.first_day_seen(), is_whole)
            }
            _ => {
                let imported = self.imported.as_ref();
                let period = imported.and_then(|imported| imported.period);
                (self.since, period.map(|(first, _)| first), true)
            }
        };
        let (then, first) = (seen?.period?, first?);
        let gap = Gap {
            first,
            then,
            is_whole,
        };
        lacks_most(then, first).then_some(gap)
    }

    /// The first day in the heads of the files of the leading table; `None` where they show none.
    fn first_day_seen(&self) -> Option<Day> {
        let date = self.mapping.roles.get(&Role::Date)?;
        let columns = self.previews_of_table().flat_map(|one| &one.columns);
        let columns = columns.filter(|column| column.header == *date);
        columns.filter_map(|column| Some(column.days?.0)).min()
    }

    fn previews_of_table(&self) -> impl Iterator<Item = &Preview> {
        let further = self.further.iter();
        let appended = further.filter(|one| one.part == Part::Appended);
        self.preview.iter().chain(appended.map(Further::preview))
    }

    /// Where files lack what their project was saved with, it waits for those that are chosen in their place.
    pub(super) fn keep_project_waiting(&mut self) {
        if self.stage == Stage::Mapping && self.is_of_project && self.gap().is_some() {
            let project = std::mem::take(&mut self.draft);
            self.waiting_project.get_or_insert(project);
        }
    }

    /// A project that waited for these columns, or the settings of a file with the same columns, or none.
    pub(super) fn draft_settings(&mut self, preview: &Preview) {
        self.is_of_project = false;
        if let Some(project) = self.waiting_project.take_if(|p| p.fits(preview)) {
            self.prefill(project, preview);
            return;
        }
        let is_alike = self
            .kept
            .as_ref()
            .is_some_and(|kept| headers(&kept.preview).eq(headers(preview)));
        self.draft = Settings::default();
        if is_alike {
            self.mapping = self
                .kept
                .as_ref()
                .map_or_else(|| preview.guess.clone(), |kept| kept.mapping.clone());
            self.mapping.dialect = preview.guess.dialect;
            self.draft = Settings {
                as_of: None,
                ..self.settings.clone()
            };
        }
    }

    /// A project for the file of this preview.
    fn prefill(&mut self, project: Settings, preview: &Preview) {
        if let Some(mapping) = &project.mapping {
            self.mapping = mapping.clone();
            self.is_of_project = true;
        }
        self.mapping.suit(preview);
        self.mapping.sheet = self.sheet_name();
        self.keep_kind(preview);
        self.draft = project;
        self.notify(Notice::ProjectApplied);
    }

    /// What the file that is open is called, or all files of its table together: files that are saved have it in theirs.
    pub fn name_of_files(&self) -> Option<String> {
        self.kept.as_ref().map(Kept::name)
    }

    /// Whether the mapping on the screen is what a project says, and not a guess.
    pub const fn has_project_mapping(&self) -> bool {
        self.is_of_project
    }

    /// Before the import: whether an order's total that stands on each of its lines is to count once.
    pub const fn counts_totals_once(&self) -> bool {
        self.draft.choices.leaves_out(Reason::RepeatedTotal)
    }

    /// What has changed since the project was saved is told once.
    pub(super) fn tell_since_project(&mut self) {
        let now = self.imported.as_ref().map(seen_in);
        let then = self.settings.seen.take();
        self.since = then.or(self.since);
        if let (Some(then), Some(now)) = (then, now)
            && then != now
        {
            self.notify(Notice::SinceProject { then, now });
        }
    }

    /// Whether a project waits for the file of this preview.
    pub(super) fn waits_for(&self, preview: &Preview) -> bool {
        let project = self.waiting_project.as_ref();
        project.is_some_and(|project| project.fits(preview))
    }

    pub(super) fn take_project(&mut self, project: Result<Box<Settings>, ProjectError>) {
        let project = match project {
            Ok(project) => project,
            Err(error) => return self.notify(Notice::ProjectUnreadable(error)),
        };
        let is_open = matches!(self.stage, Stage::Mapping | Stage::Ready);
        let is_fit = is_open && self.looked().iter().any(|one| project.fits(&one.preview));
        match self.stage {
            Stage::Mapping if is_fit => self.apply_project(*project),
            Stage::Ready if is_fit && project.mapping.is_some() => {
                self.remember_for_undo();
                self.apply_project(*project);
                self.stage = Stage::Mapping;
                self.confirm_import();
            }
            Stage::Ready if is_fit => {
                self.change_settings(*project);
                self.notify(Notice::ProjectApplied);
            }
            _ => {
                self.waiting_project = Some(*project);
                self.notify(Notice::ProjectWaiting);
            }
        }
    }

    /// A project for the files on the screen: each becomes what the project says of it.
    fn apply_project(&mut self, project: Settings) {
        let mut files = self.looked();
        if files.len() > 1 {
            for one in &mut files {
                let said = project.said_of(&one.preview);
                one.said = said.unwrap_or_else(|| std::mem::take(&mut one.said));
            }
            self.place(&files);
        }
        match self.preview.clone().filter(|own| project.fits(own)) {
            Some(preview) => self.prefill(project, &preview),
            None => {
                self.draft = project;
                self.notify(Notice::ProjectApplied);
            }
        }
    }
}

/// What a project remembers of the files that are open.
pub(super) fn seen_in(imported: &Imported) -> Seen {
    Seen::new(&imported.ledger, imported.n_customers, imported.period)
}

fn headers(preview: &Preview) -> impl Iterator<Item = &String> {
    preview.columns.iter().map(|column| &column.header)
}
