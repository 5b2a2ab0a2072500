//! The tables of a web page as [`Grid`]s: what shops write under the name of a workbook, and what a browser copies.
//!
//! It knows the marks of tables and no others; what is shown of a page by scripts or style sheets it does not see.
//! Bytes stay in the page's encoding, which the importer finds: no byte of a letter in any encoding that is read here
//! can be taken for a mark. Source: HTML Standard, 4.9.12 (forming a table).

use super::grid::Grid;
use super::sheets::Merged;
use crate::data::WorkbookProblem;

/// Tables of a page that are looked at.
const MAX_TABLES: usize = 255;
/// Tables within each other.
const MAX_DEPTH: usize = 32;
/// The most columns and rows that a cell may stand over.
const MAX_SPAN: (u32, u32) = (1_000, 65_534);
/// The most columns of a table, as of a sheet.
const MAX_COLUMNS: u32 = 1 << 14;
/// The most of a mark that is looked at for what it says.
const MAX_MARK: usize = 4 << 10;
/// Tables may begin this far from the start.
const MAX_BEFORE: usize = 4 << 20;

/// A table of a page.
#[derive(Debug, Default)]
pub(super) struct PageTable {
    pub(super) grid: Grid,
    pub(super) merged: Vec<Merged>,
    row: Option<u32>,
    column: u32,
    /// By column, the first row that is free again.
    free_from: Vec<u32>,
    /// The text of the cell that is open.
    cell: Option<Vec<u8>>,
    /// Columns and rows that it stands over.
    span: (u32, u32),
}

/// Whether there is a table at all.
pub(super) fn has_table(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(MAX_BEFORE)];
    memchr::memchr_iter(b'<', head)
        .any(|at| name_of(&head[at + 1..]).eq_ignore_ascii_case(b"table"))
}

/// All tables of a page that have a cell, in the order in which they end.
///
/// # Errors
/// [`WorkbookProblem::TooManyCells`].
pub(super) fn tables_of(bytes: &[u8]) -> Result<Vec<PageTable>, WorkbookProblem> {
    let mut page = Page {
        is_utf8: std::str::from_utf8(bytes).is_ok(),
        open: Vec::new(),
        done: Vec::new(),
    };
    let mut rest = bytes;
    while !rest.is_empty() && page.done.len() < MAX_TABLES {
        let n_text = memchr::memchr(b'<', rest).unwrap_or(rest.len());
        let (text, after) = rest.split_at(n_text);
        page.take_text(text);
        rest = match Mark::at(after) {
            Some(mark) => {
                page.take_mark(&mark)?;
                mark.behind(after)
            }
            None => {
                page.take_text(&after[..after.len().min(1)]);
                after.get(1..).unwrap_or_default()
            }
        };
    }
    while let Some(table) = page.open.pop() {
        page.close(table)?;
    }
    Ok(page.done)
}

struct Page {
    is_utf8: bool,
    /// Tables within each other.
    open: Vec<PageTable>,
    done: Vec<PageTable>,
}

impl Page {
    fn take_text(&mut self, text: &[u8]) {
        let cell = self.open.last_mut().and_then(|table| table.cell.as_mut());
        if let Some(cell) = cell {
            push_text(cell, text, self.is_utf8);
        }
    }

    fn take_mark(&mut self, mark: &Mark<'_>) -> Result<(), WorkbookProblem> {
        if mark.is(b"table") {
            match (mark.is_end, self.open.len()) {
                (true, _) => {
                    if let Some(table) = self.open.pop() {
                        self.close(table)?;
                    }
                }
                (false, MAX_DEPTH..) => {}
                (false, _) => self.open.push(PageTable::default()),
            }
            return Ok(());
        }
        let Some(table) = self.open.last_mut() else {
            return Ok(());
        };
        match mark.name {
            name if name.eq_ignore_ascii_case(b"tr") => {
                table.end_cell()?;
                if !mark.is_end {
                    table.row = Some(table.row.map_or(0, |row| row + 1));
                    table.column = 0;
                }
            }
            name if name.eq_ignore_ascii_case(b"td") || name.eq_ignore_ascii_case(b"th") => {
                table.end_cell()?;
                if !mark.is_end {
                    table.span = (
                        mark.number(b"colspan", MAX_SPAN.0),
                        mark.number(b"rowspan", MAX_SPAN.1),
                    );
                    table.cell = Some(Vec::new());
                }
            }
            // Letters of one word may be of several kinds; all else parts words.
            b"b" | b"i" | b"u" | b"a" | b"em" | b"strong" | b"span" | b"font" | b"sub" | b"sup" => {
            }
            _ => {
                if let Some(cell) = &mut table.cell {
                    push_blank(cell);
                }
            }
        }
        Ok(())
    }

