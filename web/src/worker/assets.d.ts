/** The engine's JavaScript, made by the CMake build (alias `@wasm` in vite.config.ts). */
declare module '@wasm/sortkey.mjs' {
  import type { EngineModuleFactory } from '../../../wasm/client/module';
  const createSortkey: EngineModuleFactory;
  export default createSortkey;
}
