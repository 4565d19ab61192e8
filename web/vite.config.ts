/**
 * One build of the page. Relative base, so the result works from any static host and any folder.
 * The engine's WebAssembly comes from build/wasm (alias `@wasm`), made by the CMake build before this one.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { thirdParty } from './bundle/third-party';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Writes the names of all files of the page, for the service worker that keeps them (public/offline.js). */
function listFiles(): Plugin {
  return {
    name: 'list-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const names = Object.keys(bundle).filter((name) => name !== 'index.html' && !name.startsWith('.'));
      const own = readdirSync(here('./public')).filter((name) => name !== 'offline.js');
      this.emitFile({ type: 'asset', fileName: 'files.json', source: JSON.stringify([...names, ...own].sort()) });
    },
  };
}

const licences = thirdParty();

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [svelte({ configFile: here('./svelte.config.js') }), ...licences.page(), listFiles()],
  resolve: { alias: { '@wasm': here('../build/wasm') } },
  worker: { format: 'es', plugins: licences.worker },
  // The engine is fetched with byte progress, so it has to stay a file of its own whatever its size.
  build: {
    outDir: here('../build/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor core is one large chunk by nature and is loaded after the page is usable.
    chunkSizeWarningLimit: 4000,
    // No chunks by hand: what is behind an import() is split anyway, and a helper that lands in a hand-made chunk would make
    // the page wait for the whole editor.
  },
  // Lessons and the typed client live beside web/, in the same repository.
  server: { port: 5173, strictPort: false, fs: { allow: [here('..')] } },
  preview: { port: 5173 },
});
