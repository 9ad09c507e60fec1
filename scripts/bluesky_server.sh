#!/bin/sh
# Installs the Bluesky server that tests start: once, outside the tree. Prints the folder; fails with a sentence.
# Usage: bluesky_server.sh
set -eu
here=$(cd "$(dirname "$0")/../tests/server/connectors/bluesky_server" && pwd)
for name in node npm; do
    if ! command -v "$name" >/dev/null 2>&1; then
        echo "$name is missing: install Node.js 20 or newer" >&2
        exit 1
    fi
done
# What is installed depends on the pinned packages, and what is built on Node's version.
edition=$({ cat "$here/package.json" "$here/package-lock.json"; node --version; } | cksum | cut -d ' ' -f 1)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/demur-tests
folder=$cache/bluesky-$edition
if ! [ -d "$folder" ]; then
    mkdir -p "$cache"
    fresh=$(mktemp -d "$cache/installing.XXXXXX")
    trap 'rm -rf "$fresh"' EXIT
    cp "$here/package.json" "$here/package-lock.json" "$fresh"
    # Of all these packages one is allowed to run a program while it is installed: the database, which is compiled.
    if ! (cd "$fresh" && npm ci --ignore-scripts --no-audit --no-fund && npm rebuild better-sqlite3) >"$fresh/install.log" 2>&1; then
        tail -n 5 "$fresh/install.log" >&2
        echo "the packages could not be installed" >&2
        exit 1
    fi
    # Whoever else was installing at the same time may have been first; theirs is as good.
    [ -d "$folder" ] || mv "$fresh" "$folder"
fi
echo "$folder"
