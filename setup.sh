#!/usr/bin/env bash
# Sourced by ./run and ./test: installs what is missing, makes .venv from the hash-pinned lock, picks a Qt platform.
# Usage: source setup.sh LOCKFILE [DEBIAN_PACKAGE ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
unset PYTHONDONTWRITEBYTECODE # else each program, and each of the many that the tests start, compiles all of it anew

lock=$1
shift
packages=(libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libgssapi-krb5-2 fonts-dejavu-core
  libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 ca-certificates "$@")

pick_python() {
  local candidate
  for candidate in "${FIELDAPP_PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
}

install_system_packages() {
  command -v dpkg-query >/dev/null || return 0
  local missing=() package installed
  [ -n "$(pick_python)" ] || packages+=(python3 python3-venv)
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true)
  for package in "${packages[@]}"; do
    grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if [ "$(id -u)" = 0 ]; then
    echo "Installing system libraries: ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >/dev/null
    apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "FieldApp needs some system libraries. Please run once:" >&2
    echo "  sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
    [ -n "$(pick_python)" ] || exit 1
  fi
}

make_venv() {
  local python wanted
  python=$(pick_python)
  [ -n "$python" ] || { echo "FieldApp needs Python 3.11, 3.12 or 3.13." >&2; exit 1; }
  # Both locks are in the stamp: when either changes, both commands install anew.
  wanted="$(cat requirements.lock requirements-dev.lock | sha256sum | cut -c1-16)-$("$python" -c 'import platform; print(platform.python_version())')"
  grep -qxF "$wanted $lock" .venv/.stamp 2>/dev/null && return 0
  if ! grep -qsF "$wanted" .venv/.stamp; then rm -rf .venv; fi
  echo "Setting up .venv (once: half a minute, or some minutes where packages come slowly) ..." >&2
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$lock"
  echo "$wanted $lock" >> .venv/.stamp
}

# Two commands started at once must not build the same folder twice.
exec 9>.setup.lock
command -v flock >/dev/null && flock 9
install_system_packages
make_venv
exec 9>&-

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname)" = Linux ]; then export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}; fi
