/** Looks into a document that may hold anything. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectIn(from: Json | undefined, name: string): Json | undefined {
  const value = from?.[name];
  return isObject(value) ? value : undefined;
}

export function listIn(from: Json | undefined, name: string): readonly Json[] {
  const value = from?.[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textIn(from: Json | undefined, name: string): string | undefined {
  const value = from?.[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function numberIn(from: Json | undefined, name: string): number | undefined {
  const value = from?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function without(from: Json, ...names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}
