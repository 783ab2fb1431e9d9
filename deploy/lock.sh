#!/bin/sh
# Compile the lock files: every package with its hashes, and no address of an index.
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
options="--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
compile() { $uv pip compile $options --group build pyproject.toml "$@"; }
compile -o requirements.lock
compile --group dev -c requirements.lock -o requirements-dev.lock
compile --group train -c requirements.lock -o requirements-train.lock
if grep -nE '://' requirements*.lock; then
    echo "A lock file names a host." >&2
    exit 1
fi
