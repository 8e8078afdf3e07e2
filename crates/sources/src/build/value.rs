//! One value of a row, before it gets its type.

use serde_json::Value;

use super::Build;
use crate::map::{Field, FieldSpec};
use crate::row::{is_empty, plain, yes_or_no};

impl Build<'_> {
    /// Every value of a field, nulls and empty texts left out. The reason of a refusal names the column.
    pub(super) fn values(&mut self, name: &str, field: &FieldSpec) -> Result<Vec<Value>, String> {
        if !field.when.0.iter().all(|condition| self.row.holds(condition)) {
            return Ok(Vec::new());
        }
        if let Some(constant) = &field.constant {
            return Ok(vec![constant_value(constant)]);
        }
        if let Some(option) = &field.option {
            return Ok(self
                .setup
                .options
                .get(option)
                .map(|text| Value::String(text.clone()))
                .into_iter()
                .collect());
        }
        let mut found = Vec::new();
        let mut there = false;
        for path in &field.from.0 {
            let Some(values) = self.row.all(path) else { continue };
            there = true;
            for value in values {
                if let Value::Array(list) = value {
                    found.extend(list.into_iter().filter(|value| !value.is_null()));
                } else if !is_empty(&value) || (field.keep_empty && !value.is_null()) {
                    found.push(value);
                }
            }
            if field.between.is_none() && !found.is_empty() {
                break;
            }
        }
        if !there && !field.optional {
            let columns: Vec<_> = field.from.0.iter().map(|path| format!("`{}`", path.text)).collect();
            return Err(format!("there is no {}, which {name} is read from", columns.join(" or ")));
        }
        if let Some(told) = &field.told
            && !found.is_empty()
        {
            self.notes.add(name, 1, told);
        }
        Ok(found)
    }

    /// A text. Of several it is the first.
    pub(super) fn text(&mut self, name: &str, field: Option<&Field>) -> Result<Option<String>, String> {
        let Some(Field(field)) = field else { return Ok(None) };
        let values = self.values(name, field)?;
        let mut texts = Vec::new();
        for value in &values {
            let text = plain(value).ok_or_else(|| format!("{name} is a list or an object and no text"))?;
            let trimmed = if field.trim { text.trim() } else { text.as_str() };
            if trimmed.len() != text.len() {
                self.notes.add(&format!("{name} with blanks at the ends"), 1, "come without them");
            }
            if !trimmed.is_empty() || field.keep_empty {
                texts.push(trimmed.to_owned());
            }
            if field.between.is_none() {
                break;
            }
        }
        let text = match &field.between {
            Some(_) if texts.is_empty() => None,
            Some(between) => Some(texts.join(between)),
            None => texts.into_iter().next(),
        };
        match text {
            Some(text) => self.word(name, field, text),
            None => Ok(None),
        }
    }

    /// What a word of the other system means here; the word itself where the map has no table for it.
    pub(super) fn word(
        &mut self,
        name: &str,
        field: &FieldSpec,
        text: String,
    ) -> Result<Option<String>, String> {
        if field.values.is_empty() && field.contains.is_empty() && field.prefixes.is_empty() {
            return Ok(Some(text));
        }
        let by_value = field.values.get(&text).or_else(|| {
            field.values.iter().find(|(word, _)| word.eq_ignore_ascii_case(&text)).map(|(_, meaning)| meaning)
        });
        let by_part = || field.contains.iter().find(|(part, _)| text.contains(part.as_str())).map(|(_, m)| m);
        let by_start = || {
            let fits = field.prefixes.iter().filter(|(start, _)| text.starts_with(start.as_str()));
            fits.max_by_key(|(start, _)| start.len()).map(|(_, meaning)| meaning)
        };
        if let Some(meaning) = by_value.or_else(by_part).or_else(by_start) {
            return Ok(Some(meaning.clone()).filter(|meaning| !meaning.is_empty()));
        }
        match field.otherwise.as_deref() {
            Some("") => {
                self.notes.add(&format!("values of {name} that are unknown here"), 1, "are not carried over");
                Ok(None)
            }
            Some(meaning) => Ok(Some(meaning.to_owned())),
            None => Err(format!("{name} has a value that the map does not know")),
        }
    }

    /// A yes or no. Without `from` it is whether the conditions hold.
    pub(super) fn flag(&mut self, name: &str, field: Option<&Field>) -> Result<Option<bool>, String> {
        let Some(Field(field)) = field else { return Ok(None) };
        if field.from.0.is_empty() && field.constant.is_none() && field.option.is_none() {
            return Ok(Some(field.when.0.iter().all(|condition| self.row.holds(condition))));
        }
        let Some(value) = self.values(name, field)?.into_iter().next() else { return Ok(None) };
        if let Some(text) = plain(&value) {
            if field.yes.contains(&text) {
                return Ok(Some(true));
            }
            if field.no.contains(&text) {
                return Ok(Some(false));
            }
        }
        yes_or_no(&value).map(Some).ok_or_else(|| format!("{name} is neither yes nor no"))
    }
}

/// A value of the map as a value of a row. TOML's times are texts.
pub(super) fn constant_value(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(flag) => Value::Bool(*flag),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(list) => Value::Array(list.iter().map(constant_value).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), constant_value(value))).collect())
        }
    }
}
