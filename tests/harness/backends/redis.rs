//! A part of a Redis for one test.

use std::sync::Arc;
use std::time::Duration;

use redis::{Client, Connection, cmd};
use vestibule_domain::ports::IdGenerator as _;
use vestibule_infrastructure::redis::{RedisConnection, RedisOptions};
use vestibule_infrastructure::system::SystemIds;

use crate::service;

/// All keys under a prefix that no other test has, on a server that they share.
#[derive(Clone)]
pub struct OwnRedis {
    /// The one server, also of the cluster.
    address: String,
    nodes: Vec<String>,
    prefix: String,
}

impl OwnRedis {
    /// On a server.
    pub fn one() -> Self {
        let address = service("redis");
        Self::new(address.clone(), vec![address])
    }

    /// On a cluster of one node, which is named twice to be taken for a cluster.
    pub fn cluster() -> Self {
        let address = service("redis_cluster");
        Self::new(address.clone(), vec![address.clone(), address])
    }

    fn new(address: String, nodes: Vec<String>) -> Self {
        Self { address, nodes, prefix: format!("test:{}:", SystemIds.random().simple()) }
    }

    /// `host:port` of the server.
    pub fn server_address(&self) -> &str {
        self.address.trim_start_matches("redis://")
    }

    /// Lets the server forget its scripts. Other tests have to live with that, too.
    pub fn forget_scripts(&self) {
        cmd("SCRIPT").arg("FLUSH").query::<()>(&mut self.server()).unwrap();
    }

    /// What every key begins with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// A connection for adapters. Patient, since many tests share few cores.
    pub fn connection(&self) -> Arc<RedisConnection> {
        Arc::new(RedisConnection::new(self.options()).unwrap())
    }

    /// What [`OwnRedis::connection`] is made with.
    pub fn options(&self) -> RedisOptions {
        let patience = Duration::from_secs(20);
        RedisOptions {
            connect_timeout: patience,
            answer_timeout: patience,
            ..RedisOptions::new(self.nodes.clone())
        }
    }

    /// Every key, whole.
    pub fn keys(&self) -> Vec<Vec<u8>> {
        let mut server = self.server();
        let (mut keys, mut cursor) = (Vec::new(), 0_u64);
        loop {
            let mut scan = cmd("SCAN");
            scan.arg(cursor).arg("MATCH").arg(format!("{}*", self.prefix)).arg("COUNT").arg(1_000);
            let (next, found): (u64, Vec<Vec<u8>>) = scan.query(&mut server).unwrap();
            keys.extend(found);
            if next == 0 {
                return keys;
            }
            cursor = next;
        }
    }

    /// The value under a key.
    pub fn value(&self, key: &[u8]) -> Vec<u8> {
        cmd("GET").arg(key).query(&mut self.server()).unwrap()
    }

    /// As if so much time had passed for every key.
    pub(super) fn shorten_lives(&self, time: Duration) {
        let mut server = self.server();
        for key in self.keys() {
            let left: i64 = cmd("PTTL").arg(&key).query(&mut server).unwrap();
            // A key without an end would be one for ever.
            assert_ne!(left, -1, "{:?} has no end", String::from_utf8_lossy(&key));
            // What is less than nothing is deleted.
            let less = left - i64::try_from(time.as_millis()).unwrap();
            cmd("PEXPIRE").arg(&key).arg(less).query::<()>(&mut server).unwrap();
        }
    }

    /// Removes the keys when it is dropped.
    pub fn cleared_at_the_end(&self) -> Cleared {
        Cleared(self.clone())
    }

    fn server(&self) -> Connection {
        Client::open(self.address.as_str()).unwrap().get_connection().unwrap()
    }
}

/// See [`OwnRedis::cleared_at_the_end`].
pub struct Cleared(OwnRedis);

impl Drop for Cleared {
    fn drop(&mut self) {
        let mut server = self.0.server();
        for key in self.0.keys() {
            cmd("DEL").arg(key).query::<()>(&mut server).unwrap();
        }
    }
}
