#!/bin/sh
# The main job on real input. With a terminal: the interview for $PROJECT. Without one: the specification's own
# six example answers, compiled into a new folder, with the review printed.
set -eu
if [ -t 0 ] && [ -t 1 ]; then
    mkdir -p "$PROJECT"
    exec "$BIN/groundplan" interview --project "$PROJECT"
fi
out=$(mktemp -d "${TMPDIR:-/tmp}/groundplan-example.XXXXXX")
cp examples/seed/groundplan.toml "$out/"
"$BIN/groundplan" review --project "$out"
"$BIN/groundplan" apply --project "$out" --yes
echo
echo "Documents: $out/docs/specs"
echo "Code:      $out/fly.toml and $out/infra"
