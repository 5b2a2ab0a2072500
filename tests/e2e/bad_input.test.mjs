// Files that cannot be used: each gets a sentence with what to do, and the page goes on.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { ORDERS, csv } from './files.mjs';
import { archive } from './workbooks.mjs';

const HEADER = 'customer_id,order_date,revenue\n';
const row = (index, date = `2024-01-${13 + (index % 15)}`, money = '10.50') => `C${index % 7},${date},${money}\n`;
const rows = (n, ...cells) => HEADER + Array.from({ length: n }, (_, index) => row(index, ...cells)).join('');

const REFUSED = {
  'an empty file': '',
  'a header without rows': HEADER,
  'a picture': Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(4_000, 0x92)]),
  'a zip or workbook': Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(4_000, 0x81)]),
  'a zip without a table': archive([['photo.jpg', 'x'], ['notes.json', '{}']]),
  'JSON': `[\n  {"customer_id": "C1", "order_date": "2024-01-13", "revenue": 10},\n  {"customer_id": "C2", "order_date": "2024-01-14", "revenue": 11}\n]\n`,
  'XML of Excel 2003': '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell/></Row></Table></Worksheet></Workbook>\n',
  'UTF-32': Buffer.from([...(HEADER + row(1) + row(2))].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0])),
  'one column': 'customer_id\nC1\nC2\nC3\n',
  '10,000 columns': `${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join()}\n${Array(10_000).fill('1').join()}\n`,
  'no usable customer': HEADER + Array.from({ length: 30 }, (_, index) => `,2024-01-${13 + (index % 15)},5\n`).join(''),
};

const USED = {
  'a single customer': HEADER + row(1).repeat(6),
  'a single row': HEADER + row(1),
  'a single row in CP949': Buffer.from('b0edb0b42cb3afc2a52cb1ddbed70ac8abb1e6b5bf2c323032342d30312d31332c3130300a', 'hex'),
  'all values equal': HEADER + Array.from({ length: 40 }, (_, index) => `C${index},2024-01-13,10\n`).join(''),
  'fewer customers than clusters': HEADER + row(1) + row(2) + row(3),
  'duplicate headers': `customer_id,order_date,revenue,revenue\n${Array.from({ length: 20 }, (_, index) => `C${index % 7},2024-01-${13 + (index % 15)},10,11\n`).join('')}`,
  'NUL bytes': Buffer.from(rows(20).replace('C3', 'C\u0000\u00003')),
  'a quote that is never closed': `${HEADER}C1,2024-01-13,"10\n${Array.from({ length: 3_000 }, (_, index) => row(index)).join('')}`,
  'ragged rows': `${rows(30)}C1,2024-01-13\nC1,2024-01-13,1,2,3,4\n`,
};

// Where the sentence about it stands, and what it says.
const SAID = {
  'a single customer': ['rfm', /Nobody scores .* customers with equal values get equal scores/],
  'a single row': ['rfm', /Nobody scores .* customers with equal values get equal scores/],
  'all values equal': ['clusters', /Only 1 distinct kind of customer .* Ask for fewer clusters or choose other features/],
  'fewer customers than clusters': ['clusters', /There are only 3 customers; at least 5 are needed\. Ask for fewer groups/],
  'duplicate headers': ['mapping', /revenue \(2\)/],
  'a quote that is never closed': ['mapping', /quotes or separators mended: 1 row/],
  'NUL bytes': ['columns', /control characters that nobody sees .*: 1\./],
  'ragged rows': ['data', /The number of cells differs from the header/],
};

async function goesOn(gyeol) {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
}

for (const [what, content] of Object.entries(REFUSED)) {
  test(`${what}: a sentence says what to do, then a good file works`, () => withGyeol({ locale: 'ko-KR' }, async (gyeol) => {
    await gyeol.choose(csv('broken.csv', content));
    if (await gyeol.atStage('failed', 'empty', 'mapping') === 'mapping') await gyeol.byId('import').click();
    const said = await gyeol.hears(/[가-힣]+[^]{8,}/);
    assert.doesNotMatch(said, /\b(panic|undefined|NaN|RuntimeError|null)\b/);
    assert.notEqual(await gyeol.stage(), 'ready');
    await goesOn(gyeol);
  }));
}

for (const [what, content] of Object.entries(USED)) {
  test(`${what}: what can be said is said, nothing breaks`, () => withGyeol({}, async (gyeol) => {
    await gyeol.choose(csv('small.csv', content));
    await gyeol.atStage('mapping');
    const texts = { mapping: await gyeol.page.locator('#content').innerText() };
    await gyeol.import();
    for (const view of ['rfm', 'advice', 'lifecycle', 'value', 'rhythm', 'lifetime', 'cohorts', 'rules', 'clusters', 'stability', 'prediction', 'movement', 'compare', 'explain', 'customers', 'data', 'columns']) {
      const text = await (await gyeol.see(view, 'ready', 'failed')).innerText();
      assert.doesNotMatch(text, /\bNaN\b|\binf\b|undefined/);
      texts[view] = text;
    }
    const [place, sentence] = SAID[what] ?? [];
    if (sentence) assert.match(texts[place], sentence);
    await goesOn(gyeol);
  }));
}

