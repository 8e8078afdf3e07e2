//! The layer of environment variables: `VESTIBULE__SERVER__PORT` is `server.port`.

use std::collections::BTreeSet;

use config::{Map, Value, ValueKind};

use crate::problems::{Problem, Problems};
use crate::reader::Reader;
use crate::source::Source;
use crate::{secret_file, unknown};

const PREFIX: &str = "VESTIBULE__";

/// The beginning of the product's variables, in any letter case.
pub(crate) const FAMILY: &str = "VESTIBULE_";

/// The variable that sets a key.
pub(crate) fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

/// Whether an origin is a variable. Its value is then text, whatever the type of the key.
pub(crate) fn is_variable(origin: &str) -> bool {
    origin.starts_with(PREFIX)
}

/// The tables that the variables spell out.
pub(crate) fn layer(source: &Source, problems: &mut Problems) -> Map<String, Value> {
    let mut root = Map::new();
    for name in &source.not_unicode {
        if let Some(rest) = name.strip_prefix(PREFIX) {
            problems.add(Problem::with_key(key_of(rest), Some(name.clone()), "is not UTF-8"));
        }
    }
    for (name, text) in &source.variables {
        let placed = match secret_file::key_of(name) {
            Some(key) => match secret_file::read(source, &key, text) {
                Ok(Some(secret)) => place(&mut root, &variable_of(&key), value(name, secret)),
                Ok(None) => None,
                Err(message) => Some((key, message)),
            },
            None => place(&mut root, name, value(name, text.clone())),
        };
        if let Some((key, message)) = placed {
            problems.add(Problem::with_key(key, Some(name.clone()), message));
        }
    }
    root
}

/// The value of a variable, which is text.
fn value(name: &String, text: String) -> Value {
    Value::new(Some(name), ValueKind::String(text))
}

/// Puts a variable under its key. If that fails, the answer is the key and the reason. [`unread`] looks at variables
/// that set no key.
fn place(root: &mut Map<String, Value>, name: &str, value: Value) -> Option<(String, String)> {
    let key = key_of(name.strip_prefix(PREFIX)?);
    if !key.split('.').all(is_word) {
        return Some((key, "is not a setting".to_owned()));
    }
    let is_placed = insert(root, &key, value);
    (!is_placed)
        .then(|| (key, "is not read: another variable gives a value to the same key or section".to_owned()))
}

/// Names variables that are not read although they look as if they were meant to be: in another letter case, with
/// other underscores, or misspelt. Others that begin like ours get a warning. What Kubernetes sets for a service of
/// this name, and what the tests and scripts read, is passed over.
pub(crate) fn unread(reader: &mut Reader, source: &Source) {
    let keys: Vec<String> = reader.asked.iter().cloned().collect();
    for (name, value) in &source.variables {
        let upper = name.to_uppercase();
        let Some(rest) = upper.strip_prefix(FAMILY).filter(|_| !name.starts_with(PREFIX)) else {
            continue;
        };
        let is_others = name.starts_with(IMPORT_KEYS)
            || of_kubernetes(rest, value)
            || OF_SCRIPTS.iter().any(|prefix| rest.starts_with(prefix));
        if OTHERS.contains(&name.as_str()) || is_others {
            continue;
        }
        let key = key_of(rest);
        let other = OTHERS.into_iter().find(|other| flat(other) == flat(&upper));
        let meant = other.map(str::to_owned).or_else(|| nearest(&keys, rest).map(|key| variable_of(key)));
        // With two underscores it can be meant for nothing else.
        let meant = meant.or_else(|| rest.contains("__").then(|| variable_of(&key)));
        match meant {
            Some(meant) => {
                let message = format!("is not read; did you mean {meant}?");
                let about = nearest(&keys, rest).cloned().unwrap_or(key);
                reader.problems.add(Problem::with_key(about, Some(name.clone()), message));
            }
            None => reader.warnings.push(format!("{name} is not read; settings begin with {PREFIX}")),
        }
    }
}

/// The variables of the keys that are called like a word, or whose last part is.
pub(crate) fn named(keys: &BTreeSet<String>, word: &str) -> Vec<String> {
    let last = |key: &str| flat(key.rsplit('.').next().unwrap_or(key));
    let meant: Vec<&String> =
        keys.iter().filter(|key| [flat(key), last(key)].contains(&flat(word))).collect();
    let of_server: Vec<&String> = meant.iter().copied().filter(|key| key.starts_with("server.")).collect();
    let meant = if of_server.is_empty() { meant } else { of_server };
    meant.into_iter().map(|key| variable_of(key)).collect()
}

/// The key whose words are those of a name, or nearly. Separators between words do not count.
pub(crate) fn nearest<'k>(keys: &'k [String], name: &str) -> Option<&'k String> {
    let given = flat(name);
    let near = keys.iter().filter(|key| unknown::is_near(&given, &flat(key)));
    near.min_by_key(|key| unknown::distance(&given, &flat(key)))
}

/// The variables that only the tests and scripts of the repository read: their names behind the common beginning.
const OF_SCRIPTS: [&str; 3] = ["TEST_", "SERVICES_", "BINARY"];

/// The beginning of the variables that hold keys of other systems. The server reads them by itself.
const IMPORT_KEYS: &str = "VESTIBULE_IMPORT__";

/// Variables that are read and are no settings.
const OTHERS: [&str; 2] = ["VESTIBULE_ENV", "VESTIBULE_CONFIG_DIR"];

/// A name without the separators between its words.
fn flat(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

/// Whether Kubernetes sets this variable for a service, in the form of Docker's links. The variables of a service
/// called
/// `vestibule` or `vestibule-server` begin like those of the product.
fn of_kubernetes(rest: &str, value: &str) -> bool {
    let words: Vec<&str> = rest.split('_').collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_link = |words: &[&str]| match words {
        ["PORT", port, "TCP" | "UDP" | "SCTP", ..] => is_number(port),
        _ => false,
    };
    let about_a_service = words.windows(2).any(|pair| matches!(pair, ["SERVICE", "HOST" | "PORT"]));
    about_a_service
        || (0..words.len()).any(|from| words.get(from..).is_some_and(is_link))
        || (words.last() == Some(&"PORT") && value.contains("://"))
}

fn key_of(rest: &str) -> String {
    rest.to_lowercase().trim_start_matches('_').replace("__", ".")
}

fn is_word(segment: &str) -> bool {
    !segment.is_empty() && segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Puts a value under a dotted key, unless another value is there or on the way.
fn insert(table: &mut Map<String, Value>, key: &str, value: Value) -> bool {
    let Some((section, rest)) = key.split_once('.') else {
        let is_free = !table.contains_key(key);
        table.entry(key.to_owned()).or_insert(value);
        return is_free;
    };
    let entry =
        table.entry(section.to_owned()).or_insert_with(|| Value::new(None, Map::<String, Value>::new()));
    match &mut entry.kind {
        ValueKind::Table(inner) => insert(inner, rest, value),
        _ => false,
    }
}
