#!/bin/sh
# Writes the lock files: exact versions with hashes, and no word of where they were loaded from.
set -eu
cd "$(dirname "$0")/.."
lock() { # in-file lock-file [option]
    .venv/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
        --no-annotate --custom-compile-command "make lock" ${3:-} "$1" --output-file "$2"
}
lock requirements.in requirements.txt
lock requirements-speech.in requirements-speech.txt
lock requirements-model.in requirements-model.txt --no-deps
lock requirements-dev.in requirements-dev.txt
lock tools/uv.in tools/uv.txt
lock tools/node.in tools/node.txt
