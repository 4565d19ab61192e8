/**
 * Same calls, same bytes: every request of tests/cases through the native program and through WebAssembly, answers, events,
 * journal frames and snapshots compared byte by byte. What the cases compare as values, this compares as text.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineHandle, EngineModuleFactory } from '../../wasm/client';
import { wasmBytes } from './support/engine';
import { expanded } from './support/json';

type Step = { advance: number } | { target?: string; op: string; in?: unknown; raw?: string };
interface Case {
  name: string;
  setup?: Step[];
  steps: Step[];
}

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'tests/cases');
const program = path.join(root, 'build/native/sortkey_cli');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

type Command = { name: 'call'; text: string } | { name: 'step'; millis: number } | { name: 'drain'; whole: boolean };

/** What is done to a fresh engine for one case. */
function commandsOf({ setup = [], steps }: Case): Command[] {
  const calls = [...setup, ...steps].map((step): Command => {
    if ('advance' in step) return { name: 'step', millis: step.advance };
    const body = step.raw ?? JSON.stringify(expanded(step.in ?? {}));
    return { name: 'call', text: `${step.target ?? 'DynamoDB_20120810'}.${step.op}\n${body}` };
  });
  const configure: Command = { name: 'call', text: 'Sortkey_20261120.Configure\n{"TableDelayMillis":0}' };
  const digest: Command = { name: 'call', text: 'Sortkey_20261120.StateDigest\n{}' };
  return [configure, ...calls, { name: 'drain', whole: false }, digest, { name: 'drain', whole: true }];
}

function framed(command: Command): Buffer[] {
  if (command.name === 'step') return [Buffer.from(`step ${command.millis}\n`)];
  if (command.name === 'drain') return [Buffer.from(command.whole ? 'drain whole\n' : 'drain\n')];
  const body = Buffer.from(command.text);
  return [Buffer.from(`call ${body.length}\n`), body];
}

/** The native answers of one case after another. */
function nativeAnswers(cases: Command[][]): Buffer[] {
  const input = Buffer.concat(cases.flatMap((commands) => [Buffer.from('new\n'), ...commands.flatMap(framed)]));
  const { stdout, stderr, status } = spawnSync(program, ['--framed'], { input, maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`sortkey_cli ended with ${status}: ${stderr.toString().slice(-2000)}`);
  const answers: Buffer[] = [];
  for (let at = 0; at < stdout.length;) {
    const line = stdout.indexOf(10, at);
    const length = Number(stdout.toString('latin1', at, line));
    answers.push(stdout.subarray(line + 1, line + 1 + length));
    at = line + 1 + length;
  }
  return answers;
}

/** The same four calls over the module itself, without the client in between. */
class Raw {
  private now = 0;
  private readonly handle: EngineHandle;
  constructor(private readonly module: Awaited<ReturnType<EngineModuleFactory>>) {
    this.handle = new module.Engine();
    this.now = (JSON.parse(this.bytes(this.handle.advance(0)).toString()) as { now: number }).now;
  }

  run(command: Command): Buffer {
    if (command.name === 'drain') return this.bytes(this.handle.drain_journal(command.whole ? 1 : 0, 0));
    if (command.name === 'step') {
      const answer = this.bytes(this.handle.advance(this.now + command.millis));
      this.now = (JSON.parse(answer.toString()) as { now: number }).now;
      return answer;
    }
    const text = Buffer.from(command.text);
    const address = this.module._malloc(text.length);
    this.module.HEAPU8.set(text, address);
    const answer = this.bytes(this.handle.call(address, text.length));
    this.module._free(address);
    return answer;
  }

  dispose(): void {
    this.handle.delete();
  }

  /** An answer is told by the words at `address`: where its bytes are, and how many. */
  private bytes(address: number): Buffer {
    const memory = this.module.HEAPU8;
    const words = new DataView(memory.buffer);
    const start = words.getUint32(address, true);
    return Buffer.from(memory.slice(start, start + words.getUint32(address + 4, true)));
  }
}

/** Where two texts part, with some of what stands there. */
function firstDifference(a: Buffer, b: Buffer): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const around = (text: Buffer): string => JSON.stringify(text.toString('latin1', Math.max(0, at - 60), at + 60));
  return `byte ${at} of ${a.length} native and ${b.length} WebAssembly: ${around(a)} and ${around(b)}`;
}

test('the native program is built', () => {
  expect(existsSync(program)).toBe(true);
});

test.each(files)('%s', async (file) => {
  const cases = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Case[];
  const commands = cases.map(commandsOf);
  const native = nativeAnswers(commands);
  const { default: factory } = (await import(path.join(root, 'build/wasm/sortkey.mjs'))) as {
    default: EngineModuleFactory;
  };
  const module = await factory({ wasmBinary: wasmBytes() });
  const differences: string[] = [];
  let next = 0;
  for (const [index, { name }] of cases.entries()) {
    const engine = new Raw(module);
    for (const [step, command] of commands[index]!.entries()) {
      const answer = engine.run(command);
      const expected = native[next++] ?? Buffer.alloc(0);
      if (!answer.equals(expected)) differences.push(`${name}, step ${step}: ${firstDifference(expected, answer)}`);
    }
    engine.dispose();
  }
  expect(next).toBe(native.length);
  expect(differences).toEqual([]);
});
