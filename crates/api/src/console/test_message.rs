//! `POST /console/messages/test`.

use actix_web::{HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::messages::SendTestMessageInput;
use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::messages::Language;

use super::Rejection;
use super::desk::Order;
use super::done::Done;
use super::messages::{TestForm, render};
use crate::http::FrameworkProblem;

pub(super) async fn submit(order: Order, services: web::Data<Services>) -> Result<HttpResponse, Rejection> {
    let administrator = order.desk.administrator()?;
    let typed = order.values.text("to");
    // The page offers those that there are.
    let language = Language::ALL.into_iter().find(|each| each.tag() == order.values.as_typed("language"));
    let language = language.ok_or(FrameworkProblem::BodyUnreadable)?;
    let Ok(to) = EmailAddress::parse(&typed) else {
        let fault = Some(order.desk.page.words.previews.bad_address);
        return render(order.desk, &order.values, TestForm { to: typed, fault }, &services).await;
    };
    services.send_test_message.execute(SendTestMessageInput { administrator, to, language }).await?;
    let done = Done::TestSent.word();
    Ok(order.desk.page.lead_to(&format!("/messages?queue=waiting&done={done}")))
}
