// Cohorts in the browser: who comes back, as map, table and file; two of them held against each other; by keys alone.
// The numbers are those of `tests/cohorts.rs`.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, withGyeol } from './browser.mjs';
import { csv } from './files.mjs';
import { headless, sameBytes } from './native.mjs';
import { Charts } from './pages/charts.mjs';
import { Settings } from './pages/settings.mjs';

const CDNOW = join(ROOT, 'public/samples/cdnow.csv');
const MEASURES = ['retention', 'churn', 'customers', 'orders', 'revenue', 'cumulative_revenue', 'average_order_value'];
const ACTIVITIES = ['in_period', 'in_or_after'];

async function open(gyeol) {
  await gyeol.sample('cdnow');
  const section = await gyeol.see('cohorts');
  return { section, charts: new Charts(section), settings: new Settings(gyeol, section) };
}

// Chooses one of several and waits until the table is another.
async function choose({ charts, settings }, id, index) {
  const before = await charts.numbers('cohort-map');
  await settings.selectAt(id, index);
  return charts.numbersOtherThan('cohort-map', before);
}

// The rows of a saved table as objects.
function rows(bytes) {
  const [head, ...lines] = bytes.toString('utf8').replace(/^\uFEFF/, '').trim().split(/\r?\n/).map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(head.map((name, place) => [name, cells[place]])));
}

test('by month: the sentence, the table twin with every period, and the saved table', () => withGyeol({ language: 'en' }, async (gyeol) => {
  const view = await open(gyeol);
  const finding = await view.section.locator('.finding').first().innerText();
  assert.match(finding, /^14\.7% of customers order again in the month after the first order \(3 cohorts\) and 6\.0% in month 15 .*\(3 cohorts\)/);
  // The sentence of the view is not said again by the picture.
  assert.notEqual(await view.charts.caption('cohort-map'), finding);
  const table = await view.charts.numbers('cohort-map');
  for (const cell of ['Jan 1997', '777', '16.0%', 'Mar 1997', '718', '12.1%', 'Mean of all']) assert.ok(table.includes(cell), cell);
  const heads = await view.charts.figure('cohort-map').locator('table thead th').count();
  assert.equal(heads, 2 + 18);
  const saved = await gyeol.download('cohorts');
  assert.match(saved.name, /cohorts\.csv$/);
  const january = rows(saved.bytes).find((row) => row.cohort === '1997-01' && row.period === '1');
  assert.deepEqual([january.customers, january.active, january.orders], ['777', '124', '174']);
  sameBytes(saved.bytes, headless(CDNOW, '--only', 'cohorts')['cohorts.csv'], 'cohorts.csv');
}));

test('another measure is another table, and the saved one is that of the headless run', () => withGyeol({ language: 'en' }, async (gyeol) => {
  const view = await open(gyeol);
  const table = await choose(view, 'cohort-measure', MEASURES.indexOf('cumulative_revenue'));
  assert.ok(!table.includes('%'), 'money has no per cent');
  assert.ok(await view.charts.colours('cohort-map') > 5);
  const saved = await gyeol.download('cohorts');
  const expected = headless(CDNOW, '--only', 'cohorts', '--set', 'cohorts.measure=cumulative_revenue');
  sameBytes(saved.bytes, expected['cohorts.csv'], 'cohorts.csv');
}));

test('by day the table ends where it says so, and the saved one has all days', () => withGyeol({ language: 'en' }, async (gyeol) => {
  const view = await open(gyeol);
  await choose(view, 'cohort-unit', 0);
  assert.equal(await view.charts.figure('cohort-map').locator('table thead th').count(), 2 + 400);
  await gyeol.byId('cohort-remark').filter({ hasText: 'The pictures show 24 cohorts; the other 60 are in the saved table.' }).waitFor();
  await gyeol.byId('cohort-remark').filter({ hasText: 'the first 400 of 546 periods' }).waitFor();
  const saved = await gyeol.download('cohorts');
  const first = rows(saved.bytes).filter((row) => row.cohort === '1997-01-01');
  assert.equal(first.length, 546);
  const expected = headless(CDNOW, '--only', 'cohorts', '--set', 'cohorts.unit=day');
  sameBytes(saved.bytes, expected['cohorts.csv'], 'cohorts.csv');
}));

