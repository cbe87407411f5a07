//! Bytes from the disk. Enters: folders. Leaves: files, decoded, with their encodings; and repairs of their bytes.

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
