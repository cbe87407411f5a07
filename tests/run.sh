#!/usr/bin/env bash
# Runs every test. A machine with Rust is enough: what the browser tests need besides is installed from the system's
# packages where that is possible, and named where it is not. A missing tool is a failure, never a pass.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n==> %s\n' "$*"; }
has() { command -v "$1" >/dev/null 2>&1; }

# Fails with the name of what is missing and the way to install it, in Chinese and in English.
missing() {
  printf '\n缺少%s。请先安装，例如：%s\nMissing: %s. Please install it, for example: %s\n' "$1" "$3" "$2" "$3" >&2
  exit 1
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && has "$name"; then command -v "$name"; return; fi
  done
  return 1
}

has_node() { has node && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; }
has_chinese_font() { has fc-list && [ -n "$(fc-list :lang=zh-cn family)" ]; }

# Installs packages where this user may. What is still missing afterwards is reported by the checks below.
install() {
  has apt-get || return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || return 0
    as_root=(sudo)
  fi
  step "安装 / installing: $*"
  if [ -z "${updated:-}" ]; then
    "${as_root[@]}" apt-get update -qq || true
    updated=yes
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" || true
}

step "检查工具 / checking tools"
has cargo || missing "Rust（cargo）" "Rust (cargo)" "rustup"
has_node || install nodejs
# Some packages of Node bring npm along, and then Debian's own npm cannot stand beside them.
has npm || install npm
# Where the system's Node is too old, its npm still brings a newer one, for this run only.
newer_node() {
  local machine folder
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) machine=linux-x64 ;;
    Linux-aarch64) machine=linux-arm64 ;;
    *) return 0 ;;
  esac
  step "安装较新的 Node / installing a newer Node"
  folder=$(mktemp -d)
  npm install --no-save --loglevel=error --prefix "$folder" "node-$machine@22" || return 0
  export PATH="$folder/node_modules/node-$machine/bin:$PATH"
}
if ! has_node && has npm; then newer_node; fi
find_chromium >/dev/null || install chromium
has_chinese_font || install fontconfig fonts-noto-cjk
has soffice || install libreoffice-writer-nogui
has shellcheck || install shellcheck
has_venv() { has python3 && python3 -c 'import ensurepip, venv'; }
has_venv || install python3 python3-venv

has_node || missing "Node 20.19 或更新版本" "Node 20.19 or newer" "apt-get install nodejs (Debian 13, Ubuntu 25.10 or newer)"
has npm || missing "npm" "npm" "apt-get install npm"
CHROMIUM=$(find_chromium) || missing "Chromium 浏览器" "Chromium" "apt-get install chromium"
has_chinese_font || missing "中文字体" "a Chinese font" "apt-get install fontconfig fonts-noto-cjk"
has soffice || missing "LibreOffice（soffice）" "LibreOffice (soffice)" "apt-get install libreoffice-writer-nogui"
has shellcheck || missing "shellcheck" "shellcheck" "apt-get install shellcheck"
has_venv || missing "Python 3 和它的 venv" "Python 3 with venv" "apt-get install python3-venv"
export CHROMIUM
echo "cargo $(cargo --version | cut -d' ' -f2), node $(node --version), npm $(npm --version 2>/dev/null), $CHROMIUM"

step "安装测试用的 npm 包 / npm ci"
# Only errors: html-validate names a newer Node, which its library, all that is used here, does not need.
npm ci --loglevel=error

# The same cases in every run, so that a change is judged by what it changes; another seed looks further.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261121}
step "Rust 测试 / cargo test"
cargo test --locked

step "生成演示门户 / building the demonstration portal"
PORTAL_DIR=$(mktemp -d)
PORTABLE_DIR=$(mktemp -d)
SITE=$(mktemp -d)
trap 'rm -rf "$PORTAL_DIR" "$PORTABLE_DIR" "$SITE"' EXIT
export PORTAL_DIR PORTABLE_DIR
# With posters, drawn with this machine's fonts: the repository holds none.
cp -R content gangwei.yaml "$SITE"
echo 'posters: {font: system}' >>"$SITE/gangwei.yaml"
# The program that the tests above have built and run.
program=${CARGO_TARGET_DIR:-target}/debug/gangwei
"$program" build "$SITE" --out "$PORTAL_DIR" --lang en
"$program" build . --out "$PORTABLE_DIR" --portable --lang en

step "浏览器测试 / browser tests"
node tests/browser/run.mjs tests/browser/*.test.mjs tests/chinese/*.test.mjs tests/licences/*.test.mjs

step "发布脚本 / release scripts"
node --test --test-reporter=spec tests/release/*.test.mjs

step "脚本和流程的检查 / linters of scripts and workflows"
LINTERS=$PWD/target/linters
export LINTERS
tests/linters/install.sh "$LINTERS" || missing "zizmor、check-jsonschema、pre-commit" "zizmor, check-jsonschema, pre-commit" "pip install zizmor check-jsonschema pre-commit"
node --test --test-reporter=spec tests/linters/*.test.mjs

step "全部通过 / all tests passed"
