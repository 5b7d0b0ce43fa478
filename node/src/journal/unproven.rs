//! A file that nothing is written to before its content is proven.
//!
//! The storage engine writes when it opens a file: it marks it as open, and mends what an unclean end left. A file that turns out
//! to be damaged must stay what it is, for whoever restores or examines it. So everything that the engine writes is held back,
//! readable as if it had been written, until the whole journal has been read; then it is written in exactly the engine's order,
//! flushes included, so that a power cut in between finds what it would have found without this.

use redb::{BackendError, StorageBackend, backends::FileBackend};
use std::{
    collections::BTreeMap,
    io,
    ops::Bound,
    sync::{Arc, Mutex, PoisonError},
};

/// What is held back is looked up in blocks of so many bytes: the engine's page.
const BLOCK_BYTES: u64 = 4_096;

/// A file, and what is held back from it.
#[derive(Clone, Debug)]
pub(super) struct Unproven {
    file: Arc<FileBackend>,
    held: Arc<Mutex<Option<Held>>>,
}

#[derive(Debug)]
struct Held {
    /// In the engine's order.
    orders: Vec<Order>,
    /// The blocks that were written to, as they would be now.
    blocks: BTreeMap<u64, Vec<u8>>,
    /// How long the file would be now.
    len: u64,
    /// Up to where its own bytes still count.
    own: u64,
}

#[derive(Debug)]
enum Order {
    Write(u64, Vec<u8>),
    SetLen(u64),
    Sync,
}

impl Unproven {
    pub(super) fn new(file: FileBackend) -> io::Result<Unproven> {
        let len = file.len()?;
        let held = Held { orders: Vec::new(), blocks: BTreeMap::new(), len, own: len };
        Ok(Unproven { file: Arc::new(file), held: Arc::new(Mutex::new(Some(held))) })
    }

    /// The content is proven: what was held back is written, and nothing is held back any more.
    pub(super) fn prove(&self) -> io::Result<()> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        for order in held.take().into_iter().flat_map(|held| held.orders) {
            match order {
                Order::Write(offset, data) => self.file.write(offset, &data)?,
                Order::SetLen(len) => self.file.set_len(len)?,
                Order::Sync => self.file.sync_data()?,
            }
        }
        Ok(())
    }

    /// Works on what is held back, or on the file when nothing is.
    fn either<T>(
        &self,
        held: impl FnOnce(&mut Held, &FileBackend) -> io::Result<T>,
        file: impl FnOnce(&FileBackend) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut guard = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *guard {
            Some(there) => held(there, &self.file),
            None => {
                drop(guard);
                file(&self.file)
            }
        }
    }
}

