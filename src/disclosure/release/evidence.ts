import { placeKey } from '../catalogue/candidate.ts';
import type { Certificate } from '../certificate.ts';
import { contracted } from '../contract.ts';
import { type EarlierRelease, withEarlier } from '../earlier.ts';
import type { Policy } from '../policy.ts';
import { sensitiveParts, type Table } from '../table.ts';
import type { Finding } from '../verify/finding.ts';
import { verifyCertificate } from '../verify.ts';
import { commitment, factsOf, type Heading, PUBLIC } from './payload.ts';
import type { ReleasePlan } from './plan-release.ts';
import type { ReleaseFigure } from './release-figures.ts';

/** What the publisher keeps of a release: the facts, what each figure is made of, and the proof. */
export interface Evidence {
  readonly table: Table;
  readonly policy: Policy;
  readonly certificate: Certificate;
  /** The cells of the table that are not published. */
  readonly hidden: readonly string[];
  /** Each public figure with its cells, and whether it was hidden. */
  readonly operands: readonly (readonly [place: string, cells: readonly string[]])[];
  /** The releases that it was audited with. */
  readonly earlier: readonly number[];
  /** The same release from the same candidate: period, policy and what else decided. */
  readonly madeFrom: string;
}

export function evidenceOf(
  plan: ReleasePlan,
  policy: Policy,
  earlier: readonly number[],
  madeFrom: string,
): Evidence {
  const gone = new Set(plan.certificate.hidden);
  return {
    table: plan.linked.table,
    policy,
    certificate: plan.certificate,
    hidden: plan.linked.table.cells.map(({ id }) => id).filter((id) => gone.has(plan.audited.standsFor(id))),
    operands: plan.linked.placed
      .filter(({ audience }) => audience === PUBLIC)
      .map(({ figure, operands }) => [placeKey(figure), operands] as const),
    earlier,
    madeFrom,
  };
}

/** How a release stands in the audit of those after it. */
export function asEarlier(number: number, { table, certificate, hidden }: Evidence): EarlierRelease {
  const gone = new Set(hidden);
  const mayBeZero = sensitiveParts(table);
  return {
    release: String(number),
    cells: table.cells.map(({ id, v, withheld, magnitude }) => ({
      id,
      v,
      hidden: gone.has(id),
      nonzero: certificate.zeros === 'shown' && !withheld && !mayBeZero.has(id),
      magnitude,
    })),
    eqs: table.eqs,
    atMost: table.atMost,
    insiders: table.insiders,
  };
}

export type EvidenceFinding =
  | { readonly code: Finding['code']; readonly cells: readonly string[] }
  | {
      readonly code: 'FACTS' | 'CERTIFICATE' | 'SHOWN_THOUGH_HIDDEN' | 'NOT_THE_FACTS';
      readonly cells: readonly string[];
    };

/** What the steward can check who holds the facts: the release says of them what its certificate proves, and no more. */
export function evidenceFindings(
  evidence: Evidence,
  earlier: readonly EarlierRelease[],
  heading: Heading,
  figures: readonly ReleaseFigure[],
  commitmentKey: Uint8Array,
): EvidenceFinding[] {
  const { table, policy, certificate } = evidence;
  const { table: audited, standsFor } = contracted(withEarlier(table, earlier));
  const hidden = new Set(certificate.hidden);
  const operandsOf = new Map(evidence.operands);
  const values = new Map(table.cells.map(({ id, v }) => [id, v]));
  const open = figures.filter(({ status }) => status === 'shown' || status === 'provisional');
  const through = open.filter(
    (figure) => operandsOf.get(placeKey(figure))?.some((id) => hidden.has(standsFor(id))) ?? true,
  );
  const other = open.filter((figure) => {
    const [num, den] = operandsOf.get(placeKey(figure)) ?? [];
    return (
      (num !== undefined && values.get(num) !== figure.numerator) ||
      (den !== undefined && values.get(den) !== figure.denominator)
    );
  });
  return [
    ...found('FACTS', commitment(commitmentKey, factsOf(table)) === heading.factsCommitment ? [] : ['facts']),
    ...found(
      'CERTIFICATE',
      commitment(commitmentKey, certificate) === heading.certificateCommitment ? [] : ['certificate'],
    ),
    ...found('SHOWN_THOUGH_HIDDEN', through.map(placeKey)),
    ...found('NOT_THE_FACTS', other.map(placeKey)),
    ...verifyCertificate(audited, policy, certificate),
  ];
}

function found(
  code: 'FACTS' | 'CERTIFICATE' | 'SHOWN_THOUGH_HIDDEN' | 'NOT_THE_FACTS',
  cells: readonly string[],
): EvidenceFinding[] {
  return cells.length === 0 ? [] : [{ code, cells }];
}
