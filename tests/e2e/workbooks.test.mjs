// Workbooks: the sheet that is meant, what is refused, and that nothing is loaded once a file is open.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST, withGyeol } from './browser.mjs';
import { ORDERS, csv, orders } from './files.mjs';
import { archive, table, workbook } from './workbooks.mjs';

const keeps = existsSync(join(DIST, 'sw.js')) && !readFileSync(join(DIST, 'sw.js'), 'utf8').includes('unregister');
const ONE = orders(400, 3);
const TWO = orders(900, 5);
const two = () => workbook('orders.xlsx', { January: table(ONE), 'All and more': table(TWO) });

async function customers(gyeol) {
  await gyeol.see('customers');
  return (await gyeol.download('customers')).bytes.toString('utf8');
}

test('the sheets of a workbook come to the same as their CSV files together', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(two());
  await gyeol.atStage('mapping');
  const files = gyeol.byId('files').locator('li');
  assert.deepEqual(await files.evaluateAll((all) => all.map((one) => [one.dataset.file, one.dataset.part])), [
    ['orders.xlsx · All and more', 'leading'],
    ['orders.xlsx · January', 'appended'],
  ]);
  assert.doesNotMatch(await files.first().innerText(), /UTF/, 'a workbook has no encoding of its own');
  await gyeol.import();
  const ofSheets = await customers(gyeol);
  const project = JSON.parse((await gyeol.download('project')).bytes.toString('utf8'));
  assert.equal(project.mapping.sheet, 'All and more');
  assert.equal(project.further[0].sheet, 'January');

  await gyeol.choose(csv('all.csv', TWO), csv('january.csv', ONE));
  await gyeol.atStage('mapping');
  await gyeol.import();
  assert.equal(ofSheets, await customers(gyeol));
}));

test('formulas that were saved without their values are counted over all sheets', () => withGyeol({}, async (gyeol) => {
  const formulas = (csv, n) => table(csv).map((row, at) => (at > 0 && at <= n ? [...row.slice(0, -1), '=1+1'] : row));
  await gyeol.choose(workbook('orders.xlsx', { January: formulas(ONE, 2), 'All and more': formulas(TWO, 3) }));
  await gyeol.atStage('mapping');
  const note = gyeol.byId('emptied-cells');
  await note.waitFor();
  assert.equal(await note.getAttribute('data-cells'), '5');
  assert.match(await note.innerText(), /5/);
  await gyeol.import();
}));

test('a sheet that is no table gets a sentence, and the sheet before is still there', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.choose(workbook('orders.xlsx', { January: table(ONE), Names: [['name'], ['a'], ['b']], Blank: [] }));
  await gyeol.atStage('mapping');
  for (const [name, sentence] of [['Names', /one column/], ['Blank', /is empty/]]) {
    await gyeol.byId('sheet').selectOption(name);
    await page.locator('main[data-stage="mapping"] [role=alert]').filter({ hasText: sentence }).waitFor();
    assert.equal(await gyeol.byId('sheet').inputValue(), 'January');
  }
  await gyeol.import();
}));

test('a workbook under the name of a text file is known by its content', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose({ ...two(), name: 'first.xlsx' });
  await gyeol.atStage('mapping');
  await gyeol.import();
  await gyeol.choose({ ...two(), name: 'orders.csv' });
  await gyeol.atStage('mapping');
  await gyeol.byId('files').waitFor();
  await gyeol.import();
}));

test('text under the name of a workbook is read as text', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(csv('orders.xls', ONE));
  await gyeol.import();
  assert.equal(await gyeol.byId('sheet').count(), 0);
}));

const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const REFUSED = {
  'a workbook with a password': [Buffer.concat([COMPOUND, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(2_000)]), /암호/],
  'a zip bomb': [archive([['[Content_Types].xml', '<Types/>'], ['xl/workbook.xml', Buffer.alloc(64 << 20, 0x20)]]), /메모리를 채우려고/],
  'a workbook that is cut short': [two().buffer.subarray(0, 9_000), /끝부분이 없습니다/],
  'a web page without a table under the name of a workbook': [Buffer.from('<html><body><p>Sign in</p></body></html>'), /웹 페이지/],
};

