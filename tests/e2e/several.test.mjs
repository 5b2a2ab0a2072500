// Several files at once: monthly exports that overlap, a table of customers beside them, a broken one among good ones,
// and a further month that is added to what is open. What comes out is held against the run without a browser.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { withGyeol } from './browser.mjs';
import { cp949 } from './files.mjs';
import { headless, sameBytes } from './native.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HEAD = ['customer', 'order', 'date', 'amount', 'memo'];

/** 40 orders of a month as rows of cells; the month before ends with its first ten. */
function month(number) {
  const day = (n) => String(n % 28 + 1).padStart(2, '0');
  return Array.from({ length: 40 }, (_, row) => {
    const id = number * 30 + row;
    return [`C${id * 7 % 45}`, `O${id}`, `2024-0${1 + Math.floor(id / 31)}-${day(id)}`, `${1000 + id * 10}`, `note ${id}`];
  });
}

function text(rows, order = [0, 1, 2, 3, 4], quote = (cell) => cell) {
  return [HEAD, ...rows].map((row) => `${order.map((place) => quote(row[place])).join(',')}\n`).join('');
}

/** Three months: plain, in another order with quotes, and in UTF-16. */
function months(folder) {
  const files = [
    ['2024-01.csv', Buffer.from(text(month(0)))],
    ['2024-02.csv', Buffer.from(text(month(1), [3, 2, 1, 0, 4], (cell) => `"${cell}"`))],
    ['2024-03.csv', Buffer.from(`\ufeff${text(month(2))}`, 'utf16le')],
  ];
  return files.map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  });
}

/** An empty file, and one with other columns. */
function strangers(folder) {
  const files = [['0-broken.csv', ''], ['weather.csv', 'day,city,degrees\n2024-01-01,Seoul,-3\n2024-01-02,Seoul,-5\n']];
  return files.map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

/** Every second customer, and three who never bought. */
function people(folder) {
  const rows = Array.from({ length: 26 }, (_, n) => `C${n * 2},${['Seoul', 'Busan'][n % 2]},${1960 + n}\n`);
  const path = join(folder, 'people.csv');
  writeFileSync(path, `customer,city,birth year\n${rows.join('')}`);
  return path;
}

async function bucket(gyeol, kind) {
  const row = gyeol.page.locator(`[data-testid=ledger] [data-bucket=${kind}]`);
  return Number(await row.getAttribute('data-rows'));
}

test('three months and a table of customers, dropped together, are one customer base', () => withGyeol({ language: 'ko' }, async (gyeol, { page, folder }) => {
  const files = [...months(folder), people(folder)];
  await gyeol.choose(files[2], files[3], files[0], files[1]);
  await gyeol.atStage('mapping');
  assert.equal(await page.locator('[data-part=appended]').count(), 2);
  assert.equal(await page.locator('[data-part=joined]').count(), 1);
  assert.equal(await gyeol.byId('beside-customer').inputValue(), 'customer');
  await page.evaluate(AXE);
  assert.deepEqual(await page.evaluate(async () => (await globalThis.axe.run(document)).violations.map((one) => one.id)), []);
  await gyeol.import();
  await gyeol.see('data');
  assert.equal(await bucket(gyeol, 'overlap'), 20);
  assert.equal(await bucket(gyeol, 'used'), 100);
  const expected = headless(...files);
  for (const [what, name] of [['customers', 'customers.csv'], ['segments', 'segments.csv'], ['ledger', 'ledger.json']]) {
    await gyeol.see(what === 'ledger' ? 'data' : 'overview');
    const { bytes } = await gyeol.download(what);
    sameBytes(bytes, expected[name], name);
  }
  await gyeol.see('data');
  const joined = gyeol.byId('joined');
  const count = async (name) => Number(await joined.getAttribute(`data-${name}`));
  assert.equal(await count('rows'), 26);
  assert.equal(await count('matched') + await count('without-orders'), 26);
  const { bytes } = await gyeol.download('customers-without-orders');
  assert.equal(bytes.toString('utf8').trim().split('\r\n').length - 1, await count('without-orders'));
  const left = await gyeol.download('left-out');
  assert.match(left.bytes.toString('utf8'), /^\ufefffile,line,reason,customer,/);
  assert.equal(left.bytes.toString('utf8').trim().split('\r\n').length, 21);
}));

test('advertising spend stands beside the orders that name its channels', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const orders = join(folder, 'orders.csv');
  const spend = join(folder, 'spend.csv');
  writeFileSync(orders, 'customer,date,amount,channel\n7,2024-01-03,1000,Naver\n8,2024-01-09,2000,mail\n9,2024-01-31,500,mail\n7,2024-02-20,100,Naver\n');
  writeFileSync(spend, '날짜,채널,광고비,클릭수\n2024-01-01,naver,"1,000",7\n2024-01-31,Kakao,300,3\n');
  await gyeol.choose(spend, orders);
  await gyeol.atStage('mapping');
  await page.locator('[data-part=spend][data-file="spend.csv"]').waitFor();
  await gyeol.import();
  await gyeol.see('data');
  assert.equal(await page.locator('[data-channel=naver]').getAttribute('data-cost'), '1000');
  const { bytes } = await gyeol.download('ledger');
  sameBytes(bytes, headless(spend, orders)['ledger.json'], 'ledger.json');
  const [table] = JSON.parse(bytes.toString('utf8')).joined;
  assert.equal(table.kind, 'spend');
  assert.deepEqual(table.channels.map(({ channel, revenue }) => [channel, revenue]), [['naver', 1000], ['Kakao', null]]);
}));

