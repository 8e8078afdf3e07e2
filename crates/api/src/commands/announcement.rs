//! What a server logs of itself when it serves.

use std::net::SocketAddr;
use std::path::Path;

use vestibule_settings::{Door, MailTransport, Settings, SmsTransport};

use crate::build::COMMIT;
use crate::surfaces;

/// Logs the open doors and the warnings, and then one event with what this server is and where it listens.
pub(super) fn announce(settings: &Settings, address: SocketAddr) {
    for door in settings.doors.open() {
        tracing::warn!(door = door.key(), "open door: {}", door.lets());
    }
    for warning in settings.warnings() {
        tracing::warn!("{warning}");
    }
    let captures =
        settings.mail.transport == MailTransport::Capture || settings.sms.transport == SmsTransport::Capture;
    if settings.doors.allow_on_network && captures {
        tracing::warn!(
            "messages are captured: whoever reaches this server reads everybody's at /dev/mailbox"
        );
    }
    // Port 0 is any free one: then the public address cannot be known before.
    let base = if settings.server.port == 0 {
        format!("http://{address}")
    } else {
        settings.server.public_url.clone()
    };
    let page = |is_served: bool, path: &str| is_served.then(|| format!("{base}{path}"));
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        commit = COMMIT,
        environment = settings.environment.as_str(),
        posture = settings.posture.as_str(),
        doors = listed(settings.doors.open().map(Door::key)),
        surfaces = listed(surfaces::served(settings).map(|surface| surface.section.name)),
        database = %settings.database.location,
        cache = %settings.cache.location,
        mail = settings.mail.transport.as_str(),
        sms = settings.sms.transport.as_str(),
        media = %settings.media.location,
        data_folder = absolute(&settings.data_folder),
        address = %address,
        port = address.port(),
        url = base,
        docs = page(settings.features.api_docs, "/api/docs"),
        mailbox = page(captures, "/dev/mailbox"),
        "serving"
    );
}

/// Names with commas between them.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(",")
}

fn absolute(folder: &Path) -> String {
    std::path::absolute(folder).unwrap_or_else(|_unknown_place| folder.to_owned()).display().to_string()
}
