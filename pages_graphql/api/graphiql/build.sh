#!/bin/sh
# Build static/ anew from src/ and the packages that src/package-lock.json names; needs Node 20 or later, npm, and a registry.
# It works in a folder of its own, so that no node_modules ever lies inside the package.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R src/. "$work"
rm -rf "$work/node_modules" static
static=$(pwd)/static
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node build.mjs "$static"
