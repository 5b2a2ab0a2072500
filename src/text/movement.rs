//! Who moved where between two dates, in words, and whether the segmentation still holds.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::movement::{Foresight, Report, Verdict};

phrases! {
    movement_of: "살펴볼 구분", "Segmentation";
    movement_earlier: "이전 날짜", "Earlier date";
    movement_usual: "기본 날짜로", "Usual date";
    movement_cuts: "나누는 기준", "Cut points";
    movement_frozen: "이전 날짜의 기준 그대로", "Kept from the earlier date";
    movement_fresh: "날짜마다 새로", "Made anew on each date";
    movement_matrix: "어디에서 어디로", "From where to where";
    movement_caption: "행은 이전 날짜, 열은 기준일의 세그먼트입니다. 각 칸은 고객 수이고, 색은 행 안의 비율입니다.",
        "Rows are the earlier date, columns the as-of date. Cells are customers; the shade is the share within the row.";
    movement_new: "새로 온 고객", "New since then";
    movement_now: "지금", "Now";
    movement_moves: "큰 이동", "The largest moves";
    movement_bridge: "이전 날짜 뒤의 매출", "Revenue after the earlier date";
    movement_bridge_hint: "지금의 세그먼트마다, 그 고객들이 이전 날짜 뒤에 쓴 돈을 어디에서 왔는지로 나눕니다. 순이동은 지금 고객 수에서 이전 고객 수를 뺀 것입니다.",
        "For each segment of today, what its customers spent after the earlier date, by where they came from. The net flow is customers now less customers then.";
    movement_from_stayed: "머문 고객", "Who stayed";
    movement_from_others: "다른 곳에서", "From elsewhere";
    movement_before: "이전", "Then";
    movement_net: "순이동", "Net flow";
    movement_still: "구매가 없었다면", "Without orders";
    movement_compared: "비교한 값", "Compared";
    movement_drift: "구분이 아직 맞나요?", "Does the segmentation still hold?";
    movement_shares: "세그먼트 비율", "Shares of the segments";
    movement_psi: "PSI", "PSI";
    movement_ks: "KS 거리", "KS distance";
    movement_p_value: "p 값", "p-value";
    movement_after: "이 구분이 그 뒤를 알려 주었나요?", "Did it tell what came after?";
    movement_buyers: "구매한 비율", "Share who bought";
    movement_orders: "고객당 주문", "Orders per customer";
    movement_expected: "앞 기간으로 본 예상", "Expected from the period before";
    movement_spent: "고객당 매출", "Revenue per customer";
    movement_lift: "향상도", "Lift";
    movement_how: "이전 날짜의 상태는 그날까지의 주문만으로 만듭니다. 옮겼지만 두 날짜 사이에 주문이 없는 고객은 시간 때문에 옮긴 것입니다. PSI는 이전 날짜의 십분위로 나눈 비율의 차이이며, 0.1 미만이면 그대로, 0.25를 넘으면 크게 달라진 것으로 봅니다. KS는 두 분포의 가장 큰 거리이며, p 값은 두 날짜가 독립 표본인 것처럼 계산합니다. 지니는 나중의 주문 순으로 고객을 얼마나 잘 줄 세우는지로, 완벽하면 1, 우연이면 0입니다.",
        "The earlier state is made of the orders until that date alone. Who moved without an order between the dates was moved by time. PSI compares shares in the tenths of the earlier date: below 0.1 little has changed, above 0.25 much has. KS is the largest distance of the two distributions; its p-value takes the dates as independent samples. The Gini says how well customers are ranked by their later orders: 1 is perfect, 0 is chance.";
}

