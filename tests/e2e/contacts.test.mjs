// Who may be written to and how: consent, contact columns, orders of guests, and addresses in capitals.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGyeol } from './browser.mjs';
import { headless, sameBytes } from './native.mjs';
import { csv } from './files.mjs';

/** 300 customers with two orders each; of seven in ten the later one says yes, every tenth has no address. */
function shop() {
  const lines = ['customer_id,order_id,order_date,amount,수신동의,이메일,휴대전화'];
  for (let customer = 0; customer < 300; customer += 1) {
    const later = customer % 10 < 7 ? 'Y' : 'N';
    const email = customer % 10 === 9 ? '' : `c${customer}@shop.kr`;
    const phone = `010-1234-${String(1_000 + customer)}`;
    const row = (order, month, answer) => lines.push(`C${1_000 + customer},${order},2024-0${month}-1${customer % 9},${10 + customer},${answer},${email},${phone}`);
    row(customer * 2, 1, later === 'Y' ? 'N' : 'Y');
    row(customer * 2 + 1, 3, later);
  }
  return `${lines.join('\n')}\n`;
}

function rows(bytes) {
  return bytes.toString('utf8').trimEnd().split('\r\n').length - 1;
}

test('only who agreed last is in the list, with the columns that reach them', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, shop());
  await gyeol.take(path);
  await gyeol.see('customers');
  await gyeol.byId('list-agreed-note').filter({ hasText: '90 customers in this list did not agree' }).waitFor();
  assert.ok(!(await gyeol.download('customers')).bytes.toString('utf8').includes('@'), 'nothing unasked');
  await page.getByText('Only customers who agreed (210)').click();
  await page.locator('section[data-view=customers] .finding').filter({ hasText: '210 of 300' }).waitFor();
  await gyeol.byId('list-contacts').check();
  const saved = await gyeol.download('customers');
  assert.equal(saved.name, 'shop-customers-agreed.csv');
  assert.equal(rows(saved.bytes), 210);
  const columns = JSON.stringify(['이메일', '휴대전화']);
  const run = headless(path, '--filter', '{"agreed":true}', '--set', `customers.columns=${columns}`);
  sameBytes(saved.bytes, run['customers-agreed.csv'], 'customers-agreed.csv');
  await gyeol.byId('list-agreed').uncheck();
  await gyeol.byId('list-contacts-note').filter({ hasText: '30 customers have no e-mail address' }).waitFor();
}));

test('the inspector takes the list of a segment with consent and contacts', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', shop()));
  await gyeol.see('rfm');
  await page.locator('.segment-name').first().click();
  await gyeol.byId('segment-agreed').check();
  await gyeol.byId('segment-contacts').check();
  const saved = await gyeol.downloadBy(gyeol.byId('download-customers-of-segment').first());
  assert.match(saved.name, /^shop-customers-rfm-.*-agreed\.csv$/);
  assert.match(saved.bytes.toString('utf8').split('\r\n')[0], /이메일,휴대전화$/);
}));

test('orders of guests are grouped by the column that knows who bought', () => withGyeol({}, async (gyeol, { page }) => {
  const lines = ['회원 ID,주문자 휴대전화,주문일,결제금액'];
  for (let row = 0; row < 200; row += 1) lines.push(`${row % 3 === 0 ? '' : `M${row % 40}`},010-1234-${1_000 + row % 50},2024-01-1${row % 9},${1_000 + row}`);
  const file = csv('guests.csv', `${lines.join('\n')}\n`);
  await gyeol.take(file);
  await gyeol.byId('much-left-out').filter({ hasText: '67 rows' }).waitFor();
  await page.goto(page.url().replace(/#.*$/, '#/mapping'));
  await gyeol.byId('guests').filter({ hasText: '34%' }).waitFor();
  await gyeol.byId('guests-take').click();
  assert.equal(await gyeol.byId('role-customer').inputValue(), '주문자 휴대전화');
  await gyeol.byId('guests').waitFor({ state: 'detached' });
}));

test('a list for a mail tool has who can be reached, one row per address, as the headless run writes it', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = join(folder, 'shop.csv');
  // Customer 1 has the address of customer 8, in capitals.
  writeFileSync(path, shop().replaceAll('c1@shop.kr', 'C8@SHOP.KR'));
  await gyeol.take(path);
  await gyeol.see('customers');
  await gyeol.byId('list-rows').filter({ hasText: 'This list is saved with 300 rows.' }).waitFor();
  await gyeol.byId('list-purpose').selectOption('mail');
  assert.ok(await gyeol.byId('list-agreed').isChecked(), 'a list to write to begins with those who agreed');
  await gyeol.byId('list-agreed').uncheck();
  await gyeol.byId('list-rows').filter({ hasText: 'saved with 269 rows. Left out: 30 without a usable e-mail address, 1 with the e-mail address of a better customer.' }).waitFor();
  const saved = await gyeol.download('customers');
  assert.equal(saved.name, 'shop-customers-mail.csv');
  assert.equal(rows(saved.bytes), 269);
  assert.match(saved.bytes.toString('utf8').split('\r\n')[0], /customer,email,segment,segment_ko$/);
  sameBytes(saved.bytes, headless(path, '--list', 'mail')['customers-mail.csv'], 'customers-mail.csv');
  await gyeol.byId('list-contact').selectOption('phone');
  await gyeol.byId('list-rows').filter({ hasText: 'saved with 300 rows.' }).waitFor();
  await gyeol.byId('list-purpose').selectOption('ads');
  const ads = await gyeol.download('customers');
  assert.equal(ads.bytes.toString('utf8').split('\r\n')[0], '\ufeffemail,phone');
  await gyeol.byId('list-purpose').selectOption('');
  await gyeol.byId('list-fixed').locator('summary').click();
  await page.locator('[data-testid=list-fixed] input[value=r]').uncheck();
  const short = (await gyeol.download('customers')).bytes.toString('utf8').split('\r\n')[0];
  assert.match(short, /monetary,f,m,/);
}));

test('a column of refunds is said not to be taken off', () => withGyeol({}, async (gyeol) => {
  const file = csv('refunds.csv', 'Email,Name,Paid at,Total,Refunded Amount\na@x.kr,#1,2024-01-13,100,0\nb@x.kr,#2,2024-01-14,80,30\n');
  await gyeol.choose(file);
  await gyeol.atStage('mapping');
  await gyeol.byId('given-back').filter({ hasText: '“Refunded Amount” is not taken off' }).waitFor();
}));
