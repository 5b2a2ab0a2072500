//! From the command line to files: the same steps as the page's, one after the other.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use gyeol::analysis::treatment::Treatment;
use gyeol::analysis::{AnalysisError, AnalysisId, SegmentationId, Unwatched};
use gyeol::data::{
    Day, Dialect, ImportError, Joined, Mapping, PlainTable, Preview, QuoteMark, Repairs, Role,
    TableKind, ToCome, WorkbookProblem, preview_of_any_table,
};
use gyeol::decode::decoder;
use gyeol::engine::Engine;
use gyeol::export::{self, File, Settings, What};
use serde_json::Value;

use crate::arguments::Arguments;
use crate::problem::Problem;
use crate::several::{self, Batch, Failed};
use crate::source::Source;

/// By how many seconds the clocks that are furthest ahead differ from universal time.
const EARLIEST_CLOCK: f64 = 14.0 * 3600.0;

/// What is computed where nothing else was asked for.
const USUAL: [AnalysisId; 2] = [AnalysisId::Rfm, AnalysisId::Clusters];

/// Gives what is to be said of a table that was written, and of files that were passed over.
///
/// # Errors
/// See [`Problem`].
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Problem>, Problem> {
    if arguments.is_table {
        let sources = Source::open(&arguments.files[0], &arguments.sheets, false)?;
        return match sources.as_slice() {
            [source] => write_table(arguments, source),
            several => Err(Problem::SeveralFiles(several.len())),
        };
    }
    let project = project_of(arguments)?;
    let mut engine = Engine::default();
    let open_sources = |path: &Path| {
        let sources = sources_of(arguments, &project, path)?.into_iter();
        let read = sources.map(|source| source.by_threads(arguments.threads));
        Ok(read.collect())
    };
    let mut batch = several::arrange(&mut engine, arguments, &project, open_sources)?;
    let mut settings = settings_of(arguments, project.clone(), &batch)?;
    if let Some(mapping) = &mut settings.mapping {
        mapping.sheet.clone_from(&batch.leading.source.sheet);
        batch.map_beside(mapping, &arguments.roles)?;
    }
    let joined = import_whatever_fails(&mut engine, &mut batch, &mut settings)?;
    let unmatched = joined.iter().filter(|joined| joined.matches_nothing());
    let unmatched =
        unmatched.map(|joined| Problem::MatchesNothing(joined.name().to_owned(), joined.kind));
    batch.notes.extend(unmatched);
    let says_nothing = (settings.mapping.as_ref()).is_some_and(|mapping| !mapping.says_purchases());
    batch
        .notes
        .extend(says_nothing.then_some(Problem::WithoutPurchases));
    batch.notes.extend(to_come(&engine, &settings));
    let emptied: Vec<Problem> = batch.sources().filter_map(Source::emptied_note).collect();
    batch.notes.extend(emptied);
    settings.further = batch.remembered();
    let analyses = analyze(&mut engine, arguments, &settings)?;
    batch.notes.extend(nothing_until(&engine, &settings));
    if arguments.has_columns {
        survey(&mut engine, batch.of_one_table())?;
    }
    for what in files_of(arguments, &analyses) {
        let file = engine.export(what, &settings, &analyses, &mut Unwatched)?;
        write(&arguments.out, &file)?;
    }
    Ok(batch.notes)
}

/// That rows are dated after the latest day that it is anywhere on earth, and count on the as-of date.
fn to_come(engine: &Engine, settings: &Settings) -> Option<Problem> {
    let dataset = engine.dataset()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let today = Day::of_clock((now.as_secs_f64() + EARLIEST_CLOCK) * 1000.0);
    let as_of = settings.as_of.unwrap_or_else(|| dataset.default_as_of());
    ToCome::of(&dataset.latest_days(), today, as_of).map(Problem::ToCome)
}

/// That nobody had ordered anything yet on the as-of date.
fn nothing_until(engine: &Engine, settings: &Settings) -> Option<Problem> {
    let (first, _) = engine.dataset()?.period()?;
    let as_of = settings.as_of.filter(|as_of| *as_of < first)?;
    Some(Problem::NothingUntil(as_of, first))
}

