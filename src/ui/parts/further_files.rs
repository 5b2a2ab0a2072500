//! The files that are read together: what each is, what its columns mean where that is its own matter, and whether they
//! join what is open.
//!
//! They stand in the order of their names whatever is chosen, so that nothing moves under the pointer.

use crate::data::{
    DateOrder, Encoding, ImportError, Kind, Mapping, Part, Role, Said, TableKind, places_in_order,
};
use crate::session::{Event, FileNumber, Further, Session};
use crate::text::Words;
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A file as it is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    file: FileNumber,
    name: String,
    /// Bytes, columns, and the encoding; a workbook has none of its own.
    facts: (u64, u64, Option<Encoding>),
    said: Said,
    kind: Kind,
    part: Part,
    error: Option<ImportError>,
    /// The names of the file that it is more of, and of another one of its kind.
    relatives: [Option<String>; 2],
    /// How it is read, where it has roles of its own.
    own: Option<Mapping>,
    headers: Vec<String>,
    /// Columns of the first file that it lacks, where its rows are added to that.
    lacking: Vec<String>,
    asks_date_order: bool,
}

/// All files of the batch with what each is; nothing where there is only one.
#[component]
pub fn FurtherFiles() -> impl IntoView {
    let workspace = Workspace::expect();
    let files = workspace.read(files);
    let adding = workspace.read(|session| {
        let is_guess = session.is_adding_by_guess();
        (session.can_add_to_open(), session.is_adding(), is_guess)
    });
    move || {
        let words = workspace.words();
        let question = adding.with(|&(can_add, is_adding, is_guess)| {
            can_add.then(|| add_question(workspace, words, is_adding, is_guess))
        });
        let files = files.with(|files| {
            (!files.is_empty()).then(|| {
                let rows = files.iter().map(|file| row(workspace, words, file));
                list(words, rows.collect_view())
            })
        });
        view! { {question} {files} }
    }
}

/// The files by name; none where there is only one.
fn files(session: &Session) -> Vec<Shown> {
    if session.further.is_empty() {
        return Vec::new();
    }
    let further = session.further.iter().map(|one| shown(session, one));
    let shown: Vec<Shown> = leading(session).into_iter().chain(further).collect();
    let key = |place: usize| (&shown[place].name, shown[place].file);
    let places = places_in_order(shown.len(), &|a, b| key(a).cmp(&key(b)));
    places
        .into_iter()
        .map(|place| shown[place].clone())
        .collect()
}

fn leading(session: &Session) -> Option<Shown> {
    let preview = session.preview.as_ref()?;
    Some(Shown {
        file: session.leading()?,
        name: preview.file_name.clone(),
        facts: (
            preview.n_bytes,
            preview.columns.len() as u64,
            encoding(&session.mapping),
        ),
        said: Said::default(),
        kind: session.leading_kind(),
        part: match session.leading_kind() {
            Some(_) => Part::Leading,
            None => Part::Unused,
        },
        error: None,
        relatives: [None, None],
        own: None,
        headers: Vec::new(),
        lacking: Vec::new(),
        asks_date_order: false,
    })
}

fn shown(session: &Session, further: &Further) -> Shown {
    let preview = further.preview();
    let mapping = session.mapping_of(further);
    let headers = preview.columns.iter().map(|column| column.header.clone());
    let is_date = |header: &String| mapping.roles.get(&Role::Date) == Some(header);
    let mut dates = preview.columns.iter().filter(|one| is_date(&one.header));
    // The leading file's answer holds for all that say nothing else.
    let is_open = mapping.date_order.is_none() || further.said().date_order.is_some();
    let is_asked = further.is_in() && is_open;
    Shown {
        file: further.number(),
        name: further.name().to_owned(),
        facts: (
            preview.n_bytes,
            preview.columns.len() as u64,
            encoding(&mapping),
        ),
        said: further.said().clone(),
        kind: further.kind,
        part: further.part,
        error: further.error().cloned(),
        relatives: session
            .relatives_of(further)
            .map(|name| name.map(str::to_owned)),
        lacking: session.columns_lacking(further),
        headers: headers.collect(),
        asks_date_order: is_asked && dates.any(|column| column.has_ambiguous_dates),
        own: further.has_own_roles().then_some(mapping),
    }
}

fn encoding(mapping: &Mapping) -> Option<Encoding> {
    let is_text = mapping.sheet.is_none();
    is_text.then_some(mapping.dialect.encoding)
}

fn add_question(workspace: Workspace, words: Words, is_adding: bool, is_guess: bool) -> AnyView {
    let option = |is_added: bool, key: &'static str, name: &'static str| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="add-to-open"
                    data-testid=key
                    prop:checked=is_adding == is_added
                    on:change=move |_| workspace.send(Event::AddedToOpen(is_added))
                />
                {name}
            </label>
        }
    };
    let because = is_guess.then(|| words.added_because());
    view! {
        <fieldset class="choice">
            <legend>{words.add_question()}</legend>
            {option(false, "replace-open", words.replace_open())}
            {option(true, "add-to-open", words.add_to_open())}
            <span class="hint" role="status">{because}</span>
        </fieldset>
    }
    .into_any()
}

