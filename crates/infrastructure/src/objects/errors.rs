use std::error::Error as StdError;
use std::iter::successors;

use object_store::Error;
use vestibule_domain::ports::ObjectError;

/// The meaning of the library's errors.
pub(super) fn object_error(error: Error) -> ObjectError {
    match error {
        // Failures of network and disk, and answers that say "later". Refused keys and a missing bucket count too: an
        // operator has to correct them, and until then the store cannot be reached.
        Error::Generic { .. }
        | Error::JoinError { .. }
        | Error::PermissionDenied { .. }
        | Error::Unauthenticated { .. }
        | Error::NotFound { .. } => ObjectError::Unavailable(error.into()),
        _ => ObjectError::Unexpected(error.into()),
    }
}

/// Turns "not found" into `None`, unless the bucket is what is missing.
pub(super) fn found<T>(answer: object_store::Result<T>) -> Result<Option<T>, ObjectError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error @ Error::NotFound { .. }) if !is_of_bucket(&error) => Ok(None),
        Err(error) => Err(object_error(error)),
    }
}

/// Whether a service says that it has no such bucket. The library tells that from a missing object only by the text
/// of the answer, and the answer to a HEAD has none.
fn is_of_bucket(error: &Error) -> bool {
    successors(Some(error as &(dyn StdError + 'static)), |error: &&'_ (dyn StdError + 'static)| {
        (*error).source()
    })
    .any(|error| error.to_string().contains("NoSuchBucket"))
}
