"""Runs GATE_COMMAND while the release waits, and lets it go on if that ends with 0. See writing-an-endpoint.md."""
import base64, hmac, json, os, pathlib, subprocess, threading, time, urllib.error, urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRETS = os.environ["MDOQ_SECRET"].split()  # several, separated by blanks, while one is replaced by another
FOLDER = pathlib.Path(os.environ["GATE_FOLDER"])  # keeps what was asked, so that nothing is done twice or forgotten
ADVICE = "let the event block, and set Jenkins' URL"  # what it takes to release a lock

def same(one, other):
    return hmac.compare_digest(one.encode(), other.encode())

def genuine(headers, body):  # whether the sender knows a secret, and signed these very bytes with it, just now
    secret = next((one for one in SECRETS if same(one, headers.get("X-MDOQ-Secret", ""))), None)
    if secret is None or abs(time.time() - int(headers.get("webhook-timestamp", 0))) > 300: return False
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    return any(same(right, one) for one in headers.get("webhook-signature", "").split())

def post(url, fields, patience):  # calls the lock API until its answer is final, or for so many seconds
    end, wait, headers = time.time() + patience, 1, {"Content-Type": "application/json", "X-MDOQ-Secret": SECRETS[0]}
    while True:
        status, pause, request = "no answer", "", urllib.request.Request(url, json.dumps(fields).encode(), headers)
        try: return urllib.request.urlopen(request, timeout=30).status
        except urllib.error.HTTPError as error:
            status, pause = error.code, error.headers.get("Retry-After", "")
            if status < 500 and status != 429: return status
        except OSError: pass  # perhaps it is just being restarted
        if time.time() > end: return status
        time.sleep(max(wait, int(pause) if pause.isdigit() else 0))
        wait = min(2 * wait, 60)

def work(file):
    asked, line = json.loads(file.read_text()), ""
    command = subprocess.Popen(os.environ["GATE_COMMAND"], shell=True, text=True, stdout=-1, stderr=-2)
    for line in filter(None, map(str.strip, command.stdout)):
        post(asked["log_url"], {"lock": asked["lock"], "message": line}, 0)
    verdict = {"result": "success"} if command.wait() == 0 else {"result": "fail", "stop_release": True}
    status = post(asked["release_url"], {"lock": asked["lock"], "message": line, **verdict}, 21600)
    file.with_suffix(".done").write_text(f"{verdict['result']}, answered {status}\n")

class Gate(BaseHTTPRequestHandler):
    timeout = 10  # one request at a time, so that none is taken twice; the work is done beside
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, answer = decide(json.loads(body)) if genuine(self.headers, body) else (401, {"error": "not genuine"})
        self.send_response(status); self.end_headers(); self.wfile.write(json.dumps(answer).encode())

def decide(request):
    if request.get("event") != "before_release": return 200, {"result": "success", "message": "nothing to do"}
    if "release_url" not in request: return 200, {"result": "fail", "stop_release": True, "message": ADVICE}
    file = FOLDER / f"{os.path.basename(request['delivery'])}.json"
    if not file.exists():  # else this delivery came before
        file.write_text(json.dumps({key: request[key] for key in ("lock", "release_url", "log_url")}))
        threading.Thread(target=work, args=[file]).start()
    return 200, {"result": "success", "message": "the tests are running"}

for left in [file for file in FOLDER.glob("*.json") if not file.with_suffix(".done").exists()]:
    threading.Thread(target=work, args=[left]).start()  # what a crash interrupted
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Gate).serve_forever()
