import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { currentHolder, type Hold, takeHold } from '../../../src/db/embedded/holder.ts';
import { scratchFolder } from '../../support/tessera.ts';

const module = join(import.meta.dirname, '../../../dist/src/db/embedded/holder.js');

/** A process that tries to take the folder, says whether it did, and stays until it is killed. */
function rival(folder: string) {
  const program = `
    import { takeHold } from ${JSON.stringify(module)};
    console.log('release' in takeHold(${JSON.stringify(folder)}, 'rival') ? 'taken' : 'held');
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function answerOf(child: ReturnType<typeof rival>): Promise<string> {
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return chunk.toString().trim();
}

describe('a data folder', () => {
  test('has one holder, who is named to the next', () => {
    const folder = scratchFolder();
    expect(takeHold(folder, 'start')).toHaveProperty('release');
    expect(takeHold(folder, 'migrate')).toMatchObject({ pid: process.pid, command: 'start' });
    expect(currentHolder(folder)).toMatchObject({ command: 'start' });
  });

  test('is free again when its holder lets go', () => {
    const folder = scratchFolder();
    (takeHold(folder, 'start') as Hold).release();
    expect(currentHolder(folder)).toBeUndefined();
    expect(takeHold(folder, 'migrate')).toHaveProperty('release');
  });

  test('is free when its holder was killed, and only one of many rivals then gets it', async () => {
    const folder = scratchFolder();
    const first = rival(folder);
    expect(await answerOf(first)).toBe('taken');
    expect(takeHold(folder, 'start')).toMatchObject({ pid: first.pid });
    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;

    const rivals = Array.from({ length: 6 }, () => rival(folder));
    const answers = await Promise.all(rivals.map(answerOf));
    for (const child of rivals) child.kill('SIGKILL');
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
  });

  test('is not held by a process that was later given the holder’s number', () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'holds'));
    const other = { pid: process.pid, startMark: 'an earlier boot:1', command: 'start', since: '' };
    writeFileSync(join(folder, 'holds', '1'), JSON.stringify(other));
    expect(currentHolder(folder)).toBeUndefined();
    expect(takeHold(folder, 'start')).toHaveProperty('release');
  });
});
