//! Why a column or a measure cannot be what it was chosen for, in words that name it, with what to do.

use super::Words;
use super::josa::{Josa, with_josa};
use crate::analysis::Rule;
use crate::data::Role;

impl Words {
    /// Which column breaks a rule, and what to do.
    pub(super) fn broken_by_column(self, (field, column): (&str, &str), rule: &Rule) -> String {
        let (name, own) = (self.parameter(field), self.feature(column));
        let quoted = format!("‘{own}’");
        let (topic, subject) = (
            with_josa(&quoted, Josa::Topic),
            with_josa(&quoted, Josa::Subject),
        );
        match rule {
            Rule::KnownMeasure => self.either(
                format!("{name}: 이 파일에 {subject} 없습니다. 다른 값을 고르세요."),
                format!("{name}: the file has no “{own}”. Choose another one."),
            ),
            Rule::NumericColumn => self.either(
                format!("{name}: {topic} 숫자 열이 아닙니다. 숫자 열을 고르세요."),
                format!("{name}: “{own}” is no column of numbers. Choose one that is."),
            ),
            Rule::TextColumn => self.either(
                format!("{name}: {topic} 숫자입니다. 숫자를 견주는 조건을 고르세요."),
                format!("{name}: “{own}” holds numbers. Choose a condition on numbers."),
            ),
            Rule::ColumnOfTexts => self.either(
                format!("{name}: {topic} 글이 든 열이 아닙니다. 다른 열을 고르세요."),
                format!("{name}: “{own}” is no column of texts. Choose another one."),
            ),
            Rule::SomeValues => self.either(
                format!("{name}: {topic} 모든 고객에게 비어 있습니다. 다른 값을 고르세요."),
                format!("{name}: nobody has a value of “{own}”. Choose another one."),
            ),
            Rule::FewTexts { most, found } => {
                let found = self.count(*found as u64);
                self.either(
                    format!("{name}: {quoted} 열에 서로 다른 글이 {found}가지나 있습니다. {most}가지까지 쓸 수 있으니 지역이나 등급처럼 가짓수가 적은 열을 고르세요."),
                    format!("{name}: “{own}” has {found} different texts; at most {most} can be used. Choose a column with few of them, such as a region or a grade."),
                )
            }
            Rule::NoRole(role) => self.has_role((name, &own), *role),
            _ => self.broken_rule(field, rule),
        }
    }

    /// That a column has a role, so that it is nothing to go by itself.
    fn has_role(self, (name, own): (&str, &str), role: Role) -> String {
        let topic = with_josa(&format!("‘{own}’"), Josa::Topic);
        if role == Role::Customer {
            return self.either(
                format!("{name}: {topic} 고객 아이디라 고객마다 달라 아무것도 말해 주지 않습니다. 다른 값을 고르세요."),
                format!("{name}: “{own}” is the customer id, which only names customers. Choose another one."),
            );
        }
        let role = self.role(role);
        self.either(
            format!("{name}: {topic} ‘{role}’ 역할로 읽는 열이라 그대로는 쓸 수 없습니다. 그 열에서 계산한 값(최근성, 빈도, 금액 등)을 고르거나, 열 지정에서 역할을 없애세요."),
            format!("{name}: “{own}” is read as “{role}”, so that it cannot be used as it is. Choose what is computed of it (recency, frequency, money …), or take the role away in the columns."),
        )
    }

    /// That too few customers have a value in all features, although there are enough.
    pub(super) fn lack_values(self, (need, found): (usize, usize), n_without: usize) -> String {
        let without = self.customers(n_without as u64);
        let having = self.customers(found as u64);
        self.either(
            format!("고른 값을 모두 가진 고객이 {having}뿐이라 계산할 수 없습니다. 적어도 {need}명이 필요합니다. 나머지 {without}은 빠진 값이 있거나 이상값으로 제외되었습니다. 빠진 값을 채우거나 다른 값을 고르세요."),
            format!("A value in all chosen features have {having}; at least {need} are needed. The other {without} lack one, or were left out as outliers. Fill missing values, or choose other features."),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::AnalysisError;
    use crate::text::Language;

    #[test]
    fn the_culprit_is_named_with_what_to_do_in_both_languages() {
        let many = Rule::FewTexts {
            most: 100,
            found: 11_000,
        };
        let (customer, date) = (Rule::NoRole(Role::Customer), Rule::NoRole(Role::Date));
        let (unknown, known) = (Rule::KnownMeasure, Rule::TextColumn);
        for (field, column, rule, part) in [
            (
                "features",
                "nowhere",
                unknown,
                "Features: the file has no “nowhere”.",
            ),
            ("features", "id", customer, "“id” is the customer id"),
            ("features", "when", date, "“when” is read as “"),
            ("features", "note", many, "“note” has 11,000 different"),
            (
                "features",
                "age",
                Rule::SomeValues,
                "nobody has a value of “age”",
            ),
            (
                "feature_weights",
                "agee",
                unknown,
                "Weights of the features: ",
            ),
            (
                "rules",
                "frequency",
                known,
                "Rules: “orders” holds numbers.",
            ),
        ] {
            let (field, column) = (field.to_owned(), column.to_owned());
            let error = AnalysisError::Column {
                field,
                column,
                rule,
            };
            let [ko, en] =
                [Language::Ko, Language::En].map(|one| Words::new(one).analysis_error(&error));
            assert!(en.contains(part) && en.matches(". ").count() >= 1, "{en}");
            assert!(ko.ends_with('.') && ko != en, "{ko}");
        }
        let error = AnalysisError::LackValues {
            need: 5,
            found: 0,
            n_without: 40,
        };
        let en = Words::new(Language::En).analysis_error(&error);
        assert!(en.contains("The other 40 customers lack one"), "{en}");
    }
}
