// Movement between two dates: from the screen to the saved list of who moved.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';

const TEXT = orders(4_000);

test('moves are told, counted and refused in words', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('movement');
  const why = await section.getByTestId('movement-why').textContent();
  assert.match(why, /moved: \d+.* because time passed/);
  const rows = await section.locator('.cross-table').first().locator('tbody tr').count();
  assert.ok(rows > 5, `${rows} rows`);
  await section.getByTestId('movement-earlier').fill('1990-01-01');
  await section.getByTestId('movement-earlier').dispatchEvent('change');
  await page.getByText('Nobody was a customer').first().waitFor();
}));
