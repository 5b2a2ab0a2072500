//! How large an old workbook (XLS) becomes in memory, before it is read: `calamine` fills the area between the first
//! and the last cell of every sheet. Nothing else is read here, and what cannot be followed counts as nothing.
//!
//! Sources: Microsoft, [MS-CFB] (compound documents: sectors, chained by a table) and [MS-XLS] (records).

/// Ends of chains and free sectors are numbers from here on.
const NO_SECTOR: u32 = 0xffff_fffa;
/// Smaller streams are kept in sectors of 64 bytes within a stream of their own.
const MINI_STREAM: usize = 4_096;
const MINI_SHIFT: u32 = 6;

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const SHEET: u16 = 0x0085;
const SEVERAL_NUMBERS: u16 = 0x00bd;
/// Number, label, rich text, truth or error, short number, shared text, formula.
const CELLS: [u16; 7] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e, 0x00fd, 0x0006];

/// Cells of the areas of all sheets together; those that are empty count like all others.
pub(super) fn area_of(bytes: &[u8]) -> u64 {
    let Some(stream) = workbook_stream(bytes) else {
        return 0;
    };
    // Sheets may lie about where they start, all at the same place: so much is looked at and no more.
    let mut patience = stream.len().saturating_mul(4);
    let sheets = records(&stream)
        .take_while(|(kind, _)| *kind != END)
        .filter(|(kind, _)| *kind == SHEET)
        .filter_map(|(_, content)| number(content, 0));
    let mut area: u64 = 0;
    for start in sheets {
        let Some(rest) = stream.get(start as usize..) else {
            continue;
        };
        let (own, n_bytes) = area_of_sheet(rest);
        area = area.saturating_add(own);
        match patience.checked_sub(n_bytes) {
            Some(rest) => patience = rest,
            None => return u64::MAX,
        }
    }
    area
}

/// The area of one sheet, and the bytes that were looked at.
fn area_of_sheet(stream: &[u8]) -> (u64, usize) {
    let (mut rows, mut columns) = ((u16::MAX, 0), (u16::MAX, 0));
    let mut depth = 0_u32;
    let mut n_bytes = 0;
    for (kind, content) in records(stream) {
        n_bytes += content.len() + 4;
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            _ if CELLS.contains(&kind) || kind == SEVERAL_NUMBERS => {
                let (Some(row), Some(column)) = (short(content, 0), short(content, 2)) else {
                    continue;
                };
                let last = short(content, content.len().saturating_sub(2));
                let last = last.filter(|_| kind == SEVERAL_NUMBERS).unwrap_or(column);
                rows = (rows.0.min(row), rows.1.max(row));
                columns = (columns.0.min(column), columns.1.max(last));
            }
            _ => {}
        }
    }
    let extent = |(first, last): (u16, u16)| u64::from(last).saturating_sub(u64::from(first)) + 1;
    let is_empty = rows.0 > rows.1;
    (
        if is_empty {
            0
        } else {
            extent(rows) * extent(columns)
        },
        n_bytes,
    )
}

/// Kinds and contents of the records of a stream, for as long as they are whole.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let kind = short(rest, 0)?;
        let end = 4 + usize::from(short(rest, 2)?);
        let content = rest.get(4..end)?;
        rest = &rest[end..];
        Some((kind, content))
    })
}

fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = u32::from(short(bytes, 30)?).clamp(7, 16);
    let sector = |number: u32| {
        let start = (number as usize).checked_add(1)?.checked_shl(shift)?;
        bytes.get(start..(start + (1 << shift)).min(bytes.len()))
    };
    let mut table = Vec::new();
    for number in table_sectors(bytes, shift) {
        table.extend(numbers(sector(number)?));
    }
    let stream = |start: u32| joined(start, &table, sector);
    let directory = stream(number(bytes, 48)?);
    let entry = |wanted: fn(&[u8]) -> bool| directory.chunks_exact(128).find(|entry| wanted(entry));
    let book = entry(is_workbook)?;
    let (start, size) = (number(book, 116)?, number(book, 120)? as usize);
    let mut content = if size < MINI_STREAM {
        let small = stream(number(entry(|entry| entry[66] == 5)?, 116)?);
        let table: Vec<u32> = numbers(&stream(number(bytes, 60)?)).collect();
        joined(start, &table, |number| {
            let start = (number as usize) << MINI_SHIFT;
            small.get(start..start + (1 << MINI_SHIFT))
        })
    } else {
        stream(start)
    };
    content.truncate(size);
    Some(content)
}

