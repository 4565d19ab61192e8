/** Two tabs, one workspace: one writes, the other says so and can take over, and nothing is lost. */
import { useStage } from './browser';
import { ready, runAll, saved, writeScript } from './page';

const stage = useStage();

test('a second tab shows what the first saved, and takes over without losing a write', async () => {
  const profile = await stage.profile();
  const first = await stage.open({ profile });
  await ready(first);
  await runAll(first);
  await saved(first);

  const second = await stage.open({ profile });
  const banner = second.getByTestId('follower');
  await banner.waitFor();
  expect(await banner.textContent()).toContain('Another tab is writing this workspace');
  await second.getByTestId('tables-summary').filter({ hasText: '4 items' }).waitFor();

  await banner.getByRole('button', { name: 'Take over' }).click();
  await banner.waitFor({ state: 'detached' });
  await first.getByTestId('follower').waitFor();

  await writeScript(
    second,
    'PutItem { "TableName": "Music", "Item": { "Artist": { "S": "New" }, "SongTitle": { "S": "Owner" } } }\n',
  );
  await runAll(second);
  await second.getByTestId('tables-summary').filter({ hasText: '5 items' }).waitFor();
  await saved(second);
  await first.getByTestId('tables-summary').filter({ hasText: '5 items' }).waitFor();
});
