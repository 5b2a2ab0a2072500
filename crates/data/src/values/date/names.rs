//! What months, days of the week and zones are called, in lower case: English, German, French, Spanish, Italian,
//! Portuguese and Dutch; zones as shop systems write them.
//!
//! A language is a name more in each line. Beginnings of names are read too, so that abbreviations need no list.

/// The months; what is an abbreviation and no beginning stands on its own.
pub(super) const MONTHS: [&str; 12] = [
    "january januar janvier enero gennaio janeiro januari jänner",
    "february februar février fevrier febrero febbraio fevereiro februari feber",
    "march märz maerz mrz mars marzo março marco maart mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dicembre dezembro",
];

/// What most months begin with; asked first, since columns of a million dates are mostly in these.
const ENGLISH: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// What the names in [`MONTHS`] begin with.
const INITIALS: [char; 11] = ['a', 'd', 'e', 'f', 'g', 'j', 'l', 'm', 'n', 'o', 's'];

const WEEKDAYS: [&str; 7] = [
    "monday montag lundi lunes lunedì segunda maandag",
    "tuesday dienstag mardi martes martedì terça dinsdag",
    "wednesday mittwoch mercredi miércoles mercoledì quarta woensdag",
    "thursday donnerstag jeudi jueves giovedì quinta donderdag",
    "friday freitag vendredi viernes venerdì sexta vrijdag",
    "saturday samstag sonnabend samedi sábado sabado sabato zaterdag",
    "sunday sonntag dimanche domingo domenica zondag",
];

const ZONES: [&str; 40] = [
    "z", "ut", "utc", "gmt", "kst", "jst", "pst", "pdt", "mst", "mdt", "cst", "cdt", "est", "edt",
    "akst", "akdt", "hst", "ast", "adt", "nst", "brt", "art", "wet", "west", "bst", "ist", "cet",
    "cest", "mez", "mesz", "eet", "eest", "msk", "sgt", "hkt", "awst", "aest", "aedt", "nzst",
    "nzdt",
];

/// The month, from 1, that a word names or begins to name.
pub(super) fn month_of(word: &str) -> Option<u32> {
    // Most texts are no dates, and seldom begin as one.
    if word.len() < 3 || !word.starts_with(INITIALS) {
        return None;
    }
    let english = ENGLISH.iter().position(|begin| word.starts_with(begin));
    let place = english.filter(|&place| begins_one_of(word, MONTHS[place]));
    let place = place.or_else(|| MONTHS.iter().position(|&names| begins_one_of(word, names)))?;
    Some(place as u32 + 1)
}

/// Whether a word is a day of the week or the beginning of one: `fr`, `mié`, `thurs`.
pub(super) fn is_weekday(word: &str) -> bool {
    word.len() >= 2 && WEEKDAYS.iter().any(|names| begins_one_of(word, names))
}

/// Whether a word is a zone.
pub(super) fn is_zone(word: &str) -> bool {
    ZONES.contains(&word)
}

fn begins_one_of(word: &str, names: &str) -> bool {
    names.split(' ').any(|name| name.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_begins_as_is_said() {
        let names = MONTHS.iter().flat_map(|names| names.split(' '));
        let initials: std::collections::BTreeSet<char> =
            names.filter_map(|name| name.chars().next()).collect();
        assert!(initials.into_iter().eq(INITIALS));
    }

    #[test]
    fn no_name_of_a_month_is_that_of_another() {
        for (place, names) in MONTHS.iter().enumerate() {
            for name in names.split(' ') {
                assert_eq!(month_of(name), Some(place as u32 + 1), "{name}");
            }
        }
    }
}