/// The files that are written.
fn files_of(arguments: &Arguments, analyses: &[AnalysisId]) -> Vec<What> {
    let mut files = vec![
        What::Ledger,
        What::all_customers(),
        What::Segments,
        What::Project,
    ];
    files.extend(arguments.has_columns.then_some(What::Columns));
    files.extend(analyses.iter().map(|&analysis| What::Report { analysis }));
    files.extend(
        analyses
            .contains(&AnalysisId::Cohorts)
            .then_some(What::Cohorts),
    );
    files.extend(arguments.compares.then_some(What::Comparison));
    let filter = arguments.filter.clone();
    let whom = filter.clone().unwrap_or_default();
    files.extend(filter.map(|filter| What::Customers { filter }));
    files.extend(arguments.list.map(|purpose| What::Contacts {
        filter: whom,
        purpose,
    }));
    let history = arguments.history.clone();
    files.extend(history.map(|customer| What::History { customer }));
    files
}

/// The sheets of the command line must be there; that of a project need not be in another workbook.
fn sources_of(
    arguments: &Arguments,
    project: &Settings,
    path: &Path,
) -> Result<Vec<Source>, Problem> {
    if !arguments.sheets.is_empty() {
        return Source::open(path, &arguments.sheets, false);
    }
    let name = path.file_name().unwrap_or(path.as_os_str());
    let wished = project.sheet_of(&name.to_string_lossy());
    let has_several = project.further.iter().any(|one| one.sheet.is_some());
    let has_beside = wished.is_none() || has_several;
    match Source::open(path, wished.map_or(&[], std::slice::from_ref), has_beside) {
        Err(Problem::Import(ImportError::Workbook(WorkbookProblem::NoSuchSheet { .. }))) => {
            Source::open(path, &[], true)
        }
        result => result,
    }
}

fn import(engine: &mut Engine, batch: &Batch, settings: &Settings) -> Result<Vec<Joined>, Failed> {
    let of_leading = |problem: Problem| Failed {
        file: None,
        problem,
    };
    let leading = &batch.leading;
    let mapping = settings.mapping.clone().unwrap_or_default();
    if mapping.dialect != leading.preview.guess.dialect {
        let source = &leading.source;
        let head = source.head().map_err(of_leading)?;
        let dialect = Some(mapping.dialect);
        let opened = engine.open(leading.number, &source.name, source.n_bytes, dialect, &head);
        opened.map_err(|error| of_leading(error.into()))?;
    }
    let (importer, sides) = several::read(engine, batch, &mapping)?;
    let imported = engine.import(importer, sides, settings.choices);
    let imported = imported.map_err(|error| of_leading(error.into()))?;
    let treated = settings.columns.keys();
    let mut columns = settings.customers.columns.iter().chain(treated);
    match columns.find(|column| !imported.columns.contains(column)) {
        Some(column) => Err(of_leading(Problem::Column(column.clone()))),
        None => Ok(imported.joined),
    }
}

/// As [`import`]; once more where a file turns out to be in another encoding than its head shows, and without a file
/// beside the leading one that cannot be read.
fn import_whatever_fails(
    engine: &mut Engine,
    batch: &mut Batch,
    settings: &mut Settings,
) -> Result<Vec<Joined>, Problem> {
    loop {
        let Failed { file, problem } = match import(engine, batch, settings) {
            Ok(joined) => return Ok(joined),
            Err(failed) => failed,
        };
        let mapping = settings.mapping.clone().unwrap_or_default();
        match (file, problem.other_encoding()) {
            (None, Some(found)) if mapping.dialect.encoding != found => {
                settings.mapping = Some(mapping.in_encoding(found));
            }
            (None, _) => return Err(problem),
            (Some(file), _) => batch.give_up(file, problem)?,
        }
    }
}

