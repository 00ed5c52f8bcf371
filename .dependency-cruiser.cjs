/**
 * Who may import whom (docs/architecture.md). The arrows of the house:
 * src/app → src/api, web, reports, etl → src/<domain> → src/disclosure, src/access → src/db, src/errors.
 */
const surfaces = '^(src/api|web|reports|etl)/';
const base = '^src/(db|errors|config|package-root|contracts)[./]';
const doors = '^src/(disclosure|access|audit)/';
const entryPoints = '^(src/app|src/api|web|reports|etl|bench|test)/';

module.exports = {
  forbidden: [
    rule(
      'app-is-the-top',
      'Nobody imports a composition root.',
      { pathNot: '^(src/app|test|bench)/|^ormconfig' },
      { path: '^src/app/' },
    ),
    rule(
      'surfaces-stay-apart',
      'The API, the console, the reports and the pipeline never import each other; only charts are shared.',
      { path: '^(src/api|web|reports|etl)/' },
      { path: surfaces, pathNot: ['^$1/', '^reports/charts/'] },
    ),
    rule(
      'domains-do-not-look-up',
      'A domain knows nothing of the surfaces that use it.',
      { path: '^src/(?!app/|api/)' },
      { path: surfaces },
    ),
    rule(
      'doors-rest-on-the-base',
      'Disclosure, access and audit use the base and each other, never a domain.',
      { path: doors },
      { path: '^src/', pathNot: [doors, base] },
    ),
    rule(
      'base-is-the-base',
      'The base imports nothing above it.',
      { path: base },
      { path: '^(src|etl|web|reports)/', pathNot: base },
    ),
    rule(
      'persons-are-for-the-pipeline',
      'Only the pipeline may touch the map from content to persons.',
      { path: '^(src/(?!persons/)|web/|reports/)' },
      { path: '^src/persons/' },
    ),
    rule(
      'figures-leave-by-one-door',
      'Surfaces reach figures through src/disclosure, never through facts, links or estimates.',
      { path: '^(src/api|web|reports|src/datasets)/' },
      { path: '^(etl/|src/(persons|measures)/)' },
    ),
    rule(
      'pure-parts-know-no-database',
      'Linkage, encoding, estimation and protection are functions of their input.',
      { path: '^(etl/(link|encode|estimate)/|src/disclosure/(protect|audit|table)/)' },
      { path: '^(src/db/|node_modules/(pg|typeorm)/)' },
    ),
    rule(
      'migrations-stand-alone',
      'An old migration must not change when the code does.',
      { path: '^migrations/' },
      { path: '^(src|etl|web|reports|schema)/' },
    ),
    rule(
      'the-environment-has-one-reader',
      'Only tests and benches may import from the test tree.',
      { pathNot: '^(test|bench)/' },
      { path: '^(test|bench)/' },
    ),
    rule('no-cycles', 'A cycle hides which part rests on which.', {}, { circular: true }),
    rule(
      'no-dev-dependency-in-the-product',
      'What ships must be installed where it runs.',
      { pathNot: '^(test|bench)/|[.]config[.]|^reports/charts/california[.]ts$|^web/graphiql/' },
      { dependencyTypes: ['npm-dev'] },
    ),
    {
      name: 'no-orphans',
      severity: 'error',
      comment:
        'A file that nobody imports is dead. Rules of publication are held to their authorities first, and wait for the release.',
      from: {
        orphan: true,
        pathNot: `${entryPoints}|^src/disclosure/rules/|[.]d[.]ts$|[.]config[.]|^ormconfig`,
      },
      to: {},
    },
  ],
  options: {
    // With TypeScript 7 the default parser reads no module at all and reports success.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

function rule(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}
