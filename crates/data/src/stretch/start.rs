//! Where in the middle of a file a row begins, as well as it can be guessed from what follows.

use super::super::lenient::Rules;
use super::Dialect;

/// Line ends that are tried.
const MAX_TRIED: usize = 256;
/// Rows behind one that must look like rows of the table.
const N_ROWS: usize = 8;

/// The place behind a line feed in `bytes` from which on records have the cells of a table of `width` columns. Within
/// a cell with line breaks hardly any text looks like that.
pub(super) fn start_in(bytes: &[u8], dialect: Dialect, width: usize) -> Option<usize> {
    let rules = Rules::of(dialect);
    let line_feeds = memchr::memchr_iter(b'\n', bytes).take(MAX_TRIED);
    let mut starts = line_feeds.map(|place| place + 1);
    starts.find(|&start| looks_like_rows(&bytes[start..], rules, width))
}

fn looks_like_rows(bytes: &[u8], rules: Rules, width: usize) -> bool {
    let mut rest = bytes;
    for _ in 0..N_ROWS {
        match rules.cut(rest, &[], false) {
            Some(cut) if cut.cells.len() == width && cut.faults.is_empty() => {
                rest = &rest[cut.next..];
                // The other half of a line end.
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_behind_a_cell_of_several_lines() {
        let row = "K1,\"two\r\nlines, and, more\r\n\",5\r\n";
        let text = row.repeat(20);
        for from in 0..row.len() {
            let start = start_in(&text.as_bytes()[from..], Dialect::default(), 3);
            assert_eq!(
                start.map(|start| (from + start) % row.len()),
                Some(0),
                "{from}"
            );
        }
        assert_eq!(start_in(text.as_bytes(), Dialect::default(), 4), None);
        assert_eq!(start_in(b"a,b\nc,d\n", Dialect::default(), 2), None);
    }
}
