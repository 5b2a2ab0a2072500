//! Comparisons, joins of conditions, order and oddities of rules, each on five customers.

use super::*;
use crate::{Params as _, Unwatched, testing};
use gyeol_data::{Attribute, AttributeValues, Names};
use proptest::prelude::*;

/// `a` to `e`: days 0 to 40, money 100 to 500, regions Seoul, Busan, none, Seoul, SEOUL-west.
fn shop() -> Dataset {
    let mut dataset = testing::orders(&[
        ("a", 0, 10_000),
        ("b", 10, 20_000),
        ("c", 20, 30_000),
        ("d", 30, 40_000),
        ("e", 40, 50_000),
    ]);
    let mut texts = Names::default();
    let mut code = |text: &str| Some(texts.intern(text.as_bytes()));
    let codes = vec![
        code("Seoul"),
        code("Busan"),
        None,
        code("Seoul"),
        code("SEOUL-west"),
    ];
    dataset.attributes.push(Attribute {
        name: "region".into(),
        values: AttributeValues::Texts { texts, codes },
    });
    dataset
}

fn is(measure: &str, value: Comparison) -> Condition {
    Condition::Is(Test {
        measure: measure.into(),
        value,
    })
}

fn rule(name: &str, when: Condition) -> SegmentRule {
    SegmentRule {
        name: name.into(),
        when,
    }
}

fn run_on(dataset: &Dataset, rules: Vec<SegmentRule>) -> Result<Output, AnalysisError> {
    let params = Params { rules }.checked()?;
    run(dataset, &params, Day::from_number(50), &mut Unwatched)
}

/// The customers that a condition matches, by letter.
fn matching(when: Condition) -> String {
    let output = run_on(&shop(), vec![rule("x", when)]).unwrap();
    let assignment = output.segmentation.assignment.iter().zip('a'..);
    assignment
        .filter(|(place, _)| **place == 0)
        .map(|(_, letter)| letter)
        .collect()
}

#[test]
fn every_comparison_matches_whom_it_says() {
    use Comparison::*;
    let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    for (measure, value, expected) in [
        ("recency", AtMost(20.0), "de"),
        ("recency", LessThan(20.0), "e"),
        ("recency", AtLeast(40.0), "ab"),
        ("recency", MoreThan(40.0), "a"),
        ("monetary", Between(200.0, 400.0), "bcd"),
        ("monetary", Highest(0.4), "de"),
        ("monetary", Highest(0.41), "cde"),
        ("monetary", Lowest(0.2), "a"),
        ("frequency", Highest(0.2), "abcde"),
        ("recency", Known, "abcde"),
        ("days_between_orders", Missing, "abcde"),
        ("days_between_orders", Highest(1.0), ""),
        ("region", OneOf(texts(&["Seoul"])), "ad"),
        ("region", NoneOf(texts(&["Seoul"])), "be"),
        ("region", Contains("seoul".into()), "ade"),
        ("region", Missing, "c"),
        ("region", Known, "abde"),
    ] {
        let shown = format!("{measure} {value:?}");
        assert_eq!(matching(is(measure, value)), expected, "{shown}");
    }
}

#[test]
fn all_any_and_not_join_tests_and_a_missing_value_matches_only_a_not() {
    use Comparison::*;
    use Condition::{All, Any, Not};
    let recent = || is("recency", AtMost(30.0));
    let seoul = || is("region", Contains("seoul".into()));
    assert_eq!(matching(All(vec![recent(), seoul()])), "de");
    assert_eq!(matching(Any(vec![recent(), seoul()])), "acde");
    assert_eq!(matching(Not(Box::new(seoul()))), "bc");
    assert_eq!(matching(All(vec![])), "abcde");
    assert_eq!(matching(Any(vec![])), "");
}

#[test]
fn a_test_without_values_matches_nobody_turned_around_or_not() {
    for value in [
        Comparison::OneOf(Vec::new()),
        Comparison::NoneOf(Vec::new()),
        Comparison::Contains(String::new()),
    ] {
        let test = is("region", value);
        assert_eq!(matching(test.clone()), "");
        assert_eq!(matching(Condition::Not(Box::new(test))), "");
    }
}