test('two cohorts are compared in a period that both have completed, and followed equally long', () => withGyeol({ language: 'en' }, async (gyeol) => {
  const view = await open(gyeol);
  const said = gyeol.byId('cohort-difference');
  await said.filter({ hasText: /In the month after the first order: Jan 1997 16\.0%.*Feb 1997 15\.7%.*p\s=/ }).waitFor();
  await gyeol.byId('cohort-second').selectOption({ label: 'Mar 1997' });
  await said.filter({ hasText: /Jan 1997|Feb 1997/ }).filter({ hasText: 'Mar 1997 12.1%' }).waitFor();
  await view.settings.number('period', 17);
  await said.filter({ hasText: 'Not both have completed month 17' }).waitFor();
  await view.settings.selectAt('cohort-activity', ACTIVITIES.indexOf('in_or_after'));
  await said.filter({ hasText: 'to follow both equally long' }).waitFor();
}));

test('the first product of each customer makes cohorts, whatever came later', () => withGyeol({ language: 'en' }, async (gyeol) => {
  const text = 'customer_id,order_id,order_date,amount,product\n'
    + ['a,1,2024-01-15,10,Tea', 'a,2,2024-02-20,10,Cup', 'b,3,2024-01-16,10,Cup', 'b,4,2024-03-17,10,Tea', 'c,5,2024-01-18,10,Tea', 'c,6,2024-04-19,5,Pan'].join('\n');
  await gyeol.take(csv('shop.csv', `${text}\n`));
  const section = await gyeol.see('cohorts', 'ready', 'failed');
  await gyeol.byId('cohort-by').selectOption('first:product');
  await gyeol.viewIs('cohorts');
  const table = await new Charts(section).numbers('cohort-map');
  assert.match(table, /Cup1.*Tea2/);
  assert.ok(!table.includes('Pan'));
}));

test('on a phone in Korean no name of a month is cut, and the periods without room are counted', () => withGyeol({ language: 'ko', locale: 'ko-KR', width: 390, height: 844 }, async (gyeol) => {
  const { charts } = await open(gyeol);
  assert.match(await charts.caption('cohort-map'), /첫 주문 다음 달의 재구매율: 최고 1997년 1월 \(16\.0%\), 최저 1997년 3월 \(12\.1%\)/);
  assert.equal(await charts.figure('cohort-map').locator('table thead th').count(), 2 + 18);
  assert.ok(await charts.colours('cohort-map') > 5);
}));

// Tabs until the element with this selector has the keyboard.
async function tabTo(page, selector) {
  for (let presses = 0; presses < 160; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} is not reached by Tab`);
}

test('measure, picture, table and comparison by keys alone', () => withGyeol({ language: 'en' }, async (gyeol, { page }) => {
  const { charts } = await open(gyeol);
  const before = await charts.numbers('cohort-map');
  await tabTo(page, '[data-testid=cohort-measure]');
  await page.keyboard.press('ArrowDown');
  await charts.numbersOtherThan('cohort-map', before);
  await gyeol.keepsFocus('another measure');
  await tabTo(page, 'figure[data-chart=cohort-map] canvas');
  await page.keyboard.press('ArrowRight');
  await charts.says('cohort-map', /the (month of|month after) the first order/);
  await tabTo(page, '[data-testid=download-cohorts]');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /cohorts\.csv$/);
  await tabTo(page, '[data-testid=cohort-first]');
  await page.keyboard.press('ArrowDown');
  await gyeol.byId('cohort-difference').filter({ hasText: 'Jan 1997' }).waitFor();
  await gyeol.keepsFocus('another cohort');
}));
