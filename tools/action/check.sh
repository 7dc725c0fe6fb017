#!/usr/bin/env bash
# The last step of action.yml: runs wcalc check with annotations, keeps its reports as files, and fails as it does.
set -uo pipefail

reports=$(mktemp -d "${RUNNER_TEMP:-/tmp}/wcalc.XXXXXX")
arguments=(--format github --fail-on "${INPUT_FAIL_ON:-error}")
arguments+=(--output "json=$reports/wcalc.json" --output "sarif=$reports/wcalc.sarif")
arguments+=(--output "markdown=$reports/wcalc.md")
[ -n "${INPUT_BASELINE:-}" ] && arguments+=(--baseline "$INPUT_BASELINE")

while IFS= read -r line; do
  [ -n "$line" ] && arguments+=("$line")
done <<<"${INPUT_ARGS:-}"

# After -- a name that begins with a dash is a name.
arguments+=(--)
while IFS= read -r line; do
  [ -n "$line" ] && arguments+=("$line")
done <<<"${INPUT_FILES:-}"

node "$GITHUB_ACTION_PATH/bin/wcalc.cjs" check "${arguments[@]}"
status=$?

if [ "${INPUT_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -s "$reports/wcalc.md" ]; then
  cat "$reports/wcalc.md" >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  {
    [ "$status" -eq 0 ] && echo "passed=true" || echo "passed=false"
    echo "json=$reports/wcalc.json"
    echo "sarif=$reports/wcalc.sarif"
  } >>"$GITHUB_OUTPUT"
fi
exit "$status"
