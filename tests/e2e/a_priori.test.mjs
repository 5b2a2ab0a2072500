// Segmentations that are decided beforehand: stages of life, classes of value, rhythm, own rules; from the screen to the saved list.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { headless, sameBytes } from './native.mjs';
import { Charts } from './pages/charts.mjs';
import { Settings } from './pages/settings.mjs';
import { bigSpenders } from './pages/rules.mjs';

const TEXT = orders(4_000);

/** The customers that a view's table counts, in all. */
async function counted(section) {
  const cells = await section.locator('.segment-table tbody tr:first-child td:nth-child(2)').allTextContents();
  return cells.reduce((sum, cell) => sum + Number(cell.replaceAll(',', '')), 0);
}

test('stages, classes and rhythm each hold every customer', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const totals = [];
  for (const view of ['rfm', 'lifecycle', 'value', 'rhythm']) totals.push(await counted(await gyeol.see(view)));
  assert.ok(totals[0] > 300, `${totals[0]} customers`);
  assert.deepEqual(totals, totals.map(() => totals[0]));
}));

test('an own threshold moves customers, and the data take it back', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('lifecycle');
  const charts = new Charts(section);
  const before = await charts.numbers('segment-bars');
  await new Settings(gyeol, section).number('active_days', 7);
  const after = await charts.numbersOtherThan('segment-bars', before);
  await section.getByRole('button', { name: 'From the data' }).click();
  assert.equal(await charts.numbersOtherThan('segment-bars', after), before);
  await new Settings(gyeol, section).number('lapsed_days', 2);
  await page.locator('#lapsed_days-problem, #active_days-problem').first().waitFor({ state: 'attached' });
}));

test('another grouping makes other classes', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('value');
  const charts = new Charts(section);
  const before = await charts.numbers('segment-bars');
  await gyeol.byId('grouping').selectOption('top');
  await charts.numbersOtherThan('segment-bars', before);
}));

test('a rule is built, counted, read back, and its customers are saved as without a browser', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, TEXT);
  await gyeol.take(path);
  const section = await gyeol.see('rules');
  await bigSpenders(gyeol);
  await section.locator('.rule-sentence').filter({ hasText: 'spending among the highest 10.0%' }).waitFor();
  await section.locator('.segment-table').filter({ hasText: 'Big spenders' }).waitFor();
  const rules = [{ name: 'Big spenders', when: { all: [{ is: { measure: 'monetary', value: { highest: 0.1 } } }] } }];
  await gyeol.see('customers');
  await page.locator('[data-testid=list-segmentations] > summary').click();
  await page.locator('[data-testid=list-segmentations] input[value=rules]').check();
  const saved = (await gyeol.download('customers')).bytes;
  const chosen = ['--set', 'customers.segmentations=["rules"]', '--set', `rules.rules=${JSON.stringify(rules)}`];
  sameBytes(saved, headless(path, ...chosen)['customers.csv'], 'customers.csv');
  const head = saved.toString('utf8').split('\n')[0];
  assert.ok(head.includes(',rules,rules_ko'), head.slice(0, 200));
}));

test('a rule that matches nobody and one that earlier rules leave nobody for say so', () => withGyeol({ language: 'ko' }, async (gyeol) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('rules');
  await gyeol.byId('add-rule').click();
  await section.locator('.remark').filter({ hasText: '모든 고객에게' }).waitFor();
  await gyeol.byId('add-rule').click();
  await section.locator('.remark').filter({ hasText: '앞 규칙이 모두' }).waitFor();
}));

/** Customers who order on the web and in the store, with their addresses. */
function channels() {
  const lines = ['customer,order,date,amount,channel,email'];
  for (let row = 0; row < 240; row += 1) {
    const customer = row % 40;
    const channel = (customer + Math.floor(row / 40)) % 3 === 0 ? 'web' : 'store';
    const month = String(1 + (row % 12)).padStart(2, '0');
    lines.push(`C${customer},A${row},2023-${month}-15,${10 + (row % 7)},${channel},c${customer}@shop.kr`);
  }
  return `${lines.join('\n')}\n`;
}

test('a channel can be tested, and columns that only name customers are offered last', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('channels.csv', channels()));
  const section = await gyeol.see('rules');
  await gyeol.byId('add-rule').click();
  await gyeol.byId('add-condition').click();
  const measure = gyeol.byId('rule-measure');
  await measure.selectOption('order_share:channel=web');
  await section.locator('.rule-sentence').filter({ hasText: 'share of orders with channel ‘web’ at least 0.5' }).waitFor();
  assert.equal(await measure.locator('optgroup option').getAttribute('value'), 'email');
  await gyeol.see('cohorts');
  const last = gyeol.byId('cohort-by').locator('optgroup option');
  assert.deepEqual(await last.evaluateAll((options) => options.map(({ value }) => value)), ['first:email', 'column:email']);
}));
