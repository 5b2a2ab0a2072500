//! Clusters and classes that are held for other days and other files, in words.

use super::Words;
use super::phrases::phrases;

phrases! {
    clusters_hold: "이 군집을 다른 날짜와 파일에도 쓰기", "Keep these clusters for other days and files";
    value_held: "다른 날이나 다른 파일의 등급 경계로 나누는 중입니다. 설정을 바꾸면 새로 나눕니다.",
        "Customers are in the classes of another day or file, by the values that those began at. A changed setting makes classes anew.";
}

impl Words {
    /// What keeping clusters means, or why these cannot be kept.
    pub const fn clusters_hold_hint(self, is_held: bool, can_hold: bool) -> &'static str {
        match (is_held, can_hold) {
            (true, _) => self.pick(
                "고객을 저장된 군집 가운데 가장 가까운(혼합 모형은 가장 그럴듯한) 군집에 넣고, 군집을 새로 만들지 않습니다. 프로젝트를 저장하면 다음 파일의 고객도 같은 군집으로 나뉩니다. 다른 설정을 바꾸면 군집을 새로 만듭니다.",
                "Customers go to the nearest of the kept clusters (of a mixture the most probable), and none are made anew. Save the project to put the customers of the next file into the same clusters. A change of another setting makes clusters anew.",
            ),
            (false, true) => self.pick(
                "표시하면 기준일을 옮기거나 다른 파일을 열어도 같은 중심으로 나눕니다.",
                "With this, another as-of date or another file is put into clusters by the same centres.",
            ),
            (false, false) => self.pick(
                "k-평균, 가우스 혼합, 와드 방식의 군집만, 고객이 5명 이상씩이고 작은 군집을 합치지 않았으며 낱말이나 범주를 변수로 쓰지 않았을 때 다른 날짜와 파일에 쓸 수 있습니다.",
                "Only clusters by k-means, Gaussian mixture or Ward’s linkage can be kept: of 5 customers or more each, without small ones that were joined, and without words or categories as features.",
            ),
        }
    }
}