test('rows of two files count twice where a person says so', () => withGyeol({}, async (gyeol, { folder }) => {
  await gyeol.choose(...months(folder));
  await gyeol.import();
  await gyeol.see('data');
  await gyeol.byId('leave-out-overlap').click();
  await gyeol.page.locator('[data-bucket=used][data-rows="120"]').waitFor();
}));

test('a broken file does not take the others away, and one with other columns is said to be so', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await gyeol.choose(...months(folder), ...strangers(folder));
  await gyeol.atStage('mapping');
  assert.match(await gyeol.hears(/0-broken\.csv/), /0-broken\.csv/);
  await page.locator('[data-part=stranger][data-file="weather.csv"]').waitFor();
  await gyeol.import();
  await gyeol.see('data');
  assert.equal(await bucket(gyeol, 'used'), 100);
}));

test('a further month is added to what is open, by keyboard', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const files = months(folder);
  await gyeol.take(files[0]);
  await gyeol.see('rfm');
  await gyeol.choose(files[1]);
  await gyeol.atStage('mapping');
  await gyeol.byId('replace-open').focus();
  await page.keyboard.press('Space');
  await gyeol.byId('add-to-open').focus();
  await page.keyboard.press('Space');
  await page.locator('[data-part=appended][data-file="2024-02.csv"]').waitFor();
  await gyeol.import();
  await gyeol.see('overview');
  const { bytes } = await gyeol.download('customers');
  sameBytes(bytes, headless(files[0], files[1])['customers.csv'], 'customers.csv');
}));

test('a month that goes on where the open one ends is added unless told otherwise', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const files = months(folder);
  await gyeol.take(files[0]);
  await gyeol.choose(files[1]);
  await gyeol.atStage('mapping');
  assert.equal(await gyeol.byId('add-to-open').isChecked(), true);
  await page.locator('[data-part=appended][data-file="2024-02.csv"]').waitFor();
  await gyeol.byId('replace-open').check();
  await page.locator('[data-testid=files]').waitFor({ state: 'detached' });
  await gyeol.import();
  await gyeol.see('data');
  assert.equal(await bucket(gyeol, 'used'), 40);
}));

/** Three months of which one is in CP949, a table of customers in two files, and what the advertising cost. */
function wholeDrop(folder) {
  const korean = (number) => `고객,주문번호,주문일,금액,유입경로\n${month(number).map((row) => `${row.slice(0, 4).join(',')},${Number(row[1].slice(1)) % 3 ? '네이버' : '메일'}\n`).join('')}`;
  const files = [
    ['2024-01.csv', Buffer.from(korean(0))],
    ['2024-02.csv', cp949(korean(1))],
    ['2024-03.csv', Buffer.from(korean(2))],
    ['고객-1.csv', Buffer.from(`고객,지역\n${[0, 2, 4, 6].map((n) => `C${n},서울\n`).join('')}`)],
    ['고객-2.csv', Buffer.from(`고객,지역\n${[1, 3, 99].map((n) => `C${n},부산\n`).join('')}`)],
    ['광고비.csv', Buffer.from('날짜,채널,광고비\n2024-01-02,네이버,1000\n2024-02-03,카카오,500\n')],
  ];
  return files.map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  });
}

