import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { personTokens } from '../encode/field-encoder.ts';
import { keyVersion, type ProjectKey } from '../encode/key.ts';
import { type ClosedFile, CsvFiles } from './csv-files.ts';
import { type Day, dayText, momentText } from './day.ts';
import { linkageEncoder } from './linkage-cells.ts';
import { NOTICE } from './made-up.ts';
import type { Membership } from './membership.ts';
import type { Version } from './row-versions.ts';
import type { Sheet } from './sheet.ts';
import { agreementOf } from './sources-file.ts';
import type { Row } from './story.ts';

/** What the hub receives: pseudonyms in place of numbers, tokens in place of names, a manifest for each delivery. */
export class Deliveries {
  readonly #files = new CsvFiles<Sheet>();
  readonly #folder: string;
  readonly #key: ProjectKey;
  readonly #asOf: Day;
  readonly #linkage: ReturnType<typeof linkageEncoder>;
  readonly #pseudonyms = new Map<string, (id: string) => string>();
  /** By the path of the file. */
  readonly #deletes = new Map<string, number>();

  constructor(folder: string, key: ProjectKey, asOf: Day) {
    this.#folder = folder;
    this.#key = key;
    this.#asOf = asOf;
    this.#linkage = linkageEncoder(key);
  }

  personToken(agency: string, localId: string): string {
    return this.#pseudonym(agency, localId);
  }

  /** The row of tokens and filters of one record; it travels for everybody whom an agency knows. */
  addLinkage(who: Membership, sheet: Sheet, row: Row, version: Version): void {
    const cells = { ...this.#linkage(who.observation) };
    this.addRow(version, sheet, sheet.cellsOf(row, { ...version, cells }));
  }

  /** The agency's own numbers among the cells are replaced where they stand. */
  addRow({ night, op }: Version, sheet: Sheet, cells: string[]): void {
    const { agency, personAt, numberedAt, columns } = sheet;
    if (personAt >= 0) cells[personAt] = this.personToken(agency, cells[personAt] ?? '');
    for (const at of numberedAt) {
      const number = cells[at] ?? '';
      if (number !== '') cells[at] = this.#pseudonym(`${agency}|record`, number).slice(0, 24);
    }
    const file = this.#files.of(
      sheet,
      night,
      () => this.#path(night, agency, `${sheet.record.name}.csv`),
      () => columns,
    );
    file.add(cells);
    if (op === 'delete') this.#deletes.set(file.path, (this.#deletes.get(file.path) ?? 0) + 1);
  }

  /** Closes every file and every delivery; answers with the record types that each agency sent. */
  close(): ReadonlyMap<string, ReadonlySet<string>> {
    const sent = new Map<string, Set<string>>();
    const byFolder = new Map<string, ClosedFile[]>();
    for (const file of this.#files.close()) {
      const folder = dirname(file.path);
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
      const records = sent.get(basename(folder)) ?? new Set();
      sent.set(basename(folder), records.add(basename(file.path, '.csv')));
    }
    for (const [folder, files] of byFolder) this.#writeManifest(folder, files);
    writeFileSync(join(this.#folder, 'README.txt'), NOTICE);
    return sent;
  }

  #writeManifest(folder: string, files: readonly ClosedFile[]): void {
    const agency = basename(folder);
    const date = basename(dirname(folder));
    const night = Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000) - this.#asOf;
    const moment = momentText(this.#asOf + night, 1439);
    const manifest = {
      delivery_id: `made-up-data-${agency}-${date}`,
      source_agency: agency,
      agreement_id: agreementOf(agency),
      schema_version: '1.0',
      extract_kind: night === 0 ? 'full' : 'delta',
      as_of: moment,
      ...(night === 0 ? {} : { covers_from: momentText(this.#asOf + night - 1, 1439) }),
      covers_to: moment,
      deid_method: 'tessera_field',
      token_key_version: keyVersion(this.#key),
      files: files.map(({ path, rows, sha256 }) => ({
        record_type: basename(path, '.csv'),
        file: basename(path),
        rows,
        sha256,
        deletes: this.#deletes.get(path) ?? 0,
      })),
    };
    writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  #pseudonym(scope: string, id: string): string {
    let tokens = this.#pseudonyms.get(scope);
    if (tokens === undefined) {
      tokens = personTokens(this.#key, scope);
      this.#pseudonyms.set(scope, tokens);
    }
    return tokens(id);
  }

  #path(night: number, agency: string, file: string): string {
    return join(this.#folder, dayText(this.#asOf + night), agency, file);
  }
}
