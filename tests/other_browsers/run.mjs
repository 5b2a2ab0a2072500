// The main job in each browser that is installed: files of four kinds, every view, the list, and no request on the way.
// The browsers have to agree on every byte of the list. `run.mjs [chromium|firefox|webkit …]`; all without a name.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { cp949, random } from '../e2e/files.mjs';
import { VIEWS } from '../e2e/pages/gyeol.mjs';
import { serve } from '../e2e/server.mjs';
import { table, workbook } from '../e2e/workbooks.mjs';
import { BROWSERS } from './drivers.mjs';

const PATIENCE_MILLIS = 60_000;
const REGIONS = ['서울', '부산', '대구', '제주'];

/** 3,000 orders of 400 customers over two years, with names of columns and regions in Korean. */
function shop() {
  const next = random(11);
  const lines = ['고객번호,주문번호,주문일,결제금액,지역'];
  for (let row = 0; row < 3_000; row += 1) {
    const customer = Math.floor(next() ** 2 * 400);
    const day = new Date(Date.UTC(2024, 0, 1) + Math.floor(next() * 730) * 86_400_000).toISOString().slice(0, 10);
    lines.push(`C${customer},O${row},${day},${1_000 + Math.floor(next() * 90) * 500},${REGIONS[customer % 4]}`);
  }
  return `${lines.join('\n')}\n`;
}

function files() {
  const text = shop();
  const bytes = { 'shop.csv': Buffer.from(text), 'cp949.csv': cp949(text), 'packed.csv.gz': gzipSync(text) };
  return { ...bytes, 'book.xlsx': workbook('book.xlsx', { 주문: table(text) }).buffer };
}

async function main(names) {
  const site = await serve(process.env.GYEOL_DIST ?? 'dist');
  const answers = new Map();
  try {
    for (const name of names) {
      const driver = await BROWSERS[name]();
      if (!driver) {
        console.log(`${name}: not installed, nothing was tested`);
        continue;
      }
      try {
        answers.set(name, await journeys(driver, site));
        assert.deepEqual(driver.faults.filter((fault) => !isRefusal(fault)), [], `${name} reported faults`);
        console.log(`${name} (${driver.name}): ${answers.get(name)}`);
      } finally {
        await driver.close();
      }
    }
  } finally {
    await site.close();
  }
  const different = new Set(answers.values());
  assert.ok(different.size > 0, 'no browser was found');
  assert.equal(different.size, 1, 'the browsers do not agree on the list of customers');
}

// Firefox looks for a newer service worker by itself, some time after it was used; that is no request of the page.
const requests = (site) => site.log.map(({ url }) => url).filter((url) => !url.endsWith('/sw.js'));

// Firefox reports what the policy refused; the self-test asks for exactly that.
const isRefusal = (fault) => /Content.Security.Policy/.test(fault) && /self-test/.test(fault);

/** Each file in a fresh page; gives what stands for the bytes of the list, which are the same for all. */
async function journeys(driver, site) {
  const lists = new Set();
  for (const [name, bytes] of Object.entries(files())) {
    await driver.open(site.url);
    await stage(driver, 'empty');
    await driver.run(chooseFile, name, bytes.toString('base64'));
    await stage(driver, 'mapping');
    const before = requests(site);
    await driver.run(press, 'import');
    await stage(driver, 'ready');
    if (name === 'shop.csv') await everyView(driver);
    lists.add(hashed(await driver.run(saved, 'customers')));
    assert.deepEqual(requests(site), before, `a request was made after ${name} was opened`);
  }
  assert.equal(lists.size, 1, 'the same orders gave different lists');
  await driver.run(press, 'privacy');
  await driver.run(press, 'self-test');
  await holds(driver, '[data-outcome=refused]');
  return [...lists][0];
}

async function everyView(driver) {
  for (const view of VIEWS) {
    await driver.run((hash) => { location.hash = hash; }, `#/${view}`);
    await holds(driver, `section[data-view=${view}][data-state=ready]`);
    assert.equal(await driver.run(blankPictures, view), 0, `${view} has a picture with nothing on it`);
  }
  await driver.run((hash) => { location.hash = hash; }, '#/overview');
  await holds(driver, 'section[data-view=overview][data-state=ready]');
}

const stage = (driver, name) => holds(driver, `main[data-stage=${name}]`);

async function holds(driver, selector) {
  const until = Date.now() + PATIENCE_MILLIS;
  while (!(await driver.run((own) => document.querySelector(own) !== null, selector))) {
    const now = Date.now() < until ? '' : await driver.run(() => document.querySelector('main')?.innerText.slice(0, 400));
    assert.ok(Date.now() < until, `${selector} did not come; the page says: ${now}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

function hashed(text) {
  assert.ok(text.length > 1_000, 'the list is empty');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

// What follows runs in the page.

function chooseFile(name, base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  const input = document.querySelector('input[type=file][data-testid=file-input]');
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

function press(id) {
  document.querySelector(`[data-testid=${id}]`).click();
}

function blankPictures(view) {
  const canvases = [...document.querySelectorAll(`section[data-view=${view}] figure[data-chart] canvas`)];
  const isBlank = (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.every((value) => value === data[0] || value === 0);
  };
  return canvases.filter((canvas) => canvas.width > 0 && canvas.offsetParent && isBlank(canvas)).length;
}

// A download is a click on a link to a blob: the blob is kept, the click is not made.
function saved(what) {
  return new Promise((resolve) => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      URL.createObjectURL = make;
      blob.text().then(resolve);
      return make.call(URL, blob);
    };
    document.querySelector(`[data-testid=download-${what}]`).click();
  });
}

const named = process.argv.slice(2);
await main(named.length ? named : Object.keys(BROWSERS));
