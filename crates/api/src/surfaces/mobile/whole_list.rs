//! The list of all users, part by part: however many there are, few are in memory.

use actix_web::http::Method;
use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use bytes::Bytes;
use futures::Stream;
use futures::stream::try_unfold;
use vestibule_application::Services;
use vestibule_application::accounts::{DirectoryReader, ListAccountsError};
use vestibule_domain::accounts::{AccountId, ListedAccount};

use super::answers::User;
use super::json::write;

const BEGIN: &[u8] = br#"{"data":["#;
const END: &[u8] = br#"],"message":"Success!","status":200}"#;

/// The answer. Its first part is read before the answer begins, so that an outage of the database is answered as such.
pub(super) async fn whole_list(
    method: &Method,
    services: web::Data<Services>,
    reader: DirectoryReader,
) -> Result<HttpResponse, ListAccountsError> {
    let mut answer = HttpResponse::Ok();
    answer.content_type(ContentType::json());
    if *method == Method::HEAD {
        return Ok(answer.streaming(futures::stream::empty::<Result<Bytes, ListAccountsError>>()));
    }
    let first = services.list_accounts.part(reader, None).await?;
    Ok(answer.streaming(parts(services, reader, first)))
}

/// The next part of the answer.
enum Next {
    First(Vec<ListedAccount>),
    After(AccountId),
    Nothing,
}

fn parts(
    services: web::Data<Services>,
    reader: DirectoryReader,
    first: Vec<ListedAccount>,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    try_unfold((Next::First(first), services), move |(next, services)| async move {
        let (before, part) = match next {
            Next::Nothing => return Ok(None),
            Next::First(part) => (BEGIN, part),
            Next::After(last) => {
                (&b","[..], services.list_accounts.part(reader, Some(last)).await.map_err(broken_off)?)
            }
        };
        let is_first = before == BEGIN;
        let Some(last) = part.last().map(|account| account.id) else {
            let end = if is_first { [BEGIN, END, b"\n"].concat() } else { [END, b"\n"].concat() };
            return Ok(Some((Bytes::from(end), (Next::Nothing, services))));
        };
        let mut body = before.to_vec();
        for (number, account) in part.into_iter().enumerate() {
            if number > 0 {
                body.push(b',');
            }
            write(&mut body, &User::from(account)).map_err(broken_off)?;
        }
        Ok(Some((Bytes::from(body), (Next::After(last), services))))
    })
}

/// The error that ends the connection, so that no client takes a part of the list for the whole.
fn broken_off(error: impl std::error::Error + Send + Sync + 'static) -> std::io::Error {
    tracing::error!(error = &error as &dyn std::error::Error, "a list of users broke off");
    std::io::Error::other(error)
}
