/** Answers as the front door gives them, and the service's form of errors. */

/** An answer; `body` may lie in the engine's memory and is then valid until its next call. */
export interface Reply {
  status: number;
  contentType: string | null;
  body: Buffer;
}

/** An error found before the engine sees the request. */
export interface FrontError {
  /** Short name; the namespace is `com.amazon.coral.service#` unless it has one. */
  name: string;
  /** Empty: the answer has none. */
  message: string;
  /** 400 unless told otherwise. */
  status?: number;
}

export const AMZ_JSON = 'application/x-amz-json-1.0';

/** A body beyond the limit is answered without one. */
export const TOO_LARGE: Reply = { status: 413, contentType: null, body: Buffer.alloc(0) };

/** What the service answers to requests that are not of its protocol. */
export const NOT_FOUND: Reply = {
  status: 404,
  contentType: null,
  body: Buffer.from('<UnknownOperationException/>\n'),
};

/** An error in the service's form. */
export function failure(error: FrontError, contentType: string): Reply {
  const type = error.name.includes('#') ? error.name : `com.amazon.coral.service#${error.name}`;
  const body: Record<string, string> = { __type: type };
  if (error.message !== '') body.message = error.message;
  return { status: error.status ?? 400, contentType, body: Buffer.from(JSON.stringify(body)) };
}

/** An answer in words, for people who look with a browser or curl. */
export function plainText(status: number, text: string): Reply {
  return { status, contentType: 'text/plain', body: Buffer.from(text) };
}
