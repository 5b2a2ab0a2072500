//! The words of the clusters view: its finding, the criteria, what scaling does.

use super::josa::{Josa, with_josa};
use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::cluster_counts::{self, Preferred, Verdict};
use crate::analysis::clusters::{
    ClusterSilhouette, Gap, Projection, Quality, Redundant, Report, SilhouetteBasis,
};
use crate::analysis::{Cleaned, Missing, Outliers, Scaling};

/// Pairs of features that are named one by one.
const MOST_PAIRS: usize = 3;

phrases! {
    clusters_map: "군집 지도", "Map of the clusters";
    clusters_map_by: "지도를 그리는 방법", "Map drawn by";
    clusters_map_held: "계속 쓰는 군집은 주성분으로만 그립니다.", "Clusters that are kept are drawn along components alone.";
    clusters_traits: "군집은 무엇이 다른가요?", "How do the clusters differ?";
    clusters_parallel: "군집을 값마다 나란히 보기", "The clusters feature by feature";
    clusters_parallel_how: "값마다 축을 하나씩 두고, 군집마다 중앙값을 굵은 선으로, 고객 절반이 드는 폭(사분위 범위)을 띠로 그렸습니다. 가는 선은 무작위로 뽑은 고객 120명 이하이고 누구인지는 표시하지 않습니다. 축은 모두 전체 평균에서 떨어진 표준편차이며, 4보다 먼 값은 끝에 그립니다. 띠가 겹치는 값에서는 군집이 뚜렷이 갈리지 않습니다.",
        "Each feature has an axis. A thick line joins the medians of a cluster, a band holds half of its customers (between the quartiles). Thin lines are at most 120 customers drawn at random; who they are is not shown. All axes are in standard deviations from the mean of all; what is beyond four is drawn at the end. Where bands overlap, that feature does not tell the clusters apart.";
    clusters_caption: "군집별 수치", "Clusters in numbers";
    clusters_in_numbers: "군집", "Clusters";
    clusters_how_many: "군집은 몇 개가 좋을까요?", "How many clusters?";
    clusters_counts_caption: "군집 수별 지표. 행을 누르면 그 수로 나눕니다.", "Measures by number of clusters. Press a row to use that number.";
    clusters_k: "군집 수", "Number of clusters";
    clusters_fewer: "하나 줄이기", "One fewer";
    clusters_more: "하나 늘리기", "One more";
    clusters_inertia: "관성", "Inertia";
    clusters_silhouette: "실루엣", "Silhouette";
    clusters_fit: "얼마나 잘 들어맞는가", "How well customers fit";
    clusters_fit_caption: "군집별 실루엣", "Silhouette by cluster";
    clusters_between: "두 군집의 경계", "Between two clusters";
    clusters_nearer_elsewhere: "다른 군집이 더 가까움", "Nearer to another";
    clusters_fit_how: "실루엣은 고객이 다른 군집보다 자기 군집에 얼마나 더 가까운지를 −1에서 1로 나타냅니다. 0.1보다 작으면 두 군집 사이에 있는 고객이고, 0보다 작으면 평균으로는 다른 군집이 더 가깝습니다. 고객이 20,000명을 넘으면 고르게 뽑은 고객만 잽니다. 고객별 값은 저장한 목록의 cluster_silhouette 열에 있습니다.",
        "The silhouette says how much nearer a customer is to its own cluster than to the next, −1 to 1. Below 0.1 a customer lies between two clusters; below 0 another cluster is nearer on average. Of more than 20,000 customers a sample is measured. Each customer’s value is in the saved list, column cluster_silhouette.";
    clusters_calinski: "Caliński-Harabasz", "Caliński-Harabasz";
    clusters_davies: "Davies-Bouldin", "Davies-Bouldin";
    clusters_smallest: "가장 작은 군집", "Smallest cluster";
    clusters_best: "이 지표가 추천하는 값", "suggested by this measure";
    clusters_gap: "갭 통계량", "Gap statistic";
    clusters_gap_error: "갭의 표준오차", "Standard error of the gap";
    clusters_strength: "예측 강도", "Prediction strength";
    clusters_features: "나누는 데 쓸 값", "Features";
    clusters_features_need_one: "하나 이상 골라야 합니다.", "At least one is needed.";
    clusters_scaling: "척도", "Scaling";
    clusters_missing: "값이 없는 고객", "Customers without a value";
    clusters_outliers: "아주 크거나 작은 값", "Values far from the others";
    clusters_restarts: "재시작 횟수", "Restarts";
    clusters_restarts_hint: "1에서 100까지. 가장 나은 결과를 씁니다.", "1 to 100. The best result is kept.";
    clusters_seed: "난수 시드", "Seed";
    clusters_seed_hint: "같은 시드는 같은 결과를 냅니다.", "The same seed gives the same result.";
    clusters_how: "고른 방법으로 군집 수마다 나누어 본 결과입니다. 관성은 척도를 맞춘 값에서 군집 가운데까지의 거리 제곱합, 실루엣은 자기 군집이 이웃 군집보다 얼마나 가까운지(-1에서 1), Caliński-Harabasz는 군집 사이와 안의 퍼짐의 비(클수록 좋음), Davies-Bouldin은 퍼짐과 간격의 비(작을수록 좋음)입니다. 엘보 지점은 관성 곡선이 처음과 끝을 잇는 직선에서 가장 아래로 떨어진 수입니다. 갭 통계량은 고르게 흩어진 고객보다 군집 안이 얼마나 더 좁은지(Tibshirani 등 2001)로, 하나라고도 답할 수 있습니다. 예측 강도는 절반의 군집이 나머지 절반도 함께 묶는지입니다. 행의 순서는 결과에 영향이 없습니다.",
        "The chosen method was run for each number of clusters. Inertia is the sum of squared distances of scaled values to the middle of their cluster; the silhouette says how much closer one's own cluster is than the next (−1 to 1); Caliński-Harabasz is between over within dispersion (higher is better); Davies-Bouldin is spread over separation (lower is better). The elbow is where inertia lies farthest below the straight line from its first to its last value. The gap statistic says how much tighter clusters are than among evenly spread customers (Tibshirani and others 2001), and can say “one”; prediction strength asks whether the clusters of one half put the other half together too. The order of rows has no effect.";
    clusters_map_how: "척도를 맞춘 값의 주성분 두 개로 그린 지도입니다. 가까이 있는 고객은 비슷한 고객이지만, 두 축이 설명하지 못한 차이는 보이지 않습니다.",
        "The first two principal components of the scaled values. Customers close together are alike; differences that the two axes do not explain cannot be seen.";
}

