//! Which scores make which segment: an ordered list of rules, and what it covers.
//!
//! The well-known map is the widely copied one over recency and frequency ("hibernating" to "champions"), with its
//! lowest corner as a segment of its own. Monetary scores decide nothing in it, so that it fits a file without money.

use serde::{Deserialize, Serialize};

use crate::{AnalysisError, Label, Rule, SegmentName, Segmentation};

/// An ordered list of rules; the first that matches names the customer, who is [`SegmentName::Others`] without one.
///
/// Several rules may give the same name: together they are one segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SegmentMap(pub Vec<SegmentRule>);

/// Customers whose three scores lie within three closed ranges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentRule {
    /// The segment.
    pub name: RuleName,
    /// Lowest and highest recency score.
    pub r: (u8, u8),
    /// Lowest and highest frequency score.
    pub f: (u8, u8),
    /// Lowest and highest monetary score.
    pub m: (u8, u8),
}

/// The name in a rule. In settings it is one text: the key of a well-known name, or the person's own words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum RuleName {
    /// A well-known one, translated.
    Known(SegmentName),
    /// As the person wrote it.
    Own(String),
}

/// What a map covers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapCheck {
    /// Score triples that no rule matches.
    pub n_gaps: usize,
    /// The first of them, at most 20.
    pub gaps: Vec<(u8, u8, u8)>,
    /// Pairs of rules (their places in the map) that match the same triple, with the number of such triples;
    /// the earlier one wins.
    pub overlaps: Vec<(usize, usize, usize)>,
    /// Rules (their places) that can never win, or match nothing.
    pub unreachable: Vec<usize>,
}

/// Lowest and highest score.
type Band = (u8, u8);

/// Rules of the well-known map over five groups: name, recency and frequency range.
const WELL_KNOWN: [(SegmentName, Band, Band); 12] = [
    (SegmentName::Champions, (5, 5), (4, 5)),
    (SegmentName::LoyalCustomers, (3, 4), (4, 5)),
    (SegmentName::PotentialLoyalists, (4, 5), (2, 3)),
    (SegmentName::NewCustomers, (5, 5), (1, 1)),
    (SegmentName::Promising, (4, 4), (1, 1)),
    (SegmentName::NeedAttention, (3, 3), (3, 3)),
    (SegmentName::AboutToSleep, (3, 3), (1, 2)),
    (SegmentName::CantLoseThem, (1, 2), (5, 5)),
    (SegmentName::AtRisk, (1, 2), (3, 4)),
    (SegmentName::Hibernating, (2, 2), (1, 2)),
    (SegmentName::Hibernating, (1, 1), (2, 2)),
    (SegmentName::Lost, (1, 1), (1, 1)),
];

const MOST_RULES: usize = 100;
const MOST_GAPS: usize = 20;

impl SegmentMap {
    /// The well-known map, without gaps or overlaps, for scores from 1 to `groups`.
    ///
    /// Other counts than 5 are laid over the same five bands end to end; a rule whose bands hold no score is left out.
    pub fn well_known(groups: u8) -> Self {
        let rule = |&(name, r, f): &(SegmentName, Band, Band)| {
            Some(SegmentRule {
                name: RuleName::Known(name),
                r: scores_in_bands(r, groups)?,
                f: scores_in_bands(f, groups)?,
                m: (1, groups),
            })
        };
        Self(WELL_KNOWN.iter().filter_map(rule).collect())
    }

    /// What the map covers of all triples of scores from 1 to `groups`.
    pub fn coverage(&self, groups: u8) -> MapCheck {
        let mut check = MapCheck::default();
        let n_rules = self.0.len();
        let mut n_wins = vec![0_usize; n_rules];
        let mut n_shared = vec![0_usize; n_rules * n_rules];
        for triple in triples(groups) {
            let matching: Vec<usize> = (0..n_rules)
                .filter(|&rule| self.0[rule].matches(triple))
                .collect();
            match matching.first() {
                Some(&winner) => n_wins[winner] += 1,
                None => {
                    check.n_gaps += 1;
                    if check.gaps.len() < MOST_GAPS {
                        check.gaps.push(triple);
                    }
                }
            }
            for (place, &first) in matching.iter().enumerate() {
                for &second in &matching[place + 1..] {
                    n_shared[first * n_rules + second] += 1;
                }
            }
        }
        check.overlaps = (0..n_rules * n_rules)
            .filter(|&pair| n_shared[pair] > 0)
            .map(|pair| (pair / n_rules, pair % n_rules, n_shared[pair]))
            .collect();
        check.unreachable = (0..n_rules).filter(|&rule| n_wins[rule] == 0).collect();
        check
    }

