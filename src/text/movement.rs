//! Who moved where between two dates, in words, and whether the segmentation still holds.

use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::movement::{Cuts, Move, Report, Verdict};
use crate::data::Day;

phrases! {
    movement_of: "살펴볼 구분", "Segmentation";
    movement_earlier: "이전 날짜", "Earlier date";
    movement_usual: "기본 날짜로", "Usual date";
    movement_cuts: "나누는 기준", "Cut points";
    movement_frozen: "이전 날짜의 기준 유지", "Kept from the earlier date";
    movement_fresh: "날짜마다 새로", "Made anew on each date";
    movement_kept: "프로젝트에 저장된 기준", "Kept by the project";
    movement_since_hint: "이번 파일에 그날까지의 주문도 있어야 합니다. 프로젝트에는 기준만 있고 주문은 없습니다.",
        "The file must hold the orders until then too: a project keeps cut points and never an order.";
    movement_matrix: "어디에서 어디로", "From where to where";
    movement_caption: "행은 이전 날짜, 열은 기준일의 세그먼트입니다. 칸의 숫자는 고객 수이고, 색이 짙을수록 그 행에서 차지하는 비율이 높습니다. 숫자를 누르면 그 고객의 목록이 열립니다.",
        "Rows are the earlier date, columns the as-of date. Cells are customers, the darker the larger their share of the row. Press a number for the list of those customers.";
    movement_new: "그 뒤 처음 온 고객", "New since then";
    movement_gone: "나간 고객", "Left";
    movement_come: "들어온 고객", "Entered";
    movement_now: "지금", "Now";
    movement_moves: "인원이 많은 이동", "The largest moves";
    movement_fewer: "줄여서 보기", "Show fewer";
    movement_bridge: "이전 날짜 이후의 매출", "Revenue after the earlier date";
    movement_bridge_hint: "지금의 세그먼트별로 고객 수가 어떻게 바뀌었는지, 그 고객들이 이전 날짜 이후에 쓴 돈이 누구에게서 나왔는지 보여 줍니다.",
        "For each segment of today: how its customers changed in number, and what they spent after the earlier date, by where they came from.";
    movement_bridge_table: "세그먼트별 고객 수와 매출 표", "Customers and revenue by segment, as a table";
    movement_from_stayed: "머문 고객", "Who stayed";
    movement_from_others: "다른 세그먼트에서 온 고객", "From elsewhere";
    movement_before: "이전", "Then";
    movement_net: "증감", "Change";
    movement_still: "구매가 없었다면", "If nobody had bought";
    movement_compared: "비교한 값", "Compared";
    movement_sides: "두 날짜의 결과", "The results of both dates";
    movement_shares_table: "세그먼트별 비율과 변화", "Shares of the segments and how they changed";
    movement_psi_part: "PSI에 더한 값", "Part of the PSI";
    movement_orders_until: "그날까지의 주문", "Orders until then";
    movement_revenue_until: "그날까지의 매출", "Revenue until then";
    movement_drift: "이 구분이 아직 맞나요?", "Does the segmentation still hold?";
    movement_drift_table: "PSI와 KS 거리, 읽는 법", "PSI and KS distance, and how to read them";
    movement_psi_hint: "PSI: 이전 날짜의 고객을 똑같은 크기의 열 칸으로 나누고, 지금 고객이 칸마다 차지하는 비율이 얼마나 다른지 한 숫자로 모은 값입니다. 값이 없는 고객은 따로 한 칸입니다. 0이면 같고, 0.1 이상이면 살펴보고, 0.25를 넘으면 크게 달라진 것입니다.",
        "PSI: the customers of then are cut into ten equal groups, and one number says how different the shares of today’s customers in them are; who has no value is a group of its own. 0 is the same, from 0.1 on look closer, above 0.25 much has changed.";
    movement_ks_hint: "KS 거리: 두 날짜의 분포가 가장 크게 벌어진 곳의 차이입니다. 0.2라면 어떤 값 이하인 고객의 비율이 두 날짜에 20%포인트까지 다르다는 뜻입니다. p 값은 두 날짜를 독립 표본으로 보고 계산한 참고값입니다.",
        "KS distance: the widest gap between the two distributions. 0.2 means that the shares of customers below some value differ by up to 20 percentage points. The p-value takes the dates as independent samples and is no more than a hint.";
    movement_shares: "세그먼트 비율", "Shares of the segments";
    movement_psi: "PSI", "PSI";
    movement_ks: "KS 거리", "KS distance";
    movement_p_value: "p 값", "p-value";
    movement_after: "이 구분으로 이후의 구매를 알 수 있었나요?", "Did it tell what came after?";
    movement_after_table: "세그먼트별 이후의 구매 표", "What came after by segment, as a table";
    movement_buyers: "구매한 비율", "Share who bought";
    movement_orders: "고객당 주문", "Orders per customer";
    movement_expected: "직전 기간 기준 예상", "Expected from the period before";
    movement_expected_by_bg_nbd: "BG/NBD 예상", "Expected by BG/NBD";
    movement_rankings: "세그먼트와 두 가지 예측의 줄 세우기", "The segments against two other forecasts";
    movement_ranked_by: "줄 세운 기준", "Ranked by";
    movement_by_segments: "세그먼트", "The segments";
    movement_by_rate: "고객별 주문 빈도", "Each customer’s own rate of orders";
    movement_by_bg_nbd: "BG/NBD가 예상한 주문", "Orders that BG/NBD expects";
    movement_gini: "지니", "Gini";
    movement_top_lift: "상위 10%의 향상도", "Lift of the first tenth";
    movement_spent: "고객당 매출", "Revenue per customer";
    movement_lift: "향상도", "Lift";
    movement_how: "이전 날짜의 상태는 그날까지의 주문만으로 만듭니다. 옮긴 이유는 이전 날짜의 기준으로 하나씩 빼 보아 나눕니다. 주문과 환불이 없었어도 지금 자리에 있을 고객은 시간이 지나서, 환불이 없었다면 다른 자리에 있을 고객은 환불 때문에, 주문이 없었다면 다른 자리에 있을 고객은 구매해서, 이전 기준으로는 다른 자리에 있을 고객은 기준이 움직여서 옮긴 것입니다. 이전 날짜 이후는 파일의 마지막 날까지만 봅니다. 지니는 이후의 주문이 많은 순서로 고객을 얼마나 잘 줄 세우는지로, 완벽하면 1, 우연이면 0입니다. BG/NBD는 이전 날짜까지의 주문에만 맞춘 구매 모형입니다.",
        "The earlier state is made of the orders until that date alone. Why customers moved is found by leaving out one thing after the other, by the cut points of the earlier date: who would be where they are without any order or refund was moved by time, who would be elsewhere without the refund by the refund, who would be elsewhere without the order by buying, and whom the earlier cut points would put elsewhere by the cut points. What came after ends with the file. The Gini says how well customers are ranked by their later orders: 1 is perfect, 0 is chance. BG/NBD is a model of orders, fitted to those until the earlier date alone.";
    movement_then_column: "이전 세그먼트", "Segment then";
}

