//! `POST /console/users/{id}/purge`.

use actix_web::{HttpRequest, HttpResponse, web};
use vestibule_application::Services;
use vestibule_application::trash::RemoveAccountInput;

use super::account::{Faults, Parts, confirmed_by, render};
use super::proof::prove;
use super::target::find;
use crate::console::Rejection;
use crate::console::desk::Order;
use crate::console::done::Done;
use crate::console::policy::ConsolePolicy;
use crate::console::texts::seen;
use crate::http::extract::ClientDevice;

pub(in crate::console) async fn submit(
    request: HttpRequest,
    order: Order,
    id: web::Path<String>,
    device: ClientDevice,
    services: web::Data<Services>,
    policy: web::Data<ConsolePolicy>,
) -> Result<HttpResponse, Rejection> {
    let administrator = order.desk.administrator()?;
    let account = find(&services, administrator, &id).await?;
    let mut faults = Faults::default();
    if typed_form(&order.values.text("name")) == typed_form(&confirmed_by(&account.account)) {
        faults.password = prove(&request, &order, device.0, &services, &policy).await?;
    } else {
        faults.name = Some(order.desk.page.words.name_differs);
    }
    if faults.is_any() {
        return render(&order.desk, &account, faults, None, Parts::FIRST, &services, &policy).await;
    }
    let input = RemoveAccountInput { administrator, account: account.account.uuid };
    services.remove_account.execute(input).await?;
    Ok(order.desk.page.lead_to(&format!("/trash?done={}", Done::Purged.word())))
}

/// A name as it can be typed from the page: the browser shows a run of blanks as one, and a field takes no characters that
/// nobody sees.
fn typed_form(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(seen).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_type_does_not_tell_names_apart() {
        for name in [" Ada  Lovelace ", "Ada\u{a0}\u{7}Lovelace", "\u{202e}Ada\u{200b} \u{ad} Lovelace\n"] {
            assert_eq!(typed_form(name), "Ada Lovelace", "{name:?}");
        }
        assert_ne!(typed_form("ada"), typed_form("Ada"));
    }
}
