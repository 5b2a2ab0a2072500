//! The command line. `--role`, `--as-of` and `--set` override a project file in the order: project, role, set, as-of.

use std::path::PathBuf;

use gyeol::analysis::AnalysisId;
use gyeol::analysis::customers::Filter;
use gyeol::data::{Day, Kind, Role, TableKind};
use gyeol::export::Purpose;
use serde_json::Value;

use crate::problem::Problem;

/// What `--help` prints.
pub(crate) const USAGE: &str = "\
The engine of Gyeol without the page: the same bytes as the page's downloads.

headless FILE… --out DIR      order files; further files are appended or joined, as on the page
  --customers FILE            a table with one row per customer
  --table FILE                only the table as it is read, as table.csv
  --project FILE              settings and columns from a saved project
  --role ROLE=HEADER          the column of a role; FILE:ROLE=HEADER of one file, ROLE= takes the role away
  --kind FILE=KIND            what a file is: orders, customers, products, spend, events, or unused
  --sheet NAME                a sheet of a workbook, also several times; all that hold tables where none is named
  --as-of YYYY-MM-DD          the day that everything is seen from
  --only NAME,NAME            the analyses that run: rfm, clusters, cohorts, lifetime, …; compare sets the two side by
                              side that compare.first and compare.second name
  --set ANALYSIS.SETTING=JSON a setting, such as clusters.k=5 (docs/methods names them)
  --filter JSON               a further list of the customers who match; customers.csv goes on holding all
  --list mail|ads             a further list for a mail tool or an ad platform, of those whom --filter leaves
  --history CUSTOMER          the orders and segments over time of the customer with this id
  --with columns              also the report on the columns
  --threads N                 threads that read a file of text

Writes ledger.json, customers.csv, segments.csv, project.json and a JSON file for each analysis that ran.
Status 2, with one sentence, for what cannot be used.";

/// What is asked for among the analyses and is none: it takes what two of them found.
pub(crate) const COMPARE: &str = "compare";

/// What the command line says.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) out: PathBuf,
    pub(crate) project: Option<PathBuf>,
    pub(crate) roles: Vec<RoleOf>,
    /// What the files of these names are.
    pub(crate) kinds: Vec<(String, Kind)>,
    pub(crate) as_of: Option<Day>,
    pub(crate) only: Option<Vec<AnalysisId>>,
    /// Whether two segmentations are compared, too.
    pub(crate) compares: bool,
    /// Paths in the settings with their new values.
    pub(crate) sets: Vec<(String, Value)>,
    /// The place of the file that has one row per customer.
    pub(crate) customers: Option<usize>,
    /// The sheets of workbooks; those that hold tables where none is named.
    pub(crate) sheets: Vec<String>,
    /// A further list of customers that is written.
    pub(crate) filter: Option<Filter>,
    /// A further list for a tool that writes to customers.
    pub(crate) list: Option<Purpose>,
    /// The customer whose history is written.
    pub(crate) history: Option<String>,
    /// Threads that read a file of text; without it they follow the machine and the file.
    pub(crate) threads: Option<usize>,
    /// Whether the report on the columns is written, too.
    pub(crate) has_columns: bool,
    /// Only the table is written.
    pub(crate) is_table: bool,
}

/// The column of a role.
#[derive(Clone, Debug)]
pub(crate) struct RoleOf {
    /// The file that it is said of; `None` is each that has such a column.
    pub(crate) file: Option<String>,
    pub(crate) role: Role,
    /// Empty takes the role away.
    pub(crate) header: String,
}

impl Arguments {
    /// # Errors
    /// The first argument that makes no sense.
    pub(crate) fn parse(words: impl Iterator<Item = String>) -> Result<Self, Problem> {
        let mut words = words;
        let mut arguments = Self::default();
        let mut given = Vec::new();
        while let Some(word) = words.next() {
            if !word.starts_with("--") {
                arguments.files.push(PathBuf::from(word));
                continue;
            }
            let value = words.next().ok_or(Problem::MissingValue(word.clone()))?;
            let own = what_is_set(&word, &value);
            if given.contains(&own) {
                return Err(Problem::Repeated(own));
            }
            given.push(own);
            arguments.take(&word, value)?;
        }
        if arguments.out.as_os_str().is_empty() {
            return Err(Problem::NoOut);
        }
        match arguments.files.len() {
            0 => Err(Problem::NoFile),
            several if several > 1 && arguments.is_table => Err(Problem::SeveralFiles(several)),
            _ => Ok(arguments),
        }
    }

