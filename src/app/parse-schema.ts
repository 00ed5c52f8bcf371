/** Reads every YAML file of `schema/` ahead, for `npm run build`: src/contracts/parsed-yaml.ts says why. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFolder } from '../contracts/contracts.ts';
import { parseAhead, parsedAhead, parsedAheadFile } from '../contracts/parsed-yaml.ts';

const texts = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(schemaFolder, name), 'utf8'));

if (texts.some((yaml) => parsedAhead(yaml) === undefined)) {
  // Written beside and renamed: another program may be reading it.
  const beside = `${parsedAheadFile}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(parseAhead(texts)));
  renameSync(beside, parsedAheadFile);
}
