//! The body of the answer to faulty values: `{"detail":[{"type","loc","msg","input","ctx"?}]}`.

use std::marker::PhantomData;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::FastApi;
use super::words::Words;
use crate::http::fields::{Item, ValidationErrors};

/// All errors of a request in the words of the surface `S`.
pub(super) struct ValidationBody<'a, S> {
    errors: &'a ValidationErrors,
    surface: PhantomData<S>,
}

impl<'a, S> ValidationBody<'a, S> {
    pub(super) fn new(errors: &'a ValidationErrors) -> Self {
        Self { errors, surface: PhantomData }
    }
}

impl<S: FastApi> Serialize for ValidationBody<'_, S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        let items: Vec<_> = self
            .errors
            .0
            .iter()
            .map(|item| ItemBody { item, words: Words::of(&item.fault, S::email) })
            .collect();
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("detail", &items)?;
        map.end()
    }
}

struct ItemBody<'a> {
    item: &'a Item,
    words: Words,
}

impl Serialize for ItemBody<'_> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.words.kind)?;
        map.serialize_entry("loc", &self.item.loc)?;
        map.serialize_entry("msg", &self.words.message)?;
        map.serialize_entry("input", &self.item.input)?;
        if let Some(context) = &self.words.context {
            map.serialize_entry("ctx", context)?;
        }
        map.end()
    }
}
