/** What the endpoint does when its engine fails; a real engine is not made to fail at will. */
import type { EngineHandle, EngineModule } from '../../wasm/client';
import { EngineHost } from '../../wasm/endpoint/engineHost';

const TRAP = new WebAssembly.RuntimeError('unreachable');

/** A module whose engine answers `{}` to everything, and traps on a body that says so. */
function moduleThatTraps(): EngineModule {
  const HEAPU8 = new Uint8Array(256 * 1024);
  const answer = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    new DataView(HEAPU8.buffer).setUint32(16, bytes.length, true);
    HEAPU8.set(bytes, 20);
    return 16;
  };
  class Engine implements EngineHandle {
    call(address: number, length: number): number {
      const text = new TextDecoder().decode(HEAPU8.subarray(address, address + length));
      if (text.includes('trap')) throw TRAP;
      return answer('200\n{}');
    }
    advance = (millis: number) => answer(`{"now":${millis},"events":[],"stopped":false}`);
    drain_journal = () => answer('');
    restore = () => answer('{}');
    delete(): void {}
  }
  return { HEAPU8, Engine, _malloc: () => 1024, _free: () => {} };
}

test('a trap is told once, and every request from then on is answered with 500', async () => {
  const lines: string[] = [];
  const host = await EngineHost.open({
    factory: async () => moduleThatTraps(),
    wasmBinary: new Uint8Array(),
    region: 'us-east-1',
    tableDelayMillis: 0,
    wording: 'newer',
    log: (line) => lines.push(line),
  });
  expect(host.call('DynamoDB_20120810.ListTables', Buffer.from('{}'))).toBe(200);
  expect(host.replyBytes().toString()).toBe('{}');

  for (const body of ['trap', '{}', '{}']) {
    expect(host.call('DynamoDB_20120810.ListTables', Buffer.from(body))).toBe(500);
    expect(JSON.parse(host.replyBytes().toString())).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
      message: 'The engine stopped after an internal error; restart the endpoint.',
    });
  }
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('DynamoDB_20120810.ListTables: EngineStoppedError');
  expect(lines[0]).toContain('unreachable');
});

test('settings the engine refuses end the start', async () => {
  const module = moduleThatTraps();
  const opened = EngineHost.open({
    factory: async () => module,
    wasmBinary: new Uint8Array(),
    region: 'us-east-1',
    tableDelayMillis: 0,
    // Travels in the settings, where the double takes offence.
    wording: 'trap' as 'newer',
    log: () => {},
  });
  await expect(opened).rejects.toThrow('unreachable');
});
