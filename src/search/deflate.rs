//! Compression of the files of an index. Enters: values and bytes. Leaves: raw DEFLATE streams. What cannot be
//! written is an error, never an empty file.

use super::key::tag;
use flate2::{Compress, Compression, FlushCompress, Status};
use serde::Serialize;
use std::cell::RefCell;
use std::io::{Error, Result};

/// How hard to compress.
const LEVEL: Compression = Compression::new(6);
/// Texts of up to this many bytes are compressed with a window of this size, which is faster to prepare.
const SMALL_WINDOW: usize = 1 << SMALL_WINDOW_BITS;
const SMALL_WINDOW_BITS: u8 = 13;

/// A value as JSON, deflated.
pub fn deflated_json<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    deflate(&serde_json::to_vec(value)?)
}

/// Compresses, without a header.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    thread_local! {
        /// Making a compressor takes longer than compressing a posting.
        static COMPRESSORS: RefCell<Compressors> = const { RefCell::new(Compressors::new()) };
    }
    COMPRESSORS.with_borrow_mut(|compressors| compressors.deflate(bytes))
}

/// What is used again and again to compress.
struct Compressors {
    small: Option<Compress>,
    large: Option<Compress>,
    out: Vec<u8>,
}

impl Compressors {
    const fn new() -> Self {
        Compressors {
            small: None,
            large: None,
            out: Vec::new(),
        }
    }

    fn deflate(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        let compressor = if bytes.len() <= SMALL_WINDOW {
            self.small.get_or_insert_with(|| {
                Compress::new_with_window_bits(LEVEL, false, SMALL_WINDOW_BITS)
            })
        } else {
            self.large
                .get_or_insert_with(|| Compress::new(LEVEL, false))
        };
        compressor.reset();
        self.out.clear();
        self.out.reserve(bytes.len() / 2 + 1024);
        loop {
            let read = usize::try_from(compressor.total_in()).map_err(Error::other)?;
            match compressor.compress_vec(&bytes[read..], &mut self.out, FlushCompress::Finish) {
                // The files of an index wait for one another: none keeps room that it does not need.
                Ok(Status::StreamEnd) => return Ok(self.out.as_slice().into()),
                Ok(_) => self.out.reserve(self.out.len() + 1024),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Decompresses up to 64 MB, so that tests can compare. `None` when the bytes are broken.
#[cfg(test)]
pub fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut out = Vec::new();
    let decoder = flate2::read::DeflateDecoder::new(bytes);
    decoder.take(64 << 20).read_to_end(&mut out).ok()?;
    Some(out)
}

/// Puts the tag of the bytes behind them, for files whose name does not hold it.
pub fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let tag = tag(&bytes).to_le_bytes();
    bytes.reserve_exact(3);
    bytes.extend(&tag[..3]);
    bytes
}

/// Takes the tag off again and checks it, so that tests can compare.
#[cfg(test)]
pub fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (content, seal) = bytes.split_at_checked(bytes.len().checked_sub(3)?)?;
    (tag(content).to_le_bytes()[..3] == *seal).then_some(content)
}
