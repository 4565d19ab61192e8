/** Looks for things nobody wants in a public link. A warning, not a guarantee. */
import type { Range } from '../protocol/types';

export interface SecretFinding extends Range {
  kind: 'access key' | 'secret key' | 'token' | 'private key' | 'e-mail address';
  /** The beginning of what was found, the rest hidden. */
  shown: string;
}

const patterns: [SecretFinding['kind'], RegExp][] = [
  ['access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/g],
  ['token', /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|\bgh[pousr]_[A-Za-z0-9]{36,}|\bxox[abprs]-[\w-]{10,}/g],
  // An AWS secret key is 40 characters of base64; demand all three kinds of character to spare words and numbers.
  [
    'secret key',
    /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
  ],
  ['e-mail address', /\b[\w.+-]{1,64}@(?!example\.(?:com|org|net)\b)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/gi],
];

/** Findings in order of position; at most 20. Addresses at example.com are made for documentation and pass. */
export function findSecrets(text: string): SecretFinding[] {
  const findings: SecretFinding[] = [];
  for (const [kind, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const from = match.index;
      findings.push({ kind, from, to: from + match[0].length, shown: `${match[0].slice(0, 6)}…` });
      if (findings.length >= 20) break;
    }
  }
  return findings.sort((a, b) => a.from - b.from).slice(0, 20);
}
