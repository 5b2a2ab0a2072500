//! Ready-made segmentations in words: stages of life, classes of value, lateness; their segments, settings and findings.

use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::advice::Limit;
use crate::analysis::value::Grouping;
use crate::analysis::{Label, ReadyName, SegmentationId, lifecycle, rhythm, value};

phrases! {
    lifecycle_caption: "단계별 고객", "Customers by stage";
    lifecycle_how: "한 고객의 이어진 두 구매 사이의 날수를 모두 모아, 그 80%가 끝나는 날까지를 활동, 95%를 넘으면 휴면으로 봅니다. 아래에서 직접 정할 수도 있습니다.",
        "The days between two orders of one customer that follow each other are gathered over all customers: until 80% of them a customer is active, beyond 95% lapsed. You can set your own below.";
    lifecycle_active_days: "활동 고객 기준 (마지막 구매 뒤 일)", "Active until (days since last order)";
    lifecycle_lapsed_days: "휴면 기준 (마지막 구매 뒤 일)", "Lapsed after (days since last order)";
    lifecycle_loyal_orders: "단골 기준 (주문 수)", "Loyal from (orders)";
    ready_from_data: "데이터에서 정하기", "From the data";
    value_caption: "등급별 고객", "Customers by class";
    value_how: "ABC는 값이 큰 고객부터 더해 전체의 80%까지를 A, 95%까지를 B로 봅니다. 다른 두 가지는 고객 수의 비율로 나눕니다. 값이 같은 고객은 같은 등급입니다.",
        "ABC adds up from the most valuable customer: A makes up the first 80% of the total, B up to 95%. The other two are by share of the customers. Equal values are in one class.";
    value_grouping: "나누는 방식", "Grouping";
    value_by: "가치로 볼 값", "Value";
    rhythm_caption: "구매 주기 대비 고객", "Customers by their own rhythm";
    rhythm_how: "마지막 구매 뒤 지난 날수를 그 고객 자신의 평균 구매 간격으로 나눕니다. 1이면 평소 간격만큼 지났다는 뜻입니다. 구매일이 하루뿐인 고객은 간격을 알 수 없습니다. 여기의 보통 간격은 고객마다 자기 평균을 한 번씩 센 중앙값이고, 생애 단계의 간격은 모든 간격을 센 중앙값이라 자주 사는 고객이 더 많이 들어가므로 두 값이 다릅니다.",
        "Days since the last order over the customer's own mean days between orders: at 1 the usual pause has passed. A single order day tells no rhythm.";
    rhythm_due: "구매 시기 (자기 간격의 %)", "Due from (% of the own pause)";
    rhythm_late: "늦음 (자기 간격의 %)", "Late from (% of the own pause)";
    rhythm_long_overdue: "많이 늦음 (자기 간격의 %)", "Long overdue from (% of the own pause)";
    list_segmentations: "목록에 넣을 분류", "Segmentations in the list";
}

