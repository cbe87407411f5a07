#!/usr/bin/env bash
# Makes the source archive that builds without a network: the tracked files, every crate of Cargo.lock, and the settings
# that make cargo take them from there. With --build, unpacks it elsewhere and builds it offline with an empty cargo home.
#
#   scripts/source.sh [--out DIR] [--build DIR] [--profile dev|release] [--target TRIPLE]
#
# The program goes to the folder that --build names. Built for the same target, it is the release's, byte for byte.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/archive.sh
source scripts/archive.sh

out=target/dist profile=release target='' build=''
while [ $# -gt 0 ]; do
  case "$1" in
    --out) out=${2:?}; shift 2 ;;
    --profile) profile=${2:?}; shift 2 ;;
    --target) target=${2:?}; shift 2 ;;
    --build) build=${2:?}; shift 2 ;;
    *) printf 'source.sh: %s?\n' "$1" >&2; exit 2 ;;
  esac
done

version=$(version)
name="gangwei-$version-source"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$work/$name/.cargo"
# Only what is tracked: no output, no leftovers. New files count before they are committed.
git ls-files -z --cached --others --exclude-standard |
  tar --null --files-from=- --create --file=- | tar --extract --file=- --directory="$work/$name"
cargo vendor --locked --versioned-dirs "$work/$name/vendor" >/dev/null
cat >"$work/$name/.cargo/config.toml" <<'SETTINGS'
# Every crate is in vendor/; nothing is asked of a registry.
[source.crates-io]
replace-with = "vendored"

[source.vendored]
directory = "vendor"

[net]
offline = true
SETTINGS
pack "$work" "$name" "$out/$name.tar.gz"
sums "$out"
printf '%s\n' "$out/$name.tar.gz"

if [ -n "$build" ]; then
  mkdir -p "$work/unpacked" "$work/home" "$build"
  build=$(cd "$build" && pwd)
  tar --extract --gzip --file="$out/$name.tar.gz" --directory="$work/unpacked"
  cd "$work/unpacked/$name"
  export CARGO_HOME=$work/home CARGO_TARGET_DIR=$work/target CARGO_NET_OFFLINE=true
  [ -n "$target" ] || target=$(host)
  compile "$profile" "$target" "$build/gangwei"
  "$build/gangwei" --version
fi
