//! The languages that a client asks for.

use std::cmp::Reverse;
use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{AcceptLanguage, Header as _, Preference, Quality};
use actix_web::{FromRequest, HttpRequest};
use vestibule_domain::messages::Language;

/// How many items are heard. Browsers send about ten, and the rest of a long header would cost more than an answer.
const MOST: usize = 32;

/// What the header `Accept-Language` asks for (RFC 9110 §12.5.4). A header that cannot be read asks for nothing.
pub struct RequestLanguage(Vec<Wish>);

/// One item of the header.
struct Wish {
    range: Range,
    quality: Quality,
}

/// The languages that an item names.
#[derive(PartialEq, Eq)]
enum Range {
    /// `*`
    Any,
    /// A language as a whole: `en`
    Whole(Language),
    /// A language in one region: `en-GB`
    Regional(Language),
    /// A language that is not served.
    Other,
}

impl Range {
    fn language(&self) -> Option<Language> {
        match self {
            Self::Whole(language) | Self::Regional(language) => Some(*language),
            Self::Any | Self::Other => None,
        }
    }
}

impl RequestLanguage {
    /// The served language with the highest quality. A header that names no served language, or only `*`, gets the
    /// default. A header that refuses the default (`q=0`) gets another language.
    pub fn or(&self, default: Language) -> Language {
        let is_refused = |language: Language| {
            self.0.iter().any(|wish| wish.quality == Quality::ZERO && wish.range == Range::Whole(language))
        };
        let is_named = |language: Language| self.0.iter().any(|wish| wish.range.language() == Some(language));
        let ours = || [default].into_iter().chain(Language::ALL).filter(|language| !is_refused(*language));
        // `*` stands for what no other item names (RFC 4647 §2.3).
        let unnamed = ours().find(|language| !is_named(*language));
        let mut wishes: Vec<_> = self.0.iter().filter(|wish| wish.quality > Quality::ZERO).collect();
        wishes.sort_by_key(|wish| Reverse(wish.quality));
        let granted = |wish: &&Wish| match wish.range {
            Range::Any => unnamed,
            _ => wish.range.language().filter(|language| !is_refused(*language)),
        };
        wishes.iter().find_map(granted).or_else(|| ours().next()).unwrap_or(default)
    }
}

impl FromRequest for RequestLanguage {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl RequestLanguage {
    /// Reads the header of a request.
    pub fn of(request: &HttpRequest) -> Self {
        let header = AcceptLanguage::parse(request).map(|header| header.0).unwrap_or_default();
        let wishes = header.into_iter().take(MOST).map(|item| {
            let range = match item.item {
                Preference::Any => Range::Any,
                Preference::Specific(tag) => match Language::from_tag(tag.primary_language()) {
                    Some(language) if tag.as_str() == tag.primary_language() => Range::Whole(language),
                    Some(language) => Range::Regional(language),
                    None => Range::Other,
                },
            };
            Wish { range, quality: item.quality }
        });
        Self(wishes.collect())
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::ACCEPT_LANGUAGE;
    use actix_web::test::TestRequest;

    use super::*;

    fn heard(headers: &[&str], default: Language) -> Language {
        let request = TestRequest::default();
        let request =
            headers.iter().fold(request, |request, header| request.append_header((ACCEPT_LANGUAGE, *header)));
        RequestLanguage::of(&request.to_http_request()).or(default)
    }

    #[test]
    fn the_language_liked_best_wins() {
        let cases = [
            ("fr", Language::Fr),
            ("FR-ca", Language::Fr),
            ("en-GB,en;q=0.9", Language::En),
            ("de, fr;q=0.5, en;q=0.7", Language::En),
            ("de, en;q=0.5, fr; Q=0.7", Language::Fr),
            ("en;q=0, fr;q=0.1", Language::Fr),
            ("en, fr", Language::En),
            ("fr, en", Language::Fr),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Language::Fr),
            ("en;q=0.001, fr;q=0.002", Language::Fr),
        ];
        for (header, expected) in cases {
            for default in Language::ALL {
                assert_eq!(heard(&[header], default), expected, "{header}");
            }
        }
    }

    #[test]
    fn who_asks_for_nothing_that_is_served_hears_the_default() {
        for header in ["", "de", "*", "de, *;q=0.5", "french", "fr;q=2, de", "fr_CH", "\u{e9}", ";q=1"] {
            for default in [Language::Fr, Language::En] {
                assert_eq!(heard(&[header], default), default, "{header}");
            }
        }
        assert_eq!(heard(&[], Language::Fr), Language::Fr);
    }

    #[test]
    fn of_a_long_header_the_beginning_is_heard() {
        let others = |count| ["de"].repeat(count).join(",");
        assert_eq!(heard(&[&format!("{},fr", others(MOST - 1))], Language::En), Language::Fr);
        assert_eq!(heard(&[&format!("{},fr", others(MOST))], Language::En), Language::En);
    }

    #[test]
    fn a_star_stands_for_what_is_not_named() {
        let cases = [("fr;q=0.3, *", Language::En), ("en;q=0, *", Language::Fr), ("en;q=0", Language::Fr)];
        for (header, expected) in cases {
            assert_eq!(heard(&[header], Language::En), expected, "{header}");
        }
    }

    #[test]
    fn several_headers_are_one_list() {
        assert_eq!(heard(&["en;q=0.4", "fr;q=0.5"], Language::En), Language::Fr);
    }
}
