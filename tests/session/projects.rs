//! Projects, and what another file or mapping does to settings.

use gyeol::data::{Day, Encoding, Role, TableKind};
use gyeol::export::project::ProjectError;
use gyeol::export::{FurtherFile, Seen, Settings, What};
use gyeol::protocol::{Answer, ToWorker};
use gyeol::session::{Command, Event, FileNumber, Gap, Notice, Slot, Stage, View};

use crate::app::{App, success};
use crate::fixtures::{preview, settings_with_k};

fn project(headers: &[(Role, &str)]) -> Settings {
    let mut settings = settings_with_k(3);
    let mut mapping = preview(&[]).guess;
    mapping.roles = headers
        .iter()
        .map(|&(role, name)| (role, name.to_owned()))
        .collect();
    settings.mapping = Some(mapping);
    settings
}

fn read_project(app: &mut App, settings: Settings) {
    app.send(Event::ProjectChosen { bytes: vec![1] });
    assert_eq!(app.asked(), "project");
    app.answer(Answer::ProjectRead(Ok(Box::new(settings))));
}

#[test]
fn a_project_for_the_open_file_is_applied_and_imported_again() {
    let mut app = App::in_ready(View::Clusters);
    let project = project(&[(Role::Customer, "id"), (Role::Date, "day")]);
    read_project(&mut app, project.clone());
    assert_eq!(app.session.stage, Stage::Importing);
    assert_eq!(
        app.settle(),
        ["import", "rfm", "clusters", "cluster_counts"]
    );
    assert_eq!(app.session.settings, project);
    assert!(app.notices().contains(&Notice::ProjectApplied));
}

#[test]
fn a_project_waits_for_a_file_with_its_columns() {
    let mut app = App::default();
    let project = project(&[(Role::Customer, "id")]);
    read_project(&mut app, project.clone());
    assert_eq!(app.notices(), [Notice::ProjectWaiting]);
    app.choose("one.csv");
    app.settle();
    assert_eq!(app.session.stage, Stage::Mapping);
    assert_eq!(Some(&app.session.mapping), project.mapping.as_ref());
    app.send(Event::ImportConfirmed);
    app.settle();
    assert_eq!(app.session.settings, project);
}

#[test]
fn a_project_that_waited_takes_the_encoding_of_its_file() {
    let mut app = App::default();
    read_project(&mut app, project(&[(Role::Customer, "id")]));
    app.choose("cp949.csv");
    let mut korean = preview(&["id", "day", "money"]);
    korean.guess.dialect.encoding = Encoding::Cp949;
    app.answer(Answer::Previewed(Ok(Box::new(korean))));
    assert_eq!(app.notices().last(), Some(&Notice::ProjectApplied));
    assert_eq!(app.session.mapping.dialect.encoding, Encoding::Cp949);
}

#[test]
fn what_has_changed_since_the_project_is_told_once_and_only_where_something_has() {
    let open = App::in_ready(View::Rfm);
    let imported = open.session.imported.as_ref().unwrap();
    let now = Seen::new(&imported.ledger, imported.n_customers, imported.period);
    let then = Seen {
        n_files: 3,
        n_rows: 12,
        ..now
    };
    for (seen, n_told) in [(Some(then), 1), (Some(now), 0), (None, 0)] {
        let mut app = App::in_ready(View::Rfm);
        let settings = Settings {
            seen,
            ..project(&[(Role::Customer, "id"), (Role::Date, "day")])
        };
        read_project(&mut app, settings);
        app.settle();
        let told = Notice::SinceProject { then, now };
        let n = app.notices().iter().filter(|one| **one == told);
        assert_eq!(n.count(), n_told);
        assert_eq!(app.session.settings.seen, None);
    }
}

#[test]
fn a_project_that_is_saved_remembers_how_much_was_open() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::ExportAsked(What::Project));
    let Some((_, ToWorker::Export { settings, .. }, _)) = app.last.clone() else {
        panic!("a file is being made");
    };
    assert_eq!(
        settings.seen.map(|seen| (seen.n_files, seen.n_rows)),
        Some((1, 78))
    );
}

