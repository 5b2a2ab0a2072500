// The rule builder.

/** Adds a rule on the rules view: those who spend among the highest tenth. */
export async function bigSpenders(gyeol) {
  await gyeol.byId('add-rule').click();
  await gyeol.byId('rule-name').fill('Big spenders');
  await gyeol.byId('rule-name').press('Enter');
  await gyeol.byId('add-condition').click();
  await gyeol.byId('rule-measure').selectOption('monetary');
  await gyeol.byId('rule-comparison').selectOption({ label: 'among the highest' });
  await gyeol.byId('rule-number').fill('10');
  await gyeol.byId('rule-number').press('Enter');
}
