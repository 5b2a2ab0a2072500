//! Segments in words: what they are called, who is in them and what to do next.
//!
//! Sentences carry their own numbers. Own names and clusters are described by their traits, so that any segmentation
//! gets the same sentences.

use super::josa::{Josa, with_josa};
use super::{Aim, Language, Words};
use crate::analysis::advice::Limit;
use crate::analysis::profile::{Counted, Medians, SegmentProfile, Trait};
use crate::analysis::{Label, Level, SegmentName, Standing};

impl Words {
    /// The name of a segment: `챔피언`, `Champions`; of a cluster its number and how its customers buy, so that it is
    /// not taken for a segment of the map: `군집 2 · 오래전 적게 구매`, `Cluster 2 · lapsed light buyers`.
    pub fn label(self, label: &Label) -> String {
        match label {
            Label::Known(name) => self.segment_name(*name).to_owned(),
            Label::Ready(name) => self.ready_name(*name).to_owned(),
            Label::Own(name) => name.clone(),
            Label::Moved(both) => format!("{} → {}", self.label(&both.0), self.label(&both.1)),
            Label::Cluster {
                number, standing, ..
            } => {
                let cluster = format!("{} {number}", self.pick("군집", "Cluster"));
                match standing {
                    Some(standing) => format!("{cluster} · {}", self.standing(*standing)),
                    None => cluster,
                }
            }
        }
    }

    /// How recently and how much the customers of a cluster buy, beside all clustered customers: of both what is known.
    fn standing(self, standing: Standing) -> String {
        let recent = standing.recent.map(|level| match level {
            Level::High => self.pick("최근", "recent"),
            Level::Middle => self.pick("얼마 전", "less recent"),
            Level::Low => self.pick("오래전", "lapsed"),
        });
        let value = standing.value.map(|level| match level {
            Level::High => self.pick("많이", "heavy"),
            Level::Middle => self.pick("보통", "average"),
            Level::Low => self.pick("적게", "light"),
        });
        let said = [recent, value, Some(self.pick("구매", "buyers"))];
        said.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// A well-known name.
    pub const fn segment_name(self, name: SegmentName) -> &'static str {
        let (ko, en) = match name {
            SegmentName::Champions => ("챔피언", "Champions"),
            SegmentName::LoyalCustomers => ("충성 고객", "Loyal customers"),
            SegmentName::PotentialLoyalists => ("잠재 충성 고객", "Potential loyalists"),
            SegmentName::NewCustomers => ("신규 고객", "New customers"),
            SegmentName::Promising => ("유망 고객", "Promising"),
            SegmentName::NeedAttention => ("관심 필요 고객", "Need attention"),
            SegmentName::AboutToSleep => ("휴면 직전 고객", "About to sleep"),
            SegmentName::AtRisk => ("이탈 위험 고객", "At risk"),
            SegmentName::CantLoseThem => ("놓치면 안 될 고객", "Can't lose them"),
            SegmentName::Hibernating => ("동면 고객", "Hibernating"),
            SegmentName::Lost => ("이탈 고객", "Lost"),
            SegmentName::Others => (SegmentName::OTHERS[1], SegmentName::OTHERS[0]),
            SegmentName::Noise => ("외딴 고객", "Noise"),
            SegmentName::Unclustered => ("군집 제외", "Unclustered"),
        };
        self.pick(ko, en)
    }

    /// Who is in a segment, in one sentence with its numbers.
    pub fn who(self, profile: &SegmentProfile) -> String {
        if profile.n_customers == 0 {
            return self
                .pick(
                    "이 세그먼트에 드는 고객이 없습니다.",
                    "No customer is in this segment.",
                )
                .to_owned();
        }
        let customers = self.customers(profile.n_customers);
        let share = self.share(profile.customer_share);
        let habit = profile.medians.map(|medians| self.habit(profile, &medians));
        match (self.language, habit) {
            (Language::Ko, None) => {
                format!("{} {customers}({share})입니다.", self.character(profile))
            }
            (Language::Ko, Some(habit)) => {
                format!(
                    "{} {customers}({share})으로, {habit}",
                    self.character(profile)
                )
            }
            (Language::En, None) => format!("{customers} ({share}) {}.", self.character(profile)),
            (Language::En, Some(habit)) => {
                format!("{customers} ({share}) {}: {habit}", self.character(profile))
            }
        }
    }

