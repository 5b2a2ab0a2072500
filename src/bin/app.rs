//! The page: mounts the interface. Everything it does is in `gyeol::ui`.

#[cfg(target_arch = "wasm32")]
fn main() {
    gyeol::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
