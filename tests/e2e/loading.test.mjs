// From the address to the first screen: what is said when loading fails, how a page that broke says so, how a new version arrives.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST, launch } from './browser.mjs';
import { serve } from './server.mjs';

async function visit(folder, journey, options = {}) {
  const site = await serve(folder);
  const browser = await launch();
  try {
    const context = await browser.newContext(options);
    await journey(await context.newPage(), site);
  } finally {
    await browser.close();
    await site.close();
  }
}

// The notice is there, in both languages, and no other one is.
async function says(page, id) {
  await page.locator(`#boot-${id}`).waitFor();
  assert.deepEqual(await page.locator('.boot-notice:visible').evaluateAll((all) => all.map((one) => one.id)), [`boot-${id}`]);
  const text = await page.locator(`#boot-${id}`).innerText();
  assert.match(text, /[가-힣]{2}/);
  assert.match(text, /[a-z]{4}/);
}

const started = (page) => page.waitForSelector('main[data-stage]');

test('a part that does not arrive is said, and reloading mends it', () => visit(DIST, async (page, site) => {
  await page.route(/engine-.*\.wasm$/, (route) => route.abort());
  await page.goto(site.url);
  await says(page, 'incomplete');
  await page.unroute(/engine-.*\.wasm$/);
  await page.locator('#boot-incomplete [data-boot=reload]').click();
  await started(page);
  assert.equal(await page.locator('.boot-notice:visible').count(), 0);
}));

test('a browser that cannot run the code is told what it lacks', () => visit(DIST, async (page, site) => {
  const unknown = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0x7f, 0]);
  await page.route(/engine-.*\.wasm$/, (route) => route.fulfill({ body: unknown, contentType: 'application/wasm' }));
  await page.goto(site.url);
  await says(page, 'unsupported');
}));

test('without JavaScript the page says what it needs', () => visit(DIST, async (page, site) => {
  await page.goto(site.url);
  const text = await page.locator('body').innerText();
  assert.match(text, /자바스크립트/);
  assert.match(text, /JavaScript/);
}, { javaScriptEnabled: false }));

test('a page that breaks says what is safe', () => visit(DIST, async (page, site) => {
  await page.goto(site.url);
  await started(page);
  await page.evaluate(() => { queueMicrotask(() => { throw new WebAssembly.RuntimeError('unreachable'); }); });
  await says(page, 'crashed');
}));

test('a host that does not know the type of wasm files is good enough', () => visit(DIST, async (page, site) => {
  await page.route(/\.wasm$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  await page.goto(site.url);
  await started(page);
}));

test('page and engine are told the same build', () => visit(DIST, async (page, site) => {
  await page.goto(site.url);
  await started(page);
  await page.evaluate(() => { globalThis.spare = globalThis.gyeol.spawn(); });
  const engines = page.workers().length ? page.workers() : [await page.waitForEvent('worker')];
  const builds = await Promise.all(engines.map((engine) => engine.evaluate(handedOver)));
  const own = await page.evaluate(() => globalThis.gyeol.build);
  assert.match(own, /^[0-9a-f]{16}$/);
  assert.ok(builds.length > 0 && builds.every((build) => build === own), `${builds} is not ${own}`);
}));

// Inside the engine: the build it was told, as soon as it was told.
async function handedOver() {
  while (!globalThis.gyeol) await new Promise((resolve) => { setTimeout(resolve); });
  return globalThis.gyeol.build;
}

// The same site under another version, as a later release would be.
function publishAnother(folder, from, to) {
  for (const name of ['index.html', 'sw.js']) {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
  }
}

test('a new version waits until it is asked for, then takes over whole', async (context) => {
  if (readFileSync(join(DIST, 'sw.js'), 'utf8').includes('unregister')) return context.skip('a development build keeps nothing');
  const folder = mkdtempSync(join(tmpdir(), 'gyeol-release-'));
  cpSync(DIST, folder, { recursive: true });
  await visit(folder, async (page, site) => {
    const build = () => page.evaluate(() => globalThis.gyeol.build);
    await page.goto(site.url);
    await started(page);
    const first = await build();
    const second = 'f'.repeat(16);
    publishAnother(folder, first, second);
    await page.reload();
    await started(page);
    assert.equal(await build(), first, 'the running version answers');
    await says(page, 'newer');
    assert.equal(await build(), first, 'nothing changes unasked');
    await page.locator('[data-boot=update]').click();
    await page.waitForFunction((wanted) => globalThis.gyeol?.build === wanted, second);
  });
  rmSync(folder, { recursive: true, force: true });
});