    /// One concrete next step for a segment. Of a short history nobody is to be won back: it says why instead.
    pub fn what_to_do(self, label: &Label, profile: &SegmentProfile, is_short: bool) -> String {
        if profile.n_customers == 0 {
            return self
                .pick("지금은 할 일이 없습니다.", "There is nothing to do now.")
                .to_owned();
        }
        // What to do follows from where they are now.
        let label = match label {
            Label::Moved(both) => &both.1,
            label => label,
        };
        if let Label::Ready(name) = label {
            return self.ready_next_step(*name).to_owned();
        }
        let suggestion = match label {
            Label::Cluster { suggestion, .. } => *suggestion,
            _ => None,
        };
        let name = known_name(label).or(suggestion);
        let name = name.or_else(|| closest_name(&profile.traits));
        let is_of_gone = |name: SegmentName| {
            matches!(name, SegmentName::Hibernating | SegmentName::Lost)
                || Aim::of(name) == Some(Aim::WinBack)
        };
        if is_short && name.is_some_and(is_of_gone) {
            return self.advice_limit(Limit::ShortHistory).to_owned();
        }
        let (ko, en) = next_step(name.unwrap_or(SegmentName::Others));
        self.pick(ko, en).to_owned()
    }

    /// What makes the customers of a segment its customers; Korean before the count, English after it.
    fn character(self, profile: &SegmentProfile) -> String {
        if let Label::Ready(name) = &profile.label {
            return self.ready_character(*name).to_owned();
        }
        if let Some((ko, en)) = known_name(&profile.label).and_then(character_of) {
            return self.pick(ko, en).to_owned();
        }
        match (self.language, profile.traits.first()) {
            (Language::Ko, Some(own)) => self.trait_before_noun(own, profile.counted),
            (Language::Ko, None) => "전체 평균과 비슷한".to_owned(),
            (Language::En, Some(own)) => {
                format!("with {}", self.trait_sentence(own, profile.counted))
            }
            (Language::En, None) => "who are close to the average".to_owned(),
        }
    }

    /// The typical customer of a segment, as the end of a sentence.
    fn habit(self, profile: &SegmentProfile, medians: &Medians) -> String {
        let frequency = self.typical_count(medians.frequency);
        let days = self.days(medians.recency_days);
        let has_money = profile.average_order_value.is_some();
        let spent = has_money.then(|| self.amount(medians.monetary));
        match self.language {
            Language::Ko => {
                let bought = match (profile.counted, &spent) {
                    (Counted::Orders, Some(spent)) => {
                        let spent = with_josa(spent, Josa::Object);
                        format!("{frequency}번 주문해 {spent} 썼습니다.")
                    }
                    (Counted::Orders, None) => format!("{frequency}번 주문했습니다."),
                    (Counted::Rows, Some(spent)) => {
                        let spent = with_josa(spent, Josa::Object);
                        format!("{frequency}개 행에 걸쳐 {spent} 썼습니다.")
                    }
                    (Counted::Rows, None) => format!("{frequency}개 행을 남겼습니다."),
                };
                format!("보통 {days} 전에 마지막으로 구매했고 지금까지 {bought}")
            }
            Language::En => {
                let noun = match (profile.counted, frequency == "1") {
                    (Counted::Orders, true) => "order",
                    (Counted::Orders, false) => "orders",
                    (Counted::Rows, true) => "row",
                    (Counted::Rows, false) => "rows",
                };
                let money = spent.map_or_else(String::new, |spent| format!(" worth {spent}"));
                format!("typically {frequency} {noun}{money} so far, the last one {days} ago.")
            }
        }
    }
}

impl Words {
    /// A median of counts: between two of them it is both.
    fn typical_count(self, median: f64) -> String {
        if median.fract() == 0.0 {
            return self.decimal(median, 1);
        }
        let [low, high] = [median.floor(), median.ceil()].map(|end| self.decimal(end, 0));
        self.either(format!("{low}~{high}"), format!("{low} to {high}"))
    }
}

const fn known_name(label: &Label) -> Option<SegmentName> {
    match label {
        Label::Known(name) => Some(*name),
        Label::Ready(_) | Label::Own(_) | Label::Cluster { .. } | Label::Moved(_) => None,
    }
}

/// The well-known name whose advice fits a segment with these traits.
fn closest_name(traits: &[Trait]) -> Option<SegmentName> {
    let z_of = |feature: &str| {
        traits
            .iter()
            .find(|own| own.feature == feature)
            .map_or(0.0, |own| own.z)
    };
    if traits.is_empty() {
        return None;
    }
    let value = f64::midpoint(z_of("frequency"), z_of("monetary"));
    let is_recent = z_of("recency") <= 0.0;
    Some(match (is_recent, value) {
        (true, 0.5..) => SegmentName::Champions,
        (true, 0.0..0.5) => SegmentName::PotentialLoyalists,
        (true, _) => SegmentName::NewCustomers,
        (false, 0.0..) => SegmentName::AtRisk,
        (false, _) => SegmentName::Hibernating,
    })
}

