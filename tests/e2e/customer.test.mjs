// The card of one customer: opened from the list, read, drawn, saved, and closed to where it was opened from.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGyeol } from './browser.mjs';
import { headless, sameBytes } from './native.mjs';
import { orders } from './files.mjs';
import { Charts } from './pages/charts.mjs';

async function openList(gyeol, folder) {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, orders(3_000));
  await gyeol.take(path);
  const section = await gyeol.see('customers');
  return { path, section, charts: new Charts(section) };
}

/** The buttons of the ids in the list. */
function ids(page) {
  return page.locator('.customer-list [data-testid=open-customer]');
}

/** Waits until the card is made and its picture drawn. */
async function cardOf(gyeol, page, id) {
  const card = gyeol.byId('customer-card');
  await card.locator('h3').filter({ hasText: id }).waitFor();
  await page.locator('[data-testid=customer-card][data-state=ready]').waitFor();
  await page.locator('figure[data-chart=customer-history] figcaption').filter({ hasText: id }).waitFor();
  return card;
}

function rows(bytes) {
  const [head, ...lines] = bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
}

test('a customer is opened from the list, told, drawn, and saved with the bytes of the headless run', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const { path, charts } = await openList(gyeol, folder);
  const id = (await ids(page).first().innerText()).trim();
  await ids(page).first().click();
  const card = await cardOf(gyeol, page, id);
  for (const key of ['rfm', 'lifecycle', 'value', 'rhythm']) await gyeol.byId(`customer-${key}`).waitFor();
  const why = await gyeol.byId('customer-rfm').innerText();
  assert.match(why, /Recency \d: .*days? \(.*\) · Frequency \d: .* · Monetary \d: /);
  assert.match(await gyeol.byId('customer-summary').innerText(), /orders? since .* for .*; the last one .* ago/);

  const saved = await gyeol.download('history');
  assert.match(saved.name, /^shop-customer_history.*\.csv$/);
  sameBytes(saved.bytes, headless(path, '--history', id)['customer_history.csv'], 'customer_history.csv');
  const table = rows(saved.bytes);
  const twin = await charts.numbers('customer-history');
  assert.equal(await charts.tableRows('customer-history'), table.length + 1, 'the twin has what the file has');
  for (const row of table.filter((one) => one.order)) assert.ok(twin.includes(row.order), row.order);
  assert.ok(await charts.colours('customer-history') > 5);
  const last = table.filter((row) => row.kind === 'rfm').at(-1);
  assert.ok((await card.locator('[data-testid=customer-rfm] h4').innerText()).includes(last.segment));
  assert.ok((await charts.caption('customer-history')).includes(last.segment));
}));

test('by keys alone: the card takes the focus, Escape gives it back to the row', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const { charts } = await openList(gyeol, folder);
  const third = ids(page).nth(2);
  const id = (await third.innerText()).trim();
  await third.focus();
  await page.keyboard.press('Enter');
  await cardOf(gyeol, page, id);
  await page.waitForFunction(() => document.activeElement?.id === 'customer-card-name');
  assert.equal(await third.getAttribute('aria-expanded'), 'true');
  await charts.canvas('customer-history').focus();
  await page.keyboard.press('ArrowRight');
  await gyeol.hears();
  // The first Escape leaves the picture's mark, the second the card.
  await page.keyboard.press('Escape');
  assert.equal(await gyeol.byId('customer-card').count(), 1);
  await page.keyboard.press('Escape');
  await gyeol.byId('customer-card').waitFor({ state: 'detached' });
  assert.ok(await third.evaluate((button) => button === document.activeElement));
  assert.equal(await third.getAttribute('aria-expanded'), 'false');
}));

test('another customer and another date make another card; who had not ordered by then is a sentence', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await openList(gyeol, folder);
  const [first, second] = [ids(page).nth(0), ids(page).nth(1)];
  await first.click();
  await cardOf(gyeol, page, (await first.innerText()).trim());
  const id = (await second.innerText()).trim();
  await second.click();
  await cardOf(gyeol, page, id);
  const before = await gyeol.byId('customer-summary').innerText();
  await gyeol.byId('as-of').fill('1990-01-01');
  await gyeol.byId('as-of').press('Enter');
  await gyeol.byId('customer-summary').filter({ hasText: 'had not ordered by the as-of date' }).waitFor();
  assert.notEqual(before, await gyeol.byId('customer-summary').innerText());
}));

test('on a phone in Korean the card is no wider than the screen', () => withGyeol({ language: 'ko', width: 390, height: 844 }, async (gyeol, { page, folder }) => {
  await openList(gyeol, folder);
  const id = (await ids(page).first().innerText()).trim();
  await ids(page).first().click();
  const card = await cardOf(gyeol, page, id);
  const { width } = await card.boundingBox();
  assert.ok(width <= 390, String(width));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider');
  assert.match(await gyeol.byId('customer-summary').innerText(), /마지막 주문은 .* 전입니다/);
}));
