//! The motif: fine lines along which a piece of wood wants to split.

use std::fmt::Write;

use js_sys::Math;

use crate::ui::dom::prelude::*;

/// Fine parallel lines that flow around a knot. Decoration only.
#[component]
pub fn Grain() -> impl IntoView {
    let lines = (0..N_LINES)
        .map(|line| view! { <path d=path_of(line)/> })
        .collect_view();
    view! {
        <svg class="grain" viewBox="0 0 1200 260" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            {lines}
        </svg>
    }
}

const N_LINES: u32 = 26;
const KNOT: (f64, f64) = (860.0, 132.0);

/// One line from left to right, pushed aside by the knot.
fn path_of(line: u32) -> String {
    let rest = f64::from(line) * 10.0 + 5.0;
    let mut path = String::new();
    for step in 0..=60 {
        let x = f64::from(step) * 20.0;
        let (dx, dy) = ((x - KNOT.0) / 150.0, (rest - KNOT.1) / 60.0);
        let push = 26.0 * dy.signum() * Math::exp(-(dx * dx) - dy.abs());
        let wave = 3.0 * Math::sin(x / 190.0 + rest / 70.0);
        let start = if step == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{start}{x:.0} {:.1}", rest + push + wave);
    }
    path
}
