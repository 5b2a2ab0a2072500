//! Merged cells of forms whose library does not tell of them: ODS and XLSB. Of ODS only the top of a sheet is looked
//! at, which is where a header is.
//!
//! Parts are read that `package` has held to their bounds. What is odd in them merges nothing: the library has read
//! the same parts and says what is damaged. Source: OpenDocument 1.3, 9.1.4 and 19.678; \[MS-XLSB\] 2.4.18, 2.4.300, 2.4.702.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::sheets::Merged;

/// Rows of a sheet that are looked at.
const MAX_ROWS: usize = 1_000;
/// The most merged cells of a sheet that are kept.
const MAX_MERGED: usize = 100_000;
/// The most that a part about the parts of a workbook holds.
const MAX_LIST: u64 = 1 << 20;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;
type Part<'a, 'b> = BufReader<ZipFile<'b, Cursor<&'a [u8]>>>;

/// The merged cells at the top of a sheet of an ODS workbook.
pub(super) fn of_ods(bytes: &[u8], sheet: &str) -> Option<Vec<Merged>> {
    let mut archive = Archive::new(Cursor::new(bytes)).ok()?;
    let mut reader = Reader::from_reader(part(&mut archive, "content.xml")?);
    let mut buffer = Vec::new();
    let mut merged = Vec::new();
    let mut is_inside = false;
    let (mut row, mut column, mut n_rows) = (0_u32, 0_u32, 0);
    // What a row or a cell counts as is added behind it.
    let (mut n_repeated, mut is_first) = (1, true);
    while n_rows <= MAX_ROWS && merged.len() < MAX_MERGED {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).ok()?;
        let mark = match &event {
            Event::Start(mark) | Event::Empty(mark) => mark,
            Event::End(mark) if is_inside && mark.name().as_ref() == "table:table" => break,
            Event::Eof => break,
            _ => continue,
        };
        match mark.name().as_ref() {
            "table:table" => is_inside |= text_of(mark, "table:name").as_deref() == Some(sheet),
            "table:table-row" if is_inside => {
                row = if is_first {
                    0
                } else {
                    row.saturating_add(n_repeated)
                };
                (column, is_first) = (0, false);
                n_repeated = number_of(mark, "table:number-rows-repeated");
                n_rows += 1;
            }
            "table:table-cell" | "table:covered-table-cell" if is_inside => {
                let n_columns = number_of(mark, "table:number-columns-spanned");
                let n_spanned = number_of(mark, "table:number-rows-spanned");
                if n_columns > 1 || n_spanned > 1 {
                    let last = (
                        row.saturating_add(n_spanned - 1),
                        column.saturating_add(n_columns - 1),
                    );
                    merged.push(Merged {
                        first: (row, column),
                        last,
                    });
                }
                column = column.saturating_add(number_of(mark, "table:number-columns-repeated"));
            }
            _ => {}
        }
    }
    Some(merged)
}

/// The merged cells of a sheet of an XLSB workbook.
pub(super) fn of_xlsb(bytes: &[u8], sheet: &str) -> Option<Vec<Merged>> {
    let mut archive = Archive::new(Cursor::new(bytes)).ok()?;
    let id = id_of(part(&mut archive, "xl/workbook.bin")?, sheet)?;
    let target = target_of(part(&mut archive, "xl/_rels/workbook.bin.rels")?, &id)?;
    let name = match target.strip_prefix('/') {
        Some(name) => name.to_owned(),
        None => format!("xl/{target}"),
    };
    let mut records = Records::of(part(&mut archive, &name)?);
    let mut merged = Vec::new();
    while let Some(kind) = records.next().filter(|_| merged.len() < MAX_MERGED) {
        if kind == MERGED_CELL {
            let number = |place: usize| records.number(4 * place);
            merged.push(Merged {
                first: (number(0)?, number(2)?),
                last: (number(1)?, number(3)?),
            });
        }
    }
    Some(merged)
}

fn part<'a, 'b>(archive: &'b mut Archive<'a>, name: &str) -> Option<Part<'a, 'b>> {
    Some(BufReader::new(archive.by_name(name).ok()?))
}

/// What a mark says of `name`.
fn text_of(mark: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = mark.try_get_attribute(name).ok()??;
    let value = attribute
        .normalized_value(quick_xml::XmlVersion::default())
        .ok()?;
    Some(value.into_owned())
}

/// A count of at least 1; 1 where there is none.
fn number_of(mark: &BytesStart<'_>, name: &str) -> u32 {
    let number = text_of(mark, name).and_then(|text| text.parse::<u32>().ok());
    number.unwrap_or(1).max(1)
}

/// The id of the relation to a sheet's part.
fn id_of(workbook: Part<'_, '_>, sheet: &str) -> Option<String> {
    let mut records = Records::of(workbook);
    while let Some(kind) = records.next() {
        if kind == SHEET {
            let (id, end) = records.text(8)?;
            if records.text(end)?.0 == sheet {
                return Some(id);
            }
        }
    }
    None
}

fn target_of(relations: Part<'_, '_>, id: &str) -> Option<String> {
    let mut text = Vec::new();
    relations.take(MAX_LIST).read_to_end(&mut text).ok()?;
    let mut reader = Reader::from_reader(text.as_slice());
    loop {
        match reader.read_event().ok()? {
            Event::Start(mark) | Event::Empty(mark)
                if text_of(&mark, "Id").as_deref() == Some(id) =>
            {
                return text_of(&mark, "Target");
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// `BrtBundleSh`, a sheet of the workbook.
const SHEET: u16 = 156;
/// `BrtMergeCell`.
const MERGED_CELL: u16 = 176;
/// The most of a record that is kept; what is looked at is shorter.
const MAX_RECORD: usize = 4 << 10;

/// The records of a part: a kind, a size, content.
struct Records<'a, 'b> {
    part: Part<'a, 'b>,
    content: Vec<u8>,
}

impl<'a, 'b> Records<'a, 'b> {
    const fn of(part: Part<'a, 'b>) -> Self {
        Self {
            part,
            content: Vec::new(),
        }
    }

    /// The kind of the next record, whose content can then be asked for; `None` at the end.
    fn next(&mut self) -> Option<u16> {
        let mut kind = u16::from(self.byte()?);
        if kind & 0x80 != 0 {
            kind = kind & 0x7f | u16::from(self.byte()? & 0x7f) << 7;
        }
        let mut n_bytes = 0;
        for place in 0..4 {
            let byte = self.byte()?;
            n_bytes |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.content.clear();
        let mut record = self.part.by_ref().take(n_bytes);
        let mut kept = record.by_ref().take(MAX_RECORD as u64);
        kept.read_to_end(&mut self.content).ok()?;
        std::io::copy(&mut record, &mut std::io::sink()).ok()?;
        Some(kind)
    }

    fn byte(&mut self) -> Option<u8> {
        let mut byte = [0];
        self.part.read_exact(&mut byte).ok()?;
        Some(byte[0])
    }

    fn number(&self, at: usize) -> Option<u32> {
        let bytes = self.content.get(at..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }

    /// A text of UTF-16 and where it ends.
    fn text(&self, at: usize) -> Option<(String, usize)> {
        let n_units = usize::try_from(self.number(at)?).ok()?;
        let end = n_units.checked_mul(2)?.checked_add(at + 4)?;
        let bytes = self.content.get(at + 4..end)?;
        let units = bytes
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some((String::from_utf16_lossy(&units.collect::<Vec<_>>()), end))
    }
}
