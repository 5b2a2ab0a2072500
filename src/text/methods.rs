//! The words of the methods that make clusters: their names, what each is good for, their settings, what they found.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::clusters::{
    Consensus, Dendrogram, Density, Evolution, FEWEST_KEPT, Found, Goal, Likelihood, Linkage,
    Medoids, Method, Report, Value,
};

phrases! {
    search_quality: "무엇을 좋게 할까요?", "Make as good as possible";
    search_changes: "바꿔도 되는 것", "What may be changed";
    search_features: "변수를 빼기", "Leave features out";
    search_weights: "변수의 비중", "Weights of features";
    search_k: "군집 수", "Number of clusters";
    search_take: "찾은 구성을 k-평균으로 쓰기", "Use what was found with k-means";
    search_take_hint: "변수와 비중, 군집 수를 설정에 옮깁니다. 다음 파일에도 같은 기준으로 나눌 수 있습니다.", "Features, weights and number go into the settings, so that the next file is divided alike.";
    clusters_weights: "변수의 비중", "Weights of features";
    clusters_weights_hint: "크기를 맞춘 뒤에 곱합니다. 1은 그대로입니다.", "A factor after scaling; 1 leaves it as it is.";
    clusters_method: "방법", "Method";
    clusters_linkage: "묶음 사이의 거리", "Linkage";
    clusters_eps: "거리", "Reach";
    clusters_eps_hint: "척도를 맞춘 값에서 이만큼 안에 있으면 이웃입니다.", "Others this near, in scaled units, are neighbours.";
    clusters_min_points: "이웃 수", "Neighbours";
    clusters_min_points_hint: "자신을 포함해 이만큼 있어야 모인 곳입니다.", "So many, oneself included, make a crowd.";
    clusters_xi: "골짜기 깊이", "Depth of valleys";
    clusters_xi_hint: "0.001에서 0.999. 작을수록 군집이 많아집니다.", "0.001 to 0.999. Smaller finds more clusters.";
    clusters_min_size: "가장 작은 군집의 크기", "Smallest cluster allowed";
    clusters_min_size_hint: "더 작은 군집은 가장 가까운 군집에 합칩니다.", "Smaller ones join the nearest.";
    clusters_tree: "어떤 순서로 묶였나요?", "How were they joined?";
    clusters_tree_how: "가장 가까운 두 묶음을 하나로 합치기를 되풀이한 기록입니다. 높이는 합쳐진 두 묶음 사이의 거리이고, 점선 아래에 남은 묶음이 군집입니다. 점선을 지나는 긴 가지는 뚜렷한 군집을 뜻합니다.",
        "The two nearest groups became one, again and again. The height is how far apart they were; what hangs below the dashed line are the clusters. Long branches across the line mean clear clusters.";
    clusters_counts_found: "이 방법은 군집 수를 스스로 찾으므로 군집 수를 견주는 표가 없습니다.", "This method finds the number of clusters itself, so there is no table of numbers to choose from.";
    clusters_bic: "BIC(낮을수록 좋음)", "BIC (lower is better)";
    axis_merge: "합쳐질 때의 거리", "Distance when joined";
    head_clusters_left: "합친 뒤 묶음 수", "Groups left";
}

