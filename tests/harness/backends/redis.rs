//! A part of a Redis for one test.

use std::sync::Arc;
use std::time::Duration;

use redis::{Client, Connection, cmd};
use vestibule_domain::ports::IdGenerator as _;
use vestibule_infrastructure::redis::{RedisConnection, RedisOptions};
use vestibule_infrastructure::system::SystemIds;

use crate::service;

/// All keys under a prefix that no other test uses, on a server that the tests share.
#[derive(Clone)]
pub struct OwnRedis {
    /// The address of the one server, also of the cluster.
    address: String,
    nodes: Vec<String>,
    prefix: String,
}

impl OwnRedis {
    /// Keys on a server.
    pub fn one() -> Self {
        let address = service("redis");
        Self::new(address.clone(), vec![address])
    }

    /// Keys on a cluster of one node. The node is named twice, so that the adapter takes it for a cluster.
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

    /// Makes the server forget its scripts. Other tests notice that, too.
    pub fn forget_scripts(&self) {
        cmd("SCRIPT").arg("FLUSH").query::<()>(&mut self.server()).unwrap();
    }

    /// The prefix of every key.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// A connection for adapters, with long timeouts, because many tests share few cores.
    pub fn connection(&self) -> Arc<RedisConnection> {
        Arc::new(RedisConnection::new(self.options()).unwrap())
    }

    /// The options of [`OwnRedis::connection`].
    pub fn options(&self) -> RedisOptions {
        let patience = Duration::from_secs(20);
        RedisOptions {
            connect_timeout: patience,
            answer_timeout: patience,
            ..RedisOptions::new(self.nodes.clone())
        }
    }

    /// Every key, with its prefix.
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

    /// Shortens the life of every key by `time`, as if that much time had passed.
    pub(super) fn shorten_lives(&self, time: Duration) {
        let mut server = self.server();
        for key in self.keys() {
            let left: i64 = cmd("PTTL").arg(&key).query(&mut server).unwrap();
            // A key that does not expire would stay for ever.
            assert_ne!(left, -1, "{:?} has no end", String::from_utf8_lossy(&key));
            // A life of zero or less deletes the key.
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
