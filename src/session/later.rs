//! Files that come while results are open: they are added to what is open, or take its place, as a person says.
//!
//! Adding is chosen beforehand where the files are more of what is open: the same columns with a period that goes on
//! where the open one ends or begins, a table of its customers, or advertising spend. A file of the same name, or of a
//! period within or around the open one, is rather another edition of it.

use super::batch::Looked;
use super::further::Further;
use super::source::{Kept, Source};
use super::{Session, Stage};
use crate::data::{Day, Mapping, Part, Preview, Role, Said};
use crate::export::Settings;

/// So many days may lie between two exports that go on with each other.
const MOST_DAYS_BETWEEN: i32 = 31;

/// What was on the screen before its files were added to those that are open.
#[derive(Clone, Debug)]
pub(super) struct Apart {
    source: Option<Source>,
    preview: Option<Preview>,
    further: Vec<Further>,
    mapping: Mapping,
    lead: Said,
    draft: Settings,
    /// Whether nobody but this program has chosen to add them.
    is_guess: bool,
}

impl Apart {
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        let further = self.further.iter().map(Further::source);
        self.source.iter().chain(further)
    }
}

impl Session {
    /// Whether the files on the screen could be added to those that are open.
    pub fn can_add_to_open(&self) -> bool {
        let is_other = |kept: &Kept| self.leading() != Some(kept.source.number);
        let kept = self.kept.as_ref().filter(|_| self.stage == Stage::Mapping);
        self.apart.is_some() || self.preview.is_some() && kept.is_some_and(is_other)
    }

    /// Whether the files on the screen are to be added to those that are open.
    pub const fn is_adding(&self) -> bool {
        self.apart.is_some()
    }

    /// Whether they are so without anybody having said it.
    pub fn is_adding_by_guess(&self) -> bool {
        self.apart.as_ref().is_some_and(|apart| apart.is_guess)
    }

    /// Adds the files on the screen to those that are open, or looks at them apart.
    pub(super) fn add_to_open(&mut self, is_added: bool) {
        match (is_added, &mut self.apart) {
            (true, Some(apart)) => apart.is_guess = false,
            (true, None) => self.add(false),
            (false, _) => self.take_apart(),
        }
    }

    /// Adds the files on the screen where they are more of what is open.
    pub(super) fn add_by_guess(&mut self) {
        if self.belongs_to_open() {
            self.add(true);
        }
    }

    fn add(&mut self, is_guess: bool) {
        let Some(kept) = self.kept.clone().filter(|_| self.can_add_to_open()) else {
            return;
        };
        let mut files = vec![Looked {
            led: Some(kept.mapping.clone()),
            ..Looked::new(kept.source.clone(), kept.preview.clone(), kept.lead.clone())
        }];
        // What the open file is has been confirmed.
        files[0].said.kind.get_or_insert(Some(kept.mapping.table));
        files.extend(kept.further.iter().map(|one| one.looked.clone()));
        files.extend(self.looked());
        self.apart = Some(Apart {
            source: self.source.replace(kept.source),
            preview: self.preview.replace(kept.preview),
            further: std::mem::take(&mut self.further),
            mapping: std::mem::replace(&mut self.mapping, kept.mapping),
            lead: std::mem::take(&mut self.lead),
            draft: std::mem::replace(&mut self.draft, self.settings.clone()),
            is_guess,
        });
        self.place(&files);
    }

    fn take_apart(&mut self) {
        let Some(apart) = self.apart.take() else {
            return;
        };
        (self.source, self.preview) = (apart.source, apart.preview);
        (self.mapping, self.draft) = (apart.mapping, apart.draft);
        (self.further, self.lead) = (apart.further, apart.lead);
        self.file = self.source.as_ref().map(|source| source.file.clone());
    }

    /// Whether all files on the screen are more of what is open.
    fn belongs_to_open(&self) -> bool {
        let Some(kept) = self.kept.as_ref().filter(|_| self.can_add_to_open()) else {
            return false;
        };
        let further = self.further.iter().map(Further::preview);
        let mut new = self.preview.iter().chain(further);
        new.all(|preview| self.belongs_to(kept, preview))
    }

    fn belongs_to(&self, kept: &Kept, preview: &Preview) -> bool {
        let mut names = kept.sources().map(|source| &source.file.name);
        if names.any(|name| *name == preview.file_name) {
            return false;
        }
        let mut leading = kept.preview.clone();
        leading.guess.table = kept.mapping.table;
        let header = |role: Role| kept.mapping.roles.get(&role);
        match Part::of(&leading, preview) {
            Part::Appended => {
                let imported = self.imported.as_ref();
                let open = imported.and_then(|imported| imported.period);
                let of_date = |header: &String| {
                    let mut columns = preview.columns.iter();
                    columns.find(|column| column.header == *header)?.days
                };
                let new = header(Role::Date).and_then(of_date);
                open.zip(new).is_some_and(|(open, new)| goes_on(open, new))
            }
            Part::Spend => true,
            Part::Joined | Part::Events => {
                let key = header(Role::Customer).zip(preview.customer_column.as_ref());
                key.is_some_and(|(own, other)| own.eq_ignore_ascii_case(other))
            }
            _ => false,
        }
    }
}

/// Whether a period goes on where another one ends or begins, with days that both have or some between them.
fn goes_on(open: (Day, Day), new: (Day, Day)) -> bool {
    let after = new.0 > open.0 && new.1 > open.1;
    let before = new.0 < open.0 && new.1 < open.1;
    after && new.0.days_since(open.1) <= MOST_DAYS_BETWEEN
        || before && open.0.days_since(new.1) <= MOST_DAYS_BETWEEN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_goes_on_at_one_end_and_is_neither_within_nor_around_the_other() {
        let period = |first, last| (Day::from_number(first), Day::from_number(last));
        for (new, expected) in [
            ((11, 20), true),
            ((8, 20), true),
            ((-9, -1), true),
            ((-9, 2), true),
            ((41, 50), true),
            ((42, 50), false),
            ((-99, -32), false),
            ((0, 10), false),
            ((2, 8), false),
            ((-5, 20), false),
            ((0, 20), false),
        ] {
            let (first, last) = new;
            assert_eq!(
                goes_on(period(0, 10), period(first, last)),
                expected,
                "{new:?}"
            );
        }
    }
}
