//! Workbooks: read by a part of their own into text, one sheet at a time, loaded only while nothing is open.

use gyeol::data::{BinaryKind, ImportError, Mapping, Part, TableKind, WorkbookProblem};
use gyeol::export::Settings;
use gyeol::protocol::Answer;
use gyeol::session::{Command, Event, FileNumber, Notice, Stage, View};
use gyeol::workbook::{EmptiedCells, Sheet, Sheets};

use crate::app::App;
use crate::several::{CUSTOMERS, ORDERS, look, parts};

fn sheets(names: &[&str], chosen: usize) -> Sheets {
    let sheet = |name: &&str| Sheet {
        name: (*name).to_owned(),
        is_hidden: *name == "Old",
        n_rows: 3,
        n_columns: 3,
        is_table: true,
        n_errors: 0,
        n_without_value: 0,
    };
    Sheets {
        sheets: names.iter().map(sheet).collect(),
        chosen,
        is_page: false,
    }
}

/// What the reader was asked last: the workbook, the text, the sheet, and whether it may be loaded.
fn asked(app: &App) -> (FileNumber, FileNumber, Option<&str>, bool) {
    let question = app.others.iter().rev().find_map(|command| match command {
        Command::ReadWorkbook {
            book,
            text,
            sheet,
            may_load,
        } => Some((*book, *text, sheet.as_deref(), *may_load)),
        _ => None,
    });
    question.expect("the reader was asked")
}

/// The reader answers its last question.
fn read(app: &mut App, result: Result<Sheets, WorkbookProblem>) {
    let (_, text, ..) = asked(app);
    app.send(Event::WorkbookRead {
        text,
        result: result.map(|sheets| (sheets, 40)),
    });
}

fn failed(app: &App) -> Option<ImportError> {
    (app.session.stage == Stage::Failed).then(|| app.session.mapping_error.clone())?
}

/// The handles that were let go, in their order.
fn forgotten(app: &App) -> Vec<FileNumber> {
    let numbers = app.others.iter().filter_map(|command| match command {
        Command::Forget(number) => Some(*number),
        _ => None,
    });
    numbers.collect()
}

fn in_mapping() -> App {
    let mut app = App::default();
    app.choose("Orders.XLSX");
    read(&mut app, Ok(sheets(&["All", "Old"], 0)));
    app.settle();
    app
}

#[test]
fn a_workbook_is_read_by_its_reader_and_then_opened_like_any_file() {
    let mut app = App::default();
    app.choose("Orders.XLSX");
    assert_eq!(
        (app.session.stage, app.asked()),
        (Stage::Reading, "nothing")
    );
    assert_eq!(asked(&app), (FileNumber(1), FileNumber(2), None, true));
    read(&mut app, Ok(sheets(&["All", "Old"], 0)));
    assert_eq!(app.asked(), "open");
    assert_eq!(app.last.as_ref().unwrap().2, Some(FileNumber(2)));
    app.settle();
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.mapping.sheet.as_deref(), Some("All"));
    app.send(Event::ImportConfirmed);
    app.settle();
    let mapping = app.session.settings.mapping.clone().unwrap();
    assert_eq!(mapping.sheet.as_deref(), Some("All"));
    assert!(!app.others.contains(&Command::Forget(FileNumber(1))));
}

#[test]
fn cells_that_are_read_as_empty_are_counted_in_the_sheet_on_the_screen() {
    let mut app = App::default();
    app.choose("orders.xlsx");
    let mut book = sheets(&["All", "Old"], 0);
    book.sheets[0].n_without_value = 4;
    book.sheets[1].n_errors = 9;
    read(&mut app, Ok(book.clone()));
    app.settle();
    let emptied = |n_errors, n_without_value| EmptiedCells {
        n_errors,
        n_without_value,
    };
    assert_eq!(app.session.emptied_cells(), emptied(0, 4));
    app.send(Event::SheetChosen("Old".to_owned()));
    read(&mut app, Ok(book.with_chosen(1)));
    app.settle();
    assert_eq!(app.session.emptied_cells(), emptied(9, 0));
}

#[test]
fn another_sheet_is_read_from_the_same_workbook_and_takes_the_place_of_the_first() {
    let mut app = in_mapping();
    app.send(Event::SheetChosen("Old".to_owned()));
    assert_eq!(app.session.stage, Stage::Reading);
    assert_eq!(
        asked(&app),
        (FileNumber(1), FileNumber(3), Some("Old"), false)
    );
    read(&mut app, Ok(sheets(&["All", "Old"], 1)));
    app.settle();
    assert_eq!(app.session.mapping.sheet.as_deref(), Some("Old"));
    assert!(app.others.contains(&Command::Forget(FileNumber(2))));
    assert!(!app.others.contains(&Command::Forget(FileNumber(1))));
}