    /// Whether there are rules, not too many, and each has a name.
    pub(super) fn check(&self) -> Result<(), AnalysisError> {
        let broken = |field: String, rule| Err(AnalysisError::Param { field, rule });
        if self.0.is_empty() {
            return broken("map".into(), Rule::NotEmpty);
        }
        if self.0.len() > MOST_RULES {
            return broken("map".into(), Rule::Between(1.0, MOST_RULES as f64));
        }
        let is_nameless = |rule: &SegmentRule| matches!(&rule.name, RuleName::Own(name) if name.trim().is_empty());
        match self.0.iter().position(is_nameless) {
            Some(place) => broken(format!("map.{place}.name"), Rule::HasName),
            None => Ok(()),
        }
    }

    /// The same rules whatever the monetary score.
    pub(super) fn without_monetary(&self, groups: u8) -> Self {
        let widened = |rule: &SegmentRule| SegmentRule {
            m: (1, groups),
            ..rule.clone()
        };
        Self(self.0.iter().map(widened).collect())
    }

    /// The segments in map order, each once, with [`SegmentName::Others`] last.
    pub(super) fn labels(&self) -> Vec<Label> {
        let others = Label::Known(SegmentName::Others);
        let mut labels: Vec<Label> = Vec::new();
        for label in self.0.iter().map(|rule| rule.name.label()) {
            if label != others && !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels.push(others);
        labels
    }

    /// For every triple its place in `labels`, at [`triple_place`]; scores that are 0 belong to nobody.
    pub(super) fn table(&self, groups: u8, labels: &[Label]) -> Vec<u16> {
        let places: Vec<u16> = (self.0.iter())
            .map(|rule| place_of(labels, &rule.name.label()))
            .collect();
        let others = place_of(labels, &Label::Known(SegmentName::Others));
        let side = usize::from(groups) + 1;
        let mut table = vec![Segmentation::ABSENT; side * side * side];
        for triple in triples(groups) {
            let rule = self.0.iter().position(|rule| rule.matches(triple));
            table[triple_place(triple, groups)] = rule.map_or(others, |rule| places[rule]);
        }
        table
    }
}

/// Place of a triple of scores from 0 to `groups` in a flat table.
pub(super) fn triple_place((r, f, m): (u8, u8, u8), groups: u8) -> usize {
    let side = usize::from(groups) + 1;
    (usize::from(r) * side + usize::from(f)) * side + usize::from(m)
}

fn place_of(labels: &[Label], label: &Label) -> u16 {
    labels
        .iter()
        .position(|other| other == label)
        .map_or(Segmentation::ABSENT, |place| place as u16)
}

fn triples(groups: u8) -> impl Iterator<Item = (u8, u8, u8)> {
    let scores = move || 1..=groups;
    scores().flat_map(move |r| scores().flat_map(move |f| scores().map(move |m| (r, f, m))))
}

/// The scores from 1 to `groups` that lie in five bands `first..=last`.
fn scores_in_bands((first, last): (u8, u8), groups: u8) -> Option<(u8, u8)> {
    let steps = groups.saturating_sub(1).max(1);
    let band = |score: u8| 1 + ((score - 1) * 4 + steps / 2) / steps;
    let mut inside = (1..=groups).filter(|&score| (first..=last).contains(&band(score)));
    let lowest = inside.next()?;
    Some((lowest, inside.next_back().unwrap_or(lowest)))
}

impl SegmentRule {
    fn matches(&self, (r, f, m): (u8, u8, u8)) -> bool {
        let within = |score: u8, (low, high): (u8, u8)| low <= score && score <= high;
        within(r, self.r) && within(f, self.f) && within(m, self.m)
    }
}

impl RuleName {
    /// What the segment is called.
    pub fn label(&self) -> Label {
        match self {
            Self::Known(name) => Label::Known(*name),
            Self::Own(name) => Label::Own(name.clone()),
        }
    }
}

impl From<String> for RuleName {
    fn from(text: String) -> Self {
        SegmentName::from_key(&text).map_or(Self::Own(text), Self::Known)
    }
}

impl From<RuleName> for String {
    fn from(name: RuleName) -> Self {
        match name {
            RuleName::Known(name) => name.key().into(),
            RuleName::Own(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str, r: (u8, u8), f: (u8, u8)) -> SegmentRule {
        SegmentRule {
            name: RuleName::Own(name.into()),
            r,
            f,
            m: (1, 2),
        }
    }

    #[test]
    fn the_well_known_map_covers_every_triple_once_whatever_the_groups() {
        for groups in 2..=10 {
            let check = SegmentMap::well_known(groups).coverage(groups);
            assert_eq!(check, MapCheck::default(), "{groups} groups");
        }
    }

    #[test]
    fn the_well_known_map_has_eleven_names_over_five_groups() {
        let map = SegmentMap::well_known(5);
        assert_eq!(map.labels().len(), 11 + 1);
        assert_eq!(map.0[0].r, (5, 5));
    }

    #[test]
    fn gaps_overlaps_and_rules_that_never_win_are_found() {
        let map = SegmentMap(vec![
            rule("a", (1, 1), (1, 2)),
            rule("b", (1, 2), (1, 1)),
            rule("c", (1, 1), (2, 2)),
            rule("d", (2, 1), (1, 2)),
        ]);
        let check = map.coverage(2);
        assert_eq!((check.n_gaps, check.gaps), (2, vec![(2, 2, 1), (2, 2, 2)]));
        assert_eq!(check.overlaps, [(0, 1, 2), (0, 2, 2)]);
        assert_eq!(check.unreachable, [2, 3]);
    }

    #[test]
    fn the_first_rule_that_matches_wins_and_the_rest_are_others() {
        let map = SegmentMap(vec![
            rule("a", (2, 2), (1, 2)),
            rule("b", (1, 2), (2, 2)),
            rule("a", (1, 1), (9, 9)),
        ]);
        let labels = map.labels();
        assert_eq!(labels.len(), 3);
        let table = map.table(2, &labels);
        for (triple, expected) in [
            ((2, 2, 1), 0),
            ((1, 2, 1), 1),
            ((1, 1, 1), 2),
            ((0, 0, 0), Segmentation::ABSENT),
        ] {
            assert_eq!(table[triple_place(triple, 2)], expected, "{triple:?}");
        }
    }

    #[test]
    fn a_map_needs_rules_and_every_rule_a_name() {
        let field = |map: SegmentMap| match map.check() {
            Err(AnalysisError::Param { field, .. }) => field,
            other => format!("{other:?}"),
        };
        assert_eq!(field(SegmentMap(Vec::new())), "map");
        assert_eq!(
            field(SegmentMap(vec![rule("a", (1, 1), (1, 1)); 101])),
            "map"
        );
        assert_eq!(
            field(SegmentMap(vec![
                rule("a", (1, 1), (1, 1)),
                rule(" ", (1, 1), (1, 1))
            ])),
            "map.1.name"
        );
    }

    #[test]
    fn names_are_one_text_in_settings() {
        for (text, name) in [
            ("\"champions\"", RuleName::Known(SegmentName::Champions)),
            ("\"단골\"", RuleName::Own("단골".into())),
        ] {
            assert_eq!(serde_json::to_string(&name).unwrap(), text);
            assert_eq!(serde_json::from_str::<RuleName>(text).unwrap(), name);
            let wire = postcard::to_allocvec(&name).unwrap();
            assert_eq!(postcard::from_bytes::<RuleName>(&wire).unwrap(), name);
        }
    }
}
