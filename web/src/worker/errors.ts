/** One place where everything that can go wrong in the worker becomes a PlaygroundError. */
import { StoreError } from '../persistence';
import type { Json } from '../protocol/types';
import { PlaygroundError } from './api';
import { isEngineStopped } from './engine-door';
import { LocalFault, ServiceRefusal } from './faults';

/** Traps have no words of their own; nearly all of them are an allocation that failed. */
export const engineStoppedWords = 'The engine stopped, most likely because its memory was full';

export function toPlaygroundError(error: unknown): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  if (error instanceof LocalFault) {
    const codes = {
      Cancelled: 'Cancelled',
      NotOwner: 'NotOwner',
      NotReady: 'NotOpen',
      LoadFailed: 'DatasetLoad',
      ScriptError: 'Internal',
    } as const;
    return new PlaygroundError(codes[error.code], error.message);
  }
  if (error instanceof ServiceRefusal) {
    const { name, message, fields } = error.fault;
    return new PlaygroundError('Service', `${name}: ${message}`, { name, message, fields });
  }
  if (isEngineStopped(error)) return new PlaygroundError('EngineStopped', `${engineStoppedWords}.`);
  if (error instanceof StoreError) return new PlaygroundError('Storage', error.message, { store: error.code });
  const message = error instanceof Error ? error.message : String(error);
  const fields: { [key: string]: Json } = error instanceof Error && error.stack ? { stack: error.stack } : {};
  return new PlaygroundError('Internal', message, fields);
}