#[test]
fn a_sheet_that_cannot_be_read_leaves_the_mapping_of_the_other() {
    let mut app = in_mapping();
    app.send(Event::SheetChosen("Old".to_owned()));
    read(&mut app, Err(WorkbookProblem::ReaderLost));
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(
        app.session.mapping_error,
        Some(WorkbookProblem::ReaderLost.into())
    );
    assert_eq!(app.session.mapping.sheet.as_deref(), Some("All"));
}

#[test]
fn a_sheet_that_the_engine_refuses_leaves_the_mapping_of_the_other() {
    for error in [ImportError::Empty, ImportError::OneColumn] {
        let mut app = in_mapping();
        app.send(Event::SheetChosen("Old".to_owned()));
        read(&mut app, Ok(sheets(&["All", "Old"], 1)));
        app.answer(Answer::Previewed(Err(error.clone())));
        assert_eq!(app.session.stage, Stage::Mapping);
        assert_eq!(app.session.mapping_error, Some(error));
        assert_eq!(app.session.mapping.sheet.as_deref(), Some("All"));
        assert_eq!(app.session.sheets().map(|sheets| sheets.chosen), Some(0));
        assert_eq!(forgotten(&app), [FileNumber(3)]);
        app.send(Event::ImportConfirmed);
        assert_eq!(app.settle()[0], "import", "the engine still has the sheet");
    }
}

#[test]
fn a_cancelled_look_at_another_sheet_goes_back_to_the_one_before() {
    let mut app = in_mapping();
    app.send(Event::SheetChosen("Old".to_owned()));
    read(&mut app, Ok(sheets(&["All", "Old"], 1)));
    assert_eq!((app.session.stage, app.asked()), (Stage::Reading, "open"));
    app.send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.mapping.sheet.as_deref(), Some("All"));
    assert_eq!(forgotten(&app), [FileNumber(3)]);
    app.send(Event::ImportConfirmed);
    assert_eq!(app.last.as_ref().unwrap().2, Some(FileNumber(2)));
    assert_eq!(app.settle()[..2], ["open", "import"]);
}

#[test]
fn a_sheet_that_kills_the_engine_leaves_the_mapping_of_the_other() {
    let mut app = in_mapping();
    app.send(Event::SheetChosen("Old".to_owned()));
    read(&mut app, Ok(sheets(&["All", "Old"], 1)));
    app.die().die().die();
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.mapping_error, Some(ImportError::EngineLost));
    assert_eq!(forgotten(&app), [FileNumber(3)]);
}

#[test]
fn closing_while_another_sheet_is_looked_at_lets_go_of_both() {
    let mut app = in_mapping();
    app.send(Event::SheetChosen("Old".to_owned()));
    read(&mut app, Ok(sheets(&["All", "Old"], 1)));
    app.send(Event::CloseAsked);
    let mut numbers = forgotten(&app);
    numbers.sort_by_key(|number| number.0);
    numbers.dedup();
    assert_eq!(numbers, [FileNumber(1), FileNumber(2), FileNumber(3)]);
}

#[test]
fn the_reader_is_never_loaded_once_a_file_has_been_opened() {
    let mut app = App::in_ready(View::Overview);
    app.choose("orders.ods");
    assert!(!asked(&app).3);
    read(&mut app, Err(WorkbookProblem::ReaderMissing));
    let missing = ImportError::from(WorkbookProblem::ReaderMissing);
    assert_eq!(app.notices(), [Notice::ImportFailed(missing)]);
    assert_eq!(app.session.stage, Stage::Ready);
    app.send(Event::CloseAsked);
    app.choose("orders.ods");
    assert!(!asked(&app).3);
}

#[test]
fn a_reader_that_could_not_be_loaded_may_be_loaded_again() {
    let mut app = App::default();
    app.choose("a.xlsx");
    read(&mut app, Err(WorkbookProblem::ReaderMissing));
    assert_eq!(failed(&app), Some(WorkbookProblem::ReaderMissing.into()));
    app.choose("a.xlsx");
    assert!(asked(&app).3);
}

