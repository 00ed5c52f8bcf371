import { describe, expect, test } from 'vitest';
import { clockFinding, type Diagnosis, diskFinding, nodeFinding } from '../../src/app/doctor.ts';
import { scratchFolder, tessera } from '../support/tessera.ts';

async function diagnosis(environment: Record<string, string>): Promise<Diagnosis & { code: number | null }> {
  const { code, stdout } = await tessera(['doctor', '--json'], environment);
  return { ...(JSON.parse(stdout) as Diagnosis), code };
}

describe('the doctor', () => {
  test('finds nothing wrong with a hub that is set up', async () => {
    const TESSERA_DATA_DIR = scratchFolder();
    await tessera(['migrate'], { TESSERA_DATA_DIR });
    const { ok, code, findings } = await diagnosis({ TESSERA_DATA_DIR });
    expect({ ok, code }).toEqual({ ok: true, code: 0 });
    expect(findings.map((finding) => finding.check)).toEqual(
      expect.arrayContaining([
        'node',
        'settings',
        'disk',
        'database',
        'clock',
        'schema',
        'role api',
        'role loader',
      ]),
    );
  });

  test('says what to do about a schema that is behind', async () => {
    const { ok, code, findings } = await diagnosis({ TESSERA_DATA_DIR: scratchFolder() });
    expect({ ok, code }).toEqual({ ok: false, code: 4 });
    expect(findings.find((finding) => finding.check === 'schema')).toMatchObject({
      ok: false,
      remedy: 'Run `npx tessera migrate`, or start the hub, which does it.',
    });
  });

  test('says what to do about a database that does not answer, and about wrong settings', async () => {
    const down = await diagnosis({
      TESSERA_DATA_DIR: scratchFolder(),
      DATABASE_URL: 'postgres://hub@127.0.0.1:1/hub',
    });
    expect(down.findings.find((finding) => finding.check === 'database')).toMatchObject({
      ok: false,
      remedy: 'Start the server, or correct host and port in DATABASE_URL.',
    });
    const wrong = await diagnosis({ PORT: 'x' });
    expect(wrong.findings.find((finding) => finding.check === 'settings')?.ok).toBe(false);
  });

  test.each([
    ['20.20.2', false],
    ['22.12.9', false],
    ['22.13.0', true],
    ['24.0.0', true],
  ])('judges Node %s', (version, ok) => {
    expect(nodeFinding(version).ok).toBe(ok);
  });

  test('judges disk and clock', () => {
    expect(diskFinding(1 * 2 ** 30, 'here').ok).toBe(false);
    expect(diskFinding(3 * 2 ** 30, 'here').ok).toBe(true);
    expect(clockFinding(new Date(0), new Date(6000))).toMatchObject({
      ok: false,
      found: "6.0 s from the database's clock",
    });
    expect(clockFinding(new Date(0), new Date(-4000)).ok).toBe(true);
  });
});
