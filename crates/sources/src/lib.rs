#![doc = include_str!("../README.md")]

mod bad_row;
mod build;
mod columns;
#[cfg(feature = "databases")]
mod databases;
mod files;
mod forms;
mod map;
mod notes;
mod open_error;
mod record;
mod records;
mod row;
mod scan;
mod shelf;
mod source;
mod tables;
mod worker;

pub use bad_row::{BadRow, Place, Unit};
pub use notes::Note;
pub use open_error::OpenError;
pub use record::{ContactRecord, Gender, Record, Role};
pub use records::Records;
pub use source::{Origin, Source, System};

use worker::Plan;

/// The names of the systems whose maps are shipped: what `--from` accepts.
pub fn names() -> &'static [&'static str] {
    map::NAMES
}

/// What a system needs to be told besides its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionHelp {
    /// Its name.
    pub name: String,
    /// What it is and where it is found.
    pub about: String,
    /// Whether nothing can be read without it.
    pub required: bool,
    /// What stands where it is not given.
    pub default: Option<String>,
}

/// What a map tells of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemHelp {
    /// The system.
    pub name: String,
    /// The version that was looked at, and where its form is told.
    pub seen: String,
    /// What it needs to be told, by name.
    pub options: Vec<OptionHelp>,
}

/// What a map tells of itself.
pub fn help(system: &System) -> Result<SystemHelp, OpenError> {
    let map = map::load(system)?;
    let help = |(name, spec): (String, map::OptionSpec)| OptionHelp {
        name,
        about: spec.about,
        required: spec.required,
        default: spec.default,
    };
    Ok(SystemHelp { name: map.name, seen: map.seen, options: map.options.into_iter().map(help).collect() })
}

/// Opens a source. What belongs to the accounts is read before this returns; the accounts are read as they are asked
/// for. It blocks, so an async caller calls it, and the iterator, where that may be done.
pub fn open(source: &Source) -> Result<Records, OpenError> {
    let map = map::load(&source.system)?;
    let setup = build::Setup::new(map, &source.options)?;
    let mut notes = notes::Notes::default();
    let plan = match &source.origin {
        Origin::Database(url) => Plan::Database(url.clone()),
        Origin::Files(paths) => {
            let files = files::find(paths, &setup.map, &mut notes)?;
            match files.as_slice() {
                [only] if only.form == forms::Form::Sqlite => {
                    Plan::Database(format!("sqlite:{}", only.path.display()))
                }
                files if files.iter().any(|file| file.form == forms::Form::Sqlite) => {
                    return Err(OpenError::file(
                        "a SQLite database",
                        "it is read alone; name no other files",
                    ));
                }
                _ => Plan::Files(files),
            }
        }
    };
    Records::open(setup, plan, notes)
}
