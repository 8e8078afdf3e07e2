//! One document of several surfaces, for code generators and other tools that read one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::surfaces::{SURFACES, Surface};

/// Where references to schemas lead.
const SCHEMAS: &str = "#/components/schemas/";
/// The published encoding of fields that may come in several.
const FORM: &str = "application/x-www-form-urlencoded";

/// The document of these surfaces.
///
/// An operation has the id that its own surface gives it, with the surface's name before it, and the surface as its
/// only tag. A schema keeps its name unless two surfaces of this build mean different things by it: then the surface's
/// name stands before it. So no name depends on which surfaces are served.
///
/// Of several encodings of a body only the published one is named, and bodies of `GET`, which may be left out, are not
/// named at all: what generators make of them cannot be called.
pub fn whole(surfaces: &[Surface]) -> Value {
    let all: Vec<Value> = SURFACES.iter().map(value_of).collect();
    let ambiguous = ambiguous(&all);
    let mut tags = Vec::new();
    let (mut paths, mut schemas, mut schemes) = (Map::new(), Map::new(), Map::new());
    let mut license = Value::Null;
    for surface in surfaces {
        let name = surface.section.name;
        let mut document = value_of(surface);
        rename(&mut document, &|schema| ambiguous.contains(schema).then(|| prefixed(name, schema)));
        tags.push(json!({"name": name, "description": at(&document, "/info/description")}));
        license = at(&document, "/info/license");
        for (path, item) in object(&mut document, "/paths") {
            let known = paths.entry(path).or_insert_with(|| json!({}));
            for (method, operation) in members(item) {
                let operation = operation_of(name, &method, operation);
                if let Some(known) = known.as_object_mut() {
                    // Of two surfaces the first one answers, as its routes do.
                    known.entry(method).or_insert(operation);
                }
            }
        }
        for (schema, shape) in object(&mut document, "/components/schemas") {
            let schema = if ambiguous.contains(&schema) { prefixed(name, &schema) } else { schema };
            schemas.insert(schema, shape);
        }
        schemes.extend(object(&mut document, "/components/securitySchemes"));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Vestibule",
            "description": "Every surface that this server offers: one account store behind all of them.",
            "license": license,
            "version": env!("CARGO_PKG_VERSION"),
        },
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": schemes},
        "tags": tags,
    })
}

fn value_of(surface: &Surface) -> Value {
    serde_json::to_value((surface.document)()).unwrap_or_default()
}

fn operation_of(surface: &str, method: &str, mut operation: Value) -> Value {
    if let Some(operation) = operation.as_object_mut() {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let id = lower_first(&prefixed(surface, id));
        operation.insert("operationId".to_owned(), id.into());
        operation.insert("tags".to_owned(), json!([surface]));
        if method == "get" {
            operation.remove("requestBody");
        }
    }
    let contents = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
    if let Some(contents) = contents.filter(|contents| contents.contains_key(FORM)) {
        contents.retain(|encoding, _| encoding == FORM);
    }
    operation
}

/// The names of schemas by which two documents mean different things.
fn ambiguous(documents: &[Value]) -> BTreeSet<String> {
    let mut shapes: BTreeMap<&String, Vec<&Value>> = BTreeMap::new();
    for document in documents {
        let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
        for (name, shape) in schemas.into_iter().flatten() {
            shapes.entry(name).or_default().push(shape);
        }
    }
    shapes.retain(|_, shapes| shapes.len() > 1);
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        for (name, shapes) in &shapes {
            let differ = shapes.windows(2).any(|pair| matches!(pair, [one, other] if one != other));
            // Equal shapes differ too if what they refer to does.
            if differ || shapes.iter().any(|shape| refers(shape, &found)) {
                found.insert((*name).clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn refers(shape: &Value, to: &BTreeSet<String>) -> bool {
    match shape {
        Value::String(text) => text.strip_prefix(SCHEMAS).is_some_and(|name| to.contains(name)),
        Value::Array(items) => items.iter().any(|item| refers(item, to)),
        Value::Object(members) => members.values().any(|member| refers(member, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Gives references to schemas other names.
fn rename(value: &mut Value, name: &impl Fn(&str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(new) = text.strip_prefix(SCHEMAS).and_then(name) {
                *text = format!("{SCHEMAS}{new}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, name)),
        Value::Object(members) => members.values_mut().for_each(|member| rename(member, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `theater` and `logIn` make `TheaterLogIn`.
fn prefixed(surface: &str, name: &str) -> String {
    [surface, name].map(|word| change_first(word, char::to_ascii_uppercase)).concat()
}

fn lower_first(name: &str) -> String {
    change_first(name, char::to_ascii_lowercase)
}

fn change_first(word: &str, change: impl Fn(&char) -> char) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| change(&first)).into_iter().chain(letters).collect()
}

fn at(document: &Value, place: &str) -> Value {
    document.pointer(place).cloned().unwrap_or_default()
}

fn object(document: &mut Value, place: &str) -> Map<String, Value> {
    members(document.pointer_mut(place).map(Value::take).unwrap_or_default())
}

fn members(value: Value) -> Map<String, Value> {
    if let Value::Object(members) = value { members } else { Map::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(schemas: Value) -> Value {
        json!({"components": {"schemas": schemas}})
    }

    #[test]
    fn what_is_the_same_in_both_is_not_ambiguous() {
        let one = document(json!({"A": {"type": "string"}, "B": {"$ref": "#/components/schemas/A"}}));
        assert!(ambiguous(&[one.clone(), one]).is_empty());
    }

    #[test]
    fn what_refers_to_something_ambiguous_is_ambiguous() {
        let same = json!({"items": {"$ref": "#/components/schemas/A"}});
        let one = document(json!({"A": {"type": "string"}, "B": same, "C": {}}));
        let other = document(json!({"A": {"type": "integer"}, "B": same, "D": {}}));
        assert_eq!(ambiguous(&[one, other]), ["A", "B"].map(str::to_owned).into());
    }

    #[test]
    fn a_surface_stands_before_a_name() {
        assert_eq!(prefixed("theater", "Login"), "TheaterLogin");
        assert_eq!(lower_first(&prefixed("theater", "logIn")), "theaterLogIn");
    }
}
