/** Where the fonts lie that the hub ships: what is installed on a machine must not change a byte of a report. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);
const printed = dirname(resolve('@expo-google-fonts/public-sans/package.json'));

export const PRINTED_FONTS: readonly string[] = [
  '400Regular/PublicSans_400Regular.ttf',
  '400Regular_Italic/PublicSans_400Regular_Italic.ttf',
  '600SemiBold/PublicSans_600SemiBold.ttf',
  '700Bold/PublicSans_700Bold.ttf',
].map((file) => join(printed, file));

export const PAGE_FONT: string = join(
  dirname(resolve('@fontsource-variable/public-sans/package.json')),
  'files/public-sans-latin-wght-normal.woff2',
);
