//! All pages, in one place.

use crate::browser::Browser;
use crate::furnished::Furnished;
use crate::people::PASSWORD;

/// A page of a [`Furnished`] server.
pub(crate) struct Page {
    /// The name of its pictures.
    pub(crate) name: &'static str,
    /// Where it is; `{…}` stands for what [`Furnished::path`] knows.
    pub(crate) path: &'static str,
    visitor: Visitor,
    /// What is clicked on to come to it from there.
    click: Option<&'static str>,
    /// An element that this page has, and a page of an error or the sign-in in its place has not.
    has: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visitor {
    Anybody,
    /// Who has deleted the own account, and signs in at the account pages.
    Returner,
    Administrator,
    /// Who has signed in at the account pages.
    Owner,
}

const fn public(name: &'static str, path: &'static str, has: &'static str) -> Page {
    Page { name, path, visitor: Visitor::Anybody, click: None, has }
}

const fn console(name: &'static str, path: &'static str, has: &'static str) -> Page {
    Page { name, path, visitor: Visitor::Administrator, click: None, has }
}

const fn own(name: &'static str, path: &'static str, has: &'static str) -> Page {
    Page { name, path, visitor: Visitor::Owner, click: None, has }
}

impl Page {
    const fn after_click(self, css: &'static str) -> Self {
        Self { click: Some(css), ..self }
    }
}

/// Those of anybody come first, since a browser that has signed in is led on by the sign-in.
static PAGES: [Page; 30] = [
    public("sign-in", "/console/login", "#identifier"),
    public("own-sign-in", "/account/login", "#identifier"),
    public("own-forgot-password", "/account/forgot-password", "#email"),
    Page {
        name: "own-come-back",
        path: "/account/login",
        visitor: Visitor::Returner,
        click: None,
        has: "form[action$='/come-back'] button",
    },
    public("activate", "{activation}", "form[action$='/account/activate'] button"),
    public("reset-password", "{reset}", "input[name='repeated']"),
    public("link-not-whole", "/account/reset-password", "[role='status']"),
    public("link-not-good", "/account/activate?email=ada@example.com&token=x", "[role='status']")
        .after_click("main button"),
    console("overview", "/console", ".numbers"),
    console("users", "/console/users", "#q"),
    console("search", "/console/users?q=a", "#names"),
    console("account", "{ada}", "#change-role"),
    console("account-confirm", "{ada}", "dialog").after_click("form[action$='/trash'] button"),
    console("account-in-trash", "{barbara}", "#purge"),
    console("trash", "/console/trash", "tbody a"),
    console("messages", "/console/messages", "form[action$='/retry']"),
    console("messages-waiting", "/console/messages?queue=waiting", "tbody th"),
    console("messages-sent", "/console/messages?queue=sent", "tbody th"),
    console("message-preview", "/console/messages/preview", "#kind"),
    console("catalogue", "/console/catalogue", "main a[href$='/catalogue/upload']"),
    console("catalogue-upload", "/console/catalogue/upload", "input[type='file']"),
    console("audit", "/console/audit", "#since"),
    console("audit-fault", "/console/audit?account=nobody&since=never", "#since-fault"),
    console("system", "/console/system", "#parts"),
    console("no-such-account", "/console/users/none", "main p a"),
    own("own-sessions", "/account", "#sessions"),
    own("own-password", "/account/password", "#repeated"),
    own("own-data", "/account/data", "form[action$='/data'] button"),
    own("own-deletion", "/account/delete", "form[action$='/delete'] button"),
    // It sends what waits.
    public("mailbox", "/dev/mailbox", "iframe"),
];

/// Opens one page after the other, and does this on each.
pub(crate) async fn on_each_page(
    browser: &Browser,
    furnished: &Furnished,
    mut act: impl AsyncFnMut(&'static Page),
) {
    let (mut administers, mut owns) = (false, false);
    for page in &PAGES {
        match page.visitor {
            Visitor::Administrator if !administers => {
                browser.sign_in("root").await;
                administers = true;
            }
            Visitor::Owner if !owns => {
                browser.enter("ada", PASSWORD).await;
                browser.find("header form[action$='/logout']").await;
                owns = true;
            }
            Visitor::Anybody | Visitor::Returner | Visitor::Administrator | Visitor::Owner => {}
        }
        browser.open(&furnished.path(page)).await;
        if page.visitor == Visitor::Returner {
            browser.enter("edith", PASSWORD).await;
        }
        if let Some(css) = page.click {
            browser.click(css).await;
        }
        browser.find(page.has).await;
        act(page).await;
    }
}
