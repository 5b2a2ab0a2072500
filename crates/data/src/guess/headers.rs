//! What columns are called: the names of `headers.txt`, a file that a translator can extend.

use super::super::Role;

/// The names as they are written, in sections.
const FILE: &str = include_str!("headers.txt");

/// More than the length of any list of names.
const AFTER_NAMES: usize = 1_000;

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

    /// Headers with a role that they have in one shop's export alone: the sections `[name is order beside]`, where one of
    /// the headers named there stands in the file.
    pub(super) fn said_by_others(&self, headers: &[String]) -> Vec<(&'static str, Role)> {
        let is_here = |names: &[String]| names.iter().any(|name| headers.contains(name));
        let sections = self.sections.iter().filter(|(_, names)| is_here(names));
        sections
            .filter_map(|(section, _)| said_beside(section))
            .collect()
    }

    /// How well a header names something that has a section and one of parts: less is better, `None` is not at all.
    pub(in super::super) fn rank(&self, section: &str, header: &str) -> Option<usize> {
        let header = plain(header);
        let of = |section: &str, is_match: &dyn Fn(&String) -> bool| {
            self.section(section).iter().position(is_match)
        };
        let whole = of(section, &|name| *name == header);
        let rank = whole.or_else(|| {
            let part = of(&format!("{section} part"), &|part| {
                header.contains(part.as_str())
            })?;
            Some(part + AFTER_NAMES)
        })?;
        let is_of_recipient = has_part(self.section("recipient part"), &header);
        Some(rank + usize::from(is_of_recipient) * 2 * AFTER_NAMES)
    }

    /// Whether a header says that a column tells one buyer from another: an address, a phone number or an id of theirs.
    pub(super) fn identifies(&self, header: &str) -> bool {
        let of_buyer = |section: &str| {
            let rank = self.rank(section, header);
            rank.is_some_and(|rank| rank < 2 * AFTER_NAMES)
        };
        let is_id = || of_buyer(Role::Customer.key()) && self.rank("person", header).is_none();
        let plain = plain(header);
        // A plain `id` may be anything's.
        plain != "id"
            && !self.is_never(&plain)
            && (of_buyer("email") || of_buyer("phone") || is_id())
    }

    /// How well a header says that a column tells who agreed to advertising.
    pub(in super::super) fn consent_rank(&self, header: &str) -> Option<usize> {
        let is_other = has_part(self.section("no consent"), &plain(header));
        self.rank("consent", header).filter(|_| !is_other)
    }

    /// Whether a text says that somebody agreed; `None` where it says neither.
    pub(in super::super) fn answer(&self, text: &str) -> Option<bool> {
        let text = plain(text);
        let is_in = |section: &str| self.section(section).contains(&text);
        let agreed = is_in("agreed");
        (agreed || is_in("refused")).then_some(agreed)
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

/// The header and the role of a section `[name is order beside]`.
fn said_beside(section: &str) -> Option<(&str, Role)> {
    let (header, role) = section.strip_suffix(" beside")?.split_once(" is ")?;
    Some((header, Role::from_key(role)?))
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
                "id part",
                "no id",
                "cost",
                "channel",
                "event",
                "code end",
                "discount",
                "no discount",
                "consent",
                "consent part",
                "no consent",
                "agreed",
                "refused",
                "email",
                "email part",
                "phone",
                "phone part",
                "person",
                "last name",
                "recipient part",
                "post address",
                "post address part",
                "given back",
                "given back part",
            ]
            .contains(section);
            let is_other = is_other || section.starts_with("sum ") || section.starts_with("rate");
            let is_other = is_other || said_beside(section).is_some();
            assert!(is_role || is_part || is_other, "{section}");
            assert!(!names.is_empty(), "{section}");
            let twice = names.iter().find(|name| is_role && !seen.insert(*name));
            assert_eq!(twice, None, "{section}");
        }
    }

    #[test]
    fn no_answer_says_both_and_consent_to_something_else_is_none() {
        let headers = Headers::read();
        for text in headers.section("agreed") {
            assert!(!headers.section("refused").contains(text), "{text}");
        }
        for (text, expected) in [
            ("Y", Some(true)),
            (" 동의 함", Some(true)),
            ("NEVER_SUBSCRIBED", Some(false)),
            ("미동의", Some(false)),
            ("VIP", None),
            ("", None),
        ] {
            assert_eq!(headers.answer(text), expected, "{text}");
        }
        for (header, expected) in [
            ("수신동의", true),
            ("SMS 수신동의", true),
            ("Accepts Marketing", true),
            ("opt-in", true),
            ("개인정보 수집 동의", false),
            ("마케팅 수신동의 일시", false),
            ("Email opt-out", false),
            ("marketing channel", false),
        ] {
            assert_eq!(headers.consent_rank(header).is_some(), expected, "{header}");
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
