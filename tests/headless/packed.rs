//! Text in gzip files and zip archives.

use std::fs;
use std::io::Write;

use crate::tools::*;

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::write::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn packed_text_is_read_as_the_text_itself() {
    let content = shop(false);
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    let read = |name: &str, bytes: &[u8]| {
        let out = headless(name, bytes, &words).unwrap();
        ["customers.csv", "ledger.json"].map(|file| fs::read(out.join(file)).unwrap())
    };
    let plain = read("packed-plain", &content);
    assert_eq!(read("packed-gzip", &gzipped(&content)), plain);
    let files = [("note.md", &b"a note"[..]), ("shop/orders.csv", &content)];
    assert_eq!(read("packed-zip", &zipped(&files)), plain);
}

#[test]
fn packed_text_that_is_cut_short_is_refused() {
    let words = ["IN", "--out", "OUT"];
    let whole = gzipped(&shop(false));
    for n_bytes in [whole.len() / 2, whole.len() - 1] {
        let said = headless("packed-cut", &whole[..n_bytes], &words).unwrap_err();
        assert!(said.contains("cut short or damaged"), "{said}");
    }
    let longer = [&whole[..], b"more"].concat();
    let said = headless("packed-longer", &longer, &words).unwrap_err();
    assert!(said.contains("cut short or damaged"), "{said}");
}

#[test]
fn gzip_files_that_were_joined_are_read_as_one() {
    let content = shop(false);
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    let read = |name: &str, bytes: &[u8]| {
        let out = headless(name, bytes, &words).unwrap();
        ["customers.csv", "ledger.json"].map(|file| fs::read(out.join(file)).unwrap())
    };
    let plain = read("joined-plain", &content);
    for n_bytes in [300, 20_000, content.len()] {
        let parts: Vec<Vec<u8>> = content.chunks(n_bytes).map(gzipped).collect();
        assert!(read("joined", &parts.concat()) == plain, "{n_bytes}");
    }
    let with_nothing = [gzipped(b""), gzipped(&content), gzipped(b"")].concat();
    assert!(read("joined-nothing", &with_nothing) == plain);
    let parts = [gzipped(&content), gzipped(&content)].concat();
    for bytes in [
        &parts[..parts.len() - 1],
        &[&parts[..], b"\x1f\x8b\x08\0"].concat(),
    ] {
        let said = headless("joined-cut", bytes, &words).unwrap_err();
        assert!(said.contains("cut short or damaged"), "{said}");
    }
}

#[test]
fn texts_of_an_archive_are_read_like_several_files() {
    let words = ["--out", "OUT", "--only", "rfm"];
    let (first, second) = (shop_rows(0..400), shop_rows(300..900));
    let others: [(&str, &[u8]); 5] = [
        ("read me.txt", b"no orders"),
        ("__MACOSX/2024/._jan.csv", b"\0\0"),
        ("2024/.hidden.csv", b"a,b\n1,2\n"),
        ("2024/jan.csv", &first),
        ("2024/feb.csv", &second),
    ];
    let zip = zipped(&others);
    let apart = [("feb.csv", &second[..]), ("jan.csv", &first[..])];
    let read = |name: &str, files: &[(&str, &[u8])]| {
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).chain(words).collect();
        let out = headless_of(name, files, &names).unwrap();
        ["customers.csv", "ledger.json"].map(|file| fs::read_to_string(out.join(file)).unwrap())
    };
    let from_zip = read("zip-several", &[("orders.zip", &zip)]);
    let from_files = read("zip-apart", &apart);
    assert!(from_zip[0] == from_files[0]);
    assert!(from_zip[1].replace("2024/", "") == from_files[1]);
}

/// The text is stored as it is; the directory says that it goes on beyond the end of the file.
#[test]
fn stored_text_that_is_shorter_than_its_archive_says_is_refused() {
    let content = shop(false);
    let mut archive = zip::write::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("orders.csv", options).unwrap();
    archive.write_all(&content).unwrap();
    let whole = archive.finish().unwrap().into_inner();
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    assert!(headless("stored-whole", &whole, &words).is_ok());
    let directory = last_place(&whole, b"PK\x01\x02");
    let mut short = whole;
    let beyond = (content.len() as u32 + 1_000).to_le_bytes();
    short[directory + 20..directory + 24].copy_from_slice(&beyond);
    let said = headless("stored-short", &short, &words).unwrap_err();
    assert!(said.contains("cut short or damaged"), "{said}");
}

/// Where the last of these marks is.
fn last_place(bytes: &[u8], mark: &[u8]) -> usize {
    let mut places = bytes.windows(mark.len());
    places.rposition(|own| own == mark).unwrap()
}

#[test]
fn a_gzip_bomb_is_stopped() {
    let bomb = gzipped(&[shop(false), vec![b'\n'; 40 << 20]].concat());
    let said = headless("packed-bomb", &bomb, &["IN", "--out", "OUT"]).unwrap_err();
    assert!(said.contains("made to fill memory"), "{said}");
}
