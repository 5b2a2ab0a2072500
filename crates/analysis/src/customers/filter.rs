//! Which customers a list holds: by their id or the texts of their columns, their scores, the segments that they are
//! in, and whether they agreed to advertising.
//!
//! Segments of one segmentation are alternatives; all else must hold together. What has not been computed matches
//! nobody. Invariant: a list and the file made of it ask the same test.

use serde::{Deserialize, Serialize};

use crate::movement::{Move, Moves};
use crate::rfm::Scores;
use crate::{Segmentation, SegmentationId};
use gyeol_data::{Agreed, AttributeValues, Dataset};

/// What customers must have in common; the default lets all of them through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Letters that the id or a text of a further column holds, in whatever case.
    pub search: String,
    /// Segments by their places in their segmentations; none is any.
    pub segments: Vec<(SegmentationId, u16)>,
    /// Lowest and highest score of recency, frequency and money.
    pub scores: [Option<(u8, u8)>; 3],
    /// A move between the two dates of a movement.
    pub moved: Option<Move>,
    /// Only those who agreed to advertising, by their latest answer.
    pub agreed: bool,
}

impl Filter {
    /// Those of one segment.
    pub fn of(segment: (SegmentationId, u16)) -> Self {
        Self {
            segments: vec![segment],
            ..Self::default()
        }
    }

    /// Those who made one move.
    pub fn of_move(one: Move) -> Self {
        Self {
            moved: Some(one),
            ..Self::default()
        }
    }

    /// The same, of those who did not agree as well.
    #[must_use]
    pub fn whether_agreed_or_not(&self) -> Self {
        Self {
            agreed: false,
            ..self.clone()
        }
    }

    /// Of everybody those who agreed, where that is asked for.
    #[must_use]
    pub fn of_everybody(&self) -> Self {
        Self {
            agreed: self.agreed,
            ..Self::default()
        }
    }

    /// The one move that it is about, where it asks for nothing else.
    pub fn only_move(&self) -> Option<&Move> {
        let one = self.moved.as_ref()?;
        (*self == Self::of_move(one.clone())).then_some(one)
    }

    /// The one segment that it is about, where it asks for nothing else.
    pub fn only_segment(&self) -> Option<(SegmentationId, u16)> {
        match self.segments[..] {
            [segment] if *self == Self::of(segment) => Some(segment),
            _ => None,
        }
    }

    /// Whether a customer (by number) is wanted. Where only those are who agreed to advertising, `agreed` says who did.
    pub fn test<'a>(
        &'a self,
        dataset: &'a Dataset,
        scores: Option<&'a Scores>,
        segmentations: &'a [&'a Segmentation],
        moves: Option<&'a Moves>,
        agreed: Option<&'a Agreed<'a>>,
    ) -> impl Fn(usize) -> bool + 'a {
        let search = Search::new(dataset, &self.search);
        let moved = (self.moved.as_ref()).map(|one| moves.map(|moves| moves.test(one)));
        let has_agreed = move |customer: usize| {
            let answer = agreed.and_then(|agreed| agreed.of(customer));
            !self.agreed || answer == Some(true)
        };
        move |customer| {
            let has_moved = match &moved {
                None => true,
                Some(test) => test.as_ref().is_some_and(|test| test(customer)),
            };
            has_moved
                && self.has_segment(segmentations, customer)
                && self.has_scores(scores, customer)
                && has_agreed(customer)
                && search.finds(customer)
        }
    }

    fn has_segment(&self, segmentations: &[&Segmentation], customer: usize) -> bool {
        SegmentationId::ALL.into_iter().all(|id| {
            let own = segmentations.iter().find(|one| one.id == id);
            let place = own.map(|one| one.place_of(customer));
            let mut wanted = self.segments.iter().filter(|(of, _)| *of == id).peekable();
            wanted.peek().is_none() || wanted.any(|(_, wanted)| place == Some(usize::from(*wanted)))
        })
    }

    fn has_scores(&self, scores: Option<&Scores>, customer: usize) -> bool {
        if self.scores == [None; 3] {
            return true;
        }
        let Some((r, f, m)) = scores.and_then(|scores| scores.of(customer)) else {
            return false;
        };
        let mut ranges = self.scores.iter().zip([r, f, m]);
        ranges.all(|(range, score)| range.is_none_or(|(low, high)| (low..=high).contains(&score)))
    }
}

