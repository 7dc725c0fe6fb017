#!/usr/bin/env bash
# A step of action.yml: says in a comment of the pull request what it changes, in the one comment that it keeps up to date.
set -uo pipefail

base=$(mktemp -d "${RUNNER_TEMP:-/tmp}/wcalc-base.XXXXXX")
sha=$(node -p 'JSON.parse(require("fs").readFileSync(process.env.GITHUB_EVENT_PATH, "utf8")).pull_request?.base.sha ?? ""')
if [ -z "$sha" ]; then
  echo "no comment: this run is not of a pull request"
  exit 0
fi

# A checkout has the last commit alone. Where the folder is new, what there was before is nothing.
git cat-file -e "$sha^{commit}" 2>/dev/null || git fetch --quiet --no-tags --depth=1 origin "$sha" || {
  echo "::warning::wcalc: no comment: the base of the pull request cannot be fetched"
  exit 0
}
git archive "$sha" . 2>/dev/null | tar -x -C "$base" 2>/dev/null

arguments=(--diff --format markdown)
while IFS= read -r line; do
  [ -n "$line" ] && arguments+=("$line")
done <<<"${INPUT_ARGS:-}"

node "$GITHUB_ACTION_PATH/bin/wcalc.cjs" check "${arguments[@]}" -- "$base" . >"$base.md"
# 1 is a finding that the change brings, which is what the comment is for.
[ $? -le 1 ] || exit 0
node "$GITHUB_ACTION_PATH/tools/action/comment.mjs" "$base.md" "$base"
exit 0
