/** The oldest Node that the built program runs on; imports nothing, so that an older one can still be told so. */
const OLDEST = [22, 13] as const;

export const newerNode =
  'Run through npm (`npx tessera …`), which brings its own Node 24, or install Node 22.13 or newer.';

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
