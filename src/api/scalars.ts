import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** Text in one form, checked both ways; what does not fit is named by the scalar and never repeated. */
function textScalar(
  name: string,
  description: string,
  fits: (text: string) => boolean,
): GraphQLScalarType<string, string> {
  const checked = (value: unknown): string => {
    if (typeof value === 'string' && fits(value)) return value;
    throw new GraphQLError(`Expected ${name}: ${description}`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType({
    name,
    description,
    parseValue: checked,
    parseLiteral: (node) => checked(node.kind === Kind.STRING ? node.value : undefined),
    serialize: (value) => checked(value),
  });
}

export const DateScalar = textScalar('Date', 'A day of the calendar, such as 2026-03-01.', isDay);

export const MomentScalar = new GraphQLScalarType<string, string>({
  name: 'Moment',
  description: 'A moment in UTC, such as 2026-03-01T02:00:00.000Z.',
  serialize: (value) => new Date(value as string | Date).toISOString(),
});

export const CountyScalar = textScalar(
  'County',
  'A county by its five-digit FIPS code, such as 06037.',
  (text) => /^[0-9]{5}$/.test(text),
);

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
