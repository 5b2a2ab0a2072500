//! Why something is not possible, and what to do about it: one or two sentences each.
//!
//! Facts come from the error (lines, counts, roles); no cell's content is ever in them, so none can be in a sentence.

use super::Words;
use super::josa::{Josa, with_josa};
use crate::analysis::AnalysisError;
use crate::analysis::clusters::DensityProblem;
use crate::data::{BinaryKind, Encoding, ImportError, OtherForm};
use crate::export::ExportError;

impl Words {
    /// Why a file cannot be used, and what to do.
    pub fn import_error(self, error: &ImportError) -> String {
        match error {
            ImportError::Empty
            | ImportError::HeaderOnly
            | ImportError::OneColumn
            | ImportError::AmbiguousDates => self.plain_import_error(error).to_owned(),
            ImportError::Binary { found } => self.binary_file(*found).to_owned(),
            ImportError::OtherForm { found } => self.other_form(*found).to_owned(),
            ImportError::Packed(problem) => self.packed_problem(*problem),
            ImportError::Workbook(problem) => self.workbook_problem(problem),
            ImportError::Encoding { found, offset } => self.other_encoding(*found, *offset),
            ImportError::OtherColumns { n_expected } => self.other_columns(*n_expected),
            ImportError::NothingLeads => self
                .pick(
                    "주문이나 고객 표가 하나는 있어야 합니다. 파일 하나의 종류를 주문이나 고객 표로 고르세요.",
                    "One file has to be orders or a table of customers. Choose that kind for one of them.",
                )
                .to_owned(),
            ImportError::MissingRole(_)
            | ImportError::UnknownColumn(_)
            | ImportError::SameColumn(..) => self.role_error(error),
            _ => self.broken_file(error),
        }
    }

    fn other_columns(self, n_expected: u64) -> String {
        let n_expected = self.count(n_expected);
        self.either(
            format!("이 파일의 열은 첫 파일의 열 {n_expected}개와 다르거나 다른 뜻으로 지정되어 있습니다. 열 이름이 같은 파일끼리 이어 붙일 수 있습니다. 이 파일을 빼고 가져오거나, 열 이름을 맞춘 뒤 다시 여세요."),
            format!("The columns of this file are not the {n_expected} columns of the first, or mean something else. Files with the same column names can be read as one. Import without this file, or give it the same column names and open it again."),
        )
    }

