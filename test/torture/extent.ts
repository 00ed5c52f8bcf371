/** How much, and from which seed: what run.ts was told. What there is so much of is for each torture to say. */
export const times = Number(process.env['TORTURE_TIMES']);
export const seed = Number(process.env['TORTURE_SEED']);