#[test]
fn a_workbook_under_another_name_is_known_by_its_content() {
    let mut app = App::default();
    app.choose("orders.csv");
    let found = BinaryKind::ZipOrWorkbook;
    app.answer(Answer::Previewed(Err(ImportError::Binary { found })));
    assert_eq!(asked(&app), (FileNumber(1), FileNumber(2), None, false));
    read(&mut app, Err(WorkbookProblem::NotAWorkbook));
    assert_eq!(failed(&app), Some(WorkbookProblem::NotAWorkbook.into()));
}

#[test]
fn text_under_a_workbooks_name_is_opened_as_text() {
    let mut app = App::default();
    app.choose("orders.xls");
    read(&mut app, Err(WorkbookProblem::NotAWorkbook));
    assert_eq!(app.asked(), "open");
    assert_eq!(app.last.as_ref().unwrap().2, Some(FileNumber(1)));
    let found = BinaryKind::Other;
    app.answer(Answer::Previewed(Err(ImportError::Binary { found })));
    assert_eq!(failed(&app), Some(ImportError::Binary { found }));
}

#[test]
fn stopping_the_reader_goes_back_to_what_was_there_and_its_answer_is_not_heard() {
    let mut app = App::default();
    app.choose("a.xlsx");
    app.send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Empty);
    assert_eq!(app.notices(), [Notice::Cancelled]);
    assert!(app.others.contains(&Command::StopReading));
    read(&mut app, Ok(sheets(&["All"], 0)));
    assert_eq!((app.session.stage, app.asked()), (Stage::Empty, "nothing"));

    let mut app = in_mapping();
    app.send(Event::SheetChosen("Old".to_owned()));
    app.send(Event::CancelAsked);
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.mapping.sheet.as_deref(), Some("All"));
}

#[test]
fn after_a_cancel_while_the_reader_was_loading_the_next_file_waits_for_the_loading_to_end() {
    let mut app = App::default();
    app.choose("a.xlsx");
    let (_, stopped, ..) = asked(&app);
    app.send(Event::CancelAsked).choose("one.csv");
    assert_eq!(
        (app.session.stage, app.asked()),
        (Stage::Reading, "nothing")
    );
    app.send(Event::WorkbookRead {
        text: stopped,
        result: Err(WorkbookProblem::ReaderMissing),
    });
    assert_eq!(app.asked(), "open");
    app.settle();
    assert_eq!(app.session.stage, Stage::Mapping);
}

#[test]
fn a_cancel_before_the_reader_ran_opened_nothing_and_one_while_it_ran_did() {
    for (result, may_load) in [
        (WorkbookProblem::ReaderMissing, true),
        (WorkbookProblem::ReaderLost, false),
    ] {
        for stop in [Event::CancelAsked, Event::CloseAsked] {
            let mut app = App::default();
            app.choose("a.xlsx").send(stop);
            read(&mut app, Err(result.clone()));
            assert_eq!(app.session.stage, Stage::Empty);
            app.choose("b.xlsx");
            assert_eq!(asked(&app).3, may_load);
        }
    }
}

#[test]
fn a_broken_workbook_says_why_and_leaves_the_results_of_the_file_before() {
    let mut app = App::in_ready(View::Overview);
    app.choose("locked.xlsx");
    read(&mut app, Err(WorkbookProblem::Encrypted));
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(
        app.notices(),
        [Notice::ImportFailed(WorkbookProblem::Encrypted.into())]
    );
    assert_eq!(app.session.sheets(), None);
}

#[test]
fn the_sheet_of_a_project_is_wished_for_and_need_not_be_there() {
    let mut app = App::default();
    let mapping = Mapping {
        sheet: Some("January".to_owned()),
        ..Mapping::default()
    };
    let project = Settings {
        mapping: Some(mapping),
        ..Settings::default()
    };
    app.send(Event::ProjectChosen { bytes: Vec::new() });
    app.answer(Answer::ProjectRead(Ok(Box::new(project))));
    app.choose("february.xlsx");
    assert_eq!(asked(&app).2, Some("January"));
    read(&mut app, Err(WorkbookProblem::NoSuchSheet { n_sheets: 1 }));
    assert_eq!(asked(&app).2, None);
    read(&mut app, Ok(sheets(&["February"], 0)));
    app.settle();
    assert_eq!(app.session.mapping.sheet.as_deref(), Some("February"));
}

const BOOK: [&str; 4] = ["People", "January", "February", "Old"];

/// The reader gives the sheet that it was asked for, of a workbook of four.
fn read_asked(app: &mut App) {
    let (_, _, name, _) = asked(app);
    let place = BOOK
        .iter()
        .position(|own| name.is_none_or(|name| *own == name));
    read(app, Ok(sheets(&BOOK, place.unwrap())));
}

