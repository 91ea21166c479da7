// What `tsunagu eligibility load` makes of a file, and of an error about a part of it. Pure.
#ifndef TOOLS_CLI_INSURED_PARTS_H_
#define TOOLS_CLI_INSURED_PARTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/repeated_field.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {

// Rows of an insurer's file that are loaded with one request.
struct InsuredPart {
  // Where a row starts, 1-based lines.
  struct Row {
    int in_part = 0;
    int in_file = 0;
  };

  std::string bytes;      // UTF-8 whatever the file was, the header row first
  std::vector<Row> rows;  // without the header
};

// The file in parts of at most `limit` bytes. All rows of one identity stand in one part, in the
// order of the file (EL-003): those of one that are larger make a part that is larger. An error,
// about `name`, when anything in the file is wrong, with all findings (EL-002, CL-011).
absl::StatusOr<std::vector<InsuredPart>> CutInsuredFile(absl::string_view name,
                                                        absl::string_view bytes,
                                                        absl::CivilDay today, size_t limit);

// The findings of that part as findings of the file. What later parts say of the header was said
// of the first.
google::protobuf::RepeatedPtrField<common::v1::Finding> FindingsOfFile(
    const google::protobuf::RepeatedPtrField<common::v1::Finding>& findings,
    const std::vector<InsuredPart>& parts, size_t part);

// The number of rows in the parts before that one.
size_t RowsBefore(const std::vector<InsuredPart>& parts, size_t part);

// The error of sending that part, after all before it were loaded, as one about the file: its
// findings with the file's lines, and metadata "rows_loaded", "rows_not_loaded", "rows_unknown"
// with "lines_not_loaded", "lines_unknown" where there are such rows (EL-002).
absl::Status ExplainLoading(const absl::Status& error, const std::vector<InsuredPart>& parts,
                            size_t part);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_INSURED_PARTS_H_
