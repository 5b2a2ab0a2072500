//! What customers are written to, so that equal addresses are known for one: an e-mail address in whatever case, a phone
//! number however its digits are parted.
//!
//! Only for telling addresses apart: what goes into a file is the text of the file. What is none (`-`, a name) counts as
//! no address. Invariant: no text leaves in here, only numbers of addresses.

use serde::{Deserialize, Serialize};

use super::contacts::{is_email, is_phone};
use super::{AttributeValues, Contacts, Dataset, Names};

/// By what customers are reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// E-mail.
    #[default]
    Email,
    /// Phone.
    Phone,
}

impl Contact {
    /// Its name in heads of files and attributes of pages.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

impl Contacts {
    /// What is used of the file's columns with the column's place: what is asked for, else the other.
    pub fn address(&self, by: Contact) -> Option<(Contact, usize)> {
        let email = self.email.map(|place| (Contact::Email, place));
        let phone = self.phone.map(|place| (Contact::Phone, place));
        match by {
            Contact::Email => email.or(phone),
            Contact::Phone => phone.or(email),
        }
    }
}

/// The customers' addresses as numbers, equal ones with the same number.
pub struct Addresses<'a> {
    /// The number of the text, by customer.
    codes: &'a [Option<u32>],
    /// By number of a text.
    by_text: Vec<Option<u32>>,
    /// How many different ones there are.
    pub n_different: usize,
    /// Of what kind they are.
    pub by: Contact,
}

impl<'a> Addresses<'a> {
    /// The addresses in the column that [`Contacts::address`] gives; `None` where the file has neither.
    pub fn of(dataset: &'a Dataset, contacts: &Contacts, by: Contact) -> Option<Self> {
        let (by, place) = contacts.address(by)?;
        let AttributeValues::Texts { texts, codes } = &dataset.attributes.get(place)?.values else {
            return None;
        };
        let mut different = Names::default();
        let numbers = (0..texts.len() as u32).map(|code| {
            let same = match by {
                Contact::Email => email(&texts.get(code)),
                Contact::Phone => phone(&texts.get(code)),
            };
            same.map(|same| different.intern(same.as_bytes()))
        });
        let by_text = numbers.collect();
        Some(Self {
            codes,
            by_text,
            n_different: different.len(),
            by,
        })
    }

    /// The number of a customer's address; `None` where there is none that could be written to.
    pub fn of_customer(&self, customer: usize) -> Option<usize> {
        let code = self.codes.get(customer).copied().flatten()?;
        let number = self.by_text.get(code as usize).copied().flatten()?;
        Some(number as usize)
    }
}

fn email(text: &str) -> Option<String> {
    let text = text.trim();
    is_email(text).then(|| text.to_ascii_lowercase())
}

/// The digits, with `0` for the country code of Korea, which the same number has in one export and lacks in another.
fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let own = digits.strip_prefix("82").filter(|own| own.len() >= 8);
    let own = own.map(|own| format!("0{}", own.trim_start_matches('0')));
    is_phone(text).then(|| own.unwrap_or(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_the_same_however_they_are_written() {
        assert_eq!(email(" Anna@Shop.KR "), email("anna@shop.kr"));
        assert!(email("anna@shop.kr").is_some());
        for none in ["-", "", "anna", "a b@shop.kr", "없음"] {
            assert_eq!(email(none), None, "{none}");
        }
        for same in ["010 1234 5678", "01012345678", "+82 10-1234-5678"] {
            assert_eq!(phone(same).as_deref(), Some("01012345678"), "{same}");
        }
        assert_ne!(phone("+82 2-345-6789"), phone("02-345-6780"));
        for none in ["-", "", "12", "Galaxy"] {
            assert_eq!(phone(none), None, "{none}");
        }
    }

    #[test]
    fn a_file_without_what_is_asked_for_is_read_by_the_other() {
        let contacts = Contacts {
            phone: Some(3),
            ..Contacts::default()
        };
        assert_eq!(contacts.address(Contact::Email), Some((Contact::Phone, 3)));
        assert_eq!(Contacts::default().address(Contact::Phone), None);
    }
}
