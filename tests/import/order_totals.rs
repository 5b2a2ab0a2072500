//! Amounts that are totals of orders, written on each of their lines: counted once, and only where the file shows it.

use std::fmt::Write;

use gyeol::data::{Choices, Importer, LeftOutRows, Mapping, Reason, Role, Table};
use gyeol::decode::decoder;

use crate::{
    assert_reconciles, buckets, look_at, n_orders, standing, story, table, table_as,
    table_in_pieces,
};

const HEADER: &str = "customer,order id,order date,product,quantity,price,amount\n";
const N_ORDERS: usize = 60;

/// What the lines of an order cost, one after the other: orders have one to four lines.
fn prices(order: usize) -> Vec<usize> {
    let price = |line: usize| 1_000 + (order * 37 + line * 211) % 900 * 10;
    (0..1 + order % 4).map(price).collect()
}

/// The rows of a shop whose amounts are what `amount` makes of an order, its prices and a line.
fn rows(amount: impl Fn(usize, &[usize], usize) -> String) -> Vec<String> {
    let lines = |order: usize| {
        let prices = prices(order);
        let line = |line: usize| {
            let day = 1 + order % 28;
            format!(
                "C{:02},{order},2024-03-{day:02},P{line},2,{},{}\n",
                order % 7,
                prices[line],
                amount(order, &prices, line)
            )
        };
        (0..prices.len()).map(line).collect::<Vec<_>>()
    };
    (0..N_ORDERS).flat_map(lines).collect()
}

/// What the order comes to, with its shipping.
fn total(prices: &[usize]) -> usize {
    prices.iter().sum::<usize>() * 2 + 3_000
}

fn totals() -> Vec<String> {
    rows(|_, prices, _| total(prices).to_string())
}

/// All orders, each once.
fn revenue() -> usize {
    (0..N_ORDERS).map(|order| total(&prices(order))).sum()
}

fn file(rows: &[String]) -> Vec<u8> {
    [HEADER, &rows.concat()].concat().into_bytes()
}

fn used(table: &Table, choices: Choices) -> (u64, String) {
    let ledger = table.ledger(choices);
    assert_reconciles(&ledger);
    let used = &ledger.buckets[0];
    (used.n_rows, used.money.to_string())
}

/// Whether the totals count once, and whether that is said before the import.
fn seen(rows: &[String]) -> (bool, bool) {
    seen_in(&file(rows))
}

fn seen_in(bytes: &[u8]) -> (bool, bool) {
    let preview = look_at(bytes).unwrap();
    assert_eq!(preview.guess.roles[&Role::Amount], "amount");
    assert_eq!(preview.guess.roles[&Role::Order], "order id");
    let ledger = table(bytes).unwrap().ledger(Choices::default());
    assert_reconciles(&ledger);
    let mut reasons = ledger.buckets.iter().map(|bucket| bucket.reason);
    let counts_once = reasons.any(|reason| reason == Some(Reason::RepeatedTotal));
    (
        counts_once,
        preview.order_total_in(&preview.guess).is_some(),
    )
}

#[test]
fn an_orders_total_on_each_of_its_lines_counts_once() {
    let rows = totals();
    let table = table(&file(&rows)).unwrap();
    let found = used(&table, Choices::default());
    assert_eq!(found, (N_ORDERS as u64, revenue().to_string()));
    let dataset = table.dataset(Choices::default()).unwrap();
    assert_eq!(n_orders(&dataset), N_ORDERS);
    let of_first = (0..N_ORDERS).filter(|order| order % 7 == 0);
    let money: usize = of_first.clone().map(|order| total(&prices(order))).sum();
    let (_, n, _, found) = standing(&dataset, "C00");
    assert_eq!((n as usize, found), (of_first.count(), money.to_string()));

    let all = Choices::default().set(Reason::RepeatedTotal, false);
    let sum: usize = (0..N_ORDERS)
        .map(|order| total(&prices(order)) * prices(order).len())
        .sum();
    assert_eq!(used(&table, all), (rows.len() as u64, sum.to_string()));
    let n_added = |choices| table.ledger(choices).n_totals_added();
    assert_eq!(n_added(all), Some((rows.len() - N_ORDERS) as u64));
    assert_eq!(n_added(Choices::default()), None);
    assert_eq!(seen(&rows), (true, true));
}

