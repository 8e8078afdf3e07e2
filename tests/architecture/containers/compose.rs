//! The settings of the containers load.

use vestibule_settings::{Settings, Source};

use super::file::{Variables, effective, generated, nodes, services};

fn source(variables: Variables) -> Source {
    variables.into_iter().fold(Source::default(), |source, (name, value)| source.with(&name, value))
}

/// What is wrong with the settings, but for what a build says that it does not serve.
fn problems(variables: &Variables) -> Vec<String> {
    let Err(problems) = Settings::load_from(&source(variables.clone())) else { return Vec::new() };
    let lines = problems.to_string().lines().map(str::to_owned).collect::<Vec<_>>();
    lines.into_iter().filter(|line| !line.contains("is not served by this build yet")).collect()
}

/// The settings without the services, which a build may not serve.
fn settings(mut variables: Variables) -> Settings {
    let services = ["VESTIBULE__DATABASE__", "VESTIBULE__CACHE__"];
    variables.retain(|name, _| !services.iter().any(|service| name.starts_with(service)));
    Settings::load_from(&source(variables)).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_node_starts_in_production_with_the_generated_secrets() {
    let generated = generated();
    for (name, node) in nodes() {
        let variables = effective(&node, &generated);
        assert_eq!(problems(&variables), [] as [String; 0], "{name}");
        let settings = settings(variables);
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
    if let Err(problems) = Settings::load_database_from(&source(migration.clone())) {
        let problems = problems.to_string();
        assert!(problems.contains("is not served by this build yet"), "{problems}");
    }
    let node = effective(&services["node1"], &generated);
    for (name, value) in &migration {
        assert_eq!(node.get(name), Some(value), "{name}");
        assert!(name == "VESTIBULE_ENV" || name.starts_with("VESTIBULE__DATABASE__"), "{name}");
    }
}
