//! Which of the customers' further columns say how to reach somebody and whether they may be reached: consent, e-mail,
//! phone and name.
//!
//! A column of consent is known by its header, and all its texts are answers; the others by header and by a sample of
//! their texts, so that a list of any length asks for them anew. Of several columns of consent all are heard, and a no in
//! any of them goes before a yes. Invariant: no cell leaves in here but as yes or no.

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
    /// What says whether somebody agreed to advertising, in the order of the columns.
    pub consent: Vec<Consent>,
    /// E-mail addresses.
    pub email: Option<usize>,
    /// Phone numbers.
    pub phone: Option<usize>,
    /// Names: one column, or first and last names.
    pub names: Vec<usize>,
}

/// A column that says whether somebody agreed to be written to, in whatever way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Its place among the attributes.
    pub place: usize,
    /// By number of a text what it says.
    answers: Vec<Option<bool>>,
}

impl Contacts {
    /// The columns of `dataset`: all of consent, and of several others that would do the one that is called so most
    /// plainly, then the first.
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
            consent: consent(&headers, dataset),
            email,
            phone: best(&named("phone", 50, is_phone)),
            names: name.into_iter().chain(last).collect(),
        }
    }

    /// Of each customer whether they agreed, by their latest answers; `None` where no column says it.
    pub fn agreed<'a>(&self, dataset: &'a Dataset) -> Option<Agreed<'a>> {
        let columns = self.consent.iter().filter_map(|consent| {
            match &dataset.attributes.get(consent.place)?.values {
                AttributeValues::Texts { codes, .. } => Some(Answers {
                    codes,
                    by_text: consent.answers.clone(),
                }),
                _ => None,
            }
        });
        let columns: Vec<_> = columns.collect();
        (!columns.is_empty()).then_some(Agreed { columns })
    }
}

/// What customers said about advertising.
pub struct Agreed<'a> {
    columns: Vec<Answers<'a>>,
}

/// What one column says.
struct Answers<'a> {
    /// The number of the text, by customer.
    codes: &'a [Option<u32>],
    /// By number of a text.
    by_text: Vec<Option<bool>>,
}

impl Agreed<'_> {
    /// Whether a customer (by number) agreed: in one column at least, and refused in none. `None` where nothing is known
    /// of them.
    pub fn of(&self, customer: usize) -> Option<bool> {
        let answers = self.columns.iter().filter_map(|column| {
            let code = column.codes.get(customer).copied().flatten()?;
            column.by_text.get(code as usize).copied().flatten()
        });
        answers.reduce(|one, other| one && other)
    }
}

/// The columns of consent. Where one is there all of whose texts are answers, others of such a name are heard, too, as
/// far as they refuse.
fn consent(headers: &Headers, dataset: &Dataset) -> Vec<Consent> {
    let texts_of = |attribute: &'_ Attribute| match &attribute.values {
        AttributeValues::Texts { texts, .. } => Some((
            answers(headers, &attribute.name, texts),
            refusals(headers, &attribute.name, texts),
        )),
        _ => None,
    };
    let found = dataset.attributes.iter().map(texts_of).enumerate();
    let found: Vec<_> = found
        .filter_map(|(place, found)| Some((place, found?)))
        .collect();
    if !found.iter().any(|(_, (answers, _))| answers.is_some()) {
        return Vec::new();
    }
    let consent = found
        .into_iter()
        .filter_map(|(place, (answers, refusals))| {
            let refusals = || refusals.contains(&true).then_some(refusals);
            let only_no = |refuses: bool| refuses.then_some(false);
            let answers =
                answers.or_else(|| Some(refusals()?.into_iter().map(only_no).collect()))?;
            Some(Consent { place, answers })
        });
    consent.collect()
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
pub(super) fn has_share(attribute: &Attribute, least: usize, is_so: fn(&str) -> bool) -> bool {
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

pub(super) fn is_name(text: &str) -> bool {
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
    use crate::{History, Summaries, Treated};

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
        let consent: Vec<usize> = contacts.consent.iter().map(|one| one.place).collect();
        // The newsletter says neither yes nor no to some, and its no is heard.
        assert_eq!(consent, [7, 8]);
        assert_eq!((contacts.email, contacts.phone), (Some(3), Some(1)));
        assert_eq!(contacts.names, [4, 5]);
        let agreed = contacts.agreed(&dataset).unwrap();
        let said = [0, 1, 2].map(|customer| agreed.of(customer));
        assert_eq!(said, [Some(true), Some(false), Some(false)]);
    }

    #[test]
    fn a_no_in_any_column_of_consent_goes_before_a_yes() {
        let dataset = dataset(vec![
            column("marketing", &["Y", "Y", ""]),
            column("약관 동의", &["N", "N", "N"]),
            column("email_optin", &["", "yes", ""]),
            column("sms_optin", &["1", "0", ""]),
        ]);
        let contacts = Contacts::of(&dataset);
        let consent: Vec<usize> = contacts.consent.iter().map(|one| one.place).collect();
        assert_eq!(consent, [0, 2, 3]);
        let agreed = contacts.agreed(&dataset).unwrap();
        let said = [0, 1, 2].map(|customer| agreed.of(customer));
        assert_eq!(said, [Some(true), Some(false), None]);
    }

    #[test]
    fn what_is_no_answer_anywhere_makes_no_column_of_consent() {
        let dataset = dataset(vec![column("newsletter", &["weekly", "no", ""])]);
        assert_eq!(Contacts::of(&dataset), Contacts::default());
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
