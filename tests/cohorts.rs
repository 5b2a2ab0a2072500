//! Cohorts from the text of a file to numbers and sentences: published values, counts of our own, what holds for any
//! order of rows, and what is said where there is nothing to show.

#![allow(clippy::unwrap_used)] // A test may stop where its own data is broken.

use gyeol::analysis::cohorts::{By, CohortProblem, Measure, Params, Report as Cohorts, Unit};
use gyeol::analysis::{AnalysisError, AnalysisId, Report, Request, Unwatched};
use gyeol::data::{Choices, Day};
use gyeol::engine::Engine;
use gyeol::export::{Settings, What};
use gyeol::protocol::FileNumber;
use gyeol::text::{Language, Words};

fn engine(text: &str) -> Engine {
    let (mut engine, number, bytes) = (Engine::default(), FileNumber(1), text.as_bytes());
    let size = bytes.len() as u64;
    let preview = engine
        .open(number, "orders.csv", size, None, bytes)
        .unwrap();
    let mut importer = engine.importer(number, &preview.guess).unwrap();
    importer.feed(bytes).unwrap();
    engine
        .import(importer, Vec::new(), Choices::default())
        .unwrap();
    engine
}

fn ask(text: &str, params: &Params, as_of: Option<&str>) -> Result<Cohorts, AnalysisError> {
    let as_of = as_of.map(|day| day.parse::<Day>().unwrap());
    let request = Request::Cohorts(params.clone(), None);
    match engine(text).analyze(request, as_of, &mut Unwatched)? {
        Report::Cohorts(report) => Ok(*report),
        _ => panic!("cohorts"),
    }
}

/// Orders of a customer each, `id,date` by line.
fn orders(lines: &[(String, &str)]) -> String {
    let mut text = "customer_id,order_date,amount\n".to_owned();
    for (id, day) in lines {
        text.push_str(&format!("{id},{day},10\n"));
    }
    text
}

/// Ten who come in January, of whom two come back, and a hundred who come in February, of whom none does.
fn lopsided() -> String {
    let mut lines: Vec<(String, &str)> = Vec::new();
    lines.extend((0..10).map(|own| (format!("J{own}"), "2024-01-15")));
    lines.extend((0..100).map(|own| (format!("F{own:02}"), "2024-02-15")));
    lines.extend([
        ("J0".into(), "2024-02-20"),
        ("J1".into(), "2024-02-21"),
        ("F00".into(), "2024-04-02"),
    ]);
    orders(&lines)
}

/// The mean of retention weighs customers: 10 at 20 % and 100 at 0 % are 1.8 %, as issue 25998 of PostHog has it, whose
/// mean of means had been 10 %.
#[test]
fn cohorts_of_ten_at_a_fifth_and_a_hundred_at_nothing_come_back_at_one_point_eight_per_cent() {
    let report = ask(&lopsided(), &Params::default(), None).unwrap();
    let at = |place: usize| report.cohorts[place].cells[1].value.unwrap();
    assert!((at(0) - 0.2).abs() < 1e-12 && at(1).abs() < 1e-12);
    let mean = report.mean[1].value.unwrap();
    assert!((mean - 2.0 / 110.0).abs() < 1e-12);
    assert_eq!(Words::new(Language::En).share(mean), "1.8%");
}

/// CDNOW's sample (2,349 customers of the first quarter of 1997 who paid anything, until June 1998), counted for this
/// test by a few lines of another language over the same file; nobody has published it by month.
#[test]
fn the_customers_of_cdnow_come_back_as_counted_by_hand() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/samples/cdnow.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let report = ask(&text, &Params::default(), None).unwrap();
    let active = |place: usize| -> Vec<u64> {
        let cells = report.cohorts[place].cells.iter();
        cells.map(|cell| cell.n_active).collect()
    };
    assert_eq!(report.cohorts.len(), 3);
    assert_eq!(
        active(0),
        [
            777, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45, 47, 63, 37, 37, 33
        ]
    );
    assert_eq!(
        active(1),
        [
            854, 134, 110, 75, 77, 75, 61, 61, 74, 70, 59, 57, 59, 70, 56, 59, 60
        ]
    );
    assert_eq!(
        active(2),
        [
            718, 87, 84, 78, 63, 64, 55, 57, 73, 65, 47, 51, 78, 32, 38, 45
        ]
    );
    // An order is a customer's day.
    let first = report.cohorts[0].cells[1];
    assert_eq!(
        (first.n_orders, first.revenue.to_string()),
        (174, "7003.73".to_owned())
    );
    let mean = report.mean[1].value.unwrap();
    assert!((mean - f64::from(124 + 134 + 87) / 2349.0).abs() < 1e-12);
}