impl Words {
    /// The sentence that opens the view and the picture: the move whose customers have spent most, and before it that a few
    /// orders stand alone, so that the dates may be wrong.
    pub fn movement_finding(self, report: &Report) -> String {
        let finding = self.movement_plain_finding(report);
        self.after_lone(report.lone, finding)
    }

    fn movement_plain_finding(self, report: &Report) -> String {
        let Some((from, to, n)) = report.weightiest_move() else {
            let (earlier, n) = (self.day(report.earlier), self.customers(report.n_known));
            return self.either(
                format!("{earlier} 이후 {n} 모두 제자리에 있습니다."),
                match report.n_known {
                    1 => format!("The one customer is where it was on {earlier}."),
                    _ => format!("All {n} are where they were on {earlier}."),
                },
            );
        };
        let name = |place: usize| self.label(&report.labels[place]);
        let (n_moved, n_before) = (n, report.size_before(from));
        let (n, all) = (self.count(n), self.count(n_before));
        let (by, by_after) = self.movement_by(report);
        let worth = report.worth[from * report.n() + to];
        let worth = (!worth.is_zero()).then(|| self.money(worth));
        let spent = worth.map_or_else(String::new, |worth| {
            self.either(
                format!(" 지금까지의 구매액은 모두 {worth}입니다."),
                match n_moved {
                    1 => format!(" They have spent {worth} so far."),
                    _ => format!(" Together they have spent {worth} so far."),
                },
            )
        });
        self.either(
            format!(
                "{}에 ‘{}’이던 고객 {all}명 가운데 {n}명이 지금은 {by}‘{}’입니다.{spent}",
                self.day(report.earlier),
                name(from),
                name(to)
            ),
            format!(
                "{n} of {} who {} “{}” on {} {} now “{}”{by_after}.{spent}",
                self.customers(n_before),
                Self::verb(n_before, "was", "were"),
                name(from),
                self.day(report.earlier),
                Self::verb(n_moved, "is", "are"),
                name(to)
            ),
        )
    }

