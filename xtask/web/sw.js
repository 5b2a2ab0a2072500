// Keeps one version of the site for use without a network. `cargo xtask build` fills in the two constants.
// Invariants: it answers only the files on its list, all of one version; it never takes over from a running version unasked.

const VERSION = '{{version}}';
const FILES = new Set({{files}}.map((path) => new URL(path, self.location).href));

const CACHE = `gyeol-${VERSION}`;
const HOME = new URL('./', self.location).href;
const INDEX = new URL('./index.html', self.location).href; // kept as HOME: some hosts redirect from here

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', (event) => { if (event.data === 'switch') self.skipWaiting(); });
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/, 1)[0];
  const file = address === INDEX ? HOME : address;
  if (request.method === 'GET' && FILES.has(file)) event.respondWith(kept(file));
  else if (request.mode !== 'navigate') event.respondWith(Response.error());
});

// Names with a content hash may come from the browser's cache, the others must be fresh.
async function fill() {
  const cache = await caches.open(CACHE);
  const hashed = (address) => /-[0-9a-f]{16}(_bg)?\.\w+$/.test(address);
  await cache.addAll([...FILES].map((address) => new Request(address, { cache: hashed(address) ? 'default' : 'reload' })));
}

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith('gyeol-') && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function kept(file) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? Response.error();
}
