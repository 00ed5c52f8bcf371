/**
 * Days and moments read from bytes. A day is a number of days and a moment a number of milliseconds since 1970, so
 * that rules compare numbers. What is not a real day of these years, or not a moment with its offset, is NaN.
 */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const DAY = 86_400_000;

/** The first of each month: its day number and its length, by (year - 1900) * 12 + month - 1. */
const MONTH_START = new Int32Array((LAST_YEAR - FIRST_YEAR + 1) * 12);
const MONTH_DAYS = new Uint8Array(MONTH_START.length);
for (let month = 0; month < MONTH_START.length; month++) {
  MONTH_START[month] = Date.UTC(FIRST_YEAR, month, 1) / DAY;
  MONTH_DAYS[month] = (Date.UTC(FIRST_YEAR, month + 1, 1) - Date.UTC(FIRST_YEAR, month, 1)) / DAY;
}

const HYPHEN = 0x2d;
const COLON = 0x3a;

/** Two digits, or a number above 99 if they are none. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48;
  const ones = (bytes[at + 1] as number) - 48;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? 1000 : tens * 10 + ones;
}

/** The ten bytes from `at` on as a day: 2025-03-01. */
export function dayAt(bytes: Uint8Array, at: number): number {
  const century = pair(bytes, at);
  const inCentury = pair(bytes, at + 2);
  const month = pair(bytes, at + 5);
  const day = pair(bytes, at + 8);
  if (bytes[at + 4] !== HYPHEN || bytes[at + 7] !== HYPHEN) return NaN;
  if (century < 19 || century > 21 || inCentury > 99 || month < 1 || month > 12) return NaN;
  const index = (century * 100 + inCentury - FIRST_YEAR) * 12 + month - 1;
  if (day < 1 || day > (MONTH_DAYS[index] as number)) return NaN;
  return (MONTH_START[index] as number) + day - 1;
}

/**
 * A moment: a day, `T` or one space, hours and minutes, perhaps seconds and up to six places of them, and `Z` or an
 * offset as +hh:mm, +hhmm or +hh. A moment without an offset could be any of three hours in a year and is refused.
 */
export function momentAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 17) return NaN;
  const day = dayAt(bytes, start);
  const between = bytes[start + 10];
  const hours = pair(bytes, start + 11);
  const minutes = pair(bytes, start + 14);
  if ((between !== 0x54 && between !== 0x20) || bytes[start + 13] !== COLON) return NaN;
  if (hours > 23 || minutes > 59) return NaN;
  let at = start + 16;
  let milliseconds = day * DAY + hours * 3_600_000 + minutes * 60_000;
  if (bytes[at] === COLON) {
    if (at + 3 > end) return NaN;
    const seconds = pair(bytes, at + 1);
    if (seconds > 59) return NaN;
    milliseconds += seconds * 1000;
    at += 3;
    if (bytes[at] === 0x2e && at < end) {
      const from = ++at;
      let unit = 100;
      while (at < end && ((bytes[at] as number) - 48) >>> 0 <= 9) {
        milliseconds += ((bytes[at] as number) - 48) * unit;
        unit /= 10;
        at++;
      }
      if (at === from || at - from > 6) return NaN;
    }
  }
  return milliseconds - offsetAt(bytes, at, end);
}

/** An offset from UTC in milliseconds. */
function offsetAt(bytes: Uint8Array, at: number, end: number): number {
  const length = end - at;
  const sign = bytes[at];
  if (length === 1) return sign === 0x5a ? 0 : NaN;
  if ((sign !== 0x2b && sign !== HYPHEN) || (length !== 3 && length !== 5 && length !== 6)) return NaN;
  if (length === 6 && bytes[at + 3] !== COLON) return NaN;
  const hours = pair(bytes, at + 1);
  const minutes = length === 3 ? 0 : pair(bytes, end - 2);
  if (hours > 14 || minutes > 59) return NaN;
  const offset = hours * 3_600_000 + minutes * 60_000;
  return sign === HYPHEN ? -offset : offset;
}

export function dayOfText(text: string): number {
  return text.length === 10 ? dayAt(Buffer.from(text), 0) : NaN;
}

export function momentOfText(text: string): number {
  const bytes = Buffer.from(text);
  return momentAt(bytes, 0, bytes.length);
}

/** Days of the calendar and moments meet in one zone, or a report late in the evening would fall on the next day. */
export const ZONE = 'America/Los_Angeles';

const offsetFormat = new Intl.DateTimeFormat('en-US', { timeZone: ZONE, timeZoneName: 'longOffset' });

function zoneOffset(moment: number): number {
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(offsetFormat.format(moment));
  if (found === null) return 0;
  const [, sign, hours, minutes] = found;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000);
}

/** Moments between two changes of the clock, which all have one offset. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const MINUTE = 60_000;
/** Shorter than any season of one offset, so that a change between two moments this far apart cannot hide another. */
const REACH = 60 * DAY;
const known: Stretch[] = [];
let latest: Stretch = { from: 0, to: 0, offset: 0 };

function stretchAround(moment: number): Stretch {
  const start = Math.floor(moment / MINUTE) * MINUTE;
  const offset = zoneOffset(start);
  /** The last full minute of the same offset, as far as one looks in a direction. */
  const edge = (reach: number): number => {
    let inside = start;
    let outside = start + reach;
    if (zoneOffset(outside) === offset) return outside;
    while (Math.abs(outside - inside) > MINUTE) {
      const half = inside + Math.trunc((outside - inside) / (2 * MINUTE)) * MINUTE;
      if (zoneOffset(half) === offset) inside = half;
      else outside = half;
    }
    return inside;
  };
  return { from: edge(-REACH), to: edge(REACH) + MINUTE, offset };
}

/** The day of the calendar in California on which a moment falls. */
export function dayOfMoment(moment: number): number {
  if (moment >= latest.from && moment < latest.to) return Math.floor((moment + latest.offset) / DAY);
  if (Number.isNaN(moment)) return NaN;
  let found = known.find((stretch) => moment >= stretch.from && moment < stretch.to);
  if (found === undefined) {
    found = stretchAround(moment);
    known.push(found);
  }
  latest = found;
  return Math.floor((moment + found.offset) / DAY);
}

/** The same day of the month so many months on, or the month's last day where there is none. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY);
  const index = (date.getUTCFullYear() - FIRST_YEAR) * 12 + date.getUTCMonth() + months;
  const length = MONTH_DAYS[index];
  if (length === undefined) return NaN;
  return (MONTH_START[index] as number) + Math.min(date.getUTCDate(), length) - 1;
}
