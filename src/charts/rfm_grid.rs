//! R × F heat map: recency score to the right, frequency score upwards, both best in the upper right corner.
//!
//! Cut points stand on the lines between the cells, in their own units, so that a cell can be read back to its rule.

use super::GridMeasure;
use super::parts::ramp;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use crate::analysis::rfm::{GridCell, Report};
use crate::text::{AmountUnit, Words, findings::share_of};

const LEFT: f64 = 52.0;
const TOP: f64 = 28.0;
const BELOW: f64 = 78.0;
const KEY: f64 = 28.0;

pub(super) fn height(report: &Report, width: f64) -> f64 {
    let groups = f64::from(report.params.groups);
    let cell = ((width - LEFT - 1.0) / groups * 0.62).clamp(26.0, 76.0);
    TOP + cell * groups + BELOW + KEY
}

pub(super) fn scene(mut sketch: Sketch<'_>, report: &Report, measure: GridMeasure) -> Scene {
    let words = sketch.look.words;
    let title = match measure {
        GridMeasure::Customers => words.grid_customers_finding(report),
        GridMeasure::Revenue => words.grid_revenue_finding(report),
        GridMeasure::MeanRevenue => words.grid_mean_finding(report),
    };
    let grid = Grid::of(&sketch, report, measure);
    for cell in &report.grid {
        draw_cell(&mut sketch, report, &grid, cell);
    }
    outline_selected(&mut sketch, report, &grid);
    recency_axis(&mut sketch, report, &grid);
    frequency_axis(&mut sketch, report, &grid);
    ramp_key(&mut sketch, &grid);
    twin(&mut sketch, report);
    sketch.finished(title)
}

/// Where cells are, and what the darkest one stands for.
struct Grid {
    groups: u8,
    cell_width: f64,
    cell_height: f64,
    measure: GridMeasure,
    most: f64,
    /// The unit of all amounts.
    unit: AmountUnit,
    /// Whether every cell has room for its number: all of them are written, or none.
    has_numbers: bool,
}

impl Grid {
    fn of(sketch: &Sketch<'_>, report: &Report, measure: GridMeasure) -> Self {
        let groups = report.params.groups.max(1);
        let look = sketch.look;
        let values = || report.grid.iter().map(|cell| value(cell, measure));
        let mut grid = Self {
            groups,
            cell_width: (f64::from(look.width) - LEFT - 1.0) / f64::from(groups),
            cell_height: (f64::from(look.height) - TOP - BELOW - KEY) / f64::from(groups),
            measure,
            most: values().fold(0.0, f64::max),
            unit: look.words.unit_of(values()),
            has_numbers: false,
        };
        let mut cells = report.grid.iter().filter(|cell| cell.n_customers > 0);
        grid.has_numbers = grid.cell_height >= 18.0
            && cells.all(|cell| {
                let (number, _) = cell_words(look.words, report, &grid, cell);
                sketch.strong_width_of(&number) + 6.0 <= grid.cell_width
            });
        grid
    }

    fn bounds(&self, cell: &GridCell) -> (f64, f64, f64, f64) {
        let column = f64::from(cell.r.saturating_sub(1));
        let row = f64::from(self.groups.saturating_sub(cell.f));
        let (left, top) = (
            LEFT + column * self.cell_width,
            TOP + row * self.cell_height,
        );
        // One pixel of paper between cells.
        (left, top, self.cell_width - 1.0, self.cell_height - 1.0)
    }

    fn bottom(&self) -> f64 {
        TOP + f64::from(self.groups) * self.cell_height
    }
}

fn value(cell: &GridCell, measure: GridMeasure) -> f64 {
    match measure {
        GridMeasure::Customers => cell.n_customers as f64,
        GridMeasure::Revenue => cell.revenue.to_f64(),
        GridMeasure::MeanRevenue => mean_revenue(cell),
    }
}

fn mean_revenue(cell: &GridCell) -> f64 {
    if cell.n_customers == 0 {
        return 0.0;
    }
    cell.revenue.to_f64() / cell.n_customers as f64
}

