#!/usr/bin/env bash
# Runs every fuzz target for some seconds and fails where one crashes, hangs or runs out of memory. What made it do so is
# in the folder that it prints.
#
#   scripts/fuzz.sh [SECONDS] [TARGET…]
#
# Sixty seconds and all targets by default. The texts of this repository are what the fuzzer begins with; what it finds is
# kept in target/fuzz/corpus, so that the next run begins there. It needs Rust and a C++ compiler, nothing else: the
# stable compiler instruments the code itself.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-60}
case "$seconds" in
  '' | *[!0-9]*) printf 'fuzz.sh: %s?\n' "$seconds" >&2; exit 2 ;;
esac
[ $# -eq 0 ] || shift
all=$(sed -n 's/^    ("\([a-z]*\)", .*/\1/p' fuzz/src/main.rs)
targets=("$@")
[ $# -gt 0 ] || read -r -d '' -a targets <<<"$all" || true
for target in "${targets[@]}"; do
  grep -qx -- "$target" <<<"$all" || { printf 'fuzz.sh: %s? %s\n' "$target" "${all//$'\n'/ }" >&2; exit 2; }
done

work=${CARGO_TARGET_DIR:-$PWD/target}/fuzz
machine=$(rustc -vV)
machine=$(sed -n 's/^host: //p' <<<"$machine")
flags="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
flags+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
flags+=" -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
# With a target of its own name, programs that run during the build are not instrumented.
RUSTFLAGS=$flags CARGO_TARGET_DIR=$work cargo build --locked --release --manifest-path fuzz/Cargo.toml --target "$machine"
program=$work/$machine/release/gangwei-fuzz

# The texts to begin with: a byte that chooses, then the text.
seeds=$work/seeds
rm -rf "$seeds"
mkdir -p "$seeds"
number=0
while IFS= read -r -d '' file; do
  number=$((number + 1))
  { printf '%b' "\\0$(printf %o $((number % 48)))"; cat "$file"; } >"$seeds/$number"
done < <(find content gangwei.yaml tests/blanks tests/chinese tests/faults tests/hostile -type f \
  \( -name '*.md' -o -name '*.yaml' -o -name '*.txt' -o -name '*.csv' \) -size -6k -print0 | LC_ALL=C sort -z)
printf '{"schema":1,"generator":"gangwei 0","files":{"a/b.html":{"size":1,"hash":"%064d"}}}' 0 >"$seeds/manifest"

status=0
summary=()
for target in "${targets[@]}"; do
  mkdir -p "$work/corpus/$target" "$work/found/$target"
  log=$work/$target.log
  printf '\n==> %s, %s s\n' "$target" "$seconds"
  if GANGWEI_FUZZ=$target nice "$program" "$work/corpus/$target" "$seeds" -max_total_time="$seconds" -max_len=6000 -timeout=20 \
    -rss_limit_mb=4096 -artifact_prefix="$work/found/$target/" -print_final_stats=1 >"$log" 2>&1; then
    result=ok
  else
    result="FAILED, see $log and $work/found/$target"
    status=1
    grep -m 1 -A 4 'panicked at\|ERROR: libFuzzer' "$log" || true
  fi
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log")
  summary+=("$(printf '%-12s %10s executions, %6s edges: %s' "$target" "${runs:-?}" "${edges##*$'\n'}" "$result")")
done
printf '\n'
printf '%s\n' "${summary[@]}"
failed=$(printf '%s\n' "${summary[@]}" | grep -c FAILED || true)
printf '\n%s passed, %s failed\n' $((${#targets[@]} - failed)) "$failed"
exit "$status"
