//! The requests.

use serde_json::{Value, json};
use vestibule_domain::accounts::Account;
use vestibule_tests::{Answer, PICTURE};

use super::cast::{House, PASSWORD, Tokens};
use super::row::{Credential, Row};
use crate::contacts::person as contacts;
use crate::points::person::urlencoded;

/// A body.
pub(super) enum Body {
    Empty,
    Json(Value),
    Form(Vec<(&'static str, String)>),
    /// A picture in this field.
    Picture(&'static str),
}

/// What a request is about.
pub(super) struct Scene {
    /// The account to which everything belongs.
    pub(super) owner: Account,
    /// A contact of the owner, if the surface has contacts.
    pub(super) contact: i64,
    /// Its name, which nobody else may see.
    pub(super) contact_name: String,
    /// A movie, if the surface has movies.
    pub(super) movie: i64,
    /// The number of an account that waits for its activation.
    pub(super) waiting: String,
    /// A word that was not used before.
    pub(super) fresh: String,
    /// Who asks, by address and by name.
    pub(super) caller: [String; 2],
    /// The refresh token to be shown.
    pub(super) refresh: String,
}

/// What is in the place of a token that somebody without one shows.
pub(super) const NONE: &str = "none";

impl Scene {
    pub(super) async fn new(house: &House, surface: &str, owner: Account) -> Self {
        let fresh = format!("fresh{}", house.number());
        let contact_name = format!("Confidant of {fresh}");
        let (mut contact, mut movie) = (0, 0);
        if surface == "contacts" {
            let token = house.sign_in("contacts", &owner).await.access;
            contact = contacts::add(&house.app, &token, &contacts::contact(&contact_name)).await;
        }
        if surface == "theater" {
            let request = house.app.request("POST", "/api/v1/theater/movies/");
            let request = request.bearer_auth(&house.root_token).header("content-type", "application/json");
            let answer = house.app.send(request.body(film(&fresh).to_string())).await;
            movie = answer.json()["id"].as_i64().unwrap_or_else(|| panic!("{answer:?}"));
        }
        let nobody = format!("nobody{}", house.number());
        Self {
            owner,
            contact,
            contact_name,
            movie,
            waiting: String::new(),
            fresh,
            caller: [format!("{nobody}@example.com"), nobody],
            refresh: NONE.to_owned(),
        }
    }

    pub(super) fn owner_email(&self) -> String {
        self.owner.details.email.as_ref().unwrap().to_string()
    }

    pub(super) fn owner_id(&self) -> String {
        self.owner.details.uuid.0.to_string()
    }

    /// An address that nobody has.
    pub(super) fn fresh_email(&self) -> String {
        format!("{}@example.com", self.fresh)
    }

    fn path(&self, row: &Row) -> String {
        let path = row
            .path
            .replace("{user_id}", &self.owner_id())
            .replace("{uuid}", &self.owner_id())
            .replace("{movie_id}", &self.movie.to_string())
            .replace("{contact_id}", &self.contact.to_string())
            .replace("{query}", &self.contact_name.replace(' ', "%20"))
            .replace("{email_token}", NONE);
        format!("{path}{}", row.query)
    }
}

/// Sends the request of a row. At points its own tokens travel in the form, as published, and others in the header.
pub(super) async fn send(
    house: &House,
    row: &Row,
    scene: &Scene,
    tokens: Option<&Tokens>,
    in_form: bool,
) -> Answer {
    let mut request = house.app.request(row.method, &scene.path(row));
    let token = tokens.and_then(|tokens| match row.credential {
        Credential::Nothing | Credential::Access => Some(&tokens.access),
        Credential::RefreshInHeader => Some(&tokens.refresh),
        Credential::RefreshInBody | Credential::Password => None,
    });
    let mut body = (row.body)(scene);
    match (token, &mut body) {
        (Some(token), Body::Form(fields)) if in_form => fields.push(("access_token", token.clone())),
        (Some(token), _) => request = request.header("authorization", format!("Bearer {token}")),
        (None, _) => {}
    }
    let request = match body {
        Body::Empty => request,
        Body::Json(body) => request.header("content-type", "application/json").body(body.to_string()),
        Body::Form(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            request.header("content-type", "application/x-www-form-urlencoded").body(urlencoded(&fields))
        }
        Body::Picture(field) => {
            let head = format!(
                "--xyz\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"me.png\"\r\n\
                 Content-Type: image/png\r\n\r\n"
            );
            let body = [head.as_bytes(), PICTURE, b"\r\n--xyz--\r\n"].concat();
            request.header("content-type", "multipart/form-data; boundary=xyz").body(body)
        }
    };
    house.app.send(request).await
}

/// A movie.
pub(super) fn film(name: &str) -> Value {
    json!({
        "name": name, "date": "1927-01-10", "score": 89, "overview": "A city of towers.", "status": "Released",
        "budget": 1, "revenue": 2, "country": "DE", "genres": ["Drama"], "actors": ["Brigitte Helm"],
        "languages": ["German"],
    })
}

/// Address and password of the caller.
pub(super) fn credentials(scene: &Scene) -> Body {
    Body::Json(json!({"email": scene.caller[0], "password": PASSWORD}))
}
