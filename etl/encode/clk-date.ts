const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

type Part = 'Y' | 'y' | 'm' | 'd' | 'B' | 'b';

const PATTERNS: Readonly<Record<Part, string>> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '1[0-2]|0[1-9]|[1-9]',
  d: '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]',
  B: MONTHS.join('|'),
  b: MONTHS.map((month) => month.slice(0, 3)).join('|'),
};

/**
 * Reads dates of one `strptime` format, of years, months and days, and writes them as clkhash does: year, month
 * and day without separators, the year without leading zeros. Returns undefined for a format beyond that.
 */
export function dateReader(format: string): ((value: string) => string | undefined) | undefined {
  const parts: Part[] = [];
  let pattern = '';
  for (let i = 0; i < format.length; i++) {
    const character = format.charAt(i);
    if (character === '%') {
      const part = format.charAt(++i);
      if (part === '%') pattern += '%';
      else if (part in PATTERNS) {
        parts.push(part as Part);
        pattern += `(${PATTERNS[part as Part]})`;
      } else return undefined;
    } else if (/\s/.test(character)) pattern += '\\s+';
    else pattern += character.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  }
  const expression = new RegExp(`^${pattern}$`, 'i');
  return (value) => {
    const match = expression.exec(value);
    if (match === null) return undefined;
    let [year, month, day] = [1900, 1, 1];
    parts.forEach((part, i) => {
      const text = match[i + 1] ?? '';
      if (part === 'Y') year = Number(text);
      else if (part === 'y') year = Number(text) + (Number(text) < 69 ? 2000 : 1900);
      else if (part === 'm') month = Number(text);
      else if (part === 'd') day = Number(text);
      else month = 1 + MONTHS.findIndex((name) => name.startsWith(text.toLowerCase()));
    });
    if (year < 1 || day > daysIn(year, month)) return undefined;
    return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
  };
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
