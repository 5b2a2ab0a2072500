//! What stands below a table, and bytes that nobody sees or expects: sums, counts of rows, further tables, marks of a
//! byte order, zeros, rare delimiters, with the table that the file's author meant.
//!
//! Cells of what is expected stand between `¦`.

use crate::portals::{Case, check, rows};

const BELOW: &[Case] = &[
    (
        "sums within, a sum of all below",
        "시도,구분,금액\n서울,A,100\n서울,B,200\n소계,,300\n부산,A,50\n부산,B,70\n소계,,120\n총계,,420\n",
        &[
            "시도¦구분¦금액",
            "서울¦A¦100",
            "서울¦B¦200",
            "소계¦¦300",
            "부산¦A¦50",
            "부산¦B¦70",
            "소계¦¦120",
        ],
    ),
    (
        "totals of an ad report",
        "Campaign report\n\"January 1, 2024 - January 31, 2024\"\nStatus,Campaign,Currency code,Clicks,Cost\nEnabled,Brand,USD,\"1,204\",310.20\nEnabled,Shoes,USD,800,210.00\nTotal: Campaigns, --,USD,\"2,004\",520.20\nTotal: Account, --,USD,\"2,004\",520.20\n",
        &[
            "Status¦Campaign¦Currency code¦Clicks¦Cost",
            "Enabled¦Brand¦USD¦1,204¦310.20",
            "Enabled¦Shoes¦USD¦800¦210.00",
        ],
    ),
    (
        "how many records there are",
        "\"id\",\"name\",\"salary\"\n\"7\",\"Ann Lee\",\"51000\"\n\"8\",\"Bo Kim\",\"47250\"\n\"120\",\"record(s) downloaded\"\n",
        &["id¦name¦salary", "7¦Ann Lee¦51000", "8¦Bo Kim¦47250"],
    ),
    (
        "footnotes with a header of their own",
        "\"Country\",\"Year\",\"Variant\",\"Value\"\n\"Angola\",\"2020\",\"Medium\",\"32866.272\"\n\"Benin\",\"2020\",\"Medium\",\"12123.200\"\n\n\"footnoteSeqID\",\"Footnote\"\n\"1\",\"Data refer to 1 July.\"\n\"2\",\"Estimates.\"\n",
        &[
            "Country¦Year¦Variant¦Value",
            "Angola¦2020¦Medium¦32866.272",
            "Benin¦2020¦Medium¦12123.200",
        ],
    ),
    (
        "another table as wide behind a blank line, after a cell over two lines",
        "order,day,note\n1001,2024-04-01,plain\n1002,2024-04-01,\"two\nlines\"\n1003,2024-04-02,plain\n\nproduct,colour,stock\nlamp,red,5\ndesk,black,2\n",
        &[
            "order¦day¦note",
            "1001¦2024-04-01¦plain",
            "1002¦2024-04-01¦two\nlines",
            "1003¦2024-04-02¦plain",
        ],
    ),
    (
        "rows of the same table behind a blank line",
        "order,day,sum\n1001,2024-04-01,12.50\n\n1003,2024-05-02,30.00\nunknown,unknown,31.00\n",
        &[
            "order¦day¦sum",
            "1001¦2024-04-01¦12.50",
            "1003¦2024-05-02¦30.00",
            "unknown¦unknown¦31.00",
        ],
    ),
];

const TABLE: &[&str] = &[
    "id¦day¦note",
    "1¦2024-01-01¦a",
    "2¦2024-01-02¦b, c",
    "3¦2024-01-03¦d",
];

const MARKS: &[Case] = &[
    (
        "the mark twice",
        "\u{feff}\u{feff}id,day,note\n1,2024-01-01,a\n2,2024-01-02,\"b, c\"\n3,2024-01-03,d\n",
        TABLE,
    ),
    (
        "the mark twice before a quote",
        "\u{feff}\u{feff}\"id\",\"day\",\"note\"\n\"1\",\"2024-01-01\",\"a\"\n\"2\",\"2024-01-02\",\"b, c\"\n\"3\",\"2024-01-03\",\"d\"\n",
        TABLE,
    ),
    (
        "the mark where files were joined",
        "\u{feff}id,day,note\n1,2024-01-01,a\n\u{feff}2,2024-01-02,\"b, c\"\n\u{feff}\"3\",2024-01-03,d\n\u{feff}",
        TABLE,
    ),
    (
        "the mark where files of another cut were joined",
        "\u{feff}id||day||note\n1||2024-01-01||a\n\u{feff}2||2024-01-02||b, c\n3||2024-01-03||d\n",
        TABLE,
    ),
    (
        "curly quotes around cells",
        "id,day,note\n1,2024-01-01,a\n2,2024-01-02,“b, c”\n3,2024-01-03,“d”\n",
        TABLE,
    ),
    (
        "curly quotes around every cell, not all of a kind",
        "„id“;„day“;„note“\n„1“;„2024-01-01“;„a“\n“2”;“2024-01-02”;“b, c”\n“3”;“2024-01-03”;“d”\n",
        TABLE,
    ),
    (
        "zeros behind the last line",
        "id,day,note\n1,2024-01-01,a\n2,2024-01-02,\"b, c\"\n3,2024-01-03,d\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        TABLE,
    ),
    (
        "cells filled up with zeros",
        "id,day,note\n1,2024-01-01,a\0\0\0\0\0\0\n2,2024-01-02,\"b, c\0\0\"\n3\0\0,2024-01-03,d\0\0\0\0\n",
        TABLE,
    ),
];

#[test]
fn what_is_below_a_table_is_told_from_its_rows() {
    check(BELOW, |text| text.as_bytes().to_vec());
}

#[test]
fn marks_and_zeros_that_nobody_sees_are_no_part_of_cells() {
    check(MARKS, |text| text.as_bytes().to_vec());
}

#[test]
fn rare_delimiters_are_found_where_cells_have_commas() {
    for delimiter in ["::", ";;", "¦", "#", "*", "!", "\u{1f}"] {
        let text = [
            ["id", "name", "city", "sum"],
            ["1", "Lee, Ann", "Rome, IT", "12.50"],
            ["2", "Roe, Bob", "Oslo, NO", "7.00"],
            ["3", "Poe, Cy", "Bern, CH", "9.90"],
        ];
        let expected = text.map(|row| row.join("¦"));
        let text = text.map(|row| row.join(delimiter) + "\n").concat();
        assert_eq!(rows(text.as_bytes()).unwrap(), expected, "{delimiter}");
    }
}
