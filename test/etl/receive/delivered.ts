import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

export interface MadeFile {
  readonly record_type?: string;
  readonly content: Uint8Array | string;
  readonly rows: number;
  readonly [key: string]: unknown;
}

/** A folder that lives as long as the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-receive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A manifest that is right in everything, of made-up data, for tests to spoil. */
export function manifestOf(files: Readonly<Record<string, MadeFile>>): Record<string, unknown> {
  return {
    delivery_id: 'made-up-1',
    source_agency: 'CW-1',
    agreement_id: 'agreement-1',
    schema_version: '1.0',
    extract_kind: 'full',
    as_of: '2026-03-31T23:00:00-07:00',
    covers_to: '2026-03-31T23:00:00-07:00',
    deid_method: 'tessera_field',
    token_key_version: 'key-1',
    files: Object.entries(files).map(([file, { content, ...said }]) =>
      Object.assign({ record_type: 'cw_referral', file, sha256: sha256(content) }, said),
    ),
  };
}

/** Writes a delivery; `spoil` may change the manifest first. */
export function deliver(
  files: Readonly<Record<string, MadeFile>>,
  spoil: (manifest: Record<string, unknown>) => unknown = (manifest) => manifest,
): string {
  const folder = temporaryFolder();
  for (const [file, { content }] of Object.entries(files)) writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(spoil(manifestOf(files))));
  return folder;
}
