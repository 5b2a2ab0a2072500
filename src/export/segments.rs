//! All segments of all segmentations, one row each. `orders_are` says what `orders`, `average_order_value` and
//! `median_frequency` of the row count: `orders`, or `rows` for RFM segments of the `r-rfm` convention.
//! `segment` is the word (or number) that the customers' table has.

use super::File;
use super::customers::cluster_number;
use super::table::{Cell, Table};
use crate::analysis::SegmentationId;
use crate::analysis::profile::SegmentProfile;
use crate::text::{Language, Words};

const HEAD: [&str; 14] = [
    "segmentation",
    "segment",
    "customers",
    "orders",
    "revenue",
    "customer_share",
    "revenue_share",
    "average_order_value",
    "median_recency_days",
    "median_frequency",
    "median_monetary",
    "segment_name",
    "segment_name_ko",
    "orders_are",
];

/// The table of the segments of these segmentations; without money its columns are empty.
pub fn file<'a>(
    segmentations: impl IntoIterator<Item = (SegmentationId, &'a [SegmentProfile])>,
    has_money: bool,
) -> File {
    let mut table = Table::new(HEAD);
    for (id, profiles) in segmentations {
        for profile in profiles {
            write_row(&mut table, id, profile, has_money);
        }
    }
    table.file("segments.csv")
}

fn write_row(table: &mut Table, id: SegmentationId, profile: &SegmentProfile, has_money: bool) {
    let names = [Language::En, Language::Ko].map(|one| Words::new(one).label(&profile.label));
    let segment = cluster_number(&profile.label)
        .map_or_else(|| names[0].clone(), |number| number.to_string());
    let medians = profile.medians.as_ref();
    table.row([
        Cell::Text(id.key()),
        Cell::Text(&segment),
        Cell::number(Some(profile.n_customers)),
        Cell::number(Some(profile.n_orders)),
        Cell::number(has_money.then_some(profile.revenue)),
        Cell::number(Some(profile.customer_share)),
        Cell::number(has_money.then_some(profile.revenue_share)),
        Cell::number(profile.average_order_value),
        Cell::number(medians.map(|medians| medians.recency_days)),
        Cell::number(medians.map(|medians| medians.frequency)),
        Cell::number(
            medians
                .filter(|_| has_money)
                .map(|medians| medians.monetary),
        ),
        Cell::Text(&names[0]),
        Cell::Text(&names[1]),
        Cell::Text(profile.counted.key()),
    ]);
}
