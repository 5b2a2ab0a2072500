//! The money that a file's amounts are in, as far as the file says so. It stands beside amounts on the page; nothing is
//! converted, no calculation and no saved table of numbers knows of it.

use serde::{Deserialize, Serialize};

/// A currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Currency {
    /// South Korean won.
    Krw,
    /// US dollar.
    Usd,
    /// Euro.
    Eur,
    /// Japanese yen.
    Jpy,
    /// Pound sterling.
    Gbp,
}

impl Currency {
    /// All.
    pub const ALL: [Self; 5] = [Self::Krw, Self::Usd, Self::Eur, Self::Jpy, Self::Gbp];

    /// The ISO 4217 code in small letters, used in settings and options.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Krw => "krw",
            Self::Usd => "usd",
            Self::Eur => "eur",
            Self::Jpy => "jpy",
            Self::Gbp => "gbp",
        }
    }

    /// The currency with this [`Currency::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.key() == key)
    }

    /// How it is marked; `¥` may be yen or yuan and says nothing.
    const fn marks(self) -> &'static [&'static str] {
        match self {
            Self::Krw => &["krw", "원", "₩", "￦"],
            Self::Usd => &["usd", "$", "달러"],
            Self::Eur => &["eur", "€", "유로"],
            Self::Jpy => &["jpy", "円", "엔"],
            Self::Gbp => &["gbp", "£"],
        }
    }

    fn marked(mark: &str) -> Option<Self> {
        let mark = mark.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|currency| currency.marks().contains(&mark.as_str()))
    }

    /// The currency that the last word of a header names, as in `결제금액(원)`, `Total (KRW)`, `revenue_usd`.
    fn of_header(header: &str) -> Option<Self> {
        let is_between = |letter: char| {
            letter.is_whitespace()
                || matches!(letter, '(' | ')' | '[' | ']' | '_' | '-' | '/' | ',' | ':')
        };
        let mut words = header.split(is_between).filter(|word| !word.is_empty());
        let first = words.next()?;
        // A header of one word that ends so (회원, 지원) is no amount in won.
        words.next_back().map_or_else(
            || Self::marked(first).filter(|_| first.is_ascii()),
            Self::marked,
        )
    }

    /// The mark that a cell's number begins or ends with.
    fn of_cell(cell: &str) -> Option<Self> {
        let is_of_number = |letter: char| letter.is_ascii_digit() || " -+−().,'".contains(letter);
        let mark = cell.trim().trim_matches(is_of_number);
        (mark.len() < cell.trim().len())
            .then(|| Self::marked(mark))
            .flatten()
    }

    /// The currency of a column of amounts, by its header, by the marks in its cells (where no two differ), or by habit:
    /// whole numbers under a Korean header are won.
    pub(super) fn of_column<'a>(
        header: &str,
        cells: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<Self> {
        let named = Self::of_header(header);
        let mut marked = cells.clone().filter_map(Self::of_cell);
        let by_cells = marked
            .next()
            .filter(|first| marked.all(|other| other == *first));
        let is_korean = header.chars().any(|letter| ('가'..='힣').contains(&letter));
        let is_whole = |cell: &str| {
            let cell = cell.trim();
            cell.bytes()
                .all(|byte| byte.is_ascii_digit() || b",-".contains(&byte))
        };
        let by_habit = is_korean && cells.clone().any(|cell| !cell.trim().is_empty()) && {
            let mut cells = cells;
            cells.all(is_whole)
        };
        named.or(by_cells).or(by_habit.then_some(Self::Krw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_a_currency_only_with_a_word_of_its_own() {
        for (header, expected) in [
            ("총 결제금액(KRW)", Some(Currency::Krw)),
            ("결제금액(원)", Some(Currency::Krw)),
            ("revenue_usd", Some(Currency::Usd)),
            ("Total €", Some(Currency::Eur)),
            ("Price, £", Some(Currency::Gbp)),
            ("회원", None),
            ("회원 지원", None),
            ("원", None),
            ("amount", None),
            ("", None),
            ("Income (k$)", None),
        ] {
            assert_eq!(Currency::of_header(header), expected, "{header}");
        }
    }

    #[test]
    fn cells_tell_where_no_two_differ_and_korean_whole_numbers_are_won() {
        let of = |header: &str, cells: &[&str]| Currency::of_column(header, cells.iter().copied());
        assert_eq!(of("amount", &["$1,200.50", "", "-$3"]), Some(Currency::Usd));
        assert_eq!(of("amount", &["12 000 €", "(7 €)"]), Some(Currency::Eur));
        assert_eq!(of("amount", &["12,000원", "₩500"]), Some(Currency::Krw));
        assert_eq!(of("amount", &["$1", "€1"]), None);
        assert_eq!(of("amount", &["1", "2"]), None);
        assert_eq!(of("amount (usd)", &["1", "2"]), Some(Currency::Usd));
        assert_eq!(of("결제금액", &["12,000", "-500"]), Some(Currency::Krw));
        assert_eq!(of("결제금액", &["12.50", "500"]), None);
        assert_eq!(of("결제금액", &["", ""]), None);
    }
}
