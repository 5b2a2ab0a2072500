//! The words of the RFM view: its finding, the conventions, cut points and the editor of the segment map.

use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::profile::Counted;
use crate::analysis::rfm::{Convention, Fourth, FourthScore, MapCheck, Report, Sensitivity};

/// Overlaps that are named one by one.
const MOST_OVERLAPS: usize = 5;

phrases! {
    rfm_grid: "최근성 × 빈도", "Recency × frequency";
    rfm_measure: "색이 나타내는 값", "Colour shows";
    rfm_measure_customers: "고객 수", "Customers";
    rfm_measure_revenue: "매출", "Revenue";
    rfm_measure_mean: "고객당 금액", "Per customer";
    rfm_groups: "그룹 수", "Groups";
    rfm_groups_hint: "2에서 10까지. 점수는 1부터 이 수까지이고, 클수록 좋습니다.", "2 to 10. Scores run from 1 to this number; higher is better.";
    rfm_groups_resets: "그룹 수를 바꾸면 직접 정한 경계값과 규칙이 처음 상태로 돌아갑니다.", "Changing the number of groups takes your own cut points and rules back to the start.";
    rfm_convention: "계산 방식", "Convention";
    rfm_category: "카테고리", "Category";
    rfm_category_hint: "비워 두면 모든 주문입니다. 카테고리를 고르면 그 카테고리를 산 고객만, 그 카테고리에서 산 날수와 금액으로 점수를 매깁니다.",
        "Empty takes all orders. With a category, only who bought of it is scored, by the days and money of that category.";
    rfm_monetary: "금액으로 보는 것", "Money is";
    rfm_monetary_revenue: "매출", "revenue";
    rfm_monetary_margin: "마진", "margin";
    rfm_monetary_hint: "마진은 함께 연 상품 파일의 원가나 마진으로 계산하며, 알 수 없는 행은 0으로 봅니다. 세그먼트의 매출은 그대로 매출입니다.",
        "Margin comes from the costs or margins of the table of products beside; rows of which nothing is known count as nothing. The revenue of segments stays revenue.";
    rfm_weights: "점수의 가중치", "Weights of the scores";
    rfm_weights_hint: "0에서 100까지의 정수입니다. 가중 평균 점수는 고객 목록의 점수 옆에 나오고, 목록을 그 점수로 정렬할 수 있습니다. 세그먼트는 바뀌지 않습니다.",
        "Whole numbers from 0 to 100. The weighted mean stands beside the scores in the list of customers, which can be sorted by it. Segments stay as they are.";
    rfm_fourth: "네 번째 점수", "A fourth score";
    rfm_fourth_hint: "R, F, M 옆에 따로 매기는 점수입니다. 기간은 길수록, 구매 간격은 짧을수록 높습니다. 주문한 날이 하루뿐인 고객은 구매 간격이 없습니다. 세그먼트는 바뀌지 않습니다.",
        "Scored beside R, F and M: a longer tenure is higher, and so are fewer days between orders. Who ordered on one day alone has no such days. Segments stay as they are.";
    rfm_scores_how: "최근성은 마지막 주문에서 기준일까지의 날수, 빈도는 주문 수, 금액은 주문 금액의 합입니다. 기본 방식에서는 값의 분위수(7형)로 경계를 정해 1점부터 점수를 매기고, 같은 값은 언제나 같은 점수를 받습니다. 최근성은 날수가 적을수록 점수가 높습니다.",
        "Recency is whole days from the last order to the as-of date, frequency the number of orders, monetary the sum of their amounts. By default quantiles of the values (type 7) are the cut points, and equal values always get equal scores. Fewer days give a higher recency score.";
    rfm_cut_points: "분포와 경계값", "Distributions and cut points";
    rfm_cut_points_hint: "경계값은 직접 고칠 수 있습니다. Enter를 누르거나 칸을 벗어나면 바로 적용됩니다.", "Cut points can be edited. They apply on Enter or when you leave the field.";
    rfm_cut_points_reset: "분위수로 되돌리기", "Back to quantiles";
    rfm_cut_points_own: "직접 정한 경계값을 쓰고 있습니다.", "Your own cut points are in use.";
    rfm_cut_points_must_rise: "경계값은 앞의 값보다 작을 수 없습니다. 이 값은 적용하지 않았습니다.", "A cut point may not be below the one before it. This value was not applied.";
    rfm_cut_points_number: "숫자를 넣어 주세요. 이 값은 적용하지 않았습니다.", "Enter a number. This value was not applied.";
    rfm_cut_points_none: "이 방식에는 모든 고객에게 똑같이 적용되는 경계값이 없어, 고칠 수 있는 경계값만 보입니다.", "This convention has no cut points that hold for everybody; only those that can be edited are shown.";
    rfm_no_cuts: "이 방식에는 모두에게 같은 경계값이 없습니다", "By this convention no cut point holds for everybody";
    rfm_segments: "세그먼트", "Segments";
    rfm_segments_caption: "RFM 세그먼트별 수치", "RFM segments in figures";
    rfm_segments_how: "고객은 아래 규칙 가운데 처음으로 맞는 규칙의 세그먼트에 들어갑니다. 맞는 규칙이 없으면 '기타'가 됩니다. 비율은 전체 고객과 전체 매출에 대한 것이고, 주문당 금액은 매출을 주문 수로 나눈 값입니다.",
        "A customer belongs to the first rule that matches the three scores, and to “Others” where none does. Shares are of all customers and of all revenue; per order is revenue over orders.";
    rfm_sensitivity: "계산 방식을 바꾸면", "By another way of scoring";
    rfm_sensitivity_caption: "다른 방식으로 점수를 매기면 세그먼트가 바뀌는 고객", "Customers who would be in another segment by another way of scoring";
    rfm_sensitivity_way: "방식", "Way of scoring";
    rfm_sensitivity_moved: "바뀌는 고객", "Customers who move";
    rfm_sensitivity_share: "비율", "Share";
    rfm_sensitivity_how: "규칙은 그대로 두고 점수를 매기는 방식만 바꾸어 비교합니다. 중첩은 최근성 점수 안에서 빈도를, 그 둘 안에서 금액을 나눕니다. NTILE과 순위 방식은 값이 같은 고객도 고객 번호 순으로 갈라놓습니다. 고객이 10,000명을 넘으면 고르게 뽑은 10,000명을 세되, 경계는 모든 고객의 값으로 정합니다.",
        "The rules stay as they are; only the way from values to scores changes. Nested groups frequency within each recency score and money within both. NTILE and the way by rank split customers with equal values, in the order of their ids. Of more than 10,000 customers an even sample of 10,000 is counted; the bounds are drawn over all of them.";
    rfm_points: "고객별 분포", "Every customer";
    rfm_map: "세그먼트 규칙", "Rules of the segments";
    rfm_map_hint: "위에서부터 처음으로 맞는 규칙이 고객의 세그먼트를 정합니다.", "From the top, the first rule that matches names the customer.";
    rfm_map_order: "순서", "Order";
    rfm_map_name: "이름", "Name";
    rfm_map_own_name: "직접 쓴 이름", "Own name";
    rfm_map_own_option: "직접 쓰기…", "Own name…";
    rfm_map_new_name: "새 세그먼트", "New segment";
    rfm_map_from: "부터", "from";
    rfm_map_to: "까지", "to";
    rfm_map_up: "위로", "Move up";
    rfm_map_down: "아래로", "Move down";
    rfm_map_delete: "지우기", "Delete";
    rfm_map_add: "규칙 추가", "Add a rule";
    rfm_map_reset: "기본 규칙으로 되돌리기", "Back to the default rules";
    rfm_map_own: "직접 고친 규칙을 쓰고 있습니다.", "Your own rules are in use.";
    rfm_map_whole: "모든 점수 조합에 규칙이 하나씩 있습니다.", "Every combination of scores has exactly one rule.";
    rfm_needs_history: "RFM에는 고객마다 마지막 주문일(또는 지난 날수)과 주문 수가 필요합니다. 주문 파일을 열거나, 열 지정 화면에서 이 열들을 알려 주세요.",
        "RFM needs the last order (or the days since) and the number of orders of each customer. Open a file of orders, or name these columns on the mapping screen.";
}

