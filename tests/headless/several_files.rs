//! Several files at once: what each is, by guess and as the command line says.

use std::fs;
use std::path::PathBuf;

use crate::tools::*;

#[test]
fn monthly_files_that_overlap_come_to_the_whole_in_whatever_order_they_are_named() {
    let (a, b, c) = (
        shop_rows(0..600),
        shop_rows(500..1000),
        shop_rows(1000..1500),
    );
    let files: [(&str, &[u8]); 3] = [("a.csv", &a), ("b.csv", &b), ("c.csv", &c)];
    let words = |order: [&'static str; 3]| [order[0], order[1], order[2], "--out", "OUT"];
    let out = headless_of("months", &files, &words(["c.csv", "a.csv", "b.csv"])).unwrap();
    let again = headless_of("months-2", &files, &words(["a.csv", "b.csv", "c.csv"])).unwrap();
    let whole = headless("months-whole", &shop(false), &["IN", "--out", "OUT"]).unwrap();
    for name in [
        "customers.csv",
        "segments.csv",
        "ledger.json",
        "clusters.json",
    ] {
        let read = |folder: &PathBuf| fs::read(folder.join(name)).unwrap();
        assert!(read(&out) == read(&again), "{name}");
        if name != "ledger.json" {
            assert!(read(&out) == read(&whole), "{name}");
        }
    }
    let ledger = json(&out, "ledger.json");
    let names: Vec<_> = ledger["files"].as_array().unwrap().iter().collect();
    assert_eq!(names.len(), 3);
    assert_eq!(ledger["files"][1]["overlapping"], 100);
    let with = serde_json::json!([{"name": "a.csv", "rows": 100}]);
    assert_eq!(ledger["files"][1]["overlapping_with"], with);
    let rows = |place: usize| ledger["files"][place]["rows"].as_u64().unwrap();
    let buckets = ledger["buckets"].as_array().unwrap();
    let in_buckets: u64 = buckets.iter().map(|b| b["rows"].as_u64().unwrap()).sum();
    assert_eq!(in_buckets, rows(0) + rows(1) + rows(2));
}

#[test]
fn a_table_of_customers_beside_the_orders_gives_them_its_columns() {
    let orders =
        b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n9,2024-01-31,5\n7,2024-02-03,1\n";
    let customers =
        "id,city,birth year\n7.0,Seoul,1990\n 8 ,Busan,1985\n0010,Jeju,1970\n8,Daegu,1985\n";
    let files: [(&str, &[u8]); 2] = [("orders.csv", orders), ("people.csv", customers.as_bytes())];
    let words = [
        "people.csv",
        "orders.csv",
        "--role",
        "customer=id",
        "--role",
        "customer=customer",
        "--only",
        "rfm",
        "--set",
        "customers.columns=[\"city\",\"birth year\"]",
        "--out",
        "OUT",
    ];
    let out = headless_of("joined", &files, &words).unwrap();
    let list = fs::read_to_string(out.join("customers.csv")).unwrap();
    let last_cells = |id: &str| {
        let row = list
            .lines()
            .find(|line| line.starts_with(&format!("{id},")));
        let cells: Vec<_> = row.unwrap().split(',').map(str::to_owned).collect();
        cells[cells.len() - 2..].join(",")
    };
    assert_eq!(last_cells("7"), "Seoul,1990");
    assert_eq!(last_cells("9"), ",");
    let joined = json(&out, "ledger.json")["joined"][0].clone();
    assert_eq!(joined["name"], "people.csv");
    let count = |key: &str| joined[key].as_u64().unwrap();
    assert_eq!(count("rows"), 4);
    assert_eq!(count("customers_matched"), 2);
    assert_eq!(count("customers_without_row"), 1);
    assert_eq!(count("customers_without_orders"), 1);
}

#[test]
fn a_log_of_events_counts_how_often_each_customer_did_what() {
    let orders =
        b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n9,2024-01-31,5\n7,2024-02-03,1\n";
    let log = b"customer id,event time,event name\n7,2024-01-01 10:00,visit\n7,2024-01-02 10:00,visit\n\
        7,2024-01-02 10:01,cart\n8,2024-01-05 09:00,visit\n5,2024-01-05 09:00,visit\n,2024-01-06 09:00,visit\n";
    let columns = "\"events\",\"events: visit\",\"events: cart\",\"days since last event\"";
    let (out, last_cells) = with_log("events", orders, log, columns, "2024-02-04");
    assert_eq!(last_cells("7"), "3,2,1,33");
    assert_eq!(last_cells("8"), "1,1,0,30");
    assert_eq!(last_cells("9"), "0,0,0,");
    let joined = json(&out, "ledger.json")["joined"][0].clone();
    assert_eq!(
        (&joined["kind"], &joined["rows"]),
        (&"events".into(), &6.into())
    );
    assert_eq!(joined["customers_without_orders"], 1);
    assert!(
        !joined["columns"]
            .as_array()
            .unwrap()
            .contains(&"events: other".into())
    );
    let (_, last_cells) = with_log("events-before", orders, log, columns, "2024-01-09");
    assert_eq!(last_cells("7"), "3,2,1,7");
    let (_, last_cells) = with_log("events-between", orders, log, columns, "2024-01-03");
    assert_eq!(last_cells("7"), "3,2,1,1");
}

#[test]
fn a_table_of_products_gives_columns_and_has_an_account_of_its_own() {
    let orders = b"customer,date,product,quantity,price\n7,2024-01-03,T1,2,5\n7,2024-01-04,C1,1,8\n8,2024-01-09,X,1,3\n";
    let products = "product,category,cost,tags\nT1,Tea,2,hot\nC1,Cups,5,\nT3,Tea,1,hot\n,Tea,1,\n";
    let files: [(&str, &[u8]); 2] = [("orders.csv", orders), ("goods.csv", products.as_bytes())];
    let words = [
        "goods.csv",
        "orders.csv",
        "--only",
        "rfm",
        "--set",
        "customers.columns=[\"main category\",\"margin\",\"share of tag: hot\"]",
        "--out",
        "OUT",
    ];
    let out = headless_of("products", &files, &words).unwrap();
    let list = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert_eq!(list[1][12..], ["Tea", "9", "0.5555555555555556"]);
    assert_eq!(list[2][12..], ["", "", "0"]);
    let joined = json(&out, "ledger.json")["joined"][0].clone();
    assert_eq!(joined["kind"], "products");
    let numbers = [
        "rows",
        "products_matched",
        "products_without_row",
        "products_without_orders",
    ];
    let numbers = numbers.map(|key| joined[key].as_u64().unwrap());
    assert_eq!(numbers, [4, 2, 1, 1]);
    let buckets = joined["buckets"].as_array().unwrap();
    let in_buckets: u64 = buckets.iter().map(|b| b["rows"].as_u64().unwrap()).sum();
    assert_eq!(in_buckets, 4);
    let unnamed = buckets.iter().find(|b| b["kind"] == "no_product").unwrap();
    assert_eq!(unnamed["rows"], 1);
    assert_eq!(joined["margin_from"], "cost");
}

#[test]
fn names_of_events_beyond_the_most_frequent_add_up_in_a_column_of_their_own() {
    let orders = b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n";
    let mut log =
        "customer id,event time,event name\n8,2024-01-01,kind 00\n8,2024-01-01,\n".to_owned();
    for kind in 0..15 {
        log.push_str(&format!("7,2024-01-01,kind {kind:02}\n").repeat(20 - kind));
    }
    let names = (0..12).map(|kind| format!("\"events: kind {kind:02}\""));
    let names: Vec<String> = ["\"events\"".to_owned(), "\"events: other\"".to_owned()]
        .into_iter()
        .chain(names)
        .collect();
    let names = names.join(",");
    let (_, last_cells) = with_log("events-other", orders, log.as_bytes(), &names, "2024-02-01");
    let numbers = |id: &str| {
        let cells = last_cells(id);
        let numbers = cells.split(',').map(|cell| cell.parse::<u32>().unwrap());
        numbers.collect::<Vec<u32>>()
    };
    // The file's columns stand in the order of the table: all, the twelve, the rest.
    for (id, n_other) in [("7", 8 + 7 + 6), ("8", 1)] {
        let numbers = numbers(id);
        assert_eq!(numbers[1..].iter().sum::<u32>(), numbers[0], "{id}");
        assert_eq!(numbers[13], n_other, "{id}");
    }
}

/// The run over orders and a log, and what stands in the last columns of a customer's row.
fn with_log(
    name: &str,
    orders: &[u8],
    log: &[u8],
    columns: &str,
    as_of: &str,
) -> (PathBuf, impl Fn(&str) -> String + use<>) {
    let files: [(&str, &[u8]); 2] = [("orders.csv", orders), ("log.csv", log)];
    let chosen = format!("customers.columns=[{columns}]");
    let words = [
        "log.csv",
        "orders.csv",
        "--only",
        "rfm",
        "--set",
        &chosen,
        "--as-of",
        as_of,
        "--out",
        "OUT",
    ];
    let out = headless_of(name, &files, &words).unwrap();
    let list = fs::read_to_string(out.join("customers.csv")).unwrap();
    let n_columns = columns.split(',').count();
    let last_cells = move |id: &str| {
        let mut rows = list.lines();
        let row = rows
            .find(|line| line.starts_with(&format!("{id},")))
            .unwrap();
        let cells: Vec<_> = row.split(',').collect();
        cells[cells.len() - n_columns..].join(",")
    };
    (out, last_cells)
}

#[test]
fn a_file_that_does_not_go_with_the_others_is_named() {
    let orders = b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n";
    let other = b"customer,date,total\n7,2024-02-03,10\n7,2024-02-09,20\n";
    let files: [(&str, &[u8]); 2] = [("a.csv", orders), ("b.csv", other)];
    let said = headless_of("stranger", &files, &["a.csv", "b.csv", "--out", "OUT"]).unwrap_err();
    assert!(said.starts_with("b.csv: "), "{said}");
    assert!(said.contains("not the 3 columns"), "{said}");
}

const ORDERS: &[u8] =
    b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n9,2024-01-31,5\n7,2024-02-03,1\n";

/// The last `n` cells of a customer's row in the list.
fn last_cells(out: &std::path::Path, id: &str, n: usize) -> String {
    let list = fs::read_to_string(out.join("customers.csv")).unwrap();
    let row = list
        .lines()
        .find(|line| line.starts_with(&format!("{id},")));
    let cells: Vec<_> = row.unwrap().split(',').map(str::to_owned).collect();
    cells[cells.len() - n..].join(",")
}

#[test]
fn a_role_said_of_no_file_is_that_of_the_files_that_have_such_a_column() {
    let people = b"member,city\n7,Seoul\n8,Busan\n9,Jeju\n";
    let files: [(&str, &[u8]); 2] = [("orders.csv", ORDERS), ("people.csv", people)];
    let run = |name: &str, role: &str| {
        let columns = "customers.columns=[\"city\"]";
        let words = [
            "orders.csv",
            "people.csv",
            "--kind",
            "people.csv=customers",
            "--role",
            role,
            "--only",
            "rfm",
            "--set",
            columns,
            "--out",
            "OUT",
        ];
        headless_of(name, &files, &words)
    };
    let out = run("role-everywhere", "customer=member").unwrap();
    assert_eq!(last_cells(&out, "8", 1), "Busan");
    let out = run("role-scoped", "people.csv:customer=member").unwrap();
    assert_eq!(last_cells(&out, "9", 1), "Jeju");
    let said = run("role-nowhere", "customer=nobody").unwrap_err();
    assert!(said.contains("is not in this file"), "{said}");
    let said = run("role-of-nothing", "weather.csv:customer=member").unwrap_err();
    assert!(said.contains("called weather.csv"), "{said}");
    let said = run("role-elsewhere", "people.csv:customer=date").unwrap_err();
    assert!(said.starts_with("people.csv: "), "{said}");
}

#[test]
fn a_file_is_what_the_command_line_says_it_is() {
    let log = b"who,what,at\n7,visit,2024-01-01\n7,cart,2024-01-02\n8,visit,2024-01-05\n";
    let files: [(&str, &[u8]); 2] = [("orders.csv", ORDERS), ("log.csv", log)];
    let columns = "customers.columns=[\"events\",\"events: visit\"]";
    let words = |kind: &'static str| {
        [
            "orders.csv",
            "log.csv",
            "--kind",
            kind,
            "--role",
            "log.csv:customer=who",
            "--role",
            "log.csv:category=what",
            "--only",
            "rfm",
            "--set",
            columns,
            "--out",
            "OUT",
        ]
    };
    let out = headless_of("kind", &files, &words("log.csv=events")).unwrap();
    assert_eq!(last_cells(&out, "7", 2), "2,1");
    let said = headless_of("kind-unused", &files, &words("log.csv=unused")).unwrap_err();
    assert!(said.contains("log.csv"), "{said}");
    let said = headless_of("kind-unknown", &files, &words("log.csv=weather")).unwrap_err();
    assert!(said.contains("no kind"), "{said}");
    let all_beside = [
        "orders.csv",
        "log.csv",
        "--kind",
        "log.csv=events",
        "--kind",
        "orders.csv=spend",
        "--out",
        "OUT",
    ];
    let said = headless_of("kind-no-lead", &files, &all_beside).unwrap_err();
    assert!(said.contains("One file has to be orders"), "{said}");
}

