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
    column_segment: "세그먼트", "Segment";
    column_cluster: "군집", "Cluster";
    column_customers: "고객", "Customers";
    column_share: "비율", "Share";
    column_orders: "주문", "Orders";
    column_revenue: "매출", "Revenue";
    column_order_value: "주문당 금액", "Per order";
    column_recency: "최근성 (일)", "Recency (days)";
    column_frequency: "빈도", "Frequency";
    column_monetary: "금액", "Monetary";
    column_medians: "중앙값", "Medians";
    downloads: "내려받기", "Take it away";
    download_customers: "고객 목록", "Customers";
    download_customers_hint: "고객마다 점수, 세그먼트와 군집이 붙은 CSV", "CSV with scores, segment and cluster of every customer";
    download_segments: "세그먼트 표", "Segments";
    download_segments_hint: "모든 세그먼트의 수치 CSV", "CSV with the numbers of all segments";
    download_ledger: "행 장부", "Ledger";
    download_ledger_hint: "파일의 모든 행이 어디에 들어갔는지 적은 JSON", "JSON that says where every row of the file went";
}

impl Words {
    /// Column head: how many of what a profile counts as orders.
    pub const fn column_counted(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.column_orders(),
            Counted::Rows => self.rows_head(),
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
                "Into which groups do your customers fall?",
            ),
            View::Compare => self.pick(
                "두 가지 구분은 얼마나 일치하나요?",
                "How far do the two segmentations agree?",
            ),
            View::Customers => self.pick("한 사람 한 사람은 누구인가요?", "Who is each of them?"),
            View::Data => self.pick("무엇을 읽었나요?", "What was read?"),
            View::Columns => self.pick("열마다 무엇이 들어 있나요?", "What stands in each column?"),
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
