#!/bin/sh
# Sets up .venv and the few system libraries Qt and PostgreSQL need on a bare Debian 12.
# Looks first; installs only what is missing, and only as root or with sudo; otherwise prints the one line and exits 3.
set -eu
cd "$(dirname "$0")/.."

need="python3-venv libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libzbar0"
x_need="libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1"
# a print service for the tests to run by themselves: 1 MB to fetch, 6 MB on disk; without it they are skipped and say so
test_need="cups-daemon cups-client"
missing=""
lacking=""
if command -v dpkg-query >/dev/null 2>&1; then
  [ -n "${DISPLAY:-}" ] && need="$need $x_need"
  for p in $need; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
  done
  for p in $test_need; do
    dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || lacking="$lacking $p"
  done
  # another Python than Debian's brings its own venv module
  python3 -c 'import ensurepip, venv' 2>/dev/null && missing=$(printf '%s' "$missing" | sed 's/ python3-venv//')
fi
may=yes; as=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as="sudo"; else may=""; fi
fi
if [ -n "$missing" ] && [ -z "$may" ]; then
  echo "还缺系统软件包，请管理员执行这一行后再来："
  echo "  apt-get install -y$missing$lacking"
  exit 3
fi
if [ -n "$missing" ]; then
  $as apt-get update -q
  DEBIAN_FRONTEND=noninteractive $as apt-get install -y -q --no-install-recommends $missing
fi
if [ -n "$lacking" ] && [ -n "$may" ]; then
  [ -n "$missing" ] || $as apt-get update -q || true
  DEBIAN_FRONTEND=noninteractive $as apt-get install -y -q --no-install-recommends $lacking && lacking="" || true
fi
[ -z "$lacking" ] || echo "没有$lacking，真打印服务的测试会跳过"
[ -x .venv/bin/python ] || python3 -m venv .venv
# dev.txt is the whole closure: nothing is left to resolve. With resolving, pip 23 takes the newest release for a requirement
# with an extra (coverage[toml]) and refuses it for having no pin, on the day that release comes out; pip check proves the closure.
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
.venv/bin/python -m pip check -q --disable-pip-version-check
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
.venv/bin/python -m installers.unpack_fonts
touch .venv/.ready
