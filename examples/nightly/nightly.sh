#!/bin/sh
# For cron: nightly.sh FOLDER ADDRESS. What changed is mailed to ADDRESS. Only what is wrong is written to stderr, which cron mails to you.
set -eu
cd "$1"
coopgraph check . > check.log 2>&1 || { cat check.log >&2; exit 1; }
coopgraph build . --format json > build.json 2> build.log || { cat build.log >&2; exit 1; }
if grep -q '"new": true' build.json; then
  code=0
  coopgraph compare --exit-code --format md -o changes.md 2> compare.log || code=$?
  case $code in
    0) ;; # the same data, from other rows
    1) mail -s "What changed" "$2" < changes.md ;;
    *) cat compare.log >&2 ;; # the first release, or something is wrong
  esac
fi
coopgraph release prune --keep 30 > prune.log 2>&1 || { cat prune.log >&2; exit 1; }
