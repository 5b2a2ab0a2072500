//! What a picture says, as one sentence made from its report.
//!
//! Every finding is read off the report: nothing is computed here but a share of two of its numbers.

use super::josa::{Josa, with_josa};
use super::{Language, Words};
use crate::analysis::cluster_counts::Verdict;
use crate::analysis::clusters::Dendrogram;
use crate::analysis::profile::{Counted, SegmentProfile};
use crate::analysis::rfm::GridCell;
use crate::analysis::{cluster_counts, clusters, rfm};
use crate::data::Money;

impl Words {
    /// In place of a picture that has nothing to show.
    pub const fn no_picture(self) -> &'static str {
        self.pick(
            "이 기준일까지는 보여 줄 고객이 없습니다. 기준일을 뒤로 옮겨 보세요.",
            "There are no customers to show by this as-of date. Try a later one.",
        )
    }

    /// The cell of the R × F grid that most customers are in.
    pub fn grid_customers_finding(self, report: &rfm::Report) -> String {
        let Some(cell) = report.grid.iter().max_by_key(|cell| cell.n_customers) else {
            return self.no_picture().to_owned();
        };
        let share = self.share(ratio(cell.n_customers as f64, report.n_customers as f64));
        let (name, customers) = (cell_name(cell), self.customers(cell.n_customers));
        match self.language {
            Language::Ko => {
                format!("고객이 가장 많은 칸은 {name}입니다: {customers}, 전체의 {share}")
            }
            Language::En => format!("Most customers are in {name}: {customers}, {share} of all"),
        }
    }

    /// The cell of the R × F grid that makes most money.
    pub fn grid_revenue_finding(self, report: &rfm::Report) -> String {
        let Some(cell) = report.grid.iter().max_by_key(|cell| cell.revenue) else {
            return self.no_picture().to_owned();
        };
        let revenue = self.share(ratio(cell.revenue.to_f64(), report.revenue.to_f64()));
        let customers = self.share(ratio(cell.n_customers as f64, report.n_customers as f64));
        let name = cell_name(cell);
        match self.language {
            Language::Ko => format!("{name} 칸의 고객 {customers}가 매출의 {revenue}를 만듭니다"),
            Language::En => {
                format!("The {customers} of customers in {name} make {revenue} of revenue")
            }
        }
    }

    /// The cell of the R × F grid whose customers are worth most each.
    pub fn grid_mean_finding(self, report: &rfm::Report) -> String {
        let mean = |cell: &GridCell| ratio(cell.revenue.to_f64(), cell.n_customers as f64);
        let best = report
            .grid
            .iter()
            .max_by(|a, b| mean(a).total_cmp(&mean(b)));
        let Some(cell) = best else {
            return self.no_picture().to_owned();
        };
        let (name, amount) = (cell_name(cell), self.amount(mean(cell)));
        match self.language {
            Language::Ko => format!("고객당 매출이 가장 큰 칸은 {name}입니다: 평균 {amount}"),
            Language::En => format!("Customers in {name} are worth most: {amount} each on average"),
        }
    }

    /// The segment that makes most money beyond its share of customers, or where there is no money the largest one.
    pub fn bars_finding(self, segments: &[SegmentProfile]) -> String {
        let has_money = segments.iter().any(|segment| !segment.revenue.is_zero());
        let beyond = |segment: &SegmentProfile| match has_money {
            true => segment.revenue_share - segment.customer_share,
            false => segment.customer_share,
        };
        let Some(top) = segments
            .iter()
            .max_by(|one, other| {
                let size = (one.revenue, one.n_customers).cmp(&(other.revenue, other.n_customers));
                beyond(one).total_cmp(&beyond(other)).then(size)
            })
            .filter(|top| top.n_customers > 0)
        else {
            return self.no_picture().to_owned();
        };
        let name = self.label(&top.label);
        let customers = self.customers(top.n_customers);
        let (share, revenue) = (
            self.share(top.customer_share),
            self.share(top.revenue_share),
        );
        match (self.language, has_money) {
            (Language::Ko, true) => {
                format!("{name} {customers}({share})이 매출의 {revenue}를 만듭니다")
            }
            (Language::Ko, false) => {
                format!("가장 큰 세그먼트는 {name}입니다: {customers}, 전체의 {share}")
            }
            (Language::En, true) => {
                format!("{name}, {customers} ({share}), make {revenue} of revenue")
            }
            (Language::En, false) => {
                format!("The largest segment is {name}: {customers}, {share} of all")
            }
        }
    }

    /// How many customers have the best recency score.
    pub fn recency_finding(self, report: &rfm::Report) -> String {
        let (Some(cut), Some(count)) = (
            report.cuts.recency_days.first(),
            report.score_counts[0].last(),
        ) else {
            return self.rfm_no_cuts().to_owned();
        };
        let share = self.share(ratio(*count as f64, report.n_customers as f64));
        let days = self.days(report.params.convention.most_below(*cut).max(0.0));
        match self.language {
            Language::Ko => format!("고객의 {share}가 최근 {days} 안에 구매했습니다"),
            Language::En => format!("{share} of customers bought within the last {days}"),
        }
    }

    /// How many customers have the lowest frequency score.
    pub fn frequency_finding(self, report: &rfm::Report) -> String {
        let (Some(cut), Some(count)) = (
            report.cuts.frequency.first(),
            report.score_counts[1].first(),
        ) else {
            return self.rfm_no_cuts().to_owned();
        };
        let share = self.share(ratio(*count as f64, report.n_customers as f64));
        let counted = report.params.convention.counted();
        let most = report.params.convention.most_below(*cut);
        let what = match counted {
            Counted::Orders => self.pick("주문이", "placed "),
            Counted::Rows => self.pick("행이", ""),
        };
        let most = most.max(0.0) as u64;
        let orders = self.orders_or_rows(counted, most);
        match self.language {
            // Nobody has fewer than one.
            Language::Ko if most <= 1 => format!("고객의 {share}는 {what} {orders}뿐입니다"),
            Language::En if most <= 1 => {
                format!("{share} of customers have {what}{orders} and no more")
            }
            Language::Ko => format!("고객의 {share}는 {what} {orders} 이하입니다"),
            Language::En => format!("{share} of customers have {what}{orders} or fewer"),
        }
    }

    /// What the best fifth of customers makes.
    pub fn top_fifth_finding(self, report: &rfm::Report) -> String {
        let share = self.share(report.top_fifth_revenue_share);
        match self.language {
            Language::Ko => format!("금액이 있는 고객 가운데 상위 20%가 매출의 {share}를 만듭니다"),
            Language::En => format!("The top 20% of customers with any revenue make {share} of it"),
        }
    }

    /// The sizeable segment (2 % of customers or more) of most value by its medians: where it lies in the scatter plot.
    pub fn scatter_finding(self, report: &rfm::Report) -> String {
        let value = |segment: &&SegmentProfile| {
            segment.medians.map_or(f64::MIN, |medians| medians.monetary)
        };
        // A handful of customers is no finding.
        let is_sizeable = |segment: &&SegmentProfile| segment.customer_share >= 0.02;
        let best = report
            .segments
            .iter()
            .filter(is_sizeable)
            .max_by(|a, b| value(a).total_cmp(&value(b)));
        let Some((best, medians)) = best.and_then(|best| Some((best, best.medians?))) else {
            return self.no_picture().to_owned();
        };
        let (name, days) = (self.label(&best.label), self.days(medians.recency_days));
        if !report.has_money {
            let customers = self.customers(report.n_customers);
            return match self.language {
                Language::Ko => format!("고객 {customers}의 최근성과 구매 횟수"),
                Language::En => format!("Recency and orders of {customers}"),
            };
        }
        let spent = self.amount(medians.monetary);
        match self.language {
            Language::Ko => format!(
                "고객당 금액은 {} 가장 큽니다: 중앙값 {spent}, 마지막 구매 {days} 전",
                with_josa(&name, Josa::Subject)
            ),
            Language::En => {
                format!("{name} spend most: a median of {spent}, last order {days} ago")
            }
        }
    }

    /// How clearly the clusters part, and how much of it the map can show.
    pub fn map_finding(self, report: &clusters::Report) -> String {
        let shown = self.share(report.map.explained[0] + report.map.explained[1]);
        let k = report.quality.k;
        let Some(value) = report.silhouette else {
            return match k {
                0 | 1 => self.one_cluster_finding(report.n_noise()),
                _ => self.either(
                    format!("군집 {k}개입니다. 이 지도는 차이의 {shown}를 보여 줍니다"),
                    format!("{k} clusters; the map shows {shown} of the variance"),
                ),
            };
        };
        let silhouette = self.decimal(value, 2);
        let parted = match value {
            0.5.. => self.pick("뚜렷하게", "clearly"),
            0.25..0.5 => self.pick("어느 정도", "moderately"),
            _ => self.pick("약하게", "weakly"),
        };
        if report.map.by == clusters::Projection::TSne {
            return self.either(
                format!("군집 {k}개가 {parted} 나뉩니다(실루엣 {silhouette}). 닮은 고객끼리 모여 있습니다"),
                format!("{k} clusters, {parted} separated (silhouette {silhouette}); customers who are alike stand together"),
            );
        }
        match self.language {
            Language::Ko => format!(
                "군집 {k}개가 {parted} 나뉩니다(실루엣 {silhouette}). 이 지도는 차이의 {shown}를 보여 줍니다"
            ),
            Language::En => format!(
                "{k} clusters, {parted} separated (silhouette {silhouette}); the map shows {shown} of the variance"
            ),
        }
    }

    /// What a map of one cluster shows.
    fn one_cluster_finding(self, n_noise: u64) -> String {
        let noise = self.customers(n_noise);
        self.either(
            format!("한 군집이 있고, {noise}은 그 밖에 있습니다"),
            format!("One cluster, and {noise} outside it"),
        )
    }

    /// The strongest difference between a cluster and all customers.
    pub fn traits_finding(self, report: &clusters::Report) -> String {
        let strength =
            |profile: &&SegmentProfile| profile.traits.first().map_or(0.0, |own| own.z.abs());
        let strongest = report
            .segments
            .iter()
            .max_by(|a, b| strength(a).total_cmp(&strength(b)));
        match strongest.and_then(|profile| Some((profile, profile.traits.first()?))) {
            Some((profile, own)) => {
                format!(
                    "{}: {}",
                    self.label(&profile.label),
                    self.trait_sentence(own, profile.counted)
                )
            }
            None => self
                .pick(
                    "군집 사이에 뚜렷한 차이가 없습니다",
                    "The clusters hardly differ",
                )
                .to_owned(),
        }
    }

    /// The feature along which the medians of the clusters lie farthest apart.
    pub fn parallel_finding(self, report: &clusters::Report) -> String {
        let spread = |feature: usize| {
            let medians = report.parallel.quartiles.iter();
            let medians = medians.filter_map(|own| Some(own.get(feature)?[1]));
            medians.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), z| {
                (low.min(z), high.max(z))
            })
        };
        let apart = |feature: &usize| {
            let (low, high) = spread(*feature);
            high - low
        };
        let features = 0..report.numbers().len();
        let widest = features.reduce(|best, other| {
            if apart(&other) > apart(&best) {
                other
            } else {
                best
            }
        });
        let Some(widest) = widest.filter(|widest| apart(widest) > 0.0) else {
            return self.traits_finding(report);
        };
        let name = self.feature_measure(&report.numbers()[widest]);
        let (low, high) = spread(widest);
        let (low, high) = (self.signed(low), self.signed(high));
        self.either(
            format!("군집이 가장 크게 갈리는 값은 {name}입니다: 중앙값 {low}에서 {high} 표준편차"),
            format!(
                "The clusters part most by {name}: medians from {low} to {high} standard deviations"
            ),
        )
    }

    /// A median with its quartiles, in standard deviations.
    pub(crate) fn parallel_quartiles(self, quartiles: [f64; 3]) -> String {
        let [lower, median, upper] = quartiles.map(|z| self.signed(z));
        self.either(
            format!("중앙값 {median}, 절반이 {lower}에서 {upper} 사이"),
            format!("median {median}, half of them from {lower} to {upper}"),
        )
    }

    /// Where the tree of merges is cut, and where its widest gap is.
    pub fn tree_finding(self, report: &clusters::Report, tree: &Dendrogram) -> String {
        let k = report.params.k;
        let Some(height) = tree.cut(k) else {
            return self.tree_cut(k);
        };
        let height = self.decimal(height, 2);
        match (tree.widest_gap().unwrap_or(k), self.language) {
            (widest, Language::Ko) if widest == k => {
                format!("거리 {height}에서 자르면 군집 {k}개이고, 가지가 가장 길게 비는 곳입니다")
            }
            (widest, Language::Ko) => format!(
                "거리 {height}에서 자르면 군집 {k}개입니다. 가지가 가장 길게 비는 곳은 {widest}개일 때입니다"
            ),
            (widest, Language::En) if widest == k => {
                format!("Cut at {height} into {k} clusters, across the widest gap")
            }
            (widest, Language::En) => {
                format!("Cut at {height} into {k} clusters; the widest gap leaves {widest}")
            }
        }
    }

    /// Which number of clusters the criteria prefer, and whether they agree.
    pub fn counts_finding(self, report: &cluster_counts::Report) -> String {
        if report.verdict == Some(Verdict::NoNaturalGroups) {
            let none = self.pick(
                "자연스러운 무리는 없어 보입니다",
                "There seem to be no natural groups",
            );
            return none.to_owned();
        }
        let n_of = report.preferred.votes().len();
        match (report.verdict, self.language) {
            (Some(Verdict::Agree { k }), Language::Ko) => {
                format!("지표 {n_of}개가 모두 군집 {k}개를 추천합니다")
            }
            (Some(Verdict::Agree { k }), Language::En) => {
                format!("All {n_of} measures suggest {k} clusters")
            }
            (Some(Verdict::Most { k, n_for, n_of }), Language::Ko) => {
                format!("지표 {n_of}개 가운데 {n_for}개가 군집 {k}개를 추천합니다")
            }
            (Some(Verdict::Most { k, n_for, n_of }), Language::En) => {
                format!("{n_for} of {n_of} measures suggest {k} clusters")
            }
            _ => {
                let picks = self.clusters_picks(&report.preferred);
                self.either(
                    format!("지표마다 추천이 다릅니다: {picks}"),
                    format!("The measures disagree: {picks}"),
                )
            }
        }
    }
}

