//! Short texts as features: each customer's words in one column, weighed by how rare they are (tf-idf).
//!
//! The text of a customer is what all rows until the day say, or the one value of a column of customers. Weights are
//! those of scikit-learn's `TfidfVectorizer`: counts times ln((1 + n) / (1 + df)) + 1, each customer's to length 1
//! (Salton & Buckley 1988). Words have no dictionary: Korean particles stay with their words. Invariant: neither the
//! order of rows nor that of customers shows, and what is kept grows with distinct texts and kept words.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::features::Features;
use super::k_means;
use super::tokens;
use crate::{AnalysisError, Missing, Rule};
use gyeol_data::{ColumnOn, Dataset, Day, History, Names, places_in_order};

/// The most words that can be features.
pub const MOST_WORDS: usize = 30;
/// A word that more than so many in ten customers have tells nobody apart.
const MOST_IN_TEN: u64 = 9;
/// Words that are told of a cluster.
const MOST_TOLD: usize = 5;

/// Which words are features.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// The header of a column of texts; empty where no words are features.
    pub column: String,
    /// The fewest customers of a word; 1 to 1,000,000.
    pub min_customers: usize,
    /// How many words are features, those that stand most often; 1 to 30.
    pub max_words: usize,
    /// Whether only words are features.
    pub alone: bool,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            column: String::new(),
            min_customers: 5,
            max_words: 20,
            alone: false,
        }
    }
}

impl Words {
    /// Whether words are features.
    pub const fn are_features(&self) -> bool {
        !self.column.is_empty()
    }

    /// Whether nothing else is a feature.
    pub const fn are_alone(&self) -> bool {
        self.alone && self.are_features()
    }

    /// What the feature of a word is called.
    pub fn feature(&self, word: &str) -> String {
        format!("{}: {word}", self.column)
    }
}

/// The words that are features, and what they say of each cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundWords {
    /// Customers with a text.
    pub n_with_text: u64,
    /// Clustered customers with none of the words that are features.
    pub n_without: u64,
    /// Different words in all texts.
    pub n_words: u64,
    /// The words that are features, the most frequent first.
    pub kept: Vec<KeptWord>,
    /// The words of each cluster, at most five: those whose mean weight is farthest above that of all, farthest first.
    pub clusters: Vec<Vec<ClusterWord>>,
}

/// A word that is a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptWord {
    /// The word, in lower case as far as it is written in Latin letters without marks.
    pub word: String,
    /// Customers who have it.
    pub n_customers: u64,
    /// How much it weighs for being rare: ln((1 + n) / (1 + df)) + 1.
    pub rarity: f64,
}

/// A word of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterWord {
    /// Its place among those kept.
    pub word: usize,
    /// The share of the cluster's customers who have it, 0 to 1.
    pub share: f64,
    /// The share of all clustered customers who have it.
    pub share_of_all: f64,
}

/// Words as columns.
pub(super) struct Vectors {
    pub(super) n_with_text: u64,
    pub(super) n_words: u64,
    pub(super) kept: Vec<KeptWord>,
    /// For each word its weight by customer, 0 to 1; nothing where there is no text.
    pub(super) columns: Vec<Vec<Option<f64>>>,
}

/// The words of a column with the customers in `present`, as they are on `as_of`; `None` where words are no features.
///
/// # Errors
/// There is no such column of texts; no word has enough customers.
pub(super) fn vectors(
    dataset: &Dataset,
    present: &[u32],
    words: &Words,
    as_of: Day,
) -> Result<Option<Vectors>, AnalysisError> {
    if !words.are_features() {
        return Ok(None);
    }
    let source = Texts::of(dataset, &words.column, as_of);
    let source = source
        .ok_or_else(|| AnalysisError::of_column("words", &words.column, Rule::ColumnOfTexts))?;
    let vocabulary = Vocabulary::count(&source, present);
    let kept = vocabulary.kept(words);
    if kept.is_empty() {
        let least = words.min_customers;
        return Err(AnalysisError::param("words", Rule::SharedWords { least }));
    }
    let rarity = |&word: &usize| rarity(vocabulary.n_with_text, vocabulary.n_customers[word]);
    let rarities: Vec<f64> = kept.iter().map(rarity).collect();
    let columns = vocabulary.weights(&source, present, &kept, &rarities);
    let of = |(&word, &rarity): (&usize, &f64)| KeptWord {
        word: vocabulary.names.get(word as u32).into_owned(),
        n_customers: vocabulary.n_customers[word],
        rarity,
    };
    Ok(Some(Vectors {
        n_with_text: vocabulary.n_with_text,
        n_words: vocabulary.names.len() as u64,
        kept: kept.iter().zip(&rarities).map(of).collect(),
        columns,
    }))
}

