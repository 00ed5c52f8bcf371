/** How long, and from which seed: what run.ts was told. */
export const kills = Number(process.env['TORTURE_KILLS']);
export const seed = Number(process.env['TORTURE_SEED']);
