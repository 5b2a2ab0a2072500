//! The words of the mapping screen: what columns can mean, what is needed, and questions that only a person can answer.

use super::Words;
use super::dates::month_name;
use super::josa::{Josa, with_josa};
use crate::data::{
    Column, ColumnKind, DateNumbers, DateOrder, DecimalMark, Delimiter, Encoding, QuoteMark, Role,
    TableKind,
};

/// States that are named one by one.
const MOST_STATES: usize = 8;

impl Words {
    /// The name of a role.
    pub const fn role(self, role: Role) -> &'static str {
        match role {
            Role::Customer => self.pick("고객", "Customer"),
            Role::Order => self.pick("주문 번호", "Order"),
            Role::Date => self.pick("주문일", "Order date"),
            Role::Amount => self.pick("금액", "Amount"),
            Role::Quantity => self.pick("수량", "Quantity"),
            Role::Price => self.pick("단가", "Unit price"),
            Role::Product => self.pick("상품", "Product"),
            Role::Category => self.pick("분류", "Category"),
            Role::Status => self.pick("주문 상태", "Order status"),
            Role::RecencyDays => self.pick("마지막 주문 뒤 날수", "Days since last order"),
            Role::LastDate => self.pick("마지막 주문일", "Last order date"),
            Role::Orders => self.pick("주문 수", "Number of orders"),
            Role::UnitCost => self.pick("원가", "Unit cost"),
            Role::Margin => self.pick("마진", "Margin"),
            Role::Tags => self.pick("태그", "Tags"),
        }
    }

    /// What the column of a role holds.
    pub const fn role_hint(self, role: Role) -> &'static str {
        match role {
            Role::Customer => self.pick(
                "회원 번호, 아이디, 전화번호 등 한 사람을 가리키는 값. 비어 있는 행(비회원 주문)은 제외합니다",
                "Whatever identifies one person: id, number, address. Rows without it (guest orders) are left out",
            ),
            Role::Order => self.pick(
                "없으면 한 고객의 하루를 한 주문으로 셉니다",
                "Without it a customer’s day counts as one order",
            ),
            Role::Date => self.pick(
                "주문한 날. 시각이 있어도 됩니다",
                "The day of the order; a time is fine",
            ),
            Role::Amount => self.pick("그 행의 금액", "The amount of the row"),
            Role::Quantity => self.pick(
                "단가와 함께 금액이 됩니다",
                "Makes the amount together with the price",
            ),
            Role::Price => self.pick(
                "수량과 함께 금액이 됩니다",
                "Makes the amount together with the quantity",
            ),
            Role::Product => self.pick("무엇을 샀는지", "What was bought"),
            Role::Category => self.pick("상품 분류", "Product category"),
            Role::Status => self.pick(
                "취소·반품을 가려냅니다",
                "Tells cancelled and returned orders apart",
            ),
            Role::RecencyDays => self.pick(
                "이것이나 마지막 주문일이 있으면 됩니다",
                "This or the last order date will do",
            ),
            Role::LastDate => self.pick(
                "이것이나 날수가 있으면 됩니다",
                "This or the number of days will do",
            ),
            Role::Orders => self.pick("지금까지의 주문 수", "Orders until now"),
            Role::UnitCost => self.pick("상품 하나의 원가", "What one piece costs the shop"),
            Role::Margin => self.pick(
                "상품 하나의 마진, 또는 마진율",
                "What of the price stays: money of one piece, or a rate",
            ),
            Role::Tags => self.pick(
                "쉼표 등으로 나눈 낱말",
                "Words, separated by commas or the like",
            ),
        }
    }

    /// What the values seen of a role's column come to, where the person should know before the import.
    pub fn role_note(self, role: Role, column: &Column, rows_seen: &str) -> Option<String> {
        match role {
            Role::Date | Role::LastDate => (column.n_dates == 0 && column.n_filled > 0).then(|| {
                self.pick(
                    "이 열에서 날짜로 읽히는 값을 찾지 못했습니다. 다른 열을 고르거나 파일의 날짜 형식을 확인해 주세요.",
                    "No value of this column reads as a date. Choose another column, or look at how the file writes dates.",
                )
                .to_owned()
            }),
            Role::Status => Some(self.cancelled_states(column, rows_seen)),
            _ => None,
        }
    }

    /// Beside the amount: its column holds the order's total on every line of the order.
    pub fn total_on_each_line(self, header: &str) -> String {
        let subject = with_josa(&format!("‘{header}’"), Josa::Subject);
        self.either(
            format!("{subject} 같은 주문의 모든 줄에 되풀이됩니다. 모두 더하면 매출이 부풀려집니다."),
            format!("“{header}” is the same on every line of an order. Adding it up would count an order several times."),
        )
    }

    /// The label of the choice that follows.
    pub const fn count_total_once(self) -> &'static str {
        self.pick("주문마다 한 번만 셉니다", "Count it once per order")
    }

    /// Beside quantity and price where the amount has a column of its own.
    pub const fn amount_goes_first(self) -> &'static str {
        self.pick(
            "금액 열이 있으므로 매출은 금액 열로 계산합니다.",
            "There is an amount, and revenue is computed from that.",
        )
    }

    /// Which states count as cancelled or returned, and in how many rows of those looked at.
    fn cancelled_states(self, column: &Column, rows_seen: &str) -> String {
        if column.cancelled.is_empty() {
            return self.either(
                format!("취소·반품으로 볼 값이 없습니다 ({rows_seen})."),
                format!("No value counts as cancelled or returned ({rows_seen})."),
            );
        }
        let shown = column.cancelled.iter().take(MOST_STATES);
        let mut states: Vec<String> = shown
            .map(|(state, n_rows)| {
                let rows = self.rows(*n_rows);
                self.either(format!("‘{state}’ {rows}"), format!("“{state}” ({rows})"))
            })
            .collect();
        if column.cancelled.len() > MOST_STATES {
            states.push("…".to_owned());
        }
        let states = states.join(", ");
        let n_rows = column.cancelled.iter().map(|(_, n_rows)| n_rows).sum();
        let rows = self.rows(n_rows);
        self.either(
            format!("취소·반품으로 봅니다: {states}. 모두 {rows}입니다 ({rows_seen})."),
            format!("Counts as cancelled or returned: {states}; {rows} together ({rows_seen})."),
        )
    }

    /// The option for a role without a column.
    pub const fn no_column(self) -> &'static str {
        self.pick("— 없음 —", "— none —")
    }

    /// The heading of the mapping screen.
    pub const fn mapping_heading(self) -> &'static str {
        self.pick("열을 확인해 주세요", "Check the columns")
    }

    /// Under the heading: nothing happens before the person says so.
    pub const fn mapping_promise(self, is_of_project: bool) -> &'static str {
        if is_of_project {
            return self.pick(
                "프로젝트에 저장된 대로 골라 두었습니다. ‘가져오기’를 누르기 전에는 아무것도 계산하지 않습니다.",
                "The columns are as the project has them. Nothing is computed before you press Import.",
            );
        }
        self.pick(
            "열 이름과 값을 보고 미리 골라 두었습니다. ‘가져오기’를 누르기 전에는 아무것도 계산하지 않습니다.",
            "We guessed from names and values. Nothing is computed before you press Import.",
        )
    }

    /// Legend of the role selects.
    pub const fn roles_heading(self) -> &'static str {
        self.pick("열 지정", "Column roles")
    }

    /// Legend of the question what a row is.
    pub const fn table_question(self) -> &'static str {
        self.pick("한 행은 무엇인가요?", "What is one row?")
    }

    /// What a row is.
    pub const fn table_kind(self, table: TableKind) -> &'static str {
        match table {
            TableKind::Orders => self.pick("주문 또는 주문 상품", "An order or an order line"),
            TableKind::Customers => self.pick("고객 한 명", "One customer"),
            TableKind::Events => self.pick("고객의 행동 하나", "An event"),
            TableKind::Spend => self.pick("하루의 광고비", "A day’s advertising spend"),
            TableKind::Products => self.pick("상품 하나", "A product"),
        }
    }

    /// Legend of how the text is cut.
    pub const fn file_form(self) -> &'static str {
        self.pick("파일 형식", "File format")
    }

    /// Label: what separates cells.
    pub const fn delimiter_label(self) -> &'static str {
        self.pick("구분 기호", "Separator")
    }

    /// What separates cells.
    pub const fn delimiter(self, delimiter: Delimiter) -> &'static str {
        match delimiter {
            Delimiter::Comma => self.pick("쉼표 ,", "Comma ,"),
            Delimiter::Semicolon => self.pick("세미콜론 ;", "Semicolon ;"),
            Delimiter::Tab => self.pick("탭", "Tab"),
            Delimiter::Pipe => self.pick("세로줄 |", "Pipe |"),
            Delimiter::Colon => self.pick("쌍점 :", "Colon :"),
            Delimiter::Caret => self.pick("캐럿 ^", "Caret ^"),
            Delimiter::Tilde => self.pick("물결표 ~", "Tilde ~"),
            Delimiter::Unit => self.pick("단위 구분 문자 (0x1F)", "Unit separator (0x1F)"),
            Delimiter::Space => self.pick("빈칸 하나", "One space"),
            Delimiter::Spaces => self.pick("빈칸 여러 개", "Any spaces"),
            Delimiter::WideSpaces => self.pick("빈칸 둘 이상", "Two spaces or more"),
            Delimiter::CommaSpace => self.pick("쉼표와 빈칸", "Comma and space"),
            Delimiter::SemicolonSpace => self.pick("세미콜론과 빈칸", "Semicolon and space"),
            Delimiter::SpacedPipe => self.pick("빈칸으로 감싼 세로줄", "Pipe between spaces"),
            Delimiter::Drawn => self.pick(
                "줄로 그린 표 (Markdown, psql)",
                "Drawn table (Markdown, psql)",
            ),
            Delimiter::DoublePipe => self.pick("겹세로줄 ||", "Double pipe ||"),
            Delimiter::DoubleSemicolon => self.pick("겹세미콜론 ;;", "Double semicolon ;;"),
            Delimiter::DoubleColon => self.pick("겹쌍점 ::", "Double colon ::"),
            Delimiter::BrokenBar => self.pick("끊긴 세로줄 ¦", "Broken bar ¦"),
            Delimiter::Hash => self.pick("우물 정 #", "Hash #"),
            Delimiter::Asterisk => self.pick("별표 *", "Asterisk *"),
            Delimiter::Exclamation => self.pick("느낌표 !", "Exclamation mark !"),
        }
    }

    /// Label: how letters are written.
    pub const fn encoding_label(self) -> &'static str {
        self.pick("인코딩", "Encoding")
    }

    /// How letters are written.
    pub const fn encoding(self, encoding: Encoding) -> &'static str {
        match encoding {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Cp949 => self.pick("CP949 (한국어, EUC-KR)", "CP949 (Korean, EUC-KR)"),
            Encoding::ShiftJis => self.pick("Shift_JIS (일본어)", "Shift_JIS (Japanese)"),
            Encoding::Windows1252 => {
                self.pick("Windows-1252 (서유럽)", "Windows-1252 (Western European)")
            }
        }
    }

    /// Label: whether the first row names the columns.
    pub const fn first_row_is_header(self) -> &'static str {
        self.pick("첫 행은 열 이름", "First row names the columns")
    }

    /// Label: what numbers in a column of dates count.
    pub const fn date_numbers_label(self) -> &'static str {
        self.pick("숫자로 된 날짜", "Dates as numbers")
    }

    /// What numbers in a column of dates count.
    pub const fn date_numbers(self, form: DateNumbers) -> &'static str {
        match form {
            DateNumbers::Days1900 => self.pick("엑셀 날짜 (1900년부터)", "Excel days (from 1900)"),
            DateNumbers::Days1904 => self.pick("엑셀 날짜 (1904년부터)", "Excel days (from 1904)"),
            DateNumbers::Seconds => self.pick("1970년부터의 초", "Seconds since 1970"),
            DateNumbers::Millis => self.pick("1970년부터의 밀리초", "Milliseconds since 1970"),
        }
    }

    /// Label: what encloses cells.
    pub const fn quote_label(self) -> &'static str {
        self.pick("묶음 따옴표", "Quotes")
    }

    /// What encloses cells; `None` is nothing.
    pub const fn quote(self, quote: Option<QuoteMark>) -> &'static str {
        match quote {
            Some(QuoteMark::Double) => self.pick("큰따옴표 \"", "Double \""),
            Some(QuoteMark::Single) => self.pick("작은따옴표 '", "Single '"),
            Some(QuoteMark::Curly) => self.pick("둥근따옴표 “ ”", "Curly “ ”"),
            Some(QuoteMark::Row) => {
                self.pick("행 전체를 묶은 큰따옴표 \"", "Double \" around whole rows")
            }
            None => self.pick("쓰지 않음", "None"),
        }
    }

    /// That whole rows stand within quotes.
    pub const fn rows_in_quotes(self) -> &'static str {
        self.pick(
            "행을 통째로 묶은 따옴표를 벗기고 읽음",
            "the quotes around whole rows are taken off",
        )
    }

    /// Label: the line on which the table begins.
    pub const fn first_line_label(self) -> &'static str {
        self.pick("표가 시작하는 줄", "Table begins on line")
    }

    /// The line on which the table begins. How many rows above it hold something is counted in the ledger, where blank
    /// lines are none.
    pub fn table_begins(self, first_line: u64) -> String {
        let line = self.count(first_line);
        self.either(
            format!("표는 {line}번째 줄부터"),
            format!("table from line {line} on"),
        )
    }

    /// Several rows name the columns together.
    pub fn header_rows(self, n_rows: u8) -> String {
        self.either(
            format!("열 이름 {n_rows}행"),
            format!("{n_rows} header rows"),
        )
    }

    /// Rows whose quotes or delimiters were mended.
    pub fn rows_mended(self, n_rows: u64) -> String {
        let rows = self.rows(n_rows);
        self.either(
            format!("따옴표·구분 기호가 어긋나 바로잡음: {rows}"),
            format!("quotes or separators mended: {rows}"),
        )
    }

    /// Label: what amounts are in.
    pub const fn currency_label(self) -> &'static str {
        self.pick("통화", "Currency")
    }

    /// That no currency is said beside amounts.
    pub const fn currency_unknown(self) -> &'static str {
        self.pick("표시하지 않음", "not shown")
    }

    /// Label: how decimals are written.
    pub const fn decimal_mark_label(self) -> &'static str {
        self.pick("소수점", "Decimal mark")
    }

    /// How decimals are written.
    pub const fn decimal_mark(self, mark: DecimalMark) -> &'static str {
        match mark {
            DecimalMark::Point => self.pick("점 1,234.50", "Point 1,234.50"),
            DecimalMark::Comma => self.pick("쉼표 1.234,50", "Comma 1.234,50"),
        }
    }

    /// The question of day and month, with a value of the file where one is known.
    pub fn date_order_question(self, example: Option<&str>) -> String {
        match example {
            Some(example) => self.either(
                format!(
                    "{} 며칠인가요?",
                    with_josa(&format!("‘{example}’"), Josa::Topic)
                ),
                format!("Which day is “{example}”?"),
            ),
            None => self
                .pick(
                    "날짜의 일과 월 순서는 어느 쪽인가요?",
                    "Are dates day first or month first?",
                )
                .to_owned(),
        }
    }

    /// An answer to that question for the numbers of a date: `2011년 4월 3일 (일/월 순서)`.
    pub fn date_order_answer(self, order: DateOrder, numbers: Option<[u32; 3]>) -> String {
        let name = match order {
            DateOrder::DayMonth => self.pick("일/월 순서", "day first"),
            DateOrder::MonthDay => self.pick("월/일 순서", "month first"),
            DateOrder::YearMonth => self.pick("연/월/일 순서", "year first"),
        };
        let Some([first, second, third]) = numbers else {
            return name.to_owned();
        };
        let (year, month, day) = match order {
            DateOrder::DayMonth => (third, second, first),
            DateOrder::MonthDay => (third, first, second),
            DateOrder::YearMonth => (first, second, third),
        };
        let year = match year {
            0..70 => year + 2000,
            70..100 => year + 1900,
            _ => year,
        };
        self.either(
            format!("{year}년 {month}월 {day}일 ({name})"),
            format!("{day} {} {year} ({name})", month_name(month)),
        )
    }

    /// A role that is needed.
    pub const fn needed(self) -> &'static str {
        self.pick("필수", "required")
    }

    /// Heading of the checklist of what is there.
    pub const fn needs_heading(self) -> &'static str {
        self.pick("필요한 열", "Columns needed")
    }

    /// The need of money: an amount, or quantity and price.
    pub const fn money_need(self) -> &'static str {
        self.pick("금액 또는 수량 × 단가", "Amount, or quantity × price")
    }

    /// What a table of customers can say of their purchases.
    pub const fn purchases_need(self) -> &'static str {
        self.pick(
            "최근 구매, 주문 수 또는 금액",
            "Last order, number of orders, or amount",
        )
    }

    /// That a table says nothing of purchases, and what to do.
    pub const fn without_purchases(self) -> &'static str {
        self.pick(
            "이 파일에는 언제, 몇 번, 얼마를 샀는지가 없어 RFM은 계산할 수 없고 다른 열로 군집만 찾을 수 있습니다. 고객 명단이면 주문 파일을 함께 놓으세요. 거래처·재고 목록처럼 고객의 표가 아니면 주문 파일을 대신 여세요.",
            "This file does not say when, how often or for how much anybody bought: there is no RFM, only clusters by its other columns. If it is a list of customers, drop the file of orders with it; if it is another list, of suppliers or stock, open the file of orders instead.",
        )
    }

    /// What a file without money still gives.
    pub const fn without_money(self) -> &'static str {
        self.pick(
            "금액이 없어도 최근성과 빈도는 계산합니다.",
            "Without amounts you still get recency and frequency.",
        )
    }

    /// A need is met.
    pub const fn met(self) -> &'static str {
        self.pick("있음", "found")
    }

    /// A need is not met.
    pub const fn not_met(self) -> &'static str {
        self.pick("없음", "missing")
    }

    /// What is missing before the import can start.
    pub fn still_missing(self, role: Role) -> String {
        let name = self.role(role);
        self.either(
            format!("‘{name}’ 열을 고르면 가져올 수 있습니다."),
            format!("Choose the column for “{name}” to import."),
        )
    }

    /// What the values of a role's column have to be.
    const fn values_of(self, role: Role) -> &'static str {
        if role.is_date() {
            self.pick("날짜", "dates")
        } else {
            self.pick("숫자", "numbers")
        }
    }

    /// Few values of a column read as its role needs them.
    pub fn few_readable(self, role: Role, n_readable: u64, n_filled: u64) -> String {
        let name = self.role(role);
        let (readable, filled) = (self.count(n_readable), self.count(n_filled));
        let what = self.values_of(role);
        self.either(
            format!(
                "‘{name}’ 열은 앞부분의 값 {filled}개 가운데 {readable}개만 {what}로 읽힙니다. 읽지 못한 행은 빠집니다. 다른 열을 고르거나 인코딩과 구분 기호를 확인하세요."
            ),
            format!(
                "Of the first {filled} values of “{name}” only {readable} {} as {what}; the other rows would be left out. Choose another column, or look at encoding and separator.",
                Self::verb(n_readable, "reads", "read")
            ),
        )
    }

    /// One column has two roles.
    pub fn same_column(self, first: Role, second: Role) -> String {
        self.import_error(&crate::data::ImportError::SameColumn(first, second))
    }

    /// The question of day and month is open.
    pub const fn answer_date_order(self) -> &'static str {
        self.pick(
            "날짜 순서를 고르면 가져올 수 있습니다.",
            "Choose how dates are read to import.",
        )
    }

    /// All is there.
    pub const fn ready_to_import(self, has_several: bool) -> &'static str {
        if has_several {
            return self.pick(
                "가져올 준비가 되었습니다. 앞선 파일에도 있는 행은 한 번만 셉니다. 몇 행인지는 데이터 화면에서 보고 바꿀 수 있습니다.",
                "Ready to import. Rows that an earlier file has too count once; the data view says how many and lets you change it.",
            );
        }
        self.pick("가져올 준비가 되었습니다.", "Ready to import.")
    }

    /// All is there, but the column of a role hardly reads as what it is to be.
    pub fn not_ready_to_import(self, role: Role, header: &str) -> String {
        let name = self.role(role);
        let what = self.values_of(role);
        self.either(
            format!(
                "확인이 필요합니다. {name}에 고른 ‘{header}’ 열은 값의 절반도 {what}로 읽히지 않습니다. 다른 열을 고르세요."
            ),
            format!(
                "Not ready yet: less than half of “{header}”, chosen as {name}, reads as {what}. Choose another column."
            ),
        )
    }

    /// The last import was refused, and nothing has been changed since.
    pub const fn import_was_refused(self) -> &'static str {
        self.pick(
            "이대로는 가져올 수 없었습니다. 위의 안내를 보고 열을 바꾼 뒤 다시 가져오세요.",
            "This could not be imported as it is. Change the columns as said above, then import again.",
        )
    }

    /// The button that confirms the mapping.
    pub const fn import(self) -> &'static str {
        self.pick("가져오기", "Import")
    }

    /// The button that leaves the columns as they were imported.
    pub const fn back_to_results(self) -> &'static str {
        self.pick("결과로 돌아가기", "Back to the results")
    }

    /// The heading of the first rows.
    pub const fn first_rows(self) -> &'static str {
        self.pick("미리 보기", "Preview")
    }

    /// How many rows were looked at.
    pub fn rows_seen(self, n_rows: u64, is_whole_file: bool) -> String {
        let rows = self.rows(n_rows);
        if is_whole_file {
            return self.either(format!("모두 {rows}"), format!("{rows} in all"));
        }
        self.either(
            format!("앞부분 {rows} 확인"),
            format!("first {rows} checked"),
        )
    }

    /// How many columns.
    pub fn n_columns(self, n_columns: u64) -> String {
        self.either(
            format!("열 {}개", self.count(n_columns)),
            self.counted(n_columns, "", "column", "columns"),
        )
    }

    /// What most values of a column are.
    pub const fn column_kind(self, kind: ColumnKind) -> &'static str {
        match kind {
            ColumnKind::Empty => self.pick("빈 열", "empty"),
            ColumnKind::Number => self.pick("숫자", "number"),
            ColumnKind::Date => self.pick("날짜", "date"),
            ColumnKind::Text => self.pick("글자", "text"),
        }
    }

    /// How much of a column reads as what it is.
    pub fn parses(self, share: f64) -> String {
        let share = self.share(share);
        self.either(format!("{share} 읽힘"), format!("{share} readable"))
    }

    /// How much of a column is filled.
    pub fn filled(self, share: f64) -> String {
        let share = self.share(share);
        self.either(format!("{share} 채워짐"), format!("{share} filled"))
    }

    /// How many rows have nothing in a column; nothing where all have something.
    pub fn empty_cells(self, n_empty: u64) -> Option<String> {
        let n = self.count(n_empty);
        (n_empty > 0).then(|| self.either(format!("빈 값 {n}개"), format!("{n} empty")))
    }

    /// A value that does not read, with its line.
    pub fn failed_value(self, line: u64, value: &str) -> String {
        let line = self.count(line);
        self.either(
            format!("{line}번째 줄 ‘{value}’"),
            format!("line {line} “{value}”"),
        )
    }

    /// Before the list of values that do not read.
    pub const fn does_not_read(self) -> &'static str {
        self.pick("읽히지 않는 값", "not read")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn column(n_dates: u64, cancelled: &[(&str, u64)]) -> Column {
        let states = cancelled.iter();
        Column {
            header: "state".to_owned(),
            kind: ColumnKind::Text,
            n_filled: 9,
            n_numbers: 0,
            n_dates,
            has_ambiguous_dates: false,
            date_order: None,
            date_numbers: None,
            days: None,
            n_distinct: 3,
            failures: Vec::new(),
            cancelled: states.map(|&(state, n)| (state.to_owned(), n)).collect(),
        }
    }

    #[test]
    fn states_that_count_as_cancelled_are_named_with_their_rows() {
        let states = column(0, &[("취소완료", 12), ("refund", 1)]);
        let note = |language, column: &Column| {
            let words = Words::new(language);
            let seen = words.rows_seen(100, false);
            words.role_note(Role::Status, column, &seen).unwrap()
        };
        assert_eq!(
            note(Language::Ko, &states),
            "취소·반품으로 봅니다: ‘취소완료’ 12행, ‘refund’ 1행. 모두 13행입니다 (앞부분 100행 확인)."
        );
        assert_eq!(
            note(Language::En, &states),
            "Counts as cancelled or returned: “취소완료” (12 rows), “refund” (1 row); 13 rows together (first 100 rows checked)."
        );
        assert_eq!(
            note(Language::En, &column(0, &[])),
            "No value counts as cancelled or returned (first 100 rows checked)."
        );
        let many = column(0, &[("cancel", 1); 9]);
        assert!(note(Language::En, &many).contains(", …; 9 rows"));
    }

    #[test]
    fn a_total_on_each_line_is_told_with_its_column() {
        let said = |language| Words::new(language).total_on_each_line("총 결제금액");
        assert_eq!(
            said(Language::Ko),
            "‘총 결제금액’이 같은 주문의 모든 줄에 되풀이됩니다. 모두 더하면 매출이 부풀려집니다."
        );
        assert!(
            said(Language::En).starts_with("“총 결제금액” is the same on every line of an order.")
        );
    }

    #[test]
    fn a_date_column_without_a_date_is_told() {
        let words = Words::new(Language::En);
        let note = |n_dates| words.role_note(Role::Date, &column(n_dates, &[]), "");
        assert!(note(0).is_some_and(|note| note.starts_with("No value of this column reads")));
        assert_eq!(note(1), None);
    }
}
