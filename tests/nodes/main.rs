//! Server processes on real services: two nodes on one database and one cache, and a node whose
//! services go away. Ignored where the services are not running.

mod deaths;
mod full_disk;
mod installation;
mod keep_alive;
mod logs;
mod mail;
mod members;
mod node;
mod outages;
mod own_data;
mod patience;
mod plain_mail_server;
mod pooler;
mod pooling;
mod private_services;
mod restarts;
mod shared_counts;
mod shared_mail;
mod shared_refreshes;
mod shared_sessions;
mod slow_bodies;
mod slow_client;
mod slow_heads;
mod slow_readers;
