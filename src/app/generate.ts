/**
 * Writes the files that are made from the code, or with --check says which are out of date:
 * `npm run generate` and `npm run generate -- --check`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printedSchema } from '../api/schema.ts';
import { configurationPage } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { metricPages } from '../contracts/dictionary/metric-page.ts';
import { packageRoot } from '../package-root.ts';
import { print } from './terminal.ts';

const generated: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/configuration.md': configurationPage,
  'schema/schema.graphql': printedSchema,
  ...metricPages(loadContracts()),
};

const onlyCheck = process.argv.includes('--check');
let outdated = 0;
for (const [file, make] of Object.entries(generated)) {
  const path = join(packageRoot, file);
  const wanted = await make();
  if (contentOf(path) === wanted) continue;
  outdated++;
  if (!onlyCheck) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wanted);
  }
  print(onlyCheck ? `${file} is out of date: run npm run generate` : `${file} written`);
}
if (onlyCheck && outdated > 0) process.exitCode = 1;

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
