// Runs GATE_COMMAND while the release waits, and lets it go on if that ends with 0. See writing-an-endpoint.md.
const { spawn } = require('node:child_process');
const { timingSafeEqual, createHash } = require('node:crypto');
const [fs, path] = [require('node:fs'), require('node:path')];
const express = require('express');
const { Webhook } = require('standardwebhooks');

const secrets = process.env.MDOQ_SECRET.split(' '); // several while one is replaced by another; each begins with whsec_
const no = { result: 'fail', stop_release: true };
const folder = process.env.GATE_FOLDER; // keeps what was asked, so that nothing is done twice or forgotten

const digest = (text) => createHash('sha256').update(text).digest(); // timingSafeEqual wants two of one length
const same = (one, other) => timingSafeEqual(digest(one), digest(other));

function verified(request) { // the request's object, if its sender knows a secret and signed these very bytes, just now
  const secret = secrets.find((one) => same(one, request.get('X-MDOQ-Secret') ?? ''));
  return new Webhook(secret).verify(request.body, request.headers);
}

async function post(url, fields, patience) { // calls the lock API until its answer is final, or for so many seconds
  const headers = { 'Content-Type': 'application/json', 'X-MDOQ-Secret': secrets[0] };
  const end = Date.now() + patience * 1000;
  for (let wait = 1; ; wait = Math.min(2 * wait, 60)) {
    const request = { method: 'POST', headers, body: JSON.stringify(fields), signal: AbortSignal.timeout(30_000) };
    const answer = await fetch(url, request).catch(() => undefined); // perhaps it is just being restarted
    if ((answer && answer.status < 500 && answer.status !== 429) || Date.now() > end) return answer?.status;
    const pause = Math.max(wait, Number(answer?.headers.get('Retry-After')) || 0);
    await new Promise((done) => setTimeout(done, pause * 1000));
  }
}

async function work(file) {
  const { lock, log_url, release_url } = JSON.parse(fs.readFileSync(file));
  let message = '';
  const command = spawn(`exec 2>&1; ${process.env.GATE_COMMAND}`, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => command.on('close', done));
  for await (const line of require('node:readline').createInterface({ input: command.stdout })) {
    if (line.trim()) await post(log_url, { lock, message: message = line.trim() }, 0);
  }
  const verdict = (await ended) === 0 ? { result: 'success' } : no;
  const status = await post(release_url, { lock, message, ...verdict }, 21600);
  fs.writeFileSync(`${file}.done`, `${verdict.result}, answered ${status}\n`);
}

const app = express();
app.post('/', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
  let body;
  try { body = verified(request); } catch { return response.status(401).json({ error: 'not genuine' }); }
  if (body.event !== 'before_release') return response.json({ result: 'success', message: 'nothing to do' });
  if (!body.release_url) return response.json({ ...no, message: "let the event block, and set Jenkins' URL" });
  const file = path.join(folder, `${path.basename(body.delivery)}.json`);
  if (!fs.existsSync(file)) { // else this delivery came before
    fs.writeFileSync(file, JSON.stringify(body, ['lock', 'release_url', 'log_url']));
    work(file);
  }
  response.json({ result: 'success', message: 'the tests are running' });
});
for (const file of fs.readdirSync(folder)) // what a crash interrupted
  if (file.endsWith('.json') && !fs.existsSync(path.join(folder, `${file}.done`))) work(path.join(folder, file));
app.listen(process.env.PORT, '127.0.0.1');