/// The sectors that hold the table of chains: 109 of them are named in the head, further ones in a chain of lists.
fn table_sectors(bytes: &[u8], shift: u32) -> Vec<u32> {
    let head = bytes.get(76..512).unwrap_or_default();
    let mut sectors: Vec<u32> = numbers(head).take_while(|&one| one < NO_SECTOR).collect();
    let mut next = number(bytes, 68).unwrap_or(NO_SECTOR);
    let n_sectors = bytes.len() >> shift;
    // Each list is a sector of its own: more lists than sectors go in a circle, even where they name nothing.
    for _ in 0..n_sectors {
        if next >= NO_SECTOR || sectors.len() > n_sectors {
            break;
        }
        let start = (next as usize + 1) << shift;
        let Some(list) = bytes.get(start..start + (1 << shift)) else {
            break;
        };
        let (own, link) = list.split_at(list.len() - 4);
        sectors.extend(numbers(own).take_while(|&one| one < NO_SECTOR));
        next = number(link, 0).unwrap_or(NO_SECTOR);
    }
    sectors
}

/// The sectors of a chain, joined; a chain that bites its tail ends.
fn joined<'a>(start: u32, table: &[u32], sector: impl Fn(u32) -> Option<&'a [u8]>) -> Vec<u8> {
    let mut content = Vec::new();
    let mut next = start;
    for _ in 0..table.len() {
        let Some(own) = sector(next) else {
            break;
        };
        content.extend_from_slice(own);
        match table.get(next as usize) {
            Some(&following) if following < NO_SECTOR => next = following,
            _ => break,
        }
    }
    content
}

/// `Workbook`, or `Book` before 1997, in letters of two bytes.
fn is_workbook(entry: &[u8]) -> bool {
    let letters = entry[..64].chunks_exact(2).map(|pair| pair[0]);
    let name: Vec<u8> = letters.take_while(|&letter| letter != 0).collect();
    name.eq_ignore_ascii_case(b"workbook") || name.eq_ignore_ascii_case(b"book")
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let number = |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    bytes.chunks_exact(4).map(number)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::WorkbookProblem;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u16).to_le_bytes();
        [&kind.to_le_bytes(), &length, content].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
        record(0x0203, &[place, vec![0; 10]].concat())
    }

    /// A compound document whose workbook has `n_sheets` sheets, all at one place, with cells in two corners.
    fn document(n_sheets: usize, corner: (u16, u16)) -> Vec<u8> {
        let head = record(BEGIN, &[0; 16]);
        let n_before = head.len() + n_sheets * 12 + 4;
        let sheet = record(
            SHEET,
            &[&(n_before as u32).to_le_bytes()[..], &[0; 4]].concat(),
        );
        let cells = [cell(0, 0), cell(corner.0, corner.1)].concat();
        let end = record(END, &[]);
        let mut stream = [
            head.clone(),
            sheet.repeat(n_sheets),
            end.clone(),
            head,
            cells,
            end,
        ]
        .concat();
        stream.resize(stream.len().max(MINI_STREAM).next_multiple_of(512), 0);
        let n_sectors = stream.len() / 512;
        let mut bytes = vec![0_u8; 512];
        bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        bytes[30] = 9;
        bytes[48] = 1;
        bytes[76..].fill(0xff);
        bytes[68..72].fill(0xff);
        bytes[76..80].fill(0);
        // Sector 0 is the table, 1 the directory, the others are the stream.
        let mut table = vec![0xffff_fffd, 0xffff_fffe];
        table.extend((3..n_sectors as u32 + 2).chain([0xffff_fffe]));
        table.resize(128, u32::MAX);
        bytes.extend(table.iter().flat_map(|number| number.to_le_bytes()));
        let mut entry = [0_u8; 512];
        for (place, letter) in b"Workbook".iter().enumerate() {
            entry[place * 2] = *letter;
        }
        entry[116] = 2;
        entry[120..124].copy_from_slice(&(stream.len() as u32).to_le_bytes());
        bytes.extend(entry);
        bytes.extend(stream);
        bytes
    }

    #[test]
    fn the_areas_of_all_sheets_are_added_up() {
        assert_eq!(area_of(&document(1, (9, 4))), 50);
        assert_eq!(area_of(&document(3, (65_535, 255))), 3 << 24);
        assert_eq!(area_of(&document(0, (9, 4))), 0);
    }

    #[test]
    fn an_old_workbook_of_far_cells_is_not_read() {
        let limit = 20_000_000;
        let problem = crate::workbook::read(&document(3, (65_535, 255)), None);
        assert_eq!(problem, Err(WorkbookProblem::TooManyCells { limit }));
    }

    #[test]
    fn a_list_that_names_nothing_but_itself_is_read_for_so_long_only() {
        let mut bytes = document(1, (9, 4));
        let list = (bytes.len() - 512) / 512;
        bytes[68..72].copy_from_slice(&(list as u32).to_le_bytes());
        bytes.extend([0xff; 508]);
        bytes.extend((list as u32).to_le_bytes());
        assert_eq!(area_of(&bytes), 50);
        assert_eq!(table_sectors(&bytes, 9), [0]);
    }

    #[test]
    fn no_bytes_keep_it_busy() {
        let whole = document(2, (9, 4));
        for at in 0..whole.len().min(1_600) {
            let mut broken = whole.clone();
            broken[at] ^= 0xff;
            let _ = area_of(&broken);
            let _ = area_of(&whole[..at]);
        }
    }
}