/// Letters that are looked for.
struct Search<'a> {
    dataset: &'a Dataset,
    /// In lower case.
    letters: String,
    /// Of each column of texts that has the letters: the customers' texts, and which texts hold them.
    columns: Vec<(&'a [Option<u32>], Vec<bool>)>,
}

impl<'a> Search<'a> {
    fn new(dataset: &'a Dataset, asked: &str) -> Self {
        let letters = asked.trim().to_lowercase();
        let mut columns = Vec::new();
        let attributes = dataset.attributes.iter().filter(|_| !letters.is_empty());
        for attribute in attributes {
            if let AttributeValues::Texts { texts, codes } = &attribute.values {
                let texts =
                    (0..texts.len() as u32).map(|code| has_letters(&texts.get(code), &letters));
                let found: Vec<bool> = texts.collect();
                if found.contains(&true) {
                    columns.push((codes.as_slice(), found));
                }
            }
        }
        Self {
            dataset,
            letters,
            columns,
        }
    }

    fn finds(&self, customer: usize) -> bool {
        let in_column = |(codes, found): &(&[Option<u32>], Vec<bool>)| {
            let code = codes.get(customer).copied().flatten();
            code.is_some_and(|code| found[code as usize])
        };
        self.letters.is_empty()
            || has_letters(&self.dataset.customers.get(customer as u32), &self.letters)
            || self.columns.iter().any(in_column)
    }
}

