//! One customer in words: what it ordered, why it is in its segments, what would move it.
//!
//! Every sentence is of the customer's own numbers beside the border that they are held against.

use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::clusters::{Closeness, OwnFeature};
use crate::analysis::one_customer::{Card, Own, Past, Placed, Reason, Scored, WhatIf};
use crate::analysis::rfm::Convention;
use crate::analysis::{Label, SegmentName};
use crate::data::Day;

phrases! {
    customer_card: "고객 한 명", "One customer";
    customer_card_close: "고객 닫기", "Close this customer";
    customer_gone: "이 고객은 기준일까지 주문한 적이 없습니다.", "This customer had not ordered by the as-of date.";
    customer_waiting: "이 고객을 살펴보는 중입니다.", "Looking at this customer.";
    customer_past: "주문과 세그먼트의 흐름", "Orders and segments over time";
    customer_why: "왜 여기에 속하나요?", "Why here?";
    customer_move: "무엇이 바꾸나요?", "What would move it?";
    customer_still: "여기서 알 수 있는 한 바꾸는 것이 없습니다.", "Nothing that can be told here would move it.";
    customer_untold: "이 구분에서는 고객 한 명의 이유를 따로 말하지 않습니다.", "This segmentation does not tell single customers apart.";
    customer_no_closeness: "어느 군집에도 들지 않거나, 쓰인 값 가운데 수인 것이 없습니다.", "It is in no cluster, or no feature is a number.";
    customer_no_rhythm: "구매일이 하루뿐이라 아직 간격을 알 수 없습니다.", "A single order day tells no rhythm yet.";
    customer_download: "이 고객의 기록 저장", "Save this history";
    customer_no_orders: "주문별 기록이 없는 파일이라 흐름을 그릴 수 없습니다.", "The file has no single orders, so there is nothing to draw over time.";
    customer_how: "지난 세그먼트는 모두 기준일의 경계값으로 본 것입니다. 그날의 경계값으로 보면 다를 수 있습니다. 바꾸는 것은 다른 고객이 그대로일 때 이 고객만 바꾸어 같은 경계에 물어본 결과이고, RFM에서 주문 하나는 이 고객의 평균 주문만 한 것으로 봅니다.",
        "Earlier segments are by the cut points of the as-of date; by those of their own day they may be others. What would move a customer is found by changing this customer alone and asking the same borders; for RFM an order is as large as this customer’s orders are on average.";
    customer_axis: "주문 금액", "Money of each order";
    customer_axis_rows: "주문의 행 수", "Rows of each order";
    customer_head_what: "내용", "What";
    customer_head_from: "날짜", "Day";
    customer_head_until: "끝", "Until";
    customer_head_details: "자세히", "Details";
    customer_order: "주문", "Order";
    customer_return: "환불", "Given back";
}

impl Words {
    /// The button of a customer's id in the list, for those who hear it.
    pub fn customer_open(self, id: &str) -> String {
        self.either(
            format!("{id}: 자세히 보기"),
            format!("{id}: see this customer"),
        )
    }

    /// Who a customer is, in one sentence.
    pub fn customer_summary(self, card: &Card) -> String {
        let (Some(n), Some(recency)) = (card.n_orders, card.recency_days) else {
            return self.customer_no_orders().to_owned();
        };
        let (n, last) = (self.orders(u64::from(n)), self.days(f64::from(recency)));
        let since = card.first_order.map(|day| self.day(day));
        let (since_ko, since_en) = since.map_or_else(Default::default, |day| {
            (format!("{day}부터 "), format!(" since {day}"))
        });
        let spent = card.amount.map(|amount| self.money_full(amount));
        let (spent_ko, spent_en) = spent.map_or_else(Default::default, |money| {
            (format!(", 금액은 모두 {money}"), format!(" for {money}"))
        });
        self.either(
            format!("{since_ko}주문은 {n}{spent_ko}이며, 마지막 주문은 {last} 전입니다."),
            format!("{n}{since_en}{spent_en}; the last one {last} ago."),
        )
    }

    /// That only the latest orders are shown; nothing where all are.
    pub fn customer_earlier(self, past: &Past) -> Option<String> {
        (past.n_earlier > 0).then(|| {
            let n = self.count(past.n_earlier);
            self.either(
                format!("더 이른 주문 {n}건은 여기에 없고, 저장한 파일에 있습니다."),
                format!("{n} earlier orders are not shown; the saved file has them."),
            )
        })
    }