    /// By whose cut points customers are where they are now: before a name in Korean, after it in English; empty where
    /// each date has its own.
    fn movement_by(self, report: &Report) -> (String, String) {
        let earlier = self.day(report.earlier);
        match report.params.cuts {
            Cuts::Frozen => (
                format!("{earlier}의 기준으로 "),
                format!(", by the cut points of {earlier}"),
            ),
            Cuts::Kept => (
                "프로젝트에 저장된 기준으로 ".to_owned(),
                ", by the cut points that the project kept".to_owned(),
            ),
            Cuts::Fresh => Default::default(),
        }
    }

    /// The column of the segments of now, which need not be those of a segmentation that is cut anew.
    pub const fn movement_now_column(self, cuts: Cuts) -> &'static str {
        match cuts {
            Cuts::Frozen => self.pick("지금 (이전 날짜의 기준)", "Now, by the earlier cut points"),
            Cuts::Kept => self.pick("지금 (저장된 기준)", "Now, by the kept cut points"),
            Cuts::Fresh => self.pick("지금 세그먼트", "Segment now"),
        }
    }

    /// That the file ends before the as-of date; nothing where it does not.
    pub fn movement_end(self, report: &Report) -> Option<String> {
        let end = report.known_until;
        // By default the as-of date is the day after the last order.
        (report.as_of > end.plus(1)).then(|| {
            self.either(
                format!("파일의 마지막 주문은 {}입니다. 그 뒤의 구매는 알 수 없으므로, 그 뒤의 이동은 시간이 지난 것만 반영합니다.", self.day(end)),
                format!("The file ends on {}. Nothing is known of what was bought after it: moves after that day are by time alone.", self.day(end)),
            )
        })
    }

    /// What starts the comparison with a project.
    pub fn movement_since(self, day: Day) -> String {
        self.either(
            format!("이 프로젝트 이후: {}", self.day(day)),
            format!("Since this project: {}", self.day(day)),
        )
    }

    /// What opens all moves.
    pub fn movement_all(self, n: u64) -> String {
        self.either(format!("{n}개 모두 보기"), format!("Show all {n}"))
    }

    /// Whom a list of moves holds.
    pub fn move_name(self, one: &Move) -> String {
        let name = |label| self.label(label);
        match (self.language, one) {
            (Language::Ko, Move::Between(from, to)) if from == to => {
                format!("{}에 머문", name(from))
            }
            (Language::En, Move::Between(from, to)) if from == to => {
                format!("Stayed in {}", name(from))
            }
            (_, Move::Between(from, to)) => format!("{} → {}", name(from), name(to)),
            (_, Move::New(to)) => format!("{} → {}", self.movement_new(), name(to)),
            (Language::Ko, Move::Left(from)) => format!("{}에서 나간", name(from)),
            (Language::En, Move::Left(from)) => format!("Left {}", name(from)),
            (Language::Ko, Move::Entered(to)) => {
                format!("{} 들어온", with_josa(&name(to), Josa::By))
            }
            (Language::En, Move::Entered(to)) => format!("Entered {}", name(to)),
        }
    }

    /// A number that leads to a list, for those who hear it.
    pub fn move_link(self, one: &Move, n: u64) -> String {
        // The number as it stands there is a word of its own in it.
        let (name, customers) = (self.move_name(one), self.customers(n));
        self.either(
            format!("{name} 고객 수: {}", self.count(n)),
            format!("{name}: {customers}"),
        )
    }

    /// Which dates the two segments in the list and its file are of, and why they need not be the RFM segment beside them.
    pub fn movement_columns(self, (earlier, as_of, cuts): (Day, Day, Cuts)) -> String {
        let (then, now) = (self.day(earlier), self.day(as_of));
        let by = match cuts {
            Cuts::Frozen => self.either(
                format!("둘 다 {then}의 기준으로 나눕니다"),
                format!("both by the cut points of {then}"),
            ),
            Cuts::Kept => self
                .pick(
                    "둘 다 프로젝트에 저장된 기준으로 나눕니다",
                    "both by the cut points that the project kept",
                )
                .to_owned(),
            Cuts::Fresh => self
                .pick(
                    "날짜마다 새 기준으로 나눕니다",
                    "each by its date’s own cut points",
                )
                .to_owned(),
        };
        let column = self.movement_now_column(cuts);
        self.either(
            format!("‘이전 세그먼트’는 {then}, ‘{column}’ 열은 {now}의 세그먼트이며, {by}(파일에서는 movement_then, movement_now). 다른 세그먼트 열은 기준일에 새로 나눈 것이라 다를 수 있습니다."),
            format!("“Segment then” is of {then}, “{column}” of {now}, {by} (in the file movement_then and movement_now). The other columns of segments are cut anew on the as-of date, so they can differ."),
        )
    }

    /// Whether the segmentation still holds.
    pub const fn movement_verdict(self, verdict: Verdict, is_only_recency: bool) -> &'static str {
        match verdict {
            Verdict::Holds => self.pick(
                "이 구분은 아직 맞습니다. 고객의 분포가 거의 그대로입니다(PSI 0.1 미만).",
                "The segmentation still holds: the customers are spread much as they were (PSI below 0.1).",
            ),
            _ if is_only_recency => self.pick(
                "마지막 구매 뒤 지난 날수의 분포만 달라졌습니다(다른 값은 PSI 0.1 미만). 파일이 길어지면서 오래된 고객이 쌓였거나, 구매가 줄었다는 뜻입니다. 위의 ‘구매한 뒤 옮긴 고객’이 줄지 않았다면 기준을 새로 만들 필요는 없습니다.",
                "Only recency has moved; all else is spread as it was (PSI below 0.1). Either older customers have piled up with time, or fewer buy. As long as as many move after buying as before, the cut points need not be made anew.",
            ),
            Verdict::Shifts => self.pick(
                "고객의 분포가 움직이고 있습니다(PSI 0.1~0.25). 곧 기준을 다시 살펴보세요.",
                "The customers are shifting (PSI 0.1 to 0.25). Look at the cut points again soon.",
            ),
            Verdict::Broken => self.pick(
                "고객의 분포가 크게 달라졌습니다(PSI 0.25 초과). 기준을 새로 만드세요.",
                "The customers have changed a lot (PSI above 0.25). Make the cut points anew.",
            ),
        }
    }

    /// A p-value: very small ones as a bound.
    pub fn movement_p(self, p_value: f64) -> String {
        if p_value < 0.001 {
            "< 0.001".to_owned()
        } else {
            self.decimal(p_value, 3)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::movement::Params;
    use crate::analysis::{
        self, Label, Report as Any, Request, SegmentName, Unwatched, rfm, testing,
    };

    #[test]
    fn moves_are_named_in_both_languages() {
        let (champions, risk) = (
            Label::Known(SegmentName::Champions),
            Label::Known(SegmentName::AtRisk),
        );
        for (one, ko, en) in [
            (
                Move::Between(champions.clone(), risk),
                "챔피언 → 이탈 위험 고객",
                "Champions → At risk",
            ),
            (
                Move::Between(champions.clone(), champions.clone()),
                "챔피언에 머문",
                "Stayed in Champions",
            ),
            (
                Move::Left(champions.clone()),
                "챔피언에서 나간",
                "Left Champions",
            ),
            (
                Move::Entered(champions.clone()),
                "챔피언으로 들어온",
                "Entered Champions",
            ),
            (
                Move::New(champions),
                "그 뒤 처음 온 고객 → 챔피언",
                "New since then → Champions",
            ),
        ] {
            assert_eq!(Words::new(Language::Ko).move_name(&one), ko);
            assert_eq!(Words::new(Language::En).move_name(&one), en);
        }
    }

    #[test]
    fn a_headline_whose_dates_may_be_wrong_says_so_first() {
        let shop = testing::with_order(testing::regulars(), 30_000);
        let request = |of| Request::Movement(Params::default(), Box::new(Request::Rfm(of)));
        let at = |day: i32| {
            let found = analysis::run(
                &shop,
                request(rfm::Params::default()),
                Day::from_number(day),
                &mut Unwatched,
            );
            match found.unwrap().report {
                Any::Movement(report) => *report,
                other => panic!("{other:?}"),
            }
        };
        let said = |language, day| Words::new(language).movement_finding(&at(day));
        let lone = "1 order stands alone on 20 Feb 2052, long after all others";
        assert!(said(Language::En, 30_001).starts_with(lone));
        assert!(said(Language::Ko, 30_001).starts_with("주문 1건만 2052. 2. 20.에"));
        assert!(!said(Language::En, 178).contains("stands alone"));
    }

    #[test]
    fn recency_alone_is_no_alarm() {
        let words = Words::new(Language::En);
        let said = |verdict, is_only| words.movement_verdict(verdict, is_only);
        assert!(said(Verdict::Broken, true).contains("Only recency"));
        assert!(said(Verdict::Broken, false).contains("anew"));
        assert!(said(Verdict::Holds, false).contains("still holds"));
    }
}
