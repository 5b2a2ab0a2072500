// Everything without a mouse, and the keyboard is never lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { ORDERS } from './files.mjs';

const MOST_PRESSES = 120;

// Tabs until the element with this test id has the keyboard.
async function tabTo(page, selector) {
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} is not reached by ${MOST_PRESSES} presses of Tab`);
}

test('sample, mapping, results, settings and a saved list by keys alone', () => withGyeol({}, async (gyeol, { page }) => {
  await tabTo(page, '[data-testid=sample-cdnow]');
  await page.keyboard.press('Enter');
  if (await gyeol.atStage('mapping', 'ready') === 'mapping') {
    await gyeol.keepsFocus('opening the file');
    await tabTo(page, '[data-testid=import]');
    await page.keyboard.press('Enter');
  }
  await gyeol.atStage('ready');
  await gyeol.keepsFocus('the import');
  await tabTo(page, 'a[href="#/rfm"]');
  await page.keyboard.press('Enter');
  await gyeol.viewIs('rfm');
  await gyeol.keepsFocus('going to a view');
  await tabTo(page, 'section[data-view=rfm] canvas');
  await page.keyboard.press('ArrowRight');
  await gyeol.keepsFocus('walking a picture');
  await tabTo(page, 'a[href="#/customers"]').catch(() => page.evaluate(() => { location.hash = '#/customers'; }));
  await page.keyboard.press('Enter');
  await gyeol.viewIs('customers');
  await tabTo(page, '[data-testid=download-customers]');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /\.csv$/);
  await gyeol.keepsFocus('a download');
}));

test('the first press of Tab offers to skip to the content', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await page.reload();
  await gyeol.atStage('empty');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.matches('a[href^="#"], button')), await gyeol.focused());
}));

test('Back and Forward go through the views', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await gyeol.see('clusters');
  await page.goBack();
  await gyeol.viewIs('rfm');
  await page.goForward();
  await gyeol.viewIs('clusters');
}));

test('an address with a view opens that view once a file is read', () => withGyeol({}, async (gyeol, { page }) => {
  await page.goto(`${gyeol.url}#/clusters`);
  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.take(ORDERS);
  await gyeol.viewIs('clusters');
}));

test('Escape closes what is open and gives the keyboard back', () => withGyeol({}, async (gyeol, { page }) => {
  await tabTo(page, '[data-testid=privacy]');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open], [role=dialog]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open], [role=dialog]').first().waitFor({ state: 'hidden' });
  assert.match(await gyeol.focused(), /privacy/);
}));

test('Escape stops a long import', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const { writeLarge } = await import('./files.mjs');
  await gyeol.choose(writeLarge(`${folder}/large.csv`, 120));
  await gyeol.atStage('mapping');
  await gyeol.byId('import').press('Enter');
  await gyeol.atStage('importing');
  await gyeol.keepsFocus('starting the import');
  await page.keyboard.press('Escape');
  await gyeol.atStage('mapping');
  await gyeol.keepsFocus('stopping the import');
}));

// What has the keyboard and lies wholly behind something that stays while the page scrolls.
function isCovered() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
  const isSeen = ([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && (element.contains(top) || top.contains(element) || top.closest('label')?.contains(element));
  };
  return points.some(isSeen) ? null : element.outerHTML.slice(0, 120);
}

for (const [width, height] of [[1280, 720], [320, 640]]) {
  test(`nothing that has the keyboard lies behind a bar: ${width} pixels wide`, () => withGyeol({ width, height }, async (gyeol, { page }) => {
    const covered = [];
    const walk = async (where, key) => {
      for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
        await page.keyboard.press(key);
        const found = await page.evaluate(isCovered);
        if (found) covered.push(`${where}, ${key}: ${found}`);
      }
    };
    await gyeol.choose(ORDERS);
    await gyeol.atStage('mapping');
    await walk('mapping', 'Tab');
    await walk('mapping', 'Shift+Tab');
    await gyeol.import();
    for (const view of ['rfm', 'data']) {
      await gyeol.see(view);
      await walk(view, 'Tab');
      await walk(view, 'Shift+Tab');
    }
    assert.deepEqual(covered, []);
  }));
}