    fn take(&mut self, option: &str, value: String) -> Result<(), Problem> {
        match option {
            "--out" => self.out = PathBuf::from(value),
            "--project" => self.project = Some(PathBuf::from(value)),
            "--role" => self.roles.push(role(&value)?),
            "--kind" => self.kinds.push(kind(&value)?),
            "--as-of" => self.as_of = Some(value.parse().map_err(|_| Problem::Date(value))?),
            "--only" => {
                let mut keys: Vec<&str> = value.split(',').map(str::trim).collect();
                let n_keys = keys.len();
                keys.retain(|key| *key != COMPARE);
                self.compares = keys.len() < n_keys;
                self.only = Some(keys.into_iter().map(analysis).collect::<Result<_, _>>()?);
            }
            "--filter" => {
                let filter = serde_json::from_str(&value);
                self.filter = Some(filter.map_err(|_| Problem::Parameter(value))?);
            }
            "--list" => {
                let purpose = Purpose::from_key(&value);
                self.list = Some(purpose.ok_or(Problem::Parameter(value))?);
            }
            "--history" => self.history = Some(value),
            "--sheet" => self.sheets.push(value),
            "--threads" => {
                let n_threads = value.parse().ok().filter(|&n_threads| n_threads > 0);
                self.threads = Some(n_threads.ok_or(Problem::Threads(value))?);
            }
            "--with" if value == "columns" => self.has_columns = true,
            "--with" => return Err(Problem::With(value)),
            "--set" => self.sets.push(setting(&value)?),
            "--customers" => {
                self.customers = Some(self.files.len());
                self.files.push(PathBuf::from(value));
            }
            "--table" => {
                self.is_table = true;
                self.files.push(PathBuf::from(value));
            }
            _ => return Err(Problem::UnknownOption(option.to_owned())),
        }
        Ok(())
    }

    /// Whether the command line asks for this analysis by name.
    pub(crate) fn names(&self, id: AnalysisId) -> bool {
        let is_listed = self.only.as_ref().is_some_and(|only| only.contains(&id));
        let prefix = format!("{}.", id.key());
        is_listed || self.sets.iter().any(|(path, _)| path.starts_with(&prefix))
    }
}

/// What an option with this value says something about: two that say something about the same contradict each other.
fn what_is_set(option: &str, value: &str) -> String {
    let about = match option {
        // Of several files each takes the column that it has, so that a role may have several names.
        "--sheet" | "--role" => value,
        "--kind" => value.rsplit_once('=').map_or(value, |(file, _)| file),
        "--set" => value.split_once('=').map_or(value, |(name, _)| name),
        _ => return option.to_owned(),
    };
    format!("{option} {about}")
}

/// `customer=Customer ID`, or `people.csv:customer=Customer ID`. Names of files and columns may have both marks.
fn role(text: &str) -> Result<RoleOf, Problem> {
    let in_file = |file: Option<&str>, text: &str| {
        let (key, header) = text.split_once('=')?;
        Some(RoleOf {
            file: file.map(str::to_owned),
            role: Role::from_key(key)?,
            header: header.to_owned(),
        })
    };
    let mut colons = text.match_indices(':');
    let scoped = || colons.find_map(|(at, _)| in_file(Some(&text[..at]), &text[at + 1..]));
    let role = in_file(None, text).or_else(scoped);
    role.ok_or_else(|| Problem::Role(text.to_owned()))
}

/// `people.csv=customers`.
fn kind(text: &str) -> Result<(String, Kind), Problem> {
    let kind = text.rsplit_once('=').and_then(|(file, key)| {
        let kind = match key {
            "unused" => None,
            key => Some(TableKind::from_key(key)?),
        };
        Some((file.to_owned(), kind))
    });
    kind.ok_or_else(|| Problem::Kind(text.to_owned()))
}

fn analysis(key: &str) -> Result<AnalysisId, Problem> {
    AnalysisId::from_key(key).ok_or_else(|| Problem::Analysis(key.to_owned()))
}

/// A value that is no JSON is the text itself, since shells eat quotes.
fn setting(text: &str) -> Result<(String, Value), Problem> {
    let (path, value) = text
        .split_once('=')
        .ok_or_else(|| Problem::Parameter(text.to_owned()))?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Ok((path.to_owned(), value))
}