impl Words {
    /// The field of the share at which a class ends, of so many.
    pub const fn value_share_field(self, place: usize, n: usize) -> &'static str {
        match (place, n) {
            (0, 1) => self.pick("상위 몇 %까지", "The highest, in %"),
            (0, _) => self.pick("첫째 등급: 누적 몇 %까지", "First class, up to %"),
            _ => self.pick("둘째 등급: 누적 몇 %까지", "Second class, up to %"),
        }
    }

    /// What a segmentation is called.
    pub const fn segmentation(self, id: SegmentationId) -> &'static str {
        match id {
            SegmentationId::Rfm => self.pick("RFM 세그먼트", "RFM segments"),
            SegmentationId::Clusters => self.pick("군집", "Clusters"),
            SegmentationId::Lifecycle => self.pick("생애 단계", "Lifecycle"),
            SegmentationId::Value => self.pick("가치 등급", "Value classes"),
            SegmentationId::Rhythm => self.pick("구매 주기", "Purchase rhythm"),
            SegmentationId::Rules => self.pick("내 규칙", "My rules"),
            SegmentationId::Prediction => self.pick("예측 십분위", "Predicted deciles"),
            SegmentationId::Movement => self.pick("이동", "Moves"),
            SegmentationId::Lifetime => self.pick("생애 가치", "Lifetime value"),
        }
    }

    /// What one segment of a segmentation is called: the head of a column, the kind in the inspector.
    pub const fn segment_of(self, id: SegmentationId) -> &'static str {
        match id {
            SegmentationId::Rfm => self.pick("RFM 세그먼트", "RFM segment"),
            SegmentationId::Clusters => self.pick("군집", "Cluster"),
            SegmentationId::Lifecycle => self.pick("단계", "Stage"),
            SegmentationId::Value => self.pick("등급", "Class"),
            SegmentationId::Rhythm => self.pick("구매 주기", "Rhythm"),
            SegmentationId::Rules => self.pick("내 세그먼트", "My segment"),
            SegmentationId::Prediction => self.pick("예측 십분위", "Predicted tenth"),
            SegmentationId::Movement => self.pick("이동", "Move"),
            SegmentationId::Lifetime => self.pick("생애 가치", "Lifetime tier"),
        }
    }

    /// How customers are put into classes of value.
    pub const fn value_grouping_of(self, grouping: Grouping) -> &'static str {
        match grouping {
            Grouping::Abc => self.pick("ABC (누적 비율)", "ABC (share of the total)"),
            Grouping::HeavyMediumLight => self.pick(
                "헤비·미디엄·라이트 (고객 비율)",
                "Heavy, medium, light (share of customers)",
            ),
            Grouping::Top => self.pick("상위 고객과 나머지", "Top customers and the rest"),
        }
    }

    /// The name of a ready-made segment.
    pub const fn ready_name(self, name: ReadyName) -> &'static str {
        let (ko, en) = match name {
            ReadyName::Prospect => ("잠재 고객", "Prospects"),
            ReadyName::New => ("신규", "New"),
            ReadyName::Active => ("활동", "Active"),
            ReadyName::Loyal => ("단골", "Loyal"),
            ReadyName::WonBack => ("돌아온 고객", "Won back"),
            ReadyName::Slipping => ("뜸한 고객", "Slipping"),
            ReadyName::Lapsed => ("휴면", "Lapsed"),
            ReadyName::ClassA => ("A등급", "Class A"),
            ReadyName::ClassB => ("B등급", "Class B"),
            ReadyName::ClassC => ("C등급", "Class C"),
            ReadyName::Heavy => ("헤비", "Heavy"),
            ReadyName::Medium => ("미디엄", "Medium"),
            ReadyName::Light => ("라이트", "Light"),
            ReadyName::Top => ("상위 고객", "Top customers"),
            ReadyName::BelowTop => ("나머지 고객", "All others"),
            ReadyName::NoValue => ("값 없음", "No value"),
            ReadyName::OnTime => ("제때", "On time"),
            ReadyName::Due => ("구매할 때", "Due"),
            ReadyName::Late => ("늦음", "Late"),
            ReadyName::LongOverdue => ("많이 늦음", "Long overdue"),
            ReadyName::NoRhythm => ("주기 모름", "No rhythm yet"),
            ReadyName::Tenth(number) => super::prediction_numbers::tenth_name(number),
            ReadyName::Stayed => ("그대로", "Stayed"),
            ReadyName::MovedElse => ("그 밖의 이동", "Other moves"),
            ReadyName::NewSince => ("그 뒤의 신규", "New since then"),
            ReadyName::WorthMost
            | ReadyName::WorthMuch
            | ReadyName::WorthSome
            | ReadyName::WorthLittle => super::lifetime_tiers::name(name),
        };
        self.pick(ko, en)
    }

    /// What makes its customers its customers; Korean before the count, English after it.
    pub(super) const fn ready_character(self, name: ReadyName) -> &'static str {
        let (ko, en) = match name {
            ReadyName::Prospect => ("아직 구매하지 않은", "who have not ordered yet"),
            ReadyName::New => (
                "최근에 처음 구매한",
                "who ordered for the first time lately",
            ),
            ReadyName::Active => ("최근까지 다시 구매한", "who came back and bought lately"),
            ReadyName::Loyal => ("최근까지 자주 구매한", "who buy often and bought lately"),
            ReadyName::WonBack => (
                "오래 쉬었다가 최근에 돌아온",
                "who came back lately after a long pause",
            ),
            ReadyName::Slipping => (
                "평소 구매 간격보다 오래 오지 않은",
                "who have stayed away longer than customers usually do",
            ),
            ReadyName::Lapsed => (
                "아주 오래 오지 않아 떠났을",
                "who have stayed away so long that they have probably left",
            ),
            ReadyName::ClassA => (
                "누적 합계의 상위 구간에 드는",
                "who make up the first share of the total",
            ),
            ReadyName::ClassB => (
                "누적 합계의 중간 구간에 드는",
                "who make up the next share of the total",
            ),
            ReadyName::ClassC => (
                "누적 합계의 하위 구간에 드는",
                "who make up the last share of the total",
            ),
            ReadyName::Heavy => ("값이 가장 큰", "with the highest values"),
            ReadyName::Medium => ("값이 중간인", "with middling values"),
            ReadyName::Light => ("값이 작은", "with low values"),
            ReadyName::Top => ("값이 가장 큰 상위", "at the top"),
            ReadyName::BelowTop => ("상위에 들지 않는", "below the top"),
            ReadyName::NoValue => ("값이 없거나 0 이하인", "without any value"),
            ReadyName::OnTime
            | ReadyName::Due
            | ReadyName::Late
            | ReadyName::LongOverdue
            | ReadyName::NoRhythm => rhythm_character(name),
            ReadyName::Tenth(number) => super::prediction_numbers::tenth_character(number),
            ReadyName::Stayed | ReadyName::MovedElse | ReadyName::NewSince => moved_character(name),
            ReadyName::WorthMost
            | ReadyName::WorthMuch
            | ReadyName::WorthSome
            | ReadyName::WorthLittle => super::lifetime_tiers::character(name),
        };
        self.pick(ko, en)
    }

    /// One concrete next step.
    pub(super) const fn ready_next_step(self, name: ReadyName) -> &'static str {
        let (ko, en) = match name {
            ReadyName::Prospect => (
                "첫 구매 혜택을 한 번 보내고, 어떤 상품을 보았는지에 맞추세요.",
                "Send one offer for the first order, matched to what they looked at.",
            ),
            ReadyName::New => (
                "구매 감사 인사와 사용 안내를 보내고 두 번째 구매를 제안하세요.",
                "Thank them, help them use what they bought and suggest a second order.",
            ),
            ReadyName::Active => (
                "지난 구매와 어울리는 상품을 제안해 구매 횟수를 늘리세요.",
                "Suggest what goes with past orders, so that they buy more often.",
            ),
            ReadyName::Loyal | ReadyName::ClassA | ReadyName::Heavy | ReadyName::Top => (
                "할인보다 신상품 먼저 보기나 전용 혜택으로 우대하세요.",
                "Recognise them instead of giving discounts: first access, benefits of their own.",
            ),
            ReadyName::WonBack => (
                "무엇이 돌아오게 했는지 묻고, 다음 구매까지 챙기세요.",
                "Ask what brought them back and look after them until the next order.",
            ),
            ReadyName::Slipping | ReadyName::Late => (
                "지금 기한이 있는 개인 맞춤 제안을 보내세요. 더 늦으면 되돌리기 어렵습니다.",
                "Send a personal offer with an end date now; later it gets harder.",
            ),
            ReadyName::Lapsed | ReadyName::LongOverdue => (
                "재방문을 권하는 메시지를 한 번만 보내고, 답이 없으면 발송을 멈추세요.",
                "Send one offer to come back and stop writing to those who do not answer.",
            ),
            ReadyName::ClassB | ReadyName::Medium => (
                "한 단계 위로 올라갈 만한 묶음이나 상위 상품을 제안하세요.",
                "Offer a bundle or an upgrade that lifts them one class.",
            ),
            ReadyName::ClassC | ReadyName::Light | ReadyName::BelowTop => (
                "비용이 적은 자동 발송만 하고 반응하는 고객을 골라내세요.",
                "Use cheap automatic mailings and pick out those who respond.",
            ),
            ReadyName::NoValue => (
                "값이 왜 비었거나 0인지 먼저 확인하세요.",
                "Find out first why the value is missing or zero.",
            ),
            ReadyName::OnTime | ReadyName::Due | ReadyName::NoRhythm => rhythm_next_step(name),
            ReadyName::Tenth(number) => super::prediction_numbers::tenth_next_step(number),
            ReadyName::WorthMost
            | ReadyName::WorthMuch
            | ReadyName::WorthSome
            | ReadyName::WorthLittle => super::lifetime_tiers::next_step(name),
            ReadyName::Stayed | ReadyName::MovedElse | ReadyName::NewSince => moved_next_step(name),
        };
        self.pick(ko, en)
    }

    /// The sentence that opens the stages of life.
    pub fn lifecycle_finding(self, report: &lifecycle::Report) -> String {
        let of = |names: &[ReadyName]| {
            let segments = report.segments.iter();
            let is_named =
                |label: &Label| matches!(label, Label::Ready(name) if names.contains(name));
            let share = segments.filter(|one| is_named(&one.label));
            self.share(share.map(|one| one.customer_share).sum())
        };
        let here = of(&[
            ReadyName::Loyal,
            ReadyName::Active,
            ReadyName::New,
            ReadyName::WonBack,
        ]);
        let (slipping, lapsed) = (of(&[ReadyName::Slipping]), of(&[ReadyName::Lapsed]));
        let said = self.either(
            format!("고객의 {here}가 활동 중이고, {slipping}는 뜸한 고객, {lapsed}는 휴면입니다."),
            format!("{here} of the customers are active, {slipping} are slipping away and {lapsed} have lapsed."),
        );
        self.after_lone(report.lone, self.with_caution(said, report.caution))
    }

    /// A finding, and what the adviser refuses it for.
    fn with_caution(self, said: String, caution: Option<Limit>) -> String {
        let Some(limit) = caution else {
            return said;
        };
        let limit = self.advice_limit(limit);
        self.either(
            format!("{said} 다만 믿기 어렵습니다. {limit}"),
            format!("{said} But rely little on it. {limit}"),
        )
    }

    /// The Gini coefficient in a sentence.
    pub fn value_concentration(self, gini: f64) -> String {
        let gini = self.decimal(gini, 2);
        self.either(
            format!("지니 계수는 {gini}입니다. 0이면 모두 같고 1에 가까우면 몇 명에게 쏠려 있습니다."),
            format!("The Gini coefficient is {gini}: 0 where all are equal, near 1 where a few hold nearly all."),
        )
    }

    /// Which thresholds were used and what they come from.
    pub fn lifecycle_thresholds(self, report: &lifecycle::Report) -> String {
        let used = report.thresholds;
        let days = |n: u32| self.days(f64::from(n));
        let (active, lapsed) = (days(used.active_days), days(used.lapsed_days));
        let orders = self.count(u64::from(used.loyal_orders));
        let basis = match report.cycle {
            Some(cycle) if cycle.n_pauses >= lifecycle::FEWEST_PAUSES => {
                let (n, median) = (self.count(cycle.n_pauses), self.days(cycle.median_days));
                self.either(
                    format!("구매 간격 {n}개의 중앙값은 {median}입니다."),
                    format!(
                        "The median of {} between orders is {median}.",
                        self.counted(cycle.n_pauses, "", "pause", "pauses")
                    ),
                )
            }
            _ if report.params.active_days.is_some() && report.params.lapsed_days.is_some() => {
                String::new()
            }
            _ => self
                .pick(
                    "구매 간격이 너무 적어 기준일은 가정한 값입니다.",
                    "There are too few pauses between orders: the days are assumed.",
                )
                .to_owned(),
        };
        self.either(
            format!("활동은 {active}까지, 휴면은 {lapsed} 넘게, 단골은 {orders}번 이상 주문입니다. {basis}"),
            format!("Active until {active}, lapsed after {lapsed}, loyal from {orders} orders. {basis}"),
        )
    }

    /// The sentence that opens the classes of value.
    pub fn value_finding(self, report: &value::Report) -> String {
        let Some(first) = report.segments.first() else {
            return String::new();
        };
        let name = self.label(&first.label);
        let customers = self.share(first.customer_share);
        let top = self.share(report.top_fifth_share);
        self.either(
            format!("{} 고객의 {customers}입니다. 값이 있는 고객 가운데 상위 20%가 전체의 {top}를 차지합니다.", with_josa(&name, Josa::Topic)),
            format!("{name} is {customers} of the customers. The top 20% of those with a value hold {top} of the total."),
        )
    }

    /// The sentence that opens the rhythm.
    pub fn rhythm_finding(self, report: &rhythm::Report) -> String {
        let share = |place: usize| {
            let segment = report.segments.get(place);
            self.share(segment.map_or(0.0, |one| one.customer_share))
        };
        let Some([_, median, _]) = report.quartiles_days else {
            return self
                .pick(
                    "두 번 이상 구매한 고객이 없어 구매 주기를 알 수 없습니다.",
                    "Nobody has bought on two days, so that there is no rhythm yet.",
                )
                .to_owned();
        };
        let late = |place: usize| {
            report
                .segments
                .get(place)
                .map_or(0.0, |one| one.customer_share)
        };
        let late = self.share(late(2) + late(3));
        let (median, due) = (self.days(median), share(1));
        let said = match self.language {
            Language::Ko => format!(
                "고객의 구매 간격은 보통 {median}입니다. 지금 구매할 때가 된 고객은 {due}, 늦은 고객은 {late}입니다."
            ),
            Language::En => format!(
                "Customers usually order every {median}. {due} are due now and {late} are late against their own rhythm."
            ),
        };
        self.with_caution(said, report.caution)
    }
}