#[test]
fn retention_starts_at_one_and_no_order_of_rows_shows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/samples/cdnow.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let turned = lines.join("\n") + "\n";
    for (unit, measure) in [
        (Unit::Week, Measure::Retention),
        (Unit::Month, Measure::AverageOrderValue),
        (Unit::Month, Measure::CumulativeRevenue),
    ] {
        let params = Params {
            unit,
            measure,
            ..Params::default()
        };
        let report = ask(&text, &params, None).unwrap();
        assert_eq!(report, ask(&turned, &params, None).unwrap());
        for cell in report.cohorts.iter().filter_map(|own| own.cells.first()) {
            assert_eq!(cell.n_active, cell.n_customers);
        }
    }
}

/// What is said, in both languages.
fn said(error: &AnalysisError) -> [String; 2] {
    [Language::Ko, Language::En].map(|language| Words::new(language).analysis_error(error))
}

/// The file is refused with a sentence that says what to do.
fn refused(text: &str, params: &Params, as_of: Option<&str>, [ko, en]: [&str; 2]) -> AnalysisError {
    let error = ask(text, params, as_of).unwrap_err();
    let [own_ko, own_en] = said(&error);
    assert!(own_ko.contains(ko), "{own_ko}");
    assert!(own_en.contains(en), "{own_en}");
    error
}

