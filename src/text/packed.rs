//! Words about packed text: why it cannot be read and what to do.

use super::Words;
use crate::data::PackedProblem;

impl Words {
    /// Why packed text cannot be read, and what to do.
    pub fn packed_problem(self, problem: PackedProblem) -> String {
        match problem {
            PackedProblem::Damaged => self.pick(
                "압축 파일이 중간에서 끊겼거나 손상되었습니다. 다시 내려받아 여세요.",
                "The packed file is cut short or damaged. Download it again and open that.",
            ).to_owned(),
            PackedProblem::TooMany { found, limit } => self.either(
                format!("압축 파일에 텍스트 파일이 {}개 들어 있습니다. 한 번에 {}개까지 읽으니, 압축을 푼 뒤 나누어 여세요.", self.count(found as u64), self.count(limit as u64)),
                format!("The archive holds {} text files; up to {} are read at once. Unpack it and open some of them.", self.count(found as u64), self.count(limit as u64)),
            ),
            PackedProblem::Workbooks { found } => self.either(
                format!("압축 파일에 통합 문서가 {}개 있고 텍스트 파일은 없습니다. 압축을 푼 뒤 안에 든 통합 문서를 여세요.", self.count(found as u64)),
                format!("The archive holds no text, but workbooks ({}). Unpack it and open the workbooks inside.", self.count(found as u64)),
            ),
            PackedProblem::NoTables { found } => self.either(
                format!("압축 파일에 파일이 {}개 있지만 표로 읽을 수 있는 것이 없습니다. 이름이 .csv, .tsv, .txt, .tab으로 끝나는 파일을 찾습니다. 주문 내역을 CSV나 XLSX로 내려받아 여세요.", self.count(found as u64)),
                format!("The archive holds {} and none of them is a table: names that end in .csv, .tsv, .txt or .tab are looked for. Export your orders as CSV or XLSX and open that.", self.counted(found as u64, "", "file,", "files,")),
            ),
            PackedProblem::Encrypted => self.pick(
                "암호로 잠긴 압축 파일입니다. 압축을 푼 뒤 안에 든 파일을 여세요.",
                "The archive is locked with a password. Unpack it and open the file inside.",
            ).to_owned(),
            PackedProblem::Unsupported => self.pick(
                "이 브라우저가 풀 수 없는 방식의 압축 파일입니다. 압축을 푼 뒤 안에 든 파일을 여세요.",
                "The file is packed in a way that this browser cannot unpack. Unpack it and open the file inside.",
            ).to_owned(),
            PackedProblem::Bomb { packed, unpacked } => self.either(
                format!("압축된 {}가 {} 넘게 풀립니다. 메모리를 채우려고 만든 파일일 수 있어 멈추었습니다. 믿을 만한 파일이면 압축을 푼 뒤 여세요.", self.bytes(packed), self.bytes(unpacked)),
                format!("{} unpack to over {}, as files made to fill memory do, so reading was stopped. If you trust the file, unpack it and open what is inside.", self.bytes(packed), self.bytes(unpacked)),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_problem_of_packed_text_says_something_in_both_languages() {
        for problem in [
            PackedProblem::Damaged,
            PackedProblem::TooMany {
                found: 401,
                limit: 400,
            },
            PackedProblem::Workbooks { found: 2 },
            PackedProblem::NoTables { found: 0 },
            PackedProblem::NoTables { found: 3 },
            PackedProblem::Encrypted,
            PackedProblem::Unsupported,
            PackedProblem::Bomb {
                packed: 1_000,
                unpacked: 40_000_000,
            },
        ] {
            let ko = Words::new(Language::Ko).packed_problem(problem);
            let en = Words::new(Language::En).packed_problem(problem);
            assert!(ko.ends_with('.') && en.ends_with('.') && ko != en, "{en}");
        }
    }
}
