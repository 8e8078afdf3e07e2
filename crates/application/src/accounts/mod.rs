//! The use cases of accounts.

mod activate;
mod activation_mail;
mod administrator;
mod change_role;
mod complete_password_reset;
mod confirm_email;
mod confirm_token;
mod create_admin;
mod deactivate;
mod recipient;
mod register;
mod register_again;
mod registration;
mod registration_room;
mod request_confirmation;
mod request_password_reset;
mod show_password_reset;
mod void_registrations;

pub use activate::{ActivateAccount, ActivateAccountError, ActivateAccountInput};
pub use administrator::Administrator;
pub use change_role::{ChangeRole, ChangeRoleError, ChangeRoleInput};
pub use complete_password_reset::{
    CompletePasswordReset, CompletePasswordResetError, CompletePasswordResetInput,
};
pub use confirm_email::{ConfirmEmail, ConfirmEmailError, EmailConfirmed};
pub use create_admin::{CreateAdmin, CreateAdminError, CreateAdminInput};
pub use deactivate::{DeactivateAccount, DeactivateAccountError, DeactivateAccountInput};
pub use register::{RegisterAccount, RegisterAccountError, RegisteredAccount};
pub use registration::RegisterAccountInput;
pub use request_confirmation::{
    ConfirmationRequested, RequestConfirmation, RequestConfirmationError, RequestConfirmationInput,
};
pub use request_password_reset::{
    PasswordResetRequested, RequestPasswordReset, RequestPasswordResetError, RequestPasswordResetInput,
};
pub use show_password_reset::{ShowPasswordReset, ShowPasswordResetError};
