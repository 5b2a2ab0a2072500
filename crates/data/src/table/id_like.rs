//! Whether a column of digits names something rather than counts it: phone numbers, postal codes, order numbers.
//!
//! Such a column has no mean. It is known by its header's last word, by leading zeros, by one great length, or by
//! running through all numbers once. Where nothing of that holds it stays a number: ages, prices, quantities, years.

use super::super::header_words::words_of;

/// Last words of headers that name something.
const NAMING_WORDS: &[&str] = &[
    "id",
    "no",
    "nr",
    "code",
    "zip",
    "zipcode",
    "postcode",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "fax",
    "barcode",
    "sku",
    "ean",
    "upc",
    "isbn",
    "ssn",
];

/// The same, two words long or more.
const NAMING_PHRASES: &[&str] = &[
    "phone number",
    "order number",
    "invoice number",
    "account number",
    "card number",
    "customer number",
    "member number",
    "serial number",
    "postal number",
];

/// Ends of Korean headers that name something.
const NAMING_ENDS: &[&str] = &[
    "번호",
    "코드",
    "아이디",
    "전화",
    "연락처",
    "휴대폰",
    "핸드폰",
    "식별자",
    "바코드",
];

/// Digits from which on one length for all is no chance.
const LONG: usize = 8;
/// Where runs of numbers begin that count nothing.
const HIGH: u64 = 10_000;
/// Rows from which on a run of numbers is no chance.
const MANY_ROWS: u64 = 20;

/// Distinct texts of a column, as far as they are digits alone.
#[derive(Default)]
struct Digits {
    n_texts: u64,
    n_plain: u64,
    n_rows: u64,
    n_rows_with_zero: u64,
    n_round: u64,
    by_length: [u64; 32],
    least: u64,
    most: u64,
}

impl Digits {
    fn note(&mut self, text: &[u8], n_rows: u64) {
        self.n_texts += 1;
        self.n_rows += n_rows;
        if text.is_empty() || text.len() >= self.by_length.len() {
            return;
        }
        let Some(value) = text.iter().try_fold(0_u64, |value, byte| {
            let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
            Some(value.saturating_mul(10).saturating_add(digit))
        }) else {
            return;
        };
        self.least = if self.n_plain == 0 {
            value
        } else {
            self.least.min(value)
        };
        self.most = self.most.max(value);
        self.n_plain += 1;
        self.by_length[text.len()] += 1;
        self.n_round += u64::from(text.ends_with(b"00"));
        if text.len() > 1 && text.starts_with(b"0") {
            self.n_rows_with_zero += n_rows;
        }
    }

    fn are_mostly_plain(&self) -> bool {
        self.n_plain * 20 >= self.n_texts * 19
    }

    /// Nobody writes zeros before a quantity.
    fn have_leading_zeros(&self) -> bool {
        self.n_rows_with_zero > 0 && self.n_rows_with_zero * 100 >= self.n_rows
    }

    /// Amounts of so many digits differ in length, or are round.
    fn are_of_one_great_length(&self) -> bool {
        let most = self.by_length[LONG..].iter().copied().max().unwrap_or(0);
        most * 20 >= self.n_plain * 19 && self.n_plain > 1 && self.n_round * 2 < self.n_plain
    }

    /// Each number once: from 0 or 1 on with hardly a gap, or with few gaps from where counting seldom gets.
    fn are_a_run(&self) -> bool {
        let is_once = self.n_plain * 20 >= self.n_rows * 19 && self.n_rows >= MANY_ROWS;
        let span = self.most - self.least;
        is_once
            && match self.least {
                0 | 1 => span * 20 <= self.n_plain * 21,
                HIGH.. => span < self.n_plain * 2,
                _ => false,
            }
    }
}

