//! What makes a map incoherent, beyond what its types refuse.

use super::language::FieldSpec;
use super::{Contacts, Field, Fields, Map};

impl Map {
    /// Every field with its name, those of contacts and of the hash included.
    pub(crate) fn all_fields(&self) -> Vec<(String, &Field)> {
        let mut all = self.fields.named();
        if let Some(hash) = &self.fields.password {
            all.push(("password.format".to_owned(), &hash.format));
            all.extend(hash.extra.iter().map(|(name, field)| (format!("password.extra.{name}"), field)));
        }
        all
    }
}

impl Fields {
    /// The names by which accounts are told apart.
    const IDENTIFIERS: [&str; 3] = ["email", "username", "mobile"];

    /// The names that are not needed to log in.
    pub(crate) fn spare(&self) -> Vec<String> {
        let fields = [&self.email, &self.username, &self.mobile];
        let named = Self::IDENTIFIERS.into_iter().zip(fields);
        let spare = named.filter(|(_, field)| field.as_ref().is_some_and(|field| field.0.spare));
        spare.map(|(name, _)| name.to_owned()).collect()
    }

    fn named(&self) -> Vec<(String, &Field)> {
        let fields = [
            ("source_id", &self.source_id),
            ("uuid", &self.uuid),
            ("email", &self.email),
            ("username", &self.username),
            ("mobile", &self.mobile),
            ("phone_number", &self.phone_number),
            ("display_name", &self.display_name),
            ("role", &self.role),
            ("is_active", &self.is_active),
            ("email_verified_at", &self.email_verified_at),
            ("created_at", &self.created_at),
            ("updated_at", &self.updated_at),
            ("deleted_at", &self.deleted_at),
            ("trash_reason", &self.trash_reason),
            ("points", &self.points),
            ("gender", &self.gender),
            ("avatar", &self.avatar),
        ];
        fields.into_iter().filter_map(|(name, field)| Some((name.to_owned(), field.as_ref()?))).collect()
    }
}

impl Contacts {
    /// Every field with its name.
    pub(crate) fn named(&self) -> Vec<(String, &Field)> {
        let fields = [
            ("source_id", &self.source_id),
            ("fullname", &self.fullname),
            ("email", &self.email),
            ("phone_number", &self.phone_number),
            ("birthday", &self.birthday),
            ("additional", &self.additional),
            ("avatar", &self.avatar),
        ];
        fields
            .into_iter()
            .filter_map(|(name, field)| Some((format!("contacts.{name}"), field.as_ref()?)))
            .collect()
    }
}

/// Refuses a map that names what is not there.
pub(super) fn check(map: &Map) -> Result<(), String> {
    if map.input.table.0.is_empty() {
        return Err("`input.table` names no table".to_owned());
    }
    let mut known: Vec<&str> = Vec::new();
    for join in &map.join {
        if join.table.0.is_empty() {
            return Err(format!("the join `{}` names no table", join.name));
        }
        let head = join.on.head();
        if !join.on.rest().is_empty()
            && map.join.iter().any(|other| other.name == head)
            && !known.contains(&head)
        {
            return Err(format!("the join `{}` needs `{head}`, which must stand before it", join.name));
        }
        if known.contains(&join.name.as_str()) {
            return Err(format!("there are two joins called `{}`", join.name));
        }
        known.push(&join.name);
    }
    if let Some(contacts) = &map.contacts
        && !known.contains(&contacts.join.as_str())
    {
        return Err(format!("`contacts.join` names `{}`, and there is no such join", contacts.join));
    }
    let contacts = map.contacts.as_ref().map(Contacts::named).unwrap_or_default();
    for (name, field) in map.all_fields().into_iter().chain(contacts) {
        check_field(map, &field.0).map_err(|reason| format!("`{name}` {reason}"))?;
        if field.0.spare && !Fields::IDENTIFIERS.contains(&name.as_str()) {
            return Err(format!("`{name}` is `spare`, which only email, username and mobile can be"));
        }
    }
    if map.fields.password.as_ref().is_some_and(|hash| hash.from.0.is_empty()) {
        return Err("`password.from` names no column".to_owned());
    }
    Ok(())
}

fn check_field(map: &Map, field: &FieldSpec) -> Result<(), String> {
    if let Some(option) = &field.option
        && !map.options.contains_key(option)
    {
        return Err(format!("takes the option `{option}`, which `options` does not name"));
    }
    let sources = [!field.from.0.is_empty(), field.constant.is_some(), field.option.is_some()];
    match sources.into_iter().filter(|given| *given).count() {
        0 if field.when.0.is_empty() && field.prefixes.is_empty() => {
            Err("has neither `from` nor `constant`, `option` or `when`".to_owned())
        }
        0 | 1 => Ok(()),
        _ => Err("has more than one of `from`, `constant` and `option`".to_owned()),
    }?;
    if let Some(zone) = &field.zone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        return Err(format!("names the time zone `{zone}`, which does not exist"));
    }
    Ok(())
}
