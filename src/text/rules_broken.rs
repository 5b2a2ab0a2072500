//! Which rule a parameter breaks, in words: the parameter as the person knows it, and what to do.

use super::Words;
use crate::analysis::{Rule, SegmentName};

impl Words {
    /// The sentence of a rule that a parameter breaks.
    pub(super) fn broken_rule(self, field: &str, rule: &Rule) -> String {
        let name = self.parameter(field);
        match rule {
            Rule::Between(least, most) => self.either(
                format!(
                    "{name}: {}부터 {} 사이의 수를 넣으세요.",
                    self.decimal(*least, 3),
                    self.decimal(*most, 3)
                ),
                format!(
                    "{name}: enter a number from {} to {}.",
                    self.decimal(*least, 3),
                    self.decimal(*most, 3)
                ),
            ),
            Rule::RisingCutPoints { need } => self.either(
                format!("{name}: 작은 수에서 큰 수로 {need}개를 넣으세요."),
                format!("{name}: enter {need} rising numbers."),
            ),
            Rule::NotEmpty => self.either(
                format!("{name}: 하나 이상 고르세요."),
                format!("{name}: choose at least one."),
            ),
            Rule::LeavesOne => self.either(
                format!("{name}: 이 크기로는 군집이 하나만 남습니다. 더 작은 수를 넣으세요."),
                format!("{name}: only one cluster would be left. Enter a smaller number."),
            ),
            Rule::Number => self.either(
                format!("{name}: 숫자를 넣으세요."),
                format!("{name}: enter a number."),
            ),
            Rule::KnownCategory | Rule::KnownMargin => self.unknown_of_products(*rule == Rule::KnownMargin),
            Rule::FewTexts { .. } | Rule::ColumnOfTexts | Rule::SharedWords { .. } => {
                self.broken_by_texts(name, rule)
            }
            Rule::HasName | Rule::OwnName | Rule::OtherThanOthers => self.broken_name(name, *rule),
            Rule::NumericColumn
            | Rule::TextColumn
            | Rule::KnownMeasure
            | Rule::SomeValues
            | Rule::NoRole(_) => self.broken_choice(name, *rule),
            Rule::SomeAboveNothing { most } => self.either(
                format!("{name}: 모두 0일 수는 없습니다. 적어도 하나는 1부터 {most} 사이의 수를 넣으세요."),
                format!("{name}: they cannot all be 0. Enter a number from 1 to {most} for at least one."),
            ),
            Rule::KnownCohort => self.either(
                format!("{name}: 그런 코호트가 없습니다. 표에 있는 코호트를 고르세요."),
                format!("{name}: there is no such cohort. Choose one that is in the table."),
            ),
            Rule::SoundTest => self.either(
                format!("{name}: 조건에 쓸 수 없는 수가 있습니다. 작은 수부터 큰 수까지, 비율은 0%보다 크고 100% 이하로 넣으세요."),
                format!("{name}: a number of a condition cannot be used. Enter ranges from the lower to the higher number and shares above 0% up to 100%."),
            ),
        }
    }

    /// Of names.
    fn broken_name(self, name: &str, rule: Rule) -> String {
        match rule {
            Rule::HasName => self.either(
                format!("{name}: 이름이 비어 있습니다. 이름을 넣으세요."),
                format!("{name}: the name is empty. Enter one."),
            ),
            Rule::OtherThanOthers => {
                let [en, ko] = SegmentName::OTHERS;
                self.either(
                    format!("{name}: ‘{ko}’(Others)는 어느 규칙에도 들지 않는 고객의 이름입니다. 다른 이름을 쓰세요."),
                    format!("{name}: “{en}” ({ko}) are those whom no rule has. Choose another name."),
                )
            }
            _ => self.either(
                format!("{name}: 이름이 다른 규칙과 같습니다. 다른 이름을 쓰세요."),
                format!("{name}: another rule has this name. Choose another one."),
            ),
        }
    }

    /// Of a column or measure that is not named.
    fn broken_choice(self, name: &str, rule: Rule) -> String {
        match rule {
            Rule::NumericColumn => self.either(
                format!("{name}: 이 파일에 그런 숫자 열이 없습니다. 다른 열을 고르세요."),
                format!("{name}: the file has no such column of numbers. Choose another one."),
            ),
            Rule::TextColumn => self.either(
                format!("{name}: 숫자 열입니다. 숫자를 견주는 조건을 고르세요."),
                format!("{name}: this is a column of numbers. Choose a condition on numbers."),
            ),
            Rule::KnownMeasure => self.either(
                format!("{name}: 이 파일에 그런 값이 없습니다. 다른 값을 고르세요."),
                format!("{name}: the file has no such value. Choose another one."),
            ),
            _ => self.either(
                format!("{name}: 쓸 수 없는 열입니다. 다른 열을 고르세요."),
                format!("{name}: this column cannot be used. Choose another one."),
            ),
        }
    }

