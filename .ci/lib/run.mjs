// Runs child processes: long ones as named steps with a log file and progress, short ones for their output.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { at, build, root } from './paths.mjs';

/** A failure that is explained to the person at the keyboard; everything else shows a stack. */
export class Stop extends Error {}

// Children see these variables and no others: a build must not depend on what else a shell happens to export.
const passedOn =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|TMPDIR|DISPLAY|CI|CC|CXX|PORT|EMSDK|EM_CONFIG|EM_CACHE|CCACHE_.*|XDG_.*|SORTKEY_.*|CHROMIUM_PATH|PLAYWRIGHT_.*|NODE_EXTRA_CA_CERTS|SSL_CERT_.*|npm_config_.*|(https?|no|all)_proxy|(HTTPS?|NO|ALL)_PROXY)$/;

export function environment(extra = {}) {
  const base = Object.entries(process.env).filter(([name]) => passedOn.test(name));
  // One compiler cache for every build folder.
  const cache = { CCACHE_BASEDIR: root, CCACHE_NOHASHDIR: 'true' };
  return { ...cache, ...Object.fromEntries(base), LC_ALL: 'C.UTF-8', ...extra };
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const running = new Set();

// Ctrl+C reaches the whole process group by itself; a SIGTERM from outside is passed on here.
for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    if (running.size === 0) process.exit(143);
  });
}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Farthest a short command may talk: `apt-cache pkgnames` alone passes Node's own limit of 1 MiB where sources are many. */
const outputBytesMax = 64 * 1024 * 1024;

/** The output of a short command, or undefined when it cannot be run or fails. */
export function outputOf(command, args, env = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    env: environment(env),
    encoding: 'utf8',
    maxBuffer: outputBytesMax,
  });
  return done.status === 0 ? done.stdout : undefined;
}

/**
 * Runs one command as a step: shows its name, how long it has been running and its latest progress line; keeps
 * everything it printed in build/logs/<log>.log; on failure shows the end of that log and stops.
 * With `show: true` the output is passed through as it comes.
 */
export async function step(name, command, args, options = {}) {
  const {
    log = name.replace(/\W+/g, '-').toLowerCase(),
    env = {},
    cwd = root,
    show = false,
    allowFailure = false,
  } = options;
  fs.mkdirSync(build.logs, { recursive: true });
  const logFile = path.join(build.logs, `${log}.log`);
  const started = Date.now();
  const live = process.stdout.isTTY && !show;
  let lastLine = '';
  let lastShown = started;

  if (!live) say(`• ${name} …`);
  const out = fs.createWriteStream(logFile);
  out.write(`$ ${[command, ...args].join(' ')}\n`);
  const child = spawn(command, args, { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);

  const tick = setInterval(
    () => {
      if (live) {
        const text = `• ${name}  ${seconds(started)}  ${lastLine}`.slice(0, (process.stdout.columns || 80) - 1);
        process.stdout.write(`\r\x1b[2K${text}`);
      } else if (!show && Date.now() - lastShown >= 15_000) {
        lastShown = Date.now();
        say(`  ${name}: ${seconds(started)}  ${lastLine.slice(0, 100)}`);
      }
    },
    live ? 200 : 1000,
  );

  const receive = (chunk) => {
    out.write(chunk);
    if (show) process.stdout.write(chunk);
    const lines = chunk
      .toString()
      .split(/[\r\n]+/)
      .filter((line) => line.trim());
    if (lines.length) lastLine = lines.at(-1).trim();
  };
  child.stdout.on('data', receive);
  child.stderr.on('data', receive);

  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      out.write(`${error.message}\n`);
      resolve(127);
    });
    child.on('close', (status, signal) => resolve(status ?? `killed by ${signal}`));
  });
  running.delete(child);
  clearInterval(tick);
  await new Promise((resolve) => out.end(resolve));
  if (live) process.stdout.write('\r\x1b[2K');

  const took = seconds(started);
  if (code === 0) {
    say(`✓ ${name}  ${took}`);
  } else if (allowFailure) {
    say(`✗ ${name}  ${took}`);
  } else {
    say(`✗ ${name}  ${took}`);
    const lines = fs.readFileSync(logFile, 'utf8').trimEnd().split('\n');
    const tail = lines.filter((line) => !/^\[\d+\/\d+\] (Building|Linking)/.test(line));
    if (!show)
      say(
        tail
          .slice(-40)
          .map((line) => `    ${line}`)
          .join('\n'),
      );
    throw new Stop(`${name} failed (${code}). Everything it printed: ${path.relative(root, logFile)}`);
  }
  return { code, logFile, seconds: (Date.now() - started) / 1000 };
}

/** Runs a command in the foreground with our own input and output, passing signals on; resolves to its exit code. */
export async function foreground(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, env: environment(env), stdio: 'inherit' });
  running.add(child);
  // The child gets Ctrl+C from the terminal as well; we only have to outlive it.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (status, signal) => resolve(status ?? (signal === 'SIGTERM' ? 143 : 130)));
  });
  process.off('SIGINT', ignore);
  running.delete(child);
  return code;
}

/** Runs `main` and turns its end into an exit code. */
export async function entry(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof Stop) say(`\n${error.message}`);
    else say(`\n${error.stack}`);
    process.exitCode = 1;
  }
}

export const bin = (name) => at('node_modules', '.bin', name);
