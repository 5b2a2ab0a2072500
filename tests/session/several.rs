//! Several files at once, and files beside those that are open.

use gyeol::data::{Column, ColumnKind, ImportError, Mapping, Part, Role, TableKind};
use gyeol::protocol::{Answer, ToWorker};
use gyeol::session::{Command, Event, FileNumber, Notice, Stage, View};

use crate::app::App;
use crate::fixtures::preview;

/// Answers the look at a file as if it had these columns.
fn look(app: &mut App, headers: &[&str], table: TableKind) {
    let (_, message, _) = app.last.clone().expect("a file is being opened");
    let ToWorker::Open { file_name, .. } = message else {
        panic!("{message:?}");
    };
    let mut preview = preview(headers);
    preview.file_name = file_name;
    preview.guess.table = table;
    preview.customer_column.take_if(|header| *header == "x");
    for (place, column) in preview.columns.iter_mut().enumerate() {
        *column = Column {
            kind: ColumnKind::Text,
            n_filled: 50,
            n_distinct: if place == 0 { 50 } else { 3 },
            ..column.clone()
        };
    }
    app.answer(Answer::Previewed(Ok(Box::new(preview))));
}

const ORDERS: [&str; 3] = ["customer id", "day", "money"];
const CUSTOMERS: [&str; 3] = ["customer id", "city", "age"];

fn parts(app: &App) -> Vec<(&str, Part, bool)> {
    let further = app.session.further.iter();
    further
        .map(|one| (one.name(), one.part, one.is_in))
        .collect()
}

fn imported_files(app: &App) -> Vec<(FileNumber, Mapping)> {
    match app.last.clone() {
        Some((_, ToWorker::Import { files, .. }, _)) => files,
        other => panic!("{other:?}"),
    }
}

fn with_three_files() -> App {
    let mut app = App::default();
    app.choose_all(&["feb.csv", "people.csv", "jan.csv"]);
    look(&mut app, &ORDERS, TableKind::Orders);
    assert_eq!(app.session.stage, Stage::Reading);
    look(&mut app, &CUSTOMERS, TableKind::Customers);
    look(&mut app, &ORDERS, TableKind::Orders);
    app
}

#[test]
fn the_first_by_name_leads_and_the_others_stand_beside_it() {
    let app = with_three_files();
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.file.as_ref().unwrap().name, "feb.csv");
    assert_eq!(
        parts(&app),
        [
            ("jan.csv", Part::Appended, true),
            ("people.csv", Part::Joined, true)
        ]
    );
}

#[test]
fn one_press_imports_all_of_them_and_a_box_takes_one_out() {
    let mut app = with_three_files();
    app.send(Event::ImportConfirmed);
    let files = imported_files(&app);
    assert_eq!(files.len(), 3);
    assert_eq!(files[0].1, app.session.mapping);
    let roles: Vec<_> = files[2].1.roles.keys().collect();
    assert_eq!(roles, [&Role::Customer]);
    app.send(Event::CancelAsked);
    let file = app.session.further[0].number();
    app.send(Event::FurtherChanged {
        file,
        is_in: false,
        key: None,
    });
    app.send(Event::ImportConfirmed);
    assert_eq!(app.settle_opens(), 2);
    assert_eq!(imported_files(&app).len(), 2);
}

#[test]
fn a_file_that_cannot_be_used_does_not_take_the_others_away() {
    let mut app = App::default();
    app.choose_all(&["bad.csv", "jan.csv"]);
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    look(&mut app, &ORDERS, TableKind::Orders);
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(
        app.notices(),
        [Notice::FileRefused {
            file_name: "bad.csv".to_owned(),
            error: ImportError::Empty
        }]
    );
    let forgotten = |command: &Command| *command == Command::Forget(FileNumber(1));
    assert!(app.others.iter().any(forgotten));
}

#[test]
fn where_none_can_be_used_the_last_says_why() {
    let mut app = App::default();
    app.choose_all(&["a.csv", "b.csv"]);
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    app.answer(Answer::Previewed(Err(ImportError::OneColumn)));
    assert_eq!(app.session.stage, Stage::Failed);
    assert_eq!(app.session.mapping_error, Some(ImportError::OneColumn));
    assert_eq!(app.notices().len(), 1);
}

#[test]
fn a_file_that_fails_in_the_reading_is_left_out_and_said_so() {
    let mut app = with_three_files();
    app.send(Event::ImportConfirmed);
    let file = app.session.further[0].number();
    let error = ImportError::Unreadable { after: 3 };
    app.answer(Answer::FileFailed {
        file,
        error: error.clone(),
    });
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.further[0].error, Some(error));
    app.send(Event::ImportConfirmed);
    assert_eq!(imported_files(&app).len(), 2);
    app.settle();
    assert_eq!(app.session.stage, Stage::Ready);
}

#[test]
fn a_further_file_in_another_encoding_is_read_once_more() {
    let mut app = with_three_files();
    app.send(Event::ImportConfirmed);
    let file = app.session.further[0].number();
    let found = gyeol::data::Encoding::Cp949;
    app.answer(Answer::FileFailed {
        file,
        error: ImportError::Encoding { found, offset: 9 },
    });
    assert_eq!(app.session.stage, Stage::Importing);
    app.settle_opens();
    assert_eq!(imported_files(&app)[1].1.dialect.encoding, found);
}