fn draw_cell(sketch: &mut Sketch<'_>, report: &Report, grid: &Grid, cell: &GridCell) {
    let bounds = grid.bounds(cell);
    let (left, top, width, height) = bounds;
    let magnitude = if grid.most > 0.0 {
        value(cell, grid.measure) / grid.most
    } else {
        0.0
    };
    let ground = match cell.n_customers {
        0 => sketch.palette.paper_2,
        _ => sketch.palette.ramp_at(magnitude),
    };
    let ground = sketch.dimmed(ground, cell.segment);
    sketch.fill(bounds, ground);
    if cell.n_customers > 0 {
        let ink = sketch.palette.ink_on(ground);
        let (number, share) = cell_words(sketch.look.words, report, grid, cell);
        let middle = (left + width / 2.0, top + height / 2.0);
        if grid.has_numbers
            && height >= 42.0
            && sketch.width_of(&share) + 6.0 <= width
            && !share.is_empty()
        {
            sketch.strong(number, (middle.0, middle.1 - 9.0), Anchor::Middle, ink);
            sketch.label(share, (middle.0, middle.1 + 9.0), Anchor::Middle, ink);
        } else if grid.has_numbers {
            sketch.strong(number, middle, Anchor::Middle, ink);
        }
    }
    let text = cell_text(sketch.look.words, report, cell);
    sketch.mark(bounds, text, cell.segment);
}

/// The number and the share in a cell.
fn cell_words(words: Words, report: &Report, grid: &Grid, cell: &GridCell) -> (String, String) {
    match grid.measure {
        GridMeasure::Customers => {
            let share = customer_share(report, cell);
            (words.count(cell.n_customers), words.share(share))
        }
        GridMeasure::Revenue => {
            let share = share_of(cell.revenue, report.revenue);
            (
                words.amount_in(grid.unit, cell.revenue.to_f64()),
                words.share(share),
            )
        }
        GridMeasure::MeanRevenue => (
            words.amount_in(grid.unit, mean_revenue(cell)),
            String::new(),
        ),
    }
}

fn customer_share(report: &Report, cell: &GridCell) -> f64 {
    cell.n_customers as f64 / report.n_customers.max(1) as f64
}

fn cell_text(words: Words, report: &Report, cell: &GridCell) -> String {
    let segment = cell
        .segment
        .and_then(|place| report.segments.get(usize::from(place)))
        .map_or_else(String::new, |profile| {
            format!(" · {}", words.label(&profile.label))
        });
    let mut text = format!(
        "R{}·F{}{segment}: {} ({})",
        cell.r,
        cell.f,
        words.customers(cell.n_customers),
        words.share(customer_share(report, cell))
    );
    if !cell.revenue.is_zero() {
        let share = words.share(share_of(cell.revenue, report.revenue));
        text.push_str(&format!(
            ", {} {} ({share}), {} {}",
            words.head_revenue(),
            words.money_full(cell.revenue),
            words.head_mean_revenue(),
            words.number(mean_revenue(cell))
        ));
    }
    text
}

fn outline_selected(sketch: &mut Sketch<'_>, report: &Report, grid: &Grid) {
    let ink = sketch.palette.ink;
    for cell in report.grid.iter().filter(|cell| cell.n_customers > 0) {
        if sketch.is_selected(cell.segment) {
            sketch
                .shapes
                .push(Shape::Outline(grid.bounds(cell), ink, 2.0));
        }
    }
}

/// Scores under the columns, cut points under the lines between them.
fn recency_axis(sketch: &mut Sketch<'_>, report: &Report, grid: &Grid) {
    let (ink, ink_2) = (sketch.palette.ink, sketch.palette.ink_2);
    let bottom = grid.bottom();
    for score in 1..=grid.groups {
        let x = LEFT + (f64::from(score) - 0.5) * grid.cell_width;
        sketch.strong(format!("R{score}"), (x, bottom + 12.0), Anchor::Middle, ink);
    }
    let words = sketch.look.words;
    let cuts = report.cuts.recency_days.iter().rev().enumerate();
    let cuts: Vec<(f64, String)> = cuts
        .map(|(place, cut)| {
            let x = LEFT + (place as f64 + 1.0) * grid.cell_width;
            (x, words.decimal(*cut, 1))
        })
        .collect();
    for ((x, text), row) in cuts.iter().zip(staggered(sketch, &cuts)) {
        let y = bottom + 28.0 + row as f64 * 14.0;
        sketch.fill(
            (x - 1.0, bottom, 1.0, y - bottom - 8.0),
            sketch.palette.hairline,
        );
        sketch.label(text.clone(), (*x, y), Anchor::Middle, ink_2);
    }
    let caption = sketch.fitted(
        words.axis_recency_best_right(),
        f64::from(sketch.look.width),
    );
    let at = (f64::from(sketch.look.width) - 1.0, bottom + 64.0);
    sketch.label(caption, at, Anchor::End, ink_2);
}

