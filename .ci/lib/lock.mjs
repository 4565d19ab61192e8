// One build at a time per working tree: two commands started together take turns.
import fs from 'node:fs';
import path from 'node:path';
import { build } from './paths.mjs';
import { say } from './run.mjs';

const file = path.join(build.root, '.lock');

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs `work` while holding the lock of the build folder. */
export async function withBuildLock(work) {
  fs.mkdirSync(build.root, { recursive: true });
  let told = false;
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(fs.readFileSync(file, { encoding: 'utf8', flag: 'a+' }));
    if (!holder || !alive(holder)) {
      fs.rmSync(file, { force: true });
      continue;
    }
    if (!told) say(`Waiting for another build in this folder (process ${holder}) …`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const release = () => fs.rmSync(file, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