/// Reads the files of the table once more, for what stands in their columns.
fn survey<'a>(
    engine: &mut Engine,
    sources: impl Iterator<Item = &'a Source>,
) -> Result<(), Problem> {
    let Some(mut surveyor) = engine.surveyor() else {
        return Ok(());
    };
    for source in sources {
        source.read(|bytes| surveyor.feed(bytes))?;
        surveyor.end_file()?;
    }
    let survey = surveyor.finish()?;
    engine.keep_survey(survey);
    Ok(())
}

/// Runs what was asked for. What was not asked for by name and is not possible with this file is left out.
fn analyze(
    engine: &mut Engine,
    arguments: &Arguments,
    settings: &Settings,
) -> Result<Vec<AnalysisId>, Problem> {
    let mut wanted = arguments.only.clone().unwrap_or_else(|| USUAL.to_vec());
    let compared = [settings.compare.first, settings.compare.second].map(SegmentationId::analysis);
    let is_compared = |id: AnalysisId| arguments.compares && compared.contains(&id);
    wanted.extend(compared.into_iter().filter(|&id| is_compared(id)));
    let treated = engine.treat(&settings.columns);
    treated.map_err(|error| Problem::Impossible("columns", error))?;
    let mut done = Vec::new();
    for id in wanted {
        let result = engine.analyze(settings.request(id), settings.as_of, &mut Unwatched);
        let is_named = arguments.names(id) || is_compared(id);
        match result {
            Ok(_) if done.contains(&id) => {}
            Ok(_) => done.push(id),
            Err(error) if is_named || is_of_settings(&error) => {
                return Err(Problem::Impossible(id.key(), error));
            }
            Err(_) => {}
        }
    }
    Ok(done)
}

/// Whether a setting is to blame, which is not passed over.
const fn is_of_settings(error: &AnalysisError) -> bool {
    matches!(
        error,
        AnalysisError::Param { .. } | AnalysisError::LacksColumns { .. }
    )
}

fn project_of(arguments: &Arguments) -> Result<Settings, Problem> {
    let Some(path) = &arguments.project else {
        return Ok(Settings::default());
    };
    let bytes = fs::read(path).map_err(|_| Problem::Read(path.clone()))?;
    export::project::read(&bytes).map_err(|error| Problem::Project(path.clone(), error))
}

/// One file is of orders unless the command line says otherwise; of several each is what it looks like.
fn settings_of(
    arguments: &Arguments,
    project: Settings,
    batch: &Batch,
) -> Result<Settings, Problem> {
    let mut settings = project;
    let preview = &batch.leading.preview;
    let is_alone = batch.is_alone;
    let guess = || match batch.kind {
        _ if is_alone && arguments.customers.is_some() => preview.guess_as(TableKind::Customers),
        _ if is_alone && arguments.kinds.is_empty() => preview.guess_as(TableKind::Orders),
        Some(table) => Mapping {
            table,
            roles: preview.roles_as(table),
            ..preview.guess.clone()
        },
        None => preview.guess.clone(),
    };
    let mut mapping = settings.mapping.take().unwrap_or_else(guess);
    mapping.suit(preview);
    give_roles(&mut mapping, &batch.roles_of_leading(&arguments.roles)?);
    settings.mapping = Some(mapping);
    let mut settings = with_values(&settings, &arguments.sets)?;
    settings.as_of = arguments.as_of.or(settings.as_of);
    Ok(settings)
}

/// A column that gets a role loses the one that was guessed for it.
fn give_roles(mapping: &mut Mapping, roles: &[(Role, String)]) {
    for (role, header) in roles {
        mapping.roles.remove(role);
        let is_given = |role: &Role| roles.iter().any(|(given, _)| given == role);
        mapping
            .roles
            .retain(|role, column| column != header || is_given(role));
        if !header.is_empty() {
            mapping.roles.insert(*role, header.clone());
        }
    }
}