#[test]
fn two_months_of_a_log_are_one_table() {
    let log = |rows: &str| format!("customer id,event time,event name\n{rows}");
    let january = log("7,2024-01-01 10:00,visit\n8,2024-01-05 09:00,visit\n");
    let february = log("7,2024-02-01 10:00,visit\n5,2024-02-05 09:00,cart\n");
    let files: [(&str, &[u8]); 3] = [
        ("orders.csv", ORDERS),
        ("log-1.csv", january.as_bytes()),
        ("log-2.csv", february.as_bytes()),
    ];
    let columns = "customers.columns=[\"events\",\"events: visit\"]";
    let words = [
        "orders.csv",
        "log-2.csv",
        "log-1.csv",
        "--only",
        "rfm",
        "--set",
        columns,
        "--out",
        "OUT",
    ];
    let out = headless_of("two-logs", &files, &words).unwrap();
    assert_eq!(last_cells(&out, "7", 2), "2,2");
    let ledger = json(&out, "ledger.json");
    let joined = ledger["joined"].as_array().unwrap();
    assert_eq!(joined.len(), 1);
    assert_eq!(
        (&joined[0]["name"], &joined[0]["rows"]),
        (&"log-1.csv".into(), &4.into())
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_read() {
    let files: [(&str, &[u8]); 3] = [
        ("a.csv", b""),
        ("b.csv", ORDERS),
        ("c.csv", b"customer,date,amount\n"),
    ];
    let words = ["a.csv", "c.csv", "b.csv", "--only", "rfm", "--out", "OUT"];
    let (out, notes) = headless_with_notes("unreadable", &files, &words).unwrap();
    let starts: Vec<_> = notes.iter().map(|note| &note[..7]).collect();
    assert_eq!(starts, ["a.csv: ", "c.csv: "]);
    assert_eq!(
        json(&out, "ledger.json")["files"].as_array().unwrap().len(),
        1
    );
    let said = headless_of(
        "unreadable-all",
        &files,
        &["a.csv", "c.csv", "--out", "OUT"],
    );
    assert!(said.unwrap_err().starts_with("a.csv: "));
    let gone = ["b.csv", "gone.csv", "--only", "rfm", "--out", "OUT"];
    let said = headless_of("gone", &files, &gone).unwrap_err();
    assert_eq!(said, "gone.csv cannot be read.");
}

/// Text that begins as UTF-8 does and turns out to be CP949 behind what the preview sees.
fn late_korean(month: u8) -> Vec<u8> {
    let row = |n: u32| format!("c{},2024-{month:02}-{:02},{n},none\n", n % 50, 1 + n % 28);
    let rows: String = (0..60_000).map(row).collect();
    let text = format!("customer,date,amount,city\n{rows}c1,2024-{month:02}-28,7,서울\n");
    encoding_rs::EUC_KR.encode(&text).0.into_owned()
}

#[test]
fn of_several_files_each_is_read_in_its_own_encoding_though_it_shows_late() {
    let (january, february) = (late_korean(1), late_korean(2));
    let files: [(&str, &[u8]); 2] = [("1.csv", &january), ("2.csv", &february)];
    let words = ["1.csv", "2.csv", "--only", "rfm", "--out", "OUT"];
    let out = headless_of("late-korean", &files, &words).unwrap();
    let ledger = json(&out, "ledger.json");
    assert_eq!(ledger["files"].as_array().unwrap().len(), 2);
    assert_eq!(ledger["files"][1]["rows"], 60_001);
}

const LOG: &[u8] = b"who,what,at\n7,visit,2024-01-01\n7,cart,2024-01-02\n8,visit,2024-01-05\n";
const PEOPLE: &[u8] = b"member,city\n7,Seoul\n8,Busan\n9,Jeju\n";
const WEATHER: &[u8] = b"day,city\n2024-01-01,Seoul\n2024-01-02,Seoul\n";

/// The project of orders with a log, a table of customers and a file that is left aside, in a place of its own.
fn project_of_four(name: &str) -> (PathBuf, String) {
    let said = [
        "--kind",
        "log.csv=events",
        "--role",
        "log.csv:customer=who",
        "--kind",
        "weather.csv=unused",
        "--role",
        "people.csv:customer=member",
    ];
    let words: Vec<&str> = FOUR_WORDS.into_iter().chain(said).collect();
    let out = headless_of(name, &FOUR, &words).unwrap();
    let kept = out.with_file_name("kept.json");
    fs::copy(out.join("project.json"), &kept).unwrap();
    (out, kept.display().to_string())
}

const FOUR: [(&str, &[u8]); 4] = [
    ("orders.csv", ORDERS),
    ("log.csv", LOG),
    ("people.csv", PEOPLE),
    ("weather.csv", WEATHER),
];
const FOUR_WORDS: [&str; 6] = [
    "orders.csv",
    "log.csv",
    "people.csv",
    "weather.csv",
    "--out",
    "OUT",
];

#[test]
fn a_project_remembers_what_the_further_files_are() {
    let (out, kept) = project_of_four("remembered");
    let words: Vec<&str> = FOUR_WORDS.into_iter().chain(["--project", &kept]).collect();
    let again = headless_of("remembered-again", &FOUR, &words).unwrap();
    for name in ["project.json", "customers.csv", "ledger.json"] {
        let read = |folder: &PathBuf| fs::read(folder.join(name)).unwrap();
        assert!(read(&again) == read(&out), "{name}");
    }
    let project = json(&out, "project.json");
    let kinds: Vec<_> = project["further"].as_array().unwrap().iter().collect();
    let kinds: Vec<_> = kinds.iter().map(|file| file["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("events"), Some("customers"), None]);
}

#[test]
fn files_of_other_names_are_known_to_a_project_by_their_columns() {
    let (_, kept) = project_of_four("known-by-columns");
    let files: [(&str, &[u8]); 3] = [
        ("orders.csv", ORDERS),
        ("log-2.csv", LOG),
        ("p.csv", PEOPLE),
    ];
    let words = [
        "orders.csv",
        "log-2.csv",
        "p.csv",
        "--project",
        &kept,
        "--out",
        "OUT",
    ];
    let out = headless_of("known-by-columns-2", &files, &words).unwrap();
    let ledger = json(&out, "ledger.json");
    assert_eq!(ledger["joined"].as_array().unwrap().len(), 2);
}

#[test]
fn several_sheets_that_are_named_are_read_as_several_files() {
    let row = |cells: [&str; 3]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let table = |rows: &[[&str; 3]]| {
        let head = row(["customer", "date", "amount"]);
        let rows: String = rows.iter().map(|cells| row(*cells)).collect();
        format!("<table>{head}{rows}</table>")
    };
    let january = table(&[["a", "2024-01-03", "10"], ["b", "2024-01-09", "20"]]);
    let february = table(&[["a", "2024-02-03", "5"], ["c", "2024-02-04", "7"]]);
    let page = format!("<html><body>{january}{february}</body></html>");
    let words = ["--only", "rfm", "--out", "OUT", "book.xls"];
    let of = |name: &str, sheets: &[&'static str]| {
        let files: [(&str, &[u8]); 1] = [("book.xls", page.as_bytes())];
        let words = [&words[..], sheets].concat();
        headless_of(name, &files, &words)
    };
    let out = of("sheets-both", &["--sheet", "1", "--sheet", "2"]).unwrap();
    let ledger = json(&out, "ledger.json");
    let names = ledger["files"].as_array().unwrap().iter();
    let names: Vec<&str> = names.map(|file| file["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["book.xls · 1", "book.xls · 2"]);
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert_eq!(customers.len(), 1 + 3);
    let project = json(&out, "project.json");
    assert_eq!(project["further"][0]["sheet"], "2");
    let out = of("sheets-one", &["--sheet", "2"]).unwrap();
    let customers = rows(&fs::read(out.join("customers.csv")).unwrap());
    assert_eq!(customers.len(), 1 + 2);
    assert!(of("sheets-none", &["--sheet", "2", "--sheet", "3"]).is_err());
}

#[test]
fn a_table_whose_key_matches_nobody_is_told_of_with_what_to_do() {
    let orders = b"customer,date,amount\n7,2024-01-03,10\n8,2024-01-09,20\n9,2024-01-31,5\n";
    let people = b"id,city\na@x.kr,Seoul\nb@x.kr,Busan\nc@x.kr,Jeju\n";
    let goods = b"product,category\nred,pen\nblue,pen\ngreen,ink\n";
    let files: [(&str, &[u8]); 3] = [
        ("orders.csv", orders),
        ("people.csv", people),
        ("goods.csv", goods),
    ];
    let words = [
        "orders.csv",
        "people.csv",
        "goods.csv",
        "--kind",
        "people.csv=customers",
        "--kind",
        "goods.csv=products",
        "--role",
        "people.csv:customer=id",
        "--only",
        "rfm",
        "--out",
        "OUT",
    ];
    let (out, notes) = headless_with_notes("joined-to-nobody", &files, &words).unwrap();
    let ledger = json(&out, "ledger.json");
    assert_eq!(ledger["joined"].as_array().unwrap().len(), 2);
    for (name, said) in [
        ("people.csv", "None of its customers is in the orders"),
        ("goods.csv", "None of its products is in the orders"),
    ] {
        let note = notes.iter().find(|note| note.starts_with(name)).unwrap();
        assert!(
            note.contains(said) && note.contains("choose columns"),
            "{note}"
        );
    }
    assert_eq!(notes.len(), 2);

    let some = b"id,city\n7,Seoul\nb@x.kr,Busan\nc@x.kr,Jeju\n";
    let files: [(&str, &[u8]); 2] = [("orders.csv", orders), ("people.csv", some)];
    let words = ["orders.csv", "people.csv", "--only", "rfm", "--out", "OUT"];
    let (_, notes) = headless_with_notes("joined-to-one", &files, &words).unwrap();
    assert_eq!(notes, [""; 0]);
}

#[test]
fn a_list_of_customers_without_orders_is_said_to_lack_them() {
    let list = b"id,city,age\n1,Seoul,20\n2,Busan,30\n3,Seoul,40\n4,Jeju,50\n";
    let files: [(&str, &[u8]); 1] = [("people.csv", list)];
    let words = ["--customers", "people.csv", "--only", "rfm", "--out", "OUT"];
    let refused = headless_with_notes("people-alone", &files, &words).unwrap_err();
    assert!(refused.starts_with("rfm: "), "{refused}");
    let words = ["--customers", "people.csv", "--out", "OUT"];
    let (_, notes) = headless_with_notes("people-alone-usual", &files, &words).unwrap();
    assert!(
        notes[0].contains("drop the file of orders with it"),
        "{notes:?}"
    );

    let sums = b"id,orders,amount\n1,3,20\n2,5,30\n3,1,40\n4,1,50\n";
    let files: [(&str, &[u8]); 1] = [("sums.csv", sums)];
    let words = ["--customers", "sums.csv", "--out", "OUT"];
    let (_, notes) = headless_with_notes("sums-alone", &files, &words).unwrap();
    assert_eq!(notes, [""; 0]);
}