/// A workbook of customers, two months of orders and a hidden sheet.
fn with_three_sheets() -> App {
    let mut app = App::default();
    app.choose("book.xlsx");
    read_asked(&mut app);
    look(&mut app, &CUSTOMERS, TableKind::Customers);
    for name in ["January", "February"] {
        assert_eq!(asked(&app).2, Some(name));
        assert_eq!(app.session.stage, Stage::Reading);
        read_asked(&mut app);
        look(&mut app, &ORDERS, TableKind::Orders);
    }
    app
}

#[test]
fn sheets_of_orders_are_appended_and_one_of_customers_is_joined_whichever_was_read_first() {
    let mut app = with_three_sheets();
    assert_eq!(app.session.stage, Stage::Mapping);
    let name = &app.session.file.as_ref().unwrap().name;
    assert_eq!(name, "book.xlsx · February");
    assert_eq!(
        parts(&app),
        [
            ("book.xlsx · January", Part::Appended, true),
            ("book.xlsx · People", Part::Joined, true)
        ]
    );
    let (left, is_alone) = app.session.sheets_left().unwrap();
    let left: Vec<&str> = left.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!((left, is_alone), (vec!["Old"], false));
    app.send(Event::ImportConfirmed);
    app.settle();
    assert!(!forgotten(&app).contains(&FileNumber(1)));
    assert_eq!(app.session.name_of_files().as_deref(), Some("book.xlsx"));
    let remembered = &app.session.settings.further;
    let sheets = remembered.iter().map(|file| file.sheet.as_deref());
    assert_eq!(
        sheets.collect::<Vec<_>>(),
        [Some("January"), Some("People")]
    );
}

#[test]
fn a_sheet_that_was_left_is_added_and_the_mapping_stays_as_it_was() {
    let mut app = with_three_sheets();
    let mapping = app.session.mapping.clone();
    app.send(Event::SheetAdded("Old".to_owned()));
    assert_eq!(asked(&app).2, Some("Old"));
    read_asked(&mut app);
    look(&mut app, &ORDERS, TableKind::Orders);
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.mapping, mapping);
    assert_eq!(app.session.further.len(), 3);
    assert!(app.session.sheets_left().unwrap().0.is_empty());
    app.send(Event::SheetAdded("Old".to_owned()));
    assert_eq!(app.session.stage, Stage::Mapping, "it is there already");
}

#[test]
fn a_further_sheet_that_cannot_be_read_or_is_cancelled_leaves_the_others() {
    for is_cancelled in [false, true] {
        for is_read in [false, true] {
            let mut app = with_three_sheets();
            let before = (app.session.mapping.clone(), app.session.further.clone());
            app.send(Event::SheetAdded("Old".to_owned()));
            if is_read {
                read_asked(&mut app);
            }
            match (is_cancelled, is_read) {
                (true, _) => {
                    app.send(Event::CancelAsked);
                }
                (false, true) => {
                    app.answer(Answer::Previewed(Err(ImportError::Empty)));
                }
                (false, false) => read(&mut app, Err(WorkbookProblem::ReaderLost)),
            }
            assert_eq!(app.session.stage, Stage::Mapping);
            let after = (app.session.mapping.clone(), app.session.further.clone());
            assert_eq!(after, before);
            assert!(!forgotten(&app).contains(&FileNumber(1)));
            app.send(Event::ImportConfirmed);
            app.settle();
            assert_eq!(app.session.stage, Stage::Ready);
        }
    }
}

#[test]
fn a_project_of_one_sheet_takes_that_alone_and_a_web_page_its_likely_table() {
    let mut app = App::default();
    let mapping = Mapping {
        sheet: Some("January".to_owned()),
        ..Mapping::default()
    };
    let project = Settings {
        mapping: Some(mapping),
        ..Settings::default()
    };
    app.send(Event::ProjectChosen { bytes: Vec::new() });
    app.answer(Answer::ProjectRead(Ok(Box::new(project))));
    app.choose("book.xlsx");
    read_asked(&mut app);
    app.settle();
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(app.session.file.as_ref().unwrap().name, "book.xlsx");
    assert!(app.session.further.is_empty());

    let mut app = App::default();
    app.choose("page.html");
    let tables = Sheets {
        is_page: true,
        ..sheets(&["1", "2"], 0)
    };
    read(&mut app, Ok(tables));
    app.settle();
    assert!(app.session.further.is_empty());
}
