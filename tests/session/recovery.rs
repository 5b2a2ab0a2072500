//! Stopping, dying, and what is given back afterwards.

use gyeol::analysis::AnalysisId;
use gyeol::data::ImportError;
use gyeol::protocol::{Answer, BUILD, FromWorker};
use gyeol::session::{Command, Event, FileNumber, Notice, Stage, View, Work};

use crate::app::{App, success, unreadable};
use crate::fixtures::settings_with_k;

#[test]
fn a_cancelled_first_read_leads_to_the_empty_page() {
    let mut app = App::default();
    app.choose("one.csv").send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Empty);
    assert_eq!((app.n_restarts, app.asked()), (1, "nothing"));
    assert_eq!(app.session.file, None);
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
}

#[test]
fn a_cancelled_import_goes_back_to_the_mapping_and_can_be_started_again() {
    let mut app = App::in_mapping();
    app.send(Event::ImportConfirmed).send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.n_restarts, 1);
    app.send(Event::ImportConfirmed);
    assert_eq!(app.settle(), ["open", "import", "rfm", "clusters"]);
    assert_eq!(app.session.stage, Stage::Ready);
}

#[test]
fn a_cancelled_read_of_a_second_file_gives_the_first_back() {
    let mut app = App::in_ready(View::Rfm);
    app.choose("two.csv").send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.file.as_ref().unwrap().name, "one.csv");
    assert_eq!(app.last.as_ref().unwrap().2, Some(FileNumber(1)));
    assert_eq!(app.settle(), ["open", "import"]);
}

#[test]
fn a_cancelled_analysis_keeps_the_dataset_and_the_results() {
    let mut app = App::in_ready(View::Clusters);
    app.send(Event::SettingsChanged(Box::new(settings_with_k(3))));
    assert_eq!(app.session.clusters.state(), "running");
    assert_eq!(
        app.session.work(),
        Some(Work::Analysis(AnalysisId::Clusters))
    );
    assert!(!app.session.is_stopped());
    app.send(Event::CancelAsked);
    assert_eq!(app.session.work(), Some(Work::Rows));
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.clusters.state(), "ready");
    assert!(app.session.progress.is_some());
    assert_eq!(app.settle(), ["open", "import"]);
    assert_eq!(app.notices(), [Notice::Cancelled]);
    assert!(app.session.is_stopped(), "the clusters are those of before");
    app.send(Event::ViewShown(View::Clusters));
    assert_eq!(app.settle(), ["clusters", "cluster_counts"]);
    assert!(!app.session.is_stopped());
    assert_eq!(app.session.work(), None);
}

#[test]
fn a_view_whose_analysis_was_stopped_says_so_and_no_other_view_does() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::ViewShown(View::Compare))
        .send(Event::CancelAsked);
    app.settle();
    assert!(app.session.is_stopped());
    app.send(Event::ViewShown(View::Columns))
        .send(Event::CancelAsked);
    app.settle();
    assert!(app.session.is_stopped());
    app.send(Event::ViewShown(View::Rfm));
    assert!(!app.session.is_stopped());
    app.send(Event::ViewShown(View::Compare));
    assert_eq!(app.settle(), ["clusters", "rfm", "compare"]);
    assert!(!app.session.is_stopped());
}

#[test]
fn a_cancelled_mapping_of_a_second_file_goes_back_to_the_results() {
    let mut app = App::in_ready(View::Rfm);
    app.choose("two.csv");
    app.settle();
    assert_eq!(app.session.stage, Stage::Mapping);
    assert!(app.session.has_results());
    app.send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.file.as_ref().unwrap().name, "one.csv");
    assert_eq!(app.n_restarts, 0);
}

#[test]
fn an_engine_that_dies_is_restarted_and_the_work_is_done_again() {
    let mut app = App::in_mapping();
    app.send(Event::ImportConfirmed).die();
    assert_eq!(app.session.stage, Stage::Importing);
    assert_eq!(app.n_restarts, 1);
    assert_eq!(app.settle(), ["open", "import", "rfm", "clusters"]);
    assert_eq!(app.notices(), [Notice::EngineRestarted]);
    assert_eq!(app.session.stage, Stage::Ready);
}

