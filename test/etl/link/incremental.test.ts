import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { block, standardRules } from '../../../etl/link/blocking.ts';
import { cluster } from '../../../etl/link/cluster.ts';
import {
  deltaNight,
  fullNight,
  type LinkState,
  type Night,
  type NightOptions,
} from '../../../etl/link/incremental.ts';
import { type RecordTable, recordKey } from '../../../etl/link/table.ts';
import { termFrequencies } from '../../../etl/link/term-frequency.ts';
import { train } from '../../../etl/link/train.ts';
import { madeUpPeople, type Row, tableOf } from './people.ts';

const { rows } = madeUpPeople(120, 5);
const trained = tableOf(rows);
const rules = standardRules(trained);
// A small cap, so that blocks cross it in both directions as records come and go.
const limits = { cap: 6, pairsPerRecord: 1000 };
const model = train(trained, block(trained, rules, limits));
const options: NightOptions = { rules, limits, model, frequencies: termFrequencies(trained, 3), least: -10 };

function edgesOf(table: RecordTable, { edges }: Night): string[] {
  return Array.from(edges.weight, (weight, i) => {
    const ends = [recordKey(table, edges.a[i] as number), recordKey(table, edges.b[i] as number)].toSorted();
    return `${ends.join(' ')} ${weight.toFixed(3)}`;
  }).toSorted();
}

function personsOf(table: RecordTable, { edges }: Night): string[] {
  const { of } = cluster(table, edges, { threshold: 0, oncePerCluster: ['a'], conflictMargin: 5 });
  const groups = Map.groupBy([...of.keys()], (record) => of[record]);
  return [...groups.values()]
    .map((records) =>
      records
        .map((record) => recordKey(table, record))
        .toSorted()
        .join(),
    )
    .toSorted();
}

/** What happens to a record in a night: it goes, changes, or comes back. */
const change = fc.record({
  record: fc.nat(rows.length - 1),
  fate: fc.constantFrom('gone', 'back', 'moved', 'renamed'),
});

test('night after night, a delta reaches the links and persons of a full run', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 25 }), { minLength: 1, maxLength: 4 }), (nights) => {
      const now = new Map<number, Row>(rows.map((row, i) => [i, row]));
      const first = tableOf([...now.values()]);
      let state: LinkState = fullNight(first, options).state;
      for (const changes of nights) {
        const touched = new Set<number>();
        for (const { record, fate } of changes) {
          const original = rows[record] as Row;
          const [given = '', surname = '', birth = '', ssn = ''] = original.values;
          touched.add(original.id);
          if (fate === 'gone') now.delete(record);
          else if (fate === 'back') now.set(record, original);
          else if (fate === 'moved')
            now.set(record, { ...original, values: [given, surname, birth, ssn, '90001'] });
          else now.set(record, { ...original, values: [given, 'Jones', birth, ssn, ''] });
        }
        const table = tableOf([...now.entries()].toSorted(([a], [b]) => a - b).map(([, row]) => row));
        const keys = new Set<string>();
        for (let i = 0; i < table.count; i++) {
          const id = new DataView(table.persons.buffer, table.persons.byteOffset + i * 16).getUint32(12);
          if (touched.has(id)) keys.add(recordKey(table, i));
        }
        const delta = deltaNight(
          table,
          JSON.parse(JSON.stringify(state)) as LinkState,
          (key) => keys.has(key),
          options,
        );
        const full = fullNight(table, options);
        expect(edgesOf(table, delta)).toEqual(edgesOf(table, full));
        expect(personsOf(table, delta)).toEqual(personsOf(table, full));
        expect(delta.scored).toBeLessThanOrEqual(full.scored);
        state = delta.state;
      }
    }),
    { numRuns: 40 },
  );
});

test('a night without changes scores nothing', () => {
  const { state } = fullNight(trained, options);
  const again = deltaNight(trained, state, () => false, options);
  expect(again.scored).toBe(0);
  expect(edgesOf(trained, again)).toEqual(edgesOf(trained, fullNight(trained, options)));
});

test('a delta that names records never seen changes nothing', () => {
  const { state } = fullNight(trained, options);
  const again = deltaNight(trained, state, (key) => key.startsWith('nobody/'), options);
  expect(again.scored).toBe(0);
});
