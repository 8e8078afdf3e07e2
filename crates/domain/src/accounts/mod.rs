//! Accounts: the people who can sign in.

mod account;
mod directory;
mod directory_entry;
mod edit;
pub mod email_address;
mod listed;
mod mobile_number;
mod password;
mod password_policy;
mod pending_registration;
mod pending_registration_repository;
mod profile;
mod profile_repository;
mod repository;
mod role;
mod token;
mod token_repository;
mod username;

pub use account::{Account, AccountDetails, AccountId, AccountUuid};
pub use directory::{AccountDirectory, COUNTED_HITS, DirectoryPage, NamePart};
pub use directory_entry::DirectoryEntry;
pub use edit::AccountEdit;
pub use email_address::{EmailAddress, InvalidEmail};
pub use listed::ListedAccount;
pub use mobile_number::{InvalidMobileNumber, MobileNumber};
pub use password::{NewPassword, Password, PasswordHash};
pub use password_policy::{PasswordPolicy, WeakPassword};
pub use pending_registration::{PendingRegistration, RegistrationId};
pub use pending_registration_repository::PendingRegistrationRepository;
pub use profile::{Gender, Profile};
pub use profile_repository::ProfileRepository;
pub use repository::AccountRepository;
pub use role::{Role, UnknownRole};
pub use token::{AccountToken, AccountTokenKind};
pub use token_repository::AccountTokenRepository;
pub use username::{InvalidUsername, Username};
