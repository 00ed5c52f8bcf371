/** What is counted, and what the cells of a table come to: the second implementation's own margins, shares and medians. */

/** One thing counted in a period, with its dimensions; `met` for a share, `days` and `ended` for a wait, `n` and `of` for sums. */
export interface Thing {
  readonly unit: string;
  readonly dims: Readonly<Record<string, string>>;
  readonly met?: boolean;
  readonly days?: number;
  readonly ended?: boolean;
  readonly n?: number;
  readonly of?: number;
}

/** What a cell comes to: a count, a share as a fraction, or the median with the waits behind it. */
function figureOf(things: readonly Thing[]): string {
  if (things[0]?.of !== undefined) {
    const sum = (part: 'n' | 'of'): number => things.reduce((so, thing) => so + (thing[part] ?? 0), 0);
    return sum('of') === 0 ? 'none' : `${sum('n')}/${sum('of')}`;
  }
  const units = new Map<string, Thing>();
  for (const thing of things) if (units.get(thing.unit)?.met !== true) units.set(thing.unit, thing);
  const some = [...units.values()];
  if (some[0]?.met !== undefined) return `${some.filter(({ met }) => met).length}/${units.size}`;
  if (some[0]?.days === undefined) return String(units.size);
  return `${median(some)} of ${some.filter(({ ended }) => ended).length}/${units.size}`;
}

/** The first day by which at least half have ended, by Kaplan and Meier's product in whole numbers. */
function median(waits: readonly Thing[]): number | 'none' {
  let [left, of] = [1n, 1n];
  for (const day of [...new Set(waits.map(({ days }) => days ?? 0))].toSorted((a, b) => a - b)) {
    const atRisk = waits.filter(({ days = 0 }) => days >= day).length;
    const ends = waits.filter(({ days, ended }) => days === day && ended).length;
    left *= BigInt(atRisk - ends);
    of *= BigInt(atRisk);
    if (ends > 0 && 2n * left <= of) return day;
  }
  return 'none';
}

/** Every cell of a table in which anything was counted, with its margins. */
export function cellsOf(
  thingsIn: (period: string) => readonly Thing[],
  by: readonly string[],
  periods: readonly string[],
): Map<string, string> {
  const cells = new Map<string, Thing[]>();
  for (const period of periods)
    for (const thing of thingsIn(period)) {
      const names = by.reduce<string[]>(
        (made, name) =>
          made.flatMap((cell) => [`${cell}|${name}=all`, `${cell}|${name}=${thing.dims[name]}`]),
        [''],
      );
      for (const name of names) {
        const key = `${period} ${by.length === 0 ? 'all' : name.slice(1)}`;
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, [thing]);
        else cell.push(thing);
      }
    }
  return new Map([...cells].map(([key, some]) => [key, figureOf(some)]));
}
