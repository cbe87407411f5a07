//! The program: flags in, exit code out. Everything else is in the library.

use std::process::ExitCode;

/// A build makes millions of short-lived texts on all cores. That of musl, with which the static program is linked, makes
/// threads wait for one another, and the system's own takes about a sixth more processor time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::disallowed_methods, reason = "the arguments enter here")]
fn main() -> ExitCode {
    gangwei::cli::run(std::env::args_os().collect())
}