/// A cell by its scores: `R5·F5`.
fn cell_name(cell: &GridCell) -> String {
    format!("R{}·F{}", cell.r, cell.f)
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// A share of two amounts; 0 where there is nothing.
pub(crate) fn share_of(part: Money, whole: Money) -> f64 {
    ratio(part.to_f64(), whole.to_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cluster_counts::Preferred;

    fn counts(verdict: Verdict) -> String {
        let report = cluster_counts::Report {
            preferred: Preferred {
                silhouette: 4,
                calinski_harabasz: 4,
                davies_bouldin: 4,
                knee: Some(5),
                gap: Some(1),
                strength: Some(2),
                bic: None,
            },
            verdict: Some(verdict),
            ..cluster_counts::Report::default()
        };
        Words::new(Language::En).counts_finding(&report)
    }

    #[test]
    fn as_many_criteria_are_spoken_of_as_are_shown() {
        let most = Verdict::Most {
            k: 4,
            n_for: 4,
            n_of: 6,
        };
        assert_eq!(counts(most), "4 of 6 measures suggest 4 clusters");
        let all = counts(Verdict::Agree { k: 4 });
        assert_eq!(all, "All 6 measures suggest 4 clusters");
        let apart = counts(Verdict::Disagree);
        assert!(apart.starts_with("The measures disagree: Silhouette 4"));
        assert!(apart.ends_with("Prediction strength 2"), "{apart}");
    }

    #[test]
    fn nothing_to_show_is_a_sentence() {
        assert!(
            Words::new(Language::Ko)
                .bars_finding(&[])
                .contains("고객이 없습니다")
        );
    }
}