for (const [what, [buffer, sentence]] of Object.entries(REFUSED)) {
  test(`${what} is told apart, and a good file works`, () => withGyeol({ locale: 'ko-KR' }, async (gyeol) => {
    await gyeol.choose({ name: 'broken.xlsx', mimeType: 'application/octet-stream', buffer });
    await gyeol.hears(sentence);
    assert.equal(await gyeol.stage(), 'failed');
    await gyeol.take(ORDERS);
    await gyeol.see('rfm');
  }));
}

// A workbook that takes its reader long enough to be stopped.
const long = () => workbook('long.xlsx', { Orders: table(orders(60_000)) });

async function startReading(gyeol, page) {
  const [worker] = await Promise.all([page.waitForEvent('worker'), gyeol.choose(long())]);
  assert.equal(await gyeol.stage(), 'reading');
  return worker;
}

test('a reader that is killed is told, and the next workbook is read', () => withGyeol({ faultsExpected: true }, async (gyeol, { page }) => {
  const worker = await startReading(gyeol, page);
  await worker.evaluate(() => { setTimeout(() => { throw new Error('killed by the journey'); }); }).catch(() => {});
  const stage = await gyeol.atStage('failed', 'mapping');
  if (stage === 'failed') await gyeol.hears(/came to a stop/);
  await gyeol.choose(two());
  await gyeol.import();
}));

test('a workbook that is being read can be cancelled', () => withGyeol({}, async (gyeol, { page }) => {
  await startReading(gyeol, page);
  await gyeol.byId('cancel').click();
  await gyeol.atStage('empty');
  await gyeol.choose(two());
  await gyeol.import();
}));

test('the reader is loaded with the first workbook, before it is opened, and never by the page', (context) => {
  if (!keeps) return context.skip('a development build loads it with the page');
  return withGyeol({}, async (gyeol, { page, site, seen }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    const asked = () => site.log.filter(({ url }) => url.includes('workbook-')).length;
    assert.equal(asked(), 0, 'a first visit does not load it');
    await gyeol.choose(two());
    await gyeol.import();
    assert.equal(asked(), 2);
    const loaded = site.log.length;
    await gyeol.choose({ ...two(), name: 'again.xlsx' });
    await gyeol.import();
    await customers(gyeol);
    assert.deepEqual(site.log.slice(loaded), []);
    assert.deepEqual(seen.requests.filter((request) => /workbook-/.test(request) && !request.includes(site.origin)), []);

    await site.close();
    await page.reload();
    await gyeol.atStage('empty');
    await gyeol.choose(two());
    await gyeol.import();
  });
});

test('a cancel while the reader is loading starts none, and ends the loading before another file is opened', (context) => {
  if (!keeps) return context.skip('a development build loads it with the page');
  return withGyeol({}, async (gyeol, { page, site }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    const workers = [];
    page.on('worker', (worker) => workers.push(worker));
    const gate = site.hold(/workbook-/);
    await gyeol.choose(two());
    await gate.came;
    await gyeol.byId('cancel').click();
    await gyeol.atStage('empty');
    // Nothing was opened: the next workbook may have the reader loaded, and a cancelled one never starts one.
    await gyeol.choose(two());
    gate.release();
    await gyeol.import();
    // One for each sheet of the workbook that was not cancelled.
    assert.equal(workers.length, 2);
  });
});

test('a text that is opened after such a cancel does not wait for the reader', (context) => {
  if (!keeps) return context.skip('a development build loads it with the page');
  return withGyeol({}, async (gyeol, { page, site }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    const gate = site.hold(/workbook-/);
    await gyeol.choose(two());
    await gate.came;
    await gyeol.byId('cancel').click();
    await gyeol.take(ORDERS);
    const loaded = site.log.length;
    gate.release();
    await customers(gyeol);
    assert.deepEqual(site.log.slice(loaded), []);
    await gyeol.choose(two());
    await gyeol.hears(/reload the page/);
  });
});

