import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaFolder } from '../../src/contracts/contracts.ts';

/** A copy of the contracts that a test may break. */
export class SchemaCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'tessera-contracts-'));

  constructor() {
    cpSync(schemaFolder, this.folder, { recursive: true });
  }

  /** Replaces text that must be there, or the defect would not be planted and the test would prove nothing. */
  replace(file: string, was: string, is: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(was)) throw new Error(`${file} does not say: ${was}`);
    writeFileSync(
      path,
      text.replace(was, () => is),
    );
  }

  append(file: string, text: string): void {
    const path = join(this.folder, file);
    writeFileSync(path, `${readFileSync(path, 'utf8')}${text}`);
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  remove(file: string): void {
    rmSync(join(this.folder, file));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
