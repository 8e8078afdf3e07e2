//! A gate in front of a service. While it is closed, the service is away.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Open,
    /// Connections end at once.
    Closed,
    /// Connections are taken, and nothing is ever answered.
    Silent,
}

/// A local address that leads to a service while the gate is open.
pub struct Gate {
    address: SocketAddr,
    way: watch::Sender<Way>,
    connections: Arc<AtomicUsize>,
}

impl Gate {
    /// An open gate to `host:port`.
    pub async fn to(service: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (way, watched) = watch::channel(Way::Open);
        let connections = Arc::new(AtomicUsize::new(0));
        let (service, count) = (service.to_owned(), connections.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(lead(client, service.clone(), watched.clone()));
            }
        });
        Self { address, way, connections }
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Lets everything through, on new connections.
    pub fn open(&self) {
        self.way.send_replace(Way::Open);
    }

    /// Ends every connection now, and each new one at once.
    pub fn close(&self) {
        self.way.send_replace(Way::Closed);
    }

    /// Ends every connection; new ones are never answered.
    pub fn silence(&self) {
        self.way.send_replace(Way::Silent);
    }
}

/// Leads one client to the service until the gate is moved, even if to where it stood.
async fn lead(mut client: TcpStream, service: String, mut way: watch::Receiver<Way>) {
    let now = *way.borrow_and_update();
    let leading = async {
        match now {
            Way::Closed => {}
            Way::Silent => std::future::pending().await,
            Way::Open => {
                if let Ok(mut service) = TcpStream::connect(service).await {
                    // The connection ends when either side ends it.
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut service).await;
                }
            }
        }
    };
    tokio::select! {
        () = leading => {}
        _ = way.changed() => {}
    }
}
