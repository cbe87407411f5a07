//! Bytes from the disk. Enters: folders. Leaves: files, decoded, with their encodings; and repairs of their bytes.
//!
//! ```text
//! folder ──list_files──> SourcePath { path, disk }
//!                          ├─ file_state ──> FileState   has the file changed?
//!                          └─ load_text ──> bytes ──decode_text──> Decoded { text, encoding }
//!                                                                    └──> SourceFile (text/)
//! SourceFile + Fix ──repair──> bytes, in the encoding of the file
//!
//! published folder ──list_output──> OutputFile ──digest_of_file──> FileDigest { size, hash }
//! ```

mod encoding;
mod entry;
mod load;
mod repairs;

pub use encoding::{Decoded, Encoding, Undecodable, decode_text, report_encoding};
pub use entry::FileDigest;
pub use load::{
    FOLDERS, FileState, MAX_DOCUMENT_BYTES, OutputFile, SourcePath, decode, digest_of_file,
    file_state, has_entries, is_forbidden, list_files, list_output, load_bytes, load_text,
    read_kept, settings_file, site_file, system_face, system_fonts,
};
pub use repairs::repair;
