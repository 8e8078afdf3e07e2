//! The words of the account pages: one file a language.

mod english;
mod french;

use vestibule_domain::messages::Language;

use super::dialect::Refusal;
use super::done::Done;

/// All that the pages say in one language.
pub(super) struct Words {
    pub(super) lang: &'static str,
    pub(super) skip: &'static str,
    pub(super) navigation: &'static str,
    pub(super) sessions: &'static str,
    pub(super) older_sessions: &'static str,
    pub(super) password_page: &'static str,
    pub(super) data: &'static str,
    pub(super) delete: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) sign_out: &'static str,
    pub(super) back: &'static str,
    pub(super) problem: &'static str,
    pub(super) identifier: &'static str,
    pub(super) password: &'static str,
    pub(super) wrong_credentials: &'static str,
    pub(super) not_active: &'static str,
    pub(super) deleted_hint: &'static str,
    pub(super) forgot_password: &'static str,
    pub(super) forgot_password_hint: &'static str,
    pub(super) send_link: &'static str,
    pub(super) not_an_address: &'static str,
    /// How long an account that has just been deleted can come back.
    pub(super) days_left: fn(u64) -> String,
    pub(super) come_back: &'static str,
    pub(super) come_back_hint: &'static str,
    pub(super) come_back_until: &'static str,
    pub(super) come_back_button: &'static str,
    pub(super) account: &'static str,
    pub(super) user_name: &'static str,
    pub(super) email: &'static str,
    pub(super) display_name: &'static str,
    pub(super) sessions_hint: &'static str,
    pub(super) device: &'static str,
    pub(super) unknown_device: &'static str,
    pub(super) address: &'static str,
    pub(super) surface: &'static str,
    pub(super) since: &'static str,
    pub(super) last_seen: &'static str,
    pub(super) until: &'static str,
    pub(super) this_session: &'static str,
    pub(super) end: &'static str,
    pub(super) end_others: &'static str,
    pub(super) old_password: &'static str,
    pub(super) new_password: &'static str,
    pub(super) repeated: &'static str,
    pub(super) change_password: &'static str,
    pub(super) password_hint: &'static str,
    pub(super) password_again: &'static str,
    pub(super) password_wrong: &'static str,
    pub(super) password_needed: &'static str,
    pub(super) data_hint: &'static str,
    pub(super) download: &'static str,
    pub(super) go_on: &'static str,
    pub(super) delete_hint: &'static str,
    pub(super) delete_until: &'static str,
    pub(super) delete_come_back: &'static str,
    pub(super) delete_kept: &'static str,
    /// The same where an administrator alone brings the account back.
    pub(super) delete_staff_come_back: &'static str,
    pub(super) delete_staff_kept: &'static str,
    pub(super) delete_button: &'static str,
    /// What a form has done.
    pub(super) done: fn(Done) -> &'static str,
    /// Title and text of a refusal.
    pub(super) refusal: fn(Refusal) -> [&'static str; 2],
}

/// The words of a language.
pub(super) fn of(language: Language) -> &'static Words {
    match language {
        Language::En => &english::WORDS,
        Language::Fr => &french::WORDS,
    }
}