impl Held {
    fn read(&self, file: &FileBackend, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if offset.saturating_add(out.len() as u64) > self.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (at, part) in parts(offset, out) {
            match self.blocks.get(&(at / BLOCK_BYTES)) {
                Some(block) => part.copy_from_slice(&block[within(at)..within(at) + part.len()]),
                None => {
                    let there = usize::try_from(self.own.saturating_sub(at)).unwrap_or(usize::MAX).min(part.len());
                    let (own, beyond) = part.split_at_mut(there);
                    if !own.is_empty() {
                        file.read(at, own)?;
                    }
                    beyond.fill(0);
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, file: &FileBackend, offset: u64, data: &[u8]) -> io::Result<()> {
        self.orders.push(Order::Write(offset, data.to_vec()));
        self.len = self.len.max(offset + data.len() as u64);
        for (at, part) in parts(offset, &mut data.to_vec()) {
            let number = at / BLOCK_BYTES;
            if !self.blocks.contains_key(&number) {
                let start = number * BLOCK_BYTES;
                let mut block = vec![0; usize::try_from(BLOCK_BYTES).unwrap_or(usize::MAX)];
                let there = usize::try_from(self.own.saturating_sub(start)).unwrap_or(usize::MAX).min(block.len());
                if there > 0 {
                    file.read(start, &mut block[..there])?;
                }
                self.blocks.insert(number, block);
            }
            if let Some(block) = self.blocks.get_mut(&number) {
                block[within(at)..within(at) + part.len()].copy_from_slice(part);
            }
        }
        Ok(())
    }

    fn set_len(&mut self, len: u64) {
        self.orders.push(Order::SetLen(len));
        if len < self.len {
            // What lies beyond is zero if the file grows again.
            self.own = self.own.min(len);
            let _ = self.blocks.split_off(&len.div_ceil(BLOCK_BYTES));
            if let Some(block) = self.blocks.get_mut(&(len / BLOCK_BYTES)) {
                block[within(len)..].fill(0);
            }
        }
        self.len = len;
    }
}

/// Bytes cut at the borders of blocks, each with its place.
fn parts(offset: u64, bytes: &mut [u8]) -> impl Iterator<Item = (u64, &mut [u8])> {
    let head = usize::try_from(BLOCK_BYTES - offset % BLOCK_BYTES).unwrap_or(usize::MAX).min(bytes.len());
    let (head, rest) = bytes.split_at_mut(head);
    let block = usize::try_from(BLOCK_BYTES).unwrap_or(usize::MAX);
    let all = std::iter::once(head).chain(rest.chunks_mut(block)).filter(|part| !part.is_empty());
    all.scan(offset, |at, part| {
        let here = *at;
        *at += part.len() as u64;
        Some((here, part))
    })
}

fn within(at: u64) -> usize {
    usize::try_from(at % BLOCK_BYTES).unwrap_or(usize::MAX)
}

impl StorageBackend for Unproven {
    fn len(&self) -> io::Result<u64> {
        self.either(|held, _| Ok(held.len), StorageBackend::len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let guard = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match &*guard {
            Some(held) => held.read(&self.file, offset, out),
            None => {
                drop(guard);
                self.file.read(offset, out)
            }
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.either(
            |held, _| {
                held.set_len(len);
                Ok(())
            },
            |file| file.set_len(len),
        )
    }

    fn sync_data(&self) -> io::Result<()> {
        self.either(
            |held, _| {
                held.orders.push(Order::Sync);
                Ok(())
            },
            StorageBackend::sync_data,
        )
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.either(|held, file| held.write(file, offset, data), |file| file.write(offset, data))
    }

    fn close(&self) -> io::Result<()> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_held_back_reads_as_written_and_leaves_the_file_alone_until_it_is_proven() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let before: Vec<u8> = (0..20_000_u32).map(|n| n as u8).collect();
        fs::write(&path, &before).unwrap();
        let file = fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
        let unproven = Unproven::new(FileBackend::new(file).unwrap()).unwrap();
        let mut wanted = before.clone();
        let put = |at: usize, data: &[u8], wanted: &mut Vec<u8>| {
            unproven.write(at as u64, data).unwrap();
            wanted[at..at + data.len()].copy_from_slice(data);
        };
        put(5, &[1; 3], &mut wanted);
        put(4_000, &[2; 9_000], &mut wanted);
        for len in [6_001, 30_000] {
            unproven.set_len(len as u64).unwrap();
            wanted.resize(len, 0);
        }
        put(29_990, &[3; 10], &mut wanted);
        unproven.sync_data().unwrap();
        let read = |at: usize, count: usize| {
            let mut out = vec![9; count];
            unproven.read(at as u64, &mut out).map(|()| out)
        };
        for (at, count) in [(0, 30_000), (3, 10), (4_095, 2), (5_990, 30), (29_999, 1)] {
            assert_eq!(read(at, count).unwrap(), wanted[at..at + count], "{count} at {at}");
        }
        assert!(read(29_999, 2).is_err(), "beyond the end");
        assert_eq!(fs::read(&path).unwrap(), before);
        unproven.prove().unwrap();
        assert_eq!(fs::read(&path).unwrap(), wanted);
        unproven.write(0, &[7]).unwrap();
        assert_eq!(fs::read(&path).unwrap()[0], 7, "nothing is held back any more");
    }
}
