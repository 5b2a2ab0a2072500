//! What several tests are made of: a small dataset, its reports, and previews without a file.

use gyeol::analysis::compare::Comparison;
use gyeol::analysis::one_customer::{self, Card};
use gyeol::analysis::{Report, Request, Unwatched, run};
use gyeol::data::{
    Choices, Column, ColumnKind, Dataset, Day, FileAccount, History, Ledger, Mapping, Money, Names,
    Orders, Preview, Returned,
};
use gyeol::export::Settings;
use gyeol::protocol::Imported;

/// Twelve customers; the one with number `i` has `i + 1` orders, the last on day `100 + 3 i`, each of 10 more.
pub(crate) fn dataset() -> Dataset {
    let mut customers = Names::default();
    let mut orders = Orders {
        starts: vec![0],
        ..Orders::default()
    };
    for customer in 0..12_u32 {
        customers.intern(format!("C{customer:02}").as_bytes());
        let mut running = 0;
        for order in 0..=customer {
            let amount = i64::from(customer + 1) * 10;
            running += i128::from(amount);
            orders
                .days
                .push(Day::from_number((100 + 3 * customer + order) as i32));
            orders.amounts.push(amount);
            orders.n_lines.push(1);
            orders.running_amounts.push(running);
            orders.running_lines.push(order + 1);
        }
        orders.starts.push(orders.days.len() as u32);
    }
    Dataset {
        customers,
        history: History::Orders(orders),
        attributes: Vec::new(),
        has_money: true,
        treated: gyeol::data::Treated::default(),
    }
}

/// What an engine that holds [`dataset`] answers.
pub(crate) fn report(request: Request) -> Report {
    let dataset = dataset();
    let as_of = dataset.default_as_of();
    run(&dataset, request, as_of, &mut Unwatched)
        .expect("the dataset has enough customers")
        .report
}

/// The card of a customer of [`dataset`]; `None` for who is none.
pub(crate) fn card(id: &str) -> Option<Card> {
    let dataset = dataset();
    let customer = dataset.customers.find(id.as_bytes())? as usize;
    one_customer::run(&dataset, &[], customer, dataset.default_as_of(), &[])
}

/// The head of a file with these columns.
pub(crate) fn preview(headers: &[&str]) -> Preview {
    let column = |header: &&str| Column {
        header: (*header).to_owned(),
        kind: ColumnKind::Text,
        n_filled: 1,
        n_numbers: 0,
        n_dates: 0,
        has_ambiguous_dates: false,
        date_order: None,
        date_numbers: None,
        days: None,
        n_distinct: 1,
        failures: Vec::new(),
        cancelled: Vec::new(),
    };
    Preview {
        file_name: "one.csv".to_owned(),
        n_bytes: 100,
        n_rows_seen: 1,
        n_bytes_seen: 1,
        n_mended: 0,
        is_whole_file: true,
        columns: headers.iter().map(column).collect(),
        rows: Vec::new(),
        customer_column: headers.first().map(|header| (*header).to_owned()),
        spend: None,
        events: None,
        products: None,
        order_totals: Vec::new(),
        guess: Mapping::default(),
    }
}

/// What an import came to.
pub(crate) fn imported(choices: Choices) -> Imported {
    let dataset = dataset();
    Imported {
        ledger: Ledger {
            files: vec![FileAccount {
                name: "one.csv".to_owned(),
                n_rows: 78,
                ..FileAccount::default()
            }],
            n_split_orders: 0,
            n_further_lines: 0,
            n_rounded: 0,
            n_rows: 78,
            money: Money::new(6500, 0),
            returns: Returned::default(),
            buckets: Vec::new(),
            choices,
        },
        joined: Vec::new(),
        spend: Vec::new(),
        n_customers: dataset.n_customers() as u64,
        n_emptied: 0,
        n_orders: Some(78),
        period: dataset.period(),
        default_as_of: dataset.default_as_of(),
        latest_days: dataset.latest_days(),
        has_money: true,
        has_history: true,
        columns: vec!["name".to_owned()],
        numeric_columns: Vec::new(),
        text_columns: Vec::new(),
        first_columns: Vec::new(),
        naming_columns: Vec::new(),
        categories: Vec::new(),
        has_margins: false,
    }
}

/// A cross table.
pub(crate) fn comparison() -> Comparison {
    Comparison {
        of: gyeol::analysis::compare::Params::default(),
        variation_of_information: 0.0,
        rows: Vec::new(),
        columns: Vec::new(),
        counts: Vec::new(),
        adjusted_rand: 0.5,
        differ: Vec::new(),
    }
}

/// Settings that differ from the default in the number of clusters, and in what is computed for every number.
pub(crate) fn settings_with_k(k: usize) -> Settings {
    let mut settings = Settings::default();
    settings.clusters.k = k;
    settings.clusters.seed = k as u64;
    settings
}

pub(crate) fn columns() -> gyeol::analysis::treatment::ColumnsReport {
    gyeol::analysis::treatment::ColumnsReport {
        survey: gyeol::data::Survey {
            n_rows: 78,
            n_blank: 0,
            columns: Vec::new(),
        },
        customer_columns: Vec::new(),
        n_customers: 3,
        n_set_aside: 0,
    }
}
