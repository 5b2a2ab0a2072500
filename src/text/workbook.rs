//! Words about workbooks: why one cannot be read and what to do, and what its sheets are called.

use super::Words;
use crate::data::WorkbookProblem;
use crate::workbook::{EmptiedCells, Sheet};

impl Words {
    /// Why a workbook cannot be read, and what to do.
    pub fn workbook_problem(self, problem: &WorkbookProblem) -> String {
        match problem {
            WorkbookProblem::UnpacksTooLarge { limit } => self.either(
                format!("통합 문서를 풀면 {}를 넘어 읽지 않습니다. 필요한 시트만 남기거나 기간을 나누어 저장한 뒤 여세요.", self.bytes(*limit)),
                format!("The workbook unpacks to more than {}, the most that is read. Keep the sheet you need, or save a shorter period, and open that.", self.bytes(*limit)),
            ),
            WorkbookProblem::TooManyBytes { n_bytes, limit } => self.either(
                format!("통합 문서가 {}입니다. {}까지 읽습니다. 필요한 시트를 CSV UTF-8로 저장해 여세요.", self.bytes(*n_bytes), self.bytes(*limit)),
                format!("The workbook has {}; up to {} are read. Save the sheet you need as CSV UTF-8 and open that.", self.bytes(*n_bytes), self.bytes(*limit)),
            ),
            WorkbookProblem::Bomb { packed, unpacked } => self.either(
                format!("이 파일의 한 부분이 {}에서 {} 넘게 풀립니다. 메모리를 채우려고 만든 파일일 수 있어 읽지 않았습니다. 보낸 사람을 확인하고, 믿을 만하면 엑셀에서 CSV로 저장해 여세요.", self.bytes(*packed), self.bytes(*unpacked)),
                format!("A part of this file unpacks from {} to over {}, as files made to fill memory do, so it was not read. Check who sent it; if you trust it, save it as CSV in Excel and open that.", self.bytes(*packed), self.bytes(*unpacked)),
            ),
            WorkbookProblem::TooManyParts { found, limit } => self.either(
                format!("통합 문서가 {}개 부분으로 되어 있습니다. {}개까지 읽습니다. 필요한 시트만 새 통합 문서로 옮겨 저장한 뒤 여세요.", self.count(*found as u64), self.count(*limit as u64)),
                format!("The workbook has {} parts; up to {} are read. Move the sheet you need to a workbook of its own and open that.", self.count(*found as u64), self.count(*limit as u64)),
            ),
            WorkbookProblem::TooManyCells { limit } => self.either(
                format!("시트에 셀이 너무 많습니다({}개 넘음). 필요한 열만 남기거나 기간을 나누어 저장한 뒤 여세요.", self.count(*limit)),
                format!("The sheet has too many cells (over {}). Keep the columns you need, or save a shorter period, and open that.", self.count(*limit)),
            ),
            WorkbookProblem::OnlyCharts { n_sheets } => self.either(
                format!("이 통합 문서의 시트 {n_sheets}개는 모두 차트입니다. 표가 든 통합 문서를 여세요."),
                match n_sheets {
                    1 => "The only sheet of this workbook is a chart. Open a workbook with a table in it.".to_owned(),
                    _ => format!("All {n_sheets} sheets of this workbook are charts. Open a workbook with a table in it."),
                },
            ),
            WorkbookProblem::Empty { n_sheets } => self.either(
                format!("이 통합 문서의 시트 {n_sheets}개에는 채워진 셀이 없습니다. 표가 든 통합 문서를 여세요."),
                format!("No sheet of this workbook ({n_sheets} in all) has a filled cell. Open a workbook with a table in it."),
            ),
            _ => self.plain_workbook_problem(problem).to_owned(),
        }
    }

