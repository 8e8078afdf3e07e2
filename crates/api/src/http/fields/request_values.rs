use bytes::Bytes;
use serde_json::{Map, Value};

use super::JsonError;
use super::urlencoded::parse_urlencoded;

/// The values of a request, before any rule is applied.
#[derive(Debug, Default)]
pub struct RequestValues {
    /// The parameters of the path, decoded.
    pub path: Vec<(&'static str, String)>,
    /// The pairs of the query, decoded, in order.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

impl RequestValues {
    /// Puts the parts together; `query` is the part of the address after the `?`, as sent.
    pub fn new(path: Vec<(&'static str, String)>, query: &str, body: Body) -> Self {
        Self { path, query: parse_urlencoded(query.as_bytes()), body }
    }

    /// A JSON body alone.
    pub fn of_json(body: Value) -> Self {
        Self { body: Body::Json(body), ..Self::default() }
    }

    /// A form alone.
    pub fn of_form(pairs: &[(&str, &str)]) -> Self {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self { body: Body::Form(pairs.collect()), ..Self::default() }
    }

    /// A query alone.
    pub fn of_query(query: &str) -> Self {
        Self::new(Vec::new(), query, Body::Absent)
    }
}

/// A file of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// The name that the client gave it, which may be empty.
    pub name: String,
    /// The content of the file.
    pub bytes: Bytes,
}

/// The body of a request.
#[derive(Debug, Default)]
pub enum Body {
    /// No bytes at all.
    #[default]
    Absent,
    /// JSON, or a body without a content type.
    Json(Value),
    /// The text of another content type.
    Raw(String),
    /// The pairs of a form, in order. A form endpoint without any body has an empty one.
    Form(Vec<(String, String)>),
    /// The parts of an upload, in order.
    Upload {
        /// The parts that are texts.
        texts: Vec<(String, String)>,
        /// The parts that are files, with any content.
        files: Vec<(String, UploadedFile)>,
    },
    /// The fields of an endpoint that takes them in any encoding. All are treated as those of a form are, so `null`
    /// and empty text count as absent. A file is an empty object, which is no value of any kind.
    Fields(Map<String, Value>),
}

impl Body {
    /// Reads the body of an endpoint that takes JSON, as `FastAPI` does: no bytes are no body; without a
    /// content type it is JSON; `application/json` and `application/*+json` are JSON; all else is raw text.
    ///
    /// Errors: [`JsonError`] when JSON was promised and is broken or unreadable.
    pub fn of_json_endpoint(
        content_type: Option<&str>,
        bytes: &Bytes,
        parse: fn(&[u8]) -> Result<Value, JsonError>,
    ) -> Result<Self, JsonError> {
        if bytes.is_empty() {
            return Ok(Self::Absent);
        }
        if content_type.is_none_or(|text| text.is_empty() || Self::is_json(text)) {
            return parse(bytes).map(Self::Json);
        }
        Ok(Self::Raw(String::from_utf8_lossy(bytes).into_owned()))
    }

    /// The fields of a form, for an endpoint that takes them in any encoding. Of a repeated name the last one counts.
    /// Of files only the names of their fields are of interest.
    pub fn of_fields(texts: Vec<(String, String)>, files: impl IntoIterator<Item = String>) -> Self {
        let files = files.into_iter().map(|name| (name, Value::Object(Map::new())));
        let texts = texts.into_iter().map(|(name, text)| (name, Value::String(text)));
        Self::Fields(files.chain(texts).collect())
    }

    /// Whether such a content type says that the body is JSON: `application/json` and `application/*+json`.
    pub fn is_json(content_type: &str) -> bool {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence.strip_prefix("application/").is_some_and(|subtype| {
            !subtype.contains('/') && (subtype == "json" || subtype.ends_with("+json"))
        })
    }

    /// Reads an urlencoded body.
    pub fn of_urlencoded(bytes: &Bytes) -> Self {
        Self::Form(parse_urlencoded(bytes))
    }
}
