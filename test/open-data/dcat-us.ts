/**
 * The published shape of DCAT-US 3.0 as far as the hub uses it: which properties a class must have, and what they may be
 * (github.com/GSA/dcat-us, jsonschema/definitions, read on 2026-11-21). Written down here by hand: the schemas lie in the web, and
 * a property that is not on this list fails, so that none is used whose shape nobody looked up.
 */
type Check = (value: unknown, at: string) => string[];

const say = (at: string, what: string): string[] => [`${at} ${what}`];
const text: Check = (value, at) => (typeof value === 'string' && value !== '' ? [] : say(at, 'is no text'));
const day: Check = (value, at) => (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? [] : say(at, 'is no date'));
const link: Check = (value, at) =>
  typeof value === 'string' && URL.canParse(value) ? [] : say(at, 'is no absolute address');
const mailLink: Check = (value, at) =>
  /^mailto:[\w~!$&'()*+,;=:.-]+@[\w.-]+\.[\w.-]+$/.test(String(value))
    ? []
    : say(at, 'is no mailto: address');
const language: Check = (value, at) => (/^[a-z]{2}$/.test(String(value)) ? [] : say(at, 'is no language'));
const named =
  (type: string): Check =>
  (value, at) =>
    value === type ? [] : say(at, `is not ${type}`);
const list =
  (of: Check, least = 0): Check =>
  (value, at) =>
    Array.isArray(value) && value.length >= least
      ? value.flatMap((item, index) => of(item, `${at}[${index}]`))
      : say(at, `is no list of ${least} or more`);

function shape(must: Record<string, Check>, may: Record<string, Check>): Check {
  return (value, at) => {
    if (typeof value !== 'object' || value === null) return say(at, 'is no object');
    const known = { ...must, ...may };
    return [
      ...Object.keys(must)
        .filter((key) => !Object.hasOwn(value, key))
        .map((key) => `${at}.${key} is missing`),
      ...Object.entries(value).flatMap(
        ([key, own]) => known[key]?.(own, `${at}.${key}`) ?? say(`${at}.${key}`, 'is not in the shape'),
      ),
    ];
  };
}

const document = shape({ title: text }, { '@type': named('Document'), accessURL: link });
const standard = shape({}, { '@type': named('Standard'), title: text, identifier: link });
const agent = shape({ name: text }, { '@type': named('Agent') });
const organization = shape({ name: text }, { '@type': named('Organization') });
const kind = shape({ fn: text, hasEmail: mailLink }, { '@type': named('Kind') });
const period = shape({}, { '@type': named('PeriodOfTime'), startDate: day, endDate: day });
const distribution = shape(
  {},
  { '@type': named('Distribution'), title: text, downloadURL: link, mediaType: text, format: text },
);
const dataset = shape(
  { title: text, description: text, publisher: organization, contactPoint: list(kind, 1), identifier: link },
  {
    '@id': link,
    '@type': named('Dataset'),
    keyword: list(text),
    issued: day,
    modified: day,
    language: list(language),
    landingPage: document,
    version: text,
    temporal: list(period),
    describedBy: distribution,
    distribution: list(distribution),
    scopeNote: text,
  },
);
const catalog = shape(
  { dataset: list(dataset, 1) },
  {
    '@id': link,
    '@type': named('Catalog'),
    conformsTo: standard,
    title: text,
    description: text,
    publisher: agent,
    language: list(language),
    modified: day,
  },
);

/** What is wrong with a catalogue, each with where; nothing where it has the published shape. */
export function outOfShape(catalogue: unknown): string[] {
  return catalog(catalogue, 'catalog');
}