test('a service worker that is ended while it loads the reader is not waited for, and the next workbook is read', (context) => {
  if (!keeps) return context.skip('a development build loads it with the page');
  return withGyeol({}, async (gyeol, { page, site }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    const gate = site.hold(/workbook-/);
    await gyeol.choose(two());
    await gate.came;
    const session = await page.context().newCDPSession(page);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await gyeol.atStage('failed');
    await gyeol.hears(/part that reads workbooks is not there/);
    gate.release();
    await gyeol.choose(two());
    await gyeol.import();
  });
});

test('with a file open the reader is not loaded any more, and a sentence says what to do', (context) => {
  if (!keeps) return context.skip('a development build loads it with the page');
  return withGyeol({}, async (gyeol, { page, site }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await gyeol.take(ORDERS);
    const loaded = site.log.length;
    await gyeol.choose(two());
    await gyeol.hears(/reload the page/);
    assert.deepEqual(site.log.slice(loaded), []);
    assert.equal(await gyeol.stage(), 'ready');
  });
});

test('a reader that an earlier visit left is there beside an open text, without a request', (context) => {
  if (!keeps) return context.skip('a development build loads it with the page');
  return withGyeol({}, async (gyeol, { page, site }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await gyeol.choose(two());
    await gyeol.import();
    await page.reload();
    await gyeol.atStage('empty');
    await gyeol.take(ORDERS);
    const loaded = site.log.length;
    await gyeol.choose(two());
    await gyeol.import();
    assert.deepEqual(site.log.slice(loaded), []);
  });
});

async function paste(page, texts) {
  await page.evaluate((all) => {
    const data = new DataTransfer();
    for (const [kind, text] of Object.entries(all)) data.setData(kind, text);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, texts);
}

const pageOf = (rows) => `<meta charset='utf-8'><h1>Orders</h1><table><tr><td>menu</td></tr></table><table>${rows
  .map((cells) => `<tr>${cells.map((cell) => `<td>${cell.replaceAll('&', '&amp;')}</td>`).join('')}</tr>`)
  .join('')}</table>`;

test('the largest table of a web page that is pasted or dropped is read, and the policy holds', () => withGyeol({}, async (gyeol, { page }) => {
  const refused = [];
  page.on('console', (message) => { if (message.type() === 'error') refused.push(message.text()); });
  const html = pageOf(table(ONE));
  await paste(page, { 'text/html': html, 'text/plain': 'Orders' });
  await gyeol.atStage('mapping');
  assert.deepEqual(await gyeol.byId('sheet').locator('option').evaluateAll((all) => all.map((one) => one.value)), ['2', '1']);
  await gyeol.import();
  const pasted = await customers(gyeol);
  await gyeol.take(csv('orders.csv', ONE));
  assert.equal(pasted, await customers(gyeol));
  assert.deepEqual(refused, []);
}));

test('a web page under a workbook’s name is read in its own encoding', () => withGyeol({}, async (gyeol) => {
  const korean = Buffer.from([0xb1, 0xe8]);
  const rows = table(ONE).map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}<td>@</td></tr>`).join('');
  const bytes = Buffer.from(`<html><table>${rows}</table></html>`, 'latin1');
  const parts = bytes.toString('latin1').split('@').map((part) => Buffer.from(part, 'latin1'));
  const html = Buffer.concat(parts.flatMap((part, at) => (at === 0 ? [part] : [korean, part])));
  await gyeol.choose({ name: 'orders.xls', mimeType: 'application/vnd.ms-excel', buffer: html });
  await gyeol.atStage('mapping');
  assert.match(await gyeol.page.locator('main').innerText(), /김/);
}));

test('a table of Markdown that is pasted is read as what it draws', () => withGyeol({}, async (gyeol, { page }) => {
  const [head, ...rows] = table(ONE);
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  await paste(page, { 'text/plain': line(head) + line(head.map(() => '---')) + rows.map(line).join('') });
  await gyeol.atStage('mapping');
  await gyeol.import();
  const pasted = await customers(gyeol);
  await gyeol.take(csv('orders.csv', ONE));
  assert.equal(pasted, await customers(gyeol));
}));