#[test]
fn the_first_match_wins_and_who_matches_none_is_in_others() {
    let rules = vec![
        rule("recent", is("recency", Comparison::AtMost(20.0))),
        rule("rich", is("monetary", Comparison::AtLeast(300.0))),
    ];
    let output = run_on(&shop(), rules).unwrap();
    assert_eq!(output.segmentation.assignment, [2, 2, 1, 0, 0]);
    let report = output.report;
    let counts: Vec<_> = (report.rules.iter())
        .map(|rule| {
            (
                rule.n_matching,
                rule.n_taken,
                rule.revenue_matching.to_string(),
            )
        })
        .collect();
    assert_eq!(
        counts,
        [(2, 2, "900".to_owned()), (3, 1, "1200".to_owned())]
    );
    let overlap = Overlap {
        first: 0,
        second: 1,
        n_customers: 2,
    };
    assert_eq!((report.overlaps, report.n_others), (vec![overlap], 2));
    assert_eq!(report.rules[0].n_by_test, [2]);
    let last = report.segments.last().unwrap();
    assert_eq!(last.label, Label::Known(SegmentName::Others));
}

#[test]
fn odd_rules_are_named() {
    let contradiction = Condition::All(vec![
        is("recency", Comparison::AtMost(5.0)),
        is("recency", Comparison::AtLeast(6.0)),
    ]);
    let rules = vec![
        rule("nobody", contradiction),
        rule("old", is("recency", Comparison::AtLeast(40.0))),
        rule("older", is("recency", Comparison::AtLeast(50.0))),
        rule("all", Condition::All(vec![])),
    ];
    let report = run_on(&shop(), rules).unwrap().report;
    let oddities: Vec<_> = report.rules.iter().map(|rule| rule.oddity).collect();
    let expected = [
        Some(Oddity::Nobody),
        None,
        Some(Oddity::NobodyLeft),
        Some(Oddity::Everybody),
    ];
    assert_eq!(oddities, expected);
    assert_eq!(report.n_others, 0);
    assert_eq!(report.segments.len(), 4, "no others");
}

#[test]
fn shares_are_those_of_measures_whatever_columns_are_called() {
    let mut dataset = shop();
    for name in ["market share", "category_share:Tea"] {
        dataset.attributes.push(Attribute {
            name: name.into(),
            values: AttributeValues::Numbers(vec![Some(12.5), Some(40.0), None, None, None]),
        });
    }
    let report = run_on(&dataset, Vec::new()).unwrap().report;
    let is_share = |name: &str| {
        let mut choices = report.choices.iter();
        choices
            .find(|choice| choice.name == name)
            .map(|one| one.is_share)
    };
    for (name, expected) in [
        ("weekend_share", Some(true)),
        ("largest_order_share", Some(true)),
        ("recency", Some(false)),
        ("market share", Some(false)),
        ("category_share:Tea", Some(false)),
        ("region", Some(false)),
    ] {
        assert_eq!(is_share(name), expected, "{name}");
    }
}

#[test]
fn without_rules_everyone_is_in_others_and_the_choices_are_there() {
    let report = run_on(&shop(), Vec::new()).unwrap().report;
    assert_eq!((report.n_others, report.segments.len()), (5, 1));
    let named = |name: &str| {
        let mut choices = report.choices.iter();
        choices
            .find(|choice| choice.name == name)
            .map(|choice| choice.range.clone())
    };
    assert_eq!(named("recency"), Some(Range::Numbers(10.0, 50.0)));
    let texts = [("Seoul", 2), ("Busan", 1), ("SEOUL-west", 1)];
    let texts = texts.map(|(text, n)| (text.to_owned(), n)).to_vec();
    assert_eq!(named("region"), Some(Range::Texts(texts, 3)));
    assert_eq!(named("days_between_orders"), None, "nobody has one");
}

