/** Figures that a later release gives otherwise than an earlier one, and why. Pure but for the two readers below. */
import type { DataSource } from 'typeorm';
import { transaction } from '../../db/transaction.ts';
import { NotFound } from '../../errors.ts';
import { type CandidateFigure, type Place, placeKey } from '../catalogue/candidate.ts';
import type { ReleaseFigure } from './release-figures.ts';
import {
  allReleases,
  evidenceOfRelease,
  oneRelease,
  storedCandidate,
  storedFigures,
} from './stored-releases.ts';

/** `unclear`: rows came late and persons were linked otherwise, and nothing tells the two apart. */
export type RevisionReason = 'definition' | 'late data' | 'linkage' | 'software' | 'unclear';

export interface Revision extends Place {
  readonly was: number | null;
  readonly is: number | null;
  readonly reasons: readonly RevisionReason[];
}

/** What a release was made of. */
export interface Side {
  readonly figures: readonly ReleaseFigure[];
  readonly knownOn: string;
  readonly linkageVersion: string;
  readonly codeVersion: string;
}

/**
 * Only what both releases show: what one of them hides is no revision, and comparing it would give it away. `between`
 * holds the figures of the rows of the earlier day with the persons of the later one: from the earlier release to it,
 * linkage changed a figure; from it to the later one, rows did.
 */
export function revisionsBetween(
  earlier: Side,
  later: Side,
  between: readonly CandidateFigure[] | undefined,
): Revision[] {
  const before = new Map(earlier.figures.map((figure) => [placeKey(figure), figure]));
  const middle = new Map((between ?? []).map((figure) => [placeKey(figure), figure]));
  return later.figures.flatMap((is) => {
    const was = before.get(placeKey(is));
    if (was === undefined || !isGiven(was) || !isGiven(is)) return [];
    if (isSame(was, is)) return [];
    const { metric, tbl, period, cell } = is;
    const reasons = reasonsOf(was, is, middle.get(placeKey(is)), earlier, later);
    return [{ metric, tbl, period, cell, was: was.value, is: is.value, reasons }];
  });
}

function isGiven({ status }: ReleaseFigure): boolean {
  return status === 'shown' || status === 'provisional';
}

type Counted = Pick<ReleaseFigure, 'value' | 'numerator' | 'denominator'>;

function isSame(one: Counted, other: Counted): boolean {
  return (
    one.value === other.value && one.numerator === other.numerator && one.denominator === other.denominator
  );
}

function reasonsOf(
  was: ReleaseFigure,
  is: ReleaseFigure,
  between: CandidateFigure | undefined,
  earlier: Side,
  later: Side,
): RevisionReason[] {
  if (was.version !== is.version) return ['definition'];
  if (between !== undefined) {
    const linkage: RevisionReason[] = isSame(was, between) ? [] : ['linkage'];
    return isSame(between, is) ? linkage : [...linkage, 'late data'];
  }
  const relinked = earlier.linkageVersion !== later.linkageVersion;
  const reloaded = earlier.knownOn !== later.knownOn;
  if (relinked && reloaded) return ['unclear'];
  if (relinked) return ['linkage'];
  return earlier.codeVersion !== later.codeVersion && !reloaded ? ['software'] : ['late data'];
}

export interface Revisions {
  readonly release: number;
  readonly since: number;
  readonly revisions: readonly Revision[];
  /** What would tell late rows and linkage apart, where nothing does yet. */
  readonly remedy: string | undefined;
}

export async function revisionsOf(
  publisher: DataSource,
  number: number,
  since: number | undefined,
): Promise<Revisions> {
  await oneRelease(publisher, number);
  const first = since ?? (await releaseBefore(publisher, number));
  const [earlier, later] = [await sideOf(publisher, first), await sideOf(publisher, number)];
  const between = await candidateBetween(publisher, earlier, later);
  const revisions = revisionsBetween(earlier, later, between);
  const isUnclear = revisions.some(({ reasons }) => reasons.includes('unclear'));
  return {
    release: number,
    since: first,
    revisions,
    remedy: isUnclear
      ? `npx tessera measure --known-on ${earlier.knownOn} --linkage today, before more is linked, tells late data and linkage apart`
      : undefined,
  };
}

async function releaseBefore(publisher: DataSource, number: number): Promise<number> {
  const earlier = (await allReleases(publisher)).findLast((release) => release.number < number);
  if (earlier === undefined)
    throw new NotFound('NO_EARLIER_RELEASE', `No release came before release ${number}.`);
  return earlier.number;
}

async function sideOf(publisher: DataSource, number: number): Promise<Side> {
  const { candidateId } = await evidenceOfRelease(publisher, number);
  const { knownOn, linkageVersion, codeVersion } = await storedCandidate(publisher, candidateId);
  const figures = await transaction(publisher, ({ client }) => storedFigures(client, number));
  return { figures, knownOn, linkageVersion, codeVersion };
}

async function candidateBetween(
  publisher: DataSource,
  earlier: Side,
  later: Side,
): Promise<readonly CandidateFigure[] | undefined> {
  const [row] = await publisher.query<{ id: string }[]>(
    `SELECT id FROM measures.candidate WHERE known_on = $1 AND linkage_version = $2 AND code_version = $3
     ORDER BY made_at DESC LIMIT 1`,
    [earlier.knownOn, later.linkageVersion, later.codeVersion],
  );
  return row === undefined ? undefined : (await storedCandidate(publisher, row.id)).figures;
}
