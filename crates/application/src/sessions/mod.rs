//! The use cases of sessions.

mod attempt;
mod end_all;
mod identifier;
mod issue;
mod list;
mod log_in;
mod log_out;
mod own_rotations;
mod refresh;
mod session_states;
mod verify_access;

pub use end_all::{EndSessions, EndSessionsError, EndSessionsInput};
pub use identifier::Identifier;
pub(crate) use identifier::attempts_of;
pub use list::{ListSessions, ListSessionsError};
pub use log_in::{Device, LogIn, LogInError, LogInInput, LoggedIn, Mismatch};
pub use log_out::{LogOut, LogOutError, LogOutInput};
pub use refresh::{RefreshAccess, RefreshAccessError, RefreshAccessInput, RefreshedAccess};
pub(crate) use session_states::SessionStates;
pub use session_states::{OWN_STATES_OVER, SHARED_STATES_OVER};
pub use verify_access::{TokenFault, VerifyAccess, VerifyAccessError};
