//! The words of the ledger: why rows are left out, and how they add up to the file.

use super::Words;
use crate::data::{Beside, Bucket, Day, Ledger, Money, PassedRows, Reason, Returned};

impl Words {
    /// The name of a reason.
    pub const fn reason(self, reason: Reason) -> &'static str {
        match reason {
            Reason::Blank => self.pick("빈 행", "Blank row"),
            Reason::Ragged => self.pick("칸 수가 다른 행", "Too many or too few cells"),
            Reason::NoCustomer => self.pick("고객 없음 (비회원 등)", "No customer (guests)"),
            Reason::NoDate => self.pick("날짜 없음", "No date"),
            Reason::Unreadable => self.pick("읽을 수 없는 값", "Unreadable value"),
            Reason::Returned => self.pick("취소·반품", "Cancelled or returned"),
            Reason::NoPositiveAmount => self.pick("금액이 없거나 0", "No amount, or zero"),
            Reason::Overlap => self.pick("다른 파일과 겹치는 행", "In an earlier file too"),
            Reason::Duplicate => self.pick("완전히 같은 행", "Exact duplicate"),
            Reason::RepeatedTotal => self.pick("되풀이된 주문 총액", "Order total repeated"),
        }
    }

    /// What the reason means, in one sentence.
    pub const fn reason_explained(self, reason: Reason) -> &'static str {
        match reason {
            Reason::Blank => self.pick("모든 칸이 비어 있습니다.", "All cells are empty."),
            Reason::Ragged => self.pick(
                "열 이름의 수와 칸의 수가 다릅니다.",
                "The number of cells differs from the header.",
            ),
            Reason::NoCustomer => self.pick(
                "비회원 주문처럼 누가 샀는지 적혀 있지 않은 행입니다. 한 사람의 구매로 묶을 수 없어 고객과 매출에서 제외합니다.",
                "The row does not say who bought, as with guest orders. It cannot be tied to anybody, so customers and revenue go without it.",
            ),
            Reason::NoDate => self.pick(
                "언제 샀는지 적혀 있지 않습니다.",
                "The row does not say when.",
            ),
            Reason::Unreadable => self.pick(
                "날짜나 숫자로 읽히지 않거나, 자릿수가 너무 많아 정확히 담을 수 없는 값이 있습니다.",
                "A date or number cannot be read, or has more digits than can be kept exactly.",
            ),
            Reason::Returned => self.pick(
                "취소·환불·결제 실패·미입금 같은 상태이거나, 취소 표시가 있거나, 수량·금액이 음수입니다.",
                "A state such as cancelled, refunded, payment failed or unpaid, a cancel mark, or a negative quantity or amount.",
            ),
            Reason::NoPositiveAmount => self.pick(
                "금액이 비어 있거나 0입니다.",
                "The amount is empty or zero.",
            ),
            Reason::Overlap => self.pick(
                "앞선 파일에 같은 내용의 행이 있습니다.",
                "An earlier file has a row that says the same.",
            ),
            Reason::Duplicate => self.pick(
                "앞선 행과 글자 하나까지 같습니다.",
                "Byte for byte the same as an earlier row.",
            ),
            Reason::RepeatedTotal => self.pick(
                "금액이 주문 전체의 총액이고, 같은 주문의 다른 줄에서 이미 세었습니다. 더하면 매출이 줄 수만큼 부풀려집니다. 상품·분류·마진을 볼 때는 총액을 그 주문의 줄들에 똑같이 나눕니다.",
                "The amount is the total of the whole order, and another of its lines counts it already. Adding it up would count an order as often as it has lines. For products, categories and margins the total is shared evenly among the lines of its order.",
            ),
        }
    }

    /// The name of the bucket of rows that count.
    pub const fn used_rows(self) -> &'static str {
        self.pick("쓰인 행", "Used")
    }

    /// The heading of the ledger.
    pub const fn ledger(self) -> &'static str {
        self.pick("행 처리 내역", "Row ledger")
    }

    /// The one sentence that answers whether anything was lost.
    pub fn ledger_answer(self, n_rows: u64, n_used: u64) -> String {
        let share = self.share(n_used as f64 / n_rows.max(1) as f64);
        self.either(
            format!(
                "{} 가운데 {}({share})을 씁니다. 나머지는 이유와 함께 아래에 모두 있습니다.",
                self.rows(n_rows),
                self.rows(n_used)
            ),
            format!(
                "{} of {} {} used ({share}). All others are below, each with its reason.",
                self.count(n_used),
                self.rows(n_rows),
                Self::verb(n_used, "is", "are")
            ),
        )
    }

    /// Beside the ledger while customers are looked at on a day within the file: it is that of the whole file.
    pub fn ledger_as_of(self, as_of: Day) -> String {
        let day = self.day(as_of);
        self.either(
            format!(
                "아래 내역은 파일 전체에 대한 것입니다. 지금 결과에는 기준일({day})까지의 주문만 들어가고, 그 뒤의 주문은 아직 없는 것으로 봅니다."
            ),
            format!(
                "The ledger covers the whole file. The results use only orders up to {day}; later ones are treated as not placed yet."
            ),
        )
    }

    /// The label of the toggle that takes the money of returns off what customers spent.
    pub fn net_returns(self, returns: Returned) -> String {
        let money = self.money_full(Money::default() - returns.money);
        self.either(
            format!(
                "앞선 구매가 있는 반품 {}({money})의 금액을 고객의 구매 금액에서 뺍니다",
                self.rows(returns.n_rows)
            ),
            format!(
                "Take {money} of {} that follow a purchase off what their customers spent",
                self.rows(returns.n_rows)
            ),
        )
    }

    /// Below it: what a return is not.
    pub const fn net_returns_explained(self) -> &'static str {
        self.pick(
            "반품은 어느 쪽이든 주문으로 세지 않고, 최근 구매로도 보지 않습니다. 그때까지 산 금액을 넘는 반품은 이 파일에 없는 구매의 것으로 보아 빼지 않습니다. ‘제외’를 풀면 반품이 하나의 주문처럼 세어집니다.",
            "A return is no order either way and makes nobody a recent buyer. What exceeds all that a customer had paid by then is of a purchase that this file does not have, and is not taken off. Counting these rows instead would make every return an order.",
        )
    }

    /// Where returns are taken off: what is left of the money of the rows that are used.
    pub fn net_total(self, ledger: &Ledger) -> Option<String> {
        let used = ledger
            .buckets
            .iter()
            .find(|bucket| bucket.reason.is_none())?;
        let returns = ledger.choices.nets_returns().then_some(ledger.returns)?;
        let late = self.late_returns(returns);
        let [net, used, returns] = [used.money + returns.money, used.money, returns.money]
            .map(|money| self.money_full(money));
        Some(self.either(
            format!("파일 전체에서 반품을 뺀 매출은 {net}입니다 ({used} {returns}). 기준일 뒤의 반품은 분석에서 아직 없는 것으로 봅니다.{late}"),
            format!("Revenue of the whole file less returns: {net} ({used} {returns}). Analyses do not know of returns after the as-of date.{late}"),
        ))
    }

    /// That some returns come after the usual as-of date, and what to do where they should count; nothing where none does.
    fn late_returns(self, returns: Returned) -> String {
        if returns.n_late_rows == 0 {
            return String::new();
        }
        let (rows, money) = (
            self.rows(returns.n_late_rows),
            self.money_full(returns.late_money),
        );
        self.either(
            format!(" 그중 {rows}({money})은 마지막 주문 다음 날보다 늦은 반품이라, 기준일이 그날이면 고객의 합계에 들어 있지 않습니다. 넣으려면 기준일을 그 뒤로 옮기세요."),
            format!(" Later than the day after the last order: {rows} ({money}). On that as-of date no customer’s sum has this money; to take it off, set a later date."),
        )
    }

    /// Where returns are taken off: how many customers were given back all that they had paid.
    pub fn emptied_customers(self, n_emptied: u64) -> Option<String> {
        let customers = self.customers(n_emptied);
        (n_emptied > 0).then(|| {
            self.either(
                format!(
                    "산 금액을 모두 돌려받은 고객이 {customers} 있습니다. 주문은 그대로 세므로 구매 빈도에는 남아 있습니다."
                ),
                format!(
                    "{customers} {} given back all that they had paid. Their orders still count, so they keep their frequency.",
                    Self::verb(n_emptied, "was", "were")
                ),
            )
        })
    }

    /// Column head: the reason.
    pub const fn bucket(self) -> &'static str {
        self.pick("구분", "Bucket")
    }

    /// Column head: whether rows are left out.
    pub const fn leave_out(self) -> &'static str {
        self.pick("제외", "Leave out")
    }

    /// The label of a toggle.
    pub fn leave_out_reason(self, reason: Reason) -> String {
        let name = self.reason(reason);
        self.either(format!("‘{name}’ 제외하기"), format!("Leave out “{name}”"))
    }

    /// In place of a toggle: such rows hold nothing that could be counted.
    pub const fn always_left_out(self) -> &'static str {
        self.pick("항상", "always")
    }

    /// Column head: rows.
    pub const fn rows_head(self) -> &'static str {
        self.pick("행", "Rows")
    }

    /// Column head: share of rows.
    pub const fn share_head(self) -> &'static str {
        self.pick("비율", "Share")
    }

    /// Column head: money.
    pub const fn money_head(self) -> &'static str {
        self.pick("금액", "Money")
    }

    /// Column head: the first lines of the file.
    pub const fn first_lines(self) -> &'static str {
        self.pick("파일의 줄 번호", "Lines in the file")
    }

    /// Where further rows with a bucket's reason are: among those that count, or left out for another reason.
    pub fn rows_with_reason_elsewhere(self, bucket: &Bucket) -> String {
        let n_elsewhere = bucket.n_rows_with_reason.saturating_sub(bucket.n_rows);
        let n_left_out = n_elsewhere.saturating_sub(bucket.n_rows_counted);
        let used = (bucket.n_rows_counted > 0).then(|| {
            let rows = self.rows(bucket.n_rows_counted);
            self.either(
                format!("이런 행 가운데 {rows}은 쓰이고 있습니다."),
                format!(
                    "Such rows that are used: {}.",
                    self.count(bucket.n_rows_counted)
                ),
            )
        });
        let left_out = (n_left_out > 0).then(|| {
            let rows = self.rows(n_left_out);
            self.either(
                format!("다른 이유로 제외된 {rows}에도 해당합니다."),
                format!("Also true of {rows} left out for another reason."),
            )
        });
        let sentences: Vec<String> = used.into_iter().chain(left_out).collect();
        sentences.join(" ")
    }

    /// On the overview, where orders' totals are added up on each of their lines.
    pub fn totals_added(self, n_rows: u64) -> String {
        let rows = self.rows(n_rows);
        self.either(
            format!("{rows}에서 이미 센 주문 총액을 한 번 더 더해 매출이 부풀려졌습니다."),
            format!("The total of an order is added once more in {rows}: revenue is too high."),
        )
    }

    /// In the bucket of rows without an amount: how many are lines of orders whose amount stands on another line.
    pub fn further_lines(self, ledger: &Ledger, bucket: &Bucket) -> Option<String> {
        let is_meant = bucket.reason == Some(Reason::NoPositiveAmount) && bucket.n_rows > 0;
        let n_lines = Some(ledger.n_further_lines).filter(|&n| is_meant && n > 0)?;
        let rows = self.rows(n_lines);
        Some(self.either(
            format!("이 가운데 {rows}은 금액이 다른 줄에 적힌 주문의 나머지 줄입니다. 그 주문과 금액은 빠짐없이 세고, 이 줄의 상품만 세지 않습니다. "),
            match n_lines {
                1 => format!("{rows} of these is a further line of an order whose amount stands on another line: the order and its money count in full, only the product of this line does not. "),
                _ => format!("{rows} of these are further lines of orders whose amount stands on another line: the orders and their money count in full, only the products of these lines do not. "),
            },
        ))
    }

    /// The foot of the ledger.
    pub const fn whole_file(self) -> &'static str {
        self.pick("파일 전체", "Whole file")
    }

    /// Under the ledger: the sums agree.
    pub const fn reconciles(self) -> &'static str {
        self.pick(
            "위 행과 금액을 더하면 파일 전체와 마지막 자리까지 같습니다.",
            "Rows and money above add up to the whole file, to the last digit.",
        )
    }

    /// Below that: how many amounts were read to six decimals; `None` where none was.
    pub fn rounded_amounts(self, ledger: &Ledger) -> Option<String> {
        let n_rows = Some(ledger.n_rounded).filter(|&n| n > 0)?;
        let rows = self.rows(n_rows);
        Some(self.either(
            format!("{rows}의 금액은 컴퓨터가 소수로 셈하다 남긴 꼬리(15자리 이상)를 떼고 소수 여섯째 자리까지 읽었습니다. 파일 전체의 금액도 그렇게 더했습니다."),
            format!("Amounts in {rows} have the tail that computing with decimals leaves (15 digits or more) and were read to six decimals. The whole file is added up like that, too."),
        ))
    }

    /// What stands in the file beside the table, in no bucket, with its lines; `None` where nothing does.
    pub fn rows_beside(self, beside: &Beside) -> Option<String> {
        let kinds = [
            (&beside.above, self.pick("표 위", "above the table")),
            (
                &beside.header,
                self.pick("둘째 열 이름부터", "further header rows"),
            ),
            (&beside.below, self.pick("표 아래", "below the table")),
        ];
        let part = |(passed, place): (&PassedRows, &str)| {
            let lines = passed.first_lines.iter().map(|&line| self.count(line));
            let lines = lines.collect::<Vec<_>>().join(" · ");
            let is_all = passed.n_rows == passed.first_lines.len() as u64;
            let dots = if is_all { "" } else { " …" };
            let rows = self.rows(passed.n_rows);
            self.either(
                format!("{place} {rows}(줄 번호 {lines}{dots})"),
                format!("{place}: {rows} (lines {lines}{dots})"),
            )
        };
        let parts = kinds.into_iter().filter(|(passed, _)| passed.n_rows > 0);
        let parts = parts.map(part).collect::<Vec<_>>().join(", ");
        let sentence = self.either(
            format!("표에 들지 않는 행: {parts}."),
            format!("No part of the table: {parts}."),
        );
        (!parts.is_empty()).then_some(sentence)
    }

    /// A button that saves the ledger.
    pub const fn save_ledger(self) -> &'static str {
        self.pick("처리 내역 저장 (JSON)", "Save the ledger (JSON)")
    }

    /// A button that saves all rows left out.
    pub const fn save_left_out(self) -> &'static str {
        self.pick("제외된 행 저장 (CSV)", "Save the rows left out (CSV)")
    }

    /// A button that saves the rows of one bucket.
    pub const fn save_these_rows(self) -> &'static str {
        self.pick("행 저장", "Save rows")
    }

    /// The full label of that button.
    pub fn save_rows_of(self, reason: Reason) -> String {
        let name = self.reason(reason);
        self.either(
            format!("‘{name}’ 행 저장 (CSV)"),
            format!("Save the rows of “{name}” (CSV)"),
        )
    }

    /// The heading of the columns and their roles.
    pub const fn columns_heading(self) -> &'static str {
        self.pick("열과 쓰임", "Columns and what they mean")
    }

    /// What becomes of columns without a role.
    pub const fn kept_as_attribute(self) -> &'static str {
        self.pick("그대로 보관", "kept as it is")
    }

    /// A button back to the mapping.
    pub const fn change_mapping(self) -> &'static str {
        self.pick("열 지정 바꾸기", "Change the columns")
    }

    /// The heading of all downloads of the data view.
    pub const fn take_away(self) -> &'static str {
        self.pick("내려받기", "Downloads")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Money;
    use crate::text::Language;

    fn check(language: Language, (n_rows, with_reason, counted): (u64, u64, u64), expected: &str) {
        let bucket = Bucket {
            reason: Some(Reason::Duplicate),
            n_rows,
            money: Money::ZERO,
            first_lines: Vec::new(),
            first_files: Vec::new(),
            n_rows_with_reason: with_reason,
            n_rows_counted: counted,
        };
        let said = Words::new(language).rows_with_reason_elsewhere(&bucket);
        assert_eq!(said, expected);
    }

    #[test]
    fn what_stands_beside_the_table_is_told_with_its_lines() {
        let passed = |n_rows: u64, first_lines: &[u64]| PassedRows {
            n_rows,
            first_lines: first_lines.to_vec(),
        };
        let beside = Beside {
            above: passed(2, &[1, 3]),
            header: passed(0, &[]),
            below: passed(1_000, &[90, 91]),
        };
        let said = |language, beside: &Beside| Words::new(language).rows_beside(beside);
        assert_eq!(said(Language::En, &Beside::default()), None);
        assert_eq!(
            said(Language::En, &beside).unwrap(),
            "No part of the table: above the table: 2 rows (lines 1 · 3), below the table: 1,000 rows (lines 90 · 91 …)."
        );
        assert_eq!(
            said(Language::Ko, &beside).unwrap(),
            "표에 들지 않는 행: 표 위 2행(줄 번호 1 · 3), 표 아래 1,000행(줄 번호 90 · 91 …)."
        );
    }

    #[test]
    fn rows_that_count_are_not_said_to_be_left_out() {
        check(Language::En, (4, 4, 0), "");
        check(Language::En, (0, 3, 3), "Such rows that are used: 3.");
        check(
            Language::En,
            (0, 5, 3),
            "Such rows that are used: 3. Also true of 2 rows left out for another reason.",
        );
        check(
            Language::Ko,
            (0, 3, 3),
            "이런 행 가운데 3행은 쓰이고 있습니다.",
        );
    }

    #[test]
    fn totals_that_are_added_up_are_told_with_their_rows() {
        let said = |language| Words::new(language).totals_added(1_204);
        assert_eq!(
            said(Language::Ko),
            "1,204행에서 이미 센 주문 총액을 한 번 더 더해 매출이 부풀려졌습니다."
        );
        assert_eq!(
            said(Language::En),
            "The total of an order is added once more in 1,204 rows: revenue is too high."
        );
    }
}
