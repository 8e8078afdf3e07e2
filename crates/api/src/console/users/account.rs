//! `/console/users/{id}`: one account.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use vestibule_application::Services;
use vestibule_application::accounts::{AccountView, InspectedAccount, NamedAccount, Standing};
use vestibule_application::audit::ListAuditEventsInput;
use vestibule_domain::accounts::{AccountSurface, Role};
use vestibule_domain::audit::AuditFilter;
use vestibule_domain::contacts::{Contact, ContactId, PhoneNumber};
use vestibule_domain::points::PointsEntry;

use super::target::find;
use crate::browser::session_table::SessionTable;
use crate::console::Rejection;
use crate::console::audit::EventRow;
use crate::console::desk::Desk;
use crate::console::done::Done;
use crate::console::page::{Page, answer};
use crate::console::policy::ConsolePolicy;
use crate::console::texts::{called, shortened};
use crate::console::times::Moment;
use crate::console::values::Values;
use crate::console::words::Words;

/// How many changes of the balance, and how many events, the page shows.
const LATEST: u8 = 20;

/// How many contacts the page shows at once.
const CONTACTS: u8 = 20;

#[derive(Template)]
#[template(path = "console/account.html")]
struct AccountPage {
    page: Page,
    done: Option<&'static str>,
    faults: Faults,
    id: String,
    facts: Vec<(&'static str, String)>,
    times: Vec<(&'static str, Moment)>,
    sessions: SessionTable,
    points: i64,
    entries: Vec<EntryRow>,
    contacts: Vec<ContactRow>,
    /// The last one that is shown, where there are more.
    more_contacts: Option<i64>,
    events: Vec<EventRow>,
    /// The roles, and whether it is the chosen one: that of the account, or of a form that was refused.
    roles: Vec<(&'static str, &'static str, bool)>,
    can_reset: bool,
    standing: Standing,
    confirmed_by: String,
    needs_password: bool,
}

/// What is wrong with a form of the page, beside its fields.
#[derive(Default)]
pub(super) struct Faults {
    /// The name and the password of the form that removes the account for good.
    pub(super) name: Option<&'static str>,
    pub(super) password: Option<&'static str>,
    /// The password of the form that changes the role, and the role that was chosen.
    pub(super) role: Option<(Role, &'static str)>,
}

impl Faults {
    pub(super) fn is_any(&self) -> bool {
        self.name.is_some() || self.password.is_some() || self.role.is_some()
    }

    /// The password of the form that changes the role.
    fn role_password(&self) -> Option<&'static str> {
        self.role.map(|(_, fault)| fault)
    }
}

/// Which parts of the long tables are shown.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// The number of the part of the sessions, from one.
    sessions: u64,
    /// The contact behind which the contacts begin.
    contacts: Option<ContactId>,
}

impl Parts {
    pub(super) const FIRST: Self = Self { sessions: 1, contacts: None };
}

impl AccountPage {
    fn is_in_trash(&self) -> bool {
        self.standing == Standing::InTrash
    }

