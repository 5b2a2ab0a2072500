//! Lists for a mail tool and an ad platform: the same bytes by the command line and by the page's engine.

use std::fmt::Write;
use std::fs;

use gyeol::analysis::customers::{Filter, Query, Sort};
use gyeol::data::Contact;
use gyeol::export::{self, Purpose, Settings, What};

use crate::tools::*;

/// Forty customers with two orders: a tenth without an address, two with one that others have, a half who agreed.
fn people() -> String {
    let mut text = "customer_id,order_date,amount,수신동의,이메일,이름\n".to_owned();
    for row in 0..80 {
        let (customer, month) = (row % 40, 1 + row / 40);
        let email = match customer {
            0 | 10 | 20 | 30 => "-".to_owned(),
            38 | 39 => format!("C{}@Shop.kr", customer - 37),
            _ => format!("c{customer}@shop.kr"),
        };
        let agreed = if customer % 2 == 0 { "Y" } else { "N" };
        let (day, amount) = (1 + customer % 28, 10 + customer);
        writeln!(
            text,
            "C{customer:02},2024-{month:02}-{day:02},{amount},{agreed},{email},사람 {customer}"
        )
        .unwrap();
    }
    text
}

#[test]
fn lists_for_tools_are_the_same_by_command_line_and_page_and_are_counted_as_they_are_saved() {
    let content = people().into_bytes();
    for (purpose, filter, name, expected) in [
        (Purpose::Ads, "{}", "customers-ads.csv", (34, 4, 2)),
        (
            Purpose::Mail,
            "{\"agreed\":true}",
            "customers-agreed-mail.csv",
            (16, 4, 0),
        ),
    ] {
        let words = [
            "IN",
            "--out",
            "OUT",
            "--filter",
            filter,
            "--list",
            purpose.key(),
        ];
        let out = headless(purpose.key(), &content, &words).unwrap();
        let written = fs::read(out.join(name)).unwrap();
        let (mut engine, settings) = engine_with(&content, 1 << 16);
        let project = fs::read(out.join("project.json")).unwrap();
        let settings = Settings {
            mapping: settings.mapping,
            ..export::project::read(&project).unwrap()
        };
        let filter: Filter = serde_json::from_str(filter).unwrap();
        let what = What::Contacts {
            filter: filter.clone(),
            purpose,
        };
        let file = made(&mut engine, &settings, what);
        assert_eq!(file.name, name);
        assert!(file.bytes == written, "{name} differs");
        let query = Query {
            filter,
            sort: Sort::Customer,
            descending: false,
            offset: 0,
            limit: 1,
            reached_by: Some(Contact::Phone),
        };
        let reach = engine.list(&query, &settings).unwrap().reach;
        let counts = reach.reachable.unwrap();
        let found = (counts.n_left, counts.n_without, counts.n_repeated);
        assert_eq!(found, expected, "{name}");
        assert_eq!(rows(&written).len() as u64, counts.n_left + 1);
    }
    let words = ["IN", "--out", "OUT", "--list", "letter"];
    assert!(headless("letter", &content, &words).is_err());
}
