//! Which states of an order mean that there was no sale in the end, that paying failed, or that nobody has paid yet: the
//! one place to extend for another shop.
//!
//! Preview and import ask the same rule, so that the mapping screen can say what the import will do. Words here are in
//! lower case and without blanks, hyphens and underscores; so are states before they are compared.
//!
//! `pending`, `awaiting …`, `on hold` and `대기` alone are no such states: shops say so of orders that are paid and wait
//! for the parcel (WooCommerce's `on-hold`, Amazon's `Pending`, 배송대기) as often as of those that wait for money, and a
//! sale that is left out by mistake is not seen by anybody, while one that is counted too early is paid a day later. They
//! say that nobody has paid where the state names the payment (`pending payment`, 입금대기) or the header does
//! (`Financial Status`, 결제상태).

/// Words of a state of an order that nobody has paid.
const UNPAID: &[&str] = &[
    "결제대기",
    "입금대기",
    "입금전",
    "미입금",
    "미결제",
    "pendingpayment",
    "paymentpending",
    "awaitingpayment",
    "awaitingcheckpayment",
    "awaitingchequepayment",
    "awaitingbank",
    "waitingforpayment",
    "requirespayment",
    "paymentrequired",
    "paymentdue",
    "notpaid",
    "unpaid",
];

/// What a state of payment says where nobody has paid. Of an order or a parcel it says that it is being worked on.
const PENDING: &[&str] = &[
    "pending",
    "awaiting",
    "incomplete",
    "requiresaction",
    "requiresconfirmation",
    "대기",
    "대기중",
];

/// Words of a state in which paying has failed, unless it speaks of something else.
const NEVER_PAID: &[&str] = &[
    "결제실패",
    "결제오류",
    "결제에러",
    "결제거절",
    "결제거부",
    "결제중단",
    "결제포기",
    "결제만료",
    "승인실패",
    "승인오류",
    "승인거절",
    "승인거부",
    "한도초과",
    "잔액부족",
    "주문실패",
    "주문오류",
    "입금기한경과",
];

/// Words that say so of a payment or an order.
const FAILED: &[&str] = &[
    "fail",
    "declin",
    "expire",
    "denied",
    "reject",
    "error",
    "abandon",
    "timeout",
    "timedout",
    "blocked",
    "reversed",
    "실패",
    "오류",
    "거절",
    "만료",
    "기간만료",
    "기한만료",
    "유효기간만료",
];

/// What they say it of, where they do not begin the state.
const OF_AN_ORDER: &[&str] = &[
    "payment",
    "paying",
    "order",
    "authori",
    "card",
    "transaction",
    "charge",
    "checkout",
    "cart",
    "invoice",
    "session",
    "bank",
    "결제",
    "주문",
    "승인",
    "입금",
    "카드",
];

/// Failures that begin the state and are none of a payment: a membership that has ended was paid.
const ENDED: &[&str] = &["expire", "만료", "기간만료", "유효기간만료"];

/// What a state says where it was paid in the end, whatever failed before.
const PAID: &[&str] = &["paid", "결제완료", "succeeded"];

/// What is not the sale: with one of these a failure undoes none.
const OF_SOMETHING_ELSE: &[&str] = &[
    "refund", "return", "exchange", "deliver", "ship", "fulfil", "courier", "parcel", "dispute",
    "cancel", "mail", "coupon", "review", "point", "warranty", "환불", "반품", "교환", "취소",
    "배송", "발송", "쿠폰", "적립", "리뷰",
];

/// Words of a header that speaks of payment.
const OF_PAYMENT: &[&str] = &["payment", "financial", "paid", "결제", "입금", "지불"];

/// Words of a header that speaks of the parcel.
const OF_PARCEL: &[&str] = &["fulfil", "ship", "deliver", "track", "배송", "발송", "출고"];

/// Words of a state that ends without a sale.
const CANCELLED: &[&str] = &[
    "취소",
    "반품",
    "환불",
    "cancel",
    "refund",
    "return",
    "void",
    "chargeback",
    "rejectedby",
    "キャンセル",
    "返品",
    "返金",
    "storniert",
    "erstattet",
    "annul",
    "anulad",
    "rembours",
    "reembols",
    "rimbors",
];

/// Words that make such a state no such state: in part only, refused, withdrawn, not at all.
const NOT_CANCELLED: &[&str] = &[
    "partial",
    "partiel",
    "parcial",
    "parzial",
    "teil",
    "부분",
    "일부",
    "一部",
    "철회",
    "거부",
    "거절",
    "취소실패",
    "취소불가",
    "반품실패",
    "반품불가",
    "반품기간",
    "반품기한",
    "환불실패",
    "환불불가",
    "uncancel",
    "notcancel",
    "notreturn",
    "notrefund",
    "norefund",
    "noreturn",
    "nonrefund",
    "refunddenied",
    "refunddeclined",
    "refundrejected",
    "refundfailed",
    "returndenied",
    "returndeclined",
    "returnrejected",
    "returnfailed",
    "returnexpired",
    "returnperiod",
    "returnwindow",
    "cancellationdenied",
    "cancellationdeclined",
    "cancellationrejected",
    "cancellationfailed",
    "cancelledreversal",
    "contrareembols",
    "contrerembours",
    "canceledreversal",
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
    /// The column speaks of the parcel: `failed` in it is no failed payment.
    is_of_parcel: bool,
}