#[test]
fn an_engine_that_dies_in_an_analysis_gets_the_file_back_first() {
    let mut app = App::in_ready(View::Clusters);
    app.send(Event::SettingsChanged(Box::new(settings_with_k(3))))
        .die();
    assert_eq!(
        app.settle(),
        ["open", "import", "clusters", "cluster_counts"]
    );
}

#[test]
fn an_engine_that_dies_while_idle_gets_the_file_back() {
    let mut app = App::in_ready(View::Rfm);
    app.die();
    assert_eq!(app.settle(), ["open", "import"]);
    assert_eq!(app.session.stage, Stage::Ready);
}

#[test]
fn after_a_restart_a_comparison_first_gets_its_segmentations() {
    let mut app = App::in_ready(View::Overview);
    app.die().settle();
    app.send(Event::ViewShown(View::Compare));
    assert_eq!(app.settle(), ["rfm", "clusters", "compare"]);
}

#[test]
fn a_job_that_kills_the_engine_three_times_is_given_up() {
    let mut app = App::in_ready(View::Clusters);
    app.send(Event::SettingsChanged(Box::new(settings_with_k(3))));
    for _ in 0..3 {
        while app.asked() != "clusters" {
            let (_, message, _) = app.last.clone().expect("the job is tried again");
            app.answer(success(message));
        }
        app.die();
    }
    assert_eq!(app.session.clusters.state(), "ready");
    assert!(app.notices().contains(&Notice::EngineLost));
    assert_eq!(app.settle(), ["open", "import", "cluster_counts"]);
}

#[test]
fn an_engine_that_never_starts_is_given_up() {
    let mut app = App::default();
    for _ in 0..10 {
        app.die();
    }
    assert!(app.n_restarts < 10);
    assert!(app.notices().contains(&Notice::EngineLost));
    app.choose("one.csv");
    assert_eq!(app.asked(), "open");
}

#[test]
fn a_read_that_kills_the_engine_each_time_ends_in_a_failure() {
    let mut app = App::default();
    app.choose("one.csv");
    for _ in 0..3 {
        assert_eq!(app.asked(), "open");
        app.die();
    }
    assert_eq!((app.session.stage, app.asked()), (Stage::Failed, "nothing"));
    assert_eq!(app.session.mapping_error, Some(ImportError::EngineLost));
    app.choose("two.csv");
    assert_eq!(app.asked(), "open");
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
}

#[test]
fn a_second_file_that_kills_the_engine_each_time_is_let_go() {
    let mut app = App::in_ready(View::Rfm);
    app.choose("two.csv");
    for _ in 0..3 {
        assert_eq!(app.asked(), "open");
        app.die();
    }
    assert_eq!(app.session.stage, Stage::Ready);
    assert!(
        app.notices()
            .contains(&Notice::ImportFailed(ImportError::EngineLost))
    );
    assert!(app.others.contains(&Command::Forget(FileNumber(2))));
    assert!(!app.others.contains(&Command::Forget(FileNumber(1))));
}

#[test]
fn a_file_that_is_gone_after_a_restart_keeps_what_is_shown() {
    let mut app = App::in_ready(View::Rfm);
    app.die();
    app.answer(Answer::Previewed(Err(unreadable())));
    assert_eq!((app.session.stage, app.asked()), (Stage::Ready, "nothing"));
    assert_eq!(app.session.rfm.state(), "ready");
    assert!(app.notices().contains(&Notice::ImportFailed(unreadable())));
}

#[test]
fn an_engine_of_another_build_is_told_of() {
    let mut app = App::default();
    app.hear(FromWorker::Ready {
        build: BUILD.to_owned(),
    });
    assert_eq!(app.notices(), []);
    app.hear(FromWorker::Ready {
        build: "another".to_owned(),
    });
    assert_eq!(app.notices(), [Notice::BuildMismatch]);
}

#[test]
fn a_new_file_does_not_wait_for_the_analyses_of_the_old_one() {
    let mut app = App::in_ready(View::Clusters);
    app.send(Event::SettingsChanged(Box::new(settings_with_k(3))));
    assert_eq!(app.asked(), "clusters");
    app.choose("two.csv");
    assert_eq!((app.asked(), app.n_restarts), ("open", 1));
    assert_eq!(app.session.clusters.state(), "ready");
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(
        app.settle(),
        ["open", "import", "clusters", "cluster_counts"]
    );
}