    /// Why an analysis has no result, and what to do.
    pub fn analysis_error(self, error: &AnalysisError) -> String {
        match error {
            AnalysisError::Param { field, rule } => self.broken_rule(field, rule),
            AnalysisError::Column {
                field,
                column,
                rule,
            } => self.broken_by_column((field, column), rule),
            AnalysisError::LackValues {
                need,
                found,
                n_without,
            } => self.lack_values((*need, *found), *n_without),
            AnalysisError::TooFewCustomers { need, found } => self.either(
                format!("고객이 {found}명뿐이라 계산할 수 없습니다. 적어도 {need}명이 필요합니다. 군집 수를 줄이거나, 제외된 행을 데이터 화면에서 확인하세요."),
                format!("There are only {}; at least {need} are needed. Ask for fewer groups, or look at the rows left out under Data.", self.customers(*found as u64)),
            ),
            AnalysisError::TooFewDistinct { need, found } => self.either(
                format!("서로 다른 고객이 {found}가지뿐이라 {need}개로 나눌 수 없습니다. 군집 수를 줄이거나 나누는 데 쓸 다른 값을 고르세요."),
                format!("Only {found} distinct {} in these features, too few for {need} clusters. Ask for fewer clusters or choose other features.", match found {
                    1 => "kind of customer exists",
                    _ => "kinds of customer exist",
                }),
            ),
            AnalysisError::NothingUntil { as_of } => self.either(
                format!("{} 이전에는 주문이 없습니다. 기준일을 더 뒤로 옮기세요.", self.day(*as_of)),
                format!("There is no order until {}. Choose a later as-of date.", self.day(*as_of)),
            ),
            AnalysisError::Density(problem) => self.density_problem(*problem),
            AnalysisError::Prediction(problem) => self.prediction_problem(*problem),
            AnalysisError::Lifetime(problem) => self.lifetime_problem(*problem),
            AnalysisError::Cohorts(problem) => self.cohort_problem(*problem),
            AnalysisError::AllSetAside => self.pick(
                "열 처리에서 모든 고객을 제외했습니다. ‘열’ 화면에서 처리 방법을 바꾸세요.",
                "What is done about the columns sets all customers aside. Change it in the view of the columns.",
            ).to_owned(),
            AnalysisError::NoHistory => self.pick(
                "이 파일에는 최근성과 빈도가 없습니다. 열 지정으로 돌아가 날짜 열 또는 주문 수 열을 지정하세요.",
                "This file has no recency and frequency. Go back to the columns and name a date column, or a column with the number of orders.",
            ).to_owned(),
            AnalysisError::NotOverTime { .. } => self.pick(
                "이 구분은 이전 날짜의 기준을 그대로 쓸 수 없습니다. 군집은 k-평균, 가우스 혼합, 계층적 군집, k-메도이드, DBSCAN만 가능하고, k-평균과 가우스 혼합과 와드 방식은 작은 군집을 합치지 않았어야 하며, 낱말이나 범주를 변수로 쓰지 않았어야 합니다. ‘날짜마다 새로’를 고르거나 다른 구분을 고르세요.",
                "This segmentation has no cut points that could be kept from the earlier date. Of clusters those by k-means, Gaussian mixture, hierarchical clustering, k-medoids and DBSCAN have; k-means, mixtures and Ward’s linkage only where no small clusters were joined, and none where words or categories are features. Choose cut points made anew, or another segmentation.",
            ).to_owned(),
            AnalysisError::NotKept { of } => self.kept_nothing_of(*of).to_owned(),
            AnalysisError::NothingKept => self.nothing_kept().to_owned(),
            AnalysisError::LacksColumns { of, columns } => self.lacks_columns(*of, columns),
            AnalysisError::LacksPast(lacking) => self.lacks_most_of_past(lacking),
            AnalysisError::EarlierIsLater { earlier, as_of } => self.either(
                format!("이전 날짜({})가 기준일({})보다 뒤입니다. 더 이른 날짜를 고르세요.", self.day(*earlier), self.day(*as_of)),
                format!("The earlier date, {}, is after the as-of date, {}. Choose an earlier one.", self.day(*earlier), self.day(*as_of)),
            ),
            AnalysisError::NobodyKnown { earlier, first } => self.either(
                format!("{}에는 아직 고객이 없었습니다. 첫 주문은 {}입니다. 그 뒤의 날짜를 고르세요.", self.day(*earlier), self.day(*first)),
                format!("Nobody was a customer on {} yet; the first order is of {}. Choose a date from then on.", self.day(*earlier), self.day(*first)),
            ),
            AnalysisError::LoneOrders(lone) => self.lone_orders(*lone),
            AnalysisError::Cancelled => self.pick("멈추었습니다.", "Stopped.").to_owned(),
        }
    }

