//! Words that several views share: their questions, the heads of tables, settings and downloads.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::profile::Counted;
use crate::session::View;

phrases! {
    view_waiting: "계산하고 있습니다…", "Computing…";
    view_idle: "아직 계산하지 않았습니다.", "Not computed yet.";
    settings: "설정", "Settings";
    settings_undo: "마지막 변경 되돌리기", "Undo the last change";
    how_computed: "어떻게 계산하나요?", "How is this computed?";
    column_customers: "고객", "Customers";
    column_customer_share: "고객 비율", "% of customers";
    column_revenue_share: "매출 비율", "% of revenue";
    column_orders: "주문", "Orders";
    column_revenue: "매출", "Revenue";
    column_order_value: "주문당 금액", "Per order";
    column_recency: "최근성 (일)", "Recency (days)";
    column_monetary: "금액", "Monetary";
    column_medians: "중앙값", "Medians";
    downloads: "내려받기", "Downloads";
    download_customers_hint: "고객별 점수·세그먼트·군집 CSV", "CSV with each customer’s scores, segment and cluster";
    download_segments: "세그먼트 표", "Segment table";
    download_segments_hint: "모든 세그먼트의 수치 CSV", "CSV with the figures of every segment";
    download_ledger: "행 처리 내역", "Row ledger";
    download_report: "이 결과 저장 (JSON)", "Save this result (JSON)";
    download_ledger_hint: "파일의 모든 행을 썼는지, 왜 제외했는지 적은 JSON", "JSON that says of every row whether it was used, and if not, why";
}

impl Words {
    /// Column head: how many of what a profile counts as orders.
    pub const fn column_counted(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.column_orders(),
            Counted::Rows => self.rows_head(),
        }
    }

    /// Column head: the measure of frequency, and what it counts.
    pub const fn column_frequency(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.pick("빈도 (주문)", "Frequency (orders)"),
            Counted::Rows => self.pick("빈도 (행)", "Frequency (rows)"),
        }
    }

    /// Column head: money for each of them.
    pub const fn column_per_counted(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.column_order_value(),
            Counted::Rows => self.pick("행당 금액", "Per row"),
        }
    }

    /// The question that a view answers.
    pub const fn view_question(self, view: View) -> &'static str {
        match view {
            View::Overview => self.pick("고객은 어떤 사람들인가요?", "Who are your customers?"),
            View::Rfm => self.pick(
                "언제, 얼마나 자주, 얼마나 샀나요?",
                "When, how often and for how much did they buy?",
            ),
            View::Clusters => self.pick(
                "고객은 어떤 무리로 나뉘나요?",
                "Which groups do your customers form?",
            ),
            View::Lifecycle => self.pick(
                "누가 활동 중이고 누가 떠나고 있나요?",
                "Who is active, and who is leaving?",
            ),
            View::Value => self.pick(
                "매출은 누구에게서 나오나요?",
                "Who does the revenue come from?",
            ),
            View::Rhythm => self.pick(
                "누가 평소보다 늦고 있나요?",
                "Who is late against their own rhythm?",
            ),
            View::Rules => self.pick(
                "어떤 고객을 따로 보고 싶으세요?",
                "Which customers do you want to tell apart?",
            ),
            View::Compare => self.pick(
                "두 구분은 얼마나 일치하나요?",
                "How well do the two segmentations agree?",
            ),
            View::Advice => self.pick(
                "어떤 방법으로 나누면 좋을까요?",
                "Which segmentation should I use?",
            ),
            View::Stability => self.pick(
                "이 군집들은 얼마나 확실한가요?",
                "How sure are these clusters?",
            ),
            View::Prediction => self.pick(
                "누가 다시 살까요, 그 예측은 믿을 만한가요?",
                "Who will buy again, and can that be predicted?",
            ),
            View::Movement => self.pick("누가 어디로 옮겨 갔나요?", "Who moved where since then?"),
            View::Explain => self.pick(
                "세그먼트를 한 문장으로 말하면 무엇인가요?",
                "What makes a segment, in plain rules?",
            ),
            View::Lifetime => self.pick(
                "고객마다 앞으로 얼마의 가치가 있을까요?",
                "What will each customer be worth?",
            ),
            View::Customers => self.pick("어떤 고객들인가요?", "Which customers are they?"),
            View::Data => self.pick("파일에서 무엇을 읽었나요?", "What was read from the file?"),
            View::Columns => self.pick("열마다 무엇이 들어 있나요?", "What stands in each column?"),
            View::Cohorts => self.pick("고객이 다시 오나요?", "Do customers come back?"),
        }
    }

    /// Which part of the customers and of the revenue a segment is.
    pub fn shares_of(self, customer_share: f64, revenue_share: Option<f64>) -> String {
        let customers = self.share(customer_share);
        match (self.language, revenue_share.map(|share| self.share(share))) {
            (Language::Ko, Some(revenue)) => format!("고객의 {customers}, 매출의 {revenue}"),
            (Language::Ko, None) => format!("고객의 {customers}"),
            (Language::En, Some(revenue)) => {
                format!("{customers} of customers, {revenue} of revenue")
            }
            (Language::En, None) => format!("{customers} of customers"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_money_speaks_of_customers_alone() {
        let words = Words::new(Language::En);
        assert_eq!(words.shares_of(0.5, None), "50.0% of customers");
    }
}
