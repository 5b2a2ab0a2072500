//! Reads and scores made-up orders while nobody waits: browsers compile into faster code what has run for a while,
//! and so the first file that a person opens is read at full speed.
//!
//! It goes in short steps and ends as soon as there is something to do; nothing of it stays.

use std::io::Write;

use web_sys::DedicatedWorkerGlobalScope;

use crate::analysis::{AnalysisId, Unwatched};
use crate::data::{Choices, Importer};
use crate::engine::Engine;
use crate::export::Settings;
use crate::protocol::FileNumber;

use super::wait;

const N_LINES: usize = 1_500;
/// So often the lines are looked at, and read.
const N_LOOKS: usize = 3;
const N_READS: usize = 24;
const N_SCORINGS: i32 = 8;

/// Runs every step unless `is_wanted` says, before one, that there is something else to do.
pub(super) async fn warm_up(scope: &DedicatedWorkerGlobalScope, is_wanted: impl Fn() -> bool) {
    let mut steps = Steps::new();
    let mut has_more = true;
    while has_more {
        wait(scope, 0).await;
        if is_wanted() {
            return;
        }
        has_more = steps.next().is_some();
    }
}

struct Steps {
    csv: Vec<u8>,
    engine: Engine,
    importer: Option<Importer>,
    n_done: usize,
}

impl Steps {
    fn new() -> Self {
        Self {
            csv: orders(),
            engine: Engine::new(super::decode::decoder),
            importer: None,
            n_done: 0,
        }
    }

    /// Does the next step; `None` when there is none, or it did not work.
    fn next(&mut self) -> Option<()> {
        let step = self.n_done;
        self.n_done += 1;
        if step < N_LOOKS {
            let file = FileNumber::default();
            let n_bytes = self.csv.len() as u64;
            let preview = self
                .engine
                .open(file, "orders.csv", n_bytes, None, &self.csv);
            self.importer = self.engine.importer(file, &preview.ok()?.guess).ok();
        } else if step < N_LOOKS + N_READS {
            self.importer.as_mut()?.feed(&self.csv).ok()?;
        } else if let Some(importer) = self.importer.take() {
            self.engine
                .import(importer, Vec::new(), Choices::default())
                .ok()?;
        } else {
            return self.score();
        }
        Some(())
    }

    fn score(&mut self) -> Option<()> {
        let request = Settings::default().request(AnalysisId::Rfm);
        let last_day = self.engine.choose(Choices::default()).ok()?.period?.1;
        for days in 0..N_SCORINGS {
            let as_of = Some(last_day.plus(days));
            let report = self
                .engine
                .analyze(request.clone(), as_of, &mut Unwatched)
                .ok()?;
            crate::protocol::to_bytes(&report);
        }
        None
    }
}

/// Five lines an order, in the shape that most shops write.
fn orders() -> Vec<u8> {
    let mut csv =
        b"Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n".to_vec();
    for line in 0..N_LINES {
        let (order, product) = (line / 5, line * 7 % 400);
        // Writing into memory does not fail.
        let _ = writeln!(
            csv,
            "{},{}A,\"GLASS HEART, {product}\",{},2011-{:02}-{:02} 12:{:02}:00,{}.{:02},{},United Kingdom",
            540_000 + order,
            20_000 + product,
            1 + line % 12,
            1 + order % 12,
            1 + order % 28,
            order % 60,
            product % 30,
            product % 100,
            12_000 + order % 97,
        );
    }
    csv
}