    fn unknown_of_products(self, is_margin: bool) -> String {
        let words = if is_margin {
            self.pick(
                "마진을 알 수 없습니다. 원가나 마진이 있는 상품 파일을 함께 열거나 매출로 되돌리세요.",
                "Nothing says what is earned. Open a table of products with costs or margins beside the orders, or go back to revenue.",
            )
        } else {
            self.pick(
                "이 파일에 그런 카테고리가 없습니다. 다른 카테고리를 고르거나 비워서 모든 주문으로 되돌리세요.",
                "The file has no such category. Choose another one, or empty the field for all orders.",
            )
        };
        words.to_owned()
    }

    /// A parameter's name as the person knows it; the field itself where it has no other.
    pub(super) fn parameter(self, field: &str) -> &str {
        match field {
            "k" => self.pick("군집 수", "Number of clusters"),
            "eps" => self.pick("거리", "Reach"),
            "min_points" => self.pick("이웃 수", "Neighbours"),
            "xi" => self.clusters_xi(),
            "min_size" => self.pick("가장 작은 군집의 크기", "Smallest cluster allowed"),
            "categories" => self.pick("범주 열을 숫자로", "Columns of categories as numbers"),
            "words" => self.pick("글에서 뽑을 낱말", "Words of a column"),
            "min_customers" => self.pick("낱말마다 적어도 몇 명", "Fewest customers of a word"),
            "max_words" => self.pick("쓸 낱말 수", "How many words"),
            "groups" => self.pick("그룹 수", "Groups"),
            "category" => self.pick("카테고리", "Category"),
            "weights" => self.pick("점수의 가중치", "Weights of the scores"),
            "feature_weights" => self.pick("값의 가중치", "Weights of the features"),
            "fourth" => self.pick("네 번째 점수", "A fourth score"),
            "features" => self.pick("나누는 데 쓸 값", "Features"),
            "restarts" => self.pick("재시작 횟수", "Restarts"),
            "value" => self.pick("대신 넣을 값", "Own value"),
            "low" => self.pick("아래쪽 백분위수", "Lower percentile"),
            "high" => self.pick("위쪽 백분위수", "Upper percentile"),
            "recency_days" => self.pick("최근성 경계", "Recency cut points"),
            "frequency" => self.pick("빈도 경계", "Frequency cut points"),
            "monetary" => self.pick("금액 경계", "Monetary cut points"),
            "cuts" => self.pick("경계값", "Cut points"),
            "map" => self.pick("세그먼트 규칙", "Rules of the segments"),
            "active_days" => self.pick("활동 고객 기준일", "Days until slipping"),
            "lapsed_days" => self.pick("휴면 기준일", "Days until lapsed"),
            "loyal_orders" => self.pick("단골 기준 주문 수", "Orders to be loyal"),
            "shares" | "share-1" | "share-2" => self.pick("나누는 비율", "Shares"),
            "by" => self.pick("가치로 볼 값", "Value"),
            "due" => self.pick("구매 시기의 시작", "Due from"),
            "late" => self.pick("늦음의 시작", "Late from"),
            "long_overdue" => self.pick("많이 늦음의 시작", "Long overdue from"),
            "resamples" => self.pick("다시 뽑는 횟수", "Resamples"),
            "column" => self.pick("열", "Column"),
            "days" => self.pick("예측 기간(일)", "Days ahead"),
            "threshold" => self.pick("연락 기준 확률", "Threshold"),
            "hit_value" => self.pick("성공 한 건의 가치", "Value of a hit"),
            "contact_cost" => self.pick("연락 한 건의 비용", "Cost of a contact"),
            "train_share" => self.pick("학습에 쓸 비율", "Share to learn from"),
            "folds" => self.pick("교차 검증 조각 수", "Folds"),
            "trees" => self.pick("나무 수", "Trees"),
            "depth" => self.pick("조건 수", "Tests in a row"),
            "first" => self.pick("첫째 코호트", "First cohort"),
            "second" => self.pick("둘째 코호트", "Second cohort"),
            "period" => self.pick("비교할 기간", "Period compared"),
            "rules" => self.pick("규칙", "Rules"),
            name if name.starts_with("map.") => self.pick("세그먼트 규칙", "Rules of the segments"),
            rule if rule.starts_with("rules[") => self.pick("규칙", "Rule"),
            _ => field,
        }
    }
}
