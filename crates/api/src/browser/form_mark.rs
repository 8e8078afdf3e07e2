//! The mark by which forms of a session's own pages are known.

use vestibule_application::sessions::{ContinueSessionError, ContinuedSession};
use vestibule_application::{Code, CodedError, Services};
use vestibule_domain::secret::SecretDigest;

use crate::http::codes;

/// The form is not one of the session's pages.
#[derive(Debug, thiserror::Error)]
#[error("the form is not of this session")]
pub(crate) struct StaleForm;

impl CodedError for StaleForm {
    fn code(&self) -> Code {
        codes::STALE_FORM
    }
}

/// Lets a form through that carries the mark of the session.
pub(crate) fn check<E: From<StaleForm> + From<ContinueSessionError>>(
    services: &Services,
    session: &ContinuedSession,
    carried: &str,
) -> Result<(), E> {
    let carried = SecretDigest::from_hex(carried).ok_or(StaleForm)?;
    let is_marked = services.continue_session.is_marked(session, &carried)?;
    if is_marked { Ok(()) } else { Err(StaleForm.into()) }
}
