//! Text in every encoding that is read: the same orders come out, wherever the bytes are cut, natively and in the
//! browser. What both make of every two bytes stands in `fixtures/two_byte_sequences.json`; `encodings.test.mjs`
//! holds the browser against it.

use gyeol::data::{Choices, Encoding, LeftOutRows, Mapping};
use gyeol::decode::decoder;
use proptest::prelude::*;

use crate::{look_at, story, table, table_in_pieces};

const ORDERS: &str = "고객,주문일,금액,상품\n김민지,2024-01-13,12000,똠방각하 \"찻잔\"\n\
    이준호,2024-02-20,3500,펲시 캔\n김민지,2024-03-02,9900,햬볕 초\n";

/// The orders in an encoding of Korean, the last bytes taken from Python's `cp949` codec.
fn in_encoding(encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => ORDERS.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => ORDERS.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Cp949 => encoding_rs::EUC_KR.encode(ORDERS).0.into_owned(),
        _ => ORDERS.as_bytes().to_vec(),
    }
}

const KOREAN: [Encoding; 4] = [
    Encoding::Utf8,
    Encoding::Utf16Le,
    Encoding::Utf16Be,
    Encoding::Cp949,
];

fn read(bytes: &[u8]) -> String {
    story(&table(bytes).unwrap().dataset(Choices::default()).unwrap())
}

#[test]
fn orders_read_the_same_in_every_encoding() {
    let expected = read(ORDERS.as_bytes());
    for encoding in KOREAN {
        let bytes = in_encoding(encoding);
        assert_eq!(look_at(&bytes).unwrap().guess.dialect.encoding, encoding);
        assert_eq!(read(&bytes), expected, "{encoding:?}");
    }
}

#[test]
fn japanese_and_western_orders_are_recognised() {
    for (text, encoding, bytes) in [
        (
            "顧客,日付,金額\nさくら,2024-01-13,1200\n田中,2024-02-20,350\n",
            Encoding::ShiftJis,
            encoding_rs::SHIFT_JIS
                .encode("顧客,日付,金額\nさくら,2024-01-13,1200\n田中,2024-02-20,350\n"),
        ),
        (
            "client,date,montant\nZoé,2024-01-13,12.5\nJürgen,2024-02-20,3.5\n",
            Encoding::Windows1252,
            encoding_rs::WINDOWS_1252
                .encode("client,date,montant\nZoé,2024-01-13,12.5\nJürgen,2024-02-20,3.5\n"),
        ),
    ] {
        let preview = look_at(&bytes.0).unwrap();
        assert_eq!(preview.guess.dialect.encoding, encoding);
        let expected: Vec<Vec<&str>> = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').collect())
            .collect();
        assert_eq!(preview.rows, expected);
    }
}

#[test]
fn lines_in_reports_are_those_of_the_text() {
    let text = "고객,주문일,금액\n\n가,2024-01-13,x\n나,2024-01-13,5\n";
    let bytes = encoding_rs::EUC_KR.encode(text).0;
    let ledger = table(&bytes).unwrap().ledger(Choices::default());
    let unreadable = ledger
        .buckets
        .iter()
        .find(|bucket| bucket.kind() == "unreadable");
    assert_eq!(unreadable.unwrap().first_lines, [3]);
}

#[test]
fn rows_left_out_are_given_back_as_text() {
    let bytes = encoding_rs::EUC_KR
        .encode("고객,주문일,금액\n가,2024-01-13,x\n나,2024-01-13,5\n")
        .0;
    let table = table(&bytes).unwrap();
    let mut rows = LeftOutRows::new(&table, Choices::default(), None, decoder);
    let mut out = Vec::new();
    rows.start(&mut out);
    for piece in bytes.chunks(3) {
        rows.feed(piece, &mut out).unwrap();
    }
    rows.end_file(&mut out).unwrap();
    let expected = "line,reason,고객,주문일,금액\r\n2,unreadable,가,2024-01-13,x\r\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn a_mapping_from_before_encodings_is_of_utf_8() {
    let json = r#"{"table":"orders","dialect":{"delimiter":"comma","quoted":true,"has_header":true},
        "roles":{},"date_order":null,"decimal_mark":"point"}"#;
    assert_eq!(
        serde_json::from_str::<Mapping>(json).unwrap(),
        Mapping::default()
    );
}

/// FNV-1a, 64 bits, over what each pair of bytes says by itself, with a line feed after each.
fn digest(encoding: Encoding) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for pair in 0..=u16::MAX {
        let mut text = String::new();
        decoder(encoding).decode(&pair.to_be_bytes(), true, &mut text);
        for byte in text.bytes().chain([b'\n']) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    digest
}

#[test]
fn every_two_bytes_say_what_they_say_in_the_browser() {
    let table: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/two_byte_sequences.json")).unwrap();
    for encoding in Encoding::ALL {
        let digest = format!("{:016x}", digest(encoding));
        assert_eq!(
            table[encoding.label()],
            digest.as_str(),
            "{}",
            encoding.label()
        );
    }
}

#[test]
fn cuts_change_nothing_in_any_encoding() {
    for encoding in KOREAN {
        let bytes = in_encoding(encoding);
        let mapping = look_at(&bytes).unwrap().guess;
        let read = |n_bytes| {
            let table = table_in_pieces(&bytes, &mapping, n_bytes).unwrap();
            story(&table.dataset(Choices::default()).unwrap())
        };
        let whole = read(1 << 20);
        for n_bytes in 1..9 {
            assert_eq!(read(n_bytes), whole, "{encoding:?} by {n_bytes}");
        }
    }
}

proptest! {
    #[test]
    fn bytes_that_are_no_letters_never_stop_a_decoder(bytes in prop::collection::vec(any::<u8>(), 0..80), cut in 0_usize..80) {
        for encoding in Encoding::ALL {
            let decode = |cut: usize| {
                let mut decoder = decoder(encoding);
                let mut text = String::new();
                decoder.decode(&bytes[..cut], false, &mut text);
                decoder.decode(&bytes[cut..], true, &mut text);
                text
            };
            prop_assert_eq!(decode(cut.min(bytes.len())), decode(0));
        }
    }
}