test('dates that cannot be read: a sentence beside the mapping, the columns as they were', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(csv('undated.csv', rows(30, 'someday')));
  await gyeol.atStage('mapping');
  assert.ok(await gyeol.byId('table-orders').isChecked(), 'still a file of orders');
  assert.equal(await gyeol.byId('role-date').inputValue(), 'order_date');
  await gyeol.byId('role-date-note').filter({ hasText: /date/ }).waitFor();
  await gyeol.byId('import').click();
  await gyeol.page.locator('.needs [role=alert]').filter({ hasText: /\S{3}/ }).waitFor();
  assert.equal(await gyeol.stage(), 'mapping');
  await goesOn(gyeol);
}));

test('a bad file leaves the results of a good one where they were', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await gyeol.drop(csv('empty.csv', ''));
  await gyeol.hears();
  assert.equal(await gyeol.stage(), 'ready');
  await gyeol.viewIs('rfm');
}));

test('a bad file on the mapping screen says its sentence and leaves file and roles as they were', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(csv('mapped.csv', `note,${HEADER}${Array.from({ length: 30 }, (_, index) => `n${index % 4},${row(index)}`).join('')}`));
  await gyeol.atStage('mapping');
  await gyeol.byId('role-category').selectOption('note');
  await gyeol.drop(csv('empty.csv', ''));
  await gyeol.hears(/empty/i);
  await gyeol.atStage('mapping');
  assert.equal(await gyeol.byId('role-category').inputValue(), 'note');
  assert.match(await gyeol.page.locator('#content').innerText(), /mapped\.csv/);
  await gyeol.import();
}));

test('a field of 100 MB is refused without taking the page down', () => withGyeol({}, async (gyeol, { folder }) => {
  const path = join(folder, 'field.csv');
  writeFileSync(path, Buffer.concat([Buffer.from(`${HEADER}"C1`), Buffer.alloc(100_000_000, 0x41), Buffer.from(`",2024-01-13,10\n${rows(10)}`)]));
  await gyeol.choose(path);
  if (await gyeol.atStage('failed', 'empty', 'mapping') === 'mapping') await gyeol.byId('import').click();
  await gyeol.atStage('failed', 'mapping'); // the import is over
  await gyeol.hears();
  await goesOn(gyeol);
}));

test('dates that can be read two ways are asked, not guessed', () => withGyeol({}, async (gyeol) => {
  await gyeol.choose(csv('either.csv', rows(30).replaceAll(/2024-01-(\d\d)/g, (_, day) => `0${1 + (day % 9)}/0${1 + (day % 7)}/2024`)));
  await gyeol.atStage('mapping');
  await gyeol.byId('import').click({ force: true });
  assert.equal(await gyeol.stage(), 'mapping', 'nothing is read before the answer');
  await gyeol.byId('date-order-day-month').check();
  await gyeol.import();
}));

// A drop as the browser gets it from the system, which alone knows of folders.
async function dropPaths(page, ...paths) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await session.detach();
}

test('of a folder that is dropped the tables in it are opened, and what is none is counted', () => withGyeol({}, async (gyeol, { folder, page }) => {
  const months = join(folder, 'months');
  mkdirSync(join(months, 'older'), { recursive: true });
  writeFileSync(join(months, 'b.csv'), rows(30));
  writeFileSync(join(months, 'older', 'a.csv'), rows(20));
  writeFileSync(join(months, 'read me.pdf'), 'no table');
  await dropPaths(page, months);
  await gyeol.atStage('mapping');
  const files = gyeol.byId('files').locator('li');
  assert.deepEqual(await files.evaluateAll((all) => all.map((one) => one.dataset.file)), ['a.csv', 'b.csv']);
  await gyeol.page.locator('[role=status]').filter({ hasText: /from the folder: 2\..*: 1\./ }).waitFor();
  await gyeol.import();
}));

test('what is in a folder but not looked at is counted with what is not opened', () => withGyeol({}, async (gyeol, { page }) => {
  const passed = await page.evaluate(async () => {
    const file = (name) => ({ isFile: true, name, fullPath: name, file: (take) => take(new File(['a'], name)) });
    const folder = (name, pieces) => ({
      isDirectory: true,
      name,
      createReader: () => ({ readEntries: (take, fail) => (pieces.length === 0 ? take([]) : pieces[0] ? take(pieces.shift()) : fail()) }),
    });
    const piece = () => Array.from({ length: 100 }, () => file('read me.pdf'));
    const counted = async (...pieces) => {
      const entry = folder('dropped', pieces);
      const found = await globalThis.gyeol.folders({ items: [{ webkitGetAsEntry: () => entry }] });
      return [found.files.length, found.passed];
    };
    return [
      await counted([file('a.csv')], [file('b.pdf')]),
      await counted([file('a.csv')], null),
      await counted([file('a.csv'), folder('within', [null])]),
      await counted(...Array.from({ length: 120 }, piece)),
    ];
  });
  assert.deepEqual(passed, [[1, 1], [1, 1], [1, 1], [0, 10_001]]);
}));

test('a folder without a table is said to be one', () => withGyeol({}, async (gyeol, { folder, page }) => {
  mkdirSync(join(folder, 'empty'));
  await dropPaths(page, join(folder, 'empty'));
  await gyeol.hears(/The folder holds no file/);
  assert.equal(await gyeol.stage(), 'empty');
  await goesOn(gyeol);
}));
