//! The words of the console in English.

use vestibule_application::accounts::Standing;
use vestibule_domain::accounts::{DirectoryOrder, ListedState, Role};
use vestibule_domain::points::EntryKind;
use vestibule_domain::statistics::CountKind;

use super::{Words, catalogue, previews};
use crate::console::dialect::Refusal;
use crate::console::done::Done;

pub(super) static WORDS: Words = Words {
    lang: "en",
    skip: "Skip to the content",
    navigation: "Console",
    overview: "Overview",
    users: "Users",
    trash: "Trash",
    audit: "Audit trail",
    messages: "Messages",
    system_page: "System",
    sign_in: "Sign in",
    sign_out: "Sign out",
    back_to_overview: "Back to the overview",
    problem: "There is a problem",
    identifier: "E-mail address or user name",
    password: "Password",
    wrong_credentials: "The name or the password is wrong.",
    not_active: "This account is not active.",
    may_not_use: "This account may not use the console.",
    accounts: "Accounts",
    waiting: "Messages waiting",
    parked: "Messages given up",
    sent: "Messages sent",
    sent_hint: "Kept for the time of retention.sent_messages, without what was in them.",
    recipient: "Recipient",
    nobody: "nobody",
    channel: "Channel",
    language: "Language",
    tries: "Tries",
    next_try: "Next try",
    parked_at: "Given up",
    sent_at: "Sent",
    why: "Why",
    retry: "Try again",
    no_messages: "No message is here.",
    numbers: "Numbers",
    no_numbers: "The database does not answer, so there are no numbers.",
    statistics: "The last 30 days",
    statistics_hint: "By day in UTC and by surface, up to a few seconds ago.",
    nothing_counted: "Nothing in these days.",
    chart: "Chart",
    as_table: "As a table",
    day: "Day",
    total: "In all",
    state: "State",
    all_up: "Everything answers.",
    down: "Does not answer:",
    version: "Version",
    environment: "Environment",
    schema: "Last change of the schema",
    open_doors: "Open doors",
    none: "none",
    parts: "Parts",
    answers: "answers",
    answers_not: "does not answer",
    settings: "Settings",
    settings_hint: "As they hold, with the defaults. Secrets are left out.",
    search: "Search",
    search_label: "Part of a user name or of an e-mail address, or an id",
    exact: "This account fits exactly:",
    user_name: "User name",
    email: "E-mail address",
    role: "Role",
    created: "Created",
    nobody_found: "No account fits.",
    everybody: "everybody",
    in_trash: "in the trash",
    addresses_begin: "Addresses that begin so",
    more_addresses: "More addresses that begin so",
    names_contain: "User names with this part",
    shown: "Accounts shown:",
    parts_contain: "Addresses with this part",
    searched_up_to: "Searched up to",
    search_on: "Search on",
    any_role: "any role",
    any_state: "any, outside the trash",
    any_surface: "any surface",
    unknown_surface: "unknown",
    order: "Order",
    choose: "Choose",
    none_chosen: "No account was chosen.",
    trash_chosen: "Move the chosen to the trash",
    restore_chosen: "Restore the chosen",
    trash_these: "These accounts go to the trash, and their sessions end:",
    restore_these: "These accounts come back:",
    confirm_trash: "Move this account to the trash?",
    cancel: "Cancel",
    outcome: "What happened",
    pages: "Pages",
    page: "Page",
    previous: "Previous",
    next: "Next",
    from_beginning: "From the beginning",
    identifiers: "Identifiers",
    number: "Number",
    id: "Id",
    display_name: "Name to show",
    verified: "Address proved",
    mobile: "Mobile number",
    phone: "Phone number",
    changed: "Last change",
    in_trash_since: "In the trash since",
    points: "Points",
    balance: "Balance",
    latest_changes: "The latest changes",
    contacts: "Contacts",
    contact: "Contact",
    more_contacts: "Further contacts",
    kind: "Kind",
    amount: "Points",
    reason: "Reason",
    sessions: "Sessions",
    older_sessions: "Older sessions",
    no_sessions: "There is no open session.",
    device: "Device",
    address: "Address",
    surface: "Surface",
    since: "Since",
    last_seen: "Last seen",
    until: "Until",
    this_session: "this session",
    end: "End",
    end_all: "End all sessions",
    actions: "Actions",
    send_reset: "Send a password reset",
    send_reset_hint: "The owner gets a mail with a link. The password stays until it is used.",
    change_role: "Change the role",
    new_role: "New role",
    to_trash: "Move to the trash",
    to_trash_hint: "All sessions end at once. The account can be restored.",
    reason_label: "Why (may be empty)",
    restore: "Restore",
    purge: "Remove for good",
    purge_hint: "The account goes with all that belongs to it. This cannot be undone.",
    purge_name: "To confirm, type",
    name_differs: "This is not the name.",
    own_password: "Your own password, because you signed in a while ago",
    password_wrong: "The password is wrong.",
    password_needed: "Give your password.",
    trashed_at: "In the trash since",
    trashed_by: "By",
    days_left: "Days left",
    for_ever: "kept",
    trash_empty: "The trash is empty.",
    no_events: "No event fits.",
    all_events: "All events of the account",
    when: "When",
    action: "What",
    actor: "Who",
    account: "Account",
    client: "Network",
    times: "Times",
    details: "Details",
    account_label: "Account: e-mail address, user name or id",
    any_action: "everything",
    since_label: "Since the day",
    filter: "Show",
    older: "Older events",
    unknown_account: "There is no such account.",
    no_such_day: "This is no day.",
    operator: "command line",
    system: "the server",
    anonymous: "nobody known",
    audit_csv: "As a CSV file; events at the most:",
    catalogue: catalogue::english::WORDS,
    previews: previews::english::WORDS,
    role_of,
    state_of,
    order_of,
    standing,
    points_kind,
    count_kind,
    counted,
    done,
    refusal,
};