#[test]
fn the_bucket_names_its_rows_and_gives_them_back() {
    let rows = totals();
    let bytes = file(&rows);
    let table = table(&bytes).unwrap();
    let repeated = (rows.len() - N_ORDERS) as u64;
    let ledger = table.ledger(Choices::default());
    let kinds: Vec<_> = buckets(&ledger).iter().map(|b| (b.0, b.1)).collect();
    assert_eq!(
        kinds,
        [("used", N_ORDERS as u64), ("repeated_total", repeated)]
    );
    let reason = Some(Reason::RepeatedTotal);
    let mut left_out = Vec::new();
    let mut again = LeftOutRows::new(&table, Choices::default(), reason, decoder);
    again.start(&mut left_out);
    again.feed(&bytes, &mut left_out).unwrap();
    again.end_file(&mut left_out).unwrap();
    again.finish().unwrap();
    let text = String::from_utf8(left_out).unwrap();
    assert_eq!(text.lines().count() as u64, repeated + 1);
    assert!(
        text.lines()
            .skip(1)
            .all(|line| line.contains(",repeated_total,"))
    );
}

#[test]
fn amounts_of_lines_are_added_up() {
    // Quantity times price; each line its own amount; one line for each order.
    let products = rows(|_, prices, line| (prices[line] * 2).to_string());
    assert_eq!(seen(&products), (false, false));
    let own = rows(|order, _, line| (900 + order * 70 + line).to_string());
    assert_eq!(seen(&own), (false, false));
    let mut last = String::new();
    let mut single = totals();
    single.retain(|row| {
        let order = row.split(',').nth(1).unwrap().to_owned();
        std::mem::replace(&mut last, order.clone()) != order
    });
    assert_eq!(single.len(), N_ORDERS);
    assert_eq!(seen(&single), (false, false));
}

#[test]
fn equal_prices_are_no_totals() {
    let one_price = rows(|_, _, _| "9900".to_owned());
    assert_eq!(seen(&one_price), (false, false));
    // Two prices of which the orders have one each: two orders in three agree, or one in two.
    let few = rows(|order, _, _| if order % 5 < 4 { "9900" } else { "4900" }.to_owned());
    assert_eq!(seen(&few), (false, false));
    // By chance nine in ten orders have equal lines.
    let many = rows(|order, _, line| {
        (5_000 + order * 70 + usize::from(order % 10 == 3) * line).to_string()
    });
    assert_eq!(seen(&many), (false, false));
}

#[test]
fn equal_amounts_that_quantity_and_price_give_are_no_totals() {
    let mut text = HEADER.to_owned();
    for (order, line) in (0..N_ORDERS).flat_map(|order| (0..3).map(move |line| (order, line))) {
        let price = 500 + order * 25;
        let day = 1 + order % 28;
        let row = format!(
            "C{},{order},2024-03-{day:02},P{line},3,{price}.50,{}",
            order % 7,
            price * 3 + 1
        );
        writeln!(text, "{row}.50").unwrap();
    }
    assert_eq!(seen_in(text.as_bytes()), (false, false));
}

#[test]
fn few_orders_must_all_agree() {
    let of = |n_orders: usize, amount: &dyn Fn(usize, usize) -> usize| {
        let mut text = HEADER.to_owned();
        for (order, line) in (0..n_orders).flat_map(|order| (0..2).map(move |line| (order, line))) {
            let amount = amount(order, line);
            writeln!(text, "C{order},{order},2024-03-13,P{line},1,1000,{amount}").unwrap();
        }
        seen_in(text.as_bytes())
    };
    let total = |order: usize, _: usize| 3_000 + order * 170;
    assert_eq!(of(4, &total), (false, false));
    assert_eq!(of(5, &total), (true, true));
    let but_one = |order: usize, line: usize| total(order, line) + usize::from(order == 3) * line;
    assert_eq!(of(19, &but_one), (false, false));
    assert_eq!(of(49, &but_one), (false, false));
    assert_eq!(of(50, &but_one), (true, true));
}

#[test]
fn lines_of_one_product_say_nothing() {
    // Three tickets for one concert are three lines with one price.
    let tickets = totals().into_iter().map(|row| {
        let order = row.split(',').nth(1).unwrap();
        let product = row.split(',').nth(3).unwrap();
        row.replace(&format!(",{product},2,"), &format!(",concert {order},1,"))
    });
    assert_eq!(seen(&tickets.collect::<Vec<_>>()), (false, false));
}

#[test]
fn a_line_that_does_not_count_leaves_the_amount_to_one_that_does() {
    let mut rows = totals();
    // Order 3 has four lines: on the first the day is missing, the second cannot be read, the third is of a guest.
    let first = rows
        .iter()
        .position(|row| row.starts_with("C03,3,"))
        .unwrap();
    rows[first] = rows[first].replace("2024-03-04", "");
    rows[first + 1] = rows[first + 1].replace("2024-03-04", "some day");
    rows[first + 2] = rows[first + 2].replace("C03,", ",");
    let table = table(&file(&rows)).unwrap();
    assert_eq!(
        used(&table, Choices::default()),
        (N_ORDERS as u64, revenue().to_string())
    );
    let guests = Choices::default().set(Reason::NoCustomer, false);
    assert_eq!(
        used(&table, guests),
        (N_ORDERS as u64, revenue().to_string())
    );
}

