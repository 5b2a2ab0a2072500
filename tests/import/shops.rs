//! The header lines of the shop systems that people export from, as their own documentation and screens name them, with
//! made-up rows below: what each column is taken for.

use gyeol::data::{Role, TableKind};

use crate::look_at;

fn check(table: TableKind, file: &str, expected: &[(Role, &str)]) {
    let preview = look_at(file.as_bytes()).unwrap();
    let guess = &preview.guess;
    let roles: Vec<_> = guess
        .roles
        .iter()
        .map(|(role, header)| (*role, header.as_str()))
        .collect();
    assert_eq!(roles, expected, "{file}");
    assert_eq!(guess.table, table, "{file}");
}

#[test]
fn cafe24() {
    check(
        TableKind::Orders,
        "주문번호,품목별 주문번호,주문일시,결제일시(입금확인일),주문자명,주문자ID,주문자 휴대전화,수령인,상품코드,상품명(한국어 쇼핑몰),상품옵션,수량,판매가,상품구매금액(한국어 쇼핑몰),총 배송비(전체 품목에 표시),총 결제금액(한국어 쇼핑몰),결제수단,주문 상태\n\
         20240101-0000012,20240101-0000012-01,2024-01-01 10:00:00,2024-01-01 10:01:00,김하나,kim1,010-0000-0000,김하나,P00000AB,컵,색상=빨강,2,6000,12000,3000,15000,카드,배송완료\n\
         20240102-0000031,20240102-0000031-01,2024-01-02 11:00:00,2024-01-02 11:01:00,이둘,lee2,010-0000-0001,이둘,P00000AC,접시,,1,8000,8000,3000,11000,카드,배송완료\n",
        &[
            (Role::Customer, "주문자ID"),
            (Role::Order, "주문번호"),
            (Role::Date, "주문일시"),
            (Role::Amount, "상품구매금액(한국어 쇼핑몰)"),
            (Role::Quantity, "수량"),
            (Role::Price, "판매가"),
            (Role::Product, "상품코드"),
            (Role::Status, "주문 상태"),
        ],
    );
}

#[test]
fn naver_smart_store() {
    check(
        TableKind::Orders,
        "상품주문번호,주문번호,배송속성,구매자명,구매자ID,수취인명,주문상태,주문세부상태,결제위치,결제일,상품번호,상품명,옵션정보,수량,옵션가격,상품가격,최종 상품별 할인액,최종 상품별 총 주문금액,배송비 형태,수취인연락처1,구매자연락처\n\
         2024010112345611,2024010112345600,일반배송,김하나,kim1****,김하나,구매확정,,PC,2024-01-01 10:00:00,5551234,컵,색상: 빨강,2,0,6000,0,12000,유료,010-0000-0000,010-0000-0000\n\
         2024010212345612,2024010212345601,일반배송,이둘,lee2****,이둘,구매확정,,모바일,2024-01-02 11:00:00,5551235,접시,,1,0,8000,0,8000,유료,010-0000-0001,010-0000-0001\n",
        &[
            (Role::Customer, "구매자ID"),
            (Role::Order, "주문번호"),
            (Role::Date, "결제일"),
            (Role::Amount, "최종 상품별 총 주문금액"),
            (Role::Quantity, "수량"),
            (Role::Price, "상품가격"),
            (Role::Product, "상품명"),
            (Role::Status, "주문상태"),
        ],
    );
}

