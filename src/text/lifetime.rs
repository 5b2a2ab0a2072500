//! Lifetime value in words: models, checks, what cannot be fitted.

use super::Words;
use super::phrases::phrases;
use crate::analysis::lifetime::{Check, FittedModel, Holdout, Model, Report, Score};

phrases! {
    lifetime_caption: "예상 가치로 나눈 고객", "Customers by expected value";
    lifetime_model: "주문 모형", "Model of orders";
    lifetime_auto: "자동 (마지막 기간을 가장 잘 맞힌 모형)", "Automatic (nearest in the last days)";
    lifetime_horizon: "내다보는 기간 (일)", "Horizon (days)";
    lifetime_discount: "연 할인율 (%)", "Discount rate (% a year)";
    lifetime_holdout: "시험에 쓸 마지막 기간 (일)", "Last days to try the models on";
    lifetime_holdout_auto: "시험 기간 자동 (기록의 3분의 1, 최대 273일)", "Choose these days automatically (a third of the history, at most 273)";
    lifetime_tiers: "등급별 예상", "What is to come, by tier";
    lifetime_clv: "예상 가치", "Expected value";
    lifetime_tier_clv: "예상 가치 합계", "Expected value, sum";
    lifetime_tier_mean: "고객당 예상 가치", "Expected value of a customer";
    lifetime_tier_orders: "예상 주문 (건)", "Expected orders";
    lifetime_all: "전체", "All";
    lifetime_alive: "활동 확률", "P(alive)";
    lifetime_alive_mean: "평균 활동 확률", "Mean P(alive)";
    lifetime_parameters: "모형의 계수", "Parameters of the models";
    lifetime_parameter: "모수", "Parameter";
    lifetime_estimate: "추정값", "Estimate";
    lifetime_error: "표준오차", "Standard error";
    lifetime_likelihood: "로그 가능도", "Log-likelihood";
    lifetime_trial: "마지막 기간으로 한 시험", "The models on the last days";
    lifetime_predicted: "예측 주문 (건)", "Orders forecast";
    lifetime_actual: "실제 주문 (건)", "Actual orders";
    lifetime_mae: "평균 절대 오차 (건)", "Mean absolute error (orders)";
    lifetime_rmse: "제곱근 평균 제곱 오차 (건)", "Root mean squared error (orders)";
    lifetime_bias: "치우침 (건)", "Bias (orders)";
    lifetime_top: "상위 10%가 낸 주문 비율", "Orders of the top tenth";
    lifetime_naive: "단순 비율 (지금까지의 속도)", "Naive rate (as fast as so far)";
    lifetime_repeat: "재주문 횟수", "Repeat orders";
    lifetime_money_model: "금액 (Gamma-Gamma)", "Money (Gamma-Gamma)";
    lifetime_checks: "믿기 전에 볼 것", "Before you believe it";
    lifetime_how: "고객마다 첫 주문 뒤의 재주문 횟수, 마지막 재주문까지의 날수, 지금까지의 날수만 봅니다. BG/NBD·MBG/NBD는 주문할 때마다, Pareto/NBD는 아무 때나 떠날 수 있다고 보고, Gamma-Gamma는 주문당 금액을 고객의 평균과 전체 평균 사이로 봅니다. 모든 시간은 일 단위이고, 할인은 한 달(365/12일)마다 합니다. 예상 가치는 이익이 아니라 매출이며 새 고객은 들어 있지 않습니다.",
        "Of each customer only three numbers count: repeat orders, days from the first order to the last, days from the first order until now. BG/NBD and MBG/NBD let customers stop after an order, Pareto/NBD at any time; Gamma-Gamma puts the money of an order between the customer’s own mean and that of all. All time is in days, discounting is by months of 365/12 days. The expected value is revenue and not profit, and holds no customers who are yet to come.";
}

/// As many reasons for care as a headline has room for; all of them stand in the list below it.
const MOST_CAUTIONS: usize = 2;

