/**
 * Who may ask: a web page that a developer happens to have open must not reach the endpoint on
 * the same machine. Two doors are shut. A name that an attacker points at this machine (DNS
 * rebinding) shows in the Host header; a page of another site shows in the Origin header.
 */
import { isIP } from 'node:net';

export interface CallerRules {
  /** The address or name listened on. */
  host: string;
  /** More names to answer to; `*`: any. */
  allowedHosts: readonly string[];
  /** Origins of pages that may send operations; `*`: any. */
  allowedOrigins: readonly string[];
}

/** Addresses that stand for all of this machine's. */
const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

export class Callers {
  readonly #names: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #anyAddress: boolean;
  /** The Host header that was accepted last: usually the next one too. */
  #accepted = '';

  constructor({ host, allowedHosts, allowedOrigins }: CallerRules) {
    this.#names = new Set([host, ...allowedHosts].map((name) => name.toLowerCase()));
    this.#origins = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
    this.#anyAddress = EVERY_ADDRESS.has(host);
  }

  /** May a request with this Host header be answered? Without one it is from no browser. */
  answersTo(header: string | undefined): boolean {
    if (header === undefined || header === this.#accepted) return true;
    const name = hostName(header);
    if (!this.#names.has('*') && !this.#isOurs(name) && !(this.#anyAddress && isIP(name) !== 0)) return false;
    this.#accepted = header;
    return true;
  }

  /**
   * May the sender of this Origin header run operations? Programs send none; what is no origin
   * at all was not written by a browser.
   */
  mayOperate(origin: string | undefined): boolean {
    if (origin === undefined || !isOrigin(origin)) return true;
    return this.#origins.has('*') || this.#isNamed(origin) || this.#isOurs(originName(origin));
  }

  /** May it also control the endpoint? A page only if its origin was named. */
  mayControl(origin: string | undefined): boolean {
    return origin === undefined || this.#isNamed(origin);
  }

  #isNamed(origin: string): boolean {
    return this.#origins.has(origin.toLowerCase());
  }

  #isOurs(name: string): boolean {
    return isLoopback(name) || this.#names.has(name);
  }
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The name in `name:port`, `[address]:port` or either without the port, in small letters. */
function hostName(header: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(header);
  const name = bracketed === null ? header.replace(/:\d*$/, '') : bracketed[1]!;
  return name.toLowerCase().replace(/\.$/, '');
}

/** `null` is what browsers send for pages without an origin, such as files. */
function isOrigin(text: string): boolean {
  return text === 'null' || text.includes('://');
}

function originName(origin: string): string {
  return hostName(/^https?:\/\/([^/]*)\/?$/i.exec(origin)?.[1] ?? '');
}