fn role_of(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Moderator => "moderator",
        Role::Admin => "administrator",
    }
}

fn state_of(state: ListedState) -> &'static str {
    match state {
        ListedState::Active => "active",
        ListedState::Inactive => "not active",
        ListedState::Waiting => "waiting for activation",
        ListedState::InTrash => "in the trash",
    }
}

fn order_of(order: DirectoryOrder) -> &'static str {
    match order {
        DirectoryOrder::Oldest => "oldest first",
        DirectoryOrder::Newest => "newest first",
        DirectoryOrder::Name => "by user name",
        DirectoryOrder::Address => "by e-mail address",
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Waiting => "waits for its activation",
        Standing::LockedOut => "locked out",
        Standing::InTrash => "in the trash",
        Standing::BeingRemoved => "is being removed",
    }
}

fn points_kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Opening => "opening",
        EntryKind::Add => "added",
        EntryKind::Deduct => "deducted",
    }
}

fn count_kind(kind: CountKind) -> &'static str {
    match kind {
        CountKind::SignUps => "Sign-ups",
        CountKind::LogIns => "Logins",
        CountKind::FailedLogIns => "Failed logins",
        CountKind::Mails => "Mails sent",
        CountKind::PointsMoved => "Points moved",
    }
}

fn counted(days: usize, total: u64, most: u64, day: &str) -> String {
    format!("{total} in {days} days. The most on one day: {most}, on {day}.")
}

fn done(done: Done) -> &'static str {
    match done {
        Done::ResetSent => "The mail with the reset is on its way.",
        Done::RoleChanged => "The role is changed.",
        Done::RoleKept => "The account has this role already: nothing was changed.",
        Done::Trashed => "The account is in the trash.",
        Done::Restored => "The account is restored.",
        Done::Purged => "The account is removed for good.",
        Done::SessionEnded => "The session has ended.",
        Done::SessionsEnded => "The sessions have ended.",
        Done::MessageRetried => "The message waits to be sent again.",
        Done::TestSent => "The test message is on its way.",
        Done::MovieChanged => "The movie is changed.",
        Done::SignedOut => "You are signed out.",
    }
}

fn refusal(refusal: Refusal) -> [&'static str; 2] {
    match refusal {
        Refusal::SignIn => ["Sign in", "You are not signed in."],
        Refusal::MayNotUse => ["No access", "This account may not use the console."],
        Refusal::AdministratorsOnly => ["No access", "This is for administrators alone."],
        Refusal::StaleForm => {
            ["Nothing was done", "The form is of an earlier sign-in. Open the page again and repeat it."]
        }
        Refusal::ForeignPage => ["Nothing was done", "The request is of another site's page."],
        Refusal::NoSuchPage => ["Not found", "There is no such page."],
        Refusal::NoSuchAccount => ["Not found", "There is no such account."],
        Refusal::NoSuchSession => ["Not found", "The session has ended already."],
        Refusal::NoSuchMessage => ["Not found", "There is no such message that was given up."],
        Refusal::NoSuchMovie => ["Not found", "There is no such movie."],
        Refusal::UploadUnderWay => {
            ["Nothing was done", "Another file is being imported. Upload this one when that is done."]
        }
        Refusal::UploadTooLarge => ["Nothing was done", "The file is larger than this server takes."],
        Refusal::LastAdmin => {
            ["Nothing was done", "The account is that of the last administrator, who has to stay."]
        }
        Refusal::AlreadyInTrash => ["Nothing was done", "The account is in the trash already."],
        Refusal::NotInTrash => ["Nothing was done", "The account is not in the trash."],
        Refusal::BeingRemoved => ["Nothing was done", "The account is being removed for good."],
        Refusal::NotActive => ["Nothing was done", "The account is not active."],
        Refusal::NoAddress => ["Nothing was done", "The account has no e-mail address."],
        Refusal::Unreadable => ["Nothing was done", "The request could not be read."],
        Refusal::TooLarge => ["Nothing was done", "The request is too large."],
        Refusal::OtherMethod => ["Nothing was done", "The page does not take such a request."],
        Refusal::Limited => ["Please try again in a moment", "There were too many attempts."],
        Refusal::Busy => ["Please try again in a moment", "A part of the system does not answer just now."],
        Refusal::Failed => ["Something went wrong", "Please try again later."],
    }
}
