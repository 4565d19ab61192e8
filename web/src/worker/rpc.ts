/**
 * What crosses the worker boundary. One remote method carries every call of the Playground, so the client is
 * derived from one list; answers are plain envelopes, because an Error loses its code on the way.
 */
import type { DatasetProgress, Json, LoadProgress, RehearsalProgress, StatusChange } from '../protocol/types';
import { PlaygroundError, type Playground, type PlaygroundErrorCode } from './api';

export type PlaygroundMethod = keyof Playground;

export type Reply =
  | { ok: true; value: unknown }
  | { ok: false; code: PlaygroundErrorCode; message: string; fields: { [key: string]: Json } };

/** What a long call tells on its way. */
export type CallProgress = LoadProgress | DatasetProgress | RehearsalProgress;

/** Things that happen during a call, by call number; status changes belong to no call. */
export type Notice = { call: number; progress: CallProgress } | { call: 0; status: StatusChange };

export interface RemotePlayground {
  /** `call` numbers the call, for its progress and for cancel. */
  invoke(call: number, method: PlaygroundMethod, args: unknown[]): Promise<Reply>;
  /** Aborts the signal of a running call. */
  cancel(call: number): void;
}

/**
 * Notices travel as plain messages beside comlink's own (which ignores what has no id), on the same port, so
 * that a notice always arrives before the answer of the call it belongs to.
 */
export interface NoticeMessage {
  sortkeyNotice: Notice;
}

export function isNotice(data: unknown): data is NoticeMessage {
  return typeof data === 'object' && data !== null && 'sortkeyNotice' in data;
}

/** Where the options with callbacks stand among the arguments; they are replaced on the way. */
export const optionsAt: Partial<Record<PlaygroundMethod, number>> = { open: 1, runBlock: 2, load: 1, rehearse: 2 };

export function errorReply(error: unknown): Reply {
  if (error instanceof PlaygroundError) {
    return { ok: false, code: error.code, message: error.message, fields: error.fields };
  }
  return { ok: false, code: 'Internal', message: error instanceof Error ? error.message : String(error), fields: {} };
}
