//! English.

use super::words::{Span, StepWords, Words};

const GREETING: &str = "Hello,";
const AUTOMATIC: &str = "This is an automatic message. Replies are not read.";
const COPY_LINK: &str = "If the button does not work, copy this address into your browser:";
const GIVE_CODE: &str = "If an app asks you for a code, give it this one:";

pub(super) fn activate_account(product: &str, email: &str, valid: Span) -> Words {
    Words {
        subject: "Activate your account",
        greeting: GREETING,
        what_happened: format!(
            "An account at {product} was requested for the address {email}. It only remains to be activated."
        ),
        step: Some(StepWords {
            open_page: "To activate it, open this page:",
            button: "Activate my account",
            copy_link: COPY_LINK,
            give_code: GIVE_CODE,
            validity: validity(valid),
        }),
        not_you: "If you did not request an account, ignore this message: without activation it cannot be used.",
        automatic: AUTOMATIC,
    }
}

pub(super) fn reset_password(product: &str, email: &str, valid: Span) -> Words {
    Words {
        subject: "Reset your password",
        greeting: GREETING,
        what_happened: format!("A new password was requested for the account of {email} at {product}."),
        step: Some(StepWords {
            open_page: "To choose one, open this page:",
            button: "Choose a new password",
            copy_link: COPY_LINK,
            give_code: GIVE_CODE,
            validity: validity(valid),
        }),
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
        step: None,
        not_you: "If it was not you, request a new password at once from the sign-in page, and make sure that \
                  nobody else can read your e-mail.",
        automatic: AUTOMATIC,
    }
}

fn validity(span: Span) -> String {
    let span = match span {
        Span::Minutes(1) => "1 minute".to_owned(),
        Span::Minutes(minutes) => format!("{minutes} minutes"),
        Span::Hours(1) => "1 hour".to_owned(),
        Span::Hours(hours) => format!("{hours} hours"),
        Span::Days(days) => format!("{days} days"),
    };
    format!("The link and the code work once and are valid for {span}.")
}
