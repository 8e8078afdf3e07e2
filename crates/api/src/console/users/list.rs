//! `/console/users`: the accounts by role, state and surface, or what a search finds.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use time::OffsetDateTime;
use time::macros::datetime;
use vestibule_application::Services;
use vestibule_application::accounts::{BrowseDirectoryInput, ListDirectoryInput};
use vestibule_domain::accounts::{
    AccountSurface, DirectoryFilter, DirectoryOrder, DirectoryPlace, ListedState, ListedSurface, Role,
};
use vestibule_domain::page::{PageLimit, PageRequest};

use super::rows::{Reach, Row};
use super::search::search;
use crate::console::Rejection;
use crate::console::desk::Desk;
use crate::console::page::{Page, answer};
use crate::console::place;
use crate::console::policy::PAGE;
use crate::console::times::Moment;
use crate::console::values::{Values, escaped};
use crate::console::words::Words;

#[derive(Template)]
#[template(path = "console/users.html")]
struct UsersPage {
    page: Page,
    searched: String,
    lists: Vec<List>,
    /// The roles, states, surfaces and orders: the word in the address, what it is called, and whether it is the chosen
    /// one.
    roles: Vec<(&'static str, &'static str, bool)>,
    states: Vec<(&'static str, &'static str, bool)>,
    surfaces: Vec<(&'static str, &'static str, bool)>,
    orders: Vec<(&'static str, &'static str, bool)>,
    /// How many accounts there are, where all are listed.
    total: Option<u64>,
    rows: Vec<Row>,
    /// Whether accounts can be chosen.
    boxes: bool,
    is_in_trash: bool,
    reach: Reach,
}

/// The way to a list that is often wanted.
struct List {
    query: &'static str,
    label: &'static str,
    is_chosen: bool,
}

/// Which accounts, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Choice {
    filter: DirectoryFilter,
    order: DirectoryOrder,
}

const fn filter(role: Option<Role>, state: Option<ListedState>) -> DirectoryFilter {
    DirectoryFilter { role, state, surface: None }
}

/// The lists that are often wanted, and the queries that name them.
const LISTS: [(DirectoryFilter, &str); 4] = [
    (filter(None, None), ""),
    (filter(Some(Role::Admin), None), "?show=administrators"),
    (filter(Some(Role::Moderator), None), "?show=moderators"),
    (filter(None, Some(ListedState::Inactive)), "?show=inactive"),
];

const STATES: [(ListedState, &str); 4] = [
    (ListedState::Active, "active"),
    (ListedState::Inactive, "inactive"),
    (ListedState::Waiting, "waiting"),
    (ListedState::InTrash, "trash"),
];

/// The choice of the accounts of which no surface is known.
const UNKNOWN: &str = "unknown";

/// The surfaces, and the words that name them.
fn surfaces() -> impl Iterator<Item = (ListedSurface, &'static str)> {
    let known = AccountSurface::ALL.into_iter();
    let known = known.map(|surface| (ListedSurface::Known(surface), surface.as_str()));
    known.chain([(ListedSurface::Unknown, UNKNOWN)])
}

const ORDERS: [(DirectoryOrder, &str); 4] = [
    (DirectoryOrder::Oldest, "oldest"),
    (DirectoryOrder::Newest, "newest"),
    (DirectoryOrder::Name, "name"),
    (DirectoryOrder::Address, "address"),
];

/// A page of which only the size of the whole list is wanted.
const NO_ITEMS: PageRequest = PageRequest { offset: 0, limit: PageLimit::new(0) };