/// The row of each label: the first in which it touches none before it, where all fit into one or two.
fn staggered(sketch: &Sketch<'_>, labels: &[(f64, String)]) -> Vec<usize> {
    let mut free_from = [f64::MIN; 2];
    let row = |(x, text): &(f64, String)| {
        let half = sketch.width_of(text) / 2.0;
        let row = usize::from(x - half < free_from[0]);
        free_from[row] = x + half + 6.0;
        row
    };
    labels.iter().map(row).collect()
}

/// Scores beside the rows, cut points beside the lines between them.
fn frequency_axis(sketch: &mut Sketch<'_>, report: &Report, grid: &Grid) {
    let (ink, ink_2) = (sketch.palette.ink, sketch.palette.ink_2);
    let bottom = grid.bottom();
    for score in 1..=grid.groups {
        let y = bottom - (f64::from(score) - 0.5) * grid.cell_height;
        sketch.strong(format!("F{score}"), (0.0, y), Anchor::Start, ink);
    }
    let words = sketch.look.words;
    for (place, cut) in report.cuts.frequency.iter().enumerate() {
        let y = bottom - (place as f64 + 1.0) * grid.cell_height;
        sketch.fill((LEFT - 8.0, y - 1.0, 7.0, 1.0), sketch.palette.hairline);
        let text = words.decimal(*cut, 1);
        sketch.label(text, (LEFT - 10.0, y), Anchor::End, ink_2);
    }
    let caption = sketch.fitted(
        words.axis_frequency_best_up(report.params.convention.counted()),
        f64::from(sketch.look.width),
    );
    sketch.label(caption, (0.0, 10.0), Anchor::Start, ink_2);
}

/// The ramp with the numbers at its ends.
fn ramp_key(sketch: &mut Sketch<'_>, grid: &Grid) {
    let words = sketch.look.words;
    let (start, end) = match grid.measure {
        GridMeasure::Customers => (words.head_customers(), words.count(grid.most as u64)),
        GridMeasure::Revenue => (words.head_revenue(), words.amount_in(grid.unit, grid.most)),
        GridMeasure::MeanRevenue => (
            words.head_mean_revenue(),
            words.amount_in(grid.unit, grid.most),
        ),
    };
    let start = format!("{start} 0");
    let y = f64::from(sketch.look.height) - KEY / 2.0 + 4.0;
    let left = if sketch.look.width < 480 { 0.0 } else { LEFT };
    ramp(sketch, (left, y), (start, end));
}

fn twin(sketch: &mut Sketch<'_>, report: &Report) {
    let words = sketch.look.words;
    sketch.twin.head = [
        words.head_cell(),
        words.head_segment(),
        words.head_customers(),
        words.head_customer_share(),
        words.head_revenue(),
        words.head_revenue_share(),
        words.head_mean_revenue(),
    ]
    .map(str::to_owned)
    .to_vec();
    for cell in &report.grid {
        let label = cell
            .segment
            .and_then(|place| report.segments.get(usize::from(place)));
        sketch.twin.rows.push(vec![
            format!("R{}·F{}", cell.r, cell.f),
            label.map_or_else(|| "–".to_owned(), |profile| words.label(&profile.label)),
            words.count(cell.n_customers),
            words.share(customer_share(report, cell)),
            words.money_full(cell.revenue),
            words.share(share_of(cell.revenue, report.revenue)),
            words.number(mean_revenue(cell)),
        ]);
    }
}
