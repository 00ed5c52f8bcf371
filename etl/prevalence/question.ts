/** What is asked of the hub's lists: a closed period, an area, a day of knowledge, and which definitions hold there. Pure. */
import type { Contracts } from '../../src/contracts/contracts.ts';
import { listNamed, termAsOf } from '../../src/contracts/lookup.ts';
import type { Rule } from '../../src/contracts/term-rule.ts';
import { Misuse, Refused } from '../../src/errors.ts';
import type { TermQuestion } from '../persons/term-query.ts';

export const TERM = 'identified';

export interface Asked {
  /** A year that is over. */
  readonly period: string;
  /** A county's FIPS code, or a region; without either, the state. */
  readonly county?: string;
  readonly region?: string;
  readonly knownOn?: string;
  readonly today: string;
}

export function questionOf(contracts: Contracts, asked: Asked): TermQuestion {
  const { period, knownOn, today } = asked;
  if (!/^(19|20)\d\d$/.test(period))
    throw new Misuse('PERIOD', '--period takes a year', {
      remedy: 'Give a year that is over, such as 2024.',
    });
  const [from, to] = [`${period}-01-01`, `${period}-12-31`];
  if (to >= (knownOn ?? today) || to >= today)
    throw new Refused('PERIOD_OPEN', `The period ${period} is not over, so its lists are not complete.`, {
      remedy: 'Give a year that is over, and had been on the day of --known-on.',
    });
  const counties = countiesOf(contracts, asked);
  return {
    term: TERM,
    on: to,
    period: { from, to },
    ...(counties === undefined ? {} : { counties }),
    ...(knownOn === undefined ? {} : { knownOn }),
  };
}

function countiesOf(contracts: Contracts, { county, region }: Asked): readonly string[] | undefined {
  if (county !== undefined && region !== undefined)
    throw new Misuse('AREA', 'a county and a region were named', { remedy: 'Name one of them.' });
  if (county !== undefined) return [codeOf(contracts, 'ca_counties', county).code];
  if (region === undefined) return undefined;
  return String(codeOf(contracts, 'ca_region', region).attributes['counties']).split(' ');
}

function codeOf(contracts: Contracts, list: string, code: string) {
  const { codes, title } = listNamed(contracts, list);
  const found = codes.find((one) => one.code === code);
  if (found !== undefined) return found;
  const known =
    codes.length > 20 ? `five digits, such as ${codes[0]?.code}` : codes.map((one) => one.code).join(', ');
  throw new Misuse('AREA', `${title} ${code}: there is none`, { remedy: `Give ${known}.` });
}

/** The versions of the term and of what its wording names, shared and of each county with a wording of its own. */
export function definitionsOf(
  contracts: Contracts,
  { term, on, counties }: TermQuestion,
): Record<string, number> {
  const found: Record<string, number> = {};
  const walk = (name: string, county: string | undefined): void => {
    const { version, rule } = termAsOf(contracts, name, { on, ...(county === undefined ? {} : { county }) });
    found[county === undefined ? name : `${name} in ${county}`] = version;
    for (const inner of rule === undefined ? [] : termsIn(rule)) walk(inner, county);
  };
  walk(term, undefined);
  for (const county of wordingsOfTheirOwn(contracts, term, on))
    if (counties === undefined || counties.includes(county)) walk(term, county);
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function wordingsOfTheirOwn({ terms }: Contracts, term: string, on: string): readonly string[] {
  const local = terms.get(term)?.local ?? [];
  return local
    .filter(({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && (effectiveTo ?? on) >= on)
    .map(({ county }) => county);
}

function termsIn(rule: Rule): readonly string[] {
  if (rule.kind === 'term') return [rule.term];
  if (rule.kind === 'not') return termsIn(rule.rule);
  return rule.kind === 'any' || rule.kind === 'all' ? rule.rules.flatMap(termsIn) : [];
}
