/**
 * Verification of Signature Version 4, in the order of the service's own checks
 * (docs.aws.amazon.com: "Create a signed AWS API request"). The body is hashed as it was
 * sent, before any content encoding is undone.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isRegion } from '../client/region';
import { queryOf, type Signature, signatureOf } from './authorization';
import type { FrontError } from './reply';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SERVICE = 'dynamodb';
const TERMINATOR = 'aws4_request';
const SKEW_MILLIS = 15 * 60_000;
const SKEW_TEXT = '15 min.';

/** What a signature is checked against. Every Region is here, so any may be signed for. */
export interface Credentials {
  accessKey: string;
  secretKey: string;
}

/**
 * Checks the signature of a request whose form is right.
 * @returns the service's error, or null if the signature is valid at `nowMillis`
 */
export function signatureError(
  request: IncomingMessage,
  body: Buffer,
  secret: Credentials,
  nowMillis: number,
): FrontError | null {
  const given = signatureOf(request.headers, request.url ?? '/');
  const date = basicDate(given.date);
  if (date === null) {
    return incomplete(
      `Date must be in ISO-8601 'basic format'. Got '${given.date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return (
    ageError(date, given.expires, nowMillis) ??
    headersError(given) ??
    credentialError(given, date, secret) ??
    (matches(request, body, given, date, secret) ? null : MISMATCH)
  );
}

const MISMATCH: FrontError = {
  name: 'InvalidSignatureException',
  message:
    'The request signature we calculated does not match the signature you provided. ' +
    'Check your AWS Secret Access Key and signing method. ' +
    'Consult the service documentation for details.',
};

function ageError(date: string, expires: string | undefined, now: number): FrontError | null {
  const at = millisOf(date);
  const forward = at - SKEW_MILLIS;
  const lifetime = expires === undefined ? SKEW_MILLIS : Number(expires) * 1000;
  const nowText = basicText(now);
  if (!(now <= at + lifetime)) {
    const limit = basicText(now - lifetime);
    const allowed = expires === undefined ? SKEW_TEXT : `${expires} sec.`;
    return invalid(`Signature expired: ${date} is now earlier than ${limit} (${nowText} - ${allowed})`);
  }
  if (now < forward) {
    return invalid(
      `Signature not yet current: ${date} is still later than ${basicText(now + SKEW_MILLIS)} (${nowText} + ${SKEW_TEXT})`,
    );
  }
  return null;
}

function headersError(given: Signature): FrontError | null {
  if (!given.signedHeaders.toLowerCase().split(';').includes('host')) {
    return invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }
  if (given.algorithm !== ALGORITHM) {
    return incomplete(`Unsupported AWS 'algorithm': '${given.algorithm}' (only ${ALGORITHM} for now). `);
  }
  return null;
}

function credentialError(given: Signature, date: string, secret: Credentials): FrontError | null {
  const parts = given.credential.replace(/\/+$/, '').split('/');
  if (parts.length !== 5) {
    return incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${given.credential}'`,
    );
  }
  const [keyId, day, region, service, term] = parts as [string, string, string, string, string];
  const complaints: string[] = [];
  if (!isRegion(region)) {
    complaints.push(`Credential should be scoped to a valid region, not '${region}'.`);
  }
  if (service !== SERVICE) {
    complaints.push(`Credential should be scoped to correct service: '${SERVICE}'.`);
  }
  if (term !== TERMINATOR) {
    complaints.push(`Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${term}'.`);
  }
  if (day !== date.slice(0, 8)) {
    complaints.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${date.slice(0, 8)}', from '${date}'.`,
    );
  }
  if (complaints.length > 0) return invalid(complaints.join(' '));
  if (!equal(keyId, secret.accessKey)) {
    return {
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    };
  }
  return null;
}

function matches(request: IncomingMessage, body: Buffer, given: Signature, date: string, secret: Credentials): boolean {
  const names = given.signedHeaders.toLowerCase().split(';');
  const url = request.url ?? '/';
  const path = url.split('?', 1)[0]!;
  const canonical = [
    request.method,
    path.split('/').map(encode).join('/') || '/',
    canonicalQuery(url),
    ...names.map((name) => `${name}:${headerValue(request.rawHeaders, name)}`),
    '',
    given.signedHeaders.toLowerCase(),
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const region = given.credential.split('/')[2]!;
  const scope = [date.slice(0, 8), region, SERVICE, TERMINATOR];
  const hash = createHash('sha256').update(canonical).digest('hex');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secret.secretKey}`);
  const expected = hmac(key, [ALGORITHM, date, scope.join('/'), hash].join('\n')).toString('hex');
  return equal(given.signature, expected);
}

/** Everything but the signature itself, sorted by name and value as sent. */
function canonicalQuery(url: string): string {
  return [...queryOf(url)]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All values of a header, in the order sent, with runs of spaces taken as one. */
function headerValue(rawHeaders: string[], name: string): string {
  const values: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]!.toLowerCase() === name) {
      values.push(rawHeaders[i + 1]!.trim().replace(/ +/g, ' '));
    }
  }
  return values.join(',');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Compares in time that depends on nothing secret. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** `20260601T000000Z` from that form or any that HTTP's Date header may have; null if neither. */
function basicDate(text: string): string | null {
  if (/^\d{8}T\d{6}Z$/.test(text)) return Number.isNaN(millisOf(text)) ? null : text;
  const millis = Date.parse(text);
  return Number.isNaN(millis) || /^\d+$/.test(text) ? null : basicText(millis);
}

function millisOf(basic: string): number {
  return Date.parse(basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function basicText(millis: number): string {
  if (!Number.isFinite(millis)) return 'an unknown time';
  return new Date(millis).toISOString().replace(/[-:]|\.\d+/g, '');
}

function incomplete(message: string): FrontError {
  return { name: 'IncompleteSignatureException', message };
}

function invalid(message: string): FrontError {
  return { name: 'InvalidSignatureException', message };
}
