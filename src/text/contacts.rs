//! The words of consent and contact columns at the lists, of guests on the mapping screen, and of rows left out.

use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::customers::Reach;
use crate::data::{BetterCustomer, Ledger, Reason};

phrases! {
    guests_take: "이것으로 묶기", "Group by it";
    left_out_see: "데이터 화면에서 보기", "See the data view";
}

impl Words {
    /// The box that leaves those in a list who agreed to advertising, with how many they are where that is known.
    pub fn agreed_only(self, n_agreed: Option<u64>) -> String {
        let name = self.pick("동의한 고객만", "Only customers who agreed");
        match n_agreed {
            None => name.to_owned(),
            Some(n) => self.either(
                format!("{name} ({})", self.customers(n)),
                format!("{name} ({})", self.count(n)),
            ),
        }
    }

    /// Which columns say who agreed, and what holds where they differ; nothing where there is none.
    pub fn consent_columns(self, reach: &Reach) -> Option<String> {
        let names = reach.consent.iter().map(|column| {
            let column = self.column_name(column);
            self.either(format!("‘{column}’"), format!("“{column}”"))
        });
        let names: Vec<String> = names.collect();
        let columns = names.join(", ");
        match names.len() {
            0 => None,
            1 => Some(self.either(
                format!("{columns} 열에 가장 최근에 적힌 값을 따릅니다."),
                format!("By the latest value of {columns}."),
            )),
            _ => Some(self.either(
                format!(
                    "{columns} 열에 각각 가장 최근에 적힌 값을 따릅니다. 하나라도 거부했으면 동의하지 않은 것으로 봅니다."
                ),
                format!(
                    "By the latest value of each of {columns}. Who refused in any of them did not agree."
                ),
            )),
        }
    }

    /// How many of a list did not agree; nothing where all did.
    pub fn not_agreed(self, reach: &Reach) -> Option<String> {
        let n_unanswered = reach.n_unanswered;
        let n = reach.n_refused + n_unanswered;
        let blank = (n_unanswered > 0).then(|| {
            self.either(
                format!(" (빈칸 {} 포함)", self.customers(n_unanswered)),
                format!(" ({} of them blank)", self.count(n_unanswered)),
            )
        });
        let blank = blank.unwrap_or_default();
        (n > 0).then(|| {
            self.either(
                format!(
                    "이 목록의 {}은 동의하지 않았습니다{blank}.",
                    self.customers(n)
                ),
                format!("{} in this list did not agree{blank}.", self.customers(n)),
            )
        })
    }

    /// The box that puts contact columns into the saved list, with the kinds that the file has.
    pub fn contact_columns(self, reach: &Reach) -> String {
        let kinds = [
            reach.email.is_some().then(|| self.pick("이메일", "e-mail")),
            (reach.phone.is_some()).then(|| self.pick("휴대전화", "phone")),
            (!reach.names.is_empty()).then(|| self.pick("이름", "name")),
        ];
        let kinds: Vec<&str> = kinds.into_iter().flatten().collect();
        let name = self.pick("연락처 열 넣기", "With contact columns");
        format!("{name} ({})", kinds.join(", "))
    }

