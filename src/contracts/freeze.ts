/** Freezes what was read, all the way down. Maps keep their type's word that nobody writes to them. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inside of value instanceof Map ? value.values() : Object.values(value)) freeze(inside);
  return value;
}
