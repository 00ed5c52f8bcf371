# Identified young people per 1,000, by county, three years pooled, from a running hub. Base R is enough for the file;
# the package jsonlite for GraphQL.
#   Rscript examples/rates_by_county.R [http://localhost:4000 [identified_per_1000_enrolled]]
given <- commandArgs(trailingOnly = TRUE)
hub <- if (length(given) > 0) given[1] else "http://localhost:4000"
metric <- if (length(given) > 1) given[2] else "identified_per_1000_enrolled"
link <- paste0(hub, "/data/", metric, ".csv?by=county&kind=three_years&from=2021&to=2025")

# Counties are FIPS codes: text, or they lose their leading zero.
cells <- read.csv(link, colClasses = c(county = "character"))
if ("note" %in% names(cells)) cat(cells$note[1], "\n")

# A hidden figure is not a zero: keep what `status` says.
print(table(cells$status))
print(reshape(cells[c("county", "period", "value")], idvar = "county", timevar = "period", direction = "wide"))

# The same by GraphQL. The question travels in a file, so that no shell reads it.
if (requireNamespace("jsonlite", quietly = TRUE)) {
  question <- tempfile()
  query <- "query ($metric: String!) { table(metric: $metric, by: [COUNTY], kind: THREE_YEARS, from: 2021, to: 2025) {
    title release { number } cells(first: 200) { nodes { period value status } } } }"
  writeLines(jsonlite::toJSON(list(query = query, variables = list(metric = metric)), auto_unbox = TRUE), question)
  asked <- c("-s", paste0(hub, "/graphql"), "-H", shQuote("content-type: application/json"), "-d", paste0("@", question))
  table <- jsonlite::fromJSON(system2("curl", asked, stdout = TRUE))$data$table
  cat(table$title, "- release", table$release$number, "\n")
  stopifnot(isTRUE(all.equal(table$cells$nodes$value, cells$value)))
}