fn list(words: Words, rows: AnyView) -> AnyView {
    view! {
        <section class="files" aria-labelledby="files-heading">
            <h2 id="files-heading">{words.files_heading()}</h2>
            <ul class="file-list" data-testid="files">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(workspace: Workspace, words: Words, shown: &Shown) -> AnyView {
    let (n_bytes, n_columns, encoding) = shown.facts;
    let facts = [words.bytes(n_bytes), words.n_columns(n_columns)]
        .into_iter()
        .chain(encoding.map(|encoding| words.encoding(encoding).to_owned()))
        .collect::<Vec<_>>();
    let [more_of, rival] = &shown.relatives;
    let said = match (&shown.error, more_of) {
        (Some(error), _) => words.import_error(error),
        (None, Some(name)) => words.more_of(name),
        (None, None) => words.part(shown.part).to_owned(),
    };
    let rival = rival.as_ref().map(|name| words.rival(name));
    let lacking = (!shown.lacking.is_empty()).then(|| words.lacking(&shown.lacking));
    let is_problem = shown.error.is_some() || !(shown.part.is_read() || shown.part == Part::Unused);
    let class = if is_problem { "problem" } else { "hint" };
    let role = is_problem.then_some("alert");
    view! {
        <li data-part=shown.part.key() data-file=shown.name.clone()>
            <div>
                <strong>{shown.name.clone()}</strong>
                <span class="fine">{facts.join(" · ")}</span>
            </div>
            {kind_choice(workspace, words, shown)}
            <div>
                <p class=class role=role>{said}</p>
                <p class="hint">{rival}</p>
                <p class="hint">{lacking}</p>
                {role_choices(workspace, words, shown)}
            </div>
        </li>
    }
    .into_any()
}

/// A select with its label; `options` are values with their words.
fn choice(
    test_id: String,
    label: String,
    options: Vec<(String, String)>,
    chosen: &str,
    take: Box<dyn Fn(String)>,
) -> AnyView {
    let option = |(value, name): (String, String)| {
        let is_chosen = value == chosen;
        view! { <option value=value prop:selected=is_chosen>{name}</option> }
    };
    let options = options.into_iter().map(option).collect_view();
    let change = move |event| take(event_target_value(&event));
    view! { <select data-testid=test_id aria-label=label on:change=change>{options}</select> }
        .into_any()
}

fn kind_choice(workspace: Workspace, words: Words, shown: &Shown) -> AnyView {
    let key = |kind: Kind| kind.map_or("", TableKind::key).to_owned();
    let kinds = TableKind::ALL.into_iter().map(Some).chain([None]);
    let options = kinds.map(|kind| (key(kind), words.kind(kind).to_owned()));
    let file = shown.file;
    let take = move |value: String| {
        let said = Said {
            kind: Some(TableKind::from_key(&value)),
            ..Said::default()
        };
        workspace.send(Event::FileSaid { file, said });
    };
    choice(
        "kind".to_owned(),
        words.kind_label(&shown.name),
        options.collect(),
        &key(shown.kind),
        Box::new(take),
    )
}

/// What the columns of a table beside the leading one mean, and how its dates are read where they can be read both ways.
fn role_choices(workspace: Workspace, words: Words, shown: &Shown) -> Option<AnyView> {
    let own = shown.own.as_ref();
    let roles = own.map_or(&[][..], |mapping| Mapping::roles_beside(mapping.table));
    let of_role = |&role: &Role| own.map(|own| role_choice(workspace, words, shown, own, role));
    let roles = roles.iter().filter_map(of_role).collect_view();
    let order = shown
        .asks_date_order
        .then(|| date_order_choice(workspace, words, shown));
    let is_any = own.is_some() || order.is_some();
    is_any.then(|| view! { <div class="file-roles">{roles} {order}</div> }.into_any())
}

fn role_choice(
    workspace: Workspace,
    words: Words,
    shown: &Shown,
    own: &Mapping,
    role: Role,
) -> AnyView {
    let label = words.role_beside(own.table, role);
    let none = (String::new(), words.no_column().to_owned());
    let headers = shown
        .headers
        .iter()
        .map(|header| (header.clone(), header.clone()));
    let (file, said, roles) = (shown.file, shown.said.clone(), own.roles.clone());
    let take = move |header: String| {
        let mut roles = roles.clone();
        match header.as_str() {
            "" => roles.remove(&role),
            _ => roles.insert(role, header),
        };
        let said = Said {
            roles: Some(roles),
            ..said.clone()
        };
        workspace.send(Event::FileSaid { file, said });
    };
    labelled(
        label,
        choice(
            format!("beside-{}", role.key()),
            words.of_file(&shown.name, label),
            std::iter::once(none).chain(headers).collect(),
            own.roles.get(&role).map_or("", String::as_str),
            Box::new(take),
        ),
    )
}

fn date_order_choice(workspace: Workspace, words: Words, shown: &Shown) -> AnyView {
    let label = words.date_order_label();
    let key = |order: DateOrder| order.key().to_owned();
    let none = (String::new(), words.choose_one().to_owned());
    let orders = DateOrder::ALL;
    let options = orders.map(|order| (key(order), words.date_order_answer(order, None)));
    let (file, said) = (shown.file, shown.said.clone());
    let take = move |value: String| {
        let mut orders = orders.into_iter();
        let said = Said {
            date_order: orders.find(|&order| key(order) == value),
            ..said.clone()
        };
        workspace.send(Event::FileSaid { file, said });
    };
    labelled(
        label,
        choice(
            "beside-date-order".to_owned(),
            words.of_file(&shown.name, label),
            std::iter::once(none).chain(options).collect(),
            shown.said.date_order.map_or("", DateOrder::key),
            Box::new(take),
        ),
    )
}

fn labelled(label: &'static str, choice: AnyView) -> AnyView {
    view! { <label class="field">{label} {choice}</label> }.into_any()
}
