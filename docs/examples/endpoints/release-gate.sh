#!/bin/sh
# Runs GATE_COMMAND while the release waits, and lets it go on if that ends with 0. Started by webhook: see hooks.json.
[ "$EVENT" = before_release ] || exit 0 # none of this gate's business
mkdir "$GATE_FOLDER/$DELIVERY" || exit 0 # this delivery came before
cd "$GATE_FOLDER/$DELIVERY" || exit 1

post() { # URL SECONDS MORE MESSAGE: calls the lock API until its answer is final, or for so long
  message=$(printf '%s' "$4" | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')
  curl -sS --retry 1000 --retry-all-errors --retry-max-time "$2" \
    -H 'Content-Type: application/json' -H "X-MDOQ-Secret: $MDOQ_SECRET" \
    -d "{\"lock\": \"$LOCK\", $3 \"message\": \"$message\"}" "$1"
}

: >last
{ sh -c "$GATE_COMMAND" 2>&1; echo $? >status; } | while IFS= read -r line; do
  [ -n "$line" ] || continue
  printf '%s\n' "$line" | tee last
  post "$LOG_URL" 0 '' "$line" >/dev/null
done >output
if [ "$(cat status)" = 0 ]; then
  post "$RELEASE_URL" 21600 '"result": "success",' "$(cat last)"
else
  post "$RELEASE_URL" 21600 '"result": "fail", "stop_release": true,' "$(cat last)"
fi >verdict
