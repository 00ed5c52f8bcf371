/** The dictionary of a starter kit, opened with the reader that takes agencies' own workbooks in. */
import { describe, expect, test } from 'vitest';
import { refusing } from '../../../etl/receive/file-refused.ts';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { openSheet } from '../../../etl/receive/workbook/sheet-source.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { codesAsOf, listNamed, recordNamed } from '../../../src/contracts/lookup.ts';
import { dictionarySheets } from '../../../src/contracts/template/dictionary-sheets.ts';
import { starterKit } from '../../../src/contracts/template/kit.ts';
import { type Sheet, workbookOf } from '../../../src/contracts/template/workbook.ts';
import { readFile } from '../../etl/receive/files.ts';

const contracts = loadContracts();
const records = ['person', 'cw_absence', 'pr_charge', 'ed_enrollment', 'service_event'].map((name) =>
  recordNamed(contracts, name),
);
const sheets = dictionarySheets(contracts, records, {
  agency: 'CW-1',
  system: 'child_welfare',
  county: '06001',
});

const open = (content: Uint8Array) =>
  readFile(content, (handle, stored) =>
    openSheet(handle, stored, { limits: LIMITS, refuse: refusing('dictionary.xlsx') }),
  );
const sheetNamed = (name: string): Sheet => sheets.find((sheet) => sheet.name === name) as Sheet;

describe('the dictionary as a workbook', () => {
  test.each(sheets.map((sheet) => [sheet.name, sheet] as const))(
    'gives every cell of %s back',
    async (_, sheet) => {
      const { columns, rows } = await open(workbookOf([sheet]));
      expect([columns, ...rows]).toEqual(sheet.rows);
    },
  );

  test('has a row for every column of every record, and says which are never sent', async () => {
    const { rows } = await open(workbookOf([sheetNamed('Columns')]));
    expect(rows.map(([record, column, , , , codes]) => [record, column, codes])).toEqual(
      records.flatMap(({ name, fields }) => fields.map((field) => [name, field.name, field.codes ?? ''])),
    );
    const sent = new Map(rows.map(([record, column, send]) => [`${record}.${column}`, send]));
    expect(sent.get('cw_absence.source_record_id')).toBe('required');
    expect(sent.get('person.tribal_affiliation')).toBe('never');
  });

  test('has every code in force of every list, with what the agency writes for it', async () => {
    const { rows } = await open(workbookOf([sheetNamed('Codes')]));
    const lists = [...new Set(records.flatMap(({ fields }) => fields.flatMap(({ codes }) => codes ?? [])))];
    expect(rows.map(([list, code, meaning]) => [list, code, meaning])).toEqual(
      lists
        .toSorted()
        .flatMap((list) =>
          [...codesAsOf(listNamed(contracts, list), '2026-01-15').values()].map(({ code, label }) => [
            list,
            code,
            label,
          ]),
        ),
    );
    const own = rows.flatMap(([list = '', code = '', , , yours = '']) =>
      yours === '' ? [] : yours.split(', ').map((from) => `${list} ${from} ${code}`),
    );
    const mapped = contracts.mappings
      .get('CW-1')
      ?.fields.filter(({ list }) => lists.includes(list))
      .flatMap(({ list, codes }) =>
        codes.filter(({ validTo }) => validTo === undefined).map(({ from, to }) => `${list} ${from} ${to}`),
      );
    expect(new Set(own)).toEqual(new Set(mapped));
    expect(own.length).toBeGreaterThan(20);
  });

  test('keeps what XML would take for its own', async () => {
    const rows = [
      ['a <b> & "c"', " d  'e' "],
      ['é ü 漢', ''],
    ];
    const read = await open(workbookOf([{ name: 'x', widths: [1, 1], rows: [['one', 'two'], ...rows] }]));
    expect(read.rows).toEqual(rows);
  });

  test('comes with the kit, in several sheets', async () => {
    const kit = starterKit(contracts, { agency: 'CW-1' });
    await expect(open(kit.get('dictionary.xlsx') as Uint8Array)).rejects.toThrow(
      'has 4 sheets where one is read',
    );
  });
});
