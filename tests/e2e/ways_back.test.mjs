// The ways back: from any view to the empty page, from the columns to the results.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { ORDERS, csv, orders } from './files.mjs';
import { VIEWS } from './pages/gyeol.mjs';

for (const view of VIEWS) {
  test(`from ${view} to the empty page, and another file works`, () => withGyeol({}, async (gyeol) => {
    await gyeol.take(ORDERS);
    await gyeol.see(view);
    await gyeol.byId('close').click();
    await gyeol.atStage('empty');
    await gyeol.take(ORDERS);
    await gyeol.see('rfm');
  }));
}

test('the language changes in every view without a fault', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(ORDERS);
  for (const view of VIEWS) {
    await gyeol.see(view);
    await gyeol.speak('ko');
    await gyeol.speak('en');
  }
}));

test('Back leads from the columns to the results, and so does a button', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await gyeol.see('clusters');
  await gyeol.byId('edit-mapping').click();
  await gyeol.atStage('mapping');
  await page.goBack();
  await gyeol.atStage('ready');
  await gyeol.viewIs('rfm');
  await gyeol.byId('edit-mapping').click();
  await gyeol.atStage('mapping');
  await gyeol.byId('back-to-results').click();
  await gyeol.atStage('ready');
}));

test('a second file that was dropped by mistake can be left for the results of the first', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await gyeol.drop(csv('mistake.csv', orders(50)));
  await gyeol.atStage('mapping');
  await gyeol.byId('back-to-results').click();
  await gyeol.atStage('ready');
  assert.match(await page.locator('#content').innerText(), /orders/);
}));

test('what was wrong with one file is not said of the next', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.choose(csv('empty.csv', ''));
  await gyeol.hears(/is empty/);
  await gyeol.atStage('failed');
  await gyeol.take(ORDERS);
  assert.doesNotMatch(await page.locator('main').innerText(), /is empty/);
}));
