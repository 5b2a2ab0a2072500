//! The words of clusters that are made of words: the settings, what was found, and each cluster's own words.

use super::Words;
use super::phrases::phrases;
use crate::analysis::Rule;
use crate::analysis::clusters::{ClusterWord, FoundWords};

phrases! {
    clusters_words_column: "낱말을 뽑을 열", "Column of words";
    clusters_words_none: "쓰지 않음", "None";
    clusters_words_hint: "산 상품 이름이나 태그, 설문 답처럼 짧은 글이 담긴 열을 고르면, 고객마다 낱말의 비중(tf-idf)을 변수로 씁니다.",
        "Choose a column of short texts, such as the names of products, tags or answers: how much each word weighs for a customer (tf-idf) becomes a feature.";
    clusters_min_customers: "낱말마다 적어도 몇 명?", "Fewest customers of a word";
    clusters_max_words: "쓸 낱말 수", "How many words";
    clusters_words_alone: "낱말만으로 나누기", "Words alone";
    clusters_words: "어떤 낱말이 두드러지나요?", "Which words stand out?";
    clusters_words_caption: "군집마다 두드러진 낱말과 그 낱말이 있는 고객의 비율", "Words that stand out in each cluster, with the share of customers who have them";
    clusters_words_of: "낱말", "Words";
    clusters_words_how: "낱말의 비중은 그 고객의 글에 나온 횟수에 드문 정도를 곱하고, 고객마다 벡터의 길이가 1이 되게 맞춘 값입니다. 두드러진 낱말은 군집의 평균 비중이 전체 평균보다 가장 큰 것부터 다섯 개까지입니다. 조사나 어미는 떼지 않습니다.",
        "A word weighs how often it stands in a customer's texts times how rare it is, scaled so that each customer's weights have the length 1. Those that stand out have a mean weight in the cluster farthest above that of all customers, five at most. Endings of words are kept.";
}

impl Words {
    /// What of the texts was used.
    pub fn clusters_words_found(self, found: &FoundWords) -> String {
        let (texts, all) = (self.customers(found.n_with_text), self.count(found.n_words));
        let kept = self.count(found.kept.len() as u64);
        let used = self.either(
            format!("글이 있는 {texts}의 낱말 {all}가지 가운데 {kept}가지를 썼습니다."),
            format!(
                "{kept} of {all} different words of {texts} with a text {} used.",
                Self::verb(found.kept.len() as u64, "is", "are")
            ),
        );
        if found.n_without == 0 {
            return used;
        }
        let without = self.customers(found.n_without);
        self.either(
            format!("{used} {without}에게는 그 낱말이 하나도 없습니다."),
            format!(
                "{used} {without} {} none of them.",
                Self::verb(found.n_without, "has", "have")
            ),
        )
    }

    /// The words of a cluster, each with its share.
    pub fn clusters_words_told(self, found: &FoundWords, own: &[ClusterWord]) -> String {
        let told = own.iter().filter_map(|one| {
            let word = &found.kept.get(one.word)?.word;
            Some(self.with_shares(word, one.share, one.share_of_all))
        });
        let told = told.collect::<Vec<_>>().join(", ");
        match told.is_empty() {
            true => self
                .pick("두드러진 낱말 없음", "none stands out")
                .to_owned(),
            false => told,
        }
    }

    /// A word or a level with the share of those who have it, and that of all.
    pub(super) fn with_shares(self, name: &str, share: f64, of_all: f64) -> String {
        let (share, all) = (self.share(share), self.share(of_all));
        self.either(
            format!("{name} {share}(전체 {all})"),
            format!("{name} {share} (all {all})"),
        )
    }

    /// Why the texts of a column make no features.
    pub(super) fn broken_by_texts(self, name: &str, rule: &Rule) -> String {
        match rule {
            Rule::FewTexts { most, found } => self.either(
                format!("{name}: 서로 다른 글이 {}가지나 있는 열이 있습니다. {most}가지까지 쓸 수 있으니 지역이나 등급처럼 가짓수가 적은 열을 고르세요.", self.count(*found as u64)),
                format!("{name}: a column has {} different texts; at most {most} can be used. Choose one with few of them, such as a region or a grade.", self.count(*found as u64)),
            ),
            Rule::SharedWords { least } => self.either(
                format!("{name}: 고객 {least}명 이상에게 있으면서 거의 모두에게 있지는 않은 낱말이 없습니다. 낱말마다 필요한 고객 수를 줄이거나 다른 열을 고르세요."),
                format!("{name}: no word stands with {least} customers or more and not with nearly all. Ask for fewer customers of a word, or choose another column."),
            ),
            _ => self.either(
                format!("{name}: 이 파일에 그런 글 열이 없습니다. 다른 열을 고르세요."),
                format!("{name}: the file has no such column of texts. Choose another one."),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::clusters::KeptWord;
    use crate::text::Language;

    #[test]
    fn words_of_a_cluster_are_told_with_their_shares() {
        let kept = KeptWord {
            word: "cotton".into(),
            n_customers: 30,
            rarity: 2.0,
        };
        let own = ClusterWord {
            word: 0,
            share: 0.85,
            share_of_all: 0.3,
        };
        let found = FoundWords {
            n_with_text: 100,
            n_without: 4,
            n_words: 12,
            kept: vec![kept],
            clusters: vec![vec![own]],
        };
        let en = Words::new(Language::En);
        assert_eq!(
            en.clusters_words_told(&found, &[own]),
            "cotton 85.0% (all 30.0%)"
        );
        assert_eq!(en.clusters_words_told(&found, &[]), "none stands out");
        assert_eq!(
            en.clusters_words_found(&found),
            "1 of 12 different words of 100 customers with a text is used. 4 customers have none of them."
        );
        let ko = Words::new(Language::Ko);
        assert_eq!(
            ko.clusters_words_told(&found, &[own]),
            "cotton 85.0%(전체 30.0%)"
        );
    }
}
