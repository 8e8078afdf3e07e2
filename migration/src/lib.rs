#![doc = include_str!("../README.md")]

mod applied;
pub mod connect;
mod exclusive;
mod m20261120_001_user_groups;
mod m20261120_002_users;
mod m20261120_003_user_profiles;
mod m20261120_004_activation_tokens;
mod m20261120_005_password_reset_tokens;
mod m20261120_006_sessions;
mod m20261120_007_refresh_tokens;
mod m20261120_008_verification_codes;
mod m20261120_009_trash;
mod m20261120_010_outbox_messages;
mod m20261120_011_countries;
mod m20261120_012_genres;
mod m20261120_013_actors;
mod m20261120_014_languages;
mod m20261120_015_movies;
mod m20261120_016_movies_genres;
mod m20261120_017_actors_movies;
mod m20261120_018_movies_languages;
mod m20261126_001_user_profiles_avatar;
mod m20261126_019_contacts;
mod m20261126_020_contact_trigrams;
mod m20261128_021_pending_registrations;
mod m20261128_022_password_reset_tokens_surface;
mod m20261128_023_sessions_open;
mod m20261128_024_installation;
mod m20261128_025_retention;
mod m20261128_026_contact_index_progress;
mod m20261128_027_outbox_leased_by;
mod m20261128_028_write_probes;
mod m20261128_029_users_directory;
mod m20261128_030_account_names;
mod m20261128_031_trash_removal;
mod m20261128_032_audit_events;
mod m20261128_033_points_entries;
mod m20261128_034_idempotency_keys;
mod m20261128_035_users_activated_at;
mod m20261128_036_normal_forms;
mod m20261128_037_chore_leases;
mod m20261128_038_trash_removal_failures;
mod m20261128_039_row_blocks;
mod m20261129_040_import_keys;
mod m20261129_041_oldest_release;
mod m20261129_042_block_deltas;
mod m20261129_043_movie_links;
mod m20261129_044_users_lists;
mod m20261129_045_daily_counts;
mod m20261129_046_sessions_last_seen;
mod m20261130_047_sent_messages;
mod m20261130_048_users_surface;
mod m20261130_049_sqlite_row_blocks;
mod m20261130_050_kept_plans;
mod m20261130_051_page_starts;
mod normal_forms;
mod pooler;
mod release;
mod run;
mod schema;
mod taken;
mod version;

pub use run::{Step, down_by, fresh, lacking, newer, pending, refresh, status, status_of_nothing, up, up_by};
pub use sea_orm_migration::MigratorTrait;
pub use sea_orm_migration::sea_orm::{DatabaseConnection, DbBackend, DbErr};

use sea_orm_migration::prelude::*;

/// The last change of the history.
pub fn newest() -> String {
    Migrator::migrations().last().map(|step| step.name().to_owned()).unwrap_or_default()
}

/// The schema history. Run it with [`up`] and the functions beside it, which add what each backend needs.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261120_001_user_groups::Migration),
            Box::new(m20261120_002_users::Migration),
            Box::new(m20261120_003_user_profiles::Migration),
            Box::new(m20261120_004_activation_tokens::Migration),
            Box::new(m20261120_005_password_reset_tokens::Migration),
            Box::new(m20261120_006_sessions::Migration),
            Box::new(m20261120_007_refresh_tokens::Migration),
            Box::new(m20261120_008_verification_codes::Migration),
            Box::new(m20261120_009_trash::Migration),
            Box::new(m20261120_010_outbox_messages::Migration),
            Box::new(m20261120_011_countries::Migration),
            Box::new(m20261120_012_genres::Migration),
            Box::new(m20261120_013_actors::Migration),
            Box::new(m20261120_014_languages::Migration),
            Box::new(m20261120_015_movies::Migration),
            Box::new(m20261120_016_movies_genres::Migration),
            Box::new(m20261120_017_actors_movies::Migration),
            Box::new(m20261120_018_movies_languages::Migration),
            Box::new(m20261126_001_user_profiles_avatar::Migration),
            Box::new(m20261126_019_contacts::Migration),
            Box::new(m20261126_020_contact_trigrams::Migration),
            Box::new(m20261128_021_pending_registrations::Migration),
            Box::new(m20261128_022_password_reset_tokens_surface::Migration),
            Box::new(m20261128_023_sessions_open::Migration),
            Box::new(m20261128_024_installation::Migration),
            Box::new(m20261128_025_retention::Migration),
            Box::new(m20261128_026_contact_index_progress::Migration),
            Box::new(m20261128_027_outbox_leased_by::Migration),
            Box::new(m20261128_028_write_probes::Migration),
            Box::new(m20261128_029_users_directory::Migration),
            Box::new(m20261128_030_account_names::Migration),
            Box::new(m20261128_031_trash_removal::Migration),
            Box::new(m20261128_032_audit_events::Migration),
            Box::new(m20261128_033_points_entries::Migration),
            Box::new(m20261128_034_idempotency_keys::Migration),
            Box::new(m20261128_035_users_activated_at::Migration),
            Box::new(m20261128_036_normal_forms::Migration),
            Box::new(m20261128_037_chore_leases::Migration),
            Box::new(m20261128_038_trash_removal_failures::Migration),
            Box::new(m20261128_039_row_blocks::Migration),
            Box::new(m20261129_040_import_keys::Migration),
            Box::new(m20261129_041_oldest_release::Migration),
            Box::new(m20261129_042_block_deltas::Migration),
            Box::new(m20261129_043_movie_links::Migration),
            Box::new(m20261129_044_users_lists::Migration),
            Box::new(m20261129_045_daily_counts::Migration),
            Box::new(m20261129_046_sessions_last_seen::Migration),
            Box::new(m20261130_047_sent_messages::Migration),
            Box::new(m20261130_048_users_surface::Migration),
            Box::new(m20261130_049_sqlite_row_blocks::Migration),
            Box::new(m20261130_050_kept_plans::Migration),
            Box::new(m20261130_051_page_starts::Migration),
        ]
    }
}
