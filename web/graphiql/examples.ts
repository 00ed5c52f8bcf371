/** What the workbench opens with: a tab for each, the first one as README tells it. */
export const examples: readonly string[] = [
  `# Everything here comes from one protected release. Ctrl-Enter asks.
# Young people identified per 1,000, by county, three years taken together. Empty values have a status that says why.
query PerThousandByCounty {
  table(metric: "identified_per_1000_enrolled", by: [COUNTY], kind: THREE_YEARS, from: 2021, to: 2025) {
    permalink
    release { number state }
    cells(first: 200) {
      nodes { period dims { member } status value lower upper footnotes }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
  `# Which figures there are, and the tables that each may be asked by.
query Metrics {
  metrics(first: 200) {
    nodes { id title notAvailable tables { by periods } }
  }
}
`,
  `# One definition, in words and with its versions.
query Definition {
  metric(id: "identified") {
    title question numerator denominator limits exclusions
    versions { version why }
  }
}
`,
  `# Two years side by side; a difference only where both are shown.
query TwoYears {
  compare(metric: "identified", by: [COUNTY], periods: ["2023", "2024"]) {
    first { dims { member } value status }
    second { value status }
    difference
  }
}
`,
  `# How many more there may be than those that somebody noticed, or why nobody can say.
query Prevalence {
  prevalence { period refused status value lower upper footnotes }
}
`,
  `# Who the hub takes you for, and what you may ask. You ask as whoever is signed in here;
# under Headers you can name a token instead: {"authorization": "Bearer tessera_…"}
query Me {
  me { role county may }
  hub { version release madeUp }
}
`,
];
