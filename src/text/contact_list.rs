//! The words of lists for a mail tool or an ad platform: what they are for, by what customers are reached, and who is
//! left out of them.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::customers::{Reach, ReachableCounts};
use crate::data::Contact;
use crate::export::Purpose;

phrases! {
    list_purpose: "목록을 쓸 곳", "The list is for";
    list_reached_by: "연락할 방법", "Reached by";
    list_fixed: "결과 열", "Columns of results";
    list_fixed_hint: "끄면 저장할 파일에서 빠집니다. 이름은 파일에 적히는 그대로입니다.", "Those that are off are left out of the saved file. The names are those in the file.";
    list_fixed_legend: "저장할 목록의 결과 열", "Columns of results in the saved list";
}

impl Words {
    /// What a list may be for.
    pub const fn purpose(self, purpose: Option<Purpose>) -> &'static str {
        match purpose {
            None => self.pick("분석 (모든 고객과 열)", "analysis (everybody, all columns)"),
            Some(Purpose::Mail) => self.pick("메일·문자 도구", "a mail or text message tool"),
            Some(Purpose::Ads) => self.pick("광고 플랫폼", "an ad platform"),
        }
    }

    /// By what customers are reached.
    pub const fn contact(self, by: Contact) -> &'static str {
        match by {
            Contact::Email => self.pick("이메일", "e-mail"),
            Contact::Phone => self.pick("휴대전화", "phone"),
        }
    }

    /// What is in such a list.
    pub const fn purpose_hint(self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Mail => self.pick(
                "고객 번호, 연락처, 이름(있으면), 세그먼트만 넣습니다.",
                "Holds the customer, the address, the name if there is one, and the segment.",
            ),
            Purpose::Ads => self.pick(
                "연락처와 이름만 email, phone, name 열에 암호화하지 않은 그대로 넣습니다. 고른 방법으로 연락할 수 있는 고객만 들어갑니다.",
                "Holds addresses and names alone, as email, phone and name, in plain text and not hashed, of customers who can be reached in the way chosen.",
            ),
        }
    }

    /// How many rows the saved list has and who is left out of it. `n_listed` of the list are shown, of those who agreed
    /// alone where `is_of_agreed`.
    pub fn list_rows(self, reach: &Reach, n_listed: u64, is_of_agreed: bool) -> String {
        let found = reach.reachable.as_ref();
        let n_rows = self.rows(found.map_or(n_listed, |found| found.n_left));
        let refused = reach.n_refused + reach.n_unanswered;
        let refused = (is_of_agreed && refused > 0).then(|| self.left_refused(refused));
        let left: Vec<String> = (found.into_iter())
            .flat_map(|found| self.left_unreachable(found))
            .chain(refused)
            .collect();
        let said = self.either(
            format!("이 목록은 {n_rows}으로 저장됩니다."),
            format!("This list is saved with {n_rows}."),
        );
        if left.is_empty() {
            return said;
        }
        let left = left.join(", ");
        self.either(
            format!("{said} 빠지는 고객: {left}."),
            format!("{said} Left out: {left}."),
        )
    }

    fn left_refused(self, n: u64) -> String {
        let n = self.count(n);
        self.either(
            format!("동의하지 않음 {n}명"),
            format!("{n} who did not agree"),
        )
    }

    fn left_unreachable(self, found: &ReachableCounts) -> Vec<String> {
        let n = |n: u64| self.count(n);
        let by = self.contact(found.by);
        let without = (found.n_without > 0).then(|| {
            let n = n(found.n_without);
            match (self.language, found.by) {
                (Language::Ko, _) => format!("쓸 수 있는 {by} 없음 {n}명"),
                (Language::En, Contact::Email) => format!("{n} without a usable e-mail address"),
                (Language::En, Contact::Phone) => format!("{n} without a usable phone number"),
            }
        });
        let repeated = (found.n_repeated > 0).then(|| {
            let n = n(found.n_repeated);
            self.either(
                format!("더 우수한 고객과 {by} 같음 {n}명"),
                match found.by {
                    Contact::Email => format!("{n} with the e-mail address of a better customer"),
                    Contact::Phone => format!("{n} with the phone number of a better customer"),
                },
            )
        });
        without.into_iter().chain(repeated).collect()
    }

    /// The line of a fold of boxes, with how many of them are ticked.
    pub fn ticked_of(self, name: &str, n_ticked: usize, n: usize) -> String {
        self.either(
            format!("{name} ({n}개 가운데 {n_ticked}개)"),
            format!("{name} ({n_ticked} of {n})"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KO: Words = Words::new(Language::Ko);
    const EN: Words = Words::new(Language::En);

    #[test]
    fn folds_say_how_many_boxes_are_ticked() {
        assert_eq!(KO.ticked_of("군집", 1, 4), "군집 (4개 가운데 1개)");
        assert_eq!(EN.ticked_of("Clusters", 1, 4), "Clusters (1 of 4)");
    }

    #[test]
    fn rows_are_told_with_everybody_who_is_left_out() {
        let mut reach = Reach {
            n_refused: 3,
            n_unanswered: 1,
            ..Reach::default()
        };
        assert_eq!(
            EN.list_rows(&reach, 1_200, false),
            "This list is saved with 1,200 rows."
        );
        assert_eq!(
            KO.list_rows(&reach, 1_200, true),
            "이 목록은 1,200행으로 저장됩니다. 빠지는 고객: 동의하지 않음 4명."
        );
        reach.reachable = Some(ReachableCounts {
            by: Contact::Email,
            n_left: 1,
            n_without: 20,
            n_repeated: 2,
        });
        assert_eq!(
            EN.list_rows(&reach, 23, true),
            "This list is saved with 1 row. Left out: 20 without a usable e-mail address, 2 with the e-mail address of a better customer, 4 who did not agree."
        );
        assert_eq!(
            KO.list_rows(&reach, 23, false),
            "이 목록은 1행으로 저장됩니다. 빠지는 고객: 쓸 수 있는 이메일 없음 20명, 더 우수한 고객과 이메일 같음 2명."
        );
    }
}
