// What must not be overlooked in an answer about a prescription, in words. Stands above the rest.
#ifndef TOOLS_CLI_PRESCRIPTION_TEXT_H_
#define TOOLS_CLI_PRESCRIPTION_TEXT_H_

#include <google/protobuf/repeated_field.h>

#include <string>

#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {

// That a command was done before and what the prescription is now; empty for one done now.
std::string RepeatNotice(bool repeated, prescription::v1::Status status);

// "リフィル 2 / 3 (refill)"; empty for what is dispensed once.
std::string UseText(const prescription::v1::Course& course, int use);

// That who is named is not who signed; empty when nothing says so, or one of the warnings that are
// `told` does (RX-051).
std::string SignerNotice(const prescription::v1::Signer& signer,
                         const google::protobuf::RepeatedPtrField<common::v1::Finding>& told = {});

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_TEXT_H_
