//! A table of products beside the orders: what it is known by, what it gives to customers, and what it lacks.

use gyeol::analysis::rfm::{self, Monetary};
use gyeol::analysis::{AnalysisError, Report, Request, Rule, Unwatched};
use gyeol::data::{AttributeValues, Choices, Day, Joined, MarginFrom, Part, Reason, Role};
use gyeol::export::unmatched::Missing;

use super::several::{list, look, side_of, with_side};

const ORDERS: &str = "customer,order,date,product,quantity,price,category\n\
    7,1,2024-01-03,T1,2,5,\n7,1,2024-01-03,C1,1,7.50,Cups\n7,2,2024-01-09,X9,1,3,\n\
    8,3,2024-01-09,T2,3,4,\n8,3,2024-01-09,T1,1,5,\n9,4,2024-01-10,C1,-1,7.50,\n9,5,2024-01-11,X9,1,1,\n";
const PRODUCTS: &str = "product code,product name,category,cost,tags\n\
    T1,Green tea,Tea,2,organic; hot\nT2,Black tea,Tea,1.25,hot\nC1,Cup,Kitchen,4,\nT3,White tea,Tea,3,hot/rare\n\
    T2,Black tea,Old tea,9,\n,Nameless,Tea,1,\n";

/// By customer what its columns hold.
pub(crate) fn columns(orders: &str, products: &str) -> (Joined, Vec<String>) {
    let first = look("orders.csv", orders.as_bytes());
    let side = side_of(&first, "products.csv", products, Part::Products);
    let (engine, imported) = with_side(orders, side);
    let dataset = engine.dataset().unwrap();
    let as_of = Day::from_number(0);
    let joined = imported.joined[0].clone();
    let of_products = dataset.attributes.iter();
    let of_products: Vec<_> = of_products
        .filter(|attribute| joined.columns.contains(&attribute.name))
        .collect();
    let rows = (0..dataset.n_customers()).map(|customer| {
        let cells = of_products.iter().map(|attribute| match &attribute.values {
            AttributeValues::Texts { texts, codes } => {
                codes[customer].map_or(String::new(), |code| texts.get(code).into_owned())
            }
            values => values.numbers(as_of).unwrap()[customer]
                .map_or(String::new(), |number| format!("{number:.4}")),
        });
        let id = dataset.customers.get(customer as u32).into_owned();
        [id].into_iter()
            .chain(cells)
            .collect::<Vec<_>>()
            .join(" | ")
    });
    let rows = rows.collect();
    (joined, rows)
}

/// The same text with its rows the other way round.
pub(crate) fn reversed(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    lines.join("\n") + "\n"
}

#[test]
fn a_table_of_products_is_known_by_its_columns() {
    let roles = |header: &str| {
        let n_columns = header.split(',').count();
        let row = |n: usize| {
            let cells = (0..n_columns).map(|column| match column {
                0 => format!("P-{n}"),
                _ => format!("{}", n % 3 + 1),
            });
            cells.collect::<Vec<_>>().join(",")
        };
        let rows: Vec<String> = (0..20).map(row).collect();
        let text = format!("{header}\n{}\n", rows.join("\n"));
        let found = look("p.csv", text.as_bytes()).products?;
        let named = found
            .iter()
            .map(|(role, header)| format!("{}={header}", role.key()));
        Some(named.collect::<Vec<_>>().join(" "))
    };
    for (header, expected) in [
        (
            "product_id,category,tags",
            "product=product_id category=category tags=tags",
        ),
        (
            "상품코드,상품분류,매입가,마진율",
            "product=상품코드 category=상품분류 unit_cost=매입가 margin=마진율",
        ),
        (
            "Variant SKU,Product Type,Cost per item",
            "product=Variant SKU category=Product Type unit_cost=Cost per item",
        ),
        ("StockCode,Margin", "product=StockCode margin=Margin"),
    ] {
        assert_eq!(roles(header).as_deref(), Some(expected), "{header}");
    }
    for header in [
        "product_id,colour",
        "product_id,customer_id,category",
        "order_id,product,category",
        "name,category",
        "member,age,city",
    ] {
        assert_eq!(roles(header), None, "{header}");
    }
}

#[test]
fn what_was_bought_becomes_columns_of_those_who_bought_it() {
    let (joined, rows) = columns(ORDERS, PRODUCTS);
    assert_eq!(
        joined.columns,
        [
            "main category",
            "number of categories",
            "margin",
            "margin rate",
            "share of tag: hot",
            "share of tag: organic",
            "share of tag: rare",
        ]
    );
    assert_eq!(
        rows,
        [
            // Tea 10 and cups 7.5; margin 10 - 2*2 + 7.5 - 4 of 17.5; tea is 10 of 20.5.
            "7 | Tea | 2.0000 | 9.5000 | 0.5429 | 0.4878 | 0.4878 | 0.0000",
            // 12 - 3*1.25 + 5 - 2 of 17, whichever of the two rows of T2 is used.
            "8 | Tea | 1.0000 | 11.2500 | 0.6618 | 1.0000 | 0.2941 | 0.0000",
            "9 |  | 0.0000 |  |  | 0.0000 | 0.0000 | 0.0000",
        ]
    );
    let facts = joined.products.unwrap();
    assert_eq!(facts.margin_from, Some(MarginFrom::Cost));
    assert_eq!(
        (facts.n_rows_given_category, facts.n_rows_without_margin),
        (3, 2)
    );
    assert_eq!(
        facts.matched_by,
        Some(("product".to_owned(), "product code".to_owned()))
    );
}

