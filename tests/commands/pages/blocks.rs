//! The commands in the blocks of all pages but the README and docs/deployment.md.

use super::entry::{List, answers, by, not_runnable, prints, reads, serves, writes};
use super::readme::README;

/// The pages that have commands in blocks.
pub(super) const LISTS: [&List; 11] = [
    &README,
    &AUDIT,
    &BRANDING,
    &CLIENTS,
    &CONSOLE,
    &CONSOLE_DETAILS,
    &MIGRATION,
    &MIGRATION_SOURCES,
    &MOVIES_IMPORT,
    &MOVING_HOUSE,
    &USERS,
];

pub(super) const AUDIT: List = List {
    page: "docs/audit.md",
    walked_by: Some("tests/commands/pages/walks.rs::the_audit_trail_is_read_as_its_page_reads_it"),
    entries: &[
        prints("vestibule audit list", &["log_in_failed", "admin_created"]),
        prints("vestibule audit list --account ada@example.com", &["admin_created"]),
        prints("vestibule audit list --account 0193…", &["admin_created"]),
        prints("vestibule audit list --action log_in_failed --since 24h", &["log_in_failed"]),
        prints("vestibule audit list --since 2026-11-20 --limit 100000 --json", &["{\"id\":\""]),
    ],
};

pub(super) const BRANDING: List = List {
    page: "docs/branding.md",
    walked_by: Some("tests/commands/pages/walks.rs::templates_are_looked_at_as_their_page_does"),
    entries: &[
        prints("vestibule mail preview", &["== activate_account ==", "Subject: Acme: a new password"]),
        prints("vestibule mail preview reset_password --language fr", &["Acme"]),
        writes("vestibule mail preview reset_password --html > reset.html", "reset.html", "<p>Acme</p>"),
    ],
};

const CLIENTS: List = List {
    page: "docs/clients.md",
    walked_by: None,
    entries: &[
        by(
            "openapi-python-client generate --path openapi.json --meta none --output-path vestibule_client",
            "tests/interop/clients/python.rs::a_client_for_python_is_typed_and_calls_every_surface",
        ),
        by(
            "npx openapi-typescript openapi.json --output schema.d.ts",
            "tests/interop/clients/node.rs::a_client_for_node_is_typed_and_calls_every_surface",
        ),
    ],
};

const CONSOLE: List = List {
    page: "docs/console.md",
    walked_by: None,
    entries: &[not_runnable(
        "ssh -L 8000:127.0.0.1:8000 server.example.org",
        "It takes another machine with a server of SSH.",
    )],
};

pub(super) const CONSOLE_DETAILS: List = List {
    page: "docs/console-details.md",
    walked_by: Some("tests/commands/pages/walks.rs::the_console_is_used_without_a_browser_as_its_page_does"),
    entries: &[
        prints("console=http://127.0.0.1:8000/console", &[]),
        reads("read -rsp", "correct horse battery\n"),
        prints("ID=$(vestibule users show spammer@example.org --json", &[]),
        answers("curl -s -c jar", 303, &[]),
        answers("mark=$(curl -s -b jar", 200, &[]),
        answers("curl -s -b jar -H 'Origin: http://127.0.0.1:8000' \"$console/users/$ID/trash\"", 303, &[]),
    ],
};

const MIGRATION: List = List {
    page: "docs/migration.md",
    walked_by: None,
    entries: &[
        by(
            "vestibule users import FILE [--from vestibule] [--skip-bad] [--dry-run]",
            "tests/commands/users_import.rs::bad_rows_are_named_by_line_and_nothing_is_imported_unless_they_are_left_out",
        ),
        by(
            "vestibule users export [--format jsonl|csv] [--out FILE] [--force]",
            "tests/commands/users_import.rs::an_export_is_private_and_imports_again_to_the_same_bytes",
        ),
        by(
            "vestibule contacts import ACCOUNT FILE [--skip-bad] [--dry-run] [--dates dmy|mdy] [--encoding NAME]",
            "tests/commands/contacts_import.rs::bad_entries_are_named_and_nothing_is_imported_unless_they_are_left_out",
        ),
        by(
            "vestibule contacts export ACCOUNT [--as vcard|csv] [--out FILE]",
            "tests/commands/contacts_import.rs::an_export_is_private_and_imported_as_the_same_address_book",
        ),
    ],
};

const POINTS: &str = "tests/commands/documented_imports.rs::those_of_the_points_original";
const CONTACTS: &str = "tests/commands/documented_imports.rs::those_of_the_contacts_original";
const ADMIN: &str = "tests/commands/documented_imports.rs::those_of_the_admin_original";
const THEATER: &str = "tests/commands/documented_imports.rs::those_of_the_theater_original";
const MOBILE: &str = "tests/commands/documented_imports.rs::those_of_the_mobile_original";
const NO_MONGODB: &str =
    "It asks a MongoDB, which no test has; what it wrote is in crates/sources/tests/originals.";

