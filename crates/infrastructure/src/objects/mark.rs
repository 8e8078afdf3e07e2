//! The mark of an installation in a place of pictures: an object beside the folders of pictures, which no key names
//! and no walk meets.

use std::error::Error as StdError;
use std::iter::successors;

use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};
use uuid::Uuid;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::ports::ObjectError;

use super::errors::{found, object_error};

/// The name of the mark's object.
pub(super) const NAME: &str = "vestibule-installation";

/// The content of the mark. The first line is read by programs; the others are for people.
fn text(installation: InstallationId) -> String {
    format!(
        "{installation}\nThe pictures here are those of this Vestibule installation; no other one removes any.\n\
         What to do before you remove this file: docs/deployment.md, Media.\n"
    )
}

/// The installation in the mark; `None` without a mark.
pub(super) async fn owner(store: &dyn ObjectStore) -> Result<Option<InstallationId>, ObjectError> {
    let Some(mark) = found(store.get(&Path::from(NAME)).await)? else { return Ok(None) };
    let bytes = mark.bytes().await.map_err(object_error)?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match Uuid::try_parse_ascii(line.trim_ascii()) {
        Ok(id) => Ok(Some(InstallationId(id))),
        Err(error) => Err(ObjectError::Unexpected(Box::new(Unreadable(error)))),
    }
}

/// The mark exists and does not name an installation.
#[derive(Debug, thiserror::Error)]
#[error("the object {NAME} does not begin with the id of an installation")]
struct Unreadable(#[source] uuid::Error);

/// Marks a place that has no mark, and answers whose mark it has then.
///
/// The mark is put only if it is absent. If the service or the file system cannot do that, the mark is read, put and
/// read again. Then two callers at once may both be answered their own id, and their next read shows whose mark
/// stayed.
pub(super) async fn claim(
    store: &dyn ObjectStore,
    is_folder: bool,
    installation: InstallationId,
) -> Result<InstallationId, ObjectError> {
    if let Some(owner) = owner(store).await? {
        return Ok(owner);
    }
    let place = Path::from(NAME);
    let mark = PutPayload::from(text(installation));
    match store.put_opts(&place, mark.clone(), PutOptions::from(PutMode::Create)).await {
        Ok(_) | Err(Error::AlreadyExists { .. }) => {}
        // A file system without hard links reports its inability only in this way.
        Err(error) if is_folder || is_not_implemented(&error) => {
            store.put(&place, mark).await.map_err(object_error)?;
        }
        Err(error) => return Err(object_error(error)),
    }
    // S3 refuses the second of two puts at once before the first one's object can be read.
    owner(store).await?.ok_or_else(|| ObjectError::Unavailable("another mark is being written".into()))
}

/// Whether the service cannot put an object only if it is absent.
fn is_not_implemented(error: &Error) -> bool {
    if matches!(error, Error::NotImplemented { .. } | Error::NotSupported { .. }) {
        return true;
    }
    // The library hides the status of an answer, except in its text.
    let first: &(dyn StdError + 'static) = error;
    successors(Some(first), |error: &&'_ (dyn StdError + 'static)| (*error).source())
        .any(|error| error.to_string().contains("501 Not Implemented"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_that_cannot_is_known_by_its_answer() {
        let answer = |text: &'static str| Error::Generic { store: "S3", source: text.into() };
        assert!(is_not_implemented(&answer("Server returned non-2xx status code: 501 Not Implemented: ")));
        assert!(!is_not_implemented(&answer(
            "Server returned non-2xx status code: 503 Service Unavailable: "
        )));
    }
}
