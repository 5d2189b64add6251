# Counts a dictionary in documents whenever it is told to; benches/adapters.py talks to it.
#   Rscript quanteda.R FOLDER word|fasterword

suppressPackageStartupMessages(library(quanteda))
quanteda_options(threads = 1)
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
way <- arguments[2]

entries <- read.csv(file.path(folder, "entries.csv"), header = FALSE, colClasses = "character", encoding = "UTF-8")
frames <- paste0("f", 0:11)
sought <- dictionary(split(entries[[2]], factor(entries[[1]], levels = frames)))

read_documents <- function() {
  path <- file.path(folder, "documents.txt")
  text <- readChar(path, file.size(path), useBytes = TRUE)
  Encoding(text) <- "UTF-8"
  strsplit(text, "\x1e", fixed = TRUE)[[1]]
}

count <- function(texts) {
  found <- if (way == "word") tokens(texts) else tokens(texts, what = way, xptr = TRUE)
  dfm(tokens_lookup(found, sought, valuetype = "glob", case_insensitive = TRUE))
}

say <- function(line) {
  cat(line, "\n", sep = "")
  flush(stdout())
}

orders <- file("stdin", open = "r")
say("ready")
while (length(order <- readLines(orders, n = 1)) > 0) {
  if (order == "read") {
    texts <- read_documents()
  } else if (order == "count") {
    counts <- count(texts)
  } else if (order == "write") {
    write.table(as.matrix(counts)[, frames, drop = FALSE], file.path(folder, "counts.csv"), sep = ",", row.names = FALSE, col.names = FALSE)
  }
  say(order)
}
