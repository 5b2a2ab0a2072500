//! A file that is read in stretches gives what it gives in one go, wherever it is cut.

use std::fmt::Write;

use gyeol::data::{
    Choices, ImportError, Importer, Known, Ledger, LeftOutRows, Mapping, Reason, Stretch, Table,
};
use gyeol::decode::decoder;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::{look_at, story, table_in_pieces};

const HEADER: &str = "customer,order,date,quantity,price,city,note\n";

/// Rows enough to know how rows of the table begin.
fn head() -> String {
    let mut head = HEADER.to_owned();
    for row in 0..1_010 {
        let (customer, order, day) = (row % 37, row / 3, 1 + row % 28);
        writeln!(head, "K{customer},{order},2024-01-{day:02},1,2.50,Seoul,").unwrap();
    }
    head
}

/// Reads `bytes` with the stretches between `cuts` apart; how many of them were of use.
fn table_in_stretches(
    bytes: &[u8],
    mapping: &Mapping,
    n_head: usize,
    cuts: &[usize],
) -> (Result<Table, ImportError>, usize) {
    let mut n_taken = 0;
    let mut read = || {
        let mut importer = Importer::new(&look_at(bytes)?, mapping, decoder)?;
        importer.feed(&bytes[..n_head])?;
        let known = importer.known();
        let stretches: Vec<Option<Stretch>> = cuts
            .windows(2)
            .map(|cut| {
                let mut stretch = known.as_ref()?.importer();
                let fed = bytes[cut[0]..cut[1]]
                    .chunks(97)
                    .try_for_each(|piece| stretch.feed(piece));
                fed.and_then(|()| stretch.finish()).unwrap_or(None)
            })
            .collect();
        let first = cuts.first().copied().unwrap_or(bytes.len());
        importer.feed(&bytes[n_head..first])?;
        for (stretch, cut) in stretches.into_iter().zip(cuts.windows(2)) {
            let is_taken = match stretch.zip(known.as_ref()) {
                Some((stretch, known)) => importer.append(sent(stretch, known))?,
                None => false,
            };
            if is_taken {
                n_taken += 1;
            } else {
                importer.feed(&bytes[cut[0]..cut[1]])?;
            }
        }
        importer.feed(&bytes[cuts.last().copied().unwrap_or(bytes.len())..])?;
        importer.finish()
    };
    (read(), n_taken)
}

/// The same stretch, as it comes from a worker of its own.
fn sent(stretch: Stretch, known: &Known) -> Stretch {
    let mut pieces = std::collections::VecDeque::new();
    stretch.pack(|piece| pieces.push_back(piece.to_vec()));
    let lacking = Stretch::unpack(known, {
        let mut few = pieces.iter().take(pieces.len() - 1);
        move || few.next().cloned()
    });
    assert!(lacking.is_none());
    let stretch = Stretch::unpack(known, || pieces.pop_front());
    assert!(pieces.is_empty());
    stretch.unwrap()
}

/// Everything that a table says, the rows that are left out of it included.
fn told(table: Result<Table, ImportError>, bytes: &[u8]) -> Result<(Ledger, String), ImportError> {
    let table = table?;
    let guests = Choices::default().set(Reason::NoCustomer, false);
    let mut left_out = Vec::new();
    let mut rows = LeftOutRows::new(&table, Choices::default(), None, decoder);
    rows.start(&mut left_out);
    rows.feed(bytes, &mut left_out)?;
    rows.end_file(&mut left_out)?;
    rows.finish()?;
    let datasets = [Choices::default(), guests].map(|choices| {
        let dataset = table.dataset(choices);
        dataset.map(|dataset| story(&dataset))
    });
    let all = format!(
        "{datasets:?} {:?} {:?} {}",
        table.headers(),
        table.given_up(),
        String::from_utf8_lossy(&left_out)
    );
    Ok((table.ledger(guests), all))
}

fn cell(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(values)
}