#[test]
fn a_new_engine_is_given_all_files_back() {
    let mut app = with_three_files();
    app.send(Event::ViewShown(View::Rfm))
        .send(Event::ImportConfirmed);
    app.settle();
    app.die();
    let asked = app.settle();
    assert_eq!(&asked[..4], ["open", "open", "open", "import"]);
}

#[test]
fn files_can_be_added_to_those_that_are_open_or_take_their_place() {
    let mut app = with_three_files();
    app.send(Event::ViewShown(View::Rfm))
        .send(Event::ImportConfirmed);
    app.settle();
    app.choose("mar.csv");
    look(&mut app, &ORDERS, TableKind::Orders);
    assert!(app.session.can_add_to_open() && !app.session.is_adding());
    app.send(Event::AddedToOpen(true));
    assert_eq!(app.session.file.as_ref().unwrap().name, "feb.csv");
    let names: Vec<_> = parts(&app).iter().map(|part| part.0.to_owned()).collect();
    assert_eq!(names, ["jan.csv", "people.csv", "mar.csv"]);
    app.send(Event::AddedToOpen(false));
    assert_eq!(app.session.file.as_ref().unwrap().name, "mar.csv");
    assert!(parts(&app).is_empty());
    app.send(Event::AddedToOpen(true))
        .send(Event::ImportConfirmed);
    app.settle_opens();
    assert_eq!(imported_files(&app).len(), 4);
    app.settle();
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.further.len(), 3);
}

#[test]
fn a_stopped_look_goes_back_to_what_was_open() {
    let mut app = App::in_ready(View::Rfm);
    app.choose_all(&["a.csv", "b.csv"]);
    look(&mut app, &ORDERS, TableKind::Orders);
    app.send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.session.file.as_ref().unwrap().name, "one.csv");
    let forgotten = app.others.iter();
    let forgotten = forgotten.filter(|command| matches!(command, Command::Forget(_)));
    assert_eq!(forgotten.count(), 2);
}

#[test]
fn an_unknown_file_cannot_be_taken_in() {
    let mut app = App::default();
    app.choose_all(&["a.csv", "b.csv"]);
    look(&mut app, &ORDERS, TableKind::Orders);
    look(&mut app, &["x", "y"], TableKind::Orders);
    assert_eq!(parts(&app), [("b.csv", Part::Stranger, false)]);
    let file = app.session.further[0].number();
    app.send(Event::FurtherChanged {
        file,
        is_in: true,
        key: None,
    });
    assert_eq!(parts(&app), [("b.csv", Part::Stranger, false)]);
}

/// Two texts as the directory of an archive tells of them.
fn texts() -> Vec<gyeol::packed::Text> {
    let mut directory = Vec::new();
    for name in ["2024/jan.csv", "2024/feb.csv"] {
        let mut entry = b"PK\x01\x02\0\0\0\0\0\0\x08\0".to_vec();
        entry.resize(28, 9);
        entry.extend_from_slice(&(name.len() as u16).to_le_bytes());
        entry.resize(46, 0);
        entry.extend_from_slice(name.as_bytes());
        directory.append(&mut entry);
    }
    gyeol::packed::texts_of(&directory, gyeol::decode::decoder).unwrap()
}

#[test]
fn the_texts_of_an_archive_are_looked_at_beside_the_other_files() {
    let mut app = App::default();
    app.choose_all(&["orders.zip", "people.csv"]);
    app.answer(Answer::Unpacked(texts()));
    look(&mut app, &ORDERS, TableKind::Orders);
    look(&mut app, &ORDERS, TableKind::Orders);
    look(&mut app, &CUSTOMERS, TableKind::Customers);
    assert_eq!(app.session.file.as_ref().unwrap().name, "2024/feb.csv");
    assert_eq!(
        parts(&app),
        [
            ("2024/jan.csv", Part::Appended, true),
            ("people.csv", Part::Joined, true)
        ]
    );
    let handles: Vec<&Command> = app
        .others
        .iter()
        .filter(|command| matches!(command, Command::Share { .. } | Command::Forget(_)))
        .collect();
    let archive = FileNumber(1);
    let shared =
        |command: &&Command| matches!(command, Command::Share { of, .. } if *of == archive);
    assert_eq!(handles.iter().copied().filter(|one| shared(one)).count(), 2);
    assert_eq!(handles.last(), Some(&&Command::Forget(archive)));
    app.send(Event::ImportConfirmed);
    assert_eq!(imported_files(&app).len(), 3);
}

#[test]
fn an_engine_that_starts_again_opens_the_same_text_of_the_archive() {
    let mut app = App::default();
    app.choose("orders.zip");
    app.answer(Answer::Unpacked(texts()));
    look(&mut app, &ORDERS, TableKind::Orders);
    app.answer(Answer::Previewed(Err(ImportError::Empty)));
    assert_eq!(app.session.stage, Stage::Mapping);
    app.die();
    app.send(Event::ImportConfirmed);
    let Some((_, ToWorker::Open { entry, .. }, Some(_))) = app.last else {
        panic!("the text is opened again");
    };
    let entries = texts().into_iter().map(|text| Some(text.entry));
    assert!(entries.into_iter().any(|one| one == entry));
}
