//! What stands between a client and a server, and counts.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Notify,
    task::JoinSet,
};

/// Passes on what clients and a server say to each other.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    round_trips: Arc<AtomicUsize>,
    hang_up: Arc<Notify>,
    // Its tasks end with it.
    _tasks: JoinSet<io::Result<()>>,
}

impl Proxy {
    /// Before the server at this address.
    ///
    /// # Errors
    /// If there is no port to listen at.
    pub async fn start(host: &str, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (own_port, server) = (listener.local_addr()?.port(), (host.to_owned(), port));
        let round_trips = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&round_trips);
        let hang_up = Arc::new(Notify::new());
        let end = Arc::clone(&hang_up);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    client = listener.accept() => {
                        let server = TcpStream::connect(&server).await?;
                        connections.spawn(pass_on(client?.0, server, Arc::clone(&counted)));
                    }
                    () = end.notified() => connections.shutdown().await,
                }
            }
        });
        Ok(Proxy { port: own_port, round_trips, hang_up, _tasks: tasks })
    }

    /// Closes all connections that there are, as a server does that restarts.
    pub fn hang_up(&self) {
        self.hang_up.notify_one();
    }

    /// Where it listens, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How often a client said something since the last call, and had heard an answer before.
    pub fn round_trips(&self) -> usize {
        self.round_trips.swap(0, Ordering::SeqCst)
    }
}

async fn pass_on(client: TcpStream, server: TcpStream, round_trips: Arc<AtomicUsize>) -> io::Result<()> {
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let answered = AtomicBool::new(true);
    let said = || {
        if answered.swap(false, Ordering::SeqCst) {
            round_trips.fetch_add(1, Ordering::SeqCst);
        }
    };
    let heard = || answered.store(true, Ordering::SeqCst);
    tokio::try_join!(copy(from_client, to_server, said), copy(from_server, to_client, heard))?;
    Ok(())
}

async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, each: impl Fn()) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = from.read(&mut buffer).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        each();
        to.write_all(&buffer[..length]).await?;
    }
}
