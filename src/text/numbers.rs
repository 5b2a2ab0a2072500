//! Numbers as people read them: counts, amounts, shares and durations, in Korean and English habits.
//!
//! Alone, compact amounts count in 만, 억, 조 and 경 in Korean and in K, M, B and T in English, always with one decimal; the
//! full value is always one method away. Under each other they share a unit ([`Words::unit_of`]), in which the smallest
//! keeps its digits. Negative numbers get U+2212. Alone, amounts carry the file's currency where that is known.

use super::{Language, Words};
use crate::analysis::profile::Counted;
use crate::data::{Currency, Money};

/// Amounts in a table are written out rather than in a unit that hides the small ones, up to so many digits.
const LONGEST_IN_TABLE: f64 = 1e7;

/// The most decimals of a value on an axis.
const MOST_AXIS_DECIMALS: i32 = 9;

/// A share that misses all, or nothing, by less than this does so by rounding of sums alone.
const SUM_ERROR: f64 = 1e-12;

const fn currency_name(currency: Currency) -> &'static str {
    match currency {
        Currency::Krw => "원",
        Currency::Usd => "달러",
        Currency::Eur => "유로",
        Currency::Jpy => "엔",
        Currency::Gbp => "파운드",
    }
}

const fn currency_sign(currency: Currency) -> &'static str {
    match currency {
        Currency::Krw => "₩",
        Currency::Usd => "$",
        Currency::Eur => "€",
        Currency::Jpy => "¥",
        Currency::Gbp => "£",
    }
}

const KOREAN_UNITS: [(f64, &str); 4] = [(1e16, "경"), (1e12, "조"), (1e8, "억"), (1e4, "만")];
const ENGLISH_UNITS: [(f64, &str); 4] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")];

impl Words {
    /// A count with separators: `541,909`.
    pub fn count(self, count: u64) -> String {
        grouped(&count.to_string())
    }

    /// A count of customers with its noun: `158명`, `158 customers`.
    pub fn customers(self, count: u64) -> String {
        self.counted(count, "명", "customer", "customers")
    }

    /// A count of orders with its noun: `158건`, `158 orders`.
    pub fn orders(self, count: u64) -> String {
        self.counted(count, "건", "order", "orders")
    }

    /// A count of rows with its noun: `158행`, `158 rows`.
    pub fn rows(self, count: u64) -> String {
        self.counted(count, "행", "row", "rows")
    }

    /// A count of what a profile counts as orders.
    pub fn orders_or_rows(self, counted: Counted, count: u64) -> String {
        match counted {
            Counted::Orders => self.orders(count),
            Counted::Rows => self.rows(count),
        }
    }

    /// A count with its Korean counter or English noun.
    pub(super) fn counted(self, count: u64, counter: &str, singular: &str, plural: &str) -> String {
        let number = self.count(count);
        match self.language {
            Language::Ko => format!("{number}{counter}"),
            Language::En if count == 1 => format!("{number} {singular}"),
            Language::En => format!("{number} {plural}"),
        }
    }

