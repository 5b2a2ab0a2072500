//! Boundaries that are held: which ones, and what letting go leaves.

use gyeol::analysis::clusters::Model;
use gyeol::analysis::rfm::CutPoints;
use gyeol::analysis::{Scaling, SegmentationId, clusters};
use gyeol::data::Day;
use gyeol::export::Settings;
use gyeol::session::{Event, View};

use crate::app::{App, success};

fn change(app: &mut App, edit: impl FnOnce(&mut Settings)) {
    let mut settings = app.session.settings.clone();
    edit(&mut settings);
    app.send(Event::SettingsChanged(Box::new(settings)));
}

fn answer(app: &mut App) {
    let (_, message, _) = app.last.clone().unwrap();
    app.answer(success(message));
}

/// Few enough clusters for the customers there are, computed.
fn with_clusters() -> App {
    let mut app = App::in_ready(View::Clusters);
    change(&mut app, |settings| settings.clusters.k = 2);
    app.settle();
    assert!(app.session.clusters.value().unwrap().rule.is_some());
    app
}

fn held(app: &App) -> Option<&Model> {
    app.session.settings.clusters.held.as_deref()
}

fn rule(app: &App) -> Option<&Model> {
    app.session.clusters.value().unwrap().rule.as_deref()
}

#[test]
fn clusters_that_are_kept_while_others_come_are_those_that_come() {
    let mut app = with_clusters();
    let before = rule(&app).cloned();
    change(&mut app, |settings| settings.clusters.scaling = Scaling::Z);
    assert_eq!(app.asked(), "clusters");
    app.send(Event::ClustersKept(true));
    assert_eq!(held(&app), None, "those of before are not held");
    assert!(app.session.keeps_clusters());
    answer(&mut app);
    assert!(held(&app).is_some() && held(&app) == rule(&app));
    assert_ne!(held(&app), before.as_ref());
    app.settle();
    app.send(Event::ClustersKept(false));
    assert_eq!((held(&app), app.session.keeps_clusters()), (None, false));
}

#[test]
fn the_box_of_the_slider_holds_what_comes_and_not_what_was_there() {
    let mut app = with_clusters();
    change(&mut app, |settings| settings.rfm.groups = 4);
    change(&mut app, |settings| settings.clusters.scaling = Scaling::Z);
    app.send(Event::ViewShown(View::Overview));
    assert_eq!(app.asked(), "clusters");
    app.send(Event::BoundariesHeld(true));
    let boundaries = app.session.boundaries();
    assert!(boundaries.is_held && boundaries.of.contains(&SegmentationId::Rfm));
    assert_eq!(
        app.session.settings.rfm.cuts, None,
        "five groups are not held"
    );
    assert_eq!(held(&app), None);
    app.settle();
    let cuts = app.session.settings.rfm.cuts.clone().unwrap();
    assert_eq!(cuts.recency_days.len(), 3);
    assert!(held(&app).is_some() && held(&app) == rule(&app));
}

#[test]
fn what_comes_of_another_day_is_not_held() {
    let mut app = with_clusters();
    change(&mut app, |settings| settings.rfm.groups = 4);
    app.send(Event::ViewShown(View::Rfm));
    assert_eq!(app.asked(), "rfm");
    app.send(Event::BoundariesHeld(true));
    change(&mut app, |settings| {
        settings.as_of = Some(Day::from_number(140));
    });
    app.settle();
    assert_eq!(app.session.settings.rfm.cuts, None);
}

#[test]
fn letting_go_gives_back_what_was_set_and_leaves_what_was_set_meanwhile() {
    let mut app = with_clusters();
    app.send(Event::ClustersKept(true));
    app.settle();
    let kept = app.session.settings.clusters.held.clone();
    assert!(kept.is_some());
    app.send(Event::ViewShown(View::Lifecycle));
    change(&mut app, |settings| {
        settings.lifecycle.active_days = Some(17);
    });
    app.settle();
    app.send(Event::ViewShown(View::Value));
    app.settle();
    assert!(
        !app.session.boundaries().is_held,
        "clusters have a box of their own"
    );
    app.send(Event::BoundariesHeld(true));
    app.settle();
    let held = app.session.settings.clone();
    assert!(held.rfm.cuts.is_some() && held.value.held.is_some());
    assert!(held.lifecycle.lapsed_days.is_some());
    app.send(Event::BoundariesHeld(false));
    app.settle();
    let now = &app.session.settings;
    assert_eq!((&now.rfm.cuts, &now.value.held), (&None, &None));
    assert_eq!(now.clusters.held, kept, "what was kept before is kept");
    assert_eq!(
        (now.lifecycle.active_days, now.lifecycle.lapsed_days),
        (Some(17), None)
    );

    app.send(Event::BoundariesHeld(true));
    app.settle();
    app.send(Event::ViewShown(View::Lifecycle));
    change(&mut app, |settings| {
        settings.lifecycle.active_days = Some(16);
    });
    app.settle();
    app.send(Event::BoundariesHeld(false));
    app.settle();
    assert_eq!(app.session.settings.lifecycle.active_days, Some(16));
}

#[test]
fn letting_go_of_boundaries_that_came_with_a_project_leaves_thresholds_and_clusters() {
    let mut app = with_clusters();
    let rule = rule(&app).cloned().map(Box::new);
    let cuts = app.session.rfm.value().unwrap().cuts.clone();
    change(&mut app, |settings| {
        settings.rfm.cuts = Some(cuts);
        settings.lifecycle.active_days = Some(17);
        settings.clusters = clusters::Params {
            held: rule,
            ..settings.clusters.clone()
        };
    });
    app.settle();
    assert_eq!(app.session.boundaries().of, [SegmentationId::Rfm]);
    app.send(Event::BoundariesHeld(false));
    app.settle();
    let now = &app.session.settings;
    assert_eq!(now.rfm.cuts, None::<CutPoints>);
    assert_eq!(now.lifecycle.active_days, Some(17));
    assert!(now.clusters.held.is_some());
}

#[test]
fn what_is_held_is_taken_back_like_any_other_change() {
    let mut app = with_clusters();
    let before = app.session.settings.clone();
    app.send(Event::BoundariesHeld(true));
    app.settle();
    assert!(app.session.boundaries().is_held);
    app.send(Event::Undo);
    app.settle();
    assert_eq!(app.session.settings, before);
    assert!(!app.session.boundaries().is_held);
}
