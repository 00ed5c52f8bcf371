import { Refused } from '../../src/errors.ts';

export type Comparison =
  | { readonly type: 'ngram'; readonly n: number; readonly positional: boolean }
  | { readonly type: 'exact' }
  | {
      readonly type: 'numeric';
      readonly thresholdDistance: number;
      readonly resolution: number;
      readonly fractionalPrecision: number;
    };

/** How many bits each of `tokens` tokens sets. */
export type Strategy = { readonly bitsPerToken: number } | { readonly bitsPerFeature: number };

/** Cuts a formatted value into tokens; an empty value has none. Duplicates stay, as their number sets the bits. */
export function tokenise(comparison: Comparison, value: string): readonly string[] {
  if (value === '') return [];
  switch (comparison.type) {
    case 'exact':
      return [value];
    case 'ngram':
      return ngrams(value, comparison.n, comparison.positional);
    case 'numeric':
      return neighbourhood(value, comparison);
  }
}

export function bitsOf(strategy: Strategy, tokens: number): readonly number[] {
  if ('bitsPerToken' in strategy) return Array.from({ length: tokens }, () => strategy.bitsPerToken);
  const each = Math.floor(strategy.bitsPerFeature / tokens);
  const extra = strategy.bitsPerFeature % tokens;
  return Array.from({ length: tokens }, (_, i) => (i < extra ? each + 1 : each));
}

function ngrams(value: string, n: number, positional: boolean): readonly string[] {
  const padding = ' '.repeat(n - 1);
  const characters = Array.from(`${padding}${value}${padding}`);
  const count = Math.max(0, characters.length - n + 1);
  return Array.from({ length: count }, (_, i) => {
    const gram = characters.slice(i, i + n).join('');
    return positional ? `${i + 1} ${gram}` : gram;
  });
}

/** The grid points around a number, all multiplied by twice the resolution, so that nothing is divided. */
function neighbourhood(
  value: string,
  comparison: Extract<Comparison, { type: 'numeric' }>,
): readonly string[] {
  const { resolution } = comparison;
  const scale = 10 ** comparison.fractionalPrecision;
  const step = BigInt(roundHalfEven(comparison.thresholdDistance * scale));
  const scaled = wholeNumber(value, comparison.fractionalPrecision) * 2n * BigInt(resolution);
  const residue = ((scaled % step) + step) % step;
  const snapped = 2n * residue < step ? scaled - residue : scaled + (step - residue);
  const centre = residue === 0n ? scaled : snapped;
  return Array.from({ length: 2 * resolution + 1 }, (_, i) => String(centre + BigInt(i - resolution) * step));
}

function wholeNumber(value: string, precision: number): bigint {
  const integer = readInteger(value);
  if (integer !== undefined) return integer * 10n ** BigInt(precision);
  const number = Number(value.trim().replaceAll('_', ''));
  if (value.trim() === '' || !Number.isFinite(number))
    throw new Refused('CLK_NUMBER', 'a value is not a number');
  return BigInt(precision === 0 ? Math.trunc(number) : roundHalfEven(number * 10 ** precision));
}

/** What Python's `int` reads: a sign, digits, single underscores between them, spaces around. */
export function readInteger(value: string): bigint | undefined {
  const trimmed = value.trim();
  if (!/^[+-]?\d+(_\d+)*$/.test(trimmed)) return undefined;
  return BigInt(trimmed.replaceAll('_', '').replace(/^\+/, ''));
}

export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
