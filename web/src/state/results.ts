/**
 * Results that come back after a reload: the newest ones, as text beside the document, bounded, and checked when they are read
 * again, because what is stored may be of another version of the page.
 */
import type { Block, BlockResult, Explanation, Json, WorldEvent } from '../protocol/types';
import { blockText } from '../script';
import type { BlockOutcome, PlaygroundState } from './types';

const format = 1;
const resultsMax = 200;
/** Characters of one result, and of all together. */
const oneMax = 64 * 1024;
const allMax = 256 * 1024;

type Kept = Omit<BlockResult, 'response' | 'request'> & { request: { operation: string; body: string } };

/** The results on the screen as text; null when there are none. */
export function keepResults(state: Pick<PlaygroundState, 'outcomes' | 'history' | 'selected'>): string | null {
  const ranOn = new Map(state.history.map((result, turn) => [result, turn]));
  const newest = state.outcomes
    .flatMap((outcome, block) => (outcome ? [{ outcome, block, turn: ranOn.get(outcome.result) ?? -1 }] : []))
    .sort((a, b) => b.turn - a.turn || b.block - a.block);
  if (newest.length === 0) return null;
  const kept: string[] = [];
  let size = 0;
  for (const { outcome, block } of newest.slice(0, resultsMax)) {
    const text = `{"block":${block},"text":${JSON.stringify(outcome.text)},"result":${textOf(outcome.result)}}`;
    if (text.length > oneMax || size + text.length > allMax) continue;
    size += text.length;
    kept.push(text);
  }
  const head = { format, selected: state.selected, leftOut: newest.length - kept.length };
  return `${JSON.stringify(head).slice(0, -1)},"results":[${kept.reverse().join(',')}]}`;
}

export interface ReadResults {
  outcomes: (BlockOutcome | null)[];
  /** In the order they ran. */
  history: BlockResult[];
  selected: number | null;
  /** How many were too large to be kept. */
  leftOut: number;
}

/** Puts kept results beside the blocks of the script they belong to; what cannot be read or placed is left out. */
export function readResults(text: string | undefined, script: string, blocks: readonly Block[]): ReadResults {
  const outcomes = blocks.map((): BlockOutcome | null => null);
  const nothing: ReadResults = { outcomes, history: [], selected: null, leftOut: 0 };
  if (text === undefined || text.length > allMax * 2) return nothing;
  const head = asObject(parse(text));
  if (head?.format !== format || !Array.isArray(head.results)) return nothing;
  const history: BlockResult[] = [];
  for (const entry of (head.results as Json[]).slice(0, resultsMax)) {
    const { block: at, text: ranText, result } = asObject(entry) ?? {};
    const block = typeof at === 'number' ? blocks[at] : undefined;
    const read = readResult(result);
    if (!block || !read || typeof ranText !== 'string' || outcomes[at as number]) continue;
    if (read.name !== (block.kind === 'directive' ? `@${block.name}` : block.name)) continue;
    outcomes[at as number] = { result: read, text: ranText, stale: ranText !== blockText(script, block) };
    history.push(read);
  }
  const selected = typeof head.selected === 'number' && outcomes[head.selected] ? head.selected : null;
  return { outcomes, history, selected, leftOut: typeof head.leftOut === 'number' ? head.leftOut : 0 };
}

/** Results never change, so each is written once. */
const texts = new WeakMap<BlockResult, string>();

function textOf(result: BlockResult): string {
  const known = texts.get(result);
  if (known !== undefined) return known;
  const { response: _response, request, ...rest } = result;
  const kept: Kept = { ...rest, request: { operation: request.operation, body: request.body } };
  const text = JSON.stringify(kept);
  texts.set(result, text);
  return text;
}

function readResult(value: Json | undefined): BlockResult | null {
  const kept = asObject(value);
  const request = asObject(kept?.request);
  const consumed = asObject(kept?.consumed);
  if (!kept || !request || !consumed) return null;
  const { block, line, name, ok, status, raw, events, startedMillis, endedMillis, ms, error, explanation } = kept;
  const { operation, body } = request;
  const { read, write } = consumed;
  if (!areNumbers(block, line, status, startedMillis, endedMillis, ms, read, write)) return null;
  if (typeof name !== 'string' || typeof ok !== 'boolean' || typeof raw !== 'string') return null;
  if (typeof operation !== 'string' || typeof body !== 'string' || !Array.isArray(events)) return null;
  if (!events.every(isEvent) || !(error === undefined || isFault(error))) return null;
  if (!(explanation === undefined || isExplanation(explanation))) return null;
  return {
    ...(kept as unknown as Kept),
    request: { operation, body, input: operation.startsWith('@') ? null : parse(body) },
    response: parse(raw),
  };
}

function isEvent(value: Json): boolean {
  const event = asObject(value) as Partial<Record<keyof WorldEvent, Json>> | null;
  return event !== null && areNumbers(event.at) && typeof event.kind === 'string';
}

function isFault(value: Json): boolean {
  const fault = asObject(value);
  return typeof fault?.name === 'string' && typeof fault.message === 'string' && asObject(fault.fields) !== null;
}

function isExplanation(value: Json): boolean {
  const { Operation, Arms, Items } = (asObject(value) ?? {}) as Partial<Record<keyof Explanation, Json>>;
  const objects = (list: Json | undefined): boolean => Array.isArray(list) && list.every((item) => asObject(item));
  return typeof Operation === 'string' && objects(Arms) && objects(Items);
}

function areNumbers(...values: (Json | undefined)[]): boolean {
  return values.every((value) => typeof value === 'number' && Number.isFinite(value));
}

function asObject(value: Json | undefined): { [key: string]: Json } | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

function parse(text: string): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
