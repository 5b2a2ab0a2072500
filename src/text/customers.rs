//! The words of the list of customers.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::customers::Sort;

phrases! {
    customers_show: "보여 줄 고객", "Show";
    customers_all: "모든 고객", "All customers";
    customers_column_id: "고객", "Customer";
    customers_column_scores: "R-F-M", "R-F-M";
    customers_column_segment: "RFM 세그먼트", "RFM segment";
    customers_column_cluster: "군집", "Cluster";
    customers_take: "이 목록 내려받기", "Download this list";
    list_columns_legend: "고객 목록에 넣을 열", "Columns for the list of customers";
    list_columns_hint: "이름이나 주소처럼 누구인지 알려 주는 값이 있을 수 있어, 고른 열만 파일에 넣습니다. 숫자는 고객별 평균, 글자는 가장 최근 값입니다.", "They may hold names or addresses, so only those you choose go into the file. Numbers are the customer’s mean, texts the latest value.";
    customers_being_computed: "계산 중", "computing";
    customers_none: "해당하는 고객이 없습니다.", "No customer matches.";
    customers_scroll_hint: "화살표와 Page Up, Page Down, Home, End로 움직일 수 있습니다.", "Arrow keys, Page Up, Page Down, Home and End move through the list.";
    customers_not_listed: "목록을 만들 수 없습니다. 먼저 파일을 가져와 주세요.", "There is no list. Import a file first.";
}

impl Words {
    /// The sentence that opens the list.
    pub fn customers_finding(self, n_matching: u64, segment: Option<&str>) -> String {
        let customers = self.customers(n_matching);
        match (self.language, segment) {
            (Language::Ko, None) => format!("고객은 모두 {customers}입니다."),
            (Language::Ko, Some(name)) => format!("‘{name}’에 속한 고객은 {customers}입니다."),
            (Language::En, None) => format!("{customers} in all."),
            (Language::En, Some(name)) => format!("{customers} in {name}."),
        }
    }

    /// How many further columns go into the list that is saved.
    pub fn list_columns(self, n_chosen: u64, n_columns: u64) -> String {
        let (chosen, all) = (self.count(n_chosen), self.count(n_columns));
        match self.language {
            Language::Ko => {
                format!("저장할 고객 목록에 넣을 열 더 고르기 ({all}개 가운데 {chosen}개)")
            }
            Language::En => format!("Further columns in the saved list ({chosen} of {all})"),
        }
    }

    /// The name of the list for those who hear it.
    pub fn customers_rows_shown(self, first: u64, last: u64, n_matching: u64) -> String {
        let (first, last, all) = (self.count(first), self.count(last), self.count(n_matching));
        match self.language {
            Language::Ko => format!("{all}명 가운데 {first}번째부터 {last}번째까지"),
            Language::En => format!("{first} to {last} of {all}"),
        }
    }

    /// The head of a column by which the list can be sorted.
    pub const fn customers_sort(self, sort: Sort) -> &'static str {
        match sort {
            Sort::Customer => self.customers_column_id(),
            Sort::Recency => self.column_recency(),
            Sort::Frequency => self.column_frequency(),
            Sort::Monetary => self.column_monetary(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finding_counts_who_matches() {
        let words = Words::new(Language::Ko);
        assert_eq!(words.customers_finding(12, None), "고객은 모두 12명입니다.");
        assert_eq!(
            words.customers_finding(1, Some("챔피언")),
            "‘챔피언’에 속한 고객은 1명입니다."
        );
    }
}