impl CancelledStates {
    /// The rule for the states under this header.
    pub(super) fn under(header: &str) -> Self {
        let header = header.to_lowercase();
        Self {
            is_flag: contains(&header, CANCELLED),
            is_of_payment: contains(&header, OF_PAYMENT),
            is_of_parcel: contains(&header, OF_PARCEL),
        }
    }

    /// Whether a state says that there was no sale in the end, or none yet as nobody has paid.
    pub(super) fn has(self, state: &str) -> bool {
        let state = plain(state);
        says_cancelled(&state)
            || contains(&state, UNPAID)
            || self.says_failed(&state)
            || (self.is_flag && YES.contains(&state.as_str()))
            || (self.is_of_payment && PENDING.contains(&state.as_str()))
    }

    /// Whether a plain state says that paying failed: by itself, of an order, or under a header of payment.
    fn says_failed(self, state: &str) -> bool {
        let begins = |words: &[&str]| words.iter().any(|word| state.starts_with(word));
        let is_first = || begins(FAILED) && !begins(ENDED);
        let is_of_sale = || self.is_of_payment || contains(state, OF_AN_ORDER) || is_first();
        let is_failure = || {
            contains(state, NEVER_PAID)
                || (!self.is_of_parcel && contains(state, FAILED) && is_of_sale())
        };
        !contains(state, OF_SOMETHING_ELSE) && !begins(PAID) && is_failure()
    }
}

/// A state in lower case, without blanks, hyphens and underscores, and without the `wc-` of WooCommerce.
fn plain(state: &str) -> String {
    let state = state.to_lowercase();
    let state = state.trim();
    let mut state = state.strip_prefix("wc-").unwrap_or(state).to_owned();
    state.retain(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '_'));
    state
}

/// Whether a plain state says that there was no sale in the end.
fn says_cancelled(state: &str) -> bool {
    contains(state, CANCELLED) && !contains(state, NOT_CANCELLED)
}

fn contains(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHOUT_A_SALE: [&str; 56] = [
        "refunded",
        "refund",
        "cancelled: no stock",
        "canceled",
        "payment declined, cancelled",
        "returned - not as described",
        "voided",
        "취소완료",
        "반품",
        "환불 완료",
        "결제대기",
        "입금 대기중",
        "입금전",
        "미입금",
        "미결제",
        "Pending payment",
        "awaiting payment",
        "Payment pending",
        "unpaid",
        "Failed",
        "wc-failed",
        "failed - insufficient funds",
        "payment_failed",
        "Payment failure",
        "Declined",
        "card declined",
        "order expired",
        "Pending-cancelled",
        "pending cancellation",
        "Voided",
        "Authorization failed",
        "authorisation declined",
        "Payment error",
        "Abandoned",
        "abandoned checkout",
        "Denied",
        "Reversed",
        "requires_payment_method",
        "Awaiting bank wire payment",
        "pending_payment",
        "결제실패",
        "결제 실패",
        "결제오류",
        "입금전취소",
        "입금전 취소 (자동)",
        "입금기한 만료",
        "미입금 취소",
        "승인거절",
        "카드 승인 거절",
        "주문실패",
        "Shipped - Rejected by Buyer",
        "Shipped - Returned to Seller",
        "返品済み",
        "キャンセル",
        "storniert",
        "Awaiting check payment",
    ];

    const SALES: [&str; 42] = [
        "partially refunded",
        "refund denied",
        "not cancelled",
        "부분취소",
        "취소철회",
        "반품거부",
        "부분환불",
        "교환완료",
        "teilweise erstattet",
        "delivery failed",
        "배송실패",
        "refund failed",
        "환불 실패",
        "refund rejected",
        "return period expired",
        "반품기간만료",
        "dispute reversed",
        "Canceled Reversal",
        "awaiting shipment, payment received",
        "on-hold",
        "processing",
        "awaiting fulfillment",
        "Shipped",
        "Unshipped",
        "Completed",
        "pending",
        "대기",
        "배송대기",
        "결제완료",
        "paid",
        "배송완료",
        "Expired",
        "기간만료",
        "환불승인거절",
        "취소 승인 거절",
        "반품승인거부",
        "contra reembolso",
        "En espera de validación por contra reembolso",
        "Contre-remboursement",
        "Awaiting check-in",
        "결제완료(카드오류 후 재결제)",
        "Paid (1 failed attempt)",
    ];

    #[test]
    fn states_that_end_without_a_sale_are_known() {
        let rule = CancelledStates::under("status");
        for state in WITHOUT_A_SALE {
            assert!(rule.has(state), "{state}");
        }
        for state in SALES {
            assert!(!rule.has(state), "{state}");
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
            ("Payment Status", "not approved: error 51", true),
            ("결제상태", "실패", true),
            ("status", "not approved: error 51", false),
            ("Fulfillment Status", "failed", false),
            ("배송상태", "오류", false),
            ("Fulfillment Status", "pending", false),
            ("배송상태", "대기", false),
        ] {
            let rule = CancelledStates::under(header);
            assert_eq!(rule.has(state), expected, "{header} {state}");
        }
    }
}
