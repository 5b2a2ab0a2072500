// Nothing leaves the device, and what a file says is never believed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { HOSTILE, HOSTILE_HEADERS, csv, hostileOrders, orders } from './files.mjs';
import { Charts } from './pages/charts.mjs';
import { Mapping } from './pages/mapping.mjs';

const CANARY = 'zq7canary7qz';

// Orders with the canary in every text column and in every header that has no role.
function watched() {
  const [header, ...lines] = orders(1_500).trimEnd().split('\n');
  const marked = lines.map((line) => {
    const cells = line.split(',');
    for (const column of [0, 1, 5, 6]) if (cells[column]) cells[column] += CANARY;
    return cells.join(',');
  });
  return [header.replace('note', `note_${CANARY}`), ...marked].join('\n');
}

async function everything(gyeol) {
  await gyeol.take(csv(`orders-${CANARY}.csv`, watched()));
  for (const view of ['rfm', 'advice', 'lifecycle', 'value', 'rhythm', 'lifetime', 'cohorts', 'rules', 'clusters', 'stability', 'prediction', 'movement', 'compare', 'explain', 'customers', 'data']) await gyeol.see(view);
  for (const [view, what] of [['customers', 'customers'], ['overview', 'segments'], ['data', 'ledger'], ['data', 'left-out'], ['data', 'project']]) {
    await gyeol.see(view);
    await gyeol.download(what);
  }
  const rfm = new Charts(await gyeol.see('rfm'));
  for (const what of ['png', 'svg']) await gyeol.downloadBy(rfm.figure('rfm-grid').getByTestId(`download-chart-${what}`));
  await gyeol.download('report');
  await gyeol.see('customers');
  await gyeol.byId('list-search').fill(CANARY.slice(0, 4));
  await gyeol.download('selection');
}

function stored(page) {
  return page.evaluate(async () => ({
    cookies: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    kept: (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat(),
    persisted: await navigator.storage.persisted(),
  }));
}

test('while a file is imported, analysed and saved no request is made, by page or engine', () => {
  const netLog = (text, site) => {
    assert.ok(text.includes(site.origin), 'the network log recorded the load');
    assert.ok(!text.includes(CANARY), 'the canary is in the network log');
  };
  return withGyeol({ netLog }, async (gyeol, { page, site, seen }) => {
    const loaded = { page: seen.requests.length, site: site.log.length };
    await everything(gyeol);
    assert.deepEqual(seen.requests.slice(loaded.page).filter((request) => !/ blob:/.test(request)), []);
    assert.deepEqual(site.log.slice(loaded.site), []);

    const traces = JSON.stringify([seen.requests, seen.console, site.log, page.url(), await page.evaluate(() => history.length && document.referrer)]);
    assert.ok(!traces.includes(CANARY), 'the canary is in a request, the console or the address');
    const found = await stored(page);
    assert.ok(!JSON.stringify(found).includes(CANARY), 'the canary is in the storage');
    assert.deepEqual([found.cookies, found.session, found.databases], ['', {}, []]);
    assert.ok(Object.keys(found.local).every((key) => /language|theme/.test(key)), Object.keys(found.local).join());
    assert.ok(found.kept.every((url) => url.startsWith(site.url)));
  });
});

test('the self-test tries a request and tells that it was refused', () => withGyeol({}, async (gyeol, { page, site, seen }) => {
  const before = site.log.length;
  await gyeol.byId('privacy').click();
  await gyeol.byId('self-test').click();
  await page.locator('[data-outcome=refused]').waitFor();
  assert.equal(site.log.length, before);
  assert.deepEqual(seen.requests.filter((request) => !request.includes(site.origin) && !/ (blob|data):/.test(request)), []);
}));

test('page and engine are refused every way out that a script could try', () => withGyeol({ faultsExpected: true }, async (gyeol, { page, site }) => {
  const before = site.log.length;
  const tried = await page.evaluate(async (own) => {
    const refused = async (attempt) => { try { await attempt(); return false; } catch { return true; } };
    const image = (address) => new Promise((resolve, reject) => {
      Object.assign(new Image(), { onload: resolve, onerror: reject, src: address });
    });
    return {
      fetch: await refused(() => fetch('http://127.0.0.1:9/?secret')),
      home: await refused(() => fetch(`${own}icon.svg?secret`)),
      socket: await refused(() => new Promise((resolve, reject) => {
        const socket = new WebSocket('ws://127.0.0.1:9/');
        socket.onopen = resolve;
        socket.onerror = reject;
      })),
      image: await refused(() => image('http://127.0.0.1:9/pixel?secret')),
      worker: await refused(() => new Worker(`${own}boot.js`)),
    };
  }, site.url);
  assert.deepEqual(tried, { fetch: true, home: true, socket: true, image: true, worker: true });
  assert.equal(site.log.length, before);
}));

test('hostile headers and cells do nothing on the page and are made harmless in files', () => withGyeol({}, async (gyeol, { page, seen }) => {
  await gyeol.choose(csv('<img src=x onerror=alert(9)>.csv', hostileOrders(CANARY)));
  await gyeol.atStage('mapping');
  const mapping = new Mapping(gyeol);
  for (const [role, header] of Object.entries(HOSTILE_HEADERS)) await mapping.give(role, header);
  await gyeol.import();
  for (const view of ['overview', 'rfm', 'advice', 'lifecycle', 'value', 'rhythm', 'lifetime', 'cohorts', 'rules', 'clusters', 'stability', 'prediction', 'movement', 'compare', 'explain', 'customers', 'data']) {
    await gyeol.see(view, 'ready', 'failed'); // a file of nine months predicts nothing
    assert.equal(await page.locator('img[onerror], body script, a[href^="javascript:"]').filter({ hasNot: page.locator('[src*="boot-"]') }).count(), 0);
  }
  assert.deepEqual([seen.dialogs, seen.popups], [0, 0]);

  const files = {};
  for (const [view, what] of [['customers', 'customers'], ['overview', 'segments'], ['data', 'left-out']]) {
    await gyeol.see(view);
    files[what] = (await gyeol.download(what)).bytes.toString('utf8').replace(/^\uFEFF/, '');
    const cells = files[what].split('\r\n').flatMap((line) => line.match(/"(?:[^"]|"")*"|[^,]+/g) ?? []);
    const live = cells.map((cell) => cell.replace(/^"/, '')).filter((cell) => /^[=+\-@\t]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell));
    assert.deepEqual(live, [], `cells of ${what} that a spreadsheet would run`);
  }
  const chart = new Charts(await gyeol.see('rfm')).figure('segment-bars');
  const svg = (await gyeol.downloadBy(chart.getByTestId('download-chart-svg'))).bytes.toString('utf8');
  assert.ok(!/<script|onerror|javascript:/i.test(svg), 'a picture carries no script');
  const text = files.customers;
  assert.ok(HOSTILE.length > 5 && text.includes("'=cmd"), 'the text itself is kept, after an apostrophe');
}));