/// Whether the column under `header` names things; `texts` are its distinct texts with their rows.
pub(super) fn is_id_like<'a>(header: &str, texts: impl Iterator<Item = (&'a [u8], u64)>) -> bool {
    let mut digits = Digits::default();
    for (text, n_rows) in texts {
        digits.note(text, n_rows);
    }
    digits.are_mostly_plain()
        && digits.n_plain > 0
        && (names_something(header)
            || digits.have_leading_zeros()
            || digits.are_of_one_great_length()
            || digits.are_a_run())
}

fn names_something(header: &str) -> bool {
    let words = words_of(header);
    let phrase = words.join(" ");
    words
        .last()
        .is_some_and(|last| NAMING_WORDS.contains(&last.as_str()))
        || NAMING_PHRASES.iter().any(|end| phrase.ends_with(end))
        || NAMING_ENDS.iter().any(|end| phrase.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, values: impl IntoIterator<Item = impl ToString>, expected: bool) {
        let mut texts: Vec<(String, u64)> = Vec::new();
        for value in values {
            let value = value.to_string();
            match texts.iter_mut().find(|(text, _)| *text == value) {
                Some((_, n_rows)) => *n_rows += 1,
                None => texts.push((value, 1)),
            }
        }
        let texts = texts
            .iter()
            .map(|(text, n_rows)| (text.as_bytes(), *n_rows));
        assert_eq!(is_id_like(header, texts), expected, "{header}");
    }

    /// Numbers that look random, from `least` to `least + span - 1`.
    fn scattered(n: u64, least: u64, span: u64) -> Vec<u64> {
        (0..n).map(|i| least + i * 7_919 * 104_729 % span).collect()
    }

    #[test]
    fn names_made_of_digits_are_known() {
        check("phone", ["01012345678", "01098765432"], true);
        check("contact", ["01012345678", "01098765432"], true);
        check("contact", scattered(40, 1_010_000_000, 89_999_999), true);
        check("area", ["02139", "10001", "94105"], true);
        for header in ["zip", "Postal Code", "ZipCode", "우편번호", "배송 우편번호"] {
            check(header, [94_105, 10_001, 60_601], true);
        }
        for header in [
            "UserID",
            "store_id",
            "Order No.",
            "StockCode",
            "상품코드",
            "Phone Number",
        ] {
            check(header, [17, 17, 4, 23], true);
        }
        check(
            "item",
            scattered(30, 4_000_000_000_000, 999_999_999_999),
            true,
        );
        check("Unnamed: 0", 0..40, true);
        check("seq", (0..50).map(|i| 536_365 + i + i / 3), true);
    }

    #[test]
    fn numbers_stay_numbers() {
        check("age", (0..60).map(|i| 18 + i * 7 % 50), false);
        check("나이", [31, 45, 27], false);
        check("price", scattered(50, 10_000, 90_000), false);
        check("Income", scattered(200, 10_000, 89_999), false);
        check("quantity", (0..50).map(|i| 1 + i % 5), false);
        check("year", 1990..2020, false);
        check("lot size", 1_000..1_050, false);
        check("spending score", (0..60).map(|i| 1 + i * 7 % 100), false);
        check("Year_Birth", (0..80).map(|i| 1940 + i * 13 % 60), false);
        check("매출", (0..40).map(|i| 10_000_000 + i * 1_130_000), false);
        check("points", ["0", "5", "10"], false);
        check("rate", ["0.5", "0.25", "0.125"], false);
        check("temperature", ["-1", "0", "1"], false);
        check("score", [3, 1, 2, 5], false);
        check("number of orders", [3, 1, 2, 5], false);
        for header in [
            "Amount paid",
            "hotel",
            "Kidhome",
            "casino",
            "Total number",
            "prepaid",
        ] {
            check(header, [12, 7, 7, 31], false);
        }
    }

    #[test]
    fn one_stray_zero_does_not_make_a_name() {
        let values = (0..500).map(|i| (i % 9 + 1).to_string());
        check("quantity", values.chain(["00".to_owned()]), false);
    }
}
