# What the pages take for given, for DocumentedCommandsIT; it comes before the blocks of each page, in the same shell.
# A block names what it needs of this by a comment such as <!-- before: an_endpoint -->.

trap 'kill $(jobs -p) 2>/dev/null' EXIT
export MDOQ_SECRET=mdoq-is-awesome

mdoq-release-hook() {
  java -jar mdoq-release-hook.jar "$@"
}

# Compares what the last block has printed with the standard input.
printed() { # BLOCK
  diff - .printed --strip-trailing-cr --ignore-trailing-space --ignore-blank-lines >&2 \
    || { echo "$1: something else was printed (lines with > above)" >&2; exit 1; }
}

# An endpoint on port 8099 that releases each lock as soon as it has answered; mdoq.yaml of the page "Command line", which has
# it asked; and a deployment.
an_endpoint() {
  sed -n '/^webhooks:/,/^```/p' docs/command-line.md | sed '$d; s/127.0.0.1:[0-9]*/127.0.0.1:8099/' > mdoq.yaml
  printf '#!/bin/sh\necho "deploying $1"\n' > deploy.sh
  chmod +x deploy.sh
  serve
}

# A release that an endpoint holds, with its lock API at port 8098: LOCK is its lock, JENKINS stands for the address.
a_held_release() {
  [ -e mdoq.yaml ] || an_endpoint || return 1
  : > hold
  java -jar mdoq-release-hook.jar release --config mdoq.yaml --run 'exec tail -f /dev/null' --history held \
    --listen 127.0.0.1:8098 > held.log &
  until grep -q answered held.log; do
    [ -n "$(jobs -r %%)" ] || { cat held.log >&2; return 1; }
    sleep 0.1
  done
  rm hold
  export JENKINS=http://127.0.0.1:8098 SECRET=$MDOQ_SECRET
  LOCK=$(cat lock)
  export LOCK
}

serve() {
  command -v python3 > /dev/null || { echo "python3 is missing" >&2; return 1; }
  python3 -c '
import http.server, json, os, threading, urllib.request

class Endpoint(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        if "lock" in request:
            if os.path.exists("hold"):
                open("lock", "w").write(request["lock"])
            else:
                threading.Thread(target=release, args=[request]).start()
        self.wfile.write(b"{\"result\": \"success\"}")

    def log_message(self, *arguments):
        pass

def release(request):
    headers = {"Content-Type": "application/json", "X-MDOQ-Secret": request["secret"]}
    body = json.dumps({"lock": request["lock"], "result": "success"}).encode()
    urllib.request.urlopen(urllib.request.Request(request["release_url"], body, headers)).read()

http.server.ThreadingHTTPServer(("127.0.0.1", 8099), Endpoint).serve_forever()
' &
  until curl -s -o serving http://127.0.0.1:8099/; do sleep 0.1; done
}
