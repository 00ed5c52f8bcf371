/** The stages of the night, in order. `notify` closes every night, also one that ended early. */
export const NIGHT_STAGES = [
  'collect',
  'agree',
  'verify',
  'validate',
  'load',
  'destroy',
  'link',
  'scope',
  'purge',
  'measure',
  'estimate',
  'candidate',
  'protect',
  'release',
  'reports',
  'notify',
] as const;
export type NightStage = (typeof NIGHT_STAGES)[number];
