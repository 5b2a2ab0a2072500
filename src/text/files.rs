//! The words for several files that are read together, and for tables that are joined.

use super::Words;
use crate::data::{FileAccount, Joined, Part};

impl Words {
    /// The heading of the files that are read together.
    pub const fn files_heading(self) -> &'static str {
        self.pick("함께 읽을 파일", "Files read together")
    }

    /// What the leading file is among them.
    pub const fn leading_file(self) -> &'static str {
        self.pick(
            "아래에서 열을 지정하는 파일",
            "The file whose columns are named below",
        )
    }

    /// What a file is beside the leading one.
    pub const fn part(self, part: Part) -> &'static str {
        match part {
            Part::Appended => self.pick(
                "열이 같아 행을 이어 붙입니다",
                "The same columns: its rows are added",
            ),
            Part::Joined => self.pick(
                "고객 표라서 고객의 속성으로 붙입니다",
                "A table of customers: its columns become theirs",
            ),
            Part::Stranger => self.pick(
                "열이 달라 함께 읽을 수 없습니다. 열 이름이 같거나 고객마다 한 행인 파일이어야 합니다",
                "Other columns, so it cannot be read along. It needs the same column names, or one row per customer",
            ),
        }
    }

    /// The label of the column that says which customer.
    pub const fn key_label(self) -> &'static str {
        self.pick("고객을 가리키는 열", "Column that names the customer")
    }

    /// Takes a file in.
    pub fn read_along(self, name: &str) -> String {
        self.either(format!("{name} 함께 읽기"), format!("Read {name} along"))
    }

    /// Whether files are added to those that are open.
    pub const fn add_question(self) -> &'static str {
        self.pick(
            "지금 열려 있는 결과는 어떻게 할까요?",
            "What about the results that are open?",
        )
    }

    /// The files take their place.
    pub const fn replace_open(self) -> &'static str {
        self.pick("이 파일로 새로 시작", "Start anew with this file")
    }

    /// The files are added to them.
    pub const fn add_to_open(self) -> &'static str {
        self.pick(
            "열려 있는 파일에 더하기",
            "Add it to the files that are open",
        )
    }

    /// A file's name where others are read with it.
    pub fn name_and_more(self, name: &str, n_more: u64) -> String {
        match n_more {
            0 => name.to_owned(),
            1 => self.either(format!("{name} 외 1개"), format!("{name} and 1 more file")),
            _ => self.either(
                format!("{name} 외 {n_more}개"),
                format!("{name} and {n_more} more files"),
            ),
        }
    }

    /// What was read from one of several files.
    pub fn file_account(self, file: &FileAccount) -> String {
        let rows = self.rows(file.n_rows);
        if file.n_overlapping == 0 {
            return rows;
        }
        let overlapping = self.rows(file.n_overlapping);
        self.either(
            format!("{rows}, 그중 {overlapping}은 앞선 파일에도 있습니다."),
            format!("{rows}, of which {overlapping} are in an earlier file too."),
        )
    }

    /// The heading of tables of customers beside the orders.
    pub const fn joined_heading(self) -> &'static str {
        self.pick("붙인 고객 표", "Tables of customers joined to the orders")
    }

    /// How a joined table and the orders go together.
    pub fn joined_account(self, joined: &Joined) -> String {
        let rows = self.rows(joined.ledger.n_rows);
        let matched = self.customers(joined.n_matched);
        self.either(
            format!("{rows}. 주문 고객 가운데 {matched}과 이어졌습니다."),
            format!("{rows}. Joined to {matched} with orders."),
        )
    }

    /// Customers whom a joined table does not have; `None` where it has all.
    pub fn customers_without_row(self, joined: &Joined) -> Option<String> {
        let customers = self.customers(joined.n_without_row);
        (joined.n_without_row > 0).then(|| {
            self.either(
                format!("주문은 있지만 이 표에 없는 고객: {customers}"),
                format!("With orders but not in this table: {customers}"),
            )
        })
    }

    /// Customers of a joined table without orders; `None` where all have some.
    pub fn customers_without_orders(self, joined: &Joined) -> Option<String> {
        let customers = self.customers(joined.n_without_orders);
        (joined.n_without_orders > 0).then(|| {
            self.either(
                format!("이 표에 있지만 쓰인 주문이 없는 고객: {customers}"),
                format!("In this table but without orders that count: {customers}"),
            )
        })
    }

    /// Rows of a joined table of which nothing was taken; `None` where there are none.
    pub fn joined_rows_left_out(self, joined: &Joined) -> Option<String> {
        let buckets = joined.ledger.buckets.iter();
        let left_out = buckets.filter(|bucket| bucket.n_rows > 0);
        let parts = left_out.filter_map(|bucket| {
            let reason = self.reason(bucket.reason?);
            Some(format!("{reason} {}", self.rows(bucket.n_rows)))
        });
        let parts = parts.collect::<Vec<_>>().join(" · ");
        (!parts.is_empty()).then(|| {
            self.either(
                format!("쓰지 않은 행: {parts}"),
                format!("Rows not used: {parts}"),
            )
        })
    }

    /// A button that saves customers who are missing on one side.
    pub const fn save_list(self) -> &'static str {
        self.pick("목록 저장", "Save the list")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn further_files_are_counted() {
        let named = |language, n_more| Words::new(language).name_and_more("a.csv", n_more);
        assert_eq!(named(Language::En, 0), "a.csv");
        assert_eq!(named(Language::En, 1), "a.csv and 1 more file");
        assert_eq!(named(Language::Ko, 2), "a.csv 외 2개");
    }

    #[test]
    fn overlaps_of_a_file_are_told() {
        let file = |n_overlapping| FileAccount {
            n_rows: 1_200,
            n_overlapping,
            ..FileAccount::default()
        };
        let said = |language, n| Words::new(language).file_account(&file(n));
        assert_eq!(said(Language::En, 0), "1,200 rows");
        assert_eq!(
            said(Language::En, 30),
            "1,200 rows, of which 30 rows are in an earlier file too."
        );
        assert_eq!(
            said(Language::Ko, 30),
            "1,200행, 그중 30행은 앞선 파일에도 있습니다."
        );
    }
}
