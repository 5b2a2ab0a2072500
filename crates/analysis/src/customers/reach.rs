//! How the customers of a list can be reached and who of them agreed to it, counted while the list is made.
//!
//! Invariant: what is counted here and who is in the saved file come from the same columns and the same answers.

use serde::{Deserialize, Serialize};

use super::ReachableCounts;
use gyeol_data::{Agreed, AttributeValues, Contacts, Dataset};

/// What a list says of consent and of contact columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The columns that say who agreed to advertising; a no in any of them counts.
    pub consent: Vec<String>,
    /// Customers who agreed, among those whom the rest of the filter lets through.
    pub n_agreed: u64,
    /// Customers who did not, among the same.
    pub n_refused: u64,
    /// Customers of whom nothing is known, among the same.
    pub n_unanswered: u64,
    /// The column of e-mail addresses.
    pub email: Option<String>,
    /// The column of phone numbers.
    pub phone: Option<String>,
    /// The columns of names.
    pub names: Vec<String>,
    /// Customers of the list without an e-mail address.
    pub n_without_email: u64,
    /// Customers of the list without a phone number.
    pub n_without_phone: u64,
    /// Customers of the list who have neither.
    pub n_without_both: u64,
    /// How many can be written to, one for each address, where that was asked for.
    pub reachable: Option<ReachableCounts>,
}

impl Reach {
    /// The headers of all contact columns.
    pub fn contacts(&self) -> impl Iterator<Item = &String> {
        self.email.iter().chain(&self.phone).chain(&self.names)
    }

    /// Whether there is something to write to.
    pub const fn has_addresses(&self) -> bool {
        self.email.is_some() || self.phone.is_some()
    }
}

/// Counts [`Reach`], one customer after the other.
pub(super) struct Reached<'a> {
    pub(super) reach: Reach,
    pub(super) contacts: Contacts,
    /// Whether only those are in the list who agreed.
    is_of_agreed: bool,
    agreed: Option<Agreed<'a>>,
    email: Option<&'a [Option<u32>]>,
    phone: Option<&'a [Option<u32>]>,
}

impl<'a> Reached<'a> {
    pub(super) fn new(dataset: &'a Dataset, is_of_agreed: bool) -> Self {
        let contacts = Contacts::of(dataset);
        let name = |place: usize| dataset.attributes.get(place).map(|one| one.name.clone());
        let codes = |place: Option<usize>| match &dataset.attributes.get(place?)?.values {
            AttributeValues::Texts { codes, .. } => Some(codes.as_slice()),
            _ => None,
        };
        Self {
            is_of_agreed,
            agreed: contacts.agreed(dataset),
            email: codes(contacts.email),
            phone: codes(contacts.phone),
            reach: Reach {
                consent: (contacts.consent.iter())
                    .filter_map(|one| name(one.place))
                    .collect(),
                email: contacts.email.and_then(name),
                phone: contacts.phone.and_then(name),
                names: (contacts.names.iter())
                    .filter_map(|&place| name(place))
                    .collect(),
                ..Reach::default()
            },
            contacts,
        }
    }

    /// Counts a customer (by number) whom the rest of the filter lets through; whether the list takes them.
    pub(super) fn takes(&mut self, customer: usize) -> bool {
        let reach = &mut self.reach;
        let answer = self.agreed.as_ref().and_then(|agreed| agreed.of(customer));
        if self.agreed.is_some() {
            match answer {
                Some(true) => reach.n_agreed += 1,
                Some(false) => reach.n_refused += 1,
                None => reach.n_unanswered += 1,
            }
        }
        if self.is_of_agreed && answer != Some(true) {
            return false;
        }
        let lacks = |codes: Option<&[Option<u32>]>| {
            codes.is_some_and(|codes| codes.get(customer).copied().flatten().is_none())
        };
        let (no_email, no_phone) = (lacks(self.email), lacks(self.phone));
        reach.n_without_email += u64::from(no_email);
        reach.n_without_phone += u64::from(no_phone);
        reach.n_without_both += u64::from(no_email && no_phone);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Filter, Known, Query, Sort, page};
    use crate::testing;
    use gyeol_data::Day;

    #[test]
    fn who_agreed_and_how_they_are_reached_is_counted_of_those_who_match() {
        let mut shop = testing::orders(&[("a1", 1, 1), ("a2", 2, 1), ("a3", 3, 1), ("b", 4, 1)]);
        shop.attributes = vec![
            testing::texts("수신동의", &["Y", "Y", "", "Y"]),
            testing::texts("sms_optin", &["", "N", "", ""]),
            testing::texts("이메일", &["a@x.kr", "", "", "b@x.kr"]),
            testing::texts("휴대전화", &["", "010-2222-3333", "", "010-1111-2222"]),
        ];
        let reach = |agreed: bool| {
            let query = Query {
                filter: Filter {
                    search: "a".to_owned(),
                    agreed,
                    ..Filter::default()
                },
                sort: Sort::Customer,
                descending: false,
                offset: 0,
                limit: 9,
                reached_by: None,
            };
            let page = page(&shop, &Known::default(), &query, Day::from_number(9));
            let reach = page.reach;
            let counts = (reach.n_agreed, reach.n_refused, reach.n_unanswered);
            let without = (
                reach.n_without_email,
                reach.n_without_phone,
                reach.n_without_both,
            );
            assert_eq!(reach.consent, ["수신동의", "sms_optin"]);
            assert_eq!(page.rows.len() as u64, page.n_matching);
            (page.n_matching, counts, without)
        };
        // Searching `a` finds the address of nobody else.
        assert_eq!(reach(false), (3, (1, 1, 1), (2, 2, 1)));
        assert_eq!(reach(true), (1, (1, 1, 1), (0, 1, 0)));
    }
}
