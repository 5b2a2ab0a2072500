//! How sure the clusters are, in words.

use super::phrases::phrases;
use super::{Language, Words};
use crate::analysis::stability::{Passport, Reading, Report};

phrases! {
    stability_link: "이 군집들은 얼마나 확실한가요?", "How sure are these clusters?";
    stability_caption: "군집마다 다시 뽑아 본 결과", "The clusters when customers are drawn anew";
    stability_resamples: "다시 뽑는 횟수", "Resamples";
    stability_jaccard: "평균 자카드 지수", "Mean Jaccard";
    stability_reading: "해석", "Reading";
    stability_recovered: "재현됨", "Recovered";
    stability_dissolved: "해체됨", "Dissolved";
    stability_halves: "반쪽끼리 일치", "Halves agree";
    stability_nearest: "가장 가까운 군집", "Nearest cluster";
    stability_back: "군집으로 돌아가기", "Back to the clusters";
    stability_how: "고객을 되풀이해 뽑아(부트스트랩) 같은 방법으로 다시 나누고, 원래 군집이 얼마나 그대로 나오는지를 자카드 지수로 봅니다(Hennig 2007). 0.85 이상은 매우 안정, 0.75 이상은 안정, 0.6 이상은 누가 속하는지가 흐릿하고, 그 아래는 믿기 어렵습니다. ‘반쪽끼리 일치’는 고객을 열 번 반으로 나누어, 둘째 반쪽에서 그 반쪽의 군집과 첫째 반쪽의 중심이 이 군집으로 보는 고객이 얼마나 같은지를 자카드 지수로 본 평균입니다. 예측 강도(Tibshirani와 Walther 2005)는 반으로 나눈 한쪽의 군집이 다른 쪽 고객도 함께 묶는지를 봅니다. 0.8 이상이면 그 수의 군집이 정말 있다고 봅니다.",
        "Customers are drawn again and again with replacement and grouped by the same method; Jaccard's index says how far each original cluster comes out again (Hennig 2007). From 0.85 highly stable, from 0.75 stable, from 0.6 who belongs to it is doubtful, below not to be trusted. “Halves agree”: ten times customers are split into halves; the mean of Jaccard’s index of whom the second half’s own clusters, and whom the first half’s centres, take for the cluster. Prediction strength (Tibshirani and Walther 2005) asks whether the clusters of one half put customers of the other half together too; from 0.8 so many clusters are taken to be there.";
}

impl Words {
    /// Hennig's reading of a mean index.
    pub const fn stability_reading_of(self, reading: Reading) -> &'static str {
        match reading {
            Reading::HighlyStable => self.pick("매우 안정", "Highly stable"),
            Reading::Stable => self.pick("안정", "Stable"),
            Reading::Doubtful => self.pick("경계가 흐릿함", "Doubtful"),
            Reading::Unstable => self.pick("믿기 어려움", "Not to be trusted"),
        }
    }

    /// The sentence that opens the view.
    pub fn stability_finding(self, report: &Report) -> String {
        let is_stable =
            |one: &&Passport| matches!(one.reading, Reading::HighlyStable | Reading::Stable);
        let n_stable = report.clusters.iter().filter(is_stable).count() as u64;
        let (stable, all) = (
            self.count(n_stable),
            self.count(report.clusters.len() as u64),
        );
        let strength = report.prediction_strength.map(|strength| {
            let number = self.decimal(strength, 2);
            match (strength >= 0.8, self.language == Language::Ko) {
                (true, true) => {
                    format!(" 예측 강도 {number}: 이 수의 군집이 있다고 볼 수 있습니다.")
                }
                (false, true) => {
                    format!(" 예측 강도 {number}: 이 수로 나뉘는 뚜렷한 무리는 없을 수 있습니다.")
                }
                (true, false) => {
                    format!(" Prediction strength {number}: so many clusters are there.")
                }
                (false, false) => format!(
                    " Prediction strength {number}: there may be no natural groups of this number."
                ),
            }
        });
        let strength = strength.unwrap_or_default();
        self.either(
            format!("군집 {all}개 가운데 {stable}개가 안정적입니다.{strength}"),
            format!(
                "{stable} of {all} clusters {} stable.{strength}",
                Self::verb(n_stable, "is", "are")
            ),
        )
    }

    /// What the resamples are of.
    pub fn stability_basis(self, report: &Report) -> String {
        let (used, all) = (
            self.customers(report.n_used),
            self.customers(report.n_customers),
        );
        let times = self.count(report.params.settings.resamples);
        let drawn = if report.n_used == report.n_customers {
            self.either(
                format!("{all}에서 {times}번 다시 뽑았습니다."),
                format!("Drawn {times} times from {all}."),
            )
        } else {
            self.either(
                format!("{all} 가운데 무작위로 뽑은 {used}에서 {times}번 다시 뽑았습니다."),
                format!("Drawn {times} times from a sample of {used} out of {all}."),
            )
        };
        if report.prediction_strength.is_none() {
            return drawn;
        }
        let halved = self.customers(report.n_halved);
        self.either(
            format!("{drawn} 예측 강도는 군집 수를 고르는 표의 값과 같습니다({halved}을 반으로 나눈 결과)."),
            format!("{drawn} Prediction strength is the number that stands beside this number of clusters ({halved}, split into halves)."),
        )
    }
}
