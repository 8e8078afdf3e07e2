//! What the commands do, beside a running server.

mod audit_list;
mod create_admin;
mod database_servers;
mod full_device;
mod import_forms;
mod import_movies;
mod import_refused;
mod import_report;
mod mail_test;
mod migrate_on_start;
mod operator;
mod points;
mod private_files;
mod reindex_contacts;
mod sample_movies;
mod unreachable;
mod users_import;
mod users_import_cut_off;
mod users_listing;
mod users_sessions;
mod users_trash;
