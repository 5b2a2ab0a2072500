//! The made-up shop: an order file from nothing but a seed, in a Korean and an English variant.
//!
//! It goes through the same import as any file and has what such files have: returns, cancelled orders, guests,
//! blank and odd cells, an order line that stands twice. Shop, goods and customers are invented.
//! Invariant: the same bytes on every machine (logarithms by `libm`, no clock).

mod catalogue;
mod shop;

use crate::data::Day;
use catalogue::Catalogue;
use shop::{Line, Shop, State};

/// The order file as UTF-8 CSV, in Korean or English: about 20,000 orders over two years.
pub fn shop_csv(korean: bool) -> Vec<u8> {
    let catalogue = Catalogue::of(korean);
    let mut csv = Vec::with_capacity(5 << 20);
    push_row(&mut csv, &catalogue.headers.map(String::from));
    for line in Shop::open().lines() {
        push_row(&mut csv, &cells(&line, catalogue));
    }
    csv
}

fn cells(line: &Line, catalogue: &Catalogue) -> [String; 16] {
    let product = &catalogue.products[line.product];
    let customer = &line.customer;
    let price = i64::from(product.price);
    let discount = price * line.quantity.abs() * i64::from(line.discount_percent) / 100;
    let amount = if line.quantity < 0 {
        price * line.quantity + discount
    } else {
        price * line.quantity - discount
    };
    [
        format!("{:08}", line.order),
        if line.is_undated {
            String::new()
        } else {
            timestamp(line.day, line.minute, catalogue)
        },
        customer
            .id
            .map_or_else(String::new, |id| format!("M{id:05}")),
        product.name.to_owned(),
        catalogue.categories[product.category].to_owned(),
        line.quantity.to_string(),
        if line.is_price_asked {
            catalogue.price_on_request.to_owned()
        } else {
            money(price, catalogue)
        },
        money(discount, catalogue),
        if line.is_price_asked {
            catalogue.price_on_request.to_owned()
        } else {
            money(amount, catalogue)
        },
        catalogue.states[match line.state {
            State::Paid => 0,
            State::Cancelled => 1,
            State::Returned => 2,
        }]
        .to_owned(),
        customer
            .region
            .map_or("", |region| catalogue.regions[region])
            .to_owned(),
        customer
            .age_band
            .map_or("", |band| catalogue.age_bands[band])
            .to_owned(),
        catalogue.genders[customer.gender].to_owned(),
        catalogue.channels[line.channel].to_owned(),
        line.campaign
            .map_or("", |campaign| catalogue.campaigns[campaign])
            .to_owned(),
        if customer.consents { "Y" } else { "N" }.to_owned(),
    ]
}

/// Korean amounts are whole won with separators, as shop systems print them; English ones have cents.
fn money(units: i64, catalogue: &Catalogue) -> String {
    if !catalogue.is_korean {
        let sign = if units < 0 { "-" } else { "" };
        return format!("{sign}{}.{:02}", units.abs() / 100, units.abs() % 100);
    }
    let digits = units.abs().to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{}{grouped}", if units < 0 { "-" } else { "" })
}

fn timestamp(day: Day, minute: u32, catalogue: &Catalogue) -> String {
    let (hour, minute) = (minute / 60, minute % 60);
    if !catalogue.is_korean {
        return format!("{day} {hour:02}:{minute:02}");
    }
    let (year, month, date) = day.civil();
    let half = if hour < 12 { "오전" } else { "오후" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{year}. {month}. {date}. {half} {hour}:{minute:02}")
}

fn push_row(csv: &mut Vec<u8>, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            csv.push(b',');
        }
        if cell.contains([',', '"']) {
            csv.push(b'"');
            csv.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            csv.push(b'"');
        } else {
            csv.extend_from_slice(cell.as_bytes());
        }
    }
    csv.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn rows(korean: bool) -> Vec<csv::StringRecord> {
        let csv = shop_csv(korean);
        csv::Reader::from_reader(csv.as_slice())
            .into_records()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn the_same_seed_writes_the_same_bytes() {
        assert_eq!(shop_csv(true), shop_csv(true));
    }

    #[test]
    fn both_languages_tell_the_same_story() {
        let story = |korean| {
            rows(korean)
                .iter()
                .map(|row| (row[0].to_owned(), row[5].to_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(story(true), story(false));
    }

    #[test]
    fn it_has_about_twenty_thousand_orders_and_what_real_files_have() {
        let rows = rows(false);
        let orders: BTreeSet<&str> = rows.iter().map(|row| &row[0]).collect();
        let customers: BTreeSet<&str> = rows
            .iter()
            .map(|row| &row[2])
            .filter(|id| !id.is_empty())
            .collect();
        assert!(
            (18_000..22_000).contains(&orders.len()),
            "{} orders",
            orders.len()
        );
        assert!(
            (3_000..5_000).contains(&customers.len()),
            "{} customers",
            customers.len()
        );
        let share = |count: usize| count as f64 / rows.len() as f64;
        assert!((0.02..0.08).contains(&share(rows.iter().filter(|row| row[2].is_empty()).count())));
        assert!((0.01..0.05).contains(&share(
            rows.iter().filter(|row| row[5].starts_with('-')).count()
        )));
        assert!(rows.iter().any(|row| row[1].is_empty()));
        assert!(rows.iter().any(|row| &row[8] == "ask"));
    }

    #[test]
    fn won_are_written_with_separators_and_cents_with_a_point() {
        assert_eq!(money(-1_234_500, Catalogue::of(true)), "-1,234,500");
        assert_eq!(money(-1205, Catalogue::of(false)), "-12.05");
    }
}
