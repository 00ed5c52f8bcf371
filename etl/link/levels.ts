import type { FieldKind } from '../encode/normalise.ts';

/**
 * How two values of a field can agree, from least to most. Level 0 is always `missing`, level 1 `different`,
 * and the last `exact`. Between them stand levels decided by tokens, and levels of similar filters.
 */
export interface Levels {
  readonly names: readonly string[];
  /** Levels by the similarity that they need, best first. */
  readonly similar: readonly { readonly level: number; readonly least: number }[];
  /** Levels by name that tokens decide; see `Comparer`. */
  readonly token: Readonly<Record<string, number>>;
  /** The smallest share of matches that may be left to `different`, and the largest. */
  readonly floor: number;
  readonly most: number;
}

/** Level names from `different` upwards; `~0.7` is a level of filters at least that similar. */
const SCALES: Readonly<Record<FieldKind, readonly string[]>> = {
  name: ['~0.4', '~0.65', 'exact'],
  given: ['~0.5', '~0.7', 'nickname', 'exact'],
  surname: ['~0.5', '~0.7', 'swapped', 'exact'],
  date: ['~0.45', 'month_day', '~0.7', 'swapped', 'exact'],
  id: ['~0.5', '~0.7', 'exact'],
  postcode: ['area', '~0.65', 'exact'],
  sex: ['exact'],
  text: ['~0.45', '~0.7', 'exact'],
  phone: ['~0.5', '~0.7', 'exact'],
};

/**
 * A young person may have given another age, so another birth date never rules a match out: at least this share
 * of matches is left to it, whatever a training set without such cases would say.
 */
const DATE_FLOOR = 0.02;
const FLOOR = 0.001;
/**
 * Whatever else agrees, records whose names or birth dates nearly always differ are not of one person: without this, a
 * file with few matches would take for them what its strangers have in common, as a sex goes with a given name.
 */
const MOST: Partial<Record<FieldKind, number>> = { name: 0.3, given: 0.3, surname: 0.3, date: 0.1, id: 0.3 };

export function levelsOf(kind: FieldKind): Levels {
  const scale = SCALES[kind];
  const names = ['missing', 'different', ...scale];
  const similar = names
    .flatMap((name, level) => (name.startsWith('~') ? [{ level, least: Number(name.slice(1)) }] : []))
    .reverse();
  const token = Object.fromEntries(
    names.flatMap((name, level) => (level > 1 && !name.startsWith('~') ? [[name, level] as const] : [])),
  );
  return { names, similar, token, floor: kind === 'date' ? DATE_FLOOR : FLOOR, most: MOST[kind] ?? 1 };
}
