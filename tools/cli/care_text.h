// What check-in, the medication history and the emergency summary say to who reads them at a
// terminal.
#ifndef TOOLS_CLI_CARE_TEXT_H_
#define TOOLS_CLI_CARE_TEXT_H_

#include <string>

#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/emergency/v1/emergency.pb.h"
#include "tsunagu/medication/v1/medication.pb.h"

namespace tsunagu::cli {

// Validity and person of a check.
std::string CheckText(const eligibility::v1::CheckResponse& response);

// What a check-in opened until when. `file`: where the care context lies.
std::string ConsentText(const eligibility::v1::CheckInResponse& response, const std::string& file);

// Whose history it is, to be compared with who is there, and the history under the months that it
// covers; months that were asked for and are still to come are named as such.
std::string HistoryText(const medication::v1::GetHistoryRequest& request,
                        const medication::v1::GetHistoryResponse& response);

// Who it is, what the sources can say, one line per drug, visits.
std::string SummaryText(const emergency::v1::GetSummaryResponse& response);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CARE_TEXT_H_
