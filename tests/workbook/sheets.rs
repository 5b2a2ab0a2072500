//! What is read of a workbook whose every mark is known.

use gyeol::data::{Delimiter, QuoteMark, WorkbookProblem, preview};
use gyeol::decode::decoder;
use gyeol::workbook;

use crate::made::{Sheet, archive, parts, rows, sheet, workbook as made};
use crate::{sheet_text, text_of, unquoted};

fn one(rows: &str) -> Vec<u8> {
    made(&[sheet("Orders", rows)], false)
}

#[test]
fn every_kind_of_cell_is_written_as_it_is_shown() {
    let head = rows(&[&["kind", "value"]]);
    let cell =
        |mark: &str| text_of(&one(&format!("{head}<row><c><v>1</v></c>{mark}</row>"))).unwrap();
    for (mark, expected) in [
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        (
            "<c><v>1.2345678901234567E+25</v></c>",
            "12345678901234600000000000",
        ),
        ("<c t=\"inlineStr\"><is><t>007</t></is></c>", "007"),
        ("<c t=\"str\"><f>A1</f><v>a, b</v></c>", "a, b"),
        ("<c t=\"b\"><v>1</v></c>", "TRUE"),
        ("<c t=\"b\"><v>0</v></c>", "FALSE"),
        ("<c s=\"1\"><v>40886</v></c>", "2011-12-09"),
        (
            "<c s=\"3\"><v>40886.351388888889</v></c>",
            "2011-12-09 08:26:00",
        ),
        ("<c s=\"2\"><v>1.5</v></c>", "36:00:00"),
        (
            "<c t=\"d\"><v>2011-12-09T08:26:00</v></c>",
            "2011-12-09 08:26:00",
        ),
        (
            "<c t=\"inlineStr\"><is><r><t xml:space=\"preserve\">two </t></r><r><t>runs</t></r></is></c>",
            "two runs",
        ),
    ] {
        assert_eq!(cell(mark), format!("kind,value\n1,{expected}\n"), "{mark}");
    }
}

#[test]
fn days_of_1904_are_days_of_1904() {
    let table = format!(
        "{}<row><c s=\"1\"><v>39424</v></c><c><v>39424</v></c></row>",
        rows(&[&["day", "n"]])
    );
    assert_eq!(
        text_of(&made(&[sheet("a", &table)], true)).unwrap(),
        "day,n\n2011-12-09,39424\n"
    );
}

#[test]
fn errors_and_formulas_without_a_value_are_empty_and_counted() {
    let table = rows(&[&["a", "b", "c"]])
        + "<row><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c><f>A1+1</f></c><c><v>7</v></c></row>"
        + "<row><c t=\"e\"><v>#N/A</v></c><c><f>A1+1</f><v></v></c><c><f>3+5</f><v>8</v></c></row>";
    let (sheets, text) = workbook::read(&one(&table), None).unwrap();
    assert_eq!(unquoted(text), "a,b,c\n,,7\n,,8\n");
    let sheet = &sheets.sheets[0];
    assert_eq!((sheet.n_errors, sheet.n_without_value), (2, 2));
}

