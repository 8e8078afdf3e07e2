//! What the commands do, beside a running server.

mod audit_list;
mod backup;
mod backup_script;
mod contacts_import;
mod copy;
mod copy_pictures;
mod create_admin;
mod database_servers;
mod documented;
mod documented_imports;
mod export_movies;
mod full_device;
mod house;
mod import_forms;
mod import_movies;
mod import_refused;
mod import_report;
mod mail_preview;
mod mail_test;
mod metrics;
mod migrate_on_start;
mod operator;
mod originals;
#[cfg(unix)]
mod pages;
mod points;
mod private_files;
mod refused_arguments;
mod reindex_contacts;
mod sample_movies;
mod serve;
#[cfg(unix)]
mod served;
mod traces;
mod unreachable;
mod users_archive;
mod users_erase;
mod users_import;
mod users_import_cut_off;
mod users_listing;
mod users_sessions;
mod users_trash;
mod whereabouts;