#[test]
fn coupang_wing() {
    check(
        TableKind::Orders,
        "번호,묶음배송번호,주문번호,택배사,운송장번호,분리배송 Y/N,주문시 출고예정일,주문일,등록상품명,등록옵션명,노출상품명(옵션명),노출상품ID,옵션ID,결제액,배송비구분,배송비,구매수(수량),옵션판매가(판매단가),구매자,구매자전화번호,수취인이름,수취인전화번호,결제위치\n\
         1,80001,1200001,,,N,2024-01-03,2024-01-01 10:00:00,컵,빨강,컵(빨강),771,881,12000,무료,0,2,6000,김하나,0502-000-0000,김하나,0502-000-0001,모바일\n\
         2,80002,1200002,,,N,2024-01-04,2024-01-02 11:00:00,접시,,접시,772,882,8000,무료,0,1,8000,이둘,0502-000-0002,이둘,0502-000-0003,PC\n",
        &[
            (Role::Customer, "구매자"),
            (Role::Order, "주문번호"),
            (Role::Date, "주문일"),
            (Role::Amount, "결제액"),
            (Role::Quantity, "구매수(수량)"),
            (Role::Price, "옵션판매가(판매단가)"),
            (Role::Product, "등록상품명"),
        ],
    );
}

#[test]
fn shopify() {
    check(
        TableKind::Orders,
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Phone,Shipping Name,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags\n\
         #1001,ann@x.test,paid,2024-01-01 10:00:00 +0900,fulfilled,2024-01-02 10:00:00 +0900,yes,USD,5.00,1.00,0.00,6.00,,0.00,Standard,2024-01-01 09:59:00 +0900,1,Cup,5.00,CUP-1,Ann,,Ann,,card,0.00,Us,450789469,\n\
         #1002,bob@x.test,paid,2024-01-03 10:00:00 +0900,fulfilled,2024-01-04 10:00:00 +0900,no,USD,7.00,1.00,0.00,8.00,,0.00,Standard,2024-01-03 09:59:00 +0900,1,Dish,7.00,DISH-1,Bob,,Bob,,card,0.00,Us,450789470,\n",
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
}

#[test]
fn woo_commerce_analytics() {
    check(
        TableKind::Orders,
        "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue,Attribution\n\
         2024-01-01 10:00:00,101,$12.00,completed,Ann Lee,new,2× Cup,2,,12.00,Direct\n\
         2024-01-02 11:00:00,102,$8.00,completed,Bob Kim,returning,1× Dish,1,,8.00,Direct\n",
        &[
            (Role::Customer, "Customer"),
            (Role::Order, "Order #"),
            (Role::Date, "Date"),
            (Role::Amount, "N. Revenue"),
            (Role::Quantity, "Items sold"),
            (Role::Product, "Product(s)"),
            (Role::Status, "Status"),
        ],
    );
}

#[test]
fn woo_commerce_orders() {
    check(
        TableKind::Orders,
        "order_id,order_number,order_date,status,shipping_total,order_total,customer_id,customer_email,billing_first_name,item_name,item_quantity,item_total\n\
         101,101,2024-01-01 10:00:00,completed,3.00,15.00,7,ann@x.test,Ann,Cup,2,12.00\n\
         102,102,2024-01-02 11:00:00,completed,3.00,11.00,8,bob@x.test,Bob,Dish,1,8.00\n",
        &[
            (Role::Customer, "customer_id"),
            (Role::Order, "order_id"),
            (Role::Date, "order_date"),
            (Role::Amount, "item_total"),
            (Role::Quantity, "item_quantity"),
            (Role::Product, "item_name"),
            (Role::Status, "status"),
        ],
    );
}

#[test]
fn klaviyo_profiles() {
    let rows: String = (0..40)
        .map(|n| {
            format!(
                "p{n}@x.test,01H{n},Ann,Lee,2024-01-{:02},{}.50,{}\n",
                n % 28 + 1,
                n * 3,
                n % 5 + 1
            )
        })
        .collect();
    check(
        TableKind::Customers,
        &format!(
            "Email,Klaviyo ID,First Name,Last Name,Last Purchase Date,Historic Customer Lifetime Value,Historic Number Of Orders\n{rows}"
        ),
        &[
            (Role::Customer, "Klaviyo ID"),
            (Role::Amount, "Historic Customer Lifetime Value"),
            (Role::LastDate, "Last Purchase Date"),
            (Role::Orders, "Historic Number Of Orders"),
        ],
    );
}