/// ln((1 + n) / (1 + df)) + 1.
fn rarity(n_customers: u64, with_it: u64) -> f64 {
    libm::log((1 + n_customers) as f64 / (1 + with_it) as f64) + 1.0
}

/// Whose texts are which.
enum Texts<'a> {
    /// All rows of orders until a day.
    Rows(&'a gyeol_data::habits::RowTexts, Day),
    /// One for each customer.
    Customers(&'a Names, Cow<'a, [Option<u32>]>),
}

impl<'a> Texts<'a> {
    fn of(dataset: &'a Dataset, column: &str, as_of: Day) -> Option<Self> {
        if let History::Orders(orders) = &dataset.history {
            let rows = orders.row_texts.as_deref();
            if let Some(rows) = rows.filter(|rows| rows.header == column) {
                return Some(Self::Rows(rows, as_of));
            }
        }
        match dataset.column_on(column, as_of)? {
            ColumnOn::Texts(texts, codes) => Some(Self::Customers(texts, codes)),
            ColumnOn::Numbers(_) => None,
        }
    }

    const fn names(&self) -> &'a Names {
        match self {
            Self::Rows(rows, _) => &rows.texts,
            Self::Customers(texts, _) => texts,
        }
    }

    /// The texts of a customer, each with how often it stands.
    fn each(&self, customer: u32, meet: &mut dyn FnMut(u32, u64)) {
        match self {
            Self::Rows(rows, as_of) => {
                let own = rows.rows.until(customer as usize, *as_of);
                own.for_each(|(text, n_rows)| meet(text, n_rows.unsigned_abs()));
            }
            Self::Customers(_, codes) => {
                let own = codes.get(customer as usize).copied().flatten();
                own.iter().for_each(|&text| meet(text, 1));
            }
        }
    }
}

/// All words, with who has them.
struct Vocabulary {
    names: Names,
    /// The words of each text that a customer has, by number of the text.
    of_texts: Vec<Option<Vec<u32>>>,
    /// By word how many customers have it, and how often it stands.
    n_customers: Vec<u64>,
    n_times: Vec<u64>,
    n_with_text: u64,
}

impl Vocabulary {
    fn count(source: &Texts<'_>, present: &[u32]) -> Self {
        let mut all = Self {
            names: Names::default(),
            of_texts: vec![None; source.names().len()],
            n_customers: Vec::new(),
            n_times: Vec::new(),
            n_with_text: 0,
        };
        for &customer in present {
            let mut has_text = false;
            source.each(customer, &mut |text, _| {
                has_text = true;
                all.read(source.names(), text);
            });
            all.n_with_text += u64::from(has_text);
            for (word, n_times) in all.document(source, customer) {
                all.n_customers[word as usize] += 1;
                all.n_times[word as usize] += n_times;
            }
        }
        all
    }

    /// Cuts a text into its words, once.
    fn read(&mut self, texts: &Names, text: u32) {
        if self.of_texts[text as usize].is_some() {
            return;
        }
        let mut words = Vec::new();
        tokens::each(&texts.get(text), &mut |word| {
            words.push(self.names.intern(word.as_bytes()));
        });
        self.n_customers.resize(self.names.len(), 0);
        self.n_times.resize(self.names.len(), 0);
        self.of_texts[text as usize] = Some(words);
    }

    /// The words of a customer, each once with how often it stands.
    fn document(&self, source: &Texts<'_>, customer: u32) -> Vec<(u32, u64)> {
        let mut words: Vec<(u32, u64)> = Vec::new();
        source.each(customer, &mut |text, n_times| {
            let own = self.of_texts[text as usize].iter().flatten();
            words.extend(own.map(|&word| (word, n_times)));
        });
        words.sort_unstable();
        words.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            kept.1 += if is_same { later.1 } else { 0 };
            is_same
        });
        words
    }

    /// The words that are features, the most frequent first; of equal ones those of more customers, then in byte order.
    fn kept(&self, words: &Words) -> Vec<usize> {
        let is_shared = |&word: &usize| {
            let n = self.n_customers[word];
            n >= words.min_customers as u64 && n * 10 <= self.n_with_text * MOST_IN_TEN
        };
        let shared: Vec<usize> = (0..self.names.len()).filter(is_shared).collect();
        let order = places_in_order(shared.len(), &|one, other| {
            let (one, other) = (shared[one], shared[other]);
            let bytes = |word: usize| self.names.bytes_of(word as u32);
            (self.n_times[other].cmp(&self.n_times[one]))
                .then(self.n_customers[other].cmp(&self.n_customers[one]))
                .then(bytes(one).cmp(bytes(other)))
        });
        let order = order.into_iter().map(|place| shared[place]);
        order.take(words.max_words).collect()
    }

    fn weights(
        &self,
        source: &Texts<'_>,
        present: &[u32],
        kept: &[usize],
        rarities: &[f64],
    ) -> Vec<Vec<Option<f64>>> {
        let mut columns = vec![vec![None; present.len()]; kept.len()];
        for (place, &customer) in present.iter().enumerate() {
            let mut has_text = false;
            source.each(customer, &mut |_, _| has_text = true);
            if !has_text {
                continue;
            }
            let words = self.document(source, customer);
            let of = |(&word, &rarity): (&usize, &f64)| {
                let found = words.binary_search_by_key(&(word as u32), |&(word, _)| word);
                found.map_or(0.0, |at| words[at].1 as f64 * rarity)
            };
            let weights: Vec<f64> = kept.iter().zip(rarities).map(of).collect();
            let length = weights.iter().map(|own| own * own).sum::<f64>().sqrt();
            for (column, own) in columns.iter_mut().zip(weights) {
                column[place] = Some(if length > 0.0 { own / length } else { 0.0 });
            }
        }
        columns
    }
}

