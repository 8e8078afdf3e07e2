//! The layers, lowest first: built-in defaults, the environment's file (built in, then on disk),
//! `local.toml`, variables.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use config::builder::DefaultState;
use config::{Config, ConfigBuilder, ConfigError, FileFormat, Format as _, Map, Value, ValueKind};

use crate::choice::Choice;
use crate::environment::Environment;
use crate::problems::{Problem, Problems};
use crate::source::Source;
use crate::{unknown, variables};

pub(crate) type Table = Map<String, Value>;

/// The variable that names the environment.
pub(crate) const ENVIRONMENT: &str = "VESTIBULE_ENV";

const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// All layers merged into one table.
pub(crate) struct Layers {
    pub(crate) environment: Environment,
    pub(crate) table: Table,
    pub(crate) problems: Problems,
    /// Of files that are not read and look as if they were meant to be.
    pub(crate) warnings: Vec<String>,
}

impl Layers {
    pub(crate) fn read(source: &Source) -> Self {
        let mut problems = Problems::default();
        let environment = environment(source, &mut problems);
        let defaults = parsed("built-in default.toml", DEFAULTS, &mut problems);
        let built_in =
            parsed(&format!("built-in {}", environment.file_name()), built_in(environment), &mut problems);
        let mut given = Vec::new();
        let mut warnings = Vec::new();
        if let Some(folder) = folder(source, &mut problems) {
            given.push(on_disk(&folder.join(environment.file_name()), &mut problems));
            given.push(on_disk(&folder.join("local.toml"), &mut problems));
            warnings = passed_over(&folder);
        }
        given.push(variables::layer(source, &mut problems));
        for layer in &mut given {
            drop_misplaced(&defaults, layer, "", &mut problems);
        }
        let table = merged([defaults, built_in].into_iter().chain(given), &mut problems);
        Self { environment, table, problems, warnings }
    }
}

fn built_in(environment: Environment) -> &'static str {
    match environment {
        Environment::Development => include_str!("../../../config/development.toml"),
        Environment::Test => include_str!("../../../config/test.toml"),
        Environment::Production => include_str!("../../../config/production.toml"),
    }
}

fn environment(source: &Source, problems: &mut Problems) -> Environment {
    let Some(word) = variable(source, ENVIRONMENT, problems) else {
        return Environment::default();
    };
    Environment::ALL.iter().copied().find(|environment| environment.word() == word).unwrap_or_else(|| {
        let message = "is not an environment; allowed: development, test, production";
        problems.add(Problem::with_variable(ENVIRONMENT, message));
        Environment::default()
    })
}

/// The config folder. A folder that was named must exist; the default one need not.
fn folder(source: &Source, problems: &mut Problems) -> Option<PathBuf> {
    let Some(named) = variable(source, "VESTIBULE_CONFIG_DIR", problems) else {
        return source.folder.clone();
    };
    if Path::new(named).is_dir() {
        return Some(PathBuf::from(named));
    }
    problems.add(Problem::with_variable("VESTIBULE_CONFIG_DIR", "names a folder that does not exist"));
    None
}

/// Warnings about files of settings in the config folder that no environment reads.
fn passed_over(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let read: Vec<String> = Environment::ALL.iter().copied().map(Environment::file_name).collect();
    let is_known = |name: &str| OTHER_FILES.contains(&name) || read.iter().any(|known| known == name);
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.to_lowercase().ends_with(".toml") && !name.starts_with('.') && !is_known(name))
        .collect();
    names.sort_unstable();
    let warning = |name: String| {
        let path = folder.join(&name).display().to_string();
        match read.iter().find(|known| unknown::is_near(&name, known)) {
            Some(meant) => format!("{path} is not read; did you mean {meant}?"),
            None => format!("{path} is not read; the files here are {} and local.toml", read.join(", ")),
        }
    };
    names.into_iter().map(warning).collect()
}

/// Files of settings that are not an environment's. `default.toml` may lie there as a copy of what is built in.
const OTHER_FILES: [&str; 2] = ["default.toml", "local.toml"];

/// A variable that is not a setting. An empty variable is not taken for absent: `VESTIBULE_ENV=` must not
/// turn production into development.
fn variable<'s>(source: &'s Source, name: &'static str, problems: &mut Problems) -> Option<&'s str> {
    if source.not_unicode.iter().any(|other| other == name) {
        problems.add(Problem::with_variable(name, "is not UTF-8"));
    }
    source.variables.get(name).map(String::as_str)
}

fn on_disk(path: &Path, problems: &mut Problems) -> Table {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => parsed(&name, &text, problems),
        Err(error) if error.kind() == ErrorKind::NotFound => Table::new(),
        Err(error) => {
            problems.add(Problem::with_file(name, format!("cannot be read: {error}")));
            Table::new()
        }
    }
}

fn parsed(name: &str, text: &str, problems: &mut Problems) -> Table {
    FileFormat::Toml.parse(Some(&name.to_owned()), text).unwrap_or_else(|error| {
        // The error's own Display quotes the line, which might hold a secret.
        let message = match error.downcast_ref::<toml::de::Error>() {
            Some(error) => {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                format!("is not TOML, line {line}: {}", error.message().replace('\n', ", "))
            }
            None => format!("is not TOML: {error}"),
        };
        problems.add(Problem::with_file(name, message));
        Table::new()
    })
}

/// Removes values that stand where a section belongs. Merged, they would hide the whole section.
fn drop_misplaced(defaults: &Table, layer: &mut Table, around: &str, problems: &mut Problems) {
    layer.retain(|name, value| {
        let Some(ValueKind::Table(expected)) = defaults.get(name).map(|value| &value.kind) else {
            return true;
        };
        let key = format!("{around}{name}");
        if let ValueKind::Table(inner) = &mut value.kind {
            drop_misplaced(expected, inner, &format!("{key}."), problems);
            return true;
        }
        let message = "is a section, not a value";
        problems.add(Problem::with_key(key, value.origin().map(str::to_owned), message));
        false
    });
}

fn merged(layers: impl Iterator<Item = Table>, problems: &mut Problems) -> Table {
    let builder = layers.map(Layer).fold(Config::builder(), ConfigBuilder::<DefaultState>::add_source);
    if let Ok(ValueKind::Table(table)) = builder.build().map(|config| config.cache.kind) {
        return table;
    }
    // Collecting layers from memory cannot fail. If it did, there would be no values.
    problems.add(Problem::with_file("configuration", "cannot be put together"));
    Table::new()
}

/// A layer that was already read, for `config` to merge.
#[derive(Clone)]
struct Layer(Table);

impl config::Source for Layer {
    fn clone_into_box(&self) -> Box<dyn config::Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Table, ConfigError> {
        Ok(self.0.clone())
    }
}

impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Layer(***)")
    }
}
