//! What is to be known before a forecast is believed, and why there is none: a sentence each, with what to do.

use super::Words;
use crate::analysis::lifetime::{Check, Model, Problem};

impl Words {
    /// What is to be known before the numbers are believed, and what to do.
    pub fn lifetime_check(self, check: Check) -> String {
        let fixed = |ko: &str, en: &str| self.pick(ko, en).to_owned();
        match check {
            Check::NotConverged(model) => {
                let model = self.lifetime_model_of(Some(model));
                self.either(
                    format!("{model} 모형의 추정이 수렴하지 않아, 직접 고를 때만 씁니다. 다른 모형이나 더 긴 기간의 파일을 쓰세요."),
                    format!("The fit of {model} did not converge: it is used only where you choose it yourself. Take another model or a file of a longer time."),
                )
            }
            Check::AtLimit {
                model,
                rates,
                stopping,
            } => self.lifetime_at_limit(model, (rates, stopping)),
            Check::SpendAtLimit => fixed(
                "금액 모형의 모수가 한계까지 갔습니다. 이 파일로는 고객 사이, 또는 한 고객의 주문 사이에서 금액이 얼마나 다른지 가릴 수 없어 금액 모형의 표준오차와 예상 가치의 구간이 없습니다. 예상 금액은 평균에 가까운 값으로만 보세요.",
                "The parameters of the model of money have run to a limit: this file does not tell how orders’ money differs between customers, or between the orders of one. So there are no standard errors of it and no interval of the expected value. Take the expected money for about the mean and no more.",
            ),
            Check::NobodyStops => fixed(
                "떠난 고객이 거의 없는 것으로 나옵니다. 이 파일로는 이탈을 가릴 수 없으니 활동 확률을 답으로 쓰지 마세요.",
                "Hardly anybody seems to stop ordering. This file does not tell who has left: do not take the probabilities of still ordering for an answer.",
            ),
            Check::SpendFollowsFrequency { correlation } => {
                let number = self.decimal(correlation, 2);
                self.either(
                    format!("주문 횟수와 주문 금액이 함께 움직입니다(상관 {number}). Gamma-Gamma는 둘이 무관하다고 보므로 금액 예측은 한쪽으로 치우칠 수 있습니다."),
                    format!("How often and for how much customers buy belong together (correlation {number}). Gamma-Gamma takes them to be unrelated, so the forecast money may lean to one side."),
                )
            }
            Check::SpendUnknown => fixed(
                "금액 모형이 수렴하지 않았거나 평균이 없습니다. 예상 주문 수만 쓰세요.",
                "The model of money did not converge or has no mean. Use the expected orders only.",
            ),
            Check::NoMoney => fixed(
                "파일에 금액이 없어 예상 주문 수로 나눴습니다.",
                "The file has no money: customers are grouped by expected orders.",
            ),
            Check::LoneOrders(lone) => self.lone_orders(lone),
            Check::ZeroSpend { .. }
            | Check::RefundDays { .. }
            | Check::FewRepeat { .. }
            | Check::BeyondHistory { .. }
            | Check::ShortHistory { .. } => self.lifetime_counted(check),
            Check::NotTried => fixed(
                "기록이 짧거나 재구매 고객이 적어 모형을 지난 기간으로 시험하지 못했습니다.",
                "The models could not be tried on past days: the history is too short, or too few have ordered again.",
            ),
            Check::NaiveIsNearer => fixed(
                "마지막 기간은 단순 비율이 모형보다 더 잘 맞혔습니다. 모형의 예측을 조심해서 쓰세요.",
                "In the last days the naive rate came nearer than the model. Take the model’s forecasts with care.",
            ),
        }
    }

