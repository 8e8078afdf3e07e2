//! What is allowed and seldom meant.

use crate::cache::Cache;
use crate::mail::MailTransport;
use crate::media::Media;
use crate::password::Breached;
use crate::settings::Settings;
use crate::sms::SmsTransport;

/// Warnings, as sentences.
pub(crate) fn doubtful(settings: &Settings) -> Vec<String> {
    let mut doubtful: Vec<String> = settings
        .server
        .trusted_proxies
        .wide()
        .map(|network| {
            format!(
                "server.trusted_proxies: {network} holds strangers, each of whom may say to be any client: limits \
                 and logs believe them"
            )
        })
        .collect();
    if settings.mail.url.is_some() && settings.mail.transport == MailTransport::Capture {
        doubtful.push("mail.url is not used: mail.transport is \"capture\"".to_owned());
    }
    if settings.sms.url.is_some() && settings.sms.transport != SmsTransport::Webhook {
        doubtful.push(format!("sms.url is not used: sms.transport is \"{}\"", settings.sms.transport));
    }
    if settings.password.breached_url.is_some() && settings.password.breached == Breached::Off {
        doubtful.push("password.breached_url is not used: password.breached is \"off\"".to_owned());
    }
    if settings.environment.is_production() {
        doubtful.extend(on_a_network(settings));
        doubtful.extend(of_one_server(settings));
    }
    doubtful
}

/// A server that listens to a network is seldom without a proxy.
fn on_a_network(settings: &Settings) -> Option<String> {
    let server = &settings.server;
    (server.listens_everywhere() && server.trusted_proxies.is_empty()).then(|| {
        format!(
            "server.host is {} and server.trusted_proxies is empty: behind a proxy all clients have its address, and \
             share one limit",
            server.host
        )
    })
}

/// A database server is seldom chosen for one server alone, and another server does not see what only one has.
fn of_one_server(settings: &Settings) -> Vec<String> {
    if !settings.database.location.is_server() {
        return Vec::new();
    }
    let mut doubtful = Vec::new();
    if settings.cache.location == Cache::Memory {
        doubtful.push(
            "cache.url is \"memory\": good for one server; several on one database count limits apart, and see each \
             other's logouts and changes late"
                .to_owned(),
        );
    }
    if matches!(settings.media.location, Media::Folder(_)) {
        doubtful.push(
            "media.url is a folder: good for one server; of several on one database each needs the same pictures, in a \
             bucket or on a shared disk"
                .to_owned(),
        );
    }
    doubtful
}
