//! Changes files at random, by a number: the same number always gives the same file.
//!
//! Of archives the parts are changed before they are packed, since hardly any change of packed bytes unpacks.

use crate::made::{archive, parts, rows, sheet, workbook};

/// What a changed file starts from.
pub(crate) enum Seed {
    Bytes(Vec<u8>),
    Parts(Vec<(String, Vec<u8>)>),
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    const fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// What files are made of, and what breaks readers of them.
const PIECES: [&[u8]; 64] = [
    b",",
    b";",
    b"\t",
    b"|",
    b"||",
    b" | ",
    b"  ",
    b"\"",
    b"\"\"",
    b"'",
    b"\\",
    b"\\\"",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n\n",
    b"\0",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xb0\xa1",
    b"\x81",
    b"\xe3\x82",
    b"\xea\xb0\x80",
    b"\xc2\xa0",
    b"-1",
    b"0",
    b"1e999",
    b"99999999999999999999",
    b"1,234.56",
    b"1.234,56",
    b"-",
    b"NaN",
    b"null",
    b"2024-01-05",
    b"03/04/2011",
    b"29.02.2023",
    b"1899-12-31",
    b"45296",
    b"1704412800",
    b"1704412800000",
    b"2024.1.5 \xec\x98\xa4\xed\x9b\x84 3:05",
    b"customer",
    b"date",
    b"amount",
    b"order id",
    b"sep=;",
    b"|---|---|",
    b"---+---",
    b"+--+--+",
    b"(2 rows)",
    b"total",
    b"<table>",
    b"</table>",
    b"<tr>",
    b"<td rowspan=3>",
    b"<td colspan=\"9\">",
    b"<!--",
    b"&#x0;",
    b"<script>",
    b"\x1f\x8b\x08\0",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x01\x02",
];

/// A file by a number: how it is to be cut, and its bytes.
pub(crate) fn changed(seeds: &[Seed], random: &mut Random) -> Vec<u8> {
    let mut data = vec![random.next() as u8];
    match &seeds[random.below(seeds.len())] {
        Seed::Bytes(bytes) => data.extend(change(bytes, seeds, random)),
        Seed::Parts(parts) => {
            let place = random.below(parts.len());
            let changed = change(&parts[place].1, seeds, random);
            let with_change = parts.iter().enumerate().map(|(at, (name, bytes))| {
                let bytes = if at == place { &changed } else { bytes };
                (name.as_str(), bytes.as_slice())
            });
            data.extend(archive(&with_change.collect::<Vec<_>>()));
        }
    }
    data
}

fn change(bytes: &[u8], seeds: &[Seed], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + random.below(6) {
        let (at, n_bytes) = range_of(&bytes, random);
        match random.below(9) {
            0 if !bytes.is_empty() => bytes[at.min(n_bytes)] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..at + n_bytes)),
            2 => {
                let copy = bytes[at..at + n_bytes].repeat(1 + random.below(3));
                let to = random.below(bytes.len() + 1);
                drop(bytes.splice(to..to, copy));
            }
            3 => bytes.truncate(at),
            4 => {
                let Seed::Bytes(other) = &seeds[random.below(seeds.len())] else {
                    continue;
                };
                let (from, n_bytes) = range_of(other, random);
                drop(bytes.splice(at..at, other[from..from + n_bytes].iter().copied()));
            }
            5 => {
                // One piece in the place of another, wherever that is.
                let (old, new) = (PIECES[random.below(13)], PIECES[random.below(PIECES.len())]);
                bytes = replaced(&bytes, old, new);
            }
            6 if !bytes.is_empty() => bytes[at.min(n_bytes)] = random.next() as u8,
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                let end = at + n_bytes * random.below(2);
                drop(bytes.splice(at..end, piece.iter().copied()));
            }
        }
        bytes.truncate(20_000);
    }
    bytes
}

/// A short range of the bytes, mostly.
fn range_of(bytes: &[u8], random: &mut Random) -> (usize, usize) {
    let at = random.below(bytes.len() + 1);
    let most = if random.below(4) == 0 {
        bytes.len()
    } else {
        24
    };
    let n_bytes = random.below(most + 1).min(bytes.len() - at);
    (at, n_bytes)
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        if rest.starts_with(old) {
            out.extend_from_slice(new);
            rest = &rest[old.len()..];
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

/// Files of every kind that are made rather than kept: workbooks, archives of texts.
pub(crate) fn made_seeds() -> Vec<Seed> {
    let table: &[&[&str]] = &[
        &["customer", "day", "amount"],
        &["kim", "45296", "5"],
        &["lee", "45297", "7.5"],
    ];
    let mut book = parts(
        &[sheet("a", &rows(table)), sheet("b", &rows(&table[..2]))],
        false,
    );
    book[0].1 = book[0].1.replace(
        "</worksheet>",
        "<mergeCells count=\"1\"><mergeCell ref=\"B1:C1\"/></mergeCells></worksheet>",
    );
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" table:number-columns-spanned=\"2\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = format!(
        "<table:table-row table:number-rows-repeated=\"2\">{}{}</table:table-row>",
        cell("a"),
        cell("b")
    );
    let ods = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"a\">{row}{row}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let texts = [("2024/jan.csv", "id,n\n1,2\n"), ("feb.csv", "id,n\n3,4\n")];
    let owned = |parts: &[(&str, &str)]| {
        let parts = parts
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        parts.collect::<Vec<_>>()
    };
    let packed = archive(&texts.map(|(name, text)| (name, text.as_bytes())));
    vec![
        Seed::Parts(
            book.into_iter()
                .map(|(name, text)| (name, text.into_bytes()))
                .collect(),
        ),
        Seed::Parts(owned(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", "<manifest/>"),
            ("content.xml", &ods),
        ])),
        Seed::Parts(owned(&texts)),
        Seed::Bytes(packed),
        Seed::Bytes(workbook(&[sheet("a", &rows(table))], true)),
    ]
}
