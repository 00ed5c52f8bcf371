import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { launchTessera, scratchFolder, tessera } from '../support/tessera.ts';

test('a demo that is killed is taken up where it was, and is loaded once', { timeout: 300_000 }, async () => {
  const environment = { TESSERA_DATA_DIR: scratchFolder() };
  const killed = launchTessera(['demo', '--size', 'test'], environment);
  let said = '';
  killed.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('Taking in') && killed.exitCode === null) await sleep(20);
  const exit = once(killed, 'exit');
  killed.kill('SIGKILL');
  await exit;
  expect(killed.signalCode).toBe('SIGKILL');

  const again = await tessera(['demo', '--size', 'test', '--json'], environment);
  expect(JSON.parse(again.stdout)).toEqual({ outcome: 'loaded' });
  const third = await tessera(['demo', '--size', 'test', '--json'], environment);
  expect(JSON.parse(third.stdout)).toEqual({ outcome: 'unchanged' });
  const { stdout } = await tessera(['sources', 'show', '--json'], environment);
  const agencies = JSON.parse(stdout) as { name: string }[];
  expect(agencies.length).toBeGreaterThan(3);
  expect(agencies.filter(({ name }) => !name.includes('made-up data'))).toEqual([]);
});
