/**
 * A workspace as a file: one line of JSON, then the engine's frames as they are. Made by export, opened as a
 * scratch workspace; untrusted when opened.
 */
import { defaultSettings, type WorkspaceDocument } from '../protocol/types';
import { concatBytes } from './port';

const marker = 'sortkey-workspace';
const fileFormat = 1;
const headerBytesMax = 4 * 1024 * 1024;

export interface WorkspaceFile {
  document: WorkspaceDocument;
  clockMillis: number;
  /** Snapshot and journal frames. */
  frames: Uint8Array;
}

export function encodeWorkspaceFile(file: WorkspaceFile): Uint8Array {
  return concatBytes([headerOf(file), file.frames]);
}

/** The same from frames in pieces: each is handed to the browser before the next one is made, so they may be many. */
export function workspaceBlob(file: Omit<WorkspaceFile, 'frames'>, frames: Iterable<Uint8Array>): Blob {
  const parts = [new Blob([headerOf(file) as BlobPart])];
  for (const piece of frames) parts.push(new Blob([piece as BlobPart]));
  return new Blob(parts);
}

function headerOf({ document, clockMillis }: Omit<WorkspaceFile, 'frames'>): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ file: marker, format: fileFormat, clockMillis, document })}\n`);
}

/** Frames without a header, as older versions of the page offered unreadable parts for download. */
function bareFrames(bytes: Uint8Array): WorkspaceFile | null {
  if (bytes[0] !== 0x53 || bytes[1] !== 0x4b || bytes[2] !== 0x4a) return null;
  const document = { name: 'Without a name', script: '', settings: { ...defaultSettings }, view: {} };
  return { document, clockMillis: 0, frames: bytes };
}

/** The file, or words that say why it is none. */
export function decodeWorkspaceFile(bytes: Uint8Array): WorkspaceFile | string {
  const bare = bareFrames(bytes);
  if (bare) return bare;
  const headerTo = bytes.subarray(0, headerBytesMax).indexOf(0x0a);
  if (headerTo < 0) return 'This is not a workspace file.';
  let header: { file?: unknown; format?: unknown; clockMillis?: unknown; document?: unknown };
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, headerTo))) as typeof header;
  } catch {
    return 'This is not a workspace file.';
  }
  if (header?.file !== marker) return 'This is not a workspace file.';
  if (header.format !== fileFormat)
    return `This file has format ${String(header.format).slice(0, 10)}; this page reads format ${fileFormat}.`;
  const document = readDocument(header.document);
  if (!document || typeof header.clockMillis !== 'number' || !Number.isSafeInteger(header.clockMillis)) {
    return 'The beginning of this workspace file is damaged.';
  }
  return { document, clockMillis: header.clockMillis, frames: bytes.slice(headerTo + 1) };
}

function readDocument(value: unknown): WorkspaceDocument | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, script, settings, view } = value as { [key: string]: unknown };
  if (typeof name !== 'string' || typeof script !== 'string') return null;
  if (typeof settings !== 'object' || settings === null) return null;
  const given = settings as { [key: string]: unknown };
  const number = (key: keyof typeof defaultSettings, most: number): number => {
    const item = given[key];
    return typeof item === 'number' && Number.isSafeInteger(item) && item >= 0 && item <= most
      ? item
      : (defaultSettings[key] as number);
  };
  const texts = Object.entries(typeof view === 'object' && view !== null ? view : {}).filter(
    ([, item]) => typeof item === 'string',
  );
  return {
    name: name.slice(0, 100),
    script,
    view: Object.fromEntries(texts) as { [key: string]: string },
    settings: {
      startMillis: number('startMillis', Date.UTC(9999, 11, 31)),
      seed: number('seed', Number.MAX_SAFE_INTEGER),
      tableDelayMillis: number('tableDelayMillis', 86_400_000),
      latencyMillis: number('latencyMillis', 60_000),
      wording: given.wording === 'older' ? 'older' : 'newer',
      autoAdvance: given.autoAdvance !== false,
    },
  };
}
