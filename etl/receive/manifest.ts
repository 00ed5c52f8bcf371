import type { Contracts } from '../../src/contracts/contracts.ts';
import { codesAsOf, listNamed, recordNamed } from '../../src/contracts/lookup.ts';
import type { Field } from '../../src/contracts/record.ts';
import { type DeclaredFile, readDeclaredFile } from './declared-file.ts';
import { type Refuse, refusing } from './file-refused.ts';
import { refuseOtherSchema } from './hold-to-manifest.ts';
import { JsonEntry } from './json-entry.ts';
import type { Limits } from './limits.ts';
import { MANIFEST } from './manifest-name.ts';
import { momentOf } from './moment.ts';

/** What an agency says about a delivery; every word of it has been held to the manifest's contract. */
export interface Manifest {
  readonly deliveryId: string;
  readonly agency: string;
  readonly agreement: string;
  readonly schemaVersion: string;
  readonly kind: 'full' | 'delta';
  readonly asOf: string;
  readonly coversFrom: string | undefined;
  readonly coversTo: string;
  readonly deidMethod: string;
  readonly keyVersion: string;
  readonly files: readonly DeclaredFile[];
}

export function readManifest(bytes: Uint8Array, contracts: Contracts, limits: Limits): Manifest {
  const refuse = refusing(MANIFEST);
  const entry = new JsonEntry(parse(bytes, refuse), '', refuse);
  const { fields } = recordNamed(contracts, 'manifest');
  entry.only(fields.map((field) => field.name));
  for (const field of fields) if (field.type !== 'array') checkForm(entry, field);
  // Which codes are in force depends on as_of, which has its form by now.
  const day = entry.requiredText('as_of').slice(0, 10);
  for (const field of fields) checkCode(entry, field, contracts, day);

  const files = entry.list('files', limits.files).map((file) => readDeclaredFile(file, contracts, limits));
  refuseRepeats(files, refuse);
  const manifest: Manifest = {
    deliveryId: entry.requiredText('delivery_id'),
    agency: entry.requiredText('source_agency'),
    agreement: entry.requiredText('agreement_id'),
    schemaVersion: entry.requiredText('schema_version'),
    kind: entry.text('extract_kind') === 'full' ? 'full' : 'delta',
    asOf: entry.requiredText('as_of'),
    coversFrom: entry.text('covers_from'),
    coversTo: entry.requiredText('covers_to'),
    deidMethod: entry.requiredText('deid_method'),
    keyVersion: entry.requiredText('token_key_version'),
    files,
  };
  const from = manifest.coversFrom === undefined ? -Infinity : (momentOf(manifest.coversFrom) ?? NaN);
  refuseOtherSchema(contracts, manifest.schemaVersion);
  if (from > (momentOf(manifest.coversTo) ?? NaN)) entry.refuse('covers_to', 'lies before covers_from');
  return manifest;
}

function parse(bytes: Uint8Array, refuse: Refuse): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message quotes what it read.
    return refuse('MANIFEST', undefined, 'is not JSON in UTF-8');
  }
}

function checkForm(entry: JsonEntry, field: Field): void {
  const { name, constraints } = field;
  const text = entry.text(name);
  if (text === undefined) {
    if (constraints.required) entry.refuse(name, 'is missing');
    return;
  }
  if (constraints.maxLength !== undefined && text.length > constraints.maxLength)
    entry.refuse(name, `is longer than ${constraints.maxLength} characters`);
  if (constraints.pattern !== undefined && !new RegExp(`^(?:${constraints.pattern})$`, 'u').test(text))
    entry.refuse(name, `does not have the form ${constraints.pattern}`);
  if (field.type === 'datetime' && momentOf(text) === undefined)
    entry.refuse(name, 'is not a moment with its offset, such as 2026-03-01T04:00:00Z');
}

function checkCode(entry: JsonEntry, field: Field, contracts: Contracts, day: string): void {
  const text = field.codes === undefined ? undefined : entry.text(field.name);
  if (field.codes === undefined || text === undefined) return;
  const codes = codesAsOf(listNamed(contracts, field.codes), day);
  if (!codes.has(text)) entry.refuse(field.name, `is none of ${[...codes.keys()].join(', ')}`);
}

function refuseRepeats(files: readonly DeclaredFile[], refuse: Refuse): void {
  const seen = new Set<string>();
  for (const { file } of files) {
    // Where the case of names is ignored, two names of one file must not load it twice.
    const name = file.toLowerCase();
    if (seen.has(name)) refuse('MANIFEST', undefined, `names ${file} twice`);
    seen.add(name);
  }
}
