//! `/console/catalogue/upload`: the upload of a file of movies, and how far its import is.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use vestibule_application::{Code, CodedError, Services};

use super::progress::{UploadEnd, UploadProgress};
use super::received::{Part, ReceiveError, next_part};
use super::uploads::{MovieUploads, Received, Stage};
use crate::browser::form_mark::{self, StaleForm};
use crate::commands::movies::{DateOrder, NamedEncoding, Told};
use crate::console::Rejection;
use crate::console::codes;
use crate::console::desk::{Desk, still_administrator};
use crate::console::page::{Page, answer};
use crate::console::values::Values;
use crate::http::FrameworkProblem;

/// Has the browser ask for the page once more after so many seconds, as it does without script. A `meta` of the page
/// itself could not be left out of the page that somebody has stopped.
const REFRESH: HeaderName = HeaderName::from_static("refresh");
const SECONDS: HeaderValue = HeaderValue::from_static("3");

#[derive(Template)]
#[template(path = "console/upload.html")]
struct UploadPage {
    page: Page,
    /// Whether a file is received or imported.
    is_taken: bool,
    /// Whether the page asks for itself again.
    refreshes: bool,
    progress: Option<UploadProgress>,
    /// Lines of bad rows, and what is wrong with each.
    bad_rows: Vec<(u64, String)>,
    /// What the import does.
    step: &'static str,
    /// How the import ended: whether all went well, in words, and what there is to be said besides.
    end: Option<(bool, &'static str, Option<String>)>,
    /// The largest file, in KiB.
    largest: u64,
    faults: UploadFaults,
}

/// What is wrong with the form.
#[derive(Default, Clone, Copy)]
struct UploadFaults {
    file: Option<&'static str>,
    encoding: Option<&'static str>,
}

/// Another file is received or imported.
#[derive(Debug, thiserror::Error)]
#[error("another file is received or imported")]
struct UploadUnderWay;

impl CodedError for UploadUnderWay {
    fn code(&self) -> Code {
        codes::UPLOAD_UNDER_WAY
    }
}

/// The file is over `console.max_upload`.
#[derive(Debug, thiserror::Error)]
#[error("the file is too large")]
struct UploadTooLarge;

impl CodedError for UploadTooLarge {
    fn code(&self) -> Code {
        codes::UPLOAD_TOO_LARGE
    }
}

pub(in crate::console) async fn show(
    desk: Desk,
    values: Values,
    uploads: web::Data<MovieUploads>,
) -> Result<HttpResponse, Rejection> {
    desk.administrator()?;
    let refreshes = values.as_typed("refresh") != "off";
    Ok(render(&desk, &uploads, refreshes, UploadFaults::default()))
}

/// The form is in parts, of which the mark comes first: nothing of a file is read before it is known to come from a page
/// of the session.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    desk: Desk,
    body: web::Payload,
    services: web::Data<Services>,
    uploads: web::Data<MovieUploads>,
) -> Result<HttpResponse, Rejection> {
    desk.administrator()?;
    let mut parts = Multipart::new(request.headers(), body);
    let mark = match next_part(&mut parts).await? {
        Some(Part::Text(name, mark)) if name == "form" => mark,
        _ => return Err(StaleForm.into()),
    };
    form_mark::check::<Rejection>(&services, &desk.session, &mark)?;
    let (mut told, mut skip_bad, mut faults) = (Told::default(), false, UploadFaults::default());
    let words = &desk.page.words.catalogue;
    let file = loop {
        match next_part(&mut parts).await? {
            Some(Part::File(file)) => break Some(file).filter(|file| !file.name.is_empty()),
            Some(Part::Text(name, value)) => match (name.as_str(), value.trim()) {
                ("dates", "dmy") => told.dates = Some(DateOrder::Dmy),
                ("dates", "mdy") => told.dates = Some(DateOrder::Mdy),
                ("skip_bad", "yes") => skip_bad = true,
                ("encoding", "") => {}
                ("encoding", encoding) => match encoding.parse::<NamedEncoding>() {
                    Ok(encoding) => told.encoding = Some(encoding),
                    Err(_unknown) => faults.encoding = Some(words.bad_encoding),
                },
                _ => {}
            },
            None => break None,
        }
    };
    let file = match file {
        Some(file) if faults.encoding.is_none() => file,
        Some(_) => return Ok(render(&desk, &uploads, true, faults)),
        None => {
            faults.file = Some(words.choose_file);
            return Ok(render(&desk, &uploads, true, faults));
        }
    };
    let place = uploads.take().ok_or(UploadUnderWay)?;
    let (by, name) = (desk.session.actor.uuid, file.name.clone());
    let (file, size) = match file.receive(uploads.largest()).await {
        Ok(received) => received,
        Err(ReceiveError::Unreadable) => return Err(FrameworkProblem::BodyUnreadable.into()),
        Err(ReceiveError::TooLarge) => return Err(UploadTooLarge.into()),
        Err(error @ ReceiveError::Disk(_)) => {
            tracing::error!(error = &error as &dyn std::error::Error, "an upload was not kept");
            return Err(FrameworkProblem::Panicked.into());
        }
    };
    // A file of that size may take minutes to come.
    still_administrator(&desk.session, &services).await?;
    tracing::info!(account = %by.0, bytes = size, "a file of movies was uploaded");
    uploads.begin(place, Received { file, told, skip_bad }, UploadProgress::of(by, name, size));
    Ok(desk.page.lead_to("/catalogue/upload"))
}

fn render(desk: &Desk, uploads: &MovieUploads, refreshes: bool, faults: UploadFaults) -> HttpResponse {
    let words = &desk.page.words.catalogue;
    let (stage, progress) = uploads.progress();
    let is_taken = stage != Stage::Free;
    let end = progress.as_ref().and_then(|progress| progress.end.as_ref());
    let end = end.map(|end| (*end == UploadEnd::Done, (words.upload_end)(end), end.detail(words)));
    let named = progress.iter().flat_map(|progress| &progress.named);
    let bad_rows = named.map(|row| (row.line, (words.row_fault)(&row.fault))).collect();
    let step = progress.as_ref().and_then(|progress| progress.step).map_or(words.waiting, words.step);
    let is_faulty = faults.file.is_some() || faults.encoding.is_some();
    let refreshes = refreshes && is_taken && !is_faulty;
    let shown = UploadPage {
        page: desk.page.titled(words.upload_title).within("/catalogue"),
        is_taken,
        refreshes,
        end,
        progress,
        bad_rows,
        step,
        largest: uploads.largest() >> 10,
        faults,
    };
    let status = if is_faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut answer = answer(status, &shown);
    if refreshes {
        answer.headers_mut().insert(REFRESH, SECONDS);
    }
    answer
}
