// Movement between two dates, and between a project and a later file: from the picture to the saved list of who moved.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { Charts } from './pages/charts.mjs';

const TEXT = orders(4_000);

/** Rows of a saved list as objects; no cell of these files has a comma or a quote. */
function rowsOf(bytes) {
  const [head, ...lines] = bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
}

async function since(section, day) {
  await section.getByTestId('movement-earlier').fill(day);
  await section.getByTestId('movement-earlier').dispatchEvent('change');
}

test('moves are told, counted and refused in words', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('movement');
  const why = await section.getByTestId('movement-why').textContent();
  assert.match(why, /moved: \d+.* because time passed/);
  const rows = await section.locator('.cross-table').first().locator('tbody tr').count();
  assert.ok(rows > 5, `${rows} rows`);
  await since(section, '1990-01-01');
  await page.getByText('Nobody was a customer').first().waitFor();
}));

test('from the picture by keys to the matrix, to those who were Champions and are at risk, and to their file', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('movement');
  await since(section, '2023-12-31');
  await section.getByTestId('movement-why').filter({ hasText: /\d/ }).waitFor();
  await gyeol.viewIs('movement');
  const charts = new Charts(section);
  await charts.canvas('moves').focus();
  await page.keyboard.press('ArrowRight');
  await charts.says('moves', /\d+ customers/);
  const matrix = await charts.numbers('moves');
  assert.match(matrix, /Champions/);

  const cell = section.getByRole('link', { name: /^Champions → At risk: \d/ }).first();
  const wanted = Number((await cell.textContent()).replace(/\D/g, ''));
  await cell.focus();
  await page.keyboard.press('Enter');
  const list = await gyeol.viewIs('customers');
  await list.locator('.finding').filter({ hasText: `Champions → At risk: ${wanted} of` }).waitFor();
  await list.getByTestId('moved-columns').filter({ hasText: 'cut anew' }).waitFor();
  await list.locator('th', { hasText: 'Segment then' }).waitFor();
  await page.goBack();
  await gyeol.viewIs('movement');
  await page.waitForFunction(() => document.activeElement?.id.startsWith('move-'));
  assert.equal(await page.evaluate(() => document.activeElement.textContent.replace(/\D/g, '')), String(wanted), 'Back leads to the cell');
  await page.goForward();
  await gyeol.viewIs('customers');

  const saved = await gyeol.download('selection');
  assert.equal(saved.name, 'shop-customers-movement-champions-to-at-risk.csv');
  const rows = rowsOf(saved.bytes);
  assert.equal(rows.length, wanted);
  for (const row of rows) assert.deepEqual([row.movement_then, row.movement_now], ['Champions', 'At risk']);

  await gyeol.byId('list-clear').click();
  await gyeol.see('movement');
  const left = section.getByRole('link', { name: /^Left Champions: \d/ });
  const n_left = Number((await left.textContent()).replace(/\D/g, ''));
  assert.ok(n_left >= wanted);
  await left.click();
  await gyeol.viewIs('customers');
  assert.equal(rowsOf((await gyeol.download('selection')).bytes).length, n_left);
}));

test('the project of a month before and this month’s orders: one press shows who moved since', () => withGyeol({}, async (gyeol, { page }) => {
  const [head, ...lines] = TEXT.trimEnd().split('\n');
  const early = lines.filter((line) => line.split(',')[2] <= '2024-06-30');
  await gyeol.take(csv('june.csv', [head, ...early].join('\n')));
  await gyeol.see('rfm');
  await gyeol.see('data');
  const project = await gyeol.download('project');
  const { kept } = JSON.parse(project.bytes.toString('utf8'));
  assert.ok(kept.rules.length >= 4);

  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.drop({ name: project.name, buffer: project.bytes });
  await gyeol.hears();
  await gyeol.take(csv('july.csv', TEXT));
  const section = await gyeol.see('movement');
  await section.getByTestId('movement-since').click();
  await gyeol.viewIs('movement');
  assert.equal(await section.getByTestId('movement-earlier').inputValue(), kept.as_of);
  assert.match(await section.getByTestId('movement-why').textContent(), /moved/);
  assert.match(await section.getByTestId('movement-project').textContent(), /The other settings that are compared are the same/);
}));

test('on a phone the tables are folded and nothing is wider than the screen', () => withGyeol({ width: 390, height: 844 }, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('movement');
  assert.equal(await section.locator('details.folded[open]').count(), 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  await section.getByTestId('movement-all').click();
  await section.getByText('Show fewer').waitFor();
}));
