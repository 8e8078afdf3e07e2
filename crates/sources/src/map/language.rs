//! The language of maps. `docs/migration-sources.md` has it in words.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, de};

use super::{Condition, Path};

/// A map.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Map {
    /// The system.
    pub(crate) name: String,
    /// The version that was looked at, and where its form is told.
    pub(crate) seen: String,
    /// What the operator has to tell, by name.
    #[serde(default)]
    pub(crate) options: BTreeMap<String, OptionSpec>,
    pub(crate) input: Input,
    /// Tables whose rows belong to a row of the main table, in an order in which each knows those before it.
    #[serde(default)]
    pub(crate) join: Vec<Join>,
    pub(crate) fields: Fields,
    pub(crate) contacts: Option<Contacts>,
    #[serde(default)]
    pub(crate) left: Left,
}

/// Something that is in no table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionSpec {
    /// What it is and where it is found.
    pub(crate) about: String,
    /// What stands where it is not given.
    pub(crate) default: Option<String>,
    /// Whether nothing can be read without it.
    #[serde(default)]
    pub(crate) required: bool,
}

/// Where the accounts are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    /// The main table: the names that it may have as table, collection or file; `*` stands for any characters.
    pub(crate) table: Names,
    /// The schema of its tables, where the same names may stand in others.
    pub(crate) schema: Option<String>,
    /// The path of the list of accounts in a JSON document.
    pub(crate) records: Option<String>,
    /// Whether values are Extended JSON of `MongoDB`.
    #[serde(default)]
    pub(crate) extended_json: bool,
    /// Whether the main table may lie in several files.
    #[serde(default)]
    pub(crate) several_files: bool,
    /// What is asked of a database instead of the whole table.
    #[cfg_attr(not(feature = "databases"), expect(dead_code, reason = "it is asked of databases"))]
    pub(crate) query: Option<String>,
}

/// A table whose rows belong to a row of the main table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Join {
    /// What its columns are called by: `name.column`.
    pub(crate) name: String,
    /// The names that it may have.
    pub(crate) table: Names,
    /// Its column that is compared…
    pub(crate) key: String,
    /// …with this column of the main table or of a join before.
    pub(crate) on: Path,
    /// Whether nothing can be read without it.
    #[serde(default)]
    pub(crate) required: bool,
    /// Which of its rows count.
    pub(crate) only: Option<Condition>,
    /// What its rows are called, where those that belong to no account are told of.
    pub(crate) told: Option<String>,
}

/// The contacts of an account: a join, and where the parts of each are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contacts {
    /// The join that has them.
    pub(crate) join: String,
    pub(crate) source_id: Option<Field>,
    pub(crate) fullname: Option<Field>,
    pub(crate) email: Option<Field>,
    pub(crate) phone_number: Option<Field>,
    pub(crate) birthday: Option<Field>,
    pub(crate) additional: Option<Field>,
    pub(crate) avatar: Option<Field>,
}

/// Where each part of a record is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Fields {
    pub(crate) source_id: Option<Field>,
    pub(crate) uuid: Option<Field>,
    pub(crate) email: Option<Field>,
    pub(crate) username: Option<Field>,
    pub(crate) mobile: Option<Field>,
    pub(crate) phone_number: Option<Field>,
    pub(crate) display_name: Option<Field>,
    pub(crate) role: Option<Field>,
    pub(crate) is_active: Option<Field>,
    pub(crate) email_verified_at: Option<Field>,
    pub(crate) created_at: Option<Field>,
    pub(crate) updated_at: Option<Field>,
    pub(crate) deleted_at: Option<Field>,
    pub(crate) trash_reason: Option<Field>,
    pub(crate) points: Option<Field>,
    pub(crate) gender: Option<Field>,
    pub(crate) avatar: Option<Field>,
    pub(crate) password: Option<Hash>,
}

/// Where the password's hash is, and what it needs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hash {
    /// The hash.
    pub(crate) from: Paths,
    /// Which keys of an object count; without it all.
    #[serde(default)]
    pub(crate) only: Vec<String>,
    /// What a hash begins with that no password opens.
    #[serde(default)]
    pub(crate) unusable: Vec<String>,
    /// Whether a row may lack the column.
    #[serde(default)]
    pub(crate) optional: bool,
    /// The key of the other system without which no password can be checked. It is no part of a record, because it is
    /// a secret of the whole installation.
    pub(crate) needs_key: Option<String>,
    /// The name of the format.
    pub(crate) format: Field,
    /// What else is needed to check a password.
    #[serde(default)]
    pub(crate) extra: BTreeMap<String, Field>,
}

