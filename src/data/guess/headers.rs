//! What columns are called: the names of `headers.txt`, a file that a translator can extend.

use super::super::Role;

/// The names as they are written, in sections.
const FILE: &str = include_str!("headers.txt");

/// The names of `headers.txt`, in lower case with letters and digits only.
pub(in super::super) struct Headers {
    sections: Vec<(&'static str, Vec<String>)>,
}

impl Headers {
    /// Reads the file.
    pub(in super::super) fn read() -> Self {
        let mut sections: Vec<(&str, Vec<String>)> = Vec::new();
        for line in FILE.lines() {
            let line = line.trim();
            let section = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'));
            match (section, sections.last_mut()) {
                (Some(section), _) => sections.push((section, Vec::new())),
                (None, Some((_, names))) if !line.is_empty() && !line.starts_with('#') => {
                    names.push(plain(line));
                }
                _ => {}
            }
        }
        Self { sections }
    }

    /// Headers that say a role by themselves; earlier ones win.
    pub(super) fn names(&self, role: Role) -> &[String] {
        self.section(role.key())
    }

    /// Parts of longer headers that point to a role, where the column's content agrees.
    pub(super) fn parts(&self, role: Role) -> &[String] {
        let is_of = |(section, _): &&(&'static str, Vec<String>)| {
            section.strip_suffix(" part") == Some(role.key())
        };
        let mut sections = self.sections.iter();
        sections.find(is_of).map_or(&[], |(_, names)| names)
    }

    /// Whether a header has a part that no role has.
    pub(super) fn is_never(&self, header: &str) -> bool {
        has_part(self.section("never"), header)
    }

    /// Whether a header says that it may hold ids, where nothing else points to a column.
    pub(super) fn may_be_id(&self, header: &str) -> bool {
        let chance = self.section("no id").iter();
        let rest = chance.fold(header.to_owned(), |rest, word| rest.replace(word, ""));
        has_part(self.section("id part"), &rest)
    }

    /// Whether a header says that a column of numbers is a cost of advertising.
    pub(super) fn is_cost(&self, header: &str) -> bool {
        has_part(self.section("cost"), header)
    }

    /// Whether a header says that a column names channels or campaigns.
    pub(super) fn is_channel(&self, header: &str) -> bool {
        has_part(self.section("channel"), header)
    }

    /// Whether a header says that a column names what was done.
    pub(super) fn is_event(&self, header: &str) -> bool {
        has_part(self.section("event"), header)
    }

    /// Whether a header says that a column holds what was taken off a price, or by what coupon.
    pub(in super::super) fn is_discount(&self, header: &str) -> bool {
        let header = plain(header);
        has_part(self.section("discount"), &header)
            && !has_part(self.section("no discount"), &header)
    }

    /// Whether a header says that a column names products.
    pub(in super::super) fn is_product(&self, header: &str) -> bool {
        let header = plain(header);
        self.names(Role::Product).contains(&header) || has_part(self.parts(Role::Product), &header)
    }

    /// Whether a header says that a column holds codes rather than names.
    pub(super) fn is_code(&self, header: &str) -> bool {
        let header = plain(header);
        self.section("code end")
            .iter()
            .any(|end| header.ends_with(end.as_str()))
    }

    /// Whether a plain `Name` beside this header is the order's.
    pub(super) fn makes_name_an_order(&self, header: &str) -> bool {
        let names = self.section("name is order beside");
        names.iter().any(|name| name == header)
    }

    /// All sections, as they stand.
    pub(super) fn sections(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let sections = self.sections.iter();
        sections.map(|(section, names)| (*section, names.as_slice()))
    }

    fn section(&self, wanted: &str) -> &[String] {
        let mut sections = self.sections.iter();
        let found = sections.find(|(section, _)| *section == wanted);
        found.map_or(&[], |(_, names)| names)
    }
}

fn has_part(parts: &[String], header: &str) -> bool {
    parts.iter().any(|part| header.contains(part.as_str()))
}

/// A header in lower case, letters and digits only.
pub(super) fn plain(header: &str) -> String {
    header
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::TableKind;
    use super::*;

    #[test]
    fn an_id_in_another_word_is_none() {
        let headers = Headers::read();
        for (header, expected) in [
            ("paid", false),
            ("isvalid", false),
            ("memberid", true),
            ("paidid", true),
            ("고객", true),
        ] {
            assert_eq!(headers.may_be_id(header), expected, "{header}");
        }
    }

    #[test]
    fn every_section_is_known_and_every_whole_header_stands_once() {
        let headers = Headers::read();
        let mut seen = std::collections::BTreeSet::new();
        for (section, names) in &headers.sections {
            let is_role = Role::from_key(section).is_some();
            let is_part = section
                .strip_suffix(" part")
                .and_then(Role::from_key)
                .is_some();
            let is_other = [
                "never",
                "name is order beside",
                "id part",
                "no id",
                "cost",
                "channel",
                "event",
                "code end",
                "discount",
                "no discount",
            ]
            .contains(section);
            let is_other = is_other || section.starts_with("sum ") || section.starts_with("rate");
            assert!(is_role || is_part || is_other, "{section}");
            assert!(!names.is_empty(), "{section}");
            let twice = names.iter().find(|name| is_role && !seen.insert(*name));
            assert_eq!(twice, None, "{section}");
        }
    }

    #[test]
    fn every_role_has_names() {
        let headers = Headers::read();
        for table in [TableKind::Orders, TableKind::Customers, TableKind::Products] {
            for &role in Role::of(table) {
                assert!(!headers.names(role).is_empty(), "{}", role.key());
            }
        }
    }

    #[test]
    fn headers_lose_everything_but_letters_and_digits() {
        assert_eq!(plain(" Customer ID "), "customerid");
        assert_eq!(
            plain("최종 상품별_총 주문금액(원)"),
            "최종상품별총주문금액원"
        );
    }
}
