//! From a row to a record.

mod contact;
mod hash;
mod integer;
mod record;
mod time;
mod value;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

pub(crate) use record::record;

use crate::map::Map;
use crate::notes::Notes;
use crate::row::Joined;

/// What a record is made from.
pub(crate) struct Build<'a> {
    /// The row and what belongs to it.
    pub(crate) row: Joined<'a>,
    /// What holds for all rows.
    pub(crate) setup: &'a Setup,
    /// Where it is told what was changed.
    pub(crate) notes: &'a mut Notes,
}

/// What holds for all rows of a source.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) map: Map,
    /// The operator's options, with their defaults.
    pub(crate) options: BTreeMap<String, String>,
    /// The zone of times that name none.
    pub(crate) zone: TimeZone,
}

impl Setup {
    /// Checks the options against the map.
    pub(crate) fn new(map: Map, given: &BTreeMap<String, String>) -> Result<Self, crate::OpenError> {
        let refuse = |reason: String| Err(crate::OpenError::Option(reason));
        if let Some(unknown) = given.keys().find(|name| !map.options.contains_key(*name)) {
            let known: Vec<_> = map.options.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return refuse(format!("{} knows no option `{unknown}`; its options: {known}", map.name));
        }
        let mut options = given.clone();
        for (name, spec) in &map.options {
            if options.contains_key(name) {
                continue;
            }
            match &spec.default {
                Some(default) => {
                    options.insert(name.clone(), default.clone());
                }
                None if spec.required => {
                    return refuse(format!("{} needs the option `{name}`: {}", map.name, spec.about));
                }
                None => {}
            }
        }
        let zone = options.get("zone").map_or("UTC", String::as_str);
        let Ok(zone) = TimeZone::get(zone) else {
            return refuse(format!("the option `zone`: there is no time zone `{zone}`"));
        };
        Ok(Self { map, options, zone })
    }
}
