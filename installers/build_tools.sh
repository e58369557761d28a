#!/bin/sh
# What `make package` needs besides the set-up: PyInstaller, binutils, and Python as a shared library.
# Looks first; installs only what is missing, and only as root or with sudo; otherwise prints the one line and exits 3.
set -eu
cd "$(dirname "$0")/.."
py=.venv/bin/python

missing=""
command -v objdump >/dev/null 2>&1 && command -v strip >/dev/null 2>&1 || missing="$missing binutils"
command -v dpkg-deb >/dev/null 2>&1 || missing="$missing dpkg"
command -v setpriv >/dev/null 2>&1 || missing="$missing util-linux"
# Debian's python3 is one file; the frozen program needs its library, which is a package of its own
shared=$($py -c 'import ctypes.util, sys, sysconfig, pathlib as p
name = sysconfig.get_config_var("INSTSONAME") or ""
dirs = [sysconfig.get_config_var("LIBDIR") or "", sysconfig.get_config_var("LIBPL") or ""]
found = ".so" in name and any((p.Path(d) / name).exists() for d in dirs)
print("yes" if found or ctypes.util.find_library("python%d.%d" % sys.version_info[:2]) else "")')
[ -n "$shared" ] || missing="$missing libpython$($py -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ]; then as=""; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as="sudo"; else
    echo "打包还缺系统软件包，请管理员执行这一行后再来："
    echo "  apt-get install -y$missing"
    exit 3
  fi
  $as apt-get update -q
  DEBIAN_FRONTEND=noninteractive $as apt-get install -y -q --no-install-recommends $missing
fi
$py -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/package.txt
