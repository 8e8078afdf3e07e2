//! `vestibule users list`.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Value, json};
use vestibule_application::Services;
use vestibule_application::accounts::{Administrator, ListDirectoryInput};
use vestibule_domain::accounts::{
    COUNTED_HITS, DirectoryEntry, DirectoryPage, EmailAddress, NamePart, Username,
};
use vestibule_domain::page::{PageLimit, PageRequest};

use super::set_role::word_of;
use super::text::{at, or_dash};
use crate::commands::output::print;

#[derive(Args)]
pub(in crate::commands) struct List {
    /// Those whose user name contains this, in any letter case.
    #[arg(long, value_name = "TEXT")]
    q: Option<String>,
    /// Which page, counted from 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    page: u64,
    /// So many accounts a page, 1000 at the most.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    per_page: u16,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(services: &Services, arguments: &List) -> anyhow::Result<()> {
    let input = ListDirectoryInput {
        administrator: Administrator::operator(),
        part: arguments.q.as_deref().and_then(NamePart::new),
        page: PageRequest::numbered(arguments.page, PageLimit::new(arguments.per_page)),
    };
    let is_search = input.part.is_some();
    let found = services.list_directory.execute(input).await?;
    // See `DirectoryPage::total`.
    let is_exact = !is_search || found.total <= COUNTED_HITS;
    if arguments.json {
        print(as_json(&found, is_exact, arguments))
    } else {
        print(as_text(&found, is_exact))
    }
}

fn as_text(found: &DirectoryPage, is_exact: bool) -> String {
    let mut text = String::new();
    for account in &found.accounts {
        let DirectoryEntry { id, uuid, role, .. } = account;
        let (email, username) = (address(account), name(account));
        let (email, username) = (or_dash(email), or_dash(username));
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{id}  {}  {:9}  {email}  {username}  {}",
            uuid.0,
            word_of(*role),
            at(account.created_at)
        );
    }
    let least = if is_exact { "" } else { "at least " };
    let _ = write!(text, "{} of {least}{} accounts.", found.accounts.len(), found.total);
    text
}

fn as_json(found: &DirectoryPage, is_exact: bool, arguments: &List) -> Value {
    json!({
        "page": arguments.page,
        "per_page": arguments.per_page,
        "total": found.total,
        "total_is_exact": is_exact,
        "accounts": found.accounts.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn entry(account: &DirectoryEntry) -> Value {
    json!({
        "id": account.id.0,
        "uuid": account.uuid.0,
        "email": address(account),
        "username": name(account),
        "role": word_of(account.role),
        "created_at": at(account.created_at),
        "updated_at": at(account.updated_at),
        "updated_by": account.updated_by.map(|editor| editor.0),
    })
}

fn address(account: &DirectoryEntry) -> Option<&str> {
    account.email.as_ref().map(EmailAddress::as_str)
}

fn name(account: &DirectoryEntry) -> Option<&str> {
    account.username.as_ref().map(Username::as_str)
}
