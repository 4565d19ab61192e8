/** The DynamoDB endpoint as a program: `npm run endpoint -- --help`. */
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { EngineModuleFactory } from '../client/engine';
import { BUDGET } from './bodies';
import { Callers } from './callers';
import { type Clock, EngineHost } from './engineHost';
import { FrontDoor } from './frontDoor';
import { type ClockOption, type EndpointOptions, parseOptions, USAGE, UsageError } from './options';
import { EndpointServer } from './server';

/** The exit code after the engine failed, with `--exit-on-loss`: an internal error (sysexits.h). */
const LOSS_EXIT_CODE = 70;

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
    sweepMillis: options.sweepMillis,
    wording: options.wording,
    clock: clockOf(options.clock),
    log,
    onLoss: () => {
      if (options.exitOnLoss) stop(server, LOSS_EXIT_CODE);
    },
  });
  const door = new FrontDoor(host, new Callers(options), options.credentials);
  const server = new EndpointServer(door, { timeouts: options.timeouts, budget: BUDGET, log });
  server.http.on('error', (error: NodeJS.ErrnoException) => {
    console.error(listenComplaint(error, options));
    process.exit(1);
  });
  server.http.listen(options.port, options.host, () => {
    const { address, port, family } = server.http.address() as AddressInfo;
    console.log(`listening on http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);
  });
  process.on('SIGTERM', () => stop(server, 0));
  process.on('SIGINT', () => stop(server, 0));
}

let isStopping = false;

/** Ends the program when what is under way is answered; told so again, at once. */
function stop(server: EndpointServer, code: number): void {
  if (isStopping) process.exit(code === 0 ? 1 : code);
  isStopping = true;
  void server.stop().then(() => process.exit(code));
}

function clockOf(option: ClockOption): Clock {
  if (option === 'wall') return { startMillis: Date.now(), followsWall: true };
  return { startMillis: option === 'manual' ? Date.now() : option, followsWall: false };
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
