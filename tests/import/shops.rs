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

#[test]
fn amazon_order_reports() {
    check(
        TableKind::Orders,
        "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tbuyer-email\tship-city\tship-country\n\
         111-0000001-0000001\t\t2024-01-05T10:00:00+00:00\t2024-01-06T10:00:00+00:00\tShipped\tAmazon\tAmazon.com\tCup\tCUP-1\tB000000001\tShipped\t2\tUSD\t24.00\t1.50\t0.00\tann@marketplace.test\tSeattle\tUS\n\
         111-0000001-0000002\t\t2024-01-07T11:00:00+00:00\t2024-01-08T10:00:00+00:00\tCancelled\tMerchant\tAmazon.com\tDish\tDISH-1\tB000000002\tCancelled\t1\tUSD\t8.00\t0.50\t3.00\tbob@marketplace.test\tBoston\tUS\n",
        &[
            (Role::Customer, "buyer-email"),
            (Role::Order, "amazon-order-id"),
            (Role::Date, "purchase-date"),
            (Role::Amount, "item-price"),
            (Role::Quantity, "quantity"),
            (Role::Product, "product-name"),
            (Role::Status, "order-status"),
        ],
    );
}

#[test]
fn what_numbers_lines_and_articles_is_no_customer() {
    check(
        TableKind::Orders,
        "order-id,order-item-id,purchase-date,sku,product-name,quantity-purchased,item-price\n\
         111-0000001-0000001,10000000000001,2024-01-05,CUP-1,Cup,2,24.00\n\
         111-0000001-0000002,10000000000002,2024-01-07,DISH-1,Dish,1,8.00\n",
        &[
            (Role::Order, "order-id"),
            (Role::Date, "purchase-date"),
            (Role::Amount, "item-price"),
            (Role::Quantity, "quantity-purchased"),
            (Role::Product, "product-name"),
        ],
    );
}

#[test]
fn amazon_unshipped_orders() {
    check(
        TableKind::Orders,
        "order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\titem-tax\tshipping-price\trecipient-name\tship-address-1\n\
         111-0000001-0000001\t10000000000001\t2024-01-05T10:00:00-08:00\t2024-01-05T10:01:00-08:00\tann@marketplace.test\tAnn Lee\t555-0100\tCUP-1\tCup\t2\tUSD\t24.00\t1.50\t0.00\tAnn Lee\t1 High Street\n\
         111-0000001-0000002\t10000000000002\t2024-01-07T11:00:00-08:00\t2024-01-07T11:01:00-08:00\tbob@marketplace.test\tBob Kim\t555-0101\tDISH-1\tDish\t1\tUSD\t8.00\t0.50\t3.00\tBob Kim\t2 High Street\n",
        &[
            (Role::Customer, "buyer-email"),
            (Role::Order, "order-id"),
            (Role::Date, "purchase-date"),
            (Role::Amount, "item-price"),
            (Role::Quantity, "quantity-purchased"),
            (Role::Product, "product-name"),
        ],
    );
}

#[test]
fn ebay_sales_records() {
    check(
        TableKind::Orders,
        "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Ship To Name,Ship To City,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling,Total Price,Payment Method,Sale Date,Paid On Date,Shipped On Date,Feedback Left,Tracking Number\n\
         1001,01-00001-00001,cup_lover,Ann Lee,ann@members.test,,Ann Lee,Seattle,2300001,Blue cup,CUP-1,2,$12.00,$3.00,$27.00,PayPal,Jan-05-24,Jan-05-24,Jan-06-24,Yes,\n\
         1002,01-00002-00001,dish99,Bob Kim,bob@members.test,,Bob Kim,Boston,2300002,White dish,DISH-1,1,$8.00,$3.00,$11.00,PayPal,Jan-17-24,Jan-18-24,Jan-19-24,No,\n",
        &[
            (Role::Customer, "Buyer Username"),
            (Role::Order, "Order Number"),
            (Role::Date, "Sale Date"),
            (Role::Amount, "Total Price"),
            (Role::Quantity, "Quantity"),
            (Role::Price, "Sold For"),
            (Role::Product, "Item Title"),
        ],
    );
}

#[test]
fn etsy_orders() {
    check(
        TableKind::Orders,
        "Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,Ship City,Ship Country,Currency,Order Value,Coupon Code,Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,Adjusted Order Total,Buyer,SKU\n\
         01/05/24,3000000001,annlee,Ann Lee,Ann,Lee,2,Credit Card,01/06/24,1 High Street,Seattle,United States,USD,24.00,,0.00,0.00,3.00,1.50,28.50,,1.10,27.40,0.00,Ann Lee (annlee),CUP-1\n\
         01/17/24,3000000002,,Bob Kim,Bob,Kim,1,Credit Card,01/18/24,2 High Street,Boston,United States,USD,8.00,,0.00,0.00,3.00,0.50,11.50,,0.60,10.90,0.00,Bob Kim,DISH-1\n",
        &[
            (Role::Customer, "Buyer User ID"),
            (Role::Order, "Order ID"),
            (Role::Date, "Sale Date"),
            (Role::Amount, "Order Total"),
            (Role::Quantity, "Number of Items"),
            (Role::Product, "SKU"),
            (Role::Status, "Status"),
        ],
    );
}

