//! Segments by a person's own rules, in order: a customer is in the segment of the first rule that matches.
//!
//! The rules are held against each other and against the customers: who matches none is in "Others", and a rule that
//! nobody matches, everybody matches, or that earlier rules leave nobody for is named. Logic of missing values and
//! limits: `docs/methods/rules.md`.

mod choices;
mod condition;

use serde::{Deserialize, Serialize};

use super::beside::{self, Beside};
use super::measures::Measures;
use super::profile::{self, SegmentProfile};
use super::snapshot::Snapshot;
use super::{
    AnalysisError, Checked, Label, Monitor, Rule, Segment, SegmentName, Segmentation,
    SegmentationId,
};
use gyeol_data::{Dataset, Day, Money};

pub use choices::{Choice, Range};
pub use condition::{Comparison, Condition, Test};

/// Parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// The rules, the first match wins; at most 50.
    pub rules: Vec<SegmentRule>,
}

/// Who is in a segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentRule {
    /// What the segment is called; no two are called the same.
    pub name: String,
    /// Who is in it.
    pub when: Condition,
}

/// What page, picture and JSON get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The parameters.
    pub params: Params,
    /// The as-of date.
    pub as_of: Day,
    /// Customers in all.
    pub n_customers: u64,
    /// The rules, in order.
    pub rules: Vec<RuleFacts>,
    /// Pairs of rules that match the same customers, most customers first, at most 100.
    pub overlaps: Vec<Overlap>,
    /// Customers that no rule matches.
    pub n_others: u64,
    /// The segments in the order of the rules; "Others" last where there are any, and always without rules.
    pub segments: Vec<SegmentProfile>,
    /// What rules can test.
    pub choices: Vec<Choice>,
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleFacts {
    /// Customers that it matches.
    pub n_matching: u64,
    /// Their money.
    pub revenue_matching: Money,
    /// Those that no earlier rule matches: its segment.
    pub n_taken: u64,
    /// Customers that each of its tests matches, in reading order.
    pub n_by_test: Vec<u64>,
    /// What is odd about it.
    pub oddity: Option<Oddity>,
}

/// What is odd about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// It matches nobody.
    Nobody,
    /// It matches everybody, so that no later rule matters.
    Everybody,
    /// Earlier rules match all whom it matches.
    NobodyLeft,
}

/// Two rules that match the same customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// Place of the earlier rule.
    pub first: u16,
    /// Place of the later rule.
    pub second: u16,
    /// Customers that both match.
    pub n_customers: u64,
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Output {
    /// For page, picture and JSON.
    pub report: Report,
    /// The segments.
    pub segmentation: Segmentation,
}

/// The most rules.
const MOST_RULES: usize = 50;

/// The most overlaps in a report.
const MOST_OVERLAPS: usize = 100;

impl super::Params for Params {
    fn check(&self) -> Result<(), AnalysisError> {
        let counted = Rule::Between(0.0, MOST_RULES as f64);
        AnalysisError::unless(self.rules.len() <= MOST_RULES, "rules", counted)?;
        let n_tests: usize = self.rules.iter().map(|rule| rule.when.n_tests()).sum();
        let most = Rule::Between(0.0, condition::MOST_TESTS as f64);
        AnalysisError::unless(n_tests <= condition::MOST_TESTS, "rules", most)?;
        for (place, rule) in self.rules.iter().enumerate() {
            let field = format!("rules[{place}]");
            let earlier = &self.rules[..place];
            let is_new = !earlier.iter().any(|other| other.name == rule.name);
            AnalysisError::unless(!rule.name.trim().is_empty(), &field, Rule::HasName)?;
            AnalysisError::unless(is_new, &field, Rule::OwnName)?;
            let is_others = SegmentName::OTHERS.contains(&rule.name.trim());
            AnalysisError::unless(!is_others, &field, Rule::OtherThanOthers)?;
            let deepest = Rule::Between(1.0, condition::DEEPEST as f64);
            AnalysisError::unless(rule.when.depth() <= condition::DEEPEST, &field, deepest)?;
            AnalysisError::unless(rule.when.is_sound(), &field, Rule::SoundTest)?;
        }
        Ok(())
    }
}

impl Params {
    /// The measures and columns that the rules test, each once.
    pub(super) fn measures(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for rule in &self.rules {
            rule.when.each_test(&mut |test| {
                if !found.contains(&test.measure) {
                    found.push(test.measure.clone());
                }
            });
        }
        found
    }

    /// The segmentations whose scores or segments the rules test, each once.
    pub fn sources(&self) -> Vec<SegmentationId> {
        let mut found = Vec::new();
        for rule in &self.rules {
            rule.when.each_test(&mut |test| {
                found.extend(beside::source_of(&test.measure));
            });
        }
        let is_found = |id: &SegmentationId| found.contains(id);
        beside::TESTED.into_iter().filter(is_found).collect()
    }
}

/// As [`run_beside`], with nothing of other analyses.
///
/// # Errors
/// As there.
pub fn run(
    dataset: &Dataset,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    run_beside(dataset, &Beside::default(), params, as_of, monitor)
}

