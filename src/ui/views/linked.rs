//! A number in a table that leads to the list of its customers.

use crate::analysis::customers::Filter;
use crate::session::Event;
use crate::text::Words;
use crate::ui::dom::prelude::*;
use crate::ui::{Workspace, route};

/// A count that leads to its customers, and Back from them to it; shaded by its share of the row in seven steps; of
/// nothing it is not shaded. Whether only those are listed who agreed to advertising stays as it is.
pub(super) fn linked(
    workspace: Workspace,
    words: Words,
    id: String,
    (whom, name): (Filter, String),
    (count, total): (u64, u64),
) -> AnyView {
    let share = count as f64 / total.max(1) as f64;
    let step = if total > 0 {
        (share * 6.0).round() as u8
    } else {
        0
    };
    let title = (total > 0).then(|| words.share(share));
    let content = if count == 0 {
        words.count(0).into_any()
    } else {
        let place = id.clone();
        let narrow = move |_| {
            route::come_back_to(&place);
            let filter = Filter {
                agreed: workspace
                    .session
                    .with_untracked(|session| session.filter.agreed),
                ..whom.clone()
            };
            workspace.send(Event::FilterChanged(filter));
        };
        view! {
            <a href="#/customers" id=id aria-label=name on:click=narrow>{words.count(count)}</a>
        }
        .into_any()
    };
    view! {
        <td class=format!("number shade shade-{step}") class:is-zero=count == 0 title=title>
            {content}
        </td>
    }
    .into_any()
}
