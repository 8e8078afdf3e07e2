use thiserror::Error;

/// Why a text could not be read as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JsonError {
    /// It breaks the grammar of JSON.
    #[error(transparent)]
    Syntax(#[from] JsonSyntaxError),
    /// No text in UTF-8, or nested too deeply.
    #[error("the body is no readable JSON text")]
    Unreadable,
}

/// A place where the grammar of JSON is broken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}: char {offset}")]
pub struct JsonSyntaxError {
    /// The parser's words, such as `Expecting value`.
    pub message: &'static str,
    /// Where, in characters (not bytes) from the start.
    pub offset: usize,
}
