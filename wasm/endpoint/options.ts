/** The endpoint's command line. */
import { parseArgs } from 'node:util';
import type { Wording } from '../client/types';

export const USAGE = `Usage: npm run endpoint -- [options]

DynamoDB over HTTP, in memory, from the same WebAssembly engine as the page.
Point any AWS SDK or the AWS CLI at it (--endpoint-url http://127.0.0.1:8000).

  --port PORT         port to listen on; 0 picks a free one        [8000]
  --host HOST         address to listen on                         [127.0.0.1]
  --region REGION     Region of requests that are signed for none,
                      and of the health line                       [us-east-1]
  --table-delay MS    how long tables stay CREATING, UPDATING and
                      DELETING; 0 changes them at once             [0]
  --ttl-sweep SECONDS how often expired items are swept; 0 or off:
                      never                                        [600]
  --clock WHICH       wall: time passes by itself. manual, or a
                      time such as 2026-06-01T00:00:00Z to begin
                      at: it moves by Sortkey_20261120.Advance     [wall]
  --wording WHICH     validation messages: newer, older, or
                      us-east-1 for what that Region answers       [newer]
  --access-key ID     with --secret-key: verify signatures and
  --secret-key KEY    accept these credentials only                [any are accepted]
  --allow-host NAME   answer to this name in the Host header too,
                      beside localhost and the address listened
                      on; again for more, * for any
  --allow-origin URL  let web pages of this origin send operations,
                      beside those of this machine; again for
                      more, * for any
  --header-timeout S  seconds a request's headers may take         [20]
  --request-timeout S seconds a whole request may take to arrive   [60]
  --idle-timeout S    seconds a connection may do nothing          [120]
  --exit-on-loss      end with code 70 when the engine fails,
                      instead of answering with errors
  --help              this text

Nothing is stored: all tables are gone when the endpoint stops.`;

export interface EndpointOptions {
  port: number;
  host: string;
  region: string;
  tableDelayMillis: number;
  /** 0: no sweeps. */
  sweepMillis: number;
  clock: ClockOption;
  wording: Wording;
  /** Null: any credentials are accepted and signatures are not looked at. */
  credentials: { accessKey: string; secretKey: string } | null;
  allowedHosts: string[];
  allowedOrigins: string[];
  timeouts: Timeouts;
  exitOnLoss: boolean;
  help: boolean;
}

/** The wall clock; a clock moved by request that begins now; or one that begins at these epoch milliseconds. */
export type ClockOption = 'wall' | 'manual' | number;

/** How long a client may take, in milliseconds. */
export interface Timeouts {
  headerMillis: number;
  /** For a whole request to arrive. */
  requestMillis: number;
  /** For a connection on which nothing moves. */
  idleMillis: number;
}

/** A command line that cannot be understood; the message is for the person who typed it. */
export class UsageError extends Error {}

const WORDINGS: readonly Wording[] = ['newer', 'older', 'us-east-1'];
const DAY_SECONDS = 86_400;
/** The engine's clock goes no further. */
const END_MILLIS = Date.UTC(10_000, 0, 1);

/**
 * Reads the arguments after the script's name.
 * @throws UsageError
 */
export function parseOptions(argv: string[]): EndpointOptions {
  const values = read(argv);
  const { 'access-key': accessKey, 'secret-key': secretKey } = values;
  if ((accessKey === undefined) !== (secretKey === undefined)) {
    throw new UsageError('--access-key and --secret-key go together.');
  }
  const wording = WORDINGS.find((known) => known === (values.wording ?? 'newer'));
  if (!wording) throw new UsageError(`--wording is one of ${WORDINGS.join(', ')}, not "${values.wording}".`);
  const region = values.region ?? 'us-east-1';
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`--region is a Region such as eu-west-1, not "${region}".`);
  }
  return {
    port: integer('--port', values.port ?? '8000', 0, 65_535),
    host: values.host ?? '127.0.0.1',
    region,
    tableDelayMillis: integer('--table-delay', values['table-delay'] ?? '0', 0, DAY_SECONDS * 1000),
    sweepMillis: sweep(values['ttl-sweep'] ?? '600'),
    clock: clock(values.clock ?? 'wall'),
    wording,
    credentials: accessKey === undefined || secretKey === undefined ? null : { accessKey, secretKey },
    allowedHosts: (values['allow-host'] ?? []).map(hostOption),
    allowedOrigins: (values['allow-origin'] ?? []).map(originOption),
    timeouts: {
      headerMillis: seconds('--header-timeout', values['header-timeout'] ?? '20'),
      requestMillis: seconds('--request-timeout', values['request-timeout'] ?? '60'),
      idleMillis: seconds('--idle-timeout', values['idle-timeout'] ?? '120'),
    },
    exitOnLoss: values['exit-on-loss'] ?? false,
    help: values.help ?? false,
  };
}

function read(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        port: { type: 'string', short: 'p' },
        host: { type: 'string' },
        region: { type: 'string' },
        'table-delay': { type: 'string' },
        'ttl-sweep': { type: 'string' },
        clock: { type: 'string' },
        wording: { type: 'string' },
        'access-key': { type: 'string' },
        'secret-key': { type: 'string' },
        'allow-host': { type: 'string', multiple: true },
        'allow-origin': { type: 'string', multiple: true },
        'header-timeout': { type: 'string' },
        'request-timeout': { type: 'string' },
        'idle-timeout': { type: 'string' },
        'exit-on-loss': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function integer(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`${option} is a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

function seconds(option: string, text: string): number {
  return integer(option, text, 1, DAY_SECONDS) * 1000;
}

function sweep(text: string): number {
  return text === 'off' ? 0 : integer('--ttl-sweep', text, 0, 365 * DAY_SECONDS) * 1000;
}

function clock(text: string): ClockOption {
  if (text === 'wall' || text === 'manual') return text;
  const at = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : NaN;
  if (!(at >= 0 && at < END_MILLIS)) {
    throw new UsageError(`--clock is "wall", "manual" or a time such as 2026-06-01T00:00:00Z, not "${text}".`);
  }
  return at;
}

function hostOption(text: string): string {
  if (!/^(\*|[\w.-]+|[\da-f:.]+)$/i.test(text)) {
    throw new UsageError(`--allow-host is a name without a port, such as dynamodb.local, not "${text}".`);
  }
  return text;
}

function originOption(text: string): string {
  if (!/^(\*|null|[a-z][a-z\d+.-]*:\/\/[^/]+)$/i.test(text)) {
    throw new UsageError(`--allow-origin is an origin such as https://example.org, not "${text}".`);
  }
  return text;
}