/// The settings with new values at paths such as `clusters.k`.
fn with_values(settings: &Settings, sets: &[(String, Value)]) -> Result<Settings, Problem> {
    let mut all = serde_json::to_value(settings).map_err(|_| Problem::Value("it".to_owned()))?;
    let mut changed = settings.clone();
    for (path, value) in sets {
        let place = match path.strip_prefix("columns.") {
            Some(path) => treatment_of(&mut all, path),
            None => all.pointer_mut(&format!("/{}", path.replace('.', "/"))),
        };
        let place = place.ok_or_else(|| Problem::Parameter(path.clone()))?;
        // An own value is a text, though it may look like a number.
        *place = match value {
            Value::Number(number) if place.is_string() => Value::from(number.to_string()),
            other => other.clone(),
        };
        changed = serde_json::from_value(all.clone()).map_err(|_| Problem::Value(path.clone()))?;
    }
    Ok(changed)
}

/// The place of `age.missing`: the header may hold points itself, and its column need not have been treated before.
fn treatment_of<'a>(settings: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let (header, field) = path.rsplit_once('.')?;
    let columns = settings.get_mut("columns")?.as_object_mut()?;
    let untouched = || serde_json::to_value(Treatment::default()).unwrap_or_default();
    let treatment = columns.entry(header.to_owned()).or_insert_with(untouched);
    treatment.get_mut(field)
}

/// One column is enough here: nothing is to be computed.
fn write_table(arguments: &Arguments, source: &Source) -> Result<Vec<Problem>, Problem> {
    let head = source.head()?;
    let preview = preview_of_any_table(&source.name, source.n_bytes, &head, decoder)?;
    let mut dialect = preview.guess.dialect;
    let (bytes, repairs) = match table_of(source, &preview, dialect) {
        Err(Problem::Import(ImportError::Encoding { found, .. })) => {
            dialect.encoding = found;
            table_of(source, &preview, dialect)
        }
        result => result,
    }?;
    let file = File {
        name: "table.csv".to_owned(),
        mime: export::CSV.to_owned(),
        bytes,
    };
    let mut notes = notes(&preview, repairs)?;
    notes.extend(source.emptied_note());
    write(&arguments.out, &file)?;
    Ok(notes)
}

/// What is odd about a table, one sentence each. A file of which no row is sound is no table.
fn notes(preview: &Preview, repairs: Repairs) -> Result<Vec<Problem>, Problem> {
    let n_broken = repairs.n_ragged.max(repairs.n_mended);
    if repairs.n_rows < 3 && n_broken > 0 && n_broken == repairs.n_rows {
        return Err(Problem::NoSoundRow(repairs.n_rows));
    }
    let dialect = preview.guess.dialect;
    let mut notes = Vec::new();
    let mut note = |n: u64, problem: fn(u64) -> Problem| {
        if n > 0 {
            notes.push(problem(n));
        }
    };
    note(dialect.first_line - 1, Problem::Above);
    note(u64::from(dialect.header_rows - 1), Problem::MoreHeaders);
    let is_in_quotes = dialect.quoted && dialect.quote == QuoteMark::Row;
    note(u64::from(is_in_quotes), |_| Problem::RowsInQuotes);
    note(repairs.n_mended, Problem::Mended);
    note(repairs.n_stray, Problem::Stray);
    note(repairs.n_ragged, Problem::Ragged);
    note(repairs.n_below, Problem::Below);
    note(u64::from(repairs.n_rows == 0), |_| Problem::OnlyHeader);
    Ok(notes)
}

fn table_of(
    source: &Source,
    preview: &Preview,
    dialect: Dialect,
) -> Result<(Vec<u8>, Repairs), Problem> {
    let mut table = PlainTable::new(preview, dialect, decoder);
    let mut bytes = Vec::new();
    source.read(|chunk| table.feed(chunk, &mut bytes))?;
    let repairs = table.finish(&mut bytes)?;
    Ok((bytes, repairs))
}

fn write(folder: &Path, file: &File) -> Result<(), Problem> {
    let path = folder.join(&file.name);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, &file.bytes))
        .map_err(|_| Problem::Write(path))
}
