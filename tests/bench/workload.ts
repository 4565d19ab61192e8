/** The items, requests and engines that the measurements share. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Engine, type EngineModuleFactory } from '../../wasm/client/engine';

/** The tree; set by .ci/bench.mjs, since a bundle does not know where its sources were. */
export const root = process.env.SORTKEY_ROOT ?? process.cwd();
const wasmFolder = path.join(root, 'build', 'wasm');

export const wasmBytes = (): Uint8Array => readFileSync(path.join(wasmFolder, 'sortkey.wasm'));

/** A fresh engine in a WebAssembly memory of its own. */
export async function openEngine(options: { journal?: boolean } = {}): Promise<Engine> {
  const module = (await import(pathToFileURL(path.join(wasmFolder, 'sortkey.mjs')).href)) as {
    default: EngineModuleFactory;
  };
  const engine = await Engine.create(module.default, wasmBytes());
  expectOk(engine, 'Sortkey_20261120.Configure', {
    TableDelayMillis: 0,
    Journal: options.journal ?? false,
  });
  return engine;
}

function expectOk(engine: Engine, target: string, input: object): string {
  const { status, body } = engine.call(target, JSON.stringify(input));
  if (status !== 200) throw new Error(`${target} answered ${status}: ${body}`);
  return body;
}

export const target = (operation: string): string => `DynamoDB_20120810.${operation}`;
export const tableName = 'Orders';

export function createTable(engine: Engine): void {
  expectOk(engine, target('CreateTable'), {
    TableName: tableName,
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
}

export const itemBytes = 200;
export const keyOf = (number: number): string => `customer#${String(number).padStart(8, '0')}`;

/**
 * An item of exactly 200 bytes as DynamoDB counts them: names and values of strings, a number, a Boolean, and one
 * filler. `salt` makes two versions of an item differ.
 */
export function itemOf(number: number, salt = 0): Record<string, object> {
  const item = {
    pk: { S: keyOf(number) }, // 2 + 17
    name: { S: `Customer number ${String(number % 1000).padStart(3, '0')}` }, // 4 + 19
    city: { S: ['Amsterdam', 'Barcelona', 'Cambridge', 'Dortmunds'][number % 4] }, // 4 + 9
    visits: { N: String(101 + 2 * ((number + salt) % 400)) }, // 6 + 3: three digits, none a trailing zero
    active: { BOOL: number % 2 === 0 }, // 6 + 1
  };
  const used = 19 + 23 + 13 + 9 + 7;
  const fillerName = 'notes';
  return { ...item, [fillerName]: { S: 'n'.repeat(itemBytes - used - fillerName.length) } };
}

export const putRequest = (number: number, salt = 0): string =>
  JSON.stringify({ TableName: tableName, Item: itemOf(number, salt) });

export const getRequest = (number: number): string =>
  JSON.stringify({ TableName: tableName, Key: { pk: { S: keyOf(number) } } });

/** Fills the table with `count` items. */
export function fill(engine: Engine, count: number): void {
  for (let number = 0; number < count; number++) {
    const { status, body } = engine.call(target('PutItem'), putRequest(number));
    if (status !== 200) throw new Error(`PutItem answered ${status}: ${body}`);
  }
}

/** Sees that the engine counts 200 bytes as we do; otherwise the rows would be about something else. */
export function assertItemSize(engine: Engine): void {
  expectOk(engine, target('PutItem'), JSON.parse(putRequest(0)) as object);
  const { Items } = JSON.parse(expectOk(engine, 'Sortkey_20261120.ExplainRequest', {})) as {
    Items?: { Bytes: number }[];
  };
  const bytes = Items?.[0]?.Bytes;
  if (bytes !== undefined && bytes !== itemBytes) {
    throw new Error(`The item of the bench has ${bytes} bytes, not ${itemBytes}.`);
  }
}
