/** Two pages of one estimate: for a committee, rounded and in plain words, and for statisticians, with everything behind it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { annexPage } from './estimate-annex.ts';
import { committeePage } from './estimate-committee.ts';
import type { Reported } from './reported-estimate.ts';

export function writeReport(folder: string, reported: Reported): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const pages: readonly [string, string][] = [
    ['committee.html', committeePage(reported)],
    ['annex.html', annexPage(reported)],
    ['annex.json', `${JSON.stringify({ ...reported.madeOf, ...reported.answer }, null, 2)}\n`],
  ];
  return pages.map(([file, content]) => {
    const path = join(folder, `${reported.name}-${file}`);
    writeFileSync(path, content);
    return path;
  });
}