#[test]
fn the_order_of_rows_does_not_show() {
    let (_, rows) = columns(ORDERS, PRODUCTS);
    assert_eq!(columns(&reversed(ORDERS), PRODUCTS).1, rows);
    assert_eq!(columns(ORDERS, &reversed(PRODUCTS)).1, rows);
}

#[test]
fn every_row_of_the_table_is_in_one_bucket_and_every_product_on_one_side_or_on_both() {
    let first = look("orders.csv", ORDERS.as_bytes());
    let side = side_of(&first, "products.csv", PRODUCTS, Part::Products);
    let ledger = side.ledger(Choices::default());
    let filled: Vec<_> = ledger
        .buckets
        .iter()
        .filter(|bucket| bucket.n_rows > 0)
        .map(|bucket| (bucket.kind(), bucket.n_rows))
        .collect();
    assert_eq!(filled, [("used", 4), ("no_customer", 1), ("duplicate", 1)]);
    let (mut engine, imported) = with_side(ORDERS, side);
    let joined = &imported.joined[0];
    // The cup was given back by 9 and bought by 7.
    assert_eq!(
        (
            joined.n_matched,
            joined.n_without_row,
            joined.n_without_orders
        ),
        (3, 1, 1)
    );
    assert_eq!(list(&mut engine, Missing::ProductRow), ["X9"]);
    assert_eq!(list(&mut engine, Missing::ProductOrders), ["T3"]);
    let all = Choices::default().set(Reason::Returned, false);
    let imported = engine.choose(all).unwrap();
    assert_eq!(imported.joined[0].n_matched, 3);
}

#[test]
fn tables_are_joined_by_the_columns_that_have_most_in_common() {
    let orders = ORDERS
        .replace(",T1,", ",Green tea,")
        .replace(",T2,", ",Black tea,");
    let (joined, rows) = columns(&orders, PRODUCTS);
    let by = joined.products.unwrap().matched_by;
    assert_eq!(by, Some(("product".to_owned(), "product name".to_owned())));
    assert!(rows[1].starts_with("8 | Tea | "), "{rows:?}");
    let codes = "상품코드,카테고리\n85123.0,컵\n00042,차\n";
    let numbered = "고객,주문일,금액,상품명,상품코드\n가,2024-01-01,5,어떤 컵,85123\n나,2024-01-02,3,어떤 차,42\n";
    let (joined, rows) = columns(numbered, codes);
    assert_eq!((joined.n_matched, joined.n_without_row), (1, 1));
    assert_eq!(rows, ["가 | 컵 | 1.0000", "나 |  | 0.0000"]);
}

#[test]
fn products_that_the_orders_do_not_name_give_nothing() {
    let orders = "customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n";
    let (joined, rows) = columns(orders, PRODUCTS);
    assert_eq!(joined.columns, [""; 0]);
    assert_eq!(rows, ["7", "8"]);
    assert_eq!(
        (
            joined.n_matched,
            joined.n_without_row,
            joined.n_without_orders
        ),
        (0, 0, 4)
    );
    assert_eq!(joined.products.unwrap().matched_by, None);
}

#[test]
fn margins_come_from_a_rate_or_from_that_of_a_piece() {
    let with = |orders: &str, head: &str, tea: &str, cup: &str| {
        let products = format!("product,{head}\nT1,{tea}\nC1,{cup}\n");
        let (joined, rows) = columns(orders, &products);
        let from = joined.products.unwrap().margin_from;
        (from, rows.join(" / "))
    };
    let orders =
        "customer,date,product,quantity,amount\n7,2024-01-03,T1,2,10\n7,2024-01-03,C1,1,30\n";
    let rate = (Some(MarginFrom::Rate), "7 | 5.0000 | 0.1250".to_owned());
    assert_eq!(with(orders, "margin rate", "0.2", "0.1"), rate);
    assert_eq!(with(orders, "마진율", "20", "10"), rate);
    assert_eq!(with(orders, "margin", "20%", "10%"), rate);
    assert_eq!(with(orders, "margin", "0.2", "0.1"), rate);
    let of_piece = (Some(MarginFrom::Margin), "7 | 5.0000 | 0.1250".to_owned());
    assert_eq!(with(orders, "margin", "2", "1"), of_piece);
    let without_pieces = "customer,date,product,amount\n7,2024-01-03,T1,10\n7,2024-01-03,C1,30\n";
    assert_eq!(with(without_pieces, "margin", "20%", "10%"), rate);
    assert_eq!(
        with(without_pieces, "cost", "8", "27"),
        (None, "7".to_owned())
    );
    let priced = "customer,date,product,price\n7,2024-01-03,T1,10\n7,2024-01-03,C1,30\n";
    let cost = (Some(MarginFrom::Cost), "7 | 5.0000 | 0.1250".to_owned());
    assert_eq!(with(priced, "cost", "8", "27"), cost);
}