impl Vectors {
    /// Who has no text counts as one without any of the words, unless they are left out; says how many those are.
    pub(super) fn fill(&mut self, missing: Missing) -> u64 {
        if missing == Missing::LeaveOut {
            return 0;
        }
        let first = self.columns.first().into_iter().flatten();
        let n_gaps = first.filter(|own| own.is_none()).count() as u64;
        for own in self.columns.iter_mut().flatten() {
            *own = own.or(Some(0.0));
        }
        n_gaps
    }
}

impl From<Vectors> for FoundWords {
    fn from(vectors: Vectors) -> Self {
        Self {
            n_with_text: vectors.n_with_text,
            n_without: 0,
            n_words: vectors.n_words,
            kept: vectors.kept,
            clusters: Vec::new(),
        }
    }
}

impl FoundWords {
    /// The words of features that were clustered, by cluster.
    pub(super) fn of(features: &Features, labels: &[u16], k: usize) -> Option<Self> {
        let mut found = features.words.clone()?;
        let columns = features.words();
        let is_without = |&place: &usize| columns.iter().all(|column| column[place] <= 0.0);
        let n = features.customers.len();
        found.n_without = (0..n).filter(is_without).count() as u64;
        let all = k_means::means(columns, &vec![0; n], 1);
        let means = k_means::means(columns, labels, k);
        let has: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| column.iter().map(|&own| f64::from(own > 0.0)).collect())
            .collect();
        let shares = k_means::means(&has, labels, k);
        let shares_of_all = k_means::means(&has, &vec![0; n], 1);
        let told = |(means, shares): (&Vec<f64>, &Vec<f64>)| {
            let above = |word: usize| means[word] - all[0][word];
            let order = places_in_order(columns.len(), &|one, other| {
                above(other).total_cmp(&above(one)).then(one.cmp(&other))
            });
            let order = order.into_iter().filter(|&word| above(word) > 0.0);
            let told = order.take(MOST_TOLD).map(|word| ClusterWord {
                word,
                share: shares[word],
                share_of_all: shares_of_all[0][word],
            });
            told.collect()
        };
        found.clusters = means.iter().zip(&shares).map(told).collect();
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Method, Output, Params, run};
    use super::*;
    use crate::{Params as _, Unwatched, testing};

    const TEXTS: [&str; 7] = [
        "Cotton shirt, red; Cotton socks",
        "cotton shirt|wool scarf",
        "Wool scarf / wool hat",
        "면 셔츠, 면 양말",
        "면 셔츠 cotton",
        "hat of the sea",
        "",
    ];

    fn shop(texts: &[&str]) -> Dataset {
        let spent = (0..texts.len()).map(|n| Some(n as f64 * 10.0)).collect();
        let mut dataset = testing::numbers(&[("spent", spent)]);
        dataset.attributes.push(testing::texts("tags", texts));
        dataset
    }

    fn words(max_words: usize) -> Words {
        Words {
            column: "tags".into(),
            min_customers: 2,
            max_words,
            alone: true,
        }
    }

    fn of(max_words: usize) -> Vectors {
        let present: Vec<u32> = (0..TEXTS.len() as u32).collect();
        let day = Day::from_number(0);
        let found = vectors(&shop(&TEXTS), &present, &words(max_words), day);
        found.unwrap().unwrap()
    }

    /// scikit-learn 1.9.1, `TfidfVectorizer(min_df=2, max_df=0.9, max_features=N, stop_words=EMPTY)` with words of two
    /// Latin letters or one Hangul syllable, of the texts above but the empty one.
    #[test]
    fn weights_are_those_of_scikit_learn() {
        let found = of(6);
        let kept: Vec<&str> = found.kept.iter().map(|own| own.word.as_str()).collect();
        assert_eq!(kept, ["cotton", "wool", "면", "hat", "scarf", "shirt"]);
        assert!((found.kept[0].rarity - 1.559_615_79).abs() < 1e-8);
        assert!((found.kept[5].rarity - 1.847_297_86).abs() < 1e-8);
        let expected = [
            [0.8604288956838471, 0.0, 0.0, 0.0, 0.0, 0.5095705206075756],
            [
                0.4381577751375221,
                0.5189790503435685,
                0.0,
                0.0,
                0.5189790503435685,
                0.5189790503435685,
            ],
            [
                0.0,
                0.8164965809277259,
                0.0,
                0.40824829046386296,
                0.40824829046386296,
                0.0,
            ],
            [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
            [0.6451024322949592, 0.0, 0.764096101185661, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        ];
        for (customer, row) in expected.iter().enumerate() {
            for (column, value) in found.columns.iter().zip(row) {
                assert!((column[customer].unwrap() - value).abs() < 1e-12);
            }
        }
        assert!(found.columns.iter().all(|column| column[6].is_none()));
        assert_eq!((found.n_with_text, found.n_words), (6, 11));
        // With fewer words each customer's length is made of those alone; who has none is at nothing.
        let found = of(3);
        let last = found.columns.iter().map(|column| column[5].unwrap());
        assert_eq!(last.collect::<Vec<_>>(), [0.0, 0.0, 0.0]);
        assert!((found.columns[0][1].unwrap() - 0.6451024322949592).abs() < 1e-12);
    }

    fn clustered(method: Method, change: fn(&mut Params)) -> Result<Output, AnalysisError> {
        let texts: Vec<&str> = (0..20)
            .map(|n| {
                if n % 2 == 0 {
                    "wool hat"
                } else {
                    "cotton shirt"
                }
            })
            .chain(["silk tie", ""])
            .collect();
        let mut params = Params {
            method,
            k: 2,
            restarts: 2,
            words: words(10),
            ..Params::default()
        };
        params.search.k = false;
        change(&mut params);
        let day = Day::from_number(0);
        run(&shop(&texts), &params.checked()?, day, &mut Unwatched)
    }

    #[test]
    fn every_method_groups_customers_by_their_words_and_says_which() {
        for method in Method::ALL {
            let output = clustered(method, |params| params.eps = 0.1).unwrap();
            let found = output.report.words.unwrap();
            let assignment = &output.segmentation.assignment;
            assert!(
                (2..20).all(|n| assignment[n] == assignment[n % 2]),
                "{method:?}"
            );
            assert_ne!(assignment[0], assignment[1], "{method:?}");
            let first = usize::from(assignment[0]);
            let told = found.clusters[first]
                .iter()
                .map(|own| &*found.kept[own.word].word);
            let mut told: Vec<&str> = told.collect();
            told.sort_unstable();
            assert_eq!(told, ["hat", "wool"], "{method:?}");
            assert_eq!(found.n_without, 1, "{method:?}");
            assert_eq!(output.report.n_unclustered, 1, "{method:?}");
            assert!(
                output
                    .report
                    .params
                    .features
                    .contains(&"tags: wool".to_owned())
            );
        }
    }

    #[test]
    fn who_has_no_text_can_be_without_words_and_words_stand_beside_numbers() {
        let output = clustered(Method::KMeans, |params| {
            params.words.alone = false;
            params.features = vec!["spent".into()];
            params.missing = Missing::Zero;
            params.weights = [("tags".to_owned(), 3.0)].into();
        });
        let report = output.unwrap().report;
        assert_eq!((report.n_unclustered, report.cleaned.n_filled), (0, 1));
        assert_eq!(report.params.features[0], "spent");
        assert_eq!(report.words.unwrap().n_without, 2);
    }

    #[test]
    fn unknown_columns_and_texts_that_nobody_shares_are_refused() {
        let refusal = |change: fn(&mut Params)| clustered(Method::KMeans, change).map(|_| ());
        let wrong = |rule| Err(AnalysisError::param("words", rule));
        let column = |params: &mut Params| params.words.column = "spent".into();
        let named = AnalysisError::of_column("words", "spent", Rule::ColumnOfTexts);
        assert_eq!(refusal(column), Err(named));
        let least = |params: &mut Params| params.words.min_customers = 15;
        assert_eq!(refusal(least), wrong(Rule::SharedWords { least: 15 }));
        let most = |params: &mut Params| params.words.max_words = MOST_WORDS + 1;
        assert!(refusal(most).is_err());
    }
}
