// Codes of the protos in words for people: Japanese with English.
#ifndef TOOLS_CLI_WORDS_H_
#define TOOLS_CLI_WORDS_H_

#include <google/protobuf/repeated_field.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/cli/table.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/audit/v1/audit.pb.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/emergency/v1/emergency.pb.h"
#include "tsunagu/medication/v1/medication.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::cli {

std::string Word(eligibility::v1::Validity validity);
std::string Word(prescription::v1::Status status);
std::string Word(prescription::v1::IssueType type);
std::string Word(medication::v1::Source source);
std::string Word(audit::v1::Outcome outcome);
std::string Word(access::v1::Scope scope);
std::string Word(emergency::v1::FeedState state);
std::string Word(access::v1::Role role);
std::string Word(access::v1::FacilityKind kind);
std::string Word(access::v1::Purpose purpose);

// Of the national code: 1 male, 2 female.
std::string SexWord(absl::string_view code);

// The words of several roles, joined by commas.
std::string Roles(const google::protobuf::RepeatedField<int>& roles);

// "2026-11-23" of "20261123", any other text as it is.
std::string Day(absl::string_view yyyymmdd);

// "2026-11" of "202611", any other text as it is.
std::string Month(absl::string_view yyyymm);

// "2026-11-23 10:00:05" in Japan; empty when unset.
std::string Time(const google::protobuf::Timestamp& time);

// A table of findings; empty when there are none.
std::string FindingsTable(const google::protobuf::RepeatedPtrField<common::v1::Finding>& findings);

// Those warnings, to be seen before anything else is read; empty when there are none.
std::string WarningNotice(const google::protobuf::RepeatedPtrField<common::v1::Finding>& warnings);

// One row per drug: whether it is prescribed, dispensed or from a receipt, when, by whom, and what.
std::string DispensingsTable(
    const google::protobuf::RepeatedPtrField<medication::v1::Dispensing>& dispensings);

// "insurer / symbol / number / branch", what is unset left out.
std::string IdentityText(const common::v1::InsuredIdentity& identity);

// A person's qualification, line by line.
std::vector<Row> QualificationPairs(const eligibility::v1::Qualification& qualification);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_WORDS_H_