/// What makes the customers of a segment of the moves its customers.
const fn moved_character(name: ReadyName) -> (&'static str, &'static str) {
    match name {
        ReadyName::Stayed => ("같은 세그먼트에 머문", "who stayed in their segment"),
        ReadyName::NewSince => (
            "이전 날짜 뒤에 처음 구매한",
            "who first ordered after the earlier date",
        ),
        _ => ("드문 경로로 세그먼트를 옮긴", "who moved as few others did"),
    }
}

/// One concrete next step for a segment of the moves.
const fn moved_next_step(name: ReadyName) -> (&'static str, &'static str) {
    match name {
        ReadyName::Stayed => (
            "지금 세그먼트에 맞는 일을 계속하세요.",
            "Go on with what suits their segment.",
        ),
        ReadyName::NewSince => (
            "첫 구매에 감사하고 두 번째 구매를 제안하세요.",
            "Thank them for their first order and suggest a second.",
        ),
        _ => (
            "어디서 어디로 옮겼는지 표에서 살펴보세요.",
            "See in the table where they came from.",
        ),
    }
}

/// What makes the customers of a segment of rhythm its customers.
const fn rhythm_character(name: ReadyName) -> (&'static str, &'static str) {
    match name {
        ReadyName::OnTime => ("자기 구매 간격 안에 있는", "within their own usual pause"),
        ReadyName::Due => (
            "평소라면 구매할 때가 된",
            "who would usually order about now",
        ),
        ReadyName::Late => (
            "평소 간격보다 늦은",
            "who are late against their own rhythm",
        ),
        ReadyName::LongOverdue => (
            "평소 간격보다 훨씬 오래 오지 않은",
            "who are very late against their own rhythm",
        ),
        _ => (
            "구매일이 하루뿐이라 간격을 알 수 없는",
            "with a single order day, which tells no rhythm",
        ),
    }
}