#[test]
fn etsy_order_items() {
    check(
        TableKind::Orders,
        "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship City,Order ID,Variations,Order Type,Payment Type,SKU\n\
         01/05/24,Cup,annlee,2,12.00,,0.00,0.00,3.00,1.50,24.00,USD,4000000001,1700000001,01/05/2024,01/06/2024,Ann Lee,Seattle,3000000001,,online,online_cc,CUP-1\n\
         01/17/24,Dish,bobkim,1,8.00,,0.00,0.00,3.00,0.50,8.00,USD,4000000002,1700000002,01/17/2024,01/18/2024,Bob Kim,Boston,3000000002,,online,online_cc,DISH-1\n",
        &[
            (Role::Customer, "Buyer"),
            (Role::Order, "Order ID"),
            (Role::Date, "Sale Date"),
            (Role::Amount, "Item Total"),
            (Role::Quantity, "Quantity"),
            (Role::Price, "Price"),
            (Role::Product, "SKU"),
        ],
    );
}

#[test]
fn stripe_payments() {
    check(
        TableKind::Orders,
        "id,Description,Seller Message,Created date (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Taxes On Fee,Mode,Status,Statement Descriptor,Customer ID,Customer Description,Customer Email,Captured,Card ID,Invoice ID,Transfer\n\
         ch_0001,Charge for ann,Payment complete.,2024-01-05 10:00:00,24.00,0.00,usd,24.00,0.00,1.00,0.00,Live,Paid,SHOP,cus_0001,,ann@x.test,true,card_1,,po_1\n\
         ch_0002,Charge for bob,The bank declined.,2024-01-17 11:00:00,8.00,8.00,usd,8.00,8.00,0.50,0.00,Live,Failed,SHOP,cus_0002,,bob@x.test,false,card_2,in_0002,po_2\n",
        &[
            (Role::Customer, "Customer ID"),
            (Role::Order, "id"),
            (Role::Date, "Created date (UTC)"),
            (Role::Amount, "Amount"),
            (Role::Product, "Description"),
            (Role::Status, "Status"),
        ],
    );
    check(
        TableKind::Orders,
        "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Customer ID,Customer Email,Status,Amount Refunded\n\
         txn_0001,charge,ch_0001,24.00,1.00,23.00,usd,2024-01-05 10:00,2024-01-07 00:00,Cup,cus_0001,ann@x.test,Paid,0.00\n\
         txn_0002,charge,ch_0002,8.00,0.50,7.50,usd,2024-01-17 11:00,2024-01-19 00:00,Dish,cus_0002,bob@x.test,Refunded,8.00\n",
        &[
            (Role::Customer, "Customer ID"),
            (Role::Order, "id"),
            (Role::Date, "Created (UTC)"),
            (Role::Amount, "Amount"),
            (Role::Product, "Description"),
            (Role::Status, "Status"),
        ],
    );
}

#[test]
fn paypal_activity() {
    check(
        TableKind::Orders,
        "\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"To Email Address\",\"Transaction ID\",\"Shipping Address\",\"Item Title\",\"Item ID\",\"Sales Tax\",\"Invoice Number\",\"Quantity\",\"Receipt ID\",\"Balance\"\n\
         \"01/05/2024\",\"10:00:00\",\"PST\",\"Ann Lee\",\"Express Checkout Payment\",\"Completed\",\"USD\",\"24.00\",\"-1.00\",\"23.00\",\"ann@x.test\",\"shop@x.test\",\"1AA00000AA000001A\",\"1 High Street\",\"Cup\",\"\",\"0.00\",\"INV-1\",\"2\",\"\",\"23.00\"\n\
         \"01/17/2024\",\"11:00:00\",\"PST\",\"Bob Kim\",\"Express Checkout Payment\",\"Denied\",\"USD\",\"1,208.00\",\"-0.50\",\"1,207.50\",\"bob@x.test\",\"shop@x.test\",\"1AA00000AA000002A\",\"2 High Street\",\"Dish\",\"\",\"0.00\",\"INV-2\",\"1\",\"\",\"30.50\"\n",
        &[
            (Role::Customer, "From Email Address"),
            (Role::Order, "Transaction ID"),
            (Role::Date, "Date"),
            (Role::Amount, "Gross"),
            (Role::Quantity, "Quantity"),
            (Role::Product, "Item Title"),
            (Role::Status, "Status"),
        ],
    );
}
