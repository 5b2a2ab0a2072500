//! What a spreadsheet could take for a formula. Source: OWASP, CSV injection.

/// Whether a spreadsheet could compute `text` instead of showing it. Full-width signs count: some programs fold them.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠',
    ])
}
