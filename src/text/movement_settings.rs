//! Which settings of today differ from those of the project whose cut points are gone by, in words.

use super::Words;
use crate::analysis::movement::{Cuts, Difference, Kept, Report};

impl Words {
    /// Of which date the project is, and whether anything else differs; nothing without a project.
    pub fn movement_project(self, report: &Report) -> Option<String> {
        let kept = report.params.kept.as_ref();
        let kept = kept.filter(|_| report.params.cuts == Cuts::Kept)?;
        let (then, now) = (self.day(kept.as_of), self.day(report.as_of));
        let n = report.differences.len();
        let rest = match n {
            0 => self.pick("비교하는 그 밖의 설정은 모두 같습니다.", "The other settings that are compared are the same."),
            _ => self.pick(
                "그 밖에 다른 설정은 다음과 같습니다. 이동은 프로젝트의 기준으로 세고, 제외할 행은 두 날짜 모두 지금 설정을 따릅니다.",
                "These settings differ, too. Moves are counted by the project’s; which rows are left out is as today on both dates.",
            ),
        };
        let unknown = self.movement_rows_unknown(kept);
        Some(self.either(
            format!("프로젝트의 기준일은 {then}, 지금 기준일은 {now}입니다. {unknown}{rest}"),
            format!(
                "The project is as of {then}, today’s results are as of {now}. {unknown}{rest}"
            ),
        ))
    }

    /// That an older project does not say which rows it left out.
    const fn movement_rows_unknown(self, kept: &Kept) -> &'static str {
        match kept.choices {
            Some(_) => "",
            None => self.pick(
                "이 프로젝트에는 어떤 행을 제외했는지 남아 있지 않아 비교할 수 없습니다. ",
                "Which rows it left out was not kept, so that this cannot be compared. ",
            ),
        }
    }

    /// One setting that differs.
    pub fn movement_difference(self, difference: Difference) -> String {
        let of = |reason| self.reason(reason);
        match difference {
            Difference::LeftOut(reason) => self.either(
                format!("‘{}’: 그때는 포함, 지금은 제외", of(reason)),
                format!("“{}”: counted then, left out today", of(reason)),
            ),
            Difference::Counted(reason) => self.either(
                format!("‘{}’: 그때는 제외, 지금은 포함", of(reason)),
                format!("“{}”: left out then, counted today", of(reason)),
            ),
            Difference::Groups(then, now) => self.either(
                format!("점수: 그때는 {then}단계, 지금은 {now}단계"),
                format!("Scores: 1 to {then} then, 1 to {now} today"),
            ),
            Difference::ClusterCount(then, now) => self.either(
                format!("군집 수: 그때는 {then}개, 지금은 {now}개"),
                format!("Clusters: {then} then, {now} today"),
            ),
            other => self.movement_setting(other).to_owned(),
        }
    }

    const fn movement_setting(self, difference: Difference) -> &'static str {
        match difference {
            Difference::Returns(true) => self.pick(
                "반품 금액: 지금은 구매액에서 빼고, 그때는 빼지 않음",
                "Money of returns: taken off today, not taken off then",
            ),
            Difference::Returns(false) => self.pick(
                "반품 금액: 그때는 구매액에서 빼고, 지금은 빼지 않음",
                "Money of returns: taken off then, not taken off today",
            ),
            Difference::Convention => self.pick("점수를 매기는 방식", "How values become scores"),
            Difference::CutPoints => self.pick("점수의 경계값", "The cut points of the scores"),
            Difference::SegmentMap => self.pick(
                "어떤 점수가 어느 세그먼트인지",
                "Which scores make which segment",
            ),
            Difference::Scored => self.pick(
                "점수를 매기는 상품이나 금액, 또는 점수의 가중치",
                "Which products or which money are scored, or how scores are weighed",
            ),
            Difference::Thresholds => self.pick("구분하는 경계", "The thresholds"),
            Difference::Classes => self.pick(
                "등급을 나누는 방식이나 기준이 되는 값",
                "How customers are put into classes, or by which value",
            ),
            Difference::Rules => self.pick("규칙", "The rules"),
            Difference::Features => self.pick(
                "군집에 쓰는 변수나 그 가중치",
                "The features of the clusters, or how much these count",
            ),
            // The others are told with what they were and are.
            _ => self.pick("군집을 만드는 방법", "How clusters are made"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Reason;
    use crate::text::Language;

    #[test]
    fn what_differs_is_said_with_what_it_was_and_is() {
        let en = Words::new(Language::En);
        for (difference, expected) in [
            (
                Difference::LeftOut(Reason::Returned),
                "counted then, left out today",
            ),
            (
                Difference::Counted(Reason::Returned),
                "left out then, counted today",
            ),
            (Difference::Groups(5, 4), "1 to 5 then, 1 to 4 today"),
            (Difference::ClusterCount(3, 6), "3 then, 6 today"),
            (Difference::Method, "How clusters are made"),
            (Difference::Rules, "The rules"),
        ] {
            let told = en.movement_difference(difference);
            assert!(told.contains(expected), "{told}");
            let ko = Words::new(Language::Ko).movement_difference(difference);
            assert!(!ko.is_empty() && ko != told);
        }
    }
}
