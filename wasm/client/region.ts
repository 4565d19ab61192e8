/** The Region a request is signed for, from its signature's credential scope. */

/** What can stand in the engine's head line and in an ARN. */
const REGION = /^[\w-]{1,64}$/;

/** May a Region have this name? Real ones do, and so do those people make up (`local`). */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/**
 * The Region in `keyid/date/region/service/aws4_request`.
 * @returns as written, however odd; undefined for anything but five parts
 */
export function regionOfCredential(credential: string): string | undefined {
  const parts = credential.split('/');
  return parts.length === 5 ? parts[2] : undefined;
}

/** The credential in an `Authorization` header of Signature Version 4; empty if there is none. */
export function credentialIn(authorization: string): string {
  const start = authorization.indexOf('Credential=');
  if (start < 0) return '';
  const from = start + 'Credential='.length;
  let to = from;
  while (to < authorization.length && authorization[to] !== ',' && authorization[to] !== ' ') to++;
  return authorization.slice(from, to);
}
