// Keeps one version of the site for use without a network. `cargo xtask build` fills in the constants.
// Invariants: it answers only the files on its list, all of one version; it never takes over from a running version unasked;
// a part that the page does not load at its start is fetched when the page asks for it, and then kept like all others.

const VERSION = '{{version}}';
const FILES = new Set({{files}}.map((path) => new URL(path, self.location).href));
const PARTS = { workbook: {{workbook}}.map((path) => new URL(path, self.location).href) };

const CACHE = `gyeol-${VERSION}`;
const HOME = new URL('./', self.location).href;
const asked = new Map(); // by page: what stops the part that is on its way
const INDEX = new URL('./index.html', self.location).href; // kept as HOME: some hosts redirect from here

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', (event) => {
  if (event.data === 'switch') self.skipWaiting();
  if (event.data === 'busy') event.ports[0]?.postMessage(asked.has(event.source?.id));
  if (event.data === 'stop') asked.get(event.source?.id)?.abort();
  if (Object.hasOwn(PARTS, event.data)) event.waitUntil(answer(event));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/, 1)[0];
  const file = address === INDEX ? HOME : address;
  if (request.method === 'GET' && FILES.has(file)) event.respondWith(kept(file));
  else if (request.mode !== 'navigate') event.respondWith(Response.error());
});

// A part for a page, which hears whether it has come; the page may stop it.
async function answer({ data, source, ports }) {
  const stopper = new AbortController();
  asked.set(source?.id, stopper);
  const done = await fillPart(data, stopper.signal).then(() => true, () => false);
  if (asked.get(source?.id) === stopper) asked.delete(source?.id);
  ports[0]?.postMessage(done);
}

// Names with a content hash may come from the browser's cache, the others must be fresh.
async function fill() {
  const cache = await caches.open(CACHE);
  const hashed = (address) => /-[0-9a-f]{16}(_bg)?\.\w+$/.test(address);
  await fillPartsOfBefore();
  await cache.addAll([...FILES].map((address) => new Request(address, { cache: hashed(address) ? 'default' : 'reload' })));
}

async function fillPart(name, signal) {
  const cache = await caches.open(CACHE);
  await cache.addAll(PARTS[name].map((address) => new Request(address, { signal })));
}

// Whoever has used a part offline goes on having it in the next version; where it does not arrive, the version comes without.
async function fillPartsOfBefore() {
  for (const name of Object.keys(PARTS)) {
    const isOfPart = ({ url }) => new URL(url).pathname.split('/').pop().startsWith(`${name}-`);
    for (const key of await caches.keys()) {
      if (!key.startsWith('gyeol-') || key === CACHE) continue;
      if ((await (await caches.open(key)).keys()).some(isOfPart)) await fillPart(name).catch(() => {});
    }
  }
}

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith('gyeol-') && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function kept(file) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? Response.error();
}
