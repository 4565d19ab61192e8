/**
 * The link codec: `#1.<codec><flags>.<payload>.<check>`.
 *
 *     1          version of this grammar
 *     d1         deflate (raw) with dictionary 1
 *     n<base36>  flag: characters of the payload. It stands at the front, so a link that lost its end still knows how long it was
 *     payload    base64url of the deflated text: one line of JSON (settings, claims), then the script as it is
 *     check      CRC-32 of everything before it, seven base36 digits: a link never ends in a sign that mail and chat programs cut off
 *
 * What comes from a link is untrusted: its text is bounded, inflating is bounded, then everything is validated.
 * Nothing here throws; a failure is a value that says what happened.
 */
import { Inflate, deflateSync, strToU8 } from 'fflate';
import { count } from '../protocol/words';
import { defaultSettings } from '../protocol/types';
import { fromBase64Url, toBase64Url } from './base64url';
import type { LinkContent } from './content';
import { crc32 } from './crc32';
import { dictionary1 } from './dictionary1';
import { packHeader, unpackHeader } from './header';

/** Bounds of what is made and accepted. */
export const linkLimits = Object.freeze({
  /** Characters of the fragment. */
  linkCharactersMax: 65_536,
  /** Bytes after inflating. */
  inflatedBytesMax: 1_048_576,
});

export type LinkFaultCode = 'not-a-link' | 'newer' | 'cut' | 'damaged' | 'too-big' | 'invalid';

export interface LinkFault {
  code: LinkFaultCode;
  /** Words for the screen. */
  message: string;
  /** For cut: characters there are, and characters there should be. */
  got?: number;
  total?: number;
}

export type DecodedLink = { ok: true; content: LinkContent } | { ok: false; fault: LinkFault };
export type EncodedLink = { ok: true; hash: string } | { ok: false; fault: LinkFault };

const checkLength = 7;
const dictionary = strToU8(dictionary1);

/** True when a fragment claims to be a link of any version, readable or not. */
export function isLink(hash: string): boolean {
  return /^#?\d{1,3}(\.|%2e)/i.test(hash);
}

/** Makes the fragment, with its #. Fails only with 'too-big'. */
export function encodeLink(content: LinkContent): EncodedLink {
  const bytes = strToU8(`${packHeader(content)}\n${content.script}`);
  const payload = toBase64Url(deflateSync(bytes, { level: 9, mem: 10, dictionary }));
  const head = `1.d1n${payload.length.toString(36)}.${payload}.`;
  const hash = `#${head}${checkOf(head)}`;
  if (hash.length > linkLimits.linkCharactersMax || bytes.length > linkLimits.inflatedBytesMax) {
    return fault(
      'too-big',
      `This is too much for a link (${count(hash.length)} characters). Save it as a file instead.`,
    );
  }
  return { ok: true, hash };
}

/** Reads a fragment, with or without its #. */
export function decodeLink(hash: string): DecodedLink {
  const first = decodeOnce(hash);
  if (first.ok || !hash.includes('%') || hash.length > linkLimits.linkCharactersMax * 3) return first;
  // Some chat and mail programs escape the fragment once more on the way.
  let unescaped: string;
  try {
    unescaped = decodeURIComponent(hash);
  } catch {
    return first;
  }
  const second = decodeOnce(unescaped);
  return second.ok || first.fault.code === 'not-a-link' ? second : first;
}

function decodeOnce(hash: string): DecodedLink {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text.length > linkLimits.linkCharactersMax) {
    return fault(
      'too-big',
      `This link has ${count(text.length)} characters; at most ${count(linkLimits.linkCharactersMax)} are accepted.`,
    );
  }
  const version = /^(\d{1,3})\./.exec(text)?.[1];
  if (version === undefined) return fault('not-a-link', 'This address holds no shared script.');
  if (version !== '1')
    return fault(
      'newer',
      `This link has format ${version}; this page reads format 1. Reload the page to get the newest version.`,
    );
  const head = /^1\.([a-z]\d+)((?:[a-z][0-9a-z]*)?)\./.exec(text);
  if (!head) {
    return /^1\.[0-9a-z]*$/.test(text)
      ? fault('cut', `This link was cut: only its first ${count(text.length)} characters arrived.`, text.length)
      : fault('damaged', 'This link is damaged: its beginning cannot be read.');
  }
  const [prefix, codec, flags] = head;
  const length = /^n([0-9a-z]{1,6})$/.exec(flags!)?.[1];
  if (codec !== 'd1' || length === undefined) {
    return fault(
      'newer',
      `This link was written in a way this page does not know (${codec}${flags}). Reload the page to get the newest version.`,
    );
  }
  const total = prefix!.length + Number.parseInt(length, 36) + 1 + checkLength;
  if (text.length < total) {
    return fault(
      'cut',
      `This link was cut: ${count(text.length)} of ${count(total)} characters arrived.`,
      text.length,
      total,
    );
  }
  // What stands behind the check field (a bracket, a full stop) was added by the text around the link.
  const payloadTo = total - checkLength - 1;
  if (
    text[payloadTo] !== '.' ||
    checkOf(text.slice(0, payloadTo + 1)) !== text.slice(payloadTo + 1, total).toLowerCase()
  ) {
    return fault('damaged', 'This link is damaged: some of its characters were changed on the way.');
  }
  return readPayload(text.slice(prefix!.length, payloadTo));
}

function readPayload(payload: string): DecodedLink {
  const deflated = fromBase64Url(payload);
  const inflated = deflated && inflateBounded(deflated);
  if (inflated === 'too-big') {
    return fault(
      'too-big',
      `This link unpacks to more than ${count(linkLimits.inflatedBytesMax)} bytes and was not opened.`,
    );
  }
  let text: string;
  try {
    if (!inflated) throw new Error('not deflate');
    // ignoreBOM: a byte-order mark at the start of a script belongs to it.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(inflated);
  } catch {
    return fault('damaged', 'This link is damaged: its content cannot be unpacked.');
  }
  const headerTo = text.indexOf('\n');
  const header = headerTo < 0 ? 'it has no header' : unpackHeader(text.slice(0, headerTo), defaultSettings);
  if (typeof header === 'string') return fault('invalid', `This link is not valid: ${header}.`);
  return { ok: true, content: { ...header, script: text.slice(headerTo + 1) } };
}

/** Inflates piece by piece; a piece of 256 bytes can give at most 1,032 times as much, so memory stays bounded too. */
function inflateBounded(deflated: Uint8Array): Uint8Array | 'too-big' | null {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let finished = false;
  const inflate = new Inflate({ dictionary }, (piece, final) => {
    pieces.push(piece.slice());
    size += piece.length;
    finished ||= final;
  });
  const step = 256;
  try {
    for (let at = 0; at < deflated.length; at += step) {
      inflate.push(deflated.subarray(at, at + step), at + step >= deflated.length);
      if (size > linkLimits.inflatedBytesMax) return 'too-big';
    }
  } catch {
    return null;
  }
  if (!finished) return null;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function checkOf(head: string): string {
  return crc32(strToU8(head)).toString(36).padStart(checkLength, '0');
}

function fault(code: LinkFaultCode, message: string, got?: number, total?: number): { ok: false; fault: LinkFault } {
  const value: LinkFault = { code, message };
  if (got !== undefined) value.got = got;
  if (total !== undefined) value.total = total;
  return { ok: false, fault: value };
}
