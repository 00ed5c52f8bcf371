/** Stands in every file of figures that nobody lived. */
export const MADE_UP_NOTE = 'Made-up data: no figure here is about anybody.';
