import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../src/package-root.ts';
import { scratchFolder, tessera } from '../../support/tessera.ts';

const CLIENTS = [
  'person_id,first_name,last_name,dob,ssn,zip',
  ...Array.from({ length: 3000 }, (_, i) => `${i},Ana${i % 7},Diaz${i % 11},2009-03-0${1 + (i % 9)},,90012`),
  '',
].join('\n');

test('one file is the whole of the agency half: in an empty folder, with Node alone, the same rows', async () => {
  const folder = scratchFolder();
  const made = spawnSync(process.execPath, [
    join(packageRoot, '.ci', 'bundle-encoder.mjs'),
    join(folder, 'e.mjs'),
  ]);
  expect(made.stderr.toString()).toBe('');
  expect(readdirSync(folder)).toEqual(['e.mjs']);
  writeFileSync(join(folder, 'in.csv'), CLIENTS);
  const alone = (...args: string[]) =>
    spawnSync(process.execPath, ['e.mjs', ...args], { cwd: folder, env: {}, encoding: 'utf8' });
  expect(alone('key', 'new', 'k', '--project', 'test').status).toBe(0);
  const options = ['--agency', 'A-1', '--county', '06037', '--secret-file', 'k', '--threads', '2'];
  const encoded = alone('encode', ...options, 'in.csv', 'out.csv');
  expect(encoded.stderr).toBe('');
  expect(encoded.status).toBe(0);

  const at = (name: string): string => join(folder, name);
  const whole = await tessera([
    'encode',
    ...options.map((option) => (option === 'k' ? at('k') : option)),
    at('in.csv'),
    at('whole.csv'),
  ]);
  expect(whole.code).toBe(0);
  expect(readFileSync(at('out.csv'))).toEqual(readFileSync(at('whole.csv')));
  expect(readFileSync(at('out.csv'), 'utf8').split('\n').length).toBe(3002);

  const refused = alone('encode', 'in.csv');
  expect(refused.status).toBe(3);
});
