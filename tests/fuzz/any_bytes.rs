//! What must hold whatever bytes a file is made of: nothing of ours panics, rows and money add up, rows that were left
//! out are those that the ledger counts, and where the bytes are cut changes nothing.
//!
//! The same function is run by `cargo test` over mutations of known files, and by `cargo fuzz` over whatever it finds.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};

use gyeol::data::{
    Choices, Delimiter, Dialect, Encoding, Escape, PlainTable, Preview, QuoteMark, TableKind,
    preview_of_any_table,
};
use gyeol::decode::decoder;
use gyeol::engine::Engine;
use gyeol::packed;
use gyeol::protocol::{FileNumber, Imported};
use gyeol::workbook;

const FILE: FileNumber = FileNumber(1);

/// Reads `data` as a file in every way; its first byte says how it is cut.
///
/// # Panics
/// Where something does not hold.
pub(crate) fn any_bytes(data: &[u8]) {
    let Some((&how, bytes)) = data.split_first() else {
        return;
    };
    let n_bytes = 1 + usize::from(how) % 97;
    read_text(bytes, n_bytes, None);
    read_text(bytes, n_bytes, Some(dialect_of(how)));
    read_packed(bytes);
    if workbook::is_for("a.xls", bytes) {
        read_workbook(bytes, n_bytes);
    }
}

/// A way of cutting that nobody would guess.
fn dialect_of(how: u8) -> Dialect {
    let how = usize::from(how);
    Dialect {
        encoding: Encoding::ALL[how % 6],
        delimiter: Delimiter::ALL[how % 16],
        quoted: !how.is_multiple_of(5),
        quote: [QuoteMark::Double, QuoteMark::Single, QuoteMark::Row][how % 3],
        escape: [Escape::Doubled, Escape::Backslash, Escape::None][how % 3],
        first_line: 1 + (how % 7) as u64 / 5,
        has_header: !how.is_multiple_of(4),
        header_rows: 1 + (how % 3) as u8,
    }
}

/// What reading a text came to.
#[derive(Debug, PartialEq)]
struct Story {
    imported: Result<Imported, String>,
    left_out: Option<Vec<u8>>,
    plain: Result<Vec<u8>, String>,
}

fn read_text(bytes: &[u8], n_bytes: usize, dialect: Option<Dialect>) {
    let mut engine = Engine::default();
    let preview = engine.open(FILE, "a.csv", bytes.len() as u64, dialect, bytes);
    let any = preview_of_any_table("a.csv", bytes.len() as u64, bytes, decoder);
    let mut whole = None;
    for n_bytes in [bytes.len().max(1), n_bytes] {
        let plain = any.as_ref().map_or_else(
            |error| Err(error.to_string()),
            |preview| plain_table(preview, bytes, n_bytes),
        );
        let mut story = Story {
            imported: Err(String::new()),
            left_out: None,
            plain,
        };
        if let Ok(preview) = &preview {
            for table in [TableKind::Orders, TableKind::Customers] {
                let imported = import(&mut engine, preview, table, bytes, n_bytes);
                story.left_out = imported
                    .as_ref()
                    .ok()
                    .map(|imported| left_out(&engine, imported, bytes, n_bytes));
                story.imported = imported;
            }
        }
        match &whole {
            None => whole = Some(story),
            Some(whole) => assert!(
                story == *whole,
                "cut into pieces of {n_bytes} bytes it is another table"
            ),
        }
    }
}

fn plain_table(preview: &Preview, bytes: &[u8], n_bytes: usize) -> Result<Vec<u8>, String> {
    let mut table = PlainTable::new(preview, preview.guess.dialect, decoder);
    let mut out = Vec::new();
    for piece in bytes.chunks(n_bytes) {
        table
            .feed(piece, &mut out)
            .map_err(|error| error.to_string())?;
    }
    table.finish(&mut out).map_err(|error| error.to_string())?;
    Ok(out)
}

