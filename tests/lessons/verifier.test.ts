/**
 * The verifier is verified: a check that cannot fail proves nothing. Each file in broken/ is an edit that turns the
 * good lesson into a bad one, with the complaint it must earn.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngineLab } from './support/engine-lab';
import { verify } from './support/verifier';

const good = readFileSync(join(__dirname, 'fixtures/good.md'), 'utf8');
const folder = join(__dirname, 'broken');
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));

/** `complaint: …`, then pairs of ~~~~find and ~~~~put blocks applied to the good lesson. */
function readBroken(name: string): { complaint: string; text: string } {
  const source = readFileSync(join(folder, name), 'utf8');
  const complaint = /^complaint: (.+)$/m.exec(source)?.[1];
  const edits = [...source.matchAll(/^~~~~find\n([\s\S]*?)\n~~~~put\n([\s\S]*?)\n~~~~$/gm)];
  if (complaint === undefined || edits.length === 0) throw new Error(`${name} has no complaint or no edit`);
  let text = good;
  for (const [, find, put] of edits) {
    if (text.split(find).length !== 2) throw new Error(`${name}: the text to replace must occur once:\n${find}`);
    text = text.replace(find, () => put);
  }
  return { complaint, text };
}

test('the good lesson earns no complaint', async () => {
  expect(await verify(good, openEngineLab())).toEqual([]);
});

test.each(files)('%s is rejected', async (name) => {
  const { complaint, text } = readBroken(name);
  const complaints = await verify(text, openEngineLab());
  expect(complaints.join('\n')).toContain(complaint);
});
