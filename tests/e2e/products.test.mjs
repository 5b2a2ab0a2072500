// A table of products beside the orders: it is known as one, what it gives can be taken into the list of customers, and
// products that one side lacks can be saved. The files are held against the run without a browser.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { withGyeol } from './browser.mjs';
import { headless, sameBytes } from './native.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** 60 orders of seven products, of which the table lacks one and has one that nobody ordered. */
function files(folder) {
  const orders = join(folder, 'orders.csv');
  const goods = join(folder, 'goods.csv');
  const row = (n) => `C${n % 9},O${n},2024-0${1 + n % 6}-1${n % 9},P${n % 7},${1 + n % 3},${1000 + n * 10}\n`;
  writeFileSync(orders, `고객번호,주문번호,주문일,상품코드,수량,판매가\n${Array.from({ length: 60 }, (_, n) => row(n)).join('')}`);
  const product = (n) => `P${n},${['차', '잔', '책'][n % 3]},${700 + n},${n % 2 ? '여름;선물' : '선물'}\n`;
  writeFileSync(goods, `상품코드,분류,매입가,태그\n${[0, 1, 2, 3, 4, 5, 8].map(product).join('')}`);
  return { orders, goods };
}

async function journey(gyeol, { page, folder }) {
  const { orders, goods } = files(folder);
  await gyeol.choose(goods, orders);
  await gyeol.atStage('mapping');
  await page.locator('[data-part=products][data-file="goods.csv"]').waitFor();
  await gyeol.import();
  await gyeol.see('data');
  const joined = gyeol.byId('joined');
  const count = async (name) => Number(await joined.getAttribute(`data-${name}`));
  assert.deepEqual([await count('rows'), await count('matched'), await count('without-row'), await count('without-orders')], [7, 6, 1, 1]);
  await page.evaluate(AXE);
  assert.deepEqual(await page.evaluate(async () => (await globalThis.axe.run(document)).violations.map((one) => one.id)), []);
  for (const [what, name] of [['products-without-row', 'P6'], ['products-without-orders', 'P8']]) {
    const { bytes } = await gyeol.download(what);
    assert.equal(bytes.toString('utf8'), `\ufeffproduct\r\n${name}\r\n`);
  }
  const ledger = (await gyeol.download('ledger')).bytes;
  sameBytes(ledger, headless(goods, orders)['ledger.json'], 'ledger.json');
  await gyeol.see('customers');
  const columns = ['main category', 'margin', 'share of tag: 여름'];
  await page.locator('[data-testid=list-columns] summary').click();
  for (const column of columns) {
    await page.locator(`[data-testid=list-columns] input[value="${column}"]`).check();
  }
  const list = (await gyeol.download('customers')).bytes;
  const chosen = headless(goods, orders, '--set', `customers.columns=${JSON.stringify(columns)}`);
  sameBytes(list, chosen['customers.csv'], 'customers.csv');
  assert.match(list.toString('utf8').split('\r\n')[0], /,main category,margin,share of tag: 여름$/);
}

test('a table of products gives the customers their categories, margins and tags', () => withGyeol({ language: 'ko' }, journey));
