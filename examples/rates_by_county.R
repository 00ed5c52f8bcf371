# Identified young people per 1,000, by county, three years pooled, from a running hub. Base R is enough.
#   Rscript examples/rates_by_county.R [http://localhost:4000]
given <- commandArgs(trailingOnly = TRUE)
hub <- if (length(given) > 0) given[1] else "http://localhost:4000"
metric <- "identified_per_1000_enrolled"
link <- paste0(hub, "/data/", metric, ".csv?by=county&kind=three_years&from=2021&to=2025")

# Counties are FIPS codes: text, or they lose their leading zero.
cells <- read.csv(link, colClasses = c(county = "character"))
if ("note" %in% names(cells)) cat(cells$note[1], "\n")

# A hidden figure is not a zero: keep what `status` says.
print(table(cells$status))
print(reshape(cells[c("county", "period", "value")], idvar = "county", timevar = "period", direction = "wide"))