    /// How many of a list cannot be reached by e-mail or phone; nothing where all can.
    pub fn not_reached(self, reach: &Reach) -> Option<String> {
        let (email, phone) = (reach.email.as_ref(), reach.phone.as_ref());
        let said = |n: u64, ko: &str, en: &str| {
            (n > 0).then(|| {
                let customers = self.customers(n);
                self.either(
                    format!("{customers}은 {ko}"),
                    match n {
                        1 => format!("{customers} has {en}"),
                        _ => format!("{customers} have {en}"),
                    },
                )
            })
        };
        let without_email = email.and_then(|_| {
            let n = reach.n_without_email;
            said(n, "이메일이 없습니다.", "no e-mail address.")
        });
        let without_phone = phone.and_then(|_| {
            let n = reach.n_without_phone;
            said(n, "휴대전화가 없습니다.", "no phone number.")
        });
        let both = email.zip(phone).and_then(|_| {
            let n = reach.n_without_both;
            said(n, "둘 다 없습니다.", "neither.")
        });
        let all = [without_email, without_phone, both];
        let all: Vec<String> = all.into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    /// That another column names the customers of more rows.
    pub fn guests(self, found: &BetterCustomer) -> String {
        let share = |n_rows: u64| self.whole_share(n_rows, found.n_rows_seen);
        let blank = share(found.n_blank);
        let (own, other) = (&found.own, &found.other);
        match (self.language, found.n_other_blank) {
            (Language::Ko, n_left) => {
                let own = with_josa(&format!("‘{own}’"), Josa::Topic);
                let other = with_josa(&format!("‘{other}’"), Josa::Topic);
                let filled = match n_left {
                    0 => "모두 채워져 있습니다".to_owned(),
                    n => format!("{}만 비어 있습니다", share(n)),
                };
                format!("{own} {blank}가 비어 있습니다. {other} {filled}.")
            }
            (Language::En, 0) => {
                format!(
                    "“{own}” is blank in {blank} of the rows. “{other}” is filled in all of them."
                )
            }
            (Language::En, n) => format!(
                "“{own}” is blank in {blank} of the rows, “{other}” in {} only.",
                share(n)
            ),
        }
    }

    /// That what was given back is not taken off the amounts, and how it can be.
    pub fn given_back(self, amount: &str, found: &str) -> String {
        match self.language {
            Language::Ko => {
                let topic = with_josa(&format!("‘{found}’"), Josa::Topic);
                let object = with_josa(&format!("‘{found}’"), Josa::Object);
                format!(
                    "{topic} 쓴 금액에서 빼지 않습니다. 빼려면 파일에 ‘{amount}’에서 {object} 뺀 열을 만들어 금액으로 고르세요."
                )
            }
            Language::En => format!(
                "“{found}” is not taken off what customers spent. To take it off, add a column to the file with “{amount}” less “{found}” and choose it as the amount."
            ),
        }
    }

    /// How many rows of the files are left out, and mostly why; nothing up to a tenth of those that do not say again what
    /// others say.
    pub fn much_left_out(self, ledger: &Ledger) -> Option<String> {
        // Rows that say again what other rows say are no loss.
        let is_loss = |reason: Reason| {
            !matches!(
                reason,
                Reason::Blank | Reason::Overlap | Reason::Duplicate | Reason::RepeatedTotal
            )
        };
        let buckets = ledger.buckets.iter();
        let left_out = buckets
            .clone()
            .filter(|one| one.reason.is_some_and(is_loss));
        // Neither are they rows of which a share could be lost: three files that overlap would hide what each alone shows.
        let n_said_once: u64 = buckets
            .filter(|one| one.reason.is_none_or(is_loss))
            .map(|one| one.n_rows)
            .sum();
        let n_rows: u64 = left_out.clone().map(|bucket| bucket.n_rows).sum();
        // Of equal ones the first, as they take precedence.
        let largest = left_out.rev().max_by_key(|bucket| bucket.n_rows)?;
        let reason: Reason = largest.reason?;
        let share = self.share(n_rows as f64 / n_said_once as f64);
        let rows = self.rows(n_rows);
        let name = self.reason(reason);
        let is_all = largest.n_rows == n_rows;
        (n_rows * 10 > n_said_once).then(|| {
            let mostly = match (is_all, largest.n_rows * 2 > n_rows) {
                (true, _) => self.pick("모두", "all"),
                (false, true) => self.pick("대부분", "mostly"),
                (false, false) => self.pick("가장 많은 이유는", "most often"),
            };
            self.either(
                format!("{rows}({share})은 빠졌습니다: {mostly} {name}."),
                format!(
                    "{rows} ({share}) are left out: {mostly} {}.",
                    lower_first(name)
                ),
            )
        })
    }

    /// A share of rows in whole percent, with more than nothing as at least 1 %.
    fn whole_share(self, n: u64, of: u64) -> String {
        let percent = (n * 200 + of) / (of * 2).max(1);
        format!("{}%", self.count(percent.max(u64::from(n > 0))))
    }
}

/// The names of reasons begin with an ASCII letter in English.
fn lower_first(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    const KO: Words = Words::new(Language::Ko);
    const EN: Words = Words::new(Language::En);

    fn reach() -> Reach {
        Reach {
            consent: vec!["수신동의".to_owned()],
            n_agreed: 408,
            n_refused: 580,
            n_unanswered: 12,
            email: Some("이메일".to_owned()),
            phone: Some("휴대폰".to_owned()),
            names: vec!["이름".to_owned()],
            n_without_email: 59,
            n_without_phone: 0,
            n_without_both: 0,
            reachable: None,
        }
    }

    #[test]
    fn consent_is_told_with_its_column_and_who_did_not_agree() {
        let reach = reach();
        assert_eq!(KO.agreed_only(Some(408)), "동의한 고객만 (408명)");
        assert_eq!(EN.agreed_only(Some(408)), "Only customers who agreed (408)");
        assert_eq!(EN.agreed_only(None), "Only customers who agreed");
        let column = KO.consent_columns(&reach).unwrap();
        assert_eq!(column, "‘수신동의’ 열에 가장 최근에 적힌 값을 따릅니다.");
        let several = Reach {
            consent: vec!["email_agree".to_owned(), "sms_agree".to_owned()],
            ..reach.clone()
        };
        assert_eq!(
            KO.consent_columns(&several).unwrap(),
            "‘email_agree’, ‘sms_agree’ 열에 각각 가장 최근에 적힌 값을 따릅니다. 하나라도 거부했으면 동의하지 않은 것으로 봅니다."
        );
        assert_eq!(
            EN.consent_columns(&several).unwrap(),
            "By the latest value of each of “email_agree”, “sms_agree”. Who refused in any of them did not agree."
        );
        let refused = KO.not_agreed(&reach).unwrap();
        assert_eq!(
            refused,
            "이 목록의 592명은 동의하지 않았습니다 (빈칸 12명 포함)."
        );
        let refused = EN.not_agreed(&reach).unwrap();
        assert_eq!(
            refused,
            "592 customers in this list did not agree (12 of them blank)."
        );
        assert_eq!(EN.not_agreed(&Reach::default()), None);
        assert_eq!(EN.consent_columns(&Reach::default()), None);
    }

    #[test]
    fn contact_columns_are_named_by_kind_with_who_lacks_them() {
        let reach = reach();
        assert_eq!(
            KO.contact_columns(&reach),
            "연락처 열 넣기 (이메일, 휴대전화, 이름)"
        );
        assert_eq!(
            EN.contact_columns(&reach),
            "With contact columns (e-mail, phone, name)"
        );
        assert_eq!(KO.not_reached(&reach).unwrap(), "59명은 이메일이 없습니다.");
        let both = Reach {
            n_without_phone: 2,
            n_without_both: 1,
            ..reach
        };
        assert_eq!(
            EN.not_reached(&both).unwrap(),
            "59 customers have no e-mail address. 2 customers have no phone number. 1 customer has neither."
        );
        assert_eq!(EN.not_reached(&Reach::default()), None);
    }

    #[test]
    fn guests_are_told_with_the_column_that_knows_them() {
        let found = BetterCustomer {
            own: "회원 ID".to_owned(),
            other: "주문자 휴대전화".to_owned(),
            n_rows_seen: 1_000,
            n_blank: 310,
            n_other_blank: 0,
        };
        assert_eq!(
            KO.guests(&found),
            "‘회원 ID’는 31%가 비어 있습니다. ‘주문자 휴대전화’는 모두 채워져 있습니다."
        );
        let some = BetterCustomer {
            n_other_blank: 1,
            ..found
        };
        assert_eq!(
            EN.guests(&some),
            "“회원 ID” is blank in 31% of the rows, “주문자 휴대전화” in 1% only."
        );
    }

    #[test]
    fn a_column_of_refunds_is_told_with_what_to_do() {
        let said = EN.given_back("Total", "Refunded Amount");
        assert!(said.starts_with("“Refunded Amount” is not taken off"));
        assert!(said.contains("“Total” less “Refunded Amount”"));
        let said = KO.given_back("결제금액", "환불금액");
        assert!(
            said.starts_with("‘환불금액’은 쓴 금액에서 빼지 않습니다."),
            "{said}"
        );
    }

    #[test]
    fn rows_left_out_are_told_from_a_tenth_on_with_the_largest_reason() {
        let ledger = |n_guests: u64, n_returned: u64, n_used: u64| {
            let bucket = |reason, n_rows| crate::data::Bucket {
                reason,
                n_rows,
                ..crate::data::Bucket::default()
            };
            Ledger {
                n_rows: n_guests + n_returned + n_used,
                buckets: vec![
                    bucket(None, n_used),
                    bucket(Some(Reason::NoCustomer), n_guests),
                    bucket(Some(Reason::Returned), n_returned),
                ],
                ..Ledger::default()
            }
        };
        assert_eq!(EN.much_left_out(&ledger(5, 5, 90)), None);
        assert_eq!(
            KO.much_left_out(&ledger(25, 5, 70)).unwrap(),
            "30행(30.0%)은 빠졌습니다: 대부분 고객 없음 (비회원 등)."
        );
        assert_eq!(
            EN.much_left_out(&ledger(0, 20, 80)).unwrap(),
            "20 rows (20.0%) are left out: all cancelled or returned."
        );
        let mut totals = ledger(0, 20, 80);
        totals.buckets[2].reason = Some(Reason::RepeatedTotal);
        assert_eq!(EN.much_left_out(&totals), None, "nothing is lost with them");
        let mut overlapping = ledger(12, 60, 88);
        overlapping.buckets[2].reason = Some(Reason::Overlap);
        assert_eq!(
            EN.much_left_out(&overlapping).unwrap(),
            "12 rows (12.0%) are left out: all no customer (guests).",
            "of 100 rows that are there once"
        );
    }
}
