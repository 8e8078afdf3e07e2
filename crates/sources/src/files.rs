//! Which files hold which tables.

use std::path::{Path, PathBuf};

use crate::OpenError;
use crate::forms::{Form, check_text, sniff, tables_with_rows};
use crate::map::Map;
use crate::notes::Notes;
use crate::scan::TableName;

/// A file that is read.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    pub(crate) path: PathBuf,
    pub(crate) form: Form,
    /// The table that it holds, where its form holds one.
    pub(crate) table: TableName,
}

const EXTENSIONS: [&str; 11] =
    ["csv", "tsv", "json", "jsonl", "ndjson", "sql", "dump", "sqlite", "sqlite3", "db", "copy"];

/// Finds the files with the map's tables among files and folders. A single file is the main table, whatever its name.
pub(crate) fn find(paths: &[PathBuf], map: &Map, notes: &mut Notes) -> Result<Vec<SourceFile>, OpenError> {
    let alone = matches!(paths, [path] if path.is_file());
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let failed =
                |error: std::io::Error| OpenError::file(path.display().to_string(), error.to_string());
            let mut inside = Vec::new();
            for entry in std::fs::read_dir(path).map_err(failed)? {
                inside.push(entry.map_err(failed)?.path());
            }
            inside.retain(|path| path.is_file() && has_known_extension(path));
            inside.sort();
            found.extend(inside);
        } else {
            found.push(path.clone());
        }
    }
    let mut files = Vec::new();
    for path in found {
        let form = sniff(&path, map.input.records.is_some())?;
        let table = if alone { main_name(map) } else { TableName::bare(stem(&path)) };
        let is_container = matches!(form, Form::Sql | Form::Sqlite);
        let is_left = map.left.tables.keys().any(|name| name.eq_ignore_ascii_case(&table.name));
        if !is_container && !map.is_main(&table) && map.joins_of(&table).is_empty() && !is_left {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            notes.add(&format!("file {name}"), 1, "is not read, because the map has no table of this name");
            continue;
        }
        if form != Form::Sqlite {
            check_text(&path)?;
        }
        files.push(SourceFile { path, form, table });
    }
    if files.len() > 1 {
        refuse_doubles(&files, map)?;
    }
    Ok(files)
}

/// The name that a table has by its file: what stands before the first period.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

fn main_name(map: &Map) -> TableName {
    TableName {
        schema: map.input.schema.clone(),
        name: map.input.table.0.first().cloned().unwrap_or_default(),
    }
}

fn has_known_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Refuses a table that is there twice, because one of the two would be taken without a word.
fn refuse_doubles(files: &[SourceFile], map: &Map) -> Result<(), OpenError> {
    let mut seen: Vec<(String, String)> = Vec::new();
    for file in files {
        let tables = match file.form {
            Form::Sql => tables_with_rows(&file.path)?,
            // Which tables a database has is asked when it is open; the main one is sure to be among them.
            Form::Sqlite => vec![main_name(map)],
            _ => vec![file.table.clone()],
        };
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for table in tables {
            let is_main = map.is_main(&table);
            if (is_main && map.input.several_files) || (!is_main && map.joins_of(&table).is_empty()) {
                continue;
            }
            let key = if is_main { String::new() } else { table.name.to_lowercase() };
            if let Some((_, other)) = seen.iter().find(|(known, file)| *known == key && *file != name) {
                let reason =
                    format!("the table `{}` is in it and in {other}; leave one of the two", table.name);
                return Err(OpenError::file(name, reason));
            }
            seen.push((key, name.clone()));
        }
    }
    Ok(())
}
