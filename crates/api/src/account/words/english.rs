//! The words of the account pages in English.

use super::Words;
use crate::account::dialect::Refusal;
use crate::account::done::Done;

pub(super) static WORDS: Words = Words {
    lang: "en",
    skip: "Skip to the content",
    navigation: "Your account",
    sessions: "Sessions",
    older_sessions: "Older sessions",
    password_page: "Password",
    data: "Your data",
    delete: "Delete the account",
    sign_in: "Sign in",
    sign_out: "Sign out",
    back: "To your account",
    problem: "There is a problem",
    identifier: "E-mail address or user name",
    password: "Password",
    wrong_credentials: "The name or the password is wrong.",
    not_active: "This account is not active.",
    deleted_hint: "Did you delete your account a short while ago? Sign in to bring it back.",
    forgot_password: "Forgot your password?",
    forgot_password_hint: "A mail brings you a link, behind which you choose a new password.",
    send_link: "Send the link",
    not_an_address: "This is not an e-mail address.",
    days_left,
    come_back: "Bring your account back",
    come_back_hint: "You have deleted this account. It can come back with all that belongs to it.",
    come_back_until: "It is removed for good on",
    come_back_button: "Bring my account back",
    account: "Account",
    user_name: "User name",
    email: "E-mail address",
    display_name: "Name to show",
    sessions_hint: "Where you are signed in. End what you do not know, and change your password then.",
    device: "Device",
    unknown_device: "unknown device",
    address: "Address",
    surface: "Surface",
    since: "Since",
    last_seen: "Last seen",
    until: "Until",
    this_session: "this session",
    end: "End",
    end_others: "End all other sessions",
    old_password: "Your password until now",
    new_password: "New password",
    repeated: "The new password once more",
    change_password: "Change the password",
    password_hint: "All your other sessions end.",
    password_again: "Your password, because you signed in a while ago",
    password_wrong: "The password is wrong.",
    password_needed: "Give your password.",
    data_hint: "A zip file with all that is kept about you: your account, your address book, your pictures, your \
                sessions, your points and what was done to your account.",
    download: "Download",
    go_on: "Go on",
    delete_hint: "All your sessions end at once. Your name and your address stay yours while you can come back.",
    delete_until: "With all that belongs to it, the account is removed for good on",
    delete_come_back: "Until then, sign in here to bring it back.",
    delete_kept: "You can bring the account back at any time: sign in here.",
    delete_staff_come_back: "Until then, an administrator can bring it back; you cannot, because you are one of the \
                             staff.",
    delete_staff_kept: "An administrator can bring the account back at any time; you cannot, because you are one of \
                        the staff.",
    delete_button: "Delete my account",
    done,
    refusal,
};

fn days_left(days: u64) -> String {
    match days {
        1 => "You can bring it back within a day: sign in here.".to_owned(),
        days => format!("You can bring it back within {days} days: sign in here."),
    }
}

fn done(done: Done) -> &'static str {
    match done {
        Done::SessionEnded => "The session has ended.",
        Done::SessionsEnded => "All other sessions have ended.",
        Done::PasswordChanged => "Your password is changed. All other sessions have ended.",
        Done::Proved => "Thank you. You can go on now.",
        Done::Deleted => "Your account is deleted.",
        Done::StaffDeleted => "Your account is deleted. An administrator can bring it back.",
        Done::Restored => "Your account is back.",
        Done::SignedOut => "You are signed out.",
        Done::ResetRequested => {
            "If an active account has this address, a mail with a link is on its way. Look among unwanted mails, too."
        }
    }
}

fn refusal(refusal: Refusal) -> [&'static str; 2] {
    match refusal {
        Refusal::SignIn => ["Sign in", "You are not signed in."],
        Refusal::StaleForm => {
            ["Nothing was done", "The form is of an earlier sign-in. Open the page again and repeat it."]
        }
        Refusal::ForeignPage => ["Nothing was done", "The request is of another site's page."],
        Refusal::NoSuchPage => ["Not found", "There is no such page."],
        Refusal::NoSuchSession => ["Not found", "The session has ended already."],
        Refusal::LastAdmin => {
            ["Nothing was done", "The account is that of the last administrator, who has to stay."]
        }
        Refusal::Unreadable => ["Nothing was done", "The request could not be read."],
        Refusal::TooLarge => ["Nothing was done", "The request is too large."],
        Refusal::OtherMethod => ["Nothing was done", "The page does not take such a request."],
        Refusal::Limited => ["Please try again in a moment", "There were too many attempts."],
        Refusal::Busy => ["Please try again in a moment", "A part of the system does not answer just now."],
        Refusal::Failed => ["Something went wrong", "Please try again later."],
    }
}