    /// The English verb that agrees with a count: `is` with one, `are` with none and with more.
    pub(super) const fn verb(count: u64, one: &'static str, more: &'static str) -> &'static str {
        if count == 1 { one } else { more }
    }

    /// Money, compact: `1.2억 원`, `₩123.5M`.
    pub fn money(self, money: Money) -> String {
        self.amount(money.to_f64())
    }

    /// Money to its last digit, with separators: `8,911,407.904`. Where amounts have decimals, each has two at least,
    /// so that they stand under each other: `312.00`.
    pub fn money_full(self, money: Money) -> String {
        let mut text = money.to_string();
        if money.scale() > 0 && !money.is_zero() {
            let n_decimals = text
                .split_once('.')
                .map_or(0, |(_, decimals)| decimals.len());
            if n_decimals == 0 {
                text.push('.');
            }
            text.extend(std::iter::repeat_n('0', 2_usize.saturating_sub(n_decimals)));
        }
        self.in_currency(grouped(&text))
    }

    /// An amount that is not shortened: `223,700원`.
    pub fn full_amount(self, amount: f64) -> String {
        self.in_currency(self.number(amount))
    }

    /// An amount with the file's currency, where that is known: `12,000원`, `1.2억 원`, `₩12,000`, `−$5`.
    fn in_currency(self, amount: String) -> String {
        let Some(currency) = self
            .currency
            .filter(|_| amount.ends_with(char::is_alphanumeric))
        else {
            return amount;
        };
        match self.language {
            Language::Ko => {
                let name = currency_name(currency);
                match amount.ends_with(|last: char| last.is_ascii_digit()) {
                    true => format!("{amount}{name}"),
                    // They stay on one line.
                    false => format!("{amount}\u{a0}{name}"),
                }
            }
            Language::En => {
                let sign = currency_sign(currency);
                match amount.strip_prefix('\u{2212}') {
                    Some(size) => format!("\u{2212}{sign}{size}"),
                    None => format!("{sign}{amount}"),
                }
            }
        }
    }

    /// A currency, as it is chosen.
    pub const fn currency(self, currency: Currency) -> &'static str {
        match currency {
            Currency::Krw => self.pick("원 (KRW)", "Won ₩ (KRW)"),
            Currency::Usd => self.pick("달러 (USD)", "Dollar $ (USD)"),
            Currency::Eur => self.pick("유로 (EUR)", "Euro € (EUR)"),
            Currency::Jpy => self.pick("엔 (JPY)", "Yen ¥ (JPY)"),
            Currency::Gbp => self.pick("파운드 (GBP)", "Pound £ (GBP)"),
        }
    }

    /// An amount, compact: `1.2억 원`, `₩123.5M`; small ones as [`Words::number`].
    pub fn amount(self, amount: f64) -> String {
        self.in_currency(self.compact(amount))
    }

    /// An amount without its currency, compact.
    fn compact(self, amount: f64) -> String {
        let units = self.units();
        // A value that rounds up to the next unit is written in it: 99,999,999 is 1.0억, not 10,000.0만; 95,000,000 is
        // 9,500.0만, since it does not.
        let smaller = units.iter().skip(1).map(|(size, _)| size / 10.0);
        let mut steps = units.iter().zip(smaller.chain([0.0]));
        let unit = steps.find(|((size, _), step)| match *step {
            0.0 => amount.abs() >= *size,
            step => (amount.abs() / step).round() * step >= *size,
        });
        match unit {
            Some(((size, name), _)) => {
                format!("{}{name}", grouped(&format!("{:.1}", amount / size)))
            }
            None => self.number(amount),
        }
    }

    /// One unit for amounts that stand under each other: the largest in which each of them is one at least, with as many
    /// decimals for all.
    pub fn unit_of(self, amounts: impl IntoIterator<Item = f64>) -> AmountUnit {
        self.unit_within(&Span::of(amounts), 1.0, LONGEST_IN_TABLE)
    }

    /// An amount in the unit of its column: `234.5K`, `1.0K`; one that is too small for it as `<0.1K`.
    pub fn amount_in(self, unit: AmountUnit, amount: f64) -> String {
        if !amount.is_finite() {
            return "–".to_owned();
        }
        let AmountUnit {
            size,
            name,
            decimals,
        } = unit;
        let number = |value: f64| grouped(&format!("{value:.decimals$}"));
        let least = 0.1_f64.powi(decimals as i32);
        match amount / size {
            0.0 => "0".to_owned(),
            value if value.abs() < least / 2.0 => format!("<{}{name}", number(least)),
            value => format!("{}{name}", number(value)),
        }
    }

    /// The values of an axis, all in one unit and exact: with as many decimals as their steps need.
    pub fn axis_amounts(self, values: &[f64]) -> Vec<String> {
        let unit = self.unit_within(&Span::of(values.iter().copied()), 0.1, f64::INFINITY);
        let is_exact = |decimals: i32| {
            let scaled = |value: &f64| value / unit.size * 10_f64.powi(decimals);
            let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
            values.iter().map(scaled).all(is_whole)
        };
        let decimals = (0..=MOST_AXIS_DECIMALS).find(|&decimals| is_exact(decimals));
        let decimals = decimals.unwrap_or(MOST_AXIS_DECIMALS) as usize;
        let text = |value: &f64| match *value {
            0.0 => "0".to_owned(),
            value => format!("{}{}", self.decimal(value / unit.size, decimals), unit.name),
        };
        values.iter().map(text).collect()
    }

    /// The largest unit of which the least amount has `share` at least, as long as the others are no longer than that.
    fn unit_within(self, span: &Span, share: f64, longest: f64) -> AmountUnit {
        let units = self.units();
        let mut sizes = units.iter().filter(|(size, _)| span.most >= *size);
        let mut unit = sizes.next().copied();
        while let Some((size, _)) = unit {
            let next = sizes.next().copied();
            let is_readable = span.most / next.map_or(1.0, |(size, _)| size) < longest;
            if span.least >= size * share || !is_readable {
                break;
            }
            unit = next;
        }
        let (size, name) = unit.unwrap_or((1.0, ""));
        let decimals = match (unit, span.most) {
            (Some(_), most) => usize::from(most / size < 1e4 && span.least / size < 100.0),
            (None, 1000.0..) => 0,
            (None, _) if span.is_whole => 0,
            (None, _) => 2,
        };
        AmountUnit {
            size,
            name,
            decimals,
        }
    }

    const fn units(self) -> &'static [(f64, &'static str)] {
        match self.language {
            Language::Ko => &KOREAN_UNITS,
            Language::En => &ENGLISH_UNITS,
        }
    }

    /// A number with separators, without decimals from a thousand up and with at most two below: `12.5`, `3,012`.
    pub fn number(self, number: f64) -> String {
        let decimals = if number.abs() < 1000.0 { 2 } else { 0 };
        self.decimal(number, decimals)
    }

    /// A number with separators and at most this many decimals, without trailing zeros.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        if !number.is_finite() {
            return "–".to_owned();
        }
        let text = format!("{number:.decimals$}");
        let text = match text.split_once('.') {
            Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
            None => &text,
        };
        grouped(if text == "-0" { "0" } else { text })
    }

    /// A number with separators and exactly this many decimals, as in a column of its like: `0.700`.
    pub fn fixed(self, number: f64, decimals: usize) -> String {
        if !number.is_finite() {
            return "–".to_owned();
        }
        let text = format!("{number:.decimals$}");
        let is_nothing = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
        grouped(text.trim_start_matches(if is_nothing { "-" } else { "" }))
    }

    /// A number with at least four digits that count, however small it is: `1.483`, `0.02862`, `0.000001234`.
    pub fn significant(self, number: f64) -> String {
        let decimals = (0..12).find(|&n| number.abs() * 10_f64.powi(n) >= 1.0);
        self.decimal(number, decimals.map_or(3, |n| n as usize + 3))
    }

    /// How often chance alone would give as much: `0.0412`, or `< 0.0001`.
    pub fn p_value(self, p: f64) -> String {
        match p < 0.0001 {
            true => "< 0.0001".to_owned(),
            false => self.decimal(p, 4),
        }
    }

    /// A share between 0 and 1 with one decimal: `74.6%`. What is not nothing and not all is never written as if it were:
    /// `<0.1%`, `>99.9%`.
    pub fn share(self, share: f64) -> String {
        if !share.is_finite() {
            return "–".to_owned();
        }
        let size = share.abs();
        if size < SUM_ERROR {
            return "0.0%".to_owned();
        }
        let text = grouped(&format!("{:.1}", share * 100.0));
        match text.as_str() {
            "0.0" => "<0.1%".to_owned(),
            "−0.0" => ">−0.1%".to_owned(),
            "100.0" if share < 1.0 - SUM_ERROR => ">99.9%".to_owned(),
            _ => format!("{text}%"),
        }
    }

    /// A number of days with at most one decimal: `12일`, `12 days`.
    pub fn days(self, days: f64) -> String {
        let number = self.decimal(days, 1);
        match self.language {
            Language::Ko => format!("{number}일"),
            Language::En if number == "1" => "1 day".to_owned(),
            Language::En => format!("{number} days"),
        }
    }

    /// A size of memory or of a file: `3.4 MB`, in powers of a thousand.
    pub fn bytes(self, n_bytes: u64) -> String {
        let size = n_bytes as f64;
        let (divisor, unit) = match n_bytes {
            0..1_000 => (1.0, "B"),
            1_000..1_000_000 => (1e3, "KB"),
            1_000_000..1_000_000_000 => (1e6, "MB"),
            _ => (1e9, "GB"),
        };
        format!("{} {unit}", self.decimal(size / divisor, 1))
    }
}

