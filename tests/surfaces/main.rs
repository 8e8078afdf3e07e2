//! Golden tests over HTTP: status, headers and body, to the byte.

mod documents;
mod health;
mod mailbox;
<<<<<<< HEAD
mod media;
=======
mod metrics;
mod outage;
>>>>>>> b8ac69a (Tests of Redis going away, of snapshots and of metrics)
mod pages;
mod protocol;
mod theater;
