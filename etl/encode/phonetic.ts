const CODES: Readonly<Record<string, string>> = {
  b: '1',
  f: '1',
  p: '1',
  v: '1',
  c: '2',
  g: '2',
  j: '2',
  k: '2',
  q: '2',
  s: '2',
  x: '2',
  z: '2',
  d: '3',
  t: '3',
  l: '4',
  m: '5',
  n: '5',
  r: '6',
};

/**
 * American Soundex of a normalised name, as the National Archives describe it; a name without a Latin letter
 * has none.
 */
export function soundex(name: string): string {
  const letters = name.replace(/[^a-z]/g, '');
  if (letters === '') return '';
  let code = letters.charAt(0).toUpperCase();
  let previous = CODES[letters.charAt(0)] ?? '';
  for (let i = 1; i < letters.length && code.length < 4; i++) {
    const letter = letters.charAt(i);
    const digit = CODES[letter] ?? '';
    if (digit !== '' && digit !== previous) code += digit;
    // H and W do not part two letters of the same code; a vowel does.
    if (letter !== 'h' && letter !== 'w') previous = digit;
  }
  return code.padEnd(4, '0');
}
