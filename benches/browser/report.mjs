// Medians and paired ratios. A ratio compares two runs of the same round, so that a busy minute hurts both.

/** The middle value; null for none. */
export function median(values) {
  const known = values.filter((value) => value !== null && value !== undefined).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const middle = known.length >> 1;
  return known.length % 2 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
}

/** The median over rounds of `field` of `slow` divided by that of `fast`. */
export function pairedRatio(slow, fast, field = 'millis') {
  return median(slow.map((run, round) => (fast[round] ? run[field] / fast[round][field] : null)));
}

/** A Markdown table; numbers get at most `places` decimals and separators. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

function cell(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (typeof value !== 'number') return String(value);
  const places = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: places });
}
