/** The DynamoDB endpoint as a program: `npm run endpoint -- --help`. */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EngineModuleFactory } from '../client/engine';
import { EngineHost } from './engineHost';
import { FrontDoor } from './frontDoor';
import { type EndpointOptions, parseOptions, USAGE, UsageError } from './options';
import { createEndpointServer } from './server';

/** How long answers under way may take once the endpoint is told to stop. */
const STOP_MILLIS_MAX = 2000;

async function main(): Promise<void> {
  const options = readOptions();
  if (options === null) return;

  // The build puts the module and its .wasm beside this program.
  const { default: factory } = (await import(new URL('sortkey.mjs', import.meta.url).href)) as {
    default: EngineModuleFactory;
  };
  const host = await EngineHost.open({
    factory,
    wasmBinary: await readFile(new URL('sortkey.wasm', import.meta.url)),
    region: options.region,
    tableDelayMillis: options.tableDelayMillis,
    wording: options.wording,
    log,
  });
  const secret = options.credentials && { ...options.credentials, region: options.region };
  const server = createEndpointServer(new FrontDoor(host, options.region, secret), log);
  server.on('error', (error: NodeJS.ErrnoException) => {
    console.error(listenComplaint(error, options));
    process.exit(1);
  });
  server.listen(options.port, options.host, () => {
    const { address, port, family } = server.address() as AddressInfo;
    console.log(`listening on http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);
  });
  process.once('SIGTERM', () => stop(server));
  process.once('SIGINT', () => stop(server));
}

/** The options, or null if there is nothing more to do; the exit code is then set. */
function readOptions(): EndpointOptions | null {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (!options.help) return options;
    console.log(USAGE);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nTry: npm run endpoint -- --help`);
    process.exitCode = 2;
  }
  return null;
}

function stop(server: Server): void {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), STOP_MILLIS_MAX).unref();
}

function listenComplaint(error: NodeJS.ErrnoException, { host, port }: EndpointOptions): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use. Stop the program that uses it, or choose another port with --port.`;
    case 'EACCES':
      return `Port ${port} needs more rights than this program has. Choose one above 1023 with --port.`;
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return `${host} is not an address of this machine. Choose another with --host.`;
    default:
      return `Cannot listen on ${host}:${port}: ${error.message}`;
  }
}

function log(line: string): void {
  console.error(line);
}

await main();
