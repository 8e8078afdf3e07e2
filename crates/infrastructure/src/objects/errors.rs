use object_store::Error;
use vestibule_domain::ports::ObjectError;

/// What an error of the library means to the caller.
pub(super) fn object_error(error: Error) -> ObjectError {
    match error {
        // Network, disk, and answers that say "later".
        Error::Generic { .. } | Error::JoinError { .. } => ObjectError::Unavailable(error.into()),
        _ => ObjectError::Unexpected(error.into()),
    }
}