/// Puts each customer of `dataset` into the segment of the first rule that matches on `as_of`.
///
/// # Errors
/// A rule tests what is not there; [`AnalysisError::NothingUntil`] where nobody is a customer yet; or stopped.
pub fn run_beside(
    dataset: &Dataset,
    beside: &Beside<'_>,
    params: &Checked<Params>,
    as_of: Day,
    monitor: &mut dyn Monitor,
) -> Result<Output, AnalysisError> {
    let measures = Measures::new(dataset, as_of).with(beside);
    if measures.present.is_empty() {
        return Err(AnalysisError::NothingUntil { as_of });
    }
    let n_rules = params.rules.len();
    let mut matching = Vec::with_capacity(n_rules);
    let mut tests = Vec::with_capacity(n_rules);
    for (place, rule) in params.rules.iter().enumerate() {
        monitor.checkpoint(place as u64, n_rules as u64 + 1)?;
        let mut counts = Vec::with_capacity(rule.when.n_tests());
        matching.push(rule.when.matches(&measures, &mut counts)?);
        tests.push(counts);
    }
    let first = first_matches(&matching, measures.present.len());
    let segmentation = segmentation(dataset, &measures, params, &first);
    let mut rules = facts(&measures.snapshot(), &measures.present, &matching, &first);
    for (facts, n_by_test) in rules.iter_mut().zip(tests) {
        facts.n_by_test = n_by_test;
    }
    let is_other = |place: &&u16| usize::from(**place) == n_rules;
    let report = Report {
        params: Params::clone(params),
        as_of,
        n_customers: measures.present.len() as u64,
        rules,
        overlaps: overlaps(&matching),
        n_others: first.iter().filter(is_other).count() as u64,
        segments: profile::run(dataset, &segmentation, as_of),
        choices: choices::of(&measures),
    };
    Ok(Output {
        report,
        segmentation,
    })
}

/// The place of the first rule that matches each customer; past the last for who matches none.
fn first_matches(matching: &[Vec<bool>], n_customers: usize) -> Vec<u16> {
    let mut first = vec![matching.len() as u16; n_customers];
    for (place, matches) in matching.iter().enumerate().rev() {
        for (first, &is) in first.iter_mut().zip(matches) {
            if is {
                *first = place as u16;
            }
        }
    }
    first
}

fn segmentation(
    dataset: &Dataset,
    measures: &Measures<'_>,
    params: &Params,
    first: &[u16],
) -> Segmentation {
    let mut assignment = vec![Segmentation::ABSENT; dataset.n_customers()];
    for (&customer, &place) in measures.present.iter().zip(first) {
        assignment[customer as usize] = place;
    }
    let own = |rule: &SegmentRule| Segment {
        label: Label::Own(rule.name.clone()),
    };
    let mut segments: Vec<Segment> = params.rules.iter().map(own).collect();
    if first.contains(&(segments.len() as u16)) {
        segments.push(Segment {
            label: Label::Known(SegmentName::Others),
        });
    }
    Segmentation {
        id: SegmentationId::Rules,
        segments,
        assignment,
        membership: None,
        predicted: None,
    }
}

fn facts(
    snapshot: &Snapshot,
    present: &[u32],
    matching: &[Vec<bool>],
    first: &[u16],
) -> Vec<RuleFacts> {
    let n_customers = present.len() as u64;
    let of = |(place, matches): (usize, &Vec<bool>)| {
        let n_matching = count(matches.iter().copied());
        let n_taken = count(first.iter().map(|&first| usize::from(first) == place));
        let oddity = match (n_matching, n_taken) {
            (0, _) => Some(Oddity::Nobody),
            (_, 0) => Some(Oddity::NobodyLeft),
            (n, _) if n == n_customers => Some(Oddity::Everybody),
            _ => None,
        };
        RuleFacts {
            n_matching,
            revenue_matching: revenue(snapshot, present, matches),
            n_taken,
            n_by_test: Vec::new(),
            oddity,
        }
    };
    matching.iter().enumerate().map(of).collect()
}

fn count(matches: impl Iterator<Item = bool>) -> u64 {
    matches.filter(|&is| is).count() as u64
}

/// The money of those who match. Who stands in the snapshot is also present, and both lists rise.
fn revenue(snapshot: &Snapshot, present: &[u32], matches: &[bool]) -> Money {
    let mut units = 0;
    let mut standing = snapshot.customers.iter().zip(&snapshot.units).peekable();
    for (&customer, &is) in present.iter().zip(matches) {
        if let Some((_, &own)) = standing.next_if(|(other, _)| **other == customer)
            && is
        {
            units += own;
        }
    }
    Money::new(units, snapshot.scale)
}

fn overlaps(matching: &[Vec<bool>]) -> Vec<Overlap> {
    let mut overlaps = Vec::new();
    for (second, later) in matching.iter().enumerate() {
        for (first, earlier) in matching[..second].iter().enumerate() {
            let both = earlier.iter().zip(later).map(|(&one, &other)| one && other);
            let n_customers = count(both);
            if n_customers > 0 {
                overlaps.push(Overlap {
                    first: first as u16,
                    second: second as u16,
                    n_customers,
                });
            }
        }
    }
    let order = gyeol_data::places_in_order(overlaps.len(), &|a, b| {
        overlaps[b].n_customers.cmp(&overlaps[a].n_customers)
    });
    let most = order.into_iter().take(MOST_OVERLAPS);
    most.map(|place| overlaps[place]).collect()
}

#[cfg(test)]
mod tests;
