#!/usr/bin/env bash
# The steps of action.yml. Enters: the action's inputs as variables of the environment, which no shell reads as commands.
#
#   scripts/action.sh install    the released program by version and checksum; without a version, built from these sources
#   scripts/action.sh run        gangwei check or gangwei build
set -euo pipefail
shopt -s inherit_errexit

# Says what is missing, as an annotation of the run, and stops.
missing() {
  printf '::error title=gangwei::%s %s\n' "$1" "$2"
  exit 1
}

install_released() {
  local archive=$RUNNER_TEMP/gangwei.tar.gz folder=$RUNNER_TEMP/gangwei-release url=$URL name program
  name=gangwei-$VERSION-x86_64-unknown-linux-musl
  [ -n "$SHA256" ] || missing "写了 version，还要写 sha256：发布页的 SHA256SUMS 里 $name.tar.gz 的那一行。" \
    "With version write sha256 too: the line of $name.tar.gz in SHA256SUMS of the release."
  [ -n "$url" ] || url=$GITHUB_SERVER_URL/$REPOSITORY/releases/download/v$VERSION/$name.tar.gz
  curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$archive" "$url"
  printf '%s  %s\n' "$SHA256" "$archive" | sha256sum --check --strict
  rm -rf "$folder"
  mkdir -p "$folder"
  tar -xzf "$archive" -C "$folder"
  program=$(find "$folder" -type f -name gangwei)
  install -m 755 "$program" "$RUNNER_TEMP/gangwei-bin/gangwei"
}

install_built() {
  command -v cargo >/dev/null || missing "没有写 version，就要从源码编译，而这台机器上没有 Rust。" \
    "Without version the program is built from source, and this runner has no Rust."
  cargo build --release --locked --bin gangwei --manifest-path "$SOURCES/Cargo.toml" --target-dir "$RUNNER_TEMP/gangwei-target"
  install -m 755 "$RUNNER_TEMP/gangwei-target/release/gangwei" "$RUNNER_TEMP/gangwei-bin/gangwei"
}

case "${1:-}" in
  install)
    mkdir -p "$RUNNER_TEMP/gangwei-bin"
    if [ -n "$VERSION" ]; then install_released; else install_built; fi
    "$RUNNER_TEMP/gangwei-bin/gangwei" --version
    printf '%s\n' "$RUNNER_TEMP/gangwei-bin" >>"$GITHUB_PATH"
    ;;
  run)
    flags=()
    [ "$STRICT" != true ] || flags+=(--strict)
    case "$COMMAND" in
      check) gangwei check "$SITE" --format github "${flags[@]}" ;;
      build)
        gangwei build "$SITE" --out "$OUT" "${flags[@]}"
        printf 'portal=%s\n' "$OUT" >>"$GITHUB_OUTPUT"
        ;;
      install) ;;
      *) missing "command 要写 check、build 或 install，不是 $COMMAND。" "command is check, build or install, not $COMMAND." ;;
    esac
    ;;
  *) printf 'action.sh: install | run\n' >&2; exit 2 ;;
esac
