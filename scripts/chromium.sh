#!/bin/sh
# The browser tests need chromium: installed where we may, otherwise named, with the command.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else as_root="no"; fi
    if [ "$as_root" != no ]; then
        echo "Installing chromium for the browser tests."
        if $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; then
            exit 0
        fi
    fi
fi
echo "chromium is missing, so the browser tests will be skipped. Install it with: sudo apt-get install chromium" >&2
