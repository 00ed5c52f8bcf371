import { join } from 'node:path';
import { describe, type Problem } from '../../src/contracts/problem.ts';
import { SchemaFolder } from '../../src/contracts/schema-folder.ts';
import { Refused } from '../../src/errors.ts';
import { packageRoot } from '../../src/package-root.ts';
import type { Referral } from '../estimate/referrals.ts';

/** The referrals between systems that `schema/referrals.yaml` declares. */
export function declaredReferrals(folder: string = join(packageRoot, 'schema')): readonly Referral[] {
  const problems: Problem[] = [];
  const file = new SchemaFolder(folder, problems).one('referrals.yaml').only('referrals');
  const referrals = file.list('referrals').map((entry) => {
    entry.only('from', 'to', 'why', 'authority');
    const [from, to] = [entry.text('from'), entry.text('to')];
    entry.text('why');
    if (from === to) entry.at('to').report('REFERENCE', 'names the system that refers');
    return { from, to };
  });
  const [first] = problems;
  if (first === undefined) return referrals;
  throw new Refused('REFERRALS_FILE', describe(first), { remedy: 'Correct schema/referrals.yaml.' });
}
