//! What is computed and when, the list of customers, and files that are made.

use gyeol::analysis::customers::{Filter, Query, Sort};
use gyeol::analysis::treatment::{Gaps, Treatment};
use gyeol::analysis::{AnalysisError, Request, SegmentationId, clusters, prediction, value};
use gyeol::data::{Choices, Contact, Day, ImportError, Mapping, Reason};
use gyeol::export::{ExportError, Purpose, Settings, What};
use gyeol::protocol::{Answer, FromWorker, JobId, ToWorker};
use gyeol::session::{Command, Event, Notice, Slot, Stage, View};

use crate::app::{App, file, success};
use crate::fixtures::{columns, settings_with_k};

#[test]
fn each_view_computes_what_it_needs_and_no_more() {
    for (view, expected) in [
        (View::Overview, vec!["import", "rfm", "clusters"]),
        (View::Rfm, vec!["import", "rfm"]),
        (
            View::Clusters,
            vec!["import", "rfm", "clusters", "cluster_counts"],
        ),
        (View::Compare, vec!["import", "rfm", "clusters", "compare"]),
        (View::Customers, vec!["import", "rfm", "clusters"]),
        (View::Data, vec!["import", "rfm"]),
        (View::Columns, vec!["import", "rfm", "columns"]),
    ] {
        let mut app = App::in_mapping();
        app.send(Event::ViewShown(view))
            .send(Event::ImportConfirmed);
        assert_eq!(app.settle(), expected, "{view:?}");
        app.send(Event::ViewShown(view));
        assert_eq!(app.asked(), "nothing", "{view:?} computes twice");
    }
}

#[test]
fn a_change_computes_only_what_the_visible_view_needs() {
    let mut app = App::in_ready(View::Clusters);
    let mut settings = app.session.settings.clone();
    settings.rfm.groups = 4;
    app.send(Event::SettingsChanged(Box::new(settings.clone())));
    assert_eq!(app.asked(), "nothing");
    settings.clusters.k = 3;
    settings.clusters.seed = 3;
    app.send(Event::SettingsChanged(Box::new(settings)));
    assert!(matches!(app.session.clusters, Slot::Running(Some(_))));
    assert_eq!(app.settle(), ["clusters", "cluster_counts"]);
    app.send(Event::ViewShown(View::Rfm));
    assert_eq!(app.settle(), ["rfm"]);
}

#[test]
fn a_prediction_that_cannot_be_is_asked_again_with_other_settings_and_not_before() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::ViewShown(View::Prediction));
    assert_eq!(app.asked(), "prediction");
    let problem = prediction::Problem::ShortHistory {
        need: 180,
        found: 90,
    };
    app.answer(Answer::Analyzed(Err(problem.into())));
    assert_eq!(app.session.prediction.state(), "failed");
    app.send(Event::ViewShown(View::Rfm))
        .send(Event::ViewShown(View::Prediction));
    assert_eq!(app.asked(), "nothing");
    let mut settings = app.session.settings.clone();
    settings.prediction.days = 30;
    app.send(Event::SettingsChanged(Box::new(settings)));
    assert_eq!(app.asked(), "prediction");
    app.send(Event::Undo);
    assert_eq!(app.session.settings.prediction.days, 90);
}

#[test]
fn forecasts_of_another_day_are_in_no_list() {
    let mut app = App::in_ready(View::Lifetime);
    assert!(app.session.has_forecasts());
    let mut settings = app.session.settings.clone();
    settings.as_of = Some(Day::from_number(18_000));
    app.send(Event::ViewShown(View::Customers))
        .send(Event::SettingsChanged(Box::new(settings)));
    app.settle();
    assert!(app.session.lifetime.value().is_some() && !app.session.has_forecasts());
    app.send(Event::ViewShown(View::Lifetime));
    app.settle();
    assert!(app.session.has_forecasts());
}

#[test]
fn another_number_of_clusters_leaves_the_table_of_all_numbers() {
    let mut app = App::in_ready(View::Clusters);
    let mut settings = app.session.settings.clone();
    settings.clusters.k = 3;
    app.send(Event::SettingsChanged(Box::new(settings)));
    assert_eq!(app.settle(), ["clusters"]);
}