impl Words {
    /// The name of what a map is drawn by.
    pub const fn projection(self, by: Projection) -> &'static str {
        match by {
            Projection::Pca => self.pick("주성분 (PCA)", "Principal components (PCA)"),
            Projection::TSne => self.pick("이웃 관계 (t-SNE)", "Neighbours (t-SNE)"),
        }
    }

    /// What a map drawn by neighbours shows.
    pub fn clusters_neighbours(self, n_points: u64) -> String {
        let customers = self.customers(n_points);
        self.either(
            format!("{customers}을 서로 닮은 이웃끼리 모이게 놓았습니다. 멀리 떨어진 무리 사이의 거리와 방향, 무리의 크기에는 뜻이 없습니다."),
            format!("{customers}, placed so that those who are alike stand together. Directions, distances between groups far apart and their sizes mean nothing."),
        )
    }

    /// The sentence that opens the clusters view.
    pub fn clusters_finding(self, report: &Report) -> Option<String> {
        let clusters = report.segments.iter().take(report.quality.k);
        let largest = clusters.max_by_key(|cluster| cluster.n_customers)?;
        let (customers, k) = (self.customers(report.n_customers), report.quality.k);
        let name = self.label(&largest.label);
        let share = self.share(largest.customer_share);
        let n_noise = report.n_noise();
        if k == 1 {
            let (noise, inside) = (self.customers(n_noise), self.customers(largest.n_customers));
            return Some(self.either(
                format!("고객 {customers} 가운데 {inside}({share})이 한 군집에 모여 있고, {noise}은 어느 군집에도 들지 않습니다."),
                format!("{inside} of {customers} ({share}) {} close together as one cluster; {noise} {} in none.", Self::verb(largest.n_customers, "stands", "stand"), Self::verb(n_noise, "is", "are")),
            ));
        }
        if n_noise > 0 {
            let noise = self.share(n_noise as f64 / report.n_customers.max(1) as f64);
            let inside = self.customers(report.n_customers - n_noise);
            return Some(self.either(
                format!("고객 {customers} 가운데 {noise}는 어느 군집에도 들지 않고, {inside}이 {k}개 군집으로 나뉩니다. 가장 큰 군집은 {} 고객의 {share}입니다.", with_josa(&format!("‘{name}’"), Josa::By)),
                format!("{noise} of {customers} are in no cluster; the others fall into {k} clusters, of which the largest, {name}, holds {share} of all."),
            ));
        }
        Some(match self.language {
            Language::Ko => format!(
                "고객 {customers}이 {k}개 군집으로 나뉩니다. 가장 큰 군집은 {} 고객의 {share}입니다.",
                with_josa(&format!("‘{name}’"), Josa::By)
            ),
            Language::En => format!(
                "{customers} fall into {k} clusters; the largest, {name}, holds {share} of them."
            ),
        })
    }

    /// Who was left out of a clustering and what was changed before; `None` where nothing was.
    pub fn clusters_left_out(self, n_unclustered: u64, cleaned: Cleaned) -> Option<String> {
        let n_missing = n_unclustered.saturating_sub(cleaned.n_outlying);
        let customers = |n| self.customers(n);
        let sentence = |n: u64, ko: String, en: String| (n > 0).then(|| self.either(ko, en));
        let sentences = [
            sentence(
                n_missing,
                format!(
                    "{}은 고른 값 가운데 빈 것이 있거나 산 금액을 모두 돌려받아 군집에 넣지 않았습니다.",
                    customers(n_missing)
                ),
                format!(
                    "{} could not be clustered: a chosen feature is missing, or all money was given back.",
                    customers(n_missing)
                ),
            ),
            sentence(
                cleaned.n_outlying,
                format!(
                    "{}은 다른 고객과 너무 먼 값이 있어 군집에 넣지 않았습니다.",
                    customers(cleaned.n_outlying)
                ),
                format!(
                    "{} {} left out as outliers.",
                    customers(cleaned.n_outlying),
                    Self::verb(cleaned.n_outlying, "was", "were")
                ),
            ),
            sentence(
                cleaned.n_filled,
                format!("빈 값 {}개를 채웠습니다.", self.count(cleaned.n_filled)),
                format!("Missing values filled: {}.", self.count(cleaned.n_filled)),
            ),
            sentence(
                cleaned.n_winsorised,
                format!(
                    "값 {}개를 1%와 99% 안으로 당겼습니다.",
                    self.count(cleaned.n_winsorised)
                ),
                format!(
                    "Values drawn in to the 1st and 99th percentile: {}.",
                    self.count(cleaned.n_winsorised)
                ),
            ),
        ];
        let said: Vec<String> = sentences.into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// What becomes of a customer without a value.
    pub const fn missing(self, missing: Missing) -> &'static str {
        match missing {
            Missing::LeaveOut => self.pick("군집에 넣지 않기", "Leave out"),
            Missing::Median => self.pick("중앙값으로 채우기", "Fill with the median"),
            Missing::Zero => self.pick("0으로 채우기", "Fill with zero"),
        }
    }

    /// What becomes of values far from the others.
    pub const fn outliers(self, outliers: Outliers) -> &'static str {
        match outliers {
            Outliers::Keep => self.pick("그대로 두기", "Keep"),
            Outliers::Winsorise => self.pick(
                "1%와 99% 안으로 당기기 (윈저화)",
                "Winsorise at 1 % and 99 %",
            ),
            Outliers::LeaveOut => self.pick(
                "사분위 범위의 3배 밖이면 고객 빼기",
                "Leave out beyond 3 interquartile ranges",
            ),
        }
    }

    /// How much the map shows.
    pub fn clusters_explained(self, [first, second]: [f64; 2]) -> String {
        let (first, second, both) = (
            self.share(first),
            self.share(second),
            self.share(first + second),
        );
        match self.language {
            Language::Ko => {
                format!("두 축이 전체 차이의 {both}를 보여 줍니다(가로 {first}, 세로 {second}).")
            }
            Language::En => format!(
                "The two axes show {both} of all variance (horizontal {first}, vertical {second})."
            ),
        }
    }

    /// A criterion between -1 and a few, with three decimals so that a column lines up.
    pub fn clusters_criterion(self, value: Option<f64>) -> String {
        value.map_or_else(
            || self.needs_two_clusters().to_owned(),
            |value| format!("{value:.3}").replace('-', "−"),
        )
    }

    /// A criterion without bounds.
    pub fn clusters_dispersion(self, value: Option<f64>) -> String {
        value.map_or_else(
            || self.needs_two_clusters().to_owned(),
            |value| self.number(value),
        )
    }

    /// The mean silhouette with how it was computed.
    pub fn clusters_silhouette_of(self, quality: &Quality) -> String {
        let silhouette = self.clusters_criterion(quality.silhouette);
        let basis = self.clusters_silhouette_basis(quality.silhouette_basis);
        match quality.silhouette {
            Some(_) => format!("{silhouette} ({basis})"),
            None => silhouette,
        }
    }

    /// In place of a measure that compares clusters.
    pub const fn needs_two_clusters(self) -> &'static str {
        self.pick("군집이 둘 이상 있어야 합니다", "needs two clusters")
    }

    /// How many customers lie between clusters, and the cluster that holds together least.
    pub fn clusters_fit_finding(self, report: &Report) -> Option<String> {
        let fits = || report.silhouettes.iter().zip(&report.segments);
        let least = fits().min_by(|(one, _), (other, _)| one.mean.total_cmp(&other.mean));
        let name = self.label(&least?.1.label);
        let sum =
            |of: fn(&ClusterSilhouette) -> u64| report.silhouettes.iter().map(of).sum::<u64>();
        let (n_between, n_measured) = (sum(|fit| fit.n_between), sum(|fit| fit.n_measured));
        let share = self.share(n_between as f64 / n_measured.max(1) as f64);
        let measured = self.customers(n_measured);
        Some(self.either(
            format!("{measured} 가운데 {share}가 두 군집 사이에 있습니다. 가장 느슨한 군집은 ‘{name}’입니다."),
            format!("Of {measured} {share} lie between two clusters. {name} holds together least."),
        ))
    }

    /// A silhouette with how it was computed.
    pub fn clusters_silhouette_basis(self, basis: SilhouetteBasis) -> String {
        match basis {
            SilhouetteBasis::Exact => self.pick("정확한 값", "exact").to_owned(),
            SilhouetteBasis::Sample { n, half_width } => {
                let (n, half_width) = (self.count(n), self.decimal(half_width, 3));
                match self.language {
                    Language::Ko => format!("표본 {n}명, ±{half_width}"),
                    Language::En => format!("sample of {n}, ±{half_width}"),
                }
            }
        }
    }

    /// Which features say nearly the same, where any do; at most three pairs are named.
    pub fn clusters_redundant(self, redundant: &[Redundant]) -> Option<String> {
        let pair = |one: &Redundant| {
            let (first, second) = &one.features;
            let correlation = self.decimal(one.correlation, 2);
            let (first, second) = (self.feature(first), self.feature(second));
            format!("{first} · {second} (r = {correlation})")
        };
        let pairs: Vec<String> = redundant.iter().take(MOST_PAIRS).map(pair).collect();
        let (list, n) = (pairs.join(", "), self.count(redundant.len() as u64));
        (!redundant.is_empty()).then(|| {
            self.either(
                format!("거의 같은 것을 말하는 값의 짝이 {n}개 있습니다: {list}. 같은 것이 두 번 세어지므로 하나를 빼는 것이 좋습니다."),
                format!("Pairs of features that say nearly the same: {n}: {list}. They count twice; consider leaving one out."),
            )
        })
    }

    /// What the criteria say together, then what each of them picks.
    pub fn clusters_agreement(self, report: &cluster_counts::Report) -> String {
        let list = self.clusters_picks(&report.preferred);
        match (report.verdict, self.language) {
            (Some(Verdict::NoNaturalGroups), Language::Ko) => format!(
                "자연스러운 무리는 없어 보입니다. 나누더라도 고르게 퍼진 고객을 자른 것에 가깝습니다. 그래도 나눈다면 지표가 고른 수는 {list}입니다."
            ),
            (Some(Verdict::NoNaturalGroups), Language::En) => format!(
                "There seem to be no natural groups: any clusters are cuts through one cloud of customers. If you cut anyway, the measures pick: {list}."
            ),
            (Some(Verdict::Agree { k }), Language::Ko) => {
                format!("모든 지표가 군집 {k}개를 추천합니다.")
            }
            (Some(Verdict::Agree { k }), Language::En) => {
                format!("All measures suggest {k} clusters.")
            }
            (Some(Verdict::Most { k, n_for, n_of }), Language::Ko) => {
                format!("지표 {n_of}개 가운데 {n_for}개가 군집 {k}개를 추천합니다: {list}.")
            }
            (Some(Verdict::Most { k, n_for, n_of }), Language::En) => {
                format!("{n_for} of {n_of} measures suggest {k} clusters: {list}.")
            }
            (Some(Verdict::Disagree) | None, Language::Ko) => format!(
                "지표마다 추천하는 수가 다릅니다: {list}. 실제로 다르게 대할 수 있는 만큼만 나누는 것이 좋습니다."
            ),
            (Some(Verdict::Disagree) | None, Language::En) => format!(
                "The measures disagree: {list}. Choose as many clusters as you can treat differently."
            ),
        }
    }

    /// Each criterion with its number.
    pub(super) fn clusters_picks(self, preferred: &Preferred) -> String {
        let named = [
            (self.clusters_silhouette(), Some(preferred.silhouette)),
            (self.clusters_calinski(), Some(preferred.calinski_harabasz)),
            (self.clusters_davies(), Some(preferred.davies_bouldin)),
            (self.pick("엘보 지점", "the elbow"), preferred.knee),
            ("BIC", preferred.bic),
            (self.clusters_gap(), preferred.gap),
            (self.clusters_strength(), preferred.strength),
        ];
        let picks = named.iter();
        let picks = picks.filter_map(|(name, k)| k.map(|k| format!("{name} {k}")));
        picks.collect::<Vec<_>>().join(", ")
    }

    /// A gap with its standard error.
    pub fn gap_and_error(self, one: &Gap) -> String {
        let (gap, error) = (
            self.clusters_criterion(Some(one.gap)),
            self.clusters_criterion(Some(one.error)),
        );
        format!("{gap} ± {error}")
    }

    /// What each published rule makes of the gaps, and what gaps and strengths are of.
    pub fn clusters_gap_rules(self, report: &cluster_counts::Report) -> Option<String> {
        let basis = report.basis;
        let customers = self.customers(basis.n_used);
        let (references, splits) = (self.count(basis.n_references), self.count(basis.n_splits));
        let rules = report.gap_rules?;
        let (paper, first, first_se, global, global_se) = (
            rules.tibshirani,
            rules.first_max,
            rules.first_se_max,
            rules.global_max,
            rules.global_se_max,
        );
        Some(self.either(
            format!("갭 통계량의 답은 규칙에 따라 다릅니다(1은 무리 없음): Tibs2001SEmax {paper}, firstSEmax {first_se}, firstmax {first}, globalSEmax {global_se}, globalmax {global}. 고객 {customers}, 고르게 흩은 비교 자료 {references}벌, 예측 강도는 반으로 나누기 {splits}번의 결과입니다."),
            format!("The gap statistic’s answer depends on the rule (1 means no groups): Tibs2001SEmax {paper}, firstSEmax {first_se}, firstmax {first}, globalSEmax {global_se}, globalmax {global}. Taken from {customers} and {references} evenly spread references; prediction strength from {splits} splits into halves."),
        ))
    }

    /// Behind how many restarts each row stands.
    pub fn clusters_counts_restarts(self, restarts: usize) -> String {
        match self.language {
            Language::Ko => format!("행마다 {restarts}번 다시 시작한 결과입니다."),
            Language::En => format!("Each row is the best of {restarts} restarts."),
        }
    }

    /// The name of the button that uses a number of clusters.
    pub fn clusters_use_k(self, k: usize) -> String {
        match self.language {
            Language::Ko => format!("군집 {k}개 쓰기"),
            Language::En => format!("Use {k} clusters"),
        }
    }

    /// The name of a scaling.
    pub const fn scaling(self, scaling: Scaling) -> &'static str {
        match scaling {
            Scaling::None => self.pick("그대로", "As it is"),
            Scaling::Z => self.pick("표준화 (z)", "Standardised (z)"),
            Scaling::MinMax => self.pick("0에서 1 (최소-최대)", "0 to 1 (min-max)"),
            Scaling::Robust => self.pick("로버스트", "Robust"),
            Scaling::Log1p => self.pick("로그", "Logarithm"),
            Scaling::Log1pZ => self.pick("로그 후 표준화 (기본)", "Logarithm, then z (default)"),
        }
    }

    /// What a scaling does.
    pub const fn scaling_means(self, scaling: Scaling) -> &'static str {
        match scaling {
            Scaling::None => self.pick(
                "값을 그대로 씁니다. 단위가 큰 값이 결과를 좌우합니다.",
                "Values as they are. The feature with the largest unit decides.",
            ),
            Scaling::Z => self.pick(
                "평균을 빼고 표준편차로 나눕니다. 모든 값의 무게가 같아집니다.",
                "Less the mean, over the standard deviation. All features weigh the same.",
            ),
            Scaling::MinMax => self.pick(
                "가장 작은 값을 0, 가장 큰 값을 1로 맞춥니다. 극단값에 민감합니다.",
                "The smallest becomes 0, the largest 1. Sensitive to extremes.",
            ),
            Scaling::Robust => self.pick(
                "중앙값을 빼고 사분위 범위로 나눕니다. 극단값에 덜 흔들립니다.",
                "Less the median, over the interquartile range. Extremes matter less.",
            ),
            Scaling::Log1p => self.pick(
                "ln(1 + x)를 씁니다. 큰 값 사이의 차이를 줄입니다.",
                "ln(1 + x). Differences between large values shrink.",
            ),
            Scaling::Log1pZ => self.pick(
                "ln(1 + x)를 취한 뒤 표준화합니다. 꼬리가 긴 구매 자료에 알맞습니다.",
                "ln(1 + x), then z. Suits the long tails of purchases.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(verdict: Verdict, davies_bouldin: usize) -> String {
        let report = cluster_counts::Report {
            preferred: Preferred {
                silhouette: 4,
                calinski_harabasz: 4,
                davies_bouldin,
                gap: Some(1),
                ..Preferred::default()
            },
            verdict: Some(verdict),
            ..cluster_counts::Report::default()
        };
        Words::new(Language::En).clusters_agreement(&report)
    }

    #[test]
    fn criteria_that_agree_are_one_sentence_and_others_are_listed() {
        let all = agreement(Verdict::Agree { k: 4 }, 4);
        assert_eq!(all, "All measures suggest 4 clusters.");
        assert!(agreement(Verdict::Disagree, 2).contains("Davies-Bouldin 2, Gap statistic 1"));
        assert!(agreement(Verdict::NoNaturalGroups, 2).contains("no natural groups"));
    }

    #[test]
    fn features_that_say_the_same_are_told() {
        let words = Words::new(Language::En);
        assert_eq!(words.clusters_redundant(&[]), None);
        let pair = Redundant {
            features: ("frequency".into(), "visits".into()),
            correlation: -0.954,
        };
        let said = words.clusters_redundant(&[pair]).unwrap();
        assert!(said.contains("visits (r = −0.95)"), "{said}");
    }

    #[test]
    fn what_was_changed_before_is_told_and_nothing_where_nothing_was() {
        let words = Words::new(Language::En);
        assert_eq!(words.clusters_left_out(0, Cleaned::default()), None);
        let cleaned = Cleaned {
            n_filled: 3,
            n_winsorised: 0,
            n_outlying: 2,
        };
        assert_eq!(
            words.clusters_left_out(3, cleaned).unwrap(),
            "1 customer could not be clustered: a chosen feature is missing, or all money was given back. \
             2 customers were left out as outliers. Missing values filled: 3."
        );
    }

    #[test]
    fn a_sampled_silhouette_says_its_size_and_interval() {
        let basis = SilhouetteBasis::Sample {
            n: 5000,
            half_width: 0.0123,
        };
        let words = Words::new(Language::En);
        assert_eq!(
            words.clusters_silhouette_basis(basis),
            "sample of 5,000, ±0.012"
        );
    }
}