#[test]
fn payments_of_other_days_and_orders_of_others_under_one_number_stay() {
    let mut rows = totals();
    let (choices, before) = (
        Choices::default(),
        used(&table(&file(&totals())).unwrap(), Choices::default()),
    );
    // An order of three lines: the same amount a month later, and by another customer on the same day.
    let again = total(&prices(2));
    rows.push(format!("C02,2,2024-04-03,P0,2,1000,{again}\n"));
    rows.push(format!("C02,2,2024-05-03,P1,2,1000,{again}\n"));
    rows.push(format!("C03,2,2024-05-03,P0,2,1000,{again}\n"));
    let after = used(&table(&file(&rows)).unwrap(), choices);
    assert_eq!(after.0, before.0 + 3);
}

/// What comes back is taken off, and the rows that give it back.
fn returned(rows: &[String]) -> (u64, String) {
    let ledger = table(&file(rows))
        .unwrap()
        .ledger(Choices::default().net_returns(true));
    assert_reconciles(&ledger);
    (ledger.returns.n_rows, ledger.returns.money.to_string())
}

#[test]
fn two_returns_of_one_amount_on_one_day_are_two() {
    let order_of_three =
        |line: usize, amount: i64| format!("C02,2,2024-03-20,P{line},1,1000,{amount}\n");
    let mut rows = totals();
    rows.extend([order_of_three(0, -500), order_of_three(1, -500)]);
    assert_eq!(returned(&rows), (2, "-1000".to_owned()));
    // As many as the order has lines, and yet not what it came to.
    rows.push(order_of_three(2, -500));
    assert_eq!(returned(&rows), (3, "-1500".to_owned()));
    rows.reverse();
    assert_eq!(returned(&rows), (3, "-1500".to_owned()));
}

#[test]
fn a_whole_order_that_is_given_back_on_each_of_its_lines_is_given_back_once() {
    let total = total(&prices(2)) as i64;
    let line = |line: usize| format!("C02,2,2024-03-20,P{line},-2,1000,-{total}\n");
    let mut rows = totals();
    rows.extend([line(0), line(1), line(2)]);
    assert_eq!(returned(&rows), (1, format!("-{total}")));
    let ledger = table(&file(&rows)).unwrap().ledger(Choices::default());
    let bucket = |reason| (ledger.buckets.iter()).find(|one| one.reason == Some(reason));
    assert_eq!(bucket(Reason::Returned).unwrap().n_rows, 3);
}

#[test]
fn lines_that_are_left_out_for_different_reasons_count_once_whichever_are_counted() {
    let mut rows = totals();
    // Order 3 has four lines: two of them name no customer, two were sent back.
    let first = rows
        .iter()
        .position(|row| row.starts_with("C03,3,"))
        .unwrap();
    for row in &mut rows[first..first + 2] {
        *row = row.replace("C03,", ",");
    }
    for row in &mut rows[first + 2..first + 4] {
        *row = row.replace(",2,", ",-2,");
    }
    let total = total(&prices(3));
    let n_used = |choices: Choices| used(&table(&file(&rows)).unwrap(), choices);
    let others = (N_ORDERS as u64 - 1, (revenue() - total).to_string());
    let all = (N_ORDERS as u64, revenue().to_string());
    let choices = Choices::default();
    assert_eq!(n_used(choices), others);
    assert_eq!(n_used(choices.set(Reason::Returned, false)), all);
    assert_eq!(n_used(choices.set(Reason::NoCustomer, false)), all);
}

