#!/usr/bin/env bash
# Builds wcalc from the sources of this version of the action, with the packages of its lock file and none of their scripts.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"
npm ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error
npm run --silent build