/// What is known not to be carried over, and why.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Left {
    /// Columns; those of a join with its name before.
    pub(crate) columns: BTreeMap<String, String>,
    /// Tables.
    pub(crate) tables: BTreeMap<String, String>,
}

/// Where one value is, and how it is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Field(pub(crate) FieldSpec);

/// The long form of a [`Field`]; the short form is the text of `from`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are words of the language, each of which may stand alone"
)]
pub(crate) struct FieldSpec {
    /// The columns or JSON paths: the first that has a value counts.
    pub(crate) from: Paths,
    /// What stands between the values, where all of `from` count and not only the first.
    pub(crate) between: Option<String>,
    /// A value that all accounts have.
    pub(crate) constant: Option<toml::Value>,
    /// An option of the operator's.
    pub(crate) option: Option<String>,
    /// What must hold; else there is no value. Of a yes-or-no without `from` it is the value.
    pub(crate) when: Conditions,
    /// What the other system's words mean here.
    pub(crate) values: BTreeMap<String, String>,
    /// What a text means that contains another: pairs, the first that fits counts.
    pub(crate) contains: Vec<(String, String)>,
    /// What a text means that begins with another: the longest that fits counts.
    pub(crate) prefixes: BTreeMap<String, String>,
    /// What every other text means.
    pub(crate) otherwise: Option<String>,
    /// Words that mean yes, beside the usual ones.
    pub(crate) yes: Vec<String>,
    /// Words that mean no, beside the usual ones.
    pub(crate) no: Vec<String>,
    /// Whether blanks at the ends are taken off.
    pub(crate) trim: bool,
    /// Whether an empty text is a value.
    pub(crate) keep_empty: bool,
    /// How a time is written.
    pub(crate) time: TimeForm,
    /// The zone of times that name none.
    pub(crate) zone: Option<String>,
    /// Whether times are wall clock although they name UTC.
    pub(crate) wall_clock: bool,
    /// Whether a text is a number.
    pub(crate) number: bool,
    /// Whether a row may lack the column.
    pub(crate) optional: bool,
    /// Whether people log in with something else, so that an account moves in without this where it cannot be kept.
    pub(crate) spare: bool,
    /// What the operator is told whenever this gives a value.
    pub(crate) told: Option<String>,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TimeForm {
    /// `2026-11-27 23:20:07.995`, with or without zone; RFC 3339 is such.
    #[default]
    Text,
    /// Seconds since 1970 in UTC.
    Seconds,
    /// Milliseconds since 1970 in UTC.
    Milliseconds,
}

/// One name or several.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Names(pub(crate) Vec<String>);

/// One path or several, the first that has a value counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Paths(pub(crate) Vec<Path>);

/// One condition or several, all of which must hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions(pub(crate) Vec<Condition>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrMany("a text or a list of texts")).map(Self)
    }
}

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = deserializer.deserialize_any(OneOrMany("a path or a list of paths"))?;
        texts
            .iter()
            .map(|text| Path::parse(text).map_err(D::Error::custom))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl<'de> Deserialize<'de> for Conditions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = deserializer.deserialize_any(OneOrMany("a condition or a list of conditions"))?;
        texts
            .iter()
            .map(|text| Condition::parse(text).map_err(D::Error::custom))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Reads a text or a list of texts.
struct OneOrMany(&'static str);

impl<'de> Visitor<'de> for OneOrMany {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<String>, E> {
        Ok(vec![text.to_owned()])
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(texts)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShortOrLong;

        impl<'de> Visitor<'de> for ShortOrLong {
            type Value = Field;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a column, or a table that tells where a value is")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Field, E> {
                let path = Path::parse(text).map_err(E::custom)?;
                Ok(Field(FieldSpec { from: Paths(vec![path]), ..FieldSpec::default() }))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Field, A::Error> {
                FieldSpec::deserialize(MapAccessDeserializer::new(map)).map(Field)
            }
        }

        deserializer.deserialize_any(ShortOrLong)
    }
}
