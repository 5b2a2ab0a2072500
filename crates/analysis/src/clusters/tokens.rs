//! Texts to words: cut at whatever is no letter or digit, Latin letters in lower case.
//!
//! Without tables of Unicode: beside ASCII's signs, blanks, general and CJK punctuation and the full-width signs part
//! words; every other letter stands as it is. A single Latin letter or digit is no word, a single Hangul syllable is.

/// Words that say nothing of what was bought.
const EMPTY: [&str; 13] = [
    "and", "the", "of", "for", "with", "in", "on", "to", "by", "from", "or", "at", "an",
];

/// Longer ones are no words.
const LONGEST: usize = 60;

/// Hands over each word of a text.
pub(super) fn each(text: &str, meet: &mut dyn FnMut(&str)) {
    for word in text.split(parts) {
        let is_short = word.len() < 2 || word.len() > LONGEST;
        let word = word.to_ascii_lowercase();
        if !is_short && !EMPTY.contains(&word.as_str()) {
            meet(&word);
        }
    }
}

/// Whether a sign stands between words.
const fn parts(sign: char) -> bool {
    match sign {
        sign if sign.is_ascii() => !sign.is_ascii_alphanumeric(),
        // Blanks and signs of Latin-1, general punctuation, and what stands for unreadable bytes.
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b4}'
        | '\u{b6}'..='\u{b9}'
        | '\u{bb}'..='\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2000}'..='\u{206f}'
        | '\u{20a0}'..='\u{20cf}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{fffd}' => true,
        // CJK punctuation and full-width signs.
        '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{30fb}' => true,
        '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => true,
        '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '\u{fe0f}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, &mut |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn texts_are_cut_at_signs_of_both_scripts_and_hangul_stays_as_it_is() {
        assert_eq!(
            words("Red T-shirt, (XL)|wool;SCARF/hat  No.12"),
            ["red", "shirt", "xl", "wool", "scarf", "hat", "no", "12"]
        );
        assert_eq!(
            words("면 셔츠·양말、(여름용)「신상」 컵３개"),
            ["면", "셔츠", "양말", "여름용", "신상", "컵３개"]
        );
        assert_eq!(
            words("Crème de la crème — 5€"),
            ["crème", "de", "la", "crème"]
        );
    }

    #[test]
    fn words_that_say_nothing_single_letters_and_endless_ones_are_none() {
        assert_eq!(words("The end of a sea"), ["end", "sea"]);
        assert!(words(&"x".repeat(61)).is_empty());
        assert!(words(" ,;| ").is_empty());
    }
}