    fn close(&mut self, mut table: PageTable) -> Result<(), WorkbookProblem> {
        table.end_cell()?;
        table.grid = std::mem::take(&mut table.grid).sorted();
        if table.grid.rows().next().is_some() {
            self.done.push(table);
        }
        Ok(())
    }
}

impl PageTable {
    fn end_cell(&mut self) -> Result<(), WorkbookProblem> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let row = *self.row.get_or_insert(0);
        let is_taken = |column: u32| {
            let free_from = self.free_from.get(column as usize);
            free_from.is_some_and(|&free_from| free_from > row)
        };
        while is_taken(self.column) {
            self.column += 1;
        }
        if self.column + self.span.0 > MAX_COLUMNS {
            return Err(WorkbookProblem::Damaged);
        }
        let first = (row, self.column);
        let last = (row + self.span.1 - 1, self.column + self.span.0 - 1);
        self.grid.push(first, cell.trim_ascii_end(), true)?;
        self.column = last.1 + 1;
        if last.0 > row {
            let n_columns = self.free_from.len().max(self.column as usize);
            self.free_from.resize(n_columns, 0);
            self.free_from[first.1 as usize..=last.1 as usize].fill(last.0 + 1);
        }
        if last != first {
            self.merged.push(Merged { first, last });
        }
        Ok(())
    }
}

/// A mark such as `<td colspan=2>`.
struct Mark<'a> {
    name: &'a [u8],
    is_end: bool,
    says: &'a [u8],
    n_bytes: usize,
}

impl<'a> Mark<'a> {
    /// The mark that `bytes` begin with, if they do.
    fn at(bytes: &'a [u8]) -> Option<Self> {
        let inner = bytes.strip_prefix(b"<")?;
        if inner.starts_with(b"!--") {
            let end = memchr::memmem::find(bytes, b"-->").map_or(bytes.len(), |end| end + 3);
            return Some(Self::nameless(end));
        }
        if inner.starts_with(b"!") || inner.starts_with(b"?") {
            let end = memchr::memchr(b'>', bytes).map_or(bytes.len(), |end| end + 1);
            return Some(Self::nameless(end));
        }
        let is_end = inner.starts_with(b"/");
        let inner = inner.strip_prefix(b"/").unwrap_or(inner);
        let n_name = name_of(inner).len();
        if n_name == 0 {
            return None;
        }
        let n_says = end_of(&inner[n_name..]);
        let says = &inner[n_name..n_name + n_says];
        Some(Self {
            name: &inner[..n_name],
            is_end,
            says: &says[..says.len().min(MAX_MARK)],
            n_bytes: (bytes.len() - inner.len() + n_name + n_says + 1).min(bytes.len()),
        })
    }

    const fn nameless(n_bytes: usize) -> Self {
        Self {
            name: b"",
            is_end: false,
            says: b"",
            n_bytes,
        }
    }

    const fn is(&self, name: &[u8]) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// What of `bytes`, which begin with it, stands behind it and behind what is no text of the page.
    fn behind<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let rest = &bytes[self.n_bytes..];
        if self.is_end || !(self.is(b"script") || self.is(b"style")) {
            return rest;
        }
        let is_end = |&at: &usize| name_of(&rest[at + 2..]).eq_ignore_ascii_case(self.name);
        let end = memchr::memmem::find_iter(rest, b"</").find(is_end);
        &rest[end.unwrap_or(rest.len())..]
    }

    /// What it says of `name`, from 1 to `most`.
    fn number(&self, name: &[u8], most: u32) -> u32 {
        let mut places = self.says.windows(name.len());
        let place = places.position(|own| own.eq_ignore_ascii_case(name));
        let value = place.and_then(|at| {
            let value = self.says[at + name.len()..].trim_ascii_start();
            let value = value.strip_prefix(b"=")?.trim_ascii_start();
            let value = value
                .strip_prefix(b"\"")
                .or(value.strip_prefix(b"'"))
                .unwrap_or(value);
            let n_digits = value
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            std::str::from_utf8(&value[..n_digits.min(9)])
                .ok()?
                .parse::<u32>()
                .ok()
        });
        value.unwrap_or(1).clamp(1, most)
    }
}

/// The name of the mark that `bytes` go on with behind its sign; empty where they are none.
fn name_of(bytes: &[u8]) -> &[u8] {
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-');
    let n_bytes = match bytes.first() {
        Some(first) if first.is_ascii_alphabetic() => bytes.iter().take_while(is_of_name).count(),
        _ => 0,
    };
    &bytes[..n_bytes]
}

/// Bytes up to the end of a mark; what stands in quotes does not end it.
fn end_of(bytes: &[u8]) -> usize {
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) if at > 0 && bytes[..at].trim_ascii_end().ends_with(b"=") => {
                quote = Some(byte);
            }
            (byte, Some(open)) if byte == open => quote = None,
            (b'>', None) => return at,
            _ => {}
        }
    }
    // A quote that does not close is none.
    memchr::memchr(b'>', bytes).unwrap_or(bytes.len())
}

