"""A gate for networks where nothing can call back: it answers 425 until GATE_COMMAND has ended. No lock is needed."""
import hmac, json, os, pathlib, subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRETS = os.environ["MDOQ_SECRET"].split()  # several, separated by blanks, while one is replaced by another
FOLDER = pathlib.Path(os.environ["GATE_FOLDER"])  # one file for each delivery: its output, and then its exit code
RUNNING = {}  # the command of each delivery that is at work

def decide(request):  # the delivery id is the same each time, so the command is started only once
    if request.get("event") != "before_release": return 200, {"result": "success", "message": "nothing to do"}
    delivery = os.path.basename(request["delivery"])
    output, code = FOLDER / f"{delivery}.log", FOLDER / f"{delivery}.code"
    if not code.exists():
        if delivery not in RUNNING:  # the first time, or after a crash of this gate
            command, keep = os.environ["GATE_COMMAND"], output.open("w")
            RUNNING[delivery] = subprocess.Popen(command, shell=True, stdout=keep, stderr=subprocess.STDOUT)
        if RUNNING[delivery].poll() is None: return 425, {"message": "the tests are running"}
        code.write_text(str(RUNNING.pop(delivery).returncode))
    message = output.read_text(errors="replace").strip().split("\n")[-1]
    if code.read_text() == "0": return 200, {"result": "success", "message": message}
    return 200, {"result": "fail", "stop_release": True, "message": message}

class Gate(BaseHTTPRequestHandler):
    timeout = 10  # one request at a time; the work is done beside
    def do_POST(self):
        body, sent = self.rfile.read(int(self.headers.get("Content-Length", 0))), self.headers.get("X-MDOQ-Secret", "")
        genuine = any([hmac.compare_digest(one.encode(), sent.encode()) for one in SECRETS])
        status, answer = decide(json.loads(body)) if genuine else (401, {"error": "wrong secret"})
        self.send_response(status)
        if status == 425: self.send_header("Retry-After", os.environ.get("GATE_POLL", "60"))  # seconds; 300 at the most
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Gate).serve_forever()
