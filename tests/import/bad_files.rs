//! Files that cannot be used: each has its own error, and none needs much memory or time.

use gyeol::data::{
    AttributeValues, BinaryKind, Choices, Encoding, ImportError, Importer, Mapping, OtherForm,
    PREVIEW_BYTES, Reason, Role,
};

use gyeol::decode::decoder;

use crate::{buckets, dataset, look_at, n_orders, table, table_as};

#[test]
fn files_without_rows_or_columns_are_refused() {
    for (bytes, expected) in [
        (&b""[..], ImportError::Empty),
        (b"\n\r\n\n", ImportError::Empty),
        (b"\xef\xbb\xbf", ImportError::Empty),
        (b"customer,date,amount\n", ImportError::HeaderOnly),
        (b"customer\nann\nbob\n", ImportError::OneColumn),
    ] {
        assert_eq!(look_at(bytes).unwrap_err(), expected, "{bytes:?}");
    }
}

#[test]
fn binary_files_are_named() {
    let workbook = [&b"PK\x03\x04\x14\0"[..], &[0; 100]].concat();
    let expected = ImportError::Binary {
        found: BinaryKind::ZipOrWorkbook,
    };
    assert_eq!(look_at(&workbook).unwrap_err(), expected);
}

#[test]
fn texts_that_hold_no_table_are_named_and_not_read_as_one() {
    let rows = "customer,date,amount\nann,2024-01-01,5\nbob,2024-01-02,6\n";
    let utf_32 = rows.chars().flat_map(|c| (c as u32).to_le_bytes());
    let utf_32: Vec<u8> = utf_32.collect();
    let json = "{\"customer\":\"ann\",\"date\":\"2024-01-01\",\"amount\":5}\n".repeat(3);
    for (bytes, found) in [
        (json.as_bytes(), OtherForm::Json),
        (
            b"<?xml version=\"1.0\"?>\n<orders>\n<order/>\n",
            OtherForm::Xml,
        ),
        (&utf_32, OtherForm::Utf32),
    ] {
        let expected = ImportError::OtherForm { found };
        assert_eq!(look_at(bytes).unwrap_err(), expected);
    }
}

#[test]
fn another_encoding_behind_the_head_is_found_at_the_end() {
    let mut bytes = b"customer,date,amount\n".to_vec();
    while bytes.len() <= PREVIEW_BYTES {
        bytes.extend_from_slice(b"ann,2024-01-01,5\n");
    }
    let offset = bytes.len() as u64;
    bytes.extend_from_slice(b"\xb0\xed\xb0\xb4\xb0\xed\xb0\xb4,2024-01-01,5\n");
    let expected = ImportError::Encoding {
        found: Encoding::Cp949,
        offset,
    };
    assert_eq!(table(&bytes).unwrap_err(), expected);
    let mut mapping = look_at(&bytes).unwrap().guess;
    mapping.dialect.encoding = Encoding::Cp949;
    let dataset = table_as(&bytes, &mapping)
        .unwrap()
        .dataset(Choices::default());
    assert_eq!(dataset.unwrap().customers.get(1), "고객고객");
}

#[test]
fn a_few_zero_bytes_are_content() {
    let dataset = dataset(b"customer,date,amount\na\0b,2024-01-01,5\nc,2024-01-02,6\n").unwrap();
    assert_eq!(dataset.customers.get(0), "a\0b");
}

#[test]
fn too_many_columns_are_refused() {
    let header = (0..10_000).map(|place| format!("c{place},"));
    let file = header.collect::<String>() + "x\n1\n";
    let expected = ImportError::TooManyColumns {
        found: 10_001,
        limit: 2_000,
    };
    assert_eq!(look_at(file.as_bytes()).unwrap_err(), expected);
}

#[test]
fn a_field_without_end_is_refused_long_before_the_file_ends() {
    let head = b"customer,date,amount\nann,2024-01-01,5\nbob,2024-01-02,";
    let piece = vec![b'7'; 1 << 20];
    let preview = gyeol::data::preview(
        "orders.csv",
        100 << 20,
        &[&head[..], &piece].concat(),
        decoder,
    )
    .unwrap();
    let mut importer = Importer::new(&preview, &preview.guess, decoder).unwrap();
    importer.feed(head).unwrap();
    let n_pieces = (0..100)
        .take_while(|_| importer.feed(&piece).is_ok())
        .count();
    assert_eq!(n_pieces, 64);
}

