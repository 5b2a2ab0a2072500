//! That cells of a workbook are read as empty though they are not.

use crate::session::Session;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A sentence with what to do; nothing where there are none.
#[component]
pub fn EmptiedCells() -> impl IntoView {
    let workspace = Workspace::expect();
    let cells = workspace.read(Session::emptied_cells);
    move || {
        let cells = cells.get();
        let said = workspace.words().emptied_cells(cells)?;
        Some(view! {
            <p class="problem" role="alert" data-testid="emptied-cells" data-cells=cells.n_cells().to_string()>
                {said}
            </p>
        }
        .into_any())
    }
}
