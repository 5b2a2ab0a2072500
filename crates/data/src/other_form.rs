//! Text that holds no rows of cells: JSON, XML, web pages, and text in four bytes a letter. By its beginning alone.
//!
//! A table must never be taken for one of these: only what no header and no row begins with counts.

use serde::{Deserialize, Serialize};

/// What a text is that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OtherForm {
    /// JSON: one value, or one in each line.
    Json,
    /// The XML that Excel 2003 wrote (SpreadsheetML).
    ExcelXml,
    /// Any other XML.
    Xml,
    /// A web page, under a name that is not one's.
    WebPage,
    /// Text in UTF-32.
    Utf32,
}

/// What Excel 2003 says of its XML, in lower case.
const EXCEL: &[u8] = b"urn:schemas-microsoft-com:office:spreadsheet";

/// What the beginning of a file is, if it is the beginning of no table.
pub(super) fn of(head: &[u8]) -> Option<OtherForm> {
    if is_utf_32(head) {
        return Some(OtherForm::Utf32);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = text.trim_ascii_start();
    match text.first()? {
        b'<' => of_markup(text),
        b'{' | b'[' if is_json(text) => Some(OtherForm::Json),
        _ => None,
    }
}

/// Whether XML is what Excel 2003 wrote.
pub fn is_excel_xml(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4 << 10)];
    let is_called = |bytes: &[u8]| bytes.eq_ignore_ascii_case(EXCEL);
    head.windows(EXCEL.len()).any(is_called)
}

fn of_markup(text: &[u8]) -> Option<OtherForm> {
    let begins = |start: &[u8]| {
        let own = text.get(..start.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    if begins(b"<!doctype html") || begins(b"<html") {
        return Some(OtherForm::WebPage);
    }
    if begins(b"<?xml") || begins(b"<workbook ") {
        return Some(match is_excel_xml(text) {
            true => OtherForm::ExcelXml,
            false => OtherForm::Xml,
        });
    }
    None
}

/// Its mark, or letters of the first plane in nearly every four bytes: two of them are nothing.
fn is_utf_32(head: &[u8]) -> bool {
    let has_mark = [&b"\xff\xfe\0\0"[..], b"\0\0\xfe\xff"]
        .iter()
        .any(|mark| head.starts_with(mark));
    has_mark
        || is_mostly_letters(head, u32::from_le_bytes)
        || is_mostly_letters(head, u32::from_be_bytes)
}

fn is_mostly_letters(head: &[u8], number: fn([u8; 4]) -> u32) -> bool {
    let (letters, _) = head.as_chunks::<4>();
    let is_letter = |&&bytes: &&[u8; 4]| {
        let number = number(bytes);
        let letter = char::from_u32(number).filter(|_| number <= 0xffff);
        letter.is_some_and(|letter| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r'))
    };
    let n_letters = letters.iter().filter(is_letter).count();
    letters.len() >= 8 && n_letters * 10 >= letters.len() * 9
}

/// An object that begins with a key, or a list of objects or of lists, whose first line ends as one of JSON does.
fn is_json(text: &[u8]) -> bool {
    let first_line = memchr::memchr(b'\n', text).map_or(text, |end| &text[..end]);
    let ends_so = matches!(
        first_line.trim_ascii_end().last(),
        Some(b'{' | b'[' | b'}' | b']' | b',')
    );
    let is_cut_off = first_line.len() == text.len();
    let begins_so = match text {
        [b'{', rest @ ..] => begins_with_key(rest),
        [b'[', rest @ ..] => match rest.trim_ascii_start() {
            [b'{', rest @ ..] => begins_with_key(rest),
            [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [b'"', ..]),
            _ => false,
        },
        _ => false,
    };
    begins_so && (ends_so || is_cut_off)
}

/// `"key":`, or the end of an empty object.
fn begins_with_key(rest: &[u8]) -> bool {
    let Some(rest) = rest.trim_ascii_start().strip_prefix(b"\"") else {
        return false;
    };
    let Some(end) = memchr::memchr(b'"', rest) else {
        return false;
    };
    rest[end + 1..].trim_ascii_start().starts_with(b":")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], expected: Option<OtherForm>) {
        assert_eq!(of(head), expected, "{:?}", String::from_utf8_lossy(head));
    }

    #[test]
    fn texts_that_hold_no_table_are_known_by_their_beginning() {
        let utf_32 = |order: fn(u32) -> [u8; 4]| -> Vec<u8> {
            let letters = "customer,date\n".chars();
            letters.flat_map(|letter| order(letter as u32)).collect()
        };
        let marked = [&b"\xff\xfe\0\0"[..], &utf_32(u32::to_le_bytes)].concat();
        for (head, expected) in [
            (&b"{\"customer\": \"a\", \"sum\": 5}\n{\"customer\""[..], OtherForm::Json),
            (b"\xef\xbb\xbf[\n  {\n    \"customer\": \"a\"", OtherForm::Json),
            (b"[{\"customer\":\"a\",\"sum\":5},{\"cust", OtherForm::Json),
            (b"{\n \"orders\": [", OtherForm::Json),
            (b"[[\"customer\",\"date\"],\n", OtherForm::Json),
            (
                b"<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                OtherForm::ExcelXml,
            ),
            (b"<?xml version=\"1.0\"?><orders>", OtherForm::Xml),
            (b"\n<!DOCTYPE html><title>Log in", OtherForm::WebPage),
            (&utf_32(u32::to_le_bytes), OtherForm::Utf32),
            (&utf_32(u32::to_be_bytes), OtherForm::Utf32),
            (&marked, OtherForm::Utf32),
        ] {
            check(head, Some(expected));
        }
    }

    #[test]
    fn no_table_is_taken_for_another_form() {
        for head in [
            &b"customer,date\n"[..],
            b"[customer],[date]\n[a],[2024-01-05]\n",
            b"{customer},{date}\n",
            b"{\"a\":1},2024-01-05,5\n{\"a\":2},2024-01-06,6\n",
            b"<customer>,<date>\n",
            b"<b>customer</b>,date\n",
            b"c\0u\0s\0t\0o\0m\0e\0r\0,\0d\0a\0t\0e\0\n\0",
            b"\xff\xfec\0u\0",
            b"",
        ] {
            check(head, None);
        }
    }
}
