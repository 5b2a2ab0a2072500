// Starts the system's Chromium on the built page and watches it. Journeys get a `Gyeol` page object and what was seen.
// Nothing here waits for a time to pass. Invariant: an uncaught error or a console error of the page fails the journey.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Gyeol } from './pages/gyeol.mjs';
import { serve } from './server.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = process.env.GYEOL_DIST ?? join(ROOT, 'dist');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PATIENCE_MILLIS = 30_000;

/** Opens the page in a fresh profile, runs `journey(gyeol, facts)`, and closes everything again. */
export async function withGyeol(options, journey) {
  const folder = mkdtempSync(join(tmpdir(), 'gyeol-e2e-'));
  const site = await serve(options.dist ?? DIST);
  const netLog = join(folder, 'net.json');
  const browser = await launch(options.netLog ? netLog : null);
  try {
    const context = await browser.newContext(contextOptions(options));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    const page = await context.newPage();
    const seen = watch(context, page);
    const gyeol = new Gyeol(page, site.url);
    const facts = { page, context, browser, site, seen, folder };
    await gyeol.open(options).then(() => journey(gyeol, facts)).catch((fault) => keepTraces(page, seen, fault));
    if (!options.faultsExpected) assert.deepEqual(seen.faults, [], 'the page reported faults');
    await browser.close();
    if (options.netLog) await options.netLog(readFileSync(netLog, 'utf8'), site);
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// What the page looked like when a journey failed, for whoever has to find out why.
async function keepTraces(page, seen, fault) {
  const folder = join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  const name = join(folder, `${basename(process.argv[1])}-${process.pid}-${Date.now()}`);
  await page.screenshot({ path: `${name}.png` }).catch(() => {});
  writeFileSync(`${name}.txt`, [String(fault.stack), ...seen.faults, ...seen.console].join('\n'));
  throw fault;
}

/** The system's Chromium; with `netLog` it writes down everything its network stack does. */
export function launch(netLog) {
  const args = ['--disable-gpu', '--disable-dev-shm-usage'];
  if (netLog) args.push(`--log-net-log=${netLog}`, '--net-log-capture-mode=Everything');
  return chromium.launch({ executablePath: program(), args, chromiumSandbox: false });
}

function program() {
  const named = process.env.GYEOL_CHROMIUM;
  const found = named ?? PLACES.find((place) => existsSync(place));
  assert.ok(found, 'no Chromium: set GYEOL_CHROMIUM to the path of its program');
  return found;
}

function contextOptions({ locale = 'en-GB', width = 1280, height = 800, dark = false, scale = 1 }) {
  return {
    locale,
    timezoneId: 'Asia/Seoul',
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  };
}

function watch(context, page) {
  const seen = { requests: [], console: [], faults: [], dialogs: 0, popups: 0 };
  context.on('request', (request) => seen.requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  context.on('console', (message) => {
    seen.console.push(`${message.type()} ${message.text()} ${message.location().url}`);
    if (message.type() === 'error' && !isRefusalOfSelfTest(message.text())) seen.faults.push(message.text());
  });
  context.on('weberror', (fault) => seen.faults.push(String(fault.error())));
  context.on('page', (popup) => { if (popup !== page) seen.popups += 1; });
  page.on('dialog', (dialog) => {
    // The browser's own question before results are left.
    if (dialog.type() === 'beforeunload') return dialog.accept();
    seen.dialogs += 1;
    return dialog.dismiss();
  });
  return seen;
}

// The browser itself reports what the policy refused; the self-test asks for exactly that.
function isRefusalOfSelfTest(text) {
  return /Content.Security.Policy/.test(text) && /connect-src/.test(text);
}
