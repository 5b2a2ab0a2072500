// A gigabyte: read to the end with every row accounted for, stopped in the middle with nothing lost of what was open,
// what helpers read is what one thread reads; and a file that is too large is told so before it is tried.

import assert from 'node:assert/strict';
import { appendFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { ORDERS, orders, writeLarge } from './files.mjs';
import { headless, sameBytes } from './native.mjs';

const ROWS_IN_A_BLOCK = 20_000;
const HEADER_BYTES = 65;

async function bucket(gyeol, kind) {
  const row = gyeol.page.locator(`[data-testid=ledger] [data-bucket=${kind}]`);
  return row.evaluate((element) => [element.dataset.rows, element.dataset.money]);
}

/** A row with quotes, commas and line breaks in its cells, of a customer and a product that no row before it has. */
function oddRow(n) {
  return `Z${n % 700},B${n},2024-12-${10 + (n % 20)},3,1${n % 10}.125,"Q""${n % 50}","line, ${n}\nand\none ""more"""\n`;
}

async function progressIsPast(page, percent) {
  await page.waitForFunction((least) => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) > least, percent);
}

test('a gigabyte stopped in the middle leaves what was open, and read to the end accounts for every row', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await gyeol.take(ORDERS);
  await gyeol.see('data');
  const before = await bucket(gyeol, 'used');
  const path = writeLarge(join(folder, 'gigabyte.csv'), 1_000);
  const one = writeLarge(join(folder, 'block.csv'), 0.001);
  const n_blocks = (statSync(path).size - HEADER_BYTES) / (statSync(one).size - HEADER_BYTES);
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  await gyeol.byId('import').click();
  await progressIsPast(page, 20);
  assert.match(await page.locator('[role=progressbar]').getAttribute('aria-valuetext'), /MB.*rows/s);
  await gyeol.byId('cancel').click();
  await gyeol.atStage('mapping');
  await gyeol.byId('back-to-results').click();
  await gyeol.see('data');
  assert.deepEqual(await bucket(gyeol, 'used'), before);
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  page.context().setDefaultTimeout(180_000);
  page.setDefaultTimeout(180_000);
  await gyeol.import();
  await gyeol.see('data');
  const rows = page.locator('[data-testid=ledger] [data-bucket]');
  const counts = await rows.evaluateAll((all) => all.map((row) => Number(row.dataset.rows)));
  const total = counts.reduce((sum, n) => sum + n, 0);
  assert.equal(total, Math.round(n_blocks) * ROWS_IN_A_BLOCK);
}));

test('a large file read with a helper is the table that one thread reads', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = writeLarge(join(folder, 'large.csv'), 320);
  appendFileSync(path, Array.from({ length: 20_000 }, (_, n) => oddRow(n)).join(''));
  appendFileSync(path, orders(20_000).slice(HEADER_BYTES));
  await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 3 }));
  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  let n_helpers = 0;
  page.on('worker', () => { n_helpers += 1; });
  await gyeol.byId('import').click();
  page.setDefaultTimeout(60_000);
  await gyeol.see('data');
  assert.equal(n_helpers, 1, 'of three cores one is left to the browser');
  const native = headless(path, '--threads', '1');
  await gyeol.see('clusters');
  for (const [view, file] of [['customers', 'customers.csv'], ['data', 'ledger.json']]) {
    await gyeol.see(view);
    const { bytes } = await gyeol.download(file.split('.')[0]);
    sameBytes(bytes, native[file], file);
  }
  assert.equal(page.workers().length, 1);
}));

test('a file beyond the memory of a page is told so before it is tried', () => withGyeol({ language: 'ko' }, async (gyeol, { folder }) => {
  const path = writeLarge(join(folder, 'huge.csv'), 3);
  truncateSync(path, 5_000_000_000);
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  assert.match(await gyeol.byId('memory').innerText(), /GB/);
}));