#[test]
fn clusters_that_are_held_are_placed_on_each_day_and_their_number_is_not_asked_for() {
    let mut app = App::in_ready(View::Clusters);
    let mut settings = app.session.settings.clone();
    settings.clusters.k = 2;
    app.send(Event::SettingsChanged(Box::new(settings.clone())));
    app.settle();
    let report = app.session.clusters.value().cloned().unwrap();
    settings.clusters.held.clone_from(&report.rule);
    assert!(
        settings.clusters.held.is_some(),
        "both clusters have enough customers"
    );
    app.send(Event::SettingsChanged(Box::new(settings.clone())));
    assert_eq!(app.settle(), ["clusters"]);
    let as_of = Some(Day::from_number(130));
    app.send(Event::AsOfMoved {
        as_of,
        is_settled: true,
    });
    assert_eq!(app.settle(), ["clusters"]);
    // The map may be drawn otherwise; another number of clusters is to be seen, and lets them go.
    let mut settings = app.session.settings.clone();
    settings.clusters.map = clusters::Projection::TSne;
    app.send(Event::SettingsChanged(Box::new(settings.clone())));
    assert!(app.session.settings.clusters.held.is_some());
    settings.clusters.k = 3;
    app.send(Event::SettingsChanged(Box::new(settings)));
    assert_eq!(app.session.settings.clusters.held, None);
    app.send(Event::Undo);
    assert!(app.session.settings.clusters.held.is_some());
}

#[test]
fn classes_that_are_held_are_let_go_with_another_measure() {
    let mut app = App::in_ready(View::Value);
    let mut settings = app.session.settings.clone();
    let report = app.session.value.value().cloned().unwrap();
    settings.value.held = Some(value::Lowest::of(&report));
    app.send(Event::SettingsChanged(Box::new(settings.clone())));
    assert_eq!(app.settle(), ["value"]);
    assert!(app.session.settings.value.held.is_some());
    settings.value.by = "frequency".to_owned();
    app.send(Event::SettingsChanged(Box::new(settings)));
    assert_eq!(app.session.settings.value.held, None);
}

#[test]
fn the_table_of_all_numbers_of_clusters_lets_all_others_pass() {
    let mut app = App::in_ready(View::Clusters);
    app.send(Event::SettingsChanged(Box::new(settings_with_k(3))));
    app.send(Event::ExportAsked(What::Segments));
    assert_eq!(app.settle(), ["clusters", "export", "cluster_counts"]);
}

#[test]
fn the_same_settings_change_nothing() {
    let mut app = App::in_ready(View::Rfm);
    let settings = Box::new(app.session.settings.clone());
    app.send(Event::SettingsChanged(settings));
    assert!(!app.session.can_undo());
    assert_eq!(app.asked(), "nothing");
}

#[test]
fn a_newer_request_of_the_same_kind_replaces_the_waiting_one() {
    let mut app = App::in_ready(View::Rfm);
    for groups in [2, 3, 4] {
        let mut settings = app.session.settings.clone();
        settings.rfm.groups = groups;
        app.send(Event::SettingsChanged(Box::new(settings)));
    }
    let groups = |app: &App| match &app.last {
        Some((
            _,
            ToWorker::Analyze {
                request: Request::Rfm(params),
                ..
            },
            _,
        )) => params.groups,
        _ => 0,
    };
    assert_eq!(groups(&app), 2);
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
    assert_eq!(app.session.rfm.state(), "running");
    assert_eq!(groups(&app), 4);
    assert_eq!(app.settle(), ["rfm"]);
    assert_eq!(app.session.rfm.state(), "ready");
}

#[test]
fn answers_of_stale_jobs_are_dropped() {
    let mut app = App::in_ready(View::Overview);
    app.hear(FromWorker::Done {
        job: JobId(1),
        answer: Answer::Analyzed(Err(AnalysisError::NoHistory)),
    });
    assert_eq!(app.session.rfm.state(), "ready");
    app.hear(FromWorker::Progress {
        job: JobId(1),
        done: 1,
        total: 2,
        n_rows: 0,
    });
    assert_eq!(app.session.progress, None);
}

#[test]
fn progress_of_the_running_job_is_shown_until_it_ends() {
    let mut app = App::in_mapping();
    app.send(Event::ImportConfirmed);
    let job = app.last.as_ref().unwrap().0;
    app.hear(FromWorker::Progress {
        job,
        done: 5,
        total: 10,
        n_rows: 3,
    });
    assert_eq!(app.session.progress.unwrap().n_rows, 3);
    app.settle();
    assert_eq!(app.session.progress, None);
}

#[test]
fn a_choice_counts_other_rows_and_computes_again() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::ChoiceChanged {
        reason: Reason::Returned,
        left_out: false,
    });
    assert!(!app.session.settings.choices.leaves_out(Reason::Returned));
    assert_eq!(app.settle(), ["choose", "rfm"]);
    app.send(Event::Undo);
    assert_eq!(app.settle(), ["choose", "rfm"]);
    assert_eq!(app.session.settings.choices, Choices::default());
}

