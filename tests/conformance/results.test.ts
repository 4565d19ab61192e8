import { readFileSync } from 'node:fs';
import path from 'node:path';
import { differences, readResults, type StaleList, staleTests } from './results.mjs';

const list = {
  suite: 'someone/suite',
  commit: '0',
  stale: [
    { reason: 'changed', wordings: ['newer'], tests: ['a > b > c'] },
    { reason: 'never promised', wordings: ['newer', 'older'], tests: ['a > d', 'a > d #2'] },
  ],
};

const table = (...rows: string[]) => ['file\tstatus\ttest', ...rows.map((row) => `f\t${row}`)].join('\n');

describe('the list of stale tests', () => {
  it('agrees with a run in which exactly its tests fail', () => {
    const results = readResults(table('fail\ta > b > c', 'fail\ta > d', 'fail\ta > d #2', 'pass\tx'));
    expect(differences(list, 'newer', results)).toEqual([]);
  });

  it('differs for each wording on its own', () => {
    const results = readResults(table('fail\ta > b > c', 'fail\ta > d', 'pass\ta > d #2'));
    expect(differences(list, 'older', results)).toEqual([
      'fails, but is not in the list: a b c',
      'passes, but is in the list: a d #2',
    ]);
  });

  it('is not satisfied by tests that did not run', () => {
    expect(differences(list, 'older', readResults(table('skip\ta > d')))).toEqual([
      'is in the list, but did not run: a d #2',
    ]);
  });

  it('knows two wordings', () => {
    expect(() => staleTests(list, 'latest')).toThrow('there is no wording "latest"');
  });
});

describe('results', () => {
  it('of Mocha: tests of one title are numbered', () => {
    const report = {
      tests: [
        { fullTitle: 'a d', err: {} },
        { fullTitle: 'a d', err: { message: 'no' } },
        { fullTitle: 'skipped', err: {} },
      ],
      pending: [{ fullTitle: 'skipped' }],
    };
    expect([...readResults(JSON.stringify(report))]).toEqual([
      ['a d', 'pass'],
      ['a d #2', 'fail'],
      ['skipped', 'other'],
    ]);
  });

  it('of Vitest', () => {
    const assertionResults = [
      { fullName: 'a b', status: 'passed' },
      { fullName: 'a c', status: 'failed' },
      { fullName: 'a d', status: 'pending' },
    ];
    expect([...readResults(JSON.stringify({ testResults: [{ assertionResults }] }))]).toEqual([
      ['a b', 'pass'],
      ['a c', 'fail'],
      ['a d', 'other'],
    ]);
  });

  it('of nothing known are refused', () => {
    expect(() => readResults('{}')).toThrow('neither a table nor a report');
    expect(() => readResults('hello')).toThrow('needs the columns');
  });
});

describe.each(['dynalite.json', 'dynamodb-conformance.json'])('%s', (name) => {
  const kept = JSON.parse(readFileSync(path.join(__dirname, name), 'utf8')) as StaleList;

  it.each(['newer', 'older'])('names each test once for the %s wording', (wording) => {
    const titles = kept.stale.flatMap((group) => (group.wordings.includes(wording) ? group.tests : []));
    expect(titles).toHaveLength(staleTests(kept, wording).size);
  });

  it('has a reason and a known wording for each group, and the commit it holds for', () => {
    expect(kept.commit).toMatch(/^[0-9a-f]{40}$/);
    for (const group of kept.stale) {
      expect(group.reason).toMatch(/\.$/);
      expect(group.tests).not.toHaveLength(0);
      expect(group.wordings.filter((wording) => wording !== 'newer' && wording !== 'older')).toEqual([]);
    }
  });
});
