// What was done is told where it covers nothing, and leaves by itself; what went wrong stays.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { ORDERS, csv } from './files.mjs';

const seen = (page) => page.locator('.status .message');

for (const width of [1280, 390]) {
  test(`a saved file is told beside everything else, ${width} pixels wide`, () => withGyeol({ width }, async (gyeol, { page }) => {
    await gyeol.take(ORDERS);
    await gyeol.see('rfm');
    await page.locator('.segment-name').first().click();
    await gyeol.download('project');
    await gyeol.hears(/Saved .*project/);
    const told = await seen(page).boundingBox();
    for (const other of ['.inspector', '.rail ul', '.header .steps', '.header-controls']) {
      const box = await page.locator(other).boundingBox();
      const apart = told.x + told.width <= box.x || box.x + box.width <= told.x || told.y + told.height <= box.y || box.y + box.height <= told.y;
      assert.ok(apart, `${other} is covered`);
    }
  }));
}

test('a notice leaves after a while, waits under the pointer, and stays for screen readers', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await gyeol.see('overview');
  await page.clock.install();
  await gyeol.download('segments');
  await seen(page).hover();
  await page.clock.fastForward('00:20');
  await seen(page).waitFor();
  await page.mouse.move(600, 600);
  await page.clock.fastForward('00:20');
  await seen(page).waitFor({ state: 'detached' });
  assert.match(await page.locator('.status').textContent(), /Saved .*segments\.csv/);
  await gyeol.download('segments');
  await seen(page).waitFor();
}));

test('what went wrong stays until it is closed', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await page.clock.install();
  await gyeol.choose(csv('empty.csv', ''));
  await gyeol.hears(/is empty/);
  await page.clock.fastForward('05:00');
  const alarm = page.locator('.alarms .message');
  await alarm.waitFor();
  await alarm.locator('button').click();
  await alarm.waitFor({ state: 'detached' });
}));
