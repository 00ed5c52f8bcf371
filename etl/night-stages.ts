/** The stages of the night, in order. */
export const NIGHT_STAGES = ['collect', 'destroy', 'link', 'scope', 'purge', 'measure', 'release'] as const;
export type NightStage = (typeof NIGHT_STAGES)[number];
