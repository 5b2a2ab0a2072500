//! What a column of numbers of an advertising table measures: something that can be added up, or a rate of two such.

use super::super::header_words::words_of;
use super::headers::{Headers, plain};

/// Longer names may stand anywhere in a header; shorter ones are a word of it.
const SHORT: usize = 6;

/// What a column of numbers measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Measure {
    /// Something that can be added up, by what it counts.
    Sum(&'static str),
    /// A rate: of one such over another, times a number; `None` where it is not known of which.
    Rate(Option<Parts>),
    /// Nothing that its name tells.
    Unknown,
}

/// The two parts of a rate, by what they count, and what it is times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Parts {
    pub(in super::super) over: &'static str,
    pub(in super::super) under: &'static str,
    pub(in super::super) times: u32,
}

/// What a cost counts as.
pub(in super::super) const COST: &str = "cost";

impl Headers {
    /// What a column with this header measures. That it is a rate goes before what it is a rate of.
    pub(in super::super) fn measure(&self, header: &str) -> Measure {
        let (words, plain) = (words_of(header), plain(header));
        let is_named = |name: &String| match name.is_ascii() && name.len() < SHORT {
            true => plain == *name || words.contains(name),
            false => plain.contains(name.as_str()),
        };
        let find = |kind: &str| {
            let mut sections = self.sections();
            sections.find_map(|(section, names)| {
                let rest = section.strip_prefix(kind)?;
                names.iter().any(is_named).then_some(rest.trim())
            })
        };
        if let Some(parts) = find("rate") {
            return Measure::Rate(parts_of(parts));
        }
        if header.contains('%') {
            return Measure::Rate(None);
        }
        if self.is_cost(&plain) {
            return Measure::Sum(COST);
        }
        find("sum").map_or(Measure::Unknown, Measure::Sum)
    }
}

/// `cost/impressions 1000`
fn parts_of(text: &'static str) -> Option<Parts> {
    let (over, under) = text.split_once('/')?;
    let (under, times) = match under.split_once(' ') {
        Some((under, times)) => (under, times.parse().ok()?),
        None => (under, 1),
    };
    Some(Parts { over, under, times })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(over: &'static str, under: &'static str, times: u32) -> Measure {
        Measure::Rate(Some(Parts { over, under, times }))
    }

    #[test]
    fn numbers_that_are_counted_are_told_from_rates() {
        let headers = Headers::read();
        for (header, expected) in [
            ("Impr.", Measure::Sum("impressions")),
            ("노출수", Measure::Sum("impressions")),
            ("클릭수", Measure::Sum("clicks")),
            ("Link clicks", Measure::Sum("clicks")),
            ("발송 건수", Measure::Sum("recipients")),
            ("응답수", Measure::Sum("responses")),
            ("전환수", Measure::Sum("conversions")),
            ("전환 매출액", Measure::Sum("value")),
            ("Conversion value", Measure::Sum("value")),
            ("광고비(VAT 포함)", Measure::Sum("cost")),
            ("CTR", rate("clicks", "impressions", 1)),
            ("클릭률(%)", rate("clicks", "impressions", 1)),
            ("클릭율", rate("clicks", "impressions", 1)),
            ("Avg. CPC", rate("cost", "clicks", 1)),
            ("Registrations", Measure::Unknown),
            ("평균 클릭 비용", Measure::Rate(None)),
            ("클릭 비용", Measure::Sum("cost")),
            ("클릭당 비용", rate("cost", "clicks", 1)),
            ("Cost per click", rate("cost", "clicks", 1)),
            ("CPM", rate("cost", "impressions", 1_000)),
            ("전환율", rate("conversions", "clicks", 1)),
            ("ROAS(%)", rate("value", "cost", 1)),
            ("Response rate", rate("responses", "recipients", 1)),
            ("노출 단가", Measure::Rate(None)),
            ("Impr. (Top) %", Measure::Rate(None)),
            ("Bounce rate", Measure::Rate(None)),
            ("Generated leads", Measure::Sum("conversions")),
            ("평균 순위", Measure::Rate(None)),
            ("Quality score", Measure::Unknown),
            ("예산", Measure::Unknown),
        ] {
            assert_eq!(headers.measure(header), expected, "{header}");
        }
    }
}
