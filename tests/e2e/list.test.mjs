// The list of customers: searched, narrowed, sorted and saved as it stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGyeol } from './browser.mjs';
import { headless, sameBytes } from './native.mjs';
import { orders } from './files.mjs';

/** Rows of a saved list as objects; no cell of these files has a comma or a quote. */
function rowsOf(bytes) {
  const [head, ...lines] = bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
}

async function openList(gyeol, folder) {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, orders(3_000));
  await gyeol.take(path);
  await gyeol.see('clusters');
  await gyeol.see('customers');
  return path;
}

async function finds(page, text) {
  await page.locator('section[data-view=customers] .finding').filter({ hasText: text }).waitFor();
}

test('what is searched, ticked and scored is what is shown, counted and saved', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = await openList(gyeol, folder);
  const all = rowsOf((await gyeol.download('customers')).bytes);
  await gyeol.byId('list-search').fill('c00');
  const found = all.filter((row) => row.customer.includes('C00'));
  await finds(page, `${found.length} of ${all.length} customers`);

  await gyeol.byId('list-filter').locator('> summary').click();
  for (const segment of ['rfm/0', 'rfm/1']) await gyeol.byId('list-filter').locator(`input[value="${segment}"]`).check();
  await gyeol.byId('list-filter-rfm').locator('summary').filter({ hasText: '(2 of ' }).waitFor();
  await gyeol.byId('list-filter-clusters').locator('summary').filter({ hasText: '(0 of ' }).waitFor();
  assert.ok(!(await gyeol.byId('list-filter-clusters').locator('input').first().isVisible()), 'only the first is open');
  await gyeol.byId('score-monetary-from').selectOption('4');
  const names = ['Champions', 'Loyal customers'];
  const expected = found.filter((row) => names.includes(row.rfm_segment) && Number(row.m) >= 4);
  assert.ok(expected.length > 2 && expected.length < found.length, String(expected.length));
  await finds(page, `${expected.length} of ${all.length} customers`);

  const saved = await gyeol.download('selection');
  assert.equal(saved.name, 'shop-customers-selection.csv');
  assert.deepEqual(rowsOf(saved.bytes), expected);
  const filter = JSON.stringify({ search: 'c00', segments: [['rfm', 0], ['rfm', 1]], scores: [null, null, [4, 5]] });
  sameBytes(saved.bytes, headless(path, '--filter', filter)['customers-selection.csv'], 'customers-selection.csv');
  const whole = await gyeol.download('customers');
  assert.equal(rowsOf(whole.bytes).length, all.length, 'the whole list stays whole');

  await page.locator('.customer-list button.sort').nth(3).click();
  const richest = [...expected].sort((a, b) => Number(b.monetary) - Number(a.monetary))[0];
  await page.locator('.customer-list tbody tr').first().filter({ hasText: richest.customer }).waitFor();
  await gyeol.byId('list-clear').click();
  await finds(page, `${all.length} customers in all`);
}));

test('nobody who matches is a sentence, and the filter is set by keys alone', () => withGyeol({ language: 'ko' }, async (gyeol, { page, folder }) => {
  await openList(gyeol, folder);
  await gyeol.byId('list-search').focus();
  await page.keyboard.type('없는 사람');
  await finds(page, '조건에 맞는 고객은 0명');
  await page.locator('.customer-list tbody').filter({ hasText: '해당하는 고객이 없습니다' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await finds(page, '고객은 모두');
  await gyeol.keepsFocus('clearing the filter');
  await gyeol.byId('list-filter').locator('> summary').focus();
  await page.keyboard.press('Enter');
  // Past the line of the fold of RFM segments, which is open.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await finds(page, '‘챔피언’ 고객은');
}));
