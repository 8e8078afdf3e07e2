//! `/account/data`: all that the account has, as a zip file.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use bytes::Bytes;
use futures::stream::{Stream, try_unfold};
use tokio::task::spawn_blocking;
use vestibule_application::accounts::{AccountArchive, OwnerOrAdministrator};
use vestibule_application::{Deps, Services};

use super::Rejection;
use super::desk::{Desk, Order, Typed};
use super::done::Done;
use super::page::{Page, answer};
use super::policy::AccountPolicy;
use super::proof::{Proof, prove};
use crate::commands::users::{ZipFile, write_archive};
use crate::http::FrameworkProblem;
use crate::http::extract::ClientDevice;

/// How many bytes of the file are read at once.
const PART: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "account/data.html")]
struct DataPage {
    page: Page,
    done: Option<&'static str>,
    needs_password: bool,
    fault: Option<&'static str>,
}

pub(super) async fn show(desk: Desk, typed: Typed) -> HttpResponse {
    let words = desk.page.words;
    let done = Done::of(typed.0.as_typed("done")).map(words.done);
    let needs_password = !desk.session.is_proof_fresh;
    let page = desk.page.titled(words.data).within("/data");
    answer(StatusCode::OK, &DataPage { page, done, needs_password, fault: None })
}

/// Sends the file. Where the password was needed, the browser is led to the page that sends it: a download leaves the page
/// in the browser as it was, and its forms would be stale.
pub(super) async fn submit(
    request: HttpRequest,
    order: Order,
    device: ClientDevice,
    services: web::Data<Services>,
    deps: web::Data<Deps>,
    policy: web::Data<AccountPolicy>,
) -> Result<HttpResponse, Rejection> {
    let page = &order.desk.page;
    match prove(&request, &order, device.0, &services, &policy).await? {
        Proof::Fresh => {}
        Proof::Given => return Ok(page.lead_to_told("/data", Done::Proved)),
        Proof::Missing(fault) => {
            let page = page.titled(page.words.data).within("/data");
            let again = DataPage { page, done: None, needs_password: true, fault: Some(fault) };
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &again));
        }
    }
    let actor = order.desk.actor();
    let owner = OwnerOrAdministrator::of(actor, actor.uuid)?;
    let archive = services.archive_account.execute(owner, actor.account).await?;
    match Box::pin(written(&services, archive, &deps)).await {
        Ok((length, file)) => Ok(HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/zip"))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"account.zip\""))
            .body(SizedStream::new(length, parts(file)))),
        Err(error) => {
            services.archive_account.give_back(owner).await;
            let error: &dyn std::error::Error = &*error;
            tracing::error!(error, "an archive could not be written");
            Err(FrameworkProblem::Panicked.into())
        }
    }
}

/// The file, which has no name and goes with the answer, and its length.
async fn written(services: &Services, archive: AccountArchive, deps: &Deps) -> anyhow::Result<(u64, File)> {
    let file = spawn_blocking(tempfile::tempfile).await??;
    let mut zip = ZipFile::over(file, deps.clock.now());
    write_archive(services, archive, &mut zip).await?;
    let mut file = zip.finish().await?;
    let ready = spawn_blocking(move || -> io::Result<_> {
        file.rewind()?;
        Ok((file.metadata()?.len(), file))
    });
    Ok(ready.await??)
}

/// The bytes of a file, a part at a time.
fn parts(file: File) -> impl Stream<Item = io::Result<Bytes>> {
    try_unfold(file, |mut file| async move {
        let next = move || -> io::Result<Option<(Bytes, File)>> {
            let mut part = vec![0; PART];
            let length = file.read(&mut part)?;
            part.truncate(length);
            Ok((length > 0).then(|| (Bytes::from(part), file)))
        };
        spawn_blocking(next).await.map_err(io::Error::other)?
    })
}
