//! What is in the seal of a message.

use serde_json::Value;
use vestibule_domain::messages::Notice;

/// Where the name of the surface stands, beside what the notice consists of. Servers that do not know it pass it over.
const FROM: &str = "from_surface";

/// A notice, and the surface at which it was queued, for the statistics. The mail leaves later, and perhaps from another
/// server.
pub(super) fn write(notice: &Notice, surface: &str) -> Result<Vec<u8>, serde_json::Error> {
    let mut content = serde_json::to_value(notice)?;
    if let Some(content) = content.as_object_mut() {
        content.insert(FROM.to_owned(), surface.into());
    }
    serde_json::to_vec(&content)
}

/// What is in the seal is no notice that this release knows. Only servers of this installation make seals, so a newer one
/// has queued it.
///
/// It says the kind and nothing else of the content, which may hold secrets.
#[derive(Debug, thiserror::Error)]
#[error("this release does not know the notice \"{kind}\", which a newer one has queued")]
pub(super) struct UnknownNotice {
    kind: String,
}

/// The notice, and the surface; `None` in messages of the releases before.
pub(super) fn read(content: &[u8]) -> Result<(Notice, Option<String>), UnknownNotice> {
    let content: Value = serde_json::from_slice(content).unwrap_or_default();
    let text = |name| content.get(name).and_then(Value::as_str).map(str::to_owned);
    let (surface, kind) = (text(FROM), text("kind").unwrap_or_default());
    let notice = serde_json::from_value(content).map_err(|_unknown| UnknownNotice { kind })?;
    Ok((notice, surface))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn both_read_back_and_the_notice_alone_does_too() {
        let reset = Notice::ResetPassword {
            email: "ada@example.com".to_owned(),
            token: "token".to_owned(),
            valid_minutes: 60,
            surface: "theater".to_owned(),
        };
        let deleted = |until| Notice::AccountDeleted {
            email: "ada@example.com".to_owned(),
            until,
            owner_may_restore: true,
        };
        let deleted = [deleted(None), deleted(Some(datetime!(2026-02-01 03:04:05 UTC)))];
        for notice in deleted.into_iter().chain([reset, Notice::Nobody]) {
            let content = write(&notice, "console").unwrap();
            assert_eq!(read(&content).unwrap(), (notice.clone(), Some("console".to_owned())));
            // As the release before reads it, and as it wrote it.
            assert_eq!(serde_json::from_slice::<Notice>(&content).unwrap(), notice);
            let plain = serde_json::to_vec(&notice).unwrap();
            assert_eq!(read(&plain).unwrap(), (notice, None));
        }
    }

    #[test]
    fn of_what_a_newer_release_wrote_the_kind_alone_is_told() {
        for (content, kind) in [
            (r#"{"kind":"farewell","token":"canary"}"#, "farewell"),
            (
                r#"{"kind":"verification_code","code":"canary","to":{"carrier_pigeon":"canary"}}"#,
                "verification_code",
            ),
            (r#"{"kind":{"farewell":"canary"}}"#, ""),
            ("canary", ""),
        ] {
            let error = read(content.as_bytes()).unwrap_err();
            let told =
                format!("this release does not know the notice \"{kind}\", which a newer one has queued");
            assert_eq!(error.to_string(), told);
            assert!(!format!("{error:?}").contains("canary"));
        }
    }
}
