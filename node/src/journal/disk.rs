//! A disk for tests that can be full, slow, and looked at. What it refuses, it refuses through the engine's own interface,
//! so the code under test meets a real failing write, at whatever write it happens to be.

use redb::{Builder, Database, StorageBackend, backends::InMemoryBackend};
use std::{
    io,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

/// The switches of a [`disk`].
#[derive(Clone, Debug)]
pub(crate) struct Switches {
    /// Bytes that may still be written.
    pub(crate) room: Arc<AtomicU64>,
    gate: Arc<(Mutex<Gate>, Condvar)>,
}

#[derive(Debug, Default)]
struct Gate {
    held: bool,
    waiting: bool,
}

impl Switches {
    /// From now on no flush returns until [`Switches::let_flush`].
    pub(crate) fn hold_flushes(&self) {
        self.gate.0.lock().unwrap().held = true;
    }

    pub(crate) fn let_flush(&self) {
        self.gate.0.lock().unwrap().held = false;
        self.gate.1.notify_all();
    }

    /// Returns when a flush is being held.
    pub(crate) fn wait_for_held_flush(&self) {
        let gate = self.gate.0.lock().unwrap();
        drop(self.gate.1.wait_while(gate, |gate| !gate.waiting).unwrap());
    }
}

/// A database on a disk in memory with this much room for writing, in bytes.
pub(crate) fn disk(room: u64) -> (Database, Switches) {
    let switches = Switches { room: Arc::new(AtomicU64::new(room)), gate: Arc::default() };
    let backend = Disk { bytes: InMemoryBackend::new(), switches: switches.clone() };
    (Builder::new().create_with_backend(backend).unwrap(), switches)
}

#[derive(Debug)]
struct Disk {
    bytes: InMemoryBackend,
    switches: Switches,
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.bytes.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.bytes.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.bytes.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        let (gate, bell) = &*self.switches.gate;
        let mut gate = gate.lock().unwrap();
        if gate.held {
            gate.waiting = true;
            bell.notify_all();
            gate = bell.wait_while(gate, |gate| gate.held).unwrap();
            gate.waiting = false;
        }
        drop(gate);
        self.bytes.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let size = data.len() as u64;
        let taken = self.switches.room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |room| room.checked_sub(size));
        match taken {
            Ok(_) => self.bytes.write(offset, data),
            Err(_) => Err(io::Error::from(io::ErrorKind::StorageFull)),
        }
    }
}
