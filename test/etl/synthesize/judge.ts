import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDelimited } from '../../../etl/receive/delimited/delimited-source.ts';
import { refusing } from '../../../etl/receive/file-refused.ts';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { CopyBuffer } from '../../../etl/validate/copy-buffer.ts';
import { compileRowValidator } from '../../../etl/validate/row-validator.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../src/contracts/lookup.ts';
import { streamOf } from '../receive/reading.ts';

interface Manifest {
  readonly source_agency: string;
  readonly agreement_id: string;
  readonly as_of: string;
  readonly files: readonly {
    readonly record_type: string;
    readonly file: string;
    readonly rows: number;
    readonly sha256: string;
  }[];
}

export interface Delivered {
  readonly date: string;
  readonly agency: string;
  readonly manifest: Manifest;
  readonly folder: string;
}

/** Every delivery below a folder, by date and agency. */
export function deliveriesIn(folder: string): readonly Delivered[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-/.test(name))
    .sort()
    .flatMap((date) =>
      readdirSync(join(folder, date))
        .sort()
        .map((agency) => {
          const at = join(folder, date, agency);
          const file = join(at, 'manifest.json');
          if (!existsSync(file)) throw new Error(`${date} ${agency} has no manifest`);
          return { date, agency, folder: at, manifest: JSON.parse(readFileSync(file, 'utf8')) as Manifest };
        }),
    );
}

export interface Judged {
  readonly rows: number;
  /** By rule: rows rejected; a finding that rejects nothing is not counted. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly reasons: readonly string[];
}

/** Holds one file of a delivery to the contract with the hub's own row validator. */
export async function judge(
  contracts: Contracts,
  { folder, manifest }: Delivered,
  name: string,
): Promise<Judged> {
  const record = recordNamed(contracts, name);
  const system = contracts.mappings.get(manifest.source_agency)?.system ?? 'all';
  const validator = compileRowValidator(contracts, record, {
    agency: manifest.source_agency,
    system,
    asOf: manifest.as_of,
    minorConsentServices: true,
    writeSurrogate: (_bytes, _start, _end, out, at) => {
      out[at] = 0x30;
      return at + 1;
    },
    surrogateBytes: 1,
  });
  const file = `${name}.csv`;
  const source = await openDelimited(streamOf(readFileSync(join(folder, file))), {
    delimiter: ',',
    limits: LIMITS,
    refuse: refusing(file),
  });
  const judging = validator.open(file, source.columns);
  const out = new CopyBuffer();
  const rejected: Record<string, number> = {};
  const reasons: string[] = [];
  let rows = 0;
  for await (const batch of source.batches()) {
    out.clear();
    const outcome = judging.validate(batch, out);
    rows += outcome.rows;
    for (const rule of new Map(outcome.rejects.map((reject) => [reject.line, reject.rule])).values())
      rejected[rule] = (rejected[rule] ?? 0) + 1;
    for (const { line, rule, column } of outcome.rejects)
      reasons.push(`${file}:${line} ${rule} ${column ?? ''}`);
  }
  return { rows, rejected, reasons };
}