test('a whole drop of months, customers and spend is one customer base', () => withGyeol({ language: 'ko' }, async (gyeol, { page, folder }) => {
  const files = wholeDrop(folder);
  await gyeol.choose(...files.toReversed());
  await gyeol.atStage('mapping');
  const parts = page.locator('[data-testid=files] > li');
  assert.deepEqual(await parts.evaluateAll((rows) => rows.map((row) => row.dataset.part)), ['leading', 'appended', 'appended', 'joined', 'joined', 'spend']);
  await page.evaluate(AXE);
  assert.deepEqual(await page.evaluate(async () => (await globalThis.axe.run(document)).violations.map((one) => one.id)), []);
  await gyeol.import();
  await gyeol.see('data');
  assert.equal(await bucket(gyeol, 'overlap'), 20);
  assert.equal(await bucket(gyeol, 'used'), 100);
  assert.equal(await gyeol.byId('joined').count(), 1);
  assert.equal(await gyeol.byId('joined').getAttribute('data-rows'), '7');
  assert.equal(await page.locator('[data-channel="네이버"]').getAttribute('data-cost'), '1000');
  const expected = headless(...files);
  for (const [what, name, view] of [['ledger', 'ledger.json', 'data'], ['customers', 'customers.csv', 'overview'], ['project', 'project.json', 'data']]) {
    await gyeol.see(view);
    sameBytes((await gyeol.download(what)).bytes, expected[name], name);
  }
}));

test('a wrong guess is put right by hand, by keyboard', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const orders = join(folder, 'orders.csv');
  const log = join(folder, 'log.csv');
  writeFileSync(orders, text(month(0)));
  writeFileSync(log, `who,what,at\n${Array.from({ length: 30 }, (_, n) => `C${n % 10},${['visit', 'cart'][n % 2]},2024-01-${String(n % 28 + 1).padStart(2, '0')}\n`).join('')}`);
  await gyeol.choose(log, orders);
  await gyeol.atStage('mapping');
  const row = page.locator('li[data-file="log.csv"]');
  const kind = row.locator('[data-testid=kind]');
  await kind.focus();
  await kind.selectOption('events');
  await page.locator('li[data-file="log.csv"][data-part=events]').waitFor();
  assert.equal(await kind.evaluate((select) => select === document.activeElement), true);
  for (const [role, column] of [['customer', 'who'], ['date', 'at'], ['category', 'what']]) {
    await row.locator(`[data-testid=beside-${role}]`).selectOption(column);
  }
  await gyeol.import();
  await gyeol.see('data');
  assert.equal(await gyeol.byId('joined').getAttribute('data-rows'), '30');
  const { bytes } = await gyeol.download('ledger');
  const said = ['--kind', 'log.csv=events', '--role', 'log.csv:customer=who', '--role', 'log.csv:date=at', '--role', 'log.csv:category=what'];
  sameBytes(bytes, headless(orders, log, ...said)['ledger.json'], 'ledger.json');
}));

test('which file leads follows from what the files are said to be', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const files = months(folder);
  await gyeol.choose(...files);
  await gyeol.atStage('mapping');
  const kind = (name) => page.locator(`li[data-file="${name}"] [data-testid=kind]`);
  await kind('2024-01.csv').selectOption('');
  await page.locator('li[data-file="2024-02.csv"][data-part=leading]').waitFor();
  await page.locator('li[data-file="2024-01.csv"][data-part=unused]').waitFor();
  await kind('2024-02.csv').selectOption('spend');
  await kind('2024-03.csv').selectOption('spend');
  await page.locator('[data-testid=import][aria-disabled=true]').waitFor();
  await kind('2024-03.csv').selectOption('orders');
  await page.locator('li[data-file="2024-03.csv"][data-part=leading]').waitFor();
}));

test('a table that is pasted while results are open is looked at, and there is a way back', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await gyeol.take(months(folder)[0]);
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, text(month(1)).replaceAll(',', '\t'));
  await gyeol.atStage('mapping');
  await gyeol.byId('back-to-results').click();
  await gyeol.atStage('ready');
}));
