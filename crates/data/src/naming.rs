//! Which of the customers' columns say who somebody is and not what they are like: addresses, phone numbers, names, and
//! texts of which nearly everybody has one of their own. They are offered last where customers are grouped.
//!
//! How to reach somebody is known as lists of contacts know it (`contacts`); a post address by its header and more than
//! a few texts, so that a column of provinces stays among the others. Nothing is forbidden by it.

use super::contacts::{has_share, is_email, is_name, is_phone};
use super::guess::Headers;
use super::{Attribute, AttributeValues, Dataset};

/// A column of post addresses has more texts; so has one of texts that hardly repeat.
const FEW_TEXTS: usize = 20;

impl Dataset {
    /// Of each attribute whether it only names customers.
    pub fn naming(&self) -> Vec<bool> {
        let headers = Headers::read();
        let attributes = self.attributes.iter();
        attributes.map(|own| is_naming(&headers, own)).collect()
    }
}

fn is_naming(headers: &Headers, attribute: &Attribute) -> bool {
    let AttributeValues::Texts { texts, codes } = &attribute.values else {
        return false;
    };
    let is_called = |section: &str| headers.rank(section, &attribute.name).is_some();
    let has = |least: usize, is_so: fn(&str) -> bool| has_share(attribute, least, is_so);
    let hardly_repeats = || {
        let n_known = codes.iter().flatten().count();
        texts.len() * 5 > n_known * 4
    };
    let is_name = || (is_called("person") || is_called("last name")) && has(80, is_name);
    has(90, is_email)
        || is_called("email") && has(50, is_email)
        || is_called("phone") && has(50, is_phone)
        || is_name()
        || texts.len() > FEW_TEXTS && (is_called("post address") || hardly_repeats())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Names;

    /// Whether a column of so many cells only names somebody.
    fn names(header: &str, cell: &dyn Fn(usize) -> String) -> bool {
        let mut texts = Names::default();
        let codes = (0..60).map(|at| Some(texts.intern(cell(at).as_bytes())));
        let codes = codes.collect();
        let attribute = Attribute {
            name: header.to_owned(),
            values: AttributeValues::Texts { texts, codes },
        };
        is_naming(&Headers::read(), &attribute)
    }

    #[test]
    fn what_names_somebody_is_told_from_what_they_are_like() {
        let one_of =
            |texts: &'static [&'static str]| move |at: usize| texts[at % texts.len()].to_owned();
        assert!(names("contact", &|at| format!("c{}@shop.kr", at % 9)));
        assert!(names("휴대폰번호", &|at| format!(
            "010-1234-56{:02}",
            at % 9
        )));
        assert!(names("이름", &one_of(&["김하나", "이둘", "박셋"])));
        assert!(names("배송지 주소", &|at| format!(
            "Seoul {}",
            at % 25
        )));
        assert!(names("비고", &|at| format!("memo {at}")));
        // Provinces, channels and a phone's maker are what somebody is like.
        assert!(!names("주소", &one_of(&["Seoul", "Busan"])));
        assert!(!names("channel", &one_of(&["web", "store"])));
        assert!(!names("phone", &one_of(&["Galaxy", "Pixel"])));
        assert!(!names("product", &|at| format!("p{}", at % 25)));
    }
}
