//! What the columns of the exports that people have are taken for.

use gyeol::data::{Choices, DateOrder, DecimalMark, Delimiter, Preview, Role, TableKind};
use gyeol::sample::shop_csv;

use crate::{assert_reconciles, look_at, table};

fn roles(preview: &Preview) -> Vec<(Role, &str)> {
    let roles = preview.guess.roles.iter();
    roles
        .map(|(role, header)| (*role, header.as_str()))
        .collect()
}

fn check(file: &str, expected: &[(Role, &str)]) {
    let preview = look_at(file.as_bytes()).unwrap();
    assert_eq!(roles(&preview), expected, "{file}");
    assert_eq!(preview.guess.table, TableKind::Orders, "{file}");
}

#[test]
fn korean_shop_systems_are_understood() {
    check(
        "주문번호,주문자ID,주문자명,주문일시,상품명,수량,판매가,총 결제금액\n\
         20240101-0000012,kim1,김하나,2024-01-01 10:00:00,컵,1,12000,12000\n",
        &[
            (Role::Customer, "주문자ID"),
            (Role::Order, "주문번호"),
            (Role::Date, "주문일시"),
            (Role::Amount, "총 결제금액"),
            (Role::Quantity, "수량"),
            (Role::Price, "판매가"),
            (Role::Product, "상품명"),
        ],
    );
    check(
        "상품주문번호,주문번호,구매자명,구매자ID,결제일,상품명,수량,최종 상품별 총 주문금액,주문상태\n\
         2024010112345611,2024010112345600,김하나,kim1,2024.01.01 10:00,컵,1,\"12,000\",구매확정\n",
        &[
            (Role::Customer, "구매자ID"),
            (Role::Order, "주문번호"),
            (Role::Date, "결제일"),
            (Role::Amount, "최종 상품별 총 주문금액"),
            (Role::Quantity, "수량"),
            (Role::Product, "상품명"),
            (Role::Status, "주문상태"),
        ],
    );
    check(
        "주문번호,주문일,노출상품명(옵션명),구매수(수량),결제액,구매자,구매자전화번호,배송비\n\
         1200001,2024-01-01 10:00,컵,1,12000,김하나,010-0000-0000,2500\n",
        &[
            (Role::Customer, "구매자"),
            (Role::Order, "주문번호"),
            (Role::Date, "주문일"),
            (Role::Amount, "결제액"),
            (Role::Quantity, "구매수(수량)"),
            (Role::Product, "노출상품명(옵션명)"),
        ],
    );
}

#[test]
fn english_shop_systems_are_understood() {
    check(
        "Name,Email,Financial Status,Paid at,Subtotal,Shipping,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n\
         #1001,ann@x.test,paid,2024-01-01 10:00:00 +0900,5.00,1.00,6.00,2024-01-01 09:59:00 +0900,1,Cup,5.00\n",
        &[
            (Role::Customer, "Email"),
            (Role::Order, "Name"),
            (Role::Date, "Created at"),
            (Role::Amount, "Total"),
            (Role::Quantity, "Lineitem quantity"),
            (Role::Price, "Lineitem price"),
            (Role::Product, "Lineitem name"),
            (Role::Status, "Financial Status"),
        ],
    );
    check(
        "order_id,customer_id,date_created,status,order total,shipping total,billing email\n\
         55,7,2024-01-01T10:00:00,completed,5.00,1.00,ann@x.test\n",
        &[
            (Role::Customer, "customer_id"),
            (Role::Order, "order_id"),
            (Role::Date, "date_created"),
            (Role::Amount, "order total"),
            (Role::Status, "status"),
        ],
    );
    check(
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n\
         489434,85048,CUP,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom\n",
        &[
            (Role::Customer, "Customer ID"),
            (Role::Order, "Invoice"),
            (Role::Date, "InvoiceDate"),
            (Role::Quantity, "Quantity"),
            (Role::Price, "Price"),
            (Role::Product, "StockCode"),
        ],
    );
}

#[test]
fn a_file_without_a_header_is_guessed_by_content() {
    let file =
        "00004,0001,19970101,2,29.33\n00004,0001,19970118,2,29.73\n00021,0002,19970101,3,63.34\n";
    let preview = look_at(file.as_bytes()).unwrap();
    assert!(!preview.guess.dialect.has_header);
    assert_eq!(
        roles(&preview),
        [
            (Role::Customer, "column 1"),
            (Role::Date, "column 3"),
            (Role::Amount, "column 5"),
            (Role::Quantity, "column 4"),
        ]
    );
}

#[test]
fn european_files_show_their_delimiter_mark_and_order() {
    let file = "Kunde;Datum;Betrag\nA1;25.12.2023;1.234,50\nA2;03.01.2024;12,00\n";
    let guess = look_at(file.as_bytes()).unwrap().guess;
    assert_eq!(guess.dialect.delimiter, Delimiter::Semicolon);
    assert_eq!(guess.decimal_mark, DecimalMark::Comma);
    let file = "customer,date,amount\na,03/04/2024,1\nb,25/04/2024,2\n";
    let guess = look_at(file.as_bytes()).unwrap().guess;
    assert_eq!(guess.date_order, Some(DateOrder::DayMonth));
}

