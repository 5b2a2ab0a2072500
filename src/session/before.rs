//! The mapping screen as it was before files were chosen on it: it comes back as it was where they cannot be used.
//!
//! Invariant: it is remembered only while the heads of those files are being read.

use super::later::Apart;
use super::source::Source;
use super::{Command, Further, Notice, Session, Stage};
use crate::data::{ImportError, Mapping, Preview, Said};
use crate::export::Settings;

/// All that a person saw and chose there.
#[derive(Clone, Debug)]
pub(super) struct Before {
    source: Source,
    preview: Preview,
    further: Vec<Further>,
    mapping: Mapping,
    mapping_error: Option<ImportError>,
    lead: Said,
    apart: Option<Apart>,
    draft: Settings,
    is_of_project: bool,
    waiting_project: Option<Settings>,
    notices: Vec<Notice>,
}

impl Before {
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        let apart = self.apart.iter().flat_map(Apart::sources);
        let further = self.further.iter().map(Further::source);
        std::iter::once(&self.source).chain(further).chain(apart)
    }
}

impl Session {
    /// Remembers the mapping screen, where that is shown.
    pub(super) fn remember_mapping(&mut self) {
        let shown = self.source.clone().zip(self.preview.clone());
        let Some((source, preview)) = shown.filter(|_| self.stage == Stage::Mapping) else {
            return;
        };
        self.before = Some(Before {
            source,
            preview,
            further: std::mem::take(&mut self.further),
            mapping: self.mapping.clone(),
            mapping_error: self.mapping_error.take(),
            lead: std::mem::take(&mut self.lead),
            apart: self.apart.take(),
            draft: self.draft.clone(),
            is_of_project: self.is_of_project,
            waiting_project: self.waiting_project.clone(),
            notices: std::mem::take(&mut self.notices),
        });
    }

    /// Files that were chosen have taken the place of those before: these go.
    pub(super) fn forget_mapping_before(&mut self) -> Vec<Command> {
        let before = self.before.take();
        before.map_or_else(Vec::new, |before| self.forget_all_of(before.sources()))
    }

    /// Nothing of what was chosen can be used: the mapping screen is there as it was. `None` where none is remembered.
    pub(super) fn go_back_to_mapping(&mut self) -> Option<Vec<Command>> {
        self.before.as_ref()?;
        let commands = self.forget_unkept();
        let before = self.before.take()?;
        self.batch = super::Batch::default();
        self.stage = Stage::Mapping;
        self.file = Some(before.source.file.clone());
        (self.source, self.preview) = (Some(before.source), Some(before.preview));
        (self.mapping, self.mapping_error) = (before.mapping, before.mapping_error);
        (self.further, self.lead) = (before.further, before.lead);
        (self.apart, self.draft) = (before.apart, before.draft);
        (self.is_of_project, self.waiting_project) = (before.is_of_project, before.waiting_project);
        let told = std::mem::replace(&mut self.notices, before.notices);
        self.notices.extend(told);
        self.look_as_asked();
        Some(commands)
    }

    /// A look in another dialect that was overtaken by the choice of files is taken again.
    fn look_as_asked(&mut self) {
        let dialect = self.mapping.dialect;
        let shown = self.preview.as_ref().map(|preview| preview.guess.dialect);
        if shown != Some(dialect) {
            self.change_dialect(dialect);
        }
    }
}
