//! The program: flags in, exit code out. Everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    gangwei::cli::run(std::env::args_os().collect())
}
