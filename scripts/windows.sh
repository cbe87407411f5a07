#!/usr/bin/env bash
# Compiles the program for Windows as far as its types go, from any system. The target and the C compiler, which the
# allocator needs, are installed where that is possible and named where it is not.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=x86_64-pc-windows-gnu
compiler=x86_64-w64-mingw32-gcc
has() { command -v "$1" >/dev/null 2>&1; }
has_target() {
  local folder
  folder=$(rustc --print target-libdir --target "$target" 2>/dev/null) || return 1
  [ -d "$folder" ]
}
missing() {
  printf '\n缺少%s。请先安装，例如：%s\nMissing: %s. Please install it, for example: %s\n' "$1" "$2" "$1" "$2" >&2
  exit 1
}

if ! has_target && has rustup; then rustup target add "$target" || true; fi
has_target || missing "$target" "rustup target add $target"
if ! has "$compiler" && has apt-get; then
  as_root=()
  if [ "$(id -u)" -ne 0 ] && has sudo; then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc-mingw-w64-x86-64 || true
fi
has "$compiler" || missing "$compiler" "apt-get install gcc-mingw-w64-x86-64"
cargo check --locked --target "$target"
