// Makes the pictures of Jenkins' pages in this folder, of the example controller that `mvn hpi:run` starts; see docs/development.md.
// usage: node docs/images/make.js http://localhost:8080/jenkins [FOLDER]
// Needs Node 18 and Chromium (variable CHROMIUM, else chromium), and no package. Jenkins is dark by its plugin Dark Theme alone: name
// that plugin's style sheet in the variable DARK_THEME for pictures of the same pages as it makes them.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const jenkins = process.argv[2].replace(/\/$/, '');
const folder = process.argv[3] ?? __dirname;
const darkTheme = process.env.DARK_THEME && fs.readFileSync(process.env.DARK_THEME, 'utf8');
const WIDTH = 1100;
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

// --- Jenkins ---

let cookie;
const headers = {};
async function ask(way, method = 'GET') {
  const answer = await fetch(jenkins + way, { method, headers: { ...headers, ...(cookie && { cookie }) }, redirect: 'manual' });
  cookie ??= answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') || undefined;
  if (answer.status >= 400) throw new Error(`${method} ${jenkins}${way} answered ${answer.status}`);
  return answer;
}
const json = async (way) => (await ask(way)).json();

async function build(job) { // its number, once it runs
  const item = new URL((await ask(`/job/${job}/build?delay=0sec`, 'POST')).headers.get('location')).pathname;
  const way = item.slice(new URL(jenkins).pathname.replace(/\/$/, '').length);
  for (;;) {
    const { executable } = await json(`${way}api/json`);
    if (executable) return executable.number;
    await pause(200);
  }
}
const end = async (job, number) => {
  while ((await json(`/job/${job}/${number}/api/json`)).building) await pause(500);
};
const log = async (job, number, text) => {
  while (!(await (await ask(`/job/${job}/${number}/consoleText`)).text()).includes(text)) await pause(200);
};

// --- Chromium, by its DevTools protocol through two pipes ---

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'pictures-'));
const flags = ['--headless', '--no-sandbox', '--hide-scrollbars', '--remote-debugging-pipe', `--user-data-dir=${profile}`];
const chromium = spawn(process.env.CHROMIUM ?? 'chromium', flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const waiting = new Map();
let session;
let rest = '';
chromium.stdio[4].on('data', (data) => {
  const messages = (rest + data).split('\0');
  rest = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    const { done, fail } = waiting.get(message.id) ?? {};
    if (done) message.error ? fail(new Error(message.error.message)) : done(message.result);
  }
});
function call(method, params = {}) {
  const id = waiting.size + 1;
  chromium.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + '\0');
  return new Promise((done, fail) => waiting.set(id, { done, fail }));
}
const run = async (expression) => (await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
async function until(expression) {
  while (!(await run(expression))) await pause(200);
}

async function open(url) {
  await call('Page.navigate', { url });
  await until('document.readyState === "complete"');
  await pause(1500); // what the page fetches by itself
}

async function picture(name, selector, above = 0) { // of the whole page; or of an element, and so much above it
  const whole = (await call('Page.getLayoutMetrics')).cssContentSize.height;
  const box = selector && (await run(`(({ top, bottom }) => [top + scrollY, bottom + scrollY])
    (document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`));
  const [top, bottom] = box ? [box[0] - above, box[1] + 16] : [0, Math.min(whole, 1400)];
  const clip = { x: 0, y: top, width: WIDTH, height: bottom - top, scale: 1 };
  for (const scheme of darkTheme ? ['light', 'dark'] : ['light']) {
    if (scheme === 'dark') await run(`document.documentElement.dataset.theme = 'dark'; document.head.append(
      Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(darkTheme)} }))`);
    await pause(300);
    const { data } = await call('Page.captureScreenshot', { clip, captureBeyondViewport: true });
    const file = path.join(folder, `${name}-${scheme}.png`);
    fs.writeFileSync(file, Buffer.from(data, 'base64'));
    console.log(file);
  }
}

async function main() {
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  session = (await call('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  await call('Emulation.setDeviceMetricsOverride', { width: WIDTH, height: 700, deviceScaleFactor: 1, mobile: false });
  const crumb = await json('/crumbIssuer/api/json');
  headers[crumb.crumbRequestField] = crumb.crumb;

  const first = await build('scripted'); // so that there is something in the past
  await end('scripted', first);
  // A build for each page, so that each is held for long enough.
  for (const [name, page] of [
    ['build-page', (number) => `/job/declarative/${number}/`],
    ['webhook-history', (number) => `/job/declarative/${number}/mdoq/`],
    ['webhooks', () => '/manage/mdoq-webhooks/'],
  ]) {
    const number = await build('declarative');
    await log('declarative', number, '| 2 of 5 tests passed');
    await open(jenkins + page(number));
    await picture(name);
    await end('declarative', number);
  }

  await open(`${jenkins}/manage/configure`);
  await run('document.querySelector(".mdoq-try__button").click()');
  await until('document.querySelector(".mdoq-try__result").textContent.trim() !== ""');
  // What sticks to the window's edges would lie upon the form.
  await run('document.querySelectorAll("#page-header, #bottom-sticker").forEach((one) => (one.style.display = "none"))');
  await picture('test-event', '.mdoq-try', 232);
}

main()
  .catch((e) => {
    console.error(`pictures: ${e.message}`);
    process.exitCode = 1;
  })
  .finally(() => {
    chromium.on('close', () => fs.rmSync(profile, { recursive: true, force: true, maxRetries: 20 }));
    chromium.kill();
  });