fn of(lines: &[(&str, &'static str)]) -> String {
    let lines = lines.iter().map(|(id, day)| ((*id).to_owned(), *day));
    orders(&lines.collect::<Vec<_>>())
}

#[test]
fn customers_with_one_order_each_are_a_sentence() {
    let text = of(&[
        ("a", "2024-01-05"),
        ("b", "2024-02-05"),
        ("c", "2024-03-05"),
    ]);
    let error = refused(
        &text,
        &Params::default(),
        None,
        [
            "고객 열에 주문 번호가 지정되지 않았는지 확인",
            "See whether the customer column",
        ],
    );
    assert_eq!(error, AnalysisError::Cohorts(CohortProblem::NobodyCameBack));
}

#[test]
fn one_month_of_history_is_a_sentence_and_weeks_are_the_way_out() {
    let text = of(&[
        ("a", "2024-01-02"),
        ("a", "2024-01-09"),
        ("b", "2024-01-10"),
        ("b", "2024-01-20"),
        ("c", "2024-01-30"),
    ]);
    let error = refused(
        &text,
        &Params::default(),
        None,
        ["기간 단위를 줄이거나", "Choose a shorter period"],
    );
    assert_eq!(
        error,
        AnalysisError::Cohorts(CohortProblem::OneCohort(By::Acquisition))
    );
    let weeks = Params {
        unit: Unit::Week,
        ..Params::default()
    };
    assert_eq!(ask(&text, &weeks, None).unwrap().cohorts.len(), 3);
}

#[test]
fn orders_of_one_day_are_a_sentence() {
    let text = of(&[
        ("a", "2024-01-02"),
        ("b", "2024-01-02"),
        ("c", "2024-01-02"),
    ]);
    let error = refused(
        &text,
        &Params::default(),
        None,
        [
            "더 긴 기간의 주문 파일을 여세요",
            "Open orders of a longer time",
        ],
    );
    assert_eq!(error, AnalysisError::Cohorts(CohortProblem::OneDay));
}

#[test]
fn a_single_cohort_of_a_column_is_a_sentence() {
    let mut text = "customer_id,order_date,amount,region\n".to_owned();
    for line in [
        "a,2024-01-02",
        "b,2024-01-09",
        "a,2024-02-02",
        "b,2024-03-02",
    ] {
        text.push_str(&format!("{line},10,South\n"));
    }
    let params = Params {
        by: By::Column,
        column: "region".to_owned(),
        ..Params::default()
    };
    let ways = [
        "다른 열이나 세그먼트를 고르세요",
        "Choose another column or segmentation",
    ];
    let error = refused(&text, &params, None, ways);
    assert_eq!(
        error,
        AnalysisError::Cohorts(CohortProblem::OneCohort(By::Column))
    );
}

#[test]
fn dates_in_the_future_are_a_sentence_and_an_earlier_date_is_the_way_out() {
    let text = of(&[
        ("a", "2024-01-02"),
        ("a", "2024-02-02"),
        ("b", "2024-02-12"),
        ("b", "2024-04-02"),
        ("c", "2090-01-01"),
    ]);
    let ways = [
        "기준일을 앞당기거나(2024. 4. 3.)",
        "set the as-of date to 3 Apr 2024",
    ];
    let error = refused(&text, &Params::default(), None, ways);
    assert!(matches!(error, AnalysisError::LoneOrders(_)));
    let report = ask(&text, &Params::default(), Some("2024-05-01")).unwrap();
    assert_eq!((report.cohorts.len(), report.n_later_orders), (2, 1));
    let remark = Words::new(Language::En).cohort_remark(&report, 0).unwrap();
    assert_eq!(
        remark,
        "1 order after the as-of date (1 May 2024): not counted."
    );
}

/// CDNOW by day: 84 days of first orders, 545 days of history.
#[test]
fn by_day_the_horizon_is_as_long_as_the_data() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/samples/cdnow.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let by_day = Params {
        unit: Unit::Day,
        ..Params::default()
    };
    let report = ask(&text, &by_day, None).unwrap();
    assert_eq!((report.n_periods, report.mean.len()), (546, 546));
    assert_eq!((report.cohorts.len(), report.n_left_out), (84, 0));
    assert_eq!(report.n_cohorts[0], 84);
    assert_eq!(report.cohorts[0].cells.len(), 546);
}

/// A shop with more days than a report has room for: its file has them all.
#[test]
fn the_saved_table_has_the_cohorts_that_the_report_leaves_out() {
    let first: Day = "2022-01-01".parse().unwrap();
    let mut text = "customer_id,order_date,amount\n".to_owned();
    for day in 0..500 {
        for day_of_order in [first.plus(day), first.plus(day + 1)] {
            text.push_str(&format!("c{day:03},{day_of_order},10\n"));
        }
    }
    let settings = Settings {
        cohorts: Params {
            unit: Unit::Day,
            ..Params::default()
        },
        ..Settings::default()
    };
    let report = ask(&text, &settings.cohorts, None).unwrap();
    assert_eq!((report.cohorts.len(), report.n_left_out), (399, 101));
    let only = [AnalysisId::Cohorts];
    let file = engine(&text).export(What::Cohorts, &settings, &only, &mut Unwatched);
    let file = String::from_utf8(file.unwrap().bytes).unwrap();
    let of = |key: &str| file.lines().filter(|line| line.starts_with(key)).count();
    assert_eq!((of("2022-01-01,"), of("all,")), (501, 501));
    // 501 + 500 + … + 2 cells, the mean of all and the head.
    assert_eq!(file.lines().count(), 125_750 + 501 + 1);
}

#[test]
fn a_date_before_the_first_order_is_a_sentence() {
    let ways = ["기준일을 더 뒤로 옮기세요", "Choose a later as-of date"];
    let error = refused(&lopsided(), &Params::default(), Some("2023-12-31"), ways);
    assert!(matches!(error, AnalysisError::NothingUntil { .. }));
}

#[test]
fn a_column_of_first_orders_that_is_not_there_is_a_sentence() {
    let params = Params {
        by: By::FirstOrder,
        column: "nothing of the kind".to_owned(),
        ..Params::default()
    };
    let ways = ["다른 값을 고르세요", "Choose another one"];
    refused(&lopsided(), &params, None, ways);
}
