//! The words of the columns view: kinds, what looks odd, and what is done about customers' columns.

use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::Outliers;
use crate::analysis::treatment::{ColumnsReport, CustomerColumn, Done, Gaps};
use crate::data::{ColumnType, Day, Distinct, Oddity, SurveyedColumn};

phrases! {
    columns_view: "열", "Columns";
    columns_that_name: "이름·연락처·식별 값", "Names, contacts, ids";
    columns_link: "열마다 빈 값과 이상값 살펴보기", "Look at missing and odd values, column by column";
    columns_of_rows: "파일의 열", "Columns of the file";
    columns_caption: "열마다 빈 값, 서로 다른 값, 범위와 살펴볼 점", "Each column with what is missing, distinct values, range and what is worth a look";
    columns_head: "열", "Column";
    columns_type: "읽은 형식", "Read as";
    columns_missing: "빈 값", "Missing";
    columns_distinct: "서로 다른 값", "Distinct";
    columns_range: "범위", "Range";
    columns_findings: "살펴볼 점", "Worth a look";
    columns_nothing_odd: "없음", "Nothing";
    columns_of_customers: "고객 열의 빈 값과 이상값", "Missing values and outliers of customers' columns";
    columns_of_customers_hint: "여기서 정한 것은 모든 분석에 앞서 적용됩니다. 파일과 저장하는 고객 목록의 값은 그대로입니다.",
        "What you set here applies before every analysis. The file stays as it is, and so do the values in the list of customers that you save.";
    columns_no_further: "고객에게 붙는 열이 없습니다. 역할이 없는 열이나 고객 표를 더하면 여기에 나타납니다.",
        "No column belongs to customers. Columns without a role and tables of customers appear here.";
    treatment_missing: "값이 없는 고객", "Customers without a value";
    treatment_outliers: "이상값", "Outliers";
    treatment_value: "대신 넣을 값", "Own value";
    treatment_low: "아래쪽 백분위수", "Lower percentile";
    treatment_high: "위쪽 백분위수", "Upper percentile";
    download_columns: "열 보고서 저장", "Save the report";
    columns_how: "파일을 한 번 더 읽어 빈 행을 뺀 모든 행을 셉니다. 빈 값, 형식이 다른 값과 읽은 값을 더하면 행 수와 같습니다. 서로 다른 값은 65,536가지까지 정확히 세고, 사분위수는 유형 7로 구합니다. 이상값은 사분위수에서 사분위 범위의 3배보다 멀리 있는 값입니다(Tukey의 바깥 울타리). 살펴볼 점은 판정이 아니라 확인해 볼 거리입니다.",
        "The file is read once more and every row counts but blank ones: missing, unread and read cells add up to the rows. Up to 65,536 distinct values are counted exactly; quartiles are of type 7. Outliers lie more than three interquartile ranges beyond the quartiles (Tukey's outer fences). What is worth a look is a hint to check, not a verdict.";
}

