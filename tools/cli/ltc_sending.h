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

// The error of sending that package, after all before it were sent, with what a care manager needs
// beside it: in which file each finding lies, and metadata: "files" of that package,
// "packages_sent_before", and the files of all packages as "files_sent", "files_not_sent" and,
// where the answer was lost, "files_unknown".
absl::Status ExplainSending(const absl::Status& error,
                            const std::vector<ltc::v1::SendPackageRequest>& packages,
                            size_t package);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_LTC_SENDING_H_
