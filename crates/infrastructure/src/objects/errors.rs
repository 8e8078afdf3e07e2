use std::error::Error as StdError;
use std::iter::successors;

use object_store::Error;
use vestibule_domain::ports::ObjectError;

/// What an error of the library means to the caller.
pub(super) fn object_error(error: Error) -> ObjectError {
    match error {
        // Network, disk, and answers that say "later"; keys that are refused, and a bucket that is not there: an
        // operator sets them right, and until then the store is away.
        Error::Generic { .. }
        | Error::JoinError { .. }
        | Error::PermissionDenied { .. }
        | Error::Unauthenticated { .. }
        | Error::NotFound { .. } => ObjectError::Unavailable(error.into()),
        _ => ObjectError::Unexpected(error.into()),
    }
}

/// What is not there is no error, unless it is the bucket.
pub(super) fn found<T>(answer: object_store::Result<T>) -> Result<Option<T>, ObjectError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error @ Error::NotFound { .. }) if !is_of_bucket(&error) => Ok(None),
        Err(error) => Err(object_error(error)),
    }
}

/// Whether a service says that it has no such bucket. The library tells it from a missing object only in the
/// words of the service, which the answer to a HEAD has none of.
fn is_of_bucket(error: &Error) -> bool {
    successors(Some(error as &(dyn StdError + 'static)), |error: &&'_ (dyn StdError + 'static)| {
        (*error).source()
    })
    .any(|error| error.to_string().contains("NoSuchBucket"))
}
