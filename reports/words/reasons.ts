/** Why a release holds no figure, as a sentence in the reader's language; the release has it in a few words of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-root.ts';
import type { Bilingual, Language } from './language.ts';

interface Reasons {
  readonly reasons: readonly (Bilingual & { readonly says: string })[];
  readonly records: Readonly<Record<string, Bilingual>>;
}

let known: Reasons | undefined;

function reasons(): Reasons {
  known ??= parse(readFileSync(join(packageRoot, 'reports/words/reasons.yaml'), 'utf8')) as Reasons;
  return known;
}

/** Nothing where the words are not known: they then stand as the release has them, and marked as English. */
export function reasonIn(language: Language, said: string): string | undefined {
  const { reasons: all, records } = reasons();
  for (const { says, ...words } of all) {
    const [before = '', after] = says.split('{}');
    if (after === undefined ? said !== says : !(said.startsWith(before) && said.endsWith(after))) continue;
    const held = after === undefined ? '' : said.slice(before.length, said.length - after.length);
    return words[language].replaceAll('{}', records[held]?.[language] ?? held.replaceAll('_', ' '));
  }
  return undefined;
}
