//! The words of the list of customers.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::clusters::BETWEEN;
use crate::analysis::customers::{Filter, Sort};
use crate::analysis::profile::Counted;
use crate::analysis::rfm::Change;

phrases! {
    list_search: "고객 찾기 (아이디, 이름, 지역 등)", "Find a customer (id, name, region …)";
    list_clear: "조건 지우기", "Clear";
    list_scores: "점수", "Scores";
    customers_column_id: "고객", "Customer";
    customers_column_scores: "R-F-M", "R-F-M";
    customers_column_segment: "RFM 세그먼트", "RFM segment";
    customers_column_cluster: "군집", "Cluster";
    customers_take: "걸러진 고객 저장", "Save the filtered customers";
    list_columns_legend: "고객 목록에 넣을 열", "Columns for the list of customers";
    list_columns_hint: "이름이나 주소처럼 누구인지 알려 주는 값이 있을 수 있어, 고른 열만 파일에 넣습니다. 숫자는 고객별 평균, 글자는 가장 최근 값입니다.", "They may hold names or addresses, so only those you choose go into the file. Numbers are the customer’s mean, texts the latest value.";
    customers_being_computed: "계산 중", "computing";
    list_changes: "RFM 세그먼트가 바뀌려면", "What would change the RFM segment";
    customers_none: "해당하는 고객이 없습니다.", "No customer matches.";
    customers_scroll_hint: "화살표와 Page Up, Page Down, Home, End로 움직일 수 있습니다.", "Arrow keys, Page Up, Page Down, Home and End move through the list.";
    customers_not_listed: "목록을 만들 수 없습니다. 먼저 파일을 가져와 주세요.", "There is no list. Import a file first.";
}

impl Words {
    /// Behind the name of the button that saves those whom the filter leaves: how many they are.
    pub fn customers_behind(self, n: u64) -> String {
        let n = self.count(n);
        self.either(format!(" ({n}명)"), format!(" ({n})"))
    }

