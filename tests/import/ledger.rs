//! Every row in one bucket, every toggle with its effect, and the left-out rows as a file.

use gyeol::data::{
    AttributeValues, Choices, History, ImportError, LeftOutRows, Reason, Role, TableKind,
};

use gyeol::text::{Language, Words};

use crate::{assert_reconciles, buckets, dataset, look_at, n_orders, standing, table, table_as};

const MESSY: &str = "order,customer,date,quantity,price,note\n\
    1001,ann,2024-01-01,2,1.50,\n\
    1001,ann,2024-01-01,1,0.25,x\n\
    1002,,2024-01-02,1,2,\n\
    1002,,2024-01-02,1,3,\n\
    C1003,ann,2024-01-03,-2,1.50,\n\
    1004,bob,,1,1,\n\
    1005,bob,someday,1,1,\n\
    1006,bob,2024-01-05,one,1,\n\
    1007,bob,2024-01-06,1,0,\n\
    1008,bob,2024-01-07,1\n\
    1009,bob,2024-01-08,1,4,,extra\n\
    ,,,,,\n\
    1010,bob,2024-01-09,1,5,,\n\
    1010,bob,2024-01-09,1,5,,\n";

#[test]
fn every_row_is_in_one_bucket() {
    let ledger = table(MESSY.as_bytes()).unwrap().ledger(Choices::default());
    assert_reconciles(&ledger);
    let owned = |(kind, n_rows, money): (&'static str, u64, &str)| (kind, n_rows, money.to_owned());
    let expected = [
        ("used", 4, "13.25"),
        ("blank", 1, "0"),
        ("ragged", 2, "4"),
        ("no_customer", 2, "5"),
        ("no_date", 1, "1"),
        ("unreadable", 2, "1"),
        ("returned", 1, "-3"),
        ("no_positive_amount", 1, "0"),
    ];
    assert_eq!(buckets(&ledger), expected.map(owned));
    let lines = |reason: Reason| {
        let bucket = ledger
            .buckets
            .iter()
            .find(|bucket| bucket.reason == Some(reason));
        bucket.map(|bucket| bucket.first_lines.clone())
    };
    assert_eq!(lines(Reason::Unreadable), Some(vec![8, 9]));
    assert_eq!(lines(Reason::Ragged), Some(vec![11, 12]));
}

#[test]
fn a_toggle_moves_rows_and_the_sums_stay() {
    let table = table(MESSY.as_bytes()).unwrap();
    for reason in Reason::ALL {
        for left_out in [false, true] {
            let choices = Choices::default().set(reason, left_out);
            let ledger = table.ledger(choices);
            assert_reconciles(&ledger);
            assert_eq!(ledger.money.to_string(), "21.25");
            let n_used = ledger.buckets[0].n_rows;
            let dataset = table.dataset(choices).unwrap();
            let History::Orders(orders) = &dataset.history else {
                panic!("orders expected");
            };
            assert_eq!(
                orders.n_lines.iter().map(|&n| u64::from(n)).sum::<u64>(),
                n_used
            );
        }
    }
}

#[test]
fn rows_with_a_reason_that_count_all_the_same_are_told_apart_from_those_left_out() {
    let table = table(MESSY.as_bytes()).unwrap();
    let of = |reason: Reason, choices: Choices| {
        let ledger = table.ledger(choices);
        let mut buckets = ledger.buckets.into_iter();
        let bucket = buckets
            .find(|bucket| bucket.reason == Some(reason))
            .unwrap();
        (
            bucket.n_rows,
            bucket.n_rows_with_reason,
            bucket.n_rows_counted,
        )
    };
    let default = Choices::default();
    assert_eq!(of(Reason::Duplicate, default), (0, 1, 1));
    let left_out = default.set(Reason::Duplicate, true);
    assert_eq!(of(Reason::Duplicate, left_out), (1, 1, 0));
    assert_eq!(of(Reason::NoCustomer, default), (2, 2, 0));
}

#[test]
fn counts_beyond_all_counting_are_unreadable_rather_than_missing() {
    let ledger = table(
        b"customer,recency_days,orders,amount\n\
        a,3,2,10\n\
        b,2147483647,4294967294,10\n\
        c,2147483648,1,10\n\
        d,5,4294967295,10\n\
        e,99999999999999999999,1,10\n\
        f,,,10\n",
    )
    .unwrap()
    .ledger(Choices::default());
    let expected = [("used", 3, "30"), ("unreadable", 3, "30")];
    let owned = |(kind, n_rows, money): (&'static str, u64, &str)| (kind, n_rows, money.to_owned());
    assert_eq!(buckets(&ledger), expected.map(owned));
}

#[test]
fn rows_without_a_customer_become_guests_of_their_order() {
    let table = table(MESSY.as_bytes()).unwrap();
    let dataset = table
        .dataset(Choices::default().set(Reason::NoCustomer, false))
        .unwrap();
    assert_eq!(dataset.customers.get(2), "guest:1002");
    let expected = ("2024-01-02".to_owned(), 1, 2, "5".to_owned());
    assert_eq!(standing(&dataset, "guest:1002"), expected);
}

#[test]
fn an_order_is_an_id_or_else_a_day() {
    let with_ids = "customer,order,date,amount\n\
        ann,7,2024-01-01,1\nann,8,2024-01-01,2\nann,7,2024-01-02,4\nann,,2024-01-02,8\nann,,2024-01-02,16\n";
    let found = dataset(with_ids.as_bytes()).unwrap();
    assert_eq!(n_orders(&found), 3);
    let History::Orders(orders) = &found.history else {
        panic!("orders expected");
    };
    assert_eq!(orders.amounts, [2, 5, 24]);
    assert_eq!(orders.running_amounts, [2, 7, 31]);
    let days: Vec<String> = orders.days.iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2024-01-01", "2024-01-02", "2024-01-02"]);
}

#[test]
fn states_that_end_without_a_sale_are_returns() {
    let file = "고객번호,주문번호,주문일시,결제금액,주문상태\n\
        1,A1,2024-01-01,1000,배송완료\n1,A2,2024-01-02,2000,취소완료\n2,A3,2024-01-03,3000,반품\n\
        2,A4,2024-01-04,4000,반품철회\n2,A5,2024-01-05,5000,부분환불\n";
    let ledger = table(file.as_bytes()).unwrap().ledger(Choices::default());
    let expected = [
        ("used", 3, "10000".to_owned()),
        ("returned", 2, "5000".to_owned()),
    ];
    assert_eq!(buckets(&ledger), expected);
}

#[test]
fn a_c_before_digits_is_a_cancel_mark_only_among_numbers() {
    let file = |second: &str| {
        format!("customer,order,date,amount\nann,{second},2024-01-01,1\nann,C12,2024-01-02,2\n")
            + "bob,77,2024-01-03,3\nbob,78,2024-01-03,3\n"
    };
    let n_returned = |file: String| {
        let ledger = table(file.as_bytes()).unwrap().ledger(Choices::default());
        ledger.buckets[6].n_rows
    };
    assert_eq!(n_returned(file("11")), 1);
    assert_eq!(n_returned(file("C11")), 0);
}

#[test]
fn attributes_are_means_or_the_latest_text() {
    let file = "customer,date,amount,score,city\n\
        ann,2024-01-02,1,1.5,Busan\nann,2024-01-01,1,2,Seoul\nann,2024-01-02,1,,Andong\nbob,2024-01-01,1,,\n";
    let dataset = dataset(file.as_bytes()).unwrap();
    let AttributeValues::Numbers(scores) = &dataset.attributes[0].values else {
        panic!("numbers expected");
    };
    assert_eq!(scores, &[Some(1.75), None]);
    let AttributeValues::Texts { texts, codes } = &dataset.attributes[1].values else {
        panic!("texts expected");
    };
    let cities: Vec<_> = codes
        .iter()
        .map(|code| code.map(|code| texts.get(code)))
        .collect();
    assert_eq!(cities, [Some("Andong".into()), None]);
}

#[test]
fn a_table_of_customers_counts_nobody_twice() {
    let file = "customer_id,recency,orders,amount,age\nb,3,2,10.5,30\na,5,1,0,40\nb,9,9,99,50\n";
    let preview = look_at(file.as_bytes()).unwrap();
    assert_eq!(preview.guess.table, TableKind::Customers);
    let table = table(file.as_bytes()).unwrap();
    let ledger = table.ledger(Choices::default());
    assert_reconciles(&ledger);
    assert!(ledger.choices.leaves_out(Reason::Duplicate));
    assert_eq!((ledger.buckets[0].n_rows, ledger.n_rows), (2, 3));
    let dataset = table.dataset(Choices::default()).unwrap();
    let History::Summaries(sums) = &dataset.history else {
        panic!("sums expected");
    };
    assert_eq!(
        (sums.recency_days[0], sums.n_orders[0], sums.amounts[0]),
        (Some(5), Some(1), Some(0))
    );
}

#[test]
fn a_table_without_ids_numbers_its_rows() {
    let file = "age,income\n".to_owned() + &"30,5\n41,7\n".repeat(6);
    let dataset = dataset(file.as_bytes()).unwrap();
    assert_eq!(dataset.customers.get(0), "01");
    assert_eq!(dataset.customers.get(11), "12");
}

#[test]
fn amounts_win_over_quantity_times_price() {
    let file = b"customer,date,quantity,price,amount\nann,2024-01-01,2,5,9\n";
    assert_eq!(
        table(file)
            .unwrap()
            .ledger(Choices::default())
            .money
            .to_string(),
        "9"
    );
    let mut mapping = look_at(file).unwrap().guess;
    mapping.roles.remove(&Role::Amount);
    let ledger = table_as(file, &mapping).unwrap().ledger(Choices::default());
    assert_eq!(ledger.money.to_string(), "10");
}

#[test]
fn money_is_exact_whatever_its_decimals() {
    let file = "customer,date,amount\nann,2024-01-01,0.1\nann,2024-01-01,0.2\nann,2024-01-02,0.30000000000000001\n\
        bob,2024-01-02,\"1,000,000.01\"\nbob,2024-01-03,(2.5)\n";
    let ledger = table(file.as_bytes()).unwrap().ledger(Choices::default());
    assert_reconciles(&ledger);
    assert_eq!(ledger.n_rows, 5);
    assert_eq!(ledger.buckets[0].money.to_string(), "1000000.61");
}

fn left_out(file: &[u8], again: &[u8], reason: Option<Reason>) -> Result<String, ImportError> {
    let table = table(file)?;
    let mut rows = LeftOutRows::new(&table, Choices::default(), reason, gyeol::decode::decoder);
    let mut out = Vec::new();
    rows.start(&mut out);
    for piece in again.chunks(7) {
        rows.feed(piece, &mut out)?;
    }
    rows.end_file(&mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn left_out_rows_can_be_had_as_they_were() {
    let file = MESSY.as_bytes();
    let written = left_out(file, file, Some(Reason::Ragged)).unwrap();
    let expected = "line,reason,order,customer,date,quantity,price,note\r\n\
        11,ragged,1008,bob,2024-01-07,1\r\n12,ragged,1009,bob,2024-01-08,1,4,,extra\r\n";
    assert_eq!(written, expected);
    let all = left_out(file, file, None).unwrap();
    assert_eq!(all.lines().count(), 11);
}

#[test]
fn a_file_that_changed_meanwhile_is_unreadable() {
    let file = MESSY.as_bytes();
    for again in [&file[..file.len() - 30], &[file, file].concat()] {
        let error = left_out(file, again, None).unwrap_err();
        assert!(matches!(error, ImportError::Unreadable { .. }), "{error}");
    }
}

/// A cancellation of another order id, a return on the day of a purchase, one of a purchase before the file.
const RETURNS: &str = "order,customer,date,amount\n\
    1,ann,2024-01-01,10\n\
    2,ann,2024-01-05,4\n\
    C2,ann,2024-02-01,-4\n\
    3,bob,2024-01-03,7\n\
    C3,bob,2024-01-03,-7\n\
    C0,cid,2024-01-02,-9\n\
    4,cid,2024-01-04,9\n\
    C4,cid,2024-01-06,-10\n\
    C5,cid,2024-01-07,-2\n";

#[test]
fn returns_are_taken_off_what_was_spent_and_are_no_order() {
    let table = table(RETURNS.as_bytes()).unwrap();
    let left_out = table.ledger(Choices::default());
    // More than was paid is of purchases that the file does not have.
    assert_eq!(left_out.returns.n_rows, 3);
    assert_eq!(left_out.returns.money.to_string(), "-13");
    let nets = Choices::default().net_returns(true);
    let ledger = table.ledger(nets);
    assert_reconciles(&ledger);
    assert_eq!(ledger.buckets, left_out.buckets);
    let dataset = table.dataset(nets).unwrap();
    let day = |text: &str| text.parse::<gyeol::data::Day>().unwrap();
    let ann = |as_of: &str| dataset.standing(0, day(as_of)).unwrap();
    assert_eq!(ann("2024-01-31").amount.to_string(), "14");
    assert_eq!(ann("2024-02-02").amount.to_string(), "10");
    assert_eq!(ann("2024-02-02").n_orders, 2);
    assert_eq!(ann("2024-02-02").recency_days, 28);
    let amount = |customer: usize| {
        let standing = dataset.standing(customer, day("2024-02-02"));
        standing.unwrap().amount.to_string()
    };
    assert_eq!(amount(1), "0");
    assert_eq!(amount(2), "7");
    assert_eq!(dataset.n_emptied(), 1);
}

#[test]
fn what_is_given_back_after_the_last_order_is_told_apart_so_that_all_adds_up() {
    let text = "order,customer,date,amount\n\
        1,ann,2024-01-01,100\n\
        2,bob,2024-01-05,40\n\
        C1,ann,2024-01-06,-10\n\
        C2,ann,2024-01-07,-20.5\n\
        C3,bob,2024-03-01,-40\n";
    let nets = Choices::default().net_returns(true);
    let table = table(text.as_bytes()).unwrap();
    let ledger = table.ledger(nets);
    let returns = ledger.returns;
    assert_eq!(
        (returns.n_rows, returns.money.to_string()),
        (3, "-70.5".to_owned())
    );
    // A return on the day after the last order is known on it.
    let late = (returns.n_late_rows, returns.late_money.to_string());
    assert_eq!(late, (2, "-60.5".to_owned()));
    let dataset = table.dataset(nets).unwrap();
    let of = |customer| dataset.standing(customer, dataset.default_as_of()).unwrap();
    let spent = of(0).amount + of(1).amount;
    assert_eq!((spent + returns.late_money).to_string(), "69.5");
    let used = ledger.buckets[0].money;
    assert_eq!((used + returns.money).to_string(), "69.5");
    let file = gyeol::export::ledger::file(&ledger, &[], &[]);
    let json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    let after = &json["returns"]["after_last_order"];
    assert_eq!(after["rows"], 2);
    assert_eq!(after["money"].to_string(), "-60.5");
    let said = Words::new(Language::En).net_total(&ledger).unwrap();
    assert!(
        said.contains("Later than the day after the last order: 2 rows (−60.50)"),
        "{said}"
    );
}

#[test]
fn a_return_earlier_on_the_day_of_a_purchase_is_of_another_one() {
    let text = "order,customer,date,amount\n\
        1,ann,2024-01-01 12:37,10\n\
        C1,ann,2024-01-01 12:36,-10\n\
        2,bob,2024-01-01 12:36,10\n\
        C2,bob,2024-01-01 12:37,-10\n";
    let ledger = table(text.as_bytes()).unwrap().ledger(Choices::default());
    assert_eq!(ledger.returns.n_rows, 1);
}

#[test]
fn what_is_given_back_for_an_order_that_is_left_out_itself_takes_nothing_off_others() {
    let text = "order,customer,date,amount,status\n\
        1,ann,2024-01-01,100,completed\n\
        2,ann,2024-01-02,50,refunded\n\
        R2,ann,2024-01-03,-50,completed\n\
        R1,ann,2024-01-04,-30,completed\n";
    let nets = Choices::default().net_returns(true);
    let table = table(text.as_bytes()).unwrap();
    assert_eq!(table.ledger(nets).returns.money.to_string(), "-30");
    let dataset = table.dataset(nets).unwrap();
    let later = "2024-01-09".parse().unwrap();
    assert_eq!(dataset.standing(0, later).unwrap().amount.to_string(), "70");
}

#[test]
fn a_return_is_of_its_own_order_before_it_is_of_an_equal_amount_whatever_the_order_of_rows() {
    let mut rows = [
        "X,ann,2024-01-01,50,cancelled",
        "Y,ann,2024-01-02,50,cancelled",
        "Z,ann,2024-01-03,200,completed",
        "X,ann,2024-01-05,-50,completed",
        "W,ann,2024-01-05,-50,completed",
        "V,ann,2024-01-06,-50,completed",
    ];
    let given_back = |rows: &[&str]| {
        let text = format!("order,customer,date,amount,status\n{}\n", rows.join("\n"));
        let table = table(text.as_bytes()).unwrap();
        table.ledger(Choices::default()).returns.money.to_string()
    };
    // One is of X, one stands for Y, and one is of what was paid.
    assert_eq!(given_back(&rows), "-50");
    rows.reverse();
    assert_eq!(given_back(&rows), "-50");
    rows.swap(0, 4);
    assert_eq!(given_back(&rows), "-50");
}

#[test]
fn equal_rows_that_count_are_purchases_and_a_repeated_return_that_is_left_out_is_none() {
    let text = "order,customer,date,amount\n\
        1,ann,2024-01-01,100\n\
        1,ann,2024-01-01,100\n\
        C1,ann,2024-01-02,-150\n\
        C1,ann,2024-01-02,-150\n";
    let table = table(text.as_bytes()).unwrap();
    assert_eq!(
        table.ledger(Choices::default()).returns.money.to_string(),
        "-150"
    );
    let once = Choices::default().set(Reason::Duplicate, true);
    assert_eq!(
        table.ledger(once).returns.n_rows,
        0,
        "150 is more than was paid"
    );
}

#[test]
fn returns_that_count_as_orders_are_not_taken_off_once_more() {
    let table = table(RETURNS.as_bytes()).unwrap();
    let counted = Choices::default()
        .net_returns(true)
        .set(Reason::Returned, false);
    assert!(!counted.nets_returns());
    let dataset = table.dataset(counted).unwrap();
    let (_, last) = dataset.period().unwrap();
    let standing = dataset.standing(0, last).unwrap();
    assert_eq!(
        (standing.n_orders, standing.amount.to_string()),
        (3, "10".to_owned())
    );
}

#[test]
fn an_amount_is_exact_or_unreadable_and_prints_of_floating_point_numbers_are_told() {
    let of = |amounts: &[&str]| {
        let row = |amount: &&str| format!("ann,2024-01-01,{amount}\n");
        let rows: String = amounts.iter().map(row).collect();
        let file = format!("customer,date,amount\n{rows}");
        table(file.as_bytes()).unwrap().ledger(Choices::default())
    };
    let used = |amounts: &[&str]| {
        let ledger = of(amounts);
        assert_reconciles(&ledger);
        let money = ledger.buckets[0].money.to_string();
        (ledger.buckets[0].n_rows, money, ledger.n_rounded)
    };
    let check = |amounts: &[&str], n_used: u64, money: &str, n_rounded: u64| {
        assert_eq!(used(amounts), (n_used, money.to_owned(), n_rounded));
    };
    check(&["15.299999999999999", "1"], 2, "16.299999999999999", 0);
    check(&["1.2000000000000000000000", "1"], 2, "2.2", 0);
    // More digits than can be kept: no row is used with another amount than the file has.
    check(&["1.2345678901234567891", "1"], 1, "1", 0);
    // Beside a large amount a print has six decimals, however large that is.
    check(&["15.299999512345678", "12345678"], 2, "12345693.3", 1);
    check(
        &["15.299999512345678", "1234567890123"],
        2,
        "1234567890138.3",
        1,
    );
}
