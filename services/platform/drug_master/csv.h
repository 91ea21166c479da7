// CSV with quoted fields, as the national masters are published.
#ifndef SERVICES_PLATFORM_DRUG_MASTER_CSV_H_
#define SERVICES_PLATFORM_DRUG_MASTER_CSV_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::drug_master {

// Reads rows one by one. Fields may be quoted, a doubled quote stands for one, a quoted field may
// hold commas and line ends; rows end with LF or CRLF; empty lines are no rows. Total: any text is
// read somehow. The text must outlive the reader.
class CsvReader {
 public:
  explicit CsvReader(absl::string_view text) : rest_(text) {}

  // Reads the next row into `row`, whose memory is used again. False at the end.
  bool Next(std::vector<std::string>* row);

  // 1-based line on which the row read last began.
  int line() const { return line_; }

 private:
  // Takes one field off the text; returns whether the row goes on.
  bool TakeField(std::string* field);
  void TakeQuoted(std::string* field);
  void SkipEmptyLines();

  absl::string_view rest_;
  int line_ = 0;
  int next_line_ = 1;
};

}  // namespace tsunagu::drug_master

#endif  // SERVICES_PLATFORM_DRUG_MASTER_CSV_H_
