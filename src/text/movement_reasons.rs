//! Why customers moved between two dates, and whether their segments told anything of what they did, in words.

use super::Words;
use crate::analysis::lifetime::Problem;
use crate::analysis::movement::Report;

impl Words {
    /// Who moved, and why.
    pub fn movement_why(self, report: &Report) -> String {
        let moved = self.count(report.n_moved);
        let known = self.customers(report.n_known);
        let n_entered = report.entered.iter().sum();
        let entered = self.count(n_entered);
        let new = self.either(
            format!("그 뒤 처음 온 고객은 {entered}명입니다."),
            format!(
                "{entered} {} new; nobody ever leaves an order file.",
                Self::verb(n_entered, "is", "are")
            ),
        );
        if report.causes.untold > 0 {
            return self.either(
                format!("{known} 가운데 {moved}명이 옮겼습니다. 이 구분에는 이전 날짜에서 가져올 기준이 없어 왜 옮겼는지는 알 수 없습니다. {new}"),
                format!("{moved} of {known} moved. Why cannot be told: this segmentation has no cut points that could be kept from the earlier date. {new}"),
            );
        }
        let (causes, held) = (self.movement_causes(report), self.count(report.n_held));
        self.either(
            format!("{known} 가운데 {moved}명이 옮겼습니다. {causes} 옮겼습니다. {held}명은 구매한 덕분에 같은 세그먼트에 머물렀습니다. {new}"),
            format!("{moved} of {known} moved: {causes}. {held} stayed only because they bought. {new}"),
        )
    }

    /// That the rule of the earlier date is not quite the clustering of then; nothing where it is.
    pub fn movement_agreement(self, report: &Report) -> Option<String> {
        (report.agreement < 1.0).then(|| {
            // Rounded down: nearly all are not all.
            let share = self.share((report.agreement * 1000.0).floor() / 1000.0);
            self.either(
                format!("이 군집에는 두 날짜에 똑같이 쓸 수 있는 기준이 없어, 가장 가까운 중심이나 메도이드로 나눕니다. 기준을 만든 날짜의 고객 {share}가 원래 군집에 그대로 들어갑니다. 아래의 수는 모두 이 기준으로 센 것입니다."),
                format!("These clusters have no borders of their own, so customers go to the nearest centre or medoid. On the day that it is of, that puts {share} of the customers where the clustering did. All numbers here are by this rule."),
            )
        })
    }

    /// How many moved for which reason; refunds and cut points where there are any.
    fn movement_causes(self, report: &Report) -> String {
        let causes = report.causes;
        let mut parts = vec![
            (causes.time, "시간이 지나서", "because time passed"),
            (causes.bought, "구매해서", "because they bought"),
        ];
        let (returned, borders) = (causes.returned, causes.borders);
        if returned > 0 {
            parts.push((
                returned,
                "환불이나 반품 때문에",
                "because of refunds or returns",
            ));
        }
        if borders > 0 {
            parts.push((
                borders,
                "나누는 기준이 움직여서",
                "because the cut points moved",
            ));
        }
        let part = |(n, ko, en): (u64, &str, &str)| {
            let n = self.count(n);
            self.either(format!("{n}명은 {ko}"), format!("{n} {en}"))
        };
        let parts: Vec<String> = parts.into_iter().map(part).collect();
        parts.join(", ")
    }

    /// Whether the segments told what came after.
    pub fn movement_foresight(self, report: &Report) -> String {
        if report.known_until <= report.cut {
            return self
                .pick(
                    "파일에 이전 날짜 이후의 날이 없어 견줄 것이 없습니다.",
                    "The file has no day after the earlier date: there is nothing to hold it against.",
                )
                .to_owned();
        }
        let foresight = &report.foresight;
        let Some(rate) = foresight.rate.map(|one| one.gini) else {
            return self
                .pick(
                    "이전 날짜 이후 아무도 다시 구매하지 않아 견줄 것이 없습니다.",
                    "Nobody of then bought afterwards: there is nothing to hold it against.",
                )
                .to_owned();
        };
        let model = foresight.bg_nbd.map(|one| one.gini);
        let rate_text = self.decimal(rate, 3);
        let others = match model.map(|model| self.decimal(model, 3)) {
            Some(model) => self.either(
                format!("고객별 주문 빈도의 지니는 {rate_text}, BG/NBD는 {model}입니다."),
                format!("Each customer’s own rate of orders reaches a Gini of {rate_text}, BG/NBD {model}."),
            ),
            None => self.either(
                format!("고객별 주문 빈도의 지니는 {rate_text}입니다."),
                format!("Each customer’s own rate of orders reaches a Gini of {rate_text}."),
            ),
        };
        let own = match foresight.segments.map(|one| one.gini) {
            None => self
                .pick(
                    "예상의 바탕이 될 직전 기간이 없습니다.",
                    "There is no period before to learn from.",
                )
                .to_owned(),
            Some(own) => {
                let than = self.movement_better(own > rate, model.map(|model| own > model));
                let own = self.decimal(own, 3);
                self.either(
                    format!("세그먼트의 지니는 {own}입니다. {than}"),
                    format!("The segments reach a Gini of {own}: {than}"),
                )
            }
        };
        let problem = foresight
            .no_bg_nbd
            .map(|problem| self.movement_no_model(problem));
        let parts = [Some(own), Some(others), problem];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Whether the segments rank better than the rate of orders, and than the model where there is one.
    const fn movement_better(self, than_rate: bool, than_model: Option<bool>) -> &'static str {
        match (than_rate, than_model) {
            (true, Some(true)) => self.pick(
                "주문 빈도와 BG/NBD보다 잘 줄 세웁니다.",
                "they rank better than the rate of orders and than BG/NBD.",
            ),
            (true, Some(false)) => self.pick(
                "주문 빈도보다는 낫지만 BG/NBD보다 낫지 않습니다.",
                "they rank better than the rate of orders, but no better than BG/NBD.",
            ),
            (false, Some(true)) => self.pick(
                "BG/NBD보다는 낫지만 주문 빈도보다 낫지 않습니다.",
                "they rank better than BG/NBD, but no better than the rate of orders.",
            ),
            (false, Some(false)) => self.pick(
                "주문 빈도보다도 BG/NBD보다도 낫지 않습니다.",
                "they rank no better than the rate of orders or than BG/NBD.",
            ),
            (true, None) => self.pick(
                "주문 빈도보다 잘 줄 세웁니다.",
                "they rank better than the rate of orders.",
            ),
            (false, None) => self.pick(
                "주문 빈도보다 낫지 않습니다.",
                "they rank no better than the rate of orders.",
            ),
        }
    }

