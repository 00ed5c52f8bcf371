/** What may be said of a statement that the database refused: its code, the names it gives, and where it was asked. */

interface Told {
  readonly code: string;
  readonly severity: string;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly constraint?: string | undefined;
}

/** Nothing for an error of another kind. Messages and details repeat values of rows, and parameters are such values. */
export function refusalOf(error: unknown): string | undefined {
  const told = toldBy(error) ?? toldBy((error as { driverError?: unknown } | undefined)?.driverError);
  if (told === undefined) return undefined;
  const table = [told.schema, told.table].filter((name) => name !== undefined).join('.');
  const names = [table, told.constraint].filter((name) => name !== undefined && name !== '');
  const asked = String((error as Error).stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return [
    `the database refused a statement with ${told.code}${names.length === 0 ? '' : ` (${names.join(', ')})`}`,
    ...asked,
  ].join('\n');
}

function toldBy(error: unknown): Told | undefined {
  const told = error as Partial<Told> | null | undefined;
  const isRefusal = /^[0-9A-Z]{5}$/.test(String(told?.code)) && typeof told?.severity === 'string';
  return isRefusal ? (told as Told) : undefined;
}
