//! The commands in tables and sentences, of all pages together.

use super::entry::{Entry, by, not_runnable};

const README: &str = "tests/commands/pages/walks.rs::the_readme_is_walked_from_top_to_bottom";
const CREATE_ADMIN: &str =
    "tests/commands/create_admin.rs::a_password_is_judged_by_its_length_whatever_surfaces_are_served";
const LISTED: &str =
    "tests/commands/users_listing.rs::accounts_are_listed_as_one_object_with_the_page_and_the_total";
const FOUND: &str =
    "tests/commands/users_listing.rs::accounts_are_listed_a_line_each_and_found_by_a_part_of_their_name";
const TRAIL: &str =
    "tests/commands/audit_list.rs::more_events_than_are_read_at_once_are_listed_newest_first_and_each_once";
const IMPORTED: &str =
    "tests/commands/users_import.rs::accounts_of_a_file_are_added_and_a_second_run_adds_nothing";
const EXPORTED: &str =
    "tests/commands/users_import.rs::an_export_is_private_and_imports_again_to_the_same_bytes";
const ARCHIVED: &str =
    "tests/commands/users_archive.rs::an_archive_has_all_that_an_account_has_but_the_hash_of_its_password";
const TRASHED: &str =
    "tests/commands/users_trash.rs::an_account_goes_into_the_trash_with_a_reason_and_its_sessions_end";
const PURGED: &str =
    "tests/commands/users_trash.rs::a_purge_is_refused_without_a_terminal_to_ask_at_and_done_with_yes";
const ENDED: &str = "tests/commands/users_sessions.rs::all_sessions_of_an_account_end_and_of_no_other";
const RESET: &str = "tests/commands/users_sessions.rs::a_reset_is_mailed_with_the_rules_of_a_surface";
const REINDEXED: &str = "tests/commands/reindex_contacts.rs::one_that_was_stopped_is_resumed_or_begins_anew";
const RECONCILED: &str =
    "tests/commands/points.rs::an_account_that_differs_is_named_and_the_exit_code_says_so";
const MOVIES: &str = "tests/commands/import_forms.rs::slashed_dates_are_read_in_the_order_that_is_told";
const COPIED: &str = "tests/commands/copy.rs::a_round_through_all_databases_changes_nothing";
const PICTURES: &str = "tests/commands/copy_pictures.rs::pictures_go_from_a_folder_to_a_bucket_and_back";
const BACKED_UP: &str = "tests/commands/backup.rs::a_backup_is_restored_as_it_was_made";
const PREVIEWED: &str = "tests/commands/pages/walks.rs::templates_are_looked_at_as_their_page_does";
const MIGRATED: &str = "migration/tests/commands.rs::an_operator_goes_up_and_down";
const MEASURES: &str = "It measures for long, on a machine that does nothing else.";
const NO_SYSTEMD: &str = "It takes systemd as the first process, which a test does not have.";

