//! An order's total on each of its lines: the ledger's account, and the choice in a project file.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde_json::Value;

use crate::tools::*;

const N_ORDERS: u64 = 300;

/// Orders of one to three lines, in Korean, and what all lines and all orders come to.
fn shop() -> (String, u64, u64) {
    let mut text = "주문번호,주문일시,회원 ID,상품명,수량,판매가,총 결제금액\n".to_owned();
    let (mut of_lines, mut of_orders) = (0, 0);
    for order in 0..N_ORDERS {
        let total = 20_000 + order * 170 % 9_000 * 10;
        of_orders += total;
        for line in 0..1 + order % 3 {
            of_lines += total;
            let (month, day) = (1 + order / 28 % 12, 1 + order % 28);
            let (thousands, rest) = (total / 1_000, total % 1_000);
            writeln!(
                text,
                "20240101-{order:05},2024-{month:02}-{day:02} 10:{line:02}:00,user{},상품 {line},1,\"9,900\",\"{thousands},{rest:03}\"",
                order % 41
            )
            .unwrap();
        }
    }
    (text, of_lines, of_orders)
}

/// Rows and money of each bucket, and of all.
fn account(ledger: &Value) -> BTreeMap<String, (u64, u64)> {
    let of = |value: &Value| {
        (
            value["rows"].as_u64().unwrap(),
            value["money"].as_u64().unwrap(),
        )
    };
    let buckets = ledger["buckets"].as_array().unwrap().iter();
    let named = buckets.map(|bucket| (bucket["kind"].as_str().unwrap().to_owned(), of(bucket)));
    named
        .chain([("all".to_owned(), of(&ledger["totals"]))])
        .collect()
}

#[test]
fn each_order_counts_once_and_the_buckets_come_to_the_file() {
    let (text, of_lines, of_orders) = shop();
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    let out = headless("order-totals", text.as_bytes(), &words).unwrap();
    let found = account(&json(&out, "ledger.json"));
    let n_rows = text.lines().count() as u64 - 1;
    assert_eq!(found["all"], (n_rows, of_lines));
    assert_eq!(found["used"], (N_ORDERS, of_orders));
    assert_eq!(
        found["repeated_total"],
        (n_rows - N_ORDERS, of_lines - of_orders)
    );
    let in_buckets: u64 = found
        .iter()
        .filter(|(kind, _)| *kind != "all")
        .map(|(_, one)| one.1)
        .sum();
    assert_eq!(in_buckets, of_lines);

    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    let place = customers[0]
        .iter()
        .position(|name| name == "monetary")
        .unwrap();
    let spent = customers[1..]
        .iter()
        .map(|row| row[place].parse::<u64>().unwrap());
    assert_eq!(spent.sum::<u64>(), of_orders);
}

#[test]
fn a_project_can_say_that_all_lines_count() {
    let (text, of_lines, _) = shop();
    let words = ["IN", "--out", "OUT", "--only", "rfm"];
    let out = headless("order-totals-once", text.as_bytes(), &words).unwrap();
    let mut project = json(&out, "project.json");
    let left_out = project["choices"]["leave_out"].as_array_mut().unwrap();
    let n_before = left_out.len();
    left_out.retain(|reason| reason != "repeated_total");
    assert_eq!(left_out.len() + 1, n_before);
    let project = project.to_string();
    let files: [(&str, &[u8]); 2] = [
        ("shop.csv", text.as_bytes()),
        ("own.json", project.as_bytes()),
    ];
    let words = [
        "shop.csv",
        "--project",
        "own.json",
        "--out",
        "OUT",
        "--only",
        "rfm",
    ];
    let out = headless_of("order-totals-all", &files, &words).unwrap();
    let found = account(&json(&out, "ledger.json"));
    assert_eq!((found["used"].1, found["repeated_total"].1), (of_lines, 0));
}
