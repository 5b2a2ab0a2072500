//! Which states of an order mean that there was no sale in the end, or that nobody has paid yet: the one place to
//! extend for another shop.
//!
//! Preview and import ask the same rule, so that the mapping screen can say what the import will do.

/// Words of a state of an order that nobody has paid, in lower case.
const UNPAID: &[&str] = &[
    "결제대기",
    "결제 대기",
    "입금대기",
    "입금 대기",
    "입금전",
    "입금 전",
    "미입금",
    "미결제",
    "pending payment",
    "awaiting payment",
    "payment pending",
    "unpaid",
];

/// What a state of payment says where nobody has paid. Of an order or a parcel it says that it is being worked on.
const PENDING: &[&str] = &["pending", "대기", "대기중", "대기 중"];

/// Words of a header that speaks of payment.
const OF_PAYMENT: &[&str] = &["payment", "financial", "paid", "결제", "입금", "지불"];

/// Words of a state that ends without a sale, in lower case.
const CANCELLED: &[&str] = &[
    "취소",
    "반품",
    "환불",
    "cancel",
    "refund",
    "return",
    "void",
    "chargeback",
];

/// Words that make such a state no such state: in part only, refused, withdrawn, not at all.
const NOT_CANCELLED: &[&str] = &[
    "partial",
    "부분",
    "철회",
    "거부",
    "거절",
    "uncancel",
    "not cancel",
    "not return",
    "not refund",
    "no refund",
    "no return",
    "non-refund",
    "nonrefund",
    "refund denied",
    "refund declined",
    "return denied",
    "return declined",
    "cancellation denied",
    "cancellation declined",
];

/// What a column that is named after cancelling says where it holds.
const YES: &[&str] = &["y", "yes", "true", "t", "1", "o", "예"];

/// The rule for the column with one header.
#[derive(Clone, Copy, Debug)]
pub(super) struct CancelledStates {
    /// The column is named after cancelling: `yes` in it means cancelled.
    is_flag: bool,
    /// The column speaks of payment: `pending` in it means that nobody has paid.
    is_of_payment: bool,
}

impl CancelledStates {
    /// The rule for the states under this header.
    pub(super) fn under(header: &str) -> Self {
        let header = header.to_lowercase();
        Self {
            is_flag: contains(&header, CANCELLED),
            is_of_payment: contains(&header, OF_PAYMENT),
        }
    }

    /// Whether a state says that there was no sale in the end, or none yet as nobody has paid.
    pub(super) fn has(self, state: &str) -> bool {
        let state = state.to_lowercase();
        let is = |words: &[&str]| words.contains(&state.trim());
        says_cancelled(&state)
            || contains(&state, UNPAID)
            || (self.is_flag && YES.contains(&state.as_str()))
            || (self.is_of_payment && is(PENDING))
    }
}

/// Whether a state, in lower case, says that there was no sale in the end.
fn says_cancelled(state: &str) -> bool {
    contains(state, CANCELLED) && !contains(state, NOT_CANCELLED)
}

fn contains(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_that_end_without_a_sale_are_known() {
        for (state, expected) in [
            ("refunded", true),
            ("refund", true),
            ("cancelled: no stock", true),
            ("canceled", true),
            ("payment declined, cancelled", true),
            ("returned - not as described", true),
            ("voided", true),
            ("취소완료", true),
            ("반품", true),
            ("환불 완료", true),
            ("partially refunded", false),
            ("refund denied", false),
            ("not cancelled", false),
            ("부분취소", false),
            ("취소철회", false),
            ("반품거부", false),
            ("부분환불", false),
            ("교환완료", false),
            ("결제대기", true),
            ("입금 대기중", true),
            ("입금전", true),
            ("미입금", true),
            ("미결제", true),
            ("Pending payment", true),
            ("awaiting payment", true),
            ("Payment pending", true),
            ("unpaid", true),
            ("pending", false),
            ("대기", false),
            ("배송대기", false),
            ("결제완료", false),
            ("paid", false),
            ("배송완료", false),
        ] {
            let rule = CancelledStates::under("status");
            assert_eq!(rule.has(state), expected, "{state}");
        }
    }

    #[test]
    fn a_yes_under_a_header_of_cancelling_and_a_pending_under_one_of_payment_are_states() {
        for (header, state, expected) in [
            ("Cancelled", "Y", true),
            ("취소여부", "예", true),
            ("is_returned", "1", true),
            ("is_returned", "0", false),
            ("status", "Y", false),
            ("Financial Status", "pending", true),
            ("결제상태", "대기", true),
            ("결제 상태", "결제완료", false),
            ("Payment Status", "partially_paid", false),
            ("Fulfillment Status", "pending", false),
            ("배송상태", "대기", false),
        ] {
            let rule = CancelledStates::under(header);
            assert_eq!(rule.has(state), expected, "{header} {state}");
        }
    }
}