#[test]
fn a_choice_that_leaves_no_row_is_taken_back() {
    let mut app = App::in_ready(View::Rfm);
    let error = ImportError::NoUsableRows {
        n_rows: 3,
        mostly: Reason::Duplicate,
    };
    app.send(Event::ChoiceChanged {
        reason: Reason::Duplicate,
        left_out: true,
    });
    app.answer(Answer::Imported(Err(error.clone())));
    assert_eq!(app.session.settings.choices, Choices::default());
    assert_eq!(app.notices(), [Notice::ImportFailed(error)]);
    assert_eq!(app.session.stage, Stage::Ready);
}

#[test]
fn a_choice_that_fails_leaves_the_newer_one_that_waits_alone() {
    let mut app = App::in_ready(View::Rfm);
    for left_out in [true, false] {
        app.send(Event::ChoiceChanged {
            reason: Reason::Returned,
            left_out: !left_out,
        });
        app.send(Event::ChoiceChanged {
            reason: Reason::Duplicate,
            left_out,
        });
        app.answer(Answer::Imported(Err(ImportError::NoUsableRows {
            n_rows: 3,
            mostly: Reason::Duplicate,
        })));
        let asked = match &app.last {
            Some((_, ToWorker::Choose { choices }, _)) => *choices,
            other => panic!("{other:?}"),
        };
        assert_eq!(app.session.settings.choices, asked);
        app.settle();
        let shown = app.session.imported.as_ref().unwrap().ledger.choices;
        assert_eq!(app.session.settings.choices, shown);
        assert_eq!(app.notices(), []);
    }
}

#[test]
fn choices_that_fail_one_after_the_other_go_back_to_the_ledger_that_is_shown() {
    let mut app = App::in_ready(View::Rfm);
    for reason in [Reason::Returned, Reason::NoCustomer] {
        app.send(Event::ChoiceChanged {
            reason,
            left_out: false,
        });
    }
    for _ in 0..2 {
        app.answer(Answer::Imported(Err(ImportError::NoUsableRows {
            n_rows: 3,
            mostly: Reason::Duplicate,
        })));
    }
    let shown = app.session.imported.as_ref().unwrap().ledger.choices;
    assert_eq!(app.session.settings.choices, shown);
    assert_eq!(app.notices().len(), 1);
}

#[test]
fn fifty_changes_can_be_taken_back() {
    let mut app = App::in_ready(View::Data);
    let before = app.session.settings.clone();
    for seed in 0..50 {
        let mut settings = app.session.settings.clone();
        settings.clusters.seed = seed;
        app.send(Event::SettingsChanged(Box::new(settings)));
    }
    for _ in 0..50 {
        assert!(app.session.can_undo());
        app.send(Event::Undo);
    }
    assert_eq!(app.session.settings, before);
    assert!(!app.session.can_undo());
}

#[test]
fn an_impossible_analysis_says_why_and_is_not_tried_again() {
    let mut app = App::in_mapping();
    app.send(Event::ViewShown(View::Compare))
        .send(Event::ImportConfirmed);
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
    app.answer(Answer::Analyzed(Err(AnalysisError::NoHistory)));
    assert_eq!(app.session.rfm, Slot::Failed(AnalysisError::NoHistory));
    assert_eq!(app.settle(), ["clusters"]);
    assert_eq!(app.session.comparison.state(), "failed");
    app.send(Event::ViewShown(View::Compare));
    assert_eq!(app.asked(), "nothing");
}

#[test]
fn a_selected_segment_lists_its_customers() {
    let mut app = App::in_ready(View::Rfm);
    let segment = (SegmentationId::Rfm, 1);
    app.send(Event::SegmentSelected(Some(segment)));
    assert_eq!(app.session.selected, Some(segment));
    match &app.last {
        Some((_, ToWorker::List { query, .. }, _)) => {
            assert_eq!(query.filter, Filter::of(segment));
        }
        other => panic!("{other:?}"),
    }
    app.settle();
    assert_eq!(app.session.page.state(), "ready");
    let mut settings = app.session.settings.clone();
    settings.rfm.groups = 3;
    app.send(Event::SettingsChanged(Box::new(settings)));
    assert_eq!(app.settle(), ["rfm", "list"]);
}

