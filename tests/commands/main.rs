//! What the commands do, beside a running server.

mod import_movies;
mod import_refused;
mod import_report;
mod mail_test;
mod sample_movies;
