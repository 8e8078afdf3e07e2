//! A brake between a client and a service, which can hold back the service's answers.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::yield_now;
use tokio::time::timeout;

/// A local address that leads to a service. Requests always arrive; answers wait while the brake is on.
pub struct Brake {
    address: SocketAddr,
    is_on: watch::Sender<bool>,
    held: Arc<AtomicUsize>,
}

impl Brake {
    /// A brake in front of `host:port`. It is off at first.
    pub async fn before(service: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (is_on, watched) = watch::channel(false);
        let held = Arc::new(AtomicUsize::new(0));
        let (service, count) = (service.to_owned(), held.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(lead(client, service.clone(), watched.clone(), count.clone()));
            }
        });
        Self { address, is_on, held }
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Puts the brake on: answers are held back.
    pub fn pull(&self) {
        self.held.store(0, Ordering::SeqCst);
        self.is_on.send_replace(true);
    }

    /// Waits until an answer is held back. By then the service has done what it was asked to.
    pub async fn holds_an_answer(&self) {
        let held = async {
            while self.held.load(Ordering::SeqCst) == 0 {
                yield_now().await;
            }
        };
        timeout(Duration::from_secs(10), held).await.expect("an answer is held back");
    }

    /// Takes the brake off.
    pub fn release(&self) {
        self.is_on.send_replace(false);
    }
}

async fn lead(mut client: TcpStream, service: String, is_on: watch::Receiver<bool>, held: Arc<AtomicUsize>) {
    let Ok(mut service) = TcpStream::connect(service).await else { return };
    let _ = (client.set_nodelay(true), service.set_nodelay(true));
    let (mut requests, mut to_client) = client.split();
    let (answers, mut to_service) = service.split();
    // The connection ends when either side ends it.
    tokio::select! {
        _ = tokio::io::copy(&mut requests, &mut to_service) => {}
        () = hold(answers, &mut to_client, is_on, held) => {}
    }
}

async fn hold(
    mut from: impl AsyncRead + Unpin,
    to: &mut (impl AsyncWrite + Unpin),
    mut is_on: watch::Receiver<bool>,
    held: Arc<AtomicUsize>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        if *is_on.borrow() {
            held.fetch_add(1, Ordering::SeqCst);
            if is_on.wait_for(|is_on| !is_on).await.is_err() {
                return;
            }
        }
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
