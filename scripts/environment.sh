#!/bin/sh
# Makes the virtual environment with the pinned packages. Usage: environment.sh PYTHON VENV REQUIREMENTS
set -eu
python=$1 venv=$2 requirements=$3

if ! command -v "$python" >/dev/null 2>&1; then
    echo "Demur needs Python 3.11 or newer, and there is no '$python' here. Install it, or name yours: make run PYTHON=/path/to/python3" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Demur needs Python 3.11 or newer; this is $("$python" --version). Name a newer one: make run PYTHON=python3.12" >&2
    exit 1
fi
if ! [ -x "$venv/bin/python" ] && ! "$python" -m venv "$venv"; then
    rm -rf "$venv"
    echo "The virtual environment could not be made. On Debian and Ubuntu its part is missing: apt-get install python3-venv" >&2
    exit 1
fi
echo "Setting up Demur in $venv; this takes a minute the first time."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --editable .
