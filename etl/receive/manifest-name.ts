/** Written last: a folder without it is not complete. */
export const MANIFEST = 'manifest.json';
