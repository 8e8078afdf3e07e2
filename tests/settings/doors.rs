//! Doors.

use vestibule_settings::Door;

use crate::given::{settings, variables};

fn is_open(given: &[(&str, &str)]) -> bool {
    settings(&variables(given)).doors.is_open(Door::CatalogueWrites)
}

#[test]
fn the_posture_decides_about_doors_that_are_not_set() {
    assert!(is_open(&[]));
    assert!(!is_open(&[("VESTIBULE__POSTURE", "hardened")]));
}

#[test]
fn a_door_can_be_set_alone() {
    assert!(!is_open(&[("VESTIBULE__DOORS__CATALOGUE_WRITES", "false")]));
    assert!(is_open(&[("VESTIBULE__POSTURE", "hardened"), ("VESTIBULE__DOORS__CATALOGUE_WRITES", "true")]));
}

#[test]
fn a_door_of_a_surface_that_is_not_served_is_closed() {
    assert!(!is_open(&[("VESTIBULE__SURFACES__THEATER__ENABLED", "false")]));
}

#[test]
fn open_doors_are_listed() {
    let doors = settings(&variables(&[])).doors;
    assert_eq!(Door::ALL, doors.open().collect::<Vec<_>>());
    assert_eq!(("self_credit", "points"), (Door::SelfCredit.key(), Door::SelfCredit.surface()));
    assert_eq!(
        ("catalogue_writes", "theater"),
        (Door::CatalogueWrites.key(), Door::CatalogueWrites.surface())
    );
}
