//! The names of columns that joined tables give, in the interface's language.
//!
//! Files and settings call them by their English names, which stay as they are; a column of a person's own file is
//! called by its header. The names are made in `data/table/product_values.rs`, `events.rs` and `attributes.rs`.

use super::Words;

/// Names in files, and their Korean.
const NAMES: [(&str, &str); 7] = [
    ("main category", "주 구매 카테고리"),
    ("number of categories", "구매한 카테고리 수"),
    ("margin", "마진"),
    ("margin rate", "마진율"),
    ("events", "이벤트 수"),
    ("events: other", "그 밖의 이벤트 수"),
    ("days since last event", "마지막 이벤트 뒤 날수"),
];

/// What stands before a name of the file's own, in files and in Korean.
const PREFIXES: [(&str, &str); 2] = [("events: ", "이벤트: "), ("share of tag: ", "태그 비중: ")];

/// What stands before the header of a column of dates where it is how long ago they were.
const DAYS_SINCE: &str = "days since ";

impl Words {
    /// A column by its header; one that a joined table gives by its name in this language.
    pub fn column_name(self, name: &str) -> String {
        self.either(korean(name), name.to_owned())
    }
}

fn korean(name: &str) -> String {
    // A second column of one name has a number: `margin (2)`.
    let (stem, number) = match name.rfind(" (") {
        Some(place) if name.ends_with(')') => name.split_at(place),
        _ => (name, ""),
    };
    let known = |(own, _): &&(&str, &str)| *own == stem;
    if let Some((_, korean)) = NAMES.iter().find(known) {
        return format!("{korean}{number}");
    }
    if let Some(header) = stem.strip_prefix(DAYS_SINCE) {
        return format!("{header}부터 지난 날수{number}");
    }
    let prefixed = PREFIXES.iter().find_map(|(own, korean)| {
        let rest = name.strip_prefix(own)?;
        Some(format!("{korean}{rest}"))
    });
    prefixed.unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn columns_of_joined_tables_have_names_in_both_languages_and_those_of_the_file_their_own() {
        for (name, ko) in [
            ("main category", "주 구매 카테고리"),
            ("margin rate (2)", "마진율 (2)"),
            ("events: other", "그 밖의 이벤트 수"),
            ("events: 장바구니 (앱)", "이벤트: 장바구니 (앱)"),
            ("days since 가입일", "가입일부터 지난 날수"),
            ("share of tag: hot", "태그 비중: hot"),
            ("나이 (만)", "나이 (만)"),
            ("Margin", "Margin"),
        ] {
            assert_eq!(Words::new(Language::Ko).column_name(name), ko);
            assert_eq!(Words::new(Language::En).column_name(name), name);
        }
    }
}
