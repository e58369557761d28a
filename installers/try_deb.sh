#!/bin/sh
# Tries the .deb on a bare machine, as root: installs it with apt, runs the smoke test on what was installed,
# removes and purges it, and looks whether the clerk's data are all still there. Needs Python 3 for the smoke test
# and none of our packages. Give it a copy of the folder installers, of build/package/things and the .deb.
#
#   sh installers/try_deb.sh PACKAGE.deb THINGS [--centre URL --ca FILE --code CODE]
set -eu
package=$(readlink -f "$1")
things=$(readlink -f "$2")
shift 2
cd "$(dirname "$0")/.."

apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" >/tmp/try_deb.log 2>&1 || {
  tail -n 15 /tmp/try_deb.log
  echo "✗ 安装包没有装上"
  exit 1
}
echo "✓ 装上了：$(dpkg-query -W -f='${Version}，${Installed-Size} kB' counter-app)，连同 $(grep -c '^Setting up' /tmp/try_deb.log) 个软件包"
dpkg --verify counter-app
echo "✓ dpkg --verify：装好的文件和安装包一样"

code=0
python3 -m installers.smoke /usr/lib/counter-app/counter-app "$things" --installed "$@" || code=1

# a screen, after the rest: Xvfb brings libraries of its own, which must not hide a missing dependency
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends xvfb >/tmp/try_deb.log 2>&1 || tail -n 3 /tmp/try_deb.log
python3 -m installers.smoke /usr/lib/counter-app/counter-app "$things" --installed --only 屏幕 || code=1

# a clerk's account with data in it, then remove and purge
id clerk-try >/dev/null 2>&1 || useradd --create-home clerk-try
home=$(getent passwd clerk-try | cut -d: -f6)
data="$home/.local/share/counter-app"
mkdir -p "$(dirname "$data")"
cp -r "$things/old-profile" "$data"
chown -R clerk-try: "$home"
phrase=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["phrase"])' "$things/told.json")
clerk=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["clerk"])' "$things/told.json")
# the command of the PATH, as the desktop entry calls it; 3 is what it says without network
echo "$phrase" | setpriv --reuid=clerk-try --regid=clerk-try --clear-groups env HOME="$home" LANG=C.UTF-8 \
  counter-app sync --once --clerk "$clerk" >/tmp/try_deb.log 2>&1 && rc=0 || rc=$?
[ "$rc" = 3 ] && echo "✓ PATH 里的 counter-app：$(cat /tmp/try_deb.log)" || { echo "✗ counter-app sync 是 $rc"; cat /tmp/try_deb.log; code=1; }
before=$(cd "$data" && find . -type f -exec sha256sum {} + | sort)
for word in remove purge; do
  dpkg-query -W counter-app >/dev/null 2>&1 || apt-get install -y -q "$package" >/tmp/try_deb.log 2>&1
  apt-get $word -y -q counter-app >/tmp/try_deb.log 2>&1 || { cat /tmp/try_deb.log; code=1; }
  after=$(cd "$data" && find . -type f -exec sha256sum {} + | sort)
  if [ "$before" = "$after" ]; then
    echo "✓ $word 以后：$(echo "$after" | wc -l) 个数据文件一个字节都没变"
  else
    echo "✗ $word 动了数据文件夹"; code=1
  fi
  if [ -e /usr/lib/counter-app ] || [ -e /usr/bin/counter-app ]; then echo "✗ $word 以后程序还在"; code=1; fi
done
exit $code
