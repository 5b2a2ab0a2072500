// Sample data at one press, pictures that are really drawn, and their tables and files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { VIEWS } from './pages/gyeol.mjs';
import { Charts } from './pages/charts.mjs';

for (const [sample, language, locale] of [['cdnow', 'en', 'en-GB'], ['shop', 'ko', 'ko-KR'], ['shop', 'en', 'en-GB']]) {
  test(`the sample ${sample} in ${language}: one press, every view answers with drawn pictures and their tables`, () => withGyeol({ locale, language }, async (gyeol, { page }) => {
    await gyeol.sample(sample);
    for (const view of VIEWS) {
      const section = await gyeol.see(view);
      assert.ok(await page.evaluate((name) => performance.getEntriesByName(name).length > 0, `gyeol:${view}-ready`), `${view} is marked as ready`);
      const charts = new Charts(section);
      for (const name of await charts.names()) {
        assert.ok(await charts.colours(name) > 3, `${view}/${name} is blank`);
        assert.ok((await charts.caption(name)).length > 8, `${view}/${name} has a sentence`);
        assert.ok(await charts.tableRows(name) > 1, `${view}/${name} has a table`);
      }
    }
    const drawn = await gyeol.see('rfm');
    assert.ok((await new Charts(drawn).names()).length >= 4, 'heat map, segments, distributions, scatter');
  }));
}

test('beside whom to win back stands what one order of one in ten would be, and beside nobody else', () => withGyeol({ language: 'en' }, async (gyeol) => {
  await gyeol.sample('cdnow');
  const told = (await gyeol.see('overview')).getByTestId('won-back');
  await told.waitFor();
  assert.equal(await told.count(), 1);
  assert.match(await told.textContent(), /^If one in ten order once more at their usual order value, that is about .*\d/);
}));

test('pictures have one canvas pixel for each pixel of a sharp screen', () => withGyeol({ scale: 2 }, async (gyeol) => {
  await gyeol.sample('cdnow');
  const charts = new Charts(await gyeol.see('rfm'));
  for (const name of await charts.names()) {
    const { width, shown } = await charts.size(name);
    assert.ok(Math.abs(width - 2 * shown) <= 2, `${name}: ${width} canvas pixels for ${shown}`);
  }
}));

test('each picture is saved as PNG at twice its size and as SVG with its title', () => withGyeol({}, async (gyeol, { context }) => {
  const reader = await context.newPage(); // the page itself may not parse markup
  await gyeol.page.bringToFront();
  await gyeol.sample('cdnow');
  const charts = new Charts(await gyeol.see('rfm'));
  for (const name of await charts.names()) {
    const png = await gyeol.downloadBy(charts.figure(name).getByTestId('download-chart-png'));
    assert.equal(png.bytes.subarray(1, 4).toString('latin1'), 'PNG');
    const svg = (await gyeol.downloadBy(charts.figure(name).getByTestId('download-chart-svg'))).bytes.toString('utf8');
    assert.match(svg, /^(<\?xml[^>]*>\s*)?<svg[^>]*xmlns/);
    assert.match(svg, /<text/);
    const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/).map(Number);
    assert.deepEqual([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)], [2 * width, 2 * height]);
    assert.ok(await isWellFormed(reader, svg), `${name} is not well-formed`);
  }
}));

test('the picture follows the theme', () => withGyeol({}, async (gyeol) => {
  await gyeol.sample('cdnow');
  const charts = new Charts(await gyeol.see('rfm'));
  const [name] = await charts.names();
  const light = await charts.pixels(name);
  await gyeol.paint('dark');
  await charts.changed(name, light);
}));

test('pointing at a picture and walking it with arrow keys tell exact numbers', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.sample('cdnow');
  const charts = new Charts(await gyeol.see('rfm'));
  for (const name of await charts.names()) {
    await charts.canvas(name).scrollIntoViewIfNeeded();
    await charts.canvas(name).focus();
    await page.keyboard.press('ArrowRight');
    await charts.says(name, /\d/);
    // The ring is around the mark; with the keyboard left, the pointer in its middle tells the same.
    const [ring, tip] = ['.chart-ring', '.chart-tip'].map((part) => charts.figure(name).locator(part));
    const box = await ring.boundingBox();
    const told = await tip.innerText();
    await charts.canvas(name).blur();
    await tip.waitFor({ state: 'hidden' });
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await tip.filter({ hasText: /\d/ }).waitFor();
    assert.equal(await tip.innerText(), told, `${name}: pointer and keyboard tell the same of a mark`);
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: 'hidden' });
  }
}));

function isWellFormed(page, text) {
  return page.evaluate((svg) => !new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror'), text);
}
