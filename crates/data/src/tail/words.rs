//! Words that stand before a sum and at the beginning of a note below a table.

use super::n_filled;

/// Words that stand before a sum.
const TOTALS: [&str; 20] = [
    "합계",
    "합 계",
    "총계",
    "총 계",
    "총합계",
    "총합",
    "소계",
    "누계",
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
    "summe",
    "gesamt",
    "合計",
    "소 계",
    "*",
    "**",
    "***",
];

/// Whether a cell as it is written, with its quotes, is a word for a sum.
pub(in super::super) fn is_total_word(cell: &[u8]) -> bool {
    let cell = cell.strip_prefix(b"\"").unwrap_or(cell);
    // Asked of every row: ids and dates begin otherwise.
    let may_begin = |first: &u8| !first.is_ascii() || b" \tsStTgG*".contains(first);
    cell.first().is_some_and(may_begin) && total_word(cell).is_some()
}

/// Which word for a sum a cell is: `Total`, `Total:`, `Total: all campaigns`.
fn total_word(cell: &[u8]) -> Option<usize> {
    let cell = cell.strip_suffix(b"\"").unwrap_or(cell);
    let word = cell.split(|&byte| byte == b':').next().unwrap_or(cell);
    let word = word.trim_ascii();
    let is_it = |other: &str| other.as_bytes().eq_ignore_ascii_case(word);
    (1..=16)
        .contains(&word.len())
        .then(|| TOTALS.iter().position(|other| is_it(other)))?
}

/// Which word for a sum the row of a sum begins with: beside it stand numbers alone, and the mark of a currency, with
/// cells that stay empty or hold a dash.
pub(super) fn total_of(row: &[String], n_columns: usize) -> Option<usize> {
    let filled = row.iter().map(|cell| cell.trim());
    let mut filled = filled.filter(|cell| !is_nothing(cell));
    let is_number = |cell: &str| {
        let has_digit = cell.bytes().any(|byte| byte.is_ascii_digit());
        has_digit && !cell.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let is_currency =
        |cell: &str| cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_sparse = (2..n_columns).contains(&filled.clone().count());
    let word = total_word(filled.next()?.as_bytes())?;
    // A row with a day of its own is one of somebody whose id is hidden.
    if TOTALS[word].starts_with('*') && filled.clone().any(is_day) {
        return None;
    }
    (is_sparse && filled.all(|cell| is_number(cell) || is_currency(cell))).then_some(word)
}

/// Three numbers with the same mark between them.
fn is_day(cell: &str) -> bool {
    let marks = ['-', '/', '.'];
    let parts = |mark: char| cell.split([' ', 'T']).next().unwrap_or(cell).split(mark);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    marks
        .iter()
        .any(|&mark| parts(mark).count() == 3 && parts(mark).all(is_number))
}

fn is_nothing(cell: &str) -> bool {
    cell.bytes().all(|byte| byte == b'-')
}

/// Words that notes below a table begin with, before a colon.
const NOTES: [&str; 12] = [
    "source", "sources", "note", "notes", "quelle", "fuente", "출처", "자료", "주", "비고", "참고",
    "注",
];

/// Words that end a file, with or without the number of its rows.
const ENDS: [&str; 5] = ["eof", "end of file", "end of report", "trailer", "end"];

/// `Source: Ministry of Health, 2020`, `※ 자료 : …`, `* provisional, may change`, `EOF`.
pub(super) fn is_called_note(row: &[String]) -> bool {
    let first = row.first().map_or("", |cell| cell.trim());
    let word = first.split_once(':').map_or("", |(word, _)| word);
    let word = word.trim_start_matches('※').trim();
    let is_marked = ["※", "* ", "†", "‡"]
        .iter()
        .any(|mark| first.starts_with(mark));
    let is_word =
        |word: &str, among: &[&str]| among.iter().any(|one| one.eq_ignore_ascii_case(word));
    is_marked || is_word(word, &NOTES) || is_word(first, &ENDS)
}

/// `120,record(s) downloaded`, `(3 rows affected)`: what a program says of how many rows there are.
pub(super) fn is_count_of_rows(row: &[String]) -> bool {
    const ROWS: [&str; 6] = ["record", "records", "row", "rows", "results", "건"];
    const DONE: [&str; 8] = [
        "downloaded",
        "exported",
        "returned",
        "selected",
        "affected",
        "found",
        "retrieved",
        "total",
    ];
    let text = row.join(" ").to_ascii_lowercase();
    let has_any = |among: &[&str]| {
        let mut words = text.split(|letter: char| !letter.is_alphabetic());
        words.any(|word| among.contains(&word))
    };
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    n_filled(row) < 3 && has_digit && has_any(&ROWS) && has_any(&DONE)
}

/// More letters than anything else, with blanks between them.
pub(super) fn is_sentence(row: &[String]) -> bool {
    let letters = row.iter().flat_map(|cell| cell.chars());
    let n_letters = letters
        .clone()
        .filter(|letter| letter.is_alphabetic())
        .count();
    let n_blanks = letters.clone().filter(|letter| *letter == ' ').count();
    n_blanks > 1 && n_letters * 2 > letters.count()
}
