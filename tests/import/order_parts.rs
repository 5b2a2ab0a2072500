//! Orders whose total stands on each of their lines: what their lines say of products, categories and margins.

use std::fmt::Write;

use gyeol::data::{AttributeValues, Choices, Reason};

use crate::habits::{range, ranges};
use crate::products::{columns, reversed};
use crate::table;

const PRODUCTS: &str = "product code,category,cost,tags\n\
    P0,Tea,10,hot\nP1,Tea,20,\nP2,Cups,30,\n";

/// What an order comes to; thirds of it leave nothing, one or two over.
const fn total(order: usize) -> usize {
    1_000 + order * 95
}

/// Six orders of each of two customers: one buys three products in each, the other two.
fn orders() -> String {
    let mut text = "customer,order,date,product,group,quantity,amount\n".to_owned();
    for order in 0..12 {
        let (customer, n_lines) = [("a", 3), ("b", 2)][order / 6];
        for line in 0..n_lines {
            let group = ["Tea", "Tea", "Cups"][line];
            let day = 1 + order;
            writeln!(
                text,
                "{customer},{order},2024-01-{day:02},P{line},{group},2,{}",
                total(order)
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn margins_and_tags_are_of_all_lines_whose_parts_come_to_the_total() {
    let of = |orders: std::ops::Range<usize>, n_lines: usize, cost: usize, n_groups: usize| {
        let sum: usize = orders.clone().map(total).sum();
        // What is left over goes to the first products.
        let first: usize = orders.map(|order| total(order).div_ceil(n_lines)).sum();
        let margin = (sum - 6 * 2 * cost) as f64;
        let (rate, hot) = (margin / sum as f64, first as f64 / sum as f64);
        format!("Tea | {n_groups}.0000 | {margin:.4} | {rate:.4} | {hot:.4}")
    };
    let expected = [
        format!("a | {}", of(0..6, 3, 60, 2)),
        format!("b | {}", of(6..12, 2, 30, 1)),
    ];
    let orders = orders().replace(",group,", ",note,");
    for text in [orders.clone(), reversed(&orders)] {
        let (joined, found) = columns(&text, PRODUCTS);
        assert_eq!(found, expected);
        assert_eq!((joined.n_matched, joined.n_without_orders), (3, 0));
    }
}

#[test]
fn categories_share_the_money_of_their_orders() {
    let orders = orders().replace(",group,", ",category,");
    for text in [orders.clone(), reversed(&orders)] {
        let all = ranges(&text, None);
        assert_eq!(range(&all, "category_count"), Some((1.0, 2.0)));
        // Texts come in the order of the columns: the first line of an order has what is left over.
        let tea: usize = (0..6).map(|order| total(order) - total(order) / 3).sum();
        let sum: usize = (0..6).map(total).sum();
        let share = tea as f64 / sum as f64;
        assert_eq!(range(&all, "top_category_share"), Some((share, 1.0)));
    }
}

#[test]
fn the_first_order_says_what_all_its_lines_say() {
    let mut rows: Vec<String> = orders().lines().map(str::to_owned).collect();
    // The line that counts says nothing of the product, wherever it stands.
    for row in rows.iter_mut().filter(|row| row.contains(",P1,")) {
        *row = row.replace(",P1,", ",,");
    }
    let text = rows.join("\n") + "\n";
    let table = table(text.as_bytes()).unwrap();
    let first = |choices| {
        let values = table.first_values("product", choices).unwrap();
        let AttributeValues::Texts { texts, codes } = values else {
            panic!("texts")
        };
        let text = |code: Option<u32>| code.map(|code| texts.get(code).into_owned());
        codes.into_iter().map(text).collect::<Vec<_>>()
    };
    let expected = ["P0", "P0"].map(|text| Some(text.to_owned()));
    assert_eq!(first(Choices::default()), expected);
    let all = Choices::default().set(Reason::RepeatedTotal, false);
    assert_eq!(first(all), expected);
}

#[test]
fn a_line_that_is_left_out_for_another_reason_has_no_part() {
    let mut text = orders().replace(",group,", ",category,");
    // The second line of the first order was sent back: the other two share what it came to.
    let line = "a,0,2024-01-01,P1,Tea,2,1000\n";
    assert!(text.contains(line));
    text = text.replace(line, "a,0,2024-01-01,P1,Tea,-2,1000\n");
    let all = ranges(&text, None);
    let tea = 500
        + (1..6)
            .map(|order| total(order) - total(order) / 3)
            .sum::<usize>();
    let share = tea as f64 / (0..6).map(total).sum::<usize>() as f64;
    let (low, _) = range(&all, "top_category_share").unwrap();
    assert!((low - share).abs() < 1e-12, "{low} {share}");
}

#[test]
fn the_texts_of_all_lines_are_there() {
    for text in [orders(), reversed(&orders())] {
        let table = table(text.as_bytes()).unwrap();
        let texts = table.row_texts("product", Choices::default()).unwrap();
        let later = "2024-02-01".parse().unwrap();
        let n_lines = |customer: usize| {
            let rows = texts.rows.until(customer, later);
            rows.map(|(_, n_rows)| n_rows).sum::<i64>()
        };
        assert_eq!([n_lines(0), n_lines(1)], [6 * 3, 6 * 2]);
    }
}
