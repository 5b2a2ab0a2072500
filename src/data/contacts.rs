//! Which of the customers' further columns say how to reach somebody and whether they may be reached: consent, e-mail,
//! phone and name.
//!
//! A column of consent is known by its header, and all its texts are answers; the others by header and by a sample of
//! their texts, so that a list of any length asks for them anew. Invariant: no cell leaves in here but as yes or no.

use super::guess::Headers;
use super::{Attribute, AttributeValues, Dataset, Names};

/// So many texts of a column are looked at.
const N_SEEN: usize = 200;

/// A column of consent has no more texts.
const MOST_ANSWERS: usize = 16;
/// In more different texts than these no answers are looked for.
const MOST_TEXTS: usize = 1_000;

/// Places among the attributes of a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Whether somebody agreed to advertising.
    pub consent: Option<usize>,
    /// E-mail addresses.
    pub email: Option<usize>,
    /// Phone numbers.
    pub phone: Option<usize>,
    /// Names: one column, or first and last names.
    pub names: Vec<usize>,
}

impl Contacts {
    /// The columns of `dataset`; of several that would do the one that is called so most plainly, then the first.
    pub fn of(dataset: &Dataset) -> Self {
        let headers = Headers::read();
        let best = |rank: &dyn Fn(&Attribute) -> Option<usize>| {
            let ranked = dataset.attributes.iter().enumerate();
            let ranked = ranked.filter_map(|(place, attribute)| Some((rank(attribute)?, place)));
            ranked.min().map(|(_, place)| place)
        };
        let named = |section: &'static str, least: usize, is_so: fn(&str) -> bool| {
            let headers = &headers;
            move |attribute: &Attribute| {
                let rank = headers.rank(section, &attribute.name)?;
                has_share(attribute, least, is_so).then_some(rank)
            }
        };
        let email = best(&|attribute| {
            // An address is one whatever the column is called.
            let by_name = named("email", 50, is_email)(attribute);
            by_name.or_else(|| has_share(attribute, 90, is_email).then_some(usize::MAX))
        });
        let name = best(&named("person", 80, is_name));
        let last = name.filter(|&place| is_first_name(&dataset.attributes[place].name));
        let last = last.and_then(|_| best(&named("last name", 80, is_name)));
        Self {
            consent: best(&|attribute| {
                let rank = headers.consent_rank(&attribute.name)?;
                match &attribute.values {
                    AttributeValues::Texts { texts, .. } => {
                        answers_among(&headers, texts).map(|_| rank)
                    }
                    _ => None,
                }
            }),
            email,
            phone: best(&named("phone", 50, is_phone)),
            names: name.into_iter().chain(last).collect(),
        }
    }

    /// Of each customer whether they agreed, by their latest answer; `None` where there is none.
    pub fn agreed<'a>(&self, dataset: &'a Dataset) -> Option<Agreed<'a>> {
        match &dataset.attributes.get(self.consent?)?.values {
            AttributeValues::Texts { texts, codes } => Some(Agreed {
                codes,
                by_text: answers_among(&Headers::read(), texts)?,
            }),
            _ => None,
        }
    }
}

/// What customers said about advertising.
pub struct Agreed<'a> {
    /// The number of the text, by customer.
    codes: &'a [Option<u32>],
    /// By number of a text.
    by_text: Vec<Option<bool>>,
}

impl Agreed<'_> {
    /// Whether a customer (by number) agreed; `None` where nothing is known of them.
    pub fn of(&self, customer: usize) -> Option<bool> {
        let code = self.codes.get(customer).copied().flatten()?;
        self.by_text.get(code as usize).copied().flatten()
    }
}

/// By code of a text whether it says that somebody agreed, where the column is called so and all its texts are answers.
pub(super) fn answers(headers: &Headers, header: &str, texts: &Names) -> Option<Vec<Option<bool>>> {
    headers.consent_rank(header)?;
    answers_among(headers, texts)
}

/// By code of a text whether it refuses, where the column is called one of consent, whatever else stands in it.
pub(super) fn refusals(headers: &Headers, header: &str, texts: &Names) -> Vec<bool> {
    if headers.consent_rank(header).is_none() || texts.len() > MOST_TEXTS {
        return Vec::new();
    }
    let texts = (0..texts.len() as u32).map(|code| texts.get(code));
    texts
        .map(|text| headers.answer(&text) == Some(false))
        .collect()
}