    fn is_being_removed(&self) -> bool {
        self.standing == Standing::BeingRemoved
    }
}

/// A row of the table of changes of the balance.
struct EntryRow {
    at: Moment,
    kind: &'static str,
    points: i64,
    balance: i64,
    reason: Option<String>,
}

/// A row of the table of contacts.
struct ContactRow {
    name: String,
    email: Option<String>,
    phone: Option<i64>,
}

impl EntryRow {
    fn of(entry: PointsEntry, words: &Words) -> Self {
        Self {
            at: entry.created_at.into(),
            kind: (words.points_kind)(entry.kind),
            points: entry.points.get(),
            balance: entry.balance_after,
            reason: entry.reason.map(shortened),
        }
    }
}

impl From<Contact> for ContactRow {
    fn from(contact: Contact) -> Self {
        Self {
            name: contact.facts.fullname.as_str().to_owned(),
            email: contact.facts.email.map(|email| email.as_str().to_owned()),
            phone: contact.facts.phone_number.map(PhoneNumber::get),
        }
    }
}

pub(in crate::console) async fn show(
    desk: Desk,
    id: web::Path<String>,
    values: Values,
    services: web::Data<Services>,
    policy: web::Data<ConsolePolicy>,
) -> Result<HttpResponse, Rejection> {
    let account = find(&services, desk.administrator()?, &id).await?;
    let done = Done::of(values.as_typed("done"));
    let parts = Parts {
        sessions: values.as_typed("sessions").parse().unwrap_or(1).max(1),
        contacts: values.as_typed("contacts").parse().ok().map(ContactId),
    };
    render(&desk, &account, Faults::default(), done, parts, &services, &policy).await
}

/// The page of an account, perhaps with what is wrong with a form of it, and with these parts of its tables.
pub(super) async fn render(
    desk: &Desk,
    found: &InspectedAccount,
    faults: Faults,
    done: Option<Done>,
    parts: Parts,
    services: &Services,
    policy: &ConsolePolicy,
) -> Result<HttpResponse, Rejection> {
    let administrator = desk.administrator()?;
    let (words, account) = (desk.page.words, &found.account);
    let sessions = services.list_sessions.execute(administrator, account.id).await?;
    let named = NamedAccount::Id(account.id);
    let history = services.show_points_history.execute(administrator, &named, None).await?;
    let limit = u64::from(CONTACTS) + 1;
    let mut contacts =
        services.inspect_contacts.execute(administrator, account.id, parts.contacts, limit).await?;
    let has_more = contacts.len() > usize::from(CONTACTS);
    contacts.truncate(CONTACTS.into());
    let filter = AuditFilter { account: Some(account.uuid), ..AuditFilter::default() };
    let latest = ListAuditEventsInput { administrator, filter, after: None, limit: u64::from(LATEST) };
    let events = services.list_audit_events.execute(latest).await?;
    let (is_faulty, chosen) = (faults.is_any(), faults.role.map_or(account.role, |(role, _)| role));
    let own = desk.session.actor.session;
    let shown = AccountPage {
        page: desk.page.titled(confirmed_by(account)).within("/users"),
        done: done.map(words.done),
        faults,
        id: account.uuid.0.to_string(),
        facts: facts(found, words),
        times: times(found, words),
        sessions: SessionTable::part(sessions, own, parts.sessions),
        points: account.points,
        entries: history
            .into_iter()
            .take(usize::from(LATEST))
            .map(|entry| EntryRow::of(entry, words))
            .collect(),
        more_contacts: contacts.last().filter(|_| has_more).map(|last| last.id.0),
        contacts: contacts.into_iter().map(ContactRow::from).collect(),
        events: events.into_iter().map(|event| EventRow::of(event, words)).collect(),
        roles: roles(chosen, words),
        can_reset: policy.reset.is_some() && found.standing == Standing::Active && account.email.is_some(),
        standing: found.standing,
        confirmed_by: confirmed_by(account),
        needs_password: !desk.session.is_proof_fresh,
    };
    Ok(answer(if is_faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &shown))
}

/// What has to be typed before an account is removed for good: what tells it from others, else its id. Of a name nothing is
/// compared that cannot be typed.
pub(super) fn confirmed_by(account: &AccountView) -> String {
    let (username, email) = (account.username.as_ref(), account.email.as_ref());
    called(username, email).map_or_else(|| account.uuid.0.to_string(), str::to_owned)
}

fn facts(found: &InspectedAccount, words: &Words) -> Vec<(&'static str, String)> {
    let account = &found.account;
    let mut facts = vec![
        (words.state, (words.standing)(found.standing).to_owned()),
        (words.role, (words.role_of)(account.role).to_owned()),
        (words.surface, found.surface.map_or(words.unknown_surface, AccountSurface::as_str).to_owned()),
    ];
    let told = [
        (words.user_name, account.username.as_ref().map(ToString::to_string)),
        (words.email, account.email.as_ref().map(ToString::to_string)),
        (words.display_name, account.display_name.clone()),
        (words.mobile, account.mobile.as_ref().map(|mobile| mobile.as_str().to_owned())),
        (words.phone, account.phone_number.clone()),
        (words.id, Some(account.uuid.0.to_string())),
        (words.number, Some(account.id.to_string())),
    ];
    facts.extend(told.into_iter().filter_map(|(label, value)| value.map(|value| (label, value))));
    facts
}

fn times(found: &InspectedAccount, words: &Words) -> Vec<(&'static str, Moment)> {
    let told = [
        (words.created, Some(found.account.created_at)),
        (words.verified, found.email_verified_at),
        (words.changed, Some(found.updated_at)),
        (words.in_trash_since, found.deleted_at),
    ];
    told.into_iter().filter_map(|(label, at)| at.map(|at| (label, at.into()))).collect()
}

fn roles(chosen: Role, words: &Words) -> Vec<(&'static str, &'static str, bool)> {
    Role::ALL.iter().map(|role| (role.as_str(), (words.role_of)(*role), *role == chosen)).collect()
}