#[test]
fn only_the_tags_with_most_money_get_a_column_and_the_others_are_counted() {
    let mut orders = "customer,date,product,amount\n".to_owned();
    let mut products = "product,tags\n".to_owned();
    for product in 0..15 {
        orders.push_str(&format!("7,2024-01-03,P{product:02},{}\n", 100 + product));
        products.push_str(&format!("P{product:02},\"all, tag {product:02}|all\"\n"));
    }
    let (joined, rows) = columns(&orders, &products);
    assert_eq!(joined.columns.len(), 12);
    assert_eq!(joined.columns[0], "share of tag: all");
    assert_eq!(joined.columns[1], "share of tag: tag 14");
    assert_eq!(joined.products.unwrap().n_tags_passed, 4);
    assert!(rows[0].starts_with("7 | 1.0000 | 0.0710 | "), "{rows:?}");
}

#[test]
fn the_category_of_equal_money_is_the_first_by_name() {
    let orders =
        "customer,date,product,amount\n7,2024-01-03,A,10\n7,2024-01-03,B,4\n7,2024-01-03,C,6\n";
    let products = "product,category\nA,Tea\nB,Cups\nC,Cups\n";
    assert_eq!(columns(orders, products).1, ["7 | Cups | 2.0000"]);
}

#[test]
fn the_roles_of_a_table_of_products_have_keys() {
    for role in [Role::UnitCost, Role::Margin, Role::Tags] {
        assert_eq!(Role::from_key(role.key()), Some(role));
    }
}

#[test]
fn rfm_takes_the_orders_of_a_category_and_the_margin_where_they_are_asked_for() {
    let first = look("orders.csv", ORDERS.as_bytes());
    let side = side_of(&first, "products.csv", PRODUCTS, Part::Products);
    let (mut engine, imported) = with_side(ORDERS, side);
    assert_eq!(imported.categories, ["Cups", "Kitchen", "Tea"]);
    assert!(imported.has_margins);
    let mut ask = |category: Option<&str>, monetary| {
        let params = rfm::Params {
            category: category.map(str::to_owned),
            monetary,
            ..rfm::Params::default()
        };
        match engine.analyze(Request::Rfm(params), None, &mut Unwatched) {
            Ok(Report::Rfm(report)) => {
                let points = report.points.iter().map(|point| point.monetary);
                Ok((points.collect::<Vec<f64>>(), report.revenue.to_string()))
            }
            Ok(_) => panic!("rfm"),
            Err(error) => Err(error),
        }
    };
    let margins = vec![9.5, 11.25, 0.0];
    assert_eq!(
        ask(None, Monetary::Margin).unwrap(),
        (margins, "38.5".to_owned())
    );
    let tea = ask(Some("Tea"), Monetary::Revenue).unwrap();
    assert_eq!(tea, (vec![10.0, 17.0], "27".to_owned()));
    let earned = ask(Some("Tea"), Monetary::Margin).unwrap();
    assert_eq!(earned, (vec![6.0, 11.25], "27".to_owned()));
    let unknown = ask(Some("Cake"), Monetary::Revenue).unwrap_err();
    let expected = AnalysisError::Param {
        field: "category".to_owned(),
        rule: Rule::KnownCategory,
    };
    assert_eq!(unknown, expected);
}

#[test]
fn margin_in_place_of_revenue_needs_something_that_says_it() {
    let mut engine = gyeol::engine::Engine::default();
    let number = gyeol::protocol::FileNumber(1);
    let (text, size) = (ORDERS.as_bytes(), ORDERS.len() as u64);
    engine.open(number, "orders.csv", size, None, text).unwrap();
    let guess = look("orders.csv", text).guess;
    let mut importer = engine.importer(number, &guess).unwrap();
    importer.feed(text).unwrap();
    let imported = engine.import(importer, Vec::new(), Choices::default());
    assert!(!imported.unwrap().has_margins);
    let params = rfm::Params {
        monetary: Monetary::Margin,
        ..rfm::Params::default()
    };
    let refused = engine.analyze(Request::Rfm(params), None, &mut Unwatched);
    let expected = AnalysisError::Param {
        field: "monetary".to_owned(),
        rule: Rule::KnownMargin,
    };
    assert_eq!(refused.map(|_| ()), Err(expected));
}
