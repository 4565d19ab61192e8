/** One request is selected, and everything beside the script is about that one. */
import { useStage } from './browser';
import { fullEditor, meter, ready, runAll, writeScript } from './page';

const stage = useStage();

test('the capacity pane follows the request whose result is shown', async () => {
  const page = await stage.open();
  await ready(page);
  await runAll(page);
  await fullEditor(page);
  const pane = page.getByRole('region', { name: 'Capacity' });
  expect(await pane.textContent()).toContain('selected request: Query');
  expect(await meter(page, 'write').textContent()).toContain('Nothing was written.');

  await page.locator('.view-line', { hasText: 'PutItem' }).first().click();
  await pane.getByText('selected request: PutItem').waitFor();
  expect(await meter(page, 'write').textContent()).toMatch(/1\s*WCU/);
  expect(await meter(page, 'read').textContent()).toContain('Nothing was read.');
});

test('no head of the table of items is cut, whatever the attributes are called', async () => {
  const page = await stage.open();
  await writeScript(
    page,
    [
      'CreateTable {"TableName":"Long","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"CustomerIdentifier","AttributeType":"S"},{"AttributeName":"OrderPlacedAtTimestamp","AttributeType":"N"}],"KeySchema":[{"AttributeName":"CustomerIdentifier","KeyType":"HASH"},{"AttributeName":"OrderPlacedAtTimestamp","KeyType":"RANGE"}]}',
      'PutItem {"TableName":"Long","Item":{"CustomerIdentifier":{"S":"c"},"OrderPlacedAtTimestamp":{"N":"1"},"ok":{"BOOL":true}}}',
      'Scan {"TableName":"Long"}',
    ].join('\n\n'),
  );
  await runAll(page);
  const heads = page.getByTestId('items').locator('thead th');
  await heads.first().waitFor();
  const cut = await heads.evaluateAll((all) =>
    all
      .flatMap((head) => [head, ...head.querySelectorAll(':not(.visually-hidden)')])
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow !== 'visible')
      .map((one) => one.textContent),
  );
  expect(cut).toEqual([]);
});
