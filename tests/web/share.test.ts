/**
 * Links: whatever is shared must come back exactly, old links must open for ever, and a link that was cut,
 * changed or made to do harm must be answered with words, never with a crash or a full memory.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import {
  compareResults,
  decodeLink,
  digestResults,
  encodeLink,
  findSecrets,
  isLink,
  linkLimits,
  shareTargets,
  type LinkContent,
  type LinkFaultCode,
} from '../../web/src/share';
import { toBase64Url } from '../../web/src/share/base64url';
import { crc32 } from '../../web/src/share/crc32';
import { dictionary1 } from '../../web/src/share/dictionary1';
import { defaultSettings } from '../../web/src/protocol/types';

const plain: LinkContent = {
  name: 'Music',
  script: 'PutItem {\n  "TableName": "Music",\n  "Item": { "Artist": { "S": "Acme Band" } }\n}\n',
  settings: { ...defaultSettings },
  engineVersion: '0.1.0',
  view: { tab: 'cost' },
  claim: { digests: ['AbC1'], blocks: 1, group: 1 },
};

function hashOf(content: LinkContent): string {
  const encoded = encodeLink(content);
  if (!encoded.ok) throw new Error(encoded.fault.message);
  return encoded.hash;
}

/** The one door for bad links: what is said about it. */
function checkFault(hash: string, code: LinkFaultCode, words: RegExp): void {
  const decoded = decodeLink(hash);
  expect(decoded.ok ? 'opened' : decoded.fault.code).toBe(code);
  if (!decoded.ok) expect(decoded.fault.message).toMatch(words);
}

/** A link around any payload, with a right length and check: what an attacker would make. */
function forge(payload: Uint8Array | string): string {
  const text = typeof payload === 'string' ? payload : toBase64Url(payload);
  const head = `1.d1n${text.length.toString(36)}.${text}.`;
  return `#${head}${crc32(strToU8(head)).toString(36).padStart(7, '0')}`;
}

function forgeText(text: string): string {
  return forge(deflateSync(strToU8(text), { level: 9, dictionary: strToU8(dictionary1) }));
}

describe('round trip', () => {
  test('a link is URL-safe, ends in a letter or digit, and opens', () => {
    const hash = hashOf(plain);
    expect(hash).toMatch(/^#1\.d1n[0-9a-z]+\.[\w-]+\.[0-9a-z]{7}$/);
    expect(isLink(hash)).toBe(true);
    expect(decodeLink(hash)).toEqual({ ok: true, content: plain });
  });

  test('any text: emoji, NUL, CJK, byte-order marks, line ends; any settings', () => {
    const settings = fc.record({
      startMillis: fc.integer({ min: 0, max: 253_402_214_400_000 }),
      seed: fc.maxSafeNat(),
      tableDelayMillis: fc.integer({ min: 0, max: 86_400_000 }),
      wording: fc.constantFrom('newer' as const, 'older' as const),
      autoAdvance: fc.boolean(),
      latencyMillis: fc.integer({ min: 0, max: 60_000 }),
    });
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2000 }),
      fc
        .array(fc.constantFrom('🎵', '\u0000', '日本', '\r\n', '\ufeff', 'PutItem {', '%', '\\', '"'), {
          maxLength: 50,
        })
        .map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, settings, fc.boolean(), (script, set, claimed) => {
        const content: LinkContent = { ...plain, script, settings: set, claim: claimed ? plain.claim : null };
        const hash = hashOf(content);
        expect(decodeLink(hash)).toEqual({ ok: true, content });
        expect(decodeLink(encodeURIComponent(hash))).toEqual({ ok: true, content });
        expect(decodeLink(`${hash.slice(1)}).`)).toEqual({ ok: true, content });
      }),
      { numRuns: 200 },
    );
  });

  test('too much for a link is said, not made', () => {
    let state = 1;
    const noise = Array.from({ length: 60_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return String.fromCharCode(33 + (state % 90));
    }).join('');
    const encoded = encodeLink({ ...plain, script: noise });
    expect(encoded.ok ? 'made' : encoded.fault.code).toBe('too-big');
    expect(encodeLink({ ...plain, script: 'a'.repeat(linkLimits.inflatedBytesMax) }).ok).toBe(false);
  });
});