/// Whether a text holds the letters, which are in lower case.
fn has_letters(text: &str, letters: &str) -> bool {
    if text.is_ascii() {
        return text.to_ascii_lowercase().contains(letters);
    }
    text.to_lowercase().contains(letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rfm::Params;
    use crate::{Label, Request, Segment, Unwatched, run, testing};

    /// Four customers; later letters bought later and spent more.
    fn shop() -> Dataset {
        testing::orders(&[
            ("Alma", 1, 100),
            ("bert", 3, 200),
            ("김철수", 5, 300),
            ("dora", 9, 400),
        ])
    }

    fn clusters() -> Segmentation {
        let segment = |name: &str| Segment {
            label: Label::Own(name.to_owned()),
        };
        Segmentation {
            id: SegmentationId::Clusters,
            segments: ["x", "y", "z"].map(segment).to_vec(),
            assignment: vec![0, 1, 2, 1],
            membership: None,
            predicted: None,
        }
    }

    fn wanted(filter: &Filter, scores: Option<&Scores>) -> Vec<usize> {
        let (dataset, clusters) = (shop(), clusters());
        let segmentations = [&clusters];
        let test = filter.test(&dataset, scores, &segmentations, None, None);
        (0..dataset.n_customers())
            .filter(|&one| test(one))
            .collect()
    }

    /// The number of a customer: they are numbered by the bytes of their ids.
    fn numbers(ids: &[&str]) -> Vec<usize> {
        let dataset = shop();
        let is_named = |one: &usize| ids.contains(&&*dataset.customers.get(*one as u32));
        (0..dataset.n_customers()).filter(is_named).collect()
    }

    fn search(letters: &str) -> Filter {
        Filter {
            search: letters.to_owned(),
            ..Filter::default()
        }
    }

    #[test]
    fn letters_are_found_anywhere_in_an_id_and_in_any_case() {
        for (letters, ids) in [
            ("", &["Alma", "bert", "dora", "김철수"][..]),
            ("  ", &["Alma", "bert", "dora", "김철수"]),
            ("AL", &["Alma"]),
            (" r ", &["bert", "dora"]),
            ("철", &["김철수"]),
            ("x", &[]),
        ] {
            assert_eq!(wanted(&search(letters), None), numbers(ids), "{letters}");
        }
    }

    #[test]
    fn segments_of_one_segmentation_are_alternatives_and_one_that_was_not_computed_has_nobody() {
        let of = |segments: &[(SegmentationId, u16)]| Filter {
            segments: segments.to_vec(),
            ..Filter::default()
        };
        let (x, y) = ((SegmentationId::Clusters, 0), (SegmentationId::Clusters, 1));
        assert_eq!(wanted(&of(&[y]), None), [1, 3]);
        assert_eq!(wanted(&of(&[x, y]), None), [0, 1, 3]);
        assert!(wanted(&of(&[y, (SegmentationId::Rfm, 0)]), None).is_empty());
        let both = Filter {
            search: "b".to_owned(),
            ..of(&[y])
        };
        assert_eq!(wanted(&both, None), numbers(&["bert"]));
    }

    #[test]
    fn scores_are_within_both_ends_of_their_range() {
        let params = Params {
            groups: 2,
            ..Params::default()
        };
        let dataset = shop();
        let day = dataset.default_as_of();
        let finished = run(&dataset, Request::Rfm(params), day, &mut Unwatched).unwrap();
        let scores = finished.scores.as_ref();
        let with = |scores| Filter {
            scores,
            ..Filter::default()
        };
        let late = with([Some((2, 2)), None, None]);
        assert_eq!(wanted(&late, scores), numbers(&["dora", "김철수"]));
        let poor = with([None, None, Some((1, 1))]);
        assert_eq!(wanted(&poor, scores), numbers(&["Alma", "bert"]));
        assert_eq!(wanted(&with([Some((1, 2)); 3]), scores).len(), 4);
        assert!(wanted(&late, None).is_empty());
    }

    #[test]
    fn a_filter_is_of_one_segment_only_where_it_asks_for_nothing_else() {
        let segment = (SegmentationId::Rfm, 3);
        assert_eq!(Filter::of(segment).only_segment(), Some(segment));
        assert_eq!(Filter::default().only_segment(), None);
        let narrower = Filter {
            search: "a".to_owned(),
            ..Filter::of(segment)
        };
        assert_eq!(narrower.only_segment(), None);
    }

    #[test]
    fn a_text_of_a_column_is_found_like_an_id() {
        let mut shop = shop();
        let mut texts = gyeol_data::Names::default();
        let codes = ["Seoul", "부산", "Seoul", ""]
            .map(|text| (!text.is_empty()).then(|| texts.intern(text.as_bytes())));
        shop.attributes.push(gyeol_data::Attribute {
            name: "region".to_owned(),
            values: AttributeValues::Texts {
                texts,
                codes: codes.to_vec(),
            },
        });
        let found = |letters: &str| {
            let filter = Filter {
                search: letters.to_owned(),
                ..Filter::default()
            };
            let test = filter.test(&shop, None, &[], None, None);
            (0..4)
                .filter(|&customer| test(customer))
                .collect::<Vec<_>>()
        };
        assert_eq!(found("seo"), [0, 2]);
        assert_eq!(found("부산"), [1]);
        assert_eq!(found("al"), [0]);
        assert_eq!(found("x").len(), 0);
    }

    #[test]
    fn only_who_agreed_last_is_left_where_that_is_asked_and_nobody_where_nothing_is_known() {
        let only = Filter {
            agreed: true,
            ..Filter::default()
        };
        assert!(wanted(&only, None).is_empty());
        let mut shop = shop();
        shop.attributes
            .push(testing::texts("수신동의", &["Y", "N", "", "Y"]));
        let agreed = gyeol_data::Contacts::of(&shop).agreed(&shop);
        let test = only.test(&shop, None, &[], None, agreed.as_ref());
        assert_eq!([0, 1, 2, 3].map(test), [true, false, false, true]);
        let all = only.whether_agreed_or_not();
        let test = all.test(&shop, None, &[], None, None);
        assert_eq!([0, 1, 2, 3].map(test), [true; 4]);
    }

    #[test]
    fn a_filter_of_before_is_read_as_it_was() {
        let filter: Filter = serde_json::from_str(r#"{"search":"a"}"#).unwrap();
        assert_eq!(filter, search("a"));
        let filter: Filter = serde_json::from_str(r#"{"agreed":true}"#).unwrap();
        assert!(filter.agreed);
    }
}
