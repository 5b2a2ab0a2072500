//! Every word and number format that a person sees, in Korean and English.
//!
//! [`Words`] knows the language; each sentence is a method that names both languages side by side, so that a missing
//! translation does not compile. Invariant: no clock, and no locale of the browser (the language is passed in).

mod advice;
mod app;
mod cluster_categories;
mod cluster_words;
mod clusters;
mod cohort_findings;
mod cohorts;
mod columns;
mod columns_refused;
mod compare;
mod contact_list;
mod contacts;
mod customers;
mod dates;
mod errors;
mod explain;
mod files;
pub(crate) mod findings;
mod held;
mod inspector;
mod intake;
mod joined_names;
mod josa;
mod ledger;
mod lifetime;
mod lifetime_checks;
mod lifetime_pictures;
mod lifetime_tiers;
mod lone_orders;
mod mapping;
mod methods;
mod movement;
mod movement_lacking;
mod movement_reasons;
mod movement_settings;
mod notices;
mod numbers;
mod one_customer;
mod one_customer_picture;
mod overview;
mod packed;
mod phrases;
mod pictures;
mod prediction;
mod prediction_notes;
mod prediction_numbers;
mod prediction_people;
mod privacy;
mod ready;
mod rfm;
mod rules;
mod rules_broken;
mod segments;
mod stability;
#[cfg(test)]
mod testing;
mod to_come;
mod traits;
mod views;
mod work;
mod workbook;

use serde::{Deserialize, Serialize};

use crate::data::Currency;

pub(crate) use cohort_findings::MOST_COHORT_PERIODS;
pub use numbers::AmountUnit;
pub use overview::Aim;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// 한국어
    Ko,
    /// English
    #[default]
    En,
}

impl Language {
    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }
}

/// The words of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub language: Language,
    /// What amounts are in, where it is known and is to be said beside each.
    pub currency: Option<Currency>,
}

impl Words {
    /// The words of `language`.
    pub const fn new(language: Language) -> Self {
        Self {
            language,
            currency: None,
        }
    }

    /// These words with amounts in `currency`.
    #[must_use]
    pub const fn with_currency(self, currency: Option<Currency>) -> Self {
        Self { currency, ..self }
    }

    /// These words with bare amounts, for tables whose every cell would say the same.
    #[must_use]
    pub const fn bare(self) -> Self {
        self.with_currency(None)
    }

    /// The one of two texts that is in this language.
    pub(crate) const fn pick<'a>(self, ko: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Ko => ko,
            Language::En => en,
        }
    }

    /// The one of two composed texts that is in this language.
    pub(crate) fn either(self, ko: String, en: String) -> String {
        match self.language {
            Language::Ko => ko,
            Language::En => en,
        }
    }
}
