//! That rows are dated after today, in words: how many, and what to do.

use super::Words;
use crate::data::ToCome;

impl Words {
    /// The sentence with what to do.
    pub fn to_come(self, own: ToCome) -> String {
        let (rows, last) = (self.rows(own.n_rows), self.day(own.last));
        let today = self.day(own.today);
        self.either(
            format!(
                "오늘({today})보다 뒤의 날짜가 있습니다. {rows}이고 가장 늦은 날짜는 {last}입니다. 아직 오지 않은 날의 주문이라 최근성이 모두 틀어집니다. 기준일을 오늘로 정하거나, 파일에서 그 행을 고치거나 빼세요."
            ),
            format!(
                "Dated after today ({today}): {rows}, the last on {last}. Nobody can have ordered then, and what counts from the last day is off for everybody. Set the as-of date to today, or mend these rows or leave them out of the file."
            ),
        )
    }

    /// The button that does so.
    pub const fn to_come_set(self) -> &'static str {
        self.pick("기준일을 오늘로", "Set the as-of date to today")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn the_sentence_names_how_many_rows_and_the_day_that_would_do() {
        let own = ToCome {
            n_rows: 12,
            last: "2099-01-01".parse().unwrap(),
            today: "2026-06-30".parse().unwrap(),
        };
        let [ko, en] = [Language::Ko, Language::En].map(|one| Words::new(one).to_come(own));
        assert!(
            en.starts_with("Dated after today (30 Jun 2026): 12 rows, the last on 1 Jan 2099.")
        );
        assert!(
            ko.starts_with("오늘(2026. 6. 30.)보다 뒤의 날짜가 있습니다. 12행이고"),
            "{ko}"
        );
    }
}
