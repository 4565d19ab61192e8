/**
 * Writes third-party-licences.txt beside the page: the licence of every package that ended in one of its files, and of what
 * is compiled into the engine. Only packages that were really bundled are named.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import license, { type Dependency } from 'rollup-plugin-license';
import type { Plugin } from 'vite';

const fileName = 'third-party-licences.txt';
const engine = fileURLToPath(new URL('./third-party-engine.txt', import.meta.url));
const rule = '\n\n' + '-'.repeat(80) + '\n\n';

export interface ThirdParty {
  /** For the page's own plugins: writes the file. */
  page: () => Plugin[];
  /** For the workers' plugins: what they bundle is written with the page's, since they are built on its way. */
  worker: () => Plugin[];
}

export function thirdParty(): ThirdParty {
  const found = new Map<string, Dependency>();
  const collect = (): Plugin =>
    license({
      thirdParty: {
        output: (dependencies) => {
          for (const one of dependencies) found.set(`${one.name}@${one.version}`, one);
        },
      },
    }) as Plugin;
  const write: Plugin = {
    name: 'third-party-licences',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler() {
        const packages = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => textOf(one));
        const source = [readFileSync(engine, 'utf8').trim(), ...packages].join(rule) + '\n';
        this.emitFile({ type: 'asset', fileName, source });
      },
    },
  };
  return { page: () => [collect(), write], worker: () => [collect()] };
}

function textOf({ name, version, license, licenseText, homepage, repository }: Dependency): string {
  const address = homepage ?? (typeof repository === 'string' ? repository : repository?.url);
  const heading = `${name} ${version}${license ? ` (${license})` : ''}`;
  return [heading, ...(address ? [address] : []), '', licenseText?.trim() ?? '', noticesOf(name ?? '')]
    .join('\n')
    .trim();
}

/** What a package that bundles others says of those. */
function noticesOf(name: string): string {
  const file = fileURLToPath(new URL(`../../node_modules/${name}/ThirdPartyNotices.txt`, import.meta.url));
  return existsSync(file) ? `\n${readFileSync(file, 'utf8').trim()}` : '';
}
