/** What a report says of metrics in the reader's language: English from the contracts, Spanish beside this file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.ts';
import type { Bilingual, Language } from './language.ts';

export interface MetricWords {
  readonly titles: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, string>>;
  /** By the English; citations of law are the same in every language, and are not here. */
  readonly authorities: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, readonly string[]>>;
}

let spanish: MetricWords | undefined;

/** Nothing in English, which the contracts hold. */
export function metricWords(language: Language): MetricWords | undefined {
  if (language === 'en') return undefined;
  spanish ??= read('metrics.es.yaml') as MetricWords;
  return spanish;
}

let rows: Readonly<Record<string, Bilingual>> | undefined;

/** What a row of a table calls a metric: its title, unless rows.yaml has better words for that place. */
export function rowNamed(metric: string, title: string): Bilingual {
  rows ??= (read('rows.yaml') as { rows: Readonly<Record<string, Bilingual>> }).rows;
  return rows[metric] ?? { en: title, es: metricWords('es')?.titles[metric] ?? title };
}

function read(name: string): unknown {
  return parse(readFileSync(join(packageRoot, 'reports/words', name), 'utf8'));
}
