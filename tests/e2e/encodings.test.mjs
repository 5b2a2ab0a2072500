// Files in the encodings that people have: the browser's decoders say the same as the native run's, and an import of
// Korean orders in CP949 ends in the same files. `fixtures/two_byte_sequences.json` is held natively as well.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { ROOT, withGyeol } from './browser.mjs';
import { csv } from './files.mjs';
import { headless, sameBytes } from './native.mjs';

const TABLE = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/two_byte_sequences.json'), 'utf8'));

// FNV-1a, 64 bits, over what each pair of bytes says by itself, with a line feed after each.
function digestOf(label) {
  const bytes = new TextEncoder();
  let digest = 0xcbf29ce484222325n;
  for (let pair = 0; pair < 65_536; pair += 1) {
    const text = new TextDecoder(label).decode(Uint8Array.of(pair >> 8, pair & 255));
    for (const byte of bytes.encode(`${text}\n`)) digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * 0x100000001b3n);
  }
  return digest.toString(16).padStart(16, '0');
}

// "고객,주문일,금액" and three orders; the Hangul of the names is beyond strict EUC-KR.
const KOREAN = Buffer.concat([
  Buffer.from('b0edb0b42cc1d6b9aec0cf2cb1ddbed70a', 'hex'),
  Buffer.from('8c63', 'hex'), Buffer.from(',2024-01-13,12000\n'),
  Buffer.from('bcd5', 'hex'), Buffer.from(',2024-02-20,3500\n'),
  Buffer.from('8c63', 'hex'), Buffer.from(',2024-03-02,9900\n'),
]);

for (const [label, expected] of Object.entries(TABLE)) {
  test(`every two bytes of ${label} say the same natively and in the browser`, () => withGyeol({}, async (gyeol) => {
    assert.equal(await gyeol.page.evaluate(digestOf, label), expected);
  }));
}

test('Korean orders in CP949 are read as they are, here and natively', () => withGyeol({}, async (gyeol, { folder }) => {
  const path = join(folder, 'orders.csv');
  writeFileSync(path, KOREAN);
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  assert.equal(await gyeol.byId('encoding').inputValue(), 'euc-kr');
  await gyeol.import();
  const { bytes } = await gyeol.download('customers');
  sameBytes(bytes, headless(path)['customers.csv'], 'customers.csv');
  assert.match(bytes.toString('utf8'), /똠/);
}));

test('the encoding can be changed by hand, and the first rows with it', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(csv('orders.csv', KOREAN));
  await gyeol.atStage('mapping');
  await gyeol.byId('encoding').selectOption('windows-1252');
  await gyeol.page.locator('table.preview', { hasText: '°í°´' }).waitFor();
  await gyeol.byId('encoding').selectOption('euc-kr');
  await gyeol.page.locator('table.preview', { hasText: '고객' }).waitFor();
}));

test('Korean that begins behind a megabyte of plain letters is read all the same', () => withGyeol({}, async (gyeol) => {
  const plain = Array.from({ length: 40_000 }, (_, row) => `C${row % 300},2024-01-${13 + (row % 15)},${row % 90 + 1}.25\n`);
  const file = Buffer.concat([Buffer.from(`customer,date,amount\n${plain.join('')}`), Buffer.from('b0edb0b4', 'hex'), Buffer.from(',2024-02-20,1\n')]);
  await gyeol.choose(csv('late.csv', file));
  await gyeol.import();
  assert.match((await gyeol.download('customers')).bytes.toString('utf8'), /고객,/);
}));

test('what stands above a table is passed over, and a person can say otherwise', () => withGyeol({}, async (gyeol) => {
  const rows = Array.from({ length: 20 }, (_, row) => `'C${row % 5}, Ltd';2024-01-${13 + (row % 15)};${row + 1}.5\n`).join('');
  await gyeol.choose(csv('report.csv', `Sales report\n\ncustomer;order date;amount\n${rows}`));
  await gyeol.atStage('mapping');
  assert.equal(await gyeol.byId('first-line').inputValue(), '3');
  assert.equal(await gyeol.byId('quote').inputValue(), 'single');
  assert.equal(await gyeol.byId('delimiter').inputValue(), 'semicolon');
  await gyeol.byId('quote').selectOption('none');
  await gyeol.page.locator('table.preview', { hasText: "'C1, Ltd'" }).waitFor();
  await gyeol.byId('quote').selectOption('single');
  await gyeol.page.locator('table.preview', { hasText: /^(?![^]*'C1)/ }).waitFor();
  await gyeol.import();
}));

test('a project of a UTF-8 file that waits for one in CP949 takes the encoding of that', () => withGyeol({}, async (gyeol, { page }) => {
  const header = 'customer_id,order_date,revenue\n';
  const rows = (name) => Buffer.concat([13, 14, 15].flatMap((day) => [name, Buffer.from(`,2024-01-${day},12000\n`)]));
  await gyeol.take(csv('ascii.csv', Buffer.concat([Buffer.from(header), rows(Buffer.from('C1'))])));
  await gyeol.see('data');
  const project = await gyeol.download('project');
  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.drop({ name: project.name, buffer: project.bytes });
  await gyeol.hears(/project/i);
  // U+AE40, a family name, as CP949 writes it.
  await gyeol.choose(csv('korean.csv', Buffer.concat([Buffer.from(header), rows(Buffer.from('b1e8', 'hex'))])));
  await gyeol.atStage('mapping');
  assert.equal(await gyeol.byId('encoding').inputValue(), 'euc-kr');
  await gyeol.import();
  await gyeol.see('customers');
  assert.match((await gyeol.download('customers')).bytes.toString('utf8'), /\uae40/);
}));
