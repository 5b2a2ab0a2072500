//! `cargo +nightly fuzz run any_bytes fuzz/corpus tests/corpus`: bytes that break a reader of files, found with the
//! compiler's help. A find goes to `tests/corpus` without its first byte.

#![no_main]

#[path = "../../tests/fuzz/any_bytes.rs"]
mod any_bytes;

libfuzzer_sys::fuzz_target!(|data: &[u8]| any_bytes::any_bytes(data));
