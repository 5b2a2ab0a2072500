// A static file server for one folder, below a sub-path, on this machine only; it remembers every request.
// It knows nothing of the application. Invariant: `log` holds each request that reached it, in order.
// `hold` keeps back the answers to some requests, so that a journey can do something meanwhile.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize, sep } from 'node:path';

const TYPES = {
  css: 'text/css', csv: 'text/csv', html: 'text/html', js: 'text/javascript', json: 'application/json', mjs: 'text/javascript',
  svg: 'image/svg+xml', wasm: 'application/wasm', webmanifest: 'application/manifest+json',
};

/** Serves `folder` at `http://127.0.0.1:<free port><base>`; `extra` maps further sub-paths to folders. */
export async function serve(folder, base = '/gyeol/', extra = {}) {
  const log = [];
  const roots = Object.entries({ ...extra, [base]: folder });
  const gates = [];
  const server = createServer(async (request, response) => {
    log.push({ method: request.method, url: request.url, headers: request.headers });
    for (const gate of gates.filter(({ pattern }) => pattern.test(request.url))) {
      gate.come();
      await gate.opened;
    }
    answer(roots, request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const hold = (pattern) => {
    const gate = { pattern };
    gate.came = new Promise((resolve) => { gate.come = resolve; });
    gate.opened = new Promise((resolve) => { gate.release = resolve; });
    gates.push(gate);
    return gate;
  };
  return { origin, url: origin + base, log, hold, close: () => close(server) };
}

function answer(roots, request, response) {
  const path = decodeURIComponent(request.url.split(/[?#]/, 1)[0]);
  const file = fileFor(roots, path);
  if (!file || request.method !== 'GET') {
    response.writeHead(file ? 405 : 404).end();
    return;
  }
  const type = TYPES[file.path.split('.').pop()] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'content-length': file.size, 'cache-control': 'no-cache' });
  createReadStream(file.path).pipe(response);
}

function fileFor(roots, path) {
  const [base, folder] = roots.find(([start]) => path.startsWith(start)) ?? [];
  if (!folder) return null;
  const inside = normalize(path.slice(base.length) || 'index.html');
  const full = join(folder, inside.endsWith(sep) ? join(inside, 'index.html') : inside);
  if (inside.startsWith('..')) return null;
  const facts = statSync(full, { throwIfNoEntry: false });
  return facts?.isFile() ? { path: full, size: facts.size } : null;
}

function close(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}