impl Words {
    /// The sentence that opens the view.
    pub fn movement_finding(self, report: &Report) -> String {
        let Some((from, to, n)) = report.weightiest_move() else {
            let (earlier, n) = (self.day(report.earlier), self.customers(report.n_known));
            return self.either(
                format!("{earlier}부터 {n} 모두 제자리에 있습니다."),
                format!("All {n} are where they were on {earlier}."),
            );
        };
        let name = |place: usize| self.label(&report.labels[place]);
        let (n, all) = (self.count(n), self.count(report.size_before(from)));
        self.either(
            format!(
                "{}에 ‘{}’이던 고객 {all}명 가운데 {n}명이 지금은 ‘{}’입니다.",
                self.day(report.earlier),
                name(from),
                name(to)
            ),
            format!(
                "{n} of {all} customers who were “{}” on {} are now “{}”.",
                name(from),
                self.day(report.earlier),
                name(to)
            ),
        )
    }

    /// Who moved, and why.
    pub fn movement_why(self, report: &Report) -> String {
        let moved = self.count(report.n_moved);
        let known = self.customers(report.n_known);
        let by_time = self.count(report.n_moved_by_time);
        let by_orders = self.count(report.n_moved - report.n_moved_by_time);
        let held = self.count(report.n_held);
        let entered = self.count(report.entered.iter().sum());
        self.either(
            format!("{known} 가운데 {moved}명이 옮겼습니다. {by_time}명은 시간이 지나서, {by_orders}명은 구매한 뒤에 옮겼습니다. {held}명은 구매했기에 머물렀습니다. 새 고객은 {entered}명이고, 주문 파일에서 사라진 고객은 {}명입니다.", self.count(report.n_left)),
            format!("{moved} of {known} moved: {by_time} because time passed, {by_orders} after buying. {held} stayed only because they bought. {entered} are new; {} left, since nobody ever leaves an order file.", self.count(report.n_left)),
        )
    }

    /// Whether the segmentation still holds.
    pub const fn movement_verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Holds => self.pick(
                "구분은 아직 맞습니다. 고객의 분포가 거의 그대로입니다(PSI 0.1 미만).",
                "The segmentation still holds: the customers are spread much as they were (PSI below 0.1).",
            ),
            Verdict::Shifts => self.pick(
                "분포가 움직이고 있습니다(PSI 0.1~0.25). 곧 기준을 다시 살펴보세요.",
                "The customers are shifting (PSI 0.1 to 0.25). Look at the cut points again soon.",
            ),
            Verdict::Broken => self.pick(
                "분포가 크게 달라졌습니다(PSI 0.25 초과). 기준을 새로 만드세요.",
                "The customers have changed a lot (PSI above 0.25). Make the cut points anew.",
            ),
        }
    }

    /// Whether the segments told what came after.
    pub fn movement_foresight(self, foresight: &Foresight) -> String {
        let Some(rate) = foresight.gini_of_rate else {
            return self
                .pick(
                    "이전 날짜 뒤에 아무도 다시 사지 않아 견줄 것이 없습니다.",
                    "Nobody of then bought afterwards: there is nothing to hold it against.",
                )
                .to_owned();
        };
        let rate_text = self.decimal(rate, 3);
        let Some(own) = foresight.gini else {
            return self.either(
                format!("앞 기간이 없어 예상을 배울 수 없습니다. 고객별 주문 빈도만으로는 지니 {rate_text}입니다."),
                format!("There is no period before to learn from. Each customer's own rate of orders reaches a Gini of {rate_text}."),
            );
        };
        let is_better = own > rate;
        let own = self.decimal(own, 3);
        match (self.language, is_better) {
            (Language::Ko, true) => {
                format!("세그먼트의 지니는 {own}로, 고객별 주문 빈도({rate_text})보다 낫습니다.")
            }
            (Language::Ko, false) => format!(
                "세그먼트의 지니는 {own}로, 고객별 주문 빈도({rate_text})보다 낫지 않습니다."
            ),
            (Language::En, true) => format!(
                "The segments reach a Gini of {own}, more than each customer's own rate of orders ({rate_text})."
            ),
            (Language::En, false) => format!(
                "The segments reach a Gini of {own}, no more than each customer's own rate of orders ({rate_text})."
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
