//! The reader of workbooks: answers one question of the page. Everything it does is in `gyeol::reader`.

#[cfg(target_arch = "wasm32")]
fn main() {
    gyeol::reader::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
