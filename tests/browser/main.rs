//! The pages in a real browser: Chromium, driven by its `ChromeDriver`, on a server that listens. What a page says and
//! refuses is told by `surfaces`; here is what only a browser shows. Ignored where there is no browser.
//!
//! A new page is one line in `pages.rs`: so it is looked at by axe-core, in both themes, on a narrow screen, and has its
//! pictures.

mod accounts;
mod axe;
mod browser;
mod complaints;
mod furnished;
mod keyboard;
mod messages;
mod narrow;
mod own_account;
mod pages;
mod people;
mod pictures;
mod sessions;
mod sign_in;
mod upload;
mod without_script;
