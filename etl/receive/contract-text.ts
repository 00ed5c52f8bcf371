/** Typed values as the contracts write them: ISO days and moments, plain decimals, true and false. */

const DAY_MS = 86_400_000;

/** A number of days since 1970. */
export function dayText(days: number): string {
  const day = new Date(days * DAY_MS);
  return Number.isNaN(day.getTime()) ? String(days) : day.toISOString().slice(0, -14);
}

export type Unit = 's' | 'ms' | 'us' | 'ns';

const PER_SECOND: Readonly<Record<Unit, bigint>> = { s: 1n, ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n };
const PLACES: Readonly<Record<Unit, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

/**
 * A moment counted from 1970. Only what is known to be UTC ends in Z; a local time stays without offset, and the
 * contracts refuse it, since nobody can say which moment it means.
 */
export function momentText(count: bigint, unit: Unit, utc: boolean): string {
  const per = PER_SECOND[unit];
  const rest = ((count % per) + per) % per;
  const second = new Date(Number((count - rest) / per) * 1000);
  if (Number.isNaN(second.getTime())) return String(count);
  const places = rest === 0n ? '' : `.${rest.toString().padStart(PLACES[unit], '0').replace(/0+$/, '')}`;
  return `${second.toISOString().slice(0, -5)}${places}${utc ? 'Z' : ''}`;
}

/** A whole number with its decimal point moved, without the zeros that say nothing. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  const text = digits.slice(0, -scale) + (fraction === '' ? '' : `.${fraction}`);
  return unscaled < 0n ? `-${text}` : text;
}

/** The shortest decimal that stands for the number, written without an exponent. */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '0';
  const text = String(value);
  const parts = /^(?<sign>-?)(?<whole>\d)(?:\.(?<fraction>\d+))?e(?<exponent>[+-]\d+)$/.exec(text)?.groups;
  if (parts === undefined) return text;
  const fraction = parts['fraction'] ?? '';
  const unscaled = BigInt(`${parts['sign'] ?? ''}${parts['whole'] ?? ''}${fraction}`);
  return decimalText(unscaled, fraction.length - Number(parts['exponent']));
}

/** The same for a number of single precision, whose neighbours lie further apart. */
export function floatText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return numberText(short);
  }
  return numberText(value);
}

/** Two's complement, most significant byte first. */
export function signedFromBytes(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}
