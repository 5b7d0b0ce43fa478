//! Bytes with their length in front: how hello, admission and parcels stand on a stream.
//!
//! Refuses a length above the limit of its protocol before reading on, and takes memory only as bytes arrive, so a stranger
//! who announces a megabyte and sends nothing costs nothing.

use futures::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use libp2p::{StreamProtocol, request_response::Codec};
use std::io;

/// One request and one answer, each a big-endian `u32` length and that many bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Framed {
    pub(super) request_bytes_max: usize,
    pub(super) answer_bytes_max: usize,
}

impl Codec for Framed {
    type Protocol = StreamProtocol;
    type Request = Vec<u8>;
    type Response = Vec<u8>;

    async fn read_request<T: AsyncRead + Unpin + Send>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
    ) -> io::Result<Vec<u8>> {
        read(io, self.request_bytes_max).await
    }

    async fn read_response<T: AsyncRead + Unpin + Send>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
    ) -> io::Result<Vec<u8>> {
        read(io, self.answer_bytes_max).await
    }

    async fn write_request<T: AsyncWrite + Unpin + Send>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
        bytes: Vec<u8>,
    ) -> io::Result<()> {
        write(io, &bytes, self.request_bytes_max).await
    }

    async fn write_response<T: AsyncWrite + Unpin + Send>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
        bytes: Vec<u8>,
    ) -> io::Result<()> {
        write(io, &bytes, self.answer_bytes_max).await
    }
}

async fn read<T: AsyncRead + Unpin + Send>(io: &mut T, bytes_max: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    io.read_exact(&mut length).await?;
    let length = u32::from_be_bytes(length);
    if length as usize > bytes_max {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{length} B announced, {bytes_max} B allowed")));
    }
    let mut bytes = Vec::new();
    io.take(u64::from(length)).read_to_end(&mut bytes).await?;
    if bytes.len() < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

async fn write<T: AsyncWrite + Unpin + Send>(io: &mut T, bytes: &[u8], bytes_max: usize) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= bytes_max);
    let Some(length) = length else {
        let text = format!("{} B to write, {bytes_max} B allowed", bytes.len());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    };
    io.write_all(&length.to_be_bytes()).await?;
    io.write_all(bytes).await?;
    io.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{executor::block_on, io::Cursor};

    #[test]
    fn what_is_written_is_read_again() {
        let mut wire = Cursor::new(Vec::new());
        block_on(write(&mut wire, b"a parcel", 8)).unwrap();
        assert_eq!(block_on(read(&mut Cursor::new(wire.into_inner()), 8)).unwrap(), b"a parcel");
    }

    #[test]
    fn too_much_is_refused_before_it_is_read_or_written() {
        let announced = [&u32::MAX.to_be_bytes()[..], b"x"].concat();
        assert_eq!(block_on(read(&mut Cursor::new(announced), 8)).unwrap_err().kind(), io::ErrorKind::InvalidData);
        let mut wire = Cursor::new(Vec::new());
        assert_eq!(block_on(write(&mut wire, b"a parcel!", 8)).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        assert!(wire.into_inner().is_empty());
    }

    #[test]
    fn a_cut_frame_is_an_error() {
        for cut in [&[0, 0][..], &[0, 0, 0, 2], &[0, 0, 0, 2, 7]] {
            assert!(block_on(read(&mut Cursor::new(cut.to_vec()), 8)).is_err());
        }
    }
}
