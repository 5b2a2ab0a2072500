//! Who of a list can be reached by e-mail or by phone, one customer for each address.
//!
//! Of customers with the same address the best one stays: by money, then orders, then the latest order, then id.
//! Invariant: what a page of the list counts and who is in the saved file are found in here alone.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::{Filter, Known};
use crate::snapshot;
use gyeol_data::{Addresses, Contact, Contacts, Dataset, Day};

/// Who of a list is left and why the others are not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reachable {
    /// Who is left, by number, ascending.
    pub customers: Vec<u32>,
    /// How many are left, and how many are not.
    pub counts: ReachableCounts,
}

/// How many of a list can be written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachableCounts {
    /// By what.
    pub by: Contact,
    /// Customers who are left: each has an address that nobody else has.
    pub n_left: u64,
    /// Customers without an address.
    pub n_without: u64,
    /// Customers whose address is that of a better one.
    pub n_repeated: u64,
}

/// The customers whom `filter` lets through on the day and who can be reached; `None` where the file has no addresses, or
/// says nothing of who agreed where that is asked.
pub fn reachable(
    (dataset, contacts): (&Dataset, &Contacts),
    known: &Known<'_>,
    filter: &Filter,
    as_of: Day,
    by: Contact,
) -> Option<Reachable> {
    let agreed = match filter.agreed {
        true => Some(contacts.agreed(dataset)?),
        false => None,
    };
    let (segmentations, agreed) = (known.segmentations, agreed.as_ref());
    let is_wanted = filter.test(dataset, known.scores, segmentations, known.moves, agreed);
    let customers = 0..dataset.n_customers();
    let matching = customers
        .filter(|&customer| snapshot::is_present(dataset, customer, as_of) && is_wanted(customer));
    let matching: Vec<u32> = matching.map(|customer| customer as u32).collect();
    of((dataset, contacts), &matching, as_of, by)
}

/// As [`reachable`], of customers in ascending order.
pub(super) fn of(
    (dataset, contacts): (&Dataset, &Contacts),
    matching: &[u32],
    as_of: Day,
    by: Contact,
) -> Option<Reachable> {
    let addresses = Addresses::of(dataset, contacts, by)?;
    let worth = |customer: u32| {
        let standing = dataset.standing(customer as usize, as_of)?;
        let recency = Reverse(standing.recency_days);
        Some((standing.amount.units(), standing.n_orders, recency))
    };
    let mut best = vec![None::<u32>; addresses.n_different];
    let mut n_without = 0;
    for &customer in matching {
        match addresses.of_customer(customer as usize) {
            None => n_without += 1,
            Some(address) => {
                let place = &mut best[address];
                if place.is_none_or(|other| worth(customer) > worth(other)) {
                    *place = Some(customer);
                }
            }
        }
    }
    let is_left = |customer: &u32| {
        let address = addresses.of_customer(*customer as usize);
        address.is_some_and(|address| best[address] == Some(*customer))
    };
    let customers: Vec<u32> = matching.iter().copied().filter(is_left).collect();
    let n_left = customers.len() as u64;
    let counts = ReachableCounts {
        by: addresses.by,
        n_left,
        n_without,
        n_repeated: matching.len() as u64 - n_without - n_left,
    };
    Some(Reachable { customers, counts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_best_of_equal_addresses_is_left_and_everybody_is_counted_once() {
        let rows = [
            ("a", 1, 100),
            ("b", 1, 300),
            ("c", 1, 200),
            ("c", 2, 100),
            ("d", 5, 900),
            ("e", 2, 50),
            ("f", 2, 50),
            ("g", 9, 999),
        ];
        let mut shop = testing::orders(&rows);
        let emails = [
            "x@s.kr", "X@s.kr", "x@S.kr", "-", "y@s.kr", "y@s.kr", "z@s.kr",
        ];
        shop.attributes = vec![testing::texts("이메일", &emails)];
        let known = Known::default();
        let day = Day::from_number(6);
        let found = reachable(
            (&shop, &Contacts::of(&shop)),
            &known,
            &Filter::default(),
            day,
            Contact::Phone,
        )
        .unwrap();
        // `b` and `c` paid the same, `c` in more orders; `e` goes before `f` by id; `g` was not there yet.
        assert_eq!(found.customers, [2, 4]);
        let counts = ReachableCounts {
            by: Contact::Email,
            n_left: 2,
            n_without: 1,
            n_repeated: 3,
        };
        assert_eq!(found.counts, counts);
        let only = Filter {
            search: "b".to_owned(),
            ..Filter::default()
        };
        let found = reachable(
            (&shop, &Contacts::of(&shop)),
            &known,
            &only,
            day,
            Contact::Email,
        )
        .unwrap();
        assert_eq!(found.customers, [1], "who does not match takes no address");
        shop.attributes.clear();
        let of = (&shop, &Contacts::of(&shop));
        assert_eq!(reachable(of, &known, &only, day, Contact::Email), None);
    }
}
