/** How long, and from which seed: what run.ts was told. */
export const kills = Number(process.env['TORTURE_KILLS']);
export const seed = Number(process.env['TORTURE_SEED']);
/** Where the page of results goes. */
export const page = process.env['TORTURE_PAGE'];