#[test]
fn rows_that_all_fail_are_said_with_what_ails_most() {
    for (rows, mostly) in [
        (",2024-01-01,5\n,2024-01-02,6\n", Reason::NoCustomer),
        ("ann,soon,5\nbob,later,6\n", Reason::Unreadable),
        ("ann,,5\nbob,,6\n", Reason::NoDate),
        (
            "ann,2024-01-01,0\nbob,2024-01-02,0\n",
            Reason::NoPositiveAmount,
        ),
        ("ann,2024-01-01,-5\nbob,2024-01-02,-6\n", Reason::Returned),
    ] {
        let file = format!("customer,date,amount\n{rows}");
        let expected = ImportError::NoUsableRows { n_rows: 2, mostly };
        assert_eq!(dataset(file.as_bytes()).unwrap_err(), expected, "{rows}");
    }
}

#[test]
fn a_mapping_that_does_not_fit_is_refused() {
    let file = b"who,date,amount\nann,2024-01-01,5\nann,2024-01-02,6\n";
    let preview = look_at(file).unwrap();
    let mut mapping = preview.guess.clone();
    mapping.roles.remove(&Role::Customer);
    let import = |mapping: &Mapping| Importer::new(&preview, mapping, decoder).unwrap_err();
    assert_eq!(import(&mapping), ImportError::MissingRole(Role::Customer));
    mapping.roles.insert(Role::Customer, "nobody".to_owned());
    assert_eq!(import(&mapping), ImportError::UnknownColumn(Role::Customer));
    mapping.roles.insert(Role::Customer, "amount".to_owned());
    let clash = ImportError::SameColumn(Role::Customer, Role::Amount);
    assert_eq!(import(&mapping), clash);
}

#[test]
fn dates_that_read_two_ways_are_asked() {
    let file = b"customer,date,amount\nann,03/04/2024,5\nbob,05/06/2024,6\n";
    let preview = look_at(file).unwrap();
    assert!(preview.columns[1].has_ambiguous_dates);
    assert_eq!(preview.guess.date_order, None);
    let found = Importer::new(&preview, &preview.guess, decoder).unwrap_err();
    assert_eq!(found, ImportError::AmbiguousDates);
}

#[test]
fn the_dates_of_another_column_do_not_answer_for_the_order_date() {
    let file =
        "customer_id,order_date,birthday,amount\nA,3/4/2025,25/12/1990,5\nB,5/6/2025,13/1/1988,7\n";
    let preview = look_at(file.as_bytes()).unwrap();
    assert_eq!(preview.guess.roles[&Role::Date], "order_date");
    assert_eq!(preview.guess.date_order, None);
}

#[test]
fn headers_may_repeat_or_be_empty() {
    let file = b"customer,date,price,price,\nann,2024-01-01,5,6,x\nbob,2024-01-02,6,7,y\n";
    let preview = look_at(file).unwrap();
    let headers: Vec<&str> = preview
        .columns
        .iter()
        .map(|column| &*column.header)
        .collect();
    assert_eq!(
        headers,
        ["customer", "date", "price", "price (2)", "column 5"]
    );
    assert_eq!(dataset(file).unwrap().attributes.len(), 2);
}

#[test]
fn one_customer_and_equal_values_are_enough() {
    let file = "customer,date,amount\n".to_owned() + &"ann,2024-01-01,5\n".repeat(3);
    let table = table(file.as_bytes()).unwrap();
    let dataset = table.dataset(Choices::default()).unwrap();
    assert_eq!((dataset.n_customers(), n_orders(&dataset)), (1, 1));
    let once = Choices::default().set(Reason::Duplicate, true);
    let expected = [
        ("used", 1, "5".to_owned()),
        ("duplicate", 2, "10".to_owned()),
    ];
    assert_eq!(buckets(&table.ledger(once)), expected);
}

#[test]
fn a_cell_of_a_million_characters_is_a_cell() {
    let long = "가나다라마바사아자차".repeat(100_000);
    for cell in [format!("\"{long}\""), long] {
        let text =
            format!("customer,date,amount,memo\nann,2024-01-13,5,{cell}\nbob,2024-01-14,6,short\n");
        let table = table(text.as_bytes()).unwrap();
        let ledger = table.ledger(Choices::default());
        assert_eq!(
            (ledger.n_rows, ledger.money.to_string()),
            (2, "11".to_owned())
        );
        let dataset = table.dataset(Choices::default()).unwrap();
        assert_eq!(dataset.n_customers(), 2);
        let AttributeValues::Texts { texts, .. } = &dataset.attributes[0].values else {
            panic!("memo is no text");
        };
        assert_eq!(texts.get(0).chars().count(), 1_000_000);
    }
}
