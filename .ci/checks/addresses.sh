#!/usr/bin/env bash
# Fail when a committed file names a package registry or a folder of somebody's machine.
# The brackets keep this file from finding itself.
set -euo pipefail

registries='p[y]pi\.org|pythonh[o]sted|npmj[s]\.|deb\.d[e]bian\.org'
machines='(^|[^[:alnum:]_.)}/-])/(ro[o]t|h[o]me|w[o]rk|U[s]ers)/[[:alnum:].]'
if git grep -nIE "$registries|$machines"; then
    echo "These lines name a registry or a folder of one machine."
    exit 1
fi