impl Words {
    /// The sentence that opens the columns view.
    pub fn columns_finding(self, report: &ColumnsReport) -> String {
        let columns = &report.survey.columns;
        let has_far = |column: &SurveyedColumn| self.columns_far(column).is_some();
        let is_odd = |column: &&SurveyedColumn| !column.oddities.is_empty() || has_far(column);
        let n_odd = columns.iter().filter(is_odd);
        let (n_odd, n) = (n_odd.count() as u64, columns.len() as u64);
        let rows = self.rows(report.survey.n_rows);
        let columns = self.n_columns(n);
        let (n, odd) = (self.count(n), self.count(n_odd));
        let said = match (self.language, n_odd) {
            (Language::Ko, 0) => format!("{rows}, 열 {n}개를 살폈고 눈에 띄는 점이 없습니다."),
            (Language::Ko, _) => {
                format!("{rows}, 열 {n}개를 살폈고 그 가운데 {odd}개에 살펴볼 점이 있습니다.")
            }
            (Language::En, 0) => format!("{columns} over {rows}; nothing stands out."),
            (Language::En, _) => {
                format!("{columns} over {rows}; something is worth a look in {odd} of them.")
            }
        };
        let parts = [
            Some(said),
            self.columns_of_customers_finding(report),
            self.columns_set_aside(report),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What is worth a look in the columns by customer, those of joined tables among them; nothing where nothing is.
    fn columns_of_customers_finding(self, report: &ColumnsReport) -> Option<String> {
        let columns = &report.customer_columns;
        let n_with = |is_so: &dyn Fn(&CustomerColumn) -> bool| {
            columns.iter().filter(|column| is_so(column)).count() as u64
        };
        let n_missing = n_with(&|column| column.n_missing > 0);
        let n_far = n_with(&|column| column.n_far > 0);
        let (all, missing, far) = (
            self.count(columns.len() as u64),
            self.count(n_missing),
            self.count(n_far),
        );
        (n_missing + n_far > 0).then(|| {
            self.either(
                format!(
                    "고객별 열 {all}개 가운데 {missing}개에 빈 값이, {far}개에 이상값이 있습니다."
                ),
                format!(
                    "Of {} by customer, {missing} {} gaps and {far} {} outliers.",
                    self.n_columns(columns.len() as u64),
                    Self::verb(n_missing, "has", "have"),
                    Self::verb(n_far, "has", "have")
                ),
            )
        })
    }

    fn columns_set_aside(self, report: &ColumnsReport) -> Option<String> {
        let aside = self.customers(report.n_set_aside);
        let all = self.customers(report.n_customers);
        (report.n_set_aside > 0).then(|| {
            self.either(
                format!("고객 {all} 가운데 {aside}은 분석에서 제외했습니다."),
                format!(
                    "{aside} of {all} {} left out of all analyses.",
                    Self::verb(report.n_set_aside, "is", "are")
                ),
            )
        })
    }

    /// What a column was read as.
    pub const fn column_type(self, kind: ColumnType) -> &'static str {
        match kind {
            ColumnType::Id => self.pick("식별자", "Id"),
            ColumnType::Text => self.pick("글자", "Text"),
            ColumnType::Number => self.pick("숫자", "Number"),
            ColumnType::Date => self.pick("날짜", "Date"),
            ColumnType::Money => self.pick("금액", "Money"),
        }
    }

    /// A count with its share of all rows.
    pub fn columns_part(self, n: u64, n_rows: u64) -> String {
        if n == 0 {
            return self.count(0);
        }
        let share = self.share(n as f64 / n_rows.max(1) as f64);
        format!("{} ({share})", self.count(n))
    }

    /// How many distinct values.
    pub fn columns_n_distinct(self, distinct: Distinct) -> String {
        match distinct {
            Distinct::Exactly(n) => self.count(n),
            Distinct::MoreThan(n) => self.either(
                format!("{}개 넘음", self.count(n)),
                format!("more than {}", self.count(n)),
            ),
            Distinct::Unknown => self.pick("너무 많음", "too many").to_owned(),
        }
    }

    /// Least, middle and most of a column of numbers or days; the most frequent categories of one of texts.
    pub fn columns_range_of(self, column: &SurveyedColumn) -> String {
        let Some(range) = column.range else {
            let example = |(text, n): &(String, u64)| format!("{text} {}", self.count(*n));
            let examples: Vec<String> = column.examples.iter().map(example).collect();
            return examples.join(" · ");
        };
        let [least, .., most] = range.points;
        let about = if range.is_exact { "" } else { "≈ " };
        let middle = range.points[2];
        if column.kind == ColumnType::Date {
            let day = |number: f64| Day::from_number(number as i32).to_string();
            return format!("{} – {}", day(least), day(most));
        }
        self.either(
            format!(
                "{} – {}, 중앙값 {about}{}",
                self.number(least),
                self.number(most),
                self.number(middle)
            ),
            format!(
                "{} – {}, median {about}{}",
                self.number(least),
                self.number(most),
                self.number(middle)
            ),
        )
    }

    /// How many numbers are far from the others; `None` where none is.
    pub fn columns_far(self, column: &SurveyedColumn) -> Option<String> {
        let far = column.far?;
        let n = far.n_below + far.n_above;
        let part = self.columns_part(n, column.n_read);
        let (low, high) = (self.number(far.fences.0), self.number(far.fences.1));
        (n > 0).then(|| {
            self.either(
                format!("{part}개가 {low}보다 작거나 {high}보다 큽니다."),
                format!("{part} below {low} or above {high}."),
            )
        })
    }

    /// The short name of outliers among what is worth a look.
    pub const fn columns_far_name(self) -> &'static str {
        self.pick("이상값", "Outliers")
    }