#[test]
fn the_list_is_narrowed_beside_the_selection_and_both_forget_lost_segments() {
    let mut app = App::in_ready(View::Customers);
    let clusters = |place| (SegmentationId::Clusters, place);
    app.send(Event::SegmentSelected(Some(clusters(0))));
    let both = Filter {
        search: "a".to_owned(),
        segments: vec![clusters(0), clusters(4)],
        ..Filter::default()
    };
    app.settle();
    app.send(Event::FilterChanged(both.clone()));
    app.settle();
    assert_eq!(app.session.page.value().unwrap().query.filter, both);
    assert_eq!(app.session.selected, Some(clusters(0)));
    app.send(Event::SettingsChanged(Box::new(settings_with_k(2))));
    app.settle();
    assert_eq!(app.session.filter.segments, [clusters(0)]);
    app.send(Event::SegmentSelected(None));
    app.settle();
    assert!(app.session.filter.segments.is_empty());
    assert_eq!(app.session.filter.search, "a");
}

#[test]
fn a_segment_that_is_not_there_any_more_is_not_selected() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::SegmentSelected(Some((SegmentationId::Clusters, 4))));
    app.settle();
    app.send(Event::SettingsChanged(Box::new(settings_with_k(2))));
    app.send(Event::ViewShown(View::Clusters));
    app.settle();
    assert_eq!(app.session.selected, None);
}

#[test]
fn the_list_of_customers_is_asked_for_by_page() {
    let mut app = App::in_ready(View::Customers);
    let query = Query {
        filter: Filter::default(),
        sort: Sort::Monetary,
        descending: true,
        offset: 100,
        limit: 25,
        reached_by: None,
    };
    app.send(Event::PageAsked(query.clone()));
    assert_eq!(app.settle(), ["list"]);
    assert_eq!(app.session.page.value().unwrap().query, query);
    app.send(Event::PageAsked(query));
    assert_eq!(app.asked(), "nothing");
}

#[test]
fn another_as_of_date_looks_again_at_every_label_of_the_list() {
    let mut app = App::in_ready(View::Overview);
    app.send(Event::ViewShown(View::Customers));
    app.send(Event::PageAsked(whole_list()));
    app.settle();
    app.send(Event::SettingsChanged(as_of_day(200)));
    assert_eq!(app.settle(), ["rfm", "list", "clusters", "list"]);
}

#[test]
fn another_as_of_date_beside_a_selected_cluster_looks_again_at_the_clusters() {
    let mut app = App::in_ready(View::Overview);
    app.send(Event::SegmentSelected(Some((SegmentationId::Clusters, 1))));
    app.send(Event::ViewShown(View::Rfm));
    app.settle();
    app.send(Event::SettingsChanged(as_of_day(200)));
    assert_eq!(app.settle(), ["rfm", "clusters", "list"]);
}

#[test]
fn the_list_does_not_wait_for_clusters_but_those_of_a_cluster_do() {
    let mut app = App::in_mapping();
    app.send(Event::ViewShown(View::Customers))
        .send(Event::ImportConfirmed);
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
    app.send(Event::PageAsked(whole_list()));
    assert_eq!(app.settle(), ["rfm", "list", "clusters", "list"]);
    app.send(Event::SettingsChanged(Box::new(settings_with_k(3))));
    app.send(Event::PageAsked(Query {
        filter: Filter::of((SegmentationId::Clusters, 0)),
        ..whole_list()
    }));
    assert_eq!(app.settle(), ["clusters", "list"]);
}

#[test]
fn a_list_is_saved_and_counted_for_what_it_is_wanted() {
    let mut app = App::in_ready(View::Customers);
    app.send(Event::PageAsked(whole_list()));
    app.settle();
    let list = |app: &App| app.session.list_of(Filter::default());
    assert_eq!(list(&app), What::all_customers());
    let mut settings = app.session.settings.clone();
    settings.customers.purpose = Some(Purpose::Mail);
    settings.customers.contact = Contact::Phone;
    app.send(Event::SettingsChanged(Box::new(settings)));
    app.settle();
    let page = app.session.page.value().unwrap();
    assert_eq!(page.query.reached_by, Some(Contact::Phone));
    // The page says that there is nothing to write to.
    assert!(!page.reach.has_addresses());
    assert_eq!(list(&app), What::all_customers());
    let mut early = App::in_ready(View::Rfm);
    early.send(Event::SettingsChanged(Box::new(
        app.session.settings.clone(),
    )));
    let expected = What::Contacts {
        filter: Filter::default(),
        purpose: Purpose::Mail,
    };
    assert_eq!(list(&early), expected);
}

