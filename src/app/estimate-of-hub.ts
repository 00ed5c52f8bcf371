/** The hub's own lists: asks for the estimates, writes the report, and tells the steward. */
import { type StoredEstimate, storedAnnex } from '../../etl/prevalence/kept-estimates.ts';
import { estimateHub } from '../../etl/prevalence.ts';
import { readSettings } from '../config.ts';
import { migrateUp } from '../db/migrate.ts';
import { registeredAgencies } from '../sources/agency.ts';
import { writeReport } from './estimate-report.ts';
import { withHub } from './hub.ts';

export interface HubFlags {
  readonly hub: boolean;
  readonly period?: string;
  readonly county?: string;
  readonly region?: string;
  readonly by?: string;
  readonly knownOn?: string;
  readonly draws: number;
  readonly seed: number;
  readonly bootstrap: number;
  readonly report?: string;
}

export async function estimatesOfHub(flags: HubFlags & { readonly period: string }) {
  const { draws, seed, bootstrap, report, period, ...rest } = flags;
  const asked = Object.fromEntries(
    (['county', 'region', 'by', 'knownOn'] as const).flatMap((key) =>
      rest[key] === undefined ? [] : [[key, rest[key]]],
    ),
  );
  return withHub(readSettings(), 'estimate', async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    const measurer = await hub.as('measurer');
    const found = await estimateHub({
      measurer,
      requestedBy: 'command line',
      period,
      ...asked,
      draws,
      seed,
      replicates: bootstrap,
      today: new Date().toISOString().slice(0, 10),
    });
    const files: string[] = [];
    if (report !== undefined) {
      const madeUp = (await registeredAgencies(await hub.as('loader'))).some(
        (agency) => agency.madeUp === true,
      );
      for (const one of found) {
        const { refused, reasons, value, lower, upper, ...madeOf } = one;
        const annex = await storedAnnex(measurer, one.id);
        const answer = { refused, reasons, value, lower, upper, annex };
        const about = { name: nameOf(one), of: placeOf(one), who: 'young people', holds: HOLDS };
        files.push(...writeReport(report, { ...about, madeUp, answer, madeOf }));
      }
    }
    return { found, files };
  });
}

const HOLDS = 'The interval holds chance, the choice of the model and what linkage left open.';

function nameOf({ period, county, region, stratum }: StoredEstimate): string {
  return [period, county, region, stratum.replace('=', '-')].filter((part) => part !== 'all').join('-');
}

function placeOf({ period, county, region, stratum }: StoredEstimate): string {
  const area = county !== 'all' ? `county ${county}` : region !== 'all' ? `region ${region}` : 'the state';
  return [period, area, ...(stratum === 'all' ? [] : [stratum])].join(', ');
}

/** For the steward, unrounded. */
export function describeEstimates(found: readonly StoredEstimate[]): string {
  return [
    'UNPROTECTED: for the steward. Nothing here is rounded or released.',
    ...found.flatMap(describe),
  ].join('\n');
}

function describe(one: StoredEstimate): string[] {
  const head = `${placeOf(one)}: ${one.lists.join(', ')}, as known on ${one.known_on}`;
  if (one.refused) return [head, 'NO FIGURE', ...one.reasons.map((reason) => `  - ${reason}`)];
  const [value, lower, upper] = [one.value, one.lower, one.upper].map((figure) => Math.round(figure ?? 0));
  return [
    head,
    `At least about ${value} young people (${lower} to ${upper}), over ${one.draws} drawn linkages`,
    'The interval does not hold young people who are hard to see for every system.',
  ];
}
