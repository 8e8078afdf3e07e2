//! Which paths there are.

use actix_web::middleware::from_fn;
use actix_web::web;
use vestibule_application::{Deps, Services};
use vestibule_infrastructure::memory::CapturedMail;
use vestibule_settings::{Door, Settings};

use crate::http::extract::TrustedProxies;
use crate::http::middleware::{RequestTimeout, safety_net};
use crate::http::{FrameworkProblem, Plain, Rejection};
use crate::surfaces::theater::{self, TheaterPolicy};
use crate::{docs, health, mailbox, pages};

/// What every worker thread mounts.
#[derive(Clone)]
pub(super) struct Routes {
    pub services: web::Data<Services>,
    pub deps: Deps,
    pub mailbox: Option<CapturedMail>,
    pub settings: std::sync::Arc<Settings>,
}

impl Routes {
    pub(super) fn configure(&self, app: &mut web::ServiceConfig) {
        let settings = &*self.settings;
        app.app_data(self.services.clone())
            .app_data(web::Data::new(self.deps.clone()))
            .app_data(web::Data::new(self.deps.limiter.clone()))
            .app_data(web::Data::<TrustedProxies>::new(settings.server.trusted_proxies.clone()))
            .app_data(web::Data::new(RequestTimeout(settings.server.request_timeout)))
            .app_data(web::PayloadConfig::new(settings.server.max_body))
            .app_data(web::FormConfig::default().limit(settings.server.max_body));

        let mut served = Vec::new();
        let theater = &settings.surfaces.theater;
        if theater.enabled {
            served.push(theater::NAME);
            let writes_open = settings.doors.is_open(Door::CatalogueWrites);
            theater::configure(app, TheaterPolicy::new(theater.access, theater.refresh, writes_open));
        }

        // Last: the empty prefix takes what the surfaces left.
        app.service(
            web::scope("")
                .wrap(from_fn(safety_net::<Plain>))
                .configure(health::configure)
                .configure(pages::configure)
                .configure(|app| docs::configure(app, &served))
                .configure(|app| {
                    if let Some(mailbox) = &self.mailbox {
                        mailbox::configure(app, mailbox.clone());
                    }
                })
                .default_service(web::to(async || {
                    Err::<String, _>(Rejection::<Plain>::from(FrameworkProblem::RouteNotFound))
                })),
        );
    }
}
