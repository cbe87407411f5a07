# shellcheck shell=bash
# Functions that release.sh and source.sh share; sourced in the repository's root.

# A failure inside `$(…)` ends the script as one outside does. Bash forgets it in a declaration (`local x=$(…)`) and among
# the words of a command, so what may fail is assigned to a name first.
set -euo pipefail
shopt -s inherit_errexit

# The version that Cargo.toml states.
version() { sed -n '/^version = "\(.*\)"$/{s//\1/p;q}' Cargo.toml; }

# The time that everything in an archive bears, in seconds: SOURCE_DATE_EPOCH, or that of the commit.
epoch() { printf '%s\n' "${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}"; }

# host: the kind of machine that this is.
host() { rustc -vV | sed -n 's/^host: //p'; }

# compile PROFILE TARGET FILE: builds the program as Cargo.lock pins it and puts it at FILE. No folder of this machine
# stays in it, and a crate has the same name wherever it was read from.
compile() {
  local home=${CARGO_HOME:-$HOME/.cargo} folder flags crates
  folder=$1
  [ "$1" != dev ] || folder=debug
  folder=${CARGO_TARGET_DIR:-target}/$2/$folder
  # What an earlier run left, or somebody else put there, is never taken for what is built now: cargo links it anew.
  rm -rf "$folder/gangwei" "$folder/deps/gangwei" "$folder/deps"/gangwei-*
  cargo fetch --locked --target "$2" >&2
  flags="--remap-path-prefix=$PWD=/gangwei"
  for crates in "$PWD/vendor" "$home"/registry/src/*; do
    flags+=$'\x1f'"--remap-path-prefix=$crates=/crates"
  done
  CARGO_ENCODED_RUSTFLAGS=$flags CARGO_PROFILE_RELEASE_STRIP=symbols \
    cargo build --locked --bin gangwei --profile "$1" --target "$2" >&2
  install -m 755 "$folder/gangwei" "$3"
}

# is_static FILE: fails unless it is a program, and one that needs no loader.
is_static() {
  local headers
  # What is no program has no headers, and readelf says so.
  headers=$(readelf --program-headers "$1")
  case "$headers" in
    *INTERP*) printf '%s is not static\n' "$1" >&2; return 1 ;;
  esac
}

# pack FOLDER NAME ARCHIVE: the tree FOLDER/NAME as tar.gz. The same tree gives the same bytes on any machine. The archive
# has its name only when it is whole.
pack() {
  local time
  time=$(epoch)
  rm -f "$3"
  LC_ALL=C tar --create --directory="$1" --sort=name --format=gnu --mtime="@$time" --owner=0 --group=0 --numeric-owner \
    --mode='u+rw,go+r-w,a+X' --file=- "$2" | gzip --no-name --best >"$3.part"
  mv "$3.part" "$3"
}

# sums FOLDER: SHA256SUMS over everything in it, as `sha256sum --check` reads it.
sums() {
  local sums
  sums=$(cd "$1" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%f\n' | LC_ALL=C sort | xargs -r sha256sum)
  printf '%s\n' "$sums" >"$1/SHA256SUMS"
}
