//! The adviser in words: goals, what is recommended and why, what the file is too thin for.

use super::Words;
use super::phrases::phrases;
use crate::analysis::SegmentationId;
use crate::analysis::advice::{Because, Goal, Limit, Report, Richness};

phrases! {
    advice_goal: "무엇을 위해 나누나요?", "What is it for?";
    advice_recommended: "추천", "Recommended";
    advice_take: "이대로 하기", "Go with this";
    advice_refused: "이 파일로는 어려운 것", "What this file is too thin for";
    advice_first_rule: "첫 규칙", "First rule";
    advice_wanted: "있으면 더 나은 것", "What would make it better";
    advice_how: "고객 수, 기록 기간, 다시 구매한 비율, 있는 열만 보고 정한 표를 따릅니다. 근거는 문서의 ‘advice’에 있습니다: 군집은 100명 이상이면서 값 하나마다 70명 이상(Dolnicar 외 2014), 이탈은 6개월 이상의 기록, RFM은 다시 구매한 고객이 10% 이상일 때 권합니다.",
        "It follows a table over the number of customers, the length of the history, the share who came back and the columns there are; the sources are in the documentation under “advice”: clusters from 100 customers and 70 for each feature (Dolnicar et al. 2014), leaving from six months of history, RFM where at least 10% came back.";
}