/// Korean stands before "158명", English after "158 customers".
const fn character_of(name: SegmentName) -> Option<(&'static str, &'static str)> {
    Some(match name {
        SegmentName::Champions => ("최근까지 자주 구매한", "who bought lately and often"),
        SegmentName::LoyalCustomers => ("꾸준히 자주 구매하는", "who keep coming back"),
        SegmentName::PotentialLoyalists => (
            "비교적 최근에 구매했고 횟수가 늘고 있을 법한",
            "who bought rather lately and may become regulars",
        ),
        SegmentName::NewCustomers => (
            "최근에 구매했고 구매 횟수가 가장 적은",
            "who bought lately and least often",
        ),
        SegmentName::Promising => (
            "얼마 전에 구매했고 구매 횟수가 적은",
            "who bought not long ago and seldom",
        ),
        SegmentName::NeedAttention => (
            "최근성·횟수·금액이 모두 중간인",
            "who are in the middle by recency, orders and spending",
        ),
        SegmentName::AboutToSleep => (
            "구매한 지 꽤 되었고 구매 횟수가 적은",
            "whose last order was some time ago and who bought seldom",
        ),
        SegmentName::AtRisk => (
            "예전에는 자주 구매했지만 발길이 뜸한",
            "who used to buy often but have stayed away",
        ),
        SegmentName::CantLoseThem => (
            "가장 자주 구매했지만 오랫동안 오지 않은",
            "who were among the most frequent and have long stayed away",
        ),
        SegmentName::Hibernating => ("오래전에 드물게 구매한", "who bought seldom and long ago"),
        SegmentName::Lost => (
            "아주 오래전에 한두 번 구매하고 떠난",
            "who bought once or twice, very long ago",
        ),
        SegmentName::Others => (
            "어느 규칙에도 해당하지 않는",
            "whom no rule of the map matches",
        ),
        SegmentName::Noise => (
            "비슷한 고객이 가까이에 적어 어느 군집에도 들지 않은",
            "with too few customers like them nearby to be in a cluster",
        ),
        SegmentName::Unclustered => (
            "값이 비어 있어 군집 분석에서 빠진",
            "left out of the clusters since a value is missing",
        ),
    })
}

