// Compiled from etl/link/kernel/assembly/dice.ts by `npm run kernels`; do not edit.
export const wasm =
  'AGFzbQEAAAABBAFgAAACDwEDZW52Bm1lbW9yeQIAAQMCAQAHFAIHbm90aGluZwAABm1lbW9yeQIACgQBAgAL';
