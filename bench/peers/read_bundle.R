# Reads a bundle that was unpacked: base R by its loader, and the package arrow where there is one; prints sums for comparison.
folder <- commandArgs(trailingOnly = TRUE)[1]
source(file.path(folder, "load.R"))
cells <- load_cells(folder)
numbers <- c("value", "numerator", "denominator", "lower", "upper")
stopifnot(all(sapply(cells[numbers], is.numeric)), all(sapply(cells[setdiff(names(cells), numbers)], is.character)))
sums <- sapply(cells[numbers], sum, na.rm = TRUE)
if (requireNamespace("arrow", quietly = TRUE)) {
  for (read in list(
    function() arrow::read_parquet(file.path(folder, "data.parquet")),
    function() arrow::read_ipc_stream(file.path(folder, "data.arrow"))
  )) {
    frame <- as.data.frame(read())
    stopifnot(identical(names(frame), names(cells)), nrow(frame) == nrow(cells))
    stopifnot(isTRUE(all.equal(sapply(frame[numbers], sum, na.rm = TRUE), sums)))
  }
  cat("arrow read it too\n")
}
cat(nrow(cells), format(sums, digits = 15), "\n")
