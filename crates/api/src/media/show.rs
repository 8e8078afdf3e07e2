use actix_web::body::SizedStream;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ContentRangeSpec, ETag, EntityTag,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use vestibule_application::Services;
use vestibule_domain::media::ObjectKey;

use super::conditions;
use crate::http::{FrameworkProblem, Plain, Rejection};

/// What is under an address never changes, and the address tells nobody's secret but its own.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A picture, or the part of it that is wanted.
pub(super) async fn show(
    request: HttpRequest,
    services: web::Data<Services>,
) -> Result<HttpResponse, Rejection<Plain>> {
    let key = request.match_info().get("key").map(ObjectKey::parse).and_then(Result::ok);
    let key = key.ok_or(FrameworkProblem::RouteNotFound)?;
    let pictures = &services.show_picture;
    let tag = EntityTag::new_strong(key.name().simple().to_string());
    if conditions::has_it(&request, &tag) {
        pictures.length(key).await?;
        return Ok(cached(&mut HttpResponse::NotModified(), tag).finish());
    }
    if request.method() == Method::HEAD {
        let length = pictures.length(key).await?;
        let body = SizedStream::new(length, futures::stream::empty::<Result<_, std::io::Error>>());
        return Ok(picture(&mut HttpResponse::Ok(), key, tag).body(body));
    }
    let Some(part) = conditions::wanted_part(&request, &tag) else {
        let bytes = pictures.bytes(key, None).await?;
        return Ok(picture(&mut HttpResponse::Ok(), key, tag).body(bytes));
    };
    let length = pictures.length(key).await?;
    let range = part.to_satisfiable_range(length);
    let told = ContentRangeSpec::Bytes { range, instance_length: Some(length) };
    let Some((first, last)) = range else {
        return Ok(HttpResponse::RangeNotSatisfiable().insert_header((CONTENT_RANGE, told)).finish());
    };
    let bytes = pictures.bytes(key, Some(first..last + 1)).await?;
    let mut answer = HttpResponse::PartialContent();
    Ok(picture(answer.insert_header((CONTENT_RANGE, told)), key, tag).body(bytes))
}

/// The headers of a picture. Its type is the one that it was encoded in, whatever was uploaded; a browser
/// that opens it by itself runs nothing in it; pages of every site may show it.
fn picture(answer: &mut HttpResponseBuilder, key: ObjectKey, tag: EntityTag) -> &mut HttpResponseBuilder {
    cached(answer, tag)
        .insert_header((CONTENT_TYPE, key.format().content_type()))
        .insert_header((CONTENT_DISPOSITION, "inline"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .insert_header((ACCEPT_RANGES, "bytes"))
}

fn cached(answer: &mut HttpResponseBuilder, tag: EntityTag) -> &mut HttpResponseBuilder {
    answer.insert_header(ETag(tag)).insert_header((CACHE_CONTROL, FOR_EVER))
}
