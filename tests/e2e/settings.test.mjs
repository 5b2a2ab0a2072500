// Every setting takes effect at once, can be taken back, and an impossible one says so beside its field.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { Charts } from './pages/charts.mjs';
import { Settings } from './pages/settings.mjs';

const TEXT = orders(4_000);

async function open(gyeol, view) {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see(view);
  return { settings: new Settings(gyeol, section), charts: new Charts(section) };
}

// Makes a change and its undo, and holds the picture's numbers against each other.
async function changes(charts, name, change, settings) {
  const before = await charts.numbers(name);
  await change();
  const after = await charts.numbersOtherThan(name, before);
  await settings.undo();
  assert.equal(await charts.numbersOtherThan(name, after), before, 'undo brings back what was there');
}

test('another as-of date changes recency and segments, undo brings them back', () => withGyeol({}, async (gyeol) => {
  const { settings, charts } = await open(gyeol, 'rfm');
  await changes(charts, 'distribution-recency', () => settings.asOf('2024-06-30'), settings);
}));

test('the as-of date is written in the language of the page and explained', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', 'customer,order_date,amount\n1,2024-01-01,5\n2,2024-01-02,7\n3,2024-03-04,7\n'));
  await gyeol.byId('as-of').fill('2024-02-09');
  await gyeol.byId('as-of-day').filter({ hasText: '9 Feb 2024' }).waitFor();
  await gyeol.byId('as-of-about').locator('summary').click();
  await gyeol.byId('as-of-about').getByText('orders after it are not looked at').waitFor();
  await page.getByTestId('language').selectOption('ko');
  await gyeol.byId('as-of-day').filter({ hasText: '2024. 2. 9.' }).waitFor();
}));

test('an as-of date before the first order is answered beside it or in place of the pictures', () => withGyeol({}, async (gyeol) => {
  const { settings } = await open(gyeol, 'rfm');
  await settings.asOf('2001-01-01');
  await gyeol.viewIs('rfm', 'failed');
  assert.match(await gyeol.said(), /\S+/);
  await settings.undo();
  await gyeol.viewIs('rfm');
}));

test('the number of groups changes scores and cut points', () => withGyeol({}, async (gyeol) => {
  const { settings, charts } = await open(gyeol, 'rfm');
  await changes(charts, 'rfm-grid', () => settings.number('groups', 3), settings);
}));

test('the convention of the R package moves the cut points of money by one', () => withGyeol({}, async (gyeol) => {
  const { settings } = await open(gyeol, 'rfm');
  const lowest = await settings.cutPoint('monetary');
  await settings.radio('convention', 1);
  await settings.cutPointBecomes('monetary', lowest + 1);
  await settings.undo();
  await settings.cutPointBecomes('monetary', lowest);
}));

test('an own cut point is used, and one that falls is refused beside it', () => withGyeol({}, async (gyeol, { page }) => {
  const { settings, charts } = await open(gyeol, 'rfm');
  const points = page.locator('input.cut-point');
  await changes(charts, 'rfm-grid', async () => {
    await points.nth(0).fill(String(Number(await points.nth(0).inputValue()) / 2));
    await points.nth(0).press('Enter');
  }, settings);
  await points.nth(3).fill('0');
  await points.nth(3).press('Enter');
  await page.locator('#cuts-recency-problem').filter({ hasText: /\S/ }).waitFor();
}));

test('a cut point of many digits is seen whole', () => withGyeol({}, async (gyeol, { page }) => {
  await open(gyeol, 'rfm');
  const last = page.locator('input.cut-point').last();
  await last.fill('1234567.5025');
  await last.press('Enter');
  await page.waitForFunction(() => {
    const field = [...document.querySelectorAll('input.cut-point')].at(-1);
    return field.value === '1234567.5025' && field.scrollWidth <= field.clientWidth;
  });
}));

test('a changed rule of the segment map moves customers, and gaps are told', () => withGyeol({}, async (gyeol, { page }) => {
  const { settings, charts } = await open(gyeol, 'rfm');
  await page.locator('details.segment-map > summary').click();
  await changes(charts, 'segment-bars', async () => {
    await page.locator('details.segment-map tbody tr').first().getByRole('button').last().click();
    await page.locator('.map-findings').waitFor();
  }, settings);
}));

test('k, features and scaling change the clusters', () => withGyeol({}, async (gyeol) => {
  const { settings, charts } = await open(gyeol, 'clusters');
  await changes(charts, 'cluster-traits', () => settings.number('k', 3), settings);
  await changes(charts, 'cluster-parallel', () => settings.selectAt('scaling', 5), settings);
  await changes(charts, 'cluster-traits', () => settings.feature(0), settings);
}));

