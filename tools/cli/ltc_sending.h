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

// The error of sending that package with what a care manager needs beside it: which files were
// meant and how many packages had gone before (metadata "files" and "packages_sent_before"; in the
// message where the error has no reason), and in which file each finding lies.
absl::Status ExplainSending(const absl::Status& error, const ltc::v1::SendPackageRequest& package,
                            size_t sent_before);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_LTC_SENDING_H_