#[test]
fn the_likely_sheet_is_the_visible_table_with_most_rows_and_any_other_can_be_had() {
    let notes = rows(&[&["note"], &["a"], &["b"], &["c"], &["d"]]);
    let book = made(
        &[
            sheet("Notes", &notes),
            sheet("January", &rows(&[&["id", "sum"], &["a", "1"]])),
            sheet("All", &rows(&[&["id", "sum"], &["a", "1"], &["b", "2"]])),
            Sheet {
                state: "hidden",
                ..sheet(
                    "Old",
                    &rows(&[&["id", "sum"], &["x", "1"], &["y", "2"], &["z", "3"]]),
                )
            },
        ],
        false,
    );
    let (sheets, text) = workbook::read(&book, None).unwrap();
    let names: Vec<_> = sheets
        .sheets
        .iter()
        .map(|one| (one.name.as_str(), one.is_hidden, one.is_table, one.n_rows))
        .collect();
    assert_eq!(
        names,
        [
            ("All", false, true, 3),
            ("Notes", false, false, 5),
            ("January", false, true, 2),
            ("Old", true, true, 4)
        ]
    );
    assert_eq!(
        (sheets.chosen, unquoted(text).as_str()),
        (0, "id,sum\na,1\nb,2\n")
    );
    assert_eq!(
        sheets.taken_beside(),
        [2],
        "neither notes nor what is hidden"
    );
    for (name, chosen, first_line) in [
        ("Notes", 1, "note"),
        ("January", 2, "id,sum"),
        ("Old", 3, "id,sum"),
    ] {
        let (sheets, text) = workbook::read(&book, Some(name)).unwrap();
        assert_eq!(sheets.chosen, chosen);
        assert!(unquoted(text).starts_with(first_line));
    }
    let missing = sheet_text(&book, Some("February"));
    assert_eq!(missing, Err(WorkbookProblem::NoSuchSheet { n_sheets: 4 }));
}

#[test]
fn a_merged_header_stands_over_its_columns() {
    let content = format!(
        "<sheetData>{}<row r=\"2\"><c r=\"B2\" t=\"str\"><v>id</v></c><c r=\"C2\" t=\"str\"><v>day</v></c></row>{}</sheetData>\
         <mergeCells count=\"2\"><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/></mergeCells>",
        rows(&[&["who", "order"]]),
        "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\"><v>2</v></c><c r=\"C3\"><v>3</v></c></row>",
    );
    let book = made(
        &[Sheet {
            name: "a",
            state: "visible",
            content,
        }],
        false,
    );
    assert_eq!(text_of(&book).unwrap(), "\nwho,order id,order day\n1,2,3\n");
}

/// An ODS workbook of one sheet with these rows.
fn ods(rows: &str) -> Vec<u8> {
    let office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    let table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    let text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    let content = format!(
        "<office:document-content xmlns:office=\"{office}\" xmlns:table=\"{table}\" xmlns:text=\"{text}\">\
         <office:body><office:spreadsheet><table:table table:name=\"other\"><table:table-row>\
         <table:table-cell table:number-columns-spanned=\"9\"/></table:table-row></table:table>\
         <table:table table:name=\"a &amp; b\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        (
            "mimetype",
            &b"application/vnd.oasis.opendocument.spreadsheet"[..],
        ),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A cell of text with what else its mark says.
fn ods_cell(text: &str, more: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\" {more}><text:p>{text}</text:p></table:table-cell>"
    )
}

#[test]
fn a_merged_header_of_ods_stands_over_its_columns() {
    let covered = "<table:covered-table-cell/>";
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let number = |n: u32| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"><text:p>{n}</text:p></table:table-cell>"
        )
    };
    let rows = [
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"3\"/></table:table-row>".to_owned(),
        row(&(ods_cell("who", "table:number-rows-spanned=\"2\"")
            + &ods_cell("order", "table:number-columns-spanned=\"2\"")
            + covered)),
        row(&(covered.to_owned() + &ods_cell("id", "") + &ods_cell("day", ""))),
        row(&(number(1) + &number(2) + &number(3))),
    ];
    let text = sheet_text(&ods(&rows.concat()), Some("a & b")).unwrap();
    assert_eq!(text, "\n\n\nwho,order id,order day\n1,2,3\n");
}

/// A record of XLSB.
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = match kind {
        0..0x80 => vec![kind as u8],
        _ => vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8],
    };
    assert!(content.len() < 128);
    bytes.push(content.len() as u8);
    bytes.extend_from_slice(content);
    bytes
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

