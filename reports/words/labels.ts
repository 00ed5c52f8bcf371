/** The labels of codes in the reader's language: English from the contracts, Spanish beside this file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.ts';
import type { Language } from './language.ts';

type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>;

let spanish: Labels | undefined;

/** Nothing where the contracts' own label is to stand, marked as English. */
export function labelIn(language: Language, list: string, code: string): string | undefined {
  return language === 'es' ? spanishLabels()[list]?.[code] : undefined;
}

export function spanishLabels(): Labels {
  spanish ??= (
    parse(readFileSync(join(packageRoot, 'reports/words/labels.es.yaml'), 'utf8')) as { labels: Labels }
  ).labels;
  return spanish;
}
