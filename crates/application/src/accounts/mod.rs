//! What can be done with accounts.

mod activate;
mod activation_mail;
mod administrator;
mod appointer;
mod change_role;
mod complete_password_reset;
mod confirm_email;
mod confirm_token;
mod create_admin;
mod deactivate;
mod edit_account;
mod last_admin;
mod list_accounts;
mod name_suggestions;
mod owner_or_administrator;
mod register;
mod register_again;
mod registration_room;
mod request_confirmation;
mod request_password_reset;
mod show_account;
mod show_password_reset;
mod sign_up;
mod void_registrations;

pub use activate::{ActivateAccount, ActivateAccountError, ActivateAccountInput};
pub use administrator::Administrator;
pub use appointer::Appointer;
pub use change_role::{ChangeRole, ChangeRoleError, ChangeRoleInput};
pub use complete_password_reset::{
    CompletePasswordReset, CompletePasswordResetError, CompletePasswordResetInput,
};
pub use confirm_email::{ConfirmEmail, ConfirmEmailError, EmailConfirmed};
pub use create_admin::{CreateAdmin, CreateAdminError, CreateAdminInput};
pub use deactivate::{DeactivateAccount, DeactivateAccountError, DeactivateAccountInput};
pub use edit_account::{EditAccount, EditAccountError, EditAccountInput};
pub(crate) use last_admin::an_admin_stays;
pub use list_accounts::{ListAccounts, ListAccountsError, ListAccountsInput};
pub use name_suggestions::NameSuggestions;
pub use owner_or_administrator::OwnerOrAdministrator;
pub use register::{RegisterAccount, RegisterAccountError, RegisterAccountInput, RegisteredAccount};
pub use request_confirmation::{
    ConfirmationRequested, RequestConfirmation, RequestConfirmationError, RequestConfirmationInput,
};
pub use request_password_reset::{
    PasswordResetRequested, RequestPasswordReset, RequestPasswordResetError, RequestPasswordResetInput,
};
pub use show_account::{ShowAccount, ShowAccountError};
pub use show_password_reset::{ShowPasswordReset, ShowPasswordResetError};
pub use sign_up::{SignUp, SignUpAs, SignUpError, SignUpInput};
