// An order's total that stands on each of its lines: said before the import, counted once, and the choice to add all lines up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv } from './files.mjs';
import { LedgerView, total } from './pages/ledger.mjs';

const N_ORDERS = 120;
const PLACES = 12;

// Orders of one to three lines; what all lines and all orders come to.
function shop() {
  const rows = ['customer,order id,order date,product,quantity,price,Total'];
  let [ofLines, ofOrders] = [0, 0];
  for (let order = 0; order < N_ORDERS; order += 1) {
    const money = 20_000 + (order * 1_700) % 90_000;
    ofOrders += money;
    for (let line = 0; line < 1 + (order % 3); line += 1) {
      ofLines += money;
      rows.push(`C${order % 17},${order},2024-03-${String(1 + (order % 28)).padStart(2, '0')},P${line},1,9900,${money}`);
    }
  }
  return { text: `${rows.join('\n')}\n`, nRows: rows.length - 1, ofLines, ofOrders };
}

const { text, nRows, ofLines, ofOrders } = shop();
const FILE = csv('shop.csv', text);
const lifted = (money) => BigInt(money) * 10n ** BigInt(PLACES);
const used = ({ used: bucket }) => ({ rows: Number(bucket.rows), money: total({ bucket }, PLACES).money });

test('the columns screen says that the total stands on each line, and the ledger counts it once', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(FILE);
  await gyeol.atStage('mapping');
  await gyeol.byId('order-total').waitFor();
  assert.match(await gyeol.byId('order-total').textContent(), /Total/);
  assert.ok(await gyeol.byId('count-total-once').isChecked());
  await gyeol.import();
  const ledger = await new LedgerView(gyeol).open();
  const first = await ledger.buckets();
  assert.deepEqual(total(first, PLACES), { rows: BigInt(nRows), money: lifted(ofLines) });
  assert.deepEqual(used(first), { rows: N_ORDERS, money: lifted(ofOrders) });
  assert.equal(Number(first.repeated_total.rows), nRows - N_ORDERS);

  await ledger.toggle('repeated_total');
  const all = await ledger.buckets();
  assert.deepEqual(used(all), { rows: nRows, money: lifted(ofLines) });
  assert.deepEqual(total(all, PLACES), { rows: BigInt(nRows), money: lifted(ofLines) });
  await ledger.toggle('repeated_total');
  assert.deepEqual(await ledger.buckets(), first, 'back where it was');
}));

test('the choice before the import is the choice of the ledger, also by keyboard', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.choose(FILE);
  await gyeol.atStage('mapping');
  await gyeol.byId('count-total-once').focus();
  await page.keyboard.press('Space');
  assert.ok(!await gyeol.byId('count-total-once').isChecked());
  await gyeol.import();
  const ledger = await new LedgerView(gyeol).open();
  assert.deepEqual(used(await ledger.buckets()), { rows: nRows, money: lifted(ofLines) });
  assert.ok(!await gyeol.byId('leave-out-repeated_total').isChecked());
  await gyeol.see('overview');
  await gyeol.byId('totals-added').waitFor();
  await gyeol.byId('totals-once').click();
  await gyeol.byId('totals-added').waitFor({ state: 'detached' });
  assert.deepEqual(used(await (await new LedgerView(gyeol).open()).buckets()), { rows: N_ORDERS, money: lifted(ofOrders) });
}));

test('nothing is said where the amount is another column', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(FILE);
  await gyeol.atStage('mapping');
  await gyeol.byId('order-total').waitFor();
  await gyeol.byId('role-amount').selectOption('price');
  await gyeol.byId('order-total').waitFor({ state: 'detached' });
}));
