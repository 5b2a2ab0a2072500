// Any static host, any folder, and no host at all after the first visit.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST, launch } from './browser.mjs';
import { serve } from './server.mjs';
import { Gyeol } from './pages/gyeol.mjs';

async function visit(base, journey) {
  const site = await serve(DIST, base);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await journey(new Gyeol(page, site.url), site, page);
  } finally {
    await browser.close();
    await site.close();
  }
}

for (const base of ['/', '/gyeol/', '/deep/er/path/']) {
  test(`the page works below ${base}`, () => visit(base, async (gyeol, site) => {
    await gyeol.open();
    await gyeol.sample('cdnow');
    await gyeol.see('rfm');
    const outside = site.log.filter(({ url }) => !url.startsWith(base) && url !== '/favicon.ico');
    assert.deepEqual(outside, []);
  }));
}

test('after the first visit the page works without its host', (context) => {
  const isKept = existsSync(join(DIST, 'sw.js')) && !readFileSync(join(DIST, 'sw.js'), 'utf8').includes('unregister');
  if (!isKept) return context.skip('a development build keeps nothing');
  return visit('/gyeol/', async (gyeol, site, page) => {
    await gyeol.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await site.close();
    await page.reload();
    await gyeol.atStage('empty');
    await gyeol.sample('cdnow');
    await gyeol.see('rfm');
    await gyeol.see('clusters');
  });
});