const fn next_step(name: SegmentName) -> (&'static str, &'static str) {
    match name {
        SegmentName::Champions => (
            "신상품을 먼저 보여 주고 후기와 추천을 부탁하세요. 할인은 필요하지 않습니다.",
            "Show them new products first and ask for reviews and referrals; they need no discount.",
        ),
        SegmentName::LoyalCustomers => (
            "단골 혜택으로 먼저 알아봐 주고, 지난 구매와 어울리는 상품이나 묶음을 제안하세요.",
            "Reward them for coming back, and offer a product or bundle that fits their past orders.",
        ),
        SegmentName::PotentialLoyalists => (
            "다음 구매에 쓸 수 있는 회원 혜택을 2주 안에 보내세요.",
            "Send a membership benefit for their next order within two weeks.",
        ),
        SegmentName::NewCustomers => (
            "구매 감사 인사와 사용 안내를 보내고 두 번째 구매를 제안하세요.",
            "Thank them, help them use what they bought and suggest a second order.",
        ),
        SegmentName::Promising => (
            "처음 산 상품과 함께 많이 사는 상품을 하나 추천하세요.",
            "Recommend one product that others bought with their first one.",
        ),
        SegmentName::NeedAttention => (
            "기한이 있는 제안을 한 번 보내고 반응을 보세요.",
            "Send one offer with an end date and see who answers.",
        ),
        SegmentName::AboutToSleep => (
            "좋아하던 상품의 소식으로 다시 말을 거세요. 지금이 가장 비용이 적게 듭니다.",
            "Write to them about the products they liked; winning them back only gets dearer.",
        ),
        SegmentName::AtRisk => (
            "떠난 이유를 묻고, 되돌아올 만한 개인 맞춤 제안을 보내세요.",
            "Ask what went wrong and send a personal offer to come back.",
        ),
        SegmentName::CantLoseThem => (
            "담당자가 직접 전화하거나 편지를 보내세요. 한 명 한 명이 중요합니다.",
            "Call or write to them in person: each of them matters.",
        ),
        SegmentName::Hibernating => (
            "대표 상품의 할인 소식을 한 번 보내고, 답이 없으면 발송을 줄이세요.",
            "Send one offer on a best-seller and write less often to those who do not answer.",
        ),
        SegmentName::Lost => (
            "광고 대상에서 빼고 그 예산을 다른 세그먼트에 쓰세요.",
            "Leave them out of campaigns and spend that budget elsewhere.",
        ),
        SegmentName::Others => (
            "세그먼트 규칙을 살펴 이 고객들이 들어갈 자리를 정하세요.",
            "Look at the rules of the map and decide where these customers belong.",
        ),
        SegmentName::Noise => (
            "한 명씩 살펴보세요. 아주 큰 고객이나 잘못 적힌 값일 수 있습니다.",
            "Look at them one by one: they may be your largest customers, or errors in the file.",
        ),
        SegmentName::Unclustered => (
            "빠진 값을 채우거나 그 항목을 빼고 다시 분석하세요.",
            "Fill in the missing values, or run the clusters without that feature.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Money;

    const KO: Words = Words::new(Language::Ko);
    const EN: Words = Words::new(Language::En);

    fn profile(label: Label, traits: Vec<Trait>) -> SegmentProfile {
        SegmentProfile {
            label,
            n_customers: 158,
            customer_share: 0.159,
            counted: Counted::Orders,
            n_orders: 1_500,
            revenue: Money::new(500_000, 0),
            revenue_share: 0.259,
            average_order_value: Some(333.3),
            medians: Some(Medians {
                recency_days: 12.0,
                frequency: 9.0,
                monetary: 3_012.0,
            }),
            traits,
        }
    }

    fn own_trait(feature: &str, z: f64) -> Trait {
        Trait {
            feature: feature.to_owned(),
            mean: 0.0,
            overall_mean: 0.0,
            z,
        }
    }

    #[test]
    fn labels_are_names_in_either_language() {
        let cluster = Label::Cluster {
            number: 2,
            suggestion: Some(SegmentName::AtRisk),
            standing: Some(Standing {
                recent: Some(Level::Low),
                value: Some(Level::High),
            }),
        };
        let by_money = Label::Cluster {
            number: 1,
            suggestion: None,
            standing: Some(Standing {
                recent: None,
                value: Some(Level::Middle),
            }),
        };
        for (label, ko, en) in [
            (Label::Known(SegmentName::Champions), "챔피언", "Champions"),
            (Label::Own("VIP".to_owned()), "VIP", "VIP"),
            (
                cluster,
                "군집 2 · 오래전 많이 구매",
                "Cluster 2 · lapsed heavy buyers",
            ),
            (by_money, "군집 1 · 보통 구매", "Cluster 1 · average buyers"),
        ] {
            assert_eq!(KO.label(&label), ko);
            assert_eq!(EN.label(&label), en);
        }
    }

    #[test]
    fn a_segment_is_one_sentence_with_its_numbers() {
        let champions = profile(Label::Known(SegmentName::Champions), Vec::new());
        assert_eq!(
            KO.who(&champions),
            "최근까지 자주 구매한 158명(15.9%)으로, 보통 12일 전에 마지막으로 구매했고 지금까지 9번 주문해 3,012를 썼습니다."
        );
        assert_eq!(
            EN.who(&champions),
            "158 customers (15.9%) who bought lately and often: typically 9 orders worth 3.0K so far, the last one 12 days ago."
        );
    }

    #[test]
    fn an_own_segment_is_described_by_its_strongest_trait() {
        let own = profile(
            Label::Own("VIP".to_owned()),
            vec![own_trait("frequency", 2.0)],
        );
        assert!(
            KO.who(&own)
                .starts_with("구매 횟수가 평균보다 훨씬 많은 158명")
        );
        assert!(EN.who(&own).contains("with far more orders than average"));
        let champions = profile(Label::Known(SegmentName::Champions), Vec::new());
        assert_eq!(
            KO.what_to_do(&own.label, &own, false),
            KO.what_to_do(&champions.label, &champions, true)
        );
    }

    #[test]
    fn a_short_history_wins_nobody_back() {
        for name in [SegmentName::AtRisk, SegmentName::Lost] {
            let gone = profile(Label::Known(name), Vec::new());
            let said = |is_short| EN.what_to_do(&gone.label, &gone, is_short);
            assert_eq!(said(true), EN.advice_limit(Limit::ShortHistory));
            assert_ne!(said(false), said(true));
        }
    }

    #[test]
    fn an_empty_segment_says_so() {
        let mut empty = profile(Label::Known(SegmentName::Lost), Vec::new());
        (empty.n_customers, empty.medians) = (0, None);
        assert_eq!(KO.who(&empty), "이 세그먼트에 드는 고객이 없습니다.");
        assert_eq!(
            EN.what_to_do(&empty.label, &empty, false),
            "There is nothing to do now."
        );
    }
}
