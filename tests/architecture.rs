//! The shape of the package: which part may use which, what only the browser's parts may touch, and what stands at
//! the head of every file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each part with the parts that it may use: the table of `ARCHITECTURE.md`.
const MAY_USE: [(&str, &[&str]); 16] = [
    ("data", &[]),
    ("workbook", &["data"]),
    ("packed", &["data"]),
    ("analysis", &["data"]),
    (
        "text",
        &["data", "workbook", "analysis", "export", "session"],
    ),
    ("charts", &["data", "analysis", "text"]),
    ("export", &["data", "analysis", "text"]),
    ("sample", &["data"]),
    ("protocol", &["data", "packed", "analysis", "export"]),
    (
        "engine",
        &["data", "analysis", "text", "export", "protocol", "decode"],
    ),
    (
        "session",
        &[
            "protocol", "data", "packed", "workbook", "analysis", "export",
        ],
    ),
    ("decode", &["data"]),
    ("envelope", &[]),
    ("reader", &["data", "workbook", "protocol", "envelope"]),
    (
        "worker",
        &[
            "data", "packed", "analysis", "text", "export", "sample", "protocol", "engine",
            "envelope",
        ],
    ),
    (
        "ui",
        &[
            "data", "workbook", "analysis", "text", "charts", "export", "protocol", "session",
            "envelope",
        ],
    ),
];

/// Parts that exist in the browser only.
const BROWSER: [&str; 4] = ["envelope", "reader", "ui", "worker"];

/// Crates of the browser: only its parts may name them, and only its target may depend on them.
const WEB_CRATES: [&str; 7] = [
    "js_sys",
    "leptos",
    "plotters_canvas",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
    "console_error_panic_hook",
];

struct Source {
    path: PathBuf,
    part: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Parts that are crates of their own: nothing else can be named in them but what their manifests list.
const CRATES: [&str; 2] = ["analysis", "data"];

/// The files of the library, each with the part it belongs to.
fn sources() -> Vec<Source> {
    let mut found = files_of("src", |inside| {
        let first = inside.components().next().unwrap().as_os_str();
        first.to_str().unwrap().trim_end_matches(".rs").to_owned()
    });
    found.retain(|source| source.part != "lib" && source.part != "bin");
    for part in CRATES {
        found.extend(files_of(&format!("crates/{part}/src"), |_| part.to_owned()));
    }
    found
}

/// The files below `folder`, each with the part that its path inside belongs to.
fn files_of(folder: &str, part_of: impl Fn(&Path) -> String) -> Vec<Source> {
    let folder = root().join(folder);
    let mut paths = Vec::new();
    rust_files(&folder, &mut paths);
    let source = |path: PathBuf| {
        let part = part_of(path.strip_prefix(&folder).unwrap());
        let text = fs::read_to_string(&path).unwrap();
        Source { path, part, text }
    };
    paths.into_iter().map(source).collect()
}

/// The code without comments, and without the tests at its end: tests may use what they like.
fn code_of(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    let lines = text[..end].lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

fn is_part_of_word(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
}

/// The parts that a file of `part` names: crates by their own names, the rest behind `crate::`, also in braces.
fn parts_used(part: &str, code: &str) -> BTreeSet<String> {
    let named = |of: &&&str| names_word(code, &format!("gyeol_{of}"));
    let mut used: BTreeSet<String> = CRATES
        .iter()
        .filter(named)
        .map(|&of| of.to_owned())
        .collect();
    if CRATES.contains(&part) {
        return used; // behind `crate::` stand its own modules
    }
    for rest in code.split("crate::").skip(1) {
        let names = match rest.strip_prefix('{') {
            Some(group) => outer_names(group),
            None => vec![first_word(rest)],
        };
        used.extend(names);
    }
    used
}

/// The first words of a group in braces: `data` and `text` of `data::{Day, Money}, text::Words}`.
fn outer_names(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut names = vec![first_word(group)];
    for (place, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(first_word(&group[place + 1..])),
            _ => {}
        }
    }
    names
}

fn first_word(text: &str) -> String {
    let text = text.trim_start().chars();
    text.take_while(|&letter| is_part_of_word(Some(letter)))
        .collect()
}

fn names_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(place, _)| {
        !is_part_of_word(code[..place].chars().next_back())
            && !is_part_of_word(code[place + word.len()..].chars().next())
    })
}

