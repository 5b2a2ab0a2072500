//! From a file to an imported table, and the way back when it cannot be used.

use gyeol::analysis::AnalysisId;
use gyeol::data::{Dialect, Encoding, ImportError, Preview, Role};
use gyeol::protocol::Answer;
use gyeol::session::{Command, Event, FileNumber, Notice, Slot, Stage, View};

use crate::app::{App, file, success, unreadable};
use crate::fixtures::preview;

#[test]
fn a_file_is_read_mapped_imported_and_analysed() {
    let mut app = App::default();
    app.choose("one.csv");
    assert_eq!((app.session.stage, app.asked()), (Stage::Reading, "open"));
    assert_eq!(app.last.as_ref().unwrap().2, Some(FileNumber(1)));
    app.settle();
    assert_eq!(app.session.stage, Stage::Mapping);
    app.send(Event::ImportConfirmed);
    assert_eq!(
        (app.session.stage, app.asked()),
        (Stage::Importing, "import")
    );
    assert_eq!(app.settle(), ["import", "rfm", "clusters"]);
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.rfm.state(), "ready");
    assert_eq!(app.session.clusters.state(), "ready");
    let marks = ["file-chosen", "previewed", "imported"];
    let set = app.others.iter().filter_map(|command| match command {
        Command::Mark(name) => name.strip_prefix("gyeol:"),
        _ => None,
    });
    assert_eq!(set.collect::<Vec<_>>(), marks);
}

#[test]
fn nothing_is_computed_before_the_mapping_is_confirmed() {
    let mut app = App::in_mapping();
    for view in View::ALL {
        app.send(Event::ViewShown(view));
    }
    assert_eq!(app.asked(), "nothing");
}

#[test]
fn a_second_file_while_one_is_read_is_not_opened() {
    let mut app = App::default();
    app.choose("one.csv").choose("two.csv");
    assert_eq!(app.notices(), [Notice::BusyReading]);
    app.settle();
    app.send(Event::ImportConfirmed).choose("two.csv");
    assert_eq!(app.notices(), [Notice::BusyReading]);
    assert_eq!(app.session.file.as_ref().unwrap().name, "one.csv");
    let adopted = |command: &&Command| matches!(command, Command::Adopt { .. });
    assert_eq!(app.others.iter().filter(adopted).count(), 1);
}

#[test]
fn a_first_file_that_cannot_be_used_leaves_a_page_that_takes_another() {
    let mut app = App::default();
    app.choose("one.csv");
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    assert_eq!(app.session.stage, Stage::Failed);
    assert_eq!(app.session.mapping_error, Some(ImportError::Empty));
    app.choose("two.csv");
    assert_eq!(app.session.stage, Stage::Reading);
    assert_eq!(app.session.mapping_error, None);
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
}

#[test]
fn a_new_file_that_fails_keeps_what_was_there() {
    let mut app = App::in_ready(View::Rfm);
    app.choose("two.csv");
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.file.as_ref().unwrap().name, "one.csv");
    assert_eq!(app.session.rfm.state(), "ready");
    assert_eq!(app.notices(), [Notice::ImportFailed(ImportError::Empty)]);
    app.choose("three.csv");
    app.settle();
    app.send(Event::ImportConfirmed);
    app.answer(Answer::Imported(Err(unreadable())));
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.file.as_ref().unwrap().name, "one.csv");
    assert!(app.session.imported.is_some());
}

/// What a person sees of the mapping, as one value.
fn screen(app: &App) -> impl PartialEq + std::fmt::Debug + use<> {
    let session = &app.session;
    let further: Vec<String> = session
        .further
        .iter()
        .map(|one| one.name().to_owned())
        .collect();
    let file = session.file.clone();
    (
        session.stage,
        file,
        session.mapping.clone(),
        session.preview.clone(),
        further,
    )
}

