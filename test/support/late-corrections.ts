/** Nights after the first one of a made-up state: rows that came before are corrected, withdrawn, and brought back, long after they were sent. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../etl/link/people.ts';

interface SentRow {
  /** What stands before its version, and after the moment at which its source changed it. */
  readonly before: string;
  readonly after: string;
  version: number;
  withdrawn: boolean;
}

interface SentFile {
  readonly file: string;
  readonly record: string;
  readonly header: string;
  readonly rows: readonly SentRow[];
}

interface Sender {
  readonly agency: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly files: readonly SentFile[];
}

/** `source_record_id, source_agency, county_fips, record_version, op, source_updated_at` begin every row. */
const ROW = /^([^,"]*,[^,"]*,[^,"]*),(\d+),(?:insert|update),[^,"]*,(.*)$/;
const MOST_ROWS = 6;

export class LateCorrections {
  readonly #senders: readonly Sender[];
  readonly #below: (limit: number) => number;

  /** `first` is the folder of the first night's deliveries. */
  constructor(first: string, seed: number) {
    this.#below = seeded(seed);
    this.#senders = readdirSync(first)
      .toSorted()
      .map((agency) => senderIn(join(first, agency), agency));
  }

  /** Writes what up to three agencies send on a day into the inbox. */
  write(inbox: string, day: string): void {
    const [start, senders] = [this.#below(this.#senders.length), 1 + this.#below(3)];
    for (let at = 0; at < senders; at++)
      this.#writeOne(inbox, this.#senders[(start + at) % this.#senders.length] as Sender, day);
  }

  #writeOne(inbox: string, { agency, manifest, files }: Sender, day: string): void {
    const folder = join(inbox, `${day}-${agency}`);
    mkdirSync(folder, { recursive: true });
    const changed = files.filter(() => this.#below(4) === 0);
    const sent = (changed.length > 0 ? changed : files.slice(0, 1)).map(({ file, record, header, rows }) => {
      const picked = new Set(
        Array.from({ length: 1 + this.#below(MOST_ROWS) }, () => rows[this.#below(rows.length)] as SentRow),
      );
      const lines = [...picked].map((row) => this.#nextOf(row, day));
      const text = [header, ...lines, ''].join('\n');
      writeFileSync(join(folder, file), text);
      return {
        record_type: record,
        file,
        rows: picked.size,
        sha256: createHash('sha256').update(text).digest('hex'),
        deletes: [...picked].filter(({ withdrawn }) => withdrawn).length,
      };
    });
    const said = {
      ...manifest,
      delivery_id: `late-${agency}-${day}`,
      extract_kind: 'delta',
      as_of: `${day}T23:59:00Z`,
      covers_from: undefined,
      covers_to: `${day}T23:59:00Z`,
      files: sent,
    };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(said));
  }

  #nextOf(row: SentRow, day: string): string {
    row.version++;
    row.withdrawn = !row.withdrawn && this.#below(3) === 0;
    return `${row.before},${row.version},${row.withdrawn ? 'delete' : 'update'},${day}T12:00:00Z,${row.after}`;
  }
}

/** Whom linkage rests on stays as it is: late corrections are of content. */
function senderIn(folder: string, agency: string): Sender {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly files: readonly { readonly file: string; readonly record_type: string }[];
  };
  const files = manifest.files
    .filter(({ record_type: record }) => record !== 'person_linkage')
    .map(({ file, record_type: record }): SentFile => {
      const [header = '', ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
      const rows = lines.flatMap((line) => {
        const [, before = '', version = '', after = ''] = ROW.exec(line) ?? [];
        // A field that goes on in the next line would be cut in two.
        return before === '' || (after.split('"').length - 1) % 2 === 1
          ? []
          : [{ before, after, version: Number(version), withdrawn: false }];
      });
      return { file, record, header, rows };
    })
    .filter(({ rows }) => rows.length > 0);
  return { agency, manifest, files };
}
