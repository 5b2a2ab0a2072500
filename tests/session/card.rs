//! The card of one customer: when it is asked for, and whose answer is taken.

use gyeol::analysis::customers::Filter;
use gyeol::analysis::rules::{Condition, SegmentRule};
use gyeol::analysis::{AnalysisError, SegmentationId};
use gyeol::data::{Choices, Day, Reason};
use gyeol::export::Settings;
use gyeol::protocol::{Answer, ToWorker};
use gyeol::session::{Event, Slot, View};

use crate::app::{App, success};
use crate::fixtures;

fn open(id: &str) -> Event {
    Event::CustomerOpened(Some(id.to_owned()))
}

fn shown(app: &App) -> Option<&str> {
    let card = app.session.card.value()?;
    Some(card.past.customer.as_str())
}

#[test]
fn a_card_is_made_of_what_it_tells_of_and_asked_for_once() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    let asked = app.settle();
    assert_eq!(asked[..3], ["lifecycle", "value", "rhythm"]);
    assert!(asked[3..].iter().all(|what| *what == "card"), "{asked:?}");
    assert_eq!(shown(&app), Some("C03"));
    app.send(open("C03"));
    assert_eq!(app.asked(), "nothing");
    app.send(open("C04"));
    assert_eq!(
        shown(&app),
        None,
        "the card of another customer is not shown meanwhile"
    );
    assert_eq!(app.settle(), ["card"]);
    app.send(Event::CustomerOpened(None));
    assert_eq!((shown(&app), app.asked()), (None, "nothing"));
}

#[test]
fn another_date_and_other_rows_make_another_card_once_the_list_is_shown() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    app.settle();
    let mut settings = app.session.settings.clone();
    settings.as_of = Some(Day::from_number(200));
    app.send(Event::ViewShown(View::Rfm));
    app.settle();
    app.send(Event::SettingsChanged(Box::new(settings)));
    assert_eq!(app.settle(), ["rfm"], "no card is on the screen");
    app.send(Event::ViewShown(View::Customers));
    assert_eq!(app.settle().last(), Some(&"card"));
    let left_out = !Choices::default().leaves_out(Reason::Duplicate);
    let choice = Event::ChoiceChanged {
        reason: Reason::Duplicate,
        left_out,
    };
    app.send(choice);
    assert_eq!(app.settle().last(), Some(&"card"));
}

#[test]
fn an_answer_about_a_customer_who_was_left_meanwhile_is_passed_over() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    while app.asked() != "card" {
        let (_, message, _) = app.last.clone().unwrap();
        app.answer(success(message));
    }
    app.send(open("C05"));
    app.answer(Answer::OneCustomer(fixtures::card("C03").map(Box::new)));
    assert_eq!(shown(&app), None);
    app.settle();
    assert_eq!(shown(&app), Some("C05"));
}

#[test]
fn who_is_no_customer_on_the_date_has_no_card_and_what_is_not_possible_does_not_stop_it() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("nobody"));
    app.settle();
    assert_eq!(app.session.card, Slot::Failed(()));
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    assert_eq!(app.asked(), "lifecycle");
    app.answer(Answer::Analyzed(Err(AnalysisError::NoHistory)));
    app.settle();
    assert_eq!(shown(&app), Some("C03"));
    assert!(app.session.is_at_rest());
}

#[test]
fn after_the_engine_has_died_a_card_is_made_anew_from_what_it_needs() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    app.settle();
    app.die();
    app.settle();
    app.send(open("C04"));
    let asked = app.settle();
    assert_eq!(asked.last(), Some(&"card"));
    for id in ["rfm", "lifecycle", "value", "rhythm"] {
        assert!(asked.contains(&id), "{asked:?}");
    }
    assert_eq!(shown(&app), Some("C04"));
}

#[test]
fn another_file_closes_the_card() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    app.settle();
    app.choose("another.csv");
    app.settle();
    app.send(Event::ImportConfirmed);
    app.settle();
    assert_eq!((app.session.customer.as_deref(), shown(&app)), (None, None));
}

fn with(app: &mut App, change: impl FnOnce(&mut Settings)) {
    let mut settings = app.session.settings.clone();
    change(&mut settings);
    app.send(Event::SettingsChanged(Box::new(settings)));
}

fn with_rule(settings: &mut Settings) {
    settings.rules.rules.push(SegmentRule {
        name: "all".to_owned(),
        when: Condition::All(Vec::new()),
    });
}

#[test]
fn a_card_and_a_list_are_asked_for_by_the_present_settings() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    app.settle();
    with(&mut app, |settings| settings.rfm.groups = 4);
    let mut asked = Vec::new();
    while let Some((_, message, _)) = app.last.clone() {
        match &message {
            ToWorker::List { settings, .. } | ToWorker::OneCustomer { settings, .. } => {
                assert_eq!(**settings, app.session.settings);
                asked.push(app.asked());
            }
            _ => {}
        }
        app.answer(success(message));
    }
    assert!(asked.contains(&"card"), "{asked:?}");
}

#[test]
fn what_a_card_tells_of_by_other_settings_leaves_it_and_comes_back_with_them() {
    let mut app = App::in_ready(View::Rules);
    app.send(Event::ViewShown(View::Customers));
    app.send(open("C03"));
    app.settle();
    with(&mut app, with_rule);
    assert_eq!(app.settle(), ["card"], "nobody has counted the new rule");
    app.send(Event::Undo);
    assert_eq!(app.settle(), ["card"]);
    with(&mut app, |settings| settings.stability.resamples += 1);
    assert_eq!(app.settle(), [""; 0], "the card tells nothing of it");
}

#[test]
fn what_another_analysis_ran_first_by_older_settings_is_made_anew_for_a_card() {
    let mut app = App::in_ready(View::Customers);
    app.send(Event::FilterChanged(Filter::default()));
    with(&mut app, |settings| {
        settings.explain.of = SegmentationId::Rfm;
    });
    app.settle();
    app.send(open("C03"));
    assert_eq!(app.asked(), "lifecycle");
    with(&mut app, |settings| settings.clusters.k = 4);
    app.send(Event::ViewShown(View::Explain));
    app.send(Event::ViewShown(View::Customers));
    with(&mut app, |settings| settings.rfm.groups = 4);
    let asked = app.settle();
    let explained = asked.iter().position(|what| *what == "explain").unwrap();
    let (before, after) = asked.split_at(explained);
    assert!(
        before.contains(&"rfm") && after.contains(&"rfm"),
        "{asked:?}"
    );
    assert_eq!(after.last(), Some(&"card"), "{asked:?}");
}

#[test]
fn a_card_that_was_stopped_says_so_and_is_made_when_it_is_asked_for_again() {
    let mut app = App::in_ready(View::Customers);
    app.send(open("C03"));
    app.settle();
    app.send(open("C04"));
    assert_eq!(app.asked(), "card");
    assert!(!app.session.is_stopped());
    app.send(Event::CancelAsked);
    app.settle();
    assert!(app.session.is_stopped());
    assert_eq!(app.session.card, Slot::Idle);
    app.send(Event::ViewShown(View::Rfm));
    assert!(!app.session.is_stopped(), "no card is on the screen");
    app.settle();
    app.send(Event::ViewShown(View::Customers));
    assert_eq!(app.settle().last(), Some(&"card"));
    assert_eq!(shown(&app), Some("C04"));
    assert!(!app.session.is_stopped());
}
