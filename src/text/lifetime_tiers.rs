//! The words of the tiers by what customers will be worth.

use crate::analysis::ReadyName;

/// The name of a tier.
pub(super) const fn name(tier: ReadyName) -> (&'static str, &'static str) {
    match tier {
        ReadyName::WorthMost => ("예상 가치 상위 5%", "Expected value: top 5%"),
        ReadyName::WorthMuch => ("예상 가치 5~20%", "Expected value: next 15%"),
        ReadyName::WorthSome => ("예상 가치 20~50%", "Expected value: next 30%"),
        _ => ("예상 가치 하위 50%", "Expected value: lower half"),
    }
}

/// What makes its customers its customers.
pub(super) const fn character(tier: ReadyName) -> (&'static str, &'static str) {
    match tier {
        ReadyName::WorthMost => (
            "앞으로의 예상 가치가 가장 큰",
            "who are expected to be worth most",
        ),
        ReadyName::WorthMuch => (
            "앞으로의 예상 가치가 큰",
            "who are expected to be worth much",
        ),
        ReadyName::WorthSome => (
            "앞으로의 예상 가치가 중간인",
            "who are expected to be worth something",
        ),
        _ => (
            "앞으로의 예상 가치가 작은",
            "who are expected to be worth little",
        ),
    }
}

/// One concrete next step.
pub(super) const fn next_step(tier: ReadyName) -> (&'static str, &'static str) {
    match tier {
        ReadyName::WorthMost => (
            "담당자가 직접 챙기고, 할인보다 전용 혜택으로 붙잡아 두세요.",
            "Look after them in person and keep them with benefits of their own instead of discounts.",
        ),
        ReadyName::WorthMuch | ReadyName::WorthSome => (
            "예상 가치보다 적은 비용으로 다음 구매를 앞당길 제안을 보내세요.",
            "Send an offer for the next order that costs less than what they are expected to bring.",
        ),
        _ => (
            "비용이 적은 자동 발송만 하고 반응하는 고객을 골라내세요.",
            "Use cheap automatic mailings and pick out those who respond.",
        ),
    }
}