/// One concrete next step for those who are not late.
const fn rhythm_next_step(name: ReadyName) -> (&'static str, &'static str) {
    match name {
        ReadyName::OnTime => (
            "지금은 그대로 두세요. 할인은 앞당기기만 합니다.",
            "Leave them alone for now: a discount would only bring the order forward.",
        ),
        ReadyName::Due => (
            "재구매 알림을 지금 보내세요. 할인은 필요하지 않습니다.",
            "Send a reminder to reorder now; it needs no discount.",
        ),
        _ => (
            "두 번째 구매를 제안해 구매 주기를 만드세요.",
            "Suggest a second order, so that a rhythm can form.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::SegmentName;

    #[test]
    fn a_finding_that_the_adviser_would_refuse_says_so() {
        let words = Words::new(Language::En);
        let said = |caution| words.with_caution("Found.".to_owned(), caution);
        assert_eq!(said(None), "Found.");
        let short = said(Some(Limit::ShortHistory));
        assert!(short.ends_with(words.advice_limit(Limit::ShortHistory)));
        assert!(short.starts_with("Found. But"));
    }

    #[test]
    fn no_stage_of_life_is_called_like_a_segment_of_rfm() {
        let stages = [
            ReadyName::Prospect,
            ReadyName::New,
            ReadyName::Active,
            ReadyName::Loyal,
            ReadyName::WonBack,
            ReadyName::Slipping,
            ReadyName::Lapsed,
        ];
        for words in [Words::new(Language::Ko), Words::new(Language::En)] {
            let segments = SegmentName::ALL.map(|name| words.segment_name(name));
            for stage in stages.map(|stage| words.ready_name(stage)) {
                assert!(!segments.contains(&stage), "{stage}");
            }
            let slipping = words.ready_name(ReadyName::Slipping);
            let at_risk = words.segment_name(SegmentName::AtRisk);
            assert!(!at_risk.contains(slipping), "{slipping}");
        }
    }
}
