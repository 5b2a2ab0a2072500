//! A writer of small XLSX workbooks, so that a test shows every mark of the file that it is about.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A sheet: its name, its state, and what stands in its `worksheet` element.
pub(crate) struct Sheet<'a> {
    pub(crate) name: &'a str,
    pub(crate) state: &'a str,
    pub(crate) content: String,
}

/// A visible sheet with these rows.
pub(crate) fn sheet<'a>(name: &'a str, rows: &str) -> Sheet<'a> {
    Sheet {
        name,
        state: "visible",
        content: format!("<sheetData>{rows}</sheetData>"),
    }
}

/// Rows of text cells, and of numbers where a cell reads as one.
pub(crate) fn rows(table: &[&[&str]]) -> String {
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(_) => format!("<c><v>{text}</v></c>"),
        Err(_) => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let row = |cells: &&[&str]| {
        let cells: String = cells.iter().map(cell).collect();
        format!("<row>{cells}</row>")
    };
    table.iter().map(row).collect()
}

/// A workbook whose cells of style 1 are dates, 2 lengths of time and 3 dates with time.
pub(crate) fn workbook(sheets: &[Sheet<'_>], is_1904: bool) -> Vec<u8> {
    let parts = parts(sheets, is_1904);
    archive(
        &parts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_bytes()))
            .collect::<Vec<_>>(),
    )
}

/// The parts of a workbook.
pub(crate) fn parts(sheets: &[Sheet<'_>], is_1904: bool) -> Vec<(String, String)> {
    let mut list = String::new();
    let mut relations =
        format!("<Relationship Id=\"style\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
    let mut parts = Vec::new();
    for (
        number,
        Sheet {
            name,
            state,
            content,
        },
    ) in sheets.iter().enumerate()
    {
        list += &format!(
            "<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"s{id}\"/>",
            id = number + 1
        );
        relations += &format!(
            "<Relationship Id=\"s{id}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>",
            id = number + 1
        );
        parts.push((
            format!("xl/worksheets/sheet{}.xml", number + 1),
            format!("<worksheet xmlns=\"{SPREADSHEET}\">{content}</worksheet>"),
        ));
    }
    parts.extend(
        fixed_parts(&list, &relations, is_1904).map(|(name, text)| (name.to_owned(), text)),
    );
    parts
}

/// The parts that every workbook has.
fn fixed_parts(list: &str, relations: &str, is_1904: bool) -> [(&'static str, String); 5] {
    let date_system = if is_1904 {
        "<workbookPr date1904=\"1\"/>"
    } else {
        ""
    };
    [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"b\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{SPREADSHEET}\" xmlns:r=\"{OFFICE}\">{date_system}<sheets>{list}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{RELATIONS}\">{relations}</Relationships>"),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{SPREADSHEET}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/></numFmts><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"46\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
            ),
        ),
    ]
}

/// A zip archive.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
