//! The project file: the settings as JSON, with the version of their form. Never a row of data.
//!
//! A file of an older version is brought up to date by one step per version before it is read; one of a newer
//! version is refused. A file that is read and written again has the same bytes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{File, Settings, json_file};

/// Why bytes are no project that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ProjectError {
    /// No JSON, or not of this form.
    #[error("not a project file")]
    NotAProject,
    /// Written by a newer release.
    #[error("a project of version {schema}, at most {} is read", Settings::SCHEMA)]
    Newer {
        /// The version in the file.
        schema: u64,
    },
}

/// `project.json`.
pub fn file(settings: &Settings) -> File {
    json_file("project.json", settings)
}

/// The settings of a project file.
///
/// # Errors
/// See [`ProjectError`].
pub fn read(bytes: &[u8]) -> Result<Settings, ProjectError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(text).map_err(|_| ProjectError::NotAProject)?;
    let schema = value.get("schema").and_then(Value::as_u64);
    let schema = schema.ok_or(ProjectError::NotAProject)?;
    let value = upgraded(value, schema)?;
    serde_json::from_value(value).map_err(|_| ProjectError::NotAProject)
}

/// Each arm brings `value` from one version to the next.
fn upgraded(value: Value, schema: u64) -> Result<Value, ProjectError> {
    match schema {
        0 => Err(ProjectError::NotAProject),
        // Files beside the leading one were not remembered.
        1 => {
            let mut value = value;
            value["schema"] = Value::from(2);
            upgraded(value, 2)
        }
        2 => Ok(value),
        schema => Err(ProjectError::Newer { schema }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rfm::CutPoints;
    use crate::data::{DateOrder, Mapping, Role, TableKind};
    use crate::export::FurtherFile;

    fn settings() -> Settings {
        let mut settings = Settings::default();
        let roles = [(Role::Customer, "고객"), (Role::Date, "\"=1\"")];
        settings.mapping = Some(Mapping {
            roles: roles.map(|(role, name)| (role, name.to_owned())).into(),
            ..Mapping::default()
        });
        let file = |name: &str, kind| FurtherFile {
            name: name.to_owned(),
            kind,
            roles: [(Role::Amount, "비용".to_owned())].into(),
            date_order: Some(DateOrder::DayMonth),
            sheet: None,
        };
        settings.further = vec![
            file("광고비.csv", Some(TableKind::Spend)),
            file("weather.csv", None),
        ];
        settings.as_of = "2011-12-10".parse().ok();
        settings.rfm.cuts = Some(CutPoints {
            recency_days: vec![0.1 + 0.2, 1e-7, 33.0],
            frequency: vec![5e-324],
            monetary: vec![1.797_693_134_862_315_7e308],
        });
        settings.clusters.seed = u64::MAX;
        settings
    }

    #[test]
    fn a_project_that_is_read_and_written_has_the_same_bytes() {
        let written = file(&settings()).bytes;
        let read = read(&written).unwrap();
        assert_eq!(read, settings());
        assert_eq!(file(&read).bytes, written);
    }

    #[test]
    fn a_project_of_the_first_version_is_read_and_knows_no_further_files() {
        let mut old = settings();
        let written = String::from_utf8(file(&old).bytes).unwrap();
        let first = written.replace("\"schema\": 2", "\"schema\": 1");
        let start = first.find("  \"further\"").unwrap();
        let end = start + first[start..].find("  \"choices\"").unwrap();
        let first = format!("{}{}", &first[..start], &first[end..]);
        old.further.clear();
        assert_eq!(read(first.as_bytes()), Ok(old));
    }

    #[test]
    fn a_table_that_begins_above_its_file_is_refused() {
        let written = String::from_utf8(file(&settings()).bytes).unwrap();
        for (sound, broken) in [
            ("\"first_line\": 1", "\"first_line\": 0"),
            ("\"header_rows\": 1", "\"header_rows\": 0"),
            ("\"header_rows\": 1", "\"header_rows\": 200"),
        ] {
            assert!(written.contains(sound));
            let bytes = written.replace(sound, broken);
            assert_eq!(read(bytes.as_bytes()), Err(ProjectError::NotAProject));
        }
    }

    #[test]
    fn what_is_no_project_is_refused() {
        for bytes in [
            "",
            "{}",
            "[1]",
            "{\"schema\": 1, \"rows\": []}",
            "{\"schema\": 0}",
        ] {
            assert_eq!(read(bytes.as_bytes()), Err(ProjectError::NotAProject));
        }
    }

    #[test]
    fn a_project_of_a_newer_release_is_refused_as_such() {
        let newer = u64::from(Settings::SCHEMA) + 1;
        let bytes = format!("{{\"schema\": {newer}}}");
        assert_eq!(
            read(bytes.as_bytes()),
            Err(ProjectError::Newer { schema: newer })
        );
    }
}
