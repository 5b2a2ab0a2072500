//! The ways in: drop anywhere, choose, paste, and the sample that came with the page. All end in [`Engine::choose`].
//!
//! The page hands the file on and does not read it. Of a folder it hands on the files that are in it.

use js_sys::{Array, Promise, Reflect};
use leptos::ev::{self, Event as DomEvent};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ClipboardEvent, DataTransfer, DragEvent, Element, File, FileList, FilePropertyBag,
    HtmlInputElement,
};

use super::{Engine, Workspace};
use crate::session::{Event, Stage};
use crate::ui::dom::prelude::*;

/// The id of the one file input of the page.
pub const FILE_INPUT: &str = "file-input";

/// Listens for files dropped or pasted anywhere, for as long as the page lives.
pub fn listen(engine: Engine, workspace: Workspace) {
    let over = move |event: DragEvent| {
        if has_files(&event) {
            event.prevent_default();
            workspace.is_dragging.set(true);
        }
    };
    window_event_listener(ev::dragenter, over);
    window_event_listener(ev::dragover, over);
    window_event_listener(ev::dragleave, move |event| {
        if event.related_target().is_none() {
            workspace.is_dragging.set(false);
        }
    });
    window_event_listener(ev::drop, move |event| drop_files(engine, workspace, &event));
    window_event_listener(ev::paste, move |event| paste(engine, workspace, &event));
}

/// Opens the browser's own choice of files.
pub fn choose() {
    if let Some(input) = file_input() {
        input.click();
    }
}

/// What was chosen in the file input.
pub fn chosen(engine: Engine, event: &DomEvent) {
    let input: HtmlInputElement = event_target(event);
    let files = input
        .files()
        .map(|list| files_of(&list))
        .unwrap_or_default();
    // The same file can be chosen again.
    input.set_value("");
    engine.choose(files);
}

/// Opens the CDNOW sample, which came with the page.
pub fn take_cdnow(engine: Engine) {
    spawn_local(async move {
        if let Some(file) = shipped_sample("cdnow").await {
            engine.choose(vec![file]);
        }
    });
}

async fn shipped_sample(name: &str) -> Option<File> {
    let file = provided("sample", &name.into())?;
    JsFuture::from(Promise::resolve(&file))
        .await
        .ok()?
        .dyn_into()
        .ok()
}

/// What a function that the page was started with gives for an argument.
fn provided(function: &str, argument: &JsValue) -> Option<JsValue> {
    let gyeol = Reflect::get(&js_sys::global(), &"gyeol".into()).ok()?;
    let function = Reflect::get(&gyeol, &function.into()).ok()?;
    let function: js_sys::Function = function.dyn_into().ok()?;
    function.call1(&gyeol, argument).ok()
}

fn drop_files(engine: Engine, workspace: Workspace, event: &DragEvent) {
    workspace.is_dragging.set(false);
    let Some(transfer) = event.data_transfer() else {
        return;
    };
    event.prevent_default();
    // Which of them are folders can be asked now and no later.
    let folders = provided("folders", &transfer);
    match folders.and_then(|found| found.dyn_into::<Promise>().ok()) {
        Some(found) => spawn_local(async move {
            take_folders(engine, found).await;
        }),
        None => engine.choose(files_in(&transfer)),
    }
}

/// Opens the files of folders that were dropped, and says how many there are besides.
async fn take_folders(engine: Engine, found: Promise) -> Option<()> {
    let found = JsFuture::from(found).await.ok()?;
    let field = |name: &str| Reflect::get(&found, &name.into()).ok();
    let files = Array::from(&field("files")?);
    let files = files.iter().filter_map(|file| file.dyn_into().ok());
    let files: Vec<File> = files.collect();
    let (n_taken, n_passed) = (files.len() as u32, field("passed")?.as_f64()? as u32);
    engine.choose(files);
    engine.send(Event::FolderDropped { n_taken, n_passed });
    Some(())
}

/// Files, or a table as text; text for a field of the page stays with the field.
fn paste(engine: Engine, workspace: Workspace, event: &ClipboardEvent) {
    let Some(transfer) = event.clipboard_data() else {
        return;
    };
    let files = files_in(&transfer);
    if !files.is_empty() {
        event.prevent_default();
        return engine.choose(files);
    }
    let is_in_field = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.matches("input, textarea, select").unwrap_or(false));
    if is_in_field {
        return;
    }
    let stage = workspace.session.with_untracked(|session| session.stage);
    let text = transfer.get_data("text/plain").unwrap_or_default();
    let page = transfer.get_data("text/html").unwrap_or_default();
    if let Some(file) = pasted(stage, &text, &page) {
        event.prevent_default();
        engine.choose(vec![file]);
    }
}

/// What was pasted as a file: text, or the web page whose tables are not in the text. Where results are open, only what
/// looks like a table is taken: it leads to its columns, from which there is a way back.
fn pasted(stage: Stage, text: &str, page: &str) -> Option<File> {
    let may_be_any = match stage {
        Stage::Empty | Stage::Failed => true,
        Stage::Ready => false,
        _ => return None,
    };
    let has_marks = |line: &str| line.contains(['\t', ',', ';', '|']);
    let is_table = text.contains('\n') && text.lines().take(2).all(has_marks);
    if !is_table && page.contains("</table") {
        // A browser copies a part of a page, which may begin with anything.
        return file_of(&format!("<html>{page}"), "pasted.html", "text/html");
    }
    let is_taken = is_table || may_be_any && text.contains('\n');
    let (name, media_type) = if text.contains('\t') {
        ("pasted.tsv", "text/tab-separated-values")
    } else {
        ("pasted.csv", "text/csv")
    };
    is_taken.then(|| file_of(text, name, media_type)).flatten()
}

fn file_of(text: &str, name: &str, media_type: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    File::new_with_str_sequence_and_options(&parts, name, &options).ok()
}

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

fn files_in(transfer: &DataTransfer) -> Vec<File> {
    transfer
        .files()
        .map(|list| files_of(&list))
        .unwrap_or_default()
}

fn files_of(list: &FileList) -> Vec<File> {
    (0..list.length())
        .filter_map(|place| list.get(place))
        .collect()
}

fn file_input() -> Option<HtmlInputElement> {
    document().get_element_by_id(FILE_INPUT)?.dyn_into().ok()
}