#[test]
fn files_that_cannot_be_used_leave_the_mapping_that_they_were_dropped_on() {
    let mut app = App::default();
    app.choose_all(&["one.csv", "two.csv"]);
    app.settle();
    let mut mapping = app.session.mapping.clone();
    mapping.roles.insert(Role::Amount, "money".to_owned());
    app.send(Event::MappingChanged(mapping));
    let before = screen(&app);
    app.others.clear();
    app.choose("empty.csv");
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    assert_eq!(screen(&app), before);
    assert_eq!(app.notices(), [Notice::ImportFailed(ImportError::Empty)]);
    app.choose_all(&["bad.csv", "worse.csv"]);
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    app.answer(Answer::Previewed(Err(unreadable())));
    assert_eq!(screen(&app), before);
    app.choose("slow.csv").send(Event::CancelAsked);
    assert_eq!(screen(&app), before);
    let forgotten = app.others.iter().filter_map(|command| match command {
        Command::Forget(FileNumber(number)) => Some(*number),
        _ => None,
    });
    assert_eq!(forgotten.collect::<Vec<_>>(), [3, 4, 5, 6]);
    app.send(Event::ImportConfirmed);
    app.settle();
    assert_eq!(app.session.stage, Stage::Ready);
    let kept = app.session.settings.mapping.as_ref().unwrap();
    assert_eq!(kept.roles.get(&Role::Amount).unwrap(), "money");
}

#[test]
fn a_file_that_can_be_used_takes_the_place_of_the_mapping_it_was_dropped_on() {
    let mut app = App::in_mapping();
    app.choose("two.csv");
    assert!(!app.others.contains(&Command::Forget(FileNumber(1))));
    app.settle();
    assert_eq!(app.session.file.as_ref().unwrap().name, "two.csv");
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
    app.send(Event::StartAsked);
    assert_eq!(app.session.stage, Stage::Empty);
}

#[test]
fn a_look_that_was_overtaken_by_a_file_that_cannot_be_used_is_taken_again() {
    let mut app = App::in_mapping();
    let dialect = Dialect {
        has_header: false,
        ..Dialect::default()
    };
    app.send(Event::DialectChanged(dialect)).choose("bad.csv");
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    assert_eq!((app.session.stage, app.asked()), (Stage::Mapping, "open"));
    app.settle();
    let preview = app.session.preview.as_ref().unwrap();
    assert_eq!(preview.guess.dialect, dialect);
}

#[test]
fn a_file_that_turns_out_to_be_in_another_encoding_is_read_again_as_such() {
    let mut app = App::in_mapping();
    app.send(Event::ImportConfirmed);
    app.answer(Answer::Imported(Err(ImportError::Encoding {
        found: Encoding::Cp949,
        offset: 1 << 20,
    })));
    assert_eq!(app.session.stage, Stage::Importing);
    assert_eq!(app.settle()[..2], ["open", "import"]);
    let mapping = app.session.settings.mapping.as_ref().unwrap();
    assert_eq!(mapping.dialect.encoding, Encoding::Cp949);
    assert_eq!(app.session.stage, Stage::Ready);
}

#[test]
fn an_error_of_the_mapping_is_shown_beside_the_mapping() {
    let mut app = App::in_mapping();
    let error = ImportError::MissingRole(Role::Customer);
    app.send(Event::ImportConfirmed);
    app.answer(Answer::Imported(Err(error.clone())));
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.mapping_error, Some(error));
    let mapping = app.session.mapping.clone();
    app.send(Event::MappingChanged(mapping));
    assert_eq!(app.session.mapping_error, None);
}

#[test]
fn another_dialect_looks_at_the_head_again() {
    let mut app = App::in_mapping();
    let dialect = Dialect {
        has_header: false,
        ..Dialect::default()
    };
    app.send(Event::DialectChanged(dialect));
    assert_eq!((app.session.stage, app.asked()), (Stage::Mapping, "open"));
    app.settle();
    assert_eq!(app.session.mapping.dialect, dialect);
    app.send(Event::ImportConfirmed);
    assert_eq!(app.asked(), "import");
}

#[test]
fn a_dialect_that_cannot_be_read_stays_on_the_mapping_screen() {
    let mut app = App::in_mapping();
    app.send(Event::DialectChanged(Dialect::default()));
    app.answer(Answer::Previewed(Err(ImportError::OneColumn)));
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.mapping_error, Some(ImportError::OneColumn));
}

#[test]
fn a_preview_of_a_file_that_was_left_is_not_taken_for_the_one_that_followed() {
    let mut app = App::in_mapping();
    app.send(Event::DialectChanged(Dialect::default()))
        .choose("two.csv");
    let late = Preview {
        file_name: "late".to_owned(),
        ..preview(&["other"])
    };
    app.answer(Answer::Previewed(Ok(Box::new(late))));
    assert_eq!((app.session.stage, app.asked()), (Stage::Reading, "open"));
    assert_eq!(app.session.preview, None);
    assert_eq!(app.last.as_ref().unwrap().2, Some(FileNumber(2)));
    app.settle();
    app.send(Event::ImportConfirmed);
    assert_eq!(app.asked(), "import");
}