/// A row, now and then one of another shape, or something that is no row.
fn line() -> impl Strategy<Value = String> {
    let row = (
        cell(&[
            "K1",
            "K99",
            "회원1",
            "\"K, 7\"",
            "",
            "손님 번호가 긴 손님",
            "Anna@Shop.de",
            "anna@shop.de",
            "A@b.c",
            "\"a@B.c\"",
        ]),
        cell(&["1", "2", "C4", "주문 번호가 긴 주문", ""]),
        cell(&[
            "2024-01-01",
            "2024-01-02 10:00",
            "2024. 1. 2. 오후 3:05",
            "?",
        ]),
        cell(&["1", "2.50", "-3", "\"1,000\"", "", "x"]),
        cell(&["1", "0.25", "7.125", ""]),
        cell(&["Seoul", "부산", "", "5"]),
        cell(&["", "\"a\nb\"", "\"a,b,c\r\n,d\"\"\n\n\"", "a", "\"끝\n\""]),
    )
        .prop_map(|(a, b, c, d, e, f, g)| format!("{a},{b},{c},{d},{e},{f},{g}"));
    let odd = cell(&[
        "",
        ",,,,,,",
        "K1,5",
        "K1,5,2024-01-01,1,2,Seoul,x,more",
        "K1;7;2024-01-01;1;2;Seoul;x",
        "K1,6,2024-01-01,1,2,\"Seoul,x",
        "K1,6,2024-01-01,1,2,Se\"oul,x",
        "K1,8,2024-01-01,1,2,\"Se\"o\"ul\",x",
        "Source: the shop",
        "합계,,,5,,,",
        "\u{feff}K1,5,2024-01-01,1,2,Seoul,x",
        "\u{feff}\"K1\",5,2024-01-01,1,2,\"Seoul, x\",x",
        "K1\0\0,5,2024-01-01,1\0,2,Se\0oul,x\0",
        "\"",
    ]);
    prop_oneof![12 => row, 1 => odd.prop_map(str::to_owned)]
}

/// What stands behind the head, and whether a byte order mark stands before it.
fn text() -> impl Strategy<Value = (bool, String)> {
    let lines = prop::collection::vec((line(), cell(&["\n", "\n", "\n", "\r\n", "\r"])), 1..50);
    let below = cell(&[
        "",
        "\nNotes:\nsums may change,,,,,,\n",
        "customer,sum\nK1,5\nK2,6\n",
        "\n\ncode,meaning\nx,returned\ny,sent\n",
        "\nproduct,colour,stock,size,maker,price,remark\npen,red,5,small,x,1,y\n",
    ]);
    (any::<bool>(), lines, below).prop_map(|(has_mark, lines, below)| {
        let lines: String = lines
            .iter()
            .flat_map(|(line, end)| [line.as_str(), end])
            .collect();
        (has_mark, lines + below)
    })
}

fn file((has_mark, text): &(bool, String)) -> String {
    let mark = if *has_mark { "\u{feff}" } else { "" };
    format!("{mark}{}{text}", head())
}

/// Places of all kinds: where a row probably begins, behind a line feed, and anywhere.
fn cuts(known: Option<&Known>, bytes: &[u8], n_head: usize, wished: &[(u8, Index)]) -> Vec<usize> {
    let rest = &bytes[n_head..];
    let places = wished.iter().map(|(kind, place)| {
        let place = place.index(rest.len() + 1);
        let behind = match kind {
            0 => known.and_then(|known| known.start_in(&rest[place..])),
            1..=3 => rest[place..]
                .iter()
                .position(|&byte| byte == b'\n')
                .map(|at| at + 1),
            _ => Some(0),
        };
        n_head + place + behind.unwrap_or(0)
    });
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places
}

fn check(bytes: &[u8], wished: &[(u8, Index)]) {
    let mapping = look_at(bytes).unwrap().guess;
    let n_lines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let n_head = n_lines.map(|(place, _)| place + 1).nth(1_010).unwrap();
    let mut importer = Importer::new(&look_at(bytes).unwrap(), &mapping, decoder).unwrap();
    importer.feed(&bytes[..n_head]).unwrap();
    let cuts = cuts(importer.known().as_ref(), bytes, n_head, wished);
    let expected = told(table_in_pieces(bytes, &mapping, 1 << 20), bytes);
    let found = told(table_in_stretches(bytes, &mapping, n_head, &cuts).0, bytes);
    assert!(
        found == expected,
        "cut at {cuts:?} of {} bytes",
        bytes.len()
    );
}