    /// The button that saves everybody, or everybody who agreed to advertising.
    pub const fn customers_take_all(self, only_agreed: bool) -> &'static str {
        match only_agreed {
            false => self.pick("전체 목록 저장", "Save the whole list"),
            true => self.pick("동의한 고객 모두 저장", "Save all who agreed"),
        }
    }

    /// The list of customers where no box says that only those are in it who agreed to advertising.
    pub const fn download_customers(self, only_agreed: bool) -> &'static str {
        match only_agreed {
            false => self.pick("고객 목록", "Customer list"),
            true => self.pick(
                "고객 목록 (동의한 고객만)",
                "Customer list (only who agreed)",
            ),
        }
    }

    /// The sentence that opens the list: how many of all customers it holds. `segment` is what it is narrowed to,
    /// where that is one segment and nothing else.
    pub fn customers_finding(
        self,
        n_matching: u64,
        n_customers: u64,
        segment: Option<&str>,
    ) -> String {
        let (matching, all) = (self.customers(n_matching), self.customers(n_customers));
        match (self.language, segment) {
            (Language::Ko, Some(name)) => format!("{all} 가운데 ‘{name}’ 고객은 {matching}입니다."),
            (Language::En, Some(name)) => {
                format!("{name}: {} of {all}.", self.count(n_matching))
            }
            (Language::Ko, None) if n_matching == n_customers => {
                format!("고객은 모두 {all}입니다.")
            }
            (Language::En, None) if n_matching == n_customers => format!("{all} in all."),
            (Language::Ko, None) => format!("{all} 가운데 조건에 맞는 고객은 {matching}입니다."),
            (Language::En, None) => format!(
                "{} of {all} {}.",
                self.count(n_matching),
                Self::verb(n_matching, "matches", "match")
            ),
        }
    }

    /// How many customers analyses look at: all, or those who are left of all.
    pub fn customers_analysed(self, n_customers: u64, n_set_aside: u64) -> String {
        let all = self.customers(n_customers);
        let analysed = n_customers.saturating_sub(n_set_aside);
        match (self.language, n_set_aside) {
            (_, 0) => all,
            (Language::Ko, _) => format!("{all} 가운데 {}", self.customers(analysed)),
            (Language::En, _) => format!("{} of {all}", self.count(analysed)),
        }
    }

    /// The way to the reason why not all customers are looked at.
    pub fn set_aside_link(self, n_set_aside: u64) -> String {
        let aside = self.customers(n_set_aside);
        self.either(
            format!("열 처리로 {aside} 제외"),
            format!("{aside} set aside by column treatments"),
        )
    }

    /// What the list says of those whom no analysis looks at; nothing where there are none.
    pub fn customers_set_aside(self, n_set_aside: u64) -> Option<String> {
        let aside = self.customers(n_set_aside);
        (n_set_aside > 0).then(|| {
            self.either(
                format!("이 가운데 {aside}은 열 처리로 분석에서 제외되어 점수와 세그먼트가 없습니다. 저장한 목록의 set_aside 열에 이유가 있습니다."),
                format!(
                    "Of all, {aside} {} set aside by column treatments and {} no scores or segments; the saved list gives the reason in set_aside.",
                    Self::verb(n_set_aside, "is", "are"),
                    Self::verb(n_set_aside, "has", "have")
                ),
            )
        })
    }

    /// What opens the choice of segments and scores, with how much was chosen.
    pub fn list_filter(self, filter: &Filter) -> String {
        let n_scores = filter.scores.iter().flatten().count();
        let name = self.pick("세그먼트·점수로 고르기", "Filter by segment and score");
        match filter.segments.len() + n_scores + usize::from(filter.moved.is_some()) {
            0 => name.to_owned(),
            n => self.either(
                format!("{name} (조건 {n}개)"),
                format!("{name} ({n} chosen)"),
            ),
        }
    }

    /// The name of the field of the lowest or highest score.
    pub fn list_score_end(self, measure: &str, is_high: bool) -> String {
        let name = self.measure(measure);
        match (self.language, is_high) {
            (Language::Ko, false) => format!("{name} 최저 점수"),
            (Language::Ko, true) => format!("{name} 최고 점수"),
            (Language::En, false) => format!("{name}: lowest score"),
            (Language::En, true) => format!("{name}: highest score"),
        }
    }

    /// That a customer lies between two clusters, by its silhouette; nothing where it does not.
    pub fn list_between(self, silhouette: Option<f32>) -> Option<&'static str> {
        let is_between = |value: &f32| f64::from(*value) < BETWEEN;
        let between = self.pick("· 두 군집의 경계", "· between two clusters");
        silhouette.filter(is_between).map(|_| between)
    }

    /// The smallest changes that would move a customer to another segment.
    pub fn list_change(self, change: Option<&Change>) -> String {
        let Some(change) = change else {
            return "–".to_owned();
        };
        let days = change.without_orders.as_ref().map(|(days, label)| {
            let (days, name) = (self.days(f64::from(*days)), self.label(label));
            self.either(
                format!("주문 없이 {days} 뒤 → {name}"),
                format!("no order for {days} → {name}"),
            )
        });
        let orders = change.with_orders.as_ref().map(|(n, label)| {
            let (n, name) = (self.count(u64::from(*n)), self.label(label));
            let orders = match (self.language, *n == *"1") {
                (Language::En, true) => "order",
                _ => "orders",
            };
            self.either(
                format!("주문 {n}건 더 → {name}"),
                format!("{n} more {orders} → {name}"),
            )
        });
        let both: Vec<String> = days.into_iter().chain(orders).collect();
        if both.is_empty() {
            return self.pick("바뀌지 않음", "nothing").to_owned();
        }
        both.join(" · ")
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
    pub const fn customers_sort(self, sort: Sort, counted: Counted) -> &'static str {
        match sort {
            Sort::Customer => self.customers_column_id(),
            Sort::Recency => self.column_recency(),
            Sort::Frequency => self.column_frequency(counted),
            Sort::Monetary => self.column_monetary(),
            Sort::PAlive => self.lifetime_alive(),
            Sort::Clv => self.lifetime_clv(),
            Sort::Score => self.customers_column_scores(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::SegmentationId;

    #[test]
    fn who_is_set_aside_is_told_beside_all_others() {
        for (language, n_set_aside, expected) in [
            (Language::Ko, 0, "364명"),
            (Language::En, 0, "364 customers"),
            (Language::Ko, 26, "364명 가운데 338명"),
            (Language::En, 26, "338 of 364 customers"),
        ] {
            let words = Words::new(language);
            assert_eq!(words.customers_analysed(364, n_set_aside), expected);
            let said = words.customers_set_aside(n_set_aside);
            assert_eq!(said.is_some(), n_set_aside > 0);
        }
    }

    #[test]
    fn the_finding_counts_who_matches() {
        let words = Words::new(Language::Ko);
        for (n_matching, segment, ko, en) in [
            (12, None, "고객은 모두 12명입니다.", "12 customers in all."),
            (
                3,
                None,
                "12명 가운데 조건에 맞는 고객은 3명입니다.",
                "3 of 12 customers match.",
            ),
            (
                1,
                Some("VIP"),
                "12명 가운데 ‘VIP’ 고객은 1명입니다.",
                "VIP: 1 of 12 customers.",
            ),
        ] {
            let said = |words: Words| words.customers_finding(n_matching, 12, segment);
            assert_eq!(said(words), ko);
            assert_eq!(said(Words::new(Language::En)), en);
        }
    }

    #[test]
    fn conditions_are_counted() {
        let words = Words::new(Language::En);
        let filter = Filter {
            scores: [Some((4, 5)), None, None],
            ..Filter::of((SegmentationId::Rfm, 2))
        };
        assert_eq!(
            words.list_filter(&filter),
            "Filter by segment and score (2 chosen)"
        );
        assert_eq!(
            words.list_filter(&Filter::default()),
            "Filter by segment and score"
        );
    }
}