fn import(
    engine: &mut Engine,
    preview: &Preview,
    table: TableKind,
    bytes: &[u8],
    n_bytes: usize,
) -> Result<Imported, String> {
    let mapping = preview.guess_as(table);
    let said = |error: gyeol::data::ImportError| format!("{error:?}");
    let mut importer = engine.importer(FILE, &mapping).map_err(said)?;
    for piece in bytes.chunks(n_bytes) {
        importer.feed(piece).map_err(said)?;
    }
    let imported = engine
        .import(importer, Vec::new(), Choices::default())
        .map_err(said)?;
    let ledger = &imported.ledger;
    let n_rows: u64 = ledger.buckets.iter().map(|bucket| bucket.n_rows).sum();
    assert_eq!(n_rows, ledger.n_rows, "rows of the buckets");
    let money = ledger.buckets.iter().map(|bucket| bucket.money).sum();
    assert_eq!(ledger.money, money, "money of the buckets");
    Ok(imported)
}

/// The list of rows that were left out has a line for each, its header not counted.
fn left_out(engine: &Engine, imported: &Imported, bytes: &[u8], n_bytes: usize) -> Vec<u8> {
    let mut rows = engine.left_out(None).expect("a table was imported");
    for piece in bytes.chunks(n_bytes) {
        rows.feed(piece)
            .expect("the file is the one that was imported");
    }
    rows.end_file()
        .expect("the file is the one that was imported");
    let file = rows
        .finish()
        .expect("the file is the one that was imported");
    let n_left_out: u64 = imported
        .ledger
        .buckets
        .iter()
        .filter(|bucket| {
            bucket
                .reason
                .is_some_and(|reason| imported.ledger.choices.leaves_out(reason))
        })
        .map(|bucket| bucket.n_rows)
        .sum();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(file.bytes.as_slice());
    assert_eq!(
        reader.byte_records().count() as u64,
        n_left_out,
        "rows that were left out"
    );
    file.bytes
}

/// Wherever the directory is, nothing is looked for beyond the file, and pieces of a gzip file are all of it.
fn read_packed(bytes: &[u8]) {
    if packed::is_archive(bytes) {
        let directory = packed::directory(bytes, bytes.len() as u64);
        let texts = directory.and_then(|place| {
            let range = place.start as usize..(place.start + place.n_bytes) as usize;
            packed::texts_of(&bytes[range], decoder)
        });
        for text in texts.iter().flatten() {
            let start = text.entry.start as usize;
            let _ = text.entry.packed(bytes.get(start..).unwrap_or_default());
        }
    }
    let mut n_fed = 0;
    while let Some(n_bytes) = packed::gzip_piece(&bytes[n_fed..], true) {
        assert!(
            n_bytes > 0 && n_fed + n_bytes <= bytes.len(),
            "a piece of nothing"
        );
        n_fed += n_bytes;
    }
    assert_eq!(n_fed, bytes.len(), "all is fed");
}

fn read_workbook(bytes: &[u8], n_bytes: usize) {
    let Some(Ok((sheets, text))) = unless_library_breaks(|| workbook::read(bytes, None)) else {
        return;
    };
    read_text(&text, n_bytes, None);
    for sheet in sheets.sheets.iter().take(5) {
        let again = unless_library_breaks(|| workbook::read(bytes, Some(&sheet.name)));
        assert!(matches!(again, None | Some(Ok(_) | Err(_))));
    }
}

static IS_OURS: AtomicBool = AtomicBool::new(false);

/// A workbook made to break the library that reads it can do so: the page then says that the file is damaged. `None` in
/// this case.
///
/// # Panics
/// Where the code that broke is ours.
fn unless_library_breaks<T>(read: impl FnOnce() -> T) -> Option<T> {
    let before = take_hook();
    set_hook(Box::new(|panic| {
        let is_library = |path: &str| {
            path.contains("calamine") || path.contains("quick-xml") || path.contains("zip-")
        };
        let place = panic.location().map(std::panic::Location::file);
        IS_OURS.store(!place.is_some_and(is_library), Ordering::SeqCst);
    }));
    let result = catch_unwind(AssertUnwindSafe(read));
    set_hook(before);
    assert!(
        result.is_ok() || !IS_OURS.load(Ordering::SeqCst),
        "our part of the reader of workbooks broke"
    );
    result.ok()
}
