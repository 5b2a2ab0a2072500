//! The workbooks of calamine's own tests, from the folder that `GYEOL_CORPORA` names; without it a test says that it
//! was skipped. They are unpacked by this file's own reader of `tar`, so that no tool is needed.

use std::collections::BTreeMap;
use std::io::Read;
use std::panic::catch_unwind;
use std::path::PathBuf;

use gyeol::data::WorkbookProblem;

use crate::{sheet_text, text_of};

/// All files of the suite by name, or `None` with a word about the test that needs them.
fn suite(test: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    let Some(folder) = std::env::var_os("GYEOL_CORPORA") else {
        println!("skipped: {test} (GYEOL_CORPORA is not set)");
        return None;
    };
    let path = PathBuf::from(folder).join("suites/calamine-workbooks.tar.gz");
    let mut tar = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_end(&mut tar)
        .unwrap();
    Some(files_of(&tar))
}

/// The files of a tar archive: a head of 512 bytes with name and octal size, and the content filled up to 512.
fn files_of(tar: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut rest = tar;
    while rest.len() >= 512 && rest[0] != 0 {
        let text = |range: std::ops::Range<usize>| {
            let bytes = rest[range].split(|&byte| byte == 0 || byte == b' ').next();
            String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
        };
        let size = usize::from_str_radix(&text(124..136), 8).unwrap();
        if let Some((_, name)) = text(0..100).rsplit_once('/') {
            files.insert(name.to_owned(), rest[512..512 + size].to_vec());
        }
        rest = &rest[512 + size.div_ceil(512) * 512..];
    }
    files.remove("");
    files
}

#[test]
fn every_workbook_of_the_suite_is_read_or_says_why_not() {
    let Some(files) = suite("every_workbook_of_the_suite_is_read_or_says_why_not") else {
        return;
    };
    assert_eq!(files.len(), 132);
    let mut problems = BTreeMap::new();
    for (name, bytes) in files {
        let read = catch_unwind(|| text_of(&bytes));
        let Ok(read) = read else {
            panic!("{name} panics");
        };
        if let Err(problem) = read {
            problems.insert(name, problem);
        }
    }
    let names = |wanted: fn(&WorkbookProblem) -> bool| -> Vec<&str> {
        let found = problems.iter().filter(|(_, problem)| wanted(problem));
        found.map(|(name, _)| name.as_str()).collect()
    };
    assert_eq!(
        names(|problem| *problem == WorkbookProblem::Encrypted),
        [
            "issue_385.xls",
            "pass_protected.ods",
            "pass_protected.xlsb",
            "pass_protected.xlsx"
        ]
    );
    // A compound document that points behind its end, and an archive whose part is larger than it says.
    assert_eq!(
        names(|problem| *problem == WorkbookProblem::Damaged),
        ["OOM_alloc3.xls", "issue252.xlsx"]
    );
    assert_eq!(
        names(|problem| matches!(problem, WorkbookProblem::TooManyCells { .. })),
        ["issue_594_dos.ods"]
    );
    // Four records without the document around them.
    assert_eq!(
        names(|problem| *problem == WorkbookProblem::NotAWorkbook),
        ["too_small.xls"]
    );
    let n_empty = names(|problem| matches!(problem, WorkbookProblem::Empty { .. })).len();
    assert_eq!(problems.len(), 8 + n_empty, "{problems:?}");
    assert_eq!(n_empty, 19, "{problems:?}");
}

#[test]
fn known_workbooks_are_read_exactly() {
    let Some(files) = suite("known_workbooks_are_read_exactly") else {
        return;
    };
    let days = "2021-01-01,15\n2021-01-02,16\n255:10:10,17\n";
    let numbers = "1,a\n2,b\n3,c\n";
    for (name, sheet, expected) in [
        ("date.xlsx", None, days),
        ("date.xlsb", None, days),
        ("date.xls", None, days),
        ("date_1904.xlsx", None, days),
        ("date_1904.xlsb", None, days),
        ("date_1904.xls", None, days),
        (
            "date.ods",
            None,
            "2021-01-01,15\n2021-01-01 10:10:10,16\n10:10:10,17\n10:10:10,18\n",
        ),
        ("issues.xlsx", Some("issue2"), numbers),
        ("issues.xls", Some("issue2"), numbers),
        ("issues.xlsb", Some("issue2"), numbers),
        ("issues.ods", Some("issue2"), numbers),
        (
            "merge_cells.xls",
            None,
            "Row Merge,Row Merge,Not Merged\nColumn Merge,Chunk Merged,\n",
        ),
        (
            "merge_cells.xlsx",
            None,
            "Row Merge,Row Merge,Not Merged\nColumn Merge,Chunk Merged,\n",
        ),
        (
            "inventory-table.xlsx",
            None,
            "Item,Type,Quantity\n1,Apple,50\n2,Banana,200\n3,Orange,60\n4,Pear,100\n",
        ),
        (
            "temperature.xlsx",
            None,
            "label,value\ncelsius,22.2222\nfahrenheit,72\n",
        ),
    ] {
        let text = sheet_text(&files[name], sheet);
        assert_eq!(text.as_deref(), Ok(expected), "{name}");
    }
}