fn whole_list() -> Query {
    Query {
        filter: Filter::default(),
        sort: Sort::Customer,
        descending: false,
        offset: 0,
        limit: 50,
        reached_by: None,
    }
}

fn as_of_day(number: i32) -> Box<Settings> {
    Box::new(Settings {
        as_of: Some(Day::from_number(number)),
        mapping: Some(Mapping::default()),
        ..Settings::default()
    })
}

#[test]
fn a_file_that_was_made_is_given_to_the_person_under_the_name_of_its_source() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::ExportAsked(What::all_customers()));
    app.settle();
    assert_eq!(app.others, [Command::Download(file("one-customers.csv"))]);
    let file_name = "one-customers.csv".to_owned();
    assert_eq!(app.notices(), [Notice::Saved { file_name }]);
}

#[test]
fn a_file_of_nothing_is_refused_but_settings_can_be_saved() {
    let mut app = App::default();
    app.send(Event::ExportAsked(What::Segments));
    let error = ExportError::NothingImported;
    assert_eq!(app.notices(), [Notice::ExportFailed(error)]);
    app.send(Event::ExportAsked(What::Project));
    assert_eq!(app.asked(), "export");
}

#[test]
fn the_self_test_is_remembered() {
    let mut app = App::default();
    app.send(Event::SelfTestAsked);
    assert_eq!(app.session.self_test, None);
    app.settle();
    assert_eq!(app.session.self_test, Some(true));
}

fn age(missing: Gaps) -> Treatment {
    Treatment {
        missing,
        ..Treatment::default()
    }
}

fn treat(app: &mut App, missing: Gaps) -> Vec<&'static str> {
    let mut settings = app.session.settings.clone();
    settings.columns = [("age".to_owned(), age(missing))].into();
    app.send(Event::SettingsChanged(Box::new(settings)))
        .settle()
}

#[test]
fn a_treated_column_makes_anew_what_is_seen_and_the_rest_once_it_is_seen() {
    let mut app = App::in_ready(View::Columns);
    assert_eq!(treat(&mut app, Gaps::LeaveOut), ["columns"]);
    app.send(Event::ViewShown(View::Rfm));
    assert_eq!(app.settle(), ["rfm"]);
    app.send(Event::Undo);
    assert_eq!(app.settle(), ["rfm"]);
    app.send(Event::ViewShown(View::Columns));
    assert_eq!(app.settle(), ["columns"]);
}

#[test]
fn how_many_treatments_set_aside_is_known_in_the_view_of_the_columns_and_in_others() {
    let mut app = App::in_ready(View::Columns);
    let mut settings = app.session.settings.clone();
    settings.columns = [("age".to_owned(), age(Gaps::LeaveOut))].into();
    app.send(Event::SettingsChanged(Box::new(settings)));
    let mut report = columns();
    report.n_set_aside = 2;
    app.answer(Answer::Columns(Ok(Box::new(report))));
    assert_eq!(app.session.n_set_aside(), 2);
    app.send(Event::ViewShown(View::Value));
    assert!(app.settle().contains(&"rfm"));
    // That is what the engine of this test says.
    assert_eq!(app.session.n_set_aside(), 0);
}

#[test]
fn labels_of_a_list_are_made_again_where_other_columns_were_treated_between() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::ViewShown(View::Columns)).settle();
    treat(&mut app, Gaps::LeaveOut);
    app.send(Event::Undo).settle();
    app.send(Event::ViewShown(View::Customers))
        .send(Event::SegmentSelected(None));
    assert_eq!(app.settle(), ["clusters", "rfm", "list"]);
}

#[test]
fn steps_along_the_as_of_date_are_one_change_until_it_is_let_go() {
    let mut app = App::in_ready(View::Rfm);
    let day = |number: i32| Some(Day::from_number(number));
    let moved = |as_of: Option<Day>, is_settled: bool| Event::AsOfMoved { as_of, is_settled };
    assert!(app.session.is_at_rest());
    app.send(moved(day(19_000), false));
    assert!(!app.session.is_at_rest());
    assert_eq!(app.settle(), ["rfm"]);
    app.send(moved(day(19_010), false)).settle();
    app.send(moved(day(19_020), true)).settle();
    app.send(moved(day(19_030), true)).settle();
    app.send(Event::Undo).settle();
    assert_eq!(app.session.settings.as_of, day(19_020));
    app.send(Event::Undo).settle();
    assert_eq!(app.session.settings.as_of, None);
    assert!(!app.session.can_undo());
    app.send(moved(None, true));
    assert!(app.session.is_at_rest() && !app.session.can_undo());
}
