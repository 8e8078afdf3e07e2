//! The mark that tells whose pictures are kept in a place: an object beside the folders of pictures, which no key
//! names and no walk meets.

use std::error::Error as StdError;
use std::iter::successors;

use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload};
use uuid::Uuid;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::ports::ObjectError;

use super::errors::{found, object_error};

/// Its name.
pub(super) const NAME: &str = "vestibule-installation";

/// The first line is read; the others are for people.
fn text(installation: InstallationId) -> String {
    format!(
        "{installation}\nThe pictures here are those of this Vestibule installation; no other one removes any.\n\
         What to do before you remove this file: docs/deployment.md, Media.\n"
    )
}

/// Whose mark there is.
pub(super) async fn owner(store: &dyn ObjectStore) -> Result<Option<InstallationId>, ObjectError> {
    let Some(mark) = found(store.get(&Path::from(NAME)).await)? else { return Ok(None) };
    let bytes = mark.bytes().await.map_err(object_error)?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match Uuid::try_parse_ascii(line.trim_ascii()) {
        Ok(id) => Ok(Some(InstallationId(id))),
        Err(error) => Err(ObjectError::Unexpected(Box::new(Unreadable(error)))),
    }
}

/// The mark is there and does not name an installation.
#[derive(Debug, thiserror::Error)]
#[error("the object {NAME} does not begin with the id of an installation")]
struct Unreadable(#[source] uuid::Error);

/// Marks a place that has no mark, and answers whose it is then.
///
/// A mark is put only if there is none. Where the service or the file system cannot do that, the mark is
/// looked for, put and looked for again: of two that do so at once both may be answered their own id, and the
/// next look tells them whose it is.
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
        // A file system without hard links has no other way to say so.
        Err(error) if is_folder || is_not_implemented(&error) => {
            store.put(&place, mark).await.map_err(object_error)?;
        }
        Err(error) => return Err(object_error(error)),
    }
    // S3 refuses one of two at once before the other one's is there.
    owner(store).await?.ok_or_else(|| ObjectError::Unavailable("another mark is being written".into()))
}

/// Whether the service does not know how to put an object only if there is none.
fn is_not_implemented(error: &Error) -> bool {
    if matches!(error, Error::NotImplemented { .. } | Error::NotSupported { .. }) {
        return true;
    }
    // The library hides the status of an answer, but for its text.
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
