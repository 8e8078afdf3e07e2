//! The use cases of accounts.

mod activate;
mod activate_mobile;
mod activation_mail;
mod administrator;
mod appointer;
mod change_password;
mod change_role;
mod complete_password_reset;
mod confirm_email;
mod confirm_token;
mod create_admin;
mod deactivate;
mod directory_reader;
mod edit_account;
mod edit_mobile;
mod export_accounts;
mod import_accounts;
mod inspect;
mod issue_recovery;
mod last_admin;
mod list;
mod list_directory;
mod name_suggestions;
mod named;
mod owner_or_administrator;
mod password_change;
mod presence;
mod recipient;
mod recover_password;
mod recovery_token;
mod register;
mod register_again;
mod register_at_once;
mod register_mobile;
mod registration;
mod registration_room;
mod request_confirmation;
mod request_password_reset;
mod reset_mail;
mod send_password_reset;
mod set_own_password;
mod set_profile_picture;
mod show;
mod show_directory_entry;
mod show_password_reset;
mod sign_up;
mod view;
mod void_registrations;

pub use activate::{ActivateAccount, ActivateAccountError, ActivateAccountInput};
pub use activate_mobile::{ActivateMobile, ActivateMobileError, ActivateMobileInput, MobileProof};
pub use administrator::Administrator;
pub use appointer::Appointer;
pub use change_password::{ChangePassword, ChangePasswordError, ChangePasswordInput};
pub use change_role::{ChangeRole, ChangeRoleError, ChangeRoleInput};
pub use complete_password_reset::{
    CompletePasswordReset, CompletePasswordResetError, CompletePasswordResetInput,
};
pub use confirm_email::{ConfirmEmail, ConfirmEmailError, EmailConfirmed};
pub use create_admin::{CreateAdmin, CreateAdminError, CreateAdminInput};
pub use deactivate::{DeactivateAccount, DeactivateAccountError, DeactivateAccountInput};
pub use directory_reader::DirectoryReader;
pub use edit_account::{EditAccount, EditAccountError, EditAccountInput};
pub use edit_mobile::{Change, EditMobile, EditMobileError, EditMobileInput};
pub use export_accounts::{ExportAccounts, ExportAccountsError};
pub use import_accounts::{ExpectedAccounts, ImportAccounts, ImportAccountsError, ImportedAccounts};
pub use inspect::{InspectAccount, InspectAccountError, InspectedAccount, Standing};
pub use issue_recovery::{IssueRecovery, IssueRecoveryError};
pub(crate) use last_admin::an_admin_stays;
pub use list::{ListAccounts, ListAccountsError};
pub use list_directory::{ListDirectory, ListDirectoryError, ListDirectoryInput};
pub use name_suggestions::NameSuggestions;
pub use named::NamedAccount;
pub use owner_or_administrator::OwnerOrAdministrator;
pub use presence::{Collision, Judged, Presence};
pub use recover_password::{RecoverPassword, RecoverPasswordError, RecoverPasswordInput};
pub use register::{RegisterAccount, RegisterAccountError, RegisteredAccount};
pub use register_at_once::{RegisterAtOnce, RegisterAtOnceError, RegisterAtOnceInput};
pub use register_mobile::{RegisterMobile, RegisterMobileError, RegisterMobileInput};
pub use registration::RegisterAccountInput;
pub use request_confirmation::{
    ConfirmationRequested, RequestConfirmation, RequestConfirmationError, RequestConfirmationInput,
};
pub use request_password_reset::{
    PasswordResetRequested, RequestPasswordReset, RequestPasswordResetError, RequestPasswordResetInput,
};
pub use send_password_reset::{SendPasswordReset, SendPasswordResetError, SendPasswordResetInput};
pub use set_own_password::{SetOwnPassword, SetOwnPasswordError, SetOwnPasswordInput};
pub use set_profile_picture::{SetProfilePicture, SetProfilePictureError, SetProfilePictureInput};
pub use show::{ShowAccount, ShowAccountError};
pub use show_directory_entry::{ShowDirectoryEntry, ShowDirectoryEntryError};
pub use show_password_reset::{ShowPasswordReset, ShowPasswordResetError};
pub use sign_up::{SignUp, SignUpAs, SignUpError, SignUpInput};
pub use view::AccountView;
