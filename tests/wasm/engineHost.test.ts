/** What the endpoint does when its engine fails; a real engine is not made to fail at will. */
import type { EngineHandle, EngineModule } from '../../wasm/client';
import { EngineHost, type EngineHostOptions } from '../../wasm/endpoint/engineHost';

const TRAP = new WebAssembly.RuntimeError('unreachable');

/** A module whose engine answers `{}` to everything, and traps on a body that says so. */
function moduleThatTraps(isDead = () => false): EngineModule {
  const HEAPU8 = new Uint8Array(256 * 1024);
  const answer = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    HEAPU8.set(bytes, 28);
    // Where it lies, how long it is, and that no more is to come.
    [28, bytes.length, 0].forEach((word, i) => new DataView(HEAPU8.buffer).setUint32(16 + 4 * i, word, true));
    return 16;
  };
  class Engine implements EngineHandle {
    call(address: number, length: number): number {
      const text = new TextDecoder().decode(HEAPU8.subarray(address, address + length));
      if (text.includes('trap') || isDead()) throw TRAP;
      return answer('200\n{}');
    }
    advance = (millis: number) => answer(`{"now":${millis},"events":[],"stopped":false}`);
    drain_journal = () => answer('');
    restore = () => answer('{}');
    delete(): void {}
  }
  return { HEAPU8, Engine, _malloc: () => 1024, _free: () => {} };
}

const PLACE = { region: 'us-east-1', host: 'localhost:8000' };
const LIST_TABLES = 'DynamoDB_20120810.ListTables';

function optionsWith(options: Partial<EngineHostOptions>): EngineHostOptions {
  return {
    factory: async () => moduleThatTraps(),
    wasmBinary: new Uint8Array(),
    region: 'us-east-1',
    tableDelayMillis: 0,
    sweepMillis: 600_000,
    wording: 'newer',
    clock: { startMillis: Date.now(), followsWall: true },
    log: () => {},
    ...options,
  };
}

test('a trap is told once, and every request until it is acknowledged is answered with 500', async () => {
  const lines: string[] = [];
  const onLoss = jest.fn();
  const host = await EngineHost.open(optionsWith({ log: (line) => lines.push(line), onLoss }));
  expect(host.call(LIST_TABLES, Buffer.from('{}'), PLACE)).toBe(200);
  expect(host.replyBytes().toString()).toBe('{}');
  expect(host.ailment()).toBeNull();

  for (const body of ['trap', '{}', '{}']) {
    expect(host.call(LIST_TABLES, Buffer.from(body), PLACE)).toBe(500);
    expect(JSON.parse(host.replyBytes().toString())).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
      message: expect.stringMatching(/^The engine failed at .* while it ran DynamoDB_20120810\.ListTables, and all/),
    });
  }
  expect(host.advance(Date.now() + 1000)).toBeNull();
  expect(host.ailment()).toContain('all tables are lost');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('EngineStoppedError');
  expect(lines[0]).toContain('unreachable');
  expect(onLoss).toHaveBeenCalledTimes(1);

  await host.acknowledgeLoss();
  expect(host.ailment()).toBeNull();
  expect(host.call(LIST_TABLES, Buffer.from('{}'), PLACE)).toBe(200);
});

test('an engine that is found dead by the health line is lost as well', async () => {
  let dead = false;
  const module = moduleThatTraps(() => dead);
  const host = await EngineHost.open(optionsWith({ factory: async () => module }));
  dead = true;
  expect(host.ailment()).toContain('all tables are lost');
});

test('an engine that does not start again is tried again with each acknowledgement', async () => {
  let starts = 0;
  const lines: string[] = [];
  const factory = async () => {
    starts++;
    if (starts === 2 || starts === 3) throw new Error('no memory');
    return moduleThatTraps();
  };
  const host = await EngineHost.open(optionsWith({ factory, log: (line) => lines.push(line) }));
  expect(host.call(LIST_TABLES, Buffer.from('trap'), PLACE)).toBe(500);
  await host.acknowledgeLoss();
  expect(host.ailment()).toContain('It could not be started again.');
  expect(lines.filter((line) => line.includes('no memory'))).toHaveLength(2);
  await host.acknowledgeLoss();
  expect(host.ailment()).toBeNull();
});

test('what is no fault of the engine is answered with 500 and loses nothing', async () => {
  const lines: string[] = [];
  const host = await EngineHost.open(optionsWith({ log: (line) => lines.push(line) }));
  expect(host.call('x'.repeat(2000), Buffer.from('{}'), PLACE)).toBe(500);
  expect(host.replyBytes().toString()).toContain('The endpoint failed to run the request.');
  expect(host.ailment()).toBeNull();
  expect(host.call(LIST_TABLES, Buffer.from('{}'), PLACE)).toBe(200);
  expect(lines).toHaveLength(1);
});

test('settings the engine refuses end the start', async () => {
  // Travels in the settings, where the double takes offence.
  const opened = EngineHost.open(optionsWith({ wording: 'trap' as 'newer' }));
  await expect(opened).rejects.toThrow('unreachable');
});