describe('links of released versions open for ever', () => {
  const golden = JSON.parse(readFileSync(join(__dirname, 'links.golden.json'), 'utf8')) as {
    what: string;
    link: string;
    content: LinkContent;
  }[];
  test.each(golden)('$what', ({ link, content }) => {
    expect(decodeLink(link)).toEqual({ ok: true, content });
  });
  test('dictionary 1 is frozen', () => {
    expect([strToU8(dictionary1).length, crc32(strToU8(dictionary1)).toString(16)]).toEqual([2813, '8b989ce1']);
  });
});

test('a version that is not known is no reason not to open a link', () => {
  for (const engineVersion of ['', 'not one', 'x'.repeat(33)]) {
    const decoded = decodeLink(hashOf({ ...plain, engineVersion }));
    expect(decoded).toEqual({ ok: true, content: { ...plain, engineVersion: 'unknown' } });
  }
  const empty = decodeLink(forgeText('{"e":""}\nListTables {}\n'));
  expect(empty).toMatchObject({ ok: true, content: { engineVersion: 'unknown', script: 'ListTables {}\n' } });
});

describe('bad links', () => {
  const hash = hashOf(plain);

  test('cut anywhere behind its beginning: says how much arrived', () => {
    for (let length = 12; length < hash.length; length++) {
      const decoded = decodeLink(hash.slice(0, length));
      expect(decoded).toMatchObject({ ok: false, fault: { code: 'cut', got: length - 1, total: hash.length - 1 } });
    }
    checkFault(hash.slice(0, 40), 'cut', /^This link was cut: 39 of \d+ characters arrived\.$/);
    checkFault('#1.d1', 'cut', /only its first 4 characters/);
  });

  test('any changed character is noticed', () => {
    for (let at = 1; at < hash.length; at++) {
      const changed = hash.slice(0, at) + (hash[at] === 'x' ? 'y' : 'x') + hash.slice(at + 1);
      expect(decodeLink(changed).ok).toBe(false);
    }
  });

  test.each<[string, string, LinkFaultCode, RegExp]>([
    ['nothing', '', 'not-a-link', /no shared script/],
    ['another fragment', '#lesson:keys', 'not-a-link', /no shared script/],
    ['a newer version', '#2.x.y.z', 'newer', /format 2/],
    ['a newer codec', hash.replace('.d1', '.b1'), 'newer', /does not know \(b1/],
    ['a newer flag', '#1.d1z5.abcde.0000000', 'newer', /does not know/],
    ['far too long', `#1.d1n9999.${'a'.repeat(70_000)}`, 'too-big', /at most 65,536/],
    ['not base64', forge('a!b'), 'damaged', /cannot be unpacked/],
    ['not deflate', forge(new Uint8Array([255, 254, 253])), 'damaged', /cannot be unpacked/],
    ['empty', forge(''), 'damaged', /cannot be unpacked/],
    [
      'not UTF-8',
      forge(deflateSync(new Uint8Array([0x7b, 0xff, 0x0a]), { dictionary: strToU8(dictionary1) })),
      'damaged',
      /cannot be unpacked/,
    ],
    ['a bomb', forge(deflateSync(new Uint8Array(20_000_000))), 'too-big', /unpacks to more than 1,048,576/],
    ['no header', forgeText('no line end'), 'invalid', /no header/],
    ['header not JSON', forgeText('x\nscript'), 'invalid', /not JSON/],
    ['header a list', forgeText('[]\nscript'), 'invalid', /not an object/],
    ['unknown member', forgeText('{"e":"1","__proto__":1}\n'), 'invalid', /unknown member/],
    ['no version', forgeText('{}\n'), 'invalid', /engine version/],
    ['clock beyond time', forgeText('{"e":"1","t":1e300}\n'), 'invalid', /clock start/],
    ['fractional seed', forgeText('{"e":"1","s":0.5}\n'), 'invalid', /seed/],
    ['name with line ends', forgeText('{"e":"1","n":"a\\nb"}\n'), 'invalid', /name/],
    ['view with markup keys', forgeText('{"e":"1","v":{"<b>":"x"}}\n'), 'invalid', /view/],
    ['claims of wrong length', forgeText('{"e":"1","c":"abc","b":1}\n'), 'invalid', /claimed results/],
    ['claims of wrong signs', forgeText('{"e":"1","c":"ab!c","b":1}\n'), 'invalid', /claimed results/],
  ])('%s', (_, link, code, words) => checkFault(link, code, words));

  test('any text: a value, never an exception', () => {
    const near = fc
      .tuple(fc.nat(hash.length), fc.nat(20), fc.string())
      .map(([at, count, text]) => hash.slice(0, at) + text + hash.slice(at + count));
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (link) => {
        const decoded = decodeLink(link);
        if (!decoded.ok) expect(decoded.fault.message).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  test('forged payloads: any bytes, right check', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeLink(forge(bytes)).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('claims', () => {
  const answers = (count: number) => Array.from({ length: count }, (_, i) => ({ status: 200, raw: `{"Count":${i}}` }));

  test('the same bytes reproduce; a changed, failed or missing block is named', () => {
    const claim = digestResults(answers(4))!;
    expect(compareResults(claim, answers(4))).toEqual({
      state: 'reproduced',
      blocks: 4,
      errors: 0,
      differences: [],
    });
    const other: ({ status: number; raw: string } | null)[] = answers(4);
    other[1] = { status: 400, raw: other[1]!.raw };
    other[3] = null;
    expect(compareResults(claim, other)).toEqual({
      state: 'differs',
      blocks: 4,
      errors: 1,
      differences: [
        { block: 1, blocks: 1, kind: 'differs' },
        { block: 3, blocks: 1, kind: 'missing' },
      ],
    });
    expect(compareResults(claim, answers(5)).differences).toEqual([{ block: 4, blocks: 1, kind: 'missing' }]);
    expect(digestResults([])).toBeNull();
  });

  test('a long script has at most 64 digests', () => {
    const claim = digestResults(answers(1000))!;
    expect([claim.digests.length, claim.group]).toEqual([63, 16]);
    const changed = answers(1000);
    changed[999]!.raw = '{}';
    expect(compareResults(claim, changed).differences).toEqual([{ block: 992, blocks: 8, kind: 'differs' }]);
  });
});

describe('before sharing', () => {
  test('secrets are found, documentation examples and ordinary words are not', () => {
    const text = [
      'AKIAABCDEFGHIJKLMNOP',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'mail jane.roe+x@acme.co.uk or joe@example.com',
      '-----BEGIN RSA PRIVATE KEY-----',
      'arn:aws:dynamodb:us-east-1:000000000000:table/Music CUSTOMER#0000000000000000000000000000000001',
    ].join('\n');
    expect(findSecrets(text).map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual([
      ['access key', 'AKIAABCDEFGHIJKLMNOP'],
      ['secret key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
      ['e-mail address', 'jane.roe+x@acme.co.uk'],
      ['private key', '-----BEGIN RSA PRIVATE KEY-----'],
    ]);
  });

  test('lengths have traffic lights', () => {
    expect(shareTargets(1700).map(({ name, fits }) => `${name} ${fits}`)).toEqual([
      'Discord tight',
      'Slack yes',
      'GitHub yes',
      'Stack Overflow yes',
    ]);
    expect(shareTargets(9000).map(({ fits }) => fits)).toEqual(['no', 'no', 'no', 'yes']);
  });
});
