# Functions that release.sh and source.sh share; sourced in the repository's root.

# The version that Cargo.toml states.
version() { sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1; }

# The time that everything in an archive bears, in seconds: SOURCE_DATE_EPOCH, or that of the commit.
epoch() { printf '%s\n' "${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}"; }

# host: the kind of machine that this is.
host() { rustc -vV | sed -n 's/^host: //p'; }

# compile PROFILE TARGET: builds the program as Cargo.lock pins it, and prints where it is. No folder of this machine
# stays in it, and a crate has the same name wherever it was read from.
compile() {
  local home=${CARGO_HOME:-$HOME/.cargo} folder flags crates
  cargo fetch --locked --target "$2" >&2
  flags="--remap-path-prefix=$PWD=/gangwei"
  for crates in "$PWD/vendor" "$home"/registry/src/*; do
    flags+=$'\x1f'"--remap-path-prefix=$crates=/crates"
  done
  CARGO_ENCODED_RUSTFLAGS=$flags CARGO_PROFILE_RELEASE_STRIP=symbols cargo build --locked --profile "$1" --target "$2" >&2
  folder=$1
  [ "$1" = dev ] && folder=debug
  printf '%s\n' "${CARGO_TARGET_DIR:-target}/$2/$folder/gangwei"
}

# pack FOLDER NAME ARCHIVE: the tree FOLDER/NAME as tar.gz. The same tree gives the same bytes on any machine.
pack() {
  LC_ALL=C tar --create --directory="$1" --sort=name --format=gnu --mtime="@$(epoch)" --owner=0 --group=0 --numeric-owner \
    --mode='u+rw,go+r-w,a+X' --file=- "$2" | gzip --no-name --best >"$3"
}

# sums FOLDER: SHA256SUMS over everything in it, as `sha256sum --check` reads it.
sums() {
  (cd "$1" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%f\n' | LC_ALL=C sort | xargs -r sha256sum >SHA256SUMS)
}