#[test]
fn the_mapping_of_a_project_is_no_guess() {
    let mut app = App::in_mapping();
    assert!(!app.session.has_project_mapping());
    read_project(&mut app, project(&[(Role::Customer, "id")]));
    assert!(app.session.has_project_mapping());
    app.choose("two.csv");
    app.settle();
    assert!(!app.session.has_project_mapping());
}

#[test]
fn a_project_of_another_file_changes_nothing_yet() {
    let mut app = App::in_ready(View::Rfm);
    let before = app.session.settings.clone();
    read_project(&mut app, project(&[(Role::Customer, "member")]));
    assert_eq!(app.session.settings, before);
    assert_eq!(app.session.stage, Stage::Ready);
    assert_eq!(app.notices(), [Notice::ProjectWaiting]);
}

#[test]
fn what_is_no_project_is_said_to_be_none() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::ProjectChosen { bytes: vec![0] });
    app.settle();
    let notice = Notice::ProjectUnreadable(ProjectError::NotAProject);
    assert_eq!(app.notices(), [notice]);
}

#[test]
fn a_project_of_a_newer_release_is_said_to_be_one_and_changes_nothing() {
    let mut app = App::in_ready(View::Rfm);
    let before = app.session.settings.clone();
    let newer = ProjectError::Newer { schema: 99 };
    app.send(Event::ProjectChosen { bytes: vec![0] });
    app.answer(Answer::ProjectRead(Err(newer)));
    assert_eq!(app.notices(), [Notice::ProjectUnreadable(newer)]);
    assert_eq!(app.session.settings, before);
}

#[test]
fn another_file_starts_with_fresh_settings_and_results() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::SettingsChanged(Box::new(settings_with_k(3))));
    app.settle();
    app.choose("two.csv");
    app.answer(Answer::Previewed(Ok(Box::new(preview(&["user", "when"])))));
    app.send(Event::ImportConfirmed);
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
    assert_eq!(
        app.session.settings.clusters.k,
        Settings::default().clusters.k
    );
    assert_eq!(app.session.rfm, Slot::Running(None));
    assert!(app.others.contains(&Command::Forget(FileNumber(1))));
    assert!(!app.session.can_undo());
}

#[test]
fn a_file_with_the_same_columns_keeps_the_settings() {
    let mut app = App::in_ready(View::Rfm);
    let mut settings = settings_with_k(3);
    settings.as_of = "2020-01-01".parse().ok();
    app.send(Event::SettingsChanged(Box::new(settings)));
    app.settle();
    app.choose("two.csv");
    app.settle();
    app.send(Event::ImportConfirmed);
    app.settle();
    assert_eq!(app.session.settings.clusters.k, 3);
    assert_eq!(app.session.settings.as_of, None);
}

#[test]
fn the_mapping_can_be_changed_after_the_import() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::MappingAsked);
    assert_eq!(app.session.stage, Stage::Mapping);
    let mut mapping = app.session.mapping.clone();
    mapping.roles.insert(Role::Product, "money".to_owned());
    app.send(Event::MappingChanged(mapping.clone()))
        .send(Event::ImportConfirmed);
    assert_eq!(app.settle(), ["import", "rfm"]);
    assert_eq!(app.session.settings.mapping, Some(mapping));
}

#[test]
fn another_view_in_the_address_leads_from_the_columns_back_to_the_results() {
    let mut app = App::in_ready(View::Rfm);
    app.send(Event::MappingAsked)
        .send(Event::ViewShown(View::Rfm));
    assert_eq!(app.session.stage, Stage::Mapping);
    app.send(Event::ViewShown(View::Data));
    assert_eq!(app.session.stage, Stage::Ready);
}

/// Orders, and a log of which nobody could know that it is one.
const FILES: [(&str, [&str; 3]); 2] = [
    ("orders.csv", ["customer", "day", "money"]),
    ("log.csv", ["who", "what", "at"]),
];

fn choose_both(app: &mut App, names: [&str; 2]) {
    app.choose_all(&names);
    for (name, (_, headers)) in names.iter().zip(FILES) {
        let mut preview = preview(&headers);
        preview.file_name = (*name).to_owned();
        preview.customer_column = None;
        app.answer(Answer::Previewed(Ok(Box::new(preview))));
    }
}

