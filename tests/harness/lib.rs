//! What the tests of several files stand on: the `contract!` macro, the adapters that it runs on,
//! and a clock, ids and randomness that are the same in every run.

mod answer;
mod app;
pub mod backends;
mod brake;
mod contract;
mod databases;
mod gate;
mod ids;
mod in_time;
mod logged;
mod parking;
mod random;
mod redaction;
mod scatter;
mod services;
mod statements;

pub use answer::Answer;
pub use app::{TestApp, TestAppBuilder};
pub use brake::Brake;
pub use databases::{OwnDatabase, Server};
pub use gate::Gate;
pub use ids::SequentialIds;
pub use in_time::in_time;
pub use logged::logged;
pub use random::SeededRandom;
pub use redaction::{assert_no_secret_in, plant_answer, plant_request, searched_lines};
pub use scatter::scatter;
pub use services::service;
pub use statements::statements;
pub use vestibule_use_case_tests::{FixedClock, PICTURE, UseCases, at_once, use_cases};
