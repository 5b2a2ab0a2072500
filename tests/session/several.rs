//! Several files at once, and files beside those that are open.

use gyeol::data::{
    Choices, Column, ColumnKind, Day, FileAccount, ImportError, Joined, Kind, Ledger, Mapping,
    Part, Role, Roles, Said, TableKind,
};
use gyeol::export::What;
use gyeol::protocol::{Answer, ToWorker};
use gyeol::session::{Command, Event, FileNumber, Notice, Stage, View};

use crate::app::App;
use crate::fixtures::{self, preview};

/// Answers the look at a file as if it had these columns.
pub(crate) fn look(app: &mut App, headers: &[&str], table: TableKind) {
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

pub(crate) const ORDERS: [&str; 3] = ["customer id", "day", "money"];
pub(crate) const CUSTOMERS: [&str; 3] = ["customer id", "city", "age"];

pub(crate) fn parts(app: &App) -> Vec<(&str, Part, bool)> {
    let further = app.session.further.iter();
    further
        .map(|one| (one.name(), one.part, one.is_in()))
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
fn one_press_imports_all_of_them_and_one_can_be_left_aside() {
    let mut app = with_three_files();
    app.send(Event::ImportConfirmed);
    let files = imported_files(&app);
    assert_eq!(files.len(), 3);
    assert_eq!(files[0].1, app.session.mapping);
    let roles: Vec<_> = files[2].1.roles.keys().collect();
    assert_eq!(roles, [&Role::Customer]);
    app.send(Event::CancelAsked);
    let file = app.session.further[0].number();
    say(&mut app, file, None);
    app.send(Event::ImportConfirmed);
    assert_eq!(app.settle_opens(), 2);
    assert_eq!(imported_files(&app).len(), 2);
}

#[test]
fn what_is_saved_of_several_files_is_named_after_all_of_their_table() {
    let mut app = App::default();
    app.choose_all(&["orders-02.csv", "people.csv", "orders-01.csv"]);
    look(&mut app, &ORDERS, TableKind::Orders);
    look(&mut app, &CUSTOMERS, TableKind::Customers);
    look(&mut app, &ORDERS, TableKind::Orders);
    app.send(Event::ImportConfirmed);
    app.settle();
    app.others.clear();
    app.send(Event::ExportAsked(What::all_customers()));
    app.settle();
    let file_name = "orders-01-and-1-more-customers.csv".to_owned();
    assert_eq!(app.notices().last(), Some(&Notice::Saved { file_name }));
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
    assert_eq!(app.session.further[0].error(), Some(&error));
    assert_eq!(app.session.further[0].part, Part::Unused);
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
    assert_eq!(names, ["jan.csv", "mar.csv", "people.csv"]);
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

/// Says what a file is.
fn say(app: &mut App, file: FileNumber, kind: Kind) {
    let said = Said {
        kind: Some(kind),
        ..Said::default()
    };
    app.send(Event::FileSaid { file, said });
}

fn number_of(app: &App, name: &str) -> FileNumber {
    let mut further = app.session.further.iter();
    further.find(|one| one.name() == name).unwrap().number()
}

#[test]
fn an_unknown_file_is_what_a_person_says_it_is() {
    let mut app = App::default();
    app.choose_all(&["a.csv", "b.csv"]);
    look(&mut app, &ORDERS, TableKind::Orders);
    look(&mut app, &["x", "y"], TableKind::Orders);
    assert_eq!(parts(&app), [("b.csv", Part::Stranger, false)]);
    let file = number_of(&app, "b.csv");
    say(&mut app, file, Some(TableKind::Events));
    assert_eq!(parts(&app), [("b.csv", Part::Events, true)]);
    let obstacle = app.session.obstacle();
    assert_eq!(
        obstacle,
        Some((None, ImportError::MissingRole(Role::Customer)))
    );
    app.session.mapping.roles = named(&[(Role::Customer, "customer id"), (Role::Date, "day")]);
    let missing = ImportError::MissingRole(Role::Customer);
    assert_eq!(app.session.obstacle(), Some((Some("b.csv"), missing)));
    let said = Said {
        kind: Some(Some(TableKind::Events)),
        roles: Some(named(&[(Role::Customer, "x"), (Role::Date, "y")])),
        date_order: None,
    };
    app.send(Event::FileSaid { file, said });
    assert_eq!(app.session.obstacle(), None);
    app.send(Event::ImportConfirmed);
    let (_, mapping) = imported_files(&app).pop().unwrap();
    assert_eq!(mapping.table, TableKind::Events);
    assert_eq!(mapping.roles[&Role::Date], "y");
}

fn named(roles: &[(Role, &str)]) -> Roles {
    let named = roles.iter().map(|&(role, name)| (role, name.to_owned()));
    named.collect()
}

#[test]
fn the_lead_follows_from_what_the_files_are() {
    let mut app = with_three_files();
    let leading = app.session.leading().unwrap();
    let mut mapping = app.session.mapping.clone();
    mapping.roles = named(&[(Role::Customer, "customer id"), (Role::Date, "day")]);
    app.send(Event::MappingChanged(mapping.clone()));
    say(&mut app, leading, Some(TableKind::Customers));
    assert_eq!(app.session.file.as_ref().unwrap().name, "jan.csv");
    // It has the columns of the one before, and with them their roles.
    assert_eq!(app.session.mapping.roles, mapping.roles);
    assert_eq!(
        parts(&app),
        [
            ("feb.csv", Part::Joined, true),
            ("people.csv", Part::Joined, true)
        ]
    );
    say(&mut app, leading, Some(TableKind::Orders));
    assert_eq!(app.session.file.as_ref().unwrap().name, "feb.csv");
    assert_eq!(app.session.mapping.roles, mapping.roles);
    say(&mut app, leading, None);
    assert_eq!(app.session.file.as_ref().unwrap().name, "jan.csv");
    assert_eq!(app.session.mapping.roles, mapping.roles);
}

#[test]
fn where_nothing_leads_nothing_is_imported() {
    let mut app = with_three_files();
    for name in ["jan.csv", "people.csv"] {
        let file = number_of(&app, name);
        say(&mut app, file, None);
    }
    let leading = app.session.leading().unwrap();
    say(&mut app, leading, Some(TableKind::Spend));
    assert_eq!(
        app.session.obstacle(),
        Some((None, ImportError::NothingLeads))
    );
    say(&mut app, leading, None);
    assert_eq!(
        app.session.obstacle(),
        Some((None, ImportError::NothingLeads))
    );
}

#[test]
fn two_tables_of_customers_with_the_same_columns_are_one_and_a_third_is_told_apart() {
    let mut app = App::default();
    app.choose_all(&["orders.csv", "p-1.csv", "p-2.csv", "q.csv"]);
    look(&mut app, &ORDERS, TableKind::Orders);
    look(&mut app, &CUSTOMERS, TableKind::Customers);
    look(
        &mut app,
        &["city", "customer id", "age"],
        TableKind::Customers,
    );
    look(&mut app, &["customer id", "likes us"], TableKind::Customers);
    let further = app.session.further.iter();
    let relatives: Vec<_> = further.map(|one| app.session.relatives_of(one)).collect();
    assert_eq!(
        relatives,
        [
            [None, None],
            [Some("p-1.csv"), None],
            [None, Some("p-1.csv")]
        ]
    );
    let file = number_of(&app, "p-1.csv");
    let said = Said {
        roles: Some(named(&[(Role::Customer, "age")])),
        ..Said::default()
    };
    app.send(Event::FileSaid { file, said });
    app.send(Event::ImportConfirmed);
    let files = imported_files(&app);
    assert_eq!(files[2].1.roles, named(&[(Role::Customer, "age")]));
    assert_eq!(files[3].1.roles, named(&[(Role::Customer, "customer id")]));
}

/// Answers the look at a file of orders whose dates are these days.
fn look_at_days(app: &mut App, first: i32, last: i32) {
    let (_, message, _) = app.last.clone().expect("a file is being opened");
    let ToWorker::Open { file_name, .. } = message else {
        panic!("{message:?}");
    };
    let mut preview = preview(&ORDERS);
    preview.file_name = file_name;
    preview.guess.roles = named(&[(Role::Customer, ORDERS[0]), (Role::Date, ORDERS[1])]);
    preview.columns[1].days = Some((Day::from_number(first), Day::from_number(last)));
    app.answer(Answer::Previewed(Ok(Box::new(preview))));
}

/// Results of orders from day 100 to 144.
fn with_open_orders() -> App {
    let mut app = App::default();
    app.choose("jan.csv");
    look_at_days(&mut app, 100, 144);
    app.send(Event::ImportConfirmed);
    app.settle();
    assert_eq!(app.session.stage, Stage::Ready);
    app
}

#[test]
fn what_goes_on_where_the_open_file_ends_is_added_until_told_otherwise() {
    let mut app = with_open_orders();
    app.choose("feb.csv");
    look_at_days(&mut app, 140, 170);
    assert!(app.session.is_adding() && app.session.is_adding_by_guess());
    app.send(Event::AddedToOpen(true));
    assert!(!app.session.is_adding_by_guess());
    app.send(Event::ImportConfirmed);
    app.settle_opens();
    assert_eq!(imported_files(&app).len(), 2);
    app.settle();
    app.choose("march.csv");
    look_at_days(&mut app, 171, 190);
    app.send(Event::AddedToOpen(false));
    assert!(!app.session.is_adding());
    assert_eq!(app.session.file.as_ref().unwrap().name, "march.csv");
}

#[test]
fn another_edition_of_the_open_file_takes_its_place_until_told_otherwise() {
    for (name, first, last) in [
        ("jan.csv", 140, 170),
        ("b.csv", 110, 120),
        ("b.csv", 90, 200),
    ] {
        let mut app = with_open_orders();
        app.choose(name);
        look_at_days(&mut app, first, last);
        assert!(
            app.session.can_add_to_open() && !app.session.is_adding(),
            "{name}"
        );
    }
}

#[test]
fn a_table_of_the_open_customers_is_added_and_one_of_others_is_not() {
    let mut app = with_open_orders();
    app.choose("people.csv");
    look(&mut app, &CUSTOMERS, TableKind::Customers);
    assert!(app.session.is_adding());
    assert_eq!(parts(&app), [("people.csv", Part::Joined, true)]);
    let mut app = with_open_orders();
    app.choose("people.csv");
    look(&mut app, &["member", "city"], TableKind::Customers);
    assert!(!app.session.is_adding());
}

#[test]
fn a_cancelled_addition_leaves_what_was_open() {
    let mut app = with_open_orders();
    app.choose("feb.csv");
    look_at_days(&mut app, 145, 170);
    app.send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Ready);
    assert!(app.session.further.is_empty() && !app.session.is_adding());
    assert_eq!(app.session.file.as_ref().unwrap().name, "jan.csv");
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

#[test]
fn a_table_that_matches_nobody_is_told_until_it_is_read_in_another_way() {
    let mut app = with_three_files();
    let answer = |n_matched| {
        let mut imported = fixtures::imported(Choices::default());
        imported.joined.push(Joined {
            kind: TableKind::Customers,
            ledger: Ledger {
                files: vec![FileAccount {
                    name: "people.csv".to_owned(),
                    n_rows: 9,
                    ..FileAccount::default()
                }],
                ..imported.ledger.clone()
            },
            columns: vec!["city".to_owned()],
            n_matched,
            n_without_row: 12 - n_matched,
            n_without_orders: 9 - n_matched,
            products: None,
        });
        Answer::Imported(Ok(Box::new(imported)))
    };
    let told = |app: &App| {
        let is_told = |notice: &&Notice| matches!(notice, Notice::MatchesNothing { .. });
        app.notices().iter().find(is_told).cloned()
    };
    app.send(Event::ImportConfirmed);
    app.answer(answer(0));
    let expected = Notice::MatchesNothing {
        file_name: "people.csv".to_owned(),
        kind: TableKind::Customers,
    };
    assert_eq!(told(&app), Some(expected));
    app.settle();
    app.send(Event::MappingAsked).send(Event::ImportConfirmed);
    app.settle_opens();
    app.answer(answer(9));
    assert_eq!(told(&app), None);
}