test('numbers out of bounds are refused beside their field', () => withGyeol({}, async (gyeol, { page }) => {
  const { settings } = await open(gyeol, 'clusters');
  await settings.number('k', 99);
  await page.locator('#k-problem').filter({ hasText: /20/ }).waitFor();
  await gyeol.viewIs('clusters');
  await settings.number('k', 4);
  await page.locator('#k-problem').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
}));

test('a chosen segment is the chosen one everywhere, and its list can be taken', () => withGyeol({}, async (gyeol, { page }) => {
  await open(gyeol, 'rfm');
  await page.locator('.segment-name').first().click();
  await gyeol.see('customers');
  const everybody = (await gyeol.download('customers')).bytes.length;
  await gyeol.viewIs('customers');
  const some = await gyeol.downloadBy(gyeol.byId('download-customers-of-segment').first());
  assert.ok(some.bytes.length > 100 && some.bytes.length < everybody);
  const shown = await gyeol.download('selection');
  assert.deepEqual(shown, some, 'the list shows the chosen segment');
}));

test('the mapping can be gone back to and changed after the import', () => withGyeol({}, async (gyeol) => {
  await open(gyeol, 'data');
  await gyeol.byId('change-mapping').click();
  await gyeol.atStage('mapping');
  await gyeol.byId('role-price').selectOption('');
  await gyeol.import();
  await gyeol.see('rfm');
}));

test('the as-of date is a slider by hand, by keyboard and played, and one undo takes a whole drag back', () => withGyeol({}, async (gyeol, { page }) => {
  const { settings, charts } = await open(gyeol, 'rfm');
  const last = await page.getByTestId('as-of').inputValue();
  const numbers = await charts.numbers('distribution-recency');
  await page.getByTestId('time-machine').press('Enter');
  const slider = page.getByTestId('as-of-slider');
  await slider.focus();
  for (const key of ['ArrowLeft', 'ArrowLeft', 'PageDown']) await slider.press(key);
  const moved = await charts.numbersOtherThan('distribution-recency', numbers);
  assert.ok(await page.getByTestId('as-of').inputValue() < last);
  await slider.press('Home');
  const first = await page.getByTestId('as-of').inputValue();
  assert.notEqual(await charts.numbersOtherThan('distribution-recency', moved), numbers);
  await page.getByTestId('as-of-play').press('Enter');
  await page.waitForFunction((last) => document.getElementById('as-of').value === last, last);
  assert.equal(await charts.numbersOtherThan('distribution-recency', moved), numbers, 'played to the end, it is the day after the last order');
  await settings.undo();
  await page.waitForFunction((first) => document.getElementById('as-of').value === first, first);
}));

test('the slider goes a month by Page Up and Page Down, a week with Shift, and says so', () => withGyeol({}, async (gyeol, { page }) => {
  await open(gyeol, 'rfm');
  await page.getByTestId('time-machine').press('Enter');
  const slider = page.getByTestId('as-of-slider');
  assert.match(await slider.getAttribute('title'), /a month/);
  const asOf = async (key) => {
    const before = await page.getByTestId('as-of').inputValue();
    await slider.press(key);
    await page.waitForFunction((before) => document.getElementById('as-of').value !== before, before);
    return page.getByTestId('as-of').inputValue();
  };
  const last = await page.getByTestId('as-of').inputValue();
  const month = await asOf('PageDown');
  const [year, number] = last.split('-').map(Number);
  assert.equal(month.slice(0, 7), number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`);
  const week = await asOf('Shift+ArrowLeft');
  assert.equal(Date.parse(month) - Date.parse(week), 7 * 86_400_000);
  assert.ok(await asOf('PageUp') > month);
}));

test('boundaries of one day are held on others, where few are as good', () => withGyeol({}, async (gyeol, { page }) => {
  const { settings, charts } = await open(gyeol, 'rfm');
  const now = await charts.numbers('rfm-grid');
  await page.getByTestId('time-machine').press('Enter');
  await page.getByTestId('hold-boundaries').press('Space');
  const cut = await settings.cutPoint('monetary');
  await page.getByTestId('as-of-slider').press('PageDown');
  const held = await charts.numbersOtherThan('rfm-grid', now);
  assert.equal(await settings.cutPoint('monetary'), cut);
  await page.getByTestId('hold-boundaries').press('Space');
  await charts.numbersOtherThan('rfm-grid', held);
}));
