/** The endpoint's command line. */
import { parseArgs } from 'node:util';
import type { Wording } from '../client/types';

export const USAGE = `Usage: npm run endpoint -- [options]

DynamoDB over HTTP, in memory, from the same WebAssembly engine as the page.
Point any AWS SDK or the AWS CLI at it (--endpoint-url http://127.0.0.1:8000).

  --port PORT         port to listen on; 0 picks a free one        [8000]
  --host HOST         address to listen on                         [127.0.0.1]
  --region REGION     Region that ARNs and the health line name    [us-east-1]
  --table-delay MS    how long tables stay CREATING, UPDATING and
                      DELETING; 0 changes them at once             [0]
  --wording WHICH     validation messages: newer or older          [newer]
  --access-key ID     with --secret-key: verify signatures and
  --secret-key KEY    accept these credentials only                [any are accepted]
  --help              this text

Nothing is stored: all tables are gone when the endpoint stops.`;

export interface EndpointOptions {
  port: number;
  host: string;
  region: string;
  tableDelayMillis: number;
  wording: Wording;
  /** Null: any credentials are accepted and signatures are not looked at. */
  credentials: { accessKey: string; secretKey: string } | null;
  help: boolean;
}

/** A command line that cannot be understood; the message is for the person who typed it. */
export class UsageError extends Error {}

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
  const wording = values.wording ?? 'newer';
  if (wording !== 'newer' && wording !== 'older') {
    throw new UsageError(`--wording is "newer" or "older", not "${wording}".`);
  }
  const region = values.region ?? 'us-east-1';
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`--region is a Region such as eu-west-1, not "${region}".`);
  }
  return {
    port: integer('--port', values.port ?? '8000', 65_535),
    host: values.host ?? '127.0.0.1',
    region,
    tableDelayMillis: integer('--table-delay', values['table-delay'] ?? '0', 86_400_000),
    wording,
    credentials: accessKey === undefined || secretKey === undefined ? null : { accessKey, secretKey },
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
        wording: { type: 'string' },
        'access-key': { type: 'string' },
        'secret-key': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function integer(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) {
    throw new UsageError(`${option} is a whole number from 0 to ${max}, not "${text}".`);
  }
  return value;
}
