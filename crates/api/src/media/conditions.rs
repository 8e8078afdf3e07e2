//! The conditions and ranges of a request for a picture (RFC 9110 §13, §14).

use actix_web::HttpRequest;
use actix_web::http::header::{ByteRangeSpec, EntityTag, Header as _, IfNoneMatch, IfRange, RANGE, Range};

/// Whether the client has the current picture already.
pub(super) fn has_it(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}

/// The one range of bytes that the request asks for; `None` means the whole picture. Ranges that are invalid, in
/// another unit or several at once are ignored (RFC 9110 §14.2).
pub(super) fn wanted_part(request: &HttpRequest, tag: &EntityTag) -> Option<ByteRangeSpec> {
    if !request.headers().contains_key(RANGE) || !is_still(request, tag) {
        return None;
    }
    match Range::parse(request) {
        Ok(Range::Bytes(parts)) => match parts.as_slice() {
            // A range whose end is before its beginning is invalid (§14.1.1).
            [ByteRangeSpec::FromTo(first, last)] if first > last => None,
            [part] => Some(part.clone()),
            _ => None,
        },
        Ok(Range::Unregistered(..)) | Err(_) => None,
    }
}

/// Whether the parts that the client has are of the current picture (`If-Range`).
fn is_still(request: &HttpRequest, tag: &EntityTag) -> bool {
    match request.headers().contains_key("if-range").then(|| IfRange::parse(request)) {
        None => true,
        Some(Ok(IfRange::EntityTag(one))) => one.strong_eq(tag),
        // Pictures are served without a date, so no date can match.
        Some(Ok(IfRange::Date(_)) | Err(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn tag() -> EntityTag {
        EntityTag::new_strong("a".to_owned())
    }

    fn part(headers: &[(&'static str, &str)]) -> Option<ByteRangeSpec> {
        let request =
            headers.iter().fold(TestRequest::get(), |request, header| request.insert_header(*header));
        wanted_part(&request.to_http_request(), &tag())
    }

    #[test]
    fn one_part_is_wanted() {
        assert_eq!(part(&[("range", "bytes=0-4")]), Some(ByteRangeSpec::FromTo(0, 4)));
        assert_eq!(part(&[("range", "bytes=5-")]), Some(ByteRangeSpec::From(5)));
        assert_eq!(part(&[("range", "bytes=-5")]), Some(ByteRangeSpec::Last(5)));
    }

    #[test]
    fn what_is_no_range_of_one_part_is_passed_over() {
        for range in
            ["", "bytes", "bytes=", "bytes=a-b", "bytes=5-4", "bytes=0-1,3-4", "pages=1-2", "bytes=--1"]
        {
            assert_eq!(part(&[("range", range)]), None, "{range}");
        }
        assert_eq!(part(&[]), None);
    }

    #[test]
    fn a_part_of_another_picture_is_not_continued() {
        assert!(part(&[("range", "bytes=0-4"), ("if-range", "\"a\"")]).is_some());
        for other in ["\"b\"", "W/\"a\"", "Thu, 26 Nov 2026 03:04:05 GMT", "nonsense"] {
            assert_eq!(part(&[("range", "bytes=0-4"), ("if-range", other)]), None, "{other}");
        }
    }

    #[test]
    fn a_client_has_what_it_names() {
        let has = |tags: &str| {
            let request = TestRequest::get().insert_header(("if-none-match", tags));
            has_it(&request.to_http_request(), &tag())
        };
        assert!(has("\"a\"") && has("W/\"a\"") && has("\"b\", \"a\"") && has("*"));
        assert!(!has("\"b\"") && !has("nonsense") && !has(""));
    }
}
