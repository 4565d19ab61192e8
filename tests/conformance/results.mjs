// What a run of a public suite gave, and how it differs from the list of the suite's stale tests.

const WORDINGS = ['newer', 'older'];

/** Titles of nested suites are written with " > " between them or with a space. */
const plain = (title) => title.replaceAll(' > ', ' ');

/** Tests of one title are numbered from the second on. */
function numbered(titles) {
  const seen = new Map();
  return titles.map((title) => {
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return count > 1 ? `${title} #${count}` : title;
  });
}

/** @returns {Map<string, 'pass' | 'fail' | 'other'>} of Mocha's or Vitest's JSON reporter, or of a table with tabs */
export function readResults(text) {
  if (!text.startsWith('{')) {
    const rows = text.split('\n').map((line) => line.split('\t'));
    const status = rows[0].indexOf('status');
    const test = rows[0].indexOf('test');
    if (status < 0 || test < 0) throw new Error('a table needs the columns "status" and "test"');
    const known = (word) => (word === 'pass' || word === 'fail' ? word : 'other');
    return new Map(rows.slice(1).flatMap((row) => (row[test] ? [[plain(row[test]), known(row[status])]] : [])));
  }
  const report = JSON.parse(text);
  if (Array.isArray(report.testResults)) {
    const words = { passed: 'pass', failed: 'fail' };
    const tests = report.testResults.flatMap((file) => file.assertionResults);
    const titles = numbered(tests.map((test) => test.fullName));
    return new Map(tests.map((test, i) => [titles[i], words[test.status] ?? 'other']));
  }
  if (!Array.isArray(report.tests)) throw new Error('neither a table nor a report of Mocha or Vitest');
  const pending = new Set(report.pending.map((test) => test.fullTitle));
  const titles = numbered(report.tests.map((test) => test.fullTitle));
  const status = (test) => {
    if (pending.has(test.fullTitle)) return 'other';
    return Object.keys(test.err).length > 0 ? 'fail' : 'pass';
  };
  return new Map(report.tests.map((test, i) => [titles[i], status(test)]));
}

/** Titles in the list for one wording, as results spell them. */
export function staleTests(list, wording) {
  if (!WORDINGS.includes(wording)) throw new Error(`there is no wording "${wording}", only ${WORDINGS.join(' and ')}`);
  return new Set(
    list.stale.filter((group) => group.wordings.includes(wording)).flatMap((group) => group.tests.map(plain)),
  );
}

/** What differs between a run and the list, one line each. */
export function differences(list, wording, results) {
  const stale = staleTests(list, wording);
  const lines = [];
  for (const [title, status] of results)
    if (status === 'fail' && !stale.has(title)) lines.push(`fails, but is not in the list: ${title}`);
  for (const title of stale) {
    const status = results.get(title);
    if (status === 'pass') lines.push(`passes, but is in the list: ${title}`);
    if (status === undefined) lines.push(`is in the list, but did not run: ${title}`);
  }
  return lines;
}
