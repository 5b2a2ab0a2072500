// From a dropped file to saved files, held against the engine run without a browser.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { headless, sameBytes } from './native.mjs';
import { ORDERS, csv, orders } from './files.mjs';
import { Mapping } from './pages/mapping.mjs';

const TABLES = { customers: 'customers.csv', segments: 'segments.csv', ledger: 'ledger.json' };

async function savedTables(gyeol) {
  const saved = {};
  for (const view of ['rfm', 'clusters']) {
    await gyeol.see(view);
    saved[`${view}.json`] = (await gyeol.download('report')).bytes;
  }
  for (const [what, name] of Object.entries(TABLES)) {
    await gyeol.see('overview');
    saved[name] = (await gyeol.download(what)).bytes;
  }
  return saved;
}

function sameTables(saved, expected) {
  for (const name of [...Object.values(TABLES), 'rfm.json', 'clusters.json']) sameBytes(saved[name], expected[name], name);
}

test('a chosen file of real orders becomes the same lists as without a browser', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(ORDERS);
  await gyeol.atStage('mapping');
  assert.deepEqual(await new Mapping(gyeol).roles(), { customer: 'customer_id', date: 'order_date', amount: 'revenue' });
  await gyeol.import();
  sameTables(await savedTables(gyeol), headless(ORDERS));
}));

test('a dropped file is taken like a chosen one', () => withGyeol({ language: 'ko' }, async (gyeol) => {
  await gyeol.drop(ORDERS);
  await gyeol.import();
  sameTables(await savedTables(gyeol), headless(ORDERS));
}));

test('a pasted table is taken like a file', () => withGyeol({}, async (gyeol, { page }) => {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, orders(300).replaceAll(',', '\t'));
  await gyeol.import();
  await gyeol.see('rfm');
}));

test('returns, rows without a customer and decimals come out the same in the browser and without it', () => withGyeol({}, async (gyeol, { folder }) => {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, orders(5_000));
  await gyeol.take(path);
  sameTables(await savedTables(gyeol), headless(path));
}));

test('a saved project and the same file give the same bytes again, and the project holds no data', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, orders(2_000));
  await gyeol.take(path);
  await gyeol.see('rfm');
  await gyeol.byId('as-of').first().fill('2024-10-31');
  await gyeol.byId('as-of').first().press('Enter');
  await gyeol.viewIs('rfm');
  const before = await savedTables(gyeol);
  await gyeol.see('data');
  const project = await gyeol.download('project');
  for (const cell of ['C0001', 'line 17', '2023-05']) assert.ok(!project.bytes.includes(cell), 'a cell is in the project');

  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.drop({ name: project.name, buffer: project.bytes });
  await gyeol.hears();
  await gyeol.drop(path);
  await gyeol.import();
  sameTables(await savedTables(gyeol), before);
  const projectPath = join(folder, 'saved.json');
  writeFileSync(projectPath, project.bytes);
  sameTables(before, headless(path, '--project', projectPath));
}));

test('customers open in a spreadsheet: byte order mark, one line each, the shares they had on screen', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await gyeol.see('customers');
  const { name, bytes } = await gyeol.download('customers');
  assert.match(name, /\.csv$/);
  const text = bytes.toString('utf8');
  assert.ok(text.startsWith('\uFEFFcustomer,recency_days,frequency,monetary,r,f,m,rfm_segment'), text.slice(0, 90));
  assert.equal(text.trimEnd().split('\r\n').length, 1 + 995);
}));

test('further columns go into the list only where they were chosen, and then the bytes are those without a browser', () => withGyeol({}, async (gyeol, { folder }) => {
  const path = join(folder, '주문 (2024).csv');
  const city = (i) => ['Busan', 'Seoul'][i % 2];
  const lines = Array.from({ length: 60 }, (_, i) => `C${i % 20},2024-01-${String(1 + (i % 28)).padStart(2, '0')},${5 + i},${city(i)},010123400${String(i % 20).padStart(2, '0')}`);
  writeFileSync(path, `customer,order_date,amount,city,phone\n${lines.join('\n')}\n`);
  await gyeol.take(path);
  await gyeol.see('rfm');
  await gyeol.see('customers');
  const without = await gyeol.download('customers');
  assert.equal(without.name, '주문-2024-customers.csv');
  sameBytes(without.bytes, headless(path)['customers.csv'], 'customers.csv');
  assert.ok(!without.bytes.includes('Busan'), 'a column is in the list unasked');
  await gyeol.byId('list-columns').locator('summary').click();
  for (const column of ['phone', 'city']) await gyeol.byId('list-columns').locator(`input[value=${column}]`).check();
  const { bytes } = await gyeol.download('customers');
  sameBytes(bytes, headless(path, '--set', 'customers.columns=["phone","city"]')['customers.csv'], 'customers.csv');
  const [head, first] = bytes.toString('utf8').split('\r\n');
  assert.ok(head.endsWith(',city,phone'), head);
  assert.ok(first.endsWith(',01012340000'), first);
}));

test('a table that was left out can be downloaded and read again', () => withGyeol({}, async (gyeol, { folder }) => {
  await gyeol.take(csv('shop.csv', orders(1_000)));
  await gyeol.see('data');
  const { bytes } = await gyeol.download('left-out');
  const path = join(folder, 'left-out.csv');
  writeFileSync(path, bytes);
  assert.equal(readFileSync(path, 'utf8').trimEnd().split('\n').length, 1 + 25 + 20 - 5, 'each 40th and each 50th row, those with both reasons once');
}));