#[test]
fn a_rule_that_cannot_be_names_its_field() {
    let field_of = |rules: Vec<SegmentRule>| match run_on(&shop(), rules).map(|_| ()) {
        Err(AnalysisError::Param { field, rule }) => (field, rule),
        Err(AnalysisError::Column { column, rule, .. }) => (column, rule),
        other => panic!("{other:?}"),
    };
    let recent = || is("recency", Comparison::AtMost(20.0));
    let number = |value: Comparison| vec![rule("x", is("recency", value))];
    let text = |value: Comparison| vec![rule("x", is("region", value))];
    let mut deep = recent();
    for _ in 0..8 {
        deep = Condition::Not(Box::new(deep));
    }
    for (rules, field, broken) in [
        (
            vec![rule("x", is("age", Comparison::Known))],
            "age",
            Rule::KnownMeasure,
        ),
        (
            number(Comparison::OneOf(vec![])),
            "recency",
            Rule::TextColumn,
        ),
        (
            text(Comparison::AtLeast(1.0)),
            "region",
            Rule::NumericColumn,
        ),
        (
            number(Comparison::AtLeast(f64::NAN)),
            "rules[0]",
            Rule::SoundTest,
        ),
        (
            number(Comparison::Between(2.0, 1.0)),
            "rules[0]",
            Rule::SoundTest,
        ),
        (
            number(Comparison::Highest(1.5)),
            "rules[0]",
            Rule::SoundTest,
        ),
        (vec![rule("x", deep)], "rules[0]", Rule::Between(1.0, 8.0)),
    ] {
        assert_eq!(field_of(rules), (field.to_owned(), broken));
    }
}

#[test]
fn a_rule_has_a_name_of_its_own_that_is_not_that_of_the_others() {
    let recent = |name: &str| rule(name, is("recency", Comparison::AtMost(20.0)));
    for (names, broken) in [
        (&["x", " "][..], Rule::HasName),
        (&["x", "x"], Rule::OwnName),
        (&["x", "Others"], Rule::OtherThanOthers),
        (&["x", "기타 "], Rule::OtherThanOthers),
    ] {
        let rules = names.iter().map(|name| recent(name)).collect();
        let refused = run_on(&shop(), rules).map(|_| ());
        assert_eq!(
            refused,
            Err(AnalysisError::param("rules[1]", broken)),
            "{names:?}"
        );
    }
    assert!(run_on(&shop(), vec![recent("x"), recent("y")]).is_ok());
}

#[test]
fn rules_are_readable_json() {
    let params = Params {
        rules: vec![rule(
            "VIP",
            Condition::All(vec![
                is("recency", Comparison::AtMost(30.0)),
                is("region", Comparison::OneOf(vec!["Seoul".into()])),
            ]),
        )],
    };
    let expected = concat!(
        r#"{"rules":[{"name":"VIP","when":{"all":["#,
        r#"{"is":{"measure":"recency","value":{"at-most":30.0}}},"#,
        r#"{"is":{"measure":"region","value":{"one-of":["Seoul"]}}}]}}]}"#
    );
    assert_eq!(serde_json::to_string(&params).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Params>(expected).unwrap(), params);
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let numbers = prop::sample::select(vec!["recency", "monetary", "frequency"]);
    let test = (numbers, 0..600_i32, 0..4_u8).prop_map(|(measure, number, kind)| {
        let number = f64::from(number);
        let value = match kind {
            0 => Comparison::AtLeast(number),
            1 => Comparison::LessThan(number),
            2 => Comparison::Highest((number + 1.0) / 601.0),
            _ => Comparison::Known,
        };
        is(measure, value)
    });
    test.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn everyone_is_in_exactly_one_segment_and_counts_agree(
        conditions in prop::collection::vec(any_condition(), 0..5),
    ) {
        let rules = conditions.into_iter().enumerate();
        let rules: Vec<_> = rules.map(|(place, when)| rule(&format!("{place}"), when)).collect();
        let output = run_on(&shop(), rules).unwrap();
        let (report, segmentation) = (output.report, output.segmentation);
        let n = segmentation.segments.len();
        prop_assert!(segmentation.assignment.iter().all(|&place| usize::from(place) < n));
        let taken: u64 = report.rules.iter().map(|rule| rule.n_taken).sum();
        prop_assert_eq!(taken + report.n_others, 5);
        for (facts, segment) in report.rules.iter().zip(&report.segments) {
            prop_assert_eq!(facts.n_taken, segment.n_customers);
            prop_assert!(facts.n_taken <= facts.n_matching);
        }
    }

    #[test]
    fn not_of_all_is_any_of_nots(parts in prop::collection::vec(any_condition(), 1..4)) {
        let nots = parts.iter().map(|part| Condition::Not(Box::new(part.clone()))).collect();
        let not_all = Condition::Not(Box::new(Condition::All(parts)));
        prop_assert_eq!(matching(not_all), matching(Condition::Any(nots)));
    }
}