pub(super) const SPANS: &[Entry] = &[
    // The server and its commands.
    by("cargo run", README),
    by("vestibule serve", "tests/commands/serve.rs::one_event_says_what_is_served_in_fields"),
    by("vestibule config check", README),
    by("vestibule config show", README),
    by("vestibule healthcheck", "scripts/package-test"),
    by("vestibule openapi [--surface NAME | --whole]", ".ci/run"),
    by("vestibule openapi --whole", ".ci/run"),
    by("cargo run -- openapi --write docs/openapi", ".ci/run"),
    by("vestibule manual --write FOLDER", "scripts/package-test"),
    by("vestibule completions bash", "scripts/package-test"),
    by("vestibule users create-admin", CREATE_ADMIN),
    by("vestibule users create-admin --email ADDRESS", CREATE_ADMIN),
    by("vestibule users create-admin --email you@example.org", CREATE_ADMIN),
    by("vestibule users", LISTED),
    by("vestibule users list", LISTED),
    by("vestibule users list --q", FOUND),
    by("vestibule users trash", TRASHED),
    by("vestibule users purge", PURGED),
    by("vestibule users end-sessions", ENDED),
    by("vestibule users send-reset", RESET),
    by("vestibule users archive", ARCHIVED),
    by("vestibule users archive ACCOUNT --out FILE.zip", ARCHIVED),
    by("vestibule users import", IMPORTED),
    by("vestibule users import FILE", IMPORTED),
    by("vestibule users import --from", "tests/commands/documented_imports.rs::those_of_the_admin_original"),
    by("vestibule users export", EXPORTED),
    by("vestibule audit list [--account …] [--action …] [--since …] [--limit N] [--json]", TRAIL),
    by("vestibule audit list --limit 1", TRAIL),
    by(
        "vestibule contacts import ACCOUNT FILE",
        "tests/commands/contacts_import.rs::cards_are_added_to_the_address_book_of_one_account_and_a_second_run_adds_nothing",
    ),
    by("vestibule contacts reindex", REINDEXED),
    by("vestibule contacts reindex [--resume]", REINDEXED),
    by("vestibule points reconcile", RECONCILED),
    by("vestibule movies import", MOVIES),
    by("vestibule movies import FILE.csv [--skip-bad] [--dates ORDER] [--encoding NAME]", MOVIES),
    by(
        "vestibule movies export",
        "tests/commands/export_movies.rs::an_export_is_imported_as_the_same_catalogue",
    ),
    by(
        "vestibule movies export [--out FILE.csv]",
        "tests/commands/export_movies.rs::an_export_is_imported_as_the_same_catalogue",
    ),
    by("vestibule movies generate --rows N --seed S", README),
    not_runnable("vestibule movies generate --rows 2000000", MEASURES),
    by("vestibule copy", COPIED),
    by("vestibule copy --from URL --to URL", COPIED),
    by("vestibule copy --media-from PLACE --media-to PLACE", PICTURES),
    by("vestibule copy --media-from … --media-to …", PICTURES),
    by(
        "vestibule copy --media-from file:///var/backups/vestibule/media --media-to s3://vestibule-pictures",
        PICTURES,
    ),
    by("vestibule backup", BACKED_UP),
    by("vestibule backup FILE", BACKED_UP),
    by("vestibule restore FILE", BACKED_UP),
    by("vestibule mail test ADDRESS", "tests/commands/mail_test.rs::a_test_mail_reaches_a_server"),
    by("vestibule mail preview", PREVIEWED),
    by("vestibule mail preview [MESSAGE]", PREVIEWED),
    by("migration up", MIGRATED),
    by("migration down", MIGRATED),
    by("migration fresh", MIGRATED),
    by("migration status", MIGRATED),
    by("cargo run -p migration -- status", MIGRATED),
    by("runuser -u postgres -- dropdb drill", "scripts/walk/keeping.py"),
    // Those of the repository.
    by("cargo test", "scripts/test"),
    by("cargo test -p vestibule-use-case-tests", "scripts/test"),
    by("./scripts/test", ".ci/run"),
    by("./scripts/test -p vestibule-tests --test browser", ".ci/run"),
    by(
        "VESTIBULE_TEST_MARIADB=mysql://user:password@host:3306/ VESTIBULE_TEST_SERVICES=mariadb cargo test \
         -p vestibule-tests --test contract mariadb",
        "scripts/test",
    ),
    by("./scripts/services", "scripts/test"),
    by("./scripts/fuzz [seconds]", ".ci/run"),
    by("./scripts/dependencies", ".ci/run"),
    by("./scripts/cargo-tool", "scripts/dependencies"),
    not_runnable("./scripts/dependencies --fetch", "It fetches advisories from the network."),
    by("./scripts/package", "scripts/package-test"),
    by("./scripts/package-test", ".ci/run"),
    by("./scripts/container-build", ".ci/run"),
    by(
        "./scripts/deployment-walk",
        "tests/commands/pages/deployment.rs::each_block_of_the_deployment_is_run_by_its_script_or_skipped_with_a_reason",
    ),
    not_runnable(
        "./scripts/deployment-walk OLD NEW",
        "It boots machines, as root, for a quarter of an hour.",
    ),
    by("./bench/instructions", ".ci/run"),
    not_runnable("./bench/instructions record", "It replaces the numbers that .ci/run compares with."),
    not_runnable("./bench/run", MEASURES),
    not_runnable("./bench/run full", MEASURES),
    not_runnable("./scripts/bench-accounts", MEASURES),
    not_runnable("bench/users.py 1000000", MEASURES),
    not_runnable("./scripts/proxy-check", MEASURES),
    not_runnable("./scripts/update-check", "It takes the binaries of an earlier release, and measures."),
    not_runnable(
        "./scripts/update-check OLD NEW",
        "It takes the binaries of an earlier release, and measures.",
    ),
    not_runnable("./scripts/coverage", "It builds everything once more, for a report that somebody reads."),
    not_runnable(
        "./scripts/mutants <file>",
        "It builds and tests hundreds of changes, for somebody to judge.",
    ),
    not_runnable(
        "./scripts/console-pictures",
        "It replaces pictures of the repository, which somebody looks at.",
    ),
    not_runnable(
        "./scripts/table-exports",
        "It takes LibreOffice and gnumeric, and libraries from the network.",
    ),
    not_runnable(
        "./findings/<name>.sh",
        "It shows what a library does without our code, and fetches that library.",
    ),
    not_runnable(".ci/run", "It is what runs the tests."),
    // Those of other programs.
    not_runnable(
        "promtool test rules deploy/prometheus/alerts.test.yaml",
        "Prometheus is not among the services of the tests.",
    ),
    by("openssl rand -base64 48", "scripts/deployment-walk"),
    not_runnable("sqlite3 -csv", "It is named for what it loses, and advised against."),
    not_runnable(
        "firebase auth:export users.json",
        "It asks a service of Google's for the reader's own accounts.",
    ),
    not_runnable("wp user list --format=csv", "It takes an installation of WordPress."),
    by("pg_dump --format=custom", "deploy/vestibule-backup"),
    not_runnable("mariadb-dump --single-transaction", "A part of a command, for a database of the reader's."),
    not_runnable("mysqldump --single-transaction", "A part of a command, for a database of the reader's."),
    by("systemctl stop vestibule", "scripts/deployment-walk"),
    by("systemctl restart vestibule", "scripts/deployment-walk"),
    by("rm -r /tmp/drill", "scripts/deployment-walk"),
    not_runnable("systemd-analyze security vestibule", NO_SYSTEMD),
    not_runnable("man vestibule", "It shows what scripts/package-test compares."),
    not_runnable("man vestibule-users-list", "It shows what scripts/package-test compares."),
    not_runnable("man migration-up", "It shows what scripts/package-test compares."),
];
