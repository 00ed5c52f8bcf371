import { Command } from 'commander';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { addContracts } from '../../../src/app/commands/contracts.ts';
import { SchemaCopy } from '../../contracts/schema-copy.ts';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(...words: readonly string[]): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const program = new Command();
  addContracts(program);
  await program.parseAsync(['node', 'tessera', 'contracts', ...words]);
  return printed;
}

describe('contracts check', () => {
  test('says that the installed contracts are fine, and counts them', async () => {
    const report = JSON.parse(await run('check', '--json')) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(['ok', 'problems', 'records', 'codes', 'terms', 'metrics']);
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(process.exitCode).toBeUndefined();
  });

  test('names every problem of broken ones, and exits with 2', async () => {
    using copy = new SchemaCopy();
    copy.replace('parties.yaml', 'lead: PA.CW', 'lead: PA.XX');
    copy.replace('clocks.yaml', 'limit: PT2H', 'limit: soon');
    const text = await run('check', '--schema', copy.folder);
    expect(text).toMatch(/^SHAPE clocks\.yaml:\d+ clocks\[0\]\.limit: expects a duration/m);
    expect(text).toMatch(/^REFERENCE parties\.yaml.*PA\.XX is no code of party/m);
    expect(text).toMatch(/2 problems\.$/m);
    expect(process.exitCode).toBe(2);
  });
});

describe('contracts show', () => {
  test('a record type as a Frictionless Table Schema', async () => {
    const schema = JSON.parse(await run('show', 'cw_le_report', '--json')) as {
      fields: { name: string; type: string; constraints: Record<string, unknown> }[];
      primaryKey: string[];
    };
    expect(schema.primaryKey).toEqual(['source_agency', 'source_record_id']);
    const agency = schema.fields.find((field) => field.name === 'agency_type');
    expect(agency).toMatchObject({ type: 'string', constraints: { required: false } });
    expect(agency?.constraints.enum).toContain('sheriff');
  });

  test.each([
    ['party', /PA\.COE\s+County office of education/],
    ['dual_status', /version 2, from 2017-12-01[\s\S]*version 1, from 2005-01-01 to 2017-11-30/],
    ['HN.SRH.ABO', /held\s+held as `HN\.SRH` \(abortion\)/],
    ['reassess', /P6M/],
    ['Q104', /reject_row/],
    ['PR-1', /647\(B\) PC\s+PC 647\(b\)/],
  ])('%s', async (name, says) => {
    expect(await run('show', name)).toMatch(says);
  });

  test('what is not there is told, with what is near', async () => {
    await expect(run('show', 'absence')).rejects.toMatchObject({
      code: 'CONTRACT_UNKNOWN',
      exitCode: 6,
      remedy: expect.stringContaining('cw_absence'),
    });
  });
});
