/** What a browser's storage may answer instead of doing its work, in the words of the port. */
import { StoreError, storeFormat } from './port';

export const forbiddenMessage = 'This browser keeps no data for this page.';

/**
 * True for a failure to open that no second try will mend: site data blocked, a frame of another site, a browser mode without
 * storage. Chromium answers SecurityError, or UnknownError with these words; Firefox SecurityError or InvalidStateError.
 */
export function isForbidden(error: unknown): boolean {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  return name === 'SecurityError' || name === 'InvalidStateError' || /denied permission|access .*denied/i.test(message);
}

export function newerFormat(format: number): StoreError {
  return new StoreError(
    'newer-format',
    `This workspace was saved by a newer version of the page (format ${format}; this one reads up to ${storeFormat}).`,
  );
}

export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { name = '', message = String(error) } = (error ?? {}) as { name?: string; message?: string };
  const because = { cause: error };
  if (name === 'VersionError') {
    return new StoreError('newer-format', 'The workspaces were stored by a newer version of the page.', because);
  }
  if (name === 'QuotaExceededError') {
    return new StoreError('full', 'The browser has no room left for this workspace.', because);
  }
  return new StoreError(
    'unavailable',
    `The browser’s storage did not answer (${name || 'error'}: ${message}).`,
    because,
  );
}
