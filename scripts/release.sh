#!/usr/bin/env bash
# Makes a release of the program for one target: a tar.gz with the program, man pages, completions, licences and bill of
# materials, the bill of materials once more beside it, and SHA256SUMS over both. The same commit, toolchain and target
# give the same bytes.
#
#   scripts/release.sh [--target TRIPLE] [--out DIR] [--binary FILE]
#
# Without --target it is the machine's own kind with musl, where that target is installed, since that program is static;
# else the machine's own. --binary packs a program that was built before, for the tests.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/archive.sh
source scripts/archive.sh

target='' out=target/dist binary=''
while [ $# -gt 0 ]; do
  case "$1" in
    --target) target=${2:?}; shift 2 ;;
    --out) out=${2:?}; shift 2 ;;
    --binary) binary=${2:?}; shift 2 ;;
    *) printf 'release.sh: %s?\n' "$1" >&2; exit 2 ;;
  esac
done

has_target() { [ -d "$(rustc --print target-libdir --target "$1" 2>/dev/null)" ]; }

if [ -z "$target" ]; then
  host=$(host)
  target=${host/-gnu/-musl}
  has_target "$target" || target=$host
fi
has_target "$target" || { printf 'rustup target add %s\n' "$target" >&2; exit 1; }

version=$(version)
name="gangwei-$version-$target"
time=$(epoch)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/$name
mkdir -p "$tree/completions" "$tree/man/man1" "$tree/man/zh_CN/man1"
# Where this run fails, no archive of an earlier one stands for it.
rm -f "$out/$name.tar.gz" "$out/$name.cdx.json" "$out/SHA256SUMS"

if [ -n "$binary" ]; then
  install -m 755 "$binary" "$tree/gangwei"
else
  compile release "$target" "$tree/gangwei"
fi
case "$target" in
  *-musl) is_static "$tree/gangwei" ;;
esac
run() { "$tree/gangwei" "$@"; }
own=$(run --version)
if [ "$own" != "gangwei $version" ]; then
  printf '%s is not version %s\n' "$own" "$version" >&2
  exit 1
fi
cp README.md CHANGELOG.md SECURITY.md LICENSE-APACHE LICENSE-MIT "$tree/"
# The names under which shells look for them.
completions=(bash:gangwei.bash zsh:_gangwei fish:gangwei.fish powershell:gangwei.ps1 elvish:gangwei.elv)
for pair in "${completions[@]}"; do
  run completions "${pair%%:*}" --lang zh >"$tree/completions/${pair#*:}"
done
run man --lang en >"$tree/man/man1/gangwei.1"
run man --lang zh >"$tree/man/zh_CN/man1/gangwei.1"
commands=$(run man --list)
for command in $commands; do
  run man "$command" --lang en >"$tree/man/man1/gangwei-$command.1"
  run man "$command" --lang zh >"$tree/man/zh_CN/man1/gangwei-$command.1"
done
node scripts/bill.mjs --target "$target" --time "$time" --bill "$tree/gangwei.cdx.json" --licences "$tree/THIRD-PARTY.txt"

mkdir -p "$out"
pack "$work" "$name" "$out/$name.tar.gz"
cp "$tree/gangwei.cdx.json" "$out/$name.cdx.json"
sums "$out"
printf '%s\n' "$out/$name.tar.gz"
