//! Whether the page's policy binds the engine: a request to another origin must be refused by it.
//!
//! A request can fail for other reasons (no network), so that the browser's own report of a violation is asked for.
//! WebKit (Safari) binds a worker but reports nothing to it: there the page's own address, which answers wherever the
//! page comes from, must be refused as well.
//! The other address is in a domain that is reserved never to exist (RFC 2606).

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, Event};

use super::wait;

const FORBIDDEN: &str = "https://gyeol.invalid/self-test";
const VIOLATION: &str = "securitypolicyviolation";

/// The report may come after the refusal; so long it is waited for.
const PATIENCE_MILLIS: i32 = 1000;

pub(super) async fn is_refused() -> bool {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let is_reported = Rc::new(Cell::new(false));
    let note = Rc::clone(&is_reported);
    let hear = Closure::<dyn FnMut(Event)>::new(move |_| note.set(true));
    let listener = hear.as_ref().unchecked_ref();
    if scope
        .add_event_listener_with_callback(VIOLATION, listener)
        .is_err()
    {
        return false;
    }
    let has_failed = fails(&scope, FORBIDDEN).await;
    let mut waited_millis = 0;
    while has_failed && !is_reported.get() && waited_millis < PATIENCE_MILLIS {
        wait(&scope, 50).await;
        waited_millis += 50;
    }
    // A listener that stays would only note what nobody reads.
    let _ = scope.remove_event_listener_with_callback(VIOLATION, listener);
    has_failed && (is_reported.get() || fails(&scope, &scope.origin()).await)
}

async fn fails(scope: &DedicatedWorkerGlobalScope, address: &str) -> bool {
    JsFuture::from(scope.fetch_with_str(address)).await.is_err()
}
