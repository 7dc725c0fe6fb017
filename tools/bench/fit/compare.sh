#!/usr/bin/env bash
# Side by side on one log: wcalc fit, awk summing the duration column, and goaccess to JSON. Prints the median of the runs,
# the ratios and the peak memory.
# usage: tools/bench/fit/compare.sh [LOG] [RUNS]; without a log, one of 1 GB is generated.
set -euo pipefail
cd "$(dirname "$0")/../../.."
log=${1:-}
runs=${2:-3}
if [ -z "$log" ]; then
  log=$(mktemp --suffix=.log); trap 'rm -f "$log"' EXIT
  node tools/bench/fit/generate-log.mjs 1024 > "$log"
fi
bytes=$(stat -c %s "$log")
median() { sort -n | sed -n "$((($1 + 1) / 2))p"; }
timed() { local begun; begun=$(date +%s.%N); "$@" > /dev/null 2>&1; echo "$(date +%s.%N) $begun" | awk '{ printf "%.3f\n", $1 - $2 }'; }
by_wcalc() { node bin/wcalc.cjs fit "$log" --json; }
by_awk() { awk '{ sum += $(NF - 1) } END { print sum / NR }' "$log"; }
by_goaccess() { goaccess "$log" --no-global-config --log-format='%h %^[%d:%t %^] "%r" %s %b "%R" "%u" %D %^' --date-format=%d/%b/%Y --time-format=%T -o json --no-progress; }
declare -A seconds
cat "$log" > /dev/null
for name in wcalc awk goaccess; do
  command -v "${name/wcalc/node}" > /dev/null || { echo "$name is not installed"; continue; }
  # goaccess takes minutes, so that one run must do.
  times=$([ "$name" = goaccess ] && echo 1 || echo "$runs")
  seconds[$name]=$(for ((n = 0; n < times; n++)); do timed "by_$name"; done | median "$times")
  echo "$name ${seconds[$name]} s, $(awk -v b="$bytes" -v s="${seconds[$name]}" 'BEGIN { printf "%.0f MB/s", b / s / 1e6 }')"
done
for name in awk goaccess; do
  [ -n "${seconds[$name]:-}" ] && awk -v a="${seconds[$name]}" -v w="${seconds[wcalc]}" -v n="$name" 'BEGIN { printf "speed of wcalc over %s: %.2f\n", n, a / w }'
done
peak=$(/usr/bin/env python3 -c 'import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' node bin/wcalc.cjs fit "$log" --json 2> /dev/null) && echo "peak memory of wcalc: $peak MiB"
