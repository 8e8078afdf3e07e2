//! What can be done with accounts.

mod activate;
mod change_role;
mod complete_password_reset;
mod create_admin;
mod deactivate;
mod register;
mod request_password_reset;

pub use activate::{ActivateAccount, ActivateAccountError, ActivateAccountInput};
pub use change_role::{ChangeRole, ChangeRoleError, ChangeRoleInput};
pub use complete_password_reset::{
    CompletePasswordReset, CompletePasswordResetError, CompletePasswordResetInput,
};
pub use create_admin::{CreateAdmin, CreateAdminError, CreateAdminInput};
pub use deactivate::{DeactivateAccount, DeactivateAccountError, DeactivateAccountInput};
pub use register::{RegisterAccount, RegisterAccountError, RegisterAccountInput, RegisteredAccount};
pub use request_password_reset::{
    RequestPasswordReset, RequestPasswordResetError, RequestPasswordResetInput,
};