    /// Why a customer is in its segment.
    pub fn customer_reason(self, placed: &Placed) -> String {
        match &placed.reason {
            Reason::Rfm { convention, scores } => {
                let said = scores
                    .iter()
                    .map(|one| self.customer_score(*convention, one));
                said.collect::<Vec<_>>().join(" · ")
            }
            Reason::Lifecycle { .. } => self.customer_stage(&placed.reason),
            Reason::Rhythm { .. } => self.customer_rhythm(&placed.reason),
            Reason::Value {
                by,
                value,
                lowest,
                above,
            } => self.customer_value(by, *value, *lowest, *above),
            Reason::Rules { when: None, .. } => self.inspector_others().to_owned(),
            Reason::Rules {
                when: Some(when),
                values,
            } => {
                let own = |(measure, own): &(String, Own)| self.customer_own(measure, own);
                let own: Vec<String> = values.iter().map(own).collect();
                let rule = self.rule_sentence(when);
                match own.is_empty() {
                    true => rule,
                    false => {
                        let own = own.join(", ");
                        self.either(
                            format!("{rule}. 이 고객은 {own}."),
                            format!("{rule}. This one: {own}."),
                        )
                    }
                }
            }
            Reason::Clusters(Some(closeness)) => self.customer_closeness(closeness),
            Reason::Clusters(None) if placed.label == Label::Known(SegmentName::Unclustered) => {
                self.inspector_unclustered().to_owned()
            }
            Reason::Clusters(None) => self.customer_no_closeness().to_owned(),
            Reason::Untold => self.customer_untold().to_owned(),
        }
    }

    /// A score with the value that it stands for and the cut points around it: `Recency 5: 3 days (20 or fewer days)`.
    fn customer_score(self, convention: Convention, scored: &Scored) -> String {
        let (measure, value) = (scored.measure.as_str(), scored.value);
        let name = self.measure(measure);
        let own = match measure {
            "recency" => self.days(value),
            "frequency" => self.orders_or_rows(convention.counted(), value.max(0.0) as u64),
            _ => self.full_amount(value),
        };
        let has_cuts = scored.above.is_some() || scored.to.is_some();
        let range = has_cuts
            .then(|| self.value_range(convention, measure, scored.above, scored.to))
            .map_or_else(String::new, |range| format!(" ({range})"));
        let score = scored.score;
        self.either(
            format!("{name} {score}점: {own}{range}"),
            format!("{name} {score}: {own}{range}"),
        )
    }

    fn customer_stage(self, reason: &Reason) -> String {
        let Reason::Lifecycle {
            recency_days,
            n_orders,
            thresholds,
            back_after,
        } = reason
        else {
            return String::new();
        };
        let days = |days: f64| self.days(days);
        let (last, n) = (
            days(f64::from(*recency_days)),
            self.orders(u64::from(*n_orders)),
        );
        let active = days(f64::from(thresholds.active_days));
        let lapsed = days(f64::from(thresholds.lapsed_days));
        let loyal = self.orders(u64::from(thresholds.loyal_orders));
        let back = back_after.map(|pause| days(f64::from(pause)));
        let back = back.map_or_else(String::new, |pause| {
            self.either(
                format!(" {pause} 쉬었다가 돌아왔습니다."),
                format!(" It came back after a pause of {pause}."),
            )
        });
        self.either(
            format!("마지막 주문은 {last} 전, 주문은 {n}입니다. 활동은 {active}까지, 휴면은 {lapsed} 넘게, 단골은 {loyal}부터입니다.{back}"),
            format!("Last order {last} ago, {n}. Active until {active}, lapsed after {lapsed}, loyal from {loyal}.{back}"),
        )
    }

    fn customer_rhythm(self, reason: &Reason) -> String {
        let Reason::Rhythm {
            recency_days,
            usual_days,
            lateness,
            params,
        } = reason
        else {
            return String::new();
        };
        let (Some(usual), Some(lateness)) = (usual_days, lateness) else {
            return self.customer_no_rhythm().to_owned();
        };
        let (last, usual) = (self.days(f64::from(*recency_days)), self.days(*usual));
        let share = |share: f64| self.share(share);
        let (own, due) = (share(*lateness), share(params.due));
        let (late, long) = (share(params.late), share(params.long_overdue));
        self.either(
            format!("마지막 주문 뒤 {last}, 평소 간격은 {usual}이라 간격의 {own}입니다. 구매할 때는 {due}, 늦음은 {late}, 많이 늦음은 {long}부터입니다."),
            format!("{last} since the last order, usually {usual} between orders: {own} of its own pause. Due from {due}, late from {late}, long overdue from {long}."),
        )
    }

