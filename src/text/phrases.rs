//! Short texts that stand alone: labels, headings, hints. One line each, both languages side by side.
//!
//! Sentences with numbers in them are functions of their own in the files that use this macro.

/// Gives [`Words`](super::Words) one method for each phrase, documented by its English text.
macro_rules! phrases {
    ($($name:ident: $ko:literal, $en:literal;)*) => {
        impl $crate::text::Words {
            $(
                #[doc = $en]
                pub const fn $name(self) -> &'static str {
                    self.pick($ko, $en)
                }
            )*
        }
    };
}

pub(crate) use phrases;
