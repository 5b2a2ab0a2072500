//! The other end of [`super::stretches`]: a worker that reads one stretch of a file, hands it over and does nothing else.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use super::decode;
use super::source::{Chunks, Source, bytes_of};
use super::stretches::Question;
use crate::data::{ImportError, Stretch};
use crate::engine::{Engine, HEAD_BYTES};
use crate::envelope;
use crate::protocol::{self, FileNumber};

/// The name of a worker that is one.
pub(super) const NAME: &str = "gyeol-helper";

/// Bytes between two words on how far it is.
const STEP_BYTES: u64 = 4 << 20;

/// Waits for the one question.
pub(super) fn start(scope: &DedicatedWorkerGlobalScope) {
    let own = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let scope = own.clone();
        wasm_bindgen_futures::spawn_local(async move {
            // Why there is nothing is found out by the one that asked, who reads it then.
            let read = match envelope::unseal(&event.data()) {
                Some((bytes, Some(file))) => read(&scope, &bytes, file).await,
                _ => Ok(None),
            };
            hand_over(&scope, read.ok().flatten());
        });
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

async fn read(
    scope: &DedicatedWorkerGlobalScope,
    question: &[u8],
    file: File,
) -> Result<Option<Stretch>, ImportError> {
    let Some((dialect, mapping, start, end)) = protocol::from_bytes::<Question>(question) else {
        return Ok(None);
    };
    let head = bytes_of(&file, 0, HEAD_BYTES).await?;
    let mut engine = Engine::new(decode::decoder);
    let number = FileNumber::default();
    engine.open(number, "", file.size() as u64, dialect, &head)?;
    let mut importer = engine.importer(number, &mapping)?;
    importer.feed(&head)?;
    let Some(known) = importer.known() else {
        return Ok(None);
    };
    drop((importer, head));
    let mut stretch = known.importer();
    let source = Source::of_text(file);
    let mut chunks = Chunks::within(&source, start..end)?;
    let mut n_told = 0;
    while let Some(chunk) = chunks.next().await? {
        stretch.feed(chunk)?;
        if chunks.n_read() >= n_told + STEP_BYTES {
            n_told = chunks.n_read();
            let n_rows = stretch.n_rows() as f64;
            let told = Array::of2(&(n_told as f64).into(), &n_rows.into());
            // Refused only for values that cannot be cloned, and numbers can.
            let _ = scope.post_message(&told);
        }
    }
    stretch.finish()
}

fn hand_over(scope: &DedicatedWorkerGlobalScope, stretch: Option<Stretch>) {
    let (pieces, transfer) = (Array::new(), Array::new());
    let answer = match stretch {
        Some(stretch) => {
            stretch.pack(|piece| {
                let piece = Uint8Array::from(piece);
                transfer.push(&piece.buffer());
                pieces.push(&piece);
            });
            Array::of1(&pieces).into()
        }
        None => wasm_bindgen::JsValue::NULL,
    };
    // Columns that cannot be handed over are read by the one that asked; without any answer it would wait for ever.
    if scope
        .post_message_with_transfer(&answer, &transfer)
        .is_err()
    {
        let _ = scope.post_message(&wasm_bindgen::JsValue::NULL);
    }
}
