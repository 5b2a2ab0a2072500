// Every row of the file in exactly one bucket, whatever a person chooses, to the last digit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { LedgerView, total } from './pages/ledger.mjs';

const TEXT = orders(2_000);
const PLACES = 12;

// The file's own account, from its text: rows, and quantity × price without rounding.
function accountOf(text) {
  const rows = text.trimEnd().split('\n').slice(1).map((line) => line.split(','));
  const money = rows.reduce((sum, [, , , quantity, price]) => sum + BigInt(quantity) * BigInt(price.replace('.', '')), 0n);
  return { rows: BigInt(rows.length), money: money * 10n ** BigInt(PLACES - 2) };
}

test('the buckets add up to the file, and a press moves rows between them at once', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const ledger = await new LedgerView(gyeol).open();
  const first = await ledger.buckets();
  assert.deepEqual(total(first, PLACES), accountOf(TEXT));
  assert.equal(first.no_customer.rows, 50n);
  assert.equal(first.returned.rows, 30n, 'each 50th row is a return, but each 200th has no customer as well');

  await ledger.toggle('no_customer');
  const counted = await ledger.buckets();
  assert.deepEqual(total(counted, PLACES), accountOf(TEXT));
  assert.equal(counted.no_customer.rows, 0n);
  assert.ok(counted.used.rows > first.used.rows);

  await ledger.toggle('returned');
  const all = await ledger.buckets();
  assert.deepEqual(total(all, PLACES), accountOf(TEXT));
  assert.equal(all.used.rows, 2_000n);

  await ledger.toggle('no_customer');
  await ledger.toggle('returned');
  assert.deepEqual(await ledger.buckets(), first, 'back where it was');
}));

test('a choice in the ledger changes the results of every view', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('shop.csv', TEXT));
  await gyeol.see('rfm');
  const ledger = await new LedgerView(gyeol).open();
  const before = (await gyeol.download('ledger')).bytes;
  await ledger.toggle('returned');
  await gyeol.see('rfm');
  await ledger.open();
  assert.ok(!before.equals((await gyeol.download('ledger')).bytes));
}));

// What of returns their customers had paid by then, in cents; all before the day after the last order.
function givenBack(text) {
  const rows = text.trimEnd().split('\n').slice(1).map((line) => line.split(','))
    .filter(([customer]) => customer)
    .map(([customer, , date, quantity, price]) => ({ customer, date, cents: Number(quantity) * Math.round(Number(price) * 100) }));
  // Purchases of a day come first; what gives back more than was paid is of a purchase that the file does not have.
  const order = (a, b) => a.date.localeCompare(b.date) || (a.cents < 0) - (b.cents < 0) || a.cents - b.cents;
  const balance = new Map();
  let sum = 0;
  for (const { customer, cents } of rows.sort(order)) {
    const after = (balance.get(customer) ?? 0) + cents;
    if (after < 0) continue;
    balance.set(customer, after);
    if (cents < 0) sum -= cents;
  }
  return sum;
}

const sumOf = (bytes, name) => {
  const [head, ...lines] = bytes.toString('utf8').replace('\ufeff', '').trimEnd().split(/\r?\n/).map((line) => line.split(','));
  const place = head.indexOf(name);
  return lines.reduce((sum, cells) => sum + Math.round(Number(cells[place]) * 100), 0);
};

test('money of returns is taken off what their customers spent, and no row changes its bucket', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', TEXT));
  await gyeol.see('customers');
  const before = sumOf((await gyeol.download('customers')).bytes, 'monetary');
  const ledger = await new LedgerView(gyeol).open();
  const buckets = await ledger.buckets();
  await gyeol.byId('net-returns').press('Space');
  await page.locator('[data-testid=net-returns]:checked').waitFor();
  await gyeol.see('rfm');
  await gyeol.see('customers');
  const after = sumOf((await gyeol.download('customers')).bytes, 'monetary');
  assert.ok(givenBack(TEXT) > 0);
  assert.equal(before - after, givenBack(TEXT));
  await ledger.open();
  assert.deepEqual(await ledger.buckets(), buckets);
}));

test('on a phone each bucket is a card in full view, and still a row of a table', () => withGyeol({ width: 320, height: 640 }, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', TEXT));
  await new LedgerView(gyeol).open();
  const table = page.locator('[data-testid=ledger]');
  assert.ok(await table.evaluate((element) => element.parentElement.scrollWidth <= element.parentElement.clientWidth), 'nothing is to be moved aside');
  const row = page.getByRole('row').filter({ has: page.locator('#leave-out-no_customer') });
  assert.ok(await row.getByRole('rowheader').isVisible());
  const cells = await row.getByRole('cell').evaluateAll((all) => all.map((cell) => [cell.dataset.head ?? '', cell.innerText.trim()]));
  assert.ok(cells.some(([head, text]) => head !== '' && text === '50'), JSON.stringify(cells));
}));