impl Words {
    /// A goal.
    pub const fn goal(self, goal: Goal) -> &'static str {
        match goal {
            Goal::Revenue => self.pick("매출 늘리기", "More revenue"),
            Goal::Awareness => self.pick("비슷한 새 고객 찾기", "New customers like the best"),
            Goal::Loyalty => self.pick("다시 오게 하기", "Loyalty"),
            Goal::Reactivation => self.pick("떠난 고객 되찾기", "Win back the dormant"),
            Goal::PurchaseCycle => self.pick("구매 시점 맞추기", "The right moment to write"),
        }
    }

    /// The sentence that opens the advice.
    pub fn advice_finding(self, report: &Report) -> String {
        let Some(first) = report.recommended.first() else {
            return String::new();
        };
        let name = self.segmentation(first.segmentation);
        let goal = self.goal(report.params.goal);
        self.either(
            format!("‘{goal}’에는 {name}부터 보세요."),
            format!("For “{goal}”, start with: {name}."),
        )
    }

    /// What the file has, in one line.
    pub fn advice_richness(self, richness: &Richness) -> String {
        let mut parts = vec![self.customers(richness.n_customers)];
        if let Some(days) = richness.days_of_history {
            let days = self.days(days as f64);
            parts.push(self.either(format!("기록 {days}"), format!("{days} of history")));
        }
        if let Some(share) = richness.repeat_share {
            let share = self.share(share);
            parts.push(self.either(format!("다시 구매 {share}"), format!("{share} came back")));
        }
        if richness.n_behaviour > 0 {
            let behaviour = self.count(richness.n_behaviour);
            parts.push(self.either(
                format!("구매 행동 지표 {behaviour}개"),
                format!("measures of buying: {behaviour}"),
            ));
        }
        let columns = self.count(richness.n_numeric_columns + richness.n_text_columns);
        parts.push(self.either(
            format!("다른 열 {columns}개"),
            format!("{columns} further columns"),
        ));
        parts.join(" · ")
    }

    /// Why a segmentation is recommended.
    pub const fn advice_because(self, because: Because) -> &'static str {
        match because {
            Because::RevenueIsConcentrated => self.pick(
                "매출은 대개 일부 고객에게서 나옵니다. 누구인지부터 보고 그 고객에게 예산을 먼저 쓰세요.",
                "Revenue mostly comes from a few customers: see who they are and spend on them first.",
            ),
            Because::RfmTellsWhoReturns => self.pick(
                "언제, 얼마나 자주, 얼마나 샀는지가 다시 살 고객을 가장 잘 알려 줍니다(Hughes 1994).",
                "When, how often and for how much they bought tells best who will buy again (Hughes 1994).",
            ),
            Because::CycleTellsWhoHasGone => self.pick(
                "이 가게의 구매 간격에서 정한 기준으로 누가 떠났는지 알 수 있습니다.",
                "Thresholds from the shop's own purchase cycle tell who has gone.",
            ),
            Because::ManyHaveARhythm => self.pick(
                "자기 구매 간격을 알 수 있는 고객이 많아, 한 사람씩 늦었는지 볼 수 있습니다.",
                "Many customers have a rhythm of their own, so that each can be told to be late.",
            ),
            Because::BehaviourMakesGroups => self.pick(
                "어떻게 사는지를 말해 주는 값이 있어 고객이 스스로 어떤 무리로 나뉘는지 볼 수 있습니다.",
                "There are measures of how customers buy: they show into which groups customers fall by themselves.",
            ),
            Because::RfmRanksSoFar => self.pick(
                "지금까지 누가 최근에, 자주, 많이 샀는지 보여 줍니다. 누가 떠났는지는 아직 알 수 없습니다.",
                "It shows who bought lately, often and for much so far. Who has gone cannot be told yet.",
            ),
            Because::ColumnsDescribeTheBest => self.pick(
                "지역, 나이 같은 열로 좋은 고객을 규칙으로 적고 광고에서 비슷한 사람을 찾으세요.",
                "Describe the best customers by columns such as region and age as rules, and look for people like them.",
            ),
            Because::StagesNeedLittle => self.pick(
                "구매 간격을 알 수 있는 고객이 적어, 모두에게 같은 기준을 쓰는 생애 단계가 낫습니다.",
                "Few customers have a rhythm, so that stages with one threshold for all serve better.",
            ),
            Because::RulesNeedLittle => self.pick(
                "고객이 적거나 기록이 없어도 규칙은 쓸 수 있습니다.",
                "Rules work with few customers and without a history.",
            ),
        }
    }

    /// What a file lacks, and what would mend it.
    pub const fn advice_limit(self, limit: Limit) -> &'static str {
        match limit {
            Limit::FewCustomers => self.pick(
                "고객이 100명보다 적어 군집은 우연일 수 있습니다. 값 하나에도 70명은 있어야 합니다(Dolnicar 외 2014).",
                "Fewer than 100 customers: clusters could be chance. Even a single feature needs 70 (Dolnicar et al. 2014).",
            ),
            Limit::FewCustomersForFeatures => self.pick(
                "군집에 쓸 값 하나마다 고객 70명이 필요합니다(Dolnicar 외 2014). 값을 줄이거나 더 긴 기간을 쓰세요.",
                "Clusters need 70 customers for each feature (Dolnicar et al. 2014): use fewer features or a longer period.",
            ),
            Limit::ShortHistory => self.pick(
                "기록이 6개월보다 짧아, 떠난 고객과 아직 다음 구매 전인 고객을 가릴 수 없습니다(Klaviyo의 예측도 180일의 기록을 요구합니다).",
                "Under six months of history: who has gone cannot be told from who is between two orders (Klaviyo's predictions, too, ask for 180 days).",
            ),
            Limit::MostlyOneOrder => self.pick(
                "고객의 90% 넘게 한 번만 구매해 빈도로는 나눌 수 없습니다. 다섯 등분(Hughes 1994)의 경계가 모두 1회가 됩니다.",
                "Over 90% ordered once: frequency tells nobody apart. All borders of its fifths (Hughes 1994) would be one order.",
            ),
            Limit::NoHistory => self.pick(
                "주문 날짜나 횟수가 없습니다. 주문 파일을 여세요.",
                "There are no dates or orders: open an order file.",
            ),
            Limit::NoMoney => self.pick(
                "금액이 없습니다. 금액 열을 고르거나 금액이 든 파일을 여세요.",
                "There is no money: choose its column, or open a file that has it.",
            ),
            Limit::NoDescription => self.pick(
                "지역, 등급처럼 고객이 누구인지 적은 글 열이 없습니다. 고객 파일을 함께 여세요.",
                "No column of texts says who customers are, such as region or grade: open a customer file beside it.",
            ),
            Limit::FewRhythms => self.pick(
                "구매일이 사흘 이상인 고객이 20%보다 적습니다. 더 긴 기간의 파일을 쓰세요.",
                "Fewer than 20% have three order days: use a file of a longer period.",
            ),
        }
    }

    /// What pressing will set: the features of clusters.
    pub fn advice_features(self, features: &[String]) -> String {
        let names: Vec<String> = features.iter().map(|name| self.feature(name)).collect();
        let names = names.join(", ");
        self.either(
            format!("군집에 쓸 값: {names}"),
            format!("Clusters by: {names}"),
        )
    }

    /// A segmentation that is refused, and why.
    pub fn advice_refusal(self, segmentation: SegmentationId, limit: Limit) -> String {
        format!(
            "{}: {}",
            self.segmentation(segmentation),
            self.advice_limit(limit)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn what_is_refused_for_thin_data_names_its_source() {
        for (limit, source) in [
            (Limit::FewCustomers, "Dolnicar"),
            (Limit::FewCustomersForFeatures, "Dolnicar"),
            (Limit::ShortHistory, "Klaviyo"),
            (Limit::MostlyOneOrder, "Hughes"),
        ] {
            for language in [Language::Ko, Language::En] {
                let said = Words::new(language).advice_limit(limit);
                assert!(said.contains(source), "{said}");
            }
        }
    }
}