impl Words {
    /// The probability that a customer still orders. BG/NBD gives 1 to whoever has not ordered again, as nobody can
    /// have stopped before a second order: of them it knows nothing.
    pub fn p_alive(self, p_alive: f64) -> String {
        if p_alive >= 1.0 {
            return self.pick("알 수 없음", "unknown").to_owned();
        }
        self.share(p_alive)
    }

    /// The name of a model; `None` is the naive rate.
    pub const fn lifetime_model_of(self, model: Option<Model>) -> &'static str {
        match model {
            Some(Model::BgNbd) => "BG/NBD",
            Some(Model::MbgNbd) => "MBG/NBD",
            Some(Model::ParetoNbd) => "Pareto/NBD",
            None => self.lifetime_naive(),
        }
    }

    /// What the columns of the list and of its file say, and over which time.
    pub fn lifetime_columns(self, (horizon_days, yearly_rate): (u32, f64)) -> String {
        let (days, rate) = (self.days(f64::from(horizon_days)), self.share(yearly_rate));
        self.either(
            format!("‘예상 가치’는 앞으로 {days} 동안의 예상 주문 금액을 연 {rate}로 할인한 값입니다. 파일에서는 clv이고, 예상 주문과 금액(expected_orders, expected_spend)도 이 기간(horizon_days)의 값입니다. usual_pause_days는 고객마다 주문 사이의 보통 날수입니다."),
            format!("“Expected value” is the money of the orders expected in the next {days}, discounted by {rate} a year. In the file it is clv; expected_orders and expected_spend are of the same time, horizon_days. usual_pause_days is how many days a customer usually lets pass between orders."),
        )
    }

    /// The sentence that opens the view: where a check forbids to rely on the sums, that comes first.
    pub fn lifetime_finding(self, report: &Report) -> String {
        let cautions: Vec<String> = (report.cautions().take(MOST_CAUTIONS))
            .map(|check| self.lifetime_caution(check))
            .collect();
        if cautions.is_empty() {
            return self.lifetime_plain_finding(report);
        }
        let (reasons, expected) = (cautions.join(", "), self.lifetime_expected(report));
        self.either(
            format!("믿고 쓰기는 이릅니다: {reasons}. 모형을 그대로 따르면 {expected}입니다."),
            format!("Not to be relied on: {reasons}. If the model held all the same: {expected}."),
        )
    }

    fn lifetime_plain_finding(self, report: &Report) -> String {
        let days = self.days(f64::from(report.params.horizon_days));
        let orders = self.count((report.expected_orders + 0.5) as u64);
        let alive = self.share(report.mean_p_alive_of_repeat);
        let overdue = self.customers(report.n_overdue);
        let Some(clv) = report.clv else {
            return self.either(
                format!("지금 고객이 앞으로 {days} 동안 약 {orders}건 주문할 것으로 보입니다. 두 번 이상 주문한 고객이 아직 떠나지 않았을 확률은 평균 {alive}이고, {overdue}은 모형이 예상한 다음 주문일이 지났습니다."),
                format!("Today’s customers are expected to place about {orders} orders in the next {days}. Among those with repeat orders the mean probability of still ordering is {alive}; for {overdue} the model’s next order is overdue."),
            );
        };
        let clv = self.amount(clv);
        self.either(
            format!("지금 고객이 앞으로 {days} 동안 약 {orders}건 주문할 것으로 보이며, 현재 가치로 {clv}입니다. 두 번 이상 주문한 고객이 아직 떠나지 않았을 확률은 평균 {alive}이고, {overdue}은 모형이 예상한 다음 주문일이 지났습니다."),
            format!("Today’s customers are expected to place about {orders} orders in the next {days}, worth {clv} after discounting. Among those with repeat orders the mean probability of still ordering is {alive}; for {overdue} the model’s next order is overdue."),
        )
    }

    /// The sums and no more: no probability, and no money that the file does not tell.
    fn lifetime_expected(self, report: &Report) -> String {
        let days = self.days(f64::from(report.params.horizon_days));
        let orders = self.count((report.expected_orders + 0.5) as u64);
        let has_money = !report.checks.contains(&Check::SpendUnknown);
        match report.clv.filter(|_| has_money) {
            Some(clv) => {
                let clv = self.amount(clv);
                self.either(
                    format!("{days} 동안 주문 약 {orders}건, 현재 가치로 약 {clv}"),
                    format!("about {orders} orders in {days}, worth about {clv} after discounting"),
                )
            }
            None => self.either(
                format!("{days} 동안 주문 약 {orders}건"),
                format!("about {orders} orders in {days}"),
            ),
        }
    }

    /// A check in a few words, as a reason for care.
    fn lifetime_caution(self, check: Check) -> String {
        match check {
            Check::FewRepeat { found } => {
                let customers = self.customers(found);
                self.either(
                    format!("다시 주문한 고객이 {customers}뿐"),
                    format!(
                        "only {customers} {} ordered again",
                        Self::verb(found, "has", "have")
                    ),
                )
            }
            Check::ShortHistory { days } => {
                let days = self.days(f64::from(days));
                self.either(
                    format!("기록이 {days}뿐"),
                    format!("the history is only {days} long"),
                )
            }
            Check::BeyondHistory { days, horizon } => {
                let (days, horizon) = (self.days(f64::from(days)), self.days(f64::from(horizon)));
                self.either(
                    format!("{days}의 기록으로 {horizon} 앞을 내다봄"),
                    format!("{horizon} ahead are told from {days} of history"),
                )
            }
            Check::LoneOrders(lone) => self.lone_orders_caution(lone),
            other => self.lifetime_plain_caution(other).to_owned(),
        }
    }

    const fn lifetime_plain_caution(self, check: Check) -> &'static str {
        match check {
            Check::NotConverged(_) => self.pick("모형이 수렴하지 않음", "the fit did not converge"),
            Check::AtLimit { .. } => self.pick(
                "이 파일로는 모형의 모수를 알 수 없음",
                "the file does not tell the parameters of the model",
            ),
            Check::NobodyStops => self.pick(
                "누가 떠났는지 파일로 가릴 수 없음",
                "the file does not tell who has left",
            ),
            Check::SpendFollowsFrequency { .. } => self.pick(
                "주문 횟수와 금액이 함께 움직임",
                "how often and for how much customers buy belong together",
            ),
            Check::SpendUnknown => self.pick(
                "금액 모형을 쓸 수 없음",
                "the model of money cannot be used",
            ),
            Check::NaiveIsNearer => self.pick(
                "마지막 기간은 단순 비율이 더 잘 맞힘",
                "the naive rate forecast the last days better",
            ),
            _ => self.pick(
                "지난 기간으로 시험하지 못함",
                "the model could not be tried on past days",
            ),
        }
    }

    /// Which model was used and why.
    pub fn lifetime_choice(self, report: &Report) -> String {
        let model = self.lifetime_model_of(Some(report.model));
        let Some(holdout) = &report.holdout else {
            return match report.params.model {
                Some(_) => self.either(
                    format!(
                        "직접 고른 {model} 모형을 썼습니다. 시험할 기간이 모자라 견주지 못했습니다."
                    ),
                    format!(
                        "{model} was used, as you chose. The history is too short to try it on."
                    ),
                ),
                None => {
                    let (kind, which) = lifetime_settled(report);
                    self.either(
                        format!("{kind} 첫 모형인 {model} 모형을 썼습니다. 시험할 기간이 모자라 모형을 견주지 못했습니다."),
                        format!("{model} was used, the first model {which}. The history is too short to try the models on."),
                    )
                }
            };
        };
        let reason = self.lifetime_reason(report, holdout);
        let Some([own, naive]) = self.lifetime_errors(report, holdout) else {
            return reason;
        };
        let (cut, days) = (self.day(holdout.cut), self.days(f64::from(holdout.days)));
        let actual = self.count(holdout.actual);
        self.either(
            format!("{reason} {cut}까지만 보고 그 뒤 {days}의 주문 {actual}건을 예측했을 때 제곱근 평균 제곱 오차가 고객당 {own}건이고, 단순 비율은 {naive}건입니다."),
            format!("{reason} From what was known on {cut} it forecast the {actual} orders of the following {days} with a root mean squared error of {own} orders a customer; the naive rate’s is {naive}."),
        )
    }

    /// How far the parameters leave the sums open; `None` where the data do not tell.
    pub fn lifetime_interval(self, report: &Report) -> Option<String> {
        let [low, high] = self.lifetime_ends(report.orders_interval?);
        let money = report.clv.and(report.clv_interval).map(|(low, high)| {
            let unit = self.unit_of([low, high]);
            let (low, high) = (self.amount_in(unit, low), self.amount_in(unit, high));
            self.either(
                format!(", 예상 가치는 {low}에서 {high}"),
                format!(", the expected value from {low} to {high}"),
            )
        });
        let money = money.unwrap_or_default();
        Some(self.either(
            format!("평균의 신뢰 구간(95%): 모수가 불확실한 만큼 예상 주문은 {low}건에서 {high}건{money} 사이일 수 있습니다."),
            format!("Confidence interval of the mean (95%): as far as the parameters are unsure, the expected orders may be from {low} to {high}{money}."),
        ))
    }

    /// Between what the sums may really come out; `None` where the data do not tell.
    pub fn lifetime_prediction(self, report: &Report) -> Option<String> {
        let [low, high] = self.lifetime_ends(report.orders_prediction?);
        let money = report.spend_prediction.map(|(low, high)| {
            let unit = self.unit_of([low, high]);
            let (low, high) = (self.amount_in(unit, low), self.amount_in(unit, high));
            self.either(
                format!(", 그 금액은 할인 없이 {low}에서 {high}"),
                format!(", with money from {low} to {high} before discounting"),
            )
        });
        let money = money.unwrap_or_default();
        let days = self.days(f64::from(report.params.horizon_days));
        Some(self.either(
            format!("실제로 일어날 일의 예측 구간(95%): 모형이 맞다면 앞으로 {days} 동안의 주문은 우연까지 더해 {low}건에서 {high}건{money} 사이일 것입니다."),
            format!("Prediction interval of what will happen (95%): if the model holds, the orders of the next {days} will be, with chance as well, from {low} to {high}{money}."),
        ))
    }

    /// Whether what really happened in the trial lies in its prediction interval; nothing where there is none.
    pub(crate) fn lifetime_trial_prediction(self, holdout: &Holdout) -> Option<String> {
        let (low, high) = holdout.prediction?;
        let actual = holdout.actual as f64;
        let is_within = actual >= low && actual <= high;
        let [low, high] = self.lifetime_ends((low, high));
        Some(match is_within {
            true => self.either(
                format!("실제는 예측 구간(95%) {low}건에서 {high}건 안에 있습니다."),
                format!("The truth lies within the prediction interval (95%), {low} to {high}."),
            ),
            false => self.either(
                format!("실제는 예측 구간(95%) {low}건에서 {high}건 밖에 있습니다. 모형이 담지 못한 변화가 있었으니 앞날의 구간도 실제보다 좁을 수 있습니다."),
                format!("The truth lies outside the prediction interval (95%), {low} to {high}: something changed that the model does not know, so that the intervals of what is to come may be too narrow as well."),
            ),
        })
    }

    fn lifetime_ends(self, (low, high): (f64, f64)) -> [String; 2] {
        [low, high].map(|end| self.count((end + 0.5) as u64))
    }

    fn lifetime_errors(self, report: &Report, holdout: &Holdout) -> Option<[String; 2]> {
        let (own, naive) = (holdout.score(Some(report.model))?, holdout.score(None)?);
        Some([own, naive].map(|score| self.fixed(score.rmse, 3)))
    }

    fn lifetime_reason(self, report: &Report, holdout: &Holdout) -> String {
        let model = self.lifetime_model_of(Some(report.model));
        let own = holdout.score(Some(report.model));
        let is_converged = own.is_some_and(|score| score.is_converged);
        let (kind, which) = lifetime_settled(report);
        match (report.params.model, is_converged) {
            (Some(_), true) => self.either(
                format!("직접 고른 {model} 모형을 썼습니다."),
                format!("{model} was used, as you chose."),
            ),
            (Some(_), false) => self.either(
                format!("직접 고른 {model} 모형을 썼지만, 시험에서는 수렴하지 않았습니다."),
                format!("{model} was used, as you chose, although its fit did not converge in the trial."),
            ),
            (None, true) => self.either(
                format!("{kind} 모형 가운데 마지막 기간의 제곱근 평균 제곱 오차가 가장 작은 {model} 모형을 썼습니다."),
                format!("{model} was used: of the models {which} it has the smallest root mean squared error in the last days."),
            ),
            (None, false) => self.either(
                format!("시험에서도 수렴한 모형이 없어, 전체 기간에서 {kind} 첫 모형인 {model} 모형을 썼습니다."),
                format!("{model} was used, the first {which} on all days: none that did has converged in the trial too."),
            ),
        }
    }

    /// The name of a model in the table of the trial, with a word where its fit did not converge, or did so at a limit.
    pub fn lifetime_tried(self, score: &Score) -> String {
        let name = self.lifetime_model_of(score.model);
        match (score.is_converged, score.is_at_limit) {
            (true, false) => name.to_owned(),
            (true, true) => format!("{name} ({})", self.lifetime_no_error(true)),
            (false, _) => self.either(
                format!("{name} (수렴하지 않음)"),
                format!("{name} (did not converge)"),
            ),
        }
    }

    /// What stands in the place of a standard error that there is not.
    pub const fn lifetime_no_error(self, is_at_limit: bool) -> &'static str {
        match is_at_limit {
            true => self.pick("한계에 닿음", "at a limit"),
            false => "–",
        }
    }
}

