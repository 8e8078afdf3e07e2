//! Which paths there are.

use actix_web::web;
use metrics_exporter_prometheus::PrometheusHandle;
use vestibule_application::{Deps, Services};
use vestibule_infrastructure::memory::CapturedMail;
use vestibule_settings::{MailTransport, Settings, SmsTransport};

use crate::browser::brand::Brand;
use crate::console::MovieUploads;
use crate::health::{OutboxState, Probes};
use crate::http::extract::{TrustedProxies, UploadLimit};
use crate::http::middleware::{OwnHosts, RequestTimeout};
use crate::http::{MediaUrls, Plain, PublicPath, surface};
use crate::pages::{PasswordPolicies, Sights};
use crate::{account, console, docs, health, mailbox, media, monitoring, pages, surfaces};

/// What every worker thread mounts.
#[derive(Clone)]
pub(super) struct Routes {
    pub services: web::Data<Services>,
    pub deps: Deps,
    pub mailbox: Option<CapturedMail>,
    pub metrics: Option<PrometheusHandle>,
    pub uploads: web::Data<UploadLimit>,
    pub movie_uploads: MovieUploads,
    pub brand: web::Data<Brand>,
    pub probes: web::Data<Probes>,
    pub outbox: web::Data<OutboxState>,
    pub settings: std::sync::Arc<Settings>,
    /// The last change of the schema; `None` without a database.
    pub schema: Option<String>,
}

impl Routes {
    pub(super) fn configure(&self, app: &mut web::ServiceConfig) {
        let settings = &*self.settings;
        let public_path = PublicPath::of(&settings.server.public_url);
        app.app_data(self.services.clone())
            .app_data(web::Data::new(self.deps.clone()))
            .app_data(web::Data::new(self.deps.limiter.clone()))
            .app_data(web::Data::<TrustedProxies>::new(settings.server.trusted_proxies.clone()))
            .app_data(web::Data::new(RequestTimeout(settings.server.request_timeout)))
            .app_data(self.uploads.clone())
            .app_data(self.probes.clone())
            .app_data(self.outbox.clone())
            .app_data(web::Data::new(MediaUrls::new(&settings.media.public_url)))
            .app_data(web::Data::new(public_path.clone()))
            .app_data(self.brand.clone())
            .app_data(web::PayloadConfig::new(settings.server.max_body));
        if trusts_who_reaches_it(settings) {
            let server = &settings.server;
            let own = OwnHosts::new(&server.public_url, &server.hosts, settings.doors.allow_on_network)
                // Whoever meets it in production is a stranger, who need not know what the server trusts.
                .explaining(!settings.environment.is_production());
            app.app_data(web::Data::new(own));
        }

        if let Some(sights) = Sights::of(settings) {
            app.app_data(web::Data::new(sights));
        }

        let mut password_policies = Vec::new();
        for surface in surfaces::served(settings) {
            (surface.mount)(app, settings);
            password_policies.push((surface.section.name, (surface.password)(settings)));
        }

        if settings.console.enabled {
            console::configure(app, settings, self.schema.clone(), self.movie_uploads.clone());
        }

        if settings.account_pages.enabled {
            account::configure(app, settings);
        }

        // Last: the empty prefix takes what the surfaces left.
        app.service(
            surface::<Plain>("")
                .configure(health::configure)
                .configure(|app| pages::configure(app, PasswordPolicies(password_policies)))
                .configure(media::configure)
                .configure(|app| {
                    if settings.features.api_docs {
                        docs::configure(app, surfaces::served(settings), &public_path);
                    }
                })
                .configure(|app| {
                    if let Some(metrics) = &self.metrics {
                        monitoring::configure(app, metrics.clone());
                    }
                })
                .configure(|app| {
                    if let Some(mailbox) = &self.mailbox {
                        mailbox::configure(app, mailbox.clone());
                    }
                }),
        );
    }
}

/// Whether whoever reaches the server reads mail, or goes through a door. Browsers do reach it, on
/// behalf of any page.
fn trusts_who_reaches_it(settings: &Settings) -> bool {
    settings.mail.transport == MailTransport::Capture
        || settings.sms.transport == SmsTransport::Capture
        || settings.doors.open().next().is_some()
}

#[cfg(test)]
mod tests {
    use vestibule_settings::Source;

    use super::*;

    fn trusts(settings: &[(&str, &str)]) -> bool {
        let source = settings.iter().fold(Source::default(), |source, (key, value)| source.with(key, *value));
        trusts_who_reaches_it(&crate::surfaces::settings(&source).unwrap())
    }

    #[test]
    fn foreign_pages_are_looked_for_where_messages_are_captured_or_a_door_is_open() {
        let smtp = [("VESTIBULE__MAIL__TRANSPORT", "smtp"), ("VESTIBULE__MAIL__URL", "smtp://localhost")];
        let door = |open| [("VESTIBULE__POSTURE", "hardened"), ("VESTIBULE__DOORS__CATALOGUE_WRITES", open)];
        assert!(!trusts(&[&smtp[..], &door("false")].concat()));
        assert!(trusts(&[&smtp[..], &door("true")].concat()));
        assert!(trusts(&door("false")));
        let sms = [("VESTIBULE__SMS__TRANSPORT", "capture")];
        assert!(trusts(&[&smtp[..], &door("false"), &sms].concat()));
    }
}
