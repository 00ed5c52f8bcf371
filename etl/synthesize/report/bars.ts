/** One bar of a picture, and beside it a lighter part of it where there is one. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly part?: number;
}

const WIDTH = 640;
const LEFT = 190;
const ROW = 24;

/** A picture of horizontal bars as SVG, with its words for those who do not see it. */
export function bars(title: string, described: string, rows: readonly Bar[]): string {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const scale = (value: number): number => Math.round(((WIDTH - LEFT - 90) * value) / most);
  const height = 56 + rows.length * ROW;
  const lines = rows.map(({ label, value, part }, i) => {
    const y = 40 + i * ROW;
    const shown = part === undefined ? number(value) : `${number(part)} of ${number(value)}`;
    return [
      `<text x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${label}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${scale(value)}" height="17" fill="${part === undefined ? '#2f5d8a' : '#b9cbdd'}"/>`,
      ...(part === undefined
        ? []
        : [`<rect x="${LEFT}" y="${y}" width="${scale(part)}" height="17" fill="#2f5d8a"/>`]),
      `<text x="${LEFT + scale(value) + 6}" y="${y + 13}">${shown}</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="12">`,
    `<title id="t">${title}</title><desc id="d">${described}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="8" y="20" font-size="14" font-weight="bold">${title}</text>`,
    ...lines,
    `<text x="${WIDTH - 8}" y="${height - 6}" text-anchor="end" fill="#666">made-up data</text>`,
    '</svg>\n',
  ].join('\n');
}

export function number(value: number): string {
  return value.toLocaleString('en-US');
}
