#!/usr/bin/env bash
# Install what the checks need and this machine lacks: Debian's packages, once.
set -euo pipefail

missing=()
need() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}
need make command -v make
need git command -v git
need python3-venv python3 -c 'import ensurepip'
need gettext command -v msgfmt
need chromium command -v chromium
need fonts-noto-cjk dpkg -s fonts-noto-cjk
# For approval sheets as PDF, and to look into them.
need libpango-1.0-0 dpkg -s libpango-1.0-0
need libpangoft2-1.0-0 dpkg -s libpangoft2-1.0-0
need poppler-utils command -v pdftotext

if [ ${#missing[@]} -eq 0 ]; then
    echo "Nothing is missing."
    exit
fi
echo "Missing: ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -qq --yes --no-install-recommends "${missing[@]}" >/dev/null
