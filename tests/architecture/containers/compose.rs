//! The settings of the containers load.

use vestibule_settings::{Settings, Source};

use super::file::{Variables, effective, generated, nodes, services};

fn source(variables: Variables) -> Source {
    variables.into_iter().fold(Source::default(), |source, (name, value)| source.with(&name, value))
}

pub(crate) fn settings(variables: Variables) -> Settings {
    vestibule::surfaces::settings(&source(variables)).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_node_starts_in_production_with_the_generated_secrets() {
    let generated = generated();
    for (name, node) in nodes() {
        let settings = settings(effective(&node, &generated));
        assert!(settings.environment.is_production(), "{name}");
        assert_eq!(settings.doors.open().count(), 0, "{name}");
        assert!(!settings.database.migrate_on_start, "{name}");
    }
}

#[test]
fn both_nodes_are_the_same() {
    let [(_, one), (_, two)] = nodes().try_into().unwrap();
    assert_eq!(one, two);
}

#[test]
fn the_migration_reads_the_database_of_the_nodes_and_no_secret_of_theirs() {
    let (generated, services) = (generated(), services());
    let migration = effective(&services["migrate"], &generated);
    let database = Settings::load_database_from(&source(migration.clone()));
    let database = database.unwrap_or_else(|problems| panic!("{problems}")).database.location;
    let node = effective(&services["node1"], &generated);
    assert_eq!(database, settings(node.clone()).database.location);
    for (name, value) in &migration {
        assert_eq!(node.get(name), Some(value), "{name}");
        assert!(name == "VESTIBULE_ENV" || name.starts_with("VESTIBULE__DATABASE__"), "{name}");
    }
}
