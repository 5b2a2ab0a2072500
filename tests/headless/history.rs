//! The history of one customer, and the card that the page shows of it.

use std::fs;

use gyeol::analysis::one_customer::{Cause, Reason};
use gyeol::analysis::{AnalysisId, SegmentationId, Unwatched};
use gyeol::engine::Engine;
use gyeol::export::{Settings, What};

use crate::tools::*;

/// Somebody with several orders, by the saved list.
fn regular(list: &[u8]) -> Vec<String> {
    let mut customers = rows(list).split_off(1);
    customers.sort_by_key(|row| row[2].parse::<u32>().unwrap());
    customers.pop().unwrap()
}

#[test]
fn the_history_of_a_customer_has_the_bytes_of_the_page_and_adds_up_to_the_list() {
    let content = shop(true);
    let (mut engine, settings) = engine_with(&content, 4093);
    let list = made(&mut engine, &settings, What::all_customers());
    let regular = regular(&list.bytes);
    let customer = regular[0].clone();
    let words = ["IN", "--out", "OUT", "--history", &customer];
    let out = headless("history", &content, &words).unwrap();
    // The page may have looked at anything before.
    for id in AnalysisId::ALL {
        let _ = engine.analyze(settings.request(id), settings.as_of, &mut Unwatched);
    }
    let what = What::History {
        customer: customer.clone(),
    };
    let file = made(&mut engine, &settings, what);
    assert_eq!(file.name, "customer_history.csv");
    assert!(fs::read(out.join(&file.name)).unwrap() == file.bytes);

    let table = rows(&file.bytes);
    let of = |kind: &str| {
        let own = table.iter().filter(|row| row[1] == kind);
        own.cloned().collect::<Vec<_>>()
    };
    let orders = of("order");
    assert_eq!(orders.len().to_string(), regular[2]);
    let money = |row: &Vec<String>| row[6].parse::<f64>().unwrap();
    let spent: f64 = orders.iter().chain(&of("return")).map(money).sum();
    assert!((spent - regular[3].parse::<f64>().unwrap()).abs() < 1e-6);
    // Each order has the id of the file, and no two the same.
    let mut names: Vec<&String> = orders.iter().map(|row| &row[4]).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), orders.len());
    let text = String::from_utf8_lossy(&content);
    assert!(
        names
            .iter()
            .all(|name| !name.is_empty() && text.contains(name.as_str()))
    );
    for kind in ["rfm", "lifecycle"] {
        let spans = of(kind);
        assert_eq!(spans[0][9], Cause::First.key());
        assert_eq!(spans[0][2], orders[0][2]);
    }
    assert_eq!(
        of("rfm").last().unwrap()[7],
        regular[7],
        "the segment of the list"
    );
}

#[test]
fn a_card_says_why_for_each_segmentation_that_has_run() {
    let content = shop(false);
    let (mut engine, settings) = engine_with(&content, 4093);
    let list = made(&mut engine, &settings, What::all_customers());
    let regular = regular(&list.bytes);
    for id in [AnalysisId::Lifecycle, AnalysisId::Value, AnalysisId::Rhythm] {
        engine
            .analyze(settings.request(id), None, &mut Unwatched)
            .unwrap();
    }
    let card = engine.one_customer(&regular[0], &settings).unwrap();
    let told: Vec<SegmentationId> = card.places.iter().map(|placed| placed.of).collect();
    let expected = [
        SegmentationId::Rfm,
        SegmentationId::Clusters,
        SegmentationId::Lifecycle,
        SegmentationId::Value,
        SegmentationId::Rhythm,
    ];
    assert_eq!(told, expected);
    let is_told = |reason: &Reason| !matches!(reason, Reason::Untold | Reason::Clusters(None));
    assert!(card.places.iter().all(|placed| is_told(&placed.reason)));
    assert_eq!(card.n_orders.unwrap() as usize, card.past.orders.len());
    for history in &card.past.histories {
        let placed = card
            .places
            .iter()
            .find(|placed| placed.of == history.of)
            .unwrap();
        assert_eq!(history.spans.last().unwrap().label, placed.label);
    }
    assert!(engine.one_customer("nobody", &settings).is_none());
    let early = Settings {
        as_of: Some("1990-01-01".parse().unwrap()),
        ..settings
    };
    assert!(engine.one_customer(&regular[0], &early).is_none());
}

#[test]
fn a_card_tells_nothing_that_was_computed_by_other_settings() {
    let content = shop(false);
    let (mut engine, settings) = engine_with(&content, 4093);
    let list = made(&mut engine, &settings, What::all_customers());
    let customer = regular(&list.bytes)[0].clone();
    engine
        .analyze(
            settings.request(AnalysisId::Lifecycle),
            None,
            &mut Unwatched,
        )
        .unwrap();
    let told = |engine: &Engine, settings: &Settings| -> Vec<SegmentationId> {
        let card = engine.one_customer(&customer, settings).unwrap();
        let histories = card.past.histories.iter().map(|history| history.of);
        histories
            .chain(card.places.iter().map(|placed| placed.of))
            .collect()
    };
    use SegmentationId::{Clusters, Lifecycle, Rfm};
    let all = [Rfm, Lifecycle, Rfm, Clusters, Lifecycle];
    assert_eq!(told(&engine, &settings), all);
    let mut other = settings.clone();
    other.lifecycle.active_days = Some(7);
    assert_eq!(told(&engine, &other), [Rfm, Rfm, Clusters]);
    other.rfm.groups += 1;
    other.clusters.k += 1;
    assert_eq!(told(&engine, &other), []);
}

#[test]
fn orders_that_differ_in_nothing_but_their_ids_have_both_and_days_without_one_are_told_without() {
    let content = b"who,when,paid,order\n\
        a,2020-01-05,5,n2\na,2020-01-05,5,n1\na,2020-01-01,3,n3\na,2020-01-02,4,n3\n\
        a,2020-02-01,9,\nb,2020-02-02,1,n4\n";
    let roles = [
        "--role",
        "customer=who",
        "--role",
        "date=when",
        "--role",
        "amount=paid",
    ];
    let more = ["--role", "order=order", "--only", "rfm", "--history", "a"];
    let words: Vec<&str> = ["IN", "--out", "OUT"]
        .into_iter()
        .chain(roles)
        .chain(more)
        .collect();
    let out = headless("history-ids", content, &words).unwrap();
    let table = rows(&fs::read(out.join("customer_history.csv")).unwrap());
    let orders = table.iter().filter(|row| row[1] == "order");
    let told: Vec<[&str; 4]> = orders
        .map(|row| [row[2].as_str(), &row[4], &row[5], &row[6]])
        .collect();
    let expected = [
        ["2020-01-02", "n3", "2", "7"],
        ["2020-01-05", "n1", "1", "5"],
        ["2020-01-05", "n2", "1", "5"],
        ["2020-02-01", "", "1", "9"],
    ];
    assert_eq!(told, expected);
}

#[test]
fn somebody_who_is_not_in_the_file_is_a_sentence() {
    let words = [
        "IN",
        "--out",
        "OUT",
        "--only",
        "rfm",
        "--history",
        "nobody at all",
    ];
    let said = headless("history-nobody", &shop(false), &words).unwrap_err();
    assert!(said.contains("No customer has this id"), "{said}");
}
