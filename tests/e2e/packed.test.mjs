// Packed text: read as the text itself, by the browser's own unpacker; cut short, it says so.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { withGyeol } from './browser.mjs';
import { ORDERS, csv, orders, random, writeLarge } from './files.mjs';
import { archive } from './workbooks.mjs';

const TEXT = orders(30_000, 11);

async function taken(gyeol, name, bytes) {
  await gyeol.take(csv(name, bytes));
  await gyeol.see('customers');
  const list = (await gyeol.download('customers')).bytes.toString('utf8');
  await gyeol.see('data');
  return [list, (await gyeol.download('ledger')).bytes.toString('utf8').replace(/"name": "[^"]*"/, '')];
}

test('gzip and zip come to the same as the text that is packed in them', () => withGyeol({}, async (gyeol) => {
  const plain = await taken(gyeol, 'orders.csv', TEXT);
  assert.ok(plain[0].length > 1_000);
  assert.deepEqual(await taken(gyeol, 'orders.csv.gz', gzipSync(TEXT)), plain);
  assert.deepEqual(await taken(gyeol, 'orders.zip', archive([['read me.txt', 'no orders'], ['2024/orders.csv', TEXT]])), plain);
}));

test('rows that were left out are found again in a packed file', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('orders.csv.gz', gzipSync(TEXT)));
  await gyeol.see('data');
  const rows = (await gyeol.download('left-out')).bytes.toString('utf8');
  assert.ok(rows.split('\n').length > 100);
}));

for (const [what, bytes] of [
  ['half of its bytes', gzipSync(TEXT).subarray(0, 200_000)],
  ['all but the last byte', gzipSync(TEXT).subarray(0, -1)],
  ['the start of an archive', archive([['orders.csv', TEXT]]).subarray(0, 200_000)],
]) {
  test(`a packed file with ${what} gets a sentence, and the page goes on`, () => withGyeol({ locale: 'ko-KR' }, async (gyeol) => {
    await gyeol.choose(csv('orders.csv.gz', bytes));
    if (await gyeol.atStage('failed', 'mapping') === 'mapping') {
      await gyeol.byId('import').click();
      await gyeol.atStage('failed');
    }
    await gyeol.hears(/끊겼거나|끝부분이 없습니다|통합 문서를 읽는 부분이 아직 없습니다/);
    await gyeol.take(ORDERS);
    await gyeol.see('rfm');
  }));
}

test('gzip files that were joined into one are read one after the other', () => withGyeol({}, async (gyeol) => {
  const bytes = Buffer.from(TEXT);
  const cut = (length) => Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) => bytes.subarray(at * length, (at + 1) * length));
  const plain = await taken(gyeol, 'orders.csv', TEXT);
  for (const [what, parts] of [
    ['long ones', cut(600_000).map((part) => gzipSync(part))],
    ['hundreds of short ones', cut(5_000).map((part) => gzipSync(part))],
    ['ones with nothing in them', [gzipSync(''), gzipSync(TEXT), gzipSync('')]],
  ]) {
    assert.deepEqual(await taken(gyeol, 'joined.csv.gz', Buffer.concat(parts)), plain, what);
  }
}));

test('bytes that only look like the start of a gzip file are no start', () => withGyeol({}, async (gyeol) => {
  const start = String.fromCharCode(0x1f, 0x8b, 0x08, 0x09);
  // In one row of a hundred: text that is full of signs for machines is no text.
  const rows = TEXT.trimEnd().split('\n').map((row, at) => `${row},${['mark', start][Number(at % 100 === 1)]}`);
  const text = Buffer.from(`${rows.join('\n')}\n`, 'latin1');
  const plain = await taken(gyeol, 'orders.csv', text);
  assert.deepEqual(await taken(gyeol, 'orders.csv.gz', Buffer.concat([gzipSync(text.subarray(0, 700_000), { level: 0 }), gzipSync(text.subarray(700_000), { level: 0 })])), plain);
}));

test('a joined gzip file that is cut short is not taken for a whole one', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(csv('joined.csv.gz', Buffer.concat([gzipSync(TEXT), gzipSync(TEXT)]).subarray(0, -9)));
  if (await gyeol.atStage('failed', 'mapping') === 'mapping') await gyeol.byId('import').click();
  await gyeol.atStage('failed');
  await gyeol.hears(/cut short or damaged/);
}));

test('the texts of an archive are read like files that were dropped together', () => withGyeol({}, async (gyeol, { folder }) => {
  const [head, ...rows] = orders(3_000, 5).trimEnd().split('\n');
  const month = (from, to) => `${head}\n${rows.slice(from, to).join('\n')}\n`;
  const files = [['1월.csv', month(0, 1_200)], ['2월.csv', month(1_000, 3_000)]];
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  await gyeol.choose(...files.map(([name]) => join(folder, name)));
  await gyeol.import();
  const list = async () => {
    await gyeol.see('customers');
    return (await gyeol.download('customers')).bytes.toString('utf8');
  };
  const apart = await list();
  const korean = Buffer.concat([Buffer.from('2024/'), Buffer.from([0x31, 0xbf, 0xf9]), Buffer.from('.csv')]);
  const zip = archive([
    [korean, files[0][1]],
    ['2024/2월.csv', files[1][1]],
    ['__MACOSX/2024/._2.csv', 'x'],
    ['.hidden.csv', 'a,b\n1,2\n'],
    ['read me.txt', 'Exported by the shop.'],
  ]);
  await gyeol.choose(csv('orders.zip', zip));
  await gyeol.atStage('mapping');
  await gyeol.hears(/read me\.txt/);
  await gyeol.import();
  assert.equal(await list(), apart);
  await gyeol.see('data');
  const ledger = JSON.parse((await gyeol.download('ledger')).bytes.toString('utf8'));
  assert.deepEqual(ledger.files.map(({ name }) => name), ['2024/1월.csv', '2024/2월.csv']);
}));

test('a gzip bomb is stopped and said', () => withGyeol({ locale: 'ko-KR' }, async (gyeol, { folder }) => {
  const path = join(folder, 'bomb.csv.gz');
  writeFileSync(path, gzipSync(Buffer.concat([Buffer.from(orders(9_000)), Buffer.alloc(120 << 20, 0x0a)])));
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  await gyeol.byId('import').click();
  await gyeol.hears(/메모리를 채우려고/);
}));

test('a text of many megabytes that is stored in an archive as it is is no bomb', () => withGyeol({}, async (gyeol, { folder }) => {
  const path = join(folder, 'stored.zip');
  const text = writeLarge(join(folder, 'stored.csv'), 36);
  writeFileSync(path, archive([['stored.csv', readFileSync(text)]], { stored: true }));
  const ledger = async (file) => {
    await gyeol.take(file);
    await gyeol.see('data');
    return (await gyeol.download('ledger')).bytes.toString('utf8').replace(/"name": "[^"]*"/, '');
  };
  assert.equal(await ledger(path), await ledger(text));
}));

test('a packed file that is long can be cancelled, and its progress is that of the file', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = join(folder, 'long.csv.gz');
  const next = random(3);
  const block = Array.from({ length: 40 }, () => orders(20_000, 1 + Math.floor(next() * 1e6)).slice(orders(0).length)).join('');
  writeFileSync(path, gzipSync(orders(0) + block.repeat(3), { level: 1 }));
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  await gyeol.byId('import').click();
  await page.waitForFunction(() => {
    const now = Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow'));
    return now > 0 && now <= 100;
  });
  await gyeol.byId('cancel').click();
  assert.equal(await gyeol.atStage('mapping', 'ready'), 'mapping');
}));