/// The unit of a column of amounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AmountUnit {
    size: f64,
    name: &'static str,
    decimals: usize,
}

/// The sizes of amounts that share a unit.
struct Span {
    /// The smallest that is not nothing.
    least: f64,
    most: f64,
    is_whole: bool,
}

impl Span {
    fn of(amounts: impl IntoIterator<Item = f64>) -> Self {
        let mut span = Self {
            least: f64::INFINITY,
            most: 0.0,
            is_whole: true,
        };
        for size in amounts.into_iter().map(f64::abs) {
            if size.is_finite() && size > 0.0 {
                span.least = span.least.min(size);
                span.most = span.most.max(size);
                span.is_whole &= size.fract() == 0.0;
            }
        }
        span
    }
}

/// A plain decimal with separators in its whole part and a real minus sign.
fn grouped(plain: &str) -> String {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", plain),
    };
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::with_capacity(plain.len() + whole.len() / 3 + 2);
    text.push_str(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(fraction);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Role, WorkbookProblem};

    const KO: Words = Words::new(Language::Ko);
    const EN: Words = Words::new(Language::En);

    #[test]
    fn amounts_carry_the_currency_of_the_file_and_nothing_else_does() {
        let [ko, en] = [KO, EN].map(|words| words.with_currency(Some(Currency::Krw)));
        assert_eq!(ko.amount(1_234.0), "1,234원");
        assert_eq!(ko.amount(-123_456_789.0), "−1.2억\u{a0}원");
        assert_eq!(en.amount(-1_234.0), "−₩1.2K");
        assert_eq!(ko.money_full(Money::new(12_000, 0)), "12,000원");
        let dollars = EN.with_currency(Some(Currency::Usd));
        assert_eq!(dollars.money_full(Money::new(1_250, 2)), "$12.50");
        assert_eq!(dollars.amount(f64::NAN), "–");
        assert_eq!(dollars.count(1_234), "1,234");
        assert_eq!(dollars.bare().amount(1_234.0), "1.2K");
    }

    #[test]
    fn amounts_are_compact_in_the_habit_of_each_language() {
        for (amount, ko, en) in [
            (0.0, "0", "0"),
            (12.345, "12.35", "12.35"),
            (999.0, "999", "999"),
            (1_234.0, "1,234", "1.2K"),
            (9_999.0, "9,999", "10.0K"),
            (12_345.0, "1.2만", "12.3K"),
            (999_960.0, "100.0만", "1.0M"),
            (950_000.0, "95.0만", "950.0K"),
            (9_999_000.0, "999.9만", "10.0M"),
            (10_000_000.0, "1,000.0만", "10.0M"),
            (95_000_000.0, "9,500.0만", "95.0M"),
            (99_999_499.0, "9,999.9만", "100.0M"),
            (99_999_999.0, "1.0억", "100.0M"),
            (999_949_999.0, "10.0억", "999.9M"),
            (999_960_000_000.0, "9,999.6억", "1.0T"),
            (123_456_789.0, "1.2억", "123.5M"),
            (1_230_000_000_000.0, "1.2조", "1.2T"),
            (9_500_000_000_000_000.0, "9,500.0조", "9,500.0T"),
            (12_000_000_000_000_000.0, "1.2경", "12,000.0T"),
            (-12_345.0, "−1.2만", "−12.3K"),
        ] {
            assert_eq!(KO.amount(amount), ko);
            assert_eq!(EN.amount(amount), en);
        }
    }

    #[test]
    fn amounts_of_a_column_share_a_unit_and_none_of_them_vanishes() {
        for (amounts, ko, en) in [
            (
                &[123_456_789.0, 50_000_000.0, 0.0][..],
                "12,346만 · 5,000만 · 0",
                "123.5M · 50.0M · 0",
            ),
            (
                &[123_456_789.0, 34_000.0],
                "12,346만 · 3만",
                "123,457K · 34K",
            ),
            (
                &[999_000.0, 1_000_000.0],
                "99.9만 · 100.0만",
                "999K · 1,000K",
            ),
            (&[1_000.0, 20_500.0], "1,000 · 20,500", "1.0K · 20.5K"),
            (&[12_345.0, 312.5], "12,345 · 312", "12,345 · 312"),
            (&[312.5, 99.0], "312.50 · 99.00", "312.50 · 99.00"),
            (&[312.0, 99.0], "312 · 99", "312 · 99"),
            (&[2e9, 120.0], "200,000만 · <1만", "2,000,000K · <1K"),
            (
                &[-12_345.0, -20_000.0],
                "−1.2만 · −2.0만",
                "−12.3K · −20.0K",
            ),
            (&[f64::NAN, 5.0], "– · 5", "– · 5"),
            (&[], "", ""),
        ] {
            let said = |words: Words| {
                let unit = words.unit_of(amounts.iter().copied());
                let texts = amounts.iter().map(|amount| words.amount_in(unit, *amount));
                texts.collect::<Vec<_>>().join(" · ")
            };
            assert_eq!(said(KO), ko);
            assert_eq!(said(EN), en);
        }
    }

    #[test]
    fn an_axis_has_one_unit_and_exact_values() {
        for (values, ko, en) in [
            (
                &[0.0, 500_000.0, 1_000_000.0][..],
                "0 · 50만 · 100만",
                "0 · 0.5M · 1M",
            ),
            (
                &[1_000.0, 10_000.0, 100_000.0, 1_000_000.0],
                "0.1만 · 1만 · 10만 · 100만",
                "1K · 10K · 100K · 1,000K",
            ),
            (
                &[1_250_000.0, 1_255_000.0, 1_260_000.0],
                "125만 · 125.5만 · 126만",
                "1.25M · 1.255M · 1.26M",
            ),
            (
                &[0.0, 0.002, 0.004][..],
                "0 · 0.002 · 0.004",
                "0 · 0.002 · 0.004",
            ),
            (
                &[1.0, 100.0, 10_000.0],
                "1 · 100 · 10,000",
                "1 · 100 · 10,000",
            ),
        ] {
            assert_eq!(KO.axis_amounts(values).join(" · "), ko);
            assert_eq!(EN.axis_amounts(values).join(" · "), en);
        }
    }

    #[test]
    fn full_money_keeps_every_digit() {
        for (money, text) in [
            (Money::new(31_200, 2), "312.00"),
            (Money::new(1_125, 1), "112.50"),
            (Money::new(8_911_407_904, 3), "8,911,407.904"),
            (Money::new(-100_005, 2), "−1,000.05"),
            (Money::new(0, 2), "0"),
        ] {
            assert_eq!(KO.money_full(money), text);
        }
    }

    #[test]
    fn verbs_agree_with_their_number() {
        for (said, expected) in [
            (EN.ledger_answer(10, 1), "1 of 10 rows is used"),
            (EN.ledger_answer(10, 2), "2 of 10 rows are used"),
            (EN.ledger_answer(10, 0), "0 of 10 rows are used"),
            (
                EN.emptied_customers(1).unwrap(),
                "1 customer was given back",
            ),
            (
                EN.customers_set_aside(1).unwrap(),
                "1 customer is set aside by column treatments and has no scores",
            ),
            (
                EN.customers_set_aside(2).unwrap(),
                "2 customers are set aside by column treatments and have no scores",
            ),
            (EN.few_readable(Role::Date, 1, 9), "only 1 reads as dates"),
            (
                EN.workbook_problem(&WorkbookProblem::OnlyCharts { n_sheets: 1 }),
                "The only sheet of this workbook is a chart.",
            ),
        ] {
            assert!(said.contains(expected), "{said}");
        }
    }

    #[test]
    fn counted_nouns_agree_with_their_number() {
        for (count, ko, en) in [
            (0, "0명", "0 customers"),
            (1, "1명", "1 customer"),
            (4338, "4,338명", "4,338 customers"),
        ] {
            assert_eq!(KO.customers(count), ko);
            assert_eq!(EN.customers(count), en);
        }
        assert_eq!(EN.orders(1), "1 order");
        assert_eq!(EN.n_columns(1), "1 column");
        assert_eq!(KO.rows(541_909), "541,909행");
    }

    #[test]
    fn shares_have_one_decimal() {
        for (share, text) in [(0.746, "74.6%"), (1.5, "150.0%"), (-0.25, "−25.0%")] {
            assert_eq!(KO.share(share), text);
        }
        assert_eq!(EN.share(f64::NAN), "–");
    }

    #[test]
    fn a_share_is_nothing_or_all_only_where_it_is() {
        for (share, text) in [
            (0.0, "0.0%"),
            (-0.0, "0.0%"),
            (1.0 / 9_000.0, "<0.1%"),
            (0.000_499, "<0.1%"),
            (0.000_501, "0.1%"),
            (-0.000_4, ">−0.1%"),
            (0.999_4, "99.9%"),
            (0.999_6, ">99.9%"),
            (8_999.0 / 9_000.0, ">99.9%"),
            (1.0, "100.0%"),
            (0.1 + 0.2 + 0.7, "100.0%"),
            (1.0 - 1e-15, "100.0%"),
        ] {
            assert_eq!(EN.share(share), text, "{share}");
        }
    }

    #[test]
    fn days_have_at_most_one_decimal() {
        for (days, ko, en) in [
            (1.0, "1일", "1 day"),
            (12.0, "12일", "12 days"),
            (12.5, "12.5일", "12.5 days"),
            (1234.0, "1,234일", "1,234 days"),
        ] {
            assert_eq!(KO.days(days), ko);
            assert_eq!(EN.days(days), en);
        }
    }

    #[test]
    fn numbers_of_a_column_have_the_same_decimals() {
        for (number, text) in [
            (0.7, "0.700"),
            (-1234.5678, "−1,234.568"),
            (-0.0001, "0.000"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(EN.fixed(number, 3), text);
        }
    }

    #[test]
    fn a_tiny_negative_is_nothing() {
        assert_eq!(EN.decimal(-0.0001, 2), "0");
        assert_eq!(EN.decimal(-1234.5, 2), "−1,234.5");
        assert_eq!(EN.bytes(3_400_000), "3.4 MB");
    }
}
