//! Tests of what is told of settings that differ from a project's.

use super::tests::{kinds, report, run_on, two_clusters, two_distributions};
use super::*;
use crate::{Request, Unwatched, clusters, lifecycle, rfm};
use gyeol_data::{Choices, Reason};

/// What a project keeps of the segmentation that `request` makes.
fn kept(request: &Request) -> Params {
    let (dataset, day) = (kinds(200), Day::from_number(101));
    let own = crate::run(&dataset, request.clone(), day, &mut Unwatched).unwrap();
    let rule = crate::freeze(&dataset, request, &own, day).unwrap();
    Params {
        of: rule.id(),
        cuts: Cuts::Kept,
        kept: Some(Kept {
            as_of: day,
            known_until: day,
            rules: vec![rule],
            choices: Some(Choices::default()),
            known: None,
        }),
        choices: Some(Choices::default()),
        ..Params::default()
    }
}

fn told(params: &Params, today: Request) -> Vec<Difference> {
    report(run_on(&kinds(200), params.clone(), today, 150).unwrap()).differences
}

fn scores(groups: u8) -> rfm::Params {
    rfm::Params {
        groups,
        ..rfm::Params::default()
    }
}

#[test]
fn scores_that_a_person_set_otherwise_are_named_and_cut_points_of_the_convention_are_not() {
    let params = kept(&Request::Rfm(scores(5)));
    assert_eq!(told(&params, Request::Rfm(scores(5))), []);
    let found = told(&params, Request::Rfm(scores(4)));
    assert_eq!(found, [Difference::Groups(5, 4)]);
    let weighed = rfm::Params {
        weights: [50, 30, 20],
        ..scores(5)
    };
    let found = told(&params, Request::Rfm(weighed));
    assert_eq!(found, [Difference::Scored]);
    let fresh = Params {
        cuts: Cuts::Frozen,
        ..params
    };
    assert_eq!(told(&fresh, Request::Rfm(scores(4))), []);
}

#[test]
fn rows_that_count_otherwise_are_named_where_the_project_says_which_counted() {
    let mut params = kept(&Request::Rfm(scores(5)));
    let all = Choices::default();
    let is_out = all.leaves_out(Reason::Duplicate);
    params.choices = Some(all.set(Reason::Duplicate, !is_out));
    let expected = match is_out {
        true => Difference::Counted(Reason::Duplicate),
        false => Difference::LeftOut(Reason::Duplicate),
    };
    assert_eq!(told(&params, Request::Rfm(scores(5))), [expected]);
    let returned = all.set(Reason::Returned, true);
    if let Some(kept) = &mut params.kept {
        kept.choices = Some(returned);
    }
    params.choices = Some(returned.net_returns(true));
    let expected = [Difference::Returns(true)];
    assert_eq!(told(&params, Request::Rfm(scores(5))), expected);
    if let Some(kept) = &mut params.kept {
        kept.choices = None;
    }
    assert_eq!(told(&params, Request::Rfm(scores(5))), []);
}

#[test]
fn thresholds_and_clusters_that_are_asked_for_otherwise_are_named() {
    let stages = |active| {
        Request::Lifecycle(lifecycle::Params {
            active_days: active,
            lapsed_days: Some(300),
            loyal_orders: None,
        })
    };
    let params = kept(&stages(Some(20)));
    assert_eq!(told(&params, stages(Some(20))), []);
    assert_eq!(told(&params, stages(None)), [], "made anew of each file");
    assert_eq!(told(&params, stages(Some(21))), [Difference::Thresholds]);

    let params = kept(&two_clusters());
    assert_eq!(told(&params, two_clusters()), []);
    let found = told(&params, two_distributions());
    assert_eq!(found, [Difference::Method]);
    let three = Request::Clusters(clusters::Params {
        k: 3,
        weights: [("recency".to_owned(), 2.0)].into(),
        ..clusters::Params::default()
    });
    let expected = [Difference::ClusterCount(2, 3), Difference::Features];
    assert_eq!(told(&params, three), expected);
}