    /// Why BG/NBD has no say.
    fn movement_no_model(self, problem: Problem) -> String {
        let why = match problem {
            Problem::OneDay => self.either(
                "그때까지의 주문이 모두 하루에 있습니다".into(),
                "all orders until then are on one day".into(),
            ),
            Problem::OneOrderEach => self.either(
                "그때까지 두 번 이상 주문한 고객이 없습니다".into(),
                "nobody had ordered on two days by then".into(),
            ),
            Problem::FewRepeat { need, found } => self.either(
                format!("그때까지 두 번 이상 주문한 고객이 {found}명뿐입니다(적어도 {need}명 필요)"),
                format!("customers who had ordered on two days by then: {found}, at least {need} are needed"),
            ),
            Problem::ShortHistory { need, found } => self.either(
                format!("그때까지의 기록이 {found}일뿐입니다(적어도 {need}일 필요)"),
                format!("the history until then is {found} days long, at least {need} are needed"),
            ),
            Problem::NoFit | Problem::NotConverged => self.either(
                "모형이 수렴하지 않습니다".into(),
                "the fit does not settle".into(),
            ),
        };
        self.either(
            format!("BG/NBD는 맞출 수 없습니다: {why}."),
            format!("BG/NBD cannot be fitted: {why}."),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::movement::{Cuts, Params};
    use crate::analysis::{Report as Any, Request, SegmentationId, Unwatched, run, testing, value};
    use crate::data::Day;
    use crate::text::Language;

    fn report(rows: &[(&str, i32, i64)], cuts: Cuts) -> Report {
        let params = Params {
            of: SegmentationId::Value,
            earlier: Some(Day::from_number(100)),
            cuts,
            ..Params::default()
        };
        let of = Box::new(Request::Value(value::Params::default()));
        let request = Request::Movement(params, of);
        let dataset = testing::orders(rows);
        match run(&dataset, request, Day::from_number(140), &mut Unwatched) {
            Ok(finished) => match finished.report {
                Any::Movement(report) => *report,
                other => panic!("{other:?}"),
            },
            Err(error) => panic!("{error:?}"),
        }
    }

    const ROWS: [(&str, i32, i64); 5] = [
        ("a", 10, 70_000),
        ("b", 11, 12_000),
        ("c", 12, 9_000),
        ("d", 13, 4_000),
        ("e", 14, 3_000),
    ];

    #[test]
    fn refunds_and_moved_cut_points_are_reasons_where_there_are_any() {
        let said = |report: &Report| {
            [Language::Ko, Language::En].map(|language| Words::new(language).movement_why(report))
        };
        let still = said(&report(&ROWS, Cuts::Frozen));
        assert!(still[0].contains("0명은 구매해서 옮겼습니다"), "{still:?}");
        assert!(!still[1].contains("refunds") && !still[1].contains("cut points"));
        let mut rows = ROWS.to_vec();
        rows.push(("a", 120, -69_000));
        let [ko, en] = said(&report(&rows, Cuts::Frozen));
        assert!(ko.contains("1명은 환불이나 반품 때문에"), "{ko}");
        assert!(en.contains("1 because of refunds or returns"), "{en}");
        rows.push(("e", 121, 900_000));
        let [ko, en] = said(&report(&rows, Cuts::Fresh));
        assert!(ko.contains("나누는 기준이 움직여서"), "{ko}");
        assert!(en.contains("because the cut points moved"), "{en}");
    }

    #[test]
    fn where_bg_nbd_cannot_be_fitted_the_reason_is_said() {
        let mut rows = ROWS.to_vec();
        rows.push(("e", 121, 900));
        let told = report(&rows, Cuts::Frozen);
        let en = Words::new(Language::En).movement_foresight(&told);
        assert!(
            en.contains("BG/NBD cannot be fitted: nobody had ordered on two days by then."),
            "{en}"
        );
        let ko = Words::new(Language::Ko).movement_foresight(&told);
        assert!(
            ko.contains("BG/NBD는 맞출 수 없습니다: 그때까지 두 번 이상 주문한 고객이 없습니다."),
            "{ko}"
        );
    }
}