fn project_of_both() -> Settings {
    let mut project = project(&[(Role::Customer, "customer"), (Role::Date, "day")]);
    let roles = [(Role::Customer, "who"), (Role::Date, "at")];
    project.further = vec![FurtherFile {
        name: "log.csv".to_owned(),
        kind: Some(TableKind::Events),
        roles: roles.map(|(role, name)| (role, name.to_owned())).into(),
        date_order: None,
        sheet: None,
    }];
    project
}

#[test]
fn a_project_says_again_what_its_further_files_are_by_name_or_by_columns() {
    for names in [["orders.csv", "log.csv"], ["o-2.csv", "l-2.csv"]] {
        let mut app = App::default();
        read_project(&mut app, project_of_both());
        choose_both(&mut app, names);
        let further = &app.session.further[0];
        assert_eq!(further.kind, Some(TableKind::Events));
        let roles = app.session.mapping_of(further).roles;
        assert_eq!(roles, project_of_both().further[0].roles);
        app.send(Event::ImportConfirmed);
        app.settle();
        let mut expected = project_of_both();
        expected.further[0].name = names[1].to_owned();
        assert_eq!(app.session.settings, expected);
    }
}

#[test]
fn a_project_that_comes_after_its_files_says_what_they_are() {
    let mut app = App::default();
    choose_both(&mut app, ["orders.csv", "log.csv"]);
    assert!(!app.session.further[0].is_in());
    read_project(&mut app, project_of_both());
    assert_eq!(app.session.further[0].kind, Some(TableKind::Events));
    assert_eq!(app.notices(), [Notice::ProjectApplied]);
    let mut ready = App::default();
    choose_both(&mut ready, ["orders.csv", "log.csv"]);
    ready.send(Event::ImportConfirmed);
    ready.settle();
    assert_eq!(ready.session.settings.further[0].kind, None);
    read_project(&mut ready, project_of_both());
    assert!(ready.settle().contains(&"import"));
    assert_eq!(ready.session.settings, project_of_both());
}

#[test]
fn files_that_lack_most_of_what_the_project_knew_are_said_to_lack_it() {
    let open = App::in_ready(View::Rfm);
    let imported = open.session.imported.as_ref().unwrap();
    let now = Seen::new(&imported.ledger, imported.n_customers, imported.period);
    let (first, last) = imported.period.unwrap();
    let before = |n: i32| Day::from_number(first.number() - n);
    for (then, is_gap) in [
        ((before(60), before(1)), true),
        ((before(60), first), true),
        ((before(10), before(-30)), false),
        ((first, last), false),
    ] {
        let period = Some(then);
        let settings = Settings {
            seen: Some(Seen { period, ..now }),
            ..project(&[(Role::Customer, "id"), (Role::Date, "day")])
        };
        let mut app = App::default();
        read_project(&mut app, settings);
        app.choose("new.csv");
        let mut preview = preview(&["id", "day", "money"]);
        preview.columns[1].days = Some((first, last));
        app.answer(Answer::Previewed(Ok(Box::new(preview))));
        assert_eq!(app.session.stage, Stage::Mapping);
        let expected = is_gap.then_some(Gap {
            first,
            then,
            is_whole: true,
        });
        assert_eq!(app.session.gap(), expected, "before the import");
        app.send(Event::ImportConfirmed);
        app.settle();
        assert_eq!(app.session.gap(), expected, "with the results");
    }
}

#[test]
fn a_project_waits_for_the_files_that_are_chosen_in_place_of_those_that_lack_the_past() {
    let (first, last) = (Day::from_number(100), Day::from_number(120));
    let seen = Seen {
        n_files: 1,
        n_rows: 5,
        n_customers: 3,
        period: Some((Day::from_number(0), Day::from_number(99))),
    };
    let mut app = App::default();
    let settings = Settings {
        seen: Some(seen),
        ..project(&[(Role::Customer, "id"), (Role::Date, "day")])
    };
    read_project(&mut app, settings);
    app.choose("new.csv");
    let mut preview = preview(&["id", "day", "money"]);
    preview.columns[1].days = Some((first, last));
    app.answer(Answer::Previewed(Ok(Box::new(preview))));
    assert!(app.session.gap().is_some());
    app.choose_all(&["new.csv", "old.csv"]);
    app.settle();
    assert!(app.session.has_project_mapping());
}