#[test]
fn tables_of_customers_are_recognised() {
    for (file, expected) in [
        (
            "CustomerID,Gender,Age,Annual Income (k$),Spending Score (1-100)\n1,Male,19,15,39\n2,Female,21,15,81\n",
            &[(Role::Customer, "CustomerID")][..],
        ),
        (
            "customer_id,revenue,most_recent_visit,number_of_orders,recency_days\n1,5,2006-01-01,3,20\n2,6,2006-01-02,4,19\n",
            &[
                (Role::Customer, "customer_id"),
                (Role::Amount, "revenue"),
                (Role::RecencyDays, "recency_days"),
                (Role::LastDate, "most_recent_visit"),
                (Role::Orders, "number_of_orders"),
            ],
        ),
    ] {
        let preview = look_at(file.as_bytes()).unwrap();
        assert_eq!(preview.guess.table, TableKind::Customers, "{file}");
        assert_eq!(roles(&preview), expected);
    }
}

#[test]
fn the_made_up_shop_is_understood_in_both_languages() {
    for (korean, expected) in [
        (
            true,
            [
                (Role::Customer, "회원번호"),
                (Role::Order, "주문번호"),
                (Role::Date, "주문일시"),
                (Role::Amount, "결제금액"),
            ],
        ),
        (
            false,
            [
                (Role::Customer, "customer_id"),
                (Role::Order, "order_id"),
                (Role::Date, "ordered_at"),
                (Role::Amount, "amount"),
            ],
        ),
    ] {
        let file = shop_csv(korean);
        let preview = look_at(&file).unwrap();
        let found = roles(&preview);
        assert_eq!(found[..4], expected);
        let others: Vec<Role> = found[4..].iter().map(|&(role, _)| role).collect();
        let wanted = [
            Role::Quantity,
            Role::Price,
            Role::Product,
            Role::Category,
            Role::Status,
        ];
        assert_eq!(others, wanted);
        let table = table(&file).unwrap();
        let ledger = table.ledger(Choices::default());
        assert_reconciles(&ledger);
        assert!(ledger.buckets[0].n_rows * 10 > ledger.n_rows * 8);
        assert!(table.dataset(Choices::default()).unwrap().n_customers() > 3_000);
    }
}

#[test]
fn orders_with_dates_that_nobody_can_read_are_still_orders() {
    for (file, date) in [
        (
            "고객번호,주문일,금액\n1,어느날,500\n2,다음날,700\n",
            "주문일",
        ),
        (
            "이름,주문일자,금액\n김하나,어느날,500\n이두리,다음날,700\n",
            "주문일자",
        ),
        (
            "who,Order Date (KST),paid\nann,someday,5\nbob,one day,7\n",
            "Order Date (KST)",
        ),
        (
            "customer_id,order_date,revenue\n1,Q1/20,5\n2,Q2/20,7\n",
            "order_date",
        ),
        (
            "email,purchase date,total\na@x.test,W12,5\nb@x.test,W13,7\n",
            "purchase date",
        ),
    ] {
        let preview = look_at(file.as_bytes()).unwrap();
        assert_eq!(preview.guess.table, TableKind::Orders, "{file}");
        let found = preview.guess.roles.get(&Role::Date);
        assert_eq!(found.map(String::as_str), Some(date), "{file}");
    }
}

#[test]
fn a_table_of_customers_stays_one_whatever_its_dates_look_like() {
    for file in [
        "id,age,income\n1,20,500\n2,30,700\n",
        "id,join date,age\n1,Q1/20,20\n2,Q2/20,30\n",
        "customer_id,last_date,orders,amount\n1,long ago,3,20\n2,lately,4,19\n",
        "customer_id,birth date,spent\n1,unknown day,20\n2,spring,19\n",
    ] {
        let preview = look_at(file.as_bytes()).unwrap();
        assert_eq!(preview.guess.table, TableKind::Customers, "{file}");
    }
}

#[test]
fn the_look_at_a_file_says_which_states_the_import_will_leave_out() {
    let mut file = "order_id,customer_id,order_date,status,amount\n".to_owned();
    let states = [
        "paid",
        "Cancelled",
        "refunded",
        "Cancelled",
        "partially refunded",
        "payment failed",
        "결제실패",
        "",
    ];
    for (number, state) in states.iter().enumerate() {
        file.push_str(&format!("{number},a,2024-01-0{},{state},5\n", number + 1));
    }
    let preview = look_at(file.as_bytes()).unwrap();
    let found = |header: &str| {
        let mut columns = preview.columns.iter();
        let column = columns.find(|column| column.header == header).unwrap();
        column.cancelled.clone()
    };
    let expected = [
        ("Cancelled", 2),
        ("payment failed", 1),
        ("refunded", 1),
        ("결제실패", 1),
    ];
    assert_eq!(
        found("status"),
        expected.map(|(state, n)| (state.to_owned(), n))
    );
    assert_eq!(found("order_id"), []);
    let ledger = table(file.as_bytes()).unwrap().ledger(Choices::default());
    let returned = ledger
        .buckets
        .iter()
        .find(|bucket| bucket.kind() == "returned");
    assert_eq!(returned.unwrap().n_rows, 5);
    let n_rows: u64 = ledger.buckets.iter().map(|bucket| bucket.n_rows).sum();
    assert_eq!(n_rows, states.len() as u64);
}
