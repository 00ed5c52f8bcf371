import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/package-root.ts';
import { launchTessera, scratchFolder, tessera } from '../support/tessera.ts';

async function commandPaths(path: readonly string[] = []): Promise<string[][]> {
  const { stdout } = await tessera([...path, '--help']);
  const list = stdout.split('\nCommands:\n')[1]?.split('\n\n')[0] ?? '';
  const names = [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'help');
  const deeper = await Promise.all(names.map((name) => commandPaths([...path, name])));
  return names.length === 0 ? [[...path]] : deeper.flat();
}

describe('the command line', () => {
  test('says its version', async () => {
    expect(await tessera(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  test('leaves to a command what stands after it', async () => {
    const failed = await tessera(['measure', '--version', 'identified']);
    expect(failed).toMatchObject({ code: 3, stdout: '' });
    expect(failed.stderr).toMatch(/^NOT_A_VERSION: --version expects a metric and a number/);
  });

  test('explains every command with examples', async () => {
    const commands = await commandPaths();
    expect(commands.map((path) => path[0])).toEqual(
      expect.arrayContaining(['start', 'status', 'doctor', 'migrate']),
    );
    for (const path of commands) {
      const { stdout } = await tessera([...path, '--help']);
      expect(stdout, path.join(' ')).toMatch(new RegExp(`Examples:\n +\\$ npx tessera ${path.join(' ')}`));
    }
  });

  test('prints what it expected without a stack, with a code of its own', async () => {
    const failed = await tessera(['status'], { PORT: 'http', TESSERA_DATA_DIR: scratchFolder() });
    expect(failed).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'SETTINGS_WRONG: PORT must be a whole number from 0 to 65535.\n→ Correct the environment; docs/configuration.md lists every setting.\n',
    });
  });

  test('names an unknown command and points to the help', async () => {
    const failed = await tessera(['strat']);
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/unknown command 'strat'[\s\S]*Did you mean start\?[\s\S]*--help/);
  });

  test('ends quietly when nobody reads on', async () => {
    const child = launchTessera(['synthesize', '--size', 'test', '--out', scratchFolder(), '--json'], {});
    child.stdout?.destroy();
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    expect([child.exitCode, stderr]).toEqual([0, '']);
  });

  test('migrates, and takes the newest step back', async () => {
    const TESSERA_DATA_DIR = scratchFolder();
    const up = await tessera(['migrate', '--json'], { TESSERA_DATA_DIR });
    expect(JSON.parse(up.stdout)).toMatchObject({ pending: [] });
    const down = await tessera(['migrate', '--down', '--json'], { TESSERA_DATA_DIR });
    expect((JSON.parse(down.stdout) as { pending: string[] }).pending).toHaveLength(1);
    const status = await tessera(['status'], { TESSERA_DATA_DIR });
    expect(status.stdout).toMatch(
      /not running\nPostgreSQL 18.\d+ \(embedded\) at 127.0.0.1:\d+\/tessera\n\d+ migrations applied, 1 pending/,
    );
  });
});
