// Loads all but the reader of workbooks, takes back the right to connect, then starts the page.
// It does not know the application: page, engine and reader are modules to it. It holds no text: the notices stand in index.html.
// Invariant: once `globalThis.gyeol` exists, the page and its workers make no request any more. The service worker makes one
// for it, the reader of workbooks, and only for a question that says that no file has been opened yet.

const facts = document.querySelector('script[data-page]').dataset;
const allowed = new Set();
const policy = globalThis.trustedTypes?.createPolicy('gyeol-boot', { createScriptURL: known }) ?? { createScriptURL: known };

// The engine's own first lines. The first message carries the compiled module and is not part of the application's protocol;
// the engine's `start` installs its listener before it is over, so that no later message is lost. `helper` starts another
// worker of the same text and module, which is no request.
const ENGINE_START = `
self.addEventListener('message', (event) => {
  event.stopImmediatePropagation();
  const { build, module, cores } = event.data;
  let policy = null;
  const helper = () => {
    policy ??= globalThis.trustedTypes?.createPolicy('gyeol-boot', { createScriptURL: () => location.href });
    const worker = new Worker(policy?.createScriptURL('') ?? location.href, { type: 'module', name: 'gyeol-helper' });
    worker.postMessage({ build, module, cores });
    return worker;
  };
  globalThis.gyeol = Object.freeze({ build, helper, cores });
  initSync({ module });
}, { once: true });
`;

watchForFaults();
connectButtons();
try {
  await start();
} catch (fault) {
  reveal(fault instanceof WebAssembly.CompileError ? 'boot-unsupported' : 'boot-incomplete');
  throw fault;
}

async function start() {
  if (typeof WebAssembly !== 'object') return reveal('boot-unsupported');
  const [page, pageModule, engineText, engineModule, cdnow] = await Promise.all([
    import(new URL(facts.page, document.baseURI)),
    fetched(facts.pageWasm).then(compiled),
    fetched(facts.engine).then((response) => response.text()),
    fetched(facts.engineWasm).then(compiled),
    fetched('./samples/cdnow.csv').then((response) => response.blob()),
  ]);
  const keeper = facts.serviceWorker ? await keepForOffline(facts.serviceWorker) : null;
  const workbooks = workbookReader(keeper, keeper ? null : await fetchedReader());
  forbidConnections();
  provide({
    build: facts.build,
    spawn: factory('gyeol-engine', engineText, engineModule),
    ...workbooks,
    folders: droppedFolders,
    sample: sampleShelf({ cdnow: new File([cdnow], 'cdnow.csv', { type: 'text/csv' }) }),
  });
  await page.default({ module_or_path: pageModule });
}

// What the application may use of the browser beyond the DOM.
function provide(gyeol) {
  Object.defineProperty(globalThis, 'gyeol', { value: Object.freeze(gyeol) });
}

// A worker from a blob is bound by the page's policy as it stands now, and starting another one makes no request.
function factory(name, text, module) {
  const address = URL.createObjectURL(new Blob([text, ENGINE_START], { type: 'text/javascript' }));
  allowed.add(address);
  return () => {
    const worker = new Worker(policy.createScriptURL(address), { type: 'module', name });
    worker.postMessage({ module, build: facts.build, cores: navigator.hardwareConcurrency });
    return worker;
  };
}

// Workbooks are read by a part that is not loaded with the page. The service worker fetches it into its store when it is
// asked for and nothing has been opened yet; the page takes it from there, which is no request. Without a service worker
// it is loaded with the page. Each workbook has a worker of its own, which ends with it. One question is answered at a
// time: the answer to one that was stopped comes when nothing of it goes on any more, its fetch least of all.
function workbookReader(keeper, spawnNow) {
  let spawn = spawnNow;
  let newest = 0;
  let end = null;
  let loading = Promise.resolve();
  const stop = () => {
    newest += 1;
    end?.();
  };
  const load = async (own, mayLoad) => {
    spawn ??= await keptReader();
    if (spawn || !mayLoad || !keeper || own !== newest) return;
    end = () => keeper.postMessage('stop');
    await asked(keeper, 'workbook');
    spawn = await keptReader();
  };
  const read = (letter) => {
    const reader = spawn();
    const answer = new Promise((resolve) => {
      end = () => resolve('lost');
      reader.onmessage = (event) => resolve(event.data);
      reader.onerror = (event) => { event.preventDefault(); resolve('lost'); };
      reader.postMessage(letter);
    });
    return answer.finally(() => reader.terminate());
  };
  // Answers with what the reader posts, or with a word: `missing` where none was started, or `lost` where it died.
  const readWorkbook = async (letter, mayLoad) => {
    stop();
    const own = newest;
    loading = loading.then(() => load(own, mayLoad)).catch(() => {});
    await loading;
    return spawn && own === newest ? read(letter) : 'missing';
  };
  return { readWorkbook, stopReading: stop };
}

async function keptReader() {
  const found = (address) => globalThis.caches?.match(new URL(address, document.baseURI), { cacheName: `gyeol-${facts.build}` });
  const [text, code] = await Promise.all([found(facts.workbook), found(facts.workbookWasm)]);
  return text && code ? factory('gyeol-workbook', await text.text(), await WebAssembly.compile(await code.arrayBuffer())) : null;
}

