//! Korean particles that agree with the final consonant (받침) of the word before them.
//!
//! Hangul is decided by its code point, digits and Latin letters by how they are read; anything else counts as open.
//! Source: the Unicode Standard, section 3.12 (conjoining jamo behaviour).

/// A particle with a form after a final consonant and one after a vowel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Josa {
    /// 은, 는
    Topic,
    /// 이, 가
    Subject,
    /// 을, 를
    Object,
    /// 과, 와
    And,
    /// 으로, 로
    By,
}

/// `word` with the form of `josa` that fits it.
pub(crate) fn with_josa(word: &str, josa: Josa) -> String {
    let ending = ending(word);
    let (closed, open) = match josa {
        Josa::Topic => ("은", "는"),
        Josa::Subject => ("이", "가"),
        Josa::Object => ("을", "를"),
        Josa::And => ("과", "와"),
        Josa::By => ("으로", "로"),
    };
    let takes_open = ending == Ending::Open || (josa == Josa::By && ending == Ending::Rieul);
    format!("{word}{}", if takes_open { open } else { closed })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Open,
    Rieul,
    Closed,
}

fn ending(word: &str) -> Ending {
    let read = |c: &char| c.is_alphanumeric() || *c == '%';
    match word.chars().rev().find(read) {
        Some(syllable @ '가'..='힣') => match (u32::from(syllable) - 0xAC00) % 28 {
            0 => Ending::Open,
            8 => Ending::Rieul,
            _ => Ending::Closed,
        },
        // 일, 칠, 팔 and the letters 엘, 알.
        Some('1' | '7' | '8' | 'l' | 'L' | 'r' | 'R') => Ending::Rieul,
        // 영, 삼, 육 and the letters 엠, 엔.
        Some('0' | '3' | '6' | 'm' | 'M' | 'n' | 'N') => Ending::Closed,
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_agree_with_the_sound_before_them() {
        for (word, josa, expected) in [
            ("챔피언", Josa::Subject, "챔피언이"),
            ("기타", Josa::Topic, "기타는"),
            ("충성 고객", Josa::And, "충성 고객과"),
            ("3,012", Josa::Object, "3,012를"),
            ("1,000", Josa::Object, "1,000을"),
            ("1.2억", Josa::Object, "1.2억을"),
            ("25.9%", Josa::Object, "25.9%를"),
            ("서울", Josa::By, "서울로"),
            ("부산", Josa::By, "부산으로"),
            ("VIP’", Josa::Topic, "VIP’는"),
            ("", Josa::Topic, "는"),
        ] {
            assert_eq!(with_josa(word, josa), expected);
        }
    }
}
