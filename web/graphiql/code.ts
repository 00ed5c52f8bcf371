/** The question of the open tab as code that asks it from elsewhere. */
export interface Asked {
  readonly query: string;
  readonly variables: string;
}

export function codeFor(
  { query, variables }: Asked,
  hub: string,
): readonly { readonly language: string; readonly code: string }[] {
  const body = JSON.stringify({ query: withoutRemarks(query), ...variablesIn(variables) });
  return [
    {
      language: 'curl',
      code: `# With a token: -H "authorization: Bearer $TOKEN"
curl -s ${hub}/graphql -H 'content-type: application/json' \\
  -d '${body.replaceAll("'", String.raw`'\''`)}'`,
    },
    {
      language: 'Python',
      code: `import json
import os
import urllib.request

body = ${JSON.stringify(body)}
headers = {"content-type": "application/json"}
if "TOKEN" in os.environ:
    headers["authorization"] = "Bearer " + os.environ["TOKEN"]
request = urllib.request.Request("${hub}/graphql", body.encode(), headers)
print(json.load(urllib.request.urlopen(request)))`,
    },
    {
      language: 'R',
      code: `library(jsonlite)
question <- tempfile()
writeLines(${JSON.stringify(body)}, question)
asked <- c("-s", "${hub}/graphql", "-H", shQuote("content-type: application/json"), "-d", paste0("@", question))
token <- Sys.getenv("TOKEN")
if (nzchar(token)) asked <- c(asked, "-H", shQuote(paste("authorization: Bearer", token)))
fromJSON(system2("curl", asked, stdout = TRUE))`,
    },
  ];
}

/** Remarks are for whoever reads the tab. */
function withoutRemarks(query: string): string {
  return query
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

function variablesIn(text: string): { variables?: unknown } {
  try {
    const variables: unknown = JSON.parse(text);
    return { variables };
  } catch {
    return {};
  }
}