/// Which models one was chosen from, in Korean and English: where some were passed over since they ran to a limit, the
/// others alone.
fn lifetime_settled(report: &Report) -> (&'static str, &'static str) {
    let is_told = |own: &FittedModel| own.model == report.model && own.limit.is_none();
    let is_passed = |own: &FittedModel| own.is_converged && own.limit.is_some();
    match report.models.iter().any(is_told) && report.models.iter().any(is_passed) {
        true => ("한계에 닿지 않고 수렴한", "that converged short of a limit"),
        false => ("수렴한", "that converged"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lifetime::Limit;
    use crate::analysis::{LoneOrders, Params as _, Unwatched, lifetime, testing};
    use crate::data::Day;
    use crate::text::Language;

    fn report(horizon_days: u32) -> Report {
        let params = lifetime::Params {
            model: Some(Model::MbgNbd),
            horizon_days,
            ..lifetime::Params::default()
        };
        let params = params.checked().unwrap();
        let day = Day::from_number(181);
        let found = lifetime::run(&testing::regulars(), &params, day, &mut Unwatched);
        found.unwrap().report
    }

    #[test]
    fn a_headline_that_a_check_disowns_is_cautious_itself() {
        let mut report = report(365);
        let ahead = Check::BeyondHistory {
            days: 177,
            horizon: 365,
        };
        assert!(report.checks.contains(&ahead), "{:?}", report.checks);
        report.checks = vec![ahead];
        let finding = |language, report: &Report| Words::new(language).lifetime_finding(report);
        let said = finding(Language::En, &report);
        let start = "Not to be relied on: 365 days ahead are told from 177 days of history. If";
        assert!(said.starts_with(start), "{said}");
        assert!(!said.contains("probability"), "{said}");
        assert!(
            finding(Language::Ko, &report).starts_with("믿고 쓰기는 이릅니다: 177일의 기록으로")
        );
        for check in [
            Check::NobodyStops,
            Check::SpendFollowsFrequency { correlation: 0.5 },
            Check::SpendUnknown,
            Check::FewRepeat { found: 15 },
            Check::ShortHistory { days: 60 },
            Check::NotTried,
            Check::NaiveIsNearer,
            Check::NotConverged(Model::MbgNbd),
            Check::AtLimit {
                model: Model::MbgNbd,
                rates: true,
                stopping: false,
            },
            Check::LoneOrders(LoneOrders {
                n_orders: 1,
                first: Day::from_number(30_000),
                others_until: Day::from_number(177),
            }),
        ] {
            report.checks = vec![check];
            let said = finding(Language::En, &report);
            assert!(
                said.starts_with("Not to be relied on: "),
                "{check:?} {said}"
            );
            let has_money = said.contains("worth");
            assert_eq!(has_money, check != Check::SpendUnknown, "{said}");
        }
        report.checks = vec![
            Check::RefundDays { n_days: 3 },
            Check::NotConverged(Model::BgNbd),
        ];
        let said = finding(Language::En, &report);
        assert!(said.starts_with("Today’s customers are expected"), "{said}");
    }

    #[test]
    fn columns_say_over_which_time_and_at_which_rate_they_are() {
        let said = |language| Words::new(language).lifetime_columns((90, 0.1));
        let english = said(Language::En);
        for part in [
            "the next 90 days",
            "10.0% a year",
            "horizon_days",
            "usual_pause_days",
        ] {
            assert!(english.contains(part), "{part}: {english}");
        }
        let korean = said(Language::Ko);
        assert!(
            korean.contains("앞으로 90일") && korean.contains("연 10.0%"),
            "{korean}"
        );
    }

    #[test]
    fn the_reason_for_a_model_says_how_it_was_chosen() {
        let words = Words::new(Language::En);
        let mut report = report(90);
        let said = words.lifetime_choice(&report);
        assert!(
            said.starts_with("MBG/NBD was used, as you chose. From"),
            "{said}"
        );
        report.params.model = None;
        let said = words.lifetime_choice(&report);
        assert!(said.contains("smallest root mean squared error"), "{said}");
        if let Some(holdout) = &mut report.holdout {
            holdout.scores[0].is_converged = false;
        }
        let said = words.lifetime_choice(&report);
        assert!(
            said.contains("none that did has converged in the trial"),
            "{said}"
        );
        let mut holdout = report.holdout.take();
        let mut score = holdout.clone().unwrap().scores[0].clone();
        if let Some(holdout) = &mut holdout {
            for (prediction, part) in [
                (
                    (0.0, 1e6),
                    "lies within the prediction interval (95%), 0 to 1,000,000.",
                ),
                ((1e6, 2e6), "lies outside the prediction interval (95%)"),
            ] {
                holdout.prediction = Some(prediction);
                let said = words.lifetime_trial_finding(&report, holdout);
                assert!(said.contains(part), "{said}");
            }
            holdout.prediction = None;
            let said = words.lifetime_trial_finding(&report, holdout);
            assert!(!said.contains("interval"), "{said}");
        }
        let said = words.lifetime_choice(&report);
        assert!(said.contains("the first model that converged"), "{said}");
        let passed = FittedModel {
            model: Model::BgNbd,
            limit: Some(Limit {
                rates: false,
                stopping: true,
            }),
            ..report.models[0].clone()
        };
        report.models.push(passed);
        let said = words.lifetime_choice(&report);
        assert!(said.contains("that converged short of a limit"), "{said}");
        for (is_converged, is_at_limit, end) in [
            (false, true, "(did not converge)"),
            (true, true, "(at a limit)"),
            (true, false, "MBG/NBD"),
        ] {
            (score.is_converged, score.is_at_limit) = (is_converged, is_at_limit);
            let said = words.lifetime_tried(&score);
            assert!(said.ends_with(end), "{said}");
        }
    }
}