fn wide_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = numbers(&[units.len() as u32]);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// An XLSB workbook of one sheet: rows of text or of numbers, and cells that were made one.
fn xlsb(rows: &[&[&str]], merged: &[[u32; 4]]) -> Vec<u8> {
    let mut sheet = record(129, &[]);
    let last = [rows.len() as u32 - 1, rows[0].len() as u32 - 1];
    sheet.extend(record(148, &numbers(&[0, last[0], 0, last[1]])));
    sheet.extend(record(145, &[]));
    for (row, cells) in rows.iter().enumerate() {
        sheet.extend(record(
            0,
            &[&numbers(&[row as u32, 0])[..], &[0; 9]].concat(),
        ));
        for (column, cell) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            let head = numbers(&[column as u32, 0]);
            let (kind, content) = match cell.parse::<f64>() {
                Ok(number) => (5, number.to_le_bytes().to_vec()),
                Err(_) => (6, wide_text(cell)),
            };
            sheet.extend(record(kind, &[head, content].concat()));
        }
    }
    sheet.extend(record(146, &[]));
    sheet.extend(record(177, &numbers(&[merged.len() as u32])));
    for one in merged {
        sheet.extend(record(176, &numbers(one)));
    }
    sheet.extend(record(178, &[]));
    sheet.extend(record(130, &[]));
    let bundle = [numbers(&[0, 1]), wide_text("s1"), wide_text("가")].concat();
    let book = [
        record(131, &[]),
        record(143, &[]),
        record(156, &bundle),
        record(144, &[]),
        record(132, &[]),
    ];
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"s1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    archive(&[
        ("[Content_Types].xml", &b"<Types/>"[..]),
        ("xl/workbook.bin", &book.concat()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

#[test]
fn a_merged_header_of_xlsb_stands_over_its_columns() {
    let rows: [&[&str]; 3] = [&["who", "order", ""], &["", "id", "day"], &["1", "2", "3"]];
    let book = xlsb(&rows, &[[0, 1, 0, 0], [0, 0, 1, 2]]);
    assert_eq!(text_of(&book).unwrap(), "\nwho,order id,order day\n1,2,3\n");
    assert_eq!(
        text_of(&xlsb(&rows, &[])).unwrap(),
        "who,order,\n,id,day\n1,2,3\n"
    );
}

#[test]
fn the_tables_of_a_web_page_are_its_sheets() {
    let page = "<html><head><style>td { color: red }</style></head><body>\
        <table><tr><td>shop</td></tr></table>\
        <table><thead><tr><th rowspan=2>who<th colspan=2>order</tr><tr><th>id<th>day</tr></thead>\
        <tr><td>\u{ae40}<td>1,200<td>2024-01-05</tr><tr><td>lee<td>7<td>2024-01-06</tr></table></body></html>";
    let (sheets, text) = gyeol::workbook::read(page.as_bytes(), None).unwrap();
    assert_eq!(
        sheets
            .sheets
            .iter()
            .map(|sheet| sheet.name.as_str())
            .collect::<Vec<_>>(),
        ["2", "1"]
    );
    assert_eq!(
        crate::unquoted(text),
        "\nwho,order id,order day\n\u{ae40},1,200,2024-01-05\nlee,7,2024-01-06\n"
    );
    assert_eq!(sheet_text(page.as_bytes(), Some("1")).unwrap(), "shop\n");
}

/// A part is unpacked 64 KB at a time.
#[test]
fn merged_cells_are_seen_wherever_their_mark_is_read_in_two_parts() {
    let cells = rows(&[&["who", "order"], &["a", "2", "3"]]);
    let sheet_of = |n_blanks: usize| Sheet {
        name: "a",
        state: "visible",
        content: format!(
            "<sheetData>{cells}</sheetData>{}<mergeCells count=\"1\"><mergeCell ref=\"B1:C1\"/></mergeCells>",
            " ".repeat(n_blanks)
        ),
    };
    let (_, text) = &parts(&[sheet_of(0)], false)[0];
    let n_before = text.find("<mergeCells").unwrap();
    for n_in_first in 1..11 {
        let sheet = sheet_of((64 << 10) - n_in_first - n_before);
        let text = text_of(&made(&[sheet], false)).unwrap();
        assert_eq!(text, "who,order,order\na,2,3\n", "{n_in_first}");
    }
}

/// Notes that could be tables of their own, each with its own delimiter.
#[test]
fn no_text_of_a_cell_can_seem_to_part_the_columns() {
    let printable = Delimiter::ALL.into_iter();
    for delimiter in printable.filter(|delimiter| *delimiter != Delimiter::Unit) {
        let note = |n: usize| {
            let numbers: Vec<String> = (n..n + 20).map(|one| one.to_string()).collect();
            numbers.join(delimiter.text())
        };
        let notes: Vec<(String, String)> = (0..40).map(|n| (format!("K{n}"), note(n))).collect();
        let mut table: Vec<[&str; 2]> = vec![["customer", "note"]];
        table.extend(notes.iter().map(|(id, note)| [id.as_str(), note.as_str()]));
        let table: Vec<&[&str]> = table.iter().map(|row| &row[..]).collect();
        let (_, text) = workbook::read(&one(&rows(&table)), None).unwrap();
        let preview = preview("a.xlsx", text.len() as u64, &text, decoder).unwrap();
        let dialect = preview.guess.dialect;
        let found = (dialect.delimiter, dialect.quote, preview.columns.len());
        assert_eq!(
            found,
            (Delimiter::Comma, QuoteMark::Double, 2),
            "{delimiter:?}"
        );
        assert_eq!(preview.rows[0][1], note(0));
    }
}

#[test]
fn the_line_of_a_row_is_its_number_in_the_sheet_whatever_breaks_are_in_its_cells() {
    let broken: &[&str] = &["1", "two\nlines\r\nand a third"];
    let table = rows(&[&["a", "b"], broken, broken, broken, &["52", "last"]]);
    let text = text_of(&one(&table)).unwrap();
    assert_eq!(text.lines().nth(4), Some("52,last"));
}

#[test]
fn blank_rows_cost_nothing_and_rows_keep_their_numbers() {
    let blank: String = (3..50_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>"))
        .collect();
    let table = format!(
        "{}{blank}<row r=\"50001\"><c r=\"A50001\"><v>3</v></c><c r=\"B50001\"><v>4</v></c></row>",
        rows(&[&["a", "b"], &["1", "2"]])
    );
    let text = text_of(&one(&table)).unwrap();
    assert_eq!(text.lines().filter(|line| !line.is_empty()).count(), 3);
    assert_eq!(text.lines().nth(50_000), Some("3,4"));
}

#[test]
fn a_workbook_of_charts_alone_is_called_one_and_one_table_beside_them_is_read() {
    let table = rows(&[&["customer", "amount"], &["ann", "5"]]);
    let with_charts = |n_charts: usize| {
        let sheets = [sheet("First", &table), sheet("Second", &table)];
        let mut all = parts(&sheets, false);
        for (name, text) in &mut all {
            for number in 1..=n_charts {
                let (own, chart) = (
                    format!("worksheets/sheet{number}.xml"),
                    format!("chartsheets/sheet{number}.xml"),
                );
                let own_type = format!("/worksheet\" Target=\"{own}");
                let chart_type = format!("/chartsheet\" Target=\"{chart}");
                *text = text.replace(&own_type, &chart_type);
                *name = name.replace(&own, &chart);
                if name.ends_with(&chart) {
                    *text = text.replace("worksheet", "chartsheet");
                }
            }
        }
        let all = all.iter();
        let all: Vec<_> = all
            .map(|(name, text)| (name.as_str(), text.as_bytes()))
            .collect();
        text_of(&archive(&all))
    };
    assert_eq!(
        with_charts(2),
        Err(WorkbookProblem::OnlyCharts { n_sheets: 2 })
    );
    assert_eq!(with_charts(1).unwrap(), "customer,amount\nann,5\n");
}
