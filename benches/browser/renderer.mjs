// A fresh Chromium for each measurement, and what its page process used of memory (Linux only, from /proc).

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = ['--disable-gpu', '--disable-dev-shm-usage', '--enable-precise-memory-info'];

/** Opens `url` in a fresh browser and gives what `measure(page, memory)` gives. */
export async function fresh(url, measure) {
  const scratch = mkdtempSync(join(tmpdir(), 'gyeol-bench-'));
  const executablePath = process.env.GYEOL_CHROMIUM ?? '/usr/bin/chromium';
  const server = await chromium.launchServer({ executablePath, args: FLAGS, chromiumSandbox: false, env: { ...process.env, TMPDIR: scratch } });
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(600_000);
    await page.addInitScript(watchFrames);
    await page.goto(url);
    return await measure(page, memoryOf(server.process().pid));
  } finally {
    await server.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

// The longest gap between two animation frames since it was last set to 0, and when `main` first stood on the page.
function watchFrames() {
  globalThis.bench = { longestFrame: 0 };
  let last = performance.now();
  const frame = (now) => {
    globalThis.bench.longestFrame = Math.max(globalThis.bench.longestFrame, now - last);
    last = now;
    if (!globalThis.bench.usableAt && document.querySelector('main[data-stage]')) globalThis.bench.usableAt = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  addEventListener('click', (event) => {
    if (event.target.closest?.('[data-testid=import]')) globalThis.bench.pressedAt = performance.now();
  }, true);
}

/** Starts counting peak memory anew; the function it gives tells how far it rose, in MB, or null where it cannot be known. */
function memoryOf(browserPid) {
  return () => {
    try {
      const pid = pageProcess(browserPid);
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
      const before = kilobytes(pid, 'VmRSS');
      return () => (kilobytes(pid, 'VmHWM') - before) / 1_000;
    } catch {
      return () => null;
    }
  };
}

// The largest renderer below the browser.
function pageProcess(browserPid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const renderers = all.filter((pid) => isBelow(pid, browserPid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer'));
  return renderers.sort((a, b) => kilobytes(b, 'VmRSS') - kilobytes(a, 'VmRSS'))[0];
}

function isBelow(pid, ancestor) {
  for (let current = pid, steps = 0; current > 1 && steps < 8; steps += 1) {
    current = parent(current);
    if (current === ancestor) return true;
  }
  return false;
}

function parent(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function kilobytes(pid, field) {
  return Number(readFileSync(`/proc/${pid}/status`, 'latin1').match(new RegExp(`${field}:\\s+(\\d+)`))[1]);
}
