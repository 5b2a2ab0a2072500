//! Files that are broken, or made to break: each ends in a problem of its own, and none takes memory or time.

use gyeol::data::WorkbookProblem;

use crate::made::{archive, parts, rows, sheet, workbook as made};
use crate::text_of;

fn good() -> Vec<u8> {
    made(&[sheet("a", &rows(&[&["a", "b"], &["1", "2"]]))], false)
}

/// The good workbook with the content of its sheet replaced.
fn with_sheet(content: &[u8]) -> Vec<u8> {
    let parts = parts(&[sheet("a", "")], false);
    let all: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| match name.contains("worksheets") {
            true => (name.as_str(), content),
            false => (name.as_str(), text.as_bytes()),
        })
        .collect();
    archive(&all)
}

#[test]
fn a_part_that_unpacks_a_thousandfold_is_not_unpacked() {
    let mut content = b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>".to_vec();
    content.resize(40 << 20, b' ');
    let bomb = with_sheet(&content);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let problem = text_of(&bomb).unwrap_err();
    assert!(
        matches!(problem, WorkbookProblem::Bomb { unpacked, .. } if unpacked == 40 << 20),
        "{problem}"
    );
}

/// The size in the directory and before the part is made small; the part is as large as before.
#[test]
fn a_part_that_lies_about_its_size_is_held_to_it() {
    let mut content = b"<worksheet><sheetData>".to_vec();
    content.resize(40 << 20, b' ');
    let mut bomb = with_sheet(&content);
    let (real, small) = ((40_u32 << 20).to_le_bytes(), 1_000_u32.to_le_bytes());
    let places: Vec<usize> = (0..bomb.len() - 4)
        .filter(|&at| bomb[at..at + 4] == real)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&small);
    }
    let problem = text_of(&bomb).unwrap_err();
    let is_held = matches!(
        problem,
        WorkbookProblem::Damaged | WorkbookProblem::Bomb { .. }
    );
    assert!(is_held, "{problem}");
}

#[test]
fn more_parts_than_a_workbook_has_are_not_looked_at() {
    let names: Vec<String> = (0..2_001).map(|number| format!("p{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let expected = WorkbookProblem::TooManyParts {
        found: 2_001,
        limit: 2_000,
    };
    assert_eq!(text_of(&archive(&parts)), Err(expected));
}

#[test]
fn a_cell_in_the_last_place_of_a_sheet_makes_no_large_table() {
    let far = rows(&[&["a", "b"], &["1", "2"]])
        + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>3</v></c></row>";
    let text = text_of(&made(&[sheet("a", &far)], false)).unwrap();
    assert!(text.starts_with("a,b,\n1,2,\n") && text.ends_with("\n,,3\n"));
    assert!(text.len() < 200_000, "{}", text.len());
}

#[test]
fn a_cell_outside_of_any_sheet_is_damage() {
    let outside = rows(&[&["a", "b"]]) + "<row r=\"1048577\"><c r=\"A1048577\"><v>3</v></c></row>";
    assert_eq!(
        text_of(&made(&[sheet("a", &outside)], false)),
        Err(WorkbookProblem::Damaged)
    );
}

#[test]
fn a_workbook_that_is_cut_short_says_so_wherever_it_is_cut() {
    let whole = good();
    for n_bytes in 4..whole.len() {
        let problem = text_of(&whole[..n_bytes]).unwrap_err();
        let is_said = matches!(
            problem,
            WorkbookProblem::Truncated | WorkbookProblem::Damaged
        );
        assert!(is_said, "{n_bytes}: {problem}");
    }
    assert_eq!(
        text_of(&whole[..whole.len() / 2]),
        Err(WorkbookProblem::Truncated)
    );
    assert_eq!(text_of(&whole[..2]), Err(WorkbookProblem::NotAWorkbook));
}

/// Any byte may be wrong; the reader may say what it likes but must say something.
#[test]
fn a_wrong_byte_ends_in_a_table_or_a_problem() {
    let whole = good();
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0x41;
        let _ = text_of(&broken);
    }
}

#[test]
fn what_is_no_workbook_is_named() {
    for (bytes, expected) in [
        (&b""[..], WorkbookProblem::NotAWorkbook),
        (b"a,b\n1,2\n", WorkbookProblem::NotAWorkbook),
        (b"\n<html><body><p>a", WorkbookProblem::WebPage),
        (
            b"<html><table><tr><td></table>",
            WorkbookProblem::Empty { n_sheets: 0 },
        ),
        (
            b"<?xml version=\"1.0\"?><Workbook/>",
            WorkbookProblem::WebPage,
        ),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table><Row><Cell/></Row></Table></Worksheet></Workbook>",
            WorkbookProblem::ExcelXml,
        ),
        (
            &archive(&[("orders.csv", b"a,b\n1,2\n")]),
            WorkbookProblem::NotAWorkbook,
        ),
        (
            &archive(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("word/document.xml", b"<d/>"),
            ]),
            WorkbookProblem::NotAWorkbook,
        ),
        (&made(&[], false), WorkbookProblem::Empty { n_sheets: 0 }),
        (
            &made(&[sheet("a", ""), sheet("b", "")], false),
            WorkbookProblem::Empty { n_sheets: 2 },
        ),
    ] {
        assert_eq!(text_of(bytes), Err(expected));
    }
}
