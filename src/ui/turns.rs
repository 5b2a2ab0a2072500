//! Long work of the page in turns: pictures are drawn one after the other, with room for a frame in between whenever a
//! turn has taken its share, so that the page answers all the while.
//!
//! Order is kept: what stands first on the page asks first. Who asked and is gone by then does nothing in its turn.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::ui::dom::prelude::*;

/// A turn begins no further piece after so many milliseconds: the rest of a frame is the browser's.
const SHARE_MILLIS: f64 = 6.0;

type Piece = Box<dyn FnOnce()>;

#[derive(Default)]
struct Turns {
    pieces: VecDeque<Piece>,
    /// Parts of the page that are built when no piece waits.
    parts: VecDeque<Piece>,
    /// Whether there are new parts, which ask for their turns only with the next frame.
    has_grown: bool,
    /// For when nothing is left.
    after: Vec<Piece>,
    is_coming: bool,
}

impl Turns {
    fn next(&mut self) -> Option<Piece> {
        if let Some(piece) = self.pieces.pop_front() {
            return Some(piece);
        }
        let part = self.parts.pop_front();
        self.has_grown |= part.is_some();
        part
    }
}

thread_local! {
    static TURNS: RefCell<Turns> = RefCell::default();
}

/// Does `piece` when its turn comes, not now.
pub(super) fn soon(piece: impl FnOnce() + 'static) {
    TURNS.with_borrow_mut(|turns| turns.pieces.push_back(Box::new(piece)));
    come();
}

/// Builds a part of the page when everything before it has had its turn.
pub(super) fn later(part: impl FnOnce() + 'static) {
    TURNS.with_borrow_mut(|turns| turns.parts.push_back(Box::new(part)));
    request_animation_frame(come);
}

/// Calls `then` once everything that the present change leads to is drawn. What is new on the page knows its size,
/// and so asks for its turn, only with the next frame.
pub(super) fn when_drawn(then: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        TURNS.with_borrow_mut(|turns| turns.after.push(Box::new(then)));
        come();
    });
}

fn come() {
    let is_coming = TURNS.with_borrow_mut(|turns| std::mem::replace(&mut turns.is_coming, true));
    if !is_coming {
        set_timeout(turn, Duration::ZERO);
    }
}

fn turn() {
    let start = now();
    loop {
        let Some(piece) = TURNS.with_borrow_mut(Turns::next) else {
            break;
        };
        piece();
        if now() - start >= SHARE_MILLIS {
            // Frames and presses come first; without them there is nothing to wait for.
            return set_timeout(turn, Duration::ZERO);
        }
    }
    let (has_grown, after) = TURNS.with_borrow_mut(|turns| {
        turns.is_coming = false;
        let has_grown = std::mem::take(&mut turns.has_grown);
        let after = if has_grown {
            Vec::new()
        } else {
            std::mem::take(&mut turns.after)
        };
        (has_grown, after)
    });
    if has_grown {
        request_animation_frame(come);
    }
    after.into_iter().for_each(|then| then());
}

fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Whether the component that asked is still on the page.
#[derive(Clone)]
pub(super) struct Presence(Arc<AtomicBool>);

impl Presence {
    /// Of the component that is being built.
    pub(super) fn of_this() -> Self {
        let is_there = Arc::new(AtomicBool::new(true));
        let note = Arc::clone(&is_there);
        on_cleanup(move || note.store(false, Ordering::Relaxed));
        Self(is_there)
    }

    /// Whether it is.
    pub(super) fn holds(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
