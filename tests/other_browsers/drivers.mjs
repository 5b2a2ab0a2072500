// Three browsers behind one small door: run a function in the page, close. Chromium and Firefox by puppeteer-core,
// WebKit (of Safari and GNOME) by its own WebDriver. A browser that is not installed is null.
// Knows nothing of the application.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const FIREFOX = ['/usr/bin/firefox', '/usr/bin/firefox-esr', '/Applications/Firefox.app/Contents/MacOS/firefox'];
const LIBRARIES = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'];
const WEBKIT_PORT = 4_567;

export const BROWSERS = { chromium, firefox, webkit };

async function chromium() {
  const program = process.env.GYEOL_CHROMIUM;
  if (!program) return null;
  return puppeteered({ browser: 'chrome', executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
}

async function firefox() {
  const program = process.env.GYEOL_FIREFOX ?? FIREFOX.find((place) => existsSync(place));
  return program ? puppeteered({ browser: 'firefox', executablePath: program }) : null;
}

async function puppeteered(options) {
  const browser = await puppeteer.launch({ headless: true, defaultViewport: null, ...options });
  const faults = [];
  const page = await browser.newPage();
  page.on('pageerror', (fault) => faults.push(String(fault)));
  // The browser's own question before results are left.
  page.on('dialog', (dialog) => dialog.accept());
  return {
    name: await browser.version(),
    faults,
    open: (url) => page.goto(url),
    run: (action, ...values) => page.evaluate(action, ...values),
    close: () => browser.close(),
  };
}

async function webkit() {
  const program = webkitProgram();
  if (!program) return null;
  const own = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${WEBKIT_PORT}`], { stdio: 'ignore', detached: true });
  const stop = () => process.kill(-own.pid);
  try {
    const options = { binary: program, args: ['--automation'] };
    const session = await patiently(() => ask('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options, unhandledPromptBehavior: 'accept' } },
    }));
    const at = `/session/${session.sessionId}`;
    return {
      name: `WebKitGTK/${session.capabilities.browserVersion}`,
      faults: [],
      open: (url) => ask('POST', `${at}/url`, { url }),
      run: (action, ...values) => ask('POST', `${at}/execute/async`, { script: called(action), args: values }),
      close: () => ask('DELETE', at).finally(stop),
    };
  } catch (fault) {
    stop();
    throw fault;
  }
}

// WebDriver's scripts answer by the last argument.
function called(action) {
  return `const done = arguments[arguments.length - 1];
    Promise.resolve((${action})(...[...arguments].slice(0, -1))).then(done, (fault) => done({ fault: String(fault) }));`;
}

function webkitProgram() {
  for (const library of LIBRARIES.filter((folder) => existsSync(folder))) {
    const versions = readdirSync(library).filter((name) => name.startsWith('webkit2gtk-') || name.startsWith('webkitgtk-'));
    const programs = versions.map((name) => `${library}/${name}/MiniBrowser`);
    const found = programs.find((program) => existsSync(program));
    if (found && existsSync('/usr/bin/WebKitWebDriver') && existsSync('/usr/bin/xvfb-run')) return found;
  }
  return null;
}

async function ask(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${WEBKIT_PORT}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok || value?.fault) throw new Error(value?.fault ?? value?.message ?? response.statusText);
  return value;
}

async function patiently(action) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await action();
    } catch (fault) {
      if (attempt === 40) throw fault;
      await new Promise((resolve) => { setTimeout(resolve, 250); });
    }
  }
}
