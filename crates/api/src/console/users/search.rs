//! `/console/users?q=`: accounts by what names them, by a part of their address, or by a part of their user name.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::{
    Administrator, FindAddressesInput, InspectAccountError, ListDirectoryInput, NamedAccount,
    SearchAddressesInput,
};
use vestibule_domain::accounts::{
    AddressBeginning, AddressPart, COUNTED_HITS, DirectoryEntry, EmailAddress, NamePart,
};

use super::rows::{Reach, Row};
use crate::console::Rejection;
use crate::console::desk::Desk;
use crate::console::page::{Page, answer};
use crate::console::policy::PAGE;
use crate::console::values::{Values, escaped, has_next, numbered};
use crate::console::words::Words;

/// How many addresses stand above the names.
const FIRST_ADDRESSES: u16 = 5;
/// The last page of names: what is far behind takes long to reach.
const LAST: u64 = COUNTED_HITS / PAGE as u64;

#[derive(Template)]
#[template(path = "console/search.html")]
struct SearchPage {
    page: Page,
    searched: String,
    /// The accounts that the text names as a whole.
    exact: Vec<Row>,
    /// Those whose address begins with the text.
    addresses: Vec<Row>,
    /// The query of the addresses that follow.
    more_addresses: Option<String>,
    /// `None` where others alone are asked for.
    parts: Option<Parts>,
    /// `None` where addresses alone are asked for.
    names: Option<Names>,
    /// The search in the addresses of other pages.
    query: String,
    /// Accounts of a search are chosen one by one.
    boxes: bool,
}

/// Some accounts whose address has the text elsewhere than at its beginning.
struct Parts {
    rows: Vec<Row>,
    reach: Reach,
}

impl Parts {
    fn reach(&self) -> &Reach {
        &self.reach
    }
}

/// A page of the accounts whose user name has the text.
struct Names {
    rows: Vec<Row>,
    number: u64,
    has_next: bool,
}

/// What a page shows of a search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Some of everything: the first page.
    All,
    /// Addresses by their beginning.
    Beginnings,
    /// Addresses by a part inside of them.
    Parts,
    /// User names, from the second page on.
    Names,
}

impl SearchPage {
    /// Whether nobody was found, and nobody is going to be.
    fn is_vain(&self) -> bool {
        let has_no_part = self.parts.as_ref().is_none_or(|parts| parts.rows.is_empty());
        let is_through = self.parts.as_ref().is_none_or(|parts| parts.reach.next.is_none());
        let has_no_name = self.names.as_ref().is_none_or(|names| names.rows.is_empty());
        self.exact.is_empty() && self.addresses.is_empty() && has_no_part && is_through && has_no_name
    }
}

/// Answers what a search finds.
pub(super) async fn search(
    desk: &Desk,
    values: &Values,
    searched: String,
    services: &Services,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let words = desk.page.words;
    let number = values.page_number().min(LAST);
    let extent = match values.as_typed("by") {
        "address" => Extent::Beginnings,
        "part" => Extent::Parts,
        _ if number == 1 => Extent::All,
        _ => Extent::Names,
    };
    let is_wanted = |part| extent == Extent::All || extent == part;
    let after = Some(values.text("after")).filter(|after| extent != Extent::All && !after.is_empty());
    // It is compared alone.
    let after = after.map(EmailAddress::from_stored);
    let mut shown = SearchPage {
        page: desk.page.titled(words.users).within("/users"),
        exact: Vec::new(),
        addresses: Vec::new(),
        more_addresses: None,
        parts: None,
        names: None,
        query: escaped(&searched),
        searched,
        boxes: false,
    };
    if extent == Extent::All {
        shown.exact = exact(services, administrator, &shown.searched, words).await?;
    }
    if is_wanted(Extent::Beginnings) {
        let limit = if extent == Extent::All { FIRST_ADDRESSES } else { PAGE };
        let mut found = addresses(services, administrator, &shown.searched, after.clone(), limit).await?;
        let has_more = found.len() > usize::from(limit);
        found.truncate(usize::from(limit));
        let last = found.last().filter(|_| has_more);
        shown.more_addresses = last.map(|last| more(&shown.query, last, extent == Extent::Beginnings));
        shown.addresses = found.iter().map(|entry| Row::of_entry(entry, words)).collect();
    }
    if is_wanted(Extent::Parts) {
        shown.parts = parts(services, administrator, &shown, after, words).await?;
    }
    if is_wanted(Extent::Names) {
        let part = NamePart::new(&shown.searched);
        let input = ListDirectoryInput { administrator, part, page: numbered(number) };
        let found = services.list_directory.execute(input).await?;
        shown.names = Some(Names {
            rows: found.accounts.iter().map(|entry| Row::of_entry(entry, words)).collect(),
            number,
            has_next: number < LAST && has_next(number, found.total),
        });
    }
    Ok(answer(StatusCode::OK, &shown))
}

/// Up to `limit` accounts by the beginning of their address, and one more if there are.
async fn addresses(
    services: &Services,
    administrator: Administrator,
    searched: &str,
    after: Option<EmailAddress>,
    limit: u16,
) -> Result<Vec<DirectoryEntry>, Rejection> {
    let Some(beginning) = AddressBeginning::new(searched) else { return Ok(Vec::new()) };
    let input = FindAddressesInput { administrator, beginning, after, limit: u64::from(limit) + 1 };
    Ok(services.find_addresses.execute(input).await?)
}

/// The query of more addresses: of all, or of those after the last one.
fn more(query: &str, last: &DirectoryEntry, addresses_alone: bool) -> String {
    let after = last.email.as_ref().filter(|_| addresses_alone).map(EmailAddress::as_str).map(escaped);
    let after = after.map_or_else(String::new, |after| format!("&after={after}"));
    format!("?q={query}&by=address{after}")
}

/// A page of accounts by a part inside their address, or as far as one search comes.
async fn parts(
    services: &Services,
    administrator: Administrator,
    shown: &SearchPage,
    after: Option<EmailAddress>,
    words: &Words,
) -> Result<Option<Parts>, Rejection> {
    let Some(part) = AddressPart::new(&shown.searched) else { return Ok(None) };
    let input = SearchAddressesInput { administrator, part, after, limit: u64::from(PAGE) };
    let found = services.search_addresses.execute(input).await?;
    let query = &shown.query;
    let next = found.next.as_ref().map(|last| format!("?q={query}&by=part&after={}", escaped(last.as_str())));
    let reach = Reach {
        first: None,
        is_full: found.items.len() >= usize::from(PAGE),
        reached: found.next.as_ref().map(EmailAddress::to_string).unwrap_or_default(),
        next,
    };
    let rows = found.items.iter().map(|entry| Row::of_entry(entry, words)).collect();
    Ok(Some(Parts { rows, reach }))
}

/// The accounts that the text names by an id, the address or the user name, in the trash or not.
async fn exact(
    services: &Services,
    administrator: Administrator,
    searched: &str,
    words: &Words,
) -> Result<Vec<Row>, Rejection> {
    let mut rows: Vec<Row> = Vec::new();
    for named in NamedAccount::readings(searched) {
        match services.inspect_account.execute(administrator, &named).await {
            Ok(found) => {
                let row = Row::of_account(&found.account, found.deleted_at.is_some(), words);
                if rows.iter().all(|other| other.id != row.id) {
                    rows.push(row);
                }
            }
            Err(InspectAccountError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(rows)
}
