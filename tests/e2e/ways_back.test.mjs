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
  await gyeol.viewIs('clusters');
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

test('Back leads from the results over the columns to the first page, Forward the same way again, and nothing is lost', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await gyeol.viewIs('overview');
  await page.goBack();
  await gyeol.atStage('mapping');
  await page.goBack();
  await gyeol.atStage('empty');
  await page.goForward();
  await gyeol.atStage('mapping');
  await page.goForward();
  await gyeol.atStage('ready');
  await gyeol.viewIs('overview');
}));

test('Back before anything was imported leads to the first page, and Forward from there leads nowhere', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.choose(ORDERS);
  await gyeol.atStage('mapping');
  await page.goBack();
  await gyeol.atStage('empty');
  await page.goForward();
  await page.waitForURL(/#\/start$/);
  assert.equal(await gyeol.stage(), 'empty');
  await gyeol.take(ORDERS);
  await gyeol.viewIs('overview');
}));

test('a view in the address waits for a file, and Back from its columns is the first page', () => withGyeol({}, async (gyeol, { page }) => {
  await page.goto(`${gyeol.url}#/clusters`);
  await gyeol.choose(ORDERS);
  await gyeol.atStage('mapping');
  await page.goBack();
  await gyeol.atStage('empty');
  await gyeol.take(ORDERS);
  await gyeol.viewIs('clusters');
}));

test('the first page keeps the results: there is a way back, the project can be saved, and only closing forgets them', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await gyeol.byId('close').click();
  await gyeol.atStage('empty');
  assert.match(await page.locator('.still-open').innerText(), /rfm_data_orders\.csv/);
  assert.match((await gyeol.download('project')).name, /\.json$/);
  await gyeol.byId('back-to-results').click();
  await gyeol.atStage('ready');
  await gyeol.viewIs('rfm');
  await gyeol.byId('close').click();
  await gyeol.byId('close-file').click();
  await page.locator('.still-open').waitFor({ state: 'detached' });
  assert.equal(await gyeol.stage(), 'empty');
}));

test('the browser asks before results are left, and not before there are any', () => withGyeol({}, async (gyeol, { page }) => {
  const asked = [];
  page.on('dialog', (dialog) => asked.push(dialog.type()));
  await page.locator('h1').click();
  await page.reload();
  await gyeol.atStage('empty');
  assert.deepEqual(asked, []);
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await page.reload();
  await gyeol.atStage('empty');
  assert.deepEqual(asked, ['beforeunload']);
}));
