// Loads everything, takes back the right to connect, then starts the page.
// It does not know the application: page and engine are two modules to it. It holds no text: the notices stand in index.html.
// Invariant: once `globalThis.gyeol` exists, no request is made any more, not by the page, not by any engine started later.

const facts = document.querySelector('script[data-page]').dataset;
const allowed = new Set();
const policy = globalThis.trustedTypes?.createPolicy('gyeol-boot', { createScriptURL: known }) ?? { createScriptURL: known };

// The engine's own first lines. The first message carries the compiled module and is not part of the application's protocol;
// the engine's `start` installs its listener before it is over, so that no later message is lost.
const ENGINE_START = `
self.addEventListener('message', (event) => {
  event.stopImmediatePropagation();
  globalThis.gyeol = Object.freeze({ build: event.data.build });
  initSync({ module: event.data.module });
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
  if (facts.serviceWorker) await keepForOffline(facts.serviceWorker);
  forbidConnections();
  provide({
    build: facts.build,
    spawn: engineFactory(engineText, engineModule),
    sample: sampleShelf({ cdnow: new File([cdnow], 'cdnow.csv', { type: 'text/csv' }) }),
  });
  await page.default({ module_or_path: pageModule });
}

// What the application may use of the browser beyond the DOM.
function provide(gyeol) {
  Object.defineProperty(globalThis, 'gyeol', { value: Object.freeze(gyeol) });
}

// A worker from a blob is bound by the page's policy as it stands now, and starting another one makes no request.
function engineFactory(text, module) {
  const address = URL.createObjectURL(new Blob([text, ENGINE_START], { type: 'text/javascript' }));
  allowed.add(address);
  return () => {
    const worker = new Worker(policy.createScriptURL(address), { type: 'module', name: 'gyeol-engine' });
    worker.postMessage({ module, build: facts.build });
    return worker;
  };
}

function sampleShelf(samples) {
  return (name) => {
    if (!Object.hasOwn(samples, name)) throw new RangeError('no such sample');
    return samples[name];
  };
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
async function keepForOffline(address) {
  if (!('serviceWorker' in navigator) || !globalThis.isSecureContext) return;
  allowed.add(address);
  const kept = navigator.serviceWorker
    .register(policy.createScriptURL(address), { updateViaCache: 'none' })
    .then((registration) => {
      tellOfNewer(registration);
      return navigator.serviceWorker.ready;
    });
  const patience = new Promise((resolve) => setTimeout(resolve, 10_000));
  await Promise.race([kept, patience]).catch(() => {});
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
