//! The rules that are edited, and the way to a condition in one of them.

use crate::analysis::rules::{Condition, SegmentRule};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// The rules in use; a change of them is a change of settings.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub(super) workspace: Workspace,
    pub(super) rules: Memo<Vec<SegmentRule>>,
}

impl Rules {
    pub(super) fn of(workspace: Workspace) -> Self {
        Self {
            workspace,
            rules: workspace.read(|session| session.settings.rules.rules.clone()),
        }
    }

    pub(super) fn change(self, edit: impl FnOnce(&mut Vec<SegmentRule>)) {
        let mut rules = self.rules.get_untracked();
        edit(&mut rules);
        self.workspace
            .change_settings(|settings| settings.rules.rules = rules);
    }
}

/// A condition: its rule, and the places that lead to it from the rule's outermost one.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) editor: Rules,
    pub(super) words: Words,
    pub(super) rule: usize,
    pub(super) path: Vec<usize>,
}

impl Spot {
    /// The part at `place` of this one.
    pub(super) fn part(&self, place: usize) -> Self {
        let mut part = self.clone();
        part.path.push(place);
        part
    }

    pub(super) fn change(&self, edit: impl FnOnce(&mut Condition)) {
        self.editor.change(|rules| {
            let rule = rules.get_mut(self.rule);
            if let Some(condition) = rule.and_then(|rule| find(&mut rule.when, &self.path)) {
                edit(condition);
            }
        });
    }

    /// Takes this part out of what it is a part of.
    pub(super) fn remove(&self) {
        let Some((&last, above)) = self.path.split_last() else {
            return;
        };
        let mut whole = self.clone();
        whole.path = above.to_vec();
        whole.change(|condition| {
            if let Some(parts) = parts_of(condition)
                && last < parts.len()
            {
                parts.remove(last);
            }
        });
    }
}

/// The parts of a condition that has several, through a `not` around it.
fn parts_of(condition: &mut Condition) -> Option<&mut Vec<Condition>> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => Some(parts),
        Condition::Not(part) => parts_of(part),
        Condition::Is(_) => None,
    }
}

fn find<'a>(condition: &'a mut Condition, path: &[usize]) -> Option<&'a mut Condition> {
    match path.split_first() {
        None => Some(condition),
        Some((&first, rest)) => find(parts_of(condition)?.get_mut(first)?, rest),
    }
}

/// A condition without the `not` around it, and whether there is one.
pub(super) fn bare(condition: &Condition) -> (&Condition, bool) {
    match condition {
        Condition::Not(part) => {
            let (inner, is_not) = bare(part);
            (inner, !is_not)
        }
        other => (other, false),
    }
}

/// Puts a `not` around a condition, or takes it away.
pub(super) fn set_not(condition: &mut Condition, is_not: bool) {
    let (inner, _) = bare(condition);
    let inner = inner.clone();
    *condition = match is_not {
        true => Condition::Not(Box::new(inner)),
        false => inner,
    };
}

/// Changes a condition below the `not` around it.
pub(super) fn change_bare(condition: &mut Condition, edit: impl FnOnce(&mut Condition)) {
    let (inner, is_not) = bare(condition);
    let mut inner = inner.clone();
    edit(&mut inner);
    *condition = inner;
    set_not(condition, is_not);
}