pub(super) const MIGRATION_SOURCES: List = List {
    page: "docs/migration-sources.md",
    walked_by: Some("tests/commands/pages/walks.rs::the_map_of_the_page_reads_a_shop"),
    entries: &[
        by("vestibule users import FILE… --from NAME [--option NAME=VALUE]…", ADMIN),
        by("vestibule users import --from-database URL --from NAME [--option NAME=VALUE]…", POINTS),
        by(
            "vestibule users import --from-database-env VARIABLE --from NAME [--option NAME=VALUE]…",
            "tests/commands/users_import.rs::the_url_of_another_database_may_come_from_a_variable",
        ),
        prints("vestibule users import FILE… --map FILE.toml", &["added          2"]),
        not_runnable(
            "sqlite3 -header -csv points.sqlite 'SELECT * FROM users' > users.csv",
            "It takes the program sqlite3; what it wrote is in crates/sources/tests/originals.",
        ),
        by("vestibule users import users.csv --from points", POINTS),
        by("vestibule users import --from-database sqlite:points.sqlite --from points", POINTS),
        by("pg_dump DATABASE > contacts.sql", CONTACTS),
        by("vestibule users import contacts.sql --from contacts", CONTACTS),
        by("vestibule users import --from-database postgres://…/DATABASE --from contacts", CONTACTS),
        not_runnable("mongoexport -d DATABASE -c users -o users.json", NO_MONGODB),
        not_runnable("mongoexport -d DATABASE -c trash -o trash.json", NO_MONGODB),
        by("vestibule users import users.json trash.json --from admin --option zone=Asia/Kolkata", ADMIN),
        by("vestibule users import --from-database postgres://…/DATABASE --from theater", THEATER),
        by("vestibule users import --from-database sqlite:theater.sqlite --from theater", THEATER),
        by("pg_dump -t users -t user_groups -t user_profiles DATABASE > theater.sql", THEATER),
        by("vestibule users import theater.sql --from theater", THEATER),
        by("vestibule users import --from-database sqlite:mobile.sqlite --from mobile", MOBILE),
        by("vestibule users import --from-database mysql://…/DATABASE --from mobile", MOBILE),
        by("vestibule users import users.jsonl --from mobile", MOBILE),
    ],
};

const MOVIES_IMPORT: List = List {
    page: "docs/movies-import.md",
    walked_by: None,
    entries: &[
        by(
            "vestibule movies import FILE.csv [--skip-bad] [--dates dmy|mdy] [--encoding NAME]",
            "tests/commands/import_forms.rs::slashed_dates_are_read_in_the_order_that_is_told",
        ),
        by(
            "vestibule movies export [--out FILE.csv]",
            "tests/commands/export_movies.rs::an_export_is_imported_as_the_same_catalogue",
        ),
        by(
            "vestibule movies generate --rows N [--seed S] > FILE.csv",
            "tests/commands/pages/walks.rs::the_readme_is_walked_from_top_to_bottom",
        ),
    ],
};

pub(super) const MOVING_HOUSE: List = List {
    page: "docs/moving-house.md",
    walked_by: Some("tests/commands/pages/walks.rs::a_house_is_moved_as_its_page_moves_it"),
    entries: &[
        prints("export OLD='sqlite:///var/lib/vestibule/vestibule.db'", &[]),
        prints("export NEW='postgres://vestibule:password@db.example.org/vestibule'", &[]),
        prints("vestibule copy --from-env OLD --to-env NEW", &["users"]),
        serves("VESTIBULE__DATABASE__URL=\"$NEW\" vestibule", &["database=postgres://"]),
        by(
            "vestibule copy --media-from file:///var/lib/vestibule/media --media-to s3://pictures/accounts",
            "tests/commands/copy_pictures.rs::pictures_go_from_a_folder_to_a_bucket_and_back",
        ),
    ],
};

const USERS: List = List {
    page: "docs/users.md",
    walked_by: None,
    entries: &[
        by(
            "vestibule users create-admin --email ADDRESS [--username NAME]",
            "tests/commands/audit_list.rs::an_account_is_found_by_each_of_its_names_and_ids",
        ),
        by("vestibule users import FILE… [--from SYSTEM]", ADMIN),
        by(
            "vestibule users export [--format jsonl|csv] [--out FILE]",
            "tests/commands/users_import.rs::an_export_is_private_and_imports_again_to_the_same_bytes",
        ),
        by(
            "vestibule users list [--q TEXT] [--page N] [--per-page N]",
            "tests/commands/users_listing.rs::accounts_are_listed_a_line_each_and_found_by_a_part_of_their_name",
        ),
        by(
            "vestibule users show ACCOUNT",
            "tests/commands/users_listing.rs::an_account_is_shown_by_each_of_its_names_with_all_that_is_known",
        ),
        by(
            "vestibule users trash ACCOUNT --reason TEXT",
            "tests/commands/users_trash.rs::an_account_goes_into_the_trash_with_a_reason_and_its_sessions_end",
        ),
        by(
            "vestibule users restore ACCOUNT",
            "tests/commands/users_trash.rs::an_account_comes_back_out_of_the_trash",
        ),
        by(
            "vestibule users purge ACCOUNT [--yes]",
            "tests/commands/users_trash.rs::a_purge_is_refused_without_a_terminal_to_ask_at_and_done_with_yes",
        ),
        by(
            "vestibule users archive ACCOUNT --out FILE.zip",
            "tests/commands/users_archive.rs::an_archive_has_all_that_an_account_has_but_the_hash_of_its_password",
        ),
        by(
            "vestibule users erase ACCOUNT [--yes]",
            "tests/commands/users_erase.rs::an_account_is_erased_from_where_it_is_and_the_trail_certifies_what_went",
        ),
        by(
            "vestibule users set-role ACCOUNT user|moderator|admin",
            "tests/commands/users_sessions.rs::an_account_gets_another_role",
        ),
        by(
            "vestibule users send-reset ACCOUNT [--surface NAME]",
            "tests/commands/users_sessions.rs::a_reset_is_mailed_with_the_rules_of_a_surface",
        ),
        by(
            "vestibule users sessions ACCOUNT",
            "tests/commands/users_listing.rs::open_sessions_are_listed_newest_first_an_object_a_line",
        ),
        by(
            "vestibule users end-sessions ACCOUNT",
            "tests/commands/users_sessions.rs::all_sessions_of_an_account_end_and_of_no_other",
        ),
    ],
};
