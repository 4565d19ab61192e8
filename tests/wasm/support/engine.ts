/** Engines over the built module. The module is instantiated once for each test file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Engine, type EngineModule, type EngineModuleFactory } from '../../../wasm/client/engine';

const BUILD = path.resolve(__dirname, '../../../build/wasm');

let shared: Promise<EngineModule> | undefined;

async function instantiate(): Promise<EngineModule> {
  const { default: factory } = (await import(path.join(BUILD, 'sortkey.mjs'))) as {
    default: EngineModuleFactory;
  };
  return factory({ wasmBinary: wasmBytes() });
}

/** The bytes of the built sortkey.wasm. */
export function wasmBytes(): Uint8Array {
  return readFileSync(path.join(BUILD, 'sortkey.wasm'));
}

/** A fresh, empty engine. Engines of one module share its memory but no state. */
export async function openEngine(): Promise<Engine> {
  shared ??= instantiate();
  return Engine.create(() => shared!, new Uint8Array());
}

/** A fresh engine in memory of its own, for tests that stop it or watch its memory. */
export async function openLonelyEngine(): Promise<Engine> {
  const module = await instantiate();
  return Engine.create(async () => module, new Uint8Array());
}
