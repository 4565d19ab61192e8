/**
 * The first line of a link's payload: everything but the script, as compact JSON. Members with their default
 * value are left out. Names of members are part of the link format and must not change.
 */
import { defaultSettings, type WorldSettings } from '../protocol/types';
import { alphabet } from './base64url';
import type { LinkClaim, LinkContent } from './content';

type Header = Omit<LinkContent, 'script'>;

/** Length of one digest in characters of the base64url alphabet: 24 bits. */
export const digestLength = 4;

const newestMillis = Date.UTC(9999, 11, 31);
const versionPattern = /^[\w.+-]{1,32}$/;
/** Stands for a version that was not known: it explains a difference and is no reason not to open a link. */
export const unknownVersion = 'unknown';
const dayMillis = 86_400_000;
const memberNames = ['n', 't', 's', 'd', 'o', 'm', 'l', 'e', 'v', 'c', 'b', 'g'];

/** One line of JSON. */
export function packHeader({ name, settings, engineVersion, view, claim }: Header): string {
  const packed: Record<string, unknown> = {};
  if (name !== '') packed.n = name;
  if (settings.startMillis !== defaultSettings.startMillis) packed.t = settings.startMillis;
  if (settings.seed !== defaultSettings.seed) packed.s = settings.seed;
  if (settings.tableDelayMillis !== defaultSettings.tableDelayMillis) packed.d = settings.tableDelayMillis;
  if (settings.wording === 'older') packed.o = 1;
  // m: the clock is moved by hand only.
  if (!settings.autoAdvance) packed.m = 1;
  if (settings.latencyMillis !== defaultSettings.latencyMillis) packed.l = settings.latencyMillis;
  packed.e = versionPattern.test(engineVersion) ? engineVersion : unknownVersion;
  if (Object.keys(view).length > 0) packed.v = view;
  if (claim) {
    packed.c = claim.digests.join('');
    packed.b = claim.blocks;
    if (claim.group !== 1) packed.g = claim.group;
  }
  return JSON.stringify(packed);
}

/** The header, or what is wrong with it in words that continue "This link is not valid: ". */
export function unpackHeader(line: string, defaults: WorldSettings): Header | string {
  let packed: Record<string, unknown>;
  try {
    packed = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return 'its header is not JSON';
  }
  if (typeof packed !== 'object' || packed === null || Array.isArray(packed)) return 'its header is not an object';
  const unknown = Object.keys(packed).find((key) => !memberNames.includes(key));
  if (unknown !== undefined) return `its header has an unknown member “${unknown.slice(0, 20)}”`;

  const { n = '', t, s, d, o = 0, m = 0, l, e, v = {}, c, b, g = 1 } = packed;
  if (!isText(n, 100)) return 'its name is not a short text';
  if (typeof e !== 'string' || (e !== '' && !versionPattern.test(e))) return 'its engine version cannot be read';
  if (o !== 0 && o !== 1) return 'its wording setting cannot be read';
  if (m !== 0 && m !== 1) return 'its clock setting cannot be read';
  const startMillis = t ?? defaults.startMillis;
  if (!isInteger(startMillis, 0, newestMillis)) return 'its clock start is not a date';
  const seed = s ?? defaults.seed;
  if (!isInteger(seed, 0, Number.MAX_SAFE_INTEGER)) return 'its seed is not a number';
  const tableDelayMillis = d ?? defaults.tableDelayMillis;
  if (!isInteger(tableDelayMillis, 0, dayMillis)) return 'its table delay is out of range';
  const latencyMillis = l ?? defaults.latencyMillis;
  if (!isInteger(latencyMillis, 0, 60_000)) return 'its latency is out of range';
  if (!isView(v)) return 'its view cannot be read';
  const claim = readClaim(c, b, g);
  if (claim === undefined) return 'its claimed results cannot be read';
  return {
    name: n,
    engineVersion: e || unknownVersion,
    view: v,
    claim,
    settings: {
      startMillis,
      seed,
      tableDelayMillis,
      wording: o === 1 ? 'older' : 'newer',
      autoAdvance: m === 0,
      latencyMillis,
    },
  };
}

function readClaim(digests: unknown, blocks: unknown, group: unknown): LinkClaim | null | undefined {
  if (digests === undefined && blocks === undefined) return null;
  if (typeof digests !== 'string' || !isInteger(blocks, 1, 1_000_000) || !isInteger(group, 1, 1_000_000))
    return undefined;
  if (digests.length !== Math.ceil(blocks / group) * digestLength) return undefined;
  for (const sign of digests) if (!alphabet.includes(sign)) return undefined;
  const list: string[] = [];
  for (let at = 0; at < digests.length; at += digestLength) list.push(digests.slice(at, at + digestLength));
  return { digests: list, blocks, group };
}

function isInteger(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && !/[\u0000-\u001f\u007f]/.test(value);
}

function isView(value: unknown): value is { [key: string]: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= 8 && entries.every(([key, item]) => /^[a-zA-Z]{1,16}$/.test(key) && isText(item, 40));
}