#[test]
fn a_late_error_about_a_file_that_was_left_does_not_end_the_one_that_followed() {
    let mut app = App::in_mapping();
    app.send(Event::DialectChanged(Dialect::default()))
        .choose("two.csv");
    app.answer(Answer::Previewed(Err(ImportError::OneColumn)));
    assert_eq!(app.session.stage, Stage::Reading);
    assert_eq!(app.session.mapping_error, None);
}

#[test]
fn of_two_dialects_only_the_later_ones_look_is_shown() {
    let mut app = App::in_mapping();
    let later = Dialect {
        has_header: false,
        ..Dialect::default()
    };
    app.send(Event::DialectChanged(Dialect::default()))
        .send(Event::DialectChanged(later));
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
    assert_eq!(app.session.mapping.dialect, later);
    app.settle();
    assert_eq!(app.session.mapping.dialect, later);
}

#[test]
fn a_look_that_ends_after_the_mapping_was_confirmed_does_not_reopen_it() {
    let mut app = App::in_mapping();
    app.send(Event::DialectChanged(Dialect::default()))
        .send(Event::ImportConfirmed);
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
    assert_eq!(
        (app.session.stage, app.asked()),
        (Stage::Importing, "import")
    );
}

#[test]
fn a_sample_is_treated_like_a_chosen_file() {
    let mut app = App::default();
    app.send(Event::SampleAsked { korean: true });
    app.settle();
    assert_eq!(app.others, [Command::Choose(file("shop.csv"))]);
}

#[test]
fn closing_forgets_the_file_and_frees_the_engine() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::CloseAsked);
    assert_eq!(app.session.stage, Stage::Empty);
    assert_eq!(app.session.rfm, Slot::Idle);
    assert_eq!(app.n_restarts, 1);
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
    app.choose("two.csv");
    assert_eq!(app.last.as_ref().unwrap().2, Some(FileNumber(2)));
}

#[test]
fn the_first_page_keeps_the_results_until_another_file_is_imported() {
    let mut app = App::in_ready(View::Rfm);
    let rfm = app.session.rfm.clone();
    app.send(Event::StartAsked);
    assert_eq!(app.session.stage, Stage::Empty);
    assert!(app.session.has_results() && app.session.rfm == rfm);
    assert_eq!(app.n_restarts, 0);
    app.send(Event::ResultsAsked);
    assert_eq!(app.session.stage, Stage::Ready);
    app.send(Event::StartAsked).send(Event::MappingAsked);
    assert_eq!(app.session.stage, Stage::Mapping);
    app.send(Event::StartAsked);
    assert_eq!(app.session.stage, Stage::Empty);
    app.choose("two.csv");
    app.settle();
    assert_eq!(app.session.stage, Stage::Mapping);
    assert!(app.session.has_results());
    app.send(Event::ImportConfirmed);
    app.settle();
    assert_eq!(app.session.file.as_ref().unwrap().name, "two.csv");
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
}

#[test]
fn a_file_that_fails_from_the_first_page_leads_back_to_the_results() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::StartAsked);
    app.choose("broken.csv");
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.notices(), [Notice::ImportFailed(ImportError::Empty)]);
}

#[test]
fn without_results_the_first_page_forgets_the_file() {
    let mut app = App::in_mapping();
    app.send(Event::ResultsAsked);
    assert_eq!(app.session.stage, Stage::Mapping);
    app.send(Event::StartAsked);
    assert_eq!(app.session.stage, Stage::Empty);
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
    let n_restarts = app.n_restarts;
    app.send(Event::StartAsked).send(Event::MappingAsked);
    assert_eq!(
        (app.session.stage, app.n_restarts),
        (Stage::Empty, n_restarts)
    );
}

#[test]
fn a_notice_goes_when_it_was_read() {
    let mut app = App::default();
    app.choose("a.csv").choose("b.csv");
    app.send(Event::NoticeDismissed(7))
        .send(Event::NoticeDismissed(0));
    assert_eq!(app.notices(), []);
}

#[test]
fn every_stage_has_its_word() {
    let stages = [
        Stage::Empty,
        Stage::Reading,
        Stage::Mapping,
        Stage::Importing,
        Stage::Ready,
        Stage::Failed,
    ];
    let words = "empty reading mapping importing ready failed";
    assert_eq!(stages.map(Stage::key).join(" "), words);
    for id in AnalysisId::ALL {
        assert_eq!(AnalysisId::from_key(id.key()), Some(id));
    }
}