    fn customer_value(
        self,
        by: &str,
        value: Option<f64>,
        lowest: Option<f64>,
        above: Option<f64>,
    ) -> String {
        let own = self.customer_own(by, &value.map_or(Own::Missing, Own::Number));
        let number = |value: f64| match by == "monetary" {
            true => self.full_amount(value),
            false => self.number(value),
        };
        let lowest = lowest.map(number).map(|lowest| {
            self.either(
                format!(" 이 등급은 {lowest}부터입니다."),
                format!(" Its class begins at {lowest}."),
            )
        });
        let above = above.map(number).map(|above| {
            self.either(
                format!(" 위 등급은 {above}부터입니다."),
                format!(" The class above begins at {above}."),
            )
        });
        let (lowest, above) = (lowest.unwrap_or_default(), above.unwrap_or_default());
        format!("{own}.{lowest}{above}")
    }

    /// A measure with the customer's own value: `orders 12`.
    fn customer_own(self, measure: &str, own: &Own) -> String {
        let name = self.feature_measure(measure);
        match own {
            Own::Number(number) => format!("{name} {}", self.decimal(*number, 6)),
            Own::Text(text) => format!("{name} ‘{}’", self.rule_text(measure, text)),
            Own::Missing => format!("{name} {}", self.pick("없음", "missing")),
        }
    }

    fn customer_closeness(self, closeness: &Closeness) -> String {
        let unlike = closeness.features.iter().take(3);
        let unlike: Vec<String> = unlike.map(|one| self.customer_feature(one)).collect();
        let (unlike, nearest) = (unlike.join(", "), self.feature(&closeness.nearest.name));
        let second = closeness.second.as_ref().map(|label| self.label(label));
        let second = second.map_or_else(String::new, |name| {
            self.either(
                format!(" 다음으로 가까운 군집은 ‘{name}’입니다."),
                format!(" The next nearest is “{name}”."),
            )
        });
        let fit = closeness
            .silhouette
            .map(|fit| self.fixed(f64::from(fit), 2));
        let fit = fit.map_or_else(String::new, |fit| {
            self.either(
                format!(" 군집에 맞는 정도(실루엣)는 {fit}입니다."),
                format!(" It fits with a silhouette of {fit}."),
            )
        });
        self.either(
            format!("전체 평균과 가장 다른 값: {unlike}. 군집 평균과 가장 가까운 값은 {nearest}입니다.{fit}{second}"),
            format!("Least like all customers in: {unlike}. Nearest to the mean of its cluster in: {nearest}.{fit}{second}"),
        )
    }

    /// A feature with its value and how far it and its cluster are from all: `orders 12 (z 2.3, cluster 2.0)`.
    fn customer_feature(self, one: &OwnFeature) -> String {
        let value = match one.name == "monetary" {
            true => self.full_amount(one.value),
            false => self.number(one.value),
        };
        let name = self.feature_measure(&one.name);
        let (own, cluster) = (self.fixed(one.z, 1), self.fixed(one.centre_z, 1));
        self.either(
            format!("{name} {value} (z {own}, 군집 {cluster})"),
            format!("{name} {value} (z {own}, cluster {cluster})"),
        )
    }