impl Words {
    /// The name of a method.
    pub const fn method(self, method: Method) -> &'static str {
        match method {
            Method::KMeans => self.pick("k-평균 (기본)", "k-means (default)"),
            Method::Hierarchical => self.pick("계층적 군집", "Hierarchical"),
            Method::GaussianMixture => self.pick("가우스 혼합", "Gaussian mixture"),
            Method::Dbscan => self.pick("밀도 (DBSCAN)", "Density (DBSCAN)"),
            Method::Optics => self.pick("밀도 순서 (OPTICS)", "Order of density (OPTICS)"),
            Method::KMedoids => self.pick("k-메도이드 (글 포함)", "k-medoids (texts too)"),
            Method::Genetic => self.pick("유전 알고리즘 탐색", "Genetic search"),
            Method::Consensus => self.pick("합의 (여러 방법)", "Consensus of several methods"),
        }
    }

    /// When to use a method.
    pub const fn method_use(self, method: Method) -> &'static str {
        match method {
            Method::KMeans => self.pick(
                "크기가 비슷한 둥근 군집을 빠르게 나눌 때 씁니다. 먼저 써 보기에 알맞습니다.",
                "For round groups of similar spread, quickly. A good first choice.",
            ),
            Method::Hierarchical => self.pick(
                "군집이 어떻게 더 작은 군집으로 갈라지는지 보고 싶을 때 씁니다. 5,000명이 넘으면 표본으로 나무를 만들고 나머지를 가까운 군집에 넣습니다.",
                "To see how groups part into smaller ones. Above 5,000 customers the tree is grown from a sample and the others join the nearest.",
            ),
            Method::GaussianMixture => self.pick(
                "군집이 길쭉하거나 겹칠 때 씁니다. 고객마다 군집에 속할 확률을 줍니다.",
                "For groups that are long or overlap. Gives each customer a probability.",
            ),
            Method::Dbscan => self.pick(
                "모양을 모르는 촘촘한 무리와 외딴 고객을 가려낼 때 씁니다. 거리를 직접 정합니다.",
                "For crowds of any shape, and to set strangers apart. You choose the reach.",
            ),
            Method::Optics => self.pick(
                "촘촘함이 서로 다른 무리가 섞여 있을 때 씁니다. 거리를 정하지 않아도 됩니다.",
                "For crowds of different density; no reach has to be chosen.",
            ),
            Method::KMedoids => self.pick(
                "지역이나 등급 같은 글을 숫자와 함께 쓸 때, 또는 대표 고객을 보고 싶을 때 씁니다.",
                "To use texts such as region or grade beside numbers, or to see a typical customer.",
            ),
            Method::Genetic => self.pick(
                "어떤 변수를 얼마나 크게 반영해 몇 개로 나누면 가장 뚜렷한지 찾아 줍니다. 고른 변수들 안에서 찾으므로, 후보를 넉넉히 골라 두세요.",
                "Finds which features, counted how much and into how many clusters, give the clearest ones. It looks among the chosen features, so choose plenty.",
            ),
            Method::Consensus => self.pick(
                "한 방법에 기대고 싶지 않을 때 씁니다. k-평균, 계층적 군집 둘(워드, 평균), 가우스 혼합이 함께 묶는 고객을 묶고, 얼마나 서로 맞는지 알려 줍니다.",
                "Not to rely on one method: groups those whom k-means, two trees (Ward, average) and a mixture put together, and says how far they agree.",
            ),
        }
    }

    /// The name of a linkage.
    pub const fn linkage(self, linkage: Linkage) -> &'static str {
        match linkage {
            Linkage::Ward => self.pick(
                "워드: 퍼짐이 가장 적게 늘도록",
                "Ward: least growth of spread",
            ),
            Linkage::Average => {
                self.pick("평균: 모든 짝의 평균 거리", "Average: mean of all pairs")
            }
            Linkage::Complete => self.pick("완전: 가장 먼 짝의 거리", "Complete: farthest pair"),
            Linkage::Single => self.pick("단일: 가장 가까운 짝의 거리", "Single: nearest pair"),
        }
    }

    /// What only the method in use can say of its result, and what became of clusters that were too small.
    pub fn clusters_found(self, report: &Report) -> Vec<String> {
        let mut said = match &report.found {
            Found::KMeans => Vec::new(),
            Found::Hierarchical(tree) => self.sampled(tree.n_sampled),
            Found::GaussianMixture(likelihood) => self.of_likelihood(likelihood),
            Found::Dbscan(density) | Found::Optics(density) => self.of_density(*density),
            Found::KMedoids(medoids) => self.of_medoids(report, medoids),
            Found::Genetic(evolution) => self.of_evolution(evolution),
            Found::Consensus(consensus) => self.of_consensus(consensus),
        };
        if report.quality.k == 1 {
            said.push(self.pick(
                "군집이 하나뿐이라, 모인 고객과 동떨어진 고객을 가를 뿐 모인 고객 사이의 차이는 말하지 않습니다. 실루엣처럼 군집을 서로 견주는 지표는 군집이 둘 이상 있어야 합니다.",
                "There is one cluster: this tells those in the crowd from those outside it, and nothing of differences within the crowd. Measures that compare clusters, like the silhouette, need two clusters.",
            ).to_owned());
        }
        said.extend(self.not_kept(report));
        if report.n_joined > 0 {
            let n = self.count(report.n_joined);
            said.push(self.either(
                format!("너무 작은 군집 {n}개를 가장 가까운 군집에 합쳤습니다."),
                format!("Clusters that were too small and joined the nearest: {n}."),
            ));
        }
        said
    }

    fn not_kept(self, report: &Report) -> Option<String> {
        let least = self.count(FEWEST_KEPT);
        report.is_too_small_to_keep().then(|| self.either(
            format!("고객이 {least}명보다 적은 군집이 있어, 프로젝트 파일에는 이 군집의 기준을 저장하지 않습니다. 한 사람의 값이 드러날 수 있기 때문입니다."),
            format!("A cluster has fewer than {least} customers, so a saved project does not keep what these clusters were made with: it could show the values of a single customer."),
        ))
    }

    fn of_evolution(self, found: &Evolution) -> Vec<String> {
        let goal = self.search_goal(found.goal);
        let after = found
            .generations
            .last()
            .map_or_else(String::new, |&value| self.significant(value));
        let tried = self.count(found.n_tried);
        let mut said = vec![match found.before {
            Some(before) => {
                let before = self.significant(before);
                self.either(
                    format!("{goal}: 탐색 전 {before}, 탐색 뒤 {after}. 서로 다른 군집 구성 {tried}가지를 견주었습니다."),
                    format!("{goal}: {before} before the search, {after} after it. {tried} different clusterings were tried."),
                )
            }
            None => self.either(
                format!("{goal}: 탐색 뒤 {after}. 탐색 전 구성은 최소 크기를 지키지 못했습니다. {tried}가지를 견주었습니다."),
                format!("{goal}: {after} after the search; what was there before broke the smallest size. {tried} different clusterings were tried."),
            ),
        }];
        let weight = |(name, weight): &(String, f64)| {
            format!("{} ×{}", self.feature_measure(name), self.number(*weight))
        };
        let weights: Vec<String> = found.weights.iter().map(weight).collect();
        let weights = weights.join(", ");
        said.push(self.either(
            format!("군집 {}개, 쓴 변수: {weights}.", found.k),
            format!("{} clusters of: {weights}.", found.k),
        ));
        if !found.left_out.is_empty() {
            let names = found.left_out.iter().map(|name| self.feature_measure(name));
            let names = names.collect::<Vec<_>>().join(", ");
            said.push(self.either(
                format!("뺀 변수: {names}. 변수가 적을수록 군집이 뚜렷해 보이기 쉬우니, 뺀 변수가 중요하다면 그대로 두고 다시 찾으세요."),
                format!("Left out: {names}. Fewer features make clusters look clearer; if one of these matters, keep all and search again."),
            ));
        }
        said.extend(self.sampled_search(found.n_sampled));
        said
    }

    fn sampled_search(self, n_sampled: Option<u64>) -> Option<String> {
        let n = self.count(n_sampled?);
        Some(self.either(
            format!("고객이 많아 {n}명의 표본으로 견준 뒤, 찾은 구성으로 모든 고객을 나누었습니다."),
            format!("There are many customers: clusterings were tried on a sample of {n}, and the best one was then made of all."),
        ))
    }

    /// The name of what a search makes as good as possible.
    pub const fn search_goal(self, goal: Goal) -> &'static str {
        match goal {
            Goal::Silhouette => self.pick("실루엣(높을수록 좋음)", "Silhouette (higher is better)"),
            Goal::CalinskiHarabasz => self.pick(
                "칼린스키-하라바스 지수(높을수록 좋음)",
                "Caliński-Harabasz index (higher is better)",
            ),
            Goal::DaviesBouldin => self.pick(
                "데이비스-볼딘 지수(낮을수록 좋음)",
                "Davies-Bouldin index (lower is better)",
            ),
            Goal::DistanceSum => self.pick(
                "중심까지 거리의 합(낮을수록 좋음)",
                "Sum of distances to the centre (lower is better)",
            ),
        }
    }

    fn sampled(self, n_sampled: Option<u64>) -> Vec<String> {
        let sentence = |n| {
            let n = self.count(n);
            self.either(
                format!("고객이 많아 {n}명의 표본으로 군집을 찾고, 나머지는 가장 가까운 군집에 넣었습니다."),
                format!("There are many customers: the clusters are those of a sample of {n}, and the others joined the nearest."),
            )
        };
        n_sampled.map(sentence).into_iter().collect()
    }

    fn of_consensus(self, found: &Consensus) -> Vec<String> {
        let agreement = found.agreement.iter().map(|one| {
            let linkage = one.linkage.map(|linkage| match (linkage, self.language) {
                (Linkage::Ward, Language::Ko) => "(워드)",
                (Linkage::Ward, Language::En) => " (Ward)",
                (_, Language::Ko) => "(평균)",
                (_, Language::En) => " (average)",
            });
            let name = match one.method {
                Method::KMeans => self.pick("k-평균", "k-means"),
                other => self.method(other),
            };
            let index = self.decimal(one.adjusted_rand, 2);
            format!("{name}{} {index}", linkage.unwrap_or_default())
        });
        let agreement = agreement.collect::<Vec<_>>().join(", ");
        let (within, between) = (self.share(found.within), self.share(found.between));
        let undecided = self.customers(found.n_undecided);
        let mut said = self.sampled(found.n_sampled);
        said.push(self.either(
            format!("같은 군집의 두 고객을 방법들의 {within}가 함께 묶고, 다른 군집의 두 고객은 {between}가 묶습니다. 방법들이 대부분 다른 곳에 둔 고객은 {undecided}입니다."),
            format!("Two customers of one cluster are put together by {within} of the methods, two of different ones by {between}. Most methods put {undecided} elsewhere."),
        ));
        said.push(self.either(
            format!("합의와 얼마나 같은가(조정 랜드 지수): {agreement}."),
            format!("How near each is to the consensus (adjusted Rand index): {agreement}."),
        ));
        said
    }

    fn of_likelihood(self, found: &Likelihood) -> Vec<String> {
        let (bic, likelihood) = (self.number(found.bic), self.number(found.log_likelihood));
        let unsure = self.customers(found.n_unsure);
        let mut said = vec![self.either(
            format!("BIC {bic}, 로그 가능도 {likelihood}. 가장 높은 확률이 80%에 못 미치는 고객은 {unsure}입니다."),
            format!("BIC {bic}, log-likelihood {likelihood}. The highest probability is below 80 % for {unsure}."),
        )];
        if found.n_regularised > 0 {
            let n = self.count(u64::from(found.n_regularised));
            said.push(self.either(
                format!("군집 {n}개는 어느 방향으로 퍼짐이 없어 분산에 0.000001을 더해 계산했습니다. 값이 거의 같은 고객이 많다는 뜻입니다."),
                format!("Clusters without any spread in some direction: {n}. Their variances are those of equal values plus 0.000001, so many customers are alike there."),
            ));
        }
        said
    }

    fn of_density(self, found: Density) -> Vec<String> {
        let noise = self.customers(found.n_noise);
        let mut said = vec![match found.n_noise {
            0 => self
                .pick(
                    "모든 고객이 군집에 들었습니다.",
                    "Everybody is in a cluster.",
                )
                .to_owned(),
            _ => self.either(
                format!("{noise}은 가까이에 비슷한 고객이 적어 어느 군집에도 들지 않았습니다."),
                format!(
                    "{noise} {} too few others nearby and {} in no cluster.",
                    Self::verb(found.n_noise, "has", "have"),
                    Self::verb(found.n_noise, "is", "are")
                ),
            ),
        }];
        said.extend(self.sampled(found.n_sampled));
        said
    }

    fn of_medoids(self, report: &Report, found: &Medoids) -> Vec<String> {
        let mean = self.decimal(found.mean_distance, 3);
        let mut said = vec![self.either(
            format!("대표 고객까지의 거리는 평균 {mean}입니다(0은 같음, 1은 모든 값이 다름)."),
            format!("The mean distance to the typical customer is {mean} (0 is equal, 1 differs in everything)."),
        )];
        for (profile, values) in report.segments.iter().zip(&found.medoids) {
            let values = report.params.features.iter().zip(values);
            // Words and levels that a customer does not have need no telling.
            let chosen = &report.params;
            let is_of = |feature: &str, column: &str| {
                let rest = feature.strip_prefix(column);
                rest.is_some_and(|rest| rest.starts_with(": "))
            };
            let is_lacking = |feature: &str, value: &Value| {
                let words = Some(&chosen.words.column).filter(|_| chosen.words.are_features());
                let mut columns = chosen.categories.keys().chain(words);
                *value == Value::Number(0.0) && columns.any(|column| is_of(feature, column))
            };
            let values = values.filter(|(feature, value)| !is_lacking(feature, value));
            let values: Vec<String> = values
                .map(|(feature, value)| self.value(feature, value))
                .collect();
            said.push(format!(
                "{}: {}",
                self.label(&profile.label),
                values.join(", ")
            ));
        }
        said.extend(self.sampled(found.n_sampled));
        said
    }

    fn value(self, feature: &str, value: &Value) -> String {
        let name = self.feature(feature);
        match value {
            Value::Number(number) => format!("{name} {}", self.number(*number)),
            Value::Text(text) if text.is_empty() => format!("{name} –"),
            Value::Text(text) => format!("{name} {text}"),
        }
    }

    /// What a merge of the tree is.
    pub(crate) fn tree_merge(self, height: f64, one: u64, other: u64) -> String {
        let (height, one, other) = (self.decimal(height, 2), self.count(one), self.count(other));
        self.either(
            format!("거리 {height}에서 고객 {one}명과 {other}명이 합쳐짐"),
            format!("{one} and {other} customers joined at {height}"),
        )
    }

    /// What the line across the tree is.
    pub(crate) fn tree_cut(self, k: usize) -> String {
        self.either(
            format!("여기서 자르면 군집 {k}개"),
            format!("Cut into {k} clusters"),
        )
    }

    /// What the points at the base of the tree are.
    pub(crate) fn tree_base(self, tree: &Dendrogram) -> String {
        let n = tree.leaves.len();
        match (self.language, tree.n_sampled) {
            (Language::Ko, None) => format!("점 하나는 고객 묶음 하나 (모두 {n}개)"),
            (Language::En, None) => format!("each point is a group of customers ({n} in all)"),
            (Language::Ko, Some(sampled)) => {
                format!(
                    "점 하나는 표본 {}명의 묶음 하나 (모두 {n}개)",
                    self.count(sampled)
                )
            }
            (Language::En, Some(sampled)) => {
                format!(
                    "each point is a group of the sample of {} ({n} in all)",
                    self.count(sampled)
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_told_and_its_absence_too() {
        let words = Words::new(Language::En);
        let found = |n_noise, n_sampled| {
            words.of_density(Density {
                n_clusters: 2,
                n_noise,
                n_core: None,
                n_sampled,
            })
        };
        assert_eq!(found(0, None), ["Everybody is in a cluster."]);
        let said = found(17, Some(10_000));
        assert_eq!(
            said[0],
            "17 customers have too few others nearby and are in no cluster."
        );
        assert!(said[1].contains("sample of 10,000"));
    }

    #[test]
    fn every_method_has_a_name_of_its_own_and_a_use() {
        for language in [Language::Ko, Language::En] {
            let words = Words::new(language);
            for method in Method::ALL {
                let same = Method::ALL
                    .into_iter()
                    .filter(|&other| words.method(other) == words.method(method));
                assert_eq!(same.count(), 1);
                assert!(words.method_use(method).len() > 20);
            }
        }
    }
}