impl Words {
    /// The way of scoring that would move most customers, and how many it moves.
    pub fn rfm_sensitivity_finding(self, sensitivity: &Sensitivity) -> Option<String> {
        let most = sensitivity.moves.iter().max_by_key(|moved| moved.n_moved)?;
        let all = self.customers(sensitivity.n_used);
        let share = self.share(most.n_moved as f64 / sensitivity.n_used.max(1) as f64);
        let way = self.convention(most.convention);
        if most.n_moved == 0 {
            return Some(self.either(
                format!("{all} 가운데 어떤 방식으로도 세그먼트가 바뀌는 고객은 없습니다."),
                format!("Of {all} nobody would be in another segment by another way."),
            ));
        }
        Some(self.either(
            format!("{all} 가운데 많게는 {share}의 세그먼트가 방식에 달려 있습니다: {way}."),
            format!("Of {all} up to {share} would be in another segment: {way}."),
        ))
    }

    /// The name of what is scored beside the three.
    pub const fn rfm_fourth_is(self, fourth: Option<Fourth>) -> &'static str {
        match fourth {
            None => self.pick("쓰지 않음", "None"),
            Some(Fourth::Tenure) => self.pick(
                "기간 (T): 첫 주문 뒤 지난 날수",
                "Tenure (T): days since the first order",
            ),
            Some(Fourth::Interpurchase) => self.pick(
                "구매 간격 (I): 주문 사이 평균 날수",
                "Interpurchase time (I): mean days between orders",
            ),
        }
    }

    /// What the distribution of it is over.
    pub const fn axis_fourth(self, fourth: Fourth) -> &'static str {
        match fourth {
            Fourth::Tenure => self.pick("첫 주문 뒤 지난 날수", "days since the first order"),
            Fourth::Interpurchase => self.pick("주문 사이 평균 날수", "mean days between orders"),
        }
    }

    /// The fourth score in a row of the list, after the three: `· T4`; a dash where there is none.
    pub fn list_fourth(self, fourth: FourthScore) -> String {
        let letter = fourth.of.letter();
        fourth.known.map_or_else(
            || format!("· {letter}–"),
            |(_, score)| format!("· {letter}{score}"),
        )
    }

    /// The sentence of its distribution: the median, and how many have no score.
    pub fn fourth_finding(self, report: &Report) -> String {
        let Some(fourth) = &report.fourth else {
            return String::new();
        };
        let Some(median) = fourth.median_days else {
            return self.either(
                "두 날 이상 주문한 고객이 없습니다".to_owned(),
                "Nobody has ordered on two days".to_owned(),
            );
        };
        let days = self.days(median);
        let without = self.customers(fourth.n_without);
        match fourth.of {
            Fourth::Tenure => self.either(
                format!("첫 주문 뒤 지난 날수의 중앙값은 {days}입니다"),
                format!("Half of the customers first ordered at least {days} ago"),
            ),
            Fourth::Interpurchase => self.either(
                format!(
                    "주문 사이 평균 날수의 중앙값은 {days}입니다(한 날만 주문한 {without} 제외)"
                ),
                format!(
                    "Median time between orders: {days} (without {without} who ordered on one day)"
                ),
            ),
        }
    }

    /// The sentence that opens the RFM view.
    pub fn rfm_finding(self, report: &Report) -> Option<String> {
        let segments = report.segments.iter();
        let largest = if report.has_money {
            segments.max_by_key(|segment| segment.revenue)
        } else {
            segments.max_by_key(|segment| segment.n_customers)
        }?;
        let name = self.label(&largest.label);
        let revenue_share = report.has_money.then_some(largest.revenue_share);
        let shares = self.shares_of(largest.customer_share, revenue_share);
        let said = match self.language {
            Language::Ko => format!("‘{name}’ 세그먼트가 {shares}를 차지합니다."),
            Language::En => format!("{name}: {shares}."),
        };
        Some(self.after_lone(report.lone, said))
    }

    /// Which scores nobody has, and why that is so; `None` where each is somebody's.
    pub fn rfm_empty_scores(self, report: &Report) -> Option<String> {
        if report.params.convention.splits_equal() {
            return None;
        }
        let letters = if report.has_money { "RFM" } else { "RF" };
        let mut empty = Vec::new();
        for (letter, counts) in letters.chars().zip(&report.score_counts) {
            let scores = counts.iter().enumerate().filter(|(_, count)| **count == 0);
            empty.extend(scores.map(|(place, _)| format!("{letter}{}", place + 1)));
        }
        let list = empty.join(", ");
        // Where many customers are equal, cut points coincide; else they are somebody's own.
        let cuts = [
            &report.cuts.recency_days,
            &report.cuts.frequency,
            &report.cuts.monetary,
        ];
        let coincide = |cuts: &&Vec<f64>| {
            cuts.windows(2)
                .any(|pair| pair[0].total_cmp(&pair[1]).is_eq())
        };
        let is_own = report.params.cuts.is_some() && !cuts.iter().any(coincide);
        let sentence = match (self.language, is_own) {
            (Language::Ko, false) => format!(
                "{list}인 고객은 없습니다. 값이 같은 고객은 같은 점수를 받으므로, 같은 값이 많으면 한 점수에 몰리고 옆 점수가 비게 됩니다."
            ),
            (Language::En, false) => format!(
                "Nobody scores {list}: customers with equal values get equal scores, so where many are equal they share one score and the next stays empty."
            ),
            (Language::Ko, true) => format!(
                "{list}인 고객은 없습니다. 직접 정한 경계값 사이에 드는 고객이 없기 때문입니다."
            ),
            (Language::En, true) => {
                format!("Nobody scores {list}: no customer lies between your own cut points there.")
            }
        };
        (!empty.is_empty() && report.n_customers > 0).then_some(sentence)
    }

    /// The name of a convention.
    pub const fn convention(self, convention: Convention) -> &'static str {
        match convention {
            Convention::Gyeol => self.pick("결 (기본)", "Gyeol (default)"),
            Convention::RRfm => self.pick("R 패키지 rfm", "R package rfm"),
            Convention::Nested => self.pick("중첩(차례로 나누기)", "Nested (sequential)"),
            Convention::Ntile => "SQL NTILE",
            Convention::PandasQcut => "pandas qcut (duplicates=\"drop\")",
            Convention::PandasRankFirst => "pandas rank(method=\"first\") + qcut",
        }
    }

    /// What a convention does.
    pub const fn convention_means(self, convention: Convention) -> &'static str {
        match convention {
            Convention::Gyeol => self.pick(
                "빈도는 주문 수입니다. 경계값과 같은 값은 낮은 쪽 그룹에, 최근성은 더 최근 쪽 그룹에 들어갑니다.",
                "Frequency counts orders. A value equal to a cut point belongs to the lower group, for recency to the more recent one.",
            ),
            Convention::RRfm => self.pick(
                "R 패키지 rfm과 같은 결과를 냅니다. 빈도는 행 수이고, 경계값은 분위수에 1을 더한 값이며, 아래 경계 이상 위 경계 미만이 한 그룹입니다.",
                "Gives the results of the R package rfm. Frequency counts rows; cut points are quantiles plus 1; a group is lower ≤ value < upper.",
            ),
            Convention::Nested => self.pick(
                "최근성은 전체에서, 빈도는 최근성 점수가 같은 고객끼리, 금액은 두 점수가 모두 같은 고객끼리 나눕니다. 같은 점수라도 값의 범위는 다를 수 있습니다.",
                "Recency over all, frequency among those with the same recency score, money among those with both. The same score may stand for other values.",
            ),
            Convention::Ntile => self.pick(
                "줄을 세워 같은 크기로 나눕니다. 값이 같아도 다른 점수를 받을 수 있고, 그때는 고객 번호가 앞선 쪽이 낮은 점수를 받습니다.",
                "Groups of equal size along the line. Customers with equal values may get different scores; of these, ids that come first get the lower one.",
            ),
            Convention::PandasQcut => self.pick(
                "분위수로 나누되 같은 경계값은 하나로 칩니다. 값이 같은 고객이 많으면 점수가 그룹 수보다 적어집니다.",
                "Quantiles, where equal cut points are one. Where many values are equal there are fewer scores than groups.",
            ),
            Convention::PandasRankFirst => self.pick(
                "순위를 매겨 순위를 나눕니다. 값이 같으면 고객 번호가 앞선 쪽의 순위가 앞섭니다(최근성은 날수가 적은 순).",
                "Ranks are cut, not values. Of equal values, ids that come first have the lower rank (recency: fewest days first).",
            ),
        }
    }

    /// One of the three measures by its key, in the field's term.
    pub fn measure(self, measure: &str) -> &'static str {
        match measure {
            "recency" => self.pick("최근성", "Recency"),
            "frequency" => self.pick("빈도", "Frequency"),
            _ => self.pick("금액", "Monetary"),
        }
    }

    /// The unit of a measure.
    pub fn measure_unit(self, measure: &str, counted: Counted) -> &'static str {
        match (measure, counted) {
            ("recency", _) => self.pick("일", "days"),
            ("frequency", Counted::Orders) => self.pick("건", "orders"),
            ("frequency", Counted::Rows) => self.pick("행", "rows"),
            _ => self.pick("금액", "money"),
        }
    }

    /// What the fields of cut points hold.
    pub fn rfm_cut_points_in(self, measure: &str, counted: Counted) -> String {
        format!(
            "{} ({})",
            self.pick("경계값", "Cut points"),
            self.measure_unit(measure, counted)
        )
    }

    /// The name of the field of a cut point between two scores.
    pub fn rfm_cut_point_between(
        self,
        measure: &str,
        counted: Counted,
        (low, high): (usize, usize),
    ) -> String {
        let (name, unit) = (self.measure(measure), self.measure_unit(measure, counted));
        match self.language {
            Language::Ko => format!("{name} 경계값, {low}점과 {high}점 사이 ({unit})"),
            Language::En => {
                format!("{name}: cut point between scores {low} and {high} ({unit})")
            }
        }
    }

    /// The name of a field of a rule: the letter of the score and which end of its range.
    pub fn rfm_rule_field(self, rule: usize, letter: char, is_from: bool) -> String {
        let end = if is_from {
            self.rfm_map_from()
        } else {
            self.rfm_map_to()
        };
        match self.language {
            Language::Ko => format!("규칙 {rule}, {letter} 점수 {end}"),
            Language::En => format!("Rule {rule}, {letter} score {end}"),
        }
    }

    /// The name of a button or field of a rule.
    pub fn rfm_rule_action(self, rule: usize, action: &str) -> String {
        match self.language {
            Language::Ko => format!("규칙 {rule}: {action}"),
            Language::En => format!("Rule {rule}: {action}"),
        }
    }

    /// What is to be known of a map: gaps, overlaps, rules in vain. Empty where all is well.
    pub fn rfm_map_findings(self, check: &MapCheck) -> Vec<String> {
        let mut findings = Vec::new();
        if check.n_gaps > 0 {
            findings.push(self.rfm_map_gaps(check));
        }
        let overlaps = check.overlaps.iter().take(MOST_OVERLAPS);
        findings.extend(overlaps.map(|overlap| self.rfm_map_overlap(*overlap)));
        if check.overlaps.len() > MOST_OVERLAPS {
            findings.push(self.rfm_map_more_overlaps(check.overlaps.len() - MOST_OVERLAPS));
        }
        findings.extend(check.unreachable.iter().map(|place| match self.language {
            Language::Ko => format!("규칙 {}에는 어떤 고객도 들어갈 수 없습니다.", place + 1),
            Language::En => format!("Rule {} can never be reached.", place + 1),
        }));
        findings
    }

    fn rfm_map_more_overlaps(self, n_more: usize) -> String {
        match self.language {
            Language::Ko => format!("겹치는 규칙 쌍이 {n_more}개 더 있습니다."),
            Language::En => format!("Further overlapping pairs of rules: {n_more}."),
        }
    }

    fn rfm_map_gaps(self, check: &MapCheck) -> String {
        let triple = |(r, f, m): &(u8, u8, u8)| format!("{r}-{f}-{m}");
        let mut list = check.gaps.iter().map(triple).collect::<Vec<_>>().join(", ");
        if check.gaps.len() < check.n_gaps {
            list.push_str(", …");
        }
        let n_gaps = self.count(check.n_gaps as u64);
        match self.language {
            Language::Ko => {
                format!("규칙이 없는 점수 조합이 {n_gaps}개 있습니다({list}). ‘기타’로 들어갑니다.")
            }
            Language::En => {
                format!(
                    "Score combinations without a rule: {n_gaps} ({list}). They go to “Others”."
                )
            }
        }
    }

    fn rfm_map_overlap(self, (first, second, n): (usize, usize, usize)) -> String {
        let (first, second) = (first + 1, second + 1);
        match self.language {
            Language::Ko => format!(
                "규칙 {} {second}번이 점수 조합 {n}개에서 겹칩니다. 앞의 규칙이 이깁니다.",
                with_josa(&format!("{first}번"), Josa::And)
            ),
            Language::En => format!(
                "Rules {first} and {second} overlap in {n} score combinations. The earlier one wins."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rfm::{self, FourthReport};
    use crate::analysis::{Params as _, Unwatched, lifecycle};
    use crate::text::testing;

    #[test]
    fn a_map_without_gaps_and_overlaps_has_no_findings() {
        let words = Words::new(Language::En);
        assert!(words.rfm_map_findings(&MapCheck::default()).is_empty());
    }

    #[test]
    fn an_order_that_stands_alone_comes_before_what_was_found() {
        let found = |further: i64| {
            let days = (0..120).map(|at| at * 2).chain([further as i32]);
            let rows: Vec<(&str, i32, i64)> = days.map(|day| ("a", day, 100)).collect();
            let shop = crate::analysis::testing::orders(&rows);
            let as_of = shop.default_as_of();
            let params = rfm::Params::default().checked().unwrap();
            let rfm = rfm::run(&shop, &params, as_of, &mut Unwatched)
                .unwrap()
                .report;
            let params = lifecycle::Params::default().checked().unwrap();
            let stages = lifecycle::run(&shop, &params, as_of, &mut Unwatched)
                .unwrap()
                .report;
            let words = Words::new(Language::En);
            [
                words.rfm_finding(&rfm).unwrap(),
                words.lifecycle_finding(&stages),
            ]
        };
        for said in found(30_000) {
            let start = "1 order stands alone on";
            assert!(said.starts_with(start) && said.contains('%'), "{said}");
        }
        for said in found(241) {
            assert!(!said.contains("alone"), "{said}");
        }
    }

    #[test]
    fn scores_that_nobody_has_are_named_with_the_reason() {
        let report = |counts: [Vec<u64>; 3]| Report {
            n_customers: 10,
            score_counts: counts,
            ..testing::report()
        };
        let said = |language, report: &Report| Words::new(language).rfm_empty_scores(report);
        let full = report([vec![5, 5], vec![5, 5], vec![5, 5]]);
        assert_eq!(said(Language::En, &full), None);
        let gaps = report([vec![5, 5], vec![10, 0], vec![0, 10]]);
        let sentence = said(Language::En, &gaps).unwrap();
        assert!(sentence.starts_with("Nobody scores F2, M1: customers with equal values"));
        let sentence = said(Language::Ko, &gaps).unwrap();
        assert!(sentence.starts_with("F2, M1인 고객은 없습니다. 값이 같은"));
    }

    #[test]
    fn a_fourth_score_is_told_by_its_letter_and_its_distribution_says_who_has_none() {
        let said = |known| {
            let of = Fourth::Interpurchase;
            Words::new(Language::En).list_fourth(FourthScore { of, known })
        };
        assert_eq!(said(Some((12.5, 4))), "· I4");
        assert_eq!(said(None), "· I–");
        let fourth = |of, median_days| FourthReport {
            of,
            cuts: Vec::new(),
            score_counts: Vec::new(),
            n_scored: 3,
            n_without: 2,
            median_days,
            histogram: testing::report().histograms[0].clone(),
        };
        let finding = |language, of, median_days| {
            let fourth = Some(fourth(of, median_days));
            let report = Report {
                fourth,
                ..testing::report()
            };
            Words::new(language).fourth_finding(&report)
        };
        let sentence = finding(Language::En, Fourth::Interpurchase, Some(12.5));
        assert_eq!(
            sentence,
            "Median time between orders: 12.5 days (without 2 customers who ordered on one day)"
        );
        let sentence = finding(Language::Ko, Fourth::Tenure, Some(30.0));
        assert_eq!(sentence, "첫 주문 뒤 지난 날수의 중앙값은 30일입니다");
        let sentence = finding(Language::En, Fourth::Interpurchase, None);
        assert_eq!(sentence, "Nobody has ordered on two days");
    }

    #[test]
    fn many_overlaps_are_counted_rather_than_listed() {
        let check = MapCheck {
            overlaps: (1..=8).map(|rule| (0, rule, 1)).collect(),
            ..MapCheck::default()
        };
        let findings = Words::new(Language::En).rfm_map_findings(&check);
        assert_eq!(findings.len(), MOST_OVERLAPS + 1);
        assert_eq!(
            findings[MOST_OVERLAPS],
            "Further overlapping pairs of rules: 3."
        );
    }

    #[test]
    fn gaps_overlaps_and_vain_rules_are_each_named_from_one() {
        let check = MapCheck {
            n_gaps: 9,
            gaps: vec![(1, 2, 3)],
            overlaps: vec![(0, 1, 4)],
            unreachable: vec![6],
        };
        let findings = Words::new(Language::En).rfm_map_findings(&check);
        assert_eq!(
            findings,
            [
                "Score combinations without a rule: 9 (1-2-3, …). They go to “Others”.",
                "Rules 1 and 2 overlap in 4 score combinations. The earlier one wins.",
                "Rule 7 can never be reached.",
            ]
        );
    }
}