#[test]
fn every_part_uses_only_what_the_table_allows() {
    let parts: Vec<&str> = MAY_USE.iter().map(|(part, _)| *part).collect();
    let mut broken = Vec::new();
    for source in sources() {
        let allowed = MAY_USE.iter().find(|(part, _)| *part == source.part);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{} is in no table", source.part));
        for used in parts_used(&source.part, &code_of(&source.text)) {
            let is_own = used == source.part;
            if parts.contains(&used.as_str()) && !is_own && !allowed.contains(&used.as_str()) {
                broken.push(format!("{} uses {used}", source.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn only_the_parts_of_the_browser_name_its_crates() {
    let mut broken = Vec::new();
    for source in sources() {
        let code = code_of(&source.text);
        let named = WEB_CRATES.iter().filter(|name| names_word(&code, name));
        if !BROWSER.contains(&source.part.as_str()) {
            broken.extend(named.map(|name| format!("{} names {name}", source.path.display())));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_crates_of_the_browser_are_dependencies_of_its_target_only() {
    let below = CRATES.map(|part| format!("crates/{part}/Cargo.toml"));
    for path in ["Cargo.toml"]
        .into_iter()
        .chain(below.iter().map(String::as_str))
    {
        let manifest = fs::read_to_string(root().join(path)).unwrap();
        let native = manifest
            .split("\n[")
            .find(|section| section.starts_with("dependencies]"))
            .expect("a list of dependencies");
        for name in WEB_CRATES {
            let name = name.replace('_', "-");
            let is_native = native.lines().any(|line| {
                let rest = line.strip_prefix(&name);
                rest.is_some_and(|rest| rest.starts_with([' ', '=', '.']))
            });
            assert!(!is_native, "{path}: {name} is a dependency of every target");
        }
    }
}

#[test]
fn the_parts_of_the_browser_are_built_for_it_only() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for part in BROWSER {
        let gated = format!("#[cfg(target_arch = \"wasm32\")]\npub mod {part};");
        assert!(library.contains(&gated), "{part} is built everywhere");
    }
}

#[test]
fn the_page_never_reads_a_file_of_data_and_never_runs_an_analysis() {
    for source in sources().iter().filter(|source| source.part == "ui") {
        let code = code_of(&source.text);
        for call in ["rfm::run(", "clusters::run(", "analysis::run(", ".stream()"] {
            assert!(
                !code.contains(call),
                "{} calls {call}",
                source.path.display()
            );
        }
    }
}

#[test]
fn the_pure_parts_know_no_clock_and_print_nothing() {
    let forbidden = [
        "SystemTime",
        "Instant",
        "println!",
        "eprintln!",
        "print!",
        "eprint!",
    ];
    for source in sources() {
        let code = code_of(&source.text);
        for word in forbidden {
            let is_named = names_word(&code, word.trim_end_matches('!')) && code.contains(word);
            assert!(!is_named, "{} names {word}", source.path.display());
        }
    }
}

#[test]
fn nothing_in_the_page_writes_markup_from_text() {
    for source in sources().iter().filter(|source| source.part == "ui") {
        let code = code_of(&source.text);
        for name in [
            "inner_html",
            "set_inner_html",
            "insert_adjacent_html",
            "outer_html",
        ] {
            assert!(
                !names_word(&code, name),
                "{} uses {name}",
                source.path.display()
            );
        }
    }
}

/// The names of components with the number of their lines. Clippy counts what the macro makes of them, and passes.
fn components(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[component]" {
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = format!("{indent}}}");
        let head = lines.find(|line| line.contains("fn ")).unwrap_or_default();
        let name = first_word(head.split("fn ").nth(1).unwrap_or_default());
        let n_below = lines.by_ref().take_while(|line| *line != end).count();
        found.push((name, n_below + 2));
    }
    found
}

#[test]
fn no_component_is_longer_than_eighty_lines() {
    let mut n_components = 0;
    for source in sources() {
        for (name, n_lines) in components(&source.text) {
            n_components += 1;
            let path = source.path.display();
            assert!(n_lines <= 80, "{path}: {name} has {n_lines} lines");
        }
    }
    assert!(n_components > 40, "components are not seen any more");
}

#[test]
fn the_test_of_components_counts_their_lines() {
    let body = "    let a = 1;\n".repeat(79);
    let text = format!("#[component]\npub fn Long(\n    a: u8,\n) -> impl IntoView {{\n{body}}}\n");
    assert_eq!(components(&text), [("Long".to_owned(), 83)]);
    let inner = "    #[component]\n    fn Short() {\n    }\n}\n";
    assert_eq!(components(inner), [("Short".to_owned(), 2)]);
    assert!(components("fn plain() {}\n").is_empty());
}

#[test]
fn korean_requests_and_questions_have_one_form() {
    for source in sources().iter().filter(|source| source.part == "text") {
        for word in ["십시오", "니까?", "까닭"] {
            let path = source.path.display();
            assert!(!source.text.contains(word), "{path} says {word}");
        }
    }
}

#[test]
fn every_file_says_at_its_head_what_it_is() {
    for source in sources() {
        let is_said = source.text.starts_with("//! ");
        assert!(is_said, "{} opens without a word", source.path.display());
    }
}

#[test]
fn the_test_of_the_table_sees_what_a_file_uses() {
    for (part, code, expected) in [
        ("text", "use crate::data::Day;", vec!["data"]),
        (
            "charts",
            "use crate::{data::{Day, Money}, text::Words};",
            vec!["data", "text"],
        ),
        ("ui", "fn f() -> crate::charts::Mark {}", vec!["charts"]),
        ("ui", "use std::fmt;", vec![]),
        (
            "analysis",
            "use gyeol_data::Day;\nuse crate::text::Own;",
            vec!["data"],
        ),
        ("data", "use gyeol_analysis::rfm;", vec!["analysis"]),
    ] {
        let used = parts_used(part, code);
        assert_eq!(used.into_iter().collect::<Vec<_>>(), expected);
    }
    assert_eq!(code_of("// crate::ui\nlet a;"), "let a;");
    assert!(names_word("use web_sys::File;", "web_sys"));
    assert!(!names_word("my_web_sys", "web_sys"));
}
