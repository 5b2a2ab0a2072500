//! The words for several files that are read together, and for tables that are joined.

use super::Words;
use super::josa::{Josa, with_josa};
use crate::data::{
    FileAccount, Joined, Kind, Ledger, MarginFrom, Part, ProductFacts, Reason, Role, Spend,
    TableKind,
};

/// Beyond this it is doubtful whether a browser gives a page so much.
const MEMORY_OF_A_PAGE: u64 = 3_000_000_000;

impl Words {
    /// The heading of the files that are read together.
    pub const fn files_heading(self) -> &'static str {
        self.pick("함께 읽을 파일", "Files read together")
    }

    /// What a file is among those that are read together.
    pub const fn part(self, part: Part) -> &'static str {
        match part {
            Part::Leading => self.pick(
                "맨 앞에 읽는 파일: 아래에서 열의 뜻을 정합니다",
                "Read first: its columns are named below",
            ),
            Part::Appended => self.pick(
                "열이 같아 행을 이어 붙입니다",
                "The same columns: its rows are added",
            ),
            Part::Joined => self.pick(
                "고객 표라서 고객의 속성으로 붙입니다",
                "A table of customers: its columns become theirs",
            ),
            Part::Spend => self.pick(
                "광고비 표라서 채널별 비용과 매출을 나란히 보여 줍니다",
                "Advertising spend: cost and takings of each channel side by side",
            ),
            Part::Events => self.pick(
                "행동 기록이라서 고객마다 횟수를 셉니다",
                "A log of events: how often each customer did what",
            ),
            Part::Products => self.pick(
                "상품 표라서 주문의 상품에 분류·마진·태그를 붙입니다",
                "A table of products: category, margin and tags for what was ordered",
            ),
            Part::OtherColumns => self.pick(
                "맨 앞에 읽는 파일과 열이 달라 행을 이어 붙일 수 없습니다. 열 이름을 맞추거나 다른 종류를 고르세요",
                "Not the columns of the file that is read first, so its rows cannot be added. Give both the same column names, or choose another kind",
            ),
            Part::NoOrders => self.pick(
                "주문 파일이 있어야 그 옆에 둘 수 있습니다",
                "It can only stand beside a file of orders, and there is none",
            ),
            Part::Stranger => self.pick(
                "무엇인지 알아보지 못해 읽지 않습니다. 종류를 고르면 함께 읽습니다",
                "Not recognised, so it is not read. Choose its kind to read it along",
            ),
            Part::Unused => self.pick("읽지 않습니다", "Left aside"),
        }
    }

    /// Which columns of the first file one lacks whose rows are added to it.
    pub fn lacking(self, columns: &[String]) -> String {
        let columns = columns.join(", ");
        self.either(
            format!("없는 열은 빈칸으로 둡니다: {columns}"),
            format!("Columns that it lacks stay empty: {columns}"),
        )
    }

    /// The name of the choice of a file's kind.
    pub fn kind_label(self, name: &str) -> String {
        self.either(format!("{name}의 종류"), format!("What {name} is"))
    }

    /// A kind of file, in its choice; `None` is not used.
    pub const fn kind(self, kind: Kind) -> &'static str {
        match kind {
            None => self.pick("읽지 않음", "Not used"),
            Some(TableKind::Orders) => self.pick("주문", "Orders"),
            Some(TableKind::Customers) => self.pick("고객 표", "Customers"),
            Some(TableKind::Events) => self.pick("행동 기록", "Events"),
            Some(TableKind::Spend) => self.pick("광고비", "Advertising spend"),
            Some(TableKind::Products) => self.pick("상품 표", "Products"),
        }
    }

    /// What a column means in a table of this kind beside the orders.
    pub const fn role_beside(self, table: TableKind, role: Role) -> &'static str {
        match (table, role) {
            (TableKind::Customers, _) => {
                self.pick("고객을 가리키는 열", "Column that names the customer")
            }
            (TableKind::Spend, Role::Amount) => self.pick("비용", "Cost"),
            (TableKind::Spend, Role::Category) => self.pick("채널", "Channel"),
            (TableKind::Events, Role::Category) => self.pick("행동 이름", "Event name"),
            (_, Role::Date) => self.pick("날짜", "Date"),
            _ => self.role(role),
        }
    }

    /// The label of the question in which order the dates of a file beside the orders are written.
    pub const fn date_order_label(self) -> &'static str {
        self.pick("날짜 순서", "Order of dates")
    }

    /// The option where nobody has said it yet.
    pub const fn choose_one(self) -> &'static str {
        self.pick("— 고르세요 —", "— choose —")
    }

    /// That a file is more of another one beside the orders.
    pub fn more_of(self, name: &str) -> String {
        let with = with_josa(name, Josa::And);
        self.either(
            format!("{with} 열이 같아 한 표로 이어 붙입니다"),
            format!("The columns of {name}: both are one table"),
        )
    }

    /// That there is another table of the same kind with other columns.
    pub fn rival(self, name: &str) -> String {
        let with = with_josa(name, Josa::And);
        self.either(
            format!("{with} 종류는 같지만 열이 달라 따로 읽습니다. 이름이 같은 열에는 번호를 붙입니다"),
            format!("The same kind as {name} but other columns: each is a table of its own, and columns of the same name get a number"),
        )
    }

    /// That something about a file beside the leading one has to be said first.
    pub fn of_file(self, name: &str, said: &str) -> String {
        format!("{name}: {said}")
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

    /// Why adding was chosen for the person.
    pub const fn added_because(self) -> &'static str {
        self.pick(
            "열려 있는 파일에 이어지는 것으로 보여 더하기를 골라 두었습니다.",
            "It looks like more of what is open, so adding was chosen for you.",
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

    /// What was read from one of several `files`.
    pub fn file_account(self, file: &FileAccount, files: &[FileAccount]) -> String {
        let rows = self.rows(file.n_rows);
        if file.n_overlapping == 0 {
            return rows;
        }
        let overlapping = self.rows(file.n_overlapping);
        let earlier = file.overlaps.iter().filter_map(|&(place, n_rows)| {
            let earlier = files.get(place as usize)?;
            Some(format!("{} {}", earlier.name, self.rows(n_rows)))
        });
        let earlier = earlier.collect::<Vec<_>>().join(" · ");
        self.either(
            format!("{rows}, 그중 {overlapping}은 앞선 파일에도 있습니다: {earlier}"),
            format!(
                "{rows}, of which {overlapping} {} in an earlier file too: {earlier}",
                Self::verb(file.n_overlapping, "is", "are")
            ),
        )
    }

    /// Orders of which several files have rows that differ; `None` where there are none.
    pub fn split_orders(self, n_orders: u64) -> Option<String> {
        let count = self.count(n_orders);
        (n_orders > 0).then(|| {
            self.either(
                format!("여러 파일에 서로 다른 행으로 들어 있는 주문번호: {count}개. 행을 모두 합쳐 주문 하나로 셉니다. 한 주문의 앞선 상태와 나중 상태가 파일마다 따로 있다면 금액이 두 번 더해집니다."),
                format!("Order numbers with rows in several files that differ: {count}. All their rows are added up to one order each; where the files hold an earlier and a later state of an order, its money counts twice."),
            )
        })
    }

    /// The heading of tables of customers beside the orders.
    pub const fn joined_heading(self) -> &'static str {
        self.pick("주문에 이어 붙인 표", "Tables joined to the orders")
    }

    /// That a table beside the orders has nobody and nothing of them, and what to do.
    pub const fn matches_nothing(self, kind: TableKind) -> &'static str {
        match kind {
            TableKind::Products => self.pick(
                "이 표의 상품은 어느 주문에도 없어 아무것도 이어지지 않았습니다. 열 확인 화면에서 주문과 이 표가 같은 것(상품번호끼리, 또는 상품명끼리)으로 상품을 가리키도록 열을 고르세요.",
                "None of its products is in the orders, so nothing was joined. On the screen that checks the columns choose columns that name a product by the same thing in both: its number, or its name.",
            ),
            _ => self.pick(
                "이 표의 고객은 주문에 한 명도 없어 아무것도 이어지지 않았습니다. 두 표가 고객을 서로 다른 것(회원번호와 이메일처럼)으로 가리키는 듯합니다. 열 확인 화면에서 두 표의 고객 열로 같은 것이 담긴 열을 고르세요.",
                "None of its customers is in the orders, so nothing was joined. The two tables seem to name customers by different things, such as a member number and an e-mail address. On the screen that checks the columns choose columns as customer that hold the same in both.",
            ),
        }
    }

    /// How a joined table and the orders go together.
    pub fn joined_account(self, joined: &Joined) -> String {
        let rows = self.rows(joined.ledger.n_rows);
        let columns = joined.columns.iter().map(|name| self.column_name(name));
        let columns = columns.collect::<Vec<_>>().join(" · ");
        let sentence = match &joined.products {
            Some(facts) => self.products_matched(joined, facts),
            None => {
                let matched = self.customers(joined.n_matched);
                self.either(
                    format!("{rows}. 주문 고객 가운데 {matched}과 이어졌습니다."),
                    format!("{rows}. Joined to {matched} with orders."),
                )
            }
        };
        if columns.is_empty() {
            return sentence;
        }
        self.either(
            format!("{sentence} 생긴 열: {columns}."),
            format!("{sentence} New columns: {columns}."),
        )
    }

    fn products_matched(self, joined: &Joined, facts: &ProductFacts) -> String {
        let (rows, matched) = (
            self.rows(joined.ledger.n_rows),
            self.count(joined.n_matched),
        );
        match &facts.matched_by {
            Some((orders, own)) => self.either(
                format!("{rows}. 주문의 ‘{orders}’ 열과 이 표의 ‘{own}’ 열로 주문된 상품 {matched}개와 이어졌습니다."),
                format!("{rows}. Ordered products joined by the orders’ column “{orders}” and this table’s “{own}”: {matched}."),
            ),
            None => format!("{rows}."),
        }
    }

    /// What a table of products gave and could not give, a sentence each.
    pub fn product_facts(self, facts: &ProductFacts) -> Vec<String> {
        let margin = facts.margin_from.map(|from| {
            let from = match from {
                MarginFrom::Cost => self.pick(
                    "금액에서 수량 × 원가를 뺀 것",
                    "the amount less quantity times cost",
                ),
                MarginFrom::Rate => self.pick("금액 × 마진율", "the amount times the margin rate"),
                MarginFrom::Margin => self.pick(
                    "수량 × 상품 하나의 마진",
                    "quantity times the margin of one piece",
                ),
            };
            let rows = self.rows(facts.n_rows_without_margin);
            self.either(
                format!("마진은 {from}입니다. 마진을 알 수 없는 주문 행: {rows}."),
                format!("Margin is {from}. Rows of orders without one: {rows}."),
            )
        });
        let given = (facts.n_rows_given_category > 0).then(|| {
            let rows = self.rows(facts.n_rows_given_category);
            self.either(
                format!("이 표에서 분류를 얻은 주문 행: {rows}."),
                format!("Rows of orders that got their category from it: {rows}."),
            )
        });
        let tags = (facts.n_tags_passed > 0).then(|| {
            let (most, tags) = (self.count(facts.n_tags), self.count(facts.n_tags_passed));
            self.either(
                format!("매출이 큰 태그 {most}개만 열이 됩니다. 나머지 태그: {tags}개."),
                format!("Only the {most} tags with most money get a column; others: {tags}."),
            )
        });
        [given, margin, tags].into_iter().flatten().collect()
    }

    /// Customers or products that a joined table does not have; `None` where it has all.
    pub fn without_row(self, joined: &Joined) -> Option<String> {
        let n = joined.n_without_row;
        (n > 0).then(|| match joined.kind {
            TableKind::Products => {
                let products = self.count(n);
                self.either(
                    format!("주문됐지만 이 표에 없는 상품: {products}개"),
                    format!("Products ordered but not in this table: {products}"),
                )
            }
            _ => {
                let customers = self.customers(n);
                self.either(
                    format!("주문은 있지만 이 표에 없는 고객: {customers}"),
                    format!("With orders but not in this table: {customers}"),
                )
            }
        })
    }

    /// Customers or products of a joined table without orders; `None` where all have some.
    pub fn without_orders(self, joined: &Joined) -> Option<String> {
        let n = joined.n_without_orders;
        (n > 0).then(|| match joined.kind {
            TableKind::Products => {
                let products = self.count(n);
                self.either(
                    format!("이 표에 있지만 쓰인 주문이 없는 상품: {products}개"),
                    format!("Products in this table but in no order that counts: {products}"),
                )
            }
            _ => {
                let customers = self.customers(n);
                self.either(
                    format!("이 표에 있지만 쓰인 주문이 없는 고객: {customers}"),
                    format!("In this table but without orders that count: {customers}"),
                )
            }
        })
    }

    /// Rows of a table beside the orders that were not used; `None` where there are none.
    pub fn joined_rows_left_out(self, kind: TableKind, ledger: &Ledger) -> Option<String> {
        let buckets = ledger.buckets.iter();
        let left_out = buckets.filter(|bucket| bucket.n_rows > 0);
        let parts = left_out.filter_map(|bucket| {
            let reason = self.reason_in(kind, bucket.reason?);
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

    /// The name of a reason in a table of this kind: what has no key there lacks that, and what comes again is no sale.
    const fn reason_in(self, kind: TableKind, reason: Reason) -> &'static str {
        match (kind, reason) {
            (TableKind::Products, Reason::NoCustomer) => self.pick("상품 없음", "No product"),
            (TableKind::Spend, Reason::NoCustomer) => self.pick("채널 없음", "No channel"),
            (TableKind::Customers | TableKind::Events, Reason::NoCustomer) => {
                self.pick("고객 없음", "No customer")
            }
            (TableKind::Products, Reason::Duplicate) => {
                self.pick("앞서 나온 상품", "A product that was there before")
            }
            (TableKind::Customers, Reason::Duplicate) => {
                self.pick("앞서 나온 고객", "A customer who was there before")
            }
            (_, reason) => self.reason(reason),
        }
    }

    /// The heading of tables of advertising spend.
    pub const fn spend_heading(self) -> &'static str {
        self.pick("광고비와 매출", "Advertising spend and takings")
    }

    /// What a table of spend holds, and by what it is set beside the orders.
    pub fn spend_account(self, spend: &Spend) -> String {
        let rows = self.rows(spend.ledger.n_rows);
        let cost = self.money_full(spend.cost);
        let period = spend
            .period
            .map_or_else(String::new, |(first, last)| self.day_range(first, last));
        let matched = match &spend.matched_by {
            Some(header) => self.either(
                format!("같은 기간의 매출은 주문의 ‘{header}’ 열로 나눈 것입니다. 광고가 부른 매출이라는 뜻은 아닙니다."),
                format!("Takings of the same days are split by the orders’ column “{header}”; that the advertising brought them in is not said."),
            ),
            None => self.pick(
                "주문에 이 채널 이름이 있는 열이 없어 매출과 견줄 수 없습니다.",
                "No column of the orders has any of these names, so takings cannot be set beside the cost.",
            ).to_owned(),
        };
        self.either(
            format!("{rows}, {period}, 비용 {cost}. {matched}"),
            format!("{rows}, {period}, cost {cost}. {matched}"),
        )
    }

    /// Channels of a table of spend that no order names; `None` where all are named.
    pub fn channels_without_orders(self, spend: &Spend) -> Option<String> {
        let count = self.count(spend.n_without_orders);
        (spend.n_without_orders > 0 && spend.matched_by.is_some()).then(|| {
            self.either(
                format!("어느 주문에도 없는 채널: {count}개"),
                format!("Channels that no order names: {count}"),
            )
        })
    }

    /// Channels that orders name and that have no cost; `None` where all have one.
    pub fn channels_without_cost(self, spend: &Spend) -> Option<String> {
        let count = self.count(spend.n_without_cost);
        (spend.n_without_cost > 0).then(|| {
            self.either(
                format!("주문에는 있지만 비용이 없는 값: {count}개"),
                format!("Values of the orders without a cost: {count}"),
            )
        })
    }

    /// Columns of numbers that are not shown; `None` where there are none.
    pub fn spend_passed(self, spend: &Spend) -> Option<String> {
        let columns = spend.passed_columns.join(" · ");
        (!columns.is_empty()).then(|| {
            self.either(
                format!("더하지 않은 열: {columns}. 비율·단가·순위는 더할 수 없고, 무엇을 센 것인지 이름으로 알 수 없는 수도 더하지 않습니다."),
                format!("Columns not added up: {columns}. Rates, unit costs and ranks have no sum, nor is one made of numbers whose name does not say what they count."),
            )
        })
    }

    /// Column heads of the tables of spend: channel, month, cost, takings of each, takings over cost.
    pub const fn spend_heads(self) -> [&'static str; 6] {
        [
            self.pick("채널", "Channel"),
            self.pick("달", "Month"),
            self.pick("비용", "Cost"),
            self.pick("같은 기간 매출", "Takings in the same days"),
            self.pick("같은 기간 전체 매출", "All takings in the same days"),
            self.pick("매출 ÷ 비용", "Takings ÷ cost"),
        ]
    }

    /// The name of a channel, also of one without.
    pub fn channel_name(self, name: &str) -> String {
        match name {
            "" => self.pick("(이름 없음)", "(no name)").to_owned(),
            name => name.to_owned(),
        }
    }

    /// That files may need more memory than a browser gives to a page; `None` where they do not.
    pub fn memory_warning(self, n_bytes: u64) -> Option<String> {
        let needed = self.bytes(n_bytes);
        (n_bytes > MEMORY_OF_A_PAGE).then(|| {
            self.either(
                format!("이 파일을 읽으려면 메모리가 약 {needed} 필요한데, 브라우저는 한 페이지에 많아야 4 GB를 줍니다. 읽다가 멈출 수 있습니다. 기간을 나누어 저장하거나 쓰지 않는 열을 뺀 파일을 여세요."),
                format!("Reading this takes about {needed} of memory, and a browser gives a page 4 GB at most, so that it may stop on the way. Open a file of a shorter period, or one without the columns that you do not need."),
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
    fn only_what_a_page_may_not_get_is_warned_of() {
        for language in [Language::Ko, Language::En] {
            let words = Words::new(language);
            assert_eq!(words.memory_warning(2_000_000_000), None);
            assert!(
                words
                    .memory_warning(5_200_000_000)
                    .unwrap()
                    .contains("5.2 GB")
            );
        }
    }

    #[test]
    fn what_a_table_of_products_gave_is_told_and_nothing_where_it_gave_nothing() {
        let words = Words::new(Language::En);
        assert_eq!(words.product_facts(&ProductFacts::default()), [""; 0]);
        let facts = ProductFacts {
            n_rows_given_category: 3,
            margin_from: Some(MarginFrom::Rate),
            n_rows_without_margin: 2,
            n_tags: 12,
            n_tags_passed: 4,
            ..ProductFacts::default()
        };
        assert_eq!(
            words.product_facts(&facts),
            [
                "Rows of orders that got their category from it: 3 rows.",
                "Margin is the amount times the margin rate. Rows of orders without one: 2 rows.",
                "Only the 12 tags with most money get a column; others: 4.",
            ]
        );
    }

    #[test]
    fn a_row_without_a_key_is_told_after_the_key_of_its_table() {
        let said = |language, kind| Words::new(language).reason_in(kind, Reason::NoCustomer);
        for (kind, ko, en) in [
            (TableKind::Products, "상품 없음", "No product"),
            (TableKind::Spend, "채널 없음", "No channel"),
            (TableKind::Customers, "고객 없음", "No customer"),
            (TableKind::Events, "고객 없음", "No customer"),
        ] {
            assert_eq!(said(Language::Ko, kind), ko);
            assert_eq!(said(Language::En, kind), en);
        }
    }

    #[test]
    fn overlaps_of_a_file_are_told() {
        let file = |name: &str, overlaps: &[(u32, u64)]| FileAccount {
            name: name.to_owned(),
            n_rows: 1_200,
            n_overlapping: overlaps.iter().map(|(_, n_rows)| n_rows).sum(),
            overlaps: overlaps.to_vec(),
            ..FileAccount::default()
        };
        let files = [
            file("a.csv", &[]),
            file("b.csv", &[(0, 30)]),
            file("c.csv", &[(0, 5), (1, 10)]),
        ];
        let said = |language, n: usize| Words::new(language).file_account(&files[n], &files);
        assert_eq!(said(Language::En, 0), "1,200 rows");
        assert_eq!(
            said(Language::En, 2),
            "1,200 rows, of which 15 rows are in an earlier file too: a.csv 5 rows · b.csv 10 rows"
        );
        assert_eq!(
            said(Language::Ko, 1),
            "1,200행, 그중 30행은 앞선 파일에도 있습니다: a.csv 30행"
        );
    }
}
