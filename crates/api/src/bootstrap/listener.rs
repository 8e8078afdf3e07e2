//! The socket that clients connect to.

use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::time::Duration;

use anyhow::Context as _;
use vestibule_settings::ServerSettings;

/// Listens where the settings say.
pub fn bind(settings: &ServerSettings) -> anyhow::Result<TcpListener> {
    let place = (settings.host.as_str(), settings.port);
    let listening = || -> std::io::Result<TcpListener> {
        let addresses: Vec<SocketAddr> = place.to_socket_addrs()?.collect();
        let listener = TcpListener::bind(addresses.as_slice())?;
        drop_who_takes_nothing(&listener, settings.write_timeout)?;
        Ok(listener)
    };
    listening().with_context(|| format!("cannot listen on {}, port {}", settings.host, settings.port))
}

/// How long a connection is silent before its client is asked whether it is there, and how often it is asked.
#[cfg(target_os = "linux")]
const KEEPALIVE: socket2::TcpKeepalive =
    socket2::TcpKeepalive::new().with_time(Duration::from_mins(5)).with_interval(Duration::from_secs(15));

/// Has the kernel drop the connections of this listener whose client takes nothing for so long, with all that was to
/// be sent: it acknowledges nothing, or has no room for more (`TCP_USER_TIMEOUT`, tcp(7)). The kernel alone sees what
/// a client has taken, since it keeps megabytes of an answer by itself; a timer around our own writes would miss
/// those, and would take a slow client for one that stands still. A client that is gone without a word is found
/// by a question after a longer silence than the pauses of proxies; the first that is not answered ends it. A connection inherits these options from its listener.
#[cfg(target_os = "linux")]
fn drop_who_takes_nothing(listener: &TcpListener, time: Duration) -> std::io::Result<()> {
    let socket = socket2::SockRef::from(listener);
    socket.set_tcp_user_timeout(Some(time))?;
    socket.set_tcp_keepalive(&KEEPALIVE)
}

/// Other systems have no such option. There the limits of a proxy in front have to be enough.
#[cfg(not(target_os = "linux"))]
fn drop_who_takes_nothing(_listener: &TcpListener, _time: Duration) -> std::io::Result<()> {
    Ok(())
}
