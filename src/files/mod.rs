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
mod hidden;
mod load;
mod name_faults;
mod names;
mod repairs;

pub use encoding::{Decoded, Encoding, Undecodable, decode_text, report_encoding};
pub use entry::FileDigest;
pub use hidden::litter;
pub use load::{
    FOLDERS, FileState, MAX_DOCUMENT_BYTES, OutputFile, SourcePath, decode, digest_of_file,
    file_state, has_entries, list_files, list_output, load_bytes, load_text, read_kept,
    settings_file, site_file, system_face, system_fonts,
};
pub use name_faults::{report_clash, report_name, report_undecodable};
pub use names::{
    MAX_NAME, NameFault, clashes, fold_name, is_contained, is_forbidden, is_publishable,
    name_fault, path_fault,
};
pub use repairs::repair;
