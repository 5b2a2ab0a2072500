// Workbooks made from tables, with nothing but Node: a zip archive of a few XML parts (ECMA-376).

import { deflateRawSync } from 'node:zlib';

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook as the browser's file input takes it; `sheets` maps names to tables (rows of cells). */
export function workbook(name, sheets) {
  const parts = Object.entries(sheets).map(([, table], at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetOf(table)]);
  return { name, mimeType: 'application/octet-stream', buffer: archive([...fixedParts(Object.keys(sheets)), ...parts]) };
}

/** The rows of a CSV without quotes. */
export function table(csv) {
  return csv.trimEnd().split('\n').map((line) => line.split(','));
}

function fixedParts(names) {
  const list = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at + 1}"/>`).join('');
  const relations = names.map((_, at) => `<Relationship Id="s${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('');
  return [
    ['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'],
    ['_rels/.rels', `<Relationships xmlns="${RELATIONS}"><Relationship Id="b" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets>${list}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${RELATIONS}">${relations}<Relationship Id="s0" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`],
    ['xl/styles.xml', `<styleSheet xmlns="${SPREADSHEET}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`],
  ];
}

function sheetOf(rows) {
  const row = (cells) => `<row>${cells.map(cellOf).join('')}</row>`;
  return `<worksheet xmlns="${SPREADSHEET}"><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`;
}

// Formulas without their values, numbers as numbers, ISO dates as the days that a spreadsheet counts, anything else as text.
function cellOf(cell) {
  if (cell === '') return '<c/>';
  if (cell.startsWith('=')) return `<c><f>${cell.slice(1)}</f></c>`;
  if (/^-?\d+(\.\d+)?$/.test(cell)) return `<c><v>${cell}</v></c>`;
  if (/^\d{4}-\d\d-\d\d$/.test(cell)) return `<c s="1"><v>${Date.parse(cell) / 86_400_000 + 25_569}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
}

/** A zip archive of `[name, content]` pairs, deflated or stored as they are; a name may be bytes. */
export function archive(parts, { stored = false } = {}) {
  const chunks = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const bytes = Buffer.from(content);
    const called = Buffer.from(name);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const method = stored ? 0 : 8;
    const sizes = numbers([crc32(bytes), 4], [packed.length, 4], [bytes.length, 4], [called.length, 2], [0, 2]);
    const head = Buffer.concat([numbers([0x04034b50, 4], [20, 2], [0, 2], [method, 2], [0, 2], [0x21, 2]), sizes, called]);
    directory.push(numbers([0x02014b50, 4], [20, 2], [20, 2], [0, 2], [method, 2], [0, 2], [0x21, 2]), sizes, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), called);
    chunks.push(head, packed);
    offset += head.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [parts.length, 2], [parts.length, 2], [list.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...chunks, list, end]);
}

function numbers(...fields) {
  const bytes = Buffer.alloc(fields.reduce((sum, [, length]) => sum + length, 0));
  let at = 0;
  for (const [value, length] of fields) at = bytes.writeUIntLE(value, at, length);
  return bytes;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
