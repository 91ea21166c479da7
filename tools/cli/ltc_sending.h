// What `tsunagu ltc send` makes of files, and of an error about them. Pure.
#ifndef TOOLS_CLI_LTC_SENDING_H_
#define TOOLS_CLI_LTC_SENDING_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tsunagu/ltc/v1/ltc.pb.h"

namespace tsunagu::cli {

// One request per package, without command id: the files with the same offices, service kinds and
// timestamp; the oldest package first. An error names every file whose name cannot be read, and
// says what is wrong with it (LTC-100, LTC-107).
absl::StatusOr<std::vector<ltc::v1::SendPackageRequest>> MakePackages(
    std::vector<ltc::v1::File> files);

// The error of sending that package, as a care manager should read it: what is wrong in Japanese
// and English, which files were meant, where in them the findings lie, and how many packages had
// gone before. Code, reason, rule and the other details stay.
absl::Status ExplainSending(const absl::Status& error, const ltc::v1::SendPackageRequest& package,
                            size_t sent_before);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_LTC_SENDING_H_
