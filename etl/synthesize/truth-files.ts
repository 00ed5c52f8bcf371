import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { dayText } from './day.ts';
import type { Hidden } from './hidden.ts';
import { MADE_UP, NOTICE } from './made-up.ts';
import type { Membership } from './membership.ts';
import type { Person } from './person.ts';

type Kind = 'STRING' | 'INT32' | 'BOOLEAN';
const GROUP = 50_000;

/** A Parquet table that grows by rows and is written a group of rows at a time. */
class GrowingTable {
  readonly #columns: readonly (readonly [string, Kind])[];
  readonly #writer: ParquetWriter;
  #held: unknown[][];

  constructor(path: string, columns: readonly (readonly [string, Kind])[]) {
    this.#columns = columns;
    this.#held = columns.map(() => []);
    this.#writer = new ParquetWriter({
      writer: fileWriter(path),
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(([name, kind]) => ({
          name,
          repetition_type: 'OPTIONAL' as const,
          ...(kind === 'STRING'
            ? { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }
            : { type: kind }),
        })),
      ],
      kvMetadata: [{ key: 'notice', value: MADE_UP }],
    });
  }

  add(row: readonly unknown[]): void {
    for (let i = 0; i < row.length; i++) this.#held[i]?.push(row[i] ?? null);
    if ((this.#held[0]?.length ?? 0) >= GROUP) this.#flush();
  }

  close(): void {
    this.#flush();
    void this.#writer.finish();
  }

  #flush(): void {
    if (this.#held[0]?.length === 0) return;
    const columnData = this.#columns.map(([name, type], i) => ({
      name,
      type,
      nullable: true,
      data: this.#held[i] as (string | number | boolean | null)[],
    }));
    void this.#writer.write({ columnData, rowGroupSize: GROUP });
    this.#held = this.#columns.map(() => []);
  }
}

/** What is true, apart from everything that the hub may see: who is who, and who experienced exploitation. */
export class TruthFiles {
  readonly #persons: GrowingTable;
  readonly #memberships: GrowingTable;
  readonly #hidden: GrowingTable;
  readonly #notices: GrowingTable;
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#persons = new GrowingTable(join(folder, 'persons.parquet'), [
      ['person', 'STRING'],
      ['household', 'STRING'],
      ['county', 'STRING'],
      ['born', 'STRING'],
      ['sex', 'STRING'],
      ['race_ethnicity', 'STRING'],
      ['twin', 'BOOLEAN'],
      ['hardship', 'INT32'],
    ]);
    this.#memberships = new GrowingTable(join(folder, 'memberships.parquet'), [
      ['person', 'STRING'],
      ['source_agency', 'STRING'],
      ['person_token', 'STRING'],
      ['local_id', 'STRING'],
      ['list', 'STRING'],
      ['errors', 'STRING'],
    ]);
    this.#hidden = new GrowingTable(join(folder, 'hidden.parquet'), [
      ['person', 'STRING'],
      ['county', 'STRING'],
      ['onset', 'STRING'],
      ['ended', 'STRING'],
      ['spells', 'INT32'],
      ['days', 'INT32'],
      ['intensity', 'INT32'],
      ['visibility', 'INT32'],
      ['lists', 'STRING'],
    ]);
    this.#notices = new GrowingTable(join(folder, 'notices.parquet'), [
      ['person', 'STRING'],
      ['list', 'STRING'],
      ['on', 'STRING'],
      ['status', 'STRING'],
    ]);
  }

  addPerson(person: Person): void {
    const { id, household, place, born, sex, race, twin, hardship } = person;
    this.#persons.add([id, household, place.fips, dayText(born), sex, race, twin, hardship]);
  }

  addMembership(person: Person, who: Membership, token: string): void {
    this.#memberships.add([
      person.id,
      who.agency,
      token,
      who.localId,
      who.list,
      who.observation.errors.join(';'),
    ]);
  }

  addHidden(person: Person, hidden: Hidden): void {
    const { spells, intensity, visibility, notices } = hidden;
    const days = spells.reduce((sum, { from, to }) => sum + to - from, 0);
    this.#hidden.add([
      person.id,
      person.place.fips,
      dayText(spells[0]?.from ?? 0),
      dayText(spells.at(-1)?.to ?? 0),
      spells.length,
      days,
      intensity,
      visibility,
      notices.map(({ list }) => list).join(';'),
    ]);
    for (const { list, on, status } of notices) this.#notices.add([person.id, list, dayText(on), status]);
  }

  /** `expected` says what the deliveries were told to contain, such as the rows that a rule must reject. */
  close(expected: unknown): void {
    for (const table of [this.#persons, this.#memberships, this.#hidden, this.#notices]) table.close();
    writeFileSync(join(this.#folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
    writeFileSync(join(this.#folder, 'README.txt'), NOTICE);
  }
}