    /// What would move a customer to another segment, one sentence each; one that nothing would, where that is so.
    pub fn customer_changes(self, change: &WhatIf, as_of: Day) -> Vec<String> {
        let into = |label: &Label| {
            let name = self.label(label);
            let korean = with_josa(&format!("‘{name}’"), Josa::Subject);
            (korean, format!("“{name}”"))
        };
        let without = change.without_orders.as_ref().map(|(days, label)| {
            let day = self.day(as_of.plus(i32::try_from(*days).unwrap_or(i32::MAX)));
            let (days, (ko, en)) = (self.days(f64::from(*days)), into(label));
            self.either(
                format!("주문이 없으면 {days} 뒤인 {day}에 {ko} 됩니다."),
                format!("Without an order it becomes {en} on {day}, in {days}."),
            )
        });
        let with = change.with_orders.as_ref().map(|(n, label)| {
            let (n, (ko, en)) = (u64::from(*n), into(label));
            let more = match (self.language, n) {
                (Language::Ko, _) => format!("주문 {}건", self.count(n)),
                (Language::En, 1) => "1 more order".to_owned(),
                (Language::En, _) => format!("{} more orders", self.count(n)),
            };
            self.either(
                format!("기준일에 {more}이 더 있으면 {ko} 됩니다."),
                format!("{more} on the as-of date would make it {en}."),
            )
        });
        let money = change.with_money.as_ref().map(|(more, label)| {
            let (more, (ko, en)) = (self.money_full(*more), into(label));
            self.either(
                format!("금액이 {more} 더 있으면 {ko} 됩니다."),
                format!("{more} more would make it {en}."),
            )
        });
        let mut all: Vec<String> = [without, with, money].into_iter().flatten().collect();
        if all.is_empty() {
            all.push(self.customer_still().to_owned());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lifecycle::Thresholds;
    use crate::analysis::{ReadyName, SegmentationId, rhythm};
    use crate::data::Money;

    fn both(say: impl Fn(Words) -> String) -> [String; 2] {
        [Language::Ko, Language::En].map(|language| say(Words::new(language)))
    }

    fn placed(reason: Reason) -> Placed {
        Placed {
            of: SegmentationId::Rfm,
            label: Label::Ready(ReadyName::Loyal),
            reason,
            change: None,
        }
    }

    #[test]
    fn scores_stand_with_their_values_and_cut_points() {
        let scored = |measure: &str, value, score, above, to| Scored {
            measure: measure.to_owned(),
            value,
            score,
            above,
            to,
        };
        let scores = vec![
            scored("recency", 3.0, 5, None, Some(20.0)),
            scored("frequency", 12.0, 4, Some(8.0), Some(14.0)),
            scored("monetary", 1234.5, 5, Some(900.0), None),
        ];
        let convention = Convention::Gyeol;
        let placed = placed(Reason::Rfm { convention, scores });
        let [ko, en] = both(|words| words.customer_reason(&placed));
        assert_eq!(
            en,
            "Recency 5: 3 days (20 or fewer days) · Frequency 4: 12 orders (9 to 14 orders) · Monetary 5: 1,234 (more than 900)"
        );
        assert!(
            ko.starts_with("최근성 5점: 3일 (20일 이하) · 빈도 4점: 12건"),
            "{ko}"
        );
    }

    #[test]
    fn stages_and_rhythm_stand_beside_their_borders() {
        let stage = placed(Reason::Lifecycle {
            recency_days: 12,
            n_orders: 3,
            thresholds: Thresholds {
                active_days: 40,
                lapsed_days: 90,
                loyal_orders: 4,
            },
            back_after: Some(190),
        });
        let [ko, en] = both(|words| words.customer_reason(&stage));
        assert!(
            en.ends_with("loyal from 4 orders. It came back after a pause of 190 days."),
            "{en}"
        );
        assert!(ko.ends_with("190일 쉬었다가 돌아왔습니다."), "{ko}");
        let rhythm = |usual_days| {
            placed(Reason::Rhythm {
                recency_days: 30,
                usual_days,
                lateness: usual_days.map(|days| 30.0 / days),
                params: rhythm::Params::default(),
            })
        };
        let [_, en] = both(|words| words.customer_reason(&rhythm(Some(20.0))));
        assert!(en.contains("150.0% of its own pause"), "{en}");
        let [_, en] = both(|words| words.customer_reason(&rhythm(None)));
        assert_eq!(en, Words::new(Language::En).customer_no_rhythm());
    }

    #[test]
    fn changes_have_a_day_or_say_that_there_are_none() {
        let as_of = Day::from_civil(2011, 3, 1).unwrap();
        let change = WhatIf {
            without_orders: Some((11, Label::Ready(ReadyName::Slipping))),
            with_orders: Some((1, Label::Ready(ReadyName::Loyal))),
            with_money: Some((Money::new(1_230_050, 2), Label::Ready(ReadyName::ClassA))),
        };
        assert_eq!(
            Words::new(Language::En).customer_changes(&change, as_of),
            [
                "Without an order it becomes “Slipping” on 12 Mar 2011, in 11 days.",
                "1 more order on the as-of date would make it “Loyal”.",
                "12,300.50 more would make it “Class A”.",
            ]
        );
        assert_eq!(
            Words::new(Language::Ko).customer_changes(&change, as_of)[0],
            "주문이 없으면 11일 뒤인 2011. 3. 12.에 ‘뜸한 고객’이 됩니다."
        );
        let nothing = Words::new(Language::Ko).customer_changes(&WhatIf::default(), as_of);
        assert_eq!(nothing, [Words::new(Language::Ko).customer_still()]);
    }
}