// Reading workbooks is a comfort: without it the page starts all the same.
async function fetchedReader() {
  try {
    const [text, code] = await Promise.all([fetched(facts.workbook).then((response) => response.text()), fetched(facts.workbookWasm).then(compiled)]);
    return factory('gyeol-workbook', text, code);
  } catch {
    return null;
  }
}

// Asks the service worker and waits for its answer as long as it says that it is at it: a browser may end it at any moment, and
// then nobody would answer. One that was started again has nothing on its way; one that says nothing is waited for no longer.
const PATIENCE = 5_000;

async function asked(keeper, question) {
  const answer = told(keeper, question);
  for (;;) {
    const heard = await within(PATIENCE, answer);
    if (heard !== undefined) return heard;
    // What came just before it ended its work is heard now.
    if (!await within(PATIENCE, told(keeper, 'busy'))) return within(0, answer);
  }
}

function told(keeper, message) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    keeper.postMessage(message, [port2]);
  });
}

function within(milliseconds, promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
}

function sampleShelf(samples) {
  return (name) => {
    if (!Object.hasOwn(samples, name)) throw new RangeError('no such sample');
    return samples[name];
  };
}

// The files of a drop in which there are folders, and how many others were passed over; nothing where there are none.
// Only names that may be of tables are taken from a folder, so deep and so many, by their paths. A folder that is not
// looked through to its end counts as one that was passed over.
const TABLES = /^(?![.~]).*\.(csv|tsv|tab|txt|xls[xmb]?|ods|html?|gz|zip|json)$/i;
const DEEPEST = 5;
const MOST_FILES = 100;
const MOST_ENTRIES = 10_000;

function droppedFolders(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  return entries.some((entry) => entry.isDirectory) ? filesBelow(entries) : null;
}

async function filesBelow(dropped) {
  const found = [];
  let passed = 0;
  for (let depth = 0, level = dropped; level.length > 0; depth += 1) {
    const below = [];
    for (const entry of level) {
      if (entry.isFile && (depth === 0 || TABLES.test(entry.name))) found.push(entry);
      else if (entry.isDirectory && depth < DEEPEST && below.length < MOST_ENTRIES) {
        const { inside, isWhole } = await listed(entry, MOST_ENTRIES - below.length);
        below.push(...inside);
        passed += isWhole ? 0 : 1;
      } else passed += 1;
    }
    level = below;
  }
  found.sort((one, other) => (one.fullPath < other.fullPath ? -1 : 1));
  const opened = await Promise.all(found.slice(0, MOST_FILES).map((entry) => new Promise((resolve) => entry.file(resolve, () => resolve(null)))));
  const files = opened.filter(Boolean);
  return { files, passed: passed + found.length - files.length };
}

// What is in a folder, and whether that is all; the browser tells it piece by piece. One that cannot be read is empty.
async function listed(folder, most) {
  const reader = folder.createReader();
  const inside = [];
  while (inside.length < most) {
    const piece = await new Promise((resolve) => reader.readEntries(resolve, () => resolve(null)));
    if (!piece?.length) return { inside, isWhole: piece !== null };
    inside.push(...piece);
  }
  return { inside, isWhole: false };
}

// A second policy can only forbid more; both hold from here on.
function forbidConnections() {
  const law = document.createElement('meta');
  law.httpEquiv = 'Content-Security-Policy';
  law.content = "connect-src 'none'; img-src data: blob:; script-src 'wasm-unsafe-eval'; worker-src blob:; style-src 'self'; font-src 'none'; media-src 'none'; frame-src 'none'; object-src 'none'";
  document.head.append(law);
}

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

// Some static hosts do not know the type of wasm files.
async function compiled(response) {
  const typed = response.headers.get('content-type')?.startsWith('application/wasm');
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// Offline use is a comfort: without it, or where it takes too long, the page starts all the same.
// Gives the service worker that keeps the files, where there is one.
async function keepForOffline(address) {
  if (!('serviceWorker' in navigator) || !globalThis.isSecureContext) return null;
  allowed.add(address);
  const kept = navigator.serviceWorker
    .register(policy.createScriptURL(address), { updateViaCache: 'none' })
    .then((registration) => {
      tellOfNewer(registration);
      return navigator.serviceWorker.ready;
    })
    .then((registration) => registration.active);
  return within(10_000, kept).catch(() => null);
}

// A newer version waits until a person asks for it, so that it never changes the files under a running analysis.
function tellOfNewer(registration) {
  const tell = () => { if (registration.waiting && navigator.serviceWorker.controller) reveal('boot-newer'); };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
  tell();
}

async function switchToNewer() {
  const registration = await navigator.serviceWorker.getRegistration();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration?.waiting?.postMessage('switch');
}

// A panic of the page ends in a wasm trap; the application cannot speak for itself any more.
function watchForFaults() {
  const judge = (fault) => { if (fault instanceof WebAssembly.RuntimeError) reveal('boot-crashed'); };
  addEventListener('error', (event) => judge(event.error));
  addEventListener('unhandledrejection', (event) => judge(event.reason));
}

function connectButtons() {
  const verbs = { reload: () => location.reload(), update: switchToNewer, later: () => { notice('boot-newer').hidden = true; } };
  for (const button of document.querySelectorAll('[data-boot]')) button.addEventListener('click', verbs[button.dataset.boot]);
}

function known(address) {
  if (!allowed.has(address)) throw new TypeError('not a script of this page');
  return address;
}

function notice(id) {
  return document.getElementById(id);
}

function reveal(id) {
  notice(id).hidden = false;
}