    fn density_problem(self, problem: DensityProblem) -> String {
        match problem {
            DensityProblem::OnlyNoise => self.pick(
                "가까이 모인 고객이 없어 군집이 하나도 없습니다. 거리를 늘리거나 이웃 수를 줄이세요.",
                "Nobody has enough others nearby, so there is no cluster at all. Choose a larger reach or fewer neighbours.",
            ).to_owned(),
            DensityProblem::OneCluster => self.pick(
                "모든 고객이 한 군집이고 동떨어진 고객도 없습니다. 거리를 줄이거나 이웃 수를 늘리고, 그래도 같으면 군집 수를 정하는 방법을 고르세요.",
                "Everybody is in one cluster, and nobody outside it. Choose a smaller reach or more neighbours; if that does not part them, use a method with a number of clusters.",
            ).to_owned(),
            DensityProblem::NeedsTwo => self.pick(
                "안정성은 군집이 둘 이상 있어야 합니다. 지금은 한 군집과 어느 군집에도 들지 않는 고객뿐입니다. 거리를 줄이거나 이웃 수를 늘리세요.",
                "Stability needs two clusters, and there is one beside those in none. Choose a smaller reach or more neighbours.",
            ).to_owned(),
            DensityProblem::TooMany { found, most } => self.either(
                format!("군집이 {found}개나 나옵니다. {most}개까지 보여 줄 수 있습니다. 거리나 이웃 수를 늘리세요."),
                format!("There would be {found} clusters; at most {most} can be shown. Choose a larger reach or more neighbours."),
            ),
        }
    }

    /// Why a file cannot be made, and what to do.
    pub fn export_error(self, error: &ExportError) -> String {
        match error {
            ExportError::NothingImported => self
                .pick(
                    "아직 가져온 파일이 없어 저장할 것이 없습니다. 먼저 파일을 여세요.",
                    "Nothing has been imported yet, so there is nothing to save. Open a file first.",
                )
                .to_owned(),
            ExportError::NotComputed => self
                .pick(
                    "아직 계산되지 않은 결과입니다. 그 화면을 한 번 연 뒤 다시 저장하세요.",
                    "This has not been computed yet. Open its view once, then save again.",
                )
                .to_owned(),
            ExportError::NoAddresses => self
                .pick(
                    "이 파일에는 이메일이나 전화번호 열이 없어 발송용 목록을 만들 수 없습니다. 연락처가 있는 고객 표를 함께 놓거나, 목록의 용도를 ‘분석’으로 바꾸세요.",
                    "The file has no column of e-mail addresses or phone numbers, so there is no list for a tool. Drop a table of customers that has one, or choose a list for analysis.",
                )
                .to_owned(),
            ExportError::NoSuchCustomer => self
                .pick(
                    "이 아이디의 고객이 없거나, 기준일까지 주문한 적이 없습니다. 아이디와 기준일을 확인하세요.",
                    "No customer has this id, or had ordered by the as-of date. Check the id and the as-of date.",
                )
                .to_owned(),
            ExportError::Source(error) => self.import_error(error),
        }
    }

