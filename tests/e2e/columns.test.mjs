// The columns: what stands in each, what is odd, and what is done about it before every analysis. The report and the
// lists are held against the run without a browser.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { headless, sameBytes } from './native.mjs';

/** 90 rows of 30 customers: some without an age, one of 999 years, cities with blanks and gaps. */
function shop(folder) {
  const rows = Array.from({ length: 90 }, (_, row) => {
    const customer = row % 30;
    const age = customer < 4 ? 'N/A' : customer === 4 ? '999' : String(20 + customer);
    const city = ['Seoul', ' Busan', ''][customer % 3];
    return `C${customer},2024-03-${String(1 + row % 28).padStart(2, '0')},${1000 + row * 37},${age},${city}\n`;
  });
  const path = join(folder, 'shop.csv');
  writeFileSync(path, `customer,order_date,amount,age,city\n${rows.join('')}`);
  return path;
}

const row = (page, column) => page.locator(`[data-testid=survey] tr[data-column="${column}"]`);
const group = (page, column) => page.locator(`[data-testid=treatment][data-column="${column}"]`);

async function findings(page, column) {
  return row(page, column).locator('[data-finding]').evaluateAll((all) => all.map((one) => one.dataset.finding));
}

test('each column says what stands in it, and the report is that of the run without a browser', () => withGyeol({ language: 'ko' }, async (gyeol, { page, folder }) => {
  const path = shop(folder);
  await gyeol.take(path);
  await gyeol.see('data');
  await gyeol.byId('see-columns').click();
  await gyeol.viewIs('columns');
  assert.equal(await page.locator('.rail [aria-current=page]').getAttribute('href'), '#/data');
  const age = row(page, 'age');
  const count = async (name) => Number(await age.getAttribute(`data-${name}`));
  assert.equal(await age.getAttribute('data-type'), 'number');
  assert.deepEqual([await count('missing'), await count('unread'), await count('read')], [12, 0, 78]);
  assert.deepEqual(await findings(page, 'age'), ['missing_words', 'sentinel', 'outliers']);
  assert.deepEqual(await findings(page, 'city'), ['blanks']);
  assert.deepEqual(await findings(page, 'amount'), []);
  const { name, bytes } = await gyeol.download('columns');
  assert.equal(name, 'shop-columns.csv');
  sameBytes(bytes, headless(path, '--with', 'columns')['columns.csv'], 'columns.csv');
  assert.ok(!bytes.includes('Seoul'), 'a cell is in the report');
}));

test('what is done about a column changes the clusters, is counted, and leaves the list of customers as the file is', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = shop(folder);
  await gyeol.take(path);
  await gyeol.see('columns');
  const age = group(page, 'age');
  await age.getByTestId('missing').selectOption('2');
  await age.locator('.done', { hasText: 'Filled for 4 customers' }).waitFor();
  await age.getByTestId('outliers').selectOption('2');
  await age.locator('.done', { hasText: '1 customer with an outlier left out' }).waitFor();
  const city = group(page, 'city');
  await city.getByTestId('missing').selectOption('3');
  await city.getByTestId('value').fill('elsewhere');
  await city.getByTestId('value').press('Enter');
  await city.locator('.done', { hasText: 'Filled for 10 customers' }).waitFor();
  const settings = ['--set', 'columns.age.missing=median', '--set', 'columns.age.outliers=leave-out',
    '--set', 'columns.city.missing=value', '--set', 'columns.city.value=elsewhere'];
  const expected = headless(path, '--with', 'columns', ...settings, '--set', 'customers.columns=["age"]');
  sameBytes((await gyeol.download('columns')).bytes, expected['columns.csv'], 'columns.csv');
  await gyeol.see('rfm');
  await gyeol.see('clusters');
  await gyeol.see('customers');
  await gyeol.byId('list-columns').locator('summary').click();
  await gyeol.byId('list-columns').locator('input[value=age]').check();
  const { bytes } = await gyeol.download('customers');
  sameBytes(bytes, expected['customers.csv'], 'customers.csv');
  const kept = bytes.toString('utf8').split('\r\n').find((line) => line.startsWith('C4,'));
  assert.ok(kept.endsWith(',999'), kept);
  await gyeol.see('data');
  const project = await gyeol.download('project');
  assert.equal(JSON.parse(project.bytes.toString('utf8')).columns.age.missing, 'typical');
}));

test('percentiles are stated by keyboard, the focus stays, and a change can be taken back', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await gyeol.take(shop(folder));
  await gyeol.see('columns');
  const age = group(page, 'age');
  await age.getByTestId('outliers').focus();
  await page.keyboard.press('ArrowDown');
  await age.getByTestId('low').waitFor();
  await gyeol.keepsFocus('a choice');
  await age.getByTestId('high').fill('90');
  await page.keyboard.press('Tab');
  await age.locator('.done', { hasText: /Drawn in for \d+ customers/ }).waitFor();
  await gyeol.viewIs('columns');
  await gyeol.keepsFocus('a percentile');
  await age.getByTestId('high').fill('20');
  await page.keyboard.press('Tab');
  assert.equal(await age.getByTestId('high').inputValue(), '90', 'no percentile below the middle is taken');
}));

test('other rows and another file give another report', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await gyeol.take(shop(folder));
  await gyeol.see('columns');
  const path = join(folder, 'plain.csv');
  writeFileSync(path, `customer,order_date,amount\n${Array.from({ length: 9 }, (_, n) => `${n},2024-01-0${n + 1},5${n}\n`).join('')}`);
  await gyeol.take(path);
  await gyeol.see('columns');
  assert.equal(await gyeol.byId('survey').getAttribute('data-rows'), '9');
  assert.equal(await page.getByTestId('treatment').count(), 0);
}));

test('who is set aside is told above every view, leads to the reason, and has it in the saved list', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await gyeol.take(shop(folder));
  await gyeol.see('columns');
  await group(page, 'age').getByTestId('missing').selectOption('1');
  const aside = page.getByTestId('set-aside');
  await aside.filter({ hasText: '4 customers set aside' }).waitFor();
  await page.locator('.file-facts p', { hasText: '26 of 30 customers' }).waitFor();
  await gyeol.see('customers');
  await page.locator('section[data-view=customers] .finding', { hasText: '4 customers are set aside' }).waitFor();
  const { bytes } = await gyeol.download('customers');
  assert.match(bytes.toString(), /,set_aside\r?\n/);
  assert.equal(bytes.toString().split('age: missing').length - 1, 4);
  await aside.click();
  await gyeol.viewIs('columns');
}));