    /// What the choice of a sheet is called.
    pub const fn sheet_label(self) -> &'static str {
        self.pick("시트", "Sheet")
    }

    /// A sheet in the choice: its name, its rows, and that the workbook hides it.
    pub fn sheet_name(self, sheet: &Sheet) -> String {
        let hidden = if sheet.is_hidden {
            self.pick(", 숨김", ", hidden")
        } else {
            ""
        };
        format!("{} ({}{hidden})", sheet.name, self.rows(sheet.n_rows))
    }

    /// What stands over the sheets that are not read.
    pub const fn sheets_left(self) -> &'static str {
        self.pick("읽지 않는 시트", "Sheets that are not read")
    }

    /// The button that adds a sheet to the files that are read.
    pub fn add_sheet(self, sheet: &Sheet) -> String {
        let name = self.sheet_name(sheet);
        self.either(format!("{name} 더하기"), format!("Add {name}"))
    }

    /// How many cells of the sheets that are read are taken for empty though they are not, and what to do; `None` where
    /// there are none.
    pub fn emptied_cells(self, cells: EmptiedCells) -> Option<String> {
        let errors = (cells.n_errors > 0).then(|| {
            let n = self.count(cells.n_errors);
            self.either(
                format!("오류 셀 {n}개"),
                self.counted(
                    cells.n_errors,
                    "",
                    "cell with an error",
                    "cells with an error",
                ),
            )
        });
        let formulas = (cells.n_without_value > 0).then(|| {
            let n = self.count(cells.n_without_value);
            let (one, more) = (
                "formula that was saved without its value",
                "formulas that were saved without their values",
            );
            self.either(
                format!("값 없이 저장된 수식 {n}개"),
                self.counted(cells.n_without_value, "", one, more),
            )
        });
        let has_formulas = formulas.is_some();
        let what: Vec<String> = errors.into_iter().chain(formulas).collect();
        let said = self.either(
            format!("빈칸으로 읽는 셀: {}.", what.join(", ")),
            format!("Read as empty: {}.", what.join(", ")),
        );
        let advice = self.pick(
            "엑셀에서 열어 그대로 저장하면 수식의 값이 함께 저장됩니다.",
            "Opened and saved in Excel, the workbook holds the values of its formulas.",
        );
        match (what.is_empty(), has_formulas) {
            (true, _) => None,
            (false, true) => Some(format!("{said} {advice}")),
            (false, false) => Some(said),
        }
    }

    const fn plain_workbook_problem(self, problem: &WorkbookProblem) -> &'static str {
        match problem {
            WorkbookProblem::Encrypted => self.pick(
                "암호로 잠긴 통합 문서입니다. 엑셀에서 암호를 풀어 저장하거나 CSV UTF-8로 저장한 뒤 여세요.",
                "The workbook is locked with a password. Save it without one in Excel, or as CSV UTF-8, and open that.",
            ),
            WorkbookProblem::Truncated => self.pick(
                "통합 문서의 끝부분이 없습니다. 내려받기가 끊겼을 수 있으니 다시 내려받아 여세요.",
                "The end of the workbook is missing. The download may have been cut off: download it again and open that.",
            ),
            WorkbookProblem::WebPage => self.pick(
                "웹 페이지나 XML인데 읽을 표가 없습니다. 엑셀에서 열어 ‘다른 이름으로 저장 → CSV UTF-8(쉼표로 분리)’로 저장한 뒤 여세요.",
                "The file is a web page or XML without a table that can be read. Open it in Excel, choose Save As → “CSV UTF-8 (Comma delimited)” and open that file.",
            ),
            WorkbookProblem::ExcelXml => self.excel_xml(),
            WorkbookProblem::NotAWorkbook => self.pick(
                "통합 문서가 아닙니다. 표가 든 엑셀 파일이나 CSV 파일을 고르세요.",
                "This is not a workbook. Choose an Excel or CSV file with a table in it.",
            ),
            WorkbookProblem::NoSuchSheet { .. } => self.pick(
                "이 통합 문서에는 그 이름의 시트가 없습니다. 다른 시트를 고르세요.",
                "The workbook has no sheet of that name. Choose another one.",
            ),
            WorkbookProblem::ReaderLost => self.pick(
                "통합 문서를 읽다가 멈췄습니다. 파일이 손상되었거나 이 기기의 메모리에 비해 너무 큽니다. 엑셀에서 CSV UTF-8로 저장해 여세요.",
                "Reading the workbook came to a stop: it is damaged, or too large for this device's memory. Save it as CSV UTF-8 in Excel and open that.",
            ),
            WorkbookProblem::ReaderMissing => self.pick(
                "통합 문서를 읽는 부분이 아직 없습니다. 파일을 연 뒤에는 아무것도 내려받지 않기 때문입니다. 하던 일을 프로젝트로 저장하고, 연결된 상태에서 화면을 다시 불러온 다음 통합 문서를 다른 파일과 함께 놓으세요. 한 번 열고 나면 다음부터는 언제든 더할 수 있습니다.",
                "The part that reads workbooks is not there yet, and nothing is loaded once a file is open. Save your project, reload the page with a connection and drop the workbook together with the other files. After that the part is kept, and workbooks can be added at any time.",
            ),
            _ => self.pick(
                "통합 문서가 손상되어 읽을 수 없습니다. 엑셀에서 열리면 새 이름으로 저장하고, 열리지 않으면 다시 내려받아 여세요.",
                "The workbook is damaged and cannot be read. If Excel opens it, save it under a new name; if not, download it again.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_problem_of_a_workbook_says_something_of_its_own_in_both_languages() {
        let problems = [
            WorkbookProblem::Encrypted,
            WorkbookProblem::Truncated,
            WorkbookProblem::Damaged,
            WorkbookProblem::Empty { n_sheets: 3 },
            WorkbookProblem::OnlyCharts { n_sheets: 1 },
            WorkbookProblem::NoSuchSheet { n_sheets: 2 },
            WorkbookProblem::TooManyBytes {
                n_bytes: 1 << 30,
                limit: 1 << 28,
            },
            WorkbookProblem::UnpacksTooLarge { limit: 1 << 30 },
            WorkbookProblem::Bomb {
                packed: 1_000,
                unpacked: 1_000_000,
            },
            WorkbookProblem::TooManyParts {
                found: 5_000,
                limit: 2_000,
            },
            WorkbookProblem::TooManyCells { limit: 40_000_000 },
            WorkbookProblem::WebPage,
            WorkbookProblem::NotAWorkbook,
            WorkbookProblem::ExcelXml,
            WorkbookProblem::ReaderLost,
            WorkbookProblem::ReaderMissing,
        ];
        let mut seen = std::collections::BTreeSet::new();
        for problem in &problems {
            for language in [Language::Ko, Language::En] {
                let sentence = Words::new(language).workbook_problem(problem);
                assert!(sentence.ends_with('.'), "{sentence}");
                assert!(seen.insert(sentence), "{problem}");
            }
        }
    }
}
