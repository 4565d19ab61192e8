/**
 * Is a request signed at all, and in the right form? The texts and their order were observed
 * at the real service (api.md §1; dynalite's suite checks them). Whether the signature is
 * *right* is another module's question and asked only if the endpoint knows a secret.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { FrontError } from './reply';

/** A request's signature in its parts, wherever it was. */
export interface Signature {
  algorithm: string;
  credential: string;
  signature: string;
  signedHeaders: string;
  date: string;
  /** Seconds a query-string signature is valid for; undefined with a header. */
  expires?: string;
}

// What every SDK sends. Anything else is taken apart below, which is slower and complains.
const USUAL_HEADER = /^AWS4-[\w-]+ Credential=[^,\s=]+, ?SignedHeaders=[^,\s=]+, ?Signature=[^,\s=]+$/;

const HEADER_PARAMETERS = ['Credential', 'Signature', 'SignedHeaders'] as const;
const QUERY_PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
] as const;

/** The error of a missing, doubled or incomplete signature; null if its form is right. */
export function formError(headers: IncomingHttpHeaders, url: string): FrontError | null {
  const header = headers.authorization;
  const dated = headers['x-amz-date'] !== undefined || headers.date !== undefined;
  if (url === '/' && dated && header !== undefined && USUAL_HEADER.test(header)) return null;

  const query = queryOf(url);
  const inQuery = query.has('X-Amz-Algorithm');
  if (header && inQuery) {
    return {
      name: 'InvalidSignatureException',
      message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    };
  }
  if (header ? !header.trim().startsWith('AWS4-') : !inQuery) {
    return {
      name: 'MissingAuthenticationTokenException',
      message: 'Request is missing Authentication Token',
    };
  }
  const message = header
    ? headerComplaints(header, Boolean(headers['x-amz-date'] || headers.date))
    : queryComplaints(query);
  return message === '' ? null : { name: 'IncompleteSignatureException', message };
}

/** The signature of a request whose form is right. */
export function signatureOf(headers: IncomingHttpHeaders, url: string): Signature {
  const header = headers.authorization;
  if (header) {
    const parameters = headerParameters(header);
    return {
      algorithm: header.trim().split(' ', 1)[0]!,
      credential: parameters.get('Credential') ?? '',
      signature: parameters.get('Signature') ?? '',
      signedHeaders: parameters.get('SignedHeaders') ?? '',
      date: String(headers['x-amz-date'] ?? headers.date ?? ''),
    };
  }
  const query = queryOf(url);
  return {
    algorithm: query.get('X-Amz-Algorithm') ?? '',
    credential: query.get('X-Amz-Credential') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    date: query.get('X-Amz-Date') ?? '',
    expires: query.get('X-Amz-Expires') ?? '900',
  };
}

/** The parameters of a request's query string. */
export function queryOf(url: string): URLSearchParams {
  const mark = url.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
}

function headerParameters(header: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of header.split(/[, ]/).slice(1)) {
    const equals = part.indexOf('=');
    if (equals > 0) parameters.set(part.slice(0, equals), part.slice(equals + 1));
  }
  return parameters;
}

function headerComplaints(header: string, dated: boolean): string {
  const parameters = headerParameters(header);
  let text = '';
  for (const name of HEADER_PARAMETERS) {
    if (!parameters.get(name)) text += `Authorization header requires '${name}' parameter. `;
  }
  if (!dated) {
    text += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  return text === '' ? '' : `${text}Authorization=${header}`;
}

function queryComplaints(query: URLSearchParams): string {
  let text = '';
  for (const name of QUERY_PARAMETERS) {
    if (!query.get(name)) text += `AWS query-string parameters must include '${name}'. `;
  }
  return text === '' ? '' : `${text}Re-examine the query-string parameters.`;
}
