//! The device of the client.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpRequest};
use vestibule_application::sessions::Device;

use super::client_address;

/// The greatest length of a kept user agent, in characters.
const USER_AGENT_CHARS: usize = 255;

/// The device that a session is opened on.
pub struct ClientDevice(pub Device);

impl FromRequest for ClientDevice {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let user_agent = request
            .headers()
            .get(USER_AGENT)
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .map(|text| text.chars().filter(|c| !c.is_control()).take(USER_AGENT_CHARS).collect());
        ready(Ok(Self(Device { user_agent, client_address: client_address(request) })))
    }
}