    /// The short name of what looks odd.
    pub const fn oddity_name(self, oddity: &Oddity) -> &'static str {
        match oddity {
            Oddity::NoValue => self.pick("모두 빈 값", "Empty"),
            Oddity::OneValue => self.pick("값이 하나", "One value"),
            Oddity::MissingWords(_) => self.pick("빈 값을 뜻하는 글자", "Words for nothing"),
            Oddity::PerhapsMissing(_) => self.pick("빈 값일 수 있음", "Perhaps missing"),
            Oddity::Blanks(_) => self.pick("앞뒤 공백", "Blanks around"),
            Oddity::Unseen(_) => self.pick("보이지 않는 문자", "Unseen characters"),
            Oddity::OtherKind(_) => self.pick("다른 형식", "Other kind"),
            Oddity::NumbersAmongTexts(_) => self.pick("숫자 섞임", "Mixed kinds"),
            Oddity::Spellings(_) => self.pick("다른 표기", "Spellings"),
            Oddity::RepeatedIds(_) => self.pick("되풀이된 고객", "Repeated ids"),
            Oddity::OrderTotals(_) => self.pick("주문 합계 되풀이", "Order totals"),
            Oddity::Sentinel { .. } => self.pick("빈 값을 뜻하는 숫자", "Number for nothing"),
            Oddity::Placeholder { .. } => self.pick("빈 값을 뜻하는 날짜", "Day for nothing"),
            Oddity::FarDays { .. } => self.pick("동떨어진 날짜", "Far days"),
        }
    }

    /// What looks odd, in a sentence.
    pub fn oddity(self, oddity: &Oddity) -> String {
        let n = self.count(oddity.count().unwrap_or(0));
        match *oddity {
            Oddity::NoValue => self
                .pick("값이 있는 칸이 하나도 없습니다.", "No cell has a value.")
                .to_owned(),
            Oddity::OneValue => self
                .pick("값이 모두 같아 고객을 가르는 데 쓸 수 없습니다.", "All values are the same: nothing can be told apart by it.")
                .to_owned(),
            Oddity::MissingWords(_) => self.either(
                format!("{n}칸이 N/A, null, - 같은 글자라서 빈 값으로 읽었습니다."),
                format!("Cells that say N/A, null, - or the like, read as missing: {n}."),
            ),
            Oddity::PerhapsMissing(_) => self.either(
                format!("{n}칸이 none, 없음 같은 글자입니다. 값으로 읽었지만 빈 값을 뜻할 수 있습니다."),
                format!("Cells that say none, 없음 or the like: {n}. They count as values but may mean that there is none."),
            ),
            Oddity::Blanks(_) => self.either(
                format!("{n}칸의 값 앞이나 뒤에 공백이 있어 떼고 읽었습니다."),
                format!("Cells with blanks around the value, which were taken off: {n}."),
            ),
            Oddity::Unseen(_) => self.either(
                format!("{n}칸에 보이지 않는 제어 문자(NUL 등)가 있습니다. 겉보기에 같은 값도 서로 다른 값으로 셉니다. 고객이나 주문의 ID라면 한 고객이 둘로 나뉠 수 있습니다. 파일이 손상되지 않았는지 보고, 내보낸 프로그램에서 다시 저장하세요."),
                format!("Cells with control characters that nobody sees (NUL and the like): {n}. Values that look the same may count as different; of ids, one customer may count as two. Check that the file is not damaged, and export it again."),
            ),
            Oddity::OtherKind(_) => self.either(
                format!("{n}칸은 이 열의 형식으로 읽을 수 없습니다."),
                format!("Cells that cannot be read as what the column holds: {n}."),
            ),
            Oddity::NumbersAmongTexts(_) => self.either(
                format!("글자로 읽은 열인데 {n}칸은 숫자입니다."),
                format!("Read as text, yet so many cells are numbers: {n}."),
            ),
            Oddity::Spellings(_) => self.either(
                format!("{n}가지 값이 다른 값과 대소문자나 공백만 다릅니다."),
                format!("Values that differ from another one only by capitals or blanks: {n}."),
            ),
            Oddity::RepeatedIds(_) => self.either(
                format!("고객 표인데 같은 고객의 행이 더 있습니다: {n}행. 고객마다 한 행만 씁니다."),
                format!("A table of customers with further rows of the same customer: {n}. One row of each is used."),
            ),
            Oddity::OrderTotals(_) => self.either(
                format!("여러 줄인 주문 {n}건에서 모든 줄의 금액이 같습니다. 주문 총액이라면 한 번만 세어야 합니다. 행 처리 내역에 ‘되풀이된 주문 총액’이 없으면 여러 번 더해진 것입니다."),
                format!("Orders of several lines in which all lines have one amount: {n}. If that is the order's total, it has to count once: without “Order total repeated” in the ledger it is counted several times."),
            ),
            Oddity::Sentinel { .. } | Oddity::Placeholder { .. } | Oddity::FarDays { .. } => {
                self.far_values(oddity, &n)
            }
        }
    }

    /// Numbers and days that stand apart from the others.
    fn far_values(self, oddity: &Oddity, n: &str) -> String {
        match *oddity {
            Oddity::Sentinel { value, .. } => {
                let value = self.number(value);
                self.either(
                    format!("다른 값과 동떨어진 {} {n}번 나옵니다. 빈 값을 뜻할 수 있습니다.", with_josa(&value, Josa::Subject)),
                    format!("{value}, far from the other values, occurs {n} times. It may mean that there is no value."),
                )
            }
            Oddity::Placeholder { day, .. } => self.either(
                format!(
                    "{} {n}번 나옵니다. 빈 값 대신 쓰는 날짜일 수 있습니다.",
                    with_josa(&day.to_string(), Josa::Subject)
                ),
                format!("{day} occurs {n} times: it often stands for no date."),
            ),
            Oddity::FarDays { n_early, n_late } => {
                let (early, late) = (self.count(n_early), self.count(n_late));
                self.either(
                    format!("대부분의 날짜보다 훨씬 이른 날짜 {early}칸, 훨씬 늦은 날짜 {late}칸."),
                    format!("Much earlier than most dates: {early}; much later: {late}."),
                )
            }
            _ => String::new(),
        }
    }

    /// What becomes of customers without a value of a column.
    pub const fn gaps(self, gaps: Gaps, is_numeric: bool) -> &'static str {
        match (gaps, is_numeric) {
            (Gaps::Leave, _) => self.pick("그대로 두기", "Leave"),
            (Gaps::LeaveOut, _) => self.pick("분석에서 고객 빼기", "Leave the customers out"),
            (Gaps::Typical, true) => self.pick("중앙값으로 채우기", "Fill with the median"),
            (Gaps::Typical, false) => {
                self.pick("가장 많은 값으로 채우기", "Fill with the most frequent")
            }
            (Gaps::Value, _) => self.pick("정한 값으로 채우기", "Fill with an own value"),
        }
    }

    /// What becomes of a column's outliers.
    pub const fn column_outliers(self, outliers: Outliers) -> &'static str {
        match outliers {
            Outliers::Keep => self.pick("그대로 두기", "Leave"),
            Outliers::Winsorise => self.pick("백분위수로 당기기 (윈저화)", "Winsorise"),
            Outliers::LeaveOut => self.pick("분석에서 고객 빼기", "Leave the customers out"),
        }
    }

    /// What a customers' column holds.
    pub fn customer_column(self, column: &CustomerColumn) -> String {
        let missing = self.customers(column.n_missing);
        let far = self.customers(column.n_far);
        let mut said = self.either(
            format!("값 없음 {missing}"),
            format!("{missing} without a value"),
        );
        if let Some(median) = column.median {
            let median = self.number(median);
            said.push_str(&self.either(
                format!(" · 이상값 {far} · 중앙값 {median}"),
                format!(" · {far} with an outlier · median {median}"),
            ));
        }
        if let Some(mode) = &column.mode {
            said.push_str(&self.either(
                format!(" · 가장 많은 값 {mode}"),
                format!(" · most frequent: {mode}"),
            ));
        }
        said
    }

    /// What was done about a column; `None` where nothing was.
    pub fn treatment_done(self, done: Done) -> Option<String> {
        let customers = |n: u64| (n > 0).then(|| self.customers(n));
        let sentences = [
            customers(done.n_filled).map(|n| {
                self.either(
                    format!("{n}의 값을 채웠습니다."),
                    format!("Filled for {n}."),
                )
            }),
            customers(done.n_drawn_in).map(|n| {
                self.either(
                    format!("{n}의 값을 당겼습니다."),
                    format!("Drawn in for {n}."),
                )
            }),
            customers(done.n_without_value).map(|n| {
                self.either(
                    format!("값이 없는 {n}을 뺐습니다."),
                    format!("{n} without a value left out."),
                )
            }),
            customers(done.n_far).map(|n| {
                self.either(
                    format!("이상값이 있는 {n}을 뺐습니다."),
                    format!("{n} with an outlier left out."),
                )
            }),
        ];
        let said: Vec<String> = sentences.into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_said_in_customers_and_nothing_is_not() {
        let words = Words::new(Language::En);
        assert_eq!(words.treatment_done(Done::default()), None);
        let done = Done {
            n_filled: 1,
            n_far: 12,
            ..Done::default()
        };
        let said = words.treatment_done(done).unwrap();
        assert_eq!(
            said,
            "Filled for 1 customer. 12 customers with an outlier left out."
        );
    }

    #[test]
    fn the_headline_counts_columns_with_outliers_and_those_of_customers() {
        let column = CustomerColumn {
            name: "margin".to_owned(),
            is_numeric: true,
            n_missing: 2,
            n_known: 8,
            range: None,
            n_far: 0,
            median: None,
            mode: None,
            treatment: crate::analysis::treatment::Treatment::default(),
            done: Done::default(),
        };
        let report = |n_above, n_missing| ColumnsReport {
            survey: crate::data::Survey {
                n_rows: 10,
                n_blank: 0,
                columns: vec![SurveyedColumn {
                    header: "amount".to_owned(),
                    role: None,
                    kind: ColumnType::Number,
                    n_missing: 0,
                    n_unread: 0,
                    n_read: 10,
                    distinct: Distinct::Exactly(10),
                    n_most_frequent: None,
                    examples: Vec::new(),
                    range: None,
                    far: Some(crate::data::Far {
                        fences: (0.0, 9.0),
                        n_below: 0,
                        n_above,
                    }),
                    bars: Vec::new(),
                    oddities: Vec::new(),
                }],
            },
            customer_columns: vec![CustomerColumn {
                n_missing,
                ..column.clone()
            }],
            n_customers: 10,
            n_set_aside: 0,
        };
        let words = Words::new(Language::En);
        let said = words.columns_finding(&report(0, 0));
        assert_eq!(said, "1 column over 10 rows; nothing stands out.");
        let said = words.columns_finding(&report(3, 2));
        assert!(said.contains("worth a look in 1 of them"), "{said}");
        assert!(said.contains("1 has gaps and 0 have outliers"), "{said}");
    }

    #[test]
    fn a_share_goes_with_a_count() {
        let words = Words::new(Language::Ko);
        assert_eq!(words.columns_part(0, 10), "0");
        assert_eq!(words.columns_part(1, 4), "1 (25.0%)");
        assert_eq!(
            words.columns_n_distinct(Distinct::MoreThan(65_536)),
            "65,536개 넘음"
        );
    }
}