    /// A check that counts something.
    fn lifetime_counted(self, check: Check) -> String {
        match check {
            Check::ZeroSpend { n_customers } => {
                let customers = self.customers(n_customers);
                self.either(
                    format!("재주문 금액이 0인 {customers}은 금액 모형에서 뺐습니다."),
                    format!("Left out of the model of money, since their repeat orders are worth nothing: {customers}."),
                )
            }
            Check::RefundDays { n_days } => {
                let days = self.count(n_days);
                self.either(
                    format!("합계가 0보다 작은 주문일 {days}개(환불)는 주문으로 세지 않았습니다."),
                    format!("Not counted as orders, since they sum to less than nothing (refunds): {days} order days."),
                )
            }
            Check::FewRepeat { found } => {
                let customers = self.customers(found);
                self.either(
                    format!("재구매 고객이 {customers}뿐이라 추정이 불확실합니다. 표준오차를 보세요."),
                    format!("Only {customers} {} ordered again, so the estimates are unsure: see the standard errors.", Self::verb(found, "has", "have")),
                )
            }
            Check::ShortHistory { days } => {
                let days = self.days(f64::from(days));
                self.either(
                    format!("기록이 {days}뿐입니다. 먼 앞날의 예측은 믿기 어렵습니다."),
                    format!("The history is only {days} long: a forecast far ahead is not to be trusted."),
                )
            }
            Check::BeyondHistory { days, horizon } => {
                let (days, horizon) = (self.days(f64::from(days)), self.days(f64::from(horizon)));
                self.either(
                    format!("{days}의 기록으로 {horizon} 앞을 내다봅니다. 내다보는 기간을 기록보다 짧게 줄이세요."),
                    format!("The horizon of {horizon} is longer than the history of {days}: choose a shorter one."),
                )
            }
            _ => String::new(),
        }
    }

    /// Why nothing can be fitted, and what to do.
    pub(super) fn lifetime_problem(self, problem: Problem) -> String {
        let fixed = |ko: &str, en: &str| self.pick(ko, en).to_owned();
        match problem {
            Problem::OneDay => fixed(
                "모든 주문이 하루에 있어 앞날을 내다볼 수 없습니다. 날짜 열을 확인하거나 더 긴 기간의 파일을 여세요.",
                "All orders are on one day, so nothing can be forecast. Check the date column or open a file of a longer time.",
            ),
            Problem::OneOrderEach => fixed(
                "두 번 이상 주문한 고객이 없어 재구매를 예측할 수 없습니다. 고객 번호 열을 확인하거나 더 긴 기간의 파일을 여세요.",
                "No customer has ordered on two days, so further orders cannot be forecast. Check the customer column or open a file of a longer time.",
            ),
            Problem::FewRepeat { need, found } => self.either(
                format!("두 번 이상 주문한 고객이 {found}명뿐입니다. 적어도 {need}명이 필요하니 더 긴 기간의 파일을 여세요."),
                format!("Customers with orders on two days: {found}; at least {need} are needed. Open a file of a longer time."),
            ),
            Problem::ShortHistory { need, found } => self.either(
                format!("기록이 {found}일뿐입니다. 적어도 {need}일이 필요하니 더 긴 기간의 파일을 여세요."),
                format!("The history is {found} days long; at least {need} are needed. Open a file of a longer time."),
            ),
            Problem::NotConverged => fixed(
                "수렴한 모형이 없어 저절로 고를 모형이 없습니다. 더 긴 기간의 파일을 열거나, 모형 하나를 직접 골라 조심해서 보세요.",
                "No model has converged, so none is chosen by itself. Open a file of a longer time, or choose a model yourself and take it with care.",
            ),
            Problem::NoFit => fixed(
                "어떤 모형도 이 파일에 맞출 수 없습니다. 더 긴 기간의 파일을 여세요.",
                "No model can be fitted to this file. Open a file of a longer time.",
            ),
        }
    }

    /// That a fit has run to a limit: what the file does not tell, what is not given therefore, and what to do.
    fn lifetime_at_limit(self, model: Model, (rates, stopping): (bool, bool)) -> String {
        let model = self.lifetime_model_of(Some(model));
        let what = match (rates, stopping) {
            (true, true) => self.pick(
                "고객마다 얼마나 자주 주문하고 언제 떠나는지를",
                "how often each customer orders and how they stop",
            ),
            (true, false) => self.pick(
                "고객마다 주문 속도가 어떻게 다른지를",
                "how customers differ in how often they order",
            ),
            (false, true) => self.pick("고객이 언제 떠나는지를", "how customers stop"),
            (false, false) => self.pick(
                "모형의 모수를 서로",
                "one parameter of the model from another",
            ),
        };
        self.either(
            format!("{model} 모형의 모수가 한계까지 갔습니다. 이 파일로는 {what} 가릴 수 없습니다. 그래서 표준오차와 구간이 없고, 모수와 활동 확률을 답으로 쓸 수 없습니다. 한계에 닿지 않은 모형을 고르거나, 재주문이 더 많은 긴 기간의 파일을 쓰세요."),
            format!("The parameters of {model} have run to a limit: this file does not tell {what}. So there are no standard errors and no intervals, and its parameters and P(alive) are no answer. Take a model that is at no limit, or a file of a longer time with more repeat orders."),
        )
    }
}
