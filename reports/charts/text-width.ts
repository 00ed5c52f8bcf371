/** Widths of words without a font at hand: a little too wide rather than too narrow, so that nothing is cut off. */

const NARROW = /[iljtfrI.,:;'|!()[\] -]/;
const WIDE = /[mwMWQO@%—]/;
const CAPITAL = /[A-Z0-9–&]/;

export function widthOf(words: string, size = 13): number {
  let units = 0;
  for (const letter of words)
    units += NARROW.test(letter) ? 0.39 : WIDE.test(letter) ? 0.95 : CAPITAL.test(letter) ? 0.69 : 0.61;
  return units * size;
}

export const BOLD = 1.1;

/** Lines that are no wider than asked, broken between words. */
export function wrapped(words: string, width: number, size = 13): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).filter((part) => part !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