    const fn plain_import_error(self, error: &ImportError) -> &'static str {
        match error {
            ImportError::Empty => self.pick(
                "빈 파일입니다. 주문이 들어 있는 파일을 고르세요.",
                "The file is empty. Choose one with orders in it.",
            ),
            ImportError::HeaderOnly => self.pick(
                "열 이름만 있고 그 아래에 행이 없습니다. 내려받을 때 고른 기간에 주문이 있는지 확인하세요.",
                "The file names its columns but has no rows below. Check that the period you exported has orders.",
            ),
            ImportError::OneColumn => self.pick(
                "열이 하나뿐입니다. 고객과 날짜를 담은 열이 둘 이상 필요합니다. 구분 기호(쉼표, 세미콜론, 탭)가 있는 CSV로 다시 저장하세요.",
                "The file has one column; at least two are needed, for customer and date. Save it as CSV with a separator: comma, semicolon or tab.",
            ),
            _ => self.pick(
                "날짜의 일과 월 순서가 분명하지 않습니다. 어느 쪽이 맞는지 골라 주세요.",
                "The dates can be read day first or month first. Say which one is meant.",
            ),
        }
    }

    const fn binary_file(self, found: BinaryKind) -> &'static str {
        match found {
            BinaryKind::ZipOrWorkbook => self.pick(
                "엑셀 통합 문서이거나 압축 파일입니다. 엑셀에서 열어 ‘다른 이름으로 저장 → CSV UTF-8(쉼표로 분리)’로 저장한 뒤 여세요. 압축 파일이면 먼저 푸세요.",
                "This is a workbook or a zip archive. Open it in Excel, choose Save As → “CSV UTF-8 (Comma delimited)” and drop that file; unpack an archive first.",
            ),
            BinaryKind::OldWorkbook => self.pick(
                "옛 엑셀 통합 문서(XLS)입니다. 엑셀에서 열어 ‘다른 이름으로 저장 → CSV UTF-8(쉼표로 분리)’로 저장한 뒤 여세요.",
                "This is an old Excel workbook (XLS). Open it in Excel, choose Save As → “CSV UTF-8 (Comma delimited)” and drop that file.",
            ),
            BinaryKind::Gzip => self.pick(
                "gzip으로 압축된 파일입니다. 압축을 푼 뒤 안에 든 파일을 여세요.",
                "This file is compressed with gzip. Unpack it and open the file inside.",
            ),
            BinaryKind::Pdf => self.pick(
                "PDF 문서입니다. 쇼핑몰 관리자 화면에서 같은 내용을 CSV나 XLSX로 내려받아 여세요.",
                "This is a PDF document. Export the same orders as CSV or XLSX from your shop and open that.",
            ),
            BinaryKind::Picture => self.pick(
                "그림 파일입니다. 주문 내역을 CSV나 XLSX로 내려받아 여세요.",
                "This is a picture. Export your orders as CSV or XLSX and open that.",
            ),
            BinaryKind::Other => self.pick(
                "글자가 아닌 내용이 든 파일입니다. 주문 내역을 CSV나 XLSX로 내려받아 여세요.",
                "This file does not hold text. Export your orders as CSV or XLSX and open that.",
            ),
        }
    }

    const fn other_form(self, found: OtherForm) -> &'static str {
        match found {
            OtherForm::Json => self.pick(
                "JSON 파일이라 행과 열이 없습니다. 쇼핑몰이나 CRM에서 같은 내용을 CSV나 XLSX로 내려받아 여세요.",
                "This is JSON, which has no rows and columns. Export the same from your shop or CRM as CSV or XLSX and open that.",
            ),
            OtherForm::ExcelXml => self.excel_xml(),
            OtherForm::Xml => self.pick(
                "XML 파일이라 행과 열이 없습니다. 쇼핑몰이나 CRM에서 같은 내용을 CSV나 XLSX로 내려받아 여세요.",
                "This is XML, which has no rows and columns. Export the same from your shop or CRM as CSV or XLSX and open that.",
            ),
            OtherForm::WebPage => self.pick(
                "표 파일이 아니라 웹 페이지입니다. 로그인 화면이 대신 내려받아졌을 수 있으니 쇼핑몰에 다시 로그인해 내려받으세요. 페이지 안에 표가 있으면 이름 끝을 .html로 바꿔 여세요.",
                "This is a web page, perhaps that of a log-in in place of your export: log in to your shop and export again. If the page has a table in it, let its name end in .html and open it again.",
            ),
            OtherForm::Utf32 => self.pick(
                "UTF-32로 저장된 글입니다. 편집기나 엑셀에서 UTF-8로 다시 저장한 뒤 여세요.",
                "This text is saved as UTF-32. Save it as UTF-8 in an editor or in Excel and open that.",
            ),
        }
    }

    /// That a file is the XML of Excel 2003, and what to do.
    pub(super) const fn excel_xml(self) -> &'static str {
        self.pick(
            "엑셀 2003의 XML 스프레드시트입니다. 엑셀에서 열어 ‘다른 이름으로 저장’에서 XLSX나 CSV UTF-8로 저장한 뒤 여세요.",
            "This is an XML spreadsheet of Excel 2003. Open it in Excel, choose Save As → XLSX or “CSV UTF-8” and open that file.",
        )
    }

    fn other_encoding(self, found: Encoding, offset: u64) -> String {
        let name = self.encoding(found);
        let place = self.count(offset);
        self.either(
            format!("UTF-8이 아니라 {name} 인코딩으로 보입니다({place}번째 바이트부터). 파일 형식에서 인코딩을 {name}(으)로 바꾼 뒤 다시 가져오세요."),
            format!("The file is not UTF-8 but probably {name} (from byte {place}). Choose {name} as its encoding under File format and import again."),
        )
    }

    fn role_error(self, error: &ImportError) -> String {
        match error {
            ImportError::MissingRole(role) => self.either(
                format!(
                    "‘{}’에 쓸 열이 정해지지 않았습니다. 해당하는 열을 고르세요.",
                    self.role(*role)
                ),
                format!(
                    "No column is chosen for “{}”. Choose the one that holds it.",
                    self.role(*role)
                ),
            ),
            ImportError::UnknownColumn(role) => self.either(
                format!(
                    "‘{}’에 지정된 열이 이 파일에 없습니다. 다른 열을 고르세요.",
                    self.role(*role)
                ),
                format!(
                    "The column chosen for “{}” is not in this file. Choose another one.",
                    self.role(*role)
                ),
            ),
            ImportError::SameColumn(first, second) => self.either(
                format!(
                    "같은 열을 {} ‘{}’에 함께 쓸 수 없습니다. 하나를 바꾸세요.",
                    with_josa(&format!("‘{}’", self.role(*first)), Josa::And),
                    self.role(*second)
                ),
                format!(
                    "One column cannot be both “{}” and “{}”. Change one of them.",
                    self.role(*first),
                    self.role(*second)
                ),
            ),
            _ => String::new(),
        }
    }

    fn broken_file(self, error: &ImportError) -> String {
        match error {
            ImportError::TooManyColumns { found, limit } => self.either(
                format!("열이 {}개로 너무 많습니다. {}개까지 읽습니다. 필요한 열만 남겨 다시 저장하세요.", self.count(*found as u64), self.count(*limit as u64)),
                format!("{} columns are too many; up to {} are read. Keep the columns you need and save again.", self.count(*found as u64), self.count(*limit as u64)),
            ),
            ImportError::EndlessRecord { line, limit, open_quote: true } => self.either(
                format!("{}번째 줄에서 시작한 큰따옴표가 닫히지 않아 {} 안에 행이 끝나지 않습니다. 그 줄의 따옴표를 고친 뒤 다시 여세요.", self.count(*line), self.bytes(*limit as u64)),
                format!("A quote opened at line {} is never closed, so the row does not end within {}. Mend the quote on that line and open the file again.", self.count(*line), self.bytes(*limit as u64)),
            ),
            ImportError::EndlessRecord { line, limit, .. } => self.either(
                format!("{}번째 줄에서 시작한 행이 {}를 넘습니다. 주문 파일이 맞는지 확인하고, 그 행을 지우거나 나눈 뒤 다시 여세요.", self.count(*line), self.bytes(*limit as u64)),
                format!("The row at line {} is longer than {}. Check that this is an order file; remove or split that row and open it again.", self.count(*line), self.bytes(*limit as u64)),
            ),
            ImportError::NoUsableRows { n_rows, mostly } => self.either(
                format!("{} 가운데 쓸 수 있는 행이 없습니다. 가장 많은 이유는 ‘{}’입니다. 열 지정과 날짜·숫자 형식을 확인하세요.", self.rows(*n_rows), self.reason(*mostly)),
                format!("None of {} can be used, mostly for the reason “{}”. Check the columns you chose and the form of dates and numbers.", self.rows(*n_rows), self.reason(*mostly)),
            ),
            ImportError::TooLarge { limit } => self.either(
                format!("행이 너무 많습니다. {}까지 읽습니다. 기간을 나누어 내려받으세요.", self.rows(*limit)),
                format!("There are too many rows; up to {} are read. Export a shorter period.", self.count(*limit)),
            ),
            ImportError::Unreadable { after: 0 } => self.pick(
                "파일을 열 수 없었습니다. 그사이 옮겨졌거나 지워졌거나, 이 기기에 내려받지 않은 클라우드 파일일 수 있습니다. 파일을 다시 고르세요.",
                "The file could not be opened. It may have been moved or deleted meanwhile, or lie in a cloud and not on this device. Choose it again.",
            ).to_owned(),
            ImportError::Unreadable { after } => self.either(
                format!("{}까지 읽은 뒤 파일을 더 읽을 수 없었습니다. 그사이 옮겨졌거나 바뀌었을 수 있습니다. 파일을 다시 고르세요.", self.bytes(*after)),
                format!("The file could not be read beyond {}. It may have been moved or changed meanwhile. Choose it again.", self.bytes(*after)),
            ),
            ImportError::EngineLost => self.pick(
                "이 파일을 열 때마다 계산 엔진이 멈추었습니다. 다른 탭을 닫아 메모리를 비우고 다시 여세요. 원본 파일은 그대로입니다.",
                "The engine stopped each time it opened this file. Close other tabs to free memory and open it again. Your file is unchanged.",
            ).to_owned(),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Rule;
    use crate::data::{Reason, Role};
    use crate::text::Language;

    const KO: Words = Words::new(Language::Ko);
    const EN: Words = Words::new(Language::En);

    #[test]
    fn a_file_in_another_encoding_is_told_which_to_choose() {
        let error = ImportError::Encoding {
            found: Encoding::Cp949,
            offset: 1_204,
        };
        for words in [KO, EN] {
            let sentence = words.import_error(&error);
            assert!(sentence.contains("CP949") && !sentence.contains("Excel"));
            assert!(sentence.contains("1,204"));
        }
    }

    #[test]
    fn every_import_error_says_something_in_both_languages() {
        for error in [
            ImportError::Empty,
            ImportError::HeaderOnly,
            ImportError::OneColumn,
            ImportError::AmbiguousDates,
            ImportError::Binary {
                found: BinaryKind::Gzip,
            },
            ImportError::OtherForm {
                found: OtherForm::Json,
            },
            ImportError::OtherForm {
                found: OtherForm::ExcelXml,
            },
            ImportError::OtherForm {
                found: OtherForm::Xml,
            },
            ImportError::OtherForm {
                found: OtherForm::WebPage,
            },
            ImportError::OtherForm {
                found: OtherForm::Utf32,
            },
            ImportError::TooManyColumns {
                found: 10_000,
                limit: 4_096,
            },
            ImportError::EndlessRecord {
                line: 7,
                limit: 1_000_000,
                open_quote: true,
            },
            ImportError::EndlessRecord {
                line: 7,
                limit: 1_000_000,
                open_quote: false,
            },
            ImportError::MissingRole(Role::Date),
            ImportError::UnknownColumn(Role::Date),
            ImportError::SameColumn(Role::Date, Role::Customer),
            ImportError::OtherColumns { n_expected: 8 },
            ImportError::NothingLeads,
            ImportError::NoUsableRows {
                n_rows: 3,
                mostly: Reason::NoCustomer,
            },
            ImportError::TooLarge { limit: 5 },
            ImportError::Unreadable { after: 0 },
            ImportError::Unreadable { after: 5 },
            ImportError::EngineLost,
        ] {
            let (ko, en) = (KO.import_error(&error), EN.import_error(&error));
            assert!(ko.ends_with('.') && en.ends_with('.'), "{error}");
            assert_ne!(ko, en);
        }
    }

    #[test]
    fn a_broken_rule_names_the_parameter_as_the_person_knows_it() {
        let error = AnalysisError::Param {
            field: "k".to_owned(),
            rule: Rule::Between(2.0, 10.0),
        };
        assert_eq!(
            EN.analysis_error(&error),
            "Number of clusters: enter a number from 2 to 10."
        );
    }
}