fn answers_among(headers: &Headers, texts: &Names) -> Option<Vec<Option<bool>>> {
    if texts.is_empty() || texts.len() > MOST_ANSWERS {
        return None;
    }
    let answers = (0..texts.len() as u32).map(|code| headers.answer(&texts.get(code)));
    let answers: Vec<Option<bool>> = answers.collect();
    answers.iter().all(Option::is_some).then_some(answers)
}

/// Whether `least` percent of the texts that are looked at are so.
fn has_share(attribute: &Attribute, least: usize, is_so: fn(&str) -> bool) -> bool {
    let AttributeValues::Texts { texts, .. } = &attribute.values else {
        return false;
    };
    let n_seen = texts.len().min(N_SEEN);
    let seen = (0..n_seen as u32).filter(|&code| is_so(&texts.get(code)));
    n_seen > 0 && seen.count() * 100 >= n_seen * least
}

pub(super) fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && !text.contains(' ') && !host.contains('@') && host.contains('.')
    })
}

pub(super) fn is_phone(text: &str) -> bool {
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_written = |letter: char| letter.is_ascii_digit() || "+-(). /".contains(letter);
    (7..=15).contains(&n_digits) && text.chars().all(is_written)
}

fn is_name(text: &str) -> bool {
    let is_odd = |letter: char| letter == '@' || letter.is_ascii_digit();
    text.chars().any(char::is_alphabetic) && !text.contains(is_odd)
}

/// `First Name`, `given_name`.
fn is_first_name(header: &str) -> bool {
    let has = |word: &[u8]| {
        let mut windows = header.as_bytes().windows(word.len());
        windows.any(|part| part.eq_ignore_ascii_case(word))
    };
    has(b"first") || has(b"given")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{History, Summaries, Treated};

    fn column(name: &str, cells: &[&str]) -> Attribute {
        let mut texts = Names::default();
        let codes = cells.iter();
        let codes = codes.map(|cell| (!cell.is_empty()).then(|| texts.intern(cell.as_bytes())));
        let codes = codes.collect();
        Attribute {
            name: name.to_owned(),
            values: AttributeValues::Texts { texts, codes },
        }
    }

    fn dataset(attributes: Vec<Attribute>) -> Dataset {
        let mut customers = Names::default();
        for id in ["a", "b", "c"] {
            customers.intern(id.as_bytes());
        }
        Dataset {
            customers,
            history: History::Summaries(Summaries::default()),
            attributes,
            has_money: false,
            treated: Treated::default(),
        }
    }

    #[test]
    fn columns_are_known_by_header_and_content() {
        let dataset = dataset(vec![
            column("받는 분 휴대폰", &["010-1111-2222", "", ""]),
            column("주문자 휴대폰", &["010-1111-2222", "+82 10 3333 4444", ""]),
            column("mail count", &["three", "two", ""]),
            column("Kontakt", &["a@x.de", "b@y.co.kr", ""]),
            column("First Name", &["Anna", "Bo", ""]),
            column("Last Name", &["Li", "Kim", ""]),
            column("약관 동의", &["Y", "Y", "Y"]),
            column("마케팅 수신동의", &["Y", "", "거부"]),
            column("newsletter", &["weekly", "no", ""]),
        ]);
        let contacts = Contacts::of(&dataset);
        let expected = Contacts {
            consent: Some(7),
            email: Some(3),
            phone: Some(1),
            names: vec![4, 5],
        };
        assert_eq!(contacts, expected);
        let agreed = contacts.agreed(&dataset).unwrap();
        let said = [0, 1, 2].map(|customer| agreed.of(customer));
        assert_eq!(said, [Some(true), None, Some(false)]);
    }

    #[test]
    fn columns_that_are_only_called_so_are_none() {
        let contacts = Contacts::of(&dataset(vec![
            column("email", &["yes", "no", ""]),
            column("phone", &["iPhone", "Galaxy", ""]),
            column("name", &["1001", "1002", ""]),
        ]));
        assert_eq!(contacts, Contacts::default());
    }
}
