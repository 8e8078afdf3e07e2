//! The table.

use vestibule_domain::store::Constraint;

use crate::memory::row::Row;
use crate::memory::table::Table;

#[derive(Debug, Clone, PartialEq)]
struct Seat {
    number: u8,
    guest: &'static str,
}

impl Row for Seat {
    type Key = u8;
    type Entry = &'static str;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> u8 {
        self.number
    }

    fn entries(&self) -> Vec<(&'static str, Option<Constraint>)> {
        vec![(self.guest, Some(Constraint::UsersEmail))]
    }
}

fn guest(table: &Table<Seat>, number: u8) -> Option<&'static str> {
    table.get(number).map(|seat| seat.guest)
}

#[test]
fn a_rollback_takes_back_every_change() {
    let mut table = Table::default();
    let mut copy = Table::default();
    table.insert(Seat { number: 1, guest: "Ada" }).unwrap();
    table.publish(&mut copy);

    table.put(Seat { number: 1, guest: "Bob" }).unwrap();
    table.put(Seat { number: 1, guest: "Cyd" }).unwrap();
    table.insert(Seat { number: 2, guest: "Ada" }).unwrap();
    assert!(table.remove(1));
    table.roll_back();

    assert_eq!((guest(&table, 1), guest(&table, 2)), (Some("Ada"), None));
    assert_eq!(table.find(&"Ada").map(|seat| seat.number), Some(1));
    assert_eq!(table.find(&"Bob"), None);
}

#[test]
fn a_value_that_moved_between_rows_is_found_in_the_copy() {
    let mut table = Table::default();
    let mut copy = Table::default();
    table.insert(Seat { number: 1, guest: "Ada" }).unwrap();
    table.insert(Seat { number: 2, guest: "Bob" }).unwrap();
    table.publish(&mut copy);

    table.put(Seat { number: 1, guest: "nobody" }).unwrap();
    table.put(Seat { number: 2, guest: "Ada" }).unwrap();
    table.put(Seat { number: 1, guest: "Bob" }).unwrap();
    table.publish(&mut copy);

    assert_eq!(copy.find(&"Ada").map(|seat| seat.number), Some(2));
    assert_eq!(copy.find(&"Bob").map(|seat| seat.number), Some(1));
    assert_eq!(copy.find(&"nobody"), None);
}

#[test]
fn a_row_may_keep_its_own_unique_value() {
    let mut table = Table::default();
    table.insert(Seat { number: 1, guest: "Ada" }).unwrap();
    assert!(table.update(1, |_| true).unwrap());
}