pub(in crate::console) async fn show(
    desk: Desk,
    values: Values,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let searched = values.text("q");
    if !searched.is_empty() {
        return search(&desk, &values, searched, &services).await;
    }
    let words = desk.page.words;
    let choice = Choice::of(&values);
    let Choice { filter, order } = choice;
    let after = choice.place(&values.text("after"));
    let is_first = after.is_none();
    let input = BrowseDirectoryInput { administrator, filter, order, after, limit: u64::from(PAGE) };
    let found = services.browse_directory.execute(input).await?;
    let total = if filter == DirectoryFilter::default() {
        let all = ListDirectoryInput { administrator, part: None, page: NO_ITEMS };
        Some(services.list_directory.execute(all).await?.total)
    } else {
        None
    };
    let shown = UsersPage {
        page: desk.page.titled(words.users).within("/users"),
        searched,
        lists: LISTS.into_iter().map(|(each, query)| list(each, query, filter, words)).collect(),
        roles: Role::ALL
            .iter()
            .map(|role| (role.as_str(), (words.role_of)(*role), filter.role == Some(*role)))
            .collect(),
        states: STATES
            .into_iter()
            .map(|(state, word)| (word, (words.state_of)(state), filter.state == Some(state)))
            .collect(),
        surfaces: surfaces()
            .map(|(surface, word)| (word, surface_of(surface, words), filter.surface == Some(surface)))
            .collect(),
        orders: ORDERS
            .into_iter()
            .map(|(each, word)| (word, (words.order_of)(each), order == each))
            .collect(),
        total,
        boxes: true,
        is_in_trash: filter.state == Some(ListedState::InTrash),
        reach: Reach {
            first: (!is_first).then(|| choice.query()),
            is_full: found.items.len() >= usize::from(PAGE),
            reached: found.next.as_ref().map(reached).unwrap_or_default(),
            next: found.next.as_ref().map(|last| choice.next(last)),
        },
        rows: found.items.iter().map(|entry| Row::of_entry(entry, words)).collect(),
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// What a surface is called: as everywhere else.
fn surface_of(surface: ListedSurface, words: &Words) -> &'static str {
    match surface {
        ListedSurface::Known(surface) => surface.as_str(),
        ListedSurface::Unknown => words.unknown_surface,
    }
}

fn list(each: DirectoryFilter, query: &'static str, chosen: DirectoryFilter, words: &Words) -> List {
    let label = match each {
        DirectoryFilter { role: Some(role), .. } => (words.role_of)(role),
        DirectoryFilter { state: Some(state), .. } => (words.state_of)(state),
        DirectoryFilter { role: None, state: None, .. } => words.everybody,
    };
    List { query, label, is_chosen: each == chosen }
}

impl Choice {
    /// What a query chooses. Of what it does not name, nothing is chosen.
    fn of(values: &Values) -> Self {
        let [state, surface, sort] = ["state", "surface", "sort"].map(|name| values.as_typed(name));
        let order = ORDERS.into_iter().find(|(_, word)| *word == sort);
        let order = order.map(|(order, _)| order).unwrap_or_default();
        let asked = format!("?show={}", values.as_typed("show"));
        if let Some((filter, _)) = LISTS.into_iter().find(|(_, query)| *query == asked) {
            return Self { filter, order };
        }
        let state = STATES.into_iter().find(|(_, word)| *word == state).map(|(state, _)| state);
        let surface = surfaces().find(|(_, word)| *word == surface).map(|(surface, _)| surface);
        let role = values.as_typed("role").parse().ok();
        Self { filter: DirectoryFilter { role, state, surface }, order }
    }

    /// The query of the list from its beginning.
    fn query(self) -> String {
        let Self { filter: DirectoryFilter { role, state, surface }, order } = self;
        let state = STATES.into_iter().find(|(each, _)| Some(*each) == state);
        let surface = surfaces().find(|(each, _)| Some(*each) == surface);
        let order = ORDERS.into_iter().find(|(each, _)| *each == order && order != DirectoryOrder::default());
        let named = [
            ("role", role.map(Role::as_str)),
            ("state", state.map(|(_, word)| word)),
            ("surface", surface.map(|(_, word)| word)),
            ("sort", order.map(|(_, word)| word)),
        ];
        let named = named.into_iter().filter_map(|(name, word)| Some(format!("{name}={}", word?)));
        let named = named.collect::<Vec<_>>().join("&");
        if named.is_empty() { named } else { format!("?{named}") }
    }

    /// The query of the accounts after this place of the list.
    fn next(self, last: &DirectoryPlace) -> String {
        let beginning = self.query();
        let joint = if beginning.is_empty() { '?' } else { '&' };
        let after = match last {
            DirectoryPlace::At { at, id } => place::word(*at, id),
            DirectoryPlace::Text(text) => escaped(text),
        };
        format!("{beginning}{joint}after={after}")
    }

    /// The place that a query names; `None` for any other text, which begins with the first account.
    fn place(self, text: &str) -> Option<DirectoryPlace> {
        // Not every database knows a time before this one.
        const EARLIEST: OffsetDateTime = datetime!(1000-01-01 00:00 UTC);
        match self.order {
            DirectoryOrder::Oldest | DirectoryOrder::Newest => {
                let (at, id): (OffsetDateTime, i64) = place::read(text)?;
                Some(DirectoryPlace::At { at: at.max(EARLIEST), id })
            }
            DirectoryOrder::Name | DirectoryOrder::Address => {
                (!text.is_empty()).then(|| DirectoryPlace::Text(text.to_owned()))
            }
        }
    }
}

/// A place, to people.
fn reached(place: &DirectoryPlace) -> String {
    match place {
        DirectoryPlace::At { at, .. } => Moment::from(*at).read,
        DirectoryPlace::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(query: &str) -> Choice {
        Choice::of(&Values::parse(query.trim_start_matches('?').as_bytes()))
    }

    #[test]
    fn a_choice_and_a_place_read_back() {
        let at = DirectoryPlace::At { at: datetime!(2026-01-02 03:04:05.678901 UTC), id: 7 };
        let text = DirectoryPlace::Text("a&b=%é".to_owned());
        for filter in [
            filter(None, None),
            filter(Some(Role::User), Some(ListedState::Active)),
            filter(Some(Role::Admin), None),
            filter(None, Some(ListedState::InTrash)),
            DirectoryFilter { surface: Some(ListedSurface::Unknown), ..filter(None, None) },
            DirectoryFilter {
                surface: Some(ListedSurface::Known(AccountSurface::Mobile)),
                ..filter(Some(Role::User), Some(ListedState::Waiting))
            },
        ] {
            for (order, _) in ORDERS {
                let chosen = Choice { filter, order };
                let is_by_text = matches!(order, DirectoryOrder::Name | DirectoryOrder::Address);
                let last = if is_by_text { &text } else { &at };
                let query = chosen.next(last);
                assert!(query.starts_with('?') && query.matches('?').count() == 1, "{query}");
                assert_eq!(choice(&query), chosen, "{query}");
                let values = Values::parse(query.trim_start_matches('?').as_bytes());
                assert_eq!(chosen.place(&values.text("after")).as_ref(), Some(last), "{query}");
            }
        }
        for text in ["", "1", "x.1", "1.x", "999999999999999999999999999.1"] {
            assert_eq!(Choice::default().place(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_that_is_often_wanted_has_a_name_of_its_own() {
        for (filter, query) in LISTS {
            assert_eq!(choice(query), Choice { filter, order: DirectoryOrder::Oldest });
        }
        for query in ["?show=nobody", "?role=KING&state=x&surface=x&sort=x", "?show=", "?surface=Theater"] {
            assert_eq!(choice(query), Choice::default(), "{query}");
        }
    }
}
