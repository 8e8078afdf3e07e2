//! Who may do what: every endpoint of every surface, for everybody who may come.
//!
//! One file has the table of one surface. A row that is missing fails
//! `every_endpoint_that_is_documented_is_in_the_table`; a documented endpoint and a mounted one are the same
//! declaration.

mod admin;
mod cast;
mod contacts;
mod mobile;
mod points;
mod request;
mod row;
mod run;
mod theater;

use std::collections::BTreeSet;

use vestibule::surfaces::SURFACES;

use row::{Row, rows};
use run::{Kind, Posture, judge};

/// The surfaces that let people sign in.
const ALL: [&str; 5] = ["theater", "contacts", "admin", "points", "mobile"];

#[test]
fn every_endpoint_that_is_documented_is_in_the_table() {
    let mut documented = BTreeSet::new();
    for surface in SURFACES {
        let document = serde_json::to_value((surface.document)()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            let methods = item.as_object().unwrap().keys().map(|method| method.to_uppercase());
            let methods = methods.filter(|method| method.len() <= 6);
            documented.extend(methods.map(|method| format!("{} {method} {path}", surface.section.name)));
        }
    }
    let of_surface = |surface: &'static str| rows(surface).into_iter().map(move |row: Row| row.name(surface));
    let in_table: BTreeSet<_> = ALL.into_iter().flat_map(of_surface).collect();
    assert_eq!(in_table, documented);
    assert_eq!(ALL.to_vec(), SURFACES.map(|surface| surface.section.name));
}

/// Makes the tests of every surface.
macro_rules! on_every_surface {
    ($($surface:ident)+) => {
        /// With tokens that the surface itself issued.
        mod own {
            $(mod $surface {
                use super::super::{Kind, Posture, judge};

                #[tokio::test]
                async fn everybody_is_answered_by_the_table_while_the_doors_are_closed() {
                    let name = stringify!($surface);
                    judge(name, &[name], Posture::Hardened, Kind::Due).await;
                }

                #[tokio::test]
                async fn everybody_is_answered_by_the_table_while_the_doors_are_open() {
                    let name = stringify!($surface);
                    judge(name, &[name], Posture::Documented, Kind::Due).await;
                }
            })+
        }

        /// With tokens that the other surfaces issued. A refresh token is good where it was issued alone.
        mod foreign {
            $(mod $surface {
                use super::super::{ALL, Kind, Posture, judge};

                #[tokio::test]
                async fn an_access_token_of_any_surface_is_good_and_a_refresh_token_is_not() {
                    let name = stringify!($surface);
                    let others: Vec<_> = ALL.into_iter().filter(|other| *other != name).collect();
                    judge(name, &others, Posture::Hardened, Kind::Due).await;
                }

                #[tokio::test]
                async fn a_token_for_another_use_is_no_token() {
                    let name = stringify!($surface);
                    judge(name, &ALL, Posture::Hardened, Kind::OtherUse).await;
                }
            })+
        }
    };
}

on_every_surface!(theater contacts admin points mobile);