/// Orders of two lines; `id` gives the number of one, and all have one customer and one day.
fn orders_numbered(
    n_orders: usize,
    id: impl Fn(usize) -> usize,
    amount: impl Fn(usize, usize) -> usize,
) -> String {
    let mut text = HEADER.to_owned();
    for order in 0..n_orders {
        let (id, day) = (id(order), 1 + order / 10);
        for line in 0..2 {
            let (product, amount) = (order % 3 + line, amount(order, line));
            writeln!(
                text,
                "C{},{id},2024-03-{day:02},P{product},1,1000,{amount}",
                order % 10
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn numbers_that_begin_anew_each_day_or_in_each_shop_are_those_of_several_orders() {
    let total = |order: usize, _: usize| 3_000 + order * 170;
    let ids: [fn(usize) -> usize; 3] = [|order| order, |order| order % 10, |order| order % 4];
    for id in ids {
        let text = orders_numbered(60, id, total);
        assert_eq!(seen_in(text.as_bytes()), (true, true));
        let ledger = table(text.as_bytes()).unwrap().ledger(Choices::default());
        assert_eq!(ledger.buckets[0].n_rows, 60);
        // What each line costs is none, whatever the numbers.
        let own = orders_numbered(60, id, |order, line| 3_000 + order * 170 + line);
        assert_eq!(seen_in(own.as_bytes()), (false, false));
    }
    // Orders of one line each are no lines of one order, though a number has one amount on many days.
    let monthly = orders_numbered(60, |order| order % 10, |order, _| 3_000 + order % 10 * 170);
    let first_lines = monthly.lines().enumerate();
    let first_lines = first_lines.filter(|(place, _)| *place == 0 || place % 2 == 1);
    let single: Vec<&str> = first_lines.map(|(_, line)| line).collect();
    let single = single.join("\n") + "\n";
    assert_eq!(seen_in(single.as_bytes()), (false, false));
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut rows = totals();
    let said = |rows: &[String]| {
        let table = table(&file(rows)).unwrap();
        story(&table.dataset(Choices::default()).unwrap())
    };
    let expected = said(&rows);
    rows.reverse();
    assert_eq!(said(&rows), expected);
    let n_rows = rows.len();
    // 53 and the number of rows have no common divisor: each row once.
    let shuffled: Vec<String> = (0..n_rows)
        .map(|place| rows[place * 53 % n_rows].clone())
        .collect();
    assert_eq!(said(&shuffled), expected);
    assert_eq!(seen(&shuffled), (true, true));
}

#[test]
fn two_files_that_were_appended_count_each_order_once() {
    let rows = totals();
    // The second file starts within an order and has the last rows of the first once more.
    let (first, second) = (&rows[..80], &rows[71..]);
    let (first, second) = (file(first), file(second));
    let preview = look_at(&first).unwrap();
    let mut importer = Importer::new(&preview, &preview.guess, decoder).unwrap();
    importer.feed(&first).unwrap();
    let further = look_at(&second).unwrap();
    importer.go_on(&further, &further.guess).unwrap();
    importer.feed(&second).unwrap();
    let table = importer.finish().unwrap();
    assert_eq!(
        used(&table, Choices::default()),
        (N_ORDERS as u64, revenue().to_string())
    );
    let ledger = table.ledger(Choices::default());
    let overlap = ledger
        .buckets
        .iter()
        .find(|b| b.reason == Some(Reason::Overlap));
    assert_eq!(overlap.unwrap().n_rows, 9);
    let both = Choices::default().set(Reason::Overlap, false);
    assert_eq!(used(&table, both), (N_ORDERS as u64, revenue().to_string()));
}

#[test]
fn neither_pieces_nor_other_roles_change_what_is_found() {
    let bytes = file(&totals());
    let mut mapping: Mapping = look_at(&bytes).unwrap().guess;
    let expected = (N_ORDERS as u64, revenue().to_string());
    let pieces = table_in_pieces(&bytes, &mapping, 13).unwrap();
    assert_eq!(used(&pieces, Choices::default()), expected);
    mapping.roles.remove(&Role::Price);
    mapping.roles.remove(&Role::Product);
    let table = table_as(&bytes, &mapping).unwrap();
    assert_eq!(used(&table, Choices::default()), expected);
    // Without orders nobody knows, and quantity times price is no column of amounts.
    mapping.roles.remove(&Role::Order);
    let table = table_as(&bytes, &mapping).unwrap();
    assert_eq!(used(&table, Choices::default()).0 as usize, totals().len());
    assert_eq!(look_at(&bytes).unwrap().order_total_in(&mapping), None);
}

#[test]
fn a_total_on_the_first_line_alone_explains_the_lines_without_one() {
    let first = rows(|_, prices, line| match line {
        0 => total(prices).to_string(),
        _ => String::new(),
    });
    let table = table(&file(&first)).unwrap();
    let ledger = table.ledger(Choices::default());
    assert_eq!(
        used(&table, Choices::default()),
        (N_ORDERS as u64, revenue().to_string())
    );
    let n_further = (first.len() - N_ORDERS) as u64;
    assert_eq!(ledger.n_further_lines, n_further);
    let kinds: Vec<_> = buckets(&ledger).iter().map(|b| (b.0, b.1)).collect();
    assert_eq!(
        kinds,
        [("used", N_ORDERS as u64), ("no_positive_amount", n_further)]
    );
    assert_eq!(seen(&first), (false, false));
    // Gifts cost nothing, which is an amount.
    let gifts = rows(|_, prices, line| if line == 0 { total(prices) } else { 0 }.to_string());
    let ledger = crate::table(&file(&gifts))
        .unwrap()
        .ledger(Choices::default());
    assert_eq!(ledger.n_further_lines, 0);
}