fn push_blank(cell: &mut Vec<u8>) {
    if cell.last().is_some_and(|&last| last != b' ') {
        cell.push(b' ');
    }
}

/// Adds text as it is shown: blanks and line ends are one blank, names of letters are letters.
fn push_text(cell: &mut Vec<u8>, text: &[u8], is_utf8: bool) {
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'&' => {
                let (letter, n_bytes) = letter_of(after, is_utf8);
                match letter {
                    Some(letter) if letter.is_whitespace() => push_blank(cell),
                    Some(letter) => {
                        cell.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                    None => cell.push(b'&'),
                }
                rest = &after[n_bytes..];
            }
            byte if byte.is_ascii_whitespace() => push_blank(cell),
            byte => cell.push(*byte),
        }
    }
}

/// The letter that is named behind `&`, and the bytes of its name. Of a page in another encoding than UTF-8 those
/// beyond ASCII cannot be written.
fn letter_of(bytes: &[u8], is_utf8: bool) -> (Option<char>, usize) {
    let end = bytes.iter().take(12).position(|&byte| byte == b';');
    let Some(end) = end else {
        return (None, 0);
    };
    let letter = match &bytes[..end] {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        b"nbsp" => Some(' '),
        [b'#', b'x' | b'X', digits @ ..] => number_of(digits, 16),
        [b'#', digits @ ..] => number_of(digits, 10),
        _ => None,
    };
    let can_be_written = |letter: &char| is_utf8 || letter.is_ascii() || letter.is_whitespace();
    match letter.filter(can_be_written) {
        Some(letter) => (Some(letter), end + 1),
        None => (None, 0),
    }
}

fn number_of(digits: &[u8], radix: u32) -> Option<char> {
    let digits = std::str::from_utf8(digits).ok()?;
    let number = u32::from_str_radix(digits, radix).ok()?;
    char::from_u32(number).filter(|letter| *letter != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables of a page, cells with their places.
    fn story(page: &str) -> Vec<Vec<String>> {
        let text = |row: u32, cell: super::super::grid::Filled<'_>| {
            format!(
                "{row}:{}={}",
                cell.column,
                String::from_utf8_lossy(cell.text)
            )
        };
        let tables = tables_of(page.as_bytes()).unwrap();
        let cells = |table: &PageTable| {
            let rows = table.grid.rows();
            rows.flat_map(|(row, cells)| cells.map(move |cell| text(row, cell)).collect::<Vec<_>>())
                .collect()
        };
        tables.iter().map(cells).collect()
    }

    #[test]
    fn cells_hold_what_a_browser_shows() {
        let page = "<TABLE class='a>b'><tr><th>na<b>me</b><th> a &lt; b<br>\n c </tr>\
                    <!-- <tr> --><tr><td>&#44208;&amp;<td><script>if (a<b) '</td>'</script>5 < 6</table>";
        assert_eq!(
            story(page),
            [["0:0=name", "0:1=a < b c", "1:0=결&", "1:1=5 < 6"]]
        );
    }

    #[test]
    fn cells_over_several_rows_and_columns_keep_their_room() {
        let page = "<table><tr><td rowspan=2>a<td colspan=\"2\">b<tr><td>c<td>d<tr><td>e</table>";
        assert_eq!(story(page), [["0:0=a", "0:1=b", "1:1=c", "1:2=d", "2:0=e"]]);
        let merged = &tables_of(page.as_bytes()).unwrap()[0].merged;
        assert_eq!((merged[0].last, merged[1].last), ((1, 0), (0, 2)));
    }

    #[test]
    fn tables_within_tables_are_tables_of_their_own() {
        let page = "<table><tr><td>a<table><tr><td>x</table>b<td>c</table><table></table>";
        assert_eq!(story(page), [vec!["0:0=x"], vec!["0:0=ab", "0:1=c"]]);
    }

    #[test]
    fn a_page_made_to_keep_its_reader_busy_is_read_at_once() {
        let open = format!("<html><script>{}", "<a ".repeat(1 << 20));
        assert!(!has_table(open.as_bytes()));
        let open = open.replace("<html>", "<table>");
        assert!(story(&open).is_empty());
        let wide = format!("<table><tr>{}", "<td colspan=1000>".repeat(1 << 16));
        assert!(matches!(
            tables_of(wide.as_bytes()),
            Err(WorkbookProblem::Damaged)
        ));
    }

    #[test]
    fn letters_of_other_encodings_stay_as_they_are() {
        let page = b"<table><tr><td>\xb0\xed\xb0\xb4&nbsp;1&#44208;</table>";
        let tables = tables_of(page).unwrap();
        let (_, mut cells) = tables[0].grid.rows().next().unwrap();
        assert_eq!(cells.next().unwrap().text, b"\xb0\xed\xb0\xb4 1&#44208;");
    }
}