fn wished() -> impl Strategy<Value = Vec<(u8, Index)>> {
    prop::collection::vec((0_u8..5, any::<Index>()), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn stretches_give_what_one_reading_gives(text in text(), wished in wished()) {
        check(file(&text).as_bytes(), &wished);
    }

    #[test]
    fn letters_of_two_bytes_may_be_cut(text in text(), wished in wished()) {
        let text = file(&(false, text.1));
        let (bytes, ..) = encoding_rs::EUC_KR.encode(&text);
        // Without a letter of Korean there is nothing to recognise.
        if !bytes.is_ascii() {
            check(&bytes, &wished);
        }
    }

    #[test]
    fn bytes_that_are_no_letters_may_be_cut(
        text in text(),
        wrong in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
        wished in wished(),
    ) {
        let n_head = head().len() + 3;
        let mut bytes = file(&text).into_bytes();
        let n_bytes = bytes.len();
        for (place, byte) in wrong {
            let place = n_head + place.index(n_bytes.saturating_sub(n_head).max(1));
            if let Some(here) = bytes.get_mut(place) {
                *here = byte;
            }
        }
        check(&bytes, &wished);
    }
}

/// A file of `n_rows` rows behind the head, and where each begins.
fn regular(n_rows: usize, row: &str) -> (Vec<u8>, usize, Vec<usize>) {
    let head = head();
    let starts = (0..=n_rows).map(|n| head.len() + n * row.len()).collect();
    let text = head.clone() + &row.repeat(n_rows);
    (text.into_bytes(), head.len(), starts)
}

#[test]
fn stretches_that_begin_with_a_row_are_all_taken() {
    let (bytes, n_head, starts) =
        regular(50, "K1,1,2024-01-02 10:00,1,2.50,Seoul,\"a\r\n\"\"b\"\r\n");
    let mapping = look_at(&bytes).unwrap().guess;
    let (table, n_taken) = table_in_stretches(&bytes, &mapping, n_head, &starts);
    assert_eq!(n_taken, starts.len() - 1);
    let expected = told(table_in_pieces(&bytes, &mapping, 1 << 20), &bytes);
    assert!(told(table, &bytes) == expected);
}

#[test]
fn a_stretch_that_begins_within_quotes_is_not_taken() {
    let row = "K1,1,2024-01-02,1,2.50,Seoul,\"a\nK1,1,2024-01-02,1,2.50,Seoul,b\nc\"\n";
    let (bytes, n_head, starts) = regular(50, row);
    let mapping = look_at(&bytes).unwrap().guess;
    let within = row.find('\n').unwrap() + 1;
    let cuts: Vec<usize> = starts[..50].iter().map(|start| start + within).collect();
    let (table, n_taken) = table_in_stretches(&bytes, &mapping, n_head, &cuts);
    assert_eq!(n_taken, 0);
    let expected = told(table_in_pieces(&bytes, &mapping, 1 << 20), &bytes);
    assert!(told(table, &bytes) == expected);
}

#[test]
fn too_short_a_head_and_odd_dialects_are_read_in_one_go() {
    let bytes = head().into_bytes();
    let mapping = look_at(&bytes).unwrap().guess;
    let mut importer = Importer::new(&look_at(&bytes).unwrap(), &mapping, decoder).unwrap();
    importer.feed(&bytes[..bytes.len() / 2]).unwrap();
    assert!(importer.known().is_none());
    importer.feed(&bytes[bytes.len() / 2..]).unwrap();
    assert!(importer.known().is_some());
    let odd = String::from_utf8(bytes).unwrap().replace(',', "||");
    let preview = look_at(odd.as_bytes()).unwrap();
    let mut importer = Importer::new(&preview, &preview.guess, decoder).unwrap();
    importer.feed(odd.as_bytes()).unwrap();
    assert!(importer.known().is_none());
}

/// What is behind the looked-at head may be in another encoding: said as one importer says it.
#[test]
fn another_encoding_further_down_is_named_alike() {
    let (ascii, n_head, starts) = regular(40_000, "K1,1,2024-01-02,1,2.50,Seoul,\n");
    let (bytes, ..) = encoding_rs::EUC_KR.encode("K1,1,2024-01-02,1,2.50,서울특별시,\n");
    let mut all = ascii.clone();
    all.extend(bytes.repeat(20_000));
    let mapping = look_at(&all).unwrap().guess;
    let cuts = [
        starts[1_000],
        starts[20_000],
        ascii.len(),
        ascii.len() + bytes.len() * 10,
    ];
    let expected = table_in_pieces(&all, &mapping, 1 << 20).map(|_| ());
    assert!(matches!(expected, Err(ImportError::Encoding { .. })));
    let (found, n_taken) = table_in_stretches(&all, &mapping, n_head, &cuts);
    // The last one ends before it is clear which encoding it is.
    assert_eq!((found.map(|_| ()), n_taken), (expected, 2));
}

#[test]
fn an_orders_total_counts_once_however_its_lines_are_cut() {
    let mut text = "customer,order,date,product,amount\n".to_owned();
    let mut starts = Vec::new();
    for row in 0..1_500 {
        let order = row / 3;
        starts.push(text.len());
        let (customer, amount) = (order % 37, 5_000 + order * 70);
        writeln!(text, "K{customer},{order},2024-01-05,P{row},{amount}").unwrap();
    }
    let bytes = text.into_bytes();
    let mapping = look_at(&bytes).unwrap().guess;
    // Each within an order.
    let cuts = [starts[1_021], starts[1_201], starts[1_402]];
    let (table, n_taken) = table_in_stretches(&bytes, &mapping, starts[1_010], &cuts);
    assert_eq!(n_taken, 2);
    let ledger = table.as_ref().unwrap().ledger(Choices::default());
    assert_eq!(ledger.buckets[0].n_rows, 500);
    let expected = told(table_in_pieces(&bytes, &mapping, 1 << 20), &bytes);
    assert!(told(table, &bytes) == expected);
}
