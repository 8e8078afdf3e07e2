//! What is told of a call to a service over HTTP that failed.

use std::error::Error;

use reqwest::StatusCode;

/// Why a call to `service`, as `the SMS gateway`, was not answered: the error and its causes, in one line and without the
/// address, which may hold a secret.
pub(crate) fn unanswered(service: &str, error: &reqwest::Error) -> String {
    let what = if error.is_timeout() { "did not answer in time" } else { "could not be called" };
    let mut text = format!("{service} {what}");
    // The error's own text is little more than the address; its causes say why.
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text.replace(char::is_control, " ")
}

/// That `service` answered with a status that says no. The answer's body is not told, because it may repeat what was
/// sent.
pub(crate) fn answered(service: &str, status: StatusCode) -> String {
    format!("{service} answered {}", status.as_u16())
}
