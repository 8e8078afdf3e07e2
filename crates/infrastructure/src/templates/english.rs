//! English.

use super::moment::Moment;
use super::origin::Origin;
use super::words::{CodeWords, PageWords, Span, Words};

const GREETING: &str = "Hello,";
const AUTOMATIC: &str = "This is an automatic message. Replies are not read.";
const COPY_LINK: &str = "If the button does not work, copy this address into your browser:";
const GIVE_CODE: &str = "If an app asks you for a code, give it this one:";

/// The sentence that tells which registration the mail is about, and what to do only if it is the reader's own.
struct Registration {
    origin: String,
    caution: &'static str,
}

impl Registration {
    /// Without an origin there is no such sentence.
    fn new(origin: Option<Origin>) -> Self {
        const CAUTION: &str =
            " Go on only if that was you: the account gets the password that was chosen then.";
        match origin {
            None => Self { origin: String::new(), caution: "" },
            Some(origin) => Self { origin: came(origin), caution: CAUTION },
        }
    }
}

fn came(Origin { at, client_address }: Origin) -> String {
    let from = client_address
        .map_or_else(|| "an unknown address".to_owned(), |address| format!("the address {address}"));
    format!(" The request came on {} from {from}.", written(at))
}

fn written(at: Moment) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Moment { day, month, year, hour, minute } = at;
    let month = MONTHS.get(month).copied().unwrap_or_default();
    format!("{day} {month} {year} at {hour:02}:{minute:02} UTC")
}

pub(super) fn activate_account(product: &str, email: &str, origin: Option<Origin>, valid: Span) -> Words {
    let Registration { origin, caution } = Registration::new(origin);
    Words {
        subject: "Activate your account",
        greeting: GREETING,
        what_happened: format!(
            "An account at {product} was requested for the address {email}.{origin} It only remains to be \
             activated.{caution}"
        ),
        page: Some(PageWords {
            open_page: "To activate it, open this page:",
            button: "Activate my account",
            copy_link: COPY_LINK,
        }),
        code: Some(CodeWords { give_code: GIVE_CODE, validity: validity(valid) }),
        not_you: "If you did not request an account, ignore this message: without activation it cannot be used.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn confirm_email(
    product: &str,
    email: &str,
    name: Option<&str>,
    origin: Option<Origin>,
    valid: Span,
) -> Words {
    let Registration { origin, caution } = Registration::new(origin);
    let account = name.map_or_else(|| "An account".to_owned(), |name| format!("The account “{name}”"));
    Words {
        subject: "Confirm your e-mail address",
        greeting: GREETING,
        what_happened: format!(
            "{account} at {product} was requested for the address {email}.{origin} Confirm the address, and it can \
             be used.{caution}"
        ),
        page: Some(PageWords {
            open_page: "To confirm it, open this page:",
            button: "Confirm my address",
            copy_link: COPY_LINK,
        }),
        code: Some(CodeWords {
            give_code: GIVE_CODE,
            validity: format!("The link is valid for {}.", spelled(valid)),
        }),
        not_you: "If you did not request an account, ignore this message: until the address is confirmed it cannot \
                  be used.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn reset_password(product: &str, email: &str, valid: Span) -> Words {
    Words {
        subject: "Reset your password",
        greeting: GREETING,
        what_happened: format!("A new password was requested for the account of {email} at {product}."),
        page: Some(PageWords {
            open_page: "To choose one, open this page:",
            button: "Choose a new password",
            copy_link: COPY_LINK,
        }),
        code: Some(CodeWords { give_code: GIVE_CODE, validity: validity(valid) }),
        not_you: "If you did not request this, ignore this message: your password stays as it is. \
                  Never give the link or the code to anybody.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn password_changed(product: &str, email: &str) -> Words {
    Words {
        subject: "Your password was changed",
        greeting: GREETING,
        what_happened: format!(
            "The password of the account of {email} at {product} has just been changed. If that was you, \
             there is nothing else to do."
        ),
        page: None,
        code: None,
        not_you: "If it was not you, request a new password at once from the sign-in page, and make sure that \
                  nobody else can read your e-mail.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn account_deleted(
    product: &str,
    email: &str,
    until: Option<Moment>,
    owner_may_restore: bool,
) -> Words {
    let who = if owner_may_restore { "you" } else { "an administrator" };
    let how = if owner_may_restore { ": sign in at the account pages with your password" } else { "" };
    let way_back = match until.map(written) {
        Some(until) => format!(
            "Until {until}, {who} can bring it back with all that belongs to it{how}. Then it is removed for good."
        ),
        None => format!("At any time {who} can bring it back with all that belongs to it{how}."),
    };
    Words {
        subject: "Your account was deleted",
        greeting: GREETING,
        what_happened: format!(
            "The account of {email} at {product} has just been deleted at the account pages, and all its sessions \
             have ended. If that was you, there is nothing else to do. {way_back}"
        ),
        page: owner_may_restore.then_some(PageWords {
            open_page: "To bring it back, sign in at this page:",
            button: "Bring my account back",
            copy_link: COPY_LINK,
        }),
        code: None,
        not_you: if owner_may_restore {
            "If it was not you, bring the account back at once and change its password, and make sure that nobody \
             else can read your e-mail. If your password does not work any more, ask an administrator."
        } else {
            "If it was not you, tell an administrator at once, and make sure that nobody else can read your e-mail."
        },
        automatic: AUTOMATIC,
    }
}

pub(super) fn account_restored(product: &str, email: &str) -> Words {
    Words {
        subject: "Your account is back",
        greeting: GREETING,
        what_happened: format!(
            "The account of {email} at {product}, which was deleted, has just been brought back at the account \
             pages with its password. If that was you, there is nothing else to do."
        ),
        page: None,
        code: None,
        not_you: "If it was not you, somebody knows your password: request a new one at once from the sign-in page, \
                  and make sure that nobody else can read your e-mail.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn verification_code(product: &str, email: &str, valid: Span) -> Words {
    Words {
        subject: "Your verification code",
        greeting: GREETING,
        what_happened: format!("A code was requested at {product}, to prove that {email} is your address."),
        page: None,
        code: Some(CodeWords {
            give_code: "This is the code:",
            validity: format!("It works once and is valid for {}.", spelled(valid)),
        }),
        not_you: "If you did not request it, ignore this message. Never give the code to anybody.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn test(product: &str, email: &str) -> Words {
    Words {
        subject: "A test message",
        greeting: GREETING,
        what_happened: format!(
            "An administrator of {product} has sent this message to {email}, to see whether mail arrives. It does."
        ),
        page: None,
        code: None,
        not_you: "There is nothing to do.",
        automatic: AUTOMATIC,
    }
}

/// In the letters of GSM 03.38, of which 160 fit into one SMS.
pub(super) fn verification_sms(product: &str, code: &str, valid: Span) -> String {
    format!("{product}: your code is {code}. It is valid for {}. Never give it to anybody.", spelled(valid))
}

fn validity(span: Span) -> String {
    format!("The link and the code work once and are valid for {}.", spelled(span))
}

pub(super) fn spelled(span: Span) -> String {
    match span {
        Span::Minutes(1) => "1 minute".to_owned(),
        Span::Minutes(minutes) => format!("{minutes} minutes"),
        Span::Hours(1) => "1 hour".to_owned(),
        Span::Hours(hours) => format!("{hours} hours"),
        Span::Days(days) => format!("{days} days"),
    }
}
