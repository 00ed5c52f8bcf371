import type { Certificate } from './certificate.ts';
import type { Policy } from './policy.ts';
import { primaryCells } from './primary.ts';
import type { Table } from './table.ts';
import type { Finding } from './verify/finding.ts';
import { possible, worldOf } from './verify/possible.ts';
import { protectsEach } from './verify/protects.ts';
import { keepsLineRule, whatIsShown } from './verify/shown.ts';

/**
 * Checks a certificate against the facts by itself: it shares nothing with the solver, knows no linear programming
 * and only adds up. An empty list means that the release keeps its policy.
 */
export function verifyCertificate(table: Table, policy: Policy, certificate: Certificate): Finding[] {
  const hidden = new Set(certificate.hidden);
  const facts = new Map(table.cells.map((cell) => [cell.id, cell]));
  const unknown = certificate.hidden.filter((id) => !facts.has(id));
  if (unknown.length > 0) return [{ code: 'UNKNOWN_CELL', cells: unknown }];
  const primary = primaryCells(table, policy);
  const worlds = certificate.tables.map((differences) => worldOf(table, certificate, differences));
  return [
    ...samePolicy(policy, certificate),
    ...whatIsShown(table, policy, certificate, hidden, primary),
    ...worlds.flatMap((world) => possible(table, certificate, hidden, world)),
    ...keepsLineRule(table, policy, hidden),
    ...protectsEach(table, policy, primary, worlds),
  ];
}

function samePolicy(policy: Policy, certificate: Certificate): Finding[] {
  const same =
    certificate.policy === policy.id &&
    certificate.threshold === policy.threshold &&
    certificate.bar === policy.bar &&
    certificate.singletons === policy.singletons;
  return same ? [] : [{ code: 'POLICY_DIFFERS', cells: [] }];
}
